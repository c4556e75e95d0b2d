"""Robustness: one word for how stories and indicators stand to each other, from rules that are stated."""

from collections.abc import Mapping

import pandas as pd

from valuecreation.study import Study

WORDS = (
    "convergent",
    "side_by_side",
    "story_only",
    "indicator_only",
    "mixed",
    "contested",
    "not_collected",
    "none_found",
)


def word_of(effect: Mapping, steps: pd.DataFrame, together: set[frozenset]) -> tuple[str, str]:
    """Return the word for one indicator and the steps that rest on it, and which rule kept it from ``convergent``.

    Only steps that happened count. In this order:

    1. Nothing told: ``indicator_only`` where there are figures, else ``none_found`` or ``not_collected``, as the data say.
    2. Told, no figures: ``story_only``.
    3. The steps have both signs: ``mixed``.
    4. The figures moved against what the steps say (gain told and loss measured, or the other way round): ``contested``.
    5. Same direction, two tellers at least who are independent, and a step no later than the last measurement: ``convergent``.
    6. Otherwise ``side_by_side``, with the rule of 5 that is not met.

    A direction exists only where the study says which way is gain, and the indicator was measured twice in a way that can be
    compared. That more is better is never assumed.

    Parameters
    ----------
    effect : mapping
        A row of `effects`.
    steps : pandas.DataFrame
        Steps that rest on it: teller, polarity, date, found.
    together : set of frozenset
        Pairs of tellers who are not independent: a group and its member.
    """
    real = steps[steps["found"]]
    if real.empty:
        return ("indicator_only" if effect["data_state"] == "present" else effect["data_state"]), ""
    if effect["data_state"] != "present":
        return "story_only", ""
    signs = set(real["polarity"].dropna()) & {"+", "-"}
    if len(signs) > 1:
        return "mixed", ""
    moved = _moved(effect)
    if moved and signs and moved not in signs:
        return "contested", ""
    if not moved or not signs:
        return "side_by_side", "no_direction"
    tellers = list(real["teller"].dropna().unique())
    if not any(frozenset((one, other)) not in together for k, one in enumerate(tellers) for other in tellers[k + 1 :]):
        return "side_by_side", "one_teller"
    dates = real["date"].dropna().astype(str)
    if not (dates.str.slice(0, len(str(effect["last_date"]))) <= str(effect["last_date"])).any():
        return "side_by_side", "not_in_time"
    return "convergent", ""


def word_of_cycle(words: list[str], steps: pd.DataFrame) -> str:
    """Return the word for a whole cycle: contested where one indicator is, mixed where its steps have both signs, and so on."""
    real = steps[steps["found"]]
    signs = set(real["polarity"].dropna()) & {"+", "-"}
    figures = [one for one in words if one not in ("not_collected", "none_found", "story_only")]
    if "contested" in words:
        return "contested"
    if len(real):
        if not figures:
            return "story_only"
        if len(signs) > 1:
            return "mixed"
        return "convergent" if "convergent" in words else "side_by_side"
    if figures:
        return "indicator_only"
    return "none_found" if "none_found" in words else "not_collected"


def not_independent(study: Study, tellers: list[str]) -> set[frozenset]:
    """Return the pairs of tellers of whom one is a group in which the other is."""
    members = study.frame("memberships").dropna(subset=["participant_id", "subgroup"])
    pairs = {frozenset((row.participant_id, row.subgroup)) for row in members.itertuples(index=False)}
    return {pair for pair in pairs if pair <= set(tellers)}


def _moved(effect: Mapping) -> str | None:
    """Return the sign of a measured change: + for gain, - for loss; None where there is no direction."""
    if effect["change"] not in ("up", "down") or effect["gain"] not in ("up", "down"):
        return None
    return "+" if effect["change"] == effect["gain"] else "-"
