"""A grid of cells to a table: the header recognised, every cell kept, whatever is odd about rows and columns noted."""

from collections.abc import Sequence

import pandas as pd

from valuecreation.findings import Finding
from valuecreation.study import schema
from valuecreation.study.dates import read_as

_FIRST = 2


def known_name(name: str, table: str) -> str | None:
    """Return the column that a header means: itself, or the same but for capitals, spaces and hyphens.

    >>> known_name("Participant ID", "participants")
    'participant_id'
    """
    columns = schema.table(table).columns
    plain = name.strip().casefold().replace(" ", "_").replace("-", "_")
    return name if name in columns else plain if plain in columns else None


def to_frame(header: Sequence[str], rows: list[Sequence[str]], table: str) -> tuple[pd.DataFrame, list[Finding]]:
    """Return a table of text from a header and rows of cells, and what was noticed.

    Empty rows are passed over with a note; a surplus cell is kept in a column ``surplus``; columns without a name and
    without values are left out.
    """
    found: list[Finding] = []
    width = len(header)
    kept_rows, surplus = [], {}
    for place, row in enumerate(rows):
        if len(row) == width and any(row):
            kept_rows.append(row)
            continue
        number = place + _FIRST
        if not any(cell.strip() for cell in row):
            found.append(Finding("empty_row", table, row=number))
            continue
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            details = {"found": len(row), "expected": width, "kept": "surplus"}
            found.append(Finding("long_row", table, number, details=details))
            surplus[len(kept_rows)] = " | ".join(row[width:])
        elif len(row) < width:
            found.append(Finding("short_row", table, number, details={"found": len(row), "expected": width}))
        kept_rows.append([*row[:width], *[""] * (width - len(row))])
    columns = list(zip(*kept_rows, strict=True)) if kept_rows else [()] * width
    frame = {}
    for place, (name, cells) in enumerate(zip(header, columns, strict=True)):
        column = _column_name(name, place, cells, table, frame, found)
        if column:
            frame[column] = pd.Series(cells, dtype="str")
    if surplus:
        frame["surplus"] = pd.Series([surplus.get(place, "") for place in range(len(kept_rows))], dtype="str")
    return pd.DataFrame(frame, index=range(len(kept_rows))), found


def apply_day_first(frame: pd.DataFrame, table: str, day_first: bool | None) -> tuple[pd.DataFrame, list[Finding]]:
    """Return a table whose dates are read in the order that a person named, and a note for each column it touched."""
    if day_first is None:
        return frame, []
    found, changed = [], {}
    for column in schema.table(table).columns.values():
        if column.type not in ("date", "partial") or column.name not in frame:
            continue
        cells = frame[column.name]
        read = cells.map(lambda cell: read_as(cell, day_first), na_action="ignore")
        touched = read.notna() & (cells != "")
        if touched.any():
            changed[column.name] = cells.mask(touched, read)
            details = {"count": int(touched.sum())}
            rule = "dates_day_first" if day_first else "dates_month_first"
            found.append(Finding(rule, table, column=column.name, value=cells[touched].iloc[0], details=details))
    return frame.assign(**changed), found


def _column_name(name: str, place: int, cells: Sequence[str], table: str, taken: dict, found: list[Finding]) -> str | None:
    if not name.strip():
        if not any(cell.strip() for cell in cells):
            return None
        kept = _free(f"column {place + 1}", taken)
        found.append(Finding("nameless_column", table, column=kept, details={"kept": kept}))
        return kept
    column = known_name(name, table) or name.strip()
    if column in taken:
        kept = _free(f"{column} (2)", taken)
        found.append(Finding("double_column", table, column=column, value=name, details={"kept": kept}))
        return kept
    if column != name:
        found.append(Finding("renamed_column", table, column=column, value=name))
    return column


def _free(name: str, taken: dict) -> str:
    while name in taken:
        name += "'"
    return name
