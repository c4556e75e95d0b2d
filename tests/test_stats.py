"""Statistics: published values, and what must hold whatever the data."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuecreation.errors import UndefinedStatistic
from valuecreation.stats import clopper_pearson, clustered_share, top_share, wilson

# Newcombe, R. G. (1998). Two-sided confidence intervals for the single proportion. Statistics in Medicine, 17, 857-872, Table I:
# method 3 (Wilson score) and method 5 (exact, Clopper-Pearson).
NEWCOMBE = [
    ((81, 263), (0.2553, 0.3662), (0.2527, 0.3676)),
    ((15, 148), (0.0624, 0.1605), (0.0578, 0.1617)),
    ((0, 20), (0.0000, 0.1611), (0.0000, 0.1684)),
    ((1, 29), (0.0061, 0.1718), (0.0009, 0.1776)),
]


@pytest.mark.parametrize(("counts", "score", "exact"), NEWCOMBE)
def test_intervals_of_newcombe_1998(counts, score, exact):
    assert wilson(*counts) == pytest.approx(score, abs=5e-5)
    assert clopper_pearson(*counts) == pytest.approx(exact, abs=5e-5)


@given(st.integers(1, 60).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_the_exact_interval_holds_the_share_and_the_mirror_image_is_the_interval_of_the_rest(counts):
    n, total = counts
    low, high = clopper_pearson(n, total)
    assert 0 <= low <= n / total <= high <= 1
    mirrored = clopper_pearson(total - n, total)
    assert (1 - mirrored[1], 1 - mirrored[0]) == pytest.approx((low, high), abs=1e-9)


@pytest.mark.parametrize("counts", [(1, 0), (3, 2), (-1, 4)])
def test_a_share_that_is_none_is_refused_in_words(counts):
    with pytest.raises(UndefinedStatistic, match=r"share|cases"):
        wilson(*counts)


def test_the_clustered_share_by_hand():
    """Two clusters of 4: 1 and 3 of them. p = 1/2; v = 2 * ((1-2)^2 + (3-2)^2) / 64 = 1/16; t(1) = 12.706."""
    found = clustered_share([1, 3], [4, 4])
    half = 12.706204736 * 0.25 / 0.25
    assert found.share == 0.5
    assert found.low == pytest.approx(1 / (1 + np.exp(half)))
    assert found.high == pytest.approx(1 / (1 + np.exp(-half)))
    assert found.design_effect == pytest.approx(8 / 16 / 0.25)


def test_one_thing_in_each_cluster_gives_a_design_effect_of_about_one():
    found = clustered_share([1] * 12 + [0] * 18, [1] * 30)
    assert found.design_effect == pytest.approx(30 / 29)


def test_at_none_and_at_all_the_number_of_clusters_stands_in_for_the_number_of_things():
    assert clustered_share([0] * 17, [9] * 17).high == pytest.approx(clopper_pearson(0, 17)[1])
    assert clustered_share([9] * 17, [9] * 17).low == pytest.approx(clopper_pearson(17, 17)[0])
    assert clustered_share([0] * 17, [9] * 17).method == "Korn-Graubard"


def test_korn_and_graubard_is_exact_on_the_effective_number():
    """Thirty clusters of one: the effective number is n / design effect, and t is the same above and below."""
    found = clustered_share([1] * 12 + [0] * 18, [1] * 30, method="Korn-Graubard")
    assert found.low == pytest.approx(clopper_pearson(12, 30)[0], abs=0.01)
    assert found.high == pytest.approx(clopper_pearson(12, 30)[1], abs=0.01)


clusters = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=2, max_size=20).map(
    lambda rows: ([min(row) for row in rows], [max(row) for row in rows])
)


@given(clusters)
def test_a_clustered_interval_holds_its_share_and_does_not_ask_for_an_order(rows):
    part, whole = rows
    if sum(size > 0 for size in whole) < 2:
        with pytest.raises(UndefinedStatistic, match="at least two"):
            clustered_share(part, whole)
        return
    found = clustered_share(part, whole)
    assert 0 <= found.low <= found.share + 1e-12
    assert found.share - 1e-12 <= found.high <= 1
    again = clustered_share(part[::-1], whole[::-1])
    assert (again.low, again.high) == pytest.approx((found.low, found.high))


@given(clusters)
def test_the_rest_has_the_mirror_image(rows):
    part, whole = rows
    if sum(size > 0 for size in whole) < 2:
        return
    found = clustered_share(part, whole)
    rest = clustered_share([m - y for y, m in zip(part, whole, strict=True)], whole)
    assert (1 - rest.high, 1 - rest.low) == pytest.approx((found.low, found.high), abs=1e-9)


def test_intervals_cover_what_they_say_where_the_naive_one_does_not():
    """Seventeen participants, segments that resemble each other within a person; truth .3, 400 draws (se .011 at .95)."""
    rng = np.random.default_rng(17)
    covered = naive = 0
    for _ in range(400):
        sizes = rng.integers(5, 40, 17)
        chances = rng.beta(0.3 * 4, 0.7 * 4, 17)
        part = rng.binomial(sizes, chances)
        found = clustered_share(part, sizes)
        covered += found.low <= 0.3 <= found.high
        low, high = wilson(int(part.sum()), int(sizes.sum()))
        naive += low <= 0.3 <= high
    assert covered / 400 > 0.91
    assert naive / 400 < 0.75


@pytest.mark.parametrize(
    ("part", "whole", "reason"),
    [
        ([1], [2], "1 cluster"),
        ([], [], "0 clusters"),
        ([3, 1], [2, 2], "more things"),
        ([1, 2], [3], "as many"),
        ([1, np.nan], [2, 2], "no count"),
    ],
)
def test_what_does_not_exist_is_a_sentence(part, whole, reason):
    with pytest.raises(UndefinedStatistic, match=reason):
        clustered_share(part, whole)


def test_the_logit_interval_is_refused_where_it_does_not_exist():
    with pytest.raises(UndefinedStatistic, match="Korn-Graubard does"):
        clustered_share([0, 0], [3, 3], method="logit-t")


def test_the_top_share_of_nothing_does_not_exist():
    assert top_share([6, 2, 2]) == 0.6
    with pytest.raises(UndefinedStatistic, match="Nobody"):
        top_share([0, 0])
