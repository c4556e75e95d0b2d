"""Reading and writing a study, whatever its form: a folder or an Excel workbook."""

from pathlib import Path

from valuecreation.errors import UnreadableStudy, UnwritableStudy, listed
from valuecreation.io.folder import read_folder, tables_in, write_folder
from valuecreation.io.places import as_path
from valuecreation.io.workbook import read_workbook, sheets_beside
from valuecreation.io.workbook_writing import write_workbook
from valuecreation.study import Study


def read_study(path: str | Path, day_first: bool | None = None) -> Study:
    """Return the study in a folder of CSV files or in an Excel workbook.

    Nothing is guessed: what is odd becomes a finding of `Study.check`, and the cell keeps what the file says.

    Parameters
    ----------
    path : str or Path
        A folder, or an ``.xlsx`` file.
    day_first : bool, optional
        How to read dates that are not written year-month-day: ``True`` for day-month-year, ``False`` for
        month-day-year. Left out, they stay as they are and are found by `Study.check`.

    Returns
    -------
    Study

    Raises
    ------
    UnreadableStudy
        When it cannot be read as a study at all; the message says why and what to do.
    """
    if isinstance(path, Study):
        raise UnreadableStudy("This is a study already; read_study takes the path of a folder or of an .xlsx file.")
    if day_first is not None and not isinstance(day_first, bool):
        raise UnreadableStudy(
            f"day_first is True (day-month-year), False (month-day-year) or left out; not {day_first!r}."
        )
    wanted = "the path of a folder or of an .xlsx file (tables in memory become a study with vc.Study({'documents': frame, ...}))"
    path = as_path(path, UnreadableStudy, wanted)
    if path.is_dir():
        return read_folder(path, day_first)
    if not path.exists():
        raise UnreadableStudy(
            f"There is nothing at {path.as_posix()}. Give the folder of a study or an .xlsx file; "
            "the shipped examples are opened with vc.load_example."
        )
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return read_workbook(path, day_first)
    advice = {
        ".csv": "Put it in a folder of its own, named after its table (documents.csv, for instance), and read the folder.",
        ".xls": "Open it in Excel and save it as .xlsx.",
        ".ods": "Open it in LibreOffice and save it as .xlsx.",
    }.get(path.suffix.lower(), "A study is a folder of CSV files or an .xlsx workbook.")
    raise UnreadableStudy(f"{path.name} is not read as a study. {advice}")


def write_study(study: Study, path: str | Path, overwrite: bool = False, blank_rows: int = 0) -> Path:
    """Write a study to a folder, or to a workbook when the path ends in ``.xlsx``.

    Parameters
    ----------
    study : Study
    path : str or Path
    overwrite : bool
        Replace the study that is there. Other files in the folder are left alone.
    blank_rows : int
        For a workbook: empty rows to prepare below each table, with their formats and lists to choose from.

    Returns
    -------
    Path
        Where it was written.

    Raises
    ------
    UnwritableStudy
        When something is there already, or when the form cannot hold the study.
    """
    if not isinstance(study, Study):
        raise UnwritableStudy(
            f"write_study writes a study; this is {type(study).__name__}. Make one with vc.Study(...)."
        )
    path = as_path(path, UnwritableStudy, "the path of a folder or of an .xlsx file to write to")
    if not isinstance(blank_rows, int) or not 0 <= blank_rows <= 100_000:
        raise UnwritableStudy(f"blank_rows is a whole number from 0 to 100,000; not {blank_rows!r}.")
    if not study.tables:
        raise UnwritableStudy(
            "The study has no tables yet, so there is nothing to write; vc.new_study lays out an empty one."
        )
    workbook = path.suffix.lower() == ".xlsx"
    _refuse_to_destroy(path, workbook, overwrite)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if workbook:
            write_workbook(study, path, blank_rows)
        else:
            write_folder(study, path)
    except OSError as error:
        raise UnwritableStudy(
            f"{path.as_posix()} cannot be written ({error.strerror or type(error).__name__}). Close it if it is open in another "
            "program, or choose another place."
        ) from error
    return path


def _refuse_to_destroy(path: Path, workbook: bool, overwrite: bool) -> None:
    if not workbook and path.suffix and not path.is_dir():
        raise UnwritableStudy(f"{path.name} is neither a folder nor an .xlsx file. Give one of these two.")
    try:
        there = path.exists()
    except OSError as error:
        raise UnwritableStudy(f"{path.as_posix()} cannot be looked at ({error.strerror}).") from error
    if not there:
        return
    if workbook != path.is_file():
        raise UnwritableStudy(f"{path.as_posix()} is a {'folder' if path.is_dir() else 'file'}; choose another name.")
    empty_folder = path.is_dir() and not any(path.iterdir())
    if overwrite and path.is_dir() and not empty_folder and not tables_in(path):
        raise UnwritableStudy(
            f"There is no study in {path.as_posix()} to replace, but other files. Choose another place."
        )
    if overwrite and workbook:
        strange = sheets_beside(path)
        if strange:
            raise UnwritableStudy(
                f"{path.name} also has the sheets {listed(strange)}, which are no part of a study and would be lost. "
                "Choose another name, or move them to another workbook."
            )
    if not overwrite and not empty_folder:
        raise UnwritableStudy(
            f"There is something at {path.as_posix()} already. Choose another place, or say overwrite=True to replace that study."
        )
