"""Betweenness without weights for large networks: many sources at once, as products of sparse matrices."""

from collections.abc import Hashable, Iterable

import numpy as np
import pandas as pd
from scipy import sparse

_AT_ONCE = 256


def betweenness(
    edges: pd.DataFrame, nodes: Iterable[Hashable], directed: bool = False, normalised: bool = True
) -> pd.Series:
    """Return for each node the shortest paths between others that run through it (Freeman, 1977, by Brandes' recursion, 2001).

    Weights take no part: whether a weight is closeness or distance need then not be settled, and a tie is a tie. Equal shortest
    paths share. The work is that of Brandes, done for 256 sources at a time.

    Parameters
    ----------
    edges : pandas.DataFrame
        Columns source, target; a tie with oneself and a tie given twice add nothing.
    nodes : iterable
        Everybody, also those without a tie.
    directed : bool
    normalised : bool
        Divided by the number of pairs of others.

    Returns
    -------
    pandas.Series of float
        Indexed by node, in the order given.

    Examples
    --------
    >>> star = pd.DataFrame({"source": ["a", "a", "a"], "target": ["b", "c", "d"]})
    >>> betweenness(star, "abcd").tolist()
    [1.0, 0.0, 0.0, 0.0]
    """
    people = list(dict.fromkeys(nodes))
    size = len(people)
    place = {person: number for number, person in enumerate(people)}
    rows = np.array([place[one] for one in edges["source"]], dtype=np.int64)
    columns = np.array([place[one] for one in edges["target"]], dtype=np.int64)
    kept = rows != columns
    rows, columns = rows[kept], columns[kept]
    if not directed:
        rows, columns = np.concatenate([rows, columns]), np.concatenate([columns, rows])
    forward = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(size, size))
    forward.data[:] = 1.0
    total = np.zeros(size)
    for first in range(0, size, _AT_ONCE):
        total += _through(forward, forward.T.tocsr(), np.arange(first, min(first + _AT_ONCE, size)))
    if not directed:
        total /= 2
    pairs = (size - 1) * (size - 2) / (1 if directed else 2)
    return pd.Series(total / pairs if normalised and pairs > 0 else total, index=people)


def _through(forward: sparse.csr_matrix, backward: sparse.csr_matrix, sources: np.ndarray) -> np.ndarray:
    """Return what paths from these sources give to each node: outward level by level, and back again."""
    width = np.arange(len(sources))
    paths = np.zeros((forward.shape[0], len(sources)))
    paths[sources, width] = 1
    reached = paths > 0
    levels, edge = [reached.copy()], paths.copy()
    while True:
        edge = backward @ edge
        edge[reached] = 0
        new = edge > 0
        if not new.any():
            break
        paths += edge
        reached |= new
        levels.append(new)
    share = np.zeros_like(paths)
    for number in range(len(levels) - 1, 0, -1):
        here = np.divide(1 + share, paths, out=np.zeros_like(paths), where=levels[number])
        share += np.where(levels[number - 1], (forward @ here) * paths, 0)
    share[sources, width] = 0
    return share.sum(axis=1)
