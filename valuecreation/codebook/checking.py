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
    for key in ("title", "description"):
        if book.get(key) is not None and not _is_text(book[key]):
            yield at(key) + f"{key} must be one text, or one in each language."
    for key in ("readings", "migrations"):
        if book.get(key) is not None and not isinstance(book[key], dict):
            yield at(key) + f"{key} must have names below it, each with its own text."
    if (book.get("kind") or "other") not in KINDS:
        yield at("kind") + f"kind {book['kind']!r} is not one of {listed(KINDS)}."
    for key in ("sources", "cautions"):
        part = book.get(key)
        lists = list(part.values()) if isinstance(part, dict) else [part]
        if part is not None and not all(
            isinstance(one, list) and all(isinstance(item, str) for item in one) for one in lists
        ):
            yield at(key) + f"{key} must be a list of texts, each after a hyphen."
    if not isinstance(book.get("codes"), list) or not book["codes"]:
        yield at("codes") + "there are no codes; write codes: with a list of - code: entries below it."
        return
    found = [*_entries(book["codes"], ("codes",), None)]
    names = [str(entry.get("code")) for _, entry, _ in found if isinstance(entry, dict)]
    seen: set[str] = set()
    for path, entry, parent in found:
        if not isinstance(entry, dict) or not entry.get("code"):
            yield at(*path) + "an entry of codes must begin with code: and a name."
            continue
        name = str(entry["code"])
        if name in seen:
            yield at(*path) + f"code {name!r} is defined a second time; give each its own name."
        seen.add(name)
        for where, fault in [*_code_faults(entry, parent, known | set(names), known, book), *_language_faults(entry)]:
            yield at(*path, *where) + f"code {name!r}{fault}"


def _entries(codes: object, path: tuple, parent: str | None) -> Iterator[tuple[tuple, object, str | None]]:
    for place, entry in enumerate(codes if isinstance(codes, list) else []):
        yield (*path, place), entry, parent
        if isinstance(entry, dict) and entry.get("codes"):
            yield from _entries(entry["codes"], (*path, place, "codes"), entry.get("code"))


def _code_faults(entry: dict, parent: str | None, allowed: set, known: set, book: dict) -> Iterator[tuple[tuple, str]]:
    name = str(entry["code"])
    if not _NAME.fullmatch(name):
        yield (), " has other signs than letters, digits, hyphens and, between parent and child, a dot."
    if parent is not None and not name.startswith(f"{parent}."):
        yield (), f" stands below {parent!r}, so its name must begin with {parent + '.'!r}."
    if parent is None and "." in name and name.rpartition(".")[0] not in known:
        yield (), f" belongs below {name.rpartition('.')[0]!r}, which is not there."
    for key in entry.keys() - CODE_KEYS:
        yield (key,), f": {key} is not part of a code; parts are {listed(sorted(CODE_KEYS), most=20)}."
    for place, boundary in enumerate(_list_of(entry, "boundaries")):
        if (
            not isinstance(boundary, dict)
            or not isinstance(boundary.get("with"), str)
            or not _is_text(boundary.get("test"))
        ):
            yield (
                ("boundaries", place),
                ": a boundary needs with: (one code) and test: (one text, or one in each language).",
            )
            continue
        other = boundary["with"]
        if other not in allowed:
            yield ("boundaries", place), f": a boundary test names {other!r}, which is no code of this book."
    for place, example in enumerate(_list_of(entry, "examples")):
        shaped = isinstance(example, dict) and isinstance(example.get("answers") or [], list)
        if not shaped or not (_is_text(example.get("text")) and _is_text(example.get("why", ""))):
            yield ("examples", place), ": an example needs text: and answers: with a list below it; why: is one text."
            continue
        for answer in example.get("answers") or []:
            for fault in _answer_faults(answer, allowed, book):
                yield ("examples", place), fault


def _answer_faults(answer: object, allowed: set, book: dict) -> Iterator[str]:
    if not isinstance(answer, dict) or not all(isinstance(value, str) for value in answer.values()):
        yield ": an answer of an example needs codebook: and code:, each one word."
        return
    if answer.get("codebook") == book.get("name") and answer.get("code") not in allowed | {"none"}:
        yield f": an example answers {answer.get('code')!r}, which is no code of this book."
    for part in ("status", "polarity"):
        if answer.get(part) is not None and answer[part] not in vocabulary(part):
            yield f": an example has {part} {answer[part]!r}; it can be {listed(vocabulary(part))}."


def _language_faults(entry: dict) -> Iterator[tuple[tuple, str]]:
    if not entry.get("label"):
        yield (), " has no label."
    for key in (*TEXTS, *LISTS):
        part = entry.get(key)
        for language in part.keys() - set(LANGUAGES) if isinstance(part, dict) else ():
            yield (key,), f": {key} has the language {language!r}; it can be {listed(LANGUAGES)}."
        texts = list(part.values()) if isinstance(part, dict) else [part]
        if key in TEXTS and part is not None and not _is_text(part):
            yield (key,), f": {key} must be one text, or one in each language."
        if key in LISTS and part is not None:
            if not all(isinstance(one, list) and all(isinstance(item, str) for item in one) for one in texts):
                yield (key,), f": {key} must be a list, each item a text on a line of its own after a hyphen."
            elif len({len(one) for one in texts}) > 1:
                yield (key,), f": {key} has not as many items in Dutch as in English."
    for key in ("label_by_reading", "by_reading"):
        part = entry.get(key)
        if part is not None and not (isinstance(part, dict) and all(_is_text(one) for one in part.values())):
            yield (key,), f": {key} must have a text below each reading."
    for key in ("boundaries", "examples", "codes"):
        if entry.get(key) is not None and not isinstance(entry[key], list):
            yield (key,), f": {key} must be a list, each entry after a hyphen."


def _is_text(part: object) -> bool:
    return isinstance(part, str) or (isinstance(part, dict) and all(isinstance(text, str) for text in part.values()))


def _list_of(entry: dict, key: str) -> list:
    return entry[key] if isinstance(entry.get(key), list) else []
