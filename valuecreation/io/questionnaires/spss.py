"""Files of SPSS with the answers to a questionnaire; the package that opens them is optional."""

import re
from collections.abc import Mapping
from pathlib import Path

from valuecreation.errors import MissingExtra, UnreadableStudy
from valuecreation.instruments import Instrument, Item, Responses, instrument
from valuecreation.io.places import as_path
from valuecreation.io.questionnaires.building import Builder
from valuecreation.io.questionnaires.wide import from_columns


def read_spss(
    path: str | Path, of: Instrument | str | Path = "wsd-2018", columns: Mapping[str, str] | None = None
) -> Responses:
    """Return the answers in a ``.sav`` file, with its own value labels followed where they differ from the questionnaire.

    Needs the optional package pyreadstat: ``pip install 'valuecreation[spss]'``. A row is numbered as if the names of the
    variables were row 1.

    Parameters
    ----------
    path : str or Path
    of : Instrument, str or Path
    columns : mapping, optional
        As for `read_qualtrics`: ``{"Q6": "V12"}``.

    Returns
    -------
    Responses

    Raises
    ------
    MissingExtra
        When pyreadstat is not installed.
    UnreadableStudy
        When the file cannot be read, or has no variable of this questionnaire.

    Examples
    --------
    >>> read_spss("answers.sav")  # doctest: +SKIP
    <Responses to wsd-2018: 15 questionnaires, 2 findings>
    """
    path = as_path(path, UnreadableStudy, "the path of a .sav file")
    if not path.is_file():
        raise UnreadableStudy(f"There is no file {path.as_posix()}.")
    try:
        import pyreadstat
    except ImportError as error:
        raise MissingExtra(
            f"Reading {path.name} needs pyreadstat, which is not installed. Install it with pip install 'valuecreation[spss]', "
            "or save the file from SPSS as CSV and use vc.read_qualtrics."
        ) from error
    try:
        frame, meta = pyreadstat.read_sav(str(path))
    except Exception as error:  # pyreadstat raises a class of its own that is not always importable
        raise UnreadableStudy(
            f"{path.name} cannot be read as a file of SPSS ({error}). Save it anew as .sav."
        ) from error
    one = of if isinstance(of, Instrument) else instrument(of)
    build = Builder(one, path.name)
    header = [str(name) for name in frame.columns]
    translated = [
        _codes(build, _item(one, name, columns), name, meta.variable_value_labels.get(name, {})) for name in header
    ]
    cells = list(zip(*(frame[name].tolist() for name in header), strict=True))
    rows = [
        (number, [codes.get(text, text) for text, codes in zip(map(_text, row), translated, strict=True)])
        for number, row in enumerate(cells, start=2)
    ]
    return from_columns(build, header, rows, columns)


def _item(one: Instrument, name: str, columns: Mapping[str, str] | None) -> Item | None:
    for item in one.items:
        theirs = {ours.casefold(): said for ours, said in (columns or {}).items()}.get(
            item.column.casefold(), item.column
        )
        if re.fullmatch(rf"{re.escape(theirs)}(_\d+)?", name, re.IGNORECASE):
            return item
    return None


def _codes(build: Builder, item: Item | None, name: str, labels: Mapping[object, str]) -> dict[str, str]:
    """Return for each value of a variable the key that its label in the file means, and say where the codes differ."""
    found: dict[str, str] = {}
    if item is None or not item.points or (item.kind == "several" and re.search(r"_\d+$", name)):
        return found  # in a column for one choice the column says which
    for value, said in labels.items():
        meant, expected = item.point(str(said)), item.point(_text(value))
        if meant is None:
            continue
        found[_text(value)] = meant.key if item.scale is None else meant.label()
        if meant != expected:
            words = dict(expected.labels) if expected else {"en": "nothing", "nl": "niets"}
            build.find(
                "questionnaire_codes_differ", 1, name, _text(value), item=item.number, said=str(said), expected=words
            )
    return found


def _text(value: object) -> str:
    if value is None or value != value:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
