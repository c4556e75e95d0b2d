"""Sequences of steps with one state or several: their order against other orders of the same steps, and how varied they are."""

from collections.abc import Hashable, Sequence
from itertools import pairwise

import numpy as np

from valuecreation.errors import UndefinedStatistic


def followed(steps: np.ndarray, lag: int = 1) -> np.ndarray:
    """Return how often each state is followed by each, `lag` steps on, in one sequence of steps with any number of states.

    Every state of a step is followed by every state of the later one, once.

    Parameters
    ----------
    steps : numpy.ndarray of 0 and 1
        Steps in rows, states in columns.
    lag : int

    Returns
    -------
    numpy.ndarray of int
        Square: rows from, columns to.

    Examples
    --------
    >>> followed(np.array([[1, 0], [1, 1], [0, 1]])).tolist()
    [[1, 2], [0, 1]]
    """
    if lag < 1:
        raise UndefinedStatistic(f"A lag is a number of steps from 1 on; {lag} is none.")
    steps = np.asarray(steps, dtype=np.int64)
    return steps[:-lag].T @ steps[lag:]


def against_other_orders(
    sequences: Sequence[np.ndarray], lag: int = 1, n: int = 1000, seed: int = 0
) -> dict[str, np.ndarray]:
    """Return how often what follows what, beside the same steps of the same people in another order.

    Only the order within each sequence is drawn again; what somebody wrote, and how much, stays theirs. The order observed is
    counted among those drawn, so no share is nought.

    Parameters
    ----------
    sequences : sequence of numpy.ndarray
        One a participant: steps in rows, states in columns, 0 and 1.
    lag, n, seed : int

    Returns
    -------
    dict of numpy.ndarray
        observed, expected (mean over other orders), at_least and at_most (share of orders with as many
        or more, as many or fewer), people (participants in whose sequence it occurs); each square, rows from, columns to.

    Examples
    --------
    >>> made = against_other_orders([np.eye(2, dtype=int)] * 4, n=200)
    >>> int(made["observed"][0, 1]), int(made["observed"][1, 0])
    (4, 0)
    """
    if not sequences:
        raise UndefinedStatistic("There is no sequence to draw in another order.")
    width = sequences[0].shape[1]
    own = np.stack([followed(steps, lag) for steps in sequences])
    draw = np.random.default_rng(seed)
    drawn = np.zeros((n, width, width))
    for steps in sequences:
        if len(steps) > lag:
            order = draw.random((n, len(steps))).argsort(axis=1)
            again = np.asarray(steps, dtype=np.float64)[order]
            drawn += again[:, :-lag].transpose(0, 2, 1) @ again[:, lag:]
    observed = own.sum(axis=0)
    return {
        "observed": observed,
        "expected": drawn.mean(axis=0),
        "at_least": ((drawn >= observed).sum(axis=0) + 1) / (n + 1),
        "at_most": ((drawn <= observed).sum(axis=0) + 1) / (n + 1),
        "people": (own > 0).sum(axis=0),
    }


def entropy(states: Sequence[Hashable], known: int) -> float:
    """Return the normalised entropy of the states of one sequence: 0, always the same, to 1, all that are known equally often.

    Shannon's entropy divided by its largest value, the logarithm of `known` (Gabadinho et al., 2011).

    Returns
    -------
    float
        NaN for an empty sequence or fewer than two known states.

    Examples
    --------
    >>> round(entropy(["a", "a", "b", "b"], known=2), 3)
    1.0
    """
    if not len(states) or known < 2:
        return float("nan")
    _, counts = np.unique(np.asarray([str(one) for one in states]), return_counts=True)
    shares = counts / counts.sum()
    return float(-(shares * np.log(shares)).sum() / np.log(known)) + 0.0


def complexity(states: Sequence[Hashable], known: int) -> float:
    """Return the complexity of one sequence: the root of its share of changes times its entropy (Gabadinho et al., 2010).

    Returns
    -------
    float
        0, always the same, to 1; NaN for fewer than two steps or known states.

    Examples
    --------
    >>> round(complexity(["a", "b", "a", "b"], known=2), 3)
    1.0
    """
    if len(states) < 2 or known < 2:
        return float("nan")
    changes = sum(one != other for one, other in pairwise(states))
    return float((changes / (len(states) - 1) * entropy(states, known)) ** 0.5)
