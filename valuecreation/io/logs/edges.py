"""Lists of who replied to whom, as researchers publish them: every reply a row of its own, every oddity said."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from valuecreation.errors import DecisionNeeded, UnknownName
from valuecreation.findings import Finding, findings_table
from valuecreation.io.logs.cells import Cells, is_personal, match_headers, need, plain_header, read_cells
from valuecreation.io.logs.moments import read_moments
from valuecreation.io.logs.notes import Notes
from valuecreation.io.logs.pseudonyms import Pseudonyms
from valuecreation.study import Study, schema
from valuecreation.words import load_data

_NO_NODE = {"", "na", "n/a", "#n/a", "null", "none", "nan", "-"}
_COLUMNS = ("edge_id", "source", "target", "at", "at_written", "source_row")


@dataclass(frozen=True, repr=False, eq=False)
class Edges:
    """Who replied to whom (or mentioned, or visited): a row a reply.

    Attributes
    ----------
    edges : pandas.DataFrame
        Columns edge_id, source, target (pseudonyms), at, at_written (a moment that could not be read), source_row, and the
        columns that were asked for. Rows have no weight: two replies are two rows, also when they are the same.
    nodes : pandas.DataFrame
        Column node_id (pseudonym) and what the file of nodes says of each; also who has no edges.
    study : Study
        The nodes as participants.
    key : pandas.DataFrame
        Columns name, participant_id. Keep it somewhere else.
    read_findings : tuple of Finding
    """

    edges: pd.DataFrame = field(repr=False)
    nodes: pd.DataFrame = field(repr=False)
    study: Study = field(repr=False)
    key: pd.DataFrame = field(repr=False)
    read_findings: tuple[Finding, ...] = ()

    def findings(self, language: str = "en") -> pd.DataFrame:
        """Return what was noticed while reading."""
        return findings_table(self.read_findings, language)

    def __repr__(self) -> str:
        return f"<Edges: {len(self.edges)} edges, {len(self.nodes)} nodes, {len(self.read_findings)} findings>"


def read_edges(
    path: str | Path,
    nodes: str | Path | None = None,
    *,
    columns: dict[str, str] | None = None,
    keep: Iterable[str] = (),
    day_first: bool | None = None,
    zone: str = "UTC",
    key: pd.DataFrame | None = None,
) -> Edges:
    r"""Read a list of edges, with or without a file of nodes: .csv, .tsv or .txt, also ``.gz``.

    Line ends of whatever kind, marks, delimiters, self-replies, double rows, people without edges and edges to people
    who are not in the list of nodes all come through, each with a finding.

    Parameters
    ----------
    path : str or Path
        A row an edge, with headers such as source and target, Sender and Receiver, van and naar.
    nodes : str or Path, optional
        A row a person.
    columns : dict, optional
        Where the headers are others: ``{"source": "wie", "target": "aan wie", "at": "moment", "node": "nummer"}``.
    keep : iterable of str
        Other columns of the edges to keep, such as a category. Titles and messages name people: look before you keep.
    day_first : bool, optional
        How to read 3/4/2025. Left out, a date that can mean two days is asked about.
    zone : str
        The clock on which ``at`` is shown.
    key : pandas.DataFrame, optional
        From an earlier reading, so that the same name gets the same pseudonym.

    Returns
    -------
    Edges
        ``.edges``, ``.nodes``, ``.study``, ``.key`` apart, ``.findings()``.

    Raises
    ------
    DecisionNeeded
        When dates can mean two days, or two columns can be the same thing, and nobody said which.
    UnreadableStudy
        When there are no edges in it.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "edges.csv"
    >>> _ = path.write_bytes(b"Sender;Reciever\rFenna;Ruud\rRuud;Ruud\rFenna;Ruud\r")
    >>> read = read_edges(path)
    >>> read.edges[["source", "target"]].to_numpy().tolist()
    [['P01', 'P02'], ['P02', 'P02'], ['P01', 'P02']]
    """
    columns = dict(columns or {})
    notes = Notes("edges", str(path))
    cells, found = read_cells(path, "a list of edges, .csv", notes)
    own = {role: header for role, header in columns.items() if role != "node"}
    roles = _nearly(cells, match_headers(cells, "edges", own), "edges", notes)
    for role in ("source", "target"):
        need(roles, role, cells, "edges", f"Name it with columns={{'{role}': '...'}}.")
    kept = [str(one) for one in ([keep] if isinstance(keep, str) else keep)]
    for header in kept:
        if header not in cells.header:
            raise UnknownName.among(f"column of {cells.name}", header, cells.header)
    told = None
    if nodes is not None:
        told_notes = Notes("nodes", str(nodes))
        told, said = read_cells(nodes, "a list of nodes, .csv", told_notes)
        found += said
        node = need(match_headers(told, "nodes", {"node": columns["node"]} if "node" in columns else None), "node", told,
                    "nodes", "Name it with columns={'node': '...'}.")  # fmt: skip
    people = Pseudonyms(key)
    ends = [cells.column(roles["source"]), cells.column(roles["target"])]
    everybody = {_end(one) for column in (*ends, told.column(node) if told else []) for one in column}
    if people.keep(everybody - {None}):
        notes.add("log_pseudonyms_kept", None, "participant_id")
    made = _made(cells, roles, ends, people, kept, day_first, zone, notes)
    listed = _nodes(told, node, people, made, told_notes) if told else pd.DataFrame(columns=["node_id"], dtype="str")
    listed = _complete(listed, made, told, notes)
    found += notes.findings() + (told_notes.findings() if told else [])
    participants = listed.rename(columns={"node_id": "participant_id"})
    named = {column: f"node {column}" for column in participants if column != "participant_id" and _clashes(column)}
    study = Study({"participants": participants.rename(columns=named)}, name="edges", read_findings=found)
    return Edges(made, listed, study, people.key(), tuple(found))


def _made(
    cells: Cells, roles: dict[str, str], ends: list[list[str]], people: Pseudonyms, kept: list[str],
    day_first: bool | None, zone: str, notes: Notes,
) -> pd.DataFrame:  # fmt: skip
    source, target = ([people.of(_end(one)) for one in column] for column in ends)
    for role, column in (("source", source), ("target", target)):
        for row, one in zip(cells.numbers, column, strict=True):
            if one is None:
                notes.add("edge_without_end", row, role)
    size = len(source)
    at, written = pd.Series([None] * size, dtype="datetime64[us]"), pd.Series([None] * size, dtype="str")
    if "at" in roles:
        moments = read_moments(
            cells.column(roles["at"]), cells.numbers, day_first=day_first, zone=zone, column=roles["at"], notes=notes
        )
        at, written = moments.at, moments.written
    else:
        notes.add("edge_no_times")
    width = len(str(size))
    made = pd.DataFrame(
        {
            "edge_id": pd.Series([f"r{number:0{width}d}" for number in range(1, size + 1)], dtype="str"),
            "source": pd.Series(source, dtype="str"),
            "target": pd.Series(target, dtype="str"),
            "at": at,
            "at_written": written,
            "source_row": pd.Series(cells.numbers, dtype="Int64"),
            **{
                _free(header): pd.Series([cell or None for cell in cells.column(header)], dtype="str")
                for header in kept
            },
        }
    )
    itself = made["source"].notna() & (made["source"] == made["target"])
    for row in made["source_row"][itself]:
        notes.add("edge_to_itself", row)
    whole = pd.Series(["\x1f".join(row) for _, row in cells.rows])
    for row in made["source_row"][whole.duplicated()]:
        notes.add("edge_twice", row)
    for header in cells.header:
        if plain_header(header) in load_data("io/logs/headers.yaml")["weights"]:
            notes.add("edge_weight", 1, header, header)
    left = [header for header in cells.header if header not in roles.values() and header not in kept]
    if left:
        notes.add("edge_columns_left", None, None, ", ".join(left))
    return made


def _nodes(told: Cells, node: str, people: Pseudonyms, edges: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    codes = [people.of(_end(one)) for one in told.column(node)]
    left = [header for header in told.header if header != node and is_personal(header)]
    if left:
        notes.add("node_columns_left", None, None, ", ".join(left))
    kept = [header for header in told.header if header != node and header not in left]
    listed = pd.DataFrame(
        {
            "node_id": pd.Series(codes, dtype="str"),
            **{
                _free(header): pd.Series([cell or None for cell in told.column(header)], dtype="str") for header in kept
            },
        }
    )
    numbers = pd.Series(told.numbers)
    for row in numbers[listed["node_id"].isna()]:
        notes.add("node_without_id", row, node)
    double = listed["node_id"].notna() & listed["node_id"].duplicated()
    for row, code in zip(numbers[double], listed["node_id"][double], strict=True):
        notes.add("node_twice", row, node, code)
    known = {*edges["source"].dropna(), *edges["target"].dropna()}
    alone = [(row, code) for row, code in zip(told.numbers, codes, strict=True) if code and code not in known]
    for row, code in alone:
        notes.add("node_without_edges", row, node, code)
    return listed[listed["node_id"].notna() & ~double].reset_index(drop=True)


def _complete(listed: pd.DataFrame, edges: pd.DataFrame, told: Cells | None, notes: Notes) -> pd.DataFrame:
    """Return the nodes with those added that only the edges name."""
    ends = pd.concat([edges["source"], edges["target"]]).dropna().drop_duplicates()
    missing = ends[~ends.isin(listed["node_id"])]
    if told is not None:
        for code in missing:
            notes.add("edge_to_unlisted", None, "node_id", code)
    added = pd.DataFrame({"node_id": missing})
    return (pd.concat([listed, added], ignore_index=True) if len(listed) else added.reset_index(drop=True)).astype(
        "str"
    )


def _nearly(cells: Cells, roles: dict[str, str], kind: str, notes: Notes) -> dict[str, str]:
    """Return the roles with headers added that are nearly spelt like one that is known (Reciever)."""
    found = dict(roles)
    words = load_data("io/logs/headers.yaml")[kind]
    for role, known in words.items():
        if role in found:
            continue
        near = [
            header
            for header in cells.header
            if header not in found.values() and get_close_matches(plain_header(header), known, n=1, cutoff=0.8)
        ]
        if len(near) > 1:
            raise DecisionNeeded(
                f"{cells.name}, row 1: the columns {' and '.join(near)} can both be the {role}. Say which: "
                f"columns={{'{role}': '{near[0]}'}}."
            )
        if near:
            found[role] = near[0]
            meant = get_close_matches(plain_header(near[0]), known, n=1, cutoff=0.8)[0]
            notes.add("edge_header", 1, near[0], near[0], meant=meant, role=role)
    return found


def _end(cell: str) -> str | None:
    plain = " ".join(cell.split())
    return None if plain.casefold() in _NO_NODE else plain


def _free(header: str) -> str:
    return f"{header} (file)" if header in (*_COLUMNS, "node_id") else header


def _clashes(column: str) -> bool:
    """Return whether a column of the nodes would mean something else in the table of participants."""
    meant = schema.known_name(column, "participants")
    return meant is not None and meant != "role"
