"""OCEL 2.0 out, as JSON: one meeting with its many people, without a case that has to be chosen."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pandas as pd

from valuecreation.errors import DecisionNeeded, UnwritableStudy, listed
from valuecreation.io.logs.log import BETWEEN, Log
from valuecreation.io.logs.xes_writing import in_utc, target_of
from valuecreation.study import Study
from valuecreation.study.cells import as_text

_OBJECTS = {
    "participants": ("participant", "participant_id", ("role_group", "perspective")),
    "networks": ("network", "network_id", ("status", "programme")),
    "organisations": ("organisation", "organisation_id", ("kind",)),
}
_ALWAYS = "1970-01-01T00:00:00Z"


def write_ocel(study: Study | Log, path: str | Path, *, undated: str = "ask", overwrite: bool = False) -> Path:
    r"""Write what was held and written, or the events of a log, as OCEL 2.0 JSON for object-centric process mining.

    An activity or a document of a study is an event; participants, networks and organisations are objects, and so is what
    was used in a log. An event points at all its people at once, each with a part (host, visitor, author, other), so nothing
    is doubled or flattened. Texts and quotes are not in it. Dates without a time stand at midnight UTC.

    Parameters
    ----------
    study : Study or Log
    path : str or Path
        Ends in ``.json`` or ``.jsonocel``.
    undated : {"ask", "leave_out"}
        OCEL knows no event without a moment. With ``"ask"`` those are an error that shows them.
    overwrite : bool
        Replace the file that is there.

    Returns
    -------
    Path
        Where it was written. Who did what is in it, under pseudonyms: it stays within the study. Take out who withdrew
        first (`remove_withdrawn`).

    Raises
    ------
    DecisionNeeded
        When events have no date; ``.undecided`` holds them.
    UnwritableStudy
        When there is something already, or nothing to write.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> study = Study({
    ...     "activities": pd.DataFrame({"activity_id": ["a1"], "date": ["2025-03-04"], "work_form": ["shadowing"]}),
    ...     "participation": pd.DataFrame(
    ...         {"activity_id": ["a1", "a1"], "participant_id": ["A", "B"], "part": ["host", "visitor"]})})
    >>> path = write_ocel(study, pathlib.Path(tempfile.mkdtemp()) / "log.json")
    >>> event = json.loads(path.read_text(encoding="utf-8"))["events"][0]
    >>> event["type"], event["time"], [one["qualifier"] for one in event["relationships"]]
    ('shadowing', '2025-03-04T00:00:00Z', ['host', 'visitor'])
    """
    if not isinstance(study, (Study, Log)):
        raise UnwritableStudy(f"write_ocel writes a study or a log; this is {type(study).__name__}.")
    if undated not in ("ask", "leave_out"):
        raise UnwritableStudy(f"undated is 'ask' or 'leave_out'; not {undated!r}.")
    path = target_of(path, (".json", ".jsonocel"), overwrite)
    events = list(_of_log(study) if isinstance(study, Log) else _of_study(study))
    without = [event["id"] for event in events if event["time"] is None]
    if without and undated == "ask":
        raise DecisionNeeded(
            f"{len(without)} of {len(events)} events have no date ({listed(without, 3)}), and OCEL knows none without. "
            "Fill in their dates, or say undated='leave_out'.",
            pd.DataFrame({"event_id": without}),
        )
    events = [event for event in events if event["time"] is not None]
    if not events:
        raise UnwritableStudy("There is no dated activity, document or event, so there is nothing to write as OCEL.")
    objects = _objects(study.study if isinstance(study, Log) else study, events)
    written = {
        "objectTypes": _types(objects),
        "eventTypes": _types(events),
        "objects": [_plain(one) for one in objects],
        "events": [_plain(one) for one in sorted(events, key=lambda event: event["time"])],
    }
    try:
        path.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise UnwritableStudy(
            f"{path.as_posix()} cannot be written ({error.strerror}). Choose another place."
        ) from error
    return path


def _of_study(study: Study) -> Iterator[dict]:
    took = study.frame("participation")
    part = as_text(took["part"]).fillna("participant")
    present: dict[str, list[tuple[str, str]]] = {}
    for activity, person, role in zip(as_text(took["activity_id"]), as_text(took["participant_id"]), part, strict=True):
        if pd.notna(activity) and pd.notna(person):
            present.setdefault(activity, []).append((f"participant:{person}", role))
    for row in _rows(study, "activities"):
        people = present.get(row["activity_id"], [])
        yield {
            "id": f"activity:{row['activity_id']}",
            "type": row["work_form"] or "activity",
            "time": _midnight(row["date"]),
            "attributes": {name: row[name] for name in ("mode", "subgroup", "planned_minutes", "state")},
            "relationships": [*people, *_to("network", row["network_id"], "held by")],
        }
    for row in _rows(study, "documents"):
        yield {
            "id": f"document:{row['document_id']}",
            "type": (row["kind"] or "document") + " written",
            "time": _midnight(row["date"]),
            "attributes": {"prompted": row["prompted"], "language": row["language"]},
            "relationships": [
                *_to("participant", row["participant_id"], "author"),
                *_to("network", row["network_id"], "about"),
            ],
        }


def _of_log(log: Log) -> Iterator[dict]:
    events = in_utc(log.events, log.zone)
    for row in events.itertuples(index=False):
        others = [] if pd.isna(row.others) else row.others.split(BETWEEN)
        yield {
            "id": f"event:{row.event_id}",
            "type": row.activity if pd.notna(row.activity) else "event",
            "time": None if pd.isna(row.at) else row.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "attributes": {"minutes": None if pd.isna(row.minutes) else str(row.minutes)},
            "relationships": [
                *_to("participant", row.participant_id, "participant"),
                *((f"participant:{one}", "other") for one in others),
                *_to("used", row.activity_id, "used"),
                *_to("network", row.network_id, "held by"),
            ],
        }


def _objects(study: Study, events: list[dict]) -> list[dict]:
    objects: dict[str, dict] = {}
    for table, (kind, column, attributes) in _OBJECTS.items():
        for row in _rows(study, table):
            one = f"{kind}:{row[column]}"
            objects.setdefault(
                one,
                {"id": one, "type": kind, "attributes": {name: row[name] for name in attributes}, "relationships": []},
            )
            if table == "participants":
                objects[one]["relationships"] += _to("organisation", row["organisation_id"], "works at")
    for row in _rows(study, "memberships"):
        if f"participant:{row['participant_id']}" in objects:
            objects[f"participant:{row['participant_id']}"]["relationships"] += _to(
                "network", row["network_id"], "member of"
            )
    named = [one for thing in (*events, *objects.values()) for one, _ in thing["relationships"]]
    for one in named:
        kind = one.partition(":")[0]
        objects.setdefault(one, {"id": one, "type": kind, "attributes": {}, "relationships": []})
    for thing in objects.values():
        thing["attributes"] = {name: value for name, value in thing["attributes"].items() if value is not None}
    return list(objects.values())


def _types(things: list[dict]) -> list[dict]:
    """Return every type with the names of the attributes that its members have."""
    found: dict[str, dict[str, None]] = {}
    for thing in things:
        names = found.setdefault(thing["type"], {})
        names.update(dict.fromkeys(name for name, value in thing["attributes"].items() if value is not None))
    return [
        {"name": kind, "attributes": [{"name": name, "type": "string"} for name in names]}
        for kind, names in found.items()
    ]


def _plain(thing: dict) -> dict:
    attributes = [{"name": name, "value": value} for name, value in thing["attributes"].items() if value is not None]
    if "time" not in thing:
        attributes = [{**one, "time": _ALWAYS} for one in attributes]
    links = dict.fromkeys(thing["relationships"])
    return {
        **{name: thing[name] for name in ("id", "type", "time") if name in thing},
        "attributes": attributes,
        "relationships": [{"objectId": one, "qualifier": qualifier} for one, qualifier in links],
    }


def _rows(study: Study, table: str) -> Iterator[dict[str, str | None]]:
    if table not in study:
        return
    frame = study.frame(table)
    texts = pd.DataFrame({column: as_text(frame[column]) for column in frame if column not in ("text", "quote")})
    for row in texts.to_dict("records"):
        yield {name: None if pd.isna(value) else str(value) for name, value in row.items()}


def _midnight(day: str | None) -> str | None:
    """Return a day as a moment; what is no day is none."""
    try:
        return None if day is None else f"{datetime.fromisoformat(day):%Y-%m-%d}T00:00:00Z"
    except ValueError:
        return None


def _to(kind: str, one: object, qualifier: str) -> list[tuple[str, str]]:
    return [] if one is None or pd.isna(one) else [(f"{kind}:{one}", qualifier)]
