"""What a hostile tester found, each once, so that it stays mended."""

import json
import os

import numpy as np
import openpyxl
import pandas as pd
import pytest

import valuecreation as vc
from conftest import frame
from valuecreation.errors import UnreadableStudy, UnwritableStudy

CONSENTS = "participant_id,document_id,scope,date\n"
DOCUMENT = "document_id,participant_id,text\nd1,p1,geheim\n"


def folder(tmp_path, **files: str | bytes):
    for name, content in files.items():
        target = tmp_path / (name if "." in name else f"{name}.csv")
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return tmp_path


@pytest.mark.parametrize(
    "rows",
    [
        "p1,all,publication,2-3-2025\np1,all,withdrawn,1-4-2025\n",
        "p1,all,publication,2025-05-01\np1,all,withdrawn,13-05-2025\n",
        "p1,all,publication,2025-05-01\np1,all,withdrawn,\n",
        "p1,all,publication,2025-05-01\np1,all,withdrawn,2025-05-01\n",
        "p1,all,withdrawn,2025-05-02\np1,all,publication,2025-05-01\n",
        "p1,All,ingetrokken,2025-05-02\n",
        "p1,d1,withdrawn ,2025-05-02\n",
        ",d1,withdrawn,2025-05-02\n",
        "p1,all,report,2025-06-01\np1,d1,withdrawn,2025-05-02\n",
    ],
)
def test_a_withdrawal_is_honoured_also_when_its_date_or_spelling_is_in_doubt(tmp_path, rows):
    study = vc.read_study(folder(tmp_path, documents=DOCUMENT, consents=CONSENTS + rows))
    assert vc.remove_withdrawn(study).documents["text"].isna().all()
    assert study.check()["message"].str.contains("its words are still here").any()


@pytest.mark.parametrize(
    "rows",
    [
        "p1,all,withdrawn,2025-05-01\np1,all,report,2025-05-02\n",
        "p1,all,withdrawn,2025-05-02\np1,d1,report,2025-05-01\n",
    ],
)
def test_who_comes_back_on_a_withdrawal_is_heard_too(tmp_path, rows):
    study = vc.read_study(folder(tmp_path, documents=DOCUMENT, consents=CONSENTS + rows))
    assert vc.remove_withdrawn(study).documents["text"].tolist() == ["geheim"]


def test_a_withdrawal_without_a_readable_day_is_a_finding(tmp_path):
    rows = "p1,all,publication,2025-05-01\np1,all,withdrawn,\n"
    found = vc.read_study(folder(tmp_path, documents=DOCUMENT, consents=CONSENTS + rows)).check()
    assert found["message"].str.contains("The withdrawal is honoured").any()


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({"Documents.csv": DOCUMENT}, "Documents.csv"),
        (
            {"documents.csv": "document_id,participant_id,file\nd1,p1,texts\\a.txt\n", "texts/a.txt": "geheim"},
            "texts/a.txt",
        ),
    ],
)
def test_a_rewritten_study_leaves_no_withdrawn_words_whatever_the_spelling_of_the_file(tmp_path, files, name):
    (tmp_path / "texts").mkdir()
    folder(tmp_path, consents=CONSENTS + "p1,all,withdrawn,2025-05-01\n", **files)
    study = vc.read_study(tmp_path)
    assert study.documents["text"].tolist() == ["geheim"]
    vc.write_study(vc.remove_withdrawn(study), tmp_path, overwrite=True)
    assert b"geheim" not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_file_outside_the_study_is_neither_read_nor_removed(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.txt").write_text("van iemand anders", encoding="utf-8")
    inside = tmp_path / "study"
    inside.mkdir()
    (inside / "texts").symlink_to(elsewhere)
    folder(inside, documents="document_id,file\nd1,texts/a.txt\n")
    study = vc.read_study(inside)
    assert study.documents["text"].isna().all()
    vc.write_study(study, inside, overwrite=True)
    assert (elsewhere / "a.txt").read_text(encoding="utf-8") == "van iemand anders"


def test_what_is_in_the_way_is_refused_before_anything_is_touched(tmp_path):
    folder(tmp_path, documents=DOCUMENT, networks="network_id\nn1\n")
    (tmp_path / "texts").write_text("a file where a folder must come", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    study = vc.Study({"documents": pd.DataFrame({"document_id": ["d1"], "file": ["texts/a.txt"], "text": ["x y"]})})
    with pytest.raises(UnwritableStudy, match="texts in .* is not part of the study"):
        vc.write_study(study, tmp_path, overwrite=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_failure_halfway_puts_everything_back(tmp_path, small, monkeypatch):
    from pathlib import Path

    vc.write_study(small, tmp_path / "s")
    before = {path.name: path.read_bytes() for path in (tmp_path / "s").iterdir()}
    real = Path.rename

    def failing(self, target):
        if Path(target).name == "codings.csv" and Path(target).parent.name == "s" and self.parent.name == "made":
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(UnwritableStudy, match="No space left"):
        vc.write_study(small.replace(coverage=None), tmp_path / "s", overwrite=True)
    assert {path.name: path.read_bytes() for path in (tmp_path / "s").iterdir()} == before


def test_a_folder_of_other_things_is_not_replaced(tmp_path, small):
    folder(tmp_path, **{"datapackage.json": "{}", "README.md": "mine"})
    with pytest.raises(UnwritableStudy, match="no study in"):
        vc.write_study(small, tmp_path, overwrite=True)


def test_a_text_does_not_take_the_place_of_somebodys_file(tmp_path):
    study = vc.Study({"documents": pd.DataFrame({"document_id": ["d1"], "file": ["README.md"], "text": ["q"]})})
    folder(tmp_path, networks="network_id\nn1\n", **{"README.md": "mine"})
    with pytest.raises(UnwritableStudy, match=r"README.md in"):
        vc.write_study(study, tmp_path, overwrite=True)


def test_two_files_or_sheets_of_one_name_are_refused(tmp_path):
    folder(tmp_path, **{"Documents.csv": DOCUMENT, "documents.csv": DOCUMENT})
    with pytest.raises(UnreadableStudy, match=r"both the table documents"):
        vc.read_study(tmp_path)
    book = openpyxl.Workbook()
    book.active.title = "documents"
    book.create_sheet("Documents ")
    book.save(tmp_path / "s.xlsx")
    with pytest.raises(UnreadableStudy, match="both the table documents"):
        vc.read_study(tmp_path / "s.xlsx")


def test_a_column_that_is_called_surplus_keeps_its_words(tmp_path):
    study = vc.read_study(folder(tmp_path, documents="document_id,text,surplus\nd1,x,kostbaar\nd2,y,z,nog een\n"))
    assert study.documents["surplus"].tolist() == ["kostbaar", "z"]
    assert study.documents["surplus'"].tolist()[1] == "nog een"


@pytest.mark.parametrize("value", [0.1 + 0.2, 100 / 7, 1234.5678901234567, 1.797e308, 1e15, 123456789012345.67])
def test_a_number_comes_back_with_all_its_digits(tmp_path, value):
    study = vc.Study({"measurements": pd.DataFrame({"indicator_id": ["i1"], "value": [value]})})
    for name in ("s", "s.xlsx"):
        vc.write_study(study, tmp_path / name)
        assert vc.read_study(tmp_path / name).measurements["value"].tolist() == [value]


@pytest.mark.parametrize("digits", ["12345678901234567890", "0.1234567890123456789"])
def test_a_number_with_too_many_digits_stays_text_with_a_finding(tmp_path, digits):
    study = vc.read_study(folder(tmp_path, measurements=f"indicator_id,value\ni1,{digits}\n"))
    assert study.measurements["value"].tolist() == [digits]
    assert study.check()["message"].str.contains("more digits than a number keeps").any()


def test_one_bad_cell_does_not_switch_off_the_check_of_the_others():
    documents = pd.DataFrame({"document_id": ["d1"], "text": ["hallo daar"]})
    segments = frame("segment_id document_id start end quote\ns1 d1 nul 5 hallo\ns2 d1 0 3 helemaal~fout")
    found = vc.Study({"documents": documents, "segments": segments}).check()
    assert found["message"].str.contains("Segment s2").any()
    assert not found["message"].str.contains("Segment s1").any()


def test_one_odd_byte_does_not_spoil_the_rest(tmp_path):
    content = "document_id,text\nd1,café één\n".encode() + b"d2,\xe9\xe9n\n"
    study = vc.read_study(folder(tmp_path, documents=content))
    assert study.documents["text"].tolist() == ["café één", "één"]
    found = study.check().query("severity == 'error'")["message"].item()
    assert "line 3 has the byte 0xE9" in found


def test_comments_in_excel_are_not_dropped_in_silence(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "networks"
    for row in (["network_id", "name"], ["n1", "x y"]):
        book.active.append(row)
    book.active["B2"].comment = openpyxl.comments.Comment("navragen bij Kees", "ik")
    book.save(tmp_path / "s.xlsx")
    found = vc.read_study(tmp_path / "s.xlsx").check()
    assert (found["row"].item(), found["column"].item(), found["value"].item()) == (2, "name", "navragen bij Kees")


def test_the_result_of_a_formula_that_failed_is_an_error(tmp_path):
    from valuecreation.io.workbook import _value

    cell = openpyxl.Workbook().active["A1"]
    cell.value = "=1/0"

    class Results:
        def of(self, sheet, coordinate):
            return "#DIV/0!"

    assert _value(cell, "networks", Results()) == ("#DIV/0!", ("excel_error", "#DIV/0!", {}))


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2],
        lambda content: content[:-30],
        lambda content: content[:60] + bytes(500) + content[560:],
        lambda content: b"",
    ],
)
def test_a_damaged_workbook_is_a_sentence(tmp_path, small, damage):
    vc.write_study(small, tmp_path / "s.xlsx")
    (tmp_path / "s.xlsx").write_bytes(damage((tmp_path / "s.xlsx").read_bytes()))
    with pytest.raises(UnreadableStudy, match="not a workbook that can be read"):
        vc.read_study(tmp_path / "s.xlsx")


@pytest.mark.parametrize("moment", ["2024-09-19T99:99", "2024-09-19T14:05:00+99:99", "2024-13-01"])
def test_a_time_that_does_not_exist_is_found(moment):
    study = vc.Study(
        {
            "coverage": pd.DataFrame(
                {"coder": ["c"], "document_id": ["d"], "codebook": ["biesta"], "finished_at": [moment]}
            )
        }
    )
    assert study.check()["message"].str.contains("not a day with a time").any()


def test_rows_are_right_after_empty_rows_for_every_kind_of_finding(tmp_path):
    content = "document_id,file,text\nd1,,a b\n,,\nd1,../x.txt,\n"
    found = vc.read_study(folder(tmp_path, documents=content)).check().query("severity != 'note'")
    assert set(found["row"]) == {4}
    assert found["message"].str.contains("stands in row 2 already").any()


def test_a_run_of_empty_rows_is_one_note(tmp_path):
    found = vc.read_study(folder(tmp_path, networks="network_id\nn1\n" + "\n" * 500 + "n1\n")).check()
    assert found["message"].tolist() == [
        "n1 stands in row 2 already, and it must be unique (network_id).",
        "Rows 3 to 502 are empty and were passed over.",
    ]
    assert found["row"].tolist() == [503, 3]


def test_a_title_above_the_header_is_pointed_out(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "networks"
    for row in (["Onze netwerken"], [None], ["network_id", "name"], ["n1", "x y"]):
        book.active.append(row)
    book.save(tmp_path / "s.xlsx")
    found = vc.read_study(tmp_path / "s.xlsx").check()
    assert (
        found["message"].str.contains("Row 1 does not hold the names of the columns of networks; row 3 seems to").any()
    )


@pytest.mark.parametrize("column", ["codebook", "code", "coder"])
def test_a_stray_space_in_a_name_is_named_as_such(small, column):
    codings = small.codings.assign(**{column: small.codings[column] + " "})
    found = small.replace(codings=codings).check()
    assert found["message"].str.contains("There is a space before or after").sum() == 5
    assert not found["message"].str.contains("There is no codebook|is not a code of").any()


@pytest.mark.parametrize(
    ("about", "back"),
    [
        ({"sources": ["een\nbron", "twee"]}, None),
        ({"fictional": False}, None),
        ({"title": {"nl": "X"}}, None),
        ({"title": {"en": "X"}}, {"title": "X"}),
        ({"title": "X", "description": {"en": "a", "nl": "b"}}, None),
        ({"other": {"keywords": ["a"], "contributors": [{"title": "b"}]}}, None),
    ],
)
@pytest.mark.parametrize("form", ["s", "s.xlsx"])
def test_what_is_known_of_a_study_comes_back(tmp_path, small, about, back, form):
    study = vc.Study(small.tables, name="naam", about=about)
    vc.write_study(study, tmp_path / form)
    assert vc.read_study(tmp_path / form).about == (back or about)


def test_what_a_data_package_says_beyond_us_survives_a_rewriting(tmp_path):
    package = {
        "name": "x",
        "keywords": ["zorg"],
        "licenses": [{"name": "A", "path": "p"}, {"name": "B"}],
        "sources": [{"title": "t", "path": "u"}],
    }
    folder(tmp_path, networks="network_id\nn1\n", **{"datapackage.json": json.dumps(package)})
    vc.write_study(vc.read_study(tmp_path), tmp_path, overwrite=True)
    again = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert {key: again[key] for key in package} == package


@pytest.mark.parametrize(
    "about", [3, {"sources": "een bron"}, {"fictional": "no"}, {"title": []}, {"colour": "red"}, {"title": {"fr": "x"}}]
)
def test_what_is_known_of_a_study_must_be_in_order(about):
    with pytest.raises(UnreadableStudy, match="about"):
        vc.Study({}, about=about)


@pytest.mark.parametrize("name", ["", " x", "a\nb", "sep=;", "a;b", 'a"b', "\ufeffa"])
def test_a_column_that_no_file_gives_back_is_refused(name):
    with pytest.raises(UnreadableStudy, match="no file gives back"):
        vc.Study({"networks": pd.DataFrame({"network_id": ["n1"], name: ["x"]})})


def test_rows_with_nothing_in_them_are_no_rows():
    assert len(vc.Study({"networks": pd.DataFrame({"network_id": [None, "n1", ""]})}).networks) == 1


@pytest.mark.parametrize(
    "call",
    [
        lambda small, path: vc.write_study(small, None),
        lambda small, path: vc.write_study({}, path / "x"),
        lambda small, path: vc.write_study(vc.Study({}), path / "x"),
        lambda small, path: vc.new_study(5),
        lambda small, path: vc.load_codebook(5),
        lambda small, path: vc.load_codebook(path),
        lambda small, path: vc.load_codebook("a\0b.yaml"),
        lambda small, path: vc.load_codebook("x" * 5000 + ".yaml"),
        lambda small, path: vc.load_example(["a"]),
        lambda small, path: vc.read_study("~nobody-here/x"),
        lambda small, path: vc.read_study("a\0b"),
        lambda small, path: vc.read_study("x" * 5000),
        lambda small, path: vc.read_study(path, day_first="yes"),
        lambda small, path: vc.profile(5),
        lambda small, path: vc.remove_withdrawn(5),
        lambda small, path: vc.profile(small, by=5),
        lambda small, path: vc.profile(small, codebook=[]),
        lambda small, path: vc.profile(small, population="x", confidence="x"),
        lambda small, path: vc.lens(small, status=5),
        lambda small, path: vc.migrate(small, "vcf-2011", "vcf-2020", decisions=["a"]),
        lambda small, path: vc.migrate(
            small.replace(codings=small.codings.assign(codebook="biesta")), "vcf-2011", "vcf-2020"
        ),
        lambda small, path: vc.profile(small).evidence(code=[["a"]]),
        lambda small, path: small.codebook(["a"]),
        lambda small, path: small.overview("fr"),
    ],
)
def test_a_wrong_argument_is_answered_in_words(small, tmp_path, call):
    with pytest.raises(vc.ValueCreationError) as caught:
        call(small, tmp_path)
    assert len(str(caught.value)) > 15


def test_studies_without_what_one_expects_are_answered_too():
    bare = vc.Study({"segments": frame("document_id\nd1"), "consents": frame("participant_id scope\np withdrawn")})
    assert vc.remove_withdrawn(bare).equals(bare)
    assert "segment_id" in bare.check()["column"].tolist()
    days = pd.Series([np.datetime64("12025-01-01", "s")])
    far = vc.Study({"activities": pd.DataFrame({"activity_id": ["a"], "date": days})})
    assert not far.check().empty


@pytest.mark.parametrize("name", ["a" * 300 + ".txt", "loop.txt", "CON.txt"])
def test_odd_names_of_text_files_are_findings_or_sentences(tmp_path, name):
    if name == "loop.txt" and os.name != "nt":
        (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    study = vc.read_study(folder(tmp_path, documents=f"document_id,file\nd1,{name}\n"))
    assert not study.check().query("table == 'documents' and severity == 'error'").empty
    filled = vc.Study({"documents": pd.DataFrame({"document_id": ["d1"], "file": ["CON.txt"], "text": ["x"]})})
    with pytest.raises(UnwritableStudy, match="cannot be a text file"):
        vc.write_study(filled, tmp_path / "new")


@pytest.mark.parametrize(
    "rows",
    [
        "p1 ,all,withdrawn,2025-05-02\n",
        "P1,all,withdrawn,2025-05-02\n",
        "p1,D1,withdrawn,2025-05-02\n",
        "p1,all,withdrawn\u200b,2025-05-02\n",
        "p1,all,withdrawn.,2025-05-02\n",
        "p1,all,ingetrokken op 1 mei,2025-05-02\n",
        "p1,d9|d1,withdrawn,2025-05-02\n",
        ",d1,withdrawn,2025-05-02\n",
    ],
)
def test_a_withdrawal_is_honoured_whatever_its_spelling(tmp_path, rows):
    study = vc.read_study(folder(tmp_path, documents=DOCUMENT, consents=CONSENTS + rows))
    assert vc.remove_withdrawn(study).documents["text"].isna().all()


def group_text(segments: str) -> vc.Study:
    documents = pd.DataFrame({"document_id": ["g1"], "text": ["geheim en open"]})
    consents = frame("participant_id document_id scope\np1 all withdrawn")
    return vc.Study({"documents": documents, "segments": frame(segments), "consents": consents})


@pytest.mark.parametrize("offsets", ["0 6", ". .", "0 600", "10 14", "nul 6"])
def test_the_words_of_one_speaker_go_from_a_group_text_also_when_offsets_are_wrong(offsets):
    study = group_text(
        f"segment_id document_id participant_id start end quote\ns1 g1 p1 {offsets} geheim\ns2 g1 p2 10 14 open"
    )
    cleaned = vc.remove_withdrawn(study)
    assert cleaned.documents["text"].tolist() == ["██████ en open"]
    assert cleaned.segments["quote"].tolist() == ["open"]


def test_a_longer_quote_around_withdrawn_words_is_blotted_too():
    study = group_text(
        "segment_id document_id participant_id start end quote\ns1 g1 p1 0 6 geheim\ns2 g1 p2 0 14 geheim~en~open"
    )
    cleaned = vc.remove_withdrawn(study)
    assert cleaned.segments["quote"].tolist() == ["██████ en open"]
    assert cleaned.check().empty


def test_a_withdrawn_segment_that_stands_nowhere_needs_a_person():
    with pytest.raises(vc.ValueCreationError, match="Segment s1 was withdrawn, and neither"):
        vc.remove_withdrawn(group_text("segment_id document_id participant_id\ns1 g1 p1"))


def test_removal_works_row_by_row_also_when_ids_are_doubled_or_empty():
    documents = pd.DataFrame(
        {"document_id": ["g1", "g1", None, None], "text": ["geheim en open", "geheim twee", "zonder", "ook zonder"]}
    )
    segments = frame("segment_id document_id participant_id start end quote\ns1 g1 p1 0 6 geheim")
    consents = frame("participant_id document_id scope\np1 all withdrawn")
    cleaned = vc.remove_withdrawn(vc.Study({"documents": documents, "segments": segments, "consents": consents}))
    assert cleaned.documents["text"].tolist() == ["██████ en open", "██████ twee", "zonder", "ook zonder"]


def test_withdrawn_words_do_not_stay_in_columns_that_a_broken_row_made(tmp_path):
    content = "document_id,participant_id,text\nd1,p1,Mijn baas, Kees, drinkt\n"
    study = vc.read_study(folder(tmp_path, documents=content, consents=CONSENTS + "p1,all,withdrawn,2025-05-01\n"))
    assert "Kees" not in vc.remove_withdrawn(study).documents.to_string()


def test_stories_of_who_withdrew_everything_are_pointed_out():
    stories = frame("story_id teller\nv1 p1\nv2 p2")
    consents = frame("participant_id document_id scope date\np1 all withdrawn 2025-05-01")
    found = vc.Study({"stories": stories, "consents": consents}).check().query("severity == 'error'")
    assert found["value"].tolist() == ["v1"]


@pytest.mark.parametrize(
    "column", ["participant_id", "quote", "date", "kind", "start", "coders", "role", "cycle", "domain"]
)
def test_a_column_of_ones_own_in_codings_disturbs_nothing(small, column):
    study = small.replace(codings=small.codings.assign(**{column: "x"}))
    pd.testing.assert_frame_equal(vc.profile(study, by="role").table, vc.profile(small, by="role").table)
    assert len(vc.profile(study).evidence()) == len(vc.profile(small).evidence())
    assert vc.lens(study).table["n"].sum() == 0


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError])
def test_an_interrupted_rewriting_leaves_the_old_study(tmp_path, small, monkeypatch, stop):
    from pathlib import Path

    vc.write_study(small, tmp_path / "s")
    before = {path.name: path.read_bytes() for path in (tmp_path / "s").iterdir()}
    real = Path.rename

    def failing(self, target):
        if self.parent.name == "made":
            raise stop()
        return real(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises((KeyboardInterrupt, UnwritableStudy)):
        vc.write_study(small, tmp_path / "s", overwrite=True)
    assert {path.name: path.read_bytes() for path in (tmp_path / "s").iterdir()} == before


def test_a_workbook_of_something_else_is_not_replaced(tmp_path, small):
    book = openpyxl.Workbook()
    book.active.title = "Begroting"
    book.save(tmp_path / "b.xlsx")
    with pytest.raises(UnwritableStudy, match="Begroting"):
        vc.write_study(small, tmp_path / "b.xlsx", overwrite=True)
    (tmp_path / "c.xlsx").write_text("my notes", encoding="utf-8")
    with pytest.raises(UnwritableStudy, match="no workbook"):
        vc.write_study(small, tmp_path / "c.xlsx", overwrite=True)
    vc.write_study(small, tmp_path / "d.xlsx")
    vc.write_study(small, tmp_path / "d.xlsx", overwrite=True)
    assert vc.read_study(tmp_path / "d.xlsx").equals(small)


def test_a_file_that_was_never_read_as_a_text_is_not_removed(tmp_path):
    folder(
        tmp_path,
        documents="document_id,file,text\nd1,scan.pdf,\nd2,a.txt,anders\n",
        **{"scan.pdf": "pdf", "a.txt": "eigen"},
    )
    study = vc.read_study(tmp_path)
    with pytest.raises(UnwritableStudy, match=r"a.txt in"):
        vc.write_study(study, tmp_path, overwrite=True)
    assert (tmp_path / "scan.pdf").is_file()
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "eigen"


@pytest.mark.parametrize("content", [",,,\n", '""\n', '"' + "x" * 200_000 + '"\n'])
def test_a_file_of_separators_or_one_endless_cell_is_answered(tmp_path, content):
    study = vc.read_study(folder(tmp_path, documents=content, networks="network_id\nn1\n"))
    assert not study.check().empty


def test_cells_that_are_equal_but_not_the_same_keep_their_own_text():
    study = vc.Study(
        {
            "networks": pd.DataFrame(
                {"network_id": ["a", "b", "c"], "programme": pd.Series([1, True, "1.0"], dtype=object)}
            )
        }
    )
    assert study.networks["programme"].tolist() == ["1", "yes", "1.0"]


def test_a_zero_sign_is_refused_when_writing(tmp_path):
    study = vc.Study({"networks": pd.DataFrame({"network_id": ["a\0b"]})})
    for name in ("s", "s.xlsx"):
        with pytest.raises(UnwritableStudy, match="U\\+0000"):
            vc.write_study(study, tmp_path / name)


def test_a_cell_far_away_does_not_stop_the_reading(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "networks"
    book.active.append(["network_id"])
    book.active.append(["n1"])
    book.active["XFD20000"] = "verdwaald"
    book.save(tmp_path / "s.xlsx")
    study = vc.read_study(tmp_path / "s.xlsx")
    assert study.networks["network_id"].dropna().tolist() == ["n1"]
    assert "verdwaald" in study.networks.to_string()


@pytest.mark.parametrize("pointer", ["[[text 1, 999999999999 parts]]", "[[text 1, 2 parts]]"])
def test_a_pointer_to_nothing_is_kept_as_it_stands(tmp_path, pointer):
    book = openpyxl.Workbook()
    book.active.title = "networks"
    book.active.append(["network_id", "name"])
    book.active.append(["n1", pointer])
    book.create_sheet("texts").append(["text", "part", "words"])
    book["texts"].append(["1", "²", "w"])
    book.save(tmp_path / "s.xlsx")
    study = vc.read_study(tmp_path / "s.xlsx")
    assert study.networks["name"].tolist() == [pointer]
    assert study.check()["message"].str.contains("sheet texts").any()


def test_a_codebook_that_refers_to_itself_is_a_sentence(tmp_path):
    path = tmp_path / "c.yaml"
    path.write_text("name: x\ncodes: &a [*a, *a]\n", encoding="utf-8")
    with pytest.raises(vc.ValueCreationError, match="refers to itself"):
        vc.load_codebook(path)


def test_a_dutch_label_in_place_of_a_code_is_counted_apart_and_said(small):
    study = small.replace(codings=small.codings.assign(code=["toegepaste waarde", *small.codings["code"][1:]]))
    result = vc.profile(study, language="nl")
    assert "toegepaste waarde" in set(result.table["code"])
    assert any("om te herstellen" in caution for caution in result.cautions)
    assert len(result.summary) == 6


@pytest.mark.parametrize(
    "call",
    [
        lambda result: result.evidence(code=pd.NA),
        lambda result: result.evidence(code=np.array(["applied", "x"])),
        lambda result: result.evidence(polarity="bogus"),
        lambda result: result.plot(unit="bogus"),
        lambda result: result.plot(codebook="biesta"),
        lambda result: result.plot(status="bogus"),
        lambda result: result.plot().save("x.foo"),
        lambda result: result.plot().save("nowhere/x.png"),
    ],
)
def test_a_wrong_choice_of_a_result_is_answered_in_words(small, call):
    with pytest.raises(vc.ValueCreationError):
        call(vc.profile(small))
