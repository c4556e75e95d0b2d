"""The sheet of a member check: one participant's own words, and how each was understood."""

from dataclasses import dataclass

import pandas as pd

from valuecreation.analyses.counting import counted
from valuecreation.analyses.material import material
from valuecreation.errors import MissingTable, UnknownName
from valuecreation.study import Study
from valuecreation.study.withdrawal import withdrawn
from valuecreation.words import check_language, label, phrase


@dataclass(frozen=True)
class Understood:
    """How a stretch was understood: one coding, in words a participant reads."""

    codebook: str
    reading: str
    code: str
    label: str
    question: str
    status: str
    polarity: str


@dataclass(frozen=True)
class Line:
    """One stretch of a participant's words."""

    segment_id: str
    document_id: str
    when: str
    quote: str
    understood: tuple[Understood, ...]


@dataclass(frozen=True)
class Sheet:
    """Everything on the sheet of one participant.

    Attributes
    ----------
    participant_id, study, title, language : str
    fictional : bool
    lines : tuple of Line
    choices : tuple of (str, str, str)
        Codebook, code and what it is called, to choose from in a correction.
    """

    participant_id: str
    study: str
    title: str
    language: str
    fictional: bool
    lines: tuple[Line, ...]
    choices: tuple[tuple[str, str, str], ...]


def sheet_of(
    study: Study, participant_id: str, codebooks: list[str] | None = None, rule: str = "any", language: str = "nl"
) -> Sheet:
    """Return the sheet of a participant: only words that they spoke themselves, and only codings that count.

    Raises
    ------
    UnknownName
        Of somebody who is not in the study.
    MissingTable
        Of somebody who withdrew, or of whom nothing was coded.
    """
    check_language(language)
    people = study.need("participants", "participant_id", purpose="A member check")["participant_id"].dropna().tolist()
    if participant_id not in people:
        raise UnknownName.among("participant", participant_id, people)
    everything = pd.DataFrame({"participant_id": [participant_id], "document_id": ["all"]})
    if withdrawn(study, everything).item():
        raise MissingTable(f"{participant_id} has withdrawn, so there are no words of theirs to check.")
    found = material(study, "all", language)
    books = codebooks or [name for name in study.codebook_names() if study.codebook(name).kind == "cycles"]
    kept = counted(study, found, books, rule, language=language).codings
    own = found.segments[found.segments["participant_id"] == participant_id]
    own = own.sort_values(["date", "document_id", "start"], kind="stable", na_position="first")
    lines = []
    for row in own.to_dict("records"):
        codings = kept[kept["segment_id"] == row["segment_id"]]
        understood = tuple(_understood(study, one, language) for one in _once(codings))
        if understood:
            lines.append(Line(row["segment_id"], row["document_id"], _when(row, language), row["quote"], understood))
    if not lines:
        raise MissingTable(
            f"Nothing that {participant_id} said has a code that counts, so there is nothing to check yet."
        )
    choices = tuple((name, code.name, code.label(language)) for name in books for code in study.codebook(name).codes)
    title = phrase("member_title", language)
    return Sheet(participant_id, study.name, title, language, bool(study.about.get("fictional")), tuple(lines), choices)


def _once(codings: pd.DataFrame) -> list[dict]:
    """Return codings with one row a code: where coders judged it otherwise, all of it is shown."""
    rows: dict[tuple, dict] = {}
    for row in codings.astype(object).where(codings.notna(), None).to_dict("records"):
        key = (row["codebook"], row["reading"] or "", row["code"])
        known = rows.setdefault(key, {**row, "status": [], "polarity": []})
        for name in ("status", "polarity"):
            if row[name] and row[name] not in known[name]:
                known[name].append(row[name])
    return list(rows.values())


def _understood(study: Study, row: dict, language: str) -> Understood:
    book = study.codebook(row["codebook"])
    words = {name: " / ".join(label(name, one, language) for one in row[name]) for name in ("status", "polarity")}
    question = book[row["code"]].question(language) if row["code"] in book else ""
    named = book.label(row["code"], language, row["reading"])
    return Understood(
        row["codebook"], row["reading"] or "", row["code"], named, question, words["status"], words["polarity"]
    )


def _when(row: dict, language: str) -> str:
    kind = label("document_kind", row["kind"], language)
    day = "" if pd.isna(row["date"]) else str(row["date"])[:10]
    return ", ".join(part for part in (kind, day) if part and part != "nan")
