"""Exercises in coding: fragments to code, with the reference kept out of sight until one has coded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd

from valuecreation.errors import UnknownName
from valuecreation.io.examples import load_example
from valuecreation.study import Study
from valuecreation.words import check_language, in_language, load_data

_FOLDER = "exercises"


@dataclass(frozen=True, repr=False)
class Exercise:
    """Fragments to practise coding on.

    Attributes
    ----------
    name, codebook, language : str
    study : Study
        The fragments, without any code.
    """

    name: str
    codebook: str
    language: str
    study: Study = field(repr=False)

    def fragments(self) -> pd.DataFrame:
        """Return the fragments in order.

        Returns
        -------
        pandas.DataFrame
            Columns fragment (its number), segment_id, date, text.
        """
        segments = self.study.segments.merge(self.study.documents[["document_id", "date"]], on="document_id")
        numbers = pd.Series(range(1, len(segments) + 1), index=segments.index)
        return pd.DataFrame(
            {
                "fragment": numbers, "segment_id": segments["segment_id"], "date": segments["date"],
                "text": segments["quote"],
            }
        )  # fmt: skip

    def write(self, path: str | Path) -> Path:
        """Write the exercise as an Excel sheet to fill in; `read_exercise` reads it back."""
        from valuecreation.io.exercise_sheets import write_sheet

        return write_sheet(self, path)

    def __repr__(self) -> str:
        return f"<Exercise {self.name}: {len(self.study.segments)} fragments for {self.codebook} (fictional)>"


def exercise(name: str = "leren-coderen", language: str = "nl") -> Exercise:
    """Return an exercise, to be coded in the widget or in Excel.

    In the widget: ``vc.code(vc.exercise().study, coder="your name", codebooks="vcf-2011")``. In Excel:
    ``vc.exercise().write("exercise.xlsx")``, and afterwards `vc.read_exercise`. Then `vc.calibrate` shows where you differ from
    the reference, and why the reference chose as it did.

    Parameters
    ----------
    name : str
        ``leren-coderen``: thirty-six fictional fragments in Dutch for the five cycles.
    language : {"nl", "en"}
        Of the sheet.

    Returns
    -------
    Exercise

    Examples
    --------
    >>> exercise()
    <Exercise leren-coderen: 36 fragments for vcf-2011 (fictional)>
    """
    check_language(language)
    about = _about(name)
    return Exercise(
        name, about["codebook"], language, load_example(about["study"]).replace(codings=None, coverage=None)
    )


@dataclass(frozen=True)
class Reference:
    """What the makers of an exercise chose, and why.

    Attributes
    ----------
    study : Study
        With the codings of the reference.
    codebook, coder : str
    fragments : mapping
        By document: boundary, reason and alternatives, in both languages.
    """

    study: Study
    codebook: str
    coder: str
    fragments: Mapping

    def reason(self, document: str, language: str) -> str:
        """Return why the reference chose as it did."""
        return in_language(self.fragments[document]["reason"], language).strip()


def reference(name: str = "leren-coderen") -> Reference:
    """Return the reference of an exercise."""
    about = _about(name)
    return Reference(load_example(about["study"]), about["codebook"], about["coder"], about["fragments"])


@cache
def _about(name: str) -> dict:
    known = sorted(
        one.name.removesuffix(".yaml")
        for one in files("valuecreation").joinpath(_FOLDER).iterdir()
        if one.name.endswith(".yaml")
    )
    if name not in known:
        raise UnknownName.among("exercise", name, known)
    return load_data(f"{_FOLDER}/{name}.yaml")
