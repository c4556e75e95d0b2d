"""Exercise sheets: an exercise as an Excel sheet to fill in, and what a student filled in as codings."""

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from valuecreation.errors import UnreadableStudy, UnwritableStudy, listed
from valuecreation.io.exercises import exercise
from valuecreation.io.sheets import filled_sheets, place_for_sheet
from valuecreation.study import Study
from valuecreation.words import LANGUAGES, label, phrase, vocabulary

if TYPE_CHECKING:
    from valuecreation.io.exercises import Exercise

MOST = 3
_JUDGED = ("code", "status", "polarity")
_CHOICES = "keuzes"


def write_sheet(one: "Exercise", path: str | Path) -> Path:
    """Write an exercise as a workbook with a row for each fragment and lists to choose from."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    path = place_for_sheet(path, "an exercise")
    book = Workbook()
    sheet, lists = book.active, book.create_sheet(_CHOICES)
    sheet.title = one.name[:31]
    heads = _heads(one.language)
    sheet.append([one.name, phrase("exercise_how", one.language)])
    sheet.append(list(heads.values()))
    for row in one.fragments().itertuples(index=False):
        sheet.append([row.fragment, row.text])
    columns = {name: _choices(one, name) for name in _JUDGED}
    for place, choices in enumerate(columns.values(), start=1):
        for number, choice in enumerate(choices, start=1):
            lists.cell(number, place, choice).data_type = "s"
    last = sheet.max_row
    for place, name in enumerate(heads, start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = {"text": 80, "fragment": 10, "memo": 40}.get(name, 24)
        for cell in sheet[letter][2:last]:
            cell.alignment = Alignment(wrap_text=name in ("text", "memo"), vertical="top")
            if name != "fragment":
                cell.number_format = "@"
                if isinstance(cell.value, str):
                    cell.data_type = "s"
        kind = name.rpartition("_")[0]
        if kind in _JUDGED:
            source = get_column_letter(_JUDGED.index(kind) + 1)
            rule = DataValidation(
                type="list", formula1=f"'{_CHOICES}'!${source}$1:${source}${len(columns[kind])}", allow_blank=True
            )
            rule.add(f"{letter}3:{letter}{last}")
            sheet.add_data_validation(rule)
    for cell in (*sheet[1], *sheet[2]):
        cell.font = Font(bold=True)
    sheet.freeze_panes = "C3"
    try:
        book.save(path)
    except OSError as error:
        raise UnwritableStudy(
            f"{path.as_posix()} cannot be written ({error.strerror}). Close it in Excel, or choose another place."
        ) from error
    return path


def read_exercise(path: str | Path, coder: str, name: str = "leren-coderen") -> Study:
    """Return the fragments of an exercise with what a student filled in on the sheet.

    A row that is left empty is a fragment in which the student found nothing; that is an answer too. A choice may be written as
    its word or as its label in Dutch or English, with or without capitals.

    Parameters
    ----------
    path : str or Path
        An ``.xlsx`` file as `Exercise.write` made it.
    coder : str
        The student, under a pseudonym or a number.
    name : str
        The exercise.

    Returns
    -------
    Study

    Raises
    ------
    UnreadableStudy
        When the file is not a sheet of this exercise, or a cell holds what it cannot hold; each such cell is named.
    """
    from openpyxl.utils import get_column_letter

    one, name_of_file = exercise(name), Path(path).name
    rows = filled_sheets(path, "the .xlsx file that was filled in")[0][1]
    if len(rows) < 2 or str(rows[0][0]) != one.name:
        raise UnreadableStudy(
            f"{name_of_file} is no sheet of the exercise {one.name}: its first cell says which. Make one with vc.exercise()."
        )
    names = {word.casefold(): name for language in LANGUAGES for name, word in _heads(language).items()}
    heads = [names.get(str(cell or "").strip().casefold()) for cell in rows[1]]
    missing = [word for key, word in _heads(one.language).items() if key in ("fragment", "code_1") and key not in heads]
    if missing:
        raise UnreadableStudy(
            f"{name_of_file}, row 2: the heading {listed(missing)} is missing. Put the headings back as they were."
        )
    fragments = one.fragments().set_index("fragment")
    known = {kind: _spelt(one, kind) for kind in _JUDGED}
    made, faults, seen = [], [], {}
    for number, row in enumerate(rows[2:], start=3):
        cells = {
            head: (get_column_letter(place), cell)
            for place, (head, cell) in enumerate(zip(heads, row, strict=False), start=1)
            if head
        }
        if not any(text for _, text in cells.values()):
            continue
        fragment = cells["fragment"][1]
        if not fragment.isdigit() or int(fragment) not in fragments.index:
            faults.append(
                f"row {number}, column {cells['fragment'][0]}: {fragment!r} is no number of a fragment (1 to {len(fragments)})."
            )
            continue
        if fragment in seen:
            faults.append(
                f"row {number}: fragment {fragment} stands in row {seen[fragment]} already. Keep one of the two."
            )
            continue
        seen[fragment] = number
        codings, wrong = _codings(cells, known, number)
        faults += wrong
        segment = fragments.loc[int(fragment), "segment_id"]
        memo = cells.get("memo", ("", ""))[1]
        made += [{"segment_id": segment, **coding, "memo": memo or None} for coding in codings]
    left_out = sorted(set(fragments.index) - {int(fragment) for fragment in seen})
    if left_out:
        faults.append(
            f"fragments {listed(left_out)} are not on the sheet any more. Put their rows back; they may stay empty."
        )
    if faults:
        raise UnreadableStudy(
            f"{name_of_file} was not read, because {len(faults)} places need a look:\n"
            + "\n".join(f"- {fault}" for fault in faults)
        )
    book = one.study.codebook(one.codebook)
    own = {"codebook": one.codebook, "codebook_version": book.version, "coder": coder}
    codings = pd.DataFrame([{**row, **own} for row in made])
    looked = one.study.segments[["document_id", "segmentation"]].assign(coder=coder, codebook=one.codebook, blind=True)
    return one.study.replace(codings=codings if len(codings) else None, coverage=looked)


def _codings(cells: dict, known: dict[str, dict], number: int) -> tuple[list[dict], list[str]]:
    """Return the codings of one row, and what is wrong in it."""
    codings, faults = [], []
    for place in range(1, MOST + 1):
        said = {}
        for kind in _JUDGED:
            letter, text = cells.get(f"{kind}_{place}", ("", ""))
            if text and text.casefold() not in known[kind]:
                words = listed(dict.fromkeys(known[kind].values()))
                faults.append(f"row {number}, column {letter}: {text!r} is no {kind}; it can be {words}.")
            elif text:
                said[kind] = known[kind][text.casefold()]
        if "code" in said:
            if said["code"] in [one["code"] for one in codings]:
                faults.append(
                    f"row {number}: the code {said['code']} is given twice. Keep one, with one status and one sign."
                )
            codings.append(said)
        elif said and not faults:
            letter = cells.get(f"code_{place}", ("?", ""))[0]
            faults.append(
                f"row {number}, column {letter}: there is a status or a sign without a code. Choose it, or empty them."
            )
    return codings, faults


def _heads(language: str) -> dict[str, str]:
    heads = {"fragment": phrase("exercise_fragment", language), "text": phrase("exercise_text", language)}
    for place in range(1, MOST + 1):
        heads |= {f"{kind}_{place}": f"{phrase(f'column_{kind}', language)} {place}" for kind in _JUDGED}
    return {**heads, "memo": phrase("column_memo", language)}


def _choices(one: "Exercise", kind: str) -> list[str]:
    if kind == "code":
        return [code.label(one.language) for code in one.study.codebook(one.codebook).codes]
    return [label(kind, key, one.language) for key in vocabulary(kind)]


def _spelt(one: "Exercise", kind: str) -> dict[str, str]:
    """Return every way in which a choice may be written, in both languages."""
    if kind == "code":
        codes = one.study.codebook(one.codebook).codes
        return {
            way.casefold(): code.name
            for code in codes
            for way in (code.name, *(code.label(language) for language in LANGUAGES))
        }
    keys = vocabulary(kind)
    ways = {
        way.casefold(): key for key in keys for way in (key, *(label(kind, key, language) for language in LANGUAGES))
    }
    return ways | ({"−": "-", "–": "-"} if kind == "polarity" else {})
