"""An empty form of a questionnaire as an Excel sheet, and filled in forms read back."""

import re
from collections.abc import Iterable
from pathlib import Path

from valuecreation.errors import UnreadableStudy, UnwritableStudy
from valuecreation.instruments import Instrument, Item, Responses, instrument
from valuecreation.instruments.responses import rows_of
from valuecreation.io.questionnaires.building import Builder
from valuecreation.io.sheets import filled_sheets, place_for_sheet
from valuecreation.words import check_language, in_language, phrase

_MARK = "valuecreation questionnaire: "
_FIRST = 4
_NUMBER = re.compile(r"(\d+)(?:\.(\d+))?")
_LISTS = "keuzes"


def questionnaire_form(
    of: Instrument | str | Path = "wsd-2018", path: str | Path = "questionnaire.xlsx", language: str = "nl"
) -> Path:
    """Write an empty form of a questionnaire: one sheet to be filled in, and copied for another.

    Parameters
    ----------
    of : Instrument, str or Path
    path : str or Path
        An ``.xlsx`` file that is not there yet.
    language : {"nl", "en"}

    Returns
    -------
    Path

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     questionnaire_form("wsd-2018", f"{folder}/form.xlsx", "en").name
    'form.xlsx'
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    one = of if isinstance(of, Instrument) else instrument(of)
    check_language(language)
    path = place_for_sheet(path, "a questionnaire")
    book = Workbook()
    sheet, lists = book.active, book.create_sheet(_LISTS)
    sheet.title = one.name[:31]
    sheet.append([f"{_MARK}{one.name} {one.version}", in_language(dict(one.title), language)])
    sheet.append(["", phrase("questionnaire_how", language)])
    sheet.append([phrase(f"questionnaire_head_{name}", language) for name in ("number", "question", "answer", "words")])
    for place, item in enumerate(one.items, start=1):
        for part in rows_of(item):
            sheet.append([f"{item.number}.{part}" if part else str(item.number), _asked(item, part, language)])
            if item.points:
                source = get_column_letter(place)
                # As printed, so that the sheet and the paper look the same; what is read back is the label, never its place.
                points = item.scale.printed if item.scale else item.points
                for number, point in enumerate(points, start=1):
                    lists.cell(number, place, point.label(language)).data_type = "s"
                formula = f"'{_LISTS}'!${source}$1:${source}${len(points)}"
                rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=False)
                rule.add(f"C{sheet.max_row}")
                sheet.add_data_validation(rule)
    for letter, width in zip("ABCD", (12, 70, 30, 70), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=1, max_row=sheet.max_row + 20, max_col=4):
        for cell in row:
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, str):
                cell.data_type = "s"
    for cell in (*sheet[1], *sheet[_FIRST - 1]):
        cell.font = Font(bold=True)
    sheet.freeze_panes = f"C{_FIRST}"
    lists.sheet_state = "hidden"
    try:
        book.save(path)
    except OSError as error:
        raise UnwritableStudy(
            f"{path.as_posix()} cannot be written ({error.strerror}). Close it in Excel, or choose another place."
        ) from error
    return path


def read_questionnaire_forms(
    paths: str | Path | Iterable[str | Path], of: Instrument | str | Path = "wsd-2018"
) -> Responses:
    """Return the answers on filled in forms; every sheet that is a form is one questionnaire.

    A questionnaire is called after its file, so name files after networks or numbers and never after persons. An answer may be
    written as its label in Dutch or English or as its code. Whatever it cannot be stays in the table as words, with a finding.

    Parameters
    ----------
    paths : str, Path or iterable of these
    of : Instrument, str or Path

    Returns
    -------
    Responses

    Raises
    ------
    UnreadableStudy
        Of a file without a form of this questionnaire.
    """
    one = of if isinstance(of, Instrument) else instrument(of)
    files = [paths] if isinstance(paths, (str, Path)) else list(paths)
    build = Builder(one, "")
    taken: set[str] = set()
    for given in files:
        sheets = filled_sheets(given, "a filled in questionnaire")
        name = Path(given).name
        forms = [(title, rows) for title, rows in sheets if rows and rows[0] and rows[0][0].startswith(_MARK)]
        if not forms:
            raise UnreadableStudy(f"{name} has no questionnaire: the first cell of its sheet should say {_MARK!r}.")
        for title, rows in forms:
            named, _, version = rows[0][0].removeprefix(_MARK).partition(" ")
            if named != one.name:
                raise UnreadableStudy(
                    f"{name}, sheet {title}: this is a form of {named}, not of {one.name}. Name that one."
                )
            build.source = name
            if version != one.version:
                build.find("questionnaire_version", 1, "A", version or "–", version=one.version)
            response = Path(name).stem if len(forms) == 1 else f"{Path(name).stem}/{title}"
            if response in taken:
                build.find("questionnaire_double", value=response)
            while response in taken:
                response += "'"
            taken.add(response)
            _read(build, response, rows)
    return build.done()


def _read(build: Builder, response: str, rows: list[list[str]]) -> None:
    seen: dict[str, int] = {}
    several: dict[int, None] = {}
    items = {item.number: item for item in build.instrument.items}
    for row, cells in enumerate(rows[_FIRST - 1 :], start=_FIRST):
        number, _, said, text = [*cells, "", "", "", ""][:4]
        if not any((number, said, text)):
            continue
        found = _NUMBER.fullmatch(number)
        item = items.get(int(found[1])) if found else None
        part = (found[2] or "") if found else ""
        if item is None or (part != "") != (item.kind == "matrix"):
            build.find("questionnaire_unknown_row", row, "A", number or f"{said} {text}".strip())
            continue
        if number in seen:
            build.find("questionnaire_twice", row, "A", number, first=seen[number])
            if not (said or text):
                continue
        seen[number] = row
        if item.kind == "several":
            build.add_several(response, item, [("C", said)], text, row)
            several[item.number] = None
        elif item.kind == "open":
            both = "\n".join(one for one in (said, text) if one)
            build.add(response, item, "", "", both, row, {"said": "C", "text": "D"})
        else:
            build.add(response, item, part, said, text, row, {"said": "C", "text": "D"})
    numbers = {int(number.partition(".")[0]) for number in seen}
    for item in items.values():
        if item.number not in numbers:
            build.find("questionnaire_row_gone", None, "A", str(item.number), item=item.number)
            build.add(response, item, "", None, None, 1, {}) if item.kind != "several" else build.add_several(
                response, item, None, "", 1
            )
    build.close(response, 1)


def _asked(item: Item, part: str, language: str) -> str:
    prompt = in_language(dict(item.prompt), language)
    if part:
        head = f"{item.ask(language)}\n" if part == "1" else ""
        return f"{head}{prompt or phrase('questionnaire_category', language)} {part}"
    return f"{item.ask(language)} {prompt}".strip()
