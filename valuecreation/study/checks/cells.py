"""Cells: the columns a table needs, the words and types they may hold, and words that stand for nothing."""

from collections.abc import Iterator

import pandas as pd

from valuecreation.errors import listed
from valuecreation.findings import Finding
from valuecreation.study import schema
from valuecreation.study.cells import as_text, fits
from valuecreation.study.checks.rows import did_you_mean, row_of
from valuecreation.study.dates import excel_day, readings
from valuecreation.words import label

NULL_WORDS = frozenset(
    "null none nan na n/a n.a. #n/a nil nvt n.v.t. onbekend unknown leeg ? - --".split()
)  # fmt: skip
_NEVER_MEANT = frozenset("null nan n/a #n/a nil nvt n.v.t.".split())
_WORDS_OF_A_SOURCE = {("facts", "value"), ("codings", "quantifier")}
_MINUS_SIGNS = {"−": "-", "–": "-", "—": "-", "＋": "+", "0.0": "0", "plus": "+", "min": "-", "minus": "-"}


def columns(study) -> Iterator[Finding]:
    """Columns that are needed and missing, and columns that the format does not know."""
    for name, frame in study.tables.items():
        known = schema.table(name).columns
        for column in known.values():
            if column.required and column.name not in frame and len(frame):
                yield Finding("missing_column", name, column=column.name)
        for column in frame.columns:
            if column not in known:
                hint = did_you_mean(column, [one for one in known if one not in frame])
                yield Finding("unknown_column", name, column=column, details={"hint": _lowered(hint)})


def values(study) -> Iterator[Finding]:
    """Empty cells that are needed, words outside a closed list, stray spaces, and values of another type."""
    for name, frame in study.tables.items():
        for column in schema.table(name).columns.values():
            if column.name not in frame:
                continue
            text = as_text(frame[column.name])
            if column.required or column.asked:
                for position in text.index[text.isna()]:
                    rule = "empty_cell" if column.required else "not_asked"
                    details = {"choices": listed(column.choices)} if rule == "not_asked" else {}
                    yield Finding(rule, name, row_of(position), column.name, details=details)
            present = text.dropna()
            if column.type == "id" or column.vocabulary:
                strayed = present[present != present.str.strip()]
                for position, value in strayed.items():
                    yield Finding("spaces", name, row_of(position), column.name, f"“{value}”")
                present = present.drop(strayed.index)
            if column.vocabulary:
                yield from _outside(name, column, present)
            else:
                wrong = present[~fits(present, column.type)]
                for position, value in wrong.items():
                    yield _mistyped(name, row_of(position), column, value)


def null_words(study) -> Iterator[Finding]:
    """Cells with a word such as NULL or n.v.t. where an empty cell is meant."""
    for name, frame in study.tables.items():
        for column in frame.columns:
            if (name, column) in _WORDS_OF_A_SOURCE:
                continue
            given = schema.table(name).columns.get(column)
            judged_elsewhere = given is not None and (given.vocabulary is not None or given.type not in ("id", "text", "long"))
            if judged_elsewhere or not isinstance(frame[column].dtype, pd.StringDtype):
                continue
            suspect = _NEVER_MEANT if given is not None and given.type == "long" else NULL_WORDS
            words = frame[column].dropna()
            words = words[words.str.len() <= 8]
            for position, value in words[words.str.strip().str.casefold().isin(suspect)].items():
                yield Finding("null_word", name, row_of(position), column, value)


def _outside(table: str, column: schema.Column, present: pd.Series) -> Iterator[Finding]:
    wrong = present[~present.isin(column.choices)]
    labels = {label(column.vocabulary, key, language): key for key in column.choices for language in ("en", "nl")}
    for position, value in wrong.items():
        meant = _MINUS_SIGNS.get(value.strip().casefold())
        hint = did_you_mean(meant if meant in column.choices else value, column.choices, labels)
        details = {"choices": listed(column.choices), "hint": hint}
        yield Finding("not_in_list", table, row_of(position), column.name, value, details)


def _mistyped(table: str, row: int, column: schema.Column, value: str) -> Finding:
    if column.type in ("date", "partial", "moment"):
        return _undated(table, row, column, value)
    if column.type == "number":
        decimal = value.replace(",", ".")
        near = bool(fits(pd.Series([decimal], dtype="str"), "number").iloc[0])
        hint = {"en": f": {decimal}", "nl": f": {decimal}"} if near else {"en": "", "nl": ""}
        return Finding("not_number", table, row, column.name, value, {"hint": hint})
    return Finding({"integer": "not_integer", "boolean": "not_boolean"}[column.type], table, row, column.name, value)


def _undated(table: str, row: int, column: schema.Column, value: str) -> Finding:
    meant = readings(value)
    if len(meant) == 2:
        details = {"first": meant[0][0].isoformat(), "second": meant[1][0].isoformat()}
        return Finding("date_ambiguous", table, row, column.name, value, details)
    if len(meant) == 1:
        details = {"iso": meant[0][0].isoformat(), "day_first": meant[0][1]}
        return Finding("date_order", table, row, column.name, value, details)
    if excel_day(value.strip()):
        return Finding("date_serial", table, row, column.name, value, {"iso": excel_day(value.strip())})
    extra = {"en": "; 2025-03 or 2025 will do", "nl": "; 2025-03 of 2025 mag ook"}
    partial = extra if column.type == "partial" else {"en": "", "nl": ""}
    return Finding("not_date", table, row, column.name, value, {"partial": partial})


def _lowered(hint: dict[str, str]) -> dict[str, str]:
    """Return a hint as the end of a sentence."""
    return {
        language: text.replace(" Did you mean ", ", perhaps for ").replace(" Bedoel je ", ", misschien voor ").rstrip("?")
        for language, text in hint.items()
    }
