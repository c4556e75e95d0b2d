"""Co-occurrence on a million coded lines, beside the same counts by merging in pandas."""

from itertools import combinations

import numpy as np
import pandas as pd

CODES = 8
SETUP = "from benchmarks import cooccurrence as c; lines, conversation, units = c.million({rows})"
OURS = "c.network(lines, conversation, units)"
PLAIN = "c.by_merging(lines, conversation, units)"


def million(rows: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return lines x codes, conversations of fifty lines, and 12,000 units, from a seeded generator."""
    rng = np.random.default_rng(2026)
    return rng.random((rows, CODES)) < 0.15, np.arange(rows) // 50, rng.integers(0, 12_000, rows)


def network(lines: np.ndarray, conversation: np.ndarray, units: np.ndarray, window: int = 4):
    from valuecreation.stats.epistemic import accumulate, connected, epistemic_network

    pairs = list(combinations(range(CODES), 2))
    return epistemic_network(accumulate(connected(lines, conversation, window), units, pairs), list(range(CODES)))


def by_merging(lines: np.ndarray, conversation: np.ndarray, units: np.ndarray, window: int = 4) -> pd.Series:
    """Count the same pairs by joining each line with those of its window; without the map."""
    row, code = np.nonzero(lines)
    long = pd.DataFrame({"row": row, "code": code})
    parts = []
    for back in range(window):
        earlier = long.assign(row=long["row"] + back)
        earlier = earlier[earlier["row"] < len(lines)]
        earlier = earlier[conversation[earlier["row"]] == conversation[earlier["row"] - back]]
        both = long.merge(earlier, on="row")
        both = both[both["code_x"] != both["code_y"]]
        low, high = both[["code_x", "code_y"]].min(axis=1), both[["code_x", "code_y"]].max(axis=1)
        parts.append(pd.DataFrame({"row": both["row"], "low": low, "high": high}))
    met = pd.concat(parts).drop_duplicates()
    return met.assign(unit=units[met["row"]]).groupby(["unit", "low", "high"]).size()
