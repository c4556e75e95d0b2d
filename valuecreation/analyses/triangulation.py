"""Triangulation: what the same person says in two places, cycle by cycle; absence is no contradiction."""

from functools import partial

import pandas as pd

from valuecreation.analyses.counting import FOUND, SMALL, codes_in_order, counted
from valuecreation.analyses.lens import cycles_of, statuses_asked
from valuecreation.analyses.material import looked_through, material
from valuecreation.analyses.sides import sides
from valuecreation.result import Result
from valuecreation.study import Study
from valuecreation.words import check_language, label, phrase

WHERE = ("both", "first_only", "second_only", "neither")
_EVIDENCE = [
    "side", "where", "document_id", "segment_id", "participant_id", "date", "kind", "prompted", "code", "status",
    "polarity", "coder", "quote", "memo",
]  # fmt: skip


def triangulate(
    study: Study,
    between: str = "sources",
    *,
    at: str | None = None,
    people: bool = False,
    codebook: str | None = None,
    status: str | list[str] | tuple[str, ...] = FOUND,
    rule: str = "any",
    agreed: bool = True,
    informant: str = "member",
    language: str = "en",
) -> Result:
    """Return how many participants mention a cycle in one place, in the other, in both or in neither.

    Only who has both places counts in N: of whoever was never interviewed, an interview says nothing, and it is not "log
    only". Absence is no contradiction: a diary of four lines leaves out most of what happened, and an interview asks. No
    coefficient is given, since presence in two sources is no reliability.

    Parameters
    ----------
    study : Study
    between : {"sources", "prompted", "date"}
        Log against interview; spontaneous against prompted; or before against after.
    at : str, optional
        The first day of "after", with ``between="date"``.
    people : bool
        Add the supplement ``"participants"``, a row a participant and a column a cycle. It is for the researcher's desk: it
        says who is silent about what.
    codebook : str, optional
        Of the cycles; left out, the first that the codings use.
    status : str or list of str
        Statuses that count; value found (experienced, reported) when left out.
    rule, agreed, informant, language
        As in `profile`.

    Returns
    -------
    Result
        ``.table`` has the columns codebook, code, where (both, first_only, second_only, neither), place (the same in words),
        unit, n, N. ``.supplements["places"]`` says how many participants have which place.

    Raises
    ------
    MissingTable
        Without segments or codings.

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> found = triangulate(load_example("lindehout"))
    >>> found.table.query("code == 'realised'")[["place", "n", "N"]].to_numpy().tolist()
    [['log and interview', 11, 13], ['log only', 0, 13], ['interview only', 2, 13], ['neither', 0, 13]]
    """
    check_language(language)
    wanted = statuses_asked(status)
    stuff = material(study, informant, language)
    book = cycles_of(study, codebook, "Triangulation")
    counts = counted(study, stuff, [book], rule, agreed, language)
    looked, by_coverage = looked_through(study, stuff.segments.dropna(subset=["participant_id"]), book)
    parts = sides(looked, between, at, language)
    has = parts.segments.groupby("participant_id")["side"].agg(set)
    both = sorted(has.index[has.map(len) == 2])
    codes = counts.codings[counts.codings["status"].isin(wanted)]
    joined = parts.segments.merge(codes, on="segment_id")
    order = codes_in_order(study, book, codes["code"])
    grid = _grid(joined, both, order)
    joined = joined.drop(columns="codebook").merge(grid, on=["participant_id", "code"])
    words = {
        "both": phrase("where_both", language, first=parts.first, second=parts.second),
        "first_only": phrase("where_only", language, side=parts.first),
        "second_only": phrase("where_only", language, side=parts.second),
        "neither": phrase("where_neither", language),
    }
    table = _table(grid, order, book, words, len(both))
    cautions = [
        phrase("absence_is_no_contradiction", language),
        phrase("lens_status", language, statuses=", ".join(label("status", one, language) for one in wanted)),
        *stuff.cautions,
        *counts.cautions,
        *parts.cautions,
    ]
    if not by_coverage:
        cautions.append(phrase("without_coverage", language))
    if len(has) > len(both):
        cautions.append(phrase("only_one_side", language, count=len(has) - len(both)))
    if len(both) < SMALL:
        cautions.append(phrase("small_n", language, n=len(both)))
    supplements = {"places": _places(has, parts.first, parts.second, language)}
    if people:
        cautions.append(phrase("for_the_desk", language))
        supplements["participants"] = _people(study, grid, book, order, words, language)
    return Result(
        name="triangulate",
        title=phrase("triangulate_title", language, first=parts.first, second=parts.second),
        table=table,
        unit="participants",
        n=len(both),
        cautions=tuple(dict.fromkeys(cautions)),
        supplements=supplements,
        headings={name: phrase(f"supplement_{name}", language) for name in supplements},
        summary=_summary(study, table, book, language),
        language=language,
        drawing=partial(_draw, table, study, language),
        finder=partial(_evidence, joined.assign(codebook=book), {"first": parts.first, "second": parts.second}),
        keys=("codebook", "code", "where", "unit", "status", "polarity"),
    )


def _draw(table: pd.DataFrame, study: Study, language: str, **options: object):
    """Draw the places; what draws is loaded only now."""
    from valuecreation.plots.triangulation import draw_triangulation

    return draw_triangulation(table, study, language, **options)


def _grid(joined: pd.DataFrame, people: list[str], order: list[str]) -> pd.DataFrame:
    """Return for each participant and cycle where it is found: columns participant_id, code, where."""
    cells = pd.MultiIndex.from_product([people, order], names=["participant_id", "code"])
    found = joined.groupby(["participant_id", "code"])["side"].agg(lambda side: "".join(sorted(set(side))))
    named = {"firstsecond": "both", "first": "first_only", "second": "second_only"}
    return found.reindex(cells).map(named).fillna("neither").rename("where").reset_index()


def _table(grid: pd.DataFrame, order: list[str], book: str, words: dict[str, str], total: int) -> pd.DataFrame:
    cells = pd.MultiIndex.from_product([order, WHERE], names=["code", "where"])
    counts = grid.groupby(["code", "where"]).size().reindex(cells, fill_value=0).rename("n").reset_index()
    counts = counts.assign(codebook=book, place=counts["where"].map(words), unit="participants", N=total)
    return counts[["codebook", "code", "where", "place", "unit", "n", "N"]]


def _places(has: pd.Series, first: str, second: str, language: str) -> pd.DataFrame:
    rows = [
        (phrase("where_both", language, first=first, second=second), has.map(len).eq(2)),
        (phrase("where_only", language, side=first), has.map(lambda side: side == {"first"})),
        (phrase("where_only", language, side=second), has.map(lambda side: side == {"second"})),
    ]
    name, unit = phrase("column_place", language), phrase("column_participants", language)
    return pd.DataFrame([(words, int(which.sum())) for words, which in rows], columns=[name, unit])


def _summary(study: Study, table: pd.DataFrame, book: str, language: str) -> pd.DataFrame:
    of = phrase("n_of", language, n="{n}", N="{N}")
    cells = table.assign(cell=[of.format(n=n, N=N) for n, N in zip(table["n"], table["N"], strict=True)])
    wide = cells.pivot(index="code", columns="place", values="cell")
    wide = wide.reindex(index=table["code"].unique(), columns=table["place"].unique())
    wide.index = [study.codebook(book).label(code, language) for code in wide.index]
    wide.columns.name = None
    return wide.rename_axis(index=phrase("column_code", language)).reset_index()


def _people(
    study: Study, grid: pd.DataFrame, book: str, order: list[str], words: dict[str, str], language: str
) -> pd.DataFrame:
    wide = grid.assign(where=grid["where"].map(words)).pivot(index="participant_id", columns="code", values="where")
    wide = wide[order].rename(columns=lambda code: study.codebook(book).label(code, language))
    wide.columns.name = None
    return wide.rename_axis(index=phrase("column_participant_id", language)).reset_index()


def _evidence(joined: pd.DataFrame, names: dict[str, str], **cell: list) -> pd.DataFrame:
    rows = joined
    for column, value in cell.items():
        if column != "unit":
            rows = rows[rows[column].isin(value)]
    rows = rows.assign(side=rows["side"].map(names))
    return rows.sort_values(["participant_id", "date", "document_id", "start"], kind="stable")[_EVIDENCE].reset_index(
        drop=True
    )
