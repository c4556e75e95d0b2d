"""Facts in an appraisal: dated and sourced, never older or younger than they say, and in conflict where they disagree."""

from collections.abc import Callable, Iterable

import pandas as pd

from valuecreation.analyses.appraisal_material import OnDate, Seen
from valuecreation.guide import Criterion

_STATES = {
    "met": "met", "voldaan": "met",
    "partly": "partly", "deels": "partly", "deels voldaan": "partly",
    "not_met": "not_met", "not met": "not_met", "niet voldaan": "not_met",
}  # fmt: skip
_ANSWERS = {
    **dict.fromkeys(("yes", "ja", "true", "waar"), "met"),
    **dict.fromkeys(("partly", "deels"), "partly"),
    **dict.fromkeys(("no", "nee", "false", "onwaar", "none", "geen", "nobody", "no one", "niemand"), "not_met"),
    **dict.fromkeys(("not applicable", "n.v.t.", "nvt", "niet van toepassing"), "not_applicable"),
}
ANY = "*"


def latest(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the facts that no later fact replaces: one is replaced when its period is over before another begins."""
    return facts if facts.empty else facts[facts["last"] >= facts["as_of"].astype("str").max()]


def one_value(facts: pd.DataFrame, read: Callable[[str], str | None] = str) -> tuple[str | None, pd.DataFrame, bool]:
    """Return what the latest facts say, the facts, and whether they contradict each other."""
    facts = facts.assign(read=[read(str(value)) for value in facts["value"]])
    facts = latest(facts[facts["read"].notna()])
    values = facts["read"].unique()
    return (values[0] if len(values) == 1 else None), facts, len(values) > 1


def told(known: OnDate, facts: pd.DataFrame) -> str:
    """Return facts in words: what, by which source, of when."""
    return "; ".join(
        known.say("fact_told", value=one.value, source=one.source, as_of=one.as_of)
        for one in facts.itertuples(index=False)
    )


def conflict(known: OnDate, facts: pd.DataFrame) -> Seen:
    """Return the answer to facts that contradict each other."""
    return known.seen("unknown", "conflict", {"facts": facts}, facts=told(known, facts))


def about_network(known: OnDate, attributes: Iterable[str]) -> pd.DataFrame:
    """Return the usable facts with one of these attributes about the network."""
    facts = known.facts[known.facts["about"].isin([name.casefold() for name in attributes])]
    if known.network:
        return facts[facts["subject"] == known.network]
    return facts[~facts["subject"].isin(known.study.frame("organisations")["organisation_id"].dropna())]


def about_criterion(known: OnDate, guide: str, name: str) -> pd.DataFrame:
    """Return the usable facts by which a person settled a criterion."""
    return about_network(known, (f"criterion:{name}", f"criterion:{guide}:{name}"))


def state_of(value: str) -> str | None:
    """Return the state that a fact about a criterion names, or None.

    >>> state_of("Niet voldaan"), state_of("perhaps")
    ('not_met', None)
    """
    return _STATES.get(value.strip().casefold())


def settled(known: OnDate, guide: str, name: str, computed: Seen) -> Seen:
    """Return the answer to a criterion when what persons said about it is laid beside what the tables show."""
    value, facts, differ = one_value(about_criterion(known, guide, name), state_of)
    if facts.empty:
        return computed
    rows = {**computed.rows, "facts": [*computed.rows.get("facts", []), *facts.index]}
    if differ:
        reason = known.say("conflict", facts=told(known, facts))
        return Seen("unknown", f"{reason} {computed.reason}" if computed.state != "unknown" else reason, rows)
    if computed.state in ("unknown", value):
        reason = known.say("settled", facts=told(known, facts))
        told_too = computed.state == value or computed.rows.get("facts")
        return Seen(str(value), f"{reason} {computed.reason}" if told_too else reason, rows)
    return Seen("unknown", known.say("disagree", facts=told(known, facts), tables=computed.reason), rows)


def check_facts(known: OnDate, criterion: Criterion) -> Seen:
    """Answer from facts with the criterion's attribute: about the network, or about each organisation."""

    def read(value: str) -> str | None:
        word = value.strip().casefold()
        if criterion.answers == (ANY,):
            return "not_met" if _ANSWERS.get(word) == "not_met" else "met"
        return ("met" if word in criterion.answers else None) if criterion.answers else _ANSWERS.get(word)

    found = about_network(known, (criterion.attribute,))
    if criterion.about == "network" or not found.empty:
        several = len(criterion.answers) > 1
        value, facts, differ = one_value(found, read)
        if facts.empty and not found.empty:
            return known.seen("unknown", "fact_unread", {"facts": found}, facts=told(known, found))
        if differ and not several:
            return conflict(known, facts)
        if value is not None:
            return known.seen(value, "facts", {"facts": facts}, facts=told(known, facts))
        if criterion.about == "network":
            return _silent(known, criterion)
    return _by_organisation(known, criterion, read)


def _silent(known: OnDate, criterion: Criterion) -> Seen:
    return known.seen("unknown", "no_fact", attribute=criterion.attribute)


def _by_organisation(known: OnDate, criterion: Criterion, read: Callable[[str], str | None]) -> Seen:
    organisations = known.organisations(criterion.words.get("kind", ()))
    if "kind" in criterion.words:
        organisations = organisations[organisations["kind"].notna()]
    facts = known.facts[known.facts["about"] == criterion.attribute.casefold()]
    facts = facts[facts["subject"].isin(organisations["organisation_id"])]
    if facts.empty:
        return _silent(known, criterion)
    answers, used = {}, []
    for name in organisations["organisation_id"]:
        value, own, differ = one_value(facts[facts["subject"] == name], read)
        if differ:
            return conflict(known, own)
        if value != "not_applicable":
            answers[name] = value
        used.append(own)
    rows = {"facts": pd.concat(used)}
    states = list(answers.values())
    counts = {state: sum(one == state for one in states) for state in ("met", "partly", "not_met")}
    silent = sum(one is None for one in states)
    values = {**counts, "silent": silent, "N": len(states), "attribute": criterion.attribute}
    if not states:
        return known.seen("not_applicable", "no_organisation", rows)
    if counts["met"] == len(states) or counts["not_met"] == len(states):
        return known.seen("met" if counts["met"] else "not_met", "by_organisation", rows, **values)
    if counts["partly"] or (counts["met"] and counts["not_met"]):
        return known.seen("partly", "by_organisation", rows, **values)
    return known.seen("unknown", "by_organisation", rows, **values)
