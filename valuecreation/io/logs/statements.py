"""xAPI statements out of files: an array, one statement, a StatementResult or a line each; voided ones set apart."""

import glob
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from valuecreation.errors import UnreadableStudy
from valuecreation.findings import Finding
from valuecreation.io.decoding import decode
from valuecreation.io.logs.cells import read_bytes
from valuecreation.io.logs.notes import Notes
from valuecreation.io.places import as_path

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
_FILE = "a file of xAPI statements, .json, .jsonl or either with .gz"


@dataclass(frozen=True)
class Statement:
    """A statement as it stands, the file it stands in, and its number there, counted from 1."""

    file: str
    number: int
    said: dict


def read_statements(paths: object, notes: Notes) -> tuple[list[Statement], list[Finding]]:
    """Return all statements of all files in the order of the files, and what was noticed of the files themselves."""
    found: list[Finding] = []
    statements: list[Statement] = []
    for path in files_of(paths):
        path, content = read_bytes(path, _FILE)
        text, said = decode(content, path.name, notes.table)
        found += said
        notes.file = path.name
        halves = "\\ud" in text.casefold()
        for number, one in enumerate(_elements(text, path.name, notes), start=1):
            if halves and (whole := _whole_signs(one)) != one:
                notes.add("xapi_odd_sign", number)
                one = whole
            if isinstance(one, dict):
                statements.append(Statement(path.name, number, one))
            else:
                notes.add("xapi_no_statement", number, None, type(one).__name__)
    if not statements:
        raise UnreadableStudy(f"There is no xAPI statement in {notes.file}. Give {_FILE}.")
    return statements, found


def files_of(paths: object) -> list[Path]:
    """Return the files that a path, a pattern with * or a list of these means, each once."""
    given = [paths] if isinstance(paths, (str, Path)) else paths
    if not isinstance(given, Iterable):
        raise UnreadableStudy(f"Give the path of {_FILE}; this is {type(paths).__name__}.")
    found: list[Path] = []
    for one in given:
        path = as_path(one, UnreadableStudy, f"the path of {_FILE}")
        if not path.exists() and glob.has_magic(str(path)):
            matches = sorted(map(Path, glob.glob(str(path), recursive=True)))
            if not matches:
                raise UnreadableStudy(f"No file fits the pattern {path.as_posix()}. Look at the folder and the ending.")
            found += matches
        else:
            found.append(path)
    if not found:
        raise UnreadableStudy(f"The list of files is empty. Give the path of {_FILE}.")
    return list(dict.fromkeys(found))


def without_voided(statements: list[Statement], notes: Notes) -> list[Statement]:
    """Return the statements that stand: not voided, and not the voiding ones themselves; copies of one id once."""
    voiding = [one for one in statements if is_voiding(one.said)]
    targets = {_id(one.said.get("object")): one for one in voiding}
    known = {_id(one.said) for one in statements if not is_voiding(one.said)} - {None}
    for target, one in targets.items():
        if target not in known:
            notes.file = one.file
            notes.add("xapi_voids_nothing", one.number, "object", target)
    standing: list[Statement] = []
    seen: dict[str, Statement] = {}
    for one in statements:
        notes.file = one.file
        own = _id(one.said)
        if is_voiding(one.said):
            continue
        if own is not None and own in targets:
            notes.add("xapi_voided", one.number, "id", own, by=targets[own].number)
            continue
        if own is not None and own in seen:
            if _same(one.said, seen[own].said):
                notes.add("xapi_copy", one.number, "id", own, first=seen[own].number, other=seen[own].file)
                continue
            notes.add("xapi_id_twice", one.number, "id", own, first=seen[own].number, other=seen[own].file)
        if own is not None:
            seen.setdefault(own, one)
        standing.append(one)
    return standing


def is_voiding(said: dict) -> bool:
    """Return whether a statement says that another no longer counts."""
    verb = said.get("verb")
    return isinstance(verb, dict) and verb.get("id") == VOIDED


def _elements(text: str, name: str, notes: Notes) -> Iterator[object]:
    try:
        whole = json.loads(text, parse_constant=str)
    except (ValueError, RecursionError) as error:
        lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
        if not _is_lines(lines):
            raise UnreadableStudy(_fault(name, error)) from error
        for number, line in lines:
            try:
                yield json.loads(line, parse_constant=str)
            except (ValueError, RecursionError):
                notes.add("xapi_broken_line", number)
        return
    if isinstance(whole, dict) and isinstance(whole.get("statements"), list):
        if whole.get("more"):
            notes.add("xapi_more", None, "more")
        yield from whole["statements"]
    elif isinstance(whole, list):
        yield from whole
    else:
        yield whole


def _is_lines(lines: list[tuple[int, str]]) -> bool:
    """Return whether these lines are a statement each: one of the first three is JSON by itself."""
    for _, line in lines[:3]:
        try:
            if isinstance(json.loads(line), dict):
                return True
        except (ValueError, RecursionError):
            continue
    return False


def _fault(name: str, error: Exception) -> str:
    place = (
        f", line {error.lineno}, column {error.colno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else ""
    )
    return (
        f"{name}{place or ': it is nested too deep'}. It is no JSON that can be read, nor a statement on each line; "
        "export it again from the learning record store."
    )


def _id(thing: object) -> str | None:
    own = thing.get("id") if isinstance(thing, dict) else None
    return own.casefold() if isinstance(own, str) and own else None


def _same(one: dict, other: dict) -> bool:
    """Return whether two statements say the same, whatever the store added to them."""
    added = {"stored", "authority", "version"}
    return {k: v for k, v in one.items() if k not in added} == {k: v for k, v in other.items() if k not in added}


def _whole_signs(thing: object) -> object:
    """Return JSON in which half a sign (a surrogate that stands alone) is a replacement sign."""
    if isinstance(thing, str):
        return thing.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(thing, list):
        return [_whole_signs(one) for one in thing]
    if isinstance(thing, dict):
        return {_whole_signs(name): _whole_signs(value) for name, value in thing.items()}
    return thing
