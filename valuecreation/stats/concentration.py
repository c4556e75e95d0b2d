"""Concentration: how much of a total comes from its largest contributor."""

import numpy as np
from numpy.typing import ArrayLike

from valuecreation.errors import UndefinedStatistic


def top_share(counts: ArrayLike) -> float:
    """Return the share of the largest contributor in a total.

    Parameters
    ----------
    counts : array-like of int
        Per contributor.

    Returns
    -------
    float
        Between 1 / contributors and 1.

    Raises
    ------
    UndefinedStatistic
        When nobody contributed anything.

    Examples
    --------
    >>> top_share([6, 2, 2])
    0.6
    """
    counts = np.asarray(counts, dtype=float)
    if counts.size == 0 or counts.sum() <= 0:
        raise UndefinedStatistic("Nobody contributed anything, so nobody has a share of it.")
    return float(counts.max() / counts.sum())
