"""Finding and reading questionnaires, the shipped ones and those of a user."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import pandas as pd

from valuecreation.codebook.reading import read_yaml
from valuecreation.errors import InvalidCodebook, InvalidInstrument, UnknownName
from valuecreation.instruments.checking import faults
from valuecreation.instruments.model import YES_NO, Instrument, Item, Point, Scale
from valuecreation.words import check_language, in_language

_SHIPPED = ("wsd-2018",)


def list_instruments(language: str = "en") -> pd.DataFrame:
    """Return the questionnaires that come with the library.

    Returns
    -------
    pandas.DataFrame
        Columns name, version, title, items.

    Examples
    --------
    >>> list_instruments()["name"].tolist()
    ['wsd-2018']
    """
    check_language(language)
    found = [instrument(name) for name in _SHIPPED]
    rows = [(one.name, one.version, in_language(dict(one.title), language), len(one.items)) for one in found]
    return pd.DataFrame(rows, columns=["name", "version", "title", "items"])


def instrument(name: str | Path = "wsd-2018") -> Instrument:
    """Return a questionnaire that comes with the library, or one of your own from a file.

    Parameters
    ----------
    name : str or Path
        ``"wsd-2018"``, or the path of a YAML file in the same shape.

    Returns
    -------
    Instrument

    Raises
    ------
    UnknownName
        When there is no such questionnaire and no such file.
    InvalidInstrument
        When the file cannot be used; the message has a line per fault.

    Examples
    --------
    >>> instrument("wsd-2018")
    <Instrument wsd-2018, version 1: 24 items>
    """
    if isinstance(name, str) and name in _SHIPPED:
        text = files("valuecreation").joinpath(f"instruments/{name}.yaml").read_text(encoding="utf-8")
        return _build(text, f"{name}.yaml")
    if not isinstance(name, (str, Path)):
        raise UnknownName.among("instrument", name, _SHIPPED)
    path = Path(name)
    if path.suffix.lower() not in (".yaml", ".yml") and len(path.parts) < 2:
        raise UnknownName.among("instrument", str(name), _SHIPPED)
    try:
        return _build(path.read_text(encoding="utf-8-sig"), path.name)
    except FileNotFoundError as error:
        raise UnknownName(f"There is no file {path.as_posix()} with a questionnaire.") from error
    except UnicodeDecodeError as error:
        raise InvalidInstrument(f"{path.name}: the file is not UTF-8 text; save it as UTF-8.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnknownName(f"{path.as_posix()[:80]} cannot be opened ({reason}); give the path of a file.") from error


def _build(text: str, name: str) -> Instrument:
    try:
        data, lines, found = read_yaml(text, name)
    except InvalidCodebook as error:
        raise InvalidInstrument(str(error)) from error
    found = [*found, *faults(data, lines)]
    if found:
        raise InvalidInstrument(f"{name} cannot be used:\n" + "\n".join(f"  {fault}" for fault in found))
    scales = {key: _scale(key, scale) for key, scale in (data.get("scales") or {}).items()}
    cautions = data.get("cautions") or {}
    return Instrument(
        name=data["name"],
        version=data.get("version") or "1",
        items=tuple(_item(entry, scales) for entry in data["items"]),
        title=_texts(data.get("title")),
        description=_texts(data.get("description")),
        cautions=cautions if isinstance(cautions, dict) else {"en": cautions},
        sources=tuple(data.get("sources") or ()),
    )


def _item(entry: Mapping, scales: Mapping[str, Scale]) -> Item:
    scale = scales.get(entry.get("scale")) if entry["kind"] in ("scale", "matrix") else None
    points: tuple[Point, ...] = scale.points if scale else ()
    if entry["kind"] == "yes_no":
        points = tuple(Point(int(code), key, YES_NO[key]) for key, code in entry["codes"].items())
    elif entry["kind"] in ("choice", "several"):
        points = tuple(_point(one, one["key"]) for one in entry["options"])
    return Item(
        number=int(entry["number"]),
        name=entry["name"],
        kind=entry["kind"],
        question=_texts(entry["question"]),
        prompt=_texts(entry.get("prompt")),
        points=points,
        text_with=entry.get("text_with") or "",
        scale=scale,
        rows=int(entry.get("rows") or 0),
        identifies=entry.get("identifies") or "",
    )


def _scale(name: str, scale: Mapping) -> Scale:
    points = tuple(_point(one, one["code"]) for one in scale["points"])
    ordered = tuple(sorted(points, key=lambda point: point.code))
    return Scale(name, ordered, scale.get("printed") == "high_to_low")


def _point(one: Mapping, key: str) -> Point:
    return Point(int(one["code"]), key, _texts(one["label"]), tuple(one.get("also") or ()))


def _texts(part: object) -> Mapping[str, str]:
    return {"en": part, "nl": part} if isinstance(part, str) else (part or {})
