"""A study as a folder: a CSV file a table, long texts in files of their own, and datapackage.json that describes it all."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pandas as pd

from valuecreation.errors import UnreadableStudy, UnwritableStudy
from valuecreation.findings import Finding
from valuecreation.io.decoding import decode
from valuecreation.io.delimited import read_table, write_table
from valuecreation.io.grid import apply_day_first
from valuecreation.io.package import describe_package, read_package
from valuecreation.study import Study, schema
from valuecreation.study.checks.rows import did_you_mean, row_of

_TEXT_KINDS = (".txt", ".md")
_COMPANIONS = {"datapackage.json", "readme.md", "readme.txt", "license", "license.txt", "license.md"}


def read_folder(folder: Path, day_first: bool | None = None) -> Study:
    """Return the study in a folder."""
    files = {path.name.casefold(): path for path in sorted(folder.iterdir()) if path.is_file()}
    present = {name: files[f"{name}.csv"] for name in schema.tables() if f"{name}.csv" in files}
    if not present:
        seen = [path.name for path in sorted(folder.iterdir())][:8]
        raise UnreadableStudy(
            f"The folder {folder.name} holds no table of a study. A study has files such as documents.csv, segments.csv and "
            f"codings.csv; this folder has {', '.join(seen) or 'nothing in it'}. vc.new_study lays out an empty one."
        )
    about, found = read_package(folder)
    frames = {}
    for name, path in present.items():
        frame, noticed = read_table(_bytes(path), path.name, name)
        found += noticed
        if frame is not None:
            frame, noticed = apply_day_first(frame, name, day_first)
            found += noticed
            frames[name] = frame
    if "documents" in frames:
        frames["documents"], noticed = _with_texts(frames["documents"], folder)
        found += noticed
    found += _strangers(files, present)
    return Study(frames, name=str(about.pop("name", folder.name)), about=about, read_findings=found)


def write_folder(study: Study, folder: Path) -> None:
    """Write a study as a folder, whole or not at all: the files are made elsewhere and put in place at the end."""
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as scratch:
        made = Path(scratch) / folder.name
        made.mkdir()
        for name, frame in study.tables.items():
            if name == "documents":
                frame = _without_filed_texts(frame, made)
            _write(made / f"{name}.csv", write_table(frame), name)
        _write(made / "datapackage.json", describe_package(study), "datapackage.json")
        if not folder.exists():
            made.rename(folder)
            return
        for old in [*(folder / f"{name}.csv" for name in schema.tables()), *_filed(folder)]:
            old.unlink(missing_ok=True)
        shutil.copytree(made, folder, dirs_exist_ok=True)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableStudy(f"{path.name} cannot be opened ({error.strerror}). Close it in Excel and try again.") from error


def _write(path: Path, text: str, table: str) -> None:
    try:
        path.write_bytes(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise UnwritableStudy(
            f"The table {table} holds a sign that is half of a pair ({error.object[error.start]!r}), which no file can hold. "
            "Take it out of the text."
        ) from error


def _with_texts(documents: pd.DataFrame, folder: Path) -> tuple[pd.DataFrame, list[Finding]]:
    if "file" not in documents:
        return documents, []
    found: list[Finding] = []
    inline = documents["text"] if "text" in documents else pd.Series("", index=documents.index, dtype="str")
    texts = list(inline)
    for place, name in enumerate(documents["file"]):
        if not name:
            continue
        text, noticed = _text_of(name, folder, place)
        found += noticed
        if text is None:
            continue
        if texts[place] and texts[place] != text:
            found.append(Finding("text_twice", "documents", row_of(place), "file", name))
        texts[place] = texts[place] or text
    return documents.assign(text=pd.Series(texts, index=documents.index, dtype="str")), found


def _text_of(name: str, folder: Path, place: int) -> tuple[str | None, list[Finding]]:
    where = ("documents", row_of(place), "file", name)
    path = (folder / name.strip().replace("\\", "/")).resolve()
    if not path.is_relative_to(folder.resolve()):
        return None, [Finding("text_file_outside", *where)]
    if path.suffix.lower() not in _TEXT_KINDS:
        return None, [Finding("text_file_kind", *where)]
    if not path.is_file():
        return None, [Finding("text_file_missing", *where)]
    return decode(_bytes(path), name, "documents")


def _without_filed_texts(documents: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Write the texts that have a file of their own, and return the table without them."""
    if "file" not in documents or "text" not in documents:
        return documents
    written: dict[str, str] = {}
    inline = documents["text"].copy()
    for place, (name, text) in enumerate(zip(documents["file"], documents["text"], strict=True)):
        if not isinstance(name, str) or not isinstance(text, str):
            continue
        key = PurePosixPath(name).as_posix().casefold()
        if not _is_safe(name):
            raise UnwritableStudy(
                f"documents, row {row_of(place)}, column file: {name!r} cannot be a text file of the study. "
                "Name it like texts/d001.txt, or leave the cell empty to keep the text in the table."
            )
        if written.setdefault(key, text) != text:
            raise UnwritableStudy(
                f"documents, row {row_of(place)}, column file: {name!r} is the file of two documents with different texts. "
                "Give each a file of its own."
            )
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, text, "documents")
        inline[place] = None
    return documents.assign(text=inline)


def _is_safe(name: str) -> bool:
    parts = PurePosixPath(name).parts
    plain = all(part not in ("..", ".") and not set(part) & set('<>:"|?*\\\0') and part == part.strip(" .") for part in parts)
    return bool(parts) and plain and not name.startswith("/") and PurePosixPath(name).suffix.lower() in _TEXT_KINDS and name.isprintable()


def _filed(folder: Path) -> Iterator[Path]:
    """Yield the text files that the study in a folder refers to now, so that a rewritten study leaves no withdrawn text."""
    table = folder / "documents.csv"
    if table.is_file():
        documents, _ = read_table(table.read_bytes(), table.name, "documents")
        for name in documents["file"] if documents is not None and "file" in documents else ():
            if name and _is_safe(name):
                yield folder / name


def _strangers(files: dict[str, Path], present: dict[str, Path]) -> Iterator[Finding]:
    read = {path.name for path in present.values()}
    for path in files.values():
        if path.name in read or path.name.casefold() in _COMPANIONS or path.name.startswith((".", "~$")):
            continue
        if path.suffix.lower() in (".csv", ".tsv", ".xlsx", ".xls", ".ods"):
            near = did_you_mean(path.stem, schema.tables())
            hint = {
                "en": near["en"].replace(" Did you mean ", ", perhaps ").rstrip("?"),
                "nl": near["nl"].replace(" Bedoel je ", ", misschien ").rstrip("?"),
            }
            yield Finding("unknown_file", value=path.name, details={"hint": hint})
