"""What an analysis answers: a table, its unit, its cautions, its picture, and the sentences behind every number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from valuecreation.errors import UnknownName, ValueCreationError
from valuecreation.words import load_data, phrase, vocabulary

if TYPE_CHECKING:
    from valuecreation.plots.described import Described

_MOST_OPENING = 15


@dataclass(frozen=True, repr=False, eq=False)
class Result:
    """The answer of an analysis.

    Parameters
    ----------
    name : str
        The analysis, ``profile`` for instance.
    title : str
        What the table shows, in the language asked for.
    table : pandas.DataFrame
        Tidy and long: one row one number.
    unit : str
        What is counted in the first place (participants, stories, networks ...).
    n : int
        How many of that unit there are in all.
    cautions : tuple of str
        What a reader must know before using the numbers.
    supplements : mapping of str to pandas.DataFrame
        Further tables that belong beside the first, by a short name.
    headings : mapping of str to str
        What each supplement shows, in the language asked for.
    opening : tuple of str
        Supplements that stand before the table; a page shows the first rows of each, the supplement has them all.
    summary : pandas.DataFrame or None
        The table as a reader would lay it out; the same numbers.
    drawing : callable or None
        From nothing to a `Described` figure.
    finder : callable or None
        From named columns to the segments or log rows behind a cell.
    keys : tuple of str
        The columns by which `evidence` can be asked.
    """

    name: str
    title: str
    table: pd.DataFrame
    unit: str
    n: int
    cautions: tuple[str, ...] = ()
    supplements: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    opening: tuple[str, ...] = ()
    summary: pd.DataFrame | None = None
    language: str = "en"
    drawing: Callable[..., "Described"] | None = None
    finder: Callable[..., pd.DataFrame] | None = None
    keys: tuple[str, ...] = ()

    def __post_init__(self):
        object.__setattr__(self, "supplements", MappingProxyType(dict(self.supplements)))

    def plot(self, **options: object) -> "Described":
        """Return the figure of this result, with its description in words."""
        if self.drawing is None:
            raise ValueCreationError(f"{self.name} has no figure; read its .table instead.")
        return self.drawing(**options)

    def evidence(self, **cell: object) -> pd.DataFrame:
        """Return the segments or log rows behind a cell, named by the table's own columns.

        Parameters
        ----------
        **cell
            Columns and values, ``code="applied", status="experienced"``. A list means any of these; what is not
            named is not restricted.

        Raises
        ------
        UnknownName
            When a column is none of ``.keys`` or a value does not occur in the table.
        """
        if self.finder is None:
            raise ValueCreationError(f"{self.name} keeps no evidence; its rows are the evidence themselves.")
        asked: dict[str, list] = {}
        for column, value in cell.items():
            if column not in self.keys:
                raise UnknownName.among("column", column, self.keys)
            known = list(self.table[column].dropna().unique()) if column in self.table else _choices(column)
            asked[column] = [value] if isinstance(value, str) or not pd.api.types.is_list_like(value) else list(value)
            for one in asked[column]:
                if not isinstance(one, str) or (known is not None and one not in known):
                    raise UnknownName.among(column, one, known)
        return self.finder(**asked)

    def __repr__(self) -> str:
        cautions = f", {len(self.cautions)} cautions" if self.cautions else ""
        return f"<Result {self.name}: {len(self.table)} rows, {self.n} {self.unit}{cautions}>"

    def to_html(self, folded: bool = False) -> str:
        """Return the result as a piece of a page: title, table, supplements, cautions.

        Parameters
        ----------
        folded : bool
            Supplements and cautions behind a line that opens them.
        """
        shown = self.table if self.summary is None else self.summary
        parts = [f"<p><strong>{escape(self.title)}</strong></p>"]
        further = dict(self.supplements)
        for name in self.opening:
            title = escape(self.headings.get(name, name))
            parts.append(f"<p>{title}</p>{table_html(further.pop(name), _MOST_OPENING)}")
        parts.append(table_html(shown))
        rest = [(escape(self.headings.get(name, name)), table_html(table)) for name, table in further.items()]
        if self.cautions:
            items = "".join(f"<li>{escape(caution)}</li>" for caution in self.cautions)
            rest.append((escape(phrase("cautions", self.language)), f"<ul>{items}</ul>"))
        for title, body in rest:
            parts.append(f"<details><summary>{title}</summary>{body}</details>" if folded else f"<p>{title}</p>{body}")
        return "<div>" + "\n".join(parts) + "</div>"

    def _repr_html_(self) -> str:
        return self.to_html()


@dataclass(frozen=True, repr=False, eq=False)
class Shown:
    """A table laid out for reading: words to the left, long texts whole, cut with a count when it is long."""

    table: pd.DataFrame
    most: int

    def __repr__(self) -> str:
        return self.table.head(self.most).to_string(index=False, na_rep="")

    def _repr_html_(self) -> str:
        return table_html(self.table, self.most)


def _choices(column: str) -> list[str] | None:
    """Return the closed list of a column, or None where any id can stand."""
    return list(vocabulary(column)) if column in load_data("vocabularies.yaml") else None


def show(table: pd.DataFrame, *columns: str, most: int = 60) -> Shown:
    """Lay out a table for reading, quotes above all.

    Parameters
    ----------
    table : pandas.DataFrame
    *columns : str
        Only these, in this order; all of them when left out.
    most : int
        How many rows at most.

    Returns
    -------
    Shown
        To be the last line of a notebook cell.

    Examples
    --------
    >>> show(pd.DataFrame({"quote": ["Goede koffie."], "n": [1]}), "quote")
            quote
    Goede koffie.
    """
    for column in columns:
        if column not in table:
            raise UnknownName.among("column", column, table.columns)
    return Shown(table[list(columns)] if columns else table, most)


def table_html(table: pd.DataFrame, most: int = 60) -> str:
    """Return a table as plain HTML: words to the left, numbers to the right, missing cells empty, cut when it is long."""
    shown = table.head(most)
    numeric = [pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind) for kind in table.dtypes]
    styles = [f"text-align:{'right' if one else 'left'};vertical-align:top;padding:.2em .7em" for one in numeric]
    head = "".join(
        f'<th scope="col" style="{style}">{escape(str(name))}</th>'
        for name, style in zip(table.columns, styles, strict=True)
    )
    rows = [
        "<tr>"
        + "".join(f'<td style="{style}">{_cell(value)}</td>' for value, style in zip(row, styles, strict=True))
        + "</tr>"
        for row in shown.itertuples(index=False, name=None)
    ]
    cut = "" if len(table) <= most else f"<p>{most} / {len(table)}</p>"
    return f"<table><thead><tr>{head}</tr></thead>\n<tbody>" + "\n".join(rows) + f"</tbody></table>{cut}"


def _cell(value: object) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, float):
        return f"{value:.3g}"
    return escape(str(value.date()) if isinstance(value, pd.Timestamp) else str(value)).replace("\n", "<br>")
