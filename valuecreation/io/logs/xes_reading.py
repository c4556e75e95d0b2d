"""XES in (IEEE 1849): event logs of process mining, read without entities, network or a document type."""

import io
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from lxml import etree

from valuecreation.errors import DecisionNeeded, UnknownName, UnreadableStudy
from valuecreation.io.logs.cells import read_bytes
from valuecreation.io.logs.log import COLUMNS, TYPES, Log, joined, ordered, study_of
from valuecreation.io.logs.moments import as_moments, as_written, on_clock, read_iso, zone_of
from valuecreation.io.logs.notes import EVENT, Notes
from valuecreation.io.logs.pseudonyms import Pseudonyms, without_names
from valuecreation.io.logs.xes_writing import CASES, EXTENSION, STANDARD

_VALUES = ("string", "date", "int", "float", "boolean", "id")
_COLUMN_OF = {key: column for column, key in STANDARD.items()}
_READ = {*_COLUMN_OF, "concept:instance", "lifecycle:transition"}


def read_xes(
    path: str | Path,
    *,
    case: str | None = None,
    keep: Iterable[str] = (),
    zone: str | None = None,
    key: pd.DataFrame | None = None,
) -> Log:
    r"""Read an XES log, ``.xes`` or ``.xes.gz``; what `write_xes` wrote comes back as the same events.

    Parameters
    ----------
    path : str or Path
    case : {"participant", "network"}, optional
        What a trace of the file is: a person, or a network (a group, a course). Only a person can say, since a case may be
        called by somebody's name. A log of `write_xes` says it itself.
    keep : iterable of str
        Other attributes of events to keep as columns, by their key: ``["cost:total"]``. Others are named in a finding.
    zone : str, optional
        The clock on which ``at`` is shown. Left out, the one that `write_xes` noted, or UTC.
    key : pandas.DataFrame, optional
        From an earlier reading, so that the same name gets the same pseudonym.

    Returns
    -------
    Log
        With ``lifecycle`` beside the usual columns where the file has it: starts and ends are events of their own, and are
        not paired by guess.

    Raises
    ------
    DecisionNeeded
        When nobody said what a trace is.
    UnreadableStudy
        When it is no XES, or has a document type.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "log.xes"
    >>> _ = path.write_text('<log><trace><string key="concept:name" value="north"/><event>'
    ...     '<string key="concept:name" value="visit"/><string key="org:resource" value="Fenna"/>'
    ...     '<date key="time:timestamp" value="2025-03-04T10:30:00+01:00"/></event></trace></log>', encoding="utf-8")
    >>> log = read_xes(path, case="network", zone="Europe/Amsterdam")
    >>> log.events[["network_id", "participant_id", "activity"]].to_numpy().tolist(), str(log.events["at"][0])
    ([['north', 'P01', 'visit']], '2025-03-04 10:30:00')
    """
    if case is not None and case not in CASES:
        raise UnknownName.among("case", case, CASES)
    path, content = read_bytes(path, "an XES log, .xes or .xes.gz")
    notes = Notes("events", path.name, EVENT)
    log, traces = _parsed(content, path.name)
    own = log.get("vcr:case")
    zone = zone or log.get("vcr:zone") or "UTC"
    case = next((name for name, column in CASES.items() if column == own), case)
    if case is None:
        with_people = sum("org:resource" in event for _, events in traces for event, _ in events)
        raise DecisionNeeded(
            f"{path.name} has {len(traces)} traces, and {with_people} of its events name who did them (org:resource). "
            "What a trace is only a person can say: case='participant' when it is somebody, case='network' when it is a group."
        )
    if own in CASES.values():
        return _own(traces, own, zone, notes)
    return _foreign(traces, case, [str(one) for one in keep], zone, key, notes)


def _parsed(content: bytes, name: str) -> tuple[dict, list[tuple[dict, list[tuple[dict, int]]]]]:
    """Return the attributes of the log, and of each trace its own and those of its events with their number in the file."""
    log: dict[str, object] = {}
    traces: list[tuple[dict, list[tuple[dict, int]]]] = []
    number = 0
    try:
        walk = etree.iterparse(
            io.BytesIO(content), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        for step, element in walk:
            tag = etree.QName(element).localname
            parent = element.getparent()
            if step == "start":
                if parent is None:
                    _check_root(element, tag, name)
                continue
            if tag == "trace":
                events = []
                for one in element:
                    if etree.QName(one).localname == "event":
                        number += 1
                        events.append((_attributes(one), number))
                traces.append((_attributes(element), events))
                element.clear()
            elif parent is not None and parent.getparent() is None:
                if tag in _VALUES:
                    log[element.get("key")] = element.get("value")
                elif tag == "event":
                    number += 1
                    traces.append(({}, [(_attributes(element), number)]))
                    element.clear()
                elif tag == "extension" and element.get("uri") == EXTENSION[2]:
                    log["own"] = True
    except etree.XMLSyntaxError as error:
        raise UnreadableStudy(
            f"{name}, line {error.lineno}: it is no XML that can be read ({error.msg}). Export it again as XES."
        ) from error
    if not any(events for _, events in traces):
        raise UnreadableStudy(f"{name} has no events in it; there is nothing to read.")
    return log if log.pop("own", False) else {}, traces


def _check_root(element: etree._Element, tag: str, name: str) -> None:
    docinfo = element.getroottree().docinfo
    if docinfo.doctype or docinfo.internalDTD is not None:
        raise UnreadableStudy(
            f"{name} has a document type (<!DOCTYPE>), with which a file can fetch or blow up things; it was not read. XES has "
            "none: take that line out."
        )
    if tag != "log":
        raise UnreadableStudy(f"{name} is XML of another kind: it begins with <{tag}>, where XES begins with <log>.")


def _attributes(element: etree._Element) -> dict[str, tuple[str, str]]:
    found = {}
    for one in element:
        tag = etree.QName(one).localname
        if tag in _VALUES and one.get("key") is not None and one.get("value") is not None:
            found[one.get("key")] = (tag, one.get("value"))
    return found


def _text(attributes: dict, name: str) -> str | None:
    return attributes[name][1] if name in attributes else None


def _moments(cells: list[str | None], numbers: list[int], zone: str, notes: Notes) -> tuple[pd.Series, pd.Series, list]:
    clock = zone_of(zone)
    at, order, written = [], [], []
    for number, cell in zip(numbers, cells, strict=True):
        moment = read_iso(cell)
        if cell is None:
            notes.add("log_no_time", number, "time:timestamp")
        elif moment is None:
            notes.add("log_time_unread", number, "time:timestamp", as_written(cell))
        elif moment.tzinfo is None:
            notes.add("xes_no_offset", number, "time:timestamp", cell, zone=zone)
        here, utc = on_clock(moment, clock)
        at.append(here)
        order.append(utc)
        written.append(as_written(cell) if moment is None and cell is not None else None)
    return as_moments(at), as_moments(order), written


def _foreign(traces: list, case: str, keep: list[str], zone: str, key: pd.DataFrame | None, notes: Notes) -> Log:
    rows = [(_text(trace, "concept:name"), event, number) for trace, events in traces for event, number in events]
    people = Pseudonyms(key)
    resources = [_text(event, "org:resource") for _, event, _ in rows]
    named = [name for name, _, _ in rows] if case == "participant" else []
    if people.keep({one for one in (*resources, *named) if one}):
        notes.add("log_pseudonyms_kept", None, "participant_id")
    who, others = [], []
    for (name, _, number), resource in zip(rows, resources, strict=True):
        one = people.of(name if case == "participant" else resource)
        two = people.of(resource) if case == "participant" else None
        if one is None:
            notes.add("log_no_person", number, "participant_id")
        who.append(one)
        others.append(joined([two]) if two != one else None)
    numbers = [number for _, _, number in rows]
    at, order, written = _moments([_text(event, "time:timestamp") for _, event, _ in rows], numbers, zone, notes)
    made = {
        "network_id": [name for name, _, _ in rows] if case == "network" else None,
        "participant_id": who, "at": at, "others": others, "at_written": written, "source_row": numbers,
    }  # fmt: skip
    for column, name in (("activity", "concept:name"), ("activity_id", "concept:instance"),
                         ("lifecycle", "lifecycle:transition"), *((name, name) for name in keep)):  # fmt: skip
        cells = [_text(event, name) for _, event, _ in rows]
        texts = {cell for cell in cells if cell}
        if texts and (changed := without_names(texts, people.names())):
            notes.add("log_names_replaced", None, column, len(changed))
            cells = [changed.get(cell, cell) for cell in cells]
        if column == "activity":
            for number, cell in zip(numbers, cells, strict=True):
                if cell is None:
                    notes.add("xes_no_activity", number, "activity")
        if column in ("activity", "activity_id") or any(cell is not None for cell in cells):
            made[column] = cells
        elif column in keep:
            notes.add("xes_keep", None, None, column)
    left = dict.fromkeys(name for _, event, _ in rows for name in event if name not in _READ and name not in keep)
    if left:
        notes.add("xes_left", None, None, ", ".join(left))
    if "lifecycle" in made and len(set(made["lifecycle"])) > 1:
        notes.add("xes_lifecycle", None, "lifecycle", ", ".join(dict.fromkeys(filter(None, made["lifecycle"]))))
    events = ordered(made, order)
    found = notes.findings()
    return Log(study_of(events, found, name="xes"), events, people.key(), tuple(found), zone)


def _own(traces: list, case: str, zone: str, notes: Notes) -> Log:
    """Return the events of a log that `write_xes` wrote, column by column as they were."""
    notes.add("xes_own", None, "participant_id")
    rows = []
    for trace, events in traces:
        for event, number in events:
            row = {_COLUMN_OF.get(name, name.removeprefix("vcr:")): value for name, value in event.items()}
            if case not in row and "concept:name" in trace:
                row[case] = trace["concept:name"]
            rows.append((int(row.pop("_order", ("int", number))[1]), row, number))
    rows.sort(key=lambda one: one[0])
    numbers = [number for _, _, number in rows]
    moments = [row["at"][1] if "at" in row else None for _, row, _ in rows]
    at, _, written = _moments(moments, numbers, zone, Notes("events", notes.file))
    columns = dict.fromkeys([*COLUMNS, *(name for _, row, _ in rows for name in row)])
    made = {}
    for name in columns:
        cells = [row.get(name) for _, row, _ in rows]
        made[name] = at if name == "at" else _typed(name, cells)
    for number, cell in zip(numbers, written, strict=True):
        if cell is not None:
            notes.add("log_time_unread", number, "time:timestamp", cell)
    events = pd.DataFrame(made)
    if events["event_id"].isna().any() or not events["event_id"].is_unique:
        events["event_id"] = ordered({}, pd.Series(range(len(events))))["event_id"]
    found = notes.findings()
    return Log(study_of(events, found, name="xes"), events, Pseudonyms().key(), tuple(found), zone)


def _typed(name: str, cells: list[tuple[str, str] | None]) -> pd.Series:
    kinds = {cell[0] for cell in cells if cell is not None}
    values = [None if cell is None else cell[1] for cell in cells]
    try:
        if name in TYPES or kinds == {"int"}:
            return pd.Series([None if value is None else int(value) for value in values], dtype="Int64")
        if kinds == {"float"}:
            return pd.Series([None if value is None else float(value) for value in values], dtype="float64")
        if kinds == {"boolean"}:
            return pd.Series(
                [None if value is None else value.strip() in ("true", "1") for value in values], dtype="boolean"
            )
        if kinds == {"date"}:
            return as_moments([on_clock(read_iso(value), zone_of("UTC"))[0] for value in values])
    except (ValueError, OverflowError) as error:
        raise UnreadableStudy(
            f"The attribute vcr:{name} holds what is no number ({error}). Write the log anew."
        ) from error
    return pd.Series(values, dtype="str")
