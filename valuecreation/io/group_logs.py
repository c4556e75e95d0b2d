"""The log of a facilitator: a sheet with a row for each intervention in a group, and what comes back of it."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from valuecreation.errors import UnreadableStudy
from valuecreation.io.sheets import filled_sheets, place_for_sheet
from valuecreation.words import LANGUAGES, check_language, label, phrase, vocabulary

_MARK = "valuecreation group log"
_LISTS = {"phase": "group_phase", "level": "intervention_level", "style": "leadership_style"}
COLUMNS = ("date", "phase", "level", "style", "reported_by", "note")
_ROOM = 60


def group_log_form(path: str | Path, language: str = "nl") -> Path:
    """Write an empty log for a facilitator, as an Excel sheet: day, phase, level, style, who noted it, and what was done.

    Phases, levels and styles are lists to choose from. Not one cell has to be filled in.

    Parameters
    ----------
    path : str or Path
        An ``.xlsx`` file that is not there yet.
    language : {"nl", "en"}

    Returns
    -------
    Path
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.datavalidation import DataValidation

    check_language(language)
    path = place_for_sheet(path, "a group log")
    book = Workbook()
    sheet = book.active
    sheet.title = phrase("group_log_sheet", language)
    sheet.append([_MARK, phrase("group_log_how", language)])
    sheet.append([phrase(f"group_log_{name}", language) for name in COLUMNS])
    for letter, width in zip("ABCDEF", (14, 30, 30, 18, 24, 70), strict=True):
        sheet.column_dimensions[letter].width = width
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    for row in sheet.iter_rows(min_row=3, max_row=2 + _ROOM, max_col=len(COLUMNS)):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.number_format = "@"
    for letter, name in zip("BCD", _LISTS.values(), strict=True):
        words = ",".join(label(name, key, language) for key in vocabulary(name))
        rule = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=False)
        rule.add(f"{letter}3:{letter}{2 + _ROOM}")
        sheet.add_data_validation(rule)
    sheet.freeze_panes = "A3"
    book.save(path)
    return path


def read_group_log(paths: str | Path | Iterable[str | Path]) -> pd.DataFrame:
    """Return what facilitators wrote in their logs.

    Parameters
    ----------
    paths : str, Path or iterable of these
        Filled in sheets of `group_log_form`, in either language.

    Returns
    -------
    pandas.DataFrame
        Columns date, phase, level, style, reported_by, note, source and row; the words of the lists are their keys.

    Raises
    ------
    UnreadableStudy
        When a file is no group log, or a cell holds something that its list does not have; all such cells are named, and then
        nothing is read.
    """
    rows, wrong = [], []
    for path in [paths] if isinstance(paths, (str, Path)) or not hasattr(paths, "__iter__") else list(paths):
        found = [cells for _, cells in filled_sheets(path, "a group log") if cells and cells[0][:1] == [_MARK]]
        name = Path(path).name
        if not found:
            raise UnreadableStudy(f"{name} has no sheet that vc.group_log_form wrote: its first cell is not {_MARK!r}.")
        for cells in found:
            for number, line in enumerate(cells[2:], start=3):
                said = dict(zip(COLUMNS, [*line, *[""] * len(COLUMNS)], strict=False))
                if any(said.values()):
                    rows.append({**_keys(said, name, number, wrong), "source": name, "row": number})
    if wrong:
        raise UnreadableStudy("These cells cannot be read:\n" + "\n".join(f"  {one}" for one in wrong))
    return pd.DataFrame(rows, columns=[*COLUMNS, "source", "row"]).replace({"": None}).astype({"row": "int64"})


def _keys(said: dict[str, str], name: str, number: int, wrong: list[str]) -> dict[str, str]:
    for column, words in _LISTS.items():
        if not said[column]:
            continue
        key = key_of(words, said[column])
        if key is None:
            choices = ", ".join(label(words, one, "nl") for one in vocabulary(words))
            wrong.append(
                f"{name}, row {number}, column {column}: {said[column]!r} is none of the list. Choose {choices}."
            )
        said[column] = key or said[column]
    if said["date"] and pd.isna(pd.to_datetime(said["date"], format="%Y-%m-%d", errors="coerce")):
        wrong.append(
            f"{name}, row {number}, column date: {said['date']!r} cannot be read as a day. Write year-month-day: 2025-03-31."
        )
    return said


def key_of(words: str, said: str) -> str | None:
    """Return the key of a closed list for a cell: the key itself, or its label in either language."""
    plain = said.strip().casefold()
    for key in vocabulary(words):
        if plain in (str(key).casefold(), *(label(words, key, language).casefold() for language in LANGUAGES)):
            return str(key)
    return None
