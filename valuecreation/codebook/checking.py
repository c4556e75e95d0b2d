"""Checking a codebook file: every fault with its line, so that a person can repair them all in one go."""

import re
from collections.abc import Iterator

from valuecreation.codebook.code import LISTS, TEXTS
from valuecreation.codebook.model import KINDS
from valuecreation.errors import listed
from valuecreation.words import LANGUAGES, vocabulary

BOOK_KEYS = {
    "name", "version", "kind", "title", "description", "cautions", "sources", "licence", "readings", "migrations",
    "extends", "codes",
}  # fmt: skip
CODE_KEYS = {
    "code", *TEXTS, *LISTS, "boundaries", "examples", "source", "codes", "by_reading", "label_by_reading",
}  # fmt: skip
_NAME = re.compile(r"[\w-]+(\.[\w-]+)*")
_BOOK_NAME = re.compile(r"[\w.-]+")


def faults(book: object, lines: dict[tuple, int], known: set[str]) -> Iterator[str]:
    """Yield what is wrong with the data of a codebook file, a line each.

    Parameters
    ----------
    book : object
        What `read_yaml` made of the file.
    lines : dict
        The line of each path.
    known : set of str
        Codes that the file may name although it does not define them (those of the book it extends).
    """

    def at(*path: object) -> str:
        return f"line {next((lines[path[:cut]] for cut in range(len(path), -1, -1) if path[:cut] in lines), 1)}: "

    if not isinstance(book, dict):
        yield at() + "a codebook begins with name:, title: and codes:."
        return
    for key in book.keys() - BOOK_KEYS:
        yield at(key) + f"{key} is not part of a codebook; parts are {listed(sorted(BOOK_KEYS))}."
    if not _BOOK_NAME.fullmatch(str(book.get("name") or "")):
        yield at("name") + "name is missing, or has other signs than letters, digits, dots and hyphens."
    if (book.get("kind") or "other") not in KINDS:
        yield at("kind") + f"kind {book['kind']!r} is not one of {listed(KINDS)}."
    if not isinstance(book.get("codes"), list) or not book["codes"]:
        yield at("codes") + "there are no codes; write codes: with a list of - code: entries below it."
        return
    found = [*_entries(book["codes"], ("codes",), None)]
    names = [str(entry.get("code")) for _, entry, _ in found if isinstance(entry, dict)]
    allowed = known | set(names)
    for path, entry, parent in found:
        if not isinstance(entry, dict) or not entry.get("code"):
            yield at(*path) + "an entry of codes must begin with code: and a name."
            continue
        yield from (at(*path) + fault for fault in _code_faults(entry, parent, names, allowed, known, book))
        yield from (at(*path, key) + fault for key, fault in _language_faults(entry))


def _entries(codes: object, path: tuple, parent: str | None) -> Iterator[tuple[tuple, object, str | None]]:
    for place, entry in enumerate(codes if isinstance(codes, list) else []):
        yield (*path, place), entry, parent
        if isinstance(entry, dict) and entry.get("codes"):
            yield from _entries(entry["codes"], (*path, place, "codes"), entry.get("code"))


def _code_faults(entry: dict, parent: str | None, names: list, allowed: set, known: set, book: dict) -> Iterator[str]:
    name = str(entry["code"])
    if not _NAME.fullmatch(name):
        yield f"code {name!r} has other signs than letters, digits, hyphens and, between parent and child, a dot."
    if names.count(name) > 1:
        yield f"code {name!r} is defined {names.count(name)} times; give each its own name."
    if parent is not None and not name.startswith(f"{parent}."):
        yield f"code {name!r} stands below {parent!r}, so its name must begin with {parent + '.'!r}."
    if parent is None and "." in name and name.rpartition(".")[0] not in known:
        yield f"code {name!r} belongs below {name.rpartition('.')[0]!r}, which is not there."
    for key in entry.keys() - CODE_KEYS:
        yield f"code {name!r}: {key} is not part of a code; parts are {listed(sorted(CODE_KEYS), most=20)}."
    for boundary in entry.get("boundaries") or []:
        other = boundary.get("with") if isinstance(boundary, dict) else None
        if other not in allowed:
            yield f"code {name!r}: a boundary test names {other!r}, which is no code of this book."
    for example in entry.get("examples") or []:
        for answer in (example.get("answers") or []) if isinstance(example, dict) else []:
            if not isinstance(answer, dict):
                yield f"code {name!r}: an answer of an example needs codebook: and code:."
                continue
            if answer.get("codebook") == book.get("name") and answer.get("code") not in allowed | {"none"}:
                yield f"code {name!r}: an example answers {answer.get('code')!r}, which is no code of this book."
            for part in ("status", "polarity"):
                if answer.get(part) is not None and answer[part] not in vocabulary(part):
                    yield f"code {name!r}: an example has {part} {answer[part]!r}; it can be {listed(vocabulary(part))}."


def _language_faults(entry: dict) -> Iterator[tuple[str, str]]:
    name = entry["code"]
    if not entry.get("label"):
        yield "label", f"code {name!r} has no label."
    for key in (*TEXTS, *LISTS):
        part = entry.get(key)
        if isinstance(part, dict):
            for language in part.keys() - set(LANGUAGES):
                yield key, f"code {name!r}: {key} has the language {language!r}; it can be {listed(LANGUAGES)}."
        if key in TEXTS and isinstance(part, list):
            yield key, f"code {name!r}: {key} must be one text, not a list."
        if key in LISTS and part is not None:
            lists = list(part.values()) if isinstance(part, dict) else [part]
            if not all(isinstance(one, list) for one in lists):
                yield key, f"code {name!r}: {key} must be a list, each item on a line of its own after a hyphen."
            elif len({len(one) for one in lists}) > 1:
                yield key, f"code {name!r}: {key} has not as many items in Dutch as in English."
