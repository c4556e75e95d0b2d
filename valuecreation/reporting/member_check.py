"""The member check: a sheet for each participant out, their answers in, and nothing of the analyst's work overwritten."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pandas as pd

from valuecreation.errors import DecisionNeeded, MissingTable, UnreadableStudy, UnwritableStudy
from valuecreation.findings import Finding
from valuecreation.io.places import as_path
from valuecreation.reporting.member_docx import read_docx, write_docx
from valuecreation.reporting.member_html import read_json, write_html
from valuecreation.reporting.member_sheet import sheet_of
from valuecreation.study import Study
from valuecreation.study.acts import key_of
from valuecreation.study.desk import slug
from valuecreation.words import LANGUAGES

_WRITERS = {".docx": write_docx, ".html": write_html}


def member_check(
    study: Study,
    participant_id: str,
    path: str | Path,
    codebooks: Iterable[str] | None = None,
    rule: str = "any",
    language: str = "nl",
) -> Path:
    """Write the sheet on which a participant says whether they were understood well.

    On it stand only words that this participant spoke, each with how it was coded, to approve, to correct or to strike. It is
    for that participant alone: give it to nobody else. What somebody withdrew is not on it.

    Parameters
    ----------
    study : Study
    participant_id : str
    path : str or Path
        A ``.docx`` file, or an ``.html`` page that saves the answers as a small file and sends nothing anywhere.
    codebooks : iterable of str, optional
        The cycles, when left out.
    rule : str
        Which codings count where nothing was settled; see `profile`.
    language : {"nl", "en"}

    Returns
    -------
    Path

    Raises
    ------
    MissingTable
        Of a participant who withdrew or of whom nothing was coded.
    UnwritableStudy
        When there is something at that place already.
    """
    path = as_path(path, UnwritableStudy, "the path of a .docx or .html file to write the sheet to")
    if path.suffix.lower() not in _WRITERS:
        raise UnwritableStudy(
            f"{path.name}: a member check is written as .docx or .html. Give it one of these endings."
        )
    if path.exists():
        raise UnwritableStudy(
            f"There is something at {path.as_posix()} already. Choose another name, so that no answers are lost."
        )
    sheet = sheet_of(study, participant_id, list(codebooks) if codebooks else None, rule, language)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _WRITERS[path.suffix.lower()](sheet, path)
    except OSError as error:
        raise UnwritableStudy(
            f"{path.as_posix()} cannot be written ({error.strerror}). Choose another place."
        ) from error
    return path


def member_checks(
    study: Study,
    folder: str | Path,
    kind: str = "docx",
    codebooks: Iterable[str] | None = None,
    rule: str = "any",
    language: str = "nl",
) -> pd.DataFrame:
    """Write a sheet for everybody whose words were coded, each in a file of its own.

    Parameters
    ----------
    study : Study
    folder : str or Path
    kind : {"docx", "html"}
    codebooks, rule, language
        As `member_check` takes them.

    Returns
    -------
    pandas.DataFrame
        Columns participant_id, file, why (why somebody has no sheet).
    """
    folder = as_path(folder, UnwritableStudy, "the folder to write the sheets to")
    books = list(codebooks) if codebooks else None
    rows = []
    people = study.need("participants", "participant_id", purpose="A member check")["participant_id"].dropna().unique()
    for one in people:
        path = folder / f"member-check-{_in_a_name(one, list(people))}.{kind}"
        try:
            rows.append((one, member_check(study, one, path, books, rule, language).name, ""))
        except MissingTable as reason:
            rows.append((one, "", str(reason)))
    return pd.DataFrame(rows, columns=["participant_id", "file", "why"])


def _in_a_name(one: str, people: list[str]) -> str:
    """Return an id as it can stand in a file name, also where capitals do not count."""
    plain = (
        re.fullmatch(r"[A-Za-z0-9_-]{1,40}", one) and sum(other.casefold() == one.casefold() for other in people) == 1
    )
    return one if plain else slug(one)


def read_member_check(study: Study, paths: str | Path | Iterable[str | Path], overwrite: bool = False) -> Study:
    """Return the study with what came back on the sheets, in the table ``member_checks``.

    No coding changes. A quote that its teller struck is from then on treated as withdrawn: no result counts it, and
    `remove_withdrawn` blots it out. A row without a tick is no answer; two ticks are a finding and no answer, unless one of them
    is to strike, which is honoured.

    Parameters
    ----------
    study : Study
    paths : str, Path or iterable of these
        Filled in ``.docx`` files and the ``.json`` files that the pages save, or a folder of them.
    overwrite : bool
        Let an answer take the place of another that the study has from the same person about the same coding.

    Returns
    -------
    Study
        Its `check` tells what on the sheets was not clear.

    Raises
    ------
    UnreadableStudy
        Of a file that is no sheet of this study.
    DecisionNeeded
        When an answer is there already and says otherwise.
    """
    rows, findings = [], []
    for path in _sheets(paths):
        made, told = _answers(study, path)
        rows += made
        findings += told
    before = study.frame("member_checks")
    kept = {key_of("member_checks", row): row for row in before.astype(object).to_dict("records")}
    twice: dict[tuple, dict] = {}
    for row in rows:
        key = key_of("member_checks", row)
        other = twice.get(key) or kept.get(key)
        if other is not None and not overwrite and _said(other) != _said(row):
            raise DecisionNeeded(
                f"{row['participant_id']} has answered about {row['code']} on {row['segment_id']} before, and otherwise "
                f"({_said(other)[0] or 'a remark'}, now {row['answer'] or 'a remark'}). If this sheet counts: overwrite=True."
            )
        twice[key] = row
    table = pd.DataFrame([*({**kept, **twice}).values()])
    after = study.replace(member_checks=table) if len(table) else study
    return after.noticed(findings) if findings else after


def _sheets(paths: str | Path | Iterable[str | Path]) -> list[Path]:
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    found: list[Path] = []
    for one in given:
        path = as_path(one, UnreadableStudy, "the path of a filled in sheet, or a folder of them")
        if path.is_dir():
            names = [each for each in sorted(path.iterdir()) if not each.name.startswith(("~", "."))]
            found += [each for each in names if each.suffix.lower() in (".docx", ".json")]
        elif not path.exists():
            raise UnreadableStudy(f"There is nothing at {path.as_posix()}.")
        else:
            found.append(path)
    if not found:
        raise UnreadableStudy("There is no sheet there: no .docx file and no .json file.")
    return found


def _answers(study: Study, path: Path) -> tuple[list[dict], list[Finding]]:
    """Return what one sheet says, and what on it was not clear."""
    if path.suffix.lower() == ".json":
        name, who, rows, on = read_json(path)
    elif path.suffix.lower() == ".docx":
        (name, who, rows), on = read_docx(path), date.today().isoformat()
    else:
        raise UnreadableStudy(f"{path.name}: a sheet comes back as .docx, or as the .json file that the page saves.")
    if name != study.name:
        raise UnreadableStudy(f"{path.name} is a sheet of the study {name!r}, and this is {study.name!r}.")
    known = _known(study, who)
    if not known:
        raise UnreadableStudy(
            f"{path.name} is the sheet of {who!r}, and the study {study.name!r} has no coded words of theirs."
        )
    made, findings = [], []
    for row in rows:
        ticks, words, details = row["ticks"], row["words"], {"who": who}
        if row["reference"] not in known:
            findings.append(Finding("member_unknown_row", "member_checks", value=row["reference"], details=details))
            continue
        if not ticks and not words:
            continue
        if len(ticks) > 1:
            rule = "member_strike_and_more" if "strike" in ticks else "member_two_ticks"
            findings.append(Finding(rule, "member_checks", value=row["reference"], details=details))
        elif not ticks:
            findings.append(Finding("member_words_only", "member_checks", value=row["reference"], details=details))
        answer = "strike" if "strike" in ticks else ticks[0] if len(ticks) == 1 else None
        if answer is None and not words:
            continue
        segment, book, reading, code = row["reference"].split(" | ")
        wanted = row.get("code") or _code(study, book, words)
        if answer == "correct" and words and not wanted and "code" not in row:
            findings.append(Finding("member_own_words", "member_checks", value=row["reference"], details=details))
        made.append(
            {
                "participant_id": who, "segment_id": segment, "codebook": book, "reading": None if reading == "-" else reading,
                "code": code, "answer": answer, "corrected_code": wanted if answer == "correct" else None,
                "corrected_status": row.get("status") or None if answer == "correct" else None, "remark": words or None,
                "answered_on": on,
            }
        )  # fmt: skip
    return made, findings


def _known(study: Study, who: str) -> set[str]:
    """Return the references that can stand on somebody's sheet: codings of words that they spoke."""
    from valuecreation.analyses.material import material

    segments = material(study, "all").segments
    own = set(segments.loc[segments["participant_id"] == who, "segment_id"])
    struck = study.frame("member_checks")
    own |= set(struck.loc[struck["participant_id"] == who, "segment_id"])
    codings = study.frame("codings")
    rows = codings.loc[codings["segment_id"].isin(own), ["segment_id", "codebook", "reading", "code"]].drop_duplicates()
    found = set()
    for row in rows.itertuples(index=False):
        book = study.codebook(row.codebook)
        top = book.top(row.code) if row.code in book else row.code
        found.add(" | ".join((row.segment_id, row.codebook, row.reading if isinstance(row.reading, str) else "-", top)))
    return found


def _code(study: Study, codebook: str, words: str) -> str | None:
    """Return the code that the words are exactly the label or question of; nothing is derived from other words."""
    plain = words.strip().strip(".!?\"'").casefold()
    for code in study.codebook(codebook).codes:
        for language in LANGUAGES:
            ways = {code.label(language), code.question(language), code.name}
            if plain and plain in {way.strip(" .!?").casefold() for way in ways if way}:
                return code.name
    return None


def _said(row: dict) -> tuple:
    cells = (row.get(name) for name in ("answer", "corrected_code", "corrected_status", "corrected_polarity", "remark"))
    return tuple("" if cell is None or pd.isna(cell) else str(cell) for cell in cells)
