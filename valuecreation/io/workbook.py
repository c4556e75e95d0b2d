"""Reading a study from an Excel workbook, with a note of what Excel does to cells: merging, formulas, errors, comments."""

import json
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from valuecreation.errors import UnknownName, UnreadableStudy, UnwritableStudy, listed
from valuecreation.findings import Finding
from valuecreation.io.grid import Grid, apply_day_first, to_grid
from valuecreation.io.workbook_writing import POINTER
from valuecreation.study import Study, schema
from valuecreation.study.cells import NO, YES, cell_text
from valuecreation.study.checks.rows import did_you_mean
from valuecreation.words import LANGUAGES

_NUMBER = re.compile("[0-9]{1,6}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_OWN_SHEETS = ("about", "columns", "texts")


def read_workbook(path: Path, day_first: bool | None = None) -> Study:
    """Return the study in a workbook."""
    book = _open(path)
    sheets = _sheets(book, path)
    present = [name for name in schema.tables() if name in sheets]
    if not present:
        titles = listed(sheet.title for sheet in book.worksheets)
        raise UnreadableStudy(
            f"{path.name} has no sheet named after a table of a study. Sheets are named documents, segments, codings and so on; "
            f"this workbook has {titles}. vc.new_study lays out an empty one."
        )
    results = _Results(path)
    found = [*_strangers(book)]
    cells = {}
    for name in [*present, *(own for own in ("texts", "about") if own in sheets)]:
        cells[name], noticed = _cells(sheets[name], name, results)
        found += noticed
    texts = _Texts(cells.pop("texts", []))
    about = cells.pop("about", [])
    frames = {}
    for name, grid_cells in cells.items():
        if not grid_cells:
            found.append(Finding("empty_sheet", name, value=sheets[name].title))
            continue
        grid = to_grid(grid_cells[0], grid_cells[1:], name)
        texts.fill_in(grid, name)
        apply_day_first(grid, name, day_first)
        found += grid.findings
        frames[name] = grid.frame
    found += texts.left_over()
    known = _about(about)
    return Study(frames, name=known.pop("name", path.stem), about=known, read_findings=found, place=path)


def sheet_cells(path: Path, sheet: str | None = None) -> tuple[list[list[str]], list[Finding]]:
    """Return one sheet of a workbook cell by cell, whatever it holds; the first that is not empty when none is named."""
    book = _open(path)
    titles = [one.title for one in book.worksheets]
    if sheet is not None and sheet not in titles:
        raise UnknownName.among("sheet", sheet, titles)
    results = _Results(path)
    for one in [book[sheet]] if sheet is not None else book.worksheets:
        cells, found = _cells(one, "documents", results)
        if cells or sheet is not None:
            return cells, found
    return [], []


def sheets_beside(path: Path) -> list[str]:
    """Return the sheets of a workbook that are no part of a study; all of them when it holds no study.

    Raises
    ------
    UnwritableStudy
        When the file is no workbook at all.
    """
    try:
        book = _open(path)
    except UnreadableStudy as error:
        raise UnwritableStudy(
            f"{path.name} is no workbook that can be read, so it is not replaced. Choose another name."
        ) from error
    names = {sheet.title: sheet.title.strip().casefold() for sheet in book.worksheets}
    if not set(names.values()) & set(schema.tables()):
        return list(names)
    return [title for title, name in names.items() if name not in (*schema.tables(), *_OWN_SHEETS)]


def _open(path: Path, values: bool = False):
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves aside (charts, list formats) is no part of a study
            return load_workbook(path, data_only=values)
    except Exception as error:  # a damaged file fails in openpyxl, zipfile, zlib or the XML parser, each in its own way
        reason = f" ({error.strerror})" if isinstance(error, OSError) and error.strerror else ""
        raise UnreadableStudy(
            f"{path.name} is not a workbook that can be read{reason}. Open it in Excel, save it as .xlsx (not .xls, not "
            "protected by a password) and close it there."
        ) from error


def _sheets(book, path: Path) -> dict:
    sheets: dict = {}
    for sheet in book.worksheets:
        name = sheet.title.strip().casefold()
        if name in sheets and name in (*schema.tables(), *_OWN_SHEETS):
            raise UnreadableStudy(
                f"{path.name}: the sheets {sheets[name].title!r} and {sheet.title!r} are both the table {name}. Keep one."
            )
        sheets[name] = sheet
    return sheets


class _Results:
    """The last results of formulas, read from the file only when there is a formula."""

    def __init__(self, path: Path):
        self.path, self._values = path, None

    def of(self, sheet: str, coordinate: str) -> object:
        if self._values is None:
            self._values = _open(self.path, values=True)
        return self._values[sheet][coordinate].value


class _Texts:
    """Long texts in their parts, and which of them a cell has asked for."""

    def __init__(self, cells: list[list[str]]):
        self.parts: dict[str, dict[int, str]] = {}
        self.odd: list[str] = []
        self.used: set[str] = set()
        for row in cells[1:]:
            number, part, words = (*row, "", "", "")[:3]
            whole = _NUMBER.fullmatch(number) and _NUMBER.fullmatch(part)
            if not whole or int(part) in self.parts.get(number, {}):
                self.odd += [number or "?"] if any(row) else []
                continue
            self.parts.setdefault(number, {})[int(part)] = words

    def fill_in(self, grid: Grid, table: str) -> None:
        """Put texts in the cells that point at them."""
        for column in grid.frame.columns:
            cells = grid.frame[column]
            pointing = cells.str.fullmatch(POINTER.pattern).fillna(False).astype(bool)
            if not pointing.any():
                continue
            cells = cells.copy()
            for place, pointer in cells[pointing].items():
                number, count = POINTER.fullmatch(pointer).groups()
                parts = self.parts.get(number, {})
                self.used.add(number)
                if sorted(parts) != list(range(1, int(count) + 1)) or not all(parts.values()):
                    grid.findings.append(Finding("text_part_missing", table, grid.rows[place], column, pointer))
                    continue
                cells[place] = "".join(parts[part] for part in sorted(parts))
            grid.frame[column] = cells

    def left_over(self) -> Iterator[Finding]:
        """Yield a finding for each text that no cell has asked for or that could not be understood."""
        for number in dict.fromkeys([*self.odd, *(number for number in self.parts if number not in self.used)]):
            yield Finding("text_part_unused", value=number)


def _cells(sheet, table: str, results: _Results) -> tuple[list[list[str]], list[Finding]]:
    found = [
        Finding("merged_cells", table, row=merged.min_row, value=str(merged)) for merged in sheet.merged_cells.ranges
    ]
    # openpyxl's own store of cells: walking rows would walk every cell up to one that was typed far away by accident
    said = [(place, cell) for place, cell in sheet._cells.items() if _says_something(cell)]
    grid: list[list[str]] = [[] for _ in range(max((row for (row, _), _ in said), default=0))]
    for (row, column), cell in sorted(said, key=lambda one: one[0]):
        cells = grid[row - 1]
        cells.extend([""] * (column - len(cells)))
        if cell.comment is not None:
            found.append(Finding("comment", table, row, _title(grid, cell), cell.comment.text))
        if cell.hyperlink is not None and cell.hyperlink.target not in (None, cell.value):
            found.append(Finding("hyperlink", table, row, _title(grid, cell), cell.hyperlink.target))
        if cell.value is None:
            continue
        cells[column - 1], noticed = _value(cell, sheet.title, results)
        if noticed:
            rule, value, details = noticed
            found.append(Finding(rule, table, row, _title(grid, cell), value, details))
    width = len(grid[0]) if grid else 0
    for cells in grid:
        cells.extend([""] * (width - len(cells)))
    while grid and not any(grid[-1]):
        grid.pop()
    return grid, found


def _says_something(cell) -> bool:
    from openpyxl.cell.cell import MergedCell

    if isinstance(cell, MergedCell):
        return False
    return cell.value is not None or cell.comment is not None or cell.hyperlink is not None


def _title(grid: list[list[str]], cell) -> str:
    """Return the name of a cell's column, or its letter where the header has none."""
    header = grid[0] if grid else []
    return header[cell.column - 1] if cell.column <= len(header) and header[cell.column - 1] else cell.column_letter


def _value(cell, sheet: str, results: _Results) -> tuple[str, tuple[str, object, dict] | None]:
    if cell.data_type == "f":
        formula = getattr(cell.value, "text", None) or str(cell.value)
        result = results.of(sheet, cell.coordinate)
        if result is None:
            return "", ("formula_unknown", formula, {})
        value = _plain(result)
        if value.startswith("#"):
            return value, ("excel_error", value, {})
        return value, ("formula", formula, {"result": value})
    if cell.data_type == "e":
        return str(cell.value), ("excel_error", cell.value, {})
    return _plain(cell.value), None


def _plain(value: object) -> str:
    if isinstance(value, str):
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value) if "_x" in value else value
    if isinstance(value, (datetime, date)):
        return cell_text(value) or ""
    if isinstance(value, (time, timedelta)):
        return str(value)
    return cell_text(value) or ""


def _about(cells: list[list[str]]) -> dict:
    """Return what the sheet ``about`` says: pairs of key and value, ``source`` as often as there are sources."""
    pairs = [(row[0].strip(), row[1]) for row in cells[1:] if len(row) > 1 and row[0].strip() and row[1]]
    sheet = dict(pairs)
    about: dict = {key: sheet[key] for key in ("name", "language", "licence") if key in sheet}
    for key in ("title", "description"):
        words = {language: sheet[f"{key}_{language}"] for language in LANGUAGES if f"{key}_{language}" in sheet}
        if words or key in sheet:
            about[key] = words or sheet[key]
    if sheet.get("fictional", "").casefold() in (*YES, *NO):
        about["fictional"] = sheet["fictional"].casefold() in YES
    sources = [value for key, value in pairs if key == "source"]
    if sources:
        about["sources"] = sources
    try:
        other = json.loads(sheet.get("other", "{}"))
    except ValueError:
        other = {}
    return about | ({"other": other} if isinstance(other, dict) and other else {})


def _strangers(book) -> Iterator[Finding]:
    for sheet in book.worksheets:
        name = sheet.title.strip().casefold()
        if (
            name not in schema.tables()
            and name not in _OWN_SHEETS
            and (sheet.max_row > 1 or sheet["A1"].value is not None)
        ):
            yield Finding(
                "unknown_sheet", value=sheet.title, details={"hint": did_you_mean(name, schema.tables(), ending=True)}
            )
