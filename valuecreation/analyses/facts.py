"""Facts that do not agree: two sources matched, and a register of what conflicts, what can both hold, and what is left."""

from functools import partial

import pandas as pd

from valuecreation.analyses.fact_pairs import Pair, Side, pair, synonyms
from valuecreation.analyses.fact_register import (
    glossary,
    homonyms,
    row_of,
    said_of,
    several,
    too_early,
    within,
    younger,
)  # fmt: skip
from valuecreation.analyses.fact_values import Said, compare, interval, plain
from valuecreation.errors import MissingTable, UnknownName, ValueCreationError
from valuecreation.result import Result
from valuecreation.study import Study
from valuecreation.words import check_language, label, phrase, vocabulary

COLUMNS = ["subject", "attribute", "value", "as_of", "source"]
REGISTER = [
    "kind", "left", "right", "attribute", "left_value", "right_value",
    "left_as_of", "right_as_of", "left_source", "right_source", "reason",
]  # fmt: skip
HOW = "listed as"


def reconcile(
    left: Study | pd.DataFrame,
    right: Study | pd.DataFrame | None = None,
    on: tuple[str, str] = ("name", "workplace"),
    parts: str = "development workplace",
    said: pd.DataFrame | None = None,
    context: Study | pd.DataFrame | None = None,
    until: str | None = None,
    counted: str | None = None,
    language: str = "en",
) -> Result:
    """Lay two sources of facts side by side, and register where they differ. Nothing is merged, chosen or overwritten.

    With one source, what several publications say about the same subject is compared. With two, their listings are matched
    first. Only one name in one place is a sure match; any other likely pair waits, as ``doubtful``, for a person's say.

    Parameters
    ----------
    left, right : Study or pandas.DataFrame
        Facts: subject, attribute, value, as_of, source.
    on : tuple of str
        The attribute with a listing's name, and the one with the place it belongs to.
    parts : str
        The attribute that names the parts of a listing.
    said : pandas.DataFrame, optional
        What a person decided: left, right, verdict (same, left_in_right, right_in_left, different), decided_by.
    context : Study or pandas.DataFrame, optional
        Facts about other subjects: the several names of a place, what the sources state of themselves.
    until : str, optional
        The last day or month of the collection; facts dated wholly after it are registered.
    counted : str, optional
        The attribute in the context that states how many listings there are.
    language : {"en", "nl"}

    Returns
    -------
    Result
        ``.table`` is the register: kind, left, right, attribute, the two values with their dates and sources, and the reason.
        ``.supplements`` has pairs, counts (listings by how they are listed), one_side (what one source of a pair is silent
        about) and glossary (abbreviations by subject). ``.evidence(kind=..., left=...)`` gives the facts behind a row.

    Raises
    ------
    MissingTable
        When facts lack a column.
    UnknownName
        When a person's say is about a listing that is not there.
    DecisionNeeded
        When a person's say contradicts itself or names nobody who decided.

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> register = reconcile(load_example("lindehout")).table
    >>> register[["kind", "left", "attribute", "left_value", "right_value"]].iloc[0].tolist()
    ['conflict', 'lindehout', 'number_of_participants', '20', '17']
    """
    check_language(language)
    if until is not None and interval(until) is None:
        raise ValueCreationError(f"until is a year, month or day, 2018-10 for instance; this is {until!r}.")
    ours = _facts(left)
    theirs = ours.iloc[:0] if right is None else _facts(right)
    around = ours.iloc[:0] if context is None else _facts(context)
    listed = pd.concat([ours, theirs], ignore_index=True)
    everything = pd.concat([listed, around], ignore_index=True)
    known = synonyms(around)
    pairs: list[Pair] = []
    if right is not None:
        sides = [_side(facts, known, on) for facts in (ours, theirs)]
        pairs = pair(*sides, parts, said)
    rows, silent = [], []
    for one in pairs:
        found, quiet = _of_pair(one, ours, theirs, on, known)
        rows += found
        silent += quiet
    bound = [one for one in pairs if one.verdict != "different"]
    if right is not None:
        rows += _left_over(ours, {one.left for one in bound}, "only_left", on[0])
        rows += _left_over(theirs, {one.right for one in bound}, "only_right", on[0])
    rows += within(everything) + ([] if until is None else younger(listed, until)) + too_early(listed)
    terms = glossary(everything)
    rows += homonyms(terms) + _stated(ours, theirs, around, counted)
    order = {kind: at for at, kind in enumerate(vocabulary("register_kind"))}
    register = pd.DataFrame(sorted(rows, key=lambda row: order[row[0]]), columns=REGISTER)
    waiting = int((register["kind"] == "doubtful").sum())
    cautions = [phrase("reconcile_nothing_merged", language)]
    cautions += [phrase("reconcile_waiting", language, count=waiting)] if waiting else []
    cautions += [phrase("reconcile_how_many", language)] if right is not None else []
    supplements = {
        "pairs": pd.DataFrame(pairs, columns=["left", "right", "verdict", "reason", "by", "part"]),
        "counts": _counted(ours, theirs),
        "one_side": pd.DataFrame(silent, columns=["left", "right", "attribute", "said_by", "value"]),
        "glossary": terms,
    }
    supplements = {key: frame for key, frame in supplements.items() if len(frame)}
    return Result(
        name="reconcile",
        title=phrase("reconcile_title", language, count=len(register)),
        table=register,
        unit="subjects",
        n=everything["subject"].nunique(),
        cautions=tuple(cautions),
        supplements=supplements,
        headings={key: phrase(f"supplement_reconcile_{key}", language) for key in supplements},
        summary=register.assign(
            kind=[label("register_kind", kind, language) for kind in register["kind"]],
            reason=[phrase(f"reconcile_{reason}", language) for reason in register["reason"]],
        ),
        language=language,
        finder=partial(_evidence, register, everything),
        keys=("kind", "left", "right", "attribute", "reason"),
    )


def _facts(given: Study | pd.DataFrame) -> pd.DataFrame:
    if isinstance(given, Study):
        given = given.need("facts", "subject", "attribute", "value", purpose="Reconciling")
    if not isinstance(given, pd.DataFrame):
        raise MissingTable(
            f"Facts are a study or a DataFrame with {', '.join(COLUMNS)}; this is {type(given).__name__}."
        )
    for column in ("subject", "attribute", "value"):
        if column not in given:
            raise MissingTable(f"Facts need the columns subject, attribute and value; {column} is missing.")
    kept = given.reindex(columns=COLUMNS).dropna(subset=["subject", "attribute"])
    return kept.astype("str").where(kept.notna()).reset_index(drop=True)


def _side(facts: pd.DataFrame, known: dict[str, str], on: tuple[str, str]) -> Side:
    name, place = on
    if name not in set(facts["attribute"]):
        raise UnknownName.among("attribute", name, facts["attribute"].unique())
    return Side(facts, known, name, place)


def _of_pair(one: Pair, ours, theirs, on: tuple[str, str], known: dict[str, str]) -> tuple[list, list]:
    """Return what two matched listings say differently, and what one keeps silent; of a doubtful pair, that it waits."""
    name, place = on
    rows, silent = [], []
    if one.verdict not in ("same", "different"):
        names = said_of(ours, one.left, name), said_of(theirs, one.right, name)
        kind = "doubtful" if one.verdict == "doubtful" else "part"
        rows.append(row_of(kind, one.left, one.right, name, *names, one.reason))
    if one.verdict in ("doubtful", "different"):
        return rows, silent
    shared = set(theirs["attribute"]) - {HOW} - (set() if one.verdict == "same" else {name})
    many = several(ours) | several(theirs)
    for attribute in [attribute for attribute in ours["attribute"].unique() if attribute in shared]:
        first, second = said_of(ours, one.left, attribute), said_of(theirs, one.right, attribute)
        if one.part:
            second = said_of(theirs, one.right, f"{attribute}: {one.part}") or second
        if first and second:
            kind, reason = compare("name" if attribute == name else attribute, first, second, attribute in many)
            at = [{known.get(plain(value), plain(value)) for value in each.told} for each in (first, second)]
            if attribute == place and kind != "agree" and at[0] == at[1]:
                kind, reason = "compatible", "one_place_two_names"
            if kind != "agree":
                rows.append(row_of(kind, one.left, one.right, attribute, first, second, reason))
        elif first or second:
            silent.append((one.left, one.right, attribute, "left" if first else "right", (first or second).shown))
    return rows, silent


def _left_over(facts: pd.DataFrame, bound: set[str], kind: str, name: str) -> list[tuple]:
    rows = []
    for subject in facts["subject"].drop_duplicates():
        if subject not in bound:
            told = said_of(facts, subject, name)
            ends = (subject, None, name, told, None) if kind == "only_left" else (None, subject, name, None, told)
            rows.append(row_of(kind, *ends, "no_partner"))
    return rows


def _counted(ours: pd.DataFrame, theirs: pd.DataFrame) -> pd.DataFrame:
    """Return how many listings each side has, by how they are listed."""
    found = []
    for side, facts in (("left", ours), ("right", theirs)):
        how = facts[facts["attribute"] == HOW].drop_duplicates("subject")["value"].value_counts(sort=False)
        found += [(side, value, int(count)) for value, count in how.items()]
    return pd.DataFrame(found, columns=["side", "listed_as", "listings"])


def _stated(ours: pd.DataFrame, theirs: pd.DataFrame, around: pd.DataFrame, counted: str | None) -> list[tuple]:
    """Return where the number of listings that a source states is not the number listed."""
    rows = []
    stated = around[around["attribute"] == counted].dropna(subset=["value"])
    for side, facts in (("left", ours), ("right", theirs)):
        total = facts["subject"].nunique()
        for (subject, value), part in stated.groupby(["subject", "value"], sort=False):
            if total and value != str(total):
                says = said_of(part, subject, counted)
                ends = (side, subject) if side == "left" else (subject, side)
                both = (Said((str(total),)), says) if side == "left" else (says, Said((str(total),)))
                rows.append(row_of("count", *ends, counted, *both, "counted_other"))
    return rows


def _evidence(register: pd.DataFrame, facts: pd.DataFrame, **asked: list[str]) -> pd.DataFrame:
    for column, values in asked.items():
        register = register[register[column].isin(values)]
    wanted = {
        (end, attribute)
        for row in register.itertuples(index=False)
        for end in (row.left, row.right)
        for attribute in row.attribute.split(" / ")
    }
    behind = [key in wanted for key in zip(facts["subject"], facts["attribute"], strict=True)]
    return facts[behind].drop_duplicates().reset_index(drop=True)
