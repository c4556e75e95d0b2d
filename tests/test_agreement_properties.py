"""Agreement between coders: what must hold whatever the ratings, and resampling by cluster."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_agreement_stats import NAMES, C

from valuecreation.errors import UndefinedCoefficient
from valuecreation.stats.agreement import (
    bootstrap,
    coefficients,
    krippendorff_alpha,
)

tables = st.integers(2, 4).flatmap(
    lambda many: st.lists(
        st.lists(st.sampled_from([np.nan, 1.0, 2.0, 3.0, 5.0]), min_size=many, max_size=many), min_size=1, max_size=15
    )
).map(lambda rows: pd.DataFrame(rows, columns=[f"coder {n}" for n in range(len(rows[0]))]))  # fmt: skip


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(one.drop(columns="note"), other.drop(columns="note"), atol=1e-9)
    assert ((one["note"] == "") == (other["note"] == "")).all()


@given(tables)
def test_other_names_for_codes_change_nothing(ratings):
    same(coefficients(ratings), coefficients(ratings.replace({1.0: 70.0, 2.0: 4.0, 3.0: 9.0, 5.0: 1.0})))
    same(coefficients(ratings), coefficients(ratings.astype(object).replace({1.0: "x", 2.0: "d", 3.0: "a", 5.0: "c"})))


@given(tables, st.sampled_from(["nominal", "ordinal", "interval", "ratio"]), st.randoms())
def test_another_order_of_units_and_coders_changes_nothing(ratings, level, random):
    columns, rows = list(ratings.columns), list(ratings.index)
    random.shuffle(columns)
    random.shuffle(rows)
    weights = None if level == "nominal" else "linear"
    same(coefficients(ratings, level, weights), coefficients(ratings.loc[rows, columns], level, weights))


@given(tables, st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
def test_alpha_is_what_its_definition_says(ratings, level):
    """The definition, pair by pair and without a coincidence table."""
    units = [[v for v in row if not np.isnan(v)] for row in ratings.to_numpy()]
    units = [unit for unit in units if len(unit) > 1]
    every = [v for unit in units for v in unit]

    def apart(a, b):
        between = sum(min(a, b) < v < max(a, b) for v in every) + (every.count(a) + every.count(b)) / 2
        return {
            "nominal": a != b, "ordinal": (a != b) * between**2,
            "interval": (a - b) ** 2, "ratio": ((a - b) / (a + b)) ** 2,
        }[level]  # fmt: skip

    if len(set(every)) < 2:
        with pytest.raises(UndefinedCoefficient, match="not defined"):
            krippendorff_alpha(ratings, level)
        return
    observed = sum(sum(apart(a, b) for a in unit for b in unit) / (len(unit) - 1) for unit in units) / len(every)
    expected = sum(apart(a, b) for a in every for b in every) / (len(every) * (len(every) - 1))
    assert krippendorff_alpha(ratings, level) == pytest.approx(1 - observed / expected)


@given(st.lists(st.sampled_from([1, 2, 3]), min_size=2, max_size=12), st.integers(2, 4))
def test_perfect_agreement_is_one_where_there_is_variation_and_undefined_in_words_where_there_is_none(codes, many):
    found = coefficients(pd.DataFrame({n: codes for n in range(many)}))
    assert found.loc["percent", "value"] == 1
    corrected = found.drop(index=["percent", *(["cohen"] if many > 2 else [])])
    if len(set(codes)) > 1:
        assert corrected["value"].tolist() == pytest.approx([1.0] * len(corrected))
        assert corrected["note"].str.contains("se|standard error").all()
    else:
        assert corrected["value"].isna().all()
        assert corrected["note"].str.contains("not defined: every rating", case=False).all()


@given(tables)
def test_every_number_that_is_not_there_has_a_sentence(ratings):
    found = coefficients(ratings)
    assert found.index.tolist() == NAMES
    assert found.columns.tolist() == ["value", "se", "low", "high", "n_units", "n_coders", "note"]
    assert (found.loc[found[["value", "se", "low", "high"]].isna().any(axis=1), "note"].str.len() > 20).all()
    whole = found[found["low"].notna()]
    assert ((whole["low"] <= whole["value"] + 1e-12) & (whole["value"] <= whole["high"] + 1e-12)).all()


@given(tables)
def test_a_coder_without_ratings_and_a_unit_without_ratings_drop_out(ratings):
    more = pd.concat([ratings.assign(nobody=np.nan), pd.DataFrame([{}], columns=ratings.columns)], ignore_index=True)
    same(coefficients(ratings), coefficients(more))


@given(tables)
def test_kappa_of_two_is_conger_and_alpha_is_fleiss_but_for_small_samples(ratings):
    """alpha = 1 - (1 - pi)(n - 1)/n with n ratings, where nobody misses."""
    ratings = ratings.iloc[:, :2].dropna()
    if not len(ratings):
        return
    found = coefficients(ratings)["value"]
    if np.isnan(found["fleiss"]):
        assert found[["cohen", "conger", "alpha", "ac", "brennan_prediger"]].isna().all()
        return
    assert found["cohen"] == pytest.approx(found["conger"], nan_ok=True)
    size = ratings.size
    assert found["alpha"] == pytest.approx(1 - (1 - found["fleiss"]) * (size - 1) / size)


@settings(max_examples=30)
@given(tables, st.sampled_from(NAMES))
def test_resampling_single_units_is_plain_resampling(ratings, name):
    ratings = (
        ratings.astype(pd.CategoricalDtype([1.0, 2.0, 3.0, 5.0])) if name in ("ac", "brennan_prediger") else ratings
    )
    full = ratings.dropna() if name == "cohen" else ratings
    if (
        np.isnan(coefficients(ratings).loc[name, "value"])
        or (name == "cohen" and full.shape[1] != 2)
        or len(ratings) < 2
    ):
        return
    try:
        found = bootstrap(ratings, coefficient=name, resamples=12, seed=5)
    except UndefinedCoefficient as reason:
        assert "fewer than two of 12" in str(reason)
        return
    drawn = np.random.default_rng(5).integers(len(ratings), size=(12, len(ratings)))
    plain = [coefficients(ratings.iloc[rows]).loc[name, "value"] for rows in drawn]
    np.testing.assert_allclose(found.draws, plain, atol=1e-9)
    named = bootstrap(ratings, [f"unit {n}" for n in range(len(ratings))], name, resamples=12, seed=5)
    np.testing.assert_array_equal(named.draws, found.draws)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_resampling_documents_draws_whole_documents(level):
    documents = np.array(list("aaabbbbccddd"))
    found = bootstrap(C, documents, level=level, resamples=150, seed=3)
    drawn = np.random.default_rng(3).integers(4, size=(100, 4))
    rows = [np.concatenate([np.flatnonzero(documents == "abcd"[place]) for place in places]) for places in drawn]
    plain = [krippendorff_alpha(C.iloc[row], level) for row in rows]
    np.testing.assert_allclose(found.draws[:100], plain)
    assert found.clusters == 4
    assert found.low <= found.value <= found.high


def test_units_that_resemble_each_other_make_the_interval_wider():
    rng = np.random.default_rng(1)
    documents = np.repeat(np.arange(20), 25)
    careful = np.repeat(rng.random(20) < 0.7, 25)
    truth = rng.integers(1, 4, 500)
    ratings = pd.DataFrame(
        {n: np.where(careful | (rng.random(500) < 0.1), truth, rng.integers(1, 4, 500)) for n in "ab"}
    )
    together, alone = bootstrap(ratings, documents), bootstrap(ratings)
    assert together.se > 2 * alone.se
    assert alone.se == pytest.approx(coefficients(ratings).loc["alpha", "se"], rel=0.15)


def test_a_large_table_is_resampled_by_document():
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 5, 10_000)
    ratings = pd.DataFrame({n: np.where(rng.random(10_000) < 0.7, truth, rng.integers(0, 5, 10_000)) for n in "abc"})
    found = bootstrap(ratings, np.repeat(np.arange(200), 50), level="ordinal")
    assert (found.resamples, found.clusters, found.undefined) == (1000, 200, 0)
