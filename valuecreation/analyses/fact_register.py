"""The rows of a register of facts: where sources differ about one subject, what came too late, terms of two meanings."""

import pandas as pd

from valuecreation.analyses.fact_values import Said, compare, interval, plain, rules, status_of


def said_of(facts: pd.DataFrame, subject: str, attribute: str) -> Said | None:
    """Return what facts say of one attribute of one subject, or None where they are silent or it is lost."""
    rows = facts[(facts["subject"] == subject) & (facts["attribute"] == attribute)].dropna(subset=["value"])
    if rows.empty:
        return None
    sources = rows["source"].dropna().unique()
    counted = (facts["subject"] == subject) & (facts["attribute"] == f"{attribute}{rules()['counted_as']}")
    as_what = facts[counted & facts["source"].isin(sources)]["value"].dropna().unique()
    return Said(
        tuple(dict.fromkeys(rows["value"])),
        "; ".join(rows["as_of"].dropna().unique()),
        "; ".join(sources),
        "; ".join(as_what),
    )


def row_of(
    kind: str,
    left: str | None,
    right: str | None,
    attribute: str,
    ours: Said | None,
    theirs: Said | None,
    reason: str,
) -> tuple:
    """Return a row of the register."""
    nothing = (None, None, None)
    first, second = ((one.shown, one.as_of or None, one.source or None) if one else nothing for one in (ours, theirs))
    sides = [value for both in zip(first, second, strict=True) for value in both]
    return (kind, left, right, attribute, *sides, reason)


def several(facts: pd.DataFrame) -> set[str]:
    """Return the attributes of which one source gives one subject several values."""
    counts = facts.dropna(subset=["value"]).groupby(["attribute", "subject", "source"], dropna=False)["value"].nunique()
    return set(counts[counts > 1].index.get_level_values("attribute"))


def within(facts: pd.DataFrame) -> list[tuple]:
    """Return where sources differ about one and the same subject; sources that say the same are one voice."""
    rows, many = [], several(facts)
    known = facts.dropna(subset=["value", "source"])
    known = known[~known["attribute"].str.endswith(rules()["counted_as"])]
    for (subject, attribute), part in known.groupby(["subject", "attribute"], sort=False):
        if part["source"].nunique() < 2:
            continue
        voices: dict[tuple, Said] = {}
        for source in part["source"].unique():
            own = facts[(facts["source"] == source) & (facts["subject"] == subject)]
            one = said_of(own, subject, attribute)
            key = (tuple(sorted(map(plain, one.told))), one.as_of, one.counted_as)
            before = voices.get(key)
            sources = one.source if before is None else f"{before.source}; {one.source}"
            voices[key] = Said(one.told, one.as_of, sources, one.counted_as)
        heard = list(voices.values())
        for at, first in enumerate(heard):
            for second in heard[at + 1 :]:
                kind, reason = compare(attribute, first, second, attribute in many)
                if kind != "agree":
                    rows.append(row_of(kind, subject, subject, attribute, first, second, reason))
    return rows


def younger(facts: pd.DataFrame, until: str) -> list[tuple]:
    """Return the facts that date wholly after the collection ended."""
    last, rows = interval(until)[1], []
    for fact in facts.dropna(subset=["as_of"]).itertuples(index=False):
        when = interval(fact.as_of)
        if when and when[0] > last:
            said = Said((fact.value,) if isinstance(fact.value, str) else (), fact.as_of, fact.source)
            rows.append(row_of("younger", fact.subject, None, fact.attribute, said, None, "after_the_collection"))
    return rows


def too_early(facts: pd.DataFrame) -> list[tuple]:
    """Return where one source has a listing run before it starts, or be over before it ends."""
    rows = []
    for fact in facts[facts["attribute"] == "status"].dropna(subset=["value", "as_of"]).itertuples(index=False):
        status, when = status_of(fact.value), interval(fact.as_of)
        end = "start" if status == "running" else "end" if status in rules()["over"] else None
        own = facts[(facts["subject"] == fact.subject) & (facts["source"] == fact.source)].dropna(subset=["value"])
        for other in own.itertuples(index=False):
            then = interval(other.value) if end and other.attribute.split(": ")[0] == end else None
            if when and then and then[0] > when[1]:
                both = [Said((one.value,), str(one.as_of), one.source) for one in (fact, other)]
                reason = "runs_before_start" if end == "start" else "over_before_end"
                attribute = f"status / {other.attribute}"
                rows.append(row_of("conflict", fact.subject, fact.subject, attribute, *both, reason))
    return rows


def glossary(facts: pd.DataFrame) -> pd.DataFrame:
    """Return what each abbreviation means with each subject: columns subject, term, meaning, as_of, source."""
    start = rules()["abbreviation"]
    rows = facts[facts["attribute"].str.startswith(start)].dropna(subset=["value"])
    found = rows.assign(term=rows["attribute"].str.removeprefix(start), meaning=rows["value"])
    found = found.sort_values(["term", "subject"]).reset_index(drop=True)
    return found[["subject", "term", "meaning", "as_of", "source"]]


def homonyms(terms: pd.DataFrame) -> list[tuple]:
    """Return the abbreviations that mean something else with another subject."""
    rows = []
    for term, part in terms.groupby("term"):
        uses = list(part.itertuples(index=False))
        for at, first in enumerate(uses):
            for second in uses[at + 1 :]:
                if plain(first.meaning) != plain(second.meaning) and first.subject != second.subject:
                    both = [Said((one.meaning,), str(one.as_of), str(one.source)) for one in (first, second)]
                    attribute = f"{rules()['abbreviation']}{term}"
                    rows.append(row_of("homonym", first.subject, second.subject, attribute, *both, "two_meanings"))
    return rows
