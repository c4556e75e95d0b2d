"""Consent forms that come back: every cross in its place, and nothing taken as a yes that is not one."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from valuecreation.errors import MissingTable, UnreadableStudy
from valuecreation.findings import Finding
from valuecreation.io.places import as_path
from valuecreation.reporting.kit_docx import BOX, MARK
from valuecreation.reporting.kit_parts import consent_fields, consent_layers
from valuecreation.study import Study
from valuecreation.study.cells import as_text
from valuecreation.words import LANGUAGES, label

_ALL = ("all", "alles")
_TICKS = {"x", "v", "✓", "✔", "✗", "✘", "☒", "☑"}
_WORDS = {"yes": {"ja", "yes"}, "no": {"nee", "no"}}


def read_consent_forms(study: Study, paths: str | Path | Iterable[str | Path]) -> Study:
    """Return the study with the consents that were given on forms of the field kit.

    A layer with a cross under yes is a row of ``consents``. A layer that was refused, or left open, is none; what was left open
    is noticed. A form on which something cannot be read, or whose wording was changed, is named with all its faults, and then
    nothing of any of the forms is taken: somebody must look at the paper.

    Parameters
    ----------
    study : Study
    paths : str, Path or iterable of these
        Filled in Word forms of `field_kit`, in either language.

    Returns
    -------
    Study
        What was left open is among the findings of ``.check()``. Consent that stands already is not added twice.

    Raises
    ------
    UnreadableStudy
        With a line for each fault: file, row, column, what stands there and what to do.
    """
    if not isinstance(study, Study):
        raise MissingTable(
            f"Consent forms are read into a study; this is {type(study).__name__}. Read one with vc.read_study."
        )
    files = [paths] if isinstance(paths, (str, Path)) or not hasattr(paths, "__iter__") else list(paths)
    people = set(study.frame("participants")["participant_id"].dropna())
    documents = set(study.frame("documents")["document_id"].dropna())
    rows, findings, faults = [], [], []
    for file in files:
        path = as_path(file, UnreadableStudy, "the path of a Word file with a consent form")
        taken = _form(path, people, documents)
        rows += taken[0]
        findings += taken[1]
        faults += taken[2]
    if faults:
        raise UnreadableStudy(
            "These consent forms cannot be taken over as they are:\n" + "\n".join(f"  {one}" for one in faults)
        )
    there, keys = study.frame("consents"), ["participant_id", "document_id", "scope", "date"]
    new = pd.DataFrame(rows, columns=keys, dtype="str").drop_duplicates()
    known = set(map(tuple, there[keys].assign(date=as_text(there["date"])).astype("str").to_numpy()))
    new = new[[tuple(map(str, row)) not in known for row in new.to_numpy()]]
    together = pd.concat([there, new], ignore_index=True) if len(there) else new.reset_index(drop=True)
    return (study.replace(consents=together) if len(new) else study).noticed(findings)


def _form(path: Path, people: set, documents: set) -> tuple[list[tuple], list[Finding], list[str]]:
    """Return the consents on one form, what was left open, and what is wrong with it."""
    from docx import Document

    try:
        word = Document(str(path))
    except Exception as error:  # python-docx raises whatever its parts raise
        raise UnreadableStudy(
            f"{path.name} cannot be read as a Word file ({type(error).__name__}). Save it as .docx."
        ) from error
    mark = (word.core_properties.subject or "").split(" | ")
    if len(mark) != 3 or mark[:2] != [MARK, "consent"] or mark[2] not in LANGUAGES:
        raise UnreadableStudy(
            f"{path.name} is no consent form of vc.field_kit. Fill in the Word file that it wrote; its text in a new file does "
            "not say which form it is."
        )
    language, faults = mark[2], []
    cells = [[[cell.text.strip() for cell in row.cells] for row in table.rows] for table in word.tables]
    filled = _filled(cells, language, path.name, faults)
    person, day, about = (filled.get(name, "") for name in ("participant_id", "date", "document_id"))
    if not person:
        faults.append(f"{path.name}: the pseudonym is empty. Fill in whose form it is.")
    elif person not in people:
        faults.append(
            f"{path.name}: {person!r} is not in the table participants. Correct the pseudonym, or add the participant first."
        )
    if pd.isna(pd.to_datetime(day, format="%Y-%m-%d", errors="coerce")):
        faults.append(
            f"{path.name}: the day is {day or 'empty'}. Write it as year-month-day, 2025-03-31, from the signed page."
        )
    if about and about.casefold() not in _ALL and about not in documents:
        faults.append(f"{path.name}: {about!r} is no document of the study. Write all, or the id of one document.")
    about = "all" if not about or about.casefold() in _ALL else about
    rows, findings = [], []
    for scope, answer in _layers(cells, language, path.name, faults).items():
        if answer == "yes":
            rows.append((person, about, scope, day))
        elif answer == "":
            shown = label("consent_scope", scope, language)
            findings.append(
                Finding("consent_left_open", path.name, None, shown, person, {"person": person, "layer": shown})
            )
    return rows, findings, faults


def _filled(tables: list, language: str, name: str, faults: list[str]) -> dict[str, str]:
    """Return what was filled in beside the labels, by column."""
    labels = {text: column for column, text in consent_fields(language).items()}
    found = {}
    for table in tables:
        if table and len(table[0]) == 4:  # what comes after the layers is the page with the name, which is not read
            break
        found |= {labels[row[0]]: row[1] for row in table if len(row) == 2 and row[0] in labels}
    for text, column in labels.items():
        if column not in found:
            faults.append(f"{name}: the row {text!r} is gone. Use the form as it was written.")
    return found


def _layers(tables: list, language: str, name: str, faults: list[str]) -> dict[str, str]:
    """Return the answer to each layer: yes, no, or empty where it was left open."""
    asked = consent_layers(language)
    scopes = {label("consent_scope", scope, language): scope for scope in asked}
    answers: dict[str, str] = {}
    for number, row in (
        (number, row) for table in tables for number, row in enumerate(table, start=1) if len(row) == 4
    ):
        if row[0] not in scopes:
            if number > 1:
                faults.append(
                    f"{name}, row {number}: {row[0]!r} is no layer of this form. Take the row out, or use the form anew."
                )
            continue
        scope = scopes[row[0]]
        if " ".join(row[1].split()) != asked[scope]:
            faults.append(
                f"{name}, row {number}, {row[0]}: the wording is not that of the form, so that nobody knows what was agreed to. "
                "Ask again with the form as it is."
            )
        if scope in answers:
            faults.append(f"{name}, row {number}: {row[0]} stands there twice. Keep the row that was filled in.")
        answers[scope] = _answer(row, number, name, faults)
    for shown, scope in scopes.items():
        if scope not in answers:
            faults.append(f"{name}: the layer {shown} is gone. Ask again with the whole form.")
    return answers


def _answer(row: list[str], number: int, name: str, faults: list[str]) -> str:
    said = {}
    for answer, cell in (("yes", row[2]), ("no", row[3])):
        mark = cell.replace(BOX, "").strip().casefold()
        if mark and mark not in _TICKS | _WORDS[answer]:
            faults.append(
                f"{name}, row {number}, {row[0]}, under {answer}: {cell!r} is no cross. Put an x in one box, and no words."
            )
        said[answer] = bool(mark)
    if said["yes"] and said["no"]:
        faults.append(f"{name}, row {number}, {row[0]}: both yes and no have a cross. Ask which one is meant.")
    return "yes" if said["yes"] else "no" if said["no"] else ""
