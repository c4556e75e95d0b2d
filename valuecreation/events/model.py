"""What one can ask of a log of events; the answers are small tables, the same to the digit on every engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import narwhals as nw
import pandas as pd

from valuecreation.errors import UndefinedStatistic, UnknownName
from valuecreation.events import kernels
from valuecreation.events.memory import check_fits
from valuecreation.events.parts import write_parts
from valuecreation.events.progress import progress

JOBS = ("participation", "profile", "ties", "succession")
_KEYS = ("networks", "network_id", "month", "activity", "participant_id", "other_id", "source", "target")
_WORDS = ("network_id", "activity", "participant_id", "other_id", "source", "target")


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
    given : tuple of str
        The columns that the log itself has.
    show_progress : bool
        Whether a count that takes more than three seconds says on stderr how long it is under way.

    Examples
    --------
    >>> from valuecreation.events.opening import open_events
    >>> log = pd.DataFrame({"participant_id": ["a", "b"], "at": pd.to_datetime(["2025-01-01"] * 2), "activity_id": "m1"})
    >>> open_events(log).ties()["meetings"].tolist()
    [1]
    """

    frame: nw.LazyFrame = field(repr=False)
    engine: str
    ordered: bool
    source: nw.LazyFrame = field(repr=False)
    given: tuple[str, ...] = ()
    show_progress: bool = True
    _share: Callable[[], float] | None = field(default=None, repr=False, compare=False)

    def participation(self) -> pd.DataFrame:
        """Return, for each network and month, people who took part, events, minutes, and events whose minutes are unknown.

        Returns
        -------
        pandas.DataFrame
            Columns network_id, month ("2024-09"), participants, events, minutes, unknown. People are counted in each network;
            who is in two networks is counted in both, so they do not add up to people (`people` does).

        Raises
        ------
        WillNotFit
            Before it starts, like every count here.

        Examples
        --------
        >>> from valuecreation.events.opening import open_events
        >>> log = pd.DataFrame({"participant_id": ["a", "b"], "at": pd.to_datetime(["2025-01-01"] * 2), "minutes": [60, 90]})
        >>> open_events(log).participation()[["month", "participants", "minutes"]].to_numpy().tolist()
        [['2025-01', 2, 150]]
        """
        return self._told("participation", kernels.participation(self.frame))

    def profile(self) -> pd.DataFrame:
        """Return the same for each activity apart: network_id, month, activity, participants, events, minutes, unknown.

        Returns
        -------
        pandas.DataFrame

        Examples
        --------
        >>> from valuecreation.events.opening import open_events
        >>> log = pd.DataFrame({"participant_id": ["a", "b"], "at": pd.to_datetime(["2025-01-01"] * 2), "activity": ["x", "y"]})
        >>> open_events(log).profile()["activity"].tolist()
        ['x', 'y']
        """
        return self._told("profile", kernels.profile(self.frame))

    def ties(self, by: str | None = None) -> pd.DataFrame:
        """Return who was with whom: in how many activities, and for how long.

        The minutes of two people in one activity are those of who was there shorter; when both were there is not known of a log,
        so this is the most that they can have been there together.

        Parameters
        ----------
        by : {"month"}, optional
            Each month apart; an activity lies in the first month in which both of the two had been there.

        Returns
        -------
        pandas.DataFrame
            Columns network_id, (month,) participant_id, other_id (after the first by code points), meetings, minutes, unknown
            (meetings of which the minutes are not known).

        Raises
        ------
        WillNotFit
            Before it starts, when the pairs would need more memory than there is.
        UnknownName
            Of something else than the month.

        Examples
        --------
        >>> from valuecreation.events.opening import open_events
        >>> log = pd.DataFrame({"participant_id": ["a", "b"], "at": pd.to_datetime(["2025-01-01"] * 2), "activity_id": "m1"})
        >>> open_events(log).ties(by="month")[["month", "participant_id", "other_id"]].to_numpy().tolist()
        [['2025-01', 'a', 'b']]
        """
        if by not in (None, "month"):
            raise UnknownName.among("period of ties", by, ("month",))
        return self._told("ties", kernels.ties(self.frame, by))

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
        UndefinedStatistic
            When events of one person share moment and event_id, or have no event_id, so that nobody knows which came first; or of
            a lag below one.

        Examples
        --------
        >>> from valuecreation.events.opening import open_events
        >>> days = pd.to_datetime(["2025-01-01", "2025-01-02"])
        >>> log = pd.DataFrame({"participant_id": "a", "at": days, "activity": ["visit", "diary"]})
        >>> open_events(log).succession()[["source", "target", "count"]].to_numpy().tolist()
        [['visit', 'diary', 1]]
        """
        if isinstance(lag, bool) or not isinstance(lag, int) or lag < 1:
            raise UndefinedStatistic(f"What follows is one step on or more; lag={lag!r} is none of these.")
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
        return _plain(per.group_by("networks").agg(nw.len().alias("participants")))

    def parts(self, folder: str | Path, count: int = 16) -> list[str]:
        """Write the log as Parquet in parts, each network whole in one, for `map_events` to count one by one or side by side.

        Parameters
        ----------
        folder : str or Path
            New or empty.
        count : int
            The most parts; with fewer networks there are fewer.

        Returns
        -------
        list of str
            A pattern of files for each part. Of moments with a time zone give `map_events` the zone as well.

        Raises
        ------
        UnwritableStudy
            When something is in the folder, or the log is on another engine than pandas and DuckDB.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> from valuecreation.events.opening import open_events
        >>> log = pd.DataFrame({"participant_id": ["a", "b"], "at": pd.to_datetime(["2025-01-01"] * 2)})
        >>> with TemporaryDirectory() as folder:
        ...     len(open_events(log).parts(folder))
        1
        """
        with progress(f"parts on {self.engine}", self._share, self.show_progress):
            return write_parts(self.source.select(*self.given), self.engine, Path(folder), count)

    def left_out(self) -> pd.DataFrame:
        """Return how many rows cannot be counted, and why: reason, rows.

        Returns
        -------
        pandas.DataFrame
        """
        rows = []
        for name in ("participant_id", "at"):
            missing = self.source.filter(nw.col(name).is_null()).select(nw.len().alias("rows"))
            rows.append((f"no {name}", int(_plain(missing)["rows"].iloc[0])))
        return pd.DataFrame(rows, columns=["reason", "rows"])

    def __repr__(self) -> str:
        return f"<Events on {self.engine}{'' if self.ordered else ', without event_id'}>"

    def _told(self, job: str, made: nw.LazyFrame) -> pd.DataFrame:
        check_fits(job, self.frame, self.engine)
        with progress(f"{job} on {self.engine}", self._share, self.show_progress):
            table = _plain(made)
        if "unplaced" in table:
            unplaced = int(table.pop("unplaced").sum())
            if unplaced:
                raise UndefinedStatistic(
                    f"{unplaced} events have no place in the order: they share participant, moment and event_id with another, or "
                    "have no event_id. Give every event an event_id of its own, or use same_day='together'."
                )
        if "target" in table:
            table = table[table["target"].notna()].reset_index(drop=True)
        if "month" in table:
            place, months = pd.factorize(table["month"])
            named = pd.Series([f"{one // 12:04d}-{one % 12 + 1:02d}" for one in months], dtype="str")
            table["month"] = named.array.take(place)
        return table


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of counts in its one order: by its keys, from the left.

    Parameters
    ----------
    table : pandas.DataFrame

    Returns
    -------
    pandas.DataFrame

    Examples
    --------
    >>> in_order(pd.DataFrame({"network_id": ["b", "a"], "events": [1, 2]}))["events"].tolist()
    [2, 1]
    """
    keys = [name for name in _KEYS if name in table]
    return table.sort_values(keys, ignore_index=True) if keys else table


def _plain(made: nw.LazyFrame) -> pd.DataFrame:
    """Return a pandas table in one order and with one type a column, whatever engine made it."""
    columns = made.collect_schema().names()
    table = made.collect(backend="pandas").to_native()[columns].reset_index(drop=True)
    for name in columns:
        table[name] = table[name].astype("str" if name in _WORDS else "int64")
    return in_order(table)
