"""Reading under stubborn circumstances: odd bytes, rows, sheets and cells. Each once was a fault."""

import openpyxl
import pytest

import valuecreation as vc
from conftest import folder, frame
from valuecreation.errors import UnreadableStudy

CONSENTS = "participant_id,document_id,scope,date\n"
DOCUMENT = "document_id,participant_id,text\nd1,p1,geheim\n"


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


@pytest.mark.parametrize("digits", ["12345678901234567890", "0.1234567890123456789"])
def test_a_number_with_too_many_digits_stays_text_with_a_finding(tmp_path, digits):
    study = vc.read_study(folder(tmp_path, measurements=f"indicator_id,value\ni1,{digits}\n"))
    assert study.measurements["value"].tolist() == [digits]
    assert study.check()["message"].str.contains("more digits than a number keeps").any()


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


def test_stories_of_who_withdrew_everything_are_pointed_out():
    stories = frame("story_id teller\nv1 p1\nv2 p2")
    consents = frame("participant_id document_id scope date\np1 all withdrawn 2025-05-01")
    found = vc.Study({"stories": stories, "consents": consents}).check().query("severity == 'error'")
    assert found["value"].tolist() == ["v1"]


@pytest.mark.parametrize("content", [",,,\n", '""\n', '"' + "x" * 200_000 + '"\n'])
def test_a_file_of_separators_or_one_endless_cell_is_answered(tmp_path, content):
    study = vc.read_study(folder(tmp_path, documents=content, networks="network_id\nn1\n"))
    assert not study.check().empty


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
