"""Beside the flows: how long chains are, which loops were told, where stories begin and end, and how long it took."""

import calendar
from datetime import date

import networkx as nx
import pandas as pd

from valuecreation.analyses.told import Told, cycle_label
from valuecreation.study import Study
from valuecreation.words import label, phrase

LOOPS = ("learning_loop", "reframing_loop")


def chains(known: Told, language: str) -> pd.DataFrame:
    """Return how many stories have a longest chain of so many flows, whoever claimed them; loops are no part of a chain."""
    lengths = {}
    forward = known.links[known.links["kind"] == "flow"]
    for story, part in forward.groupby("story_id"):
        graph = nx.DiGraph(part[["from_step", "to_step"]].astype(int).itertuples(index=False, name=None))
        lengths[story] = nx.dag_longest_path_length(graph) if nx.is_directed_acyclic_graph(graph) else None
    counts: dict[int | None, int] = {0: len(known.stories) - len(lengths)}
    for length in lengths.values():
        counts[length] = counts.get(length, 0) + 1
    whole = len(known.stories)
    names = {None: phrase("flows_in_a_circle", language), 0: phrase("flows_no_chain", language)}
    rows = [
        (names.get(length, str(length)), phrase("n_of", language, n=n, N=whole))
        for length, n in sorted(counts.items(), key=lambda pair: (pair[0] is None, pair[0] or 0))
        if n
    ]
    return pd.DataFrame(rows, columns=[phrase("flows_chain", language), phrase("flows_stories", language)])


def loops(study: Study, known: Told, language: str) -> pd.DataFrame:
    """Return the loops one by one: in which story, from what to what, claimed by whom."""
    rows = [
        (
            row.story_id, row.teller, label("link_kind", row.kind, language), cycle_label(study, row.from_cycle, language),
            cycle_label(study, row.to_cycle, language), label("claimant_role", row.claimed_by, language),
        )
        for row in known.links[known.links["kind"].isin(LOOPS)].itertuples(index=False)
    ]  # fmt: skip
    names = ("flows_story", "flows_teller", "flows_kind", "flows_from", "flows_to", "flows_claimed_by")
    return pd.DataFrame(rows, columns=[phrase(name, language) for name in names])


def starts_and_ends(study: Study, known: Told, order: list[str], language: str) -> pd.DataFrame:
    """Return in how many stories a cycle is the first and the last that was told, and in how many the end is not yet there."""
    steps = known.steps.sort_values(["story_id", "step"])
    first, last = steps.groupby("story_id").first(), steps.groupby("story_id").last()
    rows = []
    for cycle in order:
        ends = last[last["cycle"] == cycle]
        counts = ((first["cycle"] == cycle).sum(), ends["found"].sum(), (~ends["found"]).sum())
        rows.append(
            (cycle_label(study, cycle, language), *(phrase("n_of", language, n=int(n), N=len(first)) for n in counts))
        )
    names = ("column_code", "flows_starts", "flows_ends", "flows_ends_not_yet")
    return pd.DataFrame(rows, columns=[phrase(name, language) for name in names])


def times(study: Study, links: pd.DataFrame, order: list[str], language: str) -> pd.DataFrame:
    """Return how long it took from one cycle to another, where both steps have a date.

    A date without a day or month leaves room, so that each time is a shortest and a longest; no day is guessed.
    """
    dated = links.dropna(subset=["from_date", "to_date"]).drop_duplicates(["story_id", "from_step", "to_step"])
    rows = []
    for cycle in order:
        for other in order:
            part = dated[(dated["from_cycle"] == cycle) & (dated["to_cycle"] == other)]
            if part.empty:
                continue
            spans = [days_between(one, two) for one, two in zip(part["from_date"], part["to_date"], strict=True)]
            spans = [span for span in spans if span is not None]
            exact = sum(low == high for low, high in spans)
            shortest, longest = min(low for low, _ in spans), max(high for _, high in spans)
            middle = pd.Series([(low + high) / 2 for low, high in spans]).median()
            names = (cycle_label(study, cycle, language), cycle_label(study, other, language))
            rows.append((*names, len(spans), exact, shortest, f"{middle:.0f}", longest))
    names = ("flows_from", "flows_to", "flows_links", "flows_exact", "flows_shortest", "flows_median", "flows_longest")
    return pd.DataFrame(rows, columns=[phrase(name, language) for name in names])


def days_between(one: str, other: str) -> tuple[int, int] | None:
    """Return the least and the most days that can lie between two dates of which parts may be missing.

    >>> days_between("2025-01-10", "2025-01-12"), days_between("2025-01", "2025-02-01")
    ((2, 2), (1, 31))
    """
    first, second = _room(one), _room(other)
    if first is None or second is None:
        return None
    return (second[0] - first[1]).days, (second[1] - first[0]).days


def _room(text: str) -> tuple[date, date] | None:
    parts = [int(part) for part in str(text).split("-")]
    try:
        if len(parts) == 1:
            return date(parts[0], 1, 1), date(parts[0], 12, 31)
        if len(parts) == 2:
            return date(*parts, 1), date(*parts, calendar.monthrange(*parts)[1])
        return date(*parts[:3]), date(*parts[:3])
    except ValueError:
        return None
