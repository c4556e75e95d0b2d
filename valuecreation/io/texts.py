"""Texts in files of their own: which file a document means, and nothing outside the folder of its study."""

import re
from pathlib import Path, PurePosixPath

import pandas as pd

from valuecreation.errors import UnreadableStudy, UnwritableStudy
from valuecreation.findings import Finding
from valuecreation.io.decoding import decode
from valuecreation.io.grid import Grid
from valuecreation.study.checks.rows import row_of

_KINDS = (".txt", ".md")
_ELSEWHERE = re.compile(r"^([A-Za-z]:|/|~|[A-Za-z][A-Za-z+]+://)")
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")


def tidy(name: str) -> str:
    r"""Return the name of a text file in the one form that a study keeps.

    >>> tidy(" texts\\d1.txt")
    'texts/d1.txt'
    """
    return PurePosixPath(name.strip().replace("\\", "/")).as_posix()


def inside(name: str, folder: Path) -> Path | None:
    """Return the file that a name means, or None when it lies outside the folder or cannot be."""
    if _ELSEWHERE.match(name) or "\0" in name:
        return None
    try:
        path = (folder / name).resolve()
        return path if path.is_relative_to(folder.resolve()) else None
    except (OSError, RuntimeError, ValueError):
        return None


def is_text_of_study(name: str, folder: Path) -> bool:
    """Return whether a name is that of a text file in the folder itself, and no link to another."""
    path = inside(name, folder)
    return path is not None and path.suffix.lower() in _KINDS and path.is_file() and path == folder.resolve() / name


def read_texts(grid: Grid, folder: Path) -> None:
    """Fill in the texts of the documents that name a file."""
    if "file" not in grid.frame:
        return
    frame = grid.frame
    texts = list(frame["text"]) if "text" in frame else [""] * len(frame)
    files = list(frame["file"])
    for place, (given, row) in enumerate(zip(frame["file"], grid.rows, strict=True)):
        if not given:
            continue
        where = ("documents", row, "file", given)
        name = files[place] = tidy(given)
        if name != given:
            grid.findings.append(Finding("text_file_renamed", *where, {"kept": name}))
        text, noticed = _text_of(name, folder, where)
        grid.findings += noticed
        if text is not None and texts[place] and texts[place] != text:
            grid.findings.append(Finding("text_twice", *where))
        texts[place] = texts[place] or text or ""
    grid.frame = frame.assign(file=pd.Series(files, dtype="str"))
    if "text" in frame or any(texts):
        grid.frame = grid.frame.assign(text=pd.Series(texts, dtype="str"))


def take_out_texts(documents: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the documents without the texts that have a file of their own, and those texts by the name of the file.

    Raises
    ------
    UnwritableStudy
        When a name cannot be that of a text file in a study, or two documents name one file.
    """
    if "file" not in documents:
        return documents, {}
    texts: dict[str, str] = {}
    owners: dict[str, str | None] = {}
    inline = documents["text"].copy()
    for place, (name, text) in enumerate(zip(documents["file"], documents["text"], strict=True)):
        if not isinstance(name, str):
            continue
        text = text if isinstance(text, str) else None
        if name != tidy(name) or (text is not None and not _is_safe(name)):
            raise UnwritableStudy(
                f"documents, row {row_of(place)}, column file: {name!r} cannot be a text file of the study. "
                "Name it like texts/d001.txt, or leave the cell empty to keep the text in the table."
            )
        key = tidy(name).casefold()
        if owners.setdefault(key, text) != text:
            raise UnwritableStudy(
                f"documents, row {row_of(place)}, column file: {name!r} is the file of two documents with different texts. "
                "Give each a file of its own."
            )
        if text is not None:
            texts[name] = text
            inline[place] = None
    return documents.assign(text=inline), texts


def _text_of(name: str, folder: Path, where: tuple) -> tuple[str | None, list[Finding]]:
    path = inside(name, folder)
    if path is None:
        return None, [Finding("text_file_outside", *where)]
    if path.suffix.lower() not in _KINDS:
        return None, [Finding("text_file_kind", *where)]
    try:
        if not path.is_file():
            return None, [Finding("text_file_missing", *where)]
        content = path.read_bytes()
    except (OSError, ValueError):
        return None, [Finding("text_file_missing", *where)]
    try:
        return decode(content, name, "documents")
    except UnreadableStudy as error:
        raise UnreadableStudy(f"documents, row {where[1]}, column file: {error}") from error


def _is_safe(name: str) -> bool:
    """Return whether a name can be that of a file in the study, on Windows too."""
    parts = PurePosixPath(name).parts
    return (
        name == tidy(name)
        and name.isprintable()
        and len(name) <= 200
        and not _ELSEWHERE.match(name)
        and PurePosixPath(name).suffix.lower() in _KINDS
        and all(
            part not in ("..", ".")
            and not set(part) & set('<>:"|?*\\')
            and part == part.strip(" .")
            and not _RESERVED.match(part)
            for part in parts
        )
    )
