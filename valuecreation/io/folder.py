"""A study as a folder: a CSV file a table, long texts in files of their own, and datapackage.json that describes it all."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from valuecreation.errors import UnreadableStudy, UnwritableStudy, listed
from valuecreation.findings import Finding
from valuecreation.io.delimited import read_table, write_table
from valuecreation.io.grid import apply_day_first
from valuecreation.io.package import describe_package, read_package
from valuecreation.io.texts import is_text_of_study, read_texts, take_out_texts, tidy
from valuecreation.study import Study, schema
from valuecreation.study.checks.rows import did_you_mean

_COMPANIONS = {"datapackage.json", "columns.md", "readme.md", "readme.txt", "license", "license.txt", "license.md"}


def read_folder(folder: Path, day_first: bool | None = None) -> Study:
    """Return the study in a folder."""
    present = tables_in(folder)
    if not present:
        seen = [path.name for path in sorted(folder.iterdir())]
        raise UnreadableStudy(
            f"The folder {folder.name} holds no table of a study. A study has files such as documents.csv, segments.csv and "
            f"codings.csv; this folder has {listed(seen, most=8) if seen else 'nothing in it'}. "
            "vc.new_study lays out an empty one."
        )
    about, found = read_package(folder)
    frames = {}
    for name, path in present.items():
        grid, noticed = read_table(_bytes(path), path.name, name)
        found += noticed
        if grid is None:
            continue
        apply_day_first(grid, name, day_first)
        if name == "documents":
            read_texts(grid, folder)
        found += grid.findings
        frames[name] = grid.frame
    found += _strangers(folder, set(present.values()))
    return Study(frames, name=about.pop("name", folder.name), about=about, read_findings=found, place=folder)


def write_folder(study: Study, folder: Path) -> None:
    """Write a study as a folder, whole or not at all.

    Everything is made elsewhere first. A study that is there already is moved aside, and moved back when anything goes
    wrong; files that are not of that study stay where they are.
    """
    contents = _contents(study)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name[:40]}-") as scratch:
        made, aside = Path(scratch) / "made", Path(scratch) / "aside"
        for name, text in contents.items():
            target = made / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text)
        if not folder.exists():
            made.rename(folder)
            return
        old = set(_parts_of_study(folder))
        _check_room(folder, contents, old)
        _exchange(folder, made, aside, list(contents), old)


def tables_in(folder: Path) -> dict[str, Path]:
    """Return the files of a folder that are tables of a study, whatever their capitals.

    Raises
    ------
    UnreadableStudy
        When two files are the same table, or the folder cannot be opened.
    """
    try:
        files = [path for path in sorted(folder.iterdir()) if path.is_file()]
    except OSError as error:
        raise UnreadableStudy(f"The folder {folder.as_posix()} cannot be opened ({error.strerror}).") from error
    found: dict[str, Path] = {}
    for path in files:
        name = path.stem.casefold()
        if path.suffix.casefold() != ".csv" or name not in schema.tables():
            continue
        if name in found:
            raise UnreadableStudy(
                f"{found[name].name} and {path.name} are both the table {name}. Keep one of them in the folder."
            )
        found[name] = path
    return {name: found[name] for name in schema.tables() if name in found}


def _contents(study: Study) -> dict[str, bytes]:
    """Return the files of a study by their names."""
    contents, texts = {}, {}
    for name, frame in study.tables.items():
        if name == "documents":
            frame, texts = take_out_texts(frame)
        contents[f"{name}.csv"] = _encoded(write_table(frame), f"The table {name}")
    contents["datapackage.json"] = _encoded(describe_package(study), "The name, title or description of the study")
    for name, text in texts.items():
        if name.casefold() in contents:
            raise UnwritableStudy(
                f"A document wants its text in {name}, which is a file of the study itself. Choose another name."
            )
        contents[name] = _encoded(text, f"The text {name}")
    return contents


def _encoded(text: str, what: str) -> bytes:
    if "\0" in text:
        raise UnwritableStudy(f"{what} holds a zero sign (U+0000), which no text file can hold. Take it out.")
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnwritableStudy(
            f"{what} holds a sign that is half of a pair ({error.object[error.start]!r}), which no file can hold. Take it out."
        ) from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableStudy(
            f"{path.name} cannot be opened ({error.strerror}). Close it in Excel and try again."
        ) from error


def _parts_of_study(folder: Path) -> Iterator[Path]:
    """Yield the files of the study that is in a folder now, found as the reader finds them."""
    present = tables_in(folder)
    yield from present.values()
    package = folder / "datapackage.json"
    if package.is_file():
        yield package
    if "documents" in present:
        grid, _ = read_table(_bytes(present["documents"]), "documents.csv", "documents")
        if grid is None or "file" not in grid.frame:
            return
        inline = grid.frame["text"] if "text" in grid.frame else [""] * len(grid.frame)
        for name, text in zip(grid.frame["file"], inline, strict=True):
            # only a file that was read as the text of a document belongs to the study
            if name and not text and is_text_of_study(tidy(name), folder):
                yield folder / tidy(name)


def _check_room(folder: Path, contents: dict[str, bytes], old: set[Path]) -> None:
    root = folder.resolve()
    leaving = {path.resolve() for path in old}
    for name in contents:
        target = root / name
        blocking = [path for path in (target, *target.parents) if path != root and path.is_relative_to(root)]
        for path in blocking:
            in_the_way = path.exists() and path.resolve() not in leaving and (path == target or not path.is_dir())
            if in_the_way:
                raise UnwritableStudy(
                    f"{path.relative_to(root).as_posix()} in {folder.as_posix()} is not part of the study that is there, and "
                    "is in the way. Move it, or choose another place."
                )


def _exchange(folder: Path, made: Path, aside: Path, names: list[str], old: set[Path]) -> None:
    """Move the old study aside and the new one in; undo all of it when something fails."""
    moved: list[tuple[Path, Path]] = []
    try:
        for place, path in enumerate(sorted(old)):
            target = aside / str(place)
            target.parent.mkdir(exist_ok=True)
            path.rename(target)
            moved.append((target, path))
        for name in names:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (made / name).rename(target)
            moved.append((target, made / name))
    except BaseException:  # an interruption too must leave the old study where it was
        for now, before in reversed(moved):
            now.rename(before)
        raise


def _strangers(folder: Path, read: set[Path]) -> Iterator[Finding]:
    for path in sorted(folder.iterdir()):
        if (
            not path.is_file()
            or path in read
            or path.name.casefold() in _COMPANIONS
            or path.name.startswith((".", "~$"))
        ):
            continue
        if path.suffix.lower() in (".csv", ".tsv", ".xlsx", ".xls", ".ods"):
            yield Finding(
                "unknown_file", value=path.name, details={"hint": did_you_mean(path.stem, schema.tables(), ending=True)}
            )
