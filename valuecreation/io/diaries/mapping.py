"""What each column of a diary file is: proposed with a reason, looked at by a person, changed where it is wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

import pandas as pd

from valuecreation.errors import UnknownName, UnreadableStudy
from valuecreation.findings import Finding
from valuecreation.io.decoding import decode
from valuecreation.io.delimited import SIGNS, split_cells
from valuecreation.io.places import as_path
from valuecreation.result import table_html
from valuecreation.study.dates import excel_day, loosely, readings
from valuecreation.words import check_language, in_language, load_data, phrase

ROLES = tuple(load_data("io/diaries/columns.yaml"))
SEVERAL = ("text", "keep", "leave_out")
_LONG = 40


@dataclass(frozen=True)
class Proposal:
    """One column: its header, what it is taken to be, why, and a cell of it."""

    column: str
    role: str
    reason: str
    example: str


@dataclass(frozen=True, repr=False)
class ColumnMapping:
    """What each column of a file is; `read_diaries` does as it says.

    Attributes
    ----------
    path : str
        The file.
    sheet : str or None
    proposals : tuple of Proposal
        In the order of the file.
    """

    path: str
    sheet: str | None
    proposals: tuple[Proposal, ...]

    def replace(self, roles: Mapping[str, str]) -> "ColumnMapping":
        """Return the mapping with other roles for some columns, ``mapping.replace({"Datum": "date"})``."""
        known = [one.column for one in self.proposals]
        for column, role in roles.items():
            if column not in known:
                raise UnknownName.among("column", column, known)
            if role not in ROLES:
                raise UnknownName.among("role of a column", role, ROLES)
        changed = tuple(
            replace(one, role=roles[one.column], reason="you") if one.column in roles else one for one in self.proposals
        )
        return replace(self, proposals=changed)

    def columns(self, role: str) -> list[str]:
        """Return the columns that have a role."""
        return [one.column for one in self.proposals if one.role == role]

    def to_frame(self, language: str = "en") -> pd.DataFrame:
        """Return a row a column: header, role, what that means, why, and a cell of it."""
        entries = load_data("io/diaries/columns.yaml")
        rows = [
            (one.column, one.role, in_language(entries[one.role], language), _reason(one, language), one.example)
            for one in self.proposals
        ]
        names = [
            phrase(f"mapping_{name}", check_language(language))
            for name in ("column", "role", "means", "reason", "example")
        ]
        return pd.DataFrame(rows, columns=names).astype("str")

    def __repr__(self) -> str:
        return f"<ColumnMapping of {Path(self.path).name}>\n" + "\n".join(
            f"  {one.column} -> {one.role}" for one in self.proposals
        )

    def _repr_html_(self) -> str:
        return f"<p>{escape(phrase('mapping_look'))}</p>{table_html(self.to_frame())}"


def propose_columns(path: str | Path, sheet: str | None = None) -> ColumnMapping:
    r"""Look at a file of diary entries and say what each column seems to be; nothing is read into a study yet.

    Parameters
    ----------
    path : str or Path
        An .xlsx or a .csv file, one row an entry, headers in the first row.
    sheet : str, optional
        Of a workbook; left out, the first.

    Returns
    -------
    ColumnMapping
        Look at it, change it with ``.replace``, and give it to `read_diaries`.

    Raises
    ------
    UnreadableStudy
        When there is no table in it.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "logboek.csv"
    >>> _ = path.write_text("Naam;Datum;Wat heb je gedaan?\nFenna;4-3-2025;Meegelopen.\n", encoding="utf-8")
    >>> [one.role for one in propose_columns(path).proposals]
    ['person', 'date', 'text']
    """
    header, rows, _ = cells_of(path, sheet)
    taken: set[str] = set()
    proposals = []
    for place, column in enumerate(header):
        cells = [row[place] for row in rows if place < len(row) and row[place].strip()]
        role, reason = _proposed(column, cells, taken)
        if role not in SEVERAL:
            taken.add(role)
        example = cells[0] if cells and role != "leave_out" else ""
        proposals.append(Proposal(column, role, reason, example))
    return ColumnMapping(str(path), sheet, tuple(proposals))


def cells_of(path: str | Path, sheet: str | None = None) -> tuple[list[str], list[list[str]], list[Finding]]:
    """Return header, rows and what was noticed of a file of one table.

    A header that is empty or stands there twice gets a number, so that every column can be named.
    """
    path = as_path(path, UnreadableStudy, "the path of an .xlsx or .csv file of diary entries")
    if not path.is_file():
        raise UnreadableStudy(f"There is no file at {path.as_posix()}.")
    kind = path.suffix.lower()
    if kind in (".xlsx", ".xlsm"):
        from valuecreation.io.workbook import sheet_cells

        cells, found = sheet_cells(path, sheet)
    elif kind in (".csv", ".tsv", ".txt"):
        text, found = decode(path.read_bytes(), path.name, "documents")
        first = text.partition("\n")[0]
        sign = max(SIGNS, key=first.count)
        cells = split_cells(text, sign, path.name)
    else:
        raise UnreadableStudy(
            f"{path.name} is not read as a diary file; it is an .xlsx or a .csv file, one row an entry."
        )
    if len(cells) < 2:
        raise UnreadableStudy(
            f"{path.name} has no entries: a header in row 1 and an entry in every row below it are needed."
        )
    header = []
    for place, title in enumerate(cells[0], start=1):
        name = " ".join(title.split()) or f"column {place}"
        header.append(name if name not in header else f"{name} ({place})")
    width = max(len(row) for row in cells)
    header += [f"column {place + 1}" for place in range(len(header), width)]
    return header, [[*row, *[""] * (width - len(row))] for row in cells[1:]], found


def _proposed(column: str, cells: list[str], taken: set[str]) -> tuple[str, str]:
    header = column.casefold()
    if not cells:
        return "leave_out", "empty"
    entries = load_data("io/diaries/columns.yaml")
    if any(_has(header, word) for word in entries["leave_out"]["words"]):
        return "leave_out", "header"
    for role, entry in entries.items():
        if role in taken or role == "leave_out" or not any(_has(header, word) for word in entry["words"]):
            continue
        if role == "date" and not any(_is_date(cell) for cell in cells):
            continue
        if role in ("person", "code", "document_id", "status", "polarity") and _mean_length(cells) > _LONG:
            continue
        return role, "header"
    if "date" not in taken and all(_is_date(cell) for cell in cells):
        return "date", "cells"
    return ("text", "long") if _mean_length(cells) > _LONG else ("keep", "short")


def _has(header: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", header) is not None


def _is_date(cell: str) -> bool:
    day = cell.strip().split(" ")[0].split("T")[0]
    return bool(readings(day) or loosely(day) or excel_day(day))


def _mean_length(cells: list[str]) -> float:
    return sum(map(len, cells)) / len(cells)


def _reason(one: Proposal, language: str) -> str:
    return phrase(f"mapping_because_{one.reason}", language)
