"""Flows as counts of tellers: resampling tellers for intervals, exchanging them between groups for a comparison."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from valuecreation.errors import UndefinedStatistic

FEWEST = 20


def presence(tellers: ArrayLike, arrows: ArrayLike) -> pd.DataFrame:
    """Return which teller stands behind which arrow: tellers x arrows, True where at least one link says so.

    Examples
    --------
    >>> presence(["A", "A", "B"], ["x", "x", "y"]).to_numpy().tolist()
    [[True, False], [False, True]]
    """
    return pd.crosstab(np.asarray(tellers, dtype=object), np.asarray(arrows, dtype=object)).gt(0)


def bootstrap_tellers(
    found: ArrayLike, resamples: int = 1000, confidence: float = 0.95, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Return percentile intervals for the number of tellers behind each arrow, by drawing whole tellers.

    All counts of all resamples are one matrix product: how often each teller was drawn times who stands behind what.

    Parameters
    ----------
    found : array-like of bool
        Tellers x arrows.
    resamples : int
    confidence : float
    seed : int

    Returns
    -------
    low, high : numpy.ndarray
        One number an arrow.

    Raises
    ------
    UndefinedStatistic
        With fewer than two tellers.
    """
    found = np.asarray(found, dtype=np.float32)
    tellers = len(found)
    if tellers < 2:
        raise UndefinedStatistic("An interval needs two tellers at least; one person does not vary.")
    drawn = np.random.default_rng(seed).integers(0, tellers, (resamples, tellers))
    drawn += (np.arange(resamples) * tellers)[:, None]
    weights = np.bincount(drawn.ravel(), minlength=resamples * tellers).reshape(resamples, tellers)
    counts = weights.astype(np.float32) @ found
    edge = (1 - confidence) / 2
    low, high = np.quantile(counts, [edge, 1 - edge], axis=0)
    return low, high


@dataclass(frozen=True)
class Exchanged:
    """What exchanging tellers between two groups says.

    Attributes
    ----------
    difference : float
        The largest difference in share of tellers, over the arrows.
    arrow : int
        Which arrow it is.
    p : float
        How often an exchange gave at least as large a difference; the data themselves count as one exchange.
    """

    difference: float
    arrow: int
    p: float


def exchange_tellers(found: ArrayLike, second: ArrayLike, exchanges: int = 9999, seed: int = 0) -> Exchanged:
    """Compare the arrows of two groups of tellers by exchanging tellers between them.

    One statistic for all arrows together, so that nobody goes looking for the one that differs.

    Parameters
    ----------
    found : array-like of bool
        Tellers x arrows.
    second : array-like of bool
        Who belongs to the second group.
    exchanges : int
    seed : int

    Returns
    -------
    Exchanged

    Raises
    ------
    UndefinedStatistic
        With fewer than 20 tellers, an empty group or no arrows.

    Examples
    --------
    >>> found = [[True]] * 10 + [[False]] * 10
    >>> exchange_tellers(found, [False] * 10 + [True] * 10, exchanges=99).difference
    1.0
    """
    found, second = np.asarray(found, dtype=float), np.asarray(second, dtype=bool)
    if len(found) < FEWEST:
        raise UndefinedStatistic(
            f"With {len(found)} tellers groups are compared by listing; a test needs {FEWEST} at least."
        )
    if not second.any() or second.all() or not found.shape[1]:
        raise UndefinedStatistic("A comparison needs two groups with tellers, and at least one arrow.")
    totals, size, whole = found.sum(axis=0), int(second.sum()), len(found)

    def gaps(inside: np.ndarray) -> np.ndarray:
        return np.abs(inside / size - (totals - inside) / (whole - size))

    observed = gaps(second.astype(float) @ found)
    arrow = int(observed.argmax())
    rng = np.random.default_rng(seed)
    reached = 1
    for first in range(0, exchanges, 1000):
        order = rng.random((min(1000, exchanges - first), whole)).argpartition(size - 1, axis=1)[:, :size]
        chosen = np.zeros((len(order), whole))
        np.put_along_axis(chosen, order, 1, axis=1)
        reached += int((gaps(chosen @ found).max(axis=1) >= observed[arrow] - 1e-12).sum())
    return Exchanged(float(observed[arrow]), arrow, reached / (exchanges + 1))
