"""Workbooks: what Excel does to cells, and how nothing is lost by it."""

import datetime

import openpyxl
import pandas as pd
import pytest

import valuecreation as vc
from valuecreation.errors import UnreadableStudy, UnwritableStudy


def book(tmp_path, rows: list[list], sheet: str = "documents", change=None) -> vc.Study:
    """Return the study read from a workbook with one sheet of these rows."""
    made = openpyxl.Workbook()
    made.active.title = sheet
    for row in rows:
        made.active.append(row)
    if change:
        change(made)
    made.save(tmp_path / "study.xlsx")
    return vc.read_study(tmp_path / "study.xlsx")


HEADER = ["document_id", "date", "text"]


def test_dates_of_excel_are_dates(tmp_path):
    study = book(
        tmp_path, [HEADER, ["d1", datetime.datetime(2025, 4, 3), "x y"], ["d2", datetime.date(2025, 4, 4), "x y"]]
    )
    assert study.documents["date"].tolist() == [pd.Timestamp("2025-04-03"), pd.Timestamp("2025-04-04")]
    assert study.check().empty


def test_numbers_and_truths_keep_their_value(tmp_path):
    study = book(tmp_path, [["document_id", "order", "prompted", "text"], [1, 2.0, True, 3.5]])
    row = study.documents.iloc[0]
    assert (row["document_id"], row["order"], row["prompted"], row["text"]) == ("1", 2, True, "3.5")


def test_merged_cells_are_not_filled_in(tmp_path):
    def merge(made):
        made.active.merge_cells("B2:B3")

    study = book(tmp_path, [HEADER, ["d1", datetime.date(2025, 4, 3), "x y"], ["d2", None, "x y"]], change=merge)
    assert study.documents["date"].isna().tolist() == [False, True]
    found = study.check().query("severity == 'error'")
    assert (found["row"].item(), found["value"].item()) == (2, "B2:B3")


def test_a_formula_without_a_saved_result_is_empty_and_named(tmp_path):
    study = book(tmp_path, [HEADER, ["d1", None, '="a"&"b"']])
    assert study.documents["text"].isna().all()
    assert study.check()["message"].str.contains("has not saved a result").any()


def test_an_error_of_excel_is_named(tmp_path):
    def fail(made):
        made.active["C2"].value = "#N/A"
        made.active["C2"].data_type = "e"

    study = book(tmp_path, [HEADER, ["d1", None, "x"]], change=fail)
    assert study.check()["message"].str.contains("Excel error #N/A").any()


def test_empty_rows_between_do_not_shift_the_count(tmp_path):
    study = book(tmp_path, [["network_id"], ["n1"], [None], ["n1"]], sheet="networks")
    assert study.check().query("severity == 'error'")["row"].item() == 4


def test_another_sheet_is_left_alone_and_named(tmp_path):
    def add(made):
        made.create_sheet("document").append(["a"])
        made["document"].append(["b"])

    study = book(tmp_path, [HEADER, ["d1", None, "x y"]], change=add)
    assert study.check()["remedy"].str.contains("perhaps documents").any()


def test_a_workbook_without_a_table_says_what_it_has(tmp_path):
    with pytest.raises(UnreadableStudy, match="Blad1"):
        book(tmp_path, [["a"]], sheet="Blad1")


def test_sheets_may_have_capitals(tmp_path):
    assert len(book(tmp_path, [HEADER, ["d1", None, "x y"]], sheet="Documents ").documents) == 1


@pytest.mark.parametrize(
    "text",
    [
        "=niet",
        "=1+1",
        "+31",
        "-",
        "@x",
        "'s avonds",
        "_x0041_",
        "_x000D_",
        "[[text 1]]",
        " spatie ",
        "a\nb",
        "\tx",
        "001",
        "1e5",
        "TRUE",
    ],
)
def test_text_stays_text(tmp_path, text):
    study = vc.Study({"documents": pd.DataFrame({"document_id": [text], "text": [text]})})
    vc.write_study(study, tmp_path / "s.xlsx")
    again = vc.read_study(tmp_path / "s.xlsx")
    assert again.documents["text"].tolist() == [text]
    assert again.equals(study)


def test_every_text_cell_is_text_for_excel_too(tmp_path):
    study = vc.Study({"documents": pd.DataFrame({"document_id": ["=niet"], "text": ["2025-01-01"]})})
    vc.write_study(study, tmp_path / "s.xlsx")
    for row in openpyxl.load_workbook(tmp_path / "s.xlsx")["documents"].iter_rows():
        for cell in row:
            assert cell.data_type == "s"
            assert cell.number_format == "@"


@pytest.mark.parametrize("length", [31_999, 32_000, 32_001, 32_767, 32_768, 100_000])
@pytest.mark.parametrize("sign", ["a", "😅", "_x0041_"])
def test_long_texts_survive(tmp_path, length, sign):
    text = (sign * length)[:length]
    study = vc.Study({"documents": pd.DataFrame({"document_id": ["d1"], "text": [text]})})
    vc.write_study(study, tmp_path / "s.xlsx")
    assert vc.read_study(tmp_path / "s.xlsx").documents["text"].item() == text
    for sheet in openpyxl.load_workbook(tmp_path / "s.xlsx"):
        for row in sheet.iter_rows(values_only=True):
            assert all(len(str(cell).encode("utf-16-le")) // 2 <= 32_767 for cell in row if cell is not None)


def test_a_part_that_is_missing_is_found(tmp_path):
    study = vc.Study({"documents": pd.DataFrame({"document_id": ["d1"], "text": ["a" * 70_000]})})
    vc.write_study(study, tmp_path / "s.xlsx")
    made = openpyxl.load_workbook(tmp_path / "s.xlsx")
    made["texts"].delete_rows(3)
    made.save(tmp_path / "s.xlsx")
    again = vc.read_study(tmp_path / "s.xlsx")
    assert again.check()["message"].str.contains("not there or not complete").any()


def test_a_control_sign_that_excel_cannot_hold_is_refused_with_its_place(tmp_path):
    study = vc.Study({"documents": pd.DataFrame({"document_id": ["d1", "d2"], "text": ["a", "b\x07"]})})
    with pytest.raises(UnwritableStudy, match=r"documents, row 3, column text.*U\+0007"):
        vc.write_study(study, tmp_path / "s.xlsx")
    assert not (tmp_path / "s.xlsx").exists()


def test_closed_lists_become_lists_to_choose_from(tmp_path):
    vc.new_study(tmp_path / "new.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "new.xlsx")["codings"]
    offered = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert any("experienced,reported,attempted,intention,aspiration" in formula for formula in offered.values())
