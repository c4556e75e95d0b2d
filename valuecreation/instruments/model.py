"""What a questionnaire is: its items, the codes of their answers, and its scales with the order in which they are printed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from valuecreation.errors import UnknownName
from valuecreation.words import LANGUAGES, check_language, in_language

_HEAD = re.compile(r"(yes|no|ja|nee)(?=[,:;])|.*")
KINDS = ("open", "yes_no", "choice", "several", "scale", "matrix")
YES_NO = {"yes": {"en": "yes", "nl": "ja"}, "no": {"en": "no", "nl": "nee"}}


@dataclass(frozen=True)
class Point:
    """An answer to choose: its code in an export, its key in the long table, its label, and other words for it in an export."""

    code: int
    key: str
    labels: Mapping[str, str]
    also: tuple[str, ...] = ()

    def label(self, language: str = "en") -> str:
        """Return the label in a language."""
        return in_language(dict(self.labels), check_language(language))


@dataclass(frozen=True)
class Scale:
    """Points from low to high by code, and whether paper shows them from high to low."""

    name: str
    points: tuple[Point, ...]
    high_to_low: bool = False

    @property
    def printed(self) -> tuple[Point, ...]:
        """The points from left to right as they are printed."""
        return tuple(sorted(self.points, key=lambda point: point.code, reverse=self.high_to_low))

    def at_place(self, place: int) -> Point:
        """Return the point of the place-th column on paper, counted from the left.

        Returns
        -------
        Point

        Examples
        --------
        >>> from valuecreation.instruments import instrument
        >>> instrument("wsd-2018").item(12).scale.at_place(1).label()
        'very high'
        """
        if place not in range(1, len(self.points) + 1):
            raise UnknownName.among(f"column of scale {self.name}", place, range(1, len(self.points) + 1))
        return self.printed[place - 1]


@dataclass(frozen=True)
class Item:
    """A question.

    Attributes
    ----------
    number : int
    name, kind : str
    question, prompt : mapping
        Texts by language; the prompt asks for the words that go with an answer, or names a row of a matrix.
    points : tuple of Point
        What can be chosen; empty for an open question.
    text_with : str
        The key of the answer that asks for words.
    scale : Scale or None
    rows : int
        For how many categories the form of a matrix has room.
    identifies : str
        ``person`` where the answer names somebody; it is replaced by a pseudonym when it is read.
    """

    number: int
    name: str
    kind: str
    question: Mapping[str, str]
    prompt: Mapping[str, str] = field(default_factory=dict)
    points: tuple[Point, ...] = ()
    text_with: str = ""
    scale: Scale | None = None
    rows: int = 0
    identifies: str = ""

    @property
    def column(self) -> str:
        """The name of its column in an export."""
        return f"Q{self.number}"

    def ask(self, language: str = "en") -> str:
        """Return the question in a language."""
        return in_language(dict(self.question), check_language(language))

    def point(self, said: str) -> Point | None:
        """Return the point that a cell means, by code or by label in either language, or None.

        Returns
        -------
        Point or None

        Examples
        --------
        >>> from valuecreation.instruments import instrument
        >>> [instrument("wsd-2018").item(number).point("1").key for number in (6, 13)]
        ['yes', 'no']
        """
        said = " ".join(said.split()).casefold().removesuffix(".0")
        if self.kind == "yes_no":
            said = _HEAD.match(said)[0]  # “yes, because” is the label of a choice with a line to write on
        for point in self.points:
            ways = {str(point.code), point.key, *point.also, *(point.label(language) for language in LANGUAGES)}
            if said in {way.casefold() for way in ways}:
                return point
        return None


@dataclass(frozen=True, repr=False)
class Instrument:
    """A questionnaire.

    Attributes
    ----------
    name, version : str
    title, description : mapping
    cautions : mapping
        What to know before using its answers, by language.
    items : tuple of Item
    sources : tuple of str
    """

    name: str
    version: str
    items: tuple[Item, ...]
    title: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    cautions: Mapping[str, list[str]] = field(default_factory=dict)
    sources: tuple[str, ...] = ()

    def item(self, which: int | str) -> Item:
        """Return an item by its number or its name."""
        for one in self.items:
            if which in (one.number, one.name):
                return one
        raise UnknownName.among(f"item of {self.name}", which, [f"{one.number} ({one.name})" for one in self.items])

    def codebook(self, language: str = "en") -> pd.DataFrame:
        """Return the codebook: a row for each answer that can be chosen, and one for each open item.

        Returns
        -------
        pandas.DataFrame
            Columns item, name, kind, column, question, code, value, label, asks_text; in the order of the codes.

        Examples
        --------
        >>> from valuecreation.instruments import instrument
        >>> table = instrument("wsd-2018").codebook()
        >>> table.loc[table["item"].eq(6), ["code", "label"]].values.tolist()
        [[1, 'yes'], [2, 'no']]
        """
        rows = []
        for one in self.items:
            head = (one.number, one.name, one.kind, one.column, one.ask(language))
            rows += [
                (*head, point.code, point.key, point.label(language), point.key == one.text_with)
                for point in sorted(one.points, key=lambda point: point.code)
            ] or [(*head, None, None, None, True)]
        names = ["item", "name", "kind", "column", "question", "code", "value", "label", "asks_text"]
        return pd.DataFrame(rows, columns=names).astype({"code": "Int64"})

    def __repr__(self) -> str:
        return f"<Instrument {self.name}, version {self.version}: {len(self.items)} items>"
