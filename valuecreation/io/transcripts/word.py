"""Word documents: paragraphs and tables in order, insertions accepted, comments as memos with the stretch they stand at."""

import re
from pathlib import Path
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table

from valuecreation.errors import UnreadableStudy
from valuecreation.findings import Finding
from valuecreation.io.transcripts.labelled import pieces_of
from valuecreation.io.transcripts.transcript import Memo, Piece
from valuecreation.text.labels import seconds_of

_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\u2011"}
_TIME = re.compile(r"^\[?(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d+)?\]?$")
_LONGEST_NAME = 40


class _Reading:
    """Text as it grows, with where comments begin and end."""

    def __init__(self):
        self.parts: list[str] = []
        self.length = 0
        self.begins: dict[str, int] = {}
        self.ends: dict[str, int] = {}
        self.deleted = 0
        self.inserted = 0

    def add(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)

    def walk(self, element) -> None:
        """Add what an element shows: runs and insertions, no deletions."""
        for child in element:
            tag = child.tag
            if tag == qn("w:t"):
                self.add(child.text or "")
            elif tag in _SIGNS:
                self.add(_SIGNS[tag])
            elif tag == qn("w:del"):
                self.deleted += 1
            elif tag == qn("w:commentRangeStart"):
                self.begins[child.get(qn("w:id"))] = self.length
            elif tag == qn("w:commentRangeEnd"):
                self.ends[child.get(qn("w:id"))] = self.length
            elif tag not in (qn("w:pPr"), qn("w:rPr"), qn("w:delText"), qn("w:instrText")):
                self.inserted += tag == qn("w:ins")
                self.walk(child)


def pieces_of_word(path: Path, speakers: tuple[str, ...] | None) -> tuple[list[Piece], list[Finding], list[Memo]]:
    """Return what each speaker says in a Word document, what was noticed, and its comments.

    Raises
    ------
    UnreadableStudy
        When the file is no Word document.
    """
    try:
        document = Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise UnreadableStudy(
            f"{path.name} is no Word document that can be opened ({type(error).__name__}). An old .doc: open it in Word "
            "and save it as .docx; one with a password: take that off first."
        ) from error
    reading, pieces, found = _Reading(), [], []
    begin = 0
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            pieces, found = _flushed(reading, begin, pieces, found, speakers)
            rows, noticed = _rows(block, reading)
            pieces += rows
            found += noticed
            begin = reading.length
        else:
            reading.walk(block._p)
            reading.add("\n")
    pieces, found = _flushed(reading, begin, pieces, found, speakers)
    if reading.deleted or reading.inserted:
        details = {"inserted": reading.inserted, "deleted": reading.deleted}
        found.append(Finding("tracked_changes", value=path.name, details=details))
    memos = [
        Memo(reading.begins.get(str(comment.comment_id), 0), reading.ends.get(str(comment.comment_id), 0), comment.text)
        for comment in document.comments
    ]
    return pieces, found, memos


def _flushed(
    reading: _Reading, begin: int, pieces: list[Piece], found: list[Finding], speakers: tuple[str, ...] | None
) -> tuple[list[Piece], list[Finding]]:
    """Add the running text since a place to the pieces."""
    text = "".join(reading.parts)[begin:]
    more, noticed = pieces_of(text, speakers)
    for piece in more:
        piece.source = (piece.source or 0) + begin
    return [*pieces, *more], [*found, *noticed]


def _rows(table: Table, reading: _Reading) -> tuple[list[Piece], list[Finding]]:
    """Return a piece a row: one column says who, one says what; a time stays out. Another form is kept cell by cell."""
    cells: list[list[tuple[int, str]]] = []
    for row in table.rows:
        line = []
        for cell in row.cells:
            at = reading.length
            for paragraph in cell.paragraphs:
                reading.walk(paragraph._p)
                reading.add("\n")
            line.append((at, "".join(reading.parts)[at : reading.length]))
        cells.append(line)
    who, what, when = _columns(cells)
    if what is None:
        pieces = [Piece(words, None, None, at) for line in cells for at, words in line]
        return pieces, [
            Finding("table_without_speakers", value=" | ".join(words.strip() for _, words in cells[0])[:60])
        ]
    pieces = []
    for line in cells:
        name = " ".join(line[who][1].split()).rstrip(":").strip() if who is not None else ""
        stamp = line[when][1].strip().strip("[]") if when is not None else None
        pieces.append(Piece(line[what][1], name or None, seconds_of(stamp), line[what][0]))
    return pieces, []


def _columns(cells: list[list[tuple[int, str]]]) -> tuple[int | None, int | None, int | None]:
    """Return which column says who, what and when; ``what`` is None where that cannot be seen."""
    width = len(cells[0]) if cells else 0
    if width not in (2, 3) or any(len(line) != width for line in cells):
        return None, None, None
    columns = [[line[place][1].strip() for line in cells] for place in range(width)]
    when = next(
        (place for place, column in enumerate(columns) if column and all(map(_TIME.match, filter(None, column)))), None
    )
    rest = [place for place in range(width) if place != when]
    if len(rest) != 2:
        return None, None, None
    who, what = sorted(rest, key=lambda place: sum(map(len, columns[place])))
    names = [one for one in columns[who] if one]
    if not names or max(map(len, names)) > _LONGEST_NAME or len(set(names)) == len(names) > 3:
        return None, None, None
    return who, what, when
