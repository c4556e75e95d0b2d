"""Calibration of a class: how many students differ from the reference, per code, per fragment and per boundary."""

from collections.abc import Mapping
from functools import partial

import pandas as pd

from valuecreation.analyses.calibration import boundary_label, compared, in_words
from valuecreation.errors import MissingTable
from valuecreation.io.exercises import reference
from valuecreation.result import Result
from valuecreation.study import Study
from valuecreation.words import check_language, phrase


def calibrate_class(
    studies: Mapping[str, Study] | Study, exercise: str = "leren-coderen", language: str = "nl"
) -> Result:
    """Return where a class differs from the reference: a table per code, and the fragments to talk about.

    Counted are students. They are neither compared with each other nor put in order.

    Parameters
    ----------
    studies : mapping of str to Study, or Study
        By student: what `read_exercise` returned for each. Or one study in which all of them coded
        (``vc.coded(vc.exercise().study)``).
    exercise : str
    language : {"nl", "en"}

    Returns
    -------
    Result
        ``.table`` has a row for each code: code, unit ("students"), missed (how many students left out the code in at least one
        fragment where the reference has it), added (how many gave it where the reference does not), fragments_missed,
        fragments_added (in how many fragments anybody did), n and N (students). ``.evidence()`` gives the fragments with how
        many students differ; the supplements show them and the boundaries in words.

    Raises
    ------
    MissingTable
        Without a student who coded.
    """
    check_language(language)
    right = reference(exercise)
    book = right.study.codebook(right.codebook)
    if isinstance(studies, Study):
        codings = studies.frame("codings")
        who = sorted(set(codings["coder"].dropna()) - {right.coder, "agreed"})
        studies = dict.fromkeys(who, studies)
    answers = {student: compared(study, _coder(study, student), right) for student, study in studies.items()}
    if not answers:
        raise MissingTable(
            "Nobody has coded the exercise yet. Read the sheets with vc.read_exercise, one for each student."
        )
    every = pd.concat([frame.assign(student=student) for student, frame in answers.items()], ignore_index=True)
    rows = []
    for code in book.codes:
        mine = pd.Series([code in one for one in every["yours"]], dtype=bool)
        theirs = pd.Series([code in one for one in every["theirs"]], dtype=bool)
        missed, added = every[~mine & theirs], every[mine & ~theirs]
        rows.append(
            {
                "code": code.name, "unit": "students", "missed": missed["student"].nunique(), "added": added["student"].nunique(),
                "fragments_missed": missed["document_id"].nunique(), "fragments_added": added["document_id"].nunique(),
                "N": len(answers),
            }
        )  # fmt: skip
    fragments = _hard(every, right, book, language)
    supplements = {
        "class_fragments": in_words(fragments, language),
        "class_boundaries": in_words(_of_boundaries(fragments), language),
    }
    return Result(
        name="calibrate_class",
        title=phrase("calibrate_class_title", language, n=len(answers), N=every["document_id"].nunique()),
        table=pd.DataFrame(rows),
        unit="students",
        n=len(answers),
        cautions=tuple(
            phrase(name, language)
            for name in ("calibrate_class_no_order", "calibrate_caution_truth", "calibrate_caution_fictional")
        ),
        supplements=supplements,
        finder=partial(_evidence, fragments),
        headings={name: phrase(f"supplement_calibrate_{name}", language) for name in supplements},
        language=language,
    )


def _of_boundaries(fragments: pd.DataFrame) -> pd.DataFrame:
    """Return how many answers differ at each boundary, most first."""
    counts = fragments.groupby("boundary", sort=False)["differ"].sum()
    return counts.sort_values(ascending=False, kind="stable").reset_index()


def _coder(study: Study, student: str) -> str:
    """Return under which name a student coded: their own, or the one name that the study has."""
    names = {*study.frame("codings")["coder"].dropna(), *study.frame("coverage")["coder"].dropna()}
    return next(iter(names)) if student not in names and len(names) == 1 else student


def _hard(every: pd.DataFrame, right, book, language: str) -> pd.DataFrame:
    """Return the fragments in which somebody differs, those with most students first: how many differ of how many looked."""
    differ = pd.Series(
        [mine != theirs for mine, theirs in zip(every["yours"], every["theirs"], strict=True)], dtype=bool
    )
    rows = []
    for document, part in every.assign(differ=differ).groupby("document_id", sort=False):
        if part["differ"].any():
            about = right.fragments[document]
            rows.append(
                {
                    "document_id": document, "quote": part["quote"].iloc[0], "differ": int(part["differ"].sum()), "N": len(part),
                    "boundary": boundary_label(about["boundary"], book, language), "reason": right.reason(document, language),
                }
            )  # fmt: skip
    names = ["document_id", "quote", "differ", "N", "boundary", "reason"]
    return (
        pd.DataFrame(rows, columns=names)
        .sort_values(["differ", "document_id"], ascending=[False, True])
        .reset_index(drop=True)
    )


def _evidence(fragments: pd.DataFrame) -> pd.DataFrame:
    return fragments.copy()
