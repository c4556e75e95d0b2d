"""Moments as logs write them: what a text can mean, on whose clock, and what only a person can say."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

from valuecreation.errors import DecisionNeeded, UnknownName
from valuecreation.io.logs.notes import Notes

_UNIX = re.compile(r"(\d{9,10}|\d{13})(?:\.0*)?")
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|z|[+-]\d{2}(?::?\d{2})?)?)?"
)
_TIME = r"(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp]\.?[Mm]\.?)?)?"
_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})" + _TIME)
_WORDS = re.compile(r"(?:[^\W\d]+,?\s+)?(\d{1,2})\s+([^\W\d]+)\.?\s+(\d{4}|\d{2})" + _TIME)
_MONTHS = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
_ALSO = {"maa": 3, "mar": 3, "may": 5, "oct": 10}
_LONGEST = 60


@dataclass(frozen=True)
class Moments:
    """What a column of moments came to: `at` on the clock of the zone, `order` as moments in UTC, `written` where unread."""

    at: pd.Series
    order: pd.Series
    written: pd.Series


def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its name.

    >>> str(zone_of("Europe/Amsterdam"))
    'Europe/Amsterdam'
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError) as error:
        raise UnknownName(
            f"The time zone {name!r} is not known here; give a name such as 'Europe/Amsterdam' or 'UTC'."
        ) from error


def read_moments(
    cells: list[str], rows: list[int], *, day_first: bool | None, zone: str, column: str, notes: Notes
) -> Moments:
    """Read a column of moments; what cannot be read stays as it was written, with a finding.

    Raises
    ------
    DecisionNeeded
        When dates can mean two days and nobody said which.
    """
    clock = zone_of(zone)
    seen: dict[str, tuple[list[tuple[datetime, bool | None]], str]] = {}
    for cell in cells:
        if cell not in seen:
            seen[cell] = readings(cell)
    _decide(cells, rows, seen, day_first, column, notes)
    at, order, written = [], [], []
    for row, cell in zip(rows, cells, strict=True):
        meant, kind = seen[cell]
        chosen = _chosen(meant, day_first)
        if chosen is None:
            if not cell:
                notes.add("log_no_time", row, column)
            else:
                rule = "log_time_other_order" if meant else "log_time_unread"
                notes.add(rule, row, column, as_written(cell))
        elif kind in ("short_year", "unix"):
            notes.add(f"log_{kind}", row, column, cell, read=f"{chosen:%Y-%m-%d}", zone=zone)
        at_clock, moment = on_clock(chosen, clock)
        at.append(at_clock)
        order.append(moment)
        written.append(as_written(cell) if chosen is None and cell else None)
    return Moments(as_moments(at), as_moments(order), pd.Series(written, dtype="str"))


def as_written(cell: object) -> str:
    """Return a moment that could not be read as it was written; words without a number may be somebody's name.

    >>> as_written("30-2-2025"), as_written("Fenna Bos")
    ('30-2-2025', '(words)')
    """
    text = str(cell)
    return text[:_LONGEST] if re.search(r"\d", text) else "(words)"


def on_clock(moment: datetime | None, clock: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """Return a moment as the clock of a zone shows it, and as UTC; one without an offset is on that clock already."""
    if moment is None:
        return None, None
    try:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=clock)
        return aware.astimezone(clock).replace(tzinfo=None), aware.astimezone(UTC).replace(tzinfo=None)
    except OverflowError:
        return moment.replace(tzinfo=None), moment.replace(tzinfo=None)


def as_moments(moments: list[datetime | None]) -> pd.Series:
    """Return moments as a column in microseconds."""
    return pd.Series(pd.array(moments, dtype="datetime64[us]"))


def readings(cell: str) -> tuple[list[tuple[datetime, bool | None]], str]:
    """Return the moments that a text can mean, each with whether the day comes first, and how it is written.

    >>> readings("03/04/2025, 14:05")[0][0][0].isoformat(), len(readings("03/04/2025, 14:05")[0])
    ('2025-04-03T14:05:00', 2)
    >>> readings("23 oktober 2019, 2:05 PM")[0][0][0].isoformat()
    '2019-10-23T14:05:00'
    >>> readings("1433946701.0")[0][0][0].isoformat()
    '2015-06-10T14:31:41+00:00'
    """
    if match := _UNIX.fullmatch(cell):
        number = int(match.group(1))
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=number / 1000 if number >= 10**12 else number)
        return [(moment, None)], "unix"
    if match := _ISO.fullmatch(cell):
        return [(moment, None) for moment in _iso(match)], "iso"
    if match := _WORDS.fullmatch(cell):
        day, month, year, *time = match.groups()
        short = month[:3].casefold()
        number = _MONTHS.index(short) + 1 if short in _MONTHS else _ALSO.get(short)
        found = _moment(year, number, day, time) if number else None
        return [(found, None)] if found else [], "short_year" if len(year) == 2 else "words"
    if match := _NUMBERS.fullmatch(cell):
        first, second, year, *time = match.groups()
        options = [(_moment(year, second, first, time), True), (_moment(year, first, second, time), False)]
        found = [(moment, order) for moment, order in options if moment]
        if len(found) == 2 and found[0][0] == found[1][0]:
            found = [(found[0][0], None)]
        return found, "short_year" if len(year) == 2 else "numbers"
    return [], "unread"


def read_iso(cell: object) -> datetime | None:
    """Return the moment of an ISO 8601 text, with its offset when it has one, or None.

    >>> read_iso("2025-03-04T10:30:00.123Z").isoformat()
    '2025-03-04T10:30:00.123000+00:00'
    >>> read_iso("4-3-2025") is None
    True
    """
    match = _ISO.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return next(iter(_iso(match)), None) if match else None


def _iso(match: re.Match) -> list[datetime]:
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    whole = f"{year}-{month}-{day}T{hour or '00'}:{minute or '00'}:{second or '00'}.{(fraction or '0')[:6]:0<6}"
    try:
        return [datetime.fromisoformat(whole + (offset or "").upper())]
    except ValueError:
        return []


def _moment(year: str, month: str | int, day: str, time: list[str | None]) -> datetime | None:
    hour, minute, second, half = time
    hours = int(hour or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half[0] in "Pp" else 0)
    try:
        full = int(year) + (2000 if len(year) == 2 else 0)
        return datetime(full, int(month), int(day), hours, int(minute or 0), int(second or 0))
    except ValueError:
        return None


def _chosen(meant: list[tuple[datetime, bool | None]], day_first: bool | None) -> datetime | None:
    for moment, order in meant:
        if order is None or order == day_first or (day_first is None and len(meant) == 1):
            return moment
    return None


def _decide(cells: list[str], rows: list[int], seen: dict, day_first: bool | None, column: str, notes: Notes) -> None:
    if day_first is not None:
        return
    double = [(row, cell) for row, cell in zip(rows, cells, strict=True) if len(seen[cell][0]) > 1]
    certain = [seen[cell][0][0][1] for cell in cells if len(seen[cell][0]) == 1 and seen[cell][0][0][1] is not None]
    if not double:
        return
    days, months = certain.count(True), certain.count(False)
    row, cell = double[0]
    one, other = (moment for moment, _ in seen[cell][0])
    raise DecisionNeeded(
        f"{notes.file}, row {row}, column {column}: {cell!r} can mean {one:%Y-%m-%d} or {other:%Y-%m-%d}; "
        f"{len(double)} dates in all can mean two days. Of the others, {days} can only have the day first and {months} only "
        "the month first. Only a person can say: give day_first=True for day-month-year, day_first=False for month-day-year.",
        pd.DataFrame(double, columns=["row", column]),
    )
