r"""Agreement with each coefficient's own idea of chance: percent, Cohen, Fleiss, Conger, Gwet, Brennan-Prediger.

All have the form :math:`(p_a - p_e) / (1 - p_e)` with one observed agreement :math:`p_a`: the mean, over units that two or
more coders coded, of the share of pairs of coders that agree (or of their weights). They differ in :math:`p_e`. With
:math:`\pi_k` the mean over units of the share of coders who gave code k, :math:`p_{gk}` the share of code k in the ratings of
coder g, q codes, r coders, and weights :math:`w_{kl}` (1 on the diagonal, 0 elsewhere when unweighted):

=================== ==========================================================================================
percent             0
fleiss              :math:`\sum_{kl} w_{kl} \pi_k \pi_l` (Fleiss 1971; with two coders Scott's pi)
conger              mean over pairs of coders g, h of :math:`\sum_{kl} w_{kl} p_{gk} p_{hl}` (Conger 1980)
cohen               the same for two coders, on the units that both coded (Cohen 1960, 1968)
ac                  :math:`\sum_{kl} w_{kl} \sum_k \pi_k (1 - \pi_k) / (q (q - 1))` (Gwet 2008: AC1; weighted AC2)
brennan_prediger    :math:`\sum_{kl} w_{kl} / q^2` (Brennan & Prediger 1981)
=================== ==========================================================================================

Standard errors are those of Gwet, K. L. (2014), Handbook of inter-rater reliability (4th ed.), for any number of coders and
missing values: with :math:`\kappa_i` the contribution of unit i to the coefficient, the variance is
:math:`\sum (\kappa_i - \kappa)^2 / (n (n - 1))`. For two coders who both rated every unit Gwet, as
Fleiss, Cohen & Everitt (1969) before him, divides by :math:`n^2`, and so does this. The categories are those found in the
ratings, or declared by a Categorical.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from valuecreation.errors import UndefinedCoefficient, UnknownName, listed

CHANCE = ("percent", "cohen", "fleiss", "conger", "ac", "brennan_prediger")
WEIGHTS = ("linear", "quadratic", "ordinal")
MANY = 2000
TINY = 1e-12


@dataclass(frozen=True)
class Coded:
    """Ratings as positions in a list of codes.

    Attributes
    ----------
    codes : numpy.ndarray
        Units x coders; -1 where there is no rating. Coders without ratings have dropped out.
    labels : numpy.ndarray
        The codes, in order when they have one.
    scores : numpy.ndarray or None
        Numbers for the codes: themselves, or ranks of an ordered Categorical; None for words, which have no order.
    numeric : bool
        Whether the codes are numbers themselves.
    """

    codes: np.ndarray
    labels: np.ndarray
    scores: np.ndarray | None
    numeric: bool

    def among(self, rows: np.ndarray) -> "Coded":
        """Return the same codes for some of the units."""
        return Coded(self.codes[rows], self.labels, self.scores, self.numeric)

    @property
    def ratings(self) -> np.ndarray:
        """How many coders rated each unit."""
        return (self.codes >= 0).sum(axis=1)


def read_ratings(ratings: pd.DataFrame) -> Coded:
    """Read a frame of units x coders, or say why it is none.

    Columns of one Categorical dtype declare which codes there are, used or not, and when it is ordered in which order.
    """
    frame = pd.DataFrame(ratings)
    if frame.shape[1] < 2:
        raise UndefinedCoefficient(
            f"Agreement needs at least two coders; these ratings have {frame.shape[1]}. Give units as rows, coders as columns."
        )
    if not len(frame):
        raise UndefinedCoefficient("There are no units to agree on; give a row for every unit that was coded.")
    kinds = set(frame.dtypes)
    if len(kinds) == 1 and isinstance(kind := kinds.pop(), pd.CategoricalDtype):
        codes = np.column_stack([frame.iloc[:, place].cat.codes for place in range(frame.shape[1])]).astype(np.int64)
        values = np.asarray(kind.categories)
        numeric = _are_numbers(values)
        scores = values.astype(float) if numeric else np.arange(len(values), dtype=float) if kind.ordered else None
    else:
        codes, values, numeric = _factorised(frame)
        scores = values.astype(float) if numeric else None
    return Coded(codes[:, (codes >= 0).any(axis=0)], values, scores, numeric)


def _factorised(frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, bool]:
    cells = frame.to_numpy(dtype=object, na_value=None).ravel()
    try:
        codes, values = pd.factorize(cells)
    except TypeError:
        raise UndefinedCoefficient(
            "Some cells hold several codes at once; for sets of codes use set_alpha(ratings, distance)."
        ) from None
    numeric = _are_numbers(values)
    if numeric:
        order = np.argsort(values.astype(float), kind="stable")
        codes, values = np.append(np.argsort(order), -1)[codes], values[order]
    else:
        _check_words(values)
    return codes.reshape(frame.shape), values, numeric


def _are_numbers(values: np.ndarray) -> bool:
    return all(isinstance(value, (int, float, np.number, np.bool_)) for value in values)


def _check_words(values: np.ndarray) -> None:
    if any(isinstance(value, (set, frozenset, list, tuple)) for value in values):
        raise UndefinedCoefficient(
            "Some cells hold several codes at once; for sets of codes use set_alpha(ratings, distance)."
        )
    words = {value.strip() for value in values if isinstance(value, str)}
    if "" in words:
        raise UndefinedCoefficient("An empty text is neither a code nor missing; give NaN where a coder did not look.")
    twice = sorted(words & {f"{value:g}" for value in values if isinstance(value, (int, float, np.number))})
    if twice:
        raise UndefinedCoefficient(
            f"{listed(twice)} is a number with one coder and text with another, which would count as disagreement; "
            "make all codes numbers, or all text."
        )


def category_weights(kind: str | None, coded: Coded) -> np.ndarray:
    r"""Return the weights of agreement between codes.

    With :math:`x_k` the codes as numbers (ranks for an ordered Categorical) and R their range, ``linear`` is
    :math:`1 - |x_k - x_l| / R` and ``quadratic`` its square instead; ``ordinal`` (Gwet 2014) uses ranks:
    :math:`1 - \binom{|k - l| + 1}{2} / \binom{q}{2}`. None gives full weight to the same code and none to another.
    """
    if kind is not None and kind not in WEIGHTS:
        raise UnknownName.among("Weighting", kind, (None, *WEIGHTS))
    size = len(coded.labels)
    if kind is None or size < 2:
        return np.eye(size)
    if coded.scores is None:
        raise UndefinedCoefficient(
            f"Weights {kind!r} ask how far apart codes are, and {listed(map(repr, coded.labels), 5)} have no order; "
            "give numbers or an ordered pandas Categorical, or leave the weights out."
        )
    scores = np.arange(size, dtype=float) if kind == "ordinal" else coded.scores
    apart = np.abs(np.subtract.outer(scores, scores))
    apart = {"linear": apart, "quadratic": apart**2, "ordinal": apart * (apart + 1) / 2}[kind]
    return 1 - apart / apart.max()


def pairs_of(codes: np.ndarray):
    """Give for each pair of coders the units that both rated, and their codes there."""
    for first in range(codes.shape[1]):
        for second in range(first + 1, codes.shape[1]):
            both = np.flatnonzero((codes[:, first] >= 0) & (codes[:, second] >= 0))
            yield both, codes[both, first], codes[both, second]


def agreement_of_units(coded: Coded, weights: np.ndarray) -> np.ndarray:
    """Return per unit the mean weight over its pairs of coders, 0 where there are none."""
    total, rated = np.zeros(len(coded.codes)), coded.ratings
    for both, one, other in pairs_of(coded.codes):
        total[both] += weights[one, other]
    return total / np.maximum(rated * (rated - 1) / 2, 1)


def tallies(coded: Coded, weights: np.ndarray) -> csr_array:
    """Return what every coefficient here is made of, a row a unit, so that units can be summed over any grouping.

    The columns: a unit that anybody rated, a unit that two rated, its agreement, the share of each code, and for each
    coder the code that was given.
    """
    (units, coders), size, rated = coded.codes.shape, len(coded.labels), coded.ratings
    row, coder = np.nonzero(coded.codes >= 0)
    code = coded.codes[row, coder]
    every = np.arange(units)
    columns = [every * 0, every * 0 + 1, every * 0 + 2, 3 + code, 3 + size + coder * size + code]
    data = [rated > 0, rated > 1, agreement_of_units(coded, weights), 1 / rated[row], np.ones(len(row))]
    places = (np.concatenate([every, every, every, row, row]), np.concatenate(columns))
    return csr_array((np.concatenate(data).astype(float), places), shape=(units, 3 + size + coders * size))


def from_tallies(name: str, sums: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return value and chance agreement for each row of summed tallies; NaN where the coefficient does not exist."""
    size = len(weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        agreed = np.where(sums[:, 1] > 0, sums[:, 2] / sums[:, 1], np.nan)
        shares = sums[:, 3 : 3 + size] / sums[:, :1]
        if name == "percent":
            return agreed, np.zeros(len(sums))
        if name == "fleiss":
            chance = ((shares @ weights) * shares).sum(axis=1)
        elif name == "ac":
            chance = weights.sum() * (shares * (1 - shares)).sum(axis=1) / (size * (size - 1))
        elif name == "brennan_prediger":
            chance = np.full(len(sums), weights.sum() / size**2)
        else:
            own = _own_shares(sums[:, 3 + size :].reshape(len(sums), -1, size))
            coders = own.any(axis=2).sum(axis=1)
            every = own.sum(axis=1)
            alone = ((own @ weights) * own).sum(axis=(1, 2))
            chance = (((every @ weights) * every).sum(axis=1) - alone) / (coders * (coders - 1))
        value = (agreed - chance) / (1 - chance)
    one_code = (sums[:, 3 : 3 + size] > 0).sum(axis=1) < 2
    return np.where(one_code | ~(1 - chance > TINY), np.nan, value), chance


def _own_shares(counts: np.ndarray) -> np.ndarray:
    return counts / np.maximum(counts.sum(axis=-1, keepdims=True), 1)


def standard_error(name: str, coded: Coded, weights: np.ndarray, value: float, chance: float) -> float:
    """Return Gwet's (2014) standard error of a coefficient, NaN for fewer than two units."""
    coded = coded.among(coded.ratings > 0)
    units, rated = len(coded.codes), coded.ratings
    if units < 2:
        return np.nan
    shares = _shares_of_units(coded)
    if name == "fleiss":
        expected = _mean_over_ratings(coded, (weights + weights.T) @ shares / 2)
    elif name == "ac":
        size = len(weights)
        expected = weights.sum() / (size * (size - 1)) * _mean_over_ratings(coded, 1 - shares)
    elif name in ("cohen", "conger"):
        expected = _expected_by_coder(coded, weights)
    else:
        expected = np.full(units, chance)
    scale = units / (rated > 1).sum() / (1 - chance)
    each = scale * (agreement_of_units(coded, weights) - chance * (rated > 1))
    each -= 2 * (1 - value) * (expected - chance) / (1 - chance)
    return error_of(each - value, coded)


def error_of(deviations: np.ndarray, coded: Coded) -> float:
    """Return the standard error from deviations of units: over n squared for a full table of two coders, else n (n - 1)."""
    units = len(deviations)
    full_table = coded.codes.shape[1] == 2 and (coded.ratings == 2).all()
    return float(np.sqrt((deviations**2).sum() / (units * (units if full_table else units - 1))))


def _shares_of_units(coded: Coded) -> np.ndarray:
    row, coder = np.nonzero(coded.codes >= 0)
    counted = np.bincount(coded.codes[row, coder], 1 / coded.ratings[row], minlength=len(coded.labels))
    return counted / len(coded.codes)


def _mean_over_ratings(coded: Coded, by_code: np.ndarray) -> np.ndarray:
    return np.append(by_code, 0.0)[coded.codes].sum(axis=1) / coded.ratings


def _expected_by_coder(coded: Coded, weights: np.ndarray) -> np.ndarray:
    units, coders = coded.codes.shape
    size = len(weights)
    counts = np.array([np.bincount(column[column >= 0], minlength=size) for column in coded.codes.T])
    own = _own_shares(counts)
    against = (own.sum(axis=0) - own) @ weights
    usual = (against * own).sum(axis=1)
    total = np.zeros(units)
    for coder in range(coders):
        given = coded.codes[:, coder]
        apart = np.where(given >= 0, against[coder][given] - usual[coder], 0.0)
        total += units / counts[coder].sum() * apart + usual[coder]
    return total / (coders * (coders - 1))
