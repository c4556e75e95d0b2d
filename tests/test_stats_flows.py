"""The numerics of flows: draws of tellers, exchanges of tellers."""

import numpy as np
import pytest
from scipy.stats import binom, fisher_exact

from valuecreation.errors import UndefinedStatistic
from valuecreation.stats.flows import bootstrap_tellers, exchange_tellers, presence


def test_presence_is_once_a_teller():
    found = presence(["A", "A", "B"], ["x", "x", "y"])
    assert found.loc["A"].tolist() == [True, False]


def test_drawing_tellers_gives_the_binomial_interval():
    """The number of tellers with an arrow in a draw of n is binomial (n, share): its quantiles are known."""
    found = np.zeros((40, 2), dtype=bool)
    found[:10, 0] = True
    low, high = bootstrap_tellers(found, resamples=20_000)
    assert low[0] == pytest.approx(binom.ppf(0.025, 40, 0.25), abs=1)
    assert high[0] == pytest.approx(binom.ppf(0.975, 40, 0.25), abs=1)
    assert (low[1], high[1]) == (0, 0)


def test_exchanging_tellers_agrees_with_fisher_for_one_arrow():
    """With one arrow the exchange test is Fisher's, two-sided by the difference in share (groups of one size)."""
    found = np.zeros((24, 1), dtype=bool)
    found[:9] = True
    found[12:15] = True
    second = np.arange(24) >= 12
    exact = fisher_exact([[9, 3], [3, 9]]).pvalue
    assert exchange_tellers(found, second, exchanges=20_000).p == pytest.approx(exact, abs=0.01)


def test_the_direction_of_naming_the_groups_changes_nothing():
    rng = np.random.default_rng(1)
    found, second = rng.random((30, 4)) < 0.3, np.arange(30) < 11
    one, other = exchange_tellers(found, second, 999), exchange_tellers(found, ~second, 999)
    assert one.difference == pytest.approx(other.difference)
    assert one.arrow == other.arrow


def test_what_does_not_exist_is_a_sentence():
    with pytest.raises(UndefinedStatistic, match="one person does not vary"):
        bootstrap_tellers([[True]])
    with pytest.raises(UndefinedStatistic, match="by listing"):
        exchange_tellers([[True]] * 19, [True] * 9 + [False] * 10)
    with pytest.raises(UndefinedStatistic, match="two groups"):
        exchange_tellers([[True]] * 20, [True] * 20)
