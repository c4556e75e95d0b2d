"""Story forms: a sheet on which a participant or an interviewer tells a story in five minutes, and what comes back."""

from collections.abc import Iterable
from pathlib import Path

from valuecreation.errors import UnreadableStudy
from valuecreation.io.sheets import filled_sheets, place_for_sheet
from valuecreation.study import Study
from valuecreation.study.telling import CYCLES, ToldStep, ToldStory, checked, with_story
from valuecreation.words import LANGUAGES, check_language, label, phrase, vocabulary

_MARK = "valuecreation story form"
_HEADS = ("question", "words", "status", "polarity", "date", "led_on")
_ABOUT = ("teller", "title", "told_on", "network_id", "collected_by")
_FIRST = len(_ABOUT) + 3


def story_form(path: str | Path, language: str = "nl") -> Path:
    """Write an empty form for one story, as an Excel sheet.

    Five questions, of which not one has to be answered: a part of a story is welcome.

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
    path = place_for_sheet(path, "a story form")
    book = Workbook()
    sheet = book.active
    sheet.title = phrase("tell_sheet", language)
    sheet.append([_MARK, phrase("tell_how", language)])
    for name in _ABOUT:
        sheet.append([phrase(f"tell_{name}", language)])
    sheet.append([phrase(f"tell_head_{name}", language) for name in _HEADS])
    for cycle in CYCLES:
        sheet.append([phrase(f"tell_{cycle}", language)])
    sheet.append([phrase("tell_counterfactual", language)])
    for letter, width in zip("ABCDEF", (46, 70, 22, 22, 14, 18), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=1, max_row=sheet.max_row, max_col=len(_HEADS)):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.number_format = "@"
    for cell in (*sheet["A"], *sheet[_FIRST - 1]):
        cell.font = Font(bold=True)
    for row in range(_FIRST, _FIRST + len(CYCLES) + 1):
        sheet.row_dimensions[row].height = 75
    for letter, name in (("C", "status"), ("D", "polarity")):
        words = ",".join(label(name, key, language) for key in vocabulary(name))
        rule = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=False)
        rule.add(f"{letter}{_FIRST}:{letter}{_FIRST + len(CYCLES) - 1}")
        sheet.add_data_validation(rule)
    book.save(path)
    return path


def read_story_form(study: Study, paths: str | Path | Iterable[str | Path]) -> Study:
    """Return the study with the stories that were told on forms.

    An empty row is a step that was not told. A cell that holds something else than it can hold is named, and then nothing of any
    of the forms is taken.

    Parameters
    ----------
    study : Study
    paths : str, Path or iterable of these
        Filled in ``.xlsx`` forms; every sheet of a file that is a form is one story.

    Returns
    -------
    Study

    Raises
    ------
    UnreadableStudy
        Of a file without a form, or with cells that need a look.
    """
    told, faults = [], []
    for one in [paths] if isinstance(paths, (str, Path)) else list(paths):
        path, forms = Path(one), _forms(one)
        if not forms:
            raise UnreadableStudy(f"{path.name} has no story form: the first cell of its sheet should say {_MARK!r}.")
        for sheet, rows in forms:
            story, wrong = _read(rows)
            wrong += checked(story) if not wrong else []
            faults += [f"{path.name}, {sheet}: {fault}" for fault in wrong]
            told.append(story)
    if faults:
        raise UnreadableStudy(
            "The forms were not read, because some places need a look:\n" + "\n".join(f"- {one}" for one in faults)
        )
    for story in told:
        study = with_story(study, story)
    return study


def _forms(path: str | Path) -> list[tuple[str, list[list[str]]]]:
    """Return the sheets of a file that are story forms, every row as wide as a form."""
    sheets = filled_sheets(path, "a filled in story form")
    wide = [(title, [[*row, *[""] * len(_HEADS)][: len(_HEADS)] for row in rows]) for title, rows in sheets]
    return [(title, rows) for title, rows in wide if rows and rows[0][0] == _MARK]


def _read(rows: list[list[str]]) -> tuple[ToldStory, list[str]]:
    """Return the story on a sheet, found by its labels in either language, and what is wrong with it."""
    about = {phrase(f"tell_{name}", language): name for name in (*_ABOUT, "counterfactual") for language in LANGUAGES}
    asked = {phrase(f"tell_{cycle}", language): cycle for cycle in CYCLES for language in LANGUAGES}
    values, steps, faults = {}, [], []
    for number, row in enumerate(rows[1:], start=2):
        if row[0] in about:
            values[about[row[0]]] = row[1] or None
        elif row[0] in asked and any(row[1:]):
            words = {}
            for place, name in ((2, "status"), (3, "polarity")):
                words[name] = _key(name, row[place])
                if words[name] is None and row[place]:
                    choices = ", ".join(label(name, key, "nl") for key in vocabulary(name))
                    faults.append(f"row {number}, column {'CD'[place - 2]}: {row[place]!r} is none of {choices}.")
            if not row[1]:
                faults.append(
                    f"row {number}, column B: there is a status, a sign or a date, and no words. Say what happened."
                )
            steps.append(
                ToldStep(asked[row[0]], row[1], words["status"], words["polarity"], row[4] or None, bool(row[5]))
            )
    return ToldStory(values.pop("teller", None) or "", tuple(steps), **values), faults


def _key(name: str, said: str) -> str | None:
    ways = {
        way.casefold(): key for key in vocabulary(name) for way in (key, *(label(name, key, one) for one in LANGUAGES))
    }
    return ways.get(said.casefold().replace("−", "-"))
