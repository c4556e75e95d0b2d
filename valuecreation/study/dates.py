"""Dates as people write them: which day a text can mean, and how to say so when it can mean two."""

import re
from datetime import date, timedelta

_PARTS = re.compile(r"\s*([0-9]{1,4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,4})\s*")
_SERIAL = re.compile(r"[0-9]{5}")


def readings(text: str) -> list[tuple[date, bool]]:
    """Return the days that a text with day, month and year can mean, each with whether the day comes first.

    Only a year of four digits is read; ``3-4-25`` leaves too much open.

    >>> [day.isoformat() for day, _ in readings("3-4-2025")]
    ['2025-04-03', '2025-03-04']
    >>> [day.isoformat() for day, _ in readings("23/4/2025")]
    ['2025-04-23']
    """
    match = _PARTS.fullmatch(text)
    if not match:
        return []
    first, second, third = match.groups()
    if len(third) != 4:
        return []
    found = []
    for day, month, day_first in ((first, second, True), (second, first, False)):
        try:
            meant = date(int(third), int(month), int(day))
        except ValueError:
            continue
        if all(meant != other for other, _ in found):
            found.append((meant, day_first))
    return found


def read_as(text: str, day_first: bool) -> str | None:
    """Return a text as year-month-day in the order that a person named, or None when it is no such date.

    >>> read_as("3-4-2025", day_first=True)
    '2025-04-03'
    """
    for meant, order in readings(text):
        if order == day_first or meant.day == meant.month:
            return meant.isoformat()
    return None


def loosely(text: str) -> str | None:
    """Return the day that is written year first but not in full, or None.

    >>> loosely("2025-2-3"), loosely("20250304"), loosely("2025-03-04T10:30")
    ('2025-02-03', '2025-03-04', '2025-03-04')
    """
    match = re.fullmatch(r"\s*([0-9]{4})[-/. ]?([0-9]{1,2})[-/. ]?([0-9]{1,2})(?:[T ].*)?\s*", text)
    if not match:
        return None
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return None


def excel_day(text: str) -> str | None:
    """Return the day that Excel means by a number of days, or None when that is not plausible.

    >>> excel_day("45554")
    '2024-09-19'
    """
    if not _SERIAL.fullmatch(text):
        return None
    meant = date(1899, 12, 30) + timedelta(days=int(text))
    return meant.isoformat() if 1950 <= meant.year <= 2099 else None
