"""Calibration: a student's codes beside the reference of an exercise, which boundaries were missed, and why."""

from functools import partial

import pandas as pd

from valuecreation.errors import MissingTable, UndefinedCoefficient, UnknownName
from valuecreation.io.exercises import Reference, reference
from valuecreation.result import Result
from valuecreation.stats.agreement import coefficients
from valuecreation.study import Study
from valuecreation.words import check_language, in_language, label, phrase

_COLUMNS = ("code", "unit", "both", "only_you", "only_reference", "neither", "N", "status_differs", "polarity_differs")


def calibrate(study: Study, coder: str, exercise: str = "leren-coderen", language: str = "nl") -> Result:
    """Return where a student and the reference of an exercise differ, and why the reference chose as it did.

    Counted per code is in how many fragments both found it, one of them, or neither; then percent agreement and Krippendorff's
    alpha of student and reference. There is no total and no mark. A status or sign that differs, where both found the code, is
    counted apart: an intention called experienced is another kind of mistake than a wrong cycle.

    Parameters
    ----------
    study : Study
        The fragments with the student's codings: ``vc.coded(vc.exercise().study)`` or what `read_exercise` returns.
    coder : str
        The student.
    exercise : str
    language : {"nl", "en"}

    Returns
    -------
    Result
        ``.table`` has the columns code, unit, both, only_you, only_reference, neither, N (fragments the student looked at),
        status_differs, polarity_differs, percent, alpha, note. ``.supplements["differences"]`` shows each fragment that differs
        with its words, both answers, the reason, the test in the coding manual and what there is to say of the
        student's own choice. ``.evidence(code=...)`` gives those of one code as data.

    Raises
    ------
    MissingTable
        When the student coded nothing and looked at nothing.

    Examples
    --------
    >>> from valuecreation.io.exercises import reference
    >>> known = reference().study
    >>> copied = known.replace(codings=known.codings.assign(coder="s1"), coverage=known.coverage.assign(coder="s1"))
    >>> int(calibrate(copied, "s1").table["only_you"].sum())
    0
    """
    check_language(language)
    right = reference(exercise)
    answers = compared(study, coder, right)
    book = right.study.codebook(right.codebook)
    rows = [_counted(code.name, answers) for code in book.codes]
    table = pd.DataFrame(rows)
    listed = differences(answers, right, language)
    whole = len(right.fragments)
    cautions = [phrase(f"calibrate_caution_{name}", language) for name in ("truth", "no_mark", "fictional")]
    if len(answers) < whole:
        cautions.append(phrase("calibrate_caution_left", language, count=whole - len(answers), coder=coder))
    supplements = {
        "differences": in_words(_shown(listed), language),
        "boundaries": in_words(boundaries(listed, language), language),
    }
    return Result(
        name="calibrate",
        title=phrase("calibrate_title", language, coder=coder, N=len(answers)),
        table=table,
        unit="fragments",
        n=len(answers),
        cautions=tuple(cautions),
        supplements=supplements,
        headings={name: phrase(f"supplement_calibrate_{name}", language) for name in supplements},
        summary=_laid_out(table, partial(book.label, language=language), language),
        language=language,
        drawing=partial(_draw, table, right, language),
        finder=partial(_evidence, listed),
        keys=("code",),
    )


def compared(study: Study, coder: str, right: Reference) -> pd.DataFrame:
    """Return the fragments that a student looked at with the answers of both.

    Returns
    -------
    pandas.DataFrame
        Columns document_id, segment_id, quote, yours and theirs (each a dict from code to status and polarity), in the order of
        the exercise.
    """
    if not isinstance(study, Study):
        raise MissingTable(
            f"calibrate takes a study with a student's codings; this is {type(study).__name__}. See vc.exercise."
        )
    known = right.study.segments
    own = study.frame("segments").set_index("segment_id")["quote"].reindex(known["segment_id"])
    strange = known.loc[own.to_numpy() != known["quote"].to_numpy(), "document_id"]
    if len(strange):
        raise MissingTable(
            f"This study does not have the fragments of the exercise as they were written: {', '.join(strange[:5])} "
            f"{'are' if len(strange) > 1 else 'is'} missing or changed. Code the study of vc.exercise()."
        )
    codings = study.frame("codings")
    codings = codings[(codings["codebook"] == right.codebook) & codings["code"].notna()]
    coverage = study.frame("coverage")
    mine, seen = (
        codings[codings["coder"] == coder],
        coverage[(coverage["coder"] == coder) & (coverage["codebook"] == right.codebook)],
    )
    if mine.empty and seen.empty:
        who = sorted({*codings["coder"].dropna(), *coverage["coder"].dropna()} - {right.coder})
        if who:
            raise UnknownName.among("coder of the exercise", coder, who)
        raise MissingTable(
            f"{coder} has not coded a fragment of this exercise yet. Do so with vc.code, or read a sheet with vc.read_exercise."
        )
    theirs = right.study.codings
    looked = known["document_id"].isin(set(seen["document_id"])) | known["segment_id"].isin(set(mine["segment_id"]))
    given, wanted = _by_segment(mine, right), _by_segment(theirs[theirs["coder"] == right.coder], right)
    answers = known.loc[looked, ["document_id", "segment_id", "quote"]]
    return answers.assign(
        yours=[given.get(one, {}) for one in answers["segment_id"]],
        theirs=[wanted.get(one, {}) for one in answers["segment_id"]],
    ).reset_index(drop=True)


def differences(answers: pd.DataFrame, right: Reference, language: str) -> pd.DataFrame:
    """Return a row for each fragment in which the answers differ; ``code`` holds the codes at stake, for `evidence`."""
    book = right.study.codebook(right.codebook)
    rows = []
    for one in answers.to_dict("records"):
        yours, theirs = one["yours"], one["theirs"]
        stake = sorted(code for code in {*yours, *theirs} if yours.get(code) != theirs.get(code))
        if not stake:
            continue
        about = right.fragments[one["document_id"]]
        rows.append(
            {
                "document_id": one["document_id"], "segment_id": one["segment_id"], "quote": one["quote"],
                "yours": _said(yours, book, language), "reference": _said(theirs, book, language),
                "reason": right.reason(one["document_id"], language),
                "boundary": boundary_label(about["boundary"], book, language),
                "test": _test(about["boundary"], book, language),
                "about_yours": _about_yours(yours, theirs, about.get("alternatives") or (), language), "code": stake,
            }
        )  # fmt: skip
    names = [
        "document_id",
        "segment_id",
        "quote",
        "yours",
        "reference",
        "reason",
        "boundary",
        "test",
        "about_yours",
        "code",
    ]
    return pd.DataFrame(rows, columns=names)


def boundaries(listed: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return how many of the fragments that differ have each boundary at stake, the most frequent first."""
    counts = listed["boundary"].value_counts(sort=False).rename("n").reset_index()
    return (
        counts.sort_values(["n", "boundary"], ascending=[False, True]).reset_index(drop=True).rename_axis(columns=None)
    )


def boundary_label(boundary: list[str], book, language: str) -> str:
    """Return what is at stake in words: a pair of cycles, the status, or whether there is value at all."""
    if boundary[0] in ("status", "none"):
        return phrase(f"calibrate_boundary_{boundary[0]}", language)
    one, other = (book.label(name, language) for name in boundary)
    return phrase("calibrate_pair", language, one=one, other=other)


def _shown(listed: pd.DataFrame) -> pd.DataFrame:
    """Return the differences for reading: the boundary and its test in one column."""
    boundary = listed["boundary"].str.cat(listed["test"], sep=": ") if len(listed) else listed["boundary"]
    return listed.assign(boundary=boundary).drop(columns=["code", "segment_id", "test"])


def in_words(shown: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return a table with its headings in words."""
    return shown.rename(columns={name: phrase(f"calibrate_{name}", language) for name in shown})


def _counted(code: str, answers: pd.DataFrame) -> dict:
    yours = pd.Series([code in one for one in answers["yours"]], dtype=bool)
    theirs = pd.Series([code in one for one in answers["theirs"]], dtype=bool)
    shared = [
        (one[code], other[code])
        for one, other in zip(answers["yours"], answers["theirs"], strict=True)
        if code in one and code in other
    ]
    row = dict(
        zip(
            _COLUMNS,
            (
                code, "fragments", int((yours & theirs).sum()), int((yours & ~theirs).sum()), int((~yours & theirs).sum()),
                int((~yours & ~theirs).sum()), len(answers), sum(one[0] != other[0] for one, other in shared),
                sum(one[1] != other[1] for one, other in shared),
            ), strict=True,
        )
    )  # fmt: skip
    try:
        made = coefficients(pd.DataFrame({"yours": yours.astype(float), "reference": theirs.astype(float)}))
    except UndefinedCoefficient as reason:
        return {**row, "percent": float("nan"), "alpha": float("nan"), "note": str(reason)}
    return {
        **row,
        "percent": made.loc["percent", "value"],
        "alpha": made.loc["alpha", "value"],
        "note": made.loc["alpha", "note"],
    }


def _by_segment(codings: pd.DataFrame, right: Reference) -> dict[str, dict]:
    """Return for each segment its codes, sub-codes under their cycle, each with status and polarity."""
    book = right.study.codebook(right.codebook)
    found: dict[str, dict] = {}
    for row in codings.astype(object).where(codings.notna(), None).to_dict("records"):
        code = book.top(row["code"]) if row["code"] in book else row["code"].split(".")[0]
        found.setdefault(row["segment_id"], {})[code] = (row["status"], row["polarity"])
    return found


def _said(codes: dict, book, language: str) -> str:
    parts = []
    for code, judged in codes.items():
        words = [label(kind, key, language) for kind, key in zip(("status", "polarity"), judged, strict=True) if key]
        parts.append(f"{book.label(code, language)} ({', '.join(words)})" if words else book.label(code, language))
    return "\n".join(parts) or phrase("calibrate_none", language)


def _test(boundary: list[str], book, language: str) -> str:
    """Return the passage of the coding manual that draws this boundary."""
    if boundary[0] in ("status", "none"):
        return phrase(f"calibrate_test_{boundary[0]}", language)
    one, other = boundary
    tests = book[one].boundaries(language)
    return tests.get(other) or book[other].boundaries(language).get(one) or book[one].definition(language)


def _about_yours(yours: dict, theirs: dict, alternatives: list[dict], language: str) -> str:
    """Return what the exercise says of what the student chose otherwise."""
    own = [code for code, judged in yours.items() if theirs.get(code) != judged]
    why = [
        in_language(one["why"], language)
        for one in alternatives
        if one["code"] in own and (one["code"] not in theirs or yours[one["code"]][0] == one["status"])
    ]
    if why:
        return "\n".join(text.strip() for text in why)
    return phrase("calibrate_not_among", language)


def _laid_out(table: pd.DataFrame, naming, language: str) -> pd.DataFrame:
    shown = {phrase("column_code", language): [naming(code) for code in table["code"]]}
    for name in ("both", "only_you", "only_reference", "neither"):
        shown[phrase(f"calibrate_{name}", language)] = table[name]
    for name in ("status", "polarity"):
        shown[phrase(f"calibrate_{name}", language)] = table[f"{name}_differs"]
    shown[phrase("calibrate_percent", language)] = [
        f"{both + neither} / {whole}"
        for both, neither, whole in zip(table["both"], table["neither"], table["N"], strict=True)
    ]
    shown[phrase("calibrate_alpha", language)] = [
        phrase("not_defined", language) if pd.isna(value) else f"{value:.2f}" for value in table["alpha"]
    ]
    return pd.DataFrame(shown)


def _evidence(listed: pd.DataFrame, code: list[str] | None = None) -> pd.DataFrame:
    rows = listed if code is None else listed[[bool({*one} & {*code}) for one in listed["code"]]]
    return rows.drop(columns="code").reset_index(drop=True)


def _draw(table: pd.DataFrame, right: Reference, language: str):
    """Draw the table; what draws is loaded only now."""
    from valuecreation.plots.calibration import draw_calibration

    return draw_calibration(table, right.study.codebook(right.codebook), language)
