"""Questionnaires as data: the twenty-four items and their traps, and files that cannot be used."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pandas as pd
import pytest

import valuecreation as vc
from valuecreation.errors import InvalidInstrument, UndefinedStatistic, UnknownName
from valuecreation.instruments import Responses

WSD = vc.instrument("wsd-2018")
MINE = """
name: mine
title: Mine
scales:
  often:
    points:
      - {code: 1, label: {en: never, nl: nooit}}
      - {code: 2, label: {en: often, nl: vaak}}
items:
  - {number: 1, name: how_often, kind: scale, scale: often, question: How often?}
  - number: 2
    name: why
    kind: several
    text_with: other
    question: Why?
    options:
      - {code: 1, key: time, label: {en: time, nl: tijd}}
      - {code: 2, key: will, label: {en: will, nl: wil}}
      - {code: 3, key: other, label: {en: other, nl: anders}}
  - {number: 3, name: where, kind: choice, question: Where?, options: [{code: 1, key: home, label: at home}]}
"""


def mine(folder: Path, text: str = MINE):
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return vc.instrument(path)


def answered(item: int, *rows: tuple, of=WSD) -> Responses:
    """Return answers to one item from (response, part, value, text, state)."""
    name = of.item(item).name
    made = [(one, item, name, part, value, text, state, "test", 2) for one, part, value, text, state in rows]
    columns = ["response_id", "item", "name", "part", "value", "text", "state", "source", "row"]
    return Responses(of, pd.DataFrame(made, columns=columns))


def test_there_are_twenty_four_items_of_four_kinds():
    assert [one.number for one in WSD.items] == list(range(1, 25))
    kinds = {one.number: one.kind for one in WSD.items}
    assert [number for number, kind in kinds.items() if kind == "open"] == [1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 17, 19, 23]
    assert [number for number, kind in kinds.items() if kind == "matrix"] == [12]
    with_text = [one.number for one in WSD.items if one.kind == "yes_no" and one.text_with]
    assert with_text == [6, 13, 14, 15, 16, 18, 20, 21, 22]
    assert [one.number for one in WSD.items if one.kind == "yes_no" and not one.text_with] == [24]


def test_item_six_is_coded_the_other_way_round_and_no_other():
    codes = {one.number: {point.key: point.code for point in one.points} for one in WSD.items if one.kind == "yes_no"}
    assert codes.pop(6) == {"yes": 1, "no": 2}
    assert all(one == {"no": 1, "yes": 2} for one in codes.values())
    assert WSD.item(6).text_with == "no"
    assert WSD.item(13).text_with == "yes"


def test_the_scale_is_printed_from_high_to_low_and_coded_from_low_to_high():
    scale = WSD.item("involvement").scale
    assert [point.code for point in scale.points] == [1, 2, 3, 4, 5]
    assert [point.code for point in scale.printed] == [5, 4, 3, 2, 1]
    assert scale.at_place(5).label("nl") == "heel laag"
    with pytest.raises(UnknownName, match="'6'|6"):
        scale.at_place(6)


@pytest.mark.parametrize(
    ("item", "said", "key"),
    [(6, "1", "yes"), (6, "2.0", "no"), (6, "Nee, het hield op", "no"), (13, "1", "no"), (13, "Ja, namelijk:", "yes"),
     (13, "JA", "yes"), (13, "jawel", None), (12, "ZH", "5"), (12, "Zeer lage betrokkenheid", "1"), (12, "very high", "5"),
     (12, "6", None), (12, "0", None)],
)  # fmt: skip
def test_a_cell_means_an_answer_by_code_or_by_label(item, said, key):
    point = WSD.item(item).point(said)
    assert (point.key if point else None) == key


def test_every_text_is_there_in_both_languages():
    for one in WSD.items:
        assert one.question["en"] != one.question["nl"]
        if one.text_with:
            assert set(one.prompt) == {"en", "nl"}
    assert len(WSD.cautions["en"]) == len(WSD.cautions["nl"]) == 4


def test_no_question_is_copied_from_the_printed_form():
    seeds = Path(__file__).resolve().parents[2] / "shared" / "seeds"
    if not seeds.is_dir():
        pytest.skip("the source documents are not here")
    printed = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in seeds.glob("*.txt")).casefold()
    for one in WSD.items:
        for text in (one.question, one.prompt):
            if len(text.get("nl", "")) > 12:
                assert text["nl"].casefold() not in printed


def test_the_codebook_has_a_row_for_each_answer():
    table = WSD.codebook("nl")
    assert len(table) == 13 + 10 * 2 + 5
    six = table[table["item"].eq(6)]
    assert six[["code", "label", "asks_text"]].to_numpy().tolist() == [[1, "ja", False], [2, "nee", True]]
    assert table.loc[table["item"].eq(12), "code"].tolist() == [1, 2, 3, 4, 5]


def test_an_instrument_cannot_be_changed_and_shows_itself():
    with pytest.raises(FrozenInstanceError):
        WSD.name = "other"
    assert repr(WSD) == "<Instrument wsd-2018, version 1: 24 items>"
    assert vc.list_instruments("nl")["items"].tolist() == [24]


@pytest.mark.parametrize("name", ["wsd", "wsd-2019", 7, "no/such.yaml", "/"])
def test_an_unknown_instrument_is_refused_in_words(name):
    with pytest.raises(UnknownName, match=r"\."):
        vc.instrument(name)
    with pytest.raises(UnknownName, match="still_running"):
        WSD.item(25)


def test_a_questionnaire_of_your_own_is_a_file(tmp_path):
    one = mine(tmp_path)
    assert [item.kind for item in one.items] == ["scale", "several", "choice"]
    assert one.item("why").point("wil").key == "will"
    assert one.item(3).point("At  home").key == "home"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: mine", "nam: mine", "line 2: nam is not part of a questionnaire"),
        ("name: mine", "name: ''", "name is missing"),
        ("kind: scale,", "kind: scales,", "item 1: kind 'scales' is not one of open, yes_no"),
        ("scale: often,", "scale: seldom,", "item 1: scale 'seldom' is not one of those under scales: often"),
        ("question: How often?", "", "item 1: question must be one text"),
        ("text_with: other", "text_with: others", "line 14: item 2: text_with 'others' is none of its answers"),
        ("{code: 2, key: will", "{code: 1, key: will", "code 1 stands there twice"),
        ("key: will,", "key: time,", "key time stands there twice"),
        ("key: will,", "", "a choice needs code:"),
        ("{code: 2, label: {en: often, nl: vaak}}", "{code: two, label: often}", "a choice needs code:"),
        ("label: {en: never, nl: nooit}", "label: {fr: jamais}", "a choice needs code:"),
        ("number: 3,", "number: 2,", "number 2 is that of the item in line 11 too"),
        ("name: where", "name: why", "name why is that of the item"),
        ("number: 3,", "number: three,", "an item must begin with number:"),
        ("kind: choice,", "kind: yes_no,", "item 3: a yes/no item needs codes:"),
        ("kind: choice,", "kind: matrix, scale: often,", "item 3: a matrix needs rows:"),
        ("kind: choice,", "kind: choice, colour: red,", "colour is not part of an item"),
        ("kind: choice,", "kind: choice, identifies: place,", "identifies 'place' can only be person"),
        ("  often:\n", "  often:\n    printed: upside_down\n", "printed can be high_to_low"),
        ("title: Mine", "title: [Mine]", "title must be one text"),
        ("label: at home", "label: at home, also: house", "also must be a list of words"),
    ],
)  # fmt: skip
def test_a_file_with_a_fault_is_refused_with_its_place(tmp_path, old, new, said):
    assert old in MINE
    with pytest.raises(InvalidInstrument) as caught:
        mine(tmp_path, MINE.replace(old, new))
    assert said in str(caught.value)
    assert "mine.yaml cannot be used" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- one\n- two",
        "name: mine",
        "name: mine\nitems: []",
        "name: [",
        "name: mine\nitems: {a: b}",
        "name: a\nitems: [1]",
    ],
)
def test_what_is_no_questionnaire_is_refused(tmp_path, text):
    with pytest.raises(InvalidInstrument):
        mine(tmp_path, text)


def test_codes_that_are_the_same_for_yes_and_no_are_refused(tmp_path):
    text = "name: a\nitems:\n  - {number: 1, name: b, kind: yes_no, question: c, codes: {yes: 1, no: 1}}\n"
    with pytest.raises(InvalidInstrument, match="two different whole numbers"):
        mine(tmp_path, text)


def test_all_faults_are_said_at_once_and_bytes_that_are_no_text_in_words(tmp_path):
    with pytest.raises(InvalidInstrument) as caught:
        mine(tmp_path, MINE.replace("kind: scale,", "kind: x,").replace("text_with: other", "text_with: y"))
    assert len(str(caught.value).splitlines()) == 3
    path = tmp_path / "odd.yaml"
    path.write_bytes(b"name: \xff\xfe")
    with pytest.raises(InvalidInstrument, match="UTF-8"):
        vc.instrument(path)


def test_a_mean_over_lost_marks_is_refused_and_says_why():
    some = answered(12, ("a", "1", "5", "nurses", "present"), ("b", "1", None, "citizens", "empty"))
    assert some.mean(12)[["mean", "marks", "of", "N"]].to_numpy().tolist() == [[5.0, 1, 2, 2]]
    with pytest.raises(
        UndefinedStatistic, match="1 marks of 2 were set and are not recoverable.*b.*nothing is filled in"
    ):
        some.lost(12).mean(12)
    assert some.lost(12, ["a"]).answers(12)["state"].tolist() == ["present", "empty"]
    assert some.answers(12)["state"].tolist() == ["present", "empty"]
    with pytest.raises(UnknownName, match="questionnaire 'c'"):
        some.lost(12, ["c"])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("a", "1", None, "citizens", "empty"), "nobody set a mark"),
        (("a", "1", None, "citizens", "not_collected"), "were never collected"),
        (("a", "1", None, "7 | citizens", "present"), "none of the scale"),
    ],
)
def test_a_mean_of_nothing_or_of_what_cannot_be_read_is_refused(row, said):
    with pytest.raises(UndefinedStatistic, match=said):
        answered(12, row).mean("involvement")


def test_what_has_no_scale_has_no_mean_and_words_are_not_counted():
    with pytest.raises(UndefinedStatistic, match="has no scale"):
        answered(6, ("a", "", "yes", None, "present")).mean(6)
    with pytest.raises(UndefinedStatistic, match="Code them first"):
        answered(7, ("a", "", None, "many", "present")).counts(7)


def test_several_answers_are_counted_as_several(tmp_path):
    one = mine(tmp_path)
    some = answered(
        2, ("a", "time", "time", None, "present"), ("a", "will", "will", None, "present"),
        ("b", "time", "time", None, "present"), ("c", "", None, None, "empty"), of=one,
    )  # fmt: skip
    table = some.counts(2)
    assert table[["value", "n", "N", "mentions"]].to_numpy().tolist() == [
        ["time", 2, 2, 2], ["will", 1, 2, 1], ["other", 0, 2, 0],
    ]  # fmt: skip
    assert table["multiple"].all()
    assert set(table["unit"]) == {"questionnaires"}
    said = " ".join(some.cautions(2))
    assert "3 mentions in 2 questionnaires" in said
    assert "coincidence" in said


def test_fifteen_mentions_among_fifteen_questionnaires_are_no_partition():
    coded = pd.DataFrame(
        {
            "response_id": list("abcdeabcdabcabf"),
            "value": ["time"] * 5 + ["will"] * 4 + ["guide"] * 3 + ["open", "open", "open"],
        }
    )
    table = vc.count_mentions(coded, 15)
    assert table["mentions"].sum() == 15
    assert table["n"].tolist() == [5, 4, 3, 3]
    assert set(table["N"]) == {15}
    assert not {"share", "percentage", "%"} & set(table)
    with pytest.raises(UndefinedStatistic, match="N is 3"):
        vc.count_mentions(coded, 3)
    with pytest.raises(UnknownName, match="column"):
        vc.count_mentions(coded, 15, by="code")


def test_questionnaires_are_not_persons_in_both_languages():
    some = answered(6, ("a", "", "yes", None, "present"), ("b", "", None, None, "lost"))
    assert "2 questionnaires, which are not 2 persons" in some.cautions(6)[0]
    assert "1 antwoorden zijn gegeven en verloren" in some.cautions(6, "nl")[1]
    assert repr(some) == "<Responses to wsd-2018: 2 questionnaires, 0 findings>"
