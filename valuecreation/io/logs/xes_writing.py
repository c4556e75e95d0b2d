"""XES out (IEEE 1849): a log for ProM, Disco and their kin, that reads back as the same events."""

import gzip
import re
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pandas as pd
from lxml import etree

from valuecreation.errors import UnknownName, UnwritableStudy
from valuecreation.io.logs.log import COLUMNS, Log
from valuecreation.io.logs.moments import zone_of
from valuecreation.io.places import as_path

EXTENSION = ("valuecreation", "vcr", "https://valuecreation.invalid/xes")
STANDARD = {"activity": "concept:name", "participant_id": "org:resource", "at": "time:timestamp"}
CASES = {"participant": "participant_id", "network": "network_id"}
_EXTENSIONS = (
    ("Concept", "concept", "http://www.xes-standard.org/concept.xesext"),
    ("Time", "time", "http://www.xes-standard.org/time.xesext"),
    ("Organizational", "org", "http://www.xes-standard.org/org.xesext"),
    EXTENSION,
)
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_xes(
    log: Log | pd.DataFrame,
    path: str | Path,
    *,
    case: str = "participant",
    zone: str | None = None,
    overwrite: bool = False,
) -> Path:
    r"""Write events as XES; `read_xes` gives the same events back.

    Parameters
    ----------
    log : Log or pandas.DataFrame
        What an import of logs gave, or its ``.events`` (or a part of these).
    path : str or Path
        Ends in ``.xes`` or ``.xes.gz``.
    case : {"participant", "network"}
        What a trace is. An event of nobody, or of no network, stands in a trace without a name. XES knows one case for an
        event; the other participants of it stay beside it, in ``vcr:others``.
    zone : str, optional
        The clock on which ``at`` is. Left out, the one of the log, or UTC.
    overwrite : bool
        Replace the file that is there.

    Returns
    -------
    Path
        Where it was written. No text of a participant is in it, but who did what is: it stays within the study.

    Raises
    ------
    UnwritableStudy
        When there is something already, or a cell holds what XML cannot.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> events = pd.DataFrame({"participant_id": ["P01"], "activity": ["visit"], "at": pd.to_datetime(["2025-03-04"])})
    >>> path = write_xes(events, pathlib.Path(tempfile.mkdtemp()) / "log.xes")
    >>> path.read_text(encoding="utf-8").count("<event>")
    1
    """
    events = log.events if isinstance(log, Log) else log
    zone = zone or (log.zone if isinstance(log, Log) else "UTC")
    if case not in CASES:
        raise UnknownName.among("case", case, CASES)
    path = target_of(path, (".xes", ".xes.gz"), overwrite)
    _check(events)
    events = in_utc(events, zone)
    try:
        with path.open("wb") as raw:
            if path.suffix.lower() == ".gz":
                with gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as packed:
                    _write(events, packed, CASES[case], zone)
            else:
                _write(events, raw, CASES[case], zone)
    except OSError as error:
        raise UnwritableStudy(
            f"{path.as_posix()} cannot be written ({error.strerror}). Choose another place."
        ) from error
    return path


def target_of(path: str | Path, endings: tuple[str, ...], overwrite: bool) -> Path:
    """Return the path of a file to write, its folder made, or say why it cannot be that."""
    path = as_path(path, UnwritableStudy, f"the path of a file that ends in {' or '.join(endings)}")
    if not path.name.lower().endswith(endings):
        raise UnwritableStudy(f"{path.name} does not end in {' or '.join(endings)}. Give it such a name.")
    if path.is_dir() or (path.exists() and not overwrite):
        raise UnwritableStudy(
            f"There is something at {path.as_posix()} already. Choose another name, or say overwrite=True to replace that file."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableStudy(
            f"{path.as_posix()} cannot be written ({error.strerror}). Choose another place."
        ) from error
    return path


def in_utc(events: pd.DataFrame, zone: str) -> pd.DataFrame:
    """Return events with ``at`` in UTC, read on the clock of a zone."""
    clock = zone_of(zone)
    if "at" not in events or events["at"].isna().all():
        return events
    if events["at"].dt.tz is not None:
        return events.assign(at=events["at"].dt.tz_convert(UTC))
    if zone == "UTC":
        return events.assign(at=events["at"].dt.tz_localize(UTC))
    moments = [
        None if pd.isna(one) else one.to_pydatetime().replace(tzinfo=clock).astimezone(UTC) for one in events["at"]
    ]
    return events.assign(at=pd.Series(moments, index=events.index, dtype="datetime64[us, UTC]"))


def _check(events: object) -> None:
    if not isinstance(events, pd.DataFrame) or "activity" not in events:
        raise UnwritableStudy(
            "write_xes writes the events of a log: a Log, or a table with at least the column activity "
            f"(and {', '.join(COLUMNS[:4])}). Read one with read_moodle, read_xapi or read_xes."
        )
    if events.columns.has_duplicates:
        raise UnwritableStudy("The events have two columns of one name; rename one of them.")
    if "at" in events and not pd.api.types.is_datetime64_any_dtype(events["at"]) and events["at"].notna().any():
        raise UnwritableStudy("The column at of the events is not of moments; make it so with pandas.to_datetime.")
    for column in events:
        if not isinstance(column, str) or _NOT_IN_XML.search(column):
            raise UnwritableStudy(f"The events have a column named {column!r}, which XML cannot hold; rename it.")
        if pd.api.types.is_string_dtype(events[column]) or events[column].dtype == object:
            for row, cell in enumerate(events[column], start=1):
                if isinstance(cell, str) and (odd := _NOT_IN_XML.search(cell)):
                    raise UnwritableStudy(
                        f"Event {row}, column {column}: the value {cell[:40]!r} holds the sign {odd.group()!r}, which XML cannot "
                        "hold. Take it out of the cell."
                    )


def _write(events: pd.DataFrame, stream, case: str, zone: str) -> None:
    columns = [str(column) for column in events.columns]
    kinds = [_kind(events[column]) for column in events.columns]
    cases = events[case] if case in events else pd.Series(None, index=events.index, dtype="str")
    names = cases.reset_index(drop=True)
    rows = list(events.itertuples(index=False, name=None))
    with etree.xmlfile(stream, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("log", {"xes.version": "1849-2016", "xmlns": "http://www.xes-standard.org/"}):
            for name, prefix, uri in _EXTENSIONS:
                file.write(etree.Element("extension", name=name, prefix=prefix, uri=uri), pretty_print=True)
            file.write(etree.Element("classifier", name="Activity", keys="concept:name"), pretty_print=True)
            file.write(etree.Element("string", key="vcr:case", value=case), pretty_print=True)
            file.write(etree.Element("string", key="vcr:zone", value=zone), pretty_print=True)
            for name, places in names.groupby(names, sort=False, dropna=False).groups.items():
                trace = etree.Element("trace")
                if pd.notna(name):
                    etree.SubElement(trace, "string", key="concept:name", value=str(name))
                for place in places:
                    event = etree.SubElement(trace, "event")
                    for tag, key, value in _attributes(columns, kinds, rows[place], case):
                        etree.SubElement(event, tag, key=key, value=value)
                    etree.SubElement(event, "int", key="vcr:_order", value=str(place))
                file.write(trace, pretty_print=True)


def _attributes(columns: list[str], kinds: list[str], row: tuple, case: str) -> Iterator[tuple[str, str, str]]:
    for column, kind, value in zip(columns, kinds, row, strict=True):
        if pd.isna(value) or (column == case and column not in STANDARD):
            continue
        if kind == "date":
            value = value.isoformat(timespec="microseconds")
        elif kind == "boolean":
            value = "true" if value else "false"
        elif kind == "float":
            value = repr(float(value))
        yield kind, STANDARD.get(column, f"vcr:{column}"), str(value)


def _kind(cells: pd.Series) -> str:
    for kind, fits in (
        ("boolean", pd.api.types.is_bool_dtype), ("int", pd.api.types.is_integer_dtype),
        ("float", pd.api.types.is_float_dtype), ("date", pd.api.types.is_datetime64_any_dtype),
    ):  # fmt: skip
        if fits(cells):
            return kind
    return "string"
