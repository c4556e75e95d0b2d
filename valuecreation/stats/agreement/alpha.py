r"""Krippendorff's alpha: one code a cell (nominal, ordinal, interval, ratio), or a set of codes with a named distance.

.. math:: \alpha = 1 - \frac{D_o}{D_e} = 1 - (n - 1) \frac{\sum_{ck} o_{ck} \delta_{ck}}{\sum_{ck} n_c n_k \delta_{ck}}

Each unit with :math:`m_u \ge 2` ratings adds :math:`1 / (m_u - 1)` to the coincidence :math:`o_{ck}` for every ordered pair
of its ratings; :math:`n_c` are the sums of that table and n its total. Units with one rating pair with nothing and drop out.
The difference :math:`\delta_{ck}` of two codes is for

- nominal: 1 when they differ;
- ordinal: :math:`(\sum_{g=c}^{k} n_g - (n_c + n_k) / 2)^2`, Krippendorff's own metric, which counts the ratings in between.
  "Ordinal alpha" in Gwet's software is another coefficient (fixed weights by rank: 0.834 where Krippendorff has 0.815);
- interval: :math:`(c - k)^2`;
- ratio: :math:`((c - k) / (c + k))^2`.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from valuecreation.errors import UndefinedCoefficient, UnknownName, listed
from valuecreation.stats.agreement.chance import Coded, error_of, pairs_of, read_ratings

LEVELS = ("nominal", "ordinal", "interval", "ratio")
BLOCK = 512


def krippendorff_alpha(ratings: pd.DataFrame, level: str = "nominal") -> float:
    """Return Krippendorff's alpha for any number of coders, with or without missing ratings.

    Parameters
    ----------
    ratings : pandas.DataFrame
        Units x coders; NaN where a coder did not look.
    level : {"nominal", "ordinal", "interval", "ratio"}
        Beyond nominal the codes are numbers; for ordinal they may be an ordered Categorical too.

    Returns
    -------
    float
        1 for perfect agreement, 0 for what chance gives, below 0 for less than that.

    Raises
    ------
    UndefinedCoefficient
        When no unit has two ratings or when all ratings are one code: then nothing could have been confused with anything.
    UnknownName
        When there is no such level.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania.

    Examples
    --------
    >>> import pandas as pd
    >>> one, other = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    >>> round(krippendorff_alpha(pd.DataFrame({"one": one, "other": other})), 3)
    0.095
    """
    coded = read_ratings(ratings)
    return plain_alpha(coded, metric_of(level, coded))


def set_alpha(ratings: pd.DataFrame, distance: str) -> float:
    r"""Return Krippendorff's alpha for units that may carry several codes at once.

    With J the Jaccard index (codes shared, of codes used by either) and M the monotonicity of Passonneau (1 for equal sets,
    2/3 when one holds the other, 1/3 when they overlap, 0 when they share nothing), the distance is for

    - ``jaccard``: :math:`1 - J`;
    - ``masi-passonneau``: :math:`1 - J M` (Passonneau 2006; NLTK);
    - ``masi-dkpro``: :math:`(1 - J) (1 - M)` (what DKPro Agreement calls MASI);
    - ``set-dkpro``: :math:`1 - M`, that is 0, 1/3, 2/3 or 1.

    Two formulas are both called MASI and give different numbers, so that the distance is always named, also when reported.
    Two empty sets are equal, and an empty set lies within every other: "no code" against "a" shares nothing (J = 0) and yet
    has M = 2/3, which only the two DKPro distances notice.

    Parameters
    ----------
    ratings : pandas.DataFrame
        Units x coders; each cell a set, frozenset, list or tuple of codes. An empty one says: looked, and found no code; None or
        NaN says: did not look.
    distance : {"jaccard", "masi-passonneau", "masi-dkpro", "set-dkpro"}

    Returns
    -------
    float

    Raises
    ------
    UndefinedCoefficient, UnknownName
        As with `krippendorff_alpha`.

    References
    ----------
    Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and pragmatic annotation. LREC.
    Meyer, C. M., et al. (2014). DKPro Agreement. COLING, demonstrations.

    Examples
    --------
    >>> import pandas as pd
    >>> pairs = pd.DataFrame({"one": [{"a"}, {"a", "b"}, {"b"}], "other": [{"a"}, {"a"}, {"b"}]})
    >>> round(set_alpha(pairs, "jaccard"), 3), round(set_alpha(pairs, "masi-passonneau"), 3)
    (0.706, 0.643)
    """
    coded, metric = read_sets(ratings, distance)
    return plain_alpha(coded, metric)


@dataclass(frozen=True)
class Metric:
    """How far codes are apart: by equality, by scores, or by a table.

    Attributes
    ----------
    level : str
    scores : numpy.ndarray or None
    table : numpy.ndarray or None
    """

    level: str
    scores: np.ndarray | None = None
    table: np.ndarray | None = None

    def of_pairs(self, totals: np.ndarray, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """Return the difference of codes ``one`` and ``other`` (indices), a row for each row of totals where they matter."""
        if self.table is not None:
            return self.table[one, other]
        if self.level == "nominal":
            return (one != other).astype(float)
        if self.level == "ratio":
            return _ratio(self.scores[one], self.scores[other])
        scores = self._scores(totals)
        return (scores[..., one] - scores[..., other]) ** 2

    def against(self, totals: np.ndarray) -> np.ndarray:
        """Return for each code its summed difference from all ratings in a row of totals."""
        if self.table is not None:
            return totals @ self.table
        if self.level == "nominal":
            return totals.sum(axis=1, keepdims=True) - totals
        if self.level == "ratio":
            blocks = [self.scores[start : start + BLOCK] for start in range(0, len(self.scores), BLOCK)]
            return np.hstack([totals @ _ratio(self.scores[:, None], block) for block in blocks])
        scores = self._scores(totals)
        first = (totals * scores).sum(axis=1, keepdims=True)
        second = (totals * scores**2).sum(axis=1, keepdims=True)
        return totals.sum(axis=1, keepdims=True) * scores**2 - 2 * scores * first + second

    def _scores(self, totals: np.ndarray) -> np.ndarray:
        return totals.cumsum(axis=1) - totals / 2 if self.level == "ordinal" else self.scores


def _ratio(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    total = one + other
    return ((one - other) / np.where(total > 0, total, 1.0)) ** 2


def metric_of(level: str, coded: Coded) -> Metric:
    """Return the metric of a level for these codes, or say why they have none."""
    if level not in LEVELS:
        raise UnknownName.among("Level of measurement", level, LEVELS)
    if level == "nominal":
        return Metric(level)
    if coded.scores is None or (level != "ordinal" and not coded.numeric):
        other = " or an ordered pandas Categorical" if level == "ordinal" else ""
        raise UndefinedCoefficient(
            f"The {level} level asks for numbers{other}, and these codes are {listed(map(repr, coded.labels), 5)}; "
            "give those, or take level='nominal'."
        )
    if not np.isfinite(coded.scores).all():
        raise UndefinedCoefficient("A rating is infinite; give a number, or NaN where there is none.")
    if level == "ratio" and (coded.scores < 0).any():
        raise UndefinedCoefficient(
            f"The ratio level has a true zero, and one rating is {coded.scores.min():g}; take level='interval'."
        )
    centre = coded.scores.mean() if level == "interval" and len(coded.scores) else 0.0
    return Metric(level, coded.scores - centre)


def _monotone(shared: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    equal, within = (shared == left) & (shared == right), (shared == left) | (shared == right)
    return np.select([equal, within, shared > 0], [1.0, 2 / 3, 1 / 3], 0.0)


DISTANCES = {
    "jaccard": lambda index, monotone: 1 - index,
    "masi-passonneau": lambda index, monotone: 1 - index * monotone,
    "masi-dkpro": lambda index, monotone: (1 - index) * (1 - monotone),
    "set-dkpro": lambda index, monotone: 1 - monotone,
}


def read_sets(ratings: pd.DataFrame, distance: str) -> tuple[Coded, Metric]:
    """Read a frame of units x coders with sets in its cells, and the distances between the sets that occur."""
    if distance not in DISTANCES:
        raise UnknownName.among("Distance between sets of codes", distance, DISTANCES)
    frame = pd.DataFrame(ratings)
    cells = pd.Series(frame.to_numpy(dtype=object, na_value=None).ravel(), dtype=object)
    filled = [isinstance(cell, (set, frozenset, list, tuple)) for cell in cells]
    wrong = cells[~np.array(filled, dtype=bool) & cells.notna().to_numpy()]
    if len(wrong):
        raise UndefinedCoefficient(
            f"Every cell is a set of codes or missing; one is {wrong.iloc[0]!r}. Give {{'a', 'b'}}."
        )
    sets = [frozenset(cell) if full else None for cell, full in zip(cells, filled, strict=True)]
    places: dict[frozenset, int] = {}
    codes = [-1 if one is None else places.setdefault(one, len(places)) for one in sets]
    numbered = pd.DataFrame(np.array(codes, dtype=float).reshape(frame.shape)).replace(-1.0, np.nan)
    coded = read_ratings(numbered)
    words = {word: place for place, word in enumerate(dict.fromkeys(word for one in places for word in one))}
    member = np.zeros((len(places), len(words)))
    for one, place in places.items():
        member[place, [words[word] for word in one]] = 1
    size, shared = member.sum(axis=1), member @ member.T
    union = size[:, None] + size - shared
    index = np.where(union > 0, shared / np.maximum(union, 1), 1.0)
    return coded, Metric("set", table=DISTANCES[distance](index, _monotone(shared, size[:, None], size[None, :])))


@dataclass(frozen=True)
class Coincidences:
    """Pairs of codes that occur within units, counted per group of units.

    ``counts`` is groups x pairs, ``one`` and ``other`` are the codes of each pair, ``size`` is how many codes there are.
    """

    counts: csr_array
    one: np.ndarray
    other: np.ndarray
    size: int

    def alphas(self, counts: np.ndarray, metric: Metric) -> np.ndarray:
        """Return alpha for each row of counts of these pairs, NaN where fewer than two codes are in it."""
        places = np.arange(len(self.one))
        margin = csr_array(
            (np.ones(2 * len(places)), (np.r_[self.one, self.other], np.r_[places, places])),
            shape=(self.size, len(places)),
        )
        totals = (margin @ counts.T).T
        observed = 2 * (counts * metric.of_pairs(totals, self.one, self.other)).sum(axis=1)
        expected = (totals * metric.against(totals)).sum(axis=1)
        defined = ((totals > 0).sum(axis=1) > 1) & (expected > 0)
        alphas = 1 - (totals.sum(axis=1) - 1) * observed / np.where(defined, expected, 1.0)
        return np.where(defined, alphas, np.nan)


def coincidences(coded: Coded, groups: np.ndarray, number: int) -> Coincidences:
    """Count pairs of codes within units, for each of ``number`` groups of units."""
    size, rated = len(coded.labels), coded.ratings
    found = [(both, np.minimum(a, b) * size + np.maximum(a, b)) for both, a, b in pairs_of(coded.codes)]
    units = np.concatenate([np.array([], dtype=np.int64), *(both for both, _ in found)])
    pairs = np.concatenate([np.array([], dtype=np.int64), *(pair for _, pair in found)])
    kinds, place = np.unique(pairs, return_inverse=True)
    counts = csr_array((1 / (rated[units] - 1), (groups[units], place)), shape=(number, len(kinds)))
    return Coincidences(counts, kinds // max(size, 1), kinds % max(size, 1), size)


def plain_alpha(coded: Coded, metric: Metric) -> float:
    """Return alpha over all units, or say why there is none."""
    table = coincidences(coded, np.zeros(len(coded.codes), dtype=np.int64), 1)
    if not len(table.one):
        raise UndefinedCoefficient("Alpha is not defined: no unit was coded by two coders, so nothing can be compared.")
    value = float(table.alphas(table.counts.toarray(), metric)[0])
    if np.isnan(value):
        only = coded.labels[table.one[0]]
        named = "the same set of codes" if metric.level == "set" else repr(getattr(only, "item", lambda: only)())
        raise UndefinedCoefficient(
            f"Alpha is not defined: every rating that can be compared is {named}, so that nothing could have been confused."
        )
    return value


def alpha_error(coded: Coded, metric: Metric) -> float:
    """Return the standard error of alpha (Gwet 2014), with the metric taken as given; NaN for fewer than two units."""
    coded = coded.among(coded.ratings > 1)
    units, rated = len(coded.codes), coded.ratings
    if units < 2:
        return np.nan
    mean, total = rated.mean(), rated.sum()
    totals = np.bincount(coded.codes[coded.codes >= 0], minlength=len(coded.labels))[None, :].astype(float)
    apart = np.zeros(units)
    for both, one, other in pairs_of(coded.codes):
        apart[both] += 2 * np.ravel(metric.of_pairs(totals, one, other))
    apart /= mean * (rated - 1)
    unlike, more = apart.mean(), rated / mean - 1
    from_all = metric.against(totals)[0] / total
    expected = float(totals[0] @ from_all / total)
    chance = np.append(from_all, 0.0)[coded.codes].sum(axis=1) / mean - expected * more
    own = apart - (1 - 1 / total) * unlike * more
    each = (unlike - own) / expected - 2 * unlike / expected * (expected - chance) / expected
    return error_of(each, coded)
