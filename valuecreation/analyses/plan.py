"""Plan: what a network hopes for in each cycle, on what condition and at what risk, beside what came in the same cycle."""

from functools import partial

import pandas as pd

from valuecreation.analyses.appraisal_material import last_day
from valuecreation.analyses.counting import FOUND, SMALL, counted
from valuecreation.analyses.material import cycles_book, looked_through, material
from valuecreation.analyses.told import NOT_YET
from valuecreation.codebook import load_codebook
from valuecreation.errors import MissingTable, UnknownName
from valuecreation.result import Result
from valuecreation.study import Study
from valuecreation.study.asked import a_study
from valuecreation.study.cells import as_text
from valuecreation.study.withdrawal import withdrawn
from valuecreation.words import check_language, phrase

_GOAL = ["goal_id", "cycle", "goal", "condition", "risk", "set_on"]
_CAME = ["n", "N", "not_yet", "negative"]
_BEHIND = ["document_id", "segment_id", "participant_id", "date", "code", "status", "polarity", "coder", "quote"]


def plan(
    study: Study, *, network: str | None = None, codebook: str | None = None, rule: str = "any", language: str = "en"
) -> Result:
    """Return the goals of a network by cycle of value with condition and risk, beside the value that came in that cycle.

    A design aid: at the start, with nothing coded yet, it shows what is hoped for and which goals still lack a condition, a
    risk, a cycle or a date. Later the same page shows what came since each goal was set. Same cycle is not same goal: whether
    a goal was reached is for people to say, by a row of ``facts`` with the goal's id as subject. Nothing is added up, and a
    goal that names a later cycle is no higher goal.

    Parameters
    ----------
    study : Study
        Needs ``goals``; uses ``segments`` and ``codings`` with their documents, and ``facts``.
    network : str, optional
        Goals of this network only; those of participants are left out where they belong to no named network.
    codebook : str, optional
        Of cycles; by default the first that the codings use, or ``vcf-2011`` where nothing is coded.
    rule : str
        As in `profile`.
    language : {"en", "nl"}

    Returns
    -------
    Result
        ``.table``: a row for each goal of the network, with goal_id, cycle, goal, condition, risk, set_on, n (participants who
        mention value found in that cycle since that day), N (participants heard since then), not_yet (who mention it as
        attempted, intended or hoped for), negative (who mention it at a cost), said (what ``facts`` say of the goal).
        Supplements: cycles (goals and value for every cycle, also where only one of both is), personal (goals of participants,
        unnamed) and lacking. ``.evidence(goal_id=...)`` gives the segments since the goal was set.

    Raises
    ------
    MissingTable
        Without goals.
    UnknownName
        When the network has no goals.

    Examples
    --------
    >>> goals = {"goal_id": ["G1"], "network_id": ["n"], "cycle": ["applied"], "text": ["a card that is used"]}
    >>> plan(Study({"goals": pd.DataFrame(goals)})).supplements["lacking"]["lacks"].tolist()
    ['condition, risk, date']
    """
    check_language(language)
    a_study(study)
    goals = study.need("goals", "goal_id", "text", purpose="A plan").rename(columns={"text": "goal"})
    goals = goals.assign(set_on=as_text(goals["set_on"])).drop_duplicates("goal_id")
    of_network = goals[goals["network_id"].notna()]
    if network is not None:
        known = list(of_network["network_id"].unique())
        if network not in known:
            raise UnknownName.among("network", network, known)
        of_network = of_network[of_network["network_id"] == network]
    personal, gone = _personal(study, goals, network)
    if of_network.empty and personal.empty:
        raise MissingTable(
            "A plan needs goals; fill the table goals, with the network or the participant that set each."
        )
    heard, words, book, cautions = _came(study, codebook, rule, network, language)
    undated = 0 if heard is None or of_network["set_on"].isna().all() else int(heard["day"].isna().sum())
    if undated:
        cautions.append(phrase("plan_undated", language, count=undated))
    named = study.codebook(book) if book in study.codebook_names() else load_codebook(book)
    cautions = [phrase("plan_same_cycle", language), phrase("plan_no_sum", language), *cautions]
    if gone:
        cautions.append(phrase("plan_withdrawn", language, count=gone))
    if heard is None:
        cautions.append(phrase("plan_nothing_coded", language))
    elif heard["participant_id"].nunique() < SMALL:
        cautions.append(phrase("small_n", language, n=heard["participant_id"].nunique()))
    strange = _strange(of_network, personal, named)
    cycles = list(dict.fromkeys([*(code.name for code in named.codes), *strange, *words["code"]]))
    if strange:
        cautions.append(phrase("plan_strange_cycle", language, cycles=", ".join(strange), codebook=book))
    order = {name: place for place, name in enumerate(cycles)}
    laid = of_network.assign(place=of_network["cycle"].map(order).fillna(len(order)))
    laid = laid.sort_values("place", kind="stable")
    came = [_since(heard, words, one.cycle, one.set_on) for one in laid.itertuples(index=False)]
    table = laid[_GOAL].reset_index(drop=True)
    table = pd.concat([table, pd.DataFrame(came, columns=_CAME, index=table.index).astype("Int64")], axis=1)
    table["said"] = pd.array([_said(study, goal) for goal in table["goal_id"]], dtype="str")
    naming = partial(_named, named, language)
    by_cycle = _by_cycle(cycles, of_network, personal, heard, words)
    supplements = {
        "cycles": by_cycle,
        "personal": personal.assign(place=personal["cycle"].map(order)).sort_values("place", kind="stable")[
            ["cycle", "goal", "condition", "risk", "set_on"]
        ].reset_index(drop=True),
        "lacking": _lacking(of_network, language),
    }  # fmt: skip
    if len(personal):
        cautions.append(phrase("plan_personal", language))
    return Result(
        name="plan",
        title=phrase("plan_title", language, count=len(table)),
        table=table,
        unit="goals",
        n=len(table),
        cautions=tuple(dict.fromkeys(cautions)),
        supplements=supplements,
        headings={name: phrase(f"supplement_plan_{name}", language) for name in supplements},
        summary=_laid_out(table, naming, heard is not None, language),
        language=language,
        drawing=partial(_draw, by_cycle, naming, language),
        finder=partial(_find, table, words),
        keys=("goal_id", "cycle"),
    )


def _personal(study: Study, goals: pd.DataFrame, network: str | None) -> tuple[pd.DataFrame, int]:
    """Return the goals of participants who did not withdraw, and how many were left out because they did."""
    own = goals[goals["participant_id"].notna()]
    if network is not None:
        members = study.frame("memberships")
        own = own[own["participant_id"].isin(members.loc[members["network_id"] == network, "participant_id"])]
    gone = withdrawn(study, own.assign(document_id="all")[["participant_id", "document_id"]]).to_numpy(dtype=bool)
    return own[~gone], int(gone.sum())


def _came(
    study: Study, codebook: str | None, rule: str, network: str | None, language: str
) -> tuple[pd.DataFrame | None, pd.DataFrame, str, list[str]]:
    """Return who was heard when, what was coded of it, with which codebook, and what has to be said."""
    nothing = pd.DataFrame(columns=[*_BEHIND, "day"])
    if study.frame("codings").dropna(subset=["segment_id", "code"]).empty or study.frame("segments").empty:
        return None, nothing, codebook or "vcf-2011", []
    found = material(study, "member", language)
    book = cycles_book(study, codebook, "What came")
    segments, by_coverage = looked_through(study, found.segments, book)
    if network is not None:
        segments = segments[segments["network_id"].isna() | (segments["network_id"] == network)]
    kept = counted(study, found, [book], rule, language=language)
    cautions = [*found.cautions, *kept.cautions]
    if not by_coverage:
        cautions.append(phrase("without_coverage", language))
    segments = segments.assign(day=segments["date"].astype("str").str.slice(0, 10).where(segments["date"].notna()))
    words = kept.codings.merge(
        segments[["segment_id", "document_id", "participant_id", "date", "day", "quote"]], on="segment_id"
    )
    return segments, words, book, cautions


def _since(
    heard: pd.DataFrame | None, words: pd.DataFrame, cycle: str | None, set_on: str | None
) -> tuple[int | None, ...]:
    """Return for one goal n, N, not_yet and negative since the day it was set; without a day since the beginning."""
    if heard is None or pd.isna(cycle):
        return (None,) * len(_CAME)
    if pd.notna(set_on):
        heard, words = heard[_after(heard["day"], set_on)], words[_after(words["day"], set_on)]
    return _counts(heard, words[words["code"] == cycle])


def _counts(heard: pd.DataFrame, words: pd.DataFrame) -> tuple[int, ...]:
    found = words[words["status"].isin(FOUND)]
    waiting = words[words["status"].isin(NOT_YET)]
    cost = found[found["polarity"] == "-"]
    return tuple(one["participant_id"].nunique() for one in (found, heard, waiting, cost))


def _after(days: pd.Series, day: str) -> pd.Series:
    """Return which days lie wholly after a day; of a month or year alone, the last day of the one and the first of the other."""
    first = (days.astype("str") + "-01-01").str.slice(0, 10)
    return first.gt(last_day(day) or day).fillna(False).astype(bool)


def _strange(of_network: pd.DataFrame, personal: pd.DataFrame, book) -> list[str]:
    """Return the cycles of goals that the codebook does not have."""
    known = {code.name for code in book.codes}
    named = pd.concat([of_network["cycle"], personal["cycle"]]).dropna()
    return [cycle for cycle in dict.fromkeys(named) if cycle not in known]


def _said(study: Study, goal: str) -> str | None:
    """Return what the facts say of a goal, with source and day, or nothing."""
    facts = study.frame("facts")
    own = facts[facts["subject"] == goal].fillna("").astype("str")
    lines = [
        f"{one['attribute']}: {one['value']} ({', '.join(part for part in (one['source'], one['as_of']) if part)})"
        for one in own.to_dict("records")
    ]
    return "; ".join(lines) or None


def _by_cycle(
    cycles: list[str], of_network: pd.DataFrame, personal: pd.DataFrame, heard: pd.DataFrame | None, words: pd.DataFrame
) -> pd.DataFrame:
    rows = []
    for cycle in cycles:
        came = (None,) * len(_CAME) if heard is None else _counts(heard, words[words["code"] == cycle])
        rows.append((cycle, int((of_network["cycle"] == cycle).sum()), int((personal["cycle"] == cycle).sum()), *came))
    table = pd.DataFrame(rows, columns=["cycle", "network_goals", "personal_goals", *_CAME])
    return table.astype(dict.fromkeys(_CAME, "Int64"))


def _lacking(goals: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return the goals of the network with what is still to be filled in."""
    wanted = {"cycle": "cycle", "condition": "condition", "risk": "risk", "set_on": "date"}
    rows = []
    for goal in goals.to_dict("records"):
        open_parts = [phrase(f"plan_{word}", language) for column, word in wanted.items() if pd.isna(goal[column])]
        if open_parts:
            rows.append((goal["goal_id"], goal["goal"], ", ".join(open_parts)))
    return pd.DataFrame(rows, columns=["goal_id", "goal", "lacks"], dtype="str")


def _named(book, language: str, cycle: str | None) -> str:
    if pd.isna(cycle):
        return phrase("plan_no_cycle", language)
    return book.label(cycle, language=language) if cycle in book else cycle


def _laid_out(table: pd.DataFrame, naming, came: bool, language: str) -> pd.DataFrame:
    shown = {phrase("plan_cycle", language): [naming(one) for one in table["cycle"]]}
    for name in ("goal", "condition", "risk"):
        shown[phrase(f"plan_{name}", language)] = table[name].fillna("")
    if came:
        known = table["N"].notna()
        for name in ("n", "not_yet", "negative"):
            shown[phrase(f"plan_column_{name}", language)] = [
                phrase("n_of", language, n=n, N=of) if there else ""
                for n, of, there in zip(table[name], table["N"], known, strict=True)
            ]
    if table["said"].notna().any():
        shown[phrase("plan_column_said", language)] = table["said"].fillna("")
    return pd.DataFrame(shown)


def _draw(by_cycle: pd.DataFrame, naming, language: str):
    from valuecreation.plots.plan import draw_plan

    return draw_plan(by_cycle.assign(label=[naming(one) for one in by_cycle["cycle"]]), language)


def _find(table: pd.DataFrame, words: pd.DataFrame, **asked: list[str]) -> pd.DataFrame:
    for name, values in asked.items():
        table = table[table[name].isin(values)]
    parts = []
    for goal in table.to_dict("records"):
        own = words[words["code"] == goal["cycle"]]
        if pd.notna(goal["set_on"]):
            own = own[_after(own["day"], goal["set_on"])]
        parts.append(own[_BEHIND].assign(goal_id=goal["goal_id"]))
    found = pd.concat(parts) if parts else words[_BEHIND].assign(goal_id="").iloc[:0]
    return found[["goal_id", *_BEHIND]].sort_values(["goal_id", "date", "segment_id"]).reset_index(drop=True)
