"""Delimited text: a CSV file as people's programs write it, read cell by cell so that nothing is lost or guessed."""

import csv
import io

import pandas as pd

from valuecreation.errors import UnreadableStudy
from valuecreation.findings import Finding
from valuecreation.io.decoding import decode
from valuecreation.io.grid import Grid, to_grid
from valuecreation.study.cells import as_text
from valuecreation.study.schema import known_name

_LONGEST_CELL = 2**31 - 1
_LONGEST_HEADER = 100_000
SIGNS = {
    ",": {"en": "commas", "nl": "komma's"},
    ";": {"en": "semicolons", "nl": "puntkomma's"},
    "\t": {"en": "tabs", "nl": "tabs"},
    "|": {"en": "upright strokes", "nl": "verticale strepen"},
}


def read_table(content: bytes, name: str, table: str) -> tuple[Grid | None, list[Finding]]:
    """Return a table from the bytes of a CSV file, all cells as text, and what was noticed of the file.

    Raises
    ------
    UnreadableStudy
        When the bytes are no text, or a quotation mark is never closed.
    """
    text, found = decode(content, name, table)
    announced, text = announced_sign(text)
    if not text.strip():
        return None, [*found, Finding("empty_file", table, value=name)]
    sign = announced or _delimiter(text, table)
    if sign != ",":
        found.append(Finding("delimiter", table, value=name, details={"sign": SIGNS[sign]}))
    grid = split_cells(text, sign, name)
    if not grid:
        return None, [*found, Finding("empty_file", table, value=name)]
    if not text.endswith("\n"):
        found.append(Finding("no_final_newline", table, row=len(grid), value=name))
    if not any(cell.strip() for cell in grid[0]):
        raise UnreadableStudy(f"{name}: row 1 is empty. Put the names of the columns in the first row.")
    return to_grid(grid[0], grid[1:], table), found


def write_table(frame: pd.DataFrame) -> str:
    r"""Return a table as CSV: UTF-8 text, commas, ``\n``, quotation marks only where needed."""
    return pd.DataFrame({column: as_text(frame[column]) for column in frame}).to_csv(index=False, lineterminator="\n")


def announced_sign(text: str) -> tuple[str | None, str]:
    """Return the delimiter that Excel announces in a first line ``sep=;``, and the text without that line."""
    first, _, rest = text.partition("\n")
    line = first.strip(' "')
    if line.lower().startswith("sep=") and len(line) <= 5 and (sign := line[4:] or "\t") in SIGNS:
        return sign, rest
    return None, text


def _delimiter(text: str, table: str) -> str:
    header = text.partition("\n")[0]

    def known(sign: str) -> tuple[int, int]:
        names = next(csv.reader([header[:_LONGEST_HEADER]], delimiter=sign), [])
        return sum(known_name(name, table) is not None for name in names), len(names)

    return max(SIGNS, key=known)


def split_cells(text: str, sign: str, name: str) -> list[list[str]]:
    """Return the cells of delimited text, row by row, without the empty rows at its end."""
    before = csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    grid: list[list[str]] = []
    try:
        grid.extend(reader)
    except csv.Error as error:
        begun = len(grid) + 1
        reason = (
            "a quotation mark is opened and never closed"
            if "end of data" in str(error)
            else "a quotation mark stands in an odd place"
        )
        raise UnreadableStudy(
            f"{name}, row {begun}: {reason} (read as far as line {reader.line_num}), so it is not clear where cells end. "
            'Inside a text between quotation marks write a quotation mark twice (""), leave no space before the mark that opens '
            "a cell, or save the file anew from a spreadsheet."
        ) from error
    finally:
        csv.field_size_limit(before)
    while grid and not any(grid[-1]):
        grid.pop()
    return grid
