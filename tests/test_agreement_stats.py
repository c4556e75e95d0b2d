"""Agreement between coders: published values, and answers to what cannot be computed."""

import numpy as np
import pandas as pd
import pytest

from valuecreation.errors import UndefinedCoefficient, UndefinedStatistic, UnknownName
from valuecreation.stats.agreement import (
    bootstrap,
    bootstrap_sets,
    coefficients,
    krippendorff_alpha,
    set_alpha,
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
