"""Teller against analyst: what participants said of how their words were coded."""

from functools import partial

import pandas as pd

from valuecreation.errors import MissingTable
from valuecreation.result import Result
from valuecreation.study import Study
from valuecreation.study.lookup import look_up
from valuecreation.study.withdrawal import segment_speakers, withdrawn_segments
from valuecreation.words import check_language, label, phrase

_ANSWERS = {"approve": "approved", "correct": "corrected", "strike": "struck"}


def teller_against_analyst(study: Study, language: str = "en") -> Result:
    """Return, per code, how many codings their tellers found right, not quite right, or struck.

    This is no agreement between coders: a teller saw the code before answering. So there is no coefficient; the corrections stand
    beside the quotes.

    Parameters
    ----------
    study : Study
        Needs ``member_checks``, as `read_member_check` fills it.
    language : {"en", "nl"}

    Returns
    -------
    Result
        ``.table`` has the columns codebook, reading, code, unit ("codings"), checked (answered, N), approved, corrected, struck,
        unanswered (a remark without a tick), tellers (how many people answered). ``.supplements["corrections"]`` has each
        correction beside its quote; what was struck is never shown. ``.evidence(code=..., answer=...)`` gives the rows.

    Raises
    ------
    MissingTable
        Without member checks.

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> teller_against_analyst(load_example("lindehout")).unit
    'codings'
    """
    check_language(language)
    checks = study.need("member_checks", "segment_id", "code", "answer", purpose="Teller against analyst")
    checks = checks.dropna(subset=["participant_id", "segment_id", "codebook", "code"])
    if checks.empty:
        raise MissingTable("No sheet of a member check was read in yet. vc.read_member_check does so.")
    counts = checks.assign(answer=checks["answer"].fillna(""))
    grouped = counts.groupby(["codebook", "reading", "code"], dropna=False, sort=False)
    rows = []
    for (codebook, reading, code), part in grouped:
        said = {name: int((part["answer"] == answer).sum()) for answer, name in _ANSWERS.items()}
        rows.append(
            {
                "codebook": codebook, "reading": reading, "code": code, "unit": "codings", "checked": sum(said.values()), **said,
                "unanswered": int((part["answer"] == "").sum()), "tellers": part["participant_id"].nunique(),
            }
        )  # fmt: skip
    table = _in_order(study, pd.DataFrame(rows))
    shown = _with_quotes(study, checks)
    answered = int(table["checked"].sum())
    people = checks["participant_id"].nunique()
    speakers = segment_speakers(study)[
        study.frame("segments")["segment_id"].isin(set(study.frame("codings")["segment_id"]))
    ]
    everybody = len({*speakers.dropna(), *checks["participant_id"]})
    cautions = [
        phrase("teller_caution_not_blind", language),
        phrase("teller_caution_back", language, back=people, all=everybody),
        phrase("teller_caution_stays", language),
    ]
    struck = checks.loc[checks["answer"] == "strike", "segment_id"].nunique()
    if struck:
        cautions.append(phrase("teller_caution_struck", language, count=struck))
    return Result(
        name="teller_against_analyst",
        title=phrase("teller_title", language, n=answered, people=people),
        table=table,
        unit="codings",
        n=answered,
        cautions=tuple(cautions),
        supplements={"corrections": _corrections(study, shown, language)},
        headings={"corrections": phrase("supplement_teller_corrections", language)},
        summary=_laid_out(study, table, language),
        language=language,
        drawing=partial(_draw, study, table, language),
        finder=partial(_evidence, shown),
        keys=("code", "codebook"),
    )


def _in_order(study: Study, table: pd.DataFrame) -> pd.DataFrame:
    places = {}
    for name in dict.fromkeys(table["codebook"]):
        for code in study.codebook(name).walk():
            places[name, code.name] = len(places)
    order = [places.get((row.codebook, row.code), len(places)) for row in table.itertuples(index=False)]
    return table.assign(order=order).sort_values("order", kind="stable").drop(columns="order").reset_index(drop=True)


def _with_quotes(study: Study, checks: pd.DataFrame) -> pd.DataFrame:
    """Return the answers with their quotes; words that were struck or withdrawn have none."""
    segments = study.frame("segments")
    gone = set(segments.loc[withdrawn_segments(study), "segment_id"])
    quotes = segments.drop_duplicates("segment_id").set_index("segment_id")[["document_id", "quote"]]
    shown = pd.concat(
        [checks.reset_index(drop=True), look_up(quotes, checks["segment_id"].reset_index(drop=True))], axis=1
    )
    hidden = shown["segment_id"].isin(gone) | shown["answer"].eq("strike")
    return shown.assign(quote=shown["quote"].mask(hidden), remark=shown["remark"].mask(hidden))


def _corrections(study: Study, shown: pd.DataFrame, language: str) -> pd.DataFrame:
    rows = []
    for row in shown[shown["answer"].eq("correct") | shown["answer"].isna()].to_dict("records"):
        book = study.codebook(row["codebook"])
        other = [book.label(row["corrected_code"], language)] if isinstance(row["corrected_code"], str) else []
        other += [
            label(name, row[f"corrected_{name}"], language)
            for name in ("status", "polarity")
            if isinstance(row[f"corrected_{name}"], str)
        ]
        rows.append(
            (row["participant_id"], row["quote"], book.label(row["code"], language), ", ".join(other), row["remark"])
        )
    names = ("column_participant_id", "column_quote", "teller_analyst", "teller_teller", "teller_remark")
    return pd.DataFrame(rows, columns=[phrase(name, language) for name in names])


def _laid_out(study: Study, table: pd.DataFrame, language: str) -> pd.DataFrame:
    naming = [study.codebook(row.codebook).label(row.code, language) for row in table.itertuples(index=False)]
    shown = {phrase("column_code", language): naming}
    for name in ("checked", "approved", "corrected", "struck", "unanswered", "tellers"):
        shown[phrase(f"teller_{name}", language)] = table[name]
    return pd.DataFrame(shown)


def _evidence(shown: pd.DataFrame, **asked: list[str]) -> pd.DataFrame:
    for name, values in asked.items():
        shown = shown[shown[name].isin(values)]
    return shown.reset_index(drop=True)


def _draw(study: Study, table: pd.DataFrame, language: str):
    """Draw the answers per code; what draws is loaded only now."""
    from valuecreation.plots.member_checks import draw_answers

    return draw_answers(
        table, [study.codebook(row.codebook).label(row.code, language) for row in table.itertuples()], language
    )
