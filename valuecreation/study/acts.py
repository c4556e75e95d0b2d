"""Acts of coding: what a coder did, each with what stood there before and after, and how a study looks once they are done."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd

from valuecreation.findings import Finding
from valuecreation.study.model import Study
from valuecreation.study.schema import table as table_of_schema

TABLES = ("segments", "codes", "codings", "coverage", "memos", "stories", "steps", "links")
UNDO, REDO, OPEN, SETTLE = "undo", "redo", "open", "settle"
_OF_THE_TEXT = ("quote", "speaker")
_BY = ("added_by", "added_on")
Row = Mapping[str, object]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """One row of one table, before and after.

    Attributes
    ----------
    table : str
    was, now : mapping or None
        The row without its empty cells; None where there was none, or is none any more. Quotes are never in it.
    """

    table: str
    was: Row | None
    now: Row | None

    def __post_init__(self):
        for side in ("was", "now"):
            row = getattr(self, side)
            if row is not None:
                filled = {name: cell for name, cell in row.items() if cell is not None and name not in _OF_THE_TEXT}
                object.__setattr__(self, side, filled)

    @property
    def key(self) -> Key:
        """The row's key, an empty part as an empty string."""
        return key_of(self.table, self.now if self.now is not None else self.was)


@dataclass(frozen=True)
class Act:
    """One thing that a coder did.

    Attributes
    ----------
    number : int
        Its place in the coder's journal, from 1.
    at : str
        When, ISO.
    coder : str
    what : str
        ``code``, ``uncode``, ``judge``, ``select``, ``finish``, ``settle`` ..., and ``undo``, ``redo``, ``open``.
    document : str
        In which document.
    text : str
        The `fingerprint` of its text, so that positions are never used on another text.
    changes : tuple of Change
    of : int or None
        For ``undo`` and ``redo``: which act.
    """

    number: int
    at: str
    coder: str
    what: str
    document: str = ""
    text: str = ""
    changes: tuple[Change, ...] = ()
    of: int | None = None


def fingerprint(text: object) -> str:
    """Return what tells one text from another, twelve signs long.

    >>> fingerprint("Goede koffie.")
    'b9043334f11f'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12] if isinstance(text, str) else ""


def key_of(table: str, row: Row) -> Key:
    """Return the key of a row as texts."""
    return tuple("" if pd.isna(row.get(column)) else str(row[column]) for column in table_of_schema(table).key)


def done_and_undone(acts: Iterable[Act]) -> tuple[list[Act], list[Act]]:
    """Return the acts that can be undone and those that can be done again, the next one last.

    Opening the comparison is in neither: what was seen was seen.
    """
    by_number, done, undone = {}, [], []
    for act in acts:
        if act.what == UNDO and act.of in by_number:
            done.remove(act.of)
            undone.append(act.of)
        elif act.what == REDO and act.of in by_number:
            undone.remove(act.of)
            done.append(act.of)
        elif act.what not in (UNDO, REDO, OPEN):
            by_number[act.number] = act
            done.append(act.number)
            undone.clear()
    return [by_number[number] for number in done], [by_number[number] for number in undone]


def in_order(journals: Iterable[Iterable[Act]]) -> list[Act]:
    """Return the acts of several coders by moment; each coder's own stay in their order, also when a clock was put back."""
    timed = []
    for acts in journals:
        latest = datetime.min.replace(tzinfo=UTC)
        for act in acts:
            latest = max(latest, _moment(act.at))
            timed.append((latest, act))
    return [act for _, act in sorted(timed, key=lambda pair: pair[0])]


def _moment(at: str) -> datetime:
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def changes_of(act: Act, acts: Mapping[int, Act]) -> tuple[Change, ...]:
    """Return what an act changes; for an undo what it sets back, for a redo what it brings back."""
    if act.what == REDO:
        return acts[act.of].changes
    if act.what == UNDO:
        return tuple(Change(one.table, one.now, one.was) for one in reversed(acts[act.of].changes))
    return act.changes


def apply(study: Study, acts: Iterable[Act]) -> Study:
    """Return the study as it is after the acts; its `check` tells which acts could not be done.

    Doing it twice changes nothing more, so acts may be applied to a study that holds what came of them already. A row that
    somebody changed in the table since, to something that the acts never knew, stays as the table has it, with a finding.

    Parameters
    ----------
    study : Study
    acts : iterable of Act
        Of one coder or more, as `in_order` has them.

    Returns
    -------
    Study
    """
    acts = list(acts)
    if not acts:
        return study
    prints = {
        row.document_id: fingerprint(row.text)
        for row in study.frame("documents")[["document_id", "text"]].itertuples(index=False)
    }
    known, final, seen, settlers, findings = {}, {}, {}, {}, []
    elsewhere: dict[tuple[str, str], list[int]] = {}
    for act in acts:
        known.setdefault(act.coder, {})[act.number] = act
        if act.document and prints.get(act.document) != act.text:
            elsewhere.setdefault((act.coder, act.document), []).append(act.number)
            continue
        for change in changes_of(act, known[act.coder]):
            place = (change.table, change.key)
            if change.table == "codes" and place in final and _other(final[place], change.now, act.coder):
                findings.append(_defined_twice(change, final[place], act.coder))
                continue
            if change.table == "codings" and act.what == SETTLE:
                settlers.setdefault(change.key[:3], {})[act.coder] = None
            final[place] = change.now
            seen.setdefault(place, []).extend((change.was, change.now))
    for (coder, document), numbers in elsewhere.items():
        rule = "journal_other_text" if prints.get(document) else "journal_no_document"
        findings.append(Finding(rule, "documents", value=document, details={"coder": coder, "count": len(numbers)}))
    for key, who in settlers.items():
        if len(who) > 1:
            findings.append(Finding("journal_settled_twice", "codings", value=key[0], details={"who": ", ".join(who)}))
    changed = {}
    for name in TABLES:
        own = {key: row for (table, key), row in final.items() if table == name}
        if own:
            frame, noticed = _with(study, name, own, {key: seen[name, key] for key in own})
            changed[name] = frame
            findings += noticed
    after = study.replace(**changed)
    return after.noticed(findings) if findings else after


def _with(study: Study, name: str, own: dict[Key, Row | None], seen: dict[Key, list]) -> tuple[pd.DataFrame, list]:
    """Return a table with rows set, added and taken out, and what has to be said about it."""
    frame = study[name] if name in study else pd.DataFrame()
    keys = [key_of(name, row) for row in frame.to_dict("records")]
    places = {key: place for place, key in enumerate(keys)}
    rows = {place: row for key, place in places.items() if key in own for row in [_plain(frame.iloc[place])]}
    gone, findings = [], []
    added: list[dict] = []
    for key, row in own.items():
        place = places.get(key)
        if place is None:
            if row is not None:
                added.append(_filled(study, name, row))
            continue
        stands = rows[place]
        if not any(one is not None and _same(name, stands, one) for one in seen[key]) and not (
            row is not None and _same(name, stands, row)
        ):
            if any(one is not None for one in seen[key]):
                findings.append(
                    Finding("journal_table_changed", name, place + 2, value=" / ".join(part for part in key if part))
                )
            continue
        if row is None:
            gone.append(place)
        else:
            rows[place] = {**stands, **_filled(study, name, row)}
    if gone or added or rows:
        frame = _rebuilt(frame, {place: row for place, row in rows.items() if place not in gone}, gone, added)
    return frame, findings


def _rebuilt(frame: pd.DataFrame, rows: dict[int, dict], gone: list[int], added: list[dict]) -> pd.DataFrame:
    columns = list(dict.fromkeys([*frame.columns, *(name for row in (*rows.values(), *added) for name in row)]))
    cells = {name: list(frame[name].astype(object)) if name in frame else [None] * len(frame) for name in columns}
    for place, row in rows.items():
        for name in columns:
            cells[name][place] = row.get(name)
    left_out = set(gone)
    for name in columns:
        kept = [cell for place, cell in enumerate(cells[name]) if place not in left_out]
        cells[name] = kept + [row.get(name) for row in added]
    return pd.DataFrame(cells, columns=columns, dtype=object)


def _filled(study: Study, name: str, row: Row) -> dict:
    """Return a row as its table has it: a segment gets its quote from the text."""
    if name != "segments":
        return dict(row)
    documents = study.frame("documents")
    text = documents.loc[documents["document_id"] == row["document_id"], "text"].iloc[0]
    return {**row, "quote": text[int(row["start"]) : int(row["end"])]}


def _plain(row: pd.Series) -> dict:
    return {str(name): None if pd.isna(cell) else cell for name, cell in row.items()}


def _same(table: str, stands: Row, row: Row) -> bool:
    """Return whether a row of a table says what a row of an act says, whatever the type of its cells."""
    return all(_cell(stands.get(name)) == _cell(cell) for name, cell in row.items() if name != "quote")


def _cell(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)


def _other(first: Row | None, second: Row | None, coder: str) -> bool:
    """Return whether another coder defined a code otherwise, or takes away what is not theirs."""
    if first is None or first.get("added_by") == coder:
        return False
    return second is None or any(
        _cell(first.get(name)) != _cell(cell) for name, cell in second.items() if name not in _BY
    )


def _defined_twice(change: Change, first: Row, coder: str) -> Finding:
    details = {"first": first.get("added_by"), "second": coder}
    return Finding("journal_code_twice", "codes", column="code", value=change.key[1], details=details)
