"""Ids: unique where they must be, and pointing at something that is there."""

from collections.abc import Iterator

import pandas as pd

from valuecreation.findings import Finding
from valuecreation.study import schema
from valuecreation.study.cells import as_text
from valuecreation.study.checks.rows import did_you_mean, row_of


def duplicates(study) -> Iterator[Finding]:
    """Rows whose key is that of an earlier row."""
    for name in study.tables:
        table = schema.table(name)
        yield from _doubles(study, name, table.key)
        for column in table.columns.values():
            if column.unique and (column.name,) != table.key:
                yield from _doubles(study, name, (column.name,))


def references(study) -> Iterator[Finding]:
    """Ids that do not exist in the table they refer to; a table that is absent is not asked."""
    for name, frame in study.tables.items():
        for column in schema.table(name).columns.values():
            if column.references is None or column.name not in frame:
                continue
            targets = _ids(study, column.references)
            if targets is None:
                continue
            named = as_text(frame[column.name]).dropna()
            missing = named[~named.isin(targets) & ~named.isin(column.also)]
            target = column.references if column.references != "any" else "networks, participants, documents …"
            hints = {value: did_you_mean(value, sorted(targets)) for value in list(missing.unique())[:50]}
            for position, value in missing.items():
                details = {"target": target, "hint": hints.get(value, {"en": "", "nl": ""})}
                yield Finding("dangling", name, row_of(position), column.name, value, details)


def steps(study) -> Iterator[Finding]:
    """Find steps that a link or a foundation names and that the story does not have; links from a step to itself."""
    if "steps" not in study:
        return
    known = set(zip(*(as_text(study.frame("steps")[column]) for column in ("story_id", "step")), strict=True))
    for name, columns in (
        ("links", ("from_step", "to_step")),
        ("step_segments", ("step",)),
        ("step_indicators", ("step",)),
    ):
        frame = study.frame(name)
        stories = as_text(frame["story_id"])
        for column in columns:
            for position, (story, step) in enumerate(zip(stories, as_text(frame[column]), strict=True)):
                if pd.notna(story) and pd.notna(step) and (story, step) not in known:
                    yield Finding("unknown_step", name, row_of(position), column, step, {"story": story})
    links = study.frame("links")
    for position in links.index[(as_text(links["from_step"]) == as_text(links["to_step"])).fillna(False)]:
        yield Finding("self_link", "links", row_of(position), "to_step", as_text(links["to_step"])[position])


def _doubles(study, name: str, key: tuple[str, ...]) -> Iterator[Finding]:
    present = [column for column in key if column in study.tables[name]]
    identity = [column for column in present if schema.table(name).columns[column].required]
    if not present or (len(key) == 1 and not identity and not schema.table(name).columns[key[0]].unique):
        return
    frame = study.tables[name][present]
    filled = frame.dropna(subset=identity or present[:1])
    first = filled.groupby(present, dropna=False, sort=False).ngroup()
    repeated = first[first.duplicated()]
    if repeated.empty:
        return
    earliest = first[~first.duplicated()]
    row_by_group = dict(zip(earliest, earliest.index, strict=True))
    for position, group in repeated.items():
        value = ", ".join(str(part) for part in as_text(filled.loc[position]).dropna())
        details = {"first": row_of(row_by_group[group]), "key": " + ".join(present)}
        yield Finding("duplicate", name, row_of(position), present[0] if len(present) == 1 else None, value, details)


def _ids(study, target: str) -> set[str] | None:
    if target != "any":
        key = schema.table(target).key[0]
        return (
            set(as_text(study.tables[target][key]).dropna())
            if target in study and key in study.tables[target]
            else None
        )
    found = {
        identity
        for name, frame in study.tables.items()
        for column in schema.table(name).key
        if len(schema.table(name).key) == 1 and column in frame
        for identity in as_text(frame[column]).dropna()
    }
    return found or None
