"""Questionnaires going out as forms and coming back from Excel, Qualtrics and SPSS, with whatever people do to them."""

import csv
import io
import json
import subprocess
import sys

import openpyxl
import pytest
from test_questionnaire import WSD, mine

import valuecreation as vc
from valuecreation.errors import MissingExtra, UndefinedStatistic, UnknownName, UnreadableStudy, UnwritableStudy


def found(responses) -> dict[str, list]:
    """Return the rows on which each finding stands."""
    said: dict[str, list] = {}
    for one in responses.findings:
        said.setdefault(one.rule.removeprefix("questionnaire_"), []).append(one.row)
    return said


def value(responses, item: int, column: str = "value") -> list:
    return [None if one != one else one for one in responses.answers(item)[column].astype(object)]


def filled(folder, answers: dict, name: str = "net-1", language: str = "nl", of=WSD):
    """Write a form and fill it in: number on the sheet to (choice, words)."""
    path = vc.questionnaire_form(of, folder / f"{name}.xlsx", language)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = {sheet.cell(row, 1).value: row for row in range(4, sheet.max_row + 1)}
    free = max(row for number, row in rows.items() if number) + 1
    for number, (said, words) in answers.items():
        row = rows.get(number)
        if row is None:
            row, free = free, free + 1
            sheet.cell(row, 1, number)
        sheet.cell(row, 3, said)
        sheet.cell(row, 4, words)
    book.save(path)
    return path


def exported(folder, rows: list[dict], headers: int = 3, name: str = "export.csv", sign: str = ","):
    """Write an export as Qualtrics does."""
    names = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=sign, lineterminator="\n")
    writer.writerow(names)
    if headers > 1:
        writer.writerow([f"The question\nof {one}, in words" for one in names])
    if headers > 2:
        writer.writerow([json.dumps({"ImportId": f"QID{place}"}) for place, _ in enumerate(names)])
    writer.writerows([[row.get(one, "") for one in names] for row in rows])
    path = folder / name
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_empty_form_comes_back_empty_and_without_a_complaint(tmp_path, language):
    path = vc.questionnaire_form("wsd-2018", tmp_path / "net.xlsx", language)
    back = vc.read_questionnaire_forms(path)
    assert back.n == 1
    assert back.table["item"].tolist() == list(range(1, 25))
    assert set(back.table["state"]) == {"empty"}
    assert back.check().empty


def test_a_filled_form_comes_back_as_it_was_filled_in(tmp_path):
    path = filled(tmp_path, {
        "5": (None, "2015"), "6": ("nee", "the money was gone"), "13": ("Ja", "reflecting"), "24": ("1", None),
        "12.1": ("heel hoog", "wijkverpleging"), "12.2": (2, "studenten"),
    })  # fmt: skip
    back = vc.read_questionnaire_forms(path)
    assert (value(back, 6), value(back, 6, "text")) == (["no"], ["the money was gone"])
    assert (value(back, 13), value(back, 24), value(back, 5, "text")) == (["yes"], ["no"], ["2015"])
    assert (value(back, 12), value(back, 12, "text")) == (["5", "2"], ["wijkverpleging", "studenten"])
    assert back.mean(12)["mean"].tolist() == [3.5]
    assert found(back) == {}


def test_the_list_of_the_scale_stands_as_printed(tmp_path):
    path = vc.questionnaire_form("wsd-2018", tmp_path / "net.xlsx", "en")
    lists = openpyxl.load_workbook(path).worksheets[1]
    assert [lists.cell(row, 12).value for row in range(1, 6)] == ["very high", "high", "middling", "low", "very low"]
    assert [lists.cell(row, 6).value for row in (1, 2)] == ["yes", "no"]


def test_a_seventh_category_is_kept_with_a_note(tmp_path):
    path = filled(tmp_path, {f"12.{place}": ("hoog", f"group {place}") for place in range(1, 8)})
    back = vc.read_questionnaire_forms(path)
    assert value(back, 12, "part") == list("1234567")
    (one,) = [one for one in back.findings if one.rule == "questionnaire_more_rows"]
    assert (one.severity, one.value) == ("note", "group 7")
    assert "room for 6" in str(one)
    assert "row" in str(one)
    assert "plaats voor 6" in back.check("nl")["message"].iloc[0]


def test_marks_that_are_gone_are_not_filled_in(tmp_path):
    path = filled(tmp_path, {"12.1": ("verloren", "burgers"), "12.2": (None, "zorg"), "12.3": ("5", None)})
    back = vc.read_questionnaire_forms(path)
    assert value(back, 12, "state") == ["lost", "empty", "present"]
    assert value(back, 12) == [None, None, "5"]
    assert {"no_mark", "no_category"} <= set(found(back))
    with pytest.raises(UndefinedStatistic, match="not recoverable"):
        back.mean(12)


def test_what_is_no_answer_stays_as_words_with_its_cell(tmp_path):
    back = vc.read_questionnaire_forms(filled(tmp_path, {"6": ("soms", None), "12.1": ("7", "burgers")}))
    table = back.check()
    six = table[table["value"].eq("soms")].iloc[0]
    assert (six["severity"], six["row"], six["column"]) == ("error", 9, "C")
    assert "1 (yes), 2 (no)" in six["remedy"]
    assert value(back, 6, "text") == ["soms"]
    assert value(back, 12, "text") == ["7 | burgers"]
    with pytest.raises(UndefinedStatistic, match="none of the scale"):
        back.mean(12)


def test_words_at_the_wrong_answer_ask_whether_the_codes_are_the_other_way_round(tmp_path):
    back = vc.read_questionnaire_forms(filled(tmp_path, {"6": ("1", "money gone"), "13": (None, "reflecting")}))
    assert value(back, 6) == ["yes"]
    assert value(back, 13) == [None]
    assert {"words_elsewhere", "words_alone"} <= set(found(back))
    assert "other way round" in " ".join(back.check()["remedy"])


def test_rows_that_were_taken_out_doubled_or_renamed_are_said(tmp_path):
    path = filled(tmp_path, {"99": ("x", None), "7": (None, "one")})
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(4, 1, "7")
    sheet.cell(4, 4, "two")
    book.save(path)
    back = vc.read_questionnaire_forms(path)
    assert {"unknown_row", "twice", "row_gone"} == set(found(back))
    assert sorted(value(back, 7, "text")) == ["one", "two"]
    assert value(back, 1, "state") == ["not_collected"]


def test_names_of_who_filled_in_do_not_come_in_and_one_person_can_fill_in_two(tmp_path):
    paths = [
        filled(tmp_path, {"1": (None, who)}, name) for name, who in (("a", "Zuster X"), ("b", "zuster x"), ("c", "Y"))
    ]
    back = vc.read_questionnaire_forms(paths)
    assert value(back, 1, "text") == ["person 1", "person 1", "person 2"]
    assert "zuster" not in back.table.to_csv().casefold() + back.check().to_csv().casefold()
    assert "pseudonyms" in found(back)
    assert back.n == 3


def test_forms_that_are_not_of_this_questionnaire_are_refused(tmp_path):
    book = openpyxl.Workbook()
    book.save(tmp_path / "odd.xlsx")
    with pytest.raises(UnreadableStudy, match="has no questionnaire"):
        vc.read_questionnaire_forms(tmp_path / "odd.xlsx")
    path = vc.questionnaire_form(mine(tmp_path), tmp_path / "form.xlsx")
    with pytest.raises(UnreadableStudy, match="a form of mine, not of wsd-2018"):
        vc.read_questionnaire_forms(path)
    with pytest.raises(UnwritableStudy, match="already"):
        vc.questionnaire_form("wsd-2018", path)
    with pytest.raises(UnwritableStudy, match=".xlsx"):
        vc.questionnaire_form("wsd-2018", tmp_path / "form.docx")
    with pytest.raises(UnreadableStudy, match="nothing at"):
        vc.read_questionnaire_forms(tmp_path / "none.xlsx")
    with pytest.raises(UnknownName, match="en, nl"):
        vc.questionnaire_form("wsd-2018", tmp_path / "new.xlsx", "fr")


def test_an_older_version_and_the_same_form_twice_are_said(tmp_path):
    path = vc.questionnaire_form("wsd-2018", tmp_path / "net.xlsx")
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A1"] = "valuecreation questionnaire: wsd-2018 0"
    book.save(path)
    back = vc.read_questionnaire_forms([path, path])
    assert back.n == 2
    assert set(found(back)) == {"version", "double"}


def test_a_form_of_your_own_questionnaire_takes_several_answers(tmp_path):
    one = mine(tmp_path)
    back = vc.read_questionnaire_forms(
        filled(tmp_path, {"1": ("vaak", None), "2": ("tijd; anders", "luck")}, of=one), one
    )
    assert value(back, 2) == ["time", "other"]
    assert value(back, 2, "text") == [None, "luck"]
    assert value(back, 1) == ["2"]
    assert value(back, 3, "state") == ["empty"]


@pytest.mark.parametrize("headers", [1, 2, 3])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_header_rows_are_no_questionnaires(tmp_path, headers, sign):
    rows = [{"ResponseId": "R_a", "Q6": "1", "Q13": "1"}, {"ResponseId": "R_b", "Q6": "2", "Q13": "2"}]
    back = vc.read_qualtrics(exported(tmp_path, rows, headers, sign=sign))
    assert back.n == 2
    assert (value(back, 6), value(back, 13)) == (["yes", "no"], ["no", "yes"])
    assert back.answers(6)["row"].tolist() == [headers + 1, headers + 2]
    assert value(back, 7, "state") == ["not_collected"] * 2


def test_header_rows_are_seen_without_a_column_of_ids(tmp_path):
    for headers in (1, 2, 3):
        assert vc.read_qualtrics(exported(tmp_path, [{"Q6": "1"}, {"Q6": "2"}], headers)).n == 2


def test_numbers_and_choice_texts_say_the_same(tmp_path):
    numbers = {"ResponseId": "R_a", "Q6": "2", "Q6_2_TEXT": "money", "Q12_1": "5", "Q12_1_TEXT": "nurses", "Q24": "2"}
    texts = numbers | {"Q6": "Nee, het hield op doordat", "Q12_1": "Zeer hoge betrokkenheid", "Q24": "Ja"}
    one, other = (vc.read_qualtrics(exported(tmp_path, [row])).table for row in (numbers, texts))
    assert one.equals(other)
    assert one.loc[one["item"].eq(6), ["value", "text"]].values.tolist() == [["no", "money"]]


def test_seven_categories_in_an_export_are_kept(tmp_path):
    row = {f"Q12_{place}": "3" for place in range(1, 8)} | {f"Q12_{place}_TEXT": f"g{place}" for place in range(1, 8)}
    back = vc.read_qualtrics(exported(tmp_path, [{"ResponseId": "R_a"} | row]))
    assert value(back, 12, "text") == [f"g{place}" for place in range(1, 8)]
    assert found(back)["more_rows"] == [4]


def test_who_and_where_somebody_is_does_not_come_in(tmp_path):
    row = {
        "ResponseId": "R_a",
        "IPAddress": "192.0.2.7",
        "RecipientEmail": "x@example.org",
        "Q1": "Someone",
        "Q99": "odd",
        "Q6": "1",
    }
    back = vc.read_qualtrics(exported(tmp_path, [row]))
    whole = back.table.to_csv() + back.check().to_csv()
    assert not [word for word in ("192.0.2.7", "example.org", "Someone") if word in whole]
    said = back.check()
    assert said["value"].str.contains("IPAddress, RecipientEmail").any()
    assert said["value"].eq("Q99").any()


def test_trials_unfinished_and_double_rows_are_kept_and_said(tmp_path):
    rows = [
        {"ResponseId": "R_a", "Status": "Survey Preview", "Finished": "True", "Q6": "1"},
        {"ResponseId": "R_b", "Status": "IP Address", "Finished": "False", "Q6": "-99"},
        {"ResponseId": "R_b", "Status": "IP Address", "Finished": "True", "Q6": "3"},
    ]
    back = vc.read_qualtrics(exported(tmp_path, rows))
    said = found(back)
    assert (said["preview"], said["unfinished"], said["double"], said["value"]) == ([4], [5], [6], [6])
    assert back.n == 3
    assert value(back, 6, "state") == ["present", "empty", "present"]


def test_columns_of_another_name_can_be_named(tmp_path):
    path = exported(tmp_path, [{"ResponseId": "R_a", "QID23": "2", "QID23_2_TEXT": "money"}])
    with pytest.raises(UnreadableStudy, match="columns="):
        vc.read_qualtrics(path)
    back = vc.read_qualtrics(path, columns={"Q6": "QID23"})
    assert (value(back, 6), value(back, 6, "text")) == (["no"], ["money"])
    for wrong in ({"Q77": "QID23"}, {"Q6": "QID99"}):
        with pytest.raises(UnknownName):
            vc.read_qualtrics(path, columns=wrong)


def test_a_column_that_stands_first_or_twice_is_no_riddle(tmp_path):
    path = tmp_path / "one.csv"
    path.write_text("Q6\n1\n", encoding="utf-8")
    assert value(vc.read_qualtrics(path), 6) == ["yes"]
    path.write_text("ResponseId,Q6,Q6\nR_a,1,2\n", encoding="utf-8")
    back = vc.read_qualtrics(path)
    assert value(back, 6) == ["yes"]
    assert "double_column" in found(back)


@pytest.mark.parametrize(
    "several",
    [{"Q2": "1,3"}, {"Q2": "time,other"}, {"Q2_1": "1", "Q2_3": "1"}, {"Q2_1": "1", "Q2_2": "0", "Q2_3": "3"}],
)
def test_an_item_with_several_choices_is_read_in_every_layout(tmp_path, several):
    back = vc.read_qualtrics(
        exported(tmp_path, [{"ResponseId": "R_a"} | several | {"Q2_3_TEXT": "luck"}]), mine(tmp_path)
    )
    assert value(back, 2) == ["time", "other"]
    assert value(back, 2, "text") == [None, "luck"]


def test_a_choice_in_the_column_of_another_is_said(tmp_path):
    back = vc.read_qualtrics(exported(tmp_path, [{"ResponseId": "R_a", "Q2_3": "2"}]), mine(tmp_path))
    assert "value" in found(back)
    assert value(back, 2) == [None]


def test_files_that_are_no_export_are_refused_in_words(tmp_path):
    path = tmp_path / "x.csv"
    for content, said in (
        (b"", "empty"),
        (b"PK\x03\x04", "zip"),
        (b'Q6\n"1', "quotation mark"),
        (b"a,b\n1,2\n", "no column of"),
    ):
        path.write_bytes(content)
        with pytest.raises(UnreadableStudy, match=said):
            vc.read_qualtrics(path)
    with pytest.raises(UnreadableStudy, match="cannot be read"):
        vc.read_qualtrics(tmp_path / "none.csv")
    with pytest.raises(UnreadableStudy, match="path of a CSV"):
        vc.read_qualtrics(7)


def test_windows_text_and_an_export_without_rows_are_read_with_a_note(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes("ResponseId;Q7\nR_a;caf\u00e9\n".encode("cp1252"))
    back = vc.read_qualtrics(path)
    assert value(back, 7, "text") == ["café"]
    assert "not_utf8" in found(back)
    path.write_text("ResponseId,Q6\n", encoding="utf-8")
    assert vc.read_qualtrics(path).n == 0


def test_spss_without_its_package_says_what_to_install(tmp_path, monkeypatch):
    path = tmp_path / "x.sav"
    path.write_bytes(b"")
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    with pytest.raises(MissingExtra, match=r"valuecreation\[spss\].*read_qualtrics"):
        vc.read_spss(path)
    with pytest.raises(UnreadableStudy, match="no file"):
        vc.read_spss(tmp_path / "none.sav")


def test_spss_values_are_read_and_labels_of_the_file_win_where_codes_differ(tmp_path):
    sav = pytest.importorskip("pyreadstat")
    import pandas as pd

    path = tmp_path / "x.sav"
    frame = pd.DataFrame(
        {"Q6": [1.0, 2.0], "Q13": [1.0, 2.0], "Q12_1": [5.0, None], "Q12_1_TEXT": ["nurses", "citizens"]}
    )
    labels = {"Q6": {1.0: "Nee", 2.0: "Ja"}, "Q13": {1.0: "Nee", 2.0: "Ja, namelijk:"}, "Q12_1": {5.0: "Zeer hoog"}}
    sav.write_sav(frame, str(path), variable_value_labels=labels)
    back = vc.read_spss(path)
    assert (value(back, 6), value(back, 13), value(back, 12)) == (["no", "yes"], ["no", "yes"], ["5", None])
    differ = [one for one in back.findings if one.rule == "questionnaire_codes_differ"]
    assert [(one.column, one.value) for one in differ] == [("Q6", "1"), ("Q6", "2")]
    assert "“Nee”" in str(differ[0])
    path.write_bytes(b"nonsense")
    with pytest.raises(UnreadableStudy, match="cannot be read as a file of SPSS"):
        vc.read_spss(path)


def test_asking_for_an_instrument_loads_no_workbook_and_no_spss():
    code = (
        "import sys, valuecreation as vc; vc.instrument('wsd-2018').codebook(); "
        "print(sorted({'openpyxl', 'pyreadstat', 'scipy', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
