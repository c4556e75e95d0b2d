"""Flows: the links that tellers and analysts made explicit, from cycle to cycle, with the tellers behind each."""

from functools import partial

import numpy as np
import pandas as pd

from valuecreation.analyses.flow_supplements import chains, loops, starts_and_ends, times
from valuecreation.analyses.material import NOT_STATED, group_label
from valuecreation.analyses.told import Told, cycle_label, cycles_in, quotes_of_steps, told
from valuecreation.errors import UndefinedStatistic, UnknownName
from valuecreation.result import Result
from valuecreation.stats.flows import FEWEST, bootstrap_tellers, exchange_tellers, presence
from valuecreation.study import Study
from valuecreation.study.lookup import look_up
from valuecreation.words import check_language, label, phrase

BY = ("network_id", "role_group", "role", "subgroup", "organisation_id")
_KEY = ["from_cycle", "to_cycle", "kind", "claimed_by", "reality"]


def flows(
    study: Study,
    by: str | None = None,
    *,
    network: str | None = None,
    intervals: bool = False,
    resamples: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
    language: str = "en",
) -> Result:
    """Return how often a teller or an analyst said that value of one cycle led to value of another.

    Only explicit links count. That one step stands after another, in a story or in time, is no flow. A story may start
    anywhere, skip anything and come back, so the direction of every arrow is kept and no arrow is the usual one. Counts are of
    tellers; there are no probabilities, for a value that was not used is no failure.

    Parameters
    ----------
    study : Study
        Needs ``stories``, ``steps`` and ``links``.
    by : {"network_id", "role_group", "role", "subgroup", "organisation_id"}, optional
        Compare groups of tellers: the arrows are listed beside each other. With 20 tellers or more in two groups, exchanging
        tellers between them tells how often chance gives as large a difference.
    network : str, optional
        Only stories of this network.
    intervals : bool
        Add percentile intervals that draw whole tellers.
    resamples, confidence, seed
        Of these.
    language : {"en", "nl"}

    Returns
    -------
    Result
        ``.table`` has the columns of `by`, from_cycle, to_cycle, kind (flow, learning_loop, reframing_loop), claimed_by (teller,
        analyst), reality (found; not_yet where either end was tried, planned or hoped for), unit ("tellers"), n, N, stories,
        links. Supplements: chains, loops, starts_and_ends, times, and ``exchange`` where groups were tested.
        ``.evidence(from_cycle=..., to_cycle=..., kind=...)`` gives the steps in words with their quotes.

    Raises
    ------
    MissingTable
        Without stories, steps or links.

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> flows(load_example("lindehout")).table.columns[:5].tolist()
    ['from_cycle', 'to_cycle', 'kind', 'claimed_by', 'reality']
    """
    check_language(language)
    if by is not None and by not in BY:
        raise UnknownName.among("group of tellers", by, BY)
    study.need("links", "story_id", "from_step", "to_step", "kind", purpose="Flows")
    known = told(study, network, language)
    links = known.links.assign(reality=np.where(known.links["found"], "found", "not_yet"))
    cautions = list(known.cautions)
    links, homes = _grouped(study, known, links, by, language)
    sizes = homes.value_counts().to_dict() if by else {"": known.stories["teller"].nunique()}
    order = cycles_in(study, known.steps)
    table = _counted(links, sizes, by, order)
    whole = known.stories["teller"].nunique()
    if intervals:
        table = _with_intervals(table, links, known, by, resamples, confidence, seed)
        cautions.append(phrase("flows_intervals", language, confidence=f"{confidence:.0%}", resamples=resamples))
    supplements = {
        "chains": chains(known, language), "loops": loops(study, known, language),
        "starts_and_ends": starts_and_ends(study, known, order, language), "times": times(study, links, order, language),
    }  # fmt: skip
    if by is not None:
        told_of = _exchanged(links, homes, study, seed, language)
        if isinstance(told_of, str):
            cautions.append(told_of)
        else:
            supplements["exchange"] = told_of
    groups = int(known.stories["group"].sum())
    unsaid = int((links["claimed_by"] == "").sum())
    if unsaid:
        cautions.append(phrase("flows_unsaid", language, count=unsaid))
    cautions += [phrase("flows_claims", language), phrase("flows_no_shares", language)]
    if groups:
        cautions.append(phrase("flows_group_tellers", language, count=groups))
    if (table["reality"] == "not_yet").any():
        cautions.append(phrase("flows_not_yet", language))
    if by is not None and min(sizes.values(), default=0) < FEWEST:
        cautions.append(phrase("flows_small_groups", language, few=FEWEST))
    return Result(
        name="flows",
        title=phrase("flows_title", language, stories=len(known.stories), N=whole),
        table=table,
        unit="tellers",
        n=whole,
        cautions=tuple(cautions),
        supplements=supplements,
        headings={name: phrase(f"supplement_flows_{name}", language) for name in supplements},
        summary=_laid_out(study, table, by, language),
        language=language,
        drawing=partial(_draw, study, table, order, whole, by, language),
        finder=partial(_evidence, study, known, links),
        keys=(*([by] if by else ()), *_KEY),
    )


def _grouped(
    study: Study, known: Told, links: pd.DataFrame, by: str | None, language: str
) -> tuple[pd.DataFrame, pd.Series]:
    """Return links with the group of their teller, and the group of every teller, also of those without a link."""
    stories = known.stories
    if by is None:
        return links, pd.Series(dtype="str")
    if by == "network_id":
        group = stories["network_id"]
    elif by == "subgroup":
        members = study.need("memberships", "participant_id", "subgroup", purpose="Grouping tellers by subgroup")
        first = members.dropna(subset=["participant_id", "subgroup"]).drop_duplicates("participant_id")
        group = look_up(first.set_index("participant_id")["subgroup"], stories["teller"])
    else:
        people = study.frame("participants").drop_duplicates("participant_id").set_index("participant_id")
        group = look_up(people[by], stories["teller"])
    group = group.where(~stories["group"] | (by == "network_id"), phrase("flows_a_group", language))
    stories = stories.assign(**{by: group.fillna(NOT_STATED[language])})
    homes = stories.dropna(subset=["teller"]).drop_duplicates(["teller", by]).set_index("teller")[by]
    return links.assign(**{by: look_up(stories.set_index("story_id")[by], links["story_id"])}), homes


def _counted(links: pd.DataFrame, sizes: dict[str, int], by: str | None, order: list[str]) -> pd.DataFrame:
    keys = [*([by] if by else []), *_KEY]
    made = {"n": ("teller", "nunique"), "stories": ("story_id", "nunique"), "links": ("story_id", "size")}
    counts = links.groupby(keys, sort=False).agg(**made).reset_index()
    whole = counts[by].map(sizes) if by else sizes[""]
    counts = counts.assign(unit="tellers", N=whole)
    place = {cycle: number for number, cycle in enumerate(order)}
    kinds = {kind: number for number, kind in enumerate(("flow", "learning_loop", "reframing_loop"))}
    sort = counts.assign(
        a=counts["from_cycle"].map(place), b=counts["to_cycle"].map(place), c=counts["kind"].map(kinds),
        d=counts["claimed_by"].ne("teller"), e=counts["reality"].ne("found"),
    ).sort_values([*([by] if by else []), "a", "b", "c", "d", "e"], kind="stable")  # fmt: skip
    return sort[[*keys, "unit", "n", "N", "stories", "links"]].reset_index(drop=True)


def _arrows(links: pd.DataFrame) -> pd.Series:
    joined = links[_KEY[0]].astype("str")
    for name in _KEY[1:]:
        joined = joined.str.cat(links[name].astype("str"), sep="\x1f")
    return joined


def _with_intervals(
    table, links, known: Told, by: str | None, resamples: int, confidence: float, seed: int
) -> pd.DataFrame:
    """Return the table with low and high; where a group has one teller there are none."""
    ends = {}
    for group, part in links.groupby(by) if by else (("", links),):
        own = set(part["story_id"])
        tellers = (
            known.stories["teller"] if by is None else known.stories.loc[known.stories["story_id"].isin(own), "teller"]
        )
        found = presence(part["teller"], _arrows(part)).reindex(sorted(tellers.dropna().unique()), fill_value=False)
        try:
            low, high = bootstrap_tellers(found, resamples, confidence, seed)
        except UndefinedStatistic:
            continue
        ends |= {(group, arrow): pair for arrow, pair in zip(found.columns, zip(low, high, strict=True), strict=True)}
    names = zip(table[by] if by else [""] * len(table), _arrows(table), strict=True)
    pairs = [ends.get(name, (np.nan, np.nan)) for name in names]
    return table.assign(low=[one for one, _ in pairs], high=[other for _, other in pairs])


def _exchanged(links: pd.DataFrame, homes: pd.Series, study: Study, seed: int, language: str) -> pd.DataFrame | str:
    """Return what exchanging tellers says, or the sentence why it was not done."""
    groups = sorted(homes.unique())
    if len(groups) != 2 or homes.index.has_duplicates:
        return phrase("flows_two_groups", language, count=len(groups))
    real = links[links["found"]]
    found = presence(real["teller"], _arrows(real.assign(claimed_by="", reality="")))
    found = found.reindex(homes.index, fill_value=False)
    second = homes == groups[1]
    try:
        made = exchange_tellers(found, second, seed=seed)
    except UndefinedStatistic as reason:
        return str(reason) if language == "en" else phrase("flows_small_groups", language, few=FEWEST)
    one, other, kind = found.columns[made.arrow].split("\x1f")[:3]
    arrow = f"{cycle_label(study, one, language)} → {cycle_label(study, other, language)} ({label('link_kind', kind, language)})"
    names = ("flows_largest", "flows_difference", "flows_p")
    return pd.DataFrame(
        [(arrow, f"{made.difference:.2f}", f"{made.p:.4f}")], columns=[phrase(name, language) for name in names]
    )


def _laid_out(study: Study, table: pd.DataFrame, by: str | None, language: str) -> pd.DataFrame:
    shown = {phrase("flows_by", language): [group_label(by, one, language) for one in table[by]]} if by else {}
    for name in ("from", "to"):
        shown[phrase(f"flows_{name}", language)] = [cycle_label(study, one, language) for one in table[f"{name}_cycle"]]
    shown[phrase("flows_kind", language)] = [label("link_kind", one, language) for one in table["kind"]]
    shown[phrase("flows_claimed_by", language)] = [label("claimant_role", one, language) for one in table["claimed_by"]]
    shown[phrase("flows_reality", language)] = [
        phrase("flows_found" if one == "found" else "flows_not_yet_short", language) for one in table["reality"]
    ]
    shown[phrase("flows_tellers", language)] = [
        phrase("n_of", language, n=n, N=whole) for n, whole in zip(table["n"], table["N"], strict=True)
    ]
    if "low" in table:
        shown[phrase("flows_interval", language)] = [
            "" if pd.isna(low) else f"{low:.0f}–{high:.0f}"
            for low, high in zip(table["low"], table["high"], strict=True)
        ]
    shown[phrase("flows_stories", language)] = table["stories"]
    return pd.DataFrame(shown)


def _evidence(study: Study, known: Told, links: pd.DataFrame, **asked: list[str]) -> pd.DataFrame:
    """Return the steps at both ends of the links behind a cell, in the teller's words, with the quotes they rest on."""
    rows = links
    for name, values in asked.items():
        rows = rows[rows[name].isin(values)]
    quotes = quotes_of_steps(study)
    texts = known.steps.set_index(["story_id", "step"])["text"]
    shown = rows[["story_id", "teller", *_KEY, "from_step", "to_step", "claimant"]].reset_index(drop=True)
    for side in ("from", "to"):
        keys = pd.MultiIndex.from_frame(shown[["story_id", f"{side}_step"]])
        words = {f"{side}_text": texts.reindex(keys).to_numpy(), f"{side}_quotes": quotes.reindex(keys).to_numpy()}
        shown = shown.assign(**words)
    return shown


def _draw(study, table, order, whole, by, language):
    """Draw the arrows on a ring; what draws is loaded only now."""
    from valuecreation.plots.flows import draw_flows

    naming = {cycle: cycle_label(study, cycle, language) for cycle in order}
    return draw_flows(table, order, naming, whole, by, language)
