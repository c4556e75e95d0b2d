"""Finding, reading and extending codebooks, the shipped ones and those of a user."""

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd

from valuecreation.codebook.checking import faults
from valuecreation.codebook.code import Code
from valuecreation.codebook.model import Codebook
from valuecreation.codebook.reading import read_yaml
from valuecreation.errors import InvalidCodebook, UnknownName
from valuecreation.words import check_language, in_language

_SHIPPED = ("vcf-2011", "vcf-2020", "biesta", "conditions", "network-functions")


def is_shipped(name: str) -> bool:
    """Return whether a codebook comes with the library."""
    return name in _SHIPPED


def list_codebooks(language: str = "en") -> pd.DataFrame:
    """Return the codebooks that come with the library.

    Returns
    -------
    pandas.DataFrame
        Columns name, version, kind, title, codes.
    """
    check_language(language)
    books = [load_codebook(name) for name in _SHIPPED]
    return pd.DataFrame(
        [
            (book.name, book.version, book.kind, in_language(book.title, language), ", ".join(book.codes))
            for book in books
        ],
        columns=["name", "version", "kind", "title", "codes"],
    )


def load_codebook(name: str | Path) -> Codebook:
    """Return a codebook that comes with the library, or one of your own from a file.

    Parameters
    ----------
    name : str or Path
        ``"vcf-2011"``, ``"vcf-2020"``, ``"biesta"``, ``"conditions"``, ``"network-functions"``, or the path of a YAML file
        in the same shape. A file with ``extends: vcf-2011`` adds its codes to that book.

    Returns
    -------
    Codebook

    Raises
    ------
    UnknownName
        When there is no such codebook and no such file.
    InvalidCodebook
        When the file cannot be used; the message has a line per fault.

    Examples
    --------
    >>> load_codebook("biesta").codes
    ('qualification', 'socialisation', 'subjectification')
    """
    if isinstance(name, str) and is_shipped(name):
        return _load_shipped(name)
    if not isinstance(name, (str, Path)):
        raise UnknownName.among("codebook", name, _SHIPPED)
    path = Path(name)
    looks_like_file = path.suffix.lower() in (".yaml", ".yml") or len(path.parts) > 1
    try:
        if not looks_like_file and not path.is_file():
            raise UnknownName.among("codebook", str(name), _SHIPPED)
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UnknownName(f"There is no codebook file {path.as_posix()}.") from error
    except UnicodeDecodeError as error:
        raise InvalidCodebook(f"{path.name}: the file is not UTF-8 text; save it as UTF-8.") from error
    except (OSError, ValueError) as error:
        what = (
            "is a folder; give the file in it"
            if os.path.isdir(path)
            else f"cannot be opened ({getattr(error, 'strerror', None) or error})"
        )
        raise UnknownName(f"{path.as_posix()[:80]} {what}.") from error
    return _build(text, path.name)


@cache
def _load_shipped(name: str) -> Codebook:
    return _build(files("valuecreation").joinpath(f"codebooks/{name}.yaml").read_text(encoding="utf-8"), f"{name}.yaml")


def _build(text: str, file_name: str) -> Codebook:
    book, lines, found = read_yaml(text, file_name)
    base = None
    if isinstance(book, dict) and book.get("extends"):
        if is_shipped(book["extends"]):
            base = load_codebook(book["extends"])
        else:
            found.append(
                f"line {lines[('extends',)]}: extends {book['extends']!r}, which is none of {', '.join(_SHIPPED)}."
            )
    known = {code.name for code in base.walk()} if base else set()
    found += faults(book, lines, known)
    if found:
        raise InvalidCodebook(f"{file_name} cannot be used:\n" + "\n".join(f"  {fault}" for fault in found))
    codes = tuple(_code(entry, None) for entry in book["codes"])
    made = Codebook(
        name=book["name"],
        version=book.get("version") or (base.version if base else "1"),
        kind=book.get("kind") or (base.kind if base else "other"),
        codes=codes,
        title=_by_language(book.get("title")) or (base.title if base else {}),
        description=_by_language(book.get("description")) or (base.description if base else {}),
        cautions=book.get("cautions") or (base.cautions if base else {}),
        sources=tuple(book.get("sources") or ()) + (base.sources if base else ()),
        licence=book.get("licence") or "",
        readings=book.get("readings") or (base.readings if base else {}),
        migrations=book.get("migrations") or {},
    )
    return _with_codes(base, made, codes) if base else made


def extend(base: Codebook | None, name: str, own: pd.DataFrame) -> Codebook:
    """Return a codebook with a study's own codes in it.

    Parameters
    ----------
    base : Codebook or None
        The shipped book, or None when the study defines the whole of it.
    name : str
        Name of the codebook.
    own : pandas.DataFrame
        Rows of the table ``codes``: code, parent, label_en, label_nl, definition_en, definition_nl.
    """
    own = own.dropna(subset=["code"])
    if own.empty and base is not None:
        return base
    codes = []
    for row in own.to_dict("records"):
        given = {key: value for key, value in row.items() if not pd.isna(value)}
        entry = {
            part: {language: given[f"{part}_{language}"] for language in ("en", "nl") if f"{part}_{language}" in given}
            for part in ("label", "definition")
        }
        code = given.get("code", "")
        codes.append(Code(code, entry, given.get("parent") or code.rpartition(".")[0] or None))
    empty = Codebook(name=name, version="1", kind="other", codes=())
    return _with_codes(base or empty, base or empty, codes)


def _with_codes(base: Codebook, made: Codebook, codes: tuple | list) -> Codebook:
    """Return `made` with the codes of `base` and further codes, each below its parent or at the end."""
    above = {code.name: code for code in [*base.walk(), *codes]}
    children: dict[str | None, list[Code]] = {}
    for code in above.values():
        parent = code.parent or (code.name.rpartition(".")[0] or None)
        children.setdefault(parent if parent in above else None, []).append(code)

    def grow(code: Code, parent: str | None) -> Code:
        return Code(
            code.name, code.entry, parent, tuple(grow(child, code.name) for child in children.get(code.name, []))
        )

    grown = [grow(code, None) for code in children.get(None, [])]
    reached = {code.name for top in grown for code in top.walk()}
    circular = [Code(code.name, code.entry) for code in above.values() if code.name not in reached]
    return replace(made, codes=(*grown, *circular))


def _code(entry: Mapping, parent: str | None) -> Code:
    name = entry["code"]
    return Code(name, entry, parent, tuple(_code(child, name) for child in entry.get("codes") or []))


def _by_language(text: object) -> Mapping:
    return {"en": text} if isinstance(text, str) else (text or {})
