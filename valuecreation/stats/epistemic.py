"""Co-occurrence of codes as an epistemic network: windows, sphere normalisation, a rotation, and nodes placed by least squares.

The method is that of Shaffer, Collier & Ruis (2016), "A tutorial on epistemic network analysis", Journal of Learning
Analytics 3(3), 9-45, with the moving window of Siebert-Evenstone et al. (2017), Journal of Learning Analytics 4(3), 123-139,
and the means rotation of Bowman et al. (2021), "The mathematical foundations of epistemic network analysis".
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from valuecreation.errors import UndefinedStatistic


@dataclass(frozen=True, eq=False)
class EpistemicNetwork:
    """A projection of co-occurrence.

    Attributes
    ----------
    weights : pandas.DataFrame
        Units x pairs of codes, sphere-normalised: each row has length 1, or 0 for a unit without any pair.
    points : pandas.DataFrame
        Units x two axes, ``x`` and ``y``.
    nodes : pandas.DataFrame
        Codes x two axes, placed so that the centroid of a unit's weights comes as near as can be to its point.
    explained : tuple of float
        Share of the variance of the weights on each axis.
    fit : tuple of float
        Pearson's correlation of points and centroids on each axis; nan where an axis has no variance. It equals the
        correlation of all pairwise differences taken both ways; programs that take each pair once get a value that
        depends on the order of the units.
    """

    weights: pd.DataFrame
    points: pd.DataFrame
    nodes: pd.DataFrame
    explained: tuple[float, float]
    fit: tuple[float, float]


def connected(lines: np.ndarray, conversation: np.ndarray, window: int | None = 1) -> np.ndarray:
    """Return for each line which pairs of codes meet in it or in its window.

    A pair meets in a line when the line has one of the codes, and the line itself or one of the ``window - 1`` lines before
    it in the same conversation has the other.

    Parameters
    ----------
    lines : numpy.ndarray of bool, shape (lines, codes)
        In order of speaking, conversation by conversation.
    conversation : numpy.ndarray, shape (lines,)
        Equal values stand together.
    window : int or None
        Number of lines; None is the whole conversation so far.

    Returns
    -------
    numpy.ndarray of bool, shape (lines, codes * (codes - 1) / 2)
        Pairs in the order (0, 1), (0, 2), ... (1, 2), ...

    Raises
    ------
    UndefinedStatistic
        When the window has no line, or a conversation comes back after another.

    Examples
    --------
    >>> connected(np.array([[True, False], [False, True]]), np.array(["d", "d"]), window=2).ravel().tolist()
    [False, True]
    """
    lines = np.asarray(lines, dtype=bool)
    size, codes = lines.shape
    if window is not None and window < 1:
        raise UndefinedStatistic(f"A window has at least one line; this one has {window}.")
    met = np.zeros((size, codes * (codes - 1) // 2), dtype=bool)
    if not size:
        return met
    place = pd.factorize(np.asarray(conversation))[0]
    if (np.diff(place) < 0).any():
        raise UndefinedStatistic("The lines of a conversation must stand together; sort them by conversation first.")
    first = np.flatnonzero(np.diff(place, prepend=-1))[place]
    earliest = first if window is None else np.maximum(first, np.arange(size) - window + 1)
    before = np.zeros((size + 1, codes), dtype=np.int32)
    np.cumsum(lines, axis=0, dtype=np.int32, out=before[1:])
    near = before[1:] > before[earliest]
    for number, (left, right) in enumerate(combinations(range(codes), 2)):
        met[:, number] = (lines[:, left] & near[:, right]) | (near[:, left] & lines[:, right])
    return met


def accumulate(met: np.ndarray, units: np.ndarray, pairs: list) -> pd.DataFrame:
    """Return for each unit in how many of its lines each pair met: units x pairs, units in sorted order.

    Units without a line of their own are not there; lines of nobody (missing) are left out.
    """
    known = ~pd.isna(units)
    place, names = pd.factorize(np.asarray(units, dtype=object)[known], sort=True)
    kept = met[known]
    sums = [np.bincount(place, weights=kept[:, number], minlength=len(names)) for number in range(kept.shape[1])]
    table = np.array(sums).T if sums else np.zeros((len(names), 0))
    return pd.DataFrame(table.reshape(len(names), len(pairs)), index=names, columns=pairs)


def sphere_normalised(counts: pd.DataFrame) -> pd.DataFrame:
    """Return each row divided by its Euclidean length; a row of zeros stays zero.

    >>> sphere_normalised(pd.DataFrame([[3.0, 4.0], [0.0, 0.0]])).to_numpy().tolist()
    [[0.6, 0.8], [0.0, 0.0]]
    """
    length = np.sqrt((counts.to_numpy(float) ** 2).sum(axis=1))
    return counts / np.where(length == 0, 1.0, length)[:, None]


def epistemic_network(counts: pd.DataFrame, codes: list[str], groups: pd.Series | None = None) -> EpistemicNetwork:
    """Project units by what co-occurs in them.

    Parameters
    ----------
    counts : pandas.DataFrame
        Units x pairs, as `accumulate` returns them, pairs in the order of ``itertools.combinations(codes, 2)``.
    codes : list of str
    groups : pandas.Series, optional
        Indexed by unit, with two values. The first axis then runs through the means of the two groups (means rotation), the
        first value on the left; left out, both axes come from a singular value decomposition.

    Raises
    ------
    UndefinedStatistic
        With fewer than three codes or three units, when no two codes meet, when groups are not two, or when their means
        are the same.

    Examples
    --------
    >>> counts = pd.DataFrame([[2, 0, 0], [0, 1, 0], [1, 0, 3.0]], index=["P1", "P2", "P3"])
    >>> epistemic_network(counts, ["a", "b", "c"]).nodes.index.tolist()
    ['a', 'b', 'c']
    """
    if len(codes) < 3 or len(counts) < 3:
        raise UndefinedStatistic(
            f"A map of co-occurrence needs at least three codes and three units; here are {len(codes)} and {len(counts)}."
        )
    weights = sphere_normalised(counts)
    if not weights.to_numpy().any():
        raise UndefinedStatistic("No two codes meet in any window, so there is nothing to map.")
    centred = weights.to_numpy(float) - weights.to_numpy(float).mean(axis=0)
    axes = _by_variance(centred) if groups is None else _by_means(centred, groups.reindex(counts.index))
    points = centred @ axes
    total = (centred**2).sum()
    explained = tuple(float(part) for part in (points**2).sum(axis=0) / total) if total else (0.0, 0.0)
    shares = _shares(weights.to_numpy(float), len(codes))
    nodes = np.linalg.lstsq(shares, points, rcond=None)[0]
    fit = tuple(_correlation(points[:, axis], (shares @ nodes)[:, axis]) for axis in range(2))
    return EpistemicNetwork(
        weights,
        pd.DataFrame(points, index=counts.index, columns=["x", "y"]),
        pd.DataFrame(nodes, index=codes, columns=["x", "y"]),
        explained,
        fit,
    )


def _by_variance(centred: np.ndarray) -> np.ndarray:
    """Return the two directions of most variance as columns, each turned so that its largest part is positive."""
    axes = np.linalg.svd(centred, full_matrices=False)[2][:2].T
    return axes * np.where(axes[np.abs(axes).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)


def _by_means(centred: np.ndarray, groups: pd.Series) -> np.ndarray:
    """Return the direction through two groups' means, and of what is at right angles to it the direction of most variance."""
    names = sorted(groups.dropna().unique())
    if len(names) != 2:
        raise UndefinedStatistic(f"A means rotation lays two groups apart; here are {len(names)}: {', '.join(names)}.")
    left, right = (centred[(groups == name).to_numpy()].mean(axis=0) for name in names)
    through = right - left
    length = np.linalg.norm(through)
    if length < 1e-12:
        raise UndefinedStatistic("The means of the two groups are the same, so there is no direction between them.")
    first = through / length
    # An orthonormal basis of everything at right angles to the first axis keeps the second one exactly there.
    across = np.linalg.svd(first[None, :], full_matrices=True)[2][1:].T
    second = across @ np.linalg.svd(centred @ across, full_matrices=False)[2][0]
    second *= -1.0 if second[np.abs(second).argmax()] < 0 else 1.0
    return np.column_stack([first, second])


def _shares(weights: np.ndarray, codes: int) -> np.ndarray:
    """Return for each unit how its weights spread over the codes, half of each pair to each end; rows add up to 1."""
    ends = np.zeros((weights.shape[1], codes))
    for number, pair in enumerate(combinations(range(codes), 2)):
        ends[number, pair] = 0.5
    shares = weights @ ends
    total = shares.sum(axis=1, keepdims=True)
    return shares / np.where(total == 0, 1.0, total)


def _correlation(left: np.ndarray, right: np.ndarray) -> float:
    if left.std() < 1e-12 or right.std() < 1e-12:
        return float("nan")
    return float(np.corrcoef(left, right)[0, 1])
