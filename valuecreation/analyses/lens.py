"""Lens: value cycles crossed with Biesta's domains, two code systems laid side by side and never derived from each other."""

from functools import partial

import pandas as pd

from valuecreation.analyses.counting import FOUND, SMALL, codes_in_order, counted
from valuecreation.analyses.material import NOT_STATED, looked_through, material, need_codings
from valuecreation.errors import MissingTable, UnknownName
from valuecreation.result import Result
from valuecreation.study import Study
from valuecreation.words import check_language, label, phrase, vocabulary

_EVIDENCE = [
    "document_id", "segment_id", "participant_id", "date", "kind", "cycle", "domain", "reading", "status", "polarity",
    "coder", "quote", "memo",
]  # fmt: skip


def lens(
    study: Study,
    *,
    cycles: str | None = None,
    domains: str = "biesta",
    of: str = "segments",
    reading: str | None = None,
    status: str | list[str] | tuple[str, ...] = FOUND,
    rule: str = "any",
    agreed: bool = True,
    informant: str = "member",
    language: str = "en",
) -> Result:
    """Return in which domains the value of each cycle lies: participants first, then segments.

    A crossing counts a segment that carries the cycle (with one of the statuses) and the domain. A segment may carry several
    domains, so columns do not add up and are no shares of a whole. Subjectification is no outcome to be measured: read
    the quotes, `Result.evidence`.

    Parameters
    ----------
    study : Study
    cycles : str, optional
        Codebook of the cycles; left out, the first that the codings use.
    domains : str
        Codebook of the domains.
    of : {"segments", "questions"}
        What is looked at through the domains: what people said, crossed with the cycles; or the learning questions
        (*leervragen*), which were coded by domain in the table ``question_codings``.
    reading : str, optional
        ``"WSD-2018"`` or ``"Biesta-2020"``; left out, each reading in which was coded stands apart.
    status : str or list of str
        Statuses of the cycle that count; value found (experienced, reported) when left out.
    rule, agreed, informant, language
        As in `profile`.

    Returns
    -------
    Result
        ``.table`` has the columns codebook, cycle, domain, reading, unit, n, N; of questions codebook, domain, reading, unit,
        n, N.

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> found = lens(load_example("nijmegen-2020"), reading="WSD-2018")
    >>> found.evidence(cycle="potential", domain="subjectification")["segment_id"].tolist()
    ['portrait-1-s05', 'summary-s04']
    """
    check_language(language)
    if of == "questions":
        from valuecreation.analyses.questions import questions_by_domain

        return questions_by_domain(study, domains, reading, rule, agreed, language)
    if of != "segments":
        raise UnknownName.among("thing to look at", of, ("segments", "questions"))
    wanted = statuses_asked(status)
    stuff = material(study, informant, language)
    book = cycles_of(study, cycles, "The lens")
    study.codebook(domains)
    counts = counted(study, stuff, [book, domains], rule, agreed, language)
    codings = counts.codings
    segments, by_coverage = looked_through(study, stuff.segments, book)
    segments, also = looked_through(study, segments, domains)
    of_cycle = codings[(codings["codebook"] == book) & codings["status"].isin(wanted)].rename(columns={"code": "cycle"})
    of_domain = codings[codings["codebook"] == domains].rename(columns={"code": "domain"})
    of_domain = of_domain.assign(reading=of_domain["reading"].fillna(NOT_STATED[language]))
    readings = readings_in_order(study, domains, of_domain, reading)
    of_domain = of_domain[of_domain["reading"].isin(readings)]
    crossed = segments.merge(
        of_cycle[["segment_id", "cycle", "status", "polarity", "coder", "memo"]], on="segment_id"
    ).merge(of_domain[["segment_id", "domain", "reading"]].drop_duplicates(), on="segment_id")
    table = _table(study, book, domains, readings, segments, crossed)
    total = int(segments["participant_id"].nunique())
    cautions = [
        phrase("multi_label", language),
        phrase("lens_status", language, statuses=", ".join(label("status", one, language) for one in wanted)),
        *stuff.cautions,
        *counts.cautions,
    ]
    if not (by_coverage and also):
        cautions.append(phrase("without_coverage", language))
    if len(readings) > 1:
        cautions += said_of_readings(of_domain, readings, language)
    if total < SMALL:
        cautions.append(phrase("small_n", language, n=total))
    supplements = {}
    if len(readings) == 2:
        supplements["readings"] = _readings_compared(study, domains, of_domain, readings, language)
    return Result(
        name="lens",
        title=phrase("lens_title", language),
        table=table,
        unit="participants",
        n=total,
        cautions=tuple(dict.fromkeys(cautions)),
        supplements=supplements,
        headings={name: phrase(f"supplement_{name}", language) for name in supplements},
        summary=_summary(study, table, domains, language),
        language=language,
        drawing=partial(_draw, table, study, domains, language),
        finder=partial(_evidence, crossed.assign(codebook=book)),
        keys=("codebook", "cycle", "domain", "reading", "unit", "status", "polarity"),
    )


def _readings_compared(
    study: Study, domains: str, of_domain: pd.DataFrame, readings: list[str], language: str
) -> pd.DataFrame:
    """Return per domain in how many segments one coder placed it in both readings, or in one of them only.

    Only segments that the same coder coded in both readings are compared: between coders a difference says nothing of the
    readings.
    """
    first, second = readings
    coded = of_domain[["coder", "segment_id", "domain", "reading"]].drop_duplicates()
    by_both = coded.groupby(["coder", "segment_id"])["reading"].transform("nunique") == 2
    placed = (
        coded[by_both].groupby(["coder", "segment_id", "domain"])["reading"].agg(lambda some: "|".join(sorted(some)))
    )
    placed = placed.rename("where").reset_index()
    total = placed["segment_id"].nunique()
    both = "|".join(sorted(readings))
    of = phrase("n_of", language, n="{n}", N=total)
    rows = []
    for domain in codes_in_order(study, domains, placed["domain"]):
        own = placed[placed["domain"] == domain].groupby("where")["segment_id"].nunique()
        names = dict.fromkeys(study.codebook(domains).label(domain, language, one) for one in readings)
        rows.append([" / ".join(names), *(of.format(n=own.get(where, 0)) for where in (both, first, second))])
    heads = [phrase("where_both", language, first=first, second=second)]
    heads += [phrase("where_only", language, side=one) for one in readings]
    return pd.DataFrame(rows, columns=[phrase("column_domain", language), *heads])


def _draw(table: pd.DataFrame, study: Study, domains: str, language: str, **options: object):
    """Draw the lens; what draws is loaded only now."""
    from valuecreation.plots.lens import draw_lens

    return draw_lens(table, study, domains, language, **options)


def statuses_asked(status: str | list[str] | tuple[str, ...]) -> list[str]:
    """Return the statuses that were asked for, or say which there are."""
    wanted = list(status) if isinstance(status, (list, tuple, set)) else [status]
    for one in wanted:
        if not isinstance(one, str) or one not in vocabulary("status"):
            raise UnknownName.among("status", one, vocabulary("status"))
    return wanted


def cycles_of(study: Study, cycles: str | None, purpose: str) -> str:
    """Return the codebook of the cycles: the one asked for, or the first that the codings use."""
    if cycles is not None:
        return study.codebook(cycles).name
    need_codings(study)
    used = [name for name in study.codebook_names() if study.codebook(name).kind == "cycles"]
    if not used:
        raise MissingTable(
            f"{purpose} needs codings under a codebook about value cycles; those of {study.name!r} use "
            f"{', '.join(study.codebook_names()) or 'none'}."
        )
    return used[0]


def readings_in_order(study: Study, domains: str, of_domain: pd.DataFrame, reading: str | None) -> list[str]:
    """Return the readings in which was coded, or the one asked for."""
    used = of_domain["reading"].unique()
    if reading is not None:
        if reading not in used:
            raise UnknownName.among("reading", reading, sorted(used))
        return [reading]
    order = [*study.codebook(domains).readings]
    return [*(one for one in order if one in used), *sorted(set(used) - set(order))]


def said_of_readings(of_domain: pd.DataFrame, readings: list[str], language: str) -> list[str]:
    """Return what must be said when several readings stand side by side: which, and whether the same people coded them."""
    cautions = [phrase("several_readings", language, readings=", ".join(readings))]
    who = {
        one: ", ".join(sorted(set(of_domain.loc[of_domain["reading"] == one, "coder"].dropna()))) for one in readings
    }
    if len(set(who.values())) > 1:
        named = "; ".join(f"{one}: {coders}" for one, coders in who.items())
        cautions.append(phrase("readings_by_others", language, who=named))
    return cautions


def _table(
    study: Study, book: str, domains: str, readings: list[str], segments: pd.DataFrame, crossed: pd.DataFrame
) -> pd.DataFrame:
    keys = ["reading", "cycle", "domain"]
    cells = [readings, codes_in_order(study, book, crossed["cycle"]), codes_in_order(study, domains, crossed["domain"])]
    grid = pd.MultiIndex.from_product(cells, names=keys)
    parts = []
    for unit, identity in (("participants", "participant_id"), ("segments", "segment_id")):
        found = crossed.dropna(subset=[identity]).groupby(keys)[identity].nunique()
        part = found.reindex(grid, fill_value=0).rename("n").reset_index()
        parts.append(part.assign(codebook=book, unit=unit, N=segments[identity].nunique()))
    return pd.concat(parts, ignore_index=True)[["codebook", "cycle", "domain", "reading", "unit", "n", "N"]]


def _summary(study: Study, table: pd.DataFrame, domains: str, language: str) -> pd.DataFrame:
    people = table[table["unit"] == "participants"]
    of = phrase("n_of", language, n="{n}", N="{N}")
    code = phrase("column_code", language)
    cells = people.assign(
        cell=[of.format(n=n, N=N) for n, N in zip(people["n"], people["N"], strict=True)],
        label=[
            study.codebook(book).label(cycle, language)
            for book, cycle in zip(people["codebook"], people["cycle"], strict=True)
        ],
        word=[
            study.codebook(domains).label(one, language, reading)
            for one, reading in zip(people["domain"], people["reading"], strict=True)
        ],
    )
    parts = []
    for reading, rows in cells.groupby("reading", sort=False):
        wide = rows.pivot(index="label", columns="domain", values="cell").reindex(rows["label"].unique())[
            rows["domain"].unique()
        ]
        wide.columns = [f"{word} ({reading})" for word in rows.drop_duplicates("domain")["word"]]
        parts.append(wide)
    if not parts:
        return pd.DataFrame({code: []})
    return pd.concat(parts, axis=1).rename_axis(index=code).reset_index()


def _evidence(crossed: pd.DataFrame, **cell: list) -> pd.DataFrame:
    rows = crossed
    for column, value in cell.items():
        if column != "unit":
            rows = rows[rows[column].isin(value)]
    same = ["segment_id", "cycle", "domain", "reading", "status", "polarity"]
    kept = rows.assign(coder=rows["coder"].fillna("")).drop_duplicates([*same, "coder"])
    joined = kept.groupby(same, dropna=False, sort=False)["coder"].agg(", ".join).rename("coders").reset_index()
    first = kept.drop_duplicates(same).merge(joined, on=same)
    first = first.assign(coder=first["coders"]).sort_values(["date", "document_id", "start"], kind="stable")
    return first[_EVIDENCE].reset_index(drop=True)
