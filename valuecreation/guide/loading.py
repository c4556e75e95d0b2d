"""Finding and reading guides, the shipped ones and those of a user."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd

from valuecreation.codebook.reading import read_yaml
from valuecreation.errors import InvalidCodebook, InvalidGuide, UnknownName
from valuecreation.guide.checking import faults
from valuecreation.guide.model import Change, Criterion, Guide
from valuecreation.words import check_language, in_language

_SHIPPED = (
    "nipll-10-steps",
    "nipll-factors",
    "ivo-6-insights",
    "embedding",
    "best-practice-unit",
    "nl-kwaliteitskader-vpz-2017",
)


def list_guides(language: str = "en") -> pd.DataFrame:
    """Return the guides that come with the library.

    Returns
    -------
    pandas.DataFrame
        Columns name, version, title, valid_from, valid_until (empty where open), criteria (the first level of their ids).

    Examples
    --------
    >>> list_guides()["name"].tolist()[:2]
    ['nipll-10-steps', 'nipll-factors']
    """
    check_language(language)
    rows = [
        (
            one.name, one.version, in_language(one.title, language), str(one.valid_from or ""),
            str(one.valid_until or ""), ", ".join(criterion.name for criterion in one.criteria),
        )
        for one in map(load_guide, _SHIPPED)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["name", "version", "title", "valid_from", "valid_until", "criteria"])


def load_guide(name: str | Path) -> Guide:
    """Return a guide that comes with the library, or one of your own from a file.

    Parameters
    ----------
    name : str or Path
        ``"nipll-10-steps"`` or another of `list_guides`, or the path of a YAML file in the same shape.

    Returns
    -------
    Guide

    Raises
    ------
    UnknownName
        When there is no such guide and no such file.
    InvalidGuide
        When the file cannot be used; the message has a line per fault.

    Examples
    --------
    >>> load_guide("nl-kwaliteitskader-vpz-2017").valid_until.isoformat()
    '2024-06-30'
    """
    if isinstance(name, str) and name in _SHIPPED:
        return _load_shipped(name)
    if not isinstance(name, (str, Path)):
        raise UnknownName.among("guide", name, _SHIPPED)
    path = Path(name)
    if path.suffix.lower() not in (".yaml", ".yml") and len(path.parts) < 2:
        raise UnknownName.among("guide", str(name), _SHIPPED)
    try:
        return _build(path.read_text(encoding="utf-8-sig"), path.name)
    except FileNotFoundError as error:
        raise UnknownName(f"There is no file {path.as_posix()} with a guide.") from error
    except UnicodeDecodeError as error:
        raise InvalidGuide(f"{path.name}: the file is not UTF-8 text; save it as UTF-8.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnknownName(f"{path.as_posix()[:80]} cannot be opened ({reason}); give the path of a file.") from error


@cache
def _load_shipped(name: str) -> Guide:
    return _build(files("valuecreation").joinpath(f"guides/{name}.yaml").read_text(encoding="utf-8"), f"{name}.yaml")


def _build(text: str, file_name: str) -> Guide:
    try:
        data, lines, found = read_yaml(text, file_name)
    except InvalidCodebook as error:
        raise InvalidGuide(str(error).replace("a codebook", "a guide")) from error
    found = [*found, *faults(data, lines)]
    if found:
        raise InvalidGuide(f"{file_name} cannot be used:\n" + "\n".join(f"  {fault}" for fault in found))
    valid = data.get("valid") or {}
    return Guide(
        name=data["name"],
        version=data.get("version") or "1",
        title=data["title"],
        criteria=tuple(_criterion(entry, "") for entry in data["criteria"]),
        sources=tuple(data["sources"]),
        edited_by=data["edited_by"],
        changes=tuple(Change(one["on"], one["by"], one["what"]) for one in data["changes"]),
        description=data.get("description") or {},
        succeeded_by=data.get("succeeded_by") or {},
        valid_from=_day(valid.get("from")),
        valid_until=_day(valid.get("until")),
        cautions={language: tuple(texts) for language, texts in (data.get("cautions") or {}).items()},
        phases=data.get("phases") or {},
    )


def _criterion(entry: Mapping, phase: str) -> Criterion:
    phase = entry.get("phase") or phase
    return Criterion(
        name=entry["criterion"],
        text=entry["text"],
        shows=entry.get("shows") or {},
        note=entry.get("note") or {},
        check=entry.get("check") or "",
        thresholds={name: int(value) for name, value in (entry.get("thresholds") or {}).items()},
        words={name: tuple(value) for name, value in (entry.get("words") or {}).items()},
        attribute=entry.get("attribute") or "",
        about=entry.get("about") or "network",
        answers=tuple(entry.get("answers") or ()),
        phase=phase,
        since=entry.get("since") or "",
        criteria=tuple(_criterion(one, phase) for one in entry.get("criteria") or ()),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
