"""Cells: the columns a table needs, the words and types they may hold, and words that stand for nothing."""

import re
from collections.abc import Iterable, Iterator

import pandas as pd

from valuecreation.errors import listed
from valuecreation.findings import Finding
from valuecreation.study import schema
from valuecreation.study.cells import PATTERNS, as_text, fits, is_exact
from valuecreation.study.checks.rows import did_you_mean, row_of
from valuecreation.study.dates import excel_day, loosely, readings
from valuecreation.words import label

NULL_WORDS = frozenset(
    ["null", "none", "nan", "na", "n/a", "n.a.", "#n/a", "nil", "nvt", "n.v.t.", "onbekend", "unknown", "leeg", "?", "-", "--"]
)  # fmt: skip
_NEVER_MEANT = frozenset(["null", "nan", "n/a", "#n/a", "nil", "nvt", "n.v.t."])
_WORDS_OF_A_SOURCE = {("facts", "value"), ("codings", "quantifier")}
_NOTHING = {"en": "", "nl": ""}
# Names that the reader gives to columns that had none; the finding of the reading says enough of them.
_MADE_UP = re.compile(r"column \d+'*|surplus'*|.* \(2\)'*")
_SIGNS = {"−": "-", "–": "-", "—": "-", "＋": "+", "0.0": "0", "plus": "+", "min": "-", "minus": "-"}


def columns(study) -> Iterator[Finding]:
    """Columns that are needed and missing, and columns that the format does not know."""
    for name, frame in study.tables.items():
        known = schema.table(name).columns
        for column in known.values():
            if column.required and column.name not in frame and len(frame):
                yield Finding("missing_column", name, column=column.name)
        for column in frame.columns:
            if column not in known and not _MADE_UP.fullmatch(column):
                hint = did_you_mean(column, [one for one in known if one not in frame], ending=True)
                yield Finding("unknown_column", name, column=column, details={"hint": hint})


def values(study) -> Iterator[Finding]:
    """Empty cells that are needed, words outside a closed list, stray spaces, and values of another type."""
    for name, frame in study.tables.items():
        for column in schema.table(name).columns.values():
            if column.name not in frame:
                continue
            text = as_text(frame[column.name])
            yield from _empty(name, column, text)
            if _is_typed(frame[column.name], column):
                continue
            kinds = pd.Series([*dict.fromkeys(text.dropna().tolist())], dtype="str")
            strayed = (
                kinds[kinds != kinds.str.strip()]
                if column.type not in ("text", "long") or column.vocabulary
                else kinds[:0]
            )
            for position, value in _where(text, strayed):
                yield Finding("spaces", name, row_of(position), column.name, f"“{value}”")
            kinds = kinds.drop(strayed.index)
            if column.vocabulary:
                yield from _outside(name, column, text, kinds[~kinds.isin(column.choices)])
            else:
                for position, value in _where(text, kinds[~fits(kinds, column.type)]):
                    yield _mistyped(name, row_of(position), column, value)


def null_words(study) -> Iterator[Finding]:
    """Cells with a word such as NULL or n.v.t. where an empty cell is meant."""
    for name, frame in study.tables.items():
        for column in frame.columns:
            given = schema.table(name).columns.get(column)
            kind = given.type if given is not None else "text"
            closed = given is not None and given.vocabulary is not None
            if closed or kind not in ("id", "name", "text", "long") or (name, column) in _WORDS_OF_A_SOURCE:
                continue
            words = as_text(frame[column])
            suspect = NULL_WORDS if kind == "text" else _NEVER_MEANT
            found = [
                word for word in {*words.dropna().tolist()} if len(word) <= 8 and word.strip().casefold() in suspect
            ]
            for position, value in _where(words, found):
                rule = "null_id" if given is not None and given.required else "null_word"
                yield Finding(rule, name, row_of(position), column, value)


def _empty(table: str, column: schema.Column, text: pd.Series) -> Iterator[Finding]:
    for position in text.index[text.isna()] if column.required or column.asked else ():
        if column.required:
            yield Finding("empty_cell", table, row_of(position), column.name)
        else:
            yield Finding("not_asked", table, row_of(position), column.name, details={"choices": _choices(column)})


def _is_typed(values: pd.Series, column: schema.Column) -> bool:
    """Return whether a column got its type, so that every cell of it is known to fit."""
    return column.type not in schema.TEXTUAL and not isinstance(values.dtype, pd.StringDtype)


def _where(text: pd.Series, wanted: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield position and word wherever one of the wanted words stands."""
    wanted = list(wanted)
    return text[text.isin(wanted)].items() if wanted else iter(())


def _outside(table: str, column: schema.Column, text: pd.Series, wrong: pd.Series) -> Iterator[Finding]:
    labels = {label(column.vocabulary, key, language): key for key in column.choices for language in ("en", "nl")}
    for position, value in _where(text, wrong):
        meant = _SIGNS.get(value.strip().casefold())
        hint = did_you_mean(meant if meant in column.choices else value, column.choices, labels)
        details = {"choices": _choices(column), "hint": hint, "optional": _optional(column)}
        yield Finding("not_in_list", table, row_of(position), column.name, value, details)


def _choices(column: schema.Column) -> dict[str, str]:
    """Return a closed list as a reader sees it: in Dutch with the Dutch words behind the keys."""
    dutch = [
        f"{key} ({words})" if (words := label(column.vocabulary, key, "nl")) != key else key for key in column.choices
    ]
    return {"en": listed(column.choices), "nl": listed(dutch)}


def _optional(column: schema.Column) -> dict[str, str]:
    if column.required or column.asked:
        return _NOTHING
    return {
        "en": ", or leave the cell empty when it is not known",
        "nl": ", of laat de cel leeg als het niet bekend is",
    }


def _mistyped(table: str, row: int, column: schema.Column, value: str) -> Finding:
    where = (table, row, column.name, value)
    if column.type == "moment":
        return Finding("not_moment", *where)
    if column.type in ("date", "partial"):
        return _undated(where, column)
    if column.type == "boolean":
        return Finding("not_boolean", *where)
    if column.type == "number":
        if re.fullmatch(PATTERNS["number"], value):
            return Finding("too_exact", *where)
        decimal = value.replace(",", ".")
        near = re.fullmatch(PATTERNS["number"], decimal) is not None
        hint = {"en": f": {decimal}", "nl": f": {decimal}"} if near else _NOTHING
        return Finding("not_number", *where, {"hint": hint, "optional": _optional(column)})
    return Finding("not_integer", *where, {"hint": _as_whole(value, column)})


def _as_whole(value: str, column: schema.Column) -> dict[str, str]:
    """Return what to write in place of something that is no whole number."""
    number = re.fullmatch(PATTERNS["number"], value)
    if number and is_exact(value) and float(value).is_integer() and abs(float(value)) < 1e15:
        return {"en": f"Write {int(float(value))}.", "nl": f"Schrijf {int(float(value))}."}
    if re.fullmatch("[+-]?[0-9]+", value):
        return {"en": "It is too large; look whether it is right.", "nl": "Het is te groot; kijk of het klopt."}
    if number or re.fullmatch(PATTERNS["number"], value.replace(",", ".")):
        return {"en": "Round it to a whole number.", "nl": "Rond het af op een heel getal."}
    optional = _optional(column)
    return {
        "en": f"Write digits only, without a unit{optional['en']}.",
        "nl": f"Schrijf alleen cijfers, zonder eenheid{optional['nl']}.",
    }


def _undated(where: tuple, column: schema.Column) -> Finding:
    value = where[-1]
    meant = readings(value)
    if len(meant) == 2:
        return Finding("date_ambiguous", *where, {"first": meant[0][0].isoformat(), "second": meant[1][0].isoformat()})
    if len(meant) == 1:
        return Finding("date_order", *where, {"iso": meant[0][0].isoformat(), "day_first": meant[0][1]})
    if excel_day(value):
        return Finding("date_serial", *where, {"iso": excel_day(value)})
    if re.fullmatch(PATTERNS["date"], value):
        return Finding("no_such_day", *where)
    if loosely(value):
        return Finding(
            "not_date", *where, {"hint": {"en": f"Write {loosely(value)}.", "nl": f"Schrijf {loosely(value)}."}}
        )
    extra = ("; 2025-03 or 2025 will do", "; 2025-03 of 2025 mag ook") if column.type == "partial" else ("", "")
    hint = {"en": f"Write it as in 2025-03-20{extra[0]}.", "nl": f"Schrijf het zoals in 2025-03-20{extra[1]}."}
    return Finding("not_date", *where, {"hint": hint})
