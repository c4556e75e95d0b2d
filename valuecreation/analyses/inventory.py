"""Inventory: what kinds of networks these are, as a listing and dimension by dimension, with what nobody has placed yet."""

from collections.abc import Iterable
from functools import partial

import pandas as pd

from valuecreation.analyses.appraisal_material import NOT_HELD, PLANNED
from valuecreation.analyses.typology import Dimension, dimensions
from valuecreation.errors import DecisionNeeded, MissingTable, UnknownName
from valuecreation.result import Result
from valuecreation.study import Study
from valuecreation.study.asked import a_study
from valuecreation.study.cells import as_text
from valuecreation.words import check_language, in_language, phrase

_SAID = ["network_id", "dimension", "value", "as_of", "source", "category"]


def inventory(
    study: Study,
    networks: Iterable[str] | None = None,
    *,
    dimension: str | Iterable[str] | None = None,
    said: pd.DataFrame | None = None,
    language: str = "en",
) -> Result:
    """Return what kinds of networks a study has: agenda, membership, area, initiators, who take part, work forms, and more.

    Cells of ``networks``, facts about them and the work forms of their activities are read as people wrote them and placed in
    the categories of the typology by words that recognise them. What no word recognises, or what recognises two where one is
    possible, waits in ``unplaced`` for a person's say and counts nowhere. A network of which nothing is known on a dimension is
    not in its N: not written down is not the same as not there. Nothing is added up over dimensions, and no network is higher
    than another.

    Parameters
    ----------
    study : Study
        Needs ``networks``; uses ``facts`` and ``activities``.
    networks : iterable of str, optional
        Ids of the networks to lay beside each other; by default all.
    dimension : str or iterable of str, optional
        Which dimensions; by default those of which something is known.
    said : pandas.DataFrame, optional
        Where a person placed a cell: dimension, value (as it is written), category (empty: in none of them), decided_by.
    language : {"en", "nl"}

    Returns
    -------
    Result
        ``.table`` has the columns dimension, category, n (networks), waiting (further networks that may be in it, for a cell of
        theirs waits for a person), N (networks of which something is known on the dimension) and several (one network can be
        in several categories, so that n do not add up to N). Supplements: networks (the listing), unplaced,
        and stated (counts that a source prints itself, such as ``condition: time to learn``, which are taken over and not
        counted again). ``.evidence(dimension=..., category=...)`` gives the cells behind a number.

    Raises
    ------
    UnknownName
        When a network, dimension or category does not exist.
    DecisionNeeded
        When a person's say contradicts itself or names nobody who decided.

    Examples
    --------
    >>> networks = pd.DataFrame({"network_id": ["a", "b"], "agenda": ["open", None]})
    >>> inventory(Study({"networks": networks})).table[["dimension", "category", "n", "N"]].head(1)
      dimension category  n  N
    0    agenda     open  1  1
    """
    check_language(language)
    a_study(study)
    known = study.need("networks", "network_id", purpose="An inventory").dropna(subset=["network_id"])
    known = known.drop_duplicates("network_id")
    if networks is not None:
        asked = [networks] if isinstance(networks, str) or not hasattr(networks, "__iter__") else list(networks)
        for one in asked:
            if one not in set(known["network_id"]):
                raise UnknownName.among("network", one, known["network_id"])
        known = known[known["network_id"].isin(asked)]
    chosen = _chosen(dimension)
    cells = pd.concat([_cells(study, known, one) for one in chosen.values()], ignore_index=True)
    if cells.empty:
        raise MissingTable(
            "Nothing is known of these networks; fill columns of the table networks (agenda, membership, scale …), or facts with "
            "the network as subject."
        )
    placed, unplaced = _placed(cells, chosen, _decided(said, chosen))
    table = _table(cells, placed, unplaced, chosen)
    cautions = [phrase("inventory_unknown", language), phrase("inventory_no_order", language)]
    if table["several"].any():
        cautions.append(phrase("inventory_several", language))
    if len(unplaced):
        cautions.append(phrase("inventory_unplaced", language, count=len(_waiting(unplaced))))
    stated = _stated(study, chosen)
    cautions += [phrase("inventory_partition", language, **one) for one in _look_like_a_whole(stated, study)]
    supplements = {
        "networks": _listing(known, placed, unplaced, chosen, language),
        "unplaced": _waiting(unplaced),
    }
    if len(stated):
        supplements["stated"] = stated
    return Result(
        name="inventory",
        title=phrase("inventory_title", language, N=len(known)),
        table=table,
        unit="networks",
        n=len(known),
        cautions=tuple(cautions),
        supplements=supplements,
        headings={name: phrase(f"supplement_inventory_{name}", language) for name in supplements},
        opening=("networks",),
        summary=_laid_out(table, chosen, language),
        language=language,
        drawing=partial(_draw, table, chosen, len(known), language),
        finder=partial(_find, placed),
        keys=("dimension", "category"),
    )


def _chosen(asked: str | Iterable[str] | None) -> dict[str, Dimension]:
    every = dimensions()
    names = (
        list(every)
        if asked is None
        else [asked]
        if isinstance(asked, str) or not hasattr(asked, "__iter__")
        else list(asked)
    )
    if not names:
        raise UnknownName.among("dimension", "nothing", every)
    for name in names:
        if name not in every:
            raise UnknownName.among("dimension", name, every)
    return {name: every[name] for name in names}


def _cells(study: Study, known: pd.DataFrame, dimension: Dimension) -> pd.DataFrame:
    """Return what is written about a dimension: network, value, day and source, each cell once."""
    ids, parts = known["network_id"], []
    if dimension.column and dimension.column in known:
        own = known.dropna(subset=[dimension.column])
        parts.append(
            pd.DataFrame(
                {"network_id": own["network_id"], "value": as_text(own[dimension.column]), "source": "networks"}
            )
        )
    facts = study.frame("facts")
    facts = facts[facts["subject"].isin(ids) & facts["attribute"].isin(dimension.attributes)].dropna(subset=["value"])
    parts.append(facts.rename(columns={"subject": "network_id"})[["network_id", "value", "as_of", "source"]])
    if dimension.activities:
        held = study.frame("activities")
        held = held[held["network_id"].isin(ids) & ~held["state"].isin((*NOT_HELD, *PLANNED))].dropna(
            subset=["work_form"]
        )
        parts.append(
            held[["network_id", "work_form"]].rename(columns={"work_form": "value"}).assign(source="activities")
        )
    cells = pd.concat(parts, ignore_index=True).reindex(columns=["network_id", "value", "as_of", "source"])
    return cells.drop_duplicates(["network_id", "value", "source"]).assign(dimension=dimension.name)


def _decided(said: pd.DataFrame | None, chosen: dict[str, Dimension]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return where a person placed a cell, by dimension and value."""
    decided: dict[tuple[str, str], set] = {}
    if said is None:
        return {}
    if not isinstance(said, pd.DataFrame):
        raise DecisionNeeded(f"A person's say is a table with a row for each decision; this is {type(said).__name__}.")
    said = said.map(lambda cell: cell[0] if isinstance(cell, (list, tuple)) and len(cell) == 1 else cell)
    for column in ("dimension", "value", "category", "decided_by"):
        if column not in said:
            raise DecisionNeeded(
                f"A person's say needs the columns dimension, value, category and decided_by; {column} is missing."
            )
    for number, row in enumerate(said.to_dict("records"), start=1):
        if pd.isna(row["decided_by"]) or not str(row["decided_by"]).strip():
            raise DecisionNeeded(f"said, row {number}, column decided_by is empty; write who decided (a role will do).")
        if row["dimension"] not in dimensions():
            raise UnknownName.among("dimension", row["dimension"], dimensions())
        if row["dimension"] not in chosen:
            continue
        if not pd.isna(row["category"]) and row["category"] not in chosen[row["dimension"]].categories:
            raise UnknownName.among("category", row["category"], chosen[row["dimension"]].categories)
        decided.setdefault((row["dimension"], str(row["value"])), set()).add(
            None if pd.isna(row["category"]) else row["category"]
        )
    for (name, value), categories in decided.items():
        if len(categories) > 1 and (None in categories or not chosen[name].several):
            raise DecisionNeeded(f"said places {value!r} on {name} in two ways; keep one of the rows.")
    return {key: tuple(sorted(one for one in categories if one)) for key, categories in decided.items()}


def _placed(
    cells: pd.DataFrame, chosen: dict[str, Dimension], decided: dict[tuple[str, str], tuple[str, ...]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the cells with their categories, one row each, and those that wait for a person."""
    rows, waiting = [], []
    for cell in cells.to_dict("records"):
        dimension = chosen[cell["dimension"]]
        say = decided.get((cell["dimension"], str(cell["value"])))
        found = dimension.place(str(cell["value"])) if say is None else say
        if say is None and (not found or (len(found) > 1 and not dimension.several)):
            reason = "no_word" if not found else "two_categories"
            waiting.append({**cell, "category": None, "reason": reason})
        rows += [{**cell, "category": one} for one in (found if dimension.several or len(found) < 2 else ())]
    placed = pd.DataFrame(rows, columns=_SAID)
    unplaced = pd.DataFrame(waiting, columns=[*_SAID, "reason"])
    for name, dimension in chosen.items():
        if dimension.several:
            continue
        own = placed[placed["dimension"] == name]
        apart = own.groupby("network_id")["category"].transform("nunique") > 1
        torn = own[apart].assign(reason="two_values")
        unplaced = pd.concat([unplaced, torn], ignore_index=True) if len(torn) else unplaced
        placed = placed.drop(index=own.index[apart])
    return placed.reset_index(drop=True), unplaced


def _table(
    cells: pd.DataFrame, placed: pd.DataFrame, unplaced: pd.DataFrame, chosen: dict[str, Dimension]
) -> pd.DataFrame:
    rows = []
    for name, dimension in chosen.items():
        known, own = (part.loc[part["dimension"] == name] for part in (cells, placed))
        waiting = set(unplaced.loc[unplaced["dimension"] == name, "network_id"])
        for one in dimension.categories if len(known) else ():
            there = set(own.loc[own["category"] == one, "network_id"])
            rows.append((name, one, len(there), len(waiting - there), known["network_id"].nunique(), dimension.several))
    return pd.DataFrame(rows, columns=["dimension", "category", "n", "waiting", "N", "several"])


def _waiting(unplaced: pd.DataFrame) -> pd.DataFrame:
    """Return what waits for a person: each wording once, with in how many networks it stands."""
    keys = ["dimension", "value", "reason"]
    counts = unplaced.groupby(keys, sort=False)["network_id"].nunique().rename("networks")
    return counts.reset_index()


def _stated(study: Study, chosen: dict[str, Dimension]) -> pd.DataFrame:
    """Return the counts that sources print themselves: facts whose attribute is a dimension, a colon and what was counted."""
    facts = study.frame("facts").dropna(subset=["attribute", "value"])
    parts = facts["attribute"].str.split(":", n=1, expand=True).reindex(columns=[0, 1]).astype("str")
    known = {attribute for one in chosen.values() for attribute in one.attributes}
    whole = facts["value"].str.fullmatch("[0-9]{1,15}") & parts[0].isin(known) & parts[1].notna()
    found = facts[whole.fillna(False).astype(bool)]
    return pd.DataFrame(
        {
            "subject": found["subject"],
            "dimension": parts.loc[found.index, 0],
            "counted": parts.loc[found.index, 1].str.strip(),
            "n": found["value"].astype(int),
            "as_of": found["as_of"],
            "source": found["source"],
        }
    ).reset_index(drop=True)


def _look_like_a_whole(stated: pd.DataFrame, study: Study) -> list[dict]:
    """Return where mentions add up to the number of questionnaires by accident, so that a reader takes them for parts of it."""
    facts, found = study.frame("facts"), []
    for (subject, name), part in stated.groupby(["subject", "dimension"], sort=False):
        own = facts[(facts["subject"] == subject) & facts["attribute"].astype("str").str.startswith(f"{name}s: ")]
        several = own["attribute"].eq(f"{name}s: more than one answer possible").any()
        behind = own.loc[own["attribute"] == f"{name}s: questionnaires behind the counts", "value"]
        if several and len(behind) and str(part["n"].sum()) == str(behind.iloc[0]):
            found.append({"dimension": name, "mentions": int(part["n"].sum()), "N": behind.iloc[0]})
    return found


def _listing(
    known: pd.DataFrame, placed: pd.DataFrame, unplaced: pd.DataFrame, chosen: dict[str, Dimension], language: str
) -> pd.DataFrame:
    """Return a row for each network and a column for each dimension; what waits for a person stands in quotation marks."""
    names = known["name"] if "name" in known else known["network_id"]
    rows = {one: {"": name} for one, name in zip(known["network_id"], names.fillna(known["network_id"]), strict=True)}
    for name, dimension in chosen.items():
        heading = in_language(dimension.label, language)
        if not (placed["dimension"].eq(name).any() or unplaced["dimension"].eq(name).any()):
            continue
        for network, row in rows.items():
            own = placed[(placed["dimension"] == name) & (placed["network_id"] == network)]["category"].unique()
            waits = unplaced[(unplaced["dimension"] == name) & (unplaced["network_id"] == network)]["value"].unique()
            there = [dimension.said(one, language) for one in dimension.categories if one in own]
            row[heading] = "; ".join([*there, *(f"“{one}”" for one in waits)]) or "–"
    return pd.DataFrame(list(rows.values())).rename(columns={"": phrase("inventory_network", language)})


def _laid_out(table: pd.DataFrame, chosen: dict[str, Dimension], language: str) -> pd.DataFrame:
    seen = table[table["n"] > 0]
    waits = {name: phrase("inventory_waits", language, count=name) for name in seen["waiting"].unique() if name}
    return pd.DataFrame(
        {
            phrase("inventory_dimension", language): [
                in_language(chosen[one].label, language) for one in seen["dimension"]
            ],
            phrase("inventory_category", language): [
                chosen[name].said(one, language) for name, one in zip(seen["dimension"], seen["category"], strict=True)
            ],
            phrase("inventory_n", language): [
                " ".join(filter(None, (phrase("n_of", language, n=one.n, N=one.N), waits.get(one.waiting))))
                for one in seen.itertuples(index=False)
            ],
        }
    )


def _draw(table: pd.DataFrame, chosen: dict[str, Dimension], networks: int, language: str):
    from valuecreation.plots.inventory import draw_inventory

    panels = [
        (
            in_language(chosen[name].label, language),
            [(chosen[name].said(one.category, language), one.n, one.waiting) for one in part.itertuples(index=False)],
            int(part["N"].iloc[0]),
            bool(part["several"].iloc[0]),
        )
        for name, part in table[table["n"] > 0].groupby("dimension", sort=False)
    ]
    return draw_inventory(panels, networks, language)


def _find(placed: pd.DataFrame, **asked: list[str]) -> pd.DataFrame:
    for name, values in asked.items():
        placed = placed[placed[name].isin(values)]
    return placed[["dimension", "category", "network_id", "value", "as_of", "source"]].reset_index(drop=True)
