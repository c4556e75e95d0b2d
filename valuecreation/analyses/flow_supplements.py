"""Beside the flows: how long chains are, which loops were told, where stories begin and end, and how long it took."""

import calendar
from datetime import date

import numpy as np
import pandas as pd

from valuecreation.analyses.told import Told, cycle_label
from valuecreation.study import Study
from valuecreation.words import label, phrase

_CIRCLE = -1
LOOPS = ("learning_loop", "reframing_loop")


def chains(known: Told, language: str) -> pd.DataFrame:
    """Return how many stories have a longest chain of so many flows, whoever claimed them; loops are no part of a chain."""
    longest = _longest_chains(known.links[known.links["kind"] == "flow"])
    counts: dict[int, int] = {0: len(known.stories) - len(longest), **longest.value_counts().to_dict()}
    whole = len(known.stories)
    names = {_CIRCLE: phrase("flows_in_a_circle", language), 0: phrase("flows_no_chain", language)}
    rows = [
        (names.get(length, str(length)), phrase("n_of", language, n=n, N=whole))
        for length, n in sorted(counts.items(), key=lambda pair: (pair[0] == _CIRCLE, pair[0]))
        if n
    ]
    return pd.DataFrame(rows, columns=[phrase("flows_chain", language), phrase("flows_stories", language)])


def _longest_chains(flows: pd.DataFrame) -> pd.Series:
    """Return for each story how many flows its longest chain has, or `_CIRCLE` where they never end.

    Every step learns from the steps before it how long the chain to it is, all stories at once, until nothing changes. A chain
    cannot be longer than there are steps, so what still grows then runs in a circle.
    """
    pairs = flows.drop_duplicates(["story_id", "from_step", "to_step"])
    ends = pd.concat(
        [pairs[["story_id", f"{side}_step"]].set_axis(["story_id", "step"], axis=1) for side in ("from", "to")]
    )
    codes, steps = pd.factorize(ends["story_id"].str.cat(ends["step"].astype("str"), sep="\x1f"))
    first, second = codes[: len(pairs)], codes[len(pairs) :]
    stories = ends["story_id"].to_numpy()[np.unique(codes, return_index=True)[1]]
    length = np.zeros(len(steps), dtype=np.int64)
    most = int(pd.Series(stories).value_counts().max()) if len(steps) else 0
    growing = np.zeros(len(steps), dtype=bool)
    for turn in range(most + 1):
        longer = length.copy()
        np.maximum.at(longer, second, length[first] + 1)
        growing = longer > length
        if not growing.any():
            break
        length = longer if turn < most else length
    by_story = pd.Series(length, dtype="int64").groupby(stories).max()
    circles = pd.Series(growing).groupby(stories).any()
    return by_story.mask(circles, _CIRCLE)


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
    rooms = {text: _room(text) for text in {*dated["from_date"], *dated["to_date"]}}
    readable = [text for text, room in rooms.items() if room is not None]
    known = dated[dated["from_date"].isin(readable) & dated["to_date"].isin(readable)]
    edges = {
        f"{side}_{name}": known[f"{side}_date"].map(
            {text: room[place].toordinal() for text, room in rooms.items() if room}
        )
        for side in ("from", "to")
        for place, name in enumerate(("first", "last"))
    }
    spans = known.assign(low=edges["to_first"] - edges["from_last"], high=edges["to_last"] - edges["from_first"])
    rows = []
    for cycle in order:
        for other in order:
            part = spans[(spans["from_cycle"] == cycle) & (spans["to_cycle"] == other)]
            if part.empty:
                continue
            middle = ((part["low"] + part["high"]) / 2).median()
            names = (cycle_label(study, cycle, language), cycle_label(study, other, language))
            exact = int((part["low"] == part["high"]).sum())
            rows.append((*names, len(part), exact, int(part["low"].min()), f"{middle:.0f}", int(part["high"].max())))
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
    try:
        parts = [int(part) for part in str(text).split("-")]
        if len(parts) == 1:
            return date(parts[0], 1, 1), date(parts[0], 12, 31)
        if len(parts) == 2:
            return date(*parts, 1), date(*parts, calendar.monthrange(*parts)[1])
        return date(*parts[:3]), date(*parts[:3])
    except ValueError:
        return None
