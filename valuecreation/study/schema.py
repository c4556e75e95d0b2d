"""The schema of a study: which tables and columns there are, read from ``tables.yaml``, the one place that says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import pandas as pd

from valuecreation.errors import UnknownName
from valuecreation.words import check_language, load_data, vocabulary

TEXTUAL = ("id", "name", "text", "long", "partial", "moment")


@dataclass(frozen=True)
class Column:
    """A column: its type, what it may hold and what it means."""

    name: str
    type: str
    description: Mapping[str, str]
    required: bool = False
    asked: bool = False
    unique: bool = False
    references: str | None = None
    also: tuple[str, ...] = ()
    vocabulary: str | None = None

    @property
    def choices(self) -> tuple[str, ...]:
        """The words the column may hold, empty when it is free."""
        return vocabulary(self.vocabulary) if self.vocabulary else ()


@dataclass(frozen=True)
class Table:
    """A table: what a row of it is, what makes a row unique, and its columns in order."""

    name: str
    row: Mapping[str, str]
    key: tuple[str, ...]
    columns: Mapping[str, Column]


@cache
def tables() -> Mapping[str, Table]:
    """Return all tables of a study by name, in their order."""
    return MappingProxyType({name: _table(name, entry) for name, entry in load_data("study/tables.yaml").items()})


def known_name(name: str, in_table: str) -> str | None:
    """Return the column that a header means: itself, or the same but for capitals, spaces and hyphens.

    >>> known_name("Participant ID", "participants")
    'participant_id'
    """
    columns = table(in_table).columns
    plain = name.strip().casefold().replace(" ", "_").replace("-", "_")
    return name if name in columns else plain if plain in columns else None


def table(name: str) -> Table:
    """Return one table of the schema."""
    if not isinstance(name, str) or name not in tables():
        raise UnknownName.among("table", name, tables())
    return tables()[name]


def describe(name: str | None = None, language: str = "en") -> pd.DataFrame:
    """Return the documentation of the columns, of one table or of all.

    Parameters
    ----------
    name : str, optional
        A table; all of them when left out.
    language : {"en", "nl"}

    Returns
    -------
    pandas.DataFrame
        Columns table, column, type, needed, choices, meaning.

    Examples
    --------
    >>> describe("coverage")["column"].tolist()
    ['coder', 'document_id', 'segmentation', 'codebook', 'finished_at', 'blind']
    """
    check_language(language)
    chosen = [table(name)] if name else tables().values()
    return pd.DataFrame(
        [
            (
                one.name,
                column.name,
                column.type,
                "needed" if column.required else "asked" if column.asked else "",
                ", ".join(column.choices),
                column.description[language],
            )
            for one in chosen
            for column in one.columns.values()
        ],
        columns=["table", "column", "type", "needed", "choices", "meaning"],
    )


def _table(name: str, entry: dict) -> Table:
    columns = {
        column: Column(
            name=column,
            type=given["type"],
            description=MappingProxyType({"en": given["en"], "nl": given["nl"]}),
            required=given.get("required", False),
            asked=given.get("asked", False),
            unique=given.get("unique", False),
            references=given.get("references"),
            also=tuple(given.get("also", ())),
            vocabulary=given.get("vocabulary"),
        )
        for column, given in entry["columns"].items()
    }
    return Table(name, MappingProxyType(entry["row"]), tuple(entry["key"]), MappingProxyType(columns))
