"""Exports with a column for each answer, as Qualtrics writes them: three header rows, the older two, or one."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from valuecreation.errors import UnknownName, UnreadableStudy, listed
from valuecreation.instruments import Instrument, Item, Responses, instrument
from valuecreation.io.decoding import decode
from valuecreation.io.delimited import split_cells
from valuecreation.io.places import as_path
from valuecreation.io.questionnaires.building import Builder

_ID = ("responseid", "response_id")
_PERSONAL = {
    "ipaddress", "recipientlastname", "recipientfirstname", "recipientemail", "externalreference", "externaldatareference",
    "locationlatitude", "locationlongitude", "locationaccuracy", "name", "emailaddress",
}  # fmt: skip
_METADATA = {
    "startdate", "enddate", "status", "progress", "finished", "recordeddate", "distributionchannel", "userlanguage",
    "duration (in seconds)", "duration__in_seconds_", "responseset", *_ID,
}  # fmt: skip
_RESPONSE = re.compile(r"R_\w+")
_UNSEEN = {"-99", "-99.0", "-99,0"}


def read_qualtrics(
    path: str | Path, of: Instrument | str | Path = "wsd-2018", columns: Mapping[str, str] | None = None
) -> Responses:
    r"""Return the answers in a CSV export of Qualtrics, of numbers or of choice texts.

    Below the names of the columns an export has the questions and, since 2016, a row with import ids: neither is a questionnaire.
    Which rows these are is seen from what is in them.

    Parameters
    ----------
    path : str or Path
    of : Instrument, str or Path
    columns : mapping, optional
        The column that holds an item where it is not called after its number: ``{"Q6": "QID23"}`` reads ``QID23`` and
        ``QID23_2_TEXT``.

    Returns
    -------
    Responses

    Raises
    ------
    UnreadableStudy
        When the file cannot be read, or has no column of this questionnaire.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "export.csv")
    ...     rows = ["ResponseId,Q6,Q13", "id,going?,able?", '{"ImportId":"a"},{"ImportId":"b"},{"ImportId":"c"}', "R_1,1,1"]
    ...     _ = path.write_text("\n".join(rows) + "\n")
    ...     table = read_qualtrics(path).table
    >>> table.loc[table["item"].isin([6, 13]), "value"].tolist()
    ['yes', 'no']
    """
    path = as_path(path, UnreadableStudy, "the path of a CSV file from Qualtrics")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableStudy(f"{path.as_posix()} cannot be read: {error.strerror}.") from error
    if content.startswith(b"PK\x03\x04"):
        raise UnreadableStudy(f"{path.name} is a zip file or a workbook. Unpack it, or export as CSV.")
    text, found = decode(content, path.name, path.name)
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    grid = split_cells(text, max(",;\t", key=first.count), path.name)
    if not grid:
        raise UnreadableStudy(f"{path.name} is empty.")
    headers = _header_rows(grid)
    one = of if isinstance(of, Instrument) else instrument(of)
    build = Builder(one, path.name, findings=list(found))
    build.find("questionnaire_headers", 1, value=headers, first=headers + 1)
    rows = [(number, row) for number, row in enumerate(grid[headers:], start=headers + 1) if any(row)]
    return from_columns(build, grid[0], rows, columns)


def _header_rows(grid: Sequence[Sequence[str]]) -> int:
    """Return how many rows stand above the first questionnaire."""
    if len(grid) > 2 and any("importid" in cell.casefold() for cell in grid[2]):
        return 3
    if len(grid) < 2:
        return 1
    names = [cell.strip().casefold() for cell in grid[0]]
    place = next((names.index(name) for name in (*_ID, "v1") if name in names), None)
    if place is not None:
        second = grid[1][place] if place < len(grid[1]) else ""
        return 1 if _RESPONSE.fullmatch(second.strip()) else 2
    # Without the column of ids: a row of questions has a sentence below most columns, a questionnaire has numbers.
    below = [cell for name, cell in zip(names, grid[1], strict=False) if re.fullmatch(r"q\d+(_\d+)?", name) and cell]
    return 1 if not below or any(cell.strip().lstrip("-").isdigit() for cell in below) else 2


def from_columns(
    build: Builder, header: Sequence[str], rows: list[tuple[int, Sequence[str]]], columns: Mapping[str, str] | None
) -> Responses:
    """Return the answers in rows of cells below a header; `rows` have the number that a spreadsheet gives them.

    Returns
    -------
    Responses
    """
    one = build.instrument
    places = _places(build, header, columns)
    wanted = {item.number: _columns_of(item, places) for item in one.items}
    if all(place is None for parts in wanted.values() for part in parts.values() for place in part.values()):
        raise UnreadableStudy(
            f"{build.source} has no column of {one.name}; it has {listed(header, most=12)}. Columns are called Q1, Q2 …; "
            "say with columns= how they are called here."
        )
    _name_columns(build, header, wanted)
    ids = next((places[name] for name in (*_ID, "v1") if name in places), None)
    taken: set[str] = set()
    for number, cells in rows:

        def cell(place: int | None, cells: Sequence[str] = cells) -> str | None:
            if place is None:
                return None
            said = cells[place].strip() if place < len(cells) else ""
            return "" if said in _UNSEEN else said

        response = cell(ids) or f"row {number}"
        if response in taken:
            build.find("questionnaire_double", number, value=response)
        while response in taken:
            response += "'"
        taken.add(response)
        _state_of_row(build, places, cell, number)
        for item in one.items:
            parts = wanted[item.number]
            if item.kind == "several":
                own = [
                    (header[part["said"]], _chosen(item, key, cell(part["said"]) or ""))
                    for key, part in parts.items()
                    if part["said"] is not None
                ]
                words = " ".join(filter(None, (cell(part["text"]) for part in parts.values())))
                build.add_several(response, item, own if own else None, words, number)
                continue
            for key, part in parts.items():
                named = {what: header[place] for what, place in part.items() if place is not None}
                build.add(response, item, key, cell(part["said"]), cell(part["text"]), number, named)
        build.close(response, number)
    return build.done()


def _places(build: Builder, header: Sequence[str], columns: Mapping[str, str] | None) -> dict[str, int]:
    """Return the place of each column by its name in small letters, with the names that a person gave."""
    known = {item.column.casefold() for item in build.instrument.items}
    renamed = {}
    for ours, theirs in (columns or {}).items():
        if ours.casefold() not in known:
            raise UnknownName.among("item", ours, [item.column for item in build.instrument.items])
        if not any(re.fullmatch(rf"{re.escape(theirs)}(_.*)?", name.strip(), re.IGNORECASE) for name in header):
            raise UnknownName.among("column", theirs, header)
        renamed[theirs.casefold()] = ours.casefold()
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        name = name.strip().strip("\ufeff").casefold()
        for theirs, ours in renamed.items():
            if name == theirs or name.startswith(f"{theirs}_"):
                name = ours + name.removeprefix(theirs)
                break
        if name in places:
            build.find("double_column", 1, header[place], header[place], kept=f"column {place + 1}, not read")
            continue
        places[name] = place
    return places


def _columns_of(item: Item, places: Mapping[str, int]) -> dict[str, dict[str, int | None]]:
    """Return the parts of an item with the places of the mark and of the words of each."""
    name = item.column.casefold()
    if item.kind in ("matrix", "several"):
        own = [re.fullmatch(rf"{name}_(\d+)(_text)?", one) for one in places]
        parts = sorted({int(one[1]) for one in own if one})
        if item.kind == "several" and name in places:
            return {
                "": {"said": places[name], "text": next((places.get(f"{name}_{part}_text") for part in parts), None)}
            }
        found = {
            str(part): {"said": places.get(f"{name}_{part}"), "text": places.get(f"{name}_{part}_text")}
            for part in parts
        }
        return found or {"": {"said": None, "text": None}}
    points = {point.key: point.code for point in item.points}
    texts = [f"{name}_{code}_text" for code in (points.get(item.text_with), *points.values()) if code is not None]
    text = next((places[one] for one in (*texts, f"{name}_text") if one in places), None)
    return {"": {"said": places.get(name), "text": text}}


def _chosen(item: Item, part: str, said: str) -> str:
    """Return what a cell chooses; in a column for one choice, 1 or that choice's own code or label means chosen."""
    if not part or said in ("", "0", "0.0"):
        return "" if part else said
    own = item.point(part)
    return part if own is not None and (said in ("1", "1.0") or item.point(said) == own) else f"{said} (choice {part})"


def _name_columns(build: Builder, header: Sequence[str], wanted: Mapping[int, Mapping]) -> None:
    """Say which columns are not there, were left alone, or say who somebody is."""
    used = {place for parts in wanted.values() for part in parts.values() for place in part.values()}
    for item in build.instrument.items:
        if not any(place is not None for part in wanted[item.number].values() for place in part.values()):
            build.find("questionnaire_column_gone", 1, value=item.column, item=item.number)
    rest = [name.strip() for place, name in enumerate(header) if place not in used and name.strip()]
    personal = [name for name in rest if name.casefold() in _PERSONAL]
    left = [
        name for name in rest if name.casefold() not in _PERSONAL | _METADATA and not re.fullmatch(r"[vV]\d+", name)
    ]
    for rule, names in (("questionnaire_personal", personal), ("questionnaire_left_column", left)):
        if names:
            build.find(rule, 1, value=listed(names, most=8))


def _state_of_row(build: Builder, places: Mapping[str, int], cell, number: int) -> None:
    status = cell(places.get("status")) or cell(places.get("distributionchannel")) or ""
    if "preview" in f"{status} {cell(places.get('distributionchannel'))}".casefold() or (
        "status" in places and status in ("1", "2") and "distributionchannel" in places
    ):
        build.find("questionnaire_preview", number, "Status", status)
    finished = cell(places.get("finished"))
    if finished and finished.casefold() in ("0", "false", "onwaar"):
        build.find("questionnaire_unfinished", number, "Finished", finished)
