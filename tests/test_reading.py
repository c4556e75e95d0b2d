"""Reading: files as people's programs write them, read whole, with a note of whatever was odd."""

import json

import pandas as pd
import pytest

import valuecreation as vc
from valuecreation.errors import UnreadableStudy

DIARY = "document_id,kind,date,text\nd1,diary,2025-01-10,Één dag vol thee\n"


def study_of(tmp_path, **files: bytes | str) -> vc.Study:
    """Return the study read from files made here: tables by name, other files with their ending spelt out."""
    folder = tmp_path / "study"
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        target = folder / (name if "." in name else f"{name}.csv")
        target.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return vc.read_study(folder)


def noted(study: vc.Study, words: str) -> bool:
    return study.check()["message"].str.contains(words, regex=False).any()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (DIARY.replace(",", ";"), "separated by semicolons"),
        (DIARY.replace(",", "\t"), "separated by tabs"),
        ("sep=;\r\n" + DIARY.replace(",", ";"), "separated by semicolons"),
        (DIARY.encode("cp1252"), "read as Windows-1252"),
        (DIARY.encode("utf-16"), "read as UTF-16"),
        ("\ufeff" + DIARY, "byte order mark"),
        (DIARY.replace("\n", "\r"), "lines end in CR"),
        (DIARY.rstrip("\n"), "does not end with a line end"),
        (DIARY.replace("document_id", "Document ID"), "“Document ID” was read as document_id"),
        (DIARY.replace("diary", "diary").replace("\nd1", "\n\nd1"), "The row is empty"),
    ],
)
def test_what_programs_write_is_read_with_a_note(tmp_path, content, words):
    study = study_of(tmp_path, documents=content)
    assert study.documents["document_id"].tolist() == ["d1"]
    assert study.documents["text"].tolist() == ["Één dag vol thee"]
    assert study.documents["date"].tolist() == [pd.Timestamp("2025-01-10")]
    assert noted(study, words)


def test_windows_line_ends_are_nothing_to_remark_on(tmp_path):
    study = study_of(tmp_path, documents=DIARY.replace("\n", "\r\n"))
    assert study.check().empty


def test_a_long_row_keeps_its_surplus_and_a_short_row_its_place(tmp_path):
    study = study_of(tmp_path, documents="document_id,text\nd1,a,b,c\nd2\nd3,x\n")
    assert study.documents["surplus"].tolist()[0] == "b | c"
    assert study.documents["document_id"].tolist() == ["d1", "d2", "d3"]
    found = study.check()
    assert found.query("row == 2")["message"].str.contains("4 cells where the header has 2").any()
    assert found.query("row == 3")["message"].str.contains("1 cells where the header has 2").any()


def test_rows_are_counted_as_the_spreadsheet_does_also_after_an_empty_one(tmp_path):
    study = study_of(tmp_path, networks="network_id\nn1\n\n\nn1\n", participants="participant_id\nA\n")
    assert study.check().query("severity == 'error'")["row"].item() == 5


def test_a_column_that_stands_twice_is_kept_twice(tmp_path):
    study = study_of(tmp_path, documents="document_id,text,text\nd1,a,b\n")
    assert study.documents["text"].tolist() == ["a"]
    assert study.documents["text (2)"].tolist() == ["b"]
    assert noted(study, "stands in the header more than once")


def test_a_column_without_a_name_is_kept_when_it_holds_something(tmp_path):
    study = study_of(tmp_path, documents="document_id,text,,\nd1,a,b,\n")
    assert study.documents.columns.tolist() == ["document_id", "text", "column 3"]
    assert noted(study, "without a name")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('document_id,text\nd1,"never closed\nd2,x\n', "opened and never closed"),
        ('document_id,text\nd1,"a"b\n', "odd place"),
        (b"document_id,text\nd1,\x81\x8d\n", "neither UTF-8 nor Windows-1252"),
        (b"d\0o\0c\0\n\0", "zero bytes"),
        ("\ndocument_id\nd1\n", "row 1 is empty"),
    ],
)
def test_what_cannot_be_read_is_refused_with_file_and_row(tmp_path, content, words):
    with pytest.raises(UnreadableStudy, match=words) as caught:
        study_of(tmp_path, documents=content)
    assert "documents.csv" in str(caught.value)


def test_an_empty_file_is_a_finding(tmp_path):
    study = study_of(tmp_path, documents=DIARY, networks="")
    assert "networks" not in study
    assert noted(study, "no header and no rows")


def test_dates_are_read_as_a_person_says_and_only_then(tmp_path):
    content = DIARY.replace("2025-01-10", "03-04-2025")
    assert study_of(tmp_path, documents=content).documents["date"].tolist() == ["03-04-2025"]
    folder = tmp_path / "study"
    assert vc.read_study(folder, day_first=True).documents["date"].tolist() == [pd.Timestamp("2025-04-03")]
    assert vc.read_study(folder, day_first=False).documents["date"].tolist() == [pd.Timestamp("2025-03-04")]
    assert noted(vc.read_study(folder, day_first=True), "day first, because you said so")


def test_a_date_that_cannot_be_in_the_order_said_stays_a_finding(tmp_path):
    study_of(tmp_path, documents=DIARY.replace("2025-01-10", "04-23-2025"))
    study = vc.read_study(tmp_path / "study", day_first=True)
    assert study.documents["date"].tolist() == ["04-23-2025"]
    assert noted(study, "not written as year-month-day")


def test_a_strange_file_is_left_alone_and_named(tmp_path):
    study = study_of(tmp_path, documents=DIARY, **{"deelnemers.csv": "a\n", "documnets.csv": "a\n", "README.md": "x"})
    found = study.check()
    assert found["value"].tolist() == ["deelnemers.csv", "documnets.csv"]
    assert found["remedy"].str.contains("perhaps documents").sum() == 1


def test_texts_in_files_of_their_own(tmp_path):
    (tmp_path / "study" / "texts").mkdir(parents=True)
    (tmp_path / "study" / "texts" / "d1.txt").write_bytes("\ufeffEen\r\ntwee".encode())
    study = study_of(tmp_path, documents="document_id,file,text\nd1,texts/d1.txt,\n")
    assert study.documents["text"].tolist() == ["Een\ntwee"]
    assert study.documents["file"].tolist() == ["texts/d1.txt"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("texts/gone.txt", "is not in the folder"),
        ("../secret.txt", "outside the folder"),
        ("/etc/hostname", "outside the folder"),
        ("interview.docx", "not a plain text file"),
        ("texts", "not a plain text file"),
    ],
)
def test_a_text_file_that_is_not_there_or_not_ours_is_not_opened(tmp_path, name, words):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    study = study_of(tmp_path, documents=f"document_id,file\nd1,{name}\n")
    assert noted(study, words)
    assert "secret" not in study.documents.to_string().replace("secret.txt", "")


def test_a_document_with_two_texts_keeps_the_cell_and_says_so(tmp_path):
    study = study_of(tmp_path, documents="document_id,file,text\nd1,d1.txt,cel\n", **{"d1.txt": "bestand"})
    assert study.documents["text"].tolist() == ["cel"]
    assert noted(study, "a text in its cell and another in the file")


@pytest.mark.parametrize("content", ["{", "[]", "3", "\x00", '{"name": '])
def test_a_bad_datapackage_is_a_finding(tmp_path, content):
    study = study_of(tmp_path, documents=DIARY, **{"datapackage.json": content})
    assert noted(study, "datapackage.json cannot be read")


def test_what_the_datapackage_says_is_known(tmp_path):
    package = {
        "name": "mijn",
        "title": "Mine",
        "title_nl": "Mijn",
        "fictional": True,
        "licenses": [{"name": "CC0"}],
        "sources": [{"title": "x"}],
    }
    study = study_of(tmp_path, documents=DIARY, **{"datapackage.json": json.dumps(package)})
    assert study.name == "mijn"
    assert study.about == {"title": {"en": "Mine", "nl": "Mijn"}, "fictional": True, "licence": "CC0", "sources": ["x"]}


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda folder: folder / "nothing", "There is nothing at"),
        (lambda folder: folder, "holds no table of a study"),
        (lambda folder: _file(folder, "diary.csv", "a"), "Put it in a folder"),
        (lambda folder: _file(folder, "diary.xls", "a"), "save it as .xlsx"),
        (lambda folder: _file(folder, "diary.xlsx", "no zip"), "not a workbook that can be read"),
        (lambda folder: _file(folder, "diary.docx", "a"), "not read as a study"),
        (lambda folder: 3, "path of a folder"),
        (lambda folder: pd.DataFrame(), "vc.Study"),
        (lambda folder: vc.Study({}), "a study already"),
    ],
)
def test_what_is_no_study_is_answered_with_what_to_do(tmp_path, make, words):
    with pytest.raises(UnreadableStudy, match=words):
        vc.read_study(make(tmp_path))


def _file(folder, name, content):
    (folder / name).write_text(content, encoding="utf-8")
    return folder / name
