"""Reach and cost: how many copies went out and what a team paid, as sources state it; reach is not value."""

import re

import pandas as pd

from valuecreation.errors import MissingTable
from valuecreation.result import Result
from valuecreation.study import Study
from valuecreation.study.asked import a_study
from valuecreation.words import check_language, phrase

_NUMBER = re.compile(r"([0-9][0-9.\s]*[0-9]|[0-9])\s*(\+)?")
_COST = "costs per participating team"
_TEAMS = "participating teams"


def reach(study: Study, *, language: str = "en") -> Result:
    """Return what sources say of reach and of cost per team, with the sum that follows from it and no other.

    A newsletter to 400 addresses or more, four times a year, is at least 1,600 copies a year. That is how far something was
    sent: not how many people read it, and no value. A price for each team becomes a cost only with the number of teams.

    Parameters
    ----------
    study : Study
        Needs ``facts``: ``reach: newsletter`` with ``newsletter issues per year``; ``costs per participating team, EUR`` with
        ``participating teams``.
    language : {"en", "nl"}

    Returns
    -------
    Result
        ``.table`` has the columns subject, kind (reach or cost), what, stated (as printed), number, at_least (whether the source
        says "or more"), times (a year, or teams), product (copies a year, or the cost of all teams; missing where `times` is not
        stated), unit, as_of, source.

    Raises
    ------
    MissingTable
        When no fact is about reach or cost per team.

    Examples
    --------
    >>> facts = {"subject": "n", "attribute": ["reach: newsletter", "newsletter issues per year"], "value": ["400+", "4"]}
    >>> reach(Study({"facts": pd.DataFrame(facts)})).table[["product", "at_least"]].to_numpy().tolist()
    [[1600, True]]
    """
    check_language(language)
    a_study(study)
    facts = study.need("facts", "subject", "attribute", "value", purpose="Reach and cost").dropna(subset=["value"])
    rows, unread = [], 0
    for fact in facts.to_dict("records"):
        attribute = str(fact["attribute"])
        if attribute.startswith("reach: "):
            what = attribute.removeprefix("reach: ")
            kind, unit, factor = "reach", "copies", f"{what} issues per year"
        elif attribute.startswith(_COST):
            what, kind, factor = _COST, "cost", _TEAMS
            unit = attribute.rpartition(", ")[2] if ", " in attribute else ""
        else:
            continue
        found = _NUMBER.fullmatch(str(fact["value"]).strip())
        if found is None:
            unread += 1
            continue
        number = int(re.sub(r"[.\s]", "", found[1]))
        times = _stated(facts, fact["subject"], factor)
        rows.append(
            (
                fact["subject"], kind, what, fact["value"], number, found[2] is not None, times,
                None if times is None else number * times, unit, fact.get("as_of"), fact.get("source"),
            )
        )  # fmt: skip
    if not rows:
        raise MissingTable(
            "No fact has a number for reach or for the cost of a team. Give facts with the attribute 'reach: newsletter' or "
            "'costs per participating team, EUR'."
        )
    names = ["subject", "kind", "what", "stated", "number", "at_least", "times", "product", "unit", "as_of", "source"]
    table = pd.DataFrame(rows, columns=names).astype({"times": "Int64", "product": "Int64"})
    cautions = [phrase("reach_no_value", language)] if table["kind"].eq("reach").any() else []
    if (table["kind"].eq("cost") & table["times"].isna()).any():
        cautions.append(phrase("reach_no_teams", language))
    if unread:
        cautions.append(phrase("reach_unread", language, count=unread))
    return Result(
        name="reach",
        title=phrase("reach_title", language),
        table=table,
        unit="facts",
        n=len(table),
        cautions=tuple(cautions),
        summary=_laid_out(table, language),
        language=language,
    )


def _stated(facts: pd.DataFrame, subject: str, attribute: str) -> int | None:
    """Return the whole number that the facts about a subject state, if they state one and no two."""
    said = facts.loc[(facts["subject"] == subject) & (facts["attribute"] == attribute), "value"].astype("str").unique()
    return int(said[0]) if len(said) == 1 and said[0].isascii() and said[0].isdigit() else None


def _laid_out(table: pd.DataFrame, language: str) -> pd.DataFrame:
    shown = {
        phrase("reach_subject", language): table["subject"],
        phrase("reach_what", language): [
            row.what if row.kind == "reach" else phrase("reach_cost", language, unit=row.unit)
            for row in table.itertuples(index=False)
        ],
        phrase("reach_stated", language): table["stated"],
        phrase("reach_times", language): ["" if pd.isna(one) else str(one) for one in table["times"]],
        phrase("reach_product", language): [_product(row, language) for row in table.itertuples(index=False)],
        phrase("reach_source", language): ["" if pd.isna(one) else one for one in table["source"]],
    }
    return pd.DataFrame(shown)


def _product(row, language: str) -> str:
    if pd.isna(row.product):
        return phrase("reach_unknown", language)
    name = f"reach_{row.kind}_product" + ("_least" if row.at_least else "")
    return phrase(name, language, product=row.product, unit=row.unit)
