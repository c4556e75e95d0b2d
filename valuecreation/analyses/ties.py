"""Ties: who learned with whom, between which groups, and what the network would be without its facilitator."""

from functools import partial

import pandas as pd

from valuecreation.analyses.participation import FEWEST, spells_of
from valuecreation.analyses.tie_graph import tie_rows
from valuecreation.errors import UnknownName
from valuecreation.result import Result
from valuecreation.stats.betweenness import betweenness
from valuecreation.stats.ties import brokerage, density, ei_index, reciprocity
from valuecreation.study import Study
from valuecreation.study.relations import check_kind
from valuecreation.words import check_language, phrase

GROUPS = ("role_group", "role", "organisation_id", "perspective", "subgroup")
# how the two sides of a tie and its times are called
_WORDS = {
    "meetings": ("ties_between", "ties_and", "ties_count_meetings"),
    "shadowing": ("ties_visitor", "ties_host", "ties_visits"),
    "replies": ("ties_replier", "ties_replied", "ties_count_replies"),
    "mentions": ("ties_mentioner", "ties_mentioned", "ties_count_mentions"),
}


def ties(
    study: Study,
    relation: str | pd.DataFrame = "meetings",
    *,
    by: str = "role_group",
    network: str | None = None,
    work_form: str | list[str] | None = None,
    facilitator: str | None = None,
    kind: str = "replies",
    language: str = "en",
) -> Result:
    """Return between which groups people met, or visited one another, as pairs of people out of the pairs there could be.

    What is counted is having been in the same activity, or having walked along; whether anything was learned there is in the
    diaries. There is no table of people: what is about one person is on `my_page`. Groups of fewer than three people are taken
    together.

    Parameters
    ----------
    study : Study
        Needs ``activities`` and ``participation``; uses ``memberships`` and ``participants``.
    relation : {"meetings", "shadowing"} or pandas.DataFrame
        Meetings have no direction; shadowing goes from who visited to who was visited. A frame with the columns source, target
        and at goes from who replied to whom; a reply to oneself is no tie, and is said.
    by : {"role_group", "role", "organisation_id", "perspective", "subgroup"}
    network : str, optional
    work_form : str or list of str, optional
        Only these activities; a joint meeting ties everybody to everybody.
    facilitator : str, optional
        A participant; a supplement shows what is left without them.
    kind : {"replies", "mentions"}
        What a frame tells: who replied to whom, or who mentioned whom. Mentions go from who wrote to who was named.
    language : {"en", "nl"}

    Returns
    -------
    Result
        ``.table`` has the columns from_group, to_group, unit ("pairs"), n (pairs with a tie), N (pairs there could be), meetings
        (summed over pairs; more is closer) and hours (together; missing where minutes are). Supplements: measures, months,
        and with `facilitator` without. ``.evidence(from_group=..., to_group=...)`` gives the activities behind a cell.

    Raises
    ------
    UnknownName, MissingTable

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> ties(load_example("lindehout"), "shadowing").table["unit"].unique().tolist()
    ['pairs']
    """
    check_language(language)
    if by not in GROUPS:
        raise UnknownName.among("group of participants", by, GROUPS)
    edges, behind, people, held = tie_rows(study, relation, network, work_form)
    if facilitator is not None and facilitator not in people:
        raise UnknownName.among("participant", facilitator, people)
    check_kind(kind)
    kind = relation if isinstance(relation, str) else kind
    directed = kind != "meetings"
    words = _WORDS[kind]
    own = groups_of(study, people, by, network)
    groups, folded = folded_groups(own, language)
    table = _between(edges, groups, directed)
    supplements = {
        "measures": _measures(edges, people, own, kind, language),
        "months": _months(behind, people, directed, language),
    }
    if facilitator is not None:
        supplements["without"] = _without(edges, people, facilitator, directed, language)
    cautions = [phrase(f"ties_{kind}", language), phrase("participation_no_people", language)]
    present = held["rows"].groupby("activity_id")["participant_id"].nunique()
    whole = int((present * 2 >= len(people)).sum())
    if kind == "meetings" and work_form is None and whole:
        cautions.append(phrase("ties_joint", language, whole=whole, count=len(present)))
    if held.get("self"):
        cautions.append(
            phrase("ties_self" if kind == "replies" else "ties_self_mentions", language, count=held["self"])
        )
    if folded:
        cautions.append(phrase("ties_folded", language, count=folded, few=FEWEST))
    if len(groups) < len(people):
        cautions.append(phrase("ties_left_out", language, count=len(people) - len(groups)))
    return Result(
        name="ties",
        title=phrase(f"ties_title_{kind}", language, N=len(people)),
        table=table,
        unit="participants",
        n=len(people),
        cautions=tuple(cautions),
        supplements=supplements,
        headings={name: phrase(f"supplement_ties_{name}", language) for name in supplements},
        summary=_laid_out(table, words, language),
        language=language,
        drawing=partial(_draw, edges, people, groups, table, directed, language, words),
        finder=partial(_evidence, behind, groups, directed),
        keys=("from_group", "to_group"),
    )


def groups_of(study: Study, people: list[str], by: str, network: str | None) -> dict[str, str]:
    """Return the group of each person who has one; of several subgroups the last."""
    if by == "subgroup":
        spells = spells_of(study, network).dropna(subset=["subgroup"]).sort_values("joined", na_position="first")
        known = spells.drop_duplicates("participant_id", keep="last").set_index("participant_id")["subgroup"]
    else:
        about = study.frame("participants").drop_duplicates("participant_id").set_index("participant_id")
        known = about[by].dropna() if by in about else pd.Series(dtype="str")
    return {person: str(known[person]) for person in people if person in known.index}


def folded_groups(groups: dict[str, str], language: str) -> tuple[dict[str, str], int]:
    """Return the groups with the small ones taken together, and how many those are; too few even together are not shown."""
    sizes = pd.Series(groups, dtype=object).value_counts()
    small = set(sizes.index[sizes < FEWEST])
    together = [person for person, group in groups.items() if group in small]
    if len(together) < FEWEST:
        return {person: group for person, group in groups.items() if group not in small}, 0
    name = phrase("ties_smaller", language)
    return {person: name if group in small else group for person, group in groups.items()}, len(small)


def _between(edges: pd.DataFrame, groups: dict, directed: bool) -> pd.DataFrame:
    sizes = pd.Series(groups, dtype=object).value_counts()
    names = sorted(sizes.index)
    own = edges.assign(a=edges["source"].map(groups), b=edges["target"].map(groups)).dropna(subset=["a", "b"])
    if not directed:
        swapped = own["a"] > own["b"]
        own.loc[swapped, ["a", "b"]] = own.loc[swapped, ["b", "a"]].to_numpy()
    rows = []
    for first in names:
        for second in names:
            if not directed and first > second:
                continue
            part = own[(own["a"] == first) & (own["b"] == second)]
            size = int(sizes[first])
            could = size * int(sizes[second]) if first != second else size * (size - 1) // (1 if directed else 2)
            hours = part["minutes"].sum(skipna=False) / 60
            rows.append((first, second, "pairs", len(part), could, int(part["meetings"].sum()), float(hours)))
    return pd.DataFrame(rows, columns=["from_group", "to_group", "unit", "n", "N", "meetings", "hours"])


def _measures(edges: pd.DataFrame, people: list, groups: dict, kind: str, language: str) -> pd.DataFrame:
    import networkx

    directed = kind != "meetings"
    graph = _graph(edges, people, False)
    possible = len(people) * (len(people) - 1) // (1 if directed else 2)
    both_ways = (
        edges if directed else pd.concat([edges, edges.rename(columns={"source": "target", "target": "source"})])
    )
    across = {a for a, b in graph.edges if groups.get(a) != groups.get(b)} | {
        b for a, b in graph.edges if groups.get(a) != groups.get(b)
    }
    within = sum(groups.get(a) == groups.get(b) and a in groups for a, b in graph.edges)
    sizes = pd.Series(groups, dtype=object).value_counts()
    pairs_within = int((sizes * (sizes - 1) // 2).sum())
    brokers = brokerage(both_ways, groups).drop(columns="coordinator").sum(axis=1)
    ei = ei_index(edges, groups)
    lines = {
        "ties": _of(len(edges), possible, language),
        "density": _number(density(edges, people, directed)),
        "components": str(networkx.number_connected_components(graph)),
        "isolates": _of(networkx.number_of_isolates(graph), len(people), language),
        "ei": _number(ei),
        "exploration": _of(len(across & set(groups)), len(groups), language),
        "engagement": _of(within, pairs_within, language),
        "brokers": _of(int((brokers > 0).sum()), len(groups), language),
        "centralisation": _number(_centralisation(betweenness(edges, people))),
    }
    if directed:
        lines["reciprocity" if kind == "shadowing" else "returned"] = _number(reciprocity(edges))
    if 0 < within < graph.number_of_edges():
        tied = graph.subgraph(groups).copy()
        networkx.set_node_attributes(tied, groups, "group")
        lines["assortativity"] = _number(networkx.attribute_assortativity_coefficient(tied, "group"))
    rows = [(phrase(f"ties_measure_{name}", language), value) for name, value in lines.items()]
    return pd.DataFrame(rows, columns=[phrase(f"participation_{name}", language) for name in ("what", "number")])


def _months(behind: pd.DataFrame, people: list, directed: bool, language: str) -> pd.DataFrame:
    seen: set = set()
    rows = []
    for month, part in behind[behind["month"] != ""].groupby("month"):
        now = set(zip(part["source"], part["target"], strict=True))
        rows.append((month, part["event"].nunique(), len(now), len(now - seen)))
        seen |= now
    names = ("column_month", "participation_held", "ties_that_month", "ties_new")
    return pd.DataFrame(rows, columns=[phrase(name, language) for name in names])


def _without(edges: pd.DataFrame, people: list, facilitator: str, directed: bool, language: str) -> pd.DataFrame:
    import networkx

    rows = []
    for name in ("with", "left"):
        kept = people if name == "with" else [one for one in people if one != facilitator]
        there = edges[edges["source"].isin(kept) & edges["target"].isin(kept)]
        graph = _graph(there, kept, False)
        parts, alone = networkx.number_connected_components(graph), networkx.number_of_isolates(graph)
        could = len(kept) * (len(kept) - 1) // (1 if directed else 2)
        rows.append((phrase(f"ties_{name}", language), _of(len(there), could, language), parts, alone))
    names = ("participation_what", "ties_measure_ties", "ties_measure_components", "ties_measure_isolates")
    return pd.DataFrame(rows, columns=[phrase(name, language) for name in names])


def _graph(edges: pd.DataFrame, people: list, directed: bool):
    import networkx

    graph = networkx.DiGraph() if directed else networkx.Graph()
    graph.add_nodes_from(people)
    graph.add_edges_from(zip(edges["source"], edges["target"], strict=True))
    return graph


def _centralisation(between: pd.Series) -> float:
    values = between.tolist()
    return sum(max(values) - one for one in values) / (len(values) - 1) if len(values) > 2 else float("nan")


def _of(n: int, of: int, language: str) -> str:
    return phrase("n_of", language, n=n, N=of)


def _number(value: float) -> str:
    return "" if pd.isna(value) else f"{value:.2f}".replace("-", "−")


def _evidence(behind: pd.DataFrame, groups: dict, directed: bool, **asked: list) -> pd.DataFrame:
    first, second = behind["source"].map(groups), behind["target"].map(groups)
    rows = behind.assign(from_group=first, to_group=second)
    if not directed:
        swapped = rows["from_group"] > rows["to_group"]
        rows.loc[swapped, ["from_group", "to_group"]] = rows.loc[swapped, ["to_group", "from_group"]].to_numpy()
    for column, values in asked.items():
        rows = rows[rows[column].isin(values)]
    return (
        rows.rename(columns={"event": "activity_id"}).dropna(subset=["from_group", "to_group"]).reset_index(drop=True)
    )


def _laid_out(table: pd.DataFrame, words: tuple[str, str, str], language: str) -> pd.DataFrame:
    told = [_of(n, of, language) for n, of in zip(table["n"], table["N"], strict=True)]
    first, second, times = words
    return pd.DataFrame(
        {
            phrase(first, language): table["from_group"],
            phrase(second, language): table["to_group"],
            phrase("ties_pairs", language): told,
            phrase(times, language): table["meetings"],
        }
    )


def _draw(edges, people, groups, table, directed, language, words):
    """Draw people and ties, or groups where there are too many people; what draws is loaded only now."""
    from valuecreation.plots.ties import draw_groups, draw_people

    if len(people) > 60:
        return draw_groups(table, directed, language, words)
    return draw_people(edges, people, groups, directed, language, words)
