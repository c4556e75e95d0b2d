"""xAPI statements, 1.0.3 and 2.0, into events: who did what with which object, with whom, when and how long."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from valuecreation.io.logs.durations import exact_minutes, whole_minutes
from valuecreation.io.logs.log import Log, joined, ordered, study_of
from valuecreation.io.logs.moments import as_moments, as_written, on_clock, read_iso, zone_of
from valuecreation.io.logs.notes import STATEMENT, Notes
from valuecreation.io.logs.statements import Statement, read_statements, without_voided
from valuecreation.io.logs.xapi_cleaning import without_people
from valuecreation.io.logs.xapi_people import Agents, Who

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_MADE = (
    "network_id", "participant_id", "moment", "at", "order", "at_written", "activity", "activity_id", "minutes", "others",
    "source_row", "verb", "activity_name", "object_type", "parent_id", "at_from", "statement_id", "source_file",
)  # fmt: skip


def read_xapi(
    paths: str | Path | Iterable[str | Path],
    *,
    identities: Mapping[str, str] | None = None,
    zone: str = "UTC",
    network: str | None = None,
    responses: bool = False,
    key: pd.DataFrame | None = None,
) -> Log:
    r"""Read xAPI statements: a JSON array, one statement, what a record store answers, or a statement on each line.

    Every statement that stands is an event. One without a moment is kept and said; its time of storing is used where there is
    one. What is not valid is said and read as far as it goes. Voided statements do not count, and are said.

    Parameters
    ----------
    paths : str, Path or a list of these
        Files, or a pattern such as ``"export/*.json"``; ``.gz`` is unzipped.
    identities : mapping of str to str, optional
        Which identifiers are one person: ``{"mailto:f@x.nl": "Fenna", "https://lms.nl::17": "Fenna"}`` (of an account: home
        page, two colons, name). Left out, every identifier is a person of its own, and a finding says which look alike.
    zone : str
        The clock on which ``at`` is shown, ``"Europe/Amsterdam"``.
    network : str, optional
        The id of the network. Left out, the team of a statement.
    responses : bool
        Take answers in words along as documents. They can name people.
    key : pandas.DataFrame, optional
        From an earlier reading, so that the same identifier gets the same pseudonym.

    Returns
    -------
    Log
        Its events also have verb (the whole address), activity_name, object_type, parent_id, at_from (timestamp or stored),
        statement_id and source_file; source_row is the number of the statement in its file.

    Raises
    ------
    UnreadableStudy
        When there is no file, no JSON or no statement.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "statements.json"
    >>> _ = path.write_text('{"actor": {"mbox": "mailto:f@voorbeeld.invalid"}, "timestamp": "2025-03-04T10:30:00Z", '
    ...     '"verb": {"id": "http://adlnet.gov/expapi/verbs/attended"}, "object": {"id": "https://x.invalid/meeting/1"}, '
    ...     '"result": {"duration": "PT1H29M40S"}}\n', encoding="utf-8")
    >>> read_xapi(path).events[["participant_id", "activity", "minutes"]].to_numpy().tolist()
    [['P01', 'attended', 90]]
    """
    clock = zone_of(zone)
    notes = Notes("events", "", STATEMENT)
    statements, found = read_statements(paths, notes)
    statements = without_voided(statements, notes)
    agents = Agents(key, identities)
    rows, words = [], []
    for one in statements:
        notes.file = one.file
        row, answer = _event(one, agents, notes)
        row["at"], row["order"] = on_clock(row["moment"], clock)
        row["network_id"] = network or row["network_id"]
        rows.append(row)
        words.append(answer)
    agents.suspicions(notes)
    table = {name: [row[name] for row in rows] for name in _MADE}
    order = as_moments(table.pop("order"))
    table["at"] = as_moments(table["at"])
    table.pop("moment")
    without_people(table, agents, notes)
    events = ordered({**table, "_answer": words}, order)
    documents = _documents(events) if responses else None
    if not responses and events["_answer"].notna().any():
        notes.add("xapi_responses", None, "result.response", int(events["_answer"].notna().sum()))
    events = events.drop(columns="_answer")
    found += notes.findings()
    return Log(
        study_of(events, found, name="xapi", documents=documents), events, agents.people.key(), tuple(found), zone
    )


def _event(one: Statement, agents: Agents, notes: Notes) -> tuple[dict, str | None]:
    said, number = one.said, one.number
    for part in ("actor", "verb", "object"):
        if part not in said:
            notes.add("xapi_missing", number, part)
    _check_form(said, number, notes)
    actor = agents.read(said["actor"], number, "actor", notes) if "actor" in said else Who(None)
    if actor.person is None and "actor" in said:
        notes.add("xapi_group" if actor.members or actor.group else "log_no_person", number, "participant_id")
    used, kind, name, spoken_of = _object(said.get("object"), number, agents, notes)
    context = _part(said, "context", number, notes)
    beside = _beside(context, number, agents, notes)
    team = next((who.group for who in beside if who.group), None) or actor.group
    others = [*actor.members, *spoken_of, *(one for who in beside for one in (who.person, *who.members))]
    moment, source, written = _moment(said, number, notes)
    result = _part(said, "result", number, notes)
    answer = result.get("response")
    if answer is not None and not isinstance(answer, str):
        notes.add("xapi_invalid", number, "result.response", type(answer).__name__)
        answer = str(answer)
    verb = said.get("verb")
    verb = verb.get("id") if isinstance(verb, dict) else None
    own = said.get("id")
    row = {
        "network_id": team,
        "participant_id": actor.person,
        "moment": moment,
        "at_written": written,
        "activity": re.split(r"[/#:]", verb.rstrip("/#"))[-1] if isinstance(verb, str) else None,
        "activity_id": used,
        "minutes": _minutes(result.get("duration"), number, notes),
        "others": joined(person for person in others if person != actor.person),
        "source_row": number,
        "verb": verb if isinstance(verb, str) else None,
        "activity_name": name,
        "object_type": kind,
        "parent_id": _parent(context),
        "at_from": source,
        "statement_id": own if isinstance(own, str) else None,
        "source_file": one.file,
    }
    return row, answer or None


def _check_form(said: dict, number: int, notes: Notes) -> None:
    own, verb, version = said.get("id"), said.get("verb"), said.get("version")
    if own is not None and not (isinstance(own, str) and _UUID.fullmatch(own)):
        notes.add("xapi_invalid", number, "id", type(own).__name__)
    if "verb" in said and not (isinstance(verb, dict) and isinstance(verb.get("id"), str) and ":" in verb["id"]):
        notes.add("xapi_invalid", number, "verb.id", type(verb).__name__)
    if version is not None and not (isinstance(version, str) and re.match(r"(?:1\.0|2\.0)(?:\.|$)", version)):
        notes.add("xapi_version", number, "version", version)
    result = said.get("result")
    marks = result.get("score") if isinstance(result, dict) else None
    scaled = marks.get("scaled") if isinstance(marks, dict) else None
    if scaled is not None and not (isinstance(scaled, (int, float)) and -1 <= scaled <= 1):
        notes.add("xapi_invalid", number, "result.score.scaled", scaled)


def _part(said: dict, name: str, number: int, notes: Notes) -> dict:
    part = said.get(name)
    if part is not None and not isinstance(part, dict):
        notes.add("xapi_invalid", number, name, type(part).__name__)
    return part if isinstance(part, dict) else {}


def _moment(said: dict, number: int, notes: Notes) -> tuple[object, str | None, str | None]:
    written = None
    for source in ("timestamp", "stored"):
        if said.get(source) is None:
            continue
        moment = read_iso(said[source])
        if moment is None:
            notes.add("log_time_unread", number, source, as_written(said[source]))
            written = written or as_written(said[source])
            continue
        if source == "stored":
            notes.add("xapi_stored", number, "timestamp")
        if moment.tzinfo is None:
            notes.add("xapi_no_offset", number, source, said[source])
            moment = moment.replace(tzinfo=zone_of("UTC"))
        return moment, source, written
    if written is None:
        notes.add("log_no_time", number, "timestamp")
    return None, None, written


def _object(
    thing: object, number: int, agents: Agents, notes: Notes
) -> tuple[str | None, str | None, str | None, tuple[str, ...]]:
    """Return what a statement is about: its id, kind and name, and the people it is."""
    if not isinstance(thing, dict):
        if thing is not None:
            notes.add("xapi_invalid", number, "object", type(thing).__name__)
        return None, None, None, ()
    kind = thing.get("objectType") or "Activity"
    if kind in ("Agent", "Group"):
        who = agents.read(thing, number, "object", notes)
        return None, kind, None, tuple(one for one in (who.person, *who.members) if one)
    if kind == "SubStatement":
        notes.add("xapi_substatement", number, "object")
        inner = thing.get("object")
        if isinstance(inner, dict) and inner.get("objectType") == "SubStatement":
            notes.add("xapi_invalid", number, "object.object", "SubStatement")
            return None, kind, None, ()
        used, _, name, people = _object(inner, number, agents, notes)
        return used, kind, name, people
    own = thing.get("id")
    if not isinstance(own, str) or not own:
        notes.add("xapi_invalid", number, "object.id", type(own).__name__)
        own = None
    if kind == "StatementRef":
        return own and f"statement {own}", kind, None, ()
    definition = thing.get("definition")
    return own, str(kind), _in_words(definition.get("name")) if isinstance(definition, dict) else None, ()


def _beside(context: dict, number: int, agents: Agents, notes: Notes) -> list[Who]:
    found = []
    for name in ("team", "instructor"):
        if name in context:
            found.append(agents.read(context[name], number, f"context.{name}", notes))
    for name, inner in (("contextAgents", "agent"), ("contextGroups", "group")):
        several = context.get(name)
        for one in several if isinstance(several, list) else []:
            found.append(
                agents.read(one.get(inner) if isinstance(one, dict) else one, number, f"context.{name}", notes)
            )
    return found


def _parent(context: dict) -> str | None:
    around = context.get("contextActivities")
    parent = around.get("parent") if isinstance(around, dict) else None
    first = parent[0] if isinstance(parent, list) and parent else parent
    own = first.get("id") if isinstance(first, dict) else None
    return own if isinstance(own, str) else None


def _minutes(duration: object, number: int, notes: Notes) -> int | None:
    if duration is None:
        return None
    exact = exact_minutes(duration)
    if exact is None:
        notes.add("xapi_duration", number, "result.duration", duration)
        return None
    if exact.denominator != 1:
        notes.add("xapi_rounded", number, "result.duration", duration, minutes=whole_minutes(exact))
    return whole_minutes(exact)


def _in_words(names: object) -> str | None:
    if not isinstance(names, dict):
        return None
    words = [names.get(language) for language in ("nl", "nl-NL", "en", "en-US", "en-GB")] + list(names.values())
    return next((word for word in words if isinstance(word, str) and word.strip()), None)


def _documents(events: pd.DataFrame) -> pd.DataFrame:
    said = events.dropna(subset="_answer")
    return pd.DataFrame(
        {
            "document_id": said["event_id"] + "-answer",
            "kind": "survey",
            "participant_id": said["participant_id"],
            "date": said["at"].dt.strftime("%Y-%m-%d"),
            "prompted": True,
            "origin": said["activity_id"],
            "text": said["_answer"],
        }
    )
