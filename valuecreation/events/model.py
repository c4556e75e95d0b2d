"""What one can ask of a log of events; the answers are small tables, the same to the digit on every engine."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

import narwhals as nw
import pandas as pd

from valuecreation.errors import UnknownName, WillNotFit
from valuecreation.events import kernels

_KEYS = {
    "participation": ["network_id", "month"],
    "profile": ["network_id", "month", "activity"],
    "ties": ["network_id", "participant_id", "other_id"],
    "succession": ["network_id", "source", "target"],
}
# Peak memory for each row in pandas, measured by benchmarks/events.py at ten million rows, the largest of the jobs.
BYTES_PER_ROW = 320


@dataclass(frozen=True, repr=False)
class Events:
    """A log of events that can be counted.

    Attributes
    ----------
    frame : narwhals.LazyFrame
        Columns network_id, participant_id, event_id, at, day, month, activity, activity_id, minutes, unknown.
    engine : str
        What does the work: pandas, duckdb, pyspark ...
    ordered : bool
        Whether there is an event_id, which makes the order of events of one moment total.
    """

    frame: nw.LazyFrame = field(repr=False)
    engine: str
    ordered: bool
    source: nw.LazyFrame = field(repr=False)

    def participation(self) -> pd.DataFrame:
        """Return, for each network and month, people who took part, events, minutes, and events whose minutes are unknown.

        Returns
        -------
        pandas.DataFrame
            Columns network_id, month ("2024-09"), participants, events, minutes, unknown. People are counted in each network;
            who is in two networks is counted in both, so they do not add up to people (`people` does).
        """
        return self._told("participation", kernels.participation(self.frame))

    def profile(self) -> pd.DataFrame:
        """Return the same for each activity apart: network_id, month, activity, participants, events, minutes, unknown.

        Returns
        -------
        pandas.DataFrame
        """
        return self._told("profile", kernels.profile(self.frame))

    def ties(self) -> pd.DataFrame:
        """Return who was with whom: in how many activities, and for how long.

        Returns
        -------
        pandas.DataFrame
            Columns network_id, participant_id, other_id (after the first in the alphabet), meetings, minutes (in each the fewer
            of the two), unknown (meetings of which that is not known).

        Raises
        ------
        WillNotFit
            Before it starts, when pairing in memory would need more of it than there is.
        """
        self._fits()
        return self._told("ties", kernels.ties(self.frame))

    def succession(self, lag: int = 1, same_day: str = "together") -> pd.DataFrame:
        """Return which activity follows which within a person of a network. This is an order in time and no value flow.

        Parameters
        ----------
        lag : int
            How many steps on.
        same_day : {"together", "ordered"}
            One day is one step without an order; or every event is one, by moment and then by event_id.

        Returns
        -------
        pandas.DataFrame
            Columns network_id, source, target, count, participants.

        Raises
        ------
        UnknownName
            Of an order that is none of the two, or ``"ordered"`` without event_id.
        """
        if same_day not in ("together", "ordered"):
            raise UnknownName.among("order within a day", same_day, ("together", "ordered"))
        if same_day == "ordered" and not self.ordered:
            raise UnknownName("Without a column event_id events of one moment have no order; use same_day='together'.")
        return self._told("succession", kernels.succession(self.frame, lag, same_day))

    def people(self) -> pd.DataFrame:
        """Return in how many networks people are: networks, participants. Nobody is in it twice.

        Returns
        -------
        pandas.DataFrame
        """
        per = self.frame.group_by("participant_id").agg(nw.col("network_id").n_unique().alias("networks"))
        return _plain(per.group_by("networks").agg(nw.len().alias("participants")), ["networks"])

    def left_out(self) -> pd.DataFrame:
        """Return how many rows cannot be counted, and why: reason, rows.

        Returns
        -------
        pandas.DataFrame
        """
        rows = []
        for name in ("participant_id", "at"):
            missing = self.source.filter(nw.col(name).is_null()).select(nw.len().alias("rows"))
            rows.append((f"no {name}", int(_plain(missing, [])["rows"].iloc[0])))
        return pd.DataFrame(rows, columns=["reason", "rows"])

    def __repr__(self) -> str:
        return f"<Events on {self.engine}{'' if self.ordered else ', without event_id'}>"

    def _told(self, job: str, made: nw.LazyFrame) -> pd.DataFrame:
        table = _plain(made, _KEYS[job])
        if "month" in table:
            table["month"] = [f"{one // 12:04d}-{one % 12 + 1:02d}" for one in table["month"]]
        return table

    def _fits(self) -> None:
        free = _free_memory()
        if self.engine != "pandas" or free is None:
            return
        inside = self.frame.filter(~nw.col("activity_id").is_null())
        sizes = inside.group_by("network_id", "activity_id").agg(nw.len().alias("size"))
        pairs = sizes.select(rows=(nw.col("size") * nw.col("size")).sum())
        needed = int(_plain(pairs, [])["rows"].iloc[0]) * BYTES_PER_ROW
        if needed > free:
            raise WillNotFit(
                f"Pairing everybody with everybody in these activities takes about {needed / 1e9:.1f} GB and {free / 1e9:.1f} GB "
                "is free. Write the events to Parquet and open the files, so that DuckDB does it on disk; or map the networks "
                "one by one (vc.map_events)."
            )


def _plain(made: nw.LazyFrame, keys: list[str]) -> pd.DataFrame:
    """Return a pandas table in one order and with one type a column, whatever engine made it."""
    columns = made.collect_schema().names()
    table = made.collect(backend="pandas").to_native()[columns].reset_index(drop=True)
    for name in columns:
        whole = name not in ("network_id", "participant_id", "other_id", "source", "target", "activity")
        table[name] = table[name].astype("int64" if whole else "str")
    return table.sort_values(keys, ignore_index=True) if keys else table


def _free_memory() -> int | None:
    """Return the bytes that are free, where the system says so."""
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return None
