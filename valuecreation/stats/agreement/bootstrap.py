"""Intervals by resampling whole clusters (documents, participants), for alpha and every other coefficient.

Units of one document resemble each other, so that a document is drawn with all its units or not at all. Each cluster is
reduced once to counts that add up (coincidences for alpha, tallies for the rest); a resample is then weights x counts.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from valuecreation.errors import UndefinedCoefficient, UnknownName
from valuecreation.stats.agreement.alpha import Metric, coincidences, metric_of, read_sets
from valuecreation.stats.agreement.chance import MANY, Coded, category_weights, from_tallies, read_ratings, tallies
from valuecreation.stats.agreement.coefficients import COEFFICIENTS
from valuecreation.stats.proportions import check_confidence

CHUNK = 100


@dataclass(frozen=True)
class Resampled:
    """A coefficient with the interval that resampling gave.

    Attributes
    ----------
    coefficient : str
    value, se, low, high : float
        The coefficient itself, the standard deviation of its resamples, and their percentiles.
    clusters : int
        How many clusters were drawn from.
    resamples, undefined : int
        How many were drawn, and in how many of them the coefficient does not exist (one code only); those are left out.
    draws : numpy.ndarray
        The value in each resample, NaN where it does not exist.
    """

    coefficient: str
    value: float
    se: float
    low: float
    high: float
    clusters: int
    resamples: int
    undefined: int
    draws: np.ndarray = field(repr=False, compare=False)


def bootstrap(
    ratings: pd.DataFrame,
    clusters: ArrayLike | None = None,
    coefficient: str = "alpha",
    level: str = "nominal",
    weights: str | None = None,
    resamples: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> Resampled:
    """Resample a coefficient of agreement by cluster.

    Parameters
    ----------
    ratings : pandas.DataFrame
        Units x coders; NaN where a coder did not look.
    clusters : array-like, optional
        For each unit what it belongs to: its document, its participant. Left out, each unit stands alone.
    coefficient : {"alpha", "percent", "cohen", "fleiss", "conger", "ac", "brennan_prediger"}
    level, weights
        As in `coefficients`. The ordinal metric is made anew in each resample; the list of codes stays.
    resamples : int
    confidence : float
    seed : int
        The same seed gives the same draws.

    Returns
    -------
    Resampled

    Raises
    ------
    UndefinedCoefficient
        With fewer than two clusters, or when the coefficient does not exist for the ratings themselves.
    UnknownName
        When there is no such coefficient, level or weighting.

    References
    ----------
    Efron, B., & Tibshirani, R. J. (1993). An introduction to the bootstrap, 13.3 (percentiles). Whole clusters: Davison, A. C., &
    Hinkley, D. V. (1997). Bootstrap methods and their application, 3.8. Krippendorff's own bootstrap draws pairs, not units.

    Examples
    --------
    >>> import pandas as pd
    >>> ratings = pd.DataFrame({"one": [1, 1, 2, 2, 1, 2, 1, 2], "other": [1, 1, 2, 1, 1, 2, 2, 2]})
    >>> found = bootstrap(ratings, clusters=["a", "a", "b", "b", "c", "c", "d", "d"])
    >>> round(found.value, 3), found.clusters, found.low <= found.value <= found.high
    (0.531, 4, True)
    """
    if coefficient not in COEFFICIENTS:
        raise UnknownName.among("Coefficient", coefficient, COEFFICIENTS)
    coded = read_ratings(ratings)
    groups, number = _clusters(clusters, len(coded.codes))
    if coefficient == "alpha":
        counts, value_of = _alpha_parts(coded, metric_of(level, coded), groups, number)
    else:
        counts, value_of = _chance_parts(coefficient, coded, weights, groups, number)
    return _resample(coefficient, counts, value_of, resamples, confidence, seed)


def bootstrap_sets(
    ratings: pd.DataFrame,
    distance: str,
    clusters: ArrayLike | None = None,
    resamples: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> Resampled:
    """Resample `set_alpha` by cluster.

    Parameters, returns and errors as there and in `bootstrap`.

    Examples
    --------
    >>> import pandas as pd
    >>> pairs = pd.DataFrame({"one": [{"a"}, {"a", "b"}, {"b"}], "other": [{"a"}, {"a"}, {"b"}]})
    >>> round(bootstrap_sets(pairs, "jaccard").value, 3)
    0.706
    """
    coded, metric = read_sets(ratings, distance)
    groups, number = _clusters(clusters, len(coded.codes))
    return _resample("alpha", *_alpha_parts(coded, metric, groups, number), resamples, confidence, seed)


def _clusters(clusters: ArrayLike | None, units: int) -> tuple[np.ndarray, int]:
    if clusters is None:
        return np.arange(units), units
    labels = pd.Series(list(clusters), dtype=object)
    if len(labels) != units:
        raise UndefinedCoefficient(f"There are {units} units and {len(labels)} cluster names; give one for each unit.")
    if labels.isna().any():
        raise UndefinedCoefficient(
            f"{labels.isna().sum()} units belong to no cluster; name it, or leave those units out."
        )
    codes, names = pd.factorize(labels)
    return codes, len(names)


def _alpha_parts(coded: Coded, metric: Metric, groups: np.ndarray, number: int) -> tuple:
    table = coincidences(coded, groups, number)
    return table.counts, lambda counts: table.alphas(counts, metric)


def _chance_parts(name: str, coded: Coded, kind: str | None, groups: np.ndarray, number: int) -> tuple:
    if len(coded.labels) > MANY:
        raise UndefinedCoefficient(
            f"There are more than {MANY} different codes; {name} is for categories, alpha for any."
        )
    if name == "cohen":
        if coded.codes.shape[1] != 2:
            raise UndefinedCoefficient(
                f"Cohen's kappa is for two coders and here are {coded.codes.shape[1]}; take conger."
            )
        both = coded.ratings > 1
        coded, groups = coded.among(both), groups[both]
    weights = category_weights(kind, coded)
    tally = tallies(coded, weights).tocoo()
    counts = type(tally)(
        (tally.data, (groups[tally.coords[0]], tally.coords[1])), shape=(number, tally.shape[1])
    ).tocsr()
    return counts, lambda sums: from_tallies(name, sums, weights)[0]


def _resample(name: str, counts, value_of: Callable, resamples: int, confidence: float, seed: int) -> Resampled:
    check_confidence(confidence)
    number = counts.shape[0]
    if number < 2:
        raise UndefinedCoefficient(f"There is {number} cluster; at least two are needed to see how clusters differ.")
    if not isinstance(resamples, (int, np.integer)) or resamples < 2:
        raise UndefinedCoefficient(f"{resamples!r} resamples give no interval; 1000 is usual.")
    value = float(value_of(counts.sum(axis=0)[None, :])[0])
    if np.isnan(value):
        raise UndefinedCoefficient(
            f"The coefficient {name!r} does not exist for these ratings: no unit has two ratings, or all ratings are one code."
        )
    random, transposed = np.random.default_rng(seed), counts.T.tocsr()
    draws = np.concatenate(
        [
            value_of((transposed @ _times(random, number, min(CHUNK, resamples - start)).T).T)
            for start in range(0, resamples, CHUNK)
        ]
    )
    kept = draws[~np.isnan(draws)]
    if len(kept) < 2:
        raise UndefinedCoefficient(f"The coefficient {name!r} exists in fewer than two of {resamples} resamples.")
    tail = (1 - confidence) / 2
    low, high = np.quantile(kept, [tail, 1 - tail])
    undefined = int(resamples - len(kept))
    return Resampled(
        name, value, float(kept.std(ddof=1)), float(low), float(high), number, int(resamples), undefined, draws
    )


def _times(random: np.random.Generator, number: int, resamples: int) -> np.ndarray:
    drawn = random.integers(number, size=(resamples, number)) + number * np.arange(resamples)[:, None]
    return np.bincount(drawn.ravel(), minlength=number * resamples).reshape(resamples, number).astype(float)
