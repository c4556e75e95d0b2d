"""Transitions: a matrix by hand, the direction of arrows, whole sequences drawn again."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from valuecreation.errors import UndefinedStatistic
from valuecreation.stats.transitions import bootstrap_transitions, transition_counts, transition_probabilities

HAND = [["a", "b", "c", "a"], ["b", "b", "a"], ["c"], []]
SEQUENCES = st.lists(st.lists(st.sampled_from("abc"), max_size=8), max_size=8)


def test_counts_by_hand():
    expected = pd.DataFrame([[0, 1, 0], [1, 1, 1], [1, 0, 0]], index=list("abc"), columns=list("abc"))
    found = transition_counts(HAND)
    assert found.to_numpy().tolist() == expected.to_numpy().tolist()
    assert (found.index.tolist(), found.columns.tolist()) == (list("abc"), list("abc"))
    assert (found.index.name, found.columns.name) == ("from", "to")


def test_rows_are_from_and_columns_are_to():
    counts = transition_counts([["x", "y"]] * 3)
    assert counts.loc["x", "y"] == 3
    assert counts.loc["y", "x"] == 0


def test_shares_by_hand_and_none_where_nothing_follows():
    shares = transition_probabilities([["a", "b"], ["a", "a", "c"]])
    assert shares.loc["a"].tolist() == pytest.approx([1 / 3, 1 / 3, 1 / 3])
    assert shares.loc["c"].isna().all()


def test_states_that_are_given_have_their_order_and_their_rows():
    counts = transition_counts([["b", "a"]], states=["b", "a", "z"])
    assert counts.index.tolist() == ["b", "a", "z"]
    assert counts.loc["z"].sum() == 0
    with pytest.raises(UndefinedStatistic, match="'q' occurs"):
        transition_counts([["q"]], states=["a"])


def test_a_missing_state_breaks_a_sequence():
    assert transition_counts([["a", None, "b"], ["a", np.nan, "a", "b"]]).to_numpy().tolist() == [[0, 1], [0, 0]]


@given(SEQUENCES)
def test_counts_add_up(sequences):
    counts = transition_counts(sequences, states=list("abc"))
    assert counts.to_numpy().sum() == sum(max(0, len(one) - 1) for one in sequences)
    parts = sum(transition_counts([one], states=list("abc")) for one in sequences) if sequences else counts
    assert (counts.to_numpy() == np.asarray(parts)).all()
    turned = transition_counts([one[::-1] for one in sequences], states=list("abc"))
    assert (turned.to_numpy() == counts.to_numpy().T).all()


@given(SEQUENCES)
def test_rows_of_shares_sum_to_one_or_do_not_exist(sequences):
    shares = transition_probabilities(sequences, states=list("abc"))
    sums = shares.sum(axis=1, min_count=1)
    assert ((sums - 1).abs().lt(1e-9) | sums.isna()).all()


def test_drawing_sequences_gives_the_binomial_interval():
    """Each sequence has one transition from a: the share of b in a draw of n is binomial (n, share) over n."""
    sequences = [["a", "b"]] * 15 + [["a", "c"]] * 45
    made = bootstrap_transitions(sequences, n=20_000).set_index(["source", "target"]).loc[("a", "b")]
    assert made["estimate"] == 0.25
    assert made["low"] == pytest.approx(binom.ppf(0.025, 60, 0.25) / 60, abs=0.02)
    assert made["high"] == pytest.approx(binom.ppf(0.975, 60, 0.25) / 60, abs=0.02)


def test_groups_are_drawn_whole():
    sequences = [["a", "b"]] * 20 + [["a", "c"]] * 20
    alone = bootstrap_transitions(sequences, n=2000).set_index(["source", "target"]).loc[("a", "b")]
    two = (
        bootstrap_transitions(sequences, groups=["x"] * 20 + ["y"] * 20, n=2000)
        .set_index(["source", "target"])
        .loc[("a", "b")]
    )
    assert two["estimate"] == alone["estimate"] == 0.5
    assert (two["low"], two["high"]) == (0, 1)
    assert alone["low"] > 0.3


def test_every_pair_has_a_row_and_the_same_seed_the_same_numbers():
    made = bootstrap_transitions(HAND, n=50, seed=4)
    assert len(made) == 9
    pd.testing.assert_frame_equal(made, bootstrap_transitions(HAND, n=50, seed=4))
    assert made.columns.tolist() == ["source", "target", "estimate", "low", "high"]


def test_one_sequence_does_not_vary():
    with pytest.raises(UndefinedStatistic, match="one does not vary"):
        bootstrap_transitions([["a", "b"]])
    with pytest.raises(UndefinedStatistic, match="one group for each"):
        bootstrap_transitions([["a", "b"], ["a"]], groups=["x"])


def test_the_estimate_beside_the_interval_is_the_share_itself_to_the_last_digit():
    sequences = [["a", "b", "c"], ["a", "c"], ["a", "a", "b"], ["b", "a", "c"]] * 3
    made = bootstrap_transitions(sequences, n=20).pivot(index="source", columns="target", values="estimate")
    exact = transition_probabilities(sequences)
    assert (made.loc["a"] == exact.loc["a"]).all()
