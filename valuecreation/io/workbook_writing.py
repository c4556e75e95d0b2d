"""Writing a study as one Excel workbook: a sheet a table, every text cell forced to text, long texts in parts.

Excel cuts a cell at 32,767 characters and takes ``=niet`` for a formula; both are prevented here. A cell whose text is too
long holds a pointer such as ``[[text 3, 2 parts]]``, and the sheet ``texts`` has the parts of text 3 in order.
"""

import json
import re
import tempfile
from datetime import datetime
from pathlib import Path

import pandas as pd

from valuecreation.errors import UnwritableStudy
from valuecreation.study import Study, schema
from valuecreation.study.cells import NO, YES, as_text
from valuecreation.study.checks.rows import row_of
from valuecreation.words import label

LONGEST = 32_000
POINTER = re.compile(r"\[\[text ([0-9]{1,6}), ([0-9]{1,6}) parts\]\]")
_PART = 15_000
_MOST_ROWS, _MOST_COLUMNS = 1_048_575, 16_384
_FORBIDDEN = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]"
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


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

    _check_signs(study)
    book = Workbook(write_only=True)
    longer: list[str] = []
    for name, frame in study.tables.items():
        _write_sheet(book.create_sheet(name), name, frame, longer, blank_rows)
    _write_own(book, study, longer)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.stem}-") as scratch:
        made = Path(scratch) / path.name
        book.save(made)
        made.replace(path)


def _write_sheet(sheet, name: str, frame: pd.DataFrame, longer: list[str], blank_rows: int) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    columns = schema.table(name).columns
    sheet.freeze_panes = "A2"
    for place, column in enumerate(frame.columns, start=1):
        wide = column in columns and columns[column].type == "long"
        sheet.column_dimensions[get_column_letter(place)].width = 60 if wide else max(12, min(30, len(column) + 4))
        _offer_choices(sheet, columns.get(column), get_column_letter(place), len(frame) + blank_rows + 1)
    sheet.append([_text_cell(sheet, column, Font(bold=True)) for column in frame.columns])
    kinds = [columns[column].type if column in columns else "text" for column in frame.columns]
    cells = [_prepared(frame[column], kind) for column, kind in zip(frame.columns, kinds, strict=True)]
    for row in zip(*cells, strict=True):
        sheet.append([_cell(sheet, value, kind, longer) for value, kind in zip(row, kinds, strict=True)])
    for _ in range(blank_rows):
        sheet.append([_blank(sheet, kind) for kind in kinds])


def _prepared(values: pd.Series, kind: str) -> list[object]:
    """Return a column as what its cells shall hold: numbers and dates where Excel can hold them exactly, else text."""
    text = as_text(values)
    if kind in ("integer", "number") and pd.api.types.is_numeric_dtype(values.dtype):
        # openpyxl writes sixteen digits
        exact = [pd.notna(value) and abs(value) < 1e15 and float(f"{value:.16g}") == value for value in values]
        return [value if good else word for value, good, word in zip(values, exact, text, strict=True)]
    if kind == "date" and pd.api.types.is_datetime64_any_dtype(values.dtype):
        return [
            value.to_pydatetime() if pd.notna(value) and 1901 <= value.year <= 9999 else word
            for value, word in zip(values, text, strict=True)
        ]
    return list(text)


def _cell(sheet, value: object, kind: str, longer: list[str]):
    from openpyxl.cell import WriteOnlyCell

    if value is None or pd.isna(value):
        return None
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "yyyy-mm-dd"
        return cell
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, int(value) if kind == "integer" or float(value).is_integer() else float(value))
    if len(_escaped(value).encode("utf-16-le")) // 2 > LONGEST or POINTER.fullmatch(value):
        longer.append(value)
        value = f"[[text {len(longer)}, {len(_parts(value))} parts]]"
    return _text_cell(sheet, value)


def _text_cell(sheet, value: str, font=None):
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, _escaped(value))
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


def _check_signs(study: Study) -> None:
    """Refuse signs that Excel cannot hold, before anything is written."""
    for name, frame in study.tables.items():
        if len(frame.columns) > _MOST_COLUMNS or len(frame) > _MOST_ROWS:
            raise UnwritableStudy(
                f"{name} has {len(frame):,} rows and {len(frame.columns):,} columns; Excel holds {_MOST_ROWS:,} and "
                f"{_MOST_COLUMNS:,}. Write the study as a folder."
            )
        for column in frame.columns:
            text = as_text(frame[column])
            odd = text[text.str.contains(_FORBIDDEN, regex=True, na=False)]
            if len(odd):
                sign = re.search(_FORBIDDEN, odd.iloc[0])[0]
                raise UnwritableStudy(
                    f"{name}, row {row_of(odd.index[0])}, column {column}: the text holds the control sign U+{ord(sign):04X}, "
                    "which Excel cannot hold. Take it out, or write the study as a folder."
                )


def _parts(text: str) -> list[str]:
    return [text[start : start + _PART] for start in range(0, len(text), _PART)]


def _escaped(value: str) -> str:
    """Return a text in which nothing looks like one of Excel's own escapes (``_x0041_`` would come back as A)."""
    return _ESCAPE.sub("_x005F_", value) if "_x" in value else value


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
    for key, value in _known(study):
        text = f"{value}"
        if len(_escaped(text)) > LONGEST or re.search(_FORBIDDEN, text):
            raise UnwritableStudy(
                f"about: {key} is too long or holds a sign that Excel cannot hold. Write the study as a folder."
            )
        about.append([key, _text_cell(about, text)])
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
            for part, words in enumerate(_parts(text), start=1):
                texts.append([_text_cell(texts, str(number)), part, _text_cell(texts, words)])


def _known(study: Study) -> list[tuple[str, str]]:
    """Return what is known of a study as pairs of key and value."""
    about, pairs = study.about, [("name", study.name)]
    for key in ("title", "description"):
        words = about.get(key)
        pairs += [(f"{key}_{one}", text) for one, text in words.items()] if isinstance(words, dict) else [(key, words)]
    if "fictional" in about:
        pairs.append(("fictional", YES[0] if about["fictional"] else NO[0]))
    pairs += [(key, about.get(key)) for key in ("language", "licence")]
    pairs += [("source", source) for source in about.get("sources", [])]
    if "other" in about:
        pairs.append(("other", json.dumps(about["other"], ensure_ascii=False)))
    return [(key, value) for key, value in pairs if value]
