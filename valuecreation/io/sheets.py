"""Sheets that people fill in: a place for a new one, and the cells of a filled one as text."""

from pathlib import Path

from valuecreation.errors import UnreadableStudy, UnwritableStudy
from valuecreation.io.places import as_path


def place_for_sheet(given: str | Path, what: str) -> Path:
    """Return the path of a new workbook; one that is there already is never written over."""
    path = as_path(given, UnwritableStudy, f"the path of an .xlsx file to write {what} to")
    if path.suffix.lower() != ".xlsx":
        raise UnwritableStudy(f"{path.name}: {what} is written as an .xlsx file. Give it that ending.")
    if not path.parent.is_dir():
        raise UnwritableStudy(f"There is no folder {path.parent.as_posix()} to write {what} to. Make it first.")
    if path.exists():
        raise UnwritableStudy(
            f"There is something at {path.as_posix()} already. Choose another name, so that nobody's answers are lost."
        )
    return path


def filled_sheets(given: str | Path, what: str) -> list[tuple[str, list[list[str]]]]:
    """Return the sheets of a workbook by title, each cell as the text that stands in it, an empty one as an empty text."""
    from openpyxl import load_workbook

    path = as_path(given, UnreadableStudy, f"the path of {what}")
    if not path.exists():
        raise UnreadableStudy(f"There is nothing at {path.as_posix()}.")
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever its parts raise
        kind = type(error).__name__
        raise UnreadableStudy(f"{path.name} cannot be read as an Excel workbook ({kind}). Save it as .xlsx.") from error
    try:
        return [
            (sheet.title, [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)])
            for sheet in book.worksheets
        ]
    finally:
        book.close()


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if hasattr(cell, "date"):
        return cell.date().isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
