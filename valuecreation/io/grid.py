"""A grid of cells to a table: the header recognised, every cell kept, whatever is odd about rows and columns noted."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from valuecreation.findings import Finding
from valuecreation.study.dates import read_as
from valuecreation.study.schema import known_name, table

FIRST = 2


@dataclass
class Grid:
    """A table of text as it was read.

    Attributes
    ----------
    frame : pandas.DataFrame
    rows : list of int
        The row in the file of each row of the frame, as a spreadsheet counts.
    findings : list of Finding
    """

    frame: pd.DataFrame
    rows: list[int]
    findings: list[Finding] = field(default_factory=list)


def to_grid(header: Sequence[str], rows: list[Sequence[str]], name: str) -> Grid:
    """Return a table of text from a header and rows of cells, and what was noticed.

    Empty rows are passed over with a note; surplus cells are kept in a column of their own; columns without a name and
    without values are left out.
    """
    width = len(header)
    kept, numbers, surplus, found = [], [], {}, []
    empty: list[int] = []
    regular = all(len(row) == width for row in rows) and all(map(any, rows))
    if regular:
        kept, numbers = rows, list(range(FIRST, len(rows) + FIRST))
    for number, row in enumerate(() if regular else rows, start=FIRST):
        if len(row) == width and any(row):
            kept.append(row)
            numbers.append(number)
            continue
        if not any(row):
            empty.append(number)
            continue
        if len(row) > width and any(row[width:]):
            surplus[len(kept)] = " | ".join(row[width:])
            found.append(Finding("long_row", name, number, details={"found": len(row), "expected": width}))
        elif len(row) < width:
            found.append(Finding("short_row", name, number, details={"found": len(row), "expected": width}))
        kept.append([*row[:width], *[""] * (width - len(row))])
        numbers.append(number)
    found += [*_empty_runs(empty, name), *_lost_header(header, rows, name)]
    columns = list(zip(*kept, strict=True)) if kept else [()] * width
    frame: dict[str, pd.Series] = {}
    for place, (title, cells) in enumerate(zip(header, columns, strict=True)):
        column = _column_name(title, place, cells, name, frame, found)
        if column:
            frame[column] = pd.Series(cells, dtype="str")
    if surplus:
        column = _free("surplus", frame)
        frame[column] = pd.Series([surplus.get(place, "") for place in range(len(kept))], dtype="str")
        for finding in found:
            if finding.rule == "long_row":
                finding.details["kept"] = column
    return Grid(pd.DataFrame(frame, index=range(len(kept))), numbers, found)


def apply_day_first(grid: Grid, name: str, day_first: bool | None) -> None:
    """Read the dates of a table in the order that a person named, with a note for each column that was touched."""
    if day_first is None:
        return
    for column in table(name).columns.values():
        if column.type not in ("date", "partial") or column.name not in grid.frame:
            continue
        cells = grid.frame[column.name]
        read = cells.map(lambda cell: read_as(cell, day_first), na_action="ignore")
        touched = read.notna() & (cells != "")
        if touched.any():
            grid.frame[column.name] = cells.mask(touched, read)
            rule = "dates_day_first" if day_first else "dates_month_first"
            details = {"count": int(touched.sum())}
            grid.findings.append(Finding(rule, name, column=column.name, value=cells[touched].iloc[0], details=details))


def _empty_runs(empty: list[int], name: str) -> list[Finding]:
    runs: list[list[int]] = []
    for number in empty:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [
        Finding("empty_row", name, first)
        if first == last
        else Finding("empty_rows", name, first, details={"last": last})
        for first, last in runs
    ]


def _lost_header(header: Sequence[str], rows: list[Sequence[str]], name: str) -> list[Finding]:
    """Say where the header may be when row 1 has none of the columns of the table."""
    if any(known_name(title, name) for title in header):
        return []
    for number, row in enumerate(rows[:20], start=FIRST):
        if sum(known_name(cell, name) is not None for cell in row) >= 2:
            where = {"en": f"; row {number} seems to", "nl": f"; rij {number} lijkt dat wel te doen"}
            hint = {"en": "Delete the rows above it.", "nl": "Verwijder de rijen erboven."}
            return [Finding("no_header", name, 1, details={"where": where, "hint": hint})]
    single = len(header) == 1
    hint = {
        "en": "Everything stands in one column; save the file as CSV UTF-8."
        if single
        else "Put the names of the columns in row 1.",
        "nl": "Alles staat in één kolom; bewaar het bestand als CSV UTF-8."
        if single
        else "Zet de namen van de kolommen in rij 1.",
    }
    return [Finding("no_header", name, 1, details={"where": {"en": "", "nl": ""}, "hint": hint})]


def _column_name(
    title: str, place: int, cells: Sequence[str], name: str, taken: dict, found: list[Finding]
) -> str | None:
    tidy = " ".join(title.split())
    if not tidy:
        if not any(cell.strip() for cell in cells):
            return None
        kept = _free(f"column {place + 1}", taken)
        found.append(Finding("nameless_column", name, column=kept, details={"kept": kept}))
        return kept
    column = known_name(tidy, name) or "".join(" " if sign in ';|"\ufeff' else sign for sign in tidy).strip()[:200]
    if column in taken:
        kept = _free(f"{column} (2)", taken)
        found.append(Finding("double_column", name, column=column, value=title, details={"kept": kept}))
        return kept
    if column != title:
        found.append(Finding("renamed_column", name, column=column, value=f"“{title}”"))
    return column


def _free(name: str, taken: dict) -> str:
    while name in taken:
        name += "'"
    return name
