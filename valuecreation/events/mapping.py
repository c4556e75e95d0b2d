"""Counting events in parts, each network whole in one of them, here or on many machines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import pandas as pd

from valuecreation.errors import UndefinedStatistic, UnknownName
from valuecreation.events.model import JOBS, in_order
from valuecreation.events.opening import open_events


def map_events(
    job: str, parts: Iterable[object], map: Callable = map, *, zone: str = "UTC", **options: object
) -> pd.DataFrame:
    """Count a log in parts and put the tables together; the same as counting it whole.

    Parameters
    ----------
    job : {"participation", "profile", "ties", "succession"}
    parts : iterable
        What `open_events` takes; `Events.parts` writes such parts. Every network lies whole in one part: people are counted
        within a network, so who is in two networks counts in both here as they do in the whole, and no network may lie in two
        parts.
    map : callable
        The built-in, or that of an executor, of Dask's client, of Spark's RDD (then give ``lambda f, parts:
        rdd.map(f).collect()``).
    zone : str
        As `open_events` takes it.
    **options
        For the job: lag and same_day of a succession, by of ties.

    Returns
    -------
    pandas.DataFrame

    Raises
    ------
    UndefinedStatistic
        When a network lies in two parts, for then its people would be counted twice.

    Examples
    --------
    >>> rows = pd.DataFrame({"participant_id": ["a", "b"], "at": pd.to_datetime(["2025-01-01", "2025-01-02"])})
    >>> map_events("participation", [rows.assign(network_id="n1"), rows.assign(network_id="n2")])["participants"].tolist()
    [2, 2]
    """
    if job not in JOBS:
        raise UnknownName.among("count", job, JOBS)
    tables = list(map(partial(_count, job, zone, options), parts))
    seen: set[str] = set()
    for table in tables:
        twice = sorted(seen & set(table["network_id"]))
        if twice:
            raise UndefinedStatistic(f"Network {twice[0]} lies in two parts; put all its events in one.")
        seen |= set(table["network_id"])
    if not tables:
        raise UndefinedStatistic("There are no parts to count.")
    return in_order(pd.concat(tables, ignore_index=True))


def _count(job: str, zone: str, options: dict, part: object) -> pd.DataFrame:
    return getattr(open_events(part, zone=zone, progress=False), job)(**options)
