"""Profile: who mentions which cycle of value, n of N participants first, segments second."""

from functools import partial

import pandas as pd

from valuecreation.analyses.counting import FOUND, SMALL, codes_in_order, counted, statuses
from valuecreation.analyses.material import (
    JUDGED,
    group_label,
    group_order,
    grouping,
    looked_through,
    material,
    need_codings,
    with_groups,
)
from valuecreation.errors import MissingTable, UndefinedStatistic, UnknownName
from valuecreation.result import Result
from valuecreation.stats.concentration import top_share
from valuecreation.study import Study
from valuecreation.words import check_language, label, phrase

UNITS = ("participants", "segments")
_EVIDENCE = [
    "document_id", "segment_id", "participant_id", "date", "kind", "codebook", "code", "coded_as", "status", "polarity",
    "coder", "quote", "memo",
]  # fmt: skip


def profile(
    study: Study,
    by: str | list[str] | None = None,
    *,
    codebook: str | list[str] | None = None,
    rule: str = "any",
    agreed: bool = True,
    informant: str = "member",
    shares: bool = False,
    population: str | None = None,
    exact: bool = False,
    confidence: float = 0.95,
    language: str = "en",
) -> Result:
    """Return who mentions which cycle of value: n of N participants, and then segments.

    A participant counts once for a code and a status, however often it is mentioned. N are the participants of whom
    something was looked through with that codebook; in the groups of ``by``, those of the group. Cycles are no ladder: a
    larger n at one cycle says nothing about another.

    Parameters
    ----------
    study : Study
        Needs the tables ``segments`` and ``codings``; uses ``documents``, ``participants``, ``coverage``, ``memberships``.
    by : str or list of str, optional
        Group by something of the person (``role_group``, ``role``, ``organisation_id``, ``subgroup``), of the document
        (``month``, ``kind``, ``prompted``, ``network_id``) or of the coding (``polarity``, ``level``, ``beneficiary``,
        ``evidence``, ``horizon``, ``strength``). Prefer ``role_group`` to ``role``, which leaves cells of one person.
    codebook : str or list of str, optional
        Left out, all codebooks about value cycles that the codings use.
    rule : str
        Which codings count where nothing was settled: ``"any"`` coder, ``"all"`` coders who looked, or a coder's name.
    agreed : bool
        Whether settled codes stand in place of those of the single coders.
    informant : {"member", "outside", "all"}
    shares : bool
        Add a column ``share``. Below twenty cases a share suggests more than there is, so it has to be asked for.
    population : str, optional
        The population that an interval should speak of, in words ("networks like this one"). Only then intervals are made:
        everybody in one network is not a sample. Columns share, low, high and method are added.
    exact : bool
        Clopper-Pearson in place of Wilson for participants.
    confidence : float
    language : {"en", "nl"}

    Returns
    -------
    Result
        ``.table`` has the columns codebook, code, status, unit, n, N, and those of ``by``. ``.supplements`` has
        ``"polarity"``, how much of the value found came at a cost, and ``"concentration"``, the top contributor's share.

    Raises
    ------
    MissingTable
        When the tables it needs are not there.

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> result = profile(load_example("nijmegen-2020"), codebook="vcf-2011")
    >>> result.table.columns.tolist()
    ['codebook', 'code', 'status', 'unit', 'n', 'N']
    """
    check_language(language)
    groups = grouping(by)
    stuff = material(study, informant, language)
    books = _codebooks(study, codebook)
    counts = counted(study, stuff, books, rule, agreed, language)
    cautions = [*stuff.cautions, *counts.cautions]
    parts, details = [], []
    structural = tuple(group for group in groups if group not in JUDGED)
    for book in books:
        segments, by_coverage = looked_through(study, stuff.segments, book)
        if not by_coverage:
            cautions.append(phrase("without_coverage", language))
        segments, noticed = with_groups(study, segments, structural, language)
        cautions += noticed
        codings = counts.codings[counts.codings["codebook"] == book]
        joined = segments.merge(codings, on="segment_id")
        for group in groups:
            if group in JUDGED:
                joined[group] = joined[group].astype("str").fillna(phrase("not_judged_group", language))
        parts.append(_table(study, book, segments, joined, groups, structural))
        details.append((book, segments, joined))
    table = pd.concat(parts, ignore_index=True)
    total = int(table.loc[table["unit"] == "participants", "N"].max()) if not groups else _people(details)
    if total < SMALL:
        cautions.append(phrase("small_n", language, n=total))
    if shares or population is not None:
        from valuecreation.analyses.shares import add_shares

        table, said = add_shares(table, details, groups, population, exact, confidence, language)
        cautions += said
    negative = pd.concat(
        [
            _table(study, book, segments, joined[joined["polarity"] == "-"], groups, structural, zeros=False)
            for book, segments, joined in details
        ]
    ).drop(columns="N")
    supplements = {
        "polarity": _polarity(study, details, language),
        "concentration": _concentration(study, details, language),
    }
    return Result(
        name="profile",
        title=phrase("profile_title", language),
        table=table,
        unit="participants",
        n=total,
        cautions=tuple(dict.fromkeys([phrase("no_ladder", language), *cautions])),
        supplements=supplements,
        headings={name: phrase(f"supplement_{name}", language) for name in supplements},
        summary=_summary(study, table, groups, language),
        language=language,
        drawing=partial(_draw, table, study, groups, language, negative),
        finder=partial(_evidence, details),
        keys=("codebook", "code", "status", "unit", *groups, *(part for part in ("polarity",) if part not in groups)),
    )


def _draw(table: pd.DataFrame, study: Study, groups: tuple, language: str, negative: pd.DataFrame, **options: object):
    """Draw the profile; what draws is loaded only now."""
    from valuecreation.plots.profile import draw_profile

    return draw_profile(table, study, groups, language, negative, partial(group_label, language=language), **options)


def _codebooks(study: Study, codebook: str | list[str] | None) -> list[str]:
    need_codings(study)
    if codebook is not None:
        named = list(codebook) if isinstance(codebook, (list, tuple, set)) else [codebook]
        if not named:
            raise UnknownName.among("codebook", "(none)", study.codebook_names())
        return list(dict.fromkeys(study.codebook(name).name for name in named))
    used = [name for name in study.codebook_names() if _kind(study, name) == "cycles"]
    if not used:
        raise MissingTable(
            "A profile needs codings under a codebook about value cycles (vcf-2011 or vcf-2020); the codings of "
            f"{study.name!r} use {', '.join(study.codebook_names()) or 'none'}. Name another with codebook=..."
        )
    return used


def _kind(study: Study, name: str) -> str:
    try:
        return study.codebook(name).kind
    except UnknownName:
        return "other"


def _table(
    study: Study,
    book: str,
    segments: pd.DataFrame,
    joined: pd.DataFrame,
    groups: tuple[str, ...],
    structural: tuple[str, ...],
    zeros: bool = True,
) -> pd.DataFrame:
    """Return n and N for every code, status, unit and group."""
    keys = ["code", "status", *groups]
    cells = [codes_in_order(study, book, joined["code"]), statuses(joined)]
    cells += [group_order(group, set(segments[group] if group in structural else joined[group])) for group in groups]
    grid = pd.MultiIndex.from_product(cells, names=keys)
    identity = {"participants": "participant_id", "segments": "segment_id"}
    parts = []
    for unit in UNITS:
        found = joined.dropna(subset=[identity[unit]]).groupby(keys)[identity[unit]].nunique()
        part = (found.reindex(grid, fill_value=0) if zeros else found).rename("n").reset_index()
        if structural:
            whole = (
                segments.dropna(subset=[identity[unit]]).groupby(list(structural))[identity[unit]].nunique().rename("N")
            )
            part = part.merge(whole.reset_index(), on=list(structural), how="left")
        else:
            part["N"] = segments[identity[unit]].nunique()
        part["N"] = part["N"].fillna(0).astype("int64")
        parts.append(part.assign(codebook=book, unit=unit))
    return pd.concat(parts, ignore_index=True)[["codebook", "code", "status", "unit", *groups, "n", "N"]]


def _people(details: list) -> int:
    return max((segments["participant_id"].nunique() for _, segments, _ in details), default=0)


def _polarity(study: Study, details: list, language: str) -> pd.DataFrame:
    rows = []
    for book, _, joined in details:
        found = joined[joined["status"].isin(FOUND)]
        for code in codes_in_order(study, book, joined["code"]):
            row = {"codebook": book, "code": study.codebook(book).label(code, language)}
            for sign in ("+", "-", "0"):
                some = found[(found["code"] == code) & (found["polarity"] == sign)]
                row[f"{sign} {label('polarity', sign, language)}"] = some["participant_id"].nunique()
            rows.append(row)
    return _without_lone_codebook(pd.DataFrame(rows))


def _concentration(study: Study, details: list, language: str) -> pd.DataFrame:
    rows = []
    for book, _, joined in details:
        found = joined[joined["status"].isin(FOUND)].drop_duplicates(["code", "segment_id"])
        for code in codes_in_order(study, book, joined["code"]):
            counts = found.loc[found["code"] == code, "participant_id"].value_counts()
            try:
                largest, share = int(counts.max()), f"{top_share(counts):.2f}"
            except (UndefinedStatistic, ValueError):
                largest, share = 0, ""
            rows.append(
                (book, study.codebook(book).label(code, language), int(counts.sum()), len(counts), largest, share)
            )
    names = ("segments", "participants", "largest", "top_share")
    columns = ["codebook", phrase("column_code", language), *(phrase(f"column_{name}", language) for name in names)]
    return _without_lone_codebook(pd.DataFrame(rows, columns=columns))


def _summary(study: Study, table: pd.DataFrame, groups: tuple, language: str) -> pd.DataFrame:
    """Return the participants of the table as a reader lays them out: codes down, statuses or groups across."""
    people = table[table["unit"] == "participants"]
    of = phrase("n_of", language, n="{n}", N="{N}")
    cells = people.assign(
        cell=[of.format(n=n, N=N) for n, N in zip(people["n"], people["N"], strict=True)],
        label=[
            study.codebook(book).label(code, language)
            for book, code in zip(people["codebook"], people["code"], strict=True)
        ],
        word=[
            label("status", status, language) if status else phrase("not_judged_group", language)
            for status in people["status"]
        ],
    )
    names = ["codebook", phrase("column_code", language)]
    if groups:
        some = cells.groupby(["codebook", "code", "status"])["n"].transform("sum") > 0
        named = [[group_label(group, value, language) for value in cells[group]] for group in groups]
        cells = cells.assign(column=[" / ".join(one) for one in zip(*named, strict=True)])[some]
        rows, names = ["codebook", "code", "status"], [*names, phrase("column_status", language)]
    else:
        cells = cells.assign(column=cells["word"])
        rows = ["codebook", "code"]
    first = cells.drop_duplicates(rows).set_index(rows)
    wide = cells.pivot(index=rows, columns="column", values="cell").reindex(first.index)[
        [*dict.fromkeys(cells["column"])]
    ]
    shown = [first.index.get_level_values("codebook"), first["label"], first["word"]][: len(names)]
    wide.index = pd.MultiIndex.from_arrays(shown, names=names)
    return _without_lone_codebook(wide.rename_axis(columns=None).reset_index())


def _without_lone_codebook(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table for reading without its codebook column when there is only one."""
    return table.drop(columns="codebook") if table["codebook"].nunique() < 2 else table


def _evidence(details: list, **cell: list) -> pd.DataFrame:
    """Return the segments behind a cell, one row a segment, code and status, with all coders who gave it."""
    rows = pd.concat([joined for _, _, joined in details], ignore_index=True)
    for column, value in cell.items():
        if column != "unit":
            rows = rows[rows[column].isin(value)]
    if cell.get("unit") == ["participants"]:
        rows = rows[rows["participant_id"].notna()]
    same = ["segment_id", "codebook", "code", "coded_as", "status", "polarity"]
    kept = rows.assign(coder=rows["coder"].fillna("")).drop_duplicates([*same, "coder"])
    coders = kept.groupby(same, dropna=False, sort=False)["coder"].agg(", ".join).rename("coders").reset_index()
    memos = (
        kept.groupby(same, dropna=False, sort=False)["memo"]
        .agg(lambda memo: " / ".join(memo.dropna()))
        .rename("memos")
        .reset_index()
    )
    first = kept.drop_duplicates(same).merge(coders, on=same).merge(memos, on=same)
    first = first.assign(coder=first["coders"], memo=first["memos"]).sort_values(
        ["date", "document_id", "start"], kind="stable"
    )
    return first[_EVIDENCE].reset_index(drop=True)
