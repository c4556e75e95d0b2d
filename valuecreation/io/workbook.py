"""A study as one Excel workbook: a sheet a table, every text cell forced to text, long texts in parts on a sheet `texts`.

Excel cuts a cell at 32,767 characters and takes ``=niet`` for a formula; both are prevented here. A cell whose text is too
long holds a pointer such as ``[[text 3]]``, and the sheet ``texts`` has the parts of text 3 in order.
"""

import re
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pandas as pd

from valuecreation.errors import UnreadableStudy, UnwritableStudy
from valuecreation.findings import Finding
from valuecreation.io.grid import apply_day_first, to_frame
from valuecreation.study import Study, schema
from valuecreation.study.cells import as_text, cell_text
from valuecreation.study.checks.rows import did_you_mean, row_of
from valuecreation.words import label

LONGEST = 32_000
_PART = 15_000
_POINTER = re.compile(r"\[\[text (\d+)\]\]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_OWN_SHEETS = ("about", "columns", "texts")


def read_workbook(path: Path, day_first: bool | None = None) -> Study:
    """Return the study in a workbook."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError, AttributeError) as error:
        raise UnreadableStudy(
            f"{path.name} is not a workbook that can be read. Open it in Excel, save it as .xlsx (not .xls, not protected "
            "by a password) and close it there."
        ) from error
    sheets = {sheet.title.strip().casefold(): sheet for sheet in book.worksheets}
    present = [name for name in schema.tables() if name in sheets]
    if not present:
        titles = ", ".join(sheet.title for sheet in book.worksheets)
        raise UnreadableStudy(
            f"{path.name} has no sheet named after a table of a study. Sheets are named documents, segments, codings and so on; "
            f"this workbook has {titles}. vc.new_study lays out an empty one."
        )
    results = _Results(path, book)
    found = [*_strangers(book)]
    grids = {}
    for name in [*present, *(own for own in ("texts", "about") if own in sheets)]:
        grids[name], noticed = _grid(sheets[name], name, results)
        found += noticed
    texts = _texts(grids.pop("texts", []))
    about = {row[0]: row[1] for row in grids.pop("about", [])[1:] if len(row) > 1 and row[0]}
    frames = {}
    for name, grid in grids.items():
        if not grid:
            found.append(Finding("empty_file", name, value=name))
            continue
        frame, noticed = to_frame(grid[0], grid[1:], name)
        found += noticed
        frame, noticed = _with_long_texts(frame, name, texts)
        found += noticed
        frame, noticed = apply_day_first(frame, name, day_first)
        found += noticed
        frames[name] = frame
    return Study(frames, name=about.pop("name", path.stem), about=_about(about), read_findings=found)


def write_workbook(study: Study, path: Path, blank_rows: int = 0) -> None:
    """Write a study as a workbook.

    Parameters
    ----------
    study : Study
    path : Path
    blank_rows : int
        Empty rows to prepare below each table, with their cell formats and lists to choose from.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    longer: list[str] = []
    for name, frame in study.tables.items():
        _write_sheet(book.create_sheet(name), name, frame, longer, blank_rows)
    _write_own(book, study, longer)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.stem}-") as scratch:
        made = Path(scratch) / path.name
        book.save(made)
        made.replace(path)


class _Results:
    """The last results of formulas, read from the file only when there is a formula."""

    def __init__(self, path: Path, book):
        self.path, self.epoch, self._values = path, book.epoch, None

    def of(self, sheet: str, coordinate: str) -> object:
        if self._values is None:
            from openpyxl import load_workbook

            self._values = load_workbook(self.path, data_only=True)
        return self._values[sheet][coordinate].value


def _grid(sheet, table: str, results: _Results) -> tuple[list[list[str]], list[Finding]]:
    found = [
        Finding("merged_cells", table, row=merged.min_row, value=str(merged)) for merged in sheet.merged_cells.ranges
    ]
    grid = []
    for row in sheet.iter_rows():
        cells = []
        for cell in row:
            if cell.value is None:
                cells.append("")
                continue
            value, noticed = _value(cell, sheet.title, table, results)
            cells.append(value)
            found += noticed
        grid.append(cells)
    while grid and not any(cell.strip() for cell in grid[-1]):
        grid.pop()
    return grid, found


def _value(cell, sheet: str, table: str, results: _Results) -> tuple[str, list[Finding]]:
    column = cell.column_letter
    if cell.data_type == "f":
        formula = getattr(cell.value, "text", None) or str(cell.value)
        result = results.of(sheet, cell.coordinate)
        if result is None:
            return "", [Finding("formula_unknown", table, cell.row, column, formula)]
        value = _plain(result)
        return value, [Finding("formula", table, cell.row, column, formula, {"result": value})]
    if cell.data_type == "e":
        return str(cell.value), [Finding("excel_error", table, cell.row, column, cell.value)]
    return _plain(cell.value), []


def _plain(value: object) -> str:
    if isinstance(value, str):
        return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), value) if "_x" in value else value
    if isinstance(value, (datetime, date)):
        return cell_text(value) or ""
    if isinstance(value, (time, timedelta)):
        return str(value)
    return cell_text(value) or ""


def _texts(grid: list[list[str]]) -> dict[str, dict[int, str]]:
    texts: dict[str, dict[int, str]] = {}
    for row in grid[1:]:
        if len(row) >= 3 and row[1].isdigit():
            texts.setdefault(row[0], {})[int(row[1])] = row[2]
    return texts


def _with_long_texts(frame: pd.DataFrame, table: str, texts: dict) -> tuple[pd.DataFrame, list[Finding]]:
    found, changed = [], {}
    for column in frame.columns:
        pointing = frame[column].str.fullmatch(_POINTER.pattern).fillna(False).astype(bool)
        if not pointing.any():
            continue
        cells = frame[column].copy()
        for place, pointer in frame.loc[pointing, column].items():
            parts = texts.get(pointer[2:-2].removeprefix("text "), {})
            if not parts or sorted(parts) != list(range(1, len(parts) + 1)):
                found.append(Finding("text_part_missing", table, row_of(place), column, pointer))
                continue
            cells[place] = "".join(parts[number] for number in sorted(parts))
        changed[column] = cells
    return frame.assign(**changed), found


def _about(sheet: dict[str, str]) -> dict:
    about: dict = {}
    for key in ("title", "description"):
        words = {language: sheet[f"{key}_{language}"] for language in ("en", "nl") if sheet.get(f"{key}_{language}")}
        if words:
            about[key] = words if len(words) > 1 else next(iter(words.values()))
    if sheet.get("fictional"):
        about["fictional"] = sheet["fictional"] == "yes"
    about |= {key: sheet[key] for key in ("language", "licence") if sheet.get(key)}
    if sheet.get("sources"):
        about["sources"] = sheet["sources"].split("\n")
    return about


def _strangers(book) -> Iterator[Finding]:
    for sheet in book.worksheets:
        name = sheet.title.strip().casefold()
        if name not in schema.tables() and name not in _OWN_SHEETS and sheet.max_row > 1:
            near = did_you_mean(name, schema.tables())
            hint = {
                "en": near["en"].replace(" Did you mean ", ", perhaps ").rstrip("?"),
                "nl": near["nl"].replace(" Bedoel je ", ", misschien ").rstrip("?"),
            }
            yield Finding("unknown_sheet", value=sheet.title, details={"hint": hint})


def _write_sheet(sheet, name: str, frame: pd.DataFrame, longer: list[str], blank_rows: int) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    columns = schema.table(name).columns
    sheet.freeze_panes = "A2"
    for place, column in enumerate(frame.columns, start=1):
        wide = column in columns and columns[column].type == "long"
        sheet.column_dimensions[get_column_letter(place)].width = 60 if wide else max(12, min(30, len(column) + 4))
        _offer_choices(sheet, columns.get(column), get_column_letter(place), len(frame) + blank_rows + 1)
    sheet.append([_text_cell(sheet, column, name, 1, column, Font(bold=True)) for column in frame.columns])
    kinds = [columns[column].type if column in columns else "text" for column in frame.columns]
    cells = [_prepared(frame[column], kind) for column, kind in zip(frame.columns, kinds, strict=True)]
    for place, row in enumerate(zip(*cells, strict=True)):
        made = [
            _cell(sheet, value, kind, (name, row_of(place), column), longer)
            for value, kind, column in zip(row, kinds, frame.columns, strict=True)
        ]
        sheet.append(made)
    for _ in range(blank_rows):
        sheet.append([_blank(sheet, kind) for kind in kinds])


def _prepared(values: pd.Series, kind: str) -> list[object]:
    """Return a column as what its cells shall hold: numbers and dates where Excel can hold them exactly, else text."""
    text = as_text(values)
    if kind in ("integer", "number") and pd.api.types.is_numeric_dtype(values.dtype):
        exact = values.notna()
        if kind == "integer":
            exact &= values.abs().fillna(0) < 10**15
        return [value if good else word for value, good, word in zip(values, exact, text, strict=True)]
    if kind == "date" and pd.api.types.is_datetime64_any_dtype(values.dtype):
        return [
            value.to_pydatetime() if pd.notna(value) and 1901 <= value.year <= 9999 else word
            for value, word in zip(values, text, strict=True)
        ]
    return list(text)


def _cell(sheet, value: object, kind: str, place: tuple[str, int, str], longer: list[str]):
    from openpyxl.cell import WriteOnlyCell

    if value is None or pd.isna(value):
        return None
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "yyyy-mm-dd"
        return cell
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, int(value) if kind == "integer" or float(value).is_integer() else float(value))
    table, row, column = place
    if len(value.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST or _POINTER.fullmatch(value):
        _checked(value, table, row, column)
        longer.append(value)
        value = f"[[text {len(longer)}]]"
    return _text_cell(sheet, value, table, row, column)


def _text_cell(sheet, value: str, table: str, row: int, column: str, font=None):
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, _escaped(_checked(value, table, row, column)))
    cell.data_type = "s"
    cell.number_format = "@"
    if font:
        cell.font = font
    return cell


def _blank(sheet, kind: str):
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, None)
    cell.number_format = {"date": "yyyy-mm-dd", "integer": "0", "number": "General"}.get(kind, "@")
    return cell


def _checked(value: str, table: str, row: int, column: str) -> str:
    odd = _FORBIDDEN.search(value)
    if odd:
        raise UnwritableStudy(
            f"{table}, row {row}, column {column}: the text holds the control sign U+{ord(odd[0]):04X}, which Excel cannot hold. "
            "Take it out, or write the study as a folder."
        )
    return value


def _escaped(value: str) -> str:
    """Return a text in which nothing looks like one of Excel's own escapes (``_x0041_`` would come back as A)."""
    return _ESCAPE.sub(lambda match: f"_x005F_x{match[1]}_", value) if "_x" in value else value


def _offer_choices(sheet, column: schema.Column | None, letter: str, last_row: int) -> None:
    """Give a column with a closed list a drop-down, with the Dutch and English words as its explanation."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if column is None or not column.choices or last_row < 2:
        return
    choices = ",".join(column.choices)
    words = "; ".join(f"{key} = {label(column.vocabulary, key, 'nl')}" for key in column.choices)
    rule = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True, showErrorMessage=False)
    rule.promptTitle, rule.prompt = column.name[:32], f"{column.description['nl']}: {words}"[:255]
    rule.showInputMessage = True
    rule.add(f"{letter}2:{letter}{last_row}")
    sheet.data_validations.append(rule)


def _write_own(book, study: Study, longer: list[str]) -> None:
    about = book.create_sheet("about")
    about.append(["key", "value"])
    known = {"name": study.name}
    for key in ("title", "description"):
        words = study.about.get(key)
        known |= {f"{key}_{one}": text for one, text in words.items()} if isinstance(words, dict) else {f"{key}_en": words}
    if "fictional" in study.about:
        known["fictional"] = "yes" if study.about["fictional"] else "no"
    known |= {key: study.about.get(key) for key in ("language", "licence")}
    known["sources"] = "\n".join(study.about.get("sources") or [])
    for row, (key, value) in enumerate(known.items(), start=2):
        if value:
            about.append([key, _text_cell(about, str(value), "about", row, "value")])
    meanings = book.create_sheet("columns")
    meanings.append(["table", "column", "type", "needed", "choices", "meaning (en)", "betekenis (nl)"])
    for name in study.tables:
        english, dutch = schema.describe(name, "en"), schema.describe(name, "nl")
        for row, dutch_meaning in zip(english.itertuples(index=False), dutch["meaning"], strict=True):
            meanings.append([*row, dutch_meaning])
    if longer:
        texts = book.create_sheet("texts")
        texts.append(["text", "part", "words"])
        for number, text in enumerate(longer, start=1):
            for part, start in enumerate(range(0, len(text), _PART), start=1):
                words = _text_cell(texts, text[start : start + _PART], "texts", part, "words")
                texts.append([_text_cell(texts, str(number), "texts", part, "text"), part, words])
