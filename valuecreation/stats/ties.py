"""Ties: from who was where to who was with whom, and what is said of a network of ties as a whole."""

from collections.abc import Hashable, Iterable, Mapping

import numpy as np
import pandas as pd

from valuecreation.errors import UndefinedStatistic

BROKERAGE = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


def one_mode(presence: pd.DataFrame) -> pd.DataFrame:
    """Return who was with whom, from who was where.

    Parameters
    ----------
    presence : pandas.DataFrame
        Columns event, person, minutes; a person once at an event.

    Returns
    -------
    pandas.DataFrame
        One row a pair, source before target in the order of the alphabet: source, target, meetings (events that both were at),
        minutes (at each event the fewer of the two, summed; missing where one of them is). More is closer in both.

    Examples
    --------
    >>> rows = pd.DataFrame({"event": [1, 1, 2, 2], "person": ["a", "b", "b", "a"], "minutes": [60, 30, 45, 90]})
    >>> one_mode(rows).to_numpy().tolist()
    [['a', 'b', 2, 75.0]]
    """
    twice = presence.duplicated(["event", "person"])
    if twice.any():
        row = presence[twice].iloc[0]
        raise UndefinedStatistic(f"{row['person']} is at {row['event']} twice; a person is once at an event.")
    both = presence.merge(presence, on="event", suffixes=("", "_other"))
    both = both[both["person"] < both["person_other"]]
    minutes = both[["minutes", "minutes_other"]].astype("float64").min(axis=1, skipna=False)
    grouped = both.assign(minutes=minutes).groupby(["person", "person_other"], as_index=False)
    made = grouped.agg(meetings=("event", "size"), minutes=("minutes", lambda one: one.sum(skipna=False)))
    return made.rename(columns={"person": "source", "person_other": "target"})


def density(edges: pd.DataFrame, nodes: Iterable[Hashable], directed: bool = False) -> float:
    """Return the ties there are, divided by those there could be; a tie with oneself is none.

    Parameters
    ----------
    edges : pandas.DataFrame
        Columns source, target; the same tie twice is one tie.
    nodes : iterable
        Everybody, also those without a tie.
    directed : bool

    Returns
    -------
    float
        Between 0 and 1; NaN with fewer than two nodes, for there is no tie that could be.

    Examples
    --------
    >>> density(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}), ["a", "b", "c", "d"]).__round__(3)
    0.333
    """
    size = len(set(nodes))
    if size < 2:
        return float("nan")
    return len(_pairs(edges, directed)) / (size * (size - 1) / (1 if directed else 2))


def reciprocity(edges: pd.DataFrame) -> float:
    """Return the share of directed ties that are answered; NaN where there is none.

    Examples
    --------
    >>> reciprocity(pd.DataFrame({"source": ["a", "b", "a"], "target": ["b", "a", "c"]})).__round__(3)
    0.667

    Returns
    -------
    float
    """
    there = _pairs(edges, True)
    return sum((b, a) in there for a, b in there) / len(there) if there else float("nan")


def ei_index(edges: pd.DataFrame, groups: Mapping[Hashable, str]) -> float:
    """Return ties across groups minus ties within, divided by both (Krackhardt & Stern, 1988).

    Returns
    -------
    float
        From -1, all within, to +1, all across; NaN without ties between people whose group is known. It depends on how large the
        groups are: with many small ones it is high by itself.

    Examples
    --------
    >>> ties = pd.DataFrame({"source": ["a", "a", "a"], "target": ["b", "c", "d"]})
    >>> ei_index(ties, {"a": "x", "b": "x", "c": "y", "d": "z"}).__round__(3)
    0.333
    """
    across = [groups[a] != groups[b] for a, b in _pairs(edges, False) if a in groups and b in groups]
    return (2 * sum(across) - len(across)) / len(across) if across else float("nan")


def brokerage(edges: pd.DataFrame, groups: Mapping[Hashable, str]) -> pd.DataFrame:
    """Return for each person the two-steps a → person → c, without a → c, by how the three groups lie (Gould & Fernandez, 1989).

    Parameters
    ----------
    edges : pandas.DataFrame
        Columns source, target; directed. For ties without direction give both directions.
    groups : mapping
        Group of each person; who has none takes no part in the count.

    Returns
    -------
    pandas.DataFrame of int
        Rows persons, columns coordinator (all in one group), itinerant (the two others in one, the broker in another),
        gatekeeper (from outside into the own group), representative (from the own group outward), liaison (three groups).

    Examples
    --------
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]})
    >>> brokerage(ties, {"a": "x", "b": "y", "c": "y"}).loc["b", "gatekeeper"].item()
    1
    """
    there = {(a, b) for a, b in _pairs(edges, True) if a in groups and b in groups}
    into: dict[Hashable, set] = {}
    out: dict[Hashable, set] = {}
    for a, b in there:
        out.setdefault(a, set()).add(b)
        into.setdefault(b, set()).add(a)
    people = sorted(groups)
    counts = pd.DataFrame(0, index=people, columns=list(BROKERAGE))
    for person in people:
        for a in into.get(person, ()):
            for c in out.get(person, ()):
                if a != c and (a, c) not in there:
                    counts.loc[person, _role(groups[a], groups[person], groups[c])] += 1
    return counts


def qap(left: pd.DataFrame, right: pd.DataFrame, n: int = 2000, seed: int = 0) -> dict[str, float]:
    """Return how two relations among the same people go together, against the same relation with people exchanged.

    The correlation of the cells off the diagonal (Krackhardt, 1988). Rows and columns of `right` are permuted together, so the
    shape of each relation stays; the share of permutations counts the one observed, and so is never nought.

    Parameters
    ----------
    left, right : pandas.DataFrame
        Square, the same people in rows and columns.
    n : int
        Permutations.
    seed : int

    Returns
    -------
    dict
        correlation, at_least (share of permutations as large or larger), at_most, n.

    Raises
    ------
    UndefinedStatistic
        When the people differ, are fewer than three, or a relation is the same everywhere.

    Examples
    --------
    >>> one = pd.DataFrame([[0, 1, 0], [1, 0, 0], [0, 0, 0]])
    >>> round(qap(one, one, n=50)["correlation"], 3)
    1.0
    """
    people = list(left.index)
    if set(people) != set(right.index) or people != list(left.columns) or len(people) < 3:
        raise UndefinedStatistic("Two relations are compared on the same three people or more, in rows and in columns.")
    first = left.to_numpy(dtype=float)
    second = right.loc[people, people].to_numpy(dtype=float)
    off = ~np.eye(len(people), dtype=bool)
    if np.ptp(first[off]) == 0 or np.ptp(second[off]) == 0:
        raise UndefinedStatistic("One of the relations is the same for every pair; it goes together with nothing.")
    fixed = first[off] - first[off].mean()
    fixed /= np.sqrt((fixed**2).sum())
    spread = np.sqrt(((second[off] - second[off].mean()) ** 2).sum())
    observed = float(fixed @ second[off] / spread)
    draw = np.random.default_rng(seed)
    drawn = np.empty(n)
    for number in range(n):
        order = draw.permutation(len(people))
        drawn[number] = fixed @ second[np.ix_(order, order)][off] / spread
    near = 1e-12
    return {
        "correlation": observed,
        "at_least": (int((drawn >= observed - near).sum()) + 1) / (n + 1),
        "at_most": (int((drawn <= observed + near).sum()) + 1) / (n + 1),
        "n": n,
    }


def _pairs(edges: pd.DataFrame, directed: bool) -> set[tuple]:
    there = {(a, b) for a, b in zip(edges["source"], edges["target"], strict=True) if a != b}
    return there if directed else {(a, b) if (b, a) not in there or a < b else (b, a) for a, b in there}


def _role(first: str, middle: str, last: str) -> str:
    if first == middle == last:
        return "coordinator"
    if first == last:
        return "itinerant"
    if middle == last:
        return "gatekeeper"
    return "representative" if first == middle else "liaison"
