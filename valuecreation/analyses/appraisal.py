"""Appraisal: a network held against a guide, criterion by criterion, with the evidence, and never a sum."""

from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from valuecreation.analyses.appraisal_facts import settled, state_of
from valuecreation.analyses.appraisal_material import NOT_HELD, PLANNED, OnDate, Seen, last_day
from valuecreation.analyses.appraisal_network import NETWORK_CHECKS
from valuecreation.analyses.appraisal_nursing import NURSING_CHECKS
from valuecreation.errors import DecisionNeeded, UnknownName, listed
from valuecreation.guide import Criterion, Guide, list_guides, load_guide
from valuecreation.result import Result
from valuecreation.study import Study
from valuecreation.study.asked import a_study
from valuecreation.study.schema import table as table_of_schema
from valuecreation.words import check_language, in_language, label, phrase

ANSWERS = {**NETWORK_CHECKS, **NURSING_CHECKS}
_COLUMNS = ["criterion", "text", "state", "reason", "evidence"]
_HAPPENED = (
    ("memberships", "joined"), ("memberships", "left"), ("goals", "set_on"), ("documents", "date"), ("products", "date"),
    ("uptake", "date"), ("facts", "as_of"),
)  # fmt: skip


def appraise(
    study: Study,
    guide: str | Path | Guide,
    *,
    on: str | date | None = None,
    network: str | None = None,
    language: str = "en",
) -> Result:
    """Return for each criterion of a guide whether the network meets it, why that is said, and on which rows it rests.

    What the tables can show is computed. What they cannot show is ``unknown``, with what would show it; a missing table is
    never a reason for ``not_met``. A person can settle any criterion by a row of ``facts``: subject the network, attribute
    ``criterion:`` and the id (``criterion:step-6``, or with the guide ``criterion:nipll-10-steps:step-6``), value met, partly or
    not_met, with date and source. Facts count when they were true on the day (a month or year when it is over), of several the
    latest; where they contradict each other or the tables, the state is ``unknown`` and both are shown.

    Parameters
    ----------
    study : Study
    guide : str, Path or Guide
        One of `list_guides`, the path of a file, or a `Guide`.
    on : str or datetime.date, optional
        The day of the appraisal (``"2020-03-31"``); by default the last day on which something in the tables happened.
    network : str, optional
        Which network, where the study has several.
    language : {"en", "nl"}

    Returns
    -------
    Result
        ``.table`` has the columns criterion, text, state (met, partly, not_met, unknown, not_applicable), reason and evidence,
        in the order of the guide; nothing is added up. ``.evidence(criterion=...)`` gives the rows. Supplement: changes of the
        guide, which itself is ``load_guide(name).to_frame()``.

    Raises
    ------
    DecisionNeeded
        When the study has several networks and none is named, or nothing in it has a date and no day is given.
    UnknownName
        When the guide, the network or the day cannot be understood.

    Examples
    --------
    >>> study = Study({"organisations": pd.DataFrame({"organisation_id": ["a", "b"], "clients": [70, 50]})})
    >>> appraise(study, "nl-kwaliteitskader-vpz-2017", on="2024-06-30").table["state"].tolist()
    ['unknown', 'met', 'unknown', 'unknown', 'unknown']
    """
    check_language(language)
    a_study(study)
    guide = guide if isinstance(guide, Guide) else load_guide(guide)
    network = _network(study, network)
    day = _day(on) if on is not None else _last_day(study, network)
    known = OnDate(study, network, day, language)
    seen = {one.name: _answer(known, guide, one) for one in guide.asked()}
    rows = [
        (
            one.name,
            in_language(one.text, language),
            seen[one.name].state,
            seen[one.name].reason,
            _told(known, seen[one.name]),
        )
        for one in guide.asked()
    ]
    table = pd.DataFrame(rows, columns=_COLUMNS)
    who = in_language(guide.edited_by, language)
    name = in_language(guide.title, language)
    return Result(
        name="appraise",
        title=known.say("title_network" if network else "title", guide=name, on=day, network=network),
        table=table,
        unit="criteria",
        n=len(table),
        cautions=_cautions(known, guide, on is None),
        supplements={"changes": guide.log(language)},
        headings={
            "changes": phrase("supplement_appraise_changes", language, by=who),
        },
        summary=_laid_out(table, guide, language),
        language=language,
        drawing=partial(_draw, table, guide, language),
        finder=partial(_find, study, table, seen),
        keys=("criterion", "state"),
    )


def _answer(known: OnDate, guide: Guide, criterion: Criterion) -> Seen:
    """Return the answer to one criterion: outside its period none, else what tables and persons say."""
    if not guide.holds(known.on):
        if guide.valid_from is not None and known.on < guide.valid_from:
            return known.seen("not_applicable", "not_yet", first=guide.valid_from, on=known.on)
        seen = known.seen("not_applicable", "historical", last=guide.valid_until)
        by = in_language(guide.succeeded_by, known.language)
        return known.add(seen, "succeeded", by=by) if by else seen
    check = ANSWERS.get(criterion.check)
    seen = check(known, criterion) if check else known.seen("unknown", "only_fact")
    seen = settled(known, guide.name, criterion.name, seen)
    if seen.state == "unknown":
        seen = known.add(seen, "would_show", shows=in_language(criterion.shows, known.language))
    if criterion.since and criterion.since > known.on.isoformat()[: len(criterion.since)]:
        seen = known.add(seen, "younger", since=criterion.since, on=known.on)
    note = in_language(criterion.note, known.language) if criterion.note else ""
    return Seen(seen.state, f"{seen.reason} {note}".strip(), seen.rows)


def _told(known: OnDate, seen: Seen) -> str:
    """Return the rows behind an answer in words: tables with their number of rows."""
    return ", ".join(
        known.say("row" if len(rows) == 1 else "rows", table=table, count=len(rows))
        for table, rows in seen.rows.items()
        if rows
    )


def _network(study: Study, network: str | None) -> str | None:
    tables = ("networks", "memberships", "activities")
    ids = list(dict.fromkeys(one for table in tables for one in study.frame(table)["network_id"].dropna()))
    if network is not None:
        if network not in ids:
            raise UnknownName.among("network", network, ids)
        return network
    if len(ids) > 1:
        raise DecisionNeeded(
            f"The study has {len(ids)} networks, and a guide is held against one; say network=... with one of {listed(ids)}."
        )
    return ids[0] if ids else None


def _day(on: object) -> date:
    try:
        return date.fromisoformat(str(on)[:10] if hasattr(on, "isoformat") else str(on))
    except ValueError as error:
        raise UnknownName(f"on={on!r} is no day; write the year first, as in on='2020-03-31'.") from error


def _last_day(study: Study, network: str | None) -> date:
    activities = study.frame("activities")
    days = [activities.loc[~activities["state"].isin((*NOT_HELD, *PLANNED)), "date"]]
    days += [study.frame(table)[column] for table, column in _HAPPENED]
    read = [last_day(str(one)[:10]) for part in days for one in part.dropna()]
    known = []
    for one in filter(None, read):
        try:
            known.append(date.fromisoformat(one))
        except ValueError:
            continue
    if not known:
        raise DecisionNeeded("Nothing in the study has a date; say on which day to look, as in on='2020-03-31'.")
    return max(known)


def _cautions(known: OnDate, guide: Guide, chosen: bool) -> tuple[str, ...]:
    cautions = [known.say("no_sum"), known.say("written")]
    if chosen:
        cautions.append(known.say("day_chosen", on=known.on))
    cautions += guide.cautions.get(known.language, next(iter(guide.cautions.values()), ()))
    facts = known.study.frame("facts").dropna(subset=["attribute"])
    attributes = {one.attribute.casefold() for one in guide.walk() if one.attribute}
    about = facts["attribute"].str.casefold()
    criterion = about.str.startswith("criterion:")
    late = facts[(criterion | about.isin(attributes)) & ~facts.index.isin(known.facts.index)]
    if len(late):
        cautions.append(known.say("unused", count=len(late), on=known.on))
    ids = {one.name for one in guide.asked()}
    ids |= {one.name for name in list_guides()["name"] for one in load_guide(name).asked()}
    odd = facts[criterion]
    odd = odd[
        ~odd["attribute"].str.rsplit(":", n=1).str[-1].isin(ids)
        | pd.Series([state_of(str(value)) is None for value in odd["value"]], index=odd.index, dtype=bool)
    ]
    if len(odd):
        found = listed(f"{one.attribute} = {one.value}" for one in odd.itertuples(index=False))
        cautions.append(known.say("unread", count=len(odd), found=found))
    return tuple(cautions)


def _laid_out(table: pd.DataFrame, guide: Guide, language: str) -> pd.DataFrame:
    shown = {}
    phases = {one.name: in_language(guide.phases.get(one.phase), language) for one in guide.walk()}
    if any(phases.values()):
        shown["phase"] = table["criterion"].map(phases)
    shown |= {name: table[name] for name in _COLUMNS}
    shown["state"] = [label("appraisal_state", state, language) for state in table["state"]]
    return pd.DataFrame({phrase(f"appraise_column_{name}", language): part for name, part in shown.items()})


def _draw(table: pd.DataFrame, guide: Guide, language: str):
    from valuecreation.plots.appraisal import draw_appraisal

    heads = {}
    for top in guide.criteria:
        phase = in_language(guide.phases.get(top.phase), language)
        own = [phase] if phase else []
        own += [] if top.asks else [in_language(top.text, language)]
        heads |= {one.name: ": ".join(own) for one in top.walk()}
    return draw_appraisal(table, heads, language)


def _find(study: Study, table: pd.DataFrame, seen: dict[str, Seen], **cell: list[str]) -> pd.DataFrame:
    """Return the rows behind the criteria asked for: criterion, table, row (its id) and what it says."""
    for column, values in cell.items():
        table = table[table[column].isin(values)]
    found = []
    for name in table["criterion"]:
        for source, index in seen[name].rows.items():
            key = list(table_of_schema(source).key)
            for row in study.frame(source).loc[list(dict.fromkeys(index))].to_dict("records"):
                said = "; ".join(f"{column}: {value}" for column, value in row.items() if not pd.isna(value))
                found.append((name, source, " / ".join(str(row[one]) for one in key if not pd.isna(row[one])), said))
    return pd.DataFrame(found, columns=["criterion", "table", "row", "says"], dtype="str")
