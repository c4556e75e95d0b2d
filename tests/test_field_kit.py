"""The field kit: printed from the data files in both languages, and forms that come back with every cross in its place."""

import re

import openpyxl
import pandas as pd
import pytest
from docx import Document
from pypdf import PdfReader

import valuecreation as vc
from conftest import frame
from valuecreation.codebook import load_codebook
from valuecreation.errors import MissingTable, UnreadableStudy, UnwritableStudy
from valuecreation.reporting.kit_docx import write_docx
from valuecreation.reporting.kit_parts import FILES, PARTS, consent_layers, part_of
from valuecreation.reporting.kit_pdf import write_pdf
from valuecreation.words import label, load_data, vocabulary


@pytest.fixture(scope="module")
def kits(tmp_path_factory):
    """Both kits, written once."""
    folder = tmp_path_factory.mktemp("kits")
    return {
        language: (folder / language, vc.field_kit(folder / language, language=language)) for language in ("nl", "en")
    }


@pytest.fixture
def study() -> vc.Study:
    people = frame("participant_id role\nP1 nurse\nP2 teacher")
    documents = frame("document_id participant_id\nd1 P1")
    return vc.Study({"participants": people, "documents": documents})


def text_of(path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def words_of(path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(one.text for one in document.paragraphs), *cells]).split())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_part_is_there_in_word_and_pdf(kits, language):
    folder, told = kits[language]
    assert set(told["part"]) == set(PARTS)
    for part, file in FILES[language].items():
        assert (folder / f"{file}.docx").stat().st_size > 0
        reader = PdfReader(folder / f"{file}.pdf")
        assert len(reader.pages) == told.loc[told["file"] == f"{file}.pdf", "pages"].iloc[0]
        assert reader.trailer["/Root"]["/Lang"] == language
        assert reader.metadata.title == part_of(part, language, load_codebook("vcf-2011"), None).title


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("part", [one for one in PARTS if one != "diary"])
def test_word_and_pdf_say_the_same(kits, language, part):
    folder, _ = kits[language]
    file = FILES[language][part]
    said = set(re.findall(r"\w{4,}", words_of(folder / f"{file}.docx")))
    printed = text_of(folder / f"{file}.pdf")
    assert not {word for word in said if word not in printed and not set(word) <= {"_"}}


def test_letters_with_signs_are_printed(kits):
    folder, _ = kits["nl"]
    assert "één" in text_of(folder / "toestemmingsformulier.pdf")
    assert "potentiële" in text_of(folder / "codeboek.pdf")
    assert text_of(folder / "toestemmingsformulier.pdf").count("☐") == 8


@pytest.mark.parametrize(
    ("name", "language"), [("vcf-2011", "nl"), ("vcf-2020", "nl"), ("vcf-2020", "en"), ("biesta", "en")]
)
def test_the_codebook_fits_on_two_pages_and_is_whole(tmp_path, name, language):
    book, path = load_codebook(name), tmp_path / "codebook.pdf"
    assert write_pdf(part_of("codebook", language, book, None), path) <= 2
    printed = re.sub(r"\s", "", text_of(path))
    for code in book.codes:
        for said in (code.label(language), code.definition(language), *code.items("include", language)):
            assert re.sub(r"\s", "", said) in printed


def test_a_codebook_that_does_not_fit_is_printed_whole_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("valuecreation.reporting.field_kit.PARTS", ("codebook",))
    book = load_codebook("vcf-2011")
    long = type(book)(book.name, book.version, book.kind, book.codes * 3, title=book.title)
    told = vc.field_kit(tmp_path, language="en", codebook=long).set_index("file")
    assert told.loc["codebook.pdf", "pages"] > 2
    assert "does not fit on 2, and nothing was left out" in told.loc["codebook.pdf", "remark"]
    assert re.sub(r"\s", "", text_of(tmp_path / "codebook.pdf")).count("immediatevalue(immediate)") == 3


def test_the_guide_asks_the_questions_of_the_codebook(kits):
    folder, _ = kits["nl"]
    guide = re.sub(r"\s", "", text_of(folder / "gespreksleidraad.pdf"))
    asked = [one for code in load_codebook("vcf-2011").codes for one in code.items("guiding_questions", "nl")]
    assert len(asked) > 10
    assert all(re.sub(r"\s", "", one) in guide for one in asked)


def test_the_story_form_on_paper_asks_what_the_excel_form_asks(kits):
    folder, _ = kits["nl"]
    sheet = openpyxl.load_workbook(folder / "verhaalformulier.xlsx").active
    questions = [cell.value for cell in sheet["A"] if cell.value and cell.value.endswith("?")]
    assert len(questions) == 6
    assert all(one in words_of(folder / "verhaalformulier.docx") for one in questions)


def test_the_words_of_the_kit_are_there_in_both_languages():
    def walk(part, at):
        if isinstance(part, dict):
            if set(part) & {"en", "nl"}:
                assert {"en", "nl"} <= set(part), at
                assert type(part["en"]) is type(part["nl"]), at
                if isinstance(part["en"], list):
                    assert len(part["en"]) == len(part["nl"]), at
                return
            for key, value in part.items():
                walk(value, f"{at}.{key}")
        for number, value in enumerate(part if isinstance(part, list) else ()):
            walk(value, f"{at}[{number}]")

    for name in PARTS:
        walk(load_data(f"kit/{name}.yaml"), name)


def test_every_scope_of_the_table_consents_has_a_layer():
    assert set(consent_layers("nl")) == set(vocabulary("consent_scope")) - {"withdrawn"}


def test_nothing_is_written_over(kits):
    with pytest.raises(UnwritableStudy, match="interview-guide.docx already"):
        vc.field_kit(kits["en"][0], language="en")


def test_the_contact_stands_on_the_form(tmp_path):
    path = tmp_path / "form.docx"
    write_docx(part_of("consent", "en", load_codebook("vcf-2011"), "the research team, room 2"), path)
    assert "taking back a yes: the research team, room 2" in words_of(path)


def form(
    kits, folder, language="nl", crosses=None, person="P1", day="2025-03-31", about="", name="form.docx", change=None
):
    """Fill in a consent form: scope to column (yes, no) to what is typed."""
    document = Document(str(kits[language][0] / f"{FILES[language]['consent']}.docx"))
    fields, layers = document.tables[0], document.tables[1]
    for row, said in zip(fields.rows, (person, day, about), strict=True):
        row.cells[1].text = said
    at = {label("consent_scope", scope, language): scope for scope in consent_layers(language)}
    for row in layers.rows[1:]:
        for column, said in (crosses or {}).get(at[row.cells[0].text], {}).items():
            row.cells[2 if column == "yes" else 3].text = said
    if change:
        change(document)
    document.save(str(folder / name))
    return folder / name


YES = {"yes": "x"}
NO = {"no": "x"}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_form_that_was_filled_in_comes_back(kits, tmp_path, study, language):
    path = form(kits, tmp_path, language, {"group": YES, "report": {"yes": "☒"}, "publication": NO, "verbatim": NO})
    consents = vc.read_consent_forms(study, path).consents
    assert consents[["participant_id", "document_id", "scope", "date"]].astype("str").to_numpy().tolist() == [
        ["P1", "all", "group", "2025-03-31"],
        ["P1", "all", "report", "2025-03-31"],
    ]


def test_what_was_left_open_is_no_and_is_noticed(kits, tmp_path, study):
    read = vc.read_consent_forms(study, form(kits, tmp_path, crosses={"report": YES}))
    assert read.consents["scope"].tolist() == ["report"]
    said = read.check(language="nl")
    left = said[said["message"].str.contains("liet op het toestemmingsformulier open")]
    assert len(left) == 3


def test_a_form_where_everything_is_refused_gives_no_row(kits, tmp_path, study):
    read = vc.read_consent_forms(study, form(kits, tmp_path, crosses=dict.fromkeys(consent_layers("nl"), NO)))
    assert read.frame("consents").empty
    assert not read.check()["message"].str.contains("left open").any()


def test_consent_for_one_document(kits, tmp_path, study):
    read = vc.read_consent_forms(study, form(kits, tmp_path, crosses={"report": YES}, about="d1"))
    assert read.consents["document_id"].tolist() == ["d1"]


def test_reading_twice_adds_nothing(kits, tmp_path, study):
    path = form(kits, tmp_path, crosses={"report": YES, "group": YES})
    once = vc.read_consent_forms(study, path)
    assert vc.read_consent_forms(once, [path, path]).consents.equals(once.consents)


def cell(row: int, column: int, text: str):
    def change(document):
        document.tables[1].rows[row].cells[column].text = text

    return change


def without(row: int, table: int = 1):
    def change(document):
        one = document.tables[table].rows[row]._tr
        one.getparent().remove(one)

    return change


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        ({"crosses": {"group": {"yes": "x", "no": "x"}}}, "row 2, binnen de groep: both yes and no have a cross"),
        (
            {"crosses": {"group": {"yes": "liever niet"}}},
            "row 2, binnen de groep, under yes: 'liever niet' is no cross",
        ),
        ({"crosses": {"group": {"yes": "nee"}}}, "under yes: 'nee' is no cross"),
        ({"person": ""}, "pseudonym is empty"),
        ({"person": "P9"}, "'P9' is not in the table participants"),
        ({"day": ""}, "the day is empty"),
        ({"day": "31-3-2025"}, "the day is 31-3-2025.*year-month-day"),
        ({"about": "d9"}, "'d9' is no document"),
        ({"change": cell(2, 1, "Alles mag.")}, "row 3, in het rapport: the wording is not that of the form"),
        ({"change": cell(2, 0, "mijn laag")}, "'mijn laag' is no layer"),
        ({"change": without(4)}, "the layer als letterlijk citaat is gone"),
        ({"change": without(0, 0)}, "the row 'schuilnaam' is gone"),
    ],
)
def test_a_form_with_a_fault_is_named_and_nothing_is_taken(kits, tmp_path, study, faulty, words):
    good = form(kits, tmp_path, crosses={"report": YES}, name="good.docx")
    bad = form(kits, tmp_path, name="bad.docx", **{"crosses": {"report": YES}, **faulty})
    with pytest.raises(UnreadableStudy, match=words) as told:
        vc.read_consent_forms(study, [good, bad])
    assert "bad.docx" in str(told.value)
    assert "good.docx" not in str(told.value)


def test_all_faults_of_all_forms_are_named_at_once(kits, tmp_path, study):
    one = form(kits, tmp_path, person="", name="one.docx")
    two = form(kits, tmp_path, person="P9", day="", name="two.docx")
    with pytest.raises(UnreadableStudy) as told:
        vc.read_consent_forms(study, [one, two])
    assert str(told.value).count("\n") == 3


def test_another_file_is_no_consent_form(kits, tmp_path, study):
    with pytest.raises(UnreadableStudy, match="no consent form"):
        vc.read_consent_forms(study, kits["nl"][0] / "verhaalformulier.docx")
    (tmp_path / "text.docx").write_text("no zip", encoding="utf-8")
    with pytest.raises(UnreadableStudy, match="cannot be read as a Word file"):
        vc.read_consent_forms(study, tmp_path / "text.docx")
    with pytest.raises(MissingTable, match="read into a study"):
        vc.read_consent_forms(pd.DataFrame(), tmp_path / "text.docx")


def test_the_name_on_the_other_page_is_never_read(kits, tmp_path, study):
    def named(document):
        document.tables[2].rows[0].cells[1].text = "A Name"

    read = vc.read_consent_forms(study, form(kits, tmp_path, crosses={"report": YES}, change=named))
    assert "A Name" not in " ".join(part.to_csv() for part in read.tables.values()) + read.check().to_csv()
