"""Opening a log of events: a study, a table in memory, files that are larger than memory, or a table on a cluster."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from glob import glob
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import narwhals as nw
import pandas as pd

from valuecreation.errors import DecisionNeeded, MissingTable, UnreadableStudy
from valuecreation.events.minutes import whole_minutes
from valuecreation.events.model import Events
from valuecreation.study import Study
from valuecreation.study.withdrawal import withdrawn

_NEEDED = ("participant_id", "at")
_TEXT = ("network_id", "participant_id", "activity", "activity_id")


def open_events(source: object, *, zone: str = "UTC", progress: bool = True) -> Events:
    """Open a log of events, wherever it is.

    Parameters
    ----------
    source : str, Path, Study or table
        A pattern of Parquet or CSV files (``"events/*.parquet"``), read by DuckDB without loading them; a study (its activities
        and participation); a DataFrame of pandas, a relation of DuckDB, a DataFrame of Spark. Columns: participant_id, at (date
        or moment), and where they are known network_id, event_id (makes the order total), activity (what kind), activity_id
        (which one), minutes (whole minutes; empty where they are not known; 90.0 and " 90 " are ninety).
    zone : str
        Where moments with a time zone (``2025-03-31T23:30Z``) have their day and month: ``"Europe/Amsterdam"``. Moments without
        one are taken as they stand.
    progress : bool
        Whether a count of more than three seconds says on stderr how long it is under way.

    Returns
    -------
    Events

    Raises
    ------
    UnreadableStudy
        No such files, or something that is no table of events.
    MissingTable
        A column that cannot be done without, or of a kind that cannot be used.
    DecisionNeeded
        When the DuckDB connection or Spark session of the table given tells moments in another zone than `zone`.

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> open_events(load_example("lindehout")).participation()["month"].iloc[0]
    '2024-09'
    """
    share = files = None
    if isinstance(source, (str, Path)):
        native, share, files = _files(str(source), zone)
    elif isinstance(source, Study):
        native = _of_study(source)
    else:
        native = source
    try:
        frame = nw.from_native(native).lazy()
    except TypeError as cause:
        raise UnreadableStudy(
            f"Events are a pattern of files, a study, or a table of pandas, DuckDB or Spark; this is {type(source).__name__}."
        ) from cause
    return _prepared(frame, zone, progress, share, files)


def _prepared(
    frame: nw.LazyFrame, zone: str, progress: bool, share: Callable[[], float] | None, files: list[str] | None = None
) -> Events:
    schema = frame.collect_schema()
    for name in _NEEDED:
        if name not in schema:
            raise MissingTable(
                f"Events need a column {name}; these have {', '.join(schema)}. Rename the column that holds it."
            )
    if schema["at"] not in (nw.Datetime, nw.Date):
        raise MissingTable(
            f"Column at of the events holds {schema['at']} and no dates or moments. Turn it into dates first "
            "(pd.to_datetime(events['at'])), and settle there whether 3-4 is in March or in April."
        )
    frame = _in_zone(frame, schema["at"], zone)
    ordered = "event_id" in schema
    if "minutes" in schema and not schema["minutes"].is_integer():
        frame = whole_minutes(frame, files)
    filled = {name: nw.lit(None, dtype=nw.String) for name in ("activity", "activity_id") if name not in schema}
    if "network_id" not in schema:
        filled["network_id"] = nw.lit("all")
    if "minutes" not in schema:
        filled["minutes"] = nw.lit(0)
    frame = frame.with_columns(**filled) if filled else frame
    frame = frame.with_columns(*(nw.col(name).cast(nw.String) for name in _TEXT))
    frame = frame.with_columns(nw.col("network_id").fill_null("unknown"))
    source = frame
    at = nw.col("at")
    given = tuple(name for name in (*_TEXT, "event_id", "at", "minutes") if name in schema)
    engine = str(frame.implementation).split(".")[-1].lower()
    known = "minutes" in schema
    missing = nw.when(nw.col("minutes").is_null()).then(nw.lit(1)).otherwise(nw.lit(0)) if known else nw.lit(1)
    frame = frame.filter(~nw.col("participant_id").is_null(), ~at.is_null()).with_columns(
        day=at.dt.year().cast(nw.Int64) * 10_000 + at.dt.month().cast(nw.Int64) * 100 + at.dt.day().cast(nw.Int64),
        month=at.dt.year().cast(nw.Int64) * 12 + at.dt.month().cast(nw.Int64) - 1,
        unknown=missing.cast(nw.Int64),
        minutes=nw.col("minutes").fill_null(0).cast(nw.Int64),
    )
    return Events(frame, engine, ordered, source, given, progress, share)


def _in_zone(frame: nw.LazyFrame, kind, zone: str) -> nw.LazyFrame:
    """Return moments told in one zone. DuckDB and Spark tell them in the zone of their session, which is the user's to set."""
    _check_zone(zone)
    told = getattr(kind, "time_zone", None)
    if told is not None and hasattr(
        nw.to_native(frame), "sparkSession"
    ):  # asked anew: narwhals remembers what it was at first
        told = nw.to_native(frame).sparkSession.conf.get("spark.sql.session.timeZone")
    if told is None or _same_zone(told, zone):
        return frame
    engine = str(frame.implementation).split(".")[-1].lower()
    if engine in ("pandas", "polars"):
        return frame.with_columns(nw.col("at").dt.convert_time_zone(zone))
    setting = {
        "duckdb": f"connection.execute(\"SET TimeZone = '{zone}'\")",
        "pyspark": f"spark.conf.set('spark.sql.session.timeZone', '{zone}')",
    }
    raise DecisionNeeded(
        f"Column at of the events holds moments with a time zone, which {engine} tells here as in {told}, and days and "
        f"months are asked as in {zone}. Say open_events(..., zone={told!r}) to have them as in {told}"
        + (f", or first {setting[engine]}." if engine in setting else ".")
    )


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as cause:
        raise DecisionNeeded(f"{zone!r} is no time zone; write it as 'Europe/Amsterdam' or 'UTC'.") from cause


def _same_zone(one: str, other: str) -> bool:
    return one.removeprefix("Etc/") == other.removeprefix("Etc/")


def _files(pattern: str, zone: str):
    """Return the files as a relation that is not read yet, what says how far DuckDB is, and which they are."""
    import duckdb

    found = sorted(glob(pattern, recursive=True))
    if not found:
        raise UnreadableStudy(f'There is no file {pattern}. Name Parquet or CSV files: "events/*.parquet".')
    endings = {Path(one).suffix.lower() for one in found}
    connection = duckdb.connect(config={"temp_directory": str(Path(tempfile.gettempdir()) / "valuecreation-duckdb")})
    _check_zone(zone)
    connection.execute(f"SET TimeZone = '{zone}'")
    connection.execute("SET enable_progress_bar = true")  # so that it knows how far it is; what is shown is ours
    connection.execute("SET enable_progress_bar_print = false")
    if endings == {".parquet"}:
        return connection.read_parquet(found, union_by_name=True), connection.query_progress, found
    if endings <= {".csv", ".gz"}:
        return connection.read_csv(found, union_by_name=True), connection.query_progress, found
    raise UnreadableStudy(
        f"{pattern}: files ending in {', '.join(sorted(endings))}; events are read from .parquet or .csv."
    )


def _of_study(study: Study) -> pd.DataFrame:
    took = study.need("participation", "activity_id", "participant_id", purpose="Events")
    took = took[~withdrawn(study, took[["participant_id"]].assign(document_id="all"))]
    held = study.need("activities", "activity_id", "date", purpose="Events").drop_duplicates("activity_id")
    if "state" in held:
        held = held[~held["state"].isin(["cancelled", "moved"])]
    rows = took.merge(held[["activity_id", "date", "work_form", "network_id"]], on="activity_id")
    made = pd.DataFrame(
        {
            "event_id": range(len(rows)), "network_id": rows["network_id"], "participant_id": rows["participant_id"],
            "at": pd.to_datetime(rows["date"], errors="coerce"), "activity": rows["work_form"],
            "activity_id": rows["activity_id"], "minutes": rows["minutes"].astype("Int64"),
        }
    )  # fmt: skip
    return made
