r"""Cells and their types: a column is typed when every cell of it can be; otherwise it stays text, and nothing is lost.

Values travel as text in files. `typed` reads them, `as_text` writes them, and the two are each other's inverse. An empty
cell and a missing value are the same thing; line ends are ``\n``.
"""

import math
from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd

from valuecreation.study.schema import TEXTUAL, Column
from valuecreation.text import normalise

YES = ("yes", "true", "ja", "waar")
NO = ("no", "false", "nee", "onwaar")
PATTERNS = {
    "integer": r"[+-]?[0-9]{1,18}",
    "number": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?",
    "boolean": rf"(?i:{'|'.join(YES + NO)})",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "partial": r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?",
    "moment": r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?",
}


def typed(values: pd.Series, column: Column | None = None) -> pd.Series:
    """Return a column with the type its schema asks for, or as text when a cell does not fit.

    Parameters
    ----------
    values : pandas.Series
        Text, or already typed.
    column : Column, optional
        From the schema; a column that the schema does not know becomes text.

    Returns
    -------
    pandas.Series
        ``str``, ``Int64``, ``float64``, ``boolean`` or ``datetime64[s]``.

    Examples
    --------
    >>> from valuecreation.study.schema import table
    >>> typed(pd.Series(["60", "", "90"]), table("participation").columns["minutes"]).tolist()
    [60, <NA>, 90]
    """
    text = _clean(values)
    kind = column.type if column is not None else "text"
    if kind in TEXTUAL or not fits(text, kind).all():
        return text
    if kind == "number":
        return text.astype("float64")
    if kind == "date":
        return pd.to_datetime(text, format="%Y-%m-%d").astype("datetime64[s]")
    if kind == "boolean":
        known = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}
        return text.str.lower().map(known).astype("boolean")
    missing = text.isna().to_numpy()
    whole = text.where(~missing, "0").astype("int64").to_numpy()
    return pd.Series(pd.arrays.IntegerArray(whole, missing), index=text.index, name=text.name)


def as_text(values: pd.Series) -> pd.Series:
    """Return a column of a study as it is written to a file: ``str``, with missing for every empty cell.

    Examples
    --------
    >>> as_text(pd.Series([8.0, 2.5])).tolist()
    ['8', '2.5']
    """
    if isinstance(values.dtype, pd.StringDtype):
        return values.astype("str")
    if values.dtype == object or isinstance(
        values.dtype, pd.CategoricalDtype
    ):  # 1, True and 1.0 are equal, not the same
        return values.astype(object).map(cell_text).astype("str")
    places, kinds = pd.factorize(values)
    try:
        texts = pd.array([cell_text(kind) for kind in kinds.astype(object)], dtype="str")
    except (RuntimeError, OverflowError, ValueError):  # a year that Python's own dates do not reach
        return values.astype("str")
    return pd.Series(texts.take(places, allow_fill=True), index=values.index, name=values.name)


def _clean(values: pd.Series) -> pd.Series:
    r"""Return a column as text with ``\n`` line ends, and with missing for every empty cell."""
    text = as_text(values)
    words = text.dropna().tolist()
    together = "\0".join(words)
    if "\r" in together or "\ufeff" in together:
        text = text.map(normalise, na_action="ignore").astype("str")
    if "" in words or "\r" in together or "\ufeff" in together:
        text = text.mask(text == "")
    return text


def cell_text(value: object) -> str | None:
    """Return one value as it is written to a file, or None when it is missing."""
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, str):
        return normalise(value) or None
    if isinstance(value, (bool, np.bool_)):
        return YES[0] if value else NO[0]
    if isinstance(value, (float, np.floating)):
        if math.isnan(value):
            return None
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(float(value))
    if isinstance(value, datetime):
        at_midnight = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
        return value.date().isoformat() if at_midnight and value.tzinfo is None else value.isoformat()
    if isinstance(value, np.datetime64):
        return cell_text(pd.Timestamp(value))
    return str(value) or None


def fits(text: pd.Series, kind: str) -> pd.Series:
    """Return for each cell whether it can be read as the type; a missing cell can."""
    if kind not in PATTERNS:
        return pd.Series(True, index=text.index)
    good = text.isna() | text.str.fullmatch(PATTERNS[kind]).fillna(False).astype(bool)
    closer = {
        "date": is_day,
        "partial": lambda value: len(value) < 10 or is_day(value),
        "moment": is_moment,
        "number": is_exact,
    }
    if kind in closer:
        wrong = [value for value in text[good].dropna().unique() if not closer[kind](value)]
        good &= ~text.isin(wrong)
    return good


def is_exact(text: str) -> bool:
    """Return whether a number comes back with all its digits.

    >>> is_exact("0.10"), is_exact("12345678901234567890")
    (True, False)
    """
    value = float(text)
    return math.isfinite(value) and Decimal(text) == Decimal(repr(value))


def is_moment(text: str) -> bool:
    """Return whether a text is a day, or a day with a time, that exists."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_day(text: str) -> bool:
    """Return whether a text is a day that exists, written year-month-day.

    >>> is_day("2025-02-29")
    False
    """
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10
