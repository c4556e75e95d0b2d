"""Agreement between coders: published values, and what must hold whatever the ratings."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuecreation.errors import MissingTable, UndefinedCoefficient, UndefinedStatistic, UnknownName
from valuecreation.stats.agreement import (
    bootstrap,
    bootstrap_sets,
    coefficients,
    krippendorff_alpha,
    set_alpha,
    unitizing_alpha,
    unitizing_alpha_binary,
    unitizing_alpha_by_value,
    unitizing_alpha_coded,
)

NAMES = ["percent", "cohen", "fleiss", "conger", "alpha", "ac", "brennan_prediger"]


def coders(*rows: str) -> pd.DataFrame:
    """Make units x coders of a text for each coder; a point is missing, digits are numbers."""
    table = [[np.nan if c == "." else float(c) if c.isdigit() else c for c in row.replace(" ", "")] for row in rows]
    return pd.DataFrame(table, index=[f"coder {n}" for n in range(1, len(rows) + 1)]).T.infer_objects()


def crossed(*rows: list) -> pd.DataFrame:
    """Make units x two coders of a table that counts their codes."""
    counts = np.array(rows)
    one, other = np.indices(counts.shape)
    return pd.DataFrame({"one": np.repeat(one, counts.ravel()) + 1, "other": np.repeat(other, counts.ravel()) + 1})


# Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability: examples A, B, and C and D with missing ratings.
A = coders("1100000000", "0110010100")
B = coders("aabbdcccedda", "babbbccceddd")
C = coders("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
# Gwet's copy of C in irrCAC, cac.raw4raters, has the single rating of unit 12 with the third coder.
RAW4 = coders("123321412...", "1233224125..", ".33323422513", "12332441251.")
ABSTRACTORS = crossed([13, 0, 0], [0, 20, 7], [0, 4, 56])  # Gwet (2014), irrCAC's cont3x3abstractors
# Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters: 30 subjects, 6 raters each.
FLEISS = coders(
    "4225213115 1121231121 5221121215",
    "4235213115 4224231123 5421421235",
    "4235233345 4424431143 5444421435",
    "4535433345 4434434145 5454421435",
    "4535435345 4434435145 5454425435",
    "4555435445 4434555245 5454545435",
)


def test_alpha_of_krippendorff_2011():
    assert krippendorff_alpha(A) == pytest.approx(0.095, abs=5e-4)
    assert krippendorff_alpha(A) == pytest.approx(0.0952380952)
    assert krippendorff_alpha(B) == pytest.approx(0.692, abs=5e-4)
    assert krippendorff_alpha(B) == pytest.approx(0.6919642857)


@pytest.mark.parametrize(
    ("level", "printed", "exact"),
    [
        ("nominal", 0.743, 0.7434210526),
        ("ordinal", 0.815, 0.8153875038),
        ("interval", 0.849, 0.8491071429),
        ("ratio", 0.797, 0.7974027747),
    ],
)
def test_alpha_at_four_levels_of_krippendorff_2011(level, printed, exact):
    assert krippendorff_alpha(C, level) == pytest.approx(printed, abs=5e-4)
    assert krippendorff_alpha(C, level) == pytest.approx(exact)
    assert krippendorff_alpha(RAW4, level) == pytest.approx(exact)
    assert coefficients(C, level).loc["alpha", "value"] == pytest.approx(exact)


def test_alpha_of_krippendorff_2004_page_227():
    pairs = ["aa", "ab", *["bb"] * 4, "bc", *["cc"] * 5]
    assert krippendorff_alpha(pd.DataFrame([list(pair) for pair in pairs])) == pytest.approx(0.7341040462)


@pytest.mark.parametrize(
    ("rows", "pi", "kappa"),
    [
        (([12, 9, 9], [9, 14, 9], [9, 9, 20]), 0.186, 0.186),
        (([12, 18, 18], [0, 14, 18], [0, 0, 20]), 0.186, 0.258),
    ],
)
def test_kappa_rewards_disagreement_on_the_margins_krippendorff_2004_page_246(rows, pi, kappa):
    found = coefficients(crossed(*rows))["value"]
    assert found["percent"] == pytest.approx(0.46)
    assert found["brennan_prediger"] == pytest.approx(0.19, abs=5e-4)
    assert found["fleiss"] == pytest.approx(pi, abs=6e-4)
    assert found["cohen"] == pytest.approx(kappa, abs=6e-4)


def test_kappa_of_cohen_1960_with_the_standard_error_of_fleiss_cohen_and_everitt_1969():
    found = coefficients(crossed([88, 14, 18], [10, 40, 10], [2, 6, 12])).loc["cohen"]
    assert found["value"] == pytest.approx(0.492, abs=5e-4)
    assert found["value"] == pytest.approx(0.4915254237)
    assert found["se"] == pytest.approx(0.0510018156)
    assert coefficients(crossed([25, 12, 3], [13, 2, 15], [12, 16, 2])).loc["cohen", "value"] == pytest.approx(
        (0.29 - 0.35) / 0.65
    )


def test_kappa_of_fleiss_1971():
    found = coefficients(FLEISS)["value"]
    assert found["percent"] == pytest.approx(0.5556, abs=5e-5)
    assert found["fleiss"] == pytest.approx(0.430, abs=5e-4)
    assert found["fleiss"] == pytest.approx(0.4302445201)


@pytest.mark.parametrize(
    ("name", "value", "error", "low", "high"),
    [
        ("cohen", 0.7964094, 0.05891072, 0.680, 0.913),
        ("fleiss", 0.7962397, 0.05905473, 0.679, 0.913),
        ("ac", 0.8493305, 0.04321747, 0.764, 0.935),
        ("brennan_prediger", 0.835, 0.04693346, 0.742, 0.928),
        ("alpha", 0.7972585, 0.05905473, 0.680, 0.914),
        ("percent", 0.89, 0.03128898, 0.828, 0.952),
    ],
)
def test_two_abstractors_of_gwet_2014(name, value, error, low, high):
    found = coefficients(ABSTRACTORS).loc[name]
    assert (found["value"], found["se"]) == pytest.approx((value, error), abs=6e-8)
    assert (found["low"], found["high"]) == pytest.approx((low, high), abs=6e-4)


def test_the_interval_is_students_t_and_not_the_normal_one():
    """Statsmodels' normal interval for the same kappa is 0.6809-0.9119."""
    found = coefficients(ABSTRACTORS).loc["cohen"]
    assert (found["low"], found["high"]) == pytest.approx((0.6795, 0.9133), abs=5e-5)


@pytest.mark.parametrize(
    ("weights", "value", "low", "high"),
    [
        ("linear", 0.8429020280, 0.748, 0.938),
        ("quadratic", 0.8921568627, 0.822, 0.962),
        ("ordinal", 0.872, 0.791, 0.953),
    ],
)
def test_weighted_kappa_of_gwet_2014(weights, value, low, high):
    found = coefficients(ABSTRACTORS, weights=weights).loc["cohen"]
    assert found["value"] == pytest.approx(value, abs=5e-4 if weights == "ordinal" else 1e-9)
    assert (found["low"], found["high"]) == pytest.approx((low, high), abs=6e-4)


@pytest.mark.parametrize(
    ("name", "value", "error", "low", "units"),
    [
        ("ac", 0.77544, 0.14295, 0.461, 12),
        ("fleiss", 0.76117, 0.15302, 0.424, 12),
        ("alpha", 0.74342, 0.14557, 0.419, 11),
        ("conger", 0.76282, 0.14917, 0.435, 12),
        ("brennan_prediger", 0.77273, 0.14472, 0.454, 12),
        ("percent", 0.8181818, 0.12561, 0.542, 12),
    ],
)
def test_four_raters_with_missing_ratings_of_gwet_2014(name, value, error, low, units):
    found = coefficients(RAW4).loc[name]
    assert (found["value"], found["se"]) == pytest.approx((value, error), abs=6e-6)
    assert (found["low"], found["high"]) == pytest.approx((low, 1), abs=6e-4)
    assert (found["n_units"], found["n_coders"]) == (units, 4)


@pytest.mark.parametrize(
    ("weights", "value", "error", "low"),
    [("linear", 0.859, 0.117, 0.600), ("quadratic", 0.914, 0.104, 0.685), ("ordinal", 0.899, 0.107, 0.664)],
)
def test_ac2_of_gwet_2014(weights, value, error, low):
    found = coefficients(RAW4, weights=weights).loc["ac"]
    assert tuple(found[["value", "se", "low"]]) == pytest.approx((value, error, low), abs=1.1e-3)


def test_ordinal_alpha_is_krippendorffs_and_not_gwets():
    """Gwet's ordinal weights would give 0.83364 on these ratings."""
    found = coefficients(RAW4, level="ordinal", weights="ordinal").loc["alpha"]
    assert found["value"] == pytest.approx(0.8153875038)
    assert "Krippendorff's ordinal metric" in found["note"]


SETS = pd.DataFrame(
    [[set(one), set(other)] for one, other in
     [("", ""), ("A", ""), ("A", "A"), ("A", "B"), ("AB", "A"), ("AB", "AC"), ("ABC", "ABC"), ("C", "AC"), ("C", "AC")]]
)  # fmt: skip


@pytest.mark.parametrize(
    ("distance", "alpha"),
    [
        ("set-dkpro", 0.1861702128),  # DKPro Agreement's tests print 0.186
        ("masi-dkpro", 0.2529474812),  # the same, 0.252
        ("masi-passonneau", 0.2730806608),  # NLTK 3.10
        ("jaccard", 0.3156199678),
    ],
)
def test_sets_of_codes_with_the_distance_named(distance, alpha):
    assert set_alpha(SETS, distance) == pytest.approx(alpha)
    assert bootstrap_sets(SETS, distance, resamples=20).value == pytest.approx(alpha)


# Krippendorff, K. (2019). Content analysis (4th ed.), Fig. 12.11, p. 340.
FIGURE = pd.DataFrame(
    [
        (coder, *segment)
        for coder, segments in {
            "Alex": [(1, 7, 1), (8, 13, 2), (31, 32, 5), (33, 37, 6), (38, 44, 6), (45, 60, 7)],
            "Paul": [(1, 7, 1), (8, 13, 3), (14, 21, 5), (33, 44, 6)],
            "Suzan": [(1, 7, 1), (8, 13, 4), (14, 21, 5), (33, 37, 6), (38, 41, 6), (42, 44, 6)],
        }.items()
        for segment in segments
    ],
    columns=["coder", "start", "end", "value"],
)


def test_u_alpha_of_krippendorff_2019():
    assert unitizing_alpha(FIGURE, 60) == pytest.approx(0.510, abs=5e-4)
    assert unitizing_alpha(FIGURE, 60) == pytest.approx(0.5099819078)


def test_binary_u_alpha_of_krippendorff_2019():
    """Printed .413; the definition gives .4136, which the book seems to have cut off."""
    assert unitizing_alpha_binary(FIGURE, 60) == pytest.approx(0.413, abs=1e-3)
    assert unitizing_alpha_binary(FIGURE, 60) == pytest.approx(0.4135992305)


def test_coded_u_alpha_of_krippendorff_2019_is_not_quite_as_printed():
    """Printed .724; the definition with every segment in its correction gives .728, as the docstring says."""
    assert unitizing_alpha_coded(FIGURE, 60) == pytest.approx(0.7283495427)
    assert unitizing_alpha_coded(FIGURE, 60) == pytest.approx(0.724, abs=5e-3)


def test_u_alpha_by_value_of_krippendorff_2019():
    found = unitizing_alpha_by_value(FIGURE, 60)
    assert found.loc[[1, 5, 6], "alpha"].tolist() == pytest.approx([1, 1, 1])
    assert found.loc[[2, 3, 4], "alpha"].tolist() == pytest.approx([0, 0, 0])
    assert found.loc[5, "coverage"] == pytest.approx(8 / 18)
    assert np.isnan(found.loc[7, "alpha"])
    assert "nobody else" in found.loc[7, "note"]


def test_adjacent_segments_of_one_code_are_not_one_segment():
    merged = FIGURE[FIGURE["start"] != 38].replace({"end": {37: 44}})
    merged = merged[merged["start"] != 42]
    assert unitizing_alpha(merged, 60) != pytest.approx(unitizing_alpha(FIGURE, 60), abs=1e-3)


def test_half_open_offsets_are_converted_by_adding_one_to_the_start():
    offsets = FIGURE.assign(start=FIGURE["start"] - 1)
    with pytest.raises(UndefinedCoefficient, match="count from 1"):
        unitizing_alpha(offsets, 60)
    assert unitizing_alpha(offsets.assign(start=offsets["start"] + 1), 60) == pytest.approx(0.5099819078)


def test_somebody_who_found_nothing_is_a_coder_too():
    some = FIGURE[FIGURE["coder"] == "Alex"]
    with pytest.raises(UndefinedCoefficient, match="at least two coders"):
        unitizing_alpha(some, 60)
    assert unitizing_alpha(some, 60, coders=["Alex", "Kim"]) < 0.1
    with pytest.raises(UndefinedCoefficient, match="Alex, who is not among"):
        unitizing_alpha(some, 60, coders=["Kim", "Lou"])


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([("a", 1, 9, 1), ("b", 1, 9, 1)], "one and the same value"),
        ([("a", 1, 4, 1), ("a", 4, 6, 2), ("b", 1, 4, 1)], "overlap: 1-4 and 4-6"),
        ([("a", 1, 10, 1), ("b", 1, 4, 1)], "does not lie within 1-9"),
        ([("a", 1.5, 3, 1), ("b", 1, 4, 1)], "whole"),
        ([("a", 1, 3, None), ("b", 1, 4, 1)], "lacks"),
        ([("a", "x", 3, 1), ("b", 1, 4, 1)], "some are words"),
    ],
)
def test_segments_that_cannot_be_compared_are_answered_in_words(rows, reason):
    with pytest.raises(UndefinedCoefficient, match=reason):
        unitizing_alpha(pd.DataFrame(rows, columns=["coder", "start", "end", "value"]), 9)


def test_what_unitizing_needs_is_said():
    with pytest.raises(MissingTable, match="no column value"):
        unitizing_alpha(FIGURE.drop(columns="value"), 60)
    with pytest.raises(UndefinedCoefficient, match="length 0"):
        unitizing_alpha(FIGURE, 0)
    rows = pd.DataFrame([("a", 1, 3, 1), ("b", 5, 8, 1)], columns=["coder", "start", "end", "value"])
    with pytest.raises(UndefinedCoefficient, match="no two coders"):
        unitizing_alpha_coded(rows, 9)
    with pytest.raises(UndefinedCoefficient, match="all coded or all gap"):
        unitizing_alpha_binary(rows.assign(start=1, end=9), 9)


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


def test_ten_thousand_units_are_resampled_a_thousand_times_within_seconds():
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 5, 10_000)
    ratings = pd.DataFrame({n: np.where(rng.random(10_000) < 0.7, truth, rng.integers(0, 5, 10_000)) for n in "abc"})
    found = bootstrap(ratings, np.repeat(np.arange(200), 50), level="ordinal")
    assert (found.resamples, found.clusters, found.undefined) == (1000, 200, 0)


def test_declared_codes_count_for_those_who_count_codes():
    declared = ABSTRACTORS.astype(pd.CategoricalDtype([1, 2, 3, 4]))
    found = coefficients(declared)["value"]
    assert found["brennan_prediger"] == pytest.approx((0.89 - 1 / 4) / (3 / 4))
    assert found["cohen"] == pytest.approx(0.7964094)


def test_words_in_a_declared_order_have_ordinal_levels():
    words = RAW4.replace({1: "never", 2: "seldom", 3: "often", 4: "mostly", 5: "always"})
    words = words.astype(pd.CategoricalDtype(["never", "seldom", "often", "mostly", "always"], ordered=True))
    assert krippendorff_alpha(words, "ordinal") == pytest.approx(0.8153875038)
    assert coefficients(words, weights="quadratic").loc["ac", "value"] == pytest.approx(0.914, abs=1.1e-3)
    with pytest.raises(UndefinedCoefficient, match="interval level asks for numbers,"):
        krippendorff_alpha(words, "interval")


def test_cohen_is_for_two_coders():
    found = coefficients(RAW4).loc["cohen"]
    assert np.isnan(found["value"])
    assert "two coders" in found["note"]


def test_very_many_numbers_have_alpha_and_nothing_for_categories():
    rng = np.random.default_rng(0)
    truth = rng.normal(size=4000)
    ratings = pd.DataFrame({n: truth + rng.normal(size=4000) * 0.5 for n in "ab"})
    found = coefficients(ratings, level="interval")
    assert found.loc["alpha", "value"] == pytest.approx(0.8, abs=0.03)
    assert found.loc["fleiss", "note"].startswith("There are more than 2000")


@pytest.mark.parametrize(
    ("ask", "error", "reason"),
    [
        (lambda: coefficients(B, level="ordinal"), UndefinedCoefficient, "asks for numbers or an ordered"),
        (lambda: coefficients(B, weights="linear"), UndefinedCoefficient, "have no order"),
        (lambda: coefficients(A[["coder 1"]]), UndefinedCoefficient, "at least two coders"),
        (lambda: coefficients(A.iloc[:0]), UndefinedCoefficient, "no units"),
        (lambda: coefficients(pd.DataFrame()), UndefinedCoefficient, "at least two coders"),
        (lambda: coefficients(A, level="ordnal"), UnknownName, "Did you mean 'ordinal'"),
        (lambda: coefficients(A, weights="square"), UnknownName, "linear, quadratic, ordinal"),
        (lambda: coefficients(A, confidence=95), UndefinedStatistic, "confidence"),
        (lambda: krippendorff_alpha(A * 0), UndefinedCoefficient, "every rating that can be compared is 0"),
        (lambda: krippendorff_alpha(A * np.nan), UndefinedCoefficient, "no unit was coded by two"),
        (lambda: krippendorff_alpha(A - 1, "ratio"), UndefinedCoefficient, "true zero"),
        (lambda: krippendorff_alpha(A.replace(1, np.inf), "interval"), UndefinedCoefficient, "infinite"),
        (lambda: krippendorff_alpha(SETS), UndefinedCoefficient, "set_alpha"),
        (lambda: krippendorff_alpha(pd.DataFrame([["1", 1], ["2", 2]])), UndefinedCoefficient, "text with another"),
        (lambda: krippendorff_alpha(pd.DataFrame([["a", ""], ["b", "a"]])), UndefinedCoefficient, "empty text"),
        (lambda: set_alpha(SETS, "masi"), UnknownName, "masi-passonneau, masi-dkpro"),
        (lambda: set_alpha(B, "jaccard"), UndefinedCoefficient, "set of codes or missing"),
        (lambda: set_alpha(SETS.iloc[[2, 2]], "jaccard"), UndefinedCoefficient, "the same set of codes"),
        (lambda: bootstrap(A, ["x"] * 10), UndefinedCoefficient, "1 cluster"),
        (lambda: bootstrap(A, ["x"] * 9), UndefinedCoefficient, "10 units and 9"),
        (lambda: bootstrap(A, ["x", None] * 5), UndefinedCoefficient, "no cluster"),
        (lambda: bootstrap(A * 0), UndefinedCoefficient, "all ratings are one code"),
        (lambda: bootstrap(A, coefficient="kappa"), UnknownName, "percent, cohen"),
        (lambda: bootstrap(RAW4, coefficient="cohen"), UndefinedCoefficient, "two coders"),
        (lambda: bootstrap(A, resamples=1), UndefinedCoefficient, "1000 is usual"),
    ],
)
def test_what_cannot_be_answered_is_answered_in_words(ask, error, reason):
    with pytest.raises(error, match=reason):
        ask()
