"""Facts that do not agree: who is matched, who waits for a person, and the register's exact content on real lists."""

import pandas as pd
import pytest

import valuecreation as vc
from valuecreation.analyses.fact_pairs import Side, pair
from valuecreation.analyses.fact_values import Said, compare, interval
from valuecreation.errors import DecisionNeeded, MissingTable, UnknownName

WAITING = {
    ("table-01", "section-01", "nameless_here"),
    ("table-04", "section-04", "names_alike"),
    ("table-05", "section-05", "nameless_here"),
    ("table-08", "section-08", "nameless_here"),
    ("table-09", "section-09", "names_alike"),
    ("table-14", "section-14", "part_alike"),
    ("table-15", "section-14", "part_alike"),
    ("table-18", "section-15", "name_is_place"),
}
SURE = {(f"table-{n}", f"section-{n}") for n in ("02", "03", "06", "07", "10", "11", "12", "13")}


@pytest.fixture(scope="module")
def lists() -> dict:
    facts = vc.load_example("werkplaatsen-2018").facts
    listed = facts["subject"].str.extract(r"^(table|section|email)-")[0]
    return {
        "left": facts[listed == "table"],
        "right": facts[listed.isin(["section", "email"])],
        "context": facts[listed.isna()],
        "until": "2018-10",
        "counted": "networks",
    }


@pytest.fixture(scope="module")
def said() -> pd.DataFrame:
    rows = [
        (left, right, "left_in_right" if why == "part_alike" else "same", "a reader")
        for left, right, why in sorted(WAITING)
    ]
    return pd.DataFrame(rows, columns=["left", "right", "verdict", "decided_by"])


@pytest.fixture(scope="module")
def settled(lists, said) -> vc.Result:
    return vc.reconcile(**lists, said=said)


def of(result: vc.Result, kind: str, *columns: str) -> list[tuple]:
    """Return the rows of one kind, empty cells as None."""
    rows = result.table[result.table["kind"] == kind][list(columns)]
    return [tuple(None if pd.isna(cell) else cell for cell in row) for row in rows.itertuples(index=False)]


def facts(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["subject", "attribute", "value", "as_of", "source"])


def test_only_one_name_in_one_place_is_sure_and_the_rest_waits(lists):
    result = vc.reconcile(**lists)
    pairs = result.supplements["pairs"]
    assert set(pairs[pairs["verdict"] == "same"][["left", "right"]].itertuples(index=False, name=None)) == SURE
    assert set(of(result, "doubtful", "left", "right", "reason")) == WAITING
    assert any("8 pairs wait" in caution for caution in result.cautions)


def test_a_pair_that_waits_is_not_compared(lists):
    result = vc.reconcile(**lists)
    assert ("table-05", "status") not in of(result, "conflict", "left", "attribute")
    assert of(result, "spelling", "left") == []


def test_eighteen_rows_stand_against_fifteen_sections_and_two_e_mails_for_seventeen(settled):
    counts = settled.supplements["counts"]
    assert [tuple(row) for row in counts.itertuples(index=False)] == [
        ("left", "rij in de tabel", 18),
        ("right", "sectie", 15),
        ("right", "beschrijving per e-mail", 2),
    ]
    assert of(settled, "count", "left", "right", "left_value", "right_value") == [
        ("left", "report", "18", "17"),
        ("report", "right", "18", "17"),
    ]


def test_one_section_is_two_rows_two_rows_have_no_section_and_two_networks_no_row(settled):
    assert of(settled, "part", "left", "right") == [("table-14", "section-14"), ("table-15", "section-14")]
    assert of(settled, "only_left", "left") == [("table-16",), ("table-17",)]
    assert of(settled, "only_right", "right") == [("email-1",), ("email-2",)]
    pairs = settled.supplements["pairs"]
    assert (pairs["verdict"] == "same").sum() == 14
    assert set(pairs[pairs["verdict"] == "left_in_right"]["part"]) == {
        "Arbeidsparticipatie & Inclusie",
        "Meedoen en erbij horen",
    }


def test_the_conflicts_are_these_and_no_others(settled):
    assert of(settled, "conflict", "left", "right", "attribute", "left_value", "right_value") == [
        ("table-05", "section-05", "status", "gestopt", "bestaat en loopt nog"),
        ("table-06", "section-06", "end", "dec. 2018", "september 2018"),
        ("report", "report", "workplaces", "14", "11"),
        ("report", "report", "networks", "17", "18"),
        (
            "report", "report", "order of the involvement scale",
            "van zeer laag (1) naar zeer hoog (5)", "van zeer hoog naar zeer laag",
        ),
        ("table-06", "table-06", "status / end", "gestopt", "dec. 2018"),
        (
            "section-14", "section-14", "status / start: Langdurige begeleiding buurtteams Utrecht",
            "alle bestaan en lopen nog", "november 2018",
        ),
        (
            "section-14", "section-14", "status / start: Positionering maatschappelijk werk Nieuwegein",
            "alle bestaan en lopen nog", "begin 2019",
        ),
    ]  # fmt: skip


def test_what_the_words_leave_open_is_no_conflict(settled):
    assert set(of(settled, "unsettled", "left", "right", "attribute", "reason")) == {
        ("table-06", "section-06", "status", "both_over"),
        ("table-08", "section-08", "status", "both_over"),
        ("table-08", "section-08", "initiator", "lists_apart"),
        ("table-12", "section-12", "status", "status_unclear"),
    }


def test_a_spelling_that_differs_and_names_that_differ_are_two_things(settled):
    [(left, right, one, other)] = of(settled, "spelling", "left", "right", "left_value", "right_value")
    assert (left, right, one[:3], other[:3]) == ("table-04", "section-04", "DCM", "DMC")
    assert set(of(settled, "other_name", "left", "reason")) == {
        ("table-05", "one_nameless"),
        ("table-08", "one_nameless"),
        ("table-18", "one_nameless"),
        ("table-09", "named_otherwise"),
        ("wsd-zuyd", "named_otherwise"),
        ("wsd-nijmegen", "named_otherwise"),
    }


def test_what_can_both_hold_is_compatible(settled):
    assert set(of(settled, "compatible", "left", "attribute", "reason")) == {
        ("table-06", "workplace", "one_place_two_names"),
        ("table-11", "workplace", "one_place_two_names"),
        ("table-15", "start", "dates_overlap"),
        ("report", "scale named", "lists_overlap"),
        ("nipll-programme", "learning networks in the Netherlands", "counted_otherwise"),
        ("nipll-programme", "programme", "lists_overlap"),
    }


def test_facts_younger_than_the_survey_are_named_and_a_bare_2018_is_not(settled):
    assert of(settled, "younger", "left", "attribute", "left_as_of") == [
        ("table-06", "end", "2018-12"),
        ("table-12", "theme meeting", "2019-01-21"),
        ("section-14", "start: Langdurige begeleiding buurtteams Utrecht", "2018-11"),
        ("section-14", "start: Positionering maatschappelijk werk Nieuwegein", "2019"),
    ]


def test_one_abbreviation_means_two_things_and_is_kept_by_network(settled):
    assert of(settled, "homonym", "left", "right", "left_value", "right_value") == [
        ("section-06", "section-12", "Best Practice Unit", "Buurtpastoraat Utrecht")
    ]
    terms = settled.supplements["glossary"].query("term == 'BPU'")
    assert dict(zip(terms["subject"], terms["meaning"], strict=True)) == {
        "section-06": "Best Practice Unit",
        "section-12": "Buurtpastoraat Utrecht",
    }


def test_where_one_source_is_silent_is_listed_apart(settled):
    silent = settled.supplements["one_side"]
    row = silent[(silent["left"] == "table-01") & (silent["attribute"] == "start")]
    assert row[["said_by", "value"]].to_numpy().tolist() == [["right", "2015"]]


def test_the_register_follows_the_facts(lists, said):
    """Nothing in it is written down beforehand: mend the facts and the conflict is gone."""
    left = lists["left"].copy()
    mended = (left["subject"] == "table-05") & (left["attribute"] == "status")
    left.loc[mended, "value"] = "loopt"
    result = vc.reconcile(**{**lists, "left": left}, said=said)
    assert ("table-05", "status") not in of(result, "conflict", "left", "attribute")


def test_a_conflict_leads_to_both_facts_with_their_sources(settled):
    behind = settled.evidence(kind="conflict", attribute="end")
    assert behind["value"].tolist() == ["dec. 2018", "september 2018"]
    assert behind["source"].tolist() == ["WSD report 2018, table", "WSD report 2018, appendix 2"]


def test_a_person_can_refuse_a_pair_also_a_sure_one(lists):
    said = pd.DataFrame(
        [("table-07", "section-07", "different", "a reader")], columns=["left", "right", "verdict", "decided_by"]
    )
    result = vc.reconcile(**lists, said=said)
    assert ("table-07",) in of(result, "only_left", "left")
    assert ("section-07",) in of(result, "only_right", "right")


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ([("table-99", "section-01", "same", "me")], UnknownName),
        ([("table-01", "section-01", "maybe", "me")], UnknownName),
        ([("table-01", "section-01", "same", "")], DecisionNeeded),
        ([("table-01", "section-01", "same", "me"), ("table-01", "section-05", "same", "me")], DecisionNeeded),
        ([("table-01", "section-01", "same", "me"), ("table-01", "section-01", "different", "me")], DecisionNeeded),
    ],
)
def test_a_decision_that_cannot_be_followed_is_refused(lists, rows, error):
    with pytest.raises(error):
        vc.reconcile(**lists, said=pd.DataFrame(rows, columns=["left", "right", "verdict", "decided_by"]))


def test_one_name_in_two_places_is_two_networks():
    left = facts(("a", "name", "Wijkteam", "2018", "x"), ("a", "workplace", "Zwolle", "2018", "x"))
    right = facts(("b", "name", "Wijkteam", "2018", "y"), ("b", "workplace", "Zuyd", "2018", "y"))
    result = vc.reconcile(left, right)
    assert result.table["kind"].tolist() == ["only_left", "only_right"]


def test_one_name_borne_twice_waits_for_a_person():
    left = facts(("a", "name", "Wijkteam", "2018", "x"))
    right = facts(("b", "name", "Wijkteam", "2018", "y"), ("c", "name", "wijkteam", "2018", "y"))
    assert vc.reconcile(left, right).table["kind"].tolist() == ["doubtful", "doubtful"]


def test_the_order_of_the_two_sources_changes_no_sure_pair(lists):
    sides = [Side(lists[end], {}, "name", "workplace") for end in ("left", "right")]
    one = {(each.left, each.right) for each in pair(*sides, "none", None) if each.verdict == "same"}
    other = {(each.right, each.left) for each in pair(*reversed(sides), "none", None) if each.verdict == "same"}
    assert one == other


@pytest.mark.parametrize(
    ("active", "started", "kind"),
    [("15", "16", "compatible"), ("16", "16", "compatible"), ("17", "16", "conflict")],
)
def test_what_is_active_cannot_exceed_what_has_started(active, started, kind):
    inner, outer = Said((active,), "2020", "a", "actief"), Said((started,), "2021", "b", "gestart")
    assert compare("networks", inner, outer)[0] == compare("networks", outer, inner)[0] == kind


def test_more_active_later_than_had_started_earlier_is_no_conflict():
    assert compare("n", Said(("17",), "2022", "a", "actief"), Said(("16",), "2021", "b", "gestart"))[0] == "compatible"


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("2015", "okt. 2015", "compatible"),
        ("okt. 2015", "oktober 2015", "agree"),
        ("dec. 2018", "september 2018", "conflict"),
        ("ca. 2013", "2014", "compatible"),
        ("ca. 2013", "2015", "conflict"),
        ("Enkele jaren geleden", "2015", "unsettled"),
    ],
)
def test_dates_in_words_are_compared_as_far_as_they_go(one, other, kind):
    assert compare("start", Said((one,)), Said((other,)))[0] == kind


@pytest.mark.parametrize("text", ["2018-13", "2018-02-30", "tussen 2015 en 2017", "vroeger", ""])
def test_what_is_no_one_date_is_not_made_into_one(text):
    assert interval(text) is None


def test_running_first_and_over_later_is_compatible():
    assert compare("status", Said(("loopt",), "2018-08"), Said(("gestopt",), "2018-10"))[0] == "compatible"
    assert compare("status", Said(("loopt",), "2018-10"), Said(("gestopt",), "2018-08"))[0] == "conflict"


def test_counts_of_two_dates_can_both_hold():
    table = facts(("n", "members", "17", "2019", "a"), ("n", "members", "20", "2020", "b"))
    assert vc.reconcile(table).table[["kind", "reason"]].to_numpy().tolist() == [["compatible", "other_dates"]]


def test_lost_values_agree_with_nothing_and_conflict_with_nothing():
    table = facts(("n", "members", None, "2019", "a"), ("n", "members", "20", "2019", "b"))
    assert vc.reconcile(table).table.empty


def test_facts_without_their_columns_are_refused():
    with pytest.raises(MissingTable, match="attribute"):
        vc.reconcile(pd.DataFrame({"subject": ["a"], "value": ["b"]}))
    with pytest.raises(UnknownName, match="title"):
        vc.reconcile(
            facts(("a", "name", "x", "2018", "s")), facts(("b", "name", "x", "2018", "t")), on=("title", "place")
        )
    with pytest.raises(vc.ValueCreationError, match="2018-10"):
        vc.reconcile(facts(("a", "name", "x", "2018", "s")), until="autumn")


def test_the_register_speaks_dutch_and_holds_no_score(lists):
    result = vc.reconcile(**lists, language="nl")
    assert "wacht op een mens" in result._repr_html_()
    assert not {"score", "likeness", "share"} & set(result.table.columns)
    assert repr(result) == repr(vc.reconcile(**lists))
