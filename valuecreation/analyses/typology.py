"""The typology: on which dimensions learning networks differ, and how a cell in somebody's own words is placed on one of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from valuecreation.words import in_language, load_data


@dataclass(frozen=True)
class Dimension:
    """Something on which networks differ.

    Attributes
    ----------
    name : str
    label : mapping of str to str
    column : str
        The column of ``networks`` that holds it; empty where only facts do.
    attributes : tuple of str
        The attributes of facts that say it.
    several : bool
        Whether one network can have several of its categories.
    activities : bool
        Whether the work forms of activities say it too.
    categories : mapping of str to mapping
        Label in each language, by category.
    patterns : mapping of str to re.Pattern
        What recognises a category in a cell.
    """

    name: str
    label: Mapping[str, str]
    column: str
    attributes: tuple[str, ...]
    several: bool
    activities: bool
    categories: Mapping[str, Mapping[str, str]]
    patterns: Mapping[str, re.Pattern]

    def place(self, cell: str) -> tuple[str, ...]:
        """Return the categories that a cell names: by its id, its label, or words that recognise it."""
        plain = cell.strip().casefold()
        exact = tuple(
            name
            for name, label in self.categories.items()
            if plain in (name.casefold(), *(one.casefold() for one in label.values()))
        )
        return exact or tuple(name for name, pattern in self.patterns.items() if pattern.search(plain))

    def said(self, category: str, language: str) -> str:
        """Return the label of a category."""
        return in_language(self.categories[category], language)


@cache
def dimensions() -> Mapping[str, Dimension]:
    """Return the dimensions of the typology, by name.

    Returns
    -------
    mapping of str to Dimension

    Examples
    --------
    >>> dimensions()["stakeholder_group"].place("Docenten HBO & MBO")
    ('education',)
    >>> dimensions()["stakeholder_group"].place("Cliëntondersteuner")
    ()
    """
    return {name: _dimension(name, load_data("typology.yaml")) for name in load_data("typology.yaml")}


def _dimension(name: str, data: dict) -> Dimension:
    entry = data[name]
    categories = data[entry.get("groups", name)]["categories"]
    return Dimension(
        name=name,
        label=entry["label"],
        column=entry.get("column", ""),
        attributes=tuple(entry["attributes"]),
        several=entry.get("several", False),
        activities=entry.get("activities", False),
        categories={
            one: {key: text for key, text in told.items() if key != "words"} for one, told in categories.items()
        },
        patterns={one: _pattern(told["words"]) for one, told in categories.items() if told["words"]},
    )


def _pattern(words: list[str]) -> re.Pattern:
    """Return what finds one of the words as a whole word; a star is the rest of a word."""
    found = "|".join(re.escape(word.casefold()).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)")
