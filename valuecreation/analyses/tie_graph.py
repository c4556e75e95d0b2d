"""The graph of who was with whom, for whoever computes on with networkx, Gephi or R, with the months of every tie."""

from __future__ import annotations

from calendar import monthrange
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from valuecreation.analyses.participation import held_activities, spells_of
from valuecreation.errors import UnknownName, UnwritableStudy
from valuecreation.stats.ties import one_mode
from valuecreation.study import Study
from valuecreation.study.relations import check_relation, presence, replies, visits

if TYPE_CHECKING:
    import networkx

_ABOUT = ("role_group", "role", "organisation_id", "perspective")


def tie_rows(
    study: Study, relation: str | pd.DataFrame, network: str | None, work_form: str | list[str] | None
) -> tuple[pd.DataFrame, pd.DataFrame, list[str], dict]:
    """Return the ties (source, target, meetings, minutes), the rows behind them, everybody, and what was held."""
    if isinstance(relation, pd.DataFrame):
        return _of_replies(study, relation)
    check_relation(relation)
    held = held_activities(study, network)
    rows = held["rows"]
    if work_form is not None:
        asked = [work_form] if isinstance(work_form, str) else list(work_form)
        known = sorted(rows["work_form"].dropna().unique())
        for one in asked:
            if one not in known:
                raise UnknownName.among("work form", one, known)
        rows = rows[rows["work_form"].isin(asked)]
    people = sorted(set(spells_of(study, network)["participant_id"]) | set(rows["participant_id"]))
    if relation == "shadowing":
        behind = visits(rows)
        grouped = behind.groupby(["source", "target"], as_index=False)
        ties = grouped.agg(meetings=("event", "nunique"), minutes=("minutes", lambda one: one.sum(skipna=False)))
    else:
        there = presence(rows)
        ties = one_mode(there[["event", "person", "minutes"]])
        both = there.merge(there[["event", "person"]], on="event", suffixes=("", "_other"))
        both = both[both["person"] < both["person_other"]]
        behind = both.rename(columns={"person": "source", "person_other": "target"})
        behind = behind[["event", "source", "target", "minutes", "month"]]
    return ties, behind.reset_index(drop=True), people, held


def _of_replies(study: Study, relation: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, list[str], dict]:
    behind = replies(relation)
    others = behind[behind["source"] != behind["target"]]
    grouped = others.groupby(["source", "target"], as_index=False)
    ties = grouped.agg(meetings=("event", "nunique"), minutes=("minutes", lambda one: one.sum(skipna=False)))
    known = study.frame("participants")["participant_id"].dropna()
    people = sorted({*known, *behind["source"], *behind["target"]})
    rows = pd.DataFrame({"activity_id": [], "participant_id": []})
    return ties, others.reset_index(drop=True), people, {"rows": rows, "self": len(behind) - len(others)}


def tie_graph(
    study: Study,
    relation: str | pd.DataFrame = "meetings",
    *,
    network: str | None = None,
    work_form: str | list[str] | None = None,
) -> networkx.Graph:
    """Return who was with whom as a networkx graph; directed, from visitor to host, for shadowing.

    Parameters
    ----------
    study : Study
    relation : {"meetings", "shadowing"} or pandas.DataFrame
        A frame has the columns source, target and at (of `read_edges`, say): who replied to whom, directed.
    network : str, optional
    work_form : str or list of str, optional
        Only these activities; joint meetings tie everybody to everybody.

    Returns
    -------
    networkx.Graph or networkx.DiGraph
        Nodes are pseudonyms, with role_group, role, organisation_id and perspective where known; who has no tie is a node
        too. Edges have ``meetings`` and, where they are known, ``minutes`` (more is closer), ``distance`` (1 / meetings, for
        lengths of paths: more is farther) and ``months`` (in which they met, "2024-09;2024-11").

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> tie_graph(load_example("lindehout"), "shadowing").is_directed()
    True
    """
    import networkx

    ties, behind, people, _ = tie_rows(study, relation, network, work_form)
    graph = networkx.Graph() if isinstance(relation, str) and relation == "meetings" else networkx.DiGraph()
    about = study.frame("participants").drop_duplicates("participant_id").set_index("participant_id")
    for person in people:
        known = about.loc[person] if person in about.index else pd.Series(dtype=object)
        told = {name: known[name] for name in _ABOUT if name in known and pd.notna(known[name])}
        graph.add_node(person, **told)
    months = behind.groupby(["source", "target"])["month"].agg(
        lambda one: ";".join(sorted({month for month in one if month}))
    )
    for row in ties.itertuples(index=False):
        told = {"meetings": int(row.meetings), "distance": 1 / int(row.meetings)}
        told["months"] = months[(row.source, row.target)]
        if pd.notna(row.minutes):
            told["minutes"] = int(row.minutes)
        graph.add_edge(row.source, row.target, **told)
    return graph


def write_graph(graph: networkx.Graph, path: str | Path) -> Path:
    """Write a graph for Gephi, R, yEd or ATLAS.ti's network view; the ending says as what.

    Parameters
    ----------
    graph : networkx.Graph
        From `tie_graph`.
    path : str or Path
        ``.graphml``, or ``.gexf``; in the latter every tie has the months in which it was there, as days, so that Gephi's
        timeline shows the network grow.

    Returns
    -------
    Path

    Raises
    ------
    UnwritableStudy
        Another ending, or a folder that does not exist.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from valuecreation.io.examples import load_example
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_graph(tie_graph(load_example("lindehout")), pathlib.Path(folder) / "ties.gexf").name
    'ties.gexf'
    """
    import networkx

    path = Path(path)
    if path.suffix.lower() not in (".graphml", ".gexf") or not path.parent.is_dir():
        raise UnwritableStudy(f"{path.as_posix()}: a graph is written as .graphml or .gexf, in a folder that exists.")
    if path.suffix.lower() == ".graphml":
        networkx.write_graphml(graph, path)
        return path
    timed = graph.copy()
    timed.graph["mode"] = "dynamic"
    for *_, told in timed.edges(data=True):
        told["spells"] = [_days(month) for month in told["months"].split(";") if month]
    networkx.write_gexf(timed, path)
    return path


def _days(month: str) -> tuple[str, str]:
    year, number = (int(part) for part in month.split("-"))
    return f"{month}-01", f"{month}-{monthrange(year, number)[1]:02d}"
