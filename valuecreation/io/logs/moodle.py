"""Moodle: the log as a teacher downloads it, and the table of its log store; addresses of computers stay outside."""

import re
from collections import defaultdict
from pathlib import Path

import pandas as pd

from valuecreation.io.logs.cells import Cells, match_headers, need, read_cells
from valuecreation.io.logs.log import Log, joined, ordered, study_of
from valuecreation.io.logs.moments import read_moments
from valuecreation.io.logs.notes import Notes
from valuecreation.io.logs.pseudonyms import Pseudonyms, without_names

_NOBODY = {"", "-", "0", "-1"}
_ID_IN_WORDS = re.compile(r"(?:user with id|gebruiker met id)\s*['‘’\"]?(-?\d+)", re.IGNORECASE)
_AS_ANOTHER = re.compile(r"(.+?) (?:as|als) (.+)")
_OWN_PAGE = re.compile(r"(?i)(?:user|gebruiker): (.+)")
_ADDRESS = re.compile(
    r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])|(?<![\w:])(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F:]{1,4}(?!\w)"
)


def read_moodle(
    path: str | Path,
    *,
    columns: dict[str, str] | None = None,
    day_first: bool | None = None,
    zone: str = "UTC",
    network: str | None = None,
    key: pd.DataFrame | None = None,
) -> Log:
    r"""Read a log of Moodle: the file of the log report, Dutch or English, or its table ``logstore_standard_log``.

    Names become pseudonyms, also where they stand in the title of somebody's page; the sentences of the column Description
    are used to tell people of one name apart and are not kept. IP addresses are never taken in. Moodle does not measure
    how long somebody was busy, so minutes are missing; they are not guessed from the time to the next click.

    Parameters
    ----------
    path : str or Path
        A .csv, or a .csv.gz.
    columns : dict, optional
        Where the headers are others: ``{"at": "Tijdstip", "person": "Student"}``. Roles: at, person, other, activity,
        activity_id, component, description, origin, network, source_id, module.
    day_first : bool, optional
        How to read 3/4/2025. Left out, a date that can mean two days is asked about.
    zone : str
        The clock on which ``at`` is shown, ``"Europe/Amsterdam"``. The log report has the clock of who downloaded it, which is
        taken as it is; the log store counts seconds, which are put on this clock.
    network : str, optional
        The id of the network whose course it is. Left out, the course of the log store.
    key : pandas.DataFrame, optional
        From an earlier reading, so that the same name gets the same pseudonym.

    Returns
    -------
    Log
        ``.events`` in one order, ``.study``, ``.key`` apart, ``.findings()``.

    Raises
    ------
    DecisionNeeded
        When dates can mean two days and nobody said which.
    UnreadableStudy
        When it is no such log.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "logs.csv"
    >>> _ = path.write_text(
    ...     "Tijd,Volledige naam,Over gebruiker,Gebeurteniscontext,Naam gebeurtenis,IP-adres\n"
    ...     '"23/10/19, 14:05",Fenna Bos,Ruud Vis,Forum: Nieuws,Bericht geplaatst,192.0.2.7\n', encoding="utf-8")
    >>> log = read_moodle(path, day_first=True)
    >>> log.events[["participant_id", "others", "activity_id"]].to_numpy().tolist()
    [['P01', 'P02', 'Forum: Nieuws']]
    >>> str(log.events["at"][0])
    '2019-10-23 14:05:00'
    """
    notes = Notes("events", str(path))
    cells, found = read_cells(path, "a log of Moodle, .csv or .csv.gz", notes)
    roles = match_headers(cells, "moodle", columns)
    remedy = "Name them with columns={'at': '...', 'person': '...'}."
    for role in ("at", "person", "activity"):
        need(roles, role, cells, "moodle", remedy)
    store = roles["activity"] == "eventname" or {"userid", "timecreated"} <= set(cells.header)
    if store:
        cells = _filled(cells, roles, notes)
    moments = read_moments(
        cells.column(roles["at"]), cells.numbers, day_first=day_first, zone=zone, column=roles["at"], notes=notes
    )
    people = Pseudonyms(key)
    who, others = _people(cells, roles, people, store, notes)
    for role in ("activity_id", "activity"):
        _owners(cells.column(roles.get(role)), people)
    used, activity = (_without_people(cells.column(roles.get(role)), people, notes, roles.get(role))
                      for role in ("activity_id", "activity"))  # fmt: skip
    if used is None and store:
        used = _modules(cells, roles)
    made = {
        "network_id": [network] * len(who) if network else _networks(cells, roles),
        "participant_id": who,
        "at": moments.at,
        "activity": activity,
        "activity_id": used,
        "others": others,
        "at_written": moments.written,
        "source_row": cells.numbers,
    }
    for role in ("component", "origin"):
        if role in roles:
            made[role] = _without_addresses(cells.column(roles[role]))
    if "ip" in roles:
        notes.add("moodle_ip", None, roles["ip"])
    left = [header for header in cells.header if header not in roles.values()]
    left += [roles[role] for role in ("description", "other_data") if role in roles]
    if left:
        notes.add("log_columns_left", None, None, ", ".join(left))
    events = ordered(made, moments.order)
    found += notes.findings()
    return Log(study_of(events, found, name="moodle"), events, people.key(), tuple(found), zone)


def _filled(cells: Cells, roles: dict[str, str], notes: Notes) -> Cells:
    """Leave out rows of a log store that hold no event at all: no moment, no person and no event name."""
    wanted = [cells.header.index(roles[role]) for role in ("at", "person", "activity")]
    kept = []
    for number, row in cells.rows:
        if any(row[place].strip() for place in wanted):
            kept.append((number, row))
        else:
            notes.add("log_row_without_event", number)
    return Cells(cells.name, cells.header, kept)


def _people(
    cells: Cells, roles: dict[str, str], people: Pseudonyms, store: bool, notes: Notes
) -> tuple[list[str | None], list[str | None]]:
    names = [_whole(cell) if store else cell for cell in cells.column(roles["person"])]
    related = cells.column(roles.get("other")) or [""] * len(names)
    related = [_whole(cell) if store else cell for cell in related]
    if store:
        names, related = _behind(cells, roles, names, related, people, notes)
    names, related = ([" ".join(name.split()) for name in column] for column in (names, related))
    known = {name for name in (*names, *related) if name not in _NOBODY}
    if not store:
        pairs = [_as_another(name, known) for name in names]
        for row, (name, seen_as) in zip(cells.numbers, pairs, strict=True):
            if seen_as:
                notes.add("moodle_logged_as", row, "participant_id", people.of(name, fold=True))
        related = [f"{seen_as}" if seen_as else other for (_, seen_as), other in zip(pairs, related, strict=True)]
        names = [name for name, _ in pairs]
        if people.keep({name for name in (*names, *related) if name not in _NOBODY}):
            notes.add("log_pseudonyms_kept", None, "participant_id")
    names = _told_apart(names, cells.column(roles.get("description")), people, notes)
    who: list[str | None] = []
    others: list[str | None] = []
    for row, name, other in zip(cells.numbers, names, related, strict=True):
        one = None if name in _NOBODY else people.of(name, fold=not store)
        two = None if other in _NOBODY else people.of(other, fold=not store)
        if one is None:
            notes.add("log_no_person", row, "participant_id")
        who.append(one)
        others.append(joined([two]) if two != one else None)
    return who, others


def _behind(
    cells: Cells, roles: dict[str, str], names: list[str], related: list[str], people: Pseudonyms, notes: Notes
) -> tuple[list[str], list[str]]:
    """Return who acted where the log store says that somebody was logged in as another, and nobody where it was anonymous."""
    nothing = [""] * len(names)
    real, hidden = (cells.column(roles.get(role)) or nothing for role in ("real", "anonymous"))
    rows = zip(cells.numbers, names, related, map(_whole, real), map(_whole, hidden), strict=True)
    found = []
    for row, name, other, behind, anonymous in rows:
        if anonymous == "1":
            notes.add("moodle_anonymous", row, "participant_id")
            name, other = "", ""
        elif behind not in _NOBODY and behind != name:
            notes.add("moodle_logged_as", row, "participant_id", people.of(behind))
            name, other = behind, name
        found.append((name, other))
    return [name for name, _ in found], [other for _, other in found]


def _as_another(name: str, known: set[str]) -> tuple[str, str | None]:
    """Return who acted, and as whom, where Moodle writes "Wil Maas as Fenna Bos"."""
    match = _AS_ANOTHER.fullmatch(name)
    return match.groups() if match and match.group(2) in known else (name, None)


def _told_apart(names: list[str], sentences: list[str] | None, people: Pseudonyms, notes: Notes) -> list[str]:
    """Return names with the number of the account where one name goes with two accounts."""
    if sentences is None:
        return names
    accounts = [match.group(1) if (match := _ID_IN_WORDS.search(words)) else "" for words in sentences]
    of_name: dict[str, set[str]] = defaultdict(set)
    for name, account in zip(names, accounts, strict=True):
        if account not in _NOBODY and name not in _NOBODY:
            of_name[name].add(account)
    double = {name for name, several in of_name.items() if len(several) > 1}
    told = [
        f"{name} (id {account})" if name in double and account not in _NOBODY else name
        for name, account in zip(names, accounts, strict=True)
    ]
    for name in sorted(double):
        codes = [people.of(f"{name} (id {account})") for account in sorted(of_name[name], key=int)]
        people.of(name)
        notes.add("moodle_one_name", None, "participant_id", ", ".join(map(str, codes)))
    return told


def _owners(texts: list[str] | None, people: Pseudonyms) -> None:
    """Give a pseudonym to everybody whose page is named (User: Fenna Bos), also when they did nothing themselves."""
    for text in dict.fromkeys(texts or ()):
        match = _OWN_PAGE.fullmatch(text)
        if match and match.group(1) not in people.names().values():
            people.of(match.group(1), fold=True)


def _without_people(
    texts: list[str] | None, people: Pseudonyms, notes: Notes, column: str | None
) -> list[str | None] | None:
    """Return the words of a column with pseudonyms where a person is named, and without addresses of computers."""
    if texts is None:
        return None
    names = people.names()
    single = dict.fromkeys(texts)
    changed = without_names(single, names)
    if changed:
        notes.add("log_names_replaced", None, column, len(changed))
    clean = {text: _ADDRESS.sub("(IP)", changed.get(text, text)) for text in single}
    return [clean[text] or None for text in texts]


def _without_addresses(texts: list[str]) -> list[str | None]:
    return [_ADDRESS.sub("(IP)", text) or None for text in texts]


def _networks(cells: Cells, roles: dict[str, str]) -> list[str | None] | None:
    courses = cells.column(roles.get("network"))
    return courses and [None if _whole(course) in _NOBODY else f"course {_whole(course)}" for course in courses]


def _modules(cells: Cells, roles: dict[str, str]) -> list[str | None] | None:
    """Return the module of each row of a log store: the part of Moodle and the number of the place in it."""
    numbers = cells.column(roles.get("module"))
    if numbers is None:
        return None
    parts = cells.column(roles.get("component")) or [event.split("\\")[1] if event.count("\\") > 1 else ""
                                                     for event in cells.column(roles["activity"])]  # fmt: skip
    return [
        f"{part} {_whole(number)}".strip() if _whole(number) not in _NOBODY else None
        for part, number in zip(parts, numbers, strict=True)
    ]


def _whole(cell: str) -> str:
    """Return a number without the .0 that a spreadsheet or pandas puts behind it."""
    return cell[:-2] if cell.endswith(".0") else cell
