"""Learning questions by domain: what a network wants to learn, seen through Biesta's domains, counted by question."""

from functools import partial

import pandas as pd

from valuecreation.analyses.counting import AGREED, SMALL, codes_in_order
from valuecreation.analyses.lens import readings_in_order, said_of_readings
from valuecreation.analyses.material import NOT_STATED
from valuecreation.errors import UnknownName
from valuecreation.result import Result
from valuecreation.study import Study
from valuecreation.study.lookup import look_up
from valuecreation.words import phrase

_EVIDENCE = ["question_id", "raised_in", "subgroup", "theme", "domain", "reading", "coder", "text", "memo"]


def questions_by_domain(
    study: Study, domains: str, reading: str | None, rule: str, agreed: bool, language: str
) -> Result:
    """Return in which domains the learning questions lie: n of N questions that somebody looked at in that reading.

    A question may lie in several domains, or in none: a row of ``question_codings`` without a code says that its coder looked
    and found none. Parameters as in `lens`; ``rule="all"`` counts what every coder of a question found.
    """
    questions = study.need("questions", "question_id", purpose="Learning questions by domain")
    questions = questions.dropna(subset=["question_id"]).drop_duplicates("question_id")
    codings = study.need("question_codings", "question_id", "codebook", purpose="Learning questions by domain")
    codings = codings[(codings["codebook"] == domains) & codings["question_id"].isin(questions["question_id"])]
    study.codebook(domains)
    codings = codings.assign(reading=codings["reading"].fillna(NOT_STATED[language]), domain=codings["code"])
    kept, cautions = _that_count(codings, rule, agreed, language)
    readings = readings_in_order(study, domains, codings, reading)
    kept = kept[kept["reading"].isin(readings)]
    looked = codings[codings["reading"].isin(readings)].groupby("reading")["question_id"].nunique()
    cells = [readings, codes_in_order(study, domains, kept["domain"].dropna())]
    grid = pd.MultiIndex.from_product(cells, names=["reading", "domain"])
    counts = kept.groupby(["reading", "domain"])["question_id"].nunique().reindex(grid, fill_value=0)
    table = counts.rename("n").reset_index()
    table = table.assign(codebook=domains, unit="questions", N=table["reading"].map(looked))
    said = [phrase("questions_multi_label", language), phrase("questions_not_people", language), *cautions]
    unread = len(questions) - codings.loc[codings["reading"].isin(readings), "question_id"].nunique()
    if unread:
        said.append(phrase("questions_uncoded", language, count=unread))
    if len(readings) > 1:
        said += said_of_readings(kept, readings, language)
    if len(questions) < SMALL:
        said.append(phrase("questions_few", language, n=len(questions)))
    none = _without_domain(kept, readings, looked, language)
    facts = questions.set_index("question_id")[["raised_in", "subgroup", "theme", "text"]]
    behind = pd.concat([kept, look_up(facts, kept["question_id"])], axis=1).dropna(subset=["domain"])
    return Result(
        name="lens of questions",
        title=phrase("questions_title", language),
        table=table[["codebook", "domain", "reading", "unit", "n", "N"]],
        unit="questions",
        n=len(questions),
        cautions=tuple(dict.fromkeys(said)),
        supplements={"none": none},
        headings={"none": phrase("supplement_none", language)},
        summary=_summary(study, table, domains, language),
        language=language,
        drawing=partial(_draw, table, study, domains, language),
        finder=partial(_evidence, behind),
        keys=("codebook", "domain", "reading", "unit"),
    )


def _draw(table: pd.DataFrame, study: Study, domains: str, language: str):
    from valuecreation.plots.lens import draw_questions

    return draw_questions(table, study, domains, language)


def _that_count(codings: pd.DataFrame, rule: str, agreed: bool, language: str) -> tuple[pd.DataFrame, list[str]]:
    """Return the codings that count: agreed ones where a question was settled, the rule elsewhere."""
    coders = [coder for coder in codings["coder"].dropna().unique() if coder != AGREED]
    if rule not in ("any", "all", *coders):
        raise UnknownName.among("rule for unsettled codings", rule, ("any", "all", *coders))
    if not agreed:
        codings = codings[codings["coder"] != AGREED]
    way = codings["question_id"].str.cat(codings["reading"], sep="\0")
    settled = way.isin(set(way[codings["coder"] == AGREED]))
    kept = codings[~settled | (codings["coder"] == AGREED)]
    unsettled = kept["coder"] != AGREED
    if rule == "all":
        found = kept.groupby(["question_id", "reading", "domain"], dropna=False)["coder"].transform("nunique")
        looked = kept.groupby(["question_id", "reading"])["coder"].transform("nunique")
        kept = kept[~unsettled | (found == looked)]
    elif rule != "any":
        kept = kept[~unsettled | (kept["coder"] == rule)]
    said = phrase(f"rule_{rule}" if rule in ("any", "all") else "rule_coder", language, coder=rule)
    done = codings.loc[settled, "question_id"].nunique()
    several = len(coders) > 1 or done
    words = phrase("questions_count", language, coders=len(coders), settled=done, rule=said)
    return kept, [words] if several else []


def _without_domain(kept: pd.DataFrame, readings: list[str], looked: pd.Series, language: str) -> pd.DataFrame:
    some = kept.dropna(subset=["domain"]).groupby("reading")["question_id"].nunique()
    of = phrase("n_of", language, n="{n}", N="{N}")
    rows = [(one, of.format(n=looked[one] - some.get(one, 0), N=looked[one])) for one in readings]
    return pd.DataFrame(rows, columns=[phrase("column_reading", language), phrase("column_no_domain", language)])


def _summary(study: Study, table: pd.DataFrame, domains: str, language: str) -> pd.DataFrame:
    of = phrase("n_of", language, n="{n}", N="{N}")
    book = study.codebook(domains)
    rows = []
    for reading, part in table.groupby("reading", sort=False):
        words = [book.label(domain, language, reading) for domain in part["domain"]]
        cells = [of.format(n=n, N=N) for n, N in zip(part["n"], part["N"], strict=True)]
        rows.append(pd.DataFrame({phrase("column_domain", language): words, reading: cells}, index=part["domain"]))
    if not rows:
        return pd.DataFrame({phrase("column_domain", language): []})
    # A domain has another name in another reading (subjectificatie, subjectwording); both are shown.
    names = pd.concat([row.iloc[:, 0] for row in rows], axis=1).apply(
        lambda row: " / ".join(dict.fromkeys(row)), axis=1
    )
    return pd.concat([names.rename(rows[0].columns[0]), *(row.iloc[:, 1] for row in rows)], axis=1).reset_index(
        drop=True
    )


def _evidence(behind: pd.DataFrame, **cell: list) -> pd.DataFrame:
    rows = behind
    for column, value in cell.items():
        if column != "unit":
            rows = rows[rows[column].isin(value)]
    return rows.sort_values(["question_id", "reading", "domain", "coder"], kind="stable")[_EVIDENCE].reset_index(
        drop=True
    )
