"""Transitions in sequences: what follows what, as counts, as shares of what follows, and with whole sequences drawn again."""

from collections.abc import Hashable, Iterable, Sequence

import numpy as np
import pandas as pd

from valuecreation.errors import UndefinedStatistic

Sequences = Iterable[Sequence[Hashable]]


def transition_counts(sequences: Sequences, states: Sequence[Hashable] | None = None) -> pd.DataFrame:
    """Return how often each state is directly followed by each.

    Only what stands in one sequence follows one another; the last state of a sequence is followed by nothing. A missing state
    (None or NaN) breaks a sequence: what stands before it is not followed by what stands after it.

    Parameters
    ----------
    sequences : iterable of sequences
        One a participant, case or group; states of any kind that can be sorted, or as `states` has them.
    states : sequence, optional
        The states in order; left out, those that occur, sorted.

    Returns
    -------
    pandas.DataFrame of int
        Square: rows from, columns to.

    Raises
    ------
    UndefinedStatistic
        Of a state that is not among those given.

    Examples
    --------
    >>> transition_counts([["a", "b", "a"], ["b", "a"]]).to_numpy().tolist()
    [[0, 1], [2, 0]]
    """
    known, _, pairs = _coded(sequences, states)
    counts = np.bincount(pairs, minlength=len(known) ** 2).reshape(len(known), len(known))
    return pd.DataFrame(counts, index=pd.Index(known, name="from"), columns=pd.Index(known, name="to"))


def transition_probabilities(sequences: Sequences, states: Sequence[Hashable] | None = None) -> pd.DataFrame:
    """Return of what follows each state the share that is each state: counts divided by the sum of their row.

    A state that nothing ever follows has no shares: its row is NaN, and not nought, for nobody knows what would have followed.

    Parameters
    ----------
    sequences, states
        As `transition_counts` takes them.

    Returns
    -------
    pandas.DataFrame of float
        Square: rows from, columns to; each row sums to 1 or is NaN.

    Examples
    --------
    >>> transition_probabilities([["a", "b", "a", "a"]]).loc["a"].tolist()
    [0.5, 0.5]
    """
    counts = transition_counts(sequences, states)
    return counts.div(counts.sum(axis=1).where(lambda sums: sums > 0), axis=0)


def bootstrap_transitions(
    sequences: Sequences,
    groups: Sequence[Hashable] | None = None,
    n: int = 1000,
    seed: int = 0,
    *,
    states: Sequence[Hashable] | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return transition shares with percentile intervals, drawing whole sequences, or whole groups of them, again.

    What is drawn is the sequence of a person, never the single transition: transitions of one person are alike. All resamples are
    one matrix product. Where a state was not left in a resample its shares do not exist there, and that resample says nothing of
    them.

    Parameters
    ----------
    sequences : iterable of sequences
    groups : sequence, optional
        For each sequence its group (a participant with several sequences, a network); groups are then drawn.
    n : int
        How many resamples.
    seed : int
    states : sequence, optional
    confidence : float

    Returns
    -------
    pandas.DataFrame
        Long: source, target, estimate, low, high; a row for each pair of states, also those that never follow one another.

    Raises
    ------
    UndefinedStatistic
        With fewer than two sequences or groups, or another number of groups than of sequences.

    Examples
    --------
    >>> made = bootstrap_transitions([["a", "b"], ["a", "a"], ["a", "b"]], n=200)
    >>> made.loc[(made["source"] == "a") & (made["target"] == "b"), "estimate"].round(2).tolist()
    [0.67]
    """
    kept = [list(one) for one in sequences]
    known, whose, pairs = _coded(kept, states)
    size = len(known) ** 2
    if groups is None:
        unit, units = np.arange(len(kept)), len(kept)
    else:
        if len(groups) != len(kept):
            raise UndefinedStatistic(
                f"There are {len(kept)} sequences and {len(groups)} groups; give one group for each."
            )
        unit, names = pd.factorize(np.asarray(groups, dtype=object))
        units = len(names)
    if units < 2:
        raise UndefinedStatistic("An interval needs two sequences, or two groups of them, at least; one does not vary.")
    own = np.bincount(unit[whose] * size + pairs, minlength=units * size).reshape(units, size).astype(np.float32)
    drawn = np.random.default_rng(seed).integers(0, units, (n, units)) + (np.arange(n) * units)[:, None]
    weights = np.bincount(drawn.ravel(), minlength=n * units).reshape(n, units).astype(np.float32)
    shares = _shares((weights @ own).reshape(n, len(known), len(known)))
    estimate = _shares(np.bincount(pairs, minlength=size).reshape(1, len(known), len(known)))[0]
    edge = (1 - confidence) / 2
    low, high = _quantiles(shares.reshape(n, size), [edge, 1 - edge])
    names = np.array(known, dtype=object)
    ends = {"source": np.repeat(names, len(known)), "target": np.tile(names, len(known))}
    return pd.DataFrame({**ends, "estimate": estimate.ravel(), "low": low, "high": high})


def _coded(sequences: Sequences, states: Sequence[Hashable] | None) -> tuple[list, np.ndarray, np.ndarray]:
    """Return the states, and for each transition in which sequence it is and which pair it is (from times states, plus to)."""
    kept = [list(one) for one in sequences]
    lengths = np.array([len(one) for one in kept], dtype=np.int64)
    flat = pd.Series([state for one in kept for state in one], dtype=object)
    missing = flat.isna().to_numpy()
    occurring = flat[~missing].unique().tolist()
    known = sorted(occurring) if states is None else list(states)
    place = {state: number for number, state in enumerate(known)}
    strange = [state for state in occurring if state not in place]
    if strange:
        raise UndefinedStatistic(f"{strange[0]!r} occurs in the sequences and is none of the states that were given.")
    codes = np.array([-1 if gone else place[state] for state, gone in zip(flat, missing, strict=True)], dtype=np.int64)
    whose = np.repeat(np.arange(len(kept)), lengths)
    follows = np.flatnonzero((whose[1:] == whose[:-1]) & (codes[1:] >= 0) & (codes[:-1] >= 0))
    return known, whose[follows], codes[follows] * len(known) + codes[follows + 1]


def _shares(counts: np.ndarray) -> np.ndarray:
    sums = counts.sum(axis=2, keepdims=True)
    # counts of resamples are exact in 32 bits, shares of them are not
    return np.divide(counts, sums, out=np.full(counts.shape, np.nan), where=sums > 0, dtype=np.float64)


def _quantiles(values: np.ndarray, edges: list[float]) -> tuple[np.ndarray, np.ndarray]:
    """Return quantiles over the resamples in which a share exists; NaN where it exists in none."""
    low, high = (np.full(values.shape[1], np.nan) for _ in edges)
    some = ~np.isnan(values).all(axis=0)
    if some.any():
        low[some], high[some] = np.nanquantile(values[:, some], edges, axis=0)
    return low, high
