"""Checking the file of a guide: every fault with its line, so that a person can repair them all in one go."""

import re
from collections.abc import Iterator
from datetime import date

from valuecreation.errors import listed
from valuecreation.guide.model import CHECKS
from valuecreation.words import LANGUAGES

PARTS = {
    "name", "version", "title", "description", "sources", "valid", "succeeded_by", "edited_by", "changes", "cautions",
    "phases", "criteria", "licence",
}  # fmt: skip
CRITERION_PARTS = {
    "criterion", "text", "shows", "note", "check", "thresholds", "words", "attribute", "about", "answers", "phase",
    "since", "criteria",
}  # fmt: skip
THRESHOLDS = {
    "domains": {"least"}, "subgroup_size": {"advised", "most"}, "mixed_subgroups": {"least"},
    "partners": {"least"}, "clients": {"least"},
}  # fmt: skip
NEEDED_WORDS = {
    "joint_meetings": {"work_form"}, "shadowing": {"work_form"}, "questions_from_shadowing": {"work_form"},
    "plan_and_report": {"plan", "report"}, "exchange": {"board"}, "shadowing_both": {"board", "work_form"},
}  # fmt: skip
FURTHER_WORDS = {
    "role": {"role", "role_group"}, "shadowing": {"left_out"}, "subgroup_size": {"left_out"}, "own_goals": {"left_out"},
    "own_yield": {"left_out"}, "facts": {"kind"}, "domains": {"examples"}, "partners": {"kind"}, "clients": {"kind"},
    "exchange": {"kind"}, "shadowing_both": {"kind"},
}  # fmt: skip
ABOUT = ("network", "organisations")
_NAME = re.compile(r"[\w.-]+")
_SINCE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def faults(data: object, lines: dict[tuple, int]) -> Iterator[str]:
    """Yield what is wrong with the data of the file of a guide, a line each."""

    def at(*path: object) -> str:
        return f"line {next((lines[path[:cut]] for cut in range(len(path), -1, -1) if path[:cut] in lines), 1)}: "

    if not isinstance(data, dict):
        yield at() + "a guide begins with name:, title:, sources: and criteria:."
        return
    for key in sorted(data.keys() - PARTS):
        yield at(key) + f"{key} is not part of a guide; parts are {listed(sorted(PARTS))}."
    if not _NAME.fullmatch(str(data.get("name") or "")):
        yield at("name") + "name is missing, or has other signs than letters, digits, dots and hyphens."
    for key, needed in (("title", True), ("edited_by", True), ("description", False), ("succeeded_by", False)):
        if (needed or data.get(key) is not None) and not _both(data.get(key)):
            yield at(key) + f"{key} must be a text in each of {listed(LANGUAGES)}."
    if not _texts(data.get("sources")):
        yield at("sources") + "sources must be a list of at least one text, each after a hyphen."
    for where, fault in (*_valid_faults(data.get("valid")), *_change_faults(data.get("changes"))):
        yield at(*where) + fault
    cautions = data.get("cautions")
    if cautions is not None and not (isinstance(cautions, dict) and all(map(_texts, cautions.values()))):
        yield at("cautions") + "cautions must be a list of texts for each language."
    phases = data.get("phases") or {}
    if not isinstance(phases, dict) or not all(map(_both, phases.values())):
        yield at("phases") + f"phases must have names below it, each a text in each of {listed(LANGUAGES)}."
        phases = {}
    if not isinstance(data.get("criteria"), list) or not data["criteria"]:
        yield at("criteria") + "there are no criteria; write criteria: with a list of - criterion: entries below it."
        return
    for where, fault in _all_faults(data["criteria"], ("criteria",), "", phases, {}, lines):
        yield at(*where) + fault


def _all_faults(
    entries: list, path: tuple, above: str, phases: dict, seen: dict[str, int], lines: dict[tuple, int]
) -> Iterator[tuple[tuple, str]]:
    for place, entry in enumerate(entries):
        where = (*path, place)
        name = str(entry.get("criterion") or "") if isinstance(entry, dict) else ""
        if not _NAME.fullmatch(name):
            yield where, "a criterion must begin with criterion: and an id of letters, digits, dots and hyphens."
            continue
        if name in seen:
            yield where, f"criterion {name} is that of line {seen[name]} too; give each its own."
        seen[name] = lines.get(where, 1)
        if above and not name.startswith(f"{above}."):
            yield where, f"criterion {name} stands below {above}; its id must begin with {above} and a dot."
        for part, fault in _criterion_faults(entry, phases):
            yield (*where, part), f"criterion {name}: {fault}"
        below = entry.get("criteria")
        if below is not None and not isinstance(below, list):
            yield (*where, "criteria"), f"criterion {name}: criteria must be a list."
        elif below:
            yield from _all_faults(below, (*where, "criteria"), name, phases, seen, lines)


def _criterion_faults(entry: dict, phases: dict) -> Iterator[tuple[str, str]]:
    check = entry.get("check")
    for key in sorted(entry.keys() - CRITERION_PARTS):
        yield key, f"{key} is not part of a criterion; parts are {listed(sorted(CRITERION_PARTS))}."
    for key, needed in (("text", True), ("shows", not entry.get("criteria") or check is not None), ("note", False)):
        if (needed or entry.get(key) is not None) and not _both(entry.get(key)):
            yield key, f"{key} must be a text in each of {listed(LANGUAGES)}."
    if entry.get("phase") is not None and entry["phase"] not in phases:
        yield "phase", f"phase {entry['phase']!r} is not one of those under phases: {listed(phases)}."
    if entry.get("since") is not None and not _SINCE.fullmatch(str(entry["since"])):
        yield (
            "since",
            f"since must be a year, a month or a day (2020, 2020-03, 2020-03-31); this is {entry['since']!r}.",
        )
    if check is not None and check not in CHECKS:
        yield "check", f"check {check!r} is not known; it can be {listed(CHECKS)}, or be left out."
        return
    needed = THRESHOLDS.get(str(check), set())
    yield from _named(entry, "thresholds", needed, needed, _whole)
    needed = NEEDED_WORDS.get(str(check), set())
    yield from _named(entry, "words", needed | FURTHER_WORDS.get(str(check), set()), needed, _texts)
    if check == "role" and not entry.get("words"):
        yield "words", "the check role needs words: with role: or role_group: and a list below it."
    if check == "facts" and not isinstance(entry.get("attribute"), str):
        yield "attribute", "the check facts needs attribute: with the attribute of the facts that answer it."
    if check not in ("facts", "role") and entry.get("attribute") is not None:
        yield "attribute", "only the checks facts and role have an attribute."
    if entry.get("about") is not None and (check != "facts" or entry["about"] not in ABOUT):
        yield "about", f"about belongs to the check facts and can be {listed(ABOUT)}."
    if entry.get("answers") is not None and (check != "facts" or not _texts(entry["answers"])):
        yield "answers", "answers belongs to the check facts and must be a list of words."


def _named(entry: dict, part: str, known: set, needed: set, fits) -> Iterator[tuple[str, str]]:
    given = entry.get(part) or {}
    if not isinstance(given, dict):
        yield part, f"{part} must have names below it."
        return
    for name in sorted(given.keys() - known):
        yield part, f"{part}: {name} means nothing to the check {entry.get('check')}; it knows {listed(sorted(known))}."
    for name in sorted(needed - given.keys()):
        yield part, f"{part}: {name} is missing."
    for name, value in given.items():
        if name in known and not fits(value):
            kind = "a whole number above 0" if part == "thresholds" else "a list of words"
            yield part, f"{part}: {name} must be {kind}; this is {value!r}."


def _valid_faults(valid: object) -> Iterator[tuple[tuple, str]]:
    if valid is None:
        return
    if not isinstance(valid, dict) or valid.keys() - {"from", "until"}:
        yield ("valid",), "valid has from: and until:, each a day (2017-01-13) or empty."
        return
    days = {key: _day(value) for key, value in valid.items() if value is not None}
    for key in (key for key, day in days.items() if day is None):
        yield ("valid", key), f"{key} must be a day, year first (2017-01-13); this is {valid[key]!r}."
    if len(days) == 2 and None not in days.values() and days["from"] > days["until"]:
        yield ("valid",), "from is later than until."


def _change_faults(changes: object) -> Iterator[tuple[tuple, str]]:
    if not isinstance(changes, list) or not changes:
        yield ("changes",), "changes must be a list with at least how the guide came to be: - {on: …, by: …, what: …}."
        return
    for place, one in enumerate(changes):
        complete = isinstance(one, dict) and set(one) == {"on", "by", "what"}
        if not complete or _day(one["on"]) is None or not one["by"] or not _both(one["what"]):
            yield (
                ("changes", place),
                "a change has on: (a day), by: (who decided: a function or body) and what: in both languages.",
            )


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def _whole(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.isdigit() and int(value) > 0


def _texts(part: object) -> bool:
    return isinstance(part, list) and bool(part) and all(isinstance(one, str) and one for one in part)


def _both(part: object) -> bool:
    return (
        isinstance(part, dict) and set(part) == set(LANGUAGES) and all(isinstance(t, str) and t for t in part.values())
    )
