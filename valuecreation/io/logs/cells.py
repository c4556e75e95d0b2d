"""The cells of a log file: CSV with whatever line ends, marks and delimiters, zipped or not; every row keeps its number."""

import csv
import gzip
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

from valuecreation.errors import UnknownName, UnreadableStudy, listed
from valuecreation.findings import Finding
from valuecreation.io.decoding import decode
from valuecreation.io.delimited import SIGNS, announced_sign, split_cells
from valuecreation.io.logs.notes import Notes
from valuecreation.io.places import as_path
from valuecreation.words import load_data

_LONGEST_HEADER = 100_000


@dataclass(frozen=True)
class Cells:
    """The header and the rows of a file; `rows` are (row number as a spreadsheet counts, cells)."""

    name: str
    header: list[str]
    rows: list[tuple[int, list[str]]]

    def column(self, header: str | None) -> list[str] | None:
        """Return the cells of a column without spaces around them; None where there is no such column."""
        if header is None:
            return None
        place = self.header.index(header)
        return [row[place].strip() for _, row in self.rows]

    @property
    def numbers(self) -> list[int]:
        """The number of each row."""
        return [number for number, _ in self.rows]


def read_bytes(path: str | Path, wanted: str) -> tuple[Path, bytes]:
    """Return the path of a file and its bytes, unzipped when its name ends in ``.gz``."""
    path = as_path(path, UnreadableStudy, f"the path of {wanted}")
    if not path.is_file():
        raise UnreadableStudy(f"There is no file at {path.as_posix()}. Give the path of {wanted}.")
    try:
        content = path.read_bytes()
        return path, gzip.decompress(content) if path.suffix.lower() == ".gz" else content
    except (OSError, EOFError, zlib.error) as error:
        reason = "it is no gzip file, or it was cut off; fetch it again" if path.suffix.lower() == ".gz" else str(error)
        raise UnreadableStudy(f"{path.name} cannot be read: {reason}.") from error


def read_cells(path: str | Path, wanted: str, notes: Notes) -> tuple[Cells, list[Finding]]:
    """Return the cells of a delimited file, and what was noticed of the file itself."""
    path, content = read_bytes(path, wanted)
    notes.file = path.name
    text, found = decode(content, path.name, notes.table)
    sign, text = announced_sign(text)
    sign = sign or _delimiter(text)
    if sign != ",":
        found.append(Finding("log_delimiter", notes.table, value=path.name, details={"sign": SIGNS[sign]}))
    grid = split_cells(text, sign, path.name)
    if len(grid) < 2:
        raise UnreadableStudy(
            f"{path.name} has no rows: the names of the columns in row 1 and a row for each event below it are needed."
        )
    if not text.endswith("\n"):
        found.append(Finding("no_final_newline", notes.table, row=len(grid), value=path.name))
    header = _named(grid[0])
    width = len(header)
    rows = []
    for number, cells in enumerate(grid[1:], start=2):
        if not any(cell.strip() for cell in cells):
            notes.add("log_empty_row", number)
            continue
        if len(cells) < width:
            notes.add("log_short_row", number, value=len(cells), width=width)
        elif len(cells) > width:
            notes.add("log_long_row", number, value=len(cells), width=width)
        rows.append((number, [*cells, *[""] * (width - len(cells))][:width]))
    if not rows:
        raise UnreadableStudy(f"{path.name} has a header and only empty rows below it; there is nothing to read.")
    return Cells(path.name, header, rows), found


def match_headers(cells: Cells, kind: str, said: dict[str, str] | None = None) -> dict[str, str]:
    """Return which column is what, by role; what a person said goes before what the header says."""
    said = dict(said or {})
    roles = load_data("io/logs/headers.yaml")[kind]
    for role, header in said.items():
        if role not in roles:
            raise UnknownName.among("role of a column", role, roles)
        if header not in cells.header:
            raise UnknownName.among(f"column of {cells.name}", header, cells.header)
    found = dict(said)
    plain = {header: plain_header(header) for header in cells.header}
    for role, words in roles.items():
        if role in found:
            continue
        for word in words:
            fits = [header for header in cells.header if plain[header] == word and header not in found.values()]
            if fits:
                found[role] = fits[0]
                break
    return found


def need(found: dict[str, str], role: str, cells: Cells, kind: str, remedy: str) -> str:
    """Return the column that has a role, or say which headers were looked for and which there are."""
    if role not in found:
        words = load_data("io/logs/headers.yaml")[kind][role]
        raise UnreadableStudy(
            f"{cells.name}, row 1: no column is the {role}. Looked for {listed(words)}; the columns are "
            f"{listed(cells.header)}. {remedy}"
        )
    return found[role]


def plain_header(header: str) -> str:
    """Return a header in small letters, with one space for every run of signs.

    >>> plain_header("Event.context"), plain_header("IP-adres")
    ('event context', 'ip adres')
    """
    return " ".join(re.sub(r"[\W_]+", " ", header.casefold()).split())


def is_personal(header: str) -> bool:
    """Return whether a header announces something that points at a person."""
    return plain_header(header) in load_data("io/logs/headers.yaml")["personal"]


def _named(titles: list[str]) -> list[str]:
    header: list[str] = []
    for place, title in enumerate(titles, start=1):
        name = " ".join(title.split()) or f"column {place}"
        header.append(name if name not in header else f"{name} ({place})")
    return header


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0][:_LONGEST_HEADER]
    return max(SIGNS, key=lambda sign: len(next(csv.reader([first], delimiter=sign), [])))
