"""Succession: direction, policies, what is tested and what is not, and that it never passes for value flow."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import valuecreation as vc
from valuecreation.errors import MissingTable, UndefinedStatistic, UnknownName
from valuecreation.stats.sequences import against_other_orders, complexity, entropy, followed


def walked(*people: list[tuple[str, str]]) -> vc.Study:
    """Return a study in which each person took part in work forms on days: [("2025-01-01", "a"), ...]."""
    activities, took = [], []
    for number, steps in enumerate(people):
        for place, (day, form) in enumerate(steps):
            name = f"A{number}-{place}"
            activities.append({"activity_id": name, "date": day, "work_form": form})
            took.append({"activity_id": name, "participant_id": f"P{number:02d}"})
    return vc.Study({"activities": pd.DataFrame(activities), "participation": pd.DataFrame(took)})


def cell(result: vc.Result, source: str, target: str) -> pd.Series:
    table = result.table
    return table[(table["source"] == source) & (table["target"] == target)].iloc[0]


def test_the_arrow_goes_from_the_earlier_to_the_later():
    study = walked(*[[("2025-01-01", "a"), ("2025-02-01", "b"), ("2025-03-01", "c")]] * 6)
    result = vc.succession(study, of="activities", n=200)
    assert cell(result, "a", "b")["count"] == 6
    assert cell(result, "b", "a")["count"] == 0
    assert cell(result, "a", "c")["count"] == 0
    assert cell(vc.succession(study, of="activities", lag=2, n=20), "a", "c")["count"] == 6
    assert cell(result, "a", "b")["expected"] == pytest.approx(2, abs=0.4)


def test_one_day_is_one_step_without_an_order():
    study = walked([("2025-01-01", "a"), ("2025-01-01", "b"), ("2025-02-01", "c")])
    result = vc.succession(study, of="activities", n=10)
    assert [cell(result, *pair)["count"] for pair in ("ab", "ba", "ac", "bc")] == [0, 0, 1, 1]


def test_nothing_is_tested_below_five_participants():
    step = [("2025-01-01", "a"), ("2025-02-01", "b")]
    assert pd.isna(cell(vc.succession(walked(*[step] * 4), of="activities", n=20), "a", "b")["at_least"])
    assert cell(vc.succession(walked(*[step] * 5), of="activities", n=20), "a", "b")["at_least"] > 0


def test_nobody_is_followed_by_somebody_else():
    result = vc.succession(walked([("2025-01-01", "a")], [("2025-02-01", "b")], [("2025-03-01", "a")]), of="activities")
    assert result.table["count"].sum() == 0
    assert (result.table["N"] == 0).all()


@pytest.mark.parametrize("language", ["en", "nl"])
def test_its_first_line_says_that_it_is_no_value_flow(lindehout, language):
    result = vc.succession(lindehout, n=20, language=language)
    assert result.title.startswith({"en": "Not value flow", "nl": "Geen waardestroom"}[language])
    people = set(lindehout.frame("participants")["participant_id"])
    for table in (result.table, result.summary, *result.supplements.values()):
        assert not people & set(table.astype("str").to_numpy().ravel())
    drawn = result.plot().text
    assert not any(person in drawn for person in people)


def test_evidence_is_the_pairs_behind_the_count(lindehout):
    result = vc.succession(lindehout, n=20)
    behind = result.evidence(source="potential", target="applied")
    days = behind.drop_duplicates(["participant_id", "source_day", "target_day"])
    one = cell(result, "potential", "applied")
    assert len(days) == one["count"]
    assert behind["participant_id"].nunique() == one["n"]
    assert (behind["source_day"] < behind["target_day"]).all()


def test_interviews_look_back_and_are_left_out(lindehout):
    result = vc.succession(lindehout, n=20)
    kinds = lindehout.frame("documents").set_index("document_id")["kind"]
    assert set(kinds[result.evidence()["source_row"]]) == {"diary"}
    assert any("no diary" in caution for caution in result.cautions)


def test_a_stated_order_splits_a_day_only_when_asked(lindehout):
    documents = lindehout.frame("documents").copy()
    own = documents.index[documents["participant_id"].eq("P01") & documents["kind"].eq("diary")][:2]
    documents.loc[own, "date"] = documents.loc[own[0], "date"]
    documents.loc[own, "order"] = [1, 2]
    study = lindehout.replace(documents=documents)
    together, ordered = vc.succession(study, n=10), vc.succession(study, same_day="ordered", n=10)
    assert ordered.table["count"].sum() > together.table["count"].sum()


def test_groups_of_two_are_not_shown_and_what_does_not_exist_is_named(lindehout):
    result = vc.succession(lindehout, by="role_group", n=10)
    assert set(result.table["role_group"]) == {"care", "welfare", "education"}
    for asked in ({"by": "age"}, {"of": "moods"}, {"same_day": "guess"}):
        with pytest.raises(UnknownName):
            vc.succession(lindehout, **asked)
    with pytest.raises(UndefinedStatistic, match="lag"):
        vc.succession(lindehout, lag=0)
    with pytest.raises(MissingTable):
        vc.succession(vc.Study({}))


def test_complexity_is_the_root_of_changes_times_entropy():
    """By hand from the formula of Gabadinho et al. (2010): aaaabbbb has 1 change of 7 and full entropy."""
    assert complexity(list("aaaabbbb"), 2) == pytest.approx((1 / 7) ** 0.5)
    assert entropy(list("aabb"), 4) == pytest.approx(0.5)
    assert entropy(list("aaaa"), 4) == 0
    assert np.isnan(complexity(["a"], 2))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=6), min_size=1, max_size=4
    )
)
def test_other_orders_keep_who_wrote_what(people):
    sequences = [np.array(steps, dtype=int) for steps in people]
    made = against_other_orders(sequences, n=20)
    by_hand = np.zeros((3, 3), dtype=int)
    for steps in sequences:
        for one, later in pairwise(steps):
            by_hand += np.outer(one, later)
    assert (made["observed"] == by_hand).all()
    assert (made["observed"] == sum(followed(steps) for steps in sequences)).all()
    assert (made["at_least"] > 0).all()
    assert (made["at_least"] + made["at_most"] >= 1).all()
    assert (made["people"] <= len(sequences)).all()


def test_the_mean_over_other_orders_is_the_one_of_the_formula():
    """Of k steps in random order each ordered pair of different steps is adjacent with chance 1/k."""
    steps = np.eye(5, dtype=int)
    made = against_other_orders([steps], n=20_000, seed=2)
    off = ~np.eye(5, dtype=bool)
    assert made["expected"][off] == pytest.approx(np.full(20, 1 / 5), abs=0.015)
