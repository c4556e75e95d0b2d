"""Relations among the people of a study: who met whom, and who visited whom, with the month of each."""

import pandas as pd

from valuecreation.errors import MissingTable, UnknownName

RELATIONS = ("meetings", "shadowing")
KINDS = ("replies", "mentions")


def presence(rows: pd.DataFrame) -> pd.DataFrame:
    """Return who was where, from rows of participation with an activity: event, person, minutes, month."""
    return rows.rename(columns={"activity_id": "event", "participant_id": "person"})[
        ["event", "person", "minutes", "month"]
    ]


def visits(rows: pd.DataFrame) -> pd.DataFrame:
    """Return who visited whom: source is the visitor, target the host, one row a visit.

    Raises
    ------
    MissingTable
        Where no activity has both a visitor and a host.

    Returns
    -------
    pandas.DataFrame
        Columns event, source, target, minutes, month.
    """
    if "part" not in rows:
        raise MissingTable("Shadowing needs the column part of the table participation: visitor and host.")
    own = rows[["activity_id", "participant_id", "part", "minutes", "month"]]
    guests, hosts = own[own["part"] == "visitor"], own[own["part"] == "host"]
    made = guests.merge(hosts[["activity_id", "participant_id"]], on="activity_id", suffixes=("", "_host"))
    if made.empty:
        raise MissingTable("In no activity is somebody visitor and somebody else host (column part of participation).")
    names = {"activity_id": "event", "participant_id": "source", "participant_id_host": "target"}
    return made.rename(columns=names)[["event", "source", "target", "minutes", "month"]]


def replies(edges: pd.DataFrame) -> pd.DataFrame:
    """Return who replied to whom, or mentioned whom, as rows: event, source, target, minutes (unknown), month (where dated).

    Raises
    ------
    MissingTable
        Without the columns source and target.

    Returns
    -------
    pandas.DataFrame
        A row a reply or a mention; those to oneself are in it, for the caller to say.
    """
    for name in ("source", "target"):
        if name not in edges:
            raise MissingTable(f"A list of ties needs a column {name}; this has {', '.join(map(str, edges.columns))}.")
    kept = edges.dropna(subset=["source", "target"])
    at = kept["at"].astype("str").str.slice(0, 7) if "at" in kept else pd.Series("", index=kept.index)
    month = at.where(at.str.fullmatch(r"\d{4}-\d{2}"), "")
    made = {
        "event": kept.index.astype("str"),
        "source": kept["source"].astype("str"),
        "target": kept["target"].astype("str"),
    }
    return pd.DataFrame({**made, "minutes": float("nan"), "month": month}).reset_index(drop=True)


def check_relation(relation: str) -> None:
    """Raise `UnknownName` unless this relation can be made from a study, `MissingTable` where it needs a frame."""
    if relation in KINDS:
        raise MissingTable(
            f"A study has no table of {relation}. Give them as a frame with the columns source, target and at (of "
            f"vc.read_edges, say): relation=edges, kind={relation!r}."
        )
    if relation not in RELATIONS:
        raise UnknownName.among("relation", relation, RELATIONS)


def check_kind(kind: str) -> None:
    """Raise `UnknownName` unless a frame can tell this kind of relation."""
    if kind not in KINDS:
        raise UnknownName.among("kind of relation", kind, KINDS)
