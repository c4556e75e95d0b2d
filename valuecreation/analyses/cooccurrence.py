"""Co-occurrence: which codes come close to each other in one person's words, in a window that is said; no flow and no cause."""

from dataclasses import dataclass
from functools import partial
from itertools import combinations

import numpy as np
import pandas as pd

from valuecreation.analyses.counting import FOUND, SMALL, codes_in_order, counted
from valuecreation.analyses.lens import cycles_of, statuses_asked
from valuecreation.analyses.material import NOT_STATED, group_label, grouping, looked_through, material, with_groups
from valuecreation.errors import UndefinedStatistic, UnknownName
from valuecreation.result import Result
from valuecreation.stats.epistemic import EpistemicNetwork, accumulate, connected, epistemic_network
from valuecreation.study import Study
from valuecreation.words import check_language, label, phrase

_EVIDENCE = [
    "left", "right", "document_id", "segment_id", "participant_id", "date", "kind", "codes_here", "codes_before", "quote",
]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Lines:
    """Segments in order of speaking with a column of truth for each code.

    Attributes
    ----------
    segments : pandas.DataFrame
    found : numpy.ndarray of bool, shape (segments, codes)
    codes : list of str
    labels : dict of str to str
    """

    segments: pd.DataFrame
    found: np.ndarray
    codes: list[str]
    labels: dict[str, str]


def cooccurrence(
    study: Study,
    *,
    window: int | str = 1,
    codebooks: str | list[str] | None = None,
    reading: str | None = None,
    by: str | None = None,
    status: str | list[str] | tuple[str, ...] = FOUND,
    rule: str = "any",
    agreed: bool = True,
    informant: str = "member",
    language: str = "en",
) -> Result:
    """Return which codes co-occur, by participants in whose words they meet, and a map of it as an epistemic network.

    Two codes meet in a segment that has one of them, when it or one of the segments before it in the window has the other.
    That is nearness in a text. It is no flow (flows are claimed by somebody, see `flows`), and nobody said that the one led to
    the other. The window decides a good deal, so it is in the title.

    Parameters
    ----------
    study : Study
    window : int or "document"
        1: the same segment. 4: a segment and the three before it in the same document. ``"document"``: all before it.
    codebooks : str or list of str, optional
        Left out: the cycles that the codings use, and Biesta's domains if they were coded.
    reading : str, optional
        Of a codebook that has readings; left out, the first in which was coded.
    by : str, optional
        A group with two values (``role_group``, ``prompted`` ...): the map then lays these two apart on its first axis.
    status : str or list of str
        Statuses that count; value found (experienced, reported) when left out.
    rule, agreed, informant, language
        As in `profile`.

    Returns
    -------
    Result
        ``.table`` has the columns left, right, unit, n, N. The supplement ``"map"`` has where each code lies on the map;
        ``.plot()`` draws it. A point of the map is a participant, and no point has a name.

    Raises
    ------
    UndefinedStatistic
        When no two codes meet, or ``by`` has not two values.

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> near = cooccurrence(load_example("lindehout"), codebooks="vcf-2011")
    >>> near.table[["left", "right", "n", "N"]].head(2).to_numpy().tolist()
    [['immediate', 'potential', 19, 19], ['immediate', 'applied', 12, 19]]
    """
    check_language(language)
    size = _window(window)
    wanted = statuses_asked(status)
    stuff = material(study, informant, language)
    books = _books(study, codebooks)
    counts = counted(study, stuff, books, rule, agreed, language)
    segments, cautions = stuff.segments, [*stuff.cautions, *counts.cautions]
    for book in books:
        segments, by_coverage = looked_through(study, segments, book)
        if not by_coverage:
            cautions.append(phrase("without_coverage", language))
    _one_segmentation(study, segments)
    codings, read = _in_one_reading(study, books, counts.codings, reading, language)
    codings = codings[codings["status"].isin(wanted)]
    lines = _lines(study, books, segments, codings, language, read)
    met = connected(lines.found, lines.segments["document_id"].to_numpy(), size)
    pairs = list(combinations(lines.codes, 2))
    sums = accumulate(met, lines.segments["participant_id"].to_numpy(), pairs)
    groups, said = _groups(study, lines.segments, by, language)
    network = epistemic_network(sums, lines.codes, groups)
    table = _table(sums, met, pairs)
    cautions = [
        phrase("nearness_is_no_flow", language),
        phrase("window_said", language, window=_window_words(size, language)),
        phrase("lens_status", language, statuses=", ".join(label("status", one, language) for one in wanted)),
        *([phrase("reading_said", language, reading=", ".join(read.values()))] if read else []),
        *cautions,
        *said,
    ]
    if len(sums) < SMALL:
        cautions.append(phrase("small_n", language, n=len(sums)))
    cautions.append(
        phrase(
            "map_fit", language, x=_number(network.explained[0]), y=_number(network.explained[1]),
            fit=", ".join(_number(one) for one in network.fit),
        )
    )  # fmt: skip
    return Result(
        name="cooccurrence",
        title=phrase("cooccurrence_title", language, window=_window_words(size, language)),
        table=table,
        unit="participants",
        n=len(sums),
        cautions=tuple(dict.fromkeys(cautions)),
        supplements={"map": _map(network, lines, language)},
        headings={"map": phrase("supplement_map", language)},
        summary=_summary(table, lines, language),
        language=language,
        drawing=partial(_draw, network, sums, lines, groups, by, _window_words(size, language), language),
        finder=partial(_evidence, lines, met, pairs, size),
        keys=("left", "right", "unit"),
    )


def _draw(network: EpistemicNetwork, sums: pd.DataFrame, lines: Lines, groups, by, window: str, language: str):
    """Draw the map; what draws is loaded only now."""
    from valuecreation.plots.cooccurrence import draw_map

    return draw_map(network, (sums > 0).sum(), lines.labels, groups, by, window, language)


def _window(window: int | str) -> int | None:
    if window == "document":
        return None
    if isinstance(window, bool) or not isinstance(window, int) or window < 1:
        raise UnknownName(
            f"{window!r} is no window. Give a number of segments (1 is the same segment), or 'document' for all before it."
        )
    return window


def _window_words(size: int | None, language: str) -> str:
    name = "document" if size is None else "one" if size == 1 else "several"
    return phrase(f"window_{name}", language, before=(size or 0) - 1)


def _books(study: Study, codebooks: str | list[str] | None) -> list[str]:
    if codebooks is not None:
        asked = [codebooks] if isinstance(codebooks, str) else list(codebooks)
        return [study.codebook(name).name for name in asked]
    first = cycles_of(study, None, "Co-occurrence")
    return [first, *(name for name in study.codebook_names() if study.codebook(name).kind == "domains")]


def _one_segmentation(study: Study, segments: pd.DataFrame) -> None:
    """Say so when a document is divided in two ways: neighbours would then be the same words twice."""
    ways = segments.groupby("document_id")["segmentation"].agg(lambda some: sorted(set(some.dropna())))
    double = ways[ways.map(len) > 1]
    if len(double):
        raise UndefinedStatistic(
            f"The document {double.index[0]!r} of {study.name!r} is divided into segments in {len(double.iloc[0])} ways "
            f"({', '.join(double.iloc[0])}), so the same words would stand beside themselves. Leave one of them in the study: "
            f"study.replace(segments=study.segments.query(\"segmentation == '{double.iloc[0][0]}'\"))."
        )


def _in_one_reading(
    study: Study, books: list[str], codings: pd.DataFrame, reading: str | None, language: str
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return codings with one reading of each codebook that has readings, and which."""
    chosen: dict[str, str] = {}
    for book in books:
        if not study.codebook(book).readings:
            continue
        own = codings["codebook"] == book
        used = codings.loc[own, "reading"].fillna(NOT_STATED[language])
        order = [*(one for one in study.codebook(book).readings if one in set(used)), *sorted(set(used))]
        if reading is not None and reading not in order:
            raise UnknownName.among("reading", reading, list(dict.fromkeys(order)))
        if order:
            chosen[book] = reading or order[0]
            codings = codings[~own | codings["reading"].fillna(NOT_STATED[language]).eq(chosen[book])]
    return codings, chosen


def _lines(
    study: Study, books: list[str], segments: pd.DataFrame, codings: pd.DataFrame, language: str, read: dict[str, str]
) -> Lines:
    ordered = segments.assign(place=np.arange(len(segments)))
    ordered = ordered.sort_values(["document_id", "start", "place"], kind="stable").drop(columns="place")
    ordered = ordered.reset_index(drop=True)
    names, labels, columns = [], {}, []
    for book in books:
        own = codings[codings["codebook"] == book]
        for code in codes_in_order(study, book, own["code"]):
            name = code if code not in names else f"{book}: {code}"
            names.append(name)
            labels[name] = study.codebook(book).label(code, language, read.get(book))
            columns.append(ordered["segment_id"].isin(set(own.loc[own["code"] == code, "segment_id"])).to_numpy())
    return Lines(ordered, np.column_stack(columns), names, labels)


def _groups(study: Study, segments: pd.DataFrame, by: str | None, language: str) -> tuple[pd.Series | None, list[str]]:
    if by is None:
        return None, []
    (group,) = grouping(by)
    filled, said = with_groups(study, segments.dropna(subset=["participant_id"]), (group,), language)
    of_person = filled.groupby("participant_id")[group].agg(lambda some: sorted(set(some)))
    if (of_person.map(len) > 1).any():
        raise UndefinedStatistic(
            f"The map lays two groups of people apart, and by {group} {int((of_person.map(len) > 1).sum())} participants are "
            "in more than one. Choose something of the person, role_group for instance."
        )
    values = sorted({some[0] for some in of_person})
    if len(values) != 2:
        raise UndefinedStatistic(
            f"The map lays two groups apart; {group} has {len(values)} here: {', '.join(values)}. "
            "Leave out by, or make a column with two values."
        )
    return of_person.map(lambda some: group_label(group, some[0], language)), said


def _table(sums: pd.DataFrame, met: np.ndarray, pairs: list[tuple[str, str]]) -> pd.DataFrame:
    left, right = zip(*pairs, strict=True)
    people = pd.DataFrame({"left": left, "right": right, "unit": "participants", "n": (sums > 0).sum().to_numpy()})
    segments = pd.DataFrame({"left": left, "right": right, "unit": "segments", "n": met.sum(axis=0)})
    return pd.concat([people.assign(N=len(sums)), segments.assign(N=len(met))], ignore_index=True)


def _summary(table: pd.DataFrame, lines: Lines, language: str) -> pd.DataFrame:
    of = phrase("n_of", language, n="{n}", N="{N}")
    people = table[table["unit"] == "participants"]
    cells = [of.format(n=n, N=N) for n, N in zip(people["n"], people["N"], strict=True)]
    wide = people.assign(cell=cells).pivot(index="left", columns="right", values="cell")
    wide = wide.reindex(index=lines.codes[:-1], columns=lines.codes[1:]).fillna("")
    wide.columns = [lines.labels[code] for code in wide.columns]
    wide.index = [lines.labels[code] for code in wide.index]
    return wide.rename_axis(index=phrase("column_code", language)).reset_index()


def _map(network: EpistemicNetwork, lines: Lines, language: str) -> pd.DataFrame:
    nodes = network.nodes.round(3) + 0.0
    return nodes.rename(index=lines.labels).rename_axis(index=phrase("column_code", language)).reset_index()


def _number(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.2f}"


def _evidence(lines: Lines, met: np.ndarray, pairs: list, size: int | None, **cell: list) -> pd.DataFrame:
    """Return the segments in which a pair meets, with which codes the segment has itself and which stand before it."""
    chosen = [
        number
        for number, (left, right) in enumerate(pairs)
        if left in cell.get("left", [left]) and right in cell.get("right", [right])
    ]
    near = connected_codes(lines, size)
    parts = []
    for number in chosen:
        rows = np.flatnonzero(met[:, number])
        left, right = pairs[number]
        here = [", ".join(code for code, has in zip(lines.codes, lines.found[row], strict=True) if has) for row in rows]
        before = [", ".join(code for code, has in zip(lines.codes, near[row], strict=True) if has) for row in rows]
        parts.append(lines.segments.iloc[rows].assign(left=left, right=right, codes_here=here, codes_before=before))
    if not parts:
        return pd.DataFrame(columns=_EVIDENCE)
    return pd.concat(parts)[_EVIDENCE].reset_index(drop=True)


def connected_codes(lines: Lines, size: int | None) -> np.ndarray:
    """Return for each line which codes stand in its window before it and not in itself."""
    documents = pd.factorize(lines.segments["document_id"])[0]
    first = np.flatnonzero(np.diff(documents, prepend=-1))[documents]
    place = np.arange(len(documents))
    earliest = first if size is None else np.maximum(first, place - size + 1)
    before = np.vstack([np.zeros((1, lines.found.shape[1]), int), np.cumsum(lines.found, axis=0)])
    return (before[place] > before[earliest]) & ~lines.found
