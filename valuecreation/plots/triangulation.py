"""The figure of a triangulation: cycles down, places across, a dot for each count of participants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from valuecreation.errors import MissingTable
from valuecreation.plots.described import Described
from valuecreation.plots.dots import dot_table
from valuecreation.words import phrase

if TYPE_CHECKING:
    from valuecreation.study import Study

_HOLLOW = "neither"


def draw_triangulation(table: pd.DataFrame, study: Study, language: str) -> Described:
    """Draw how many participants mention each cycle in which place.

    Parameters
    ----------
    table : pandas.DataFrame
        The table of `triangulate`.
    study : Study
        For the words of its codebook.
    language : {"en", "nl"}
    """
    if table.empty or not table["N"].iloc[0]:
        raise MissingTable("There is nothing to draw: nobody has material in both places.")
    book = study.codebook(table["codebook"].iloc[0])
    cells = table.assign(row=[book.label(code, language) for code in table["code"]], column=table["place"])
    rows, columns = list(dict.fromkeys(cells["row"])), list(dict.fromkeys(cells["column"]))
    faint = list(cells.loc[cells["where"] == _HOLLOW, "column"].unique())
    whole = int(table["N"].iloc[0])
    unit = phrase("unit_participants", language)
    caption = phrase("caption_triangulate", language, unit=unit, N=whole)
    figure = dot_table(cells, rows, columns, whole=whole, faint=faint, caption=caption, width=8.5)
    words = [
        f"{row}: " + ", ".join(f"{column} {n}" for column, n in zip(part["column"], part["n"], strict=True))
        for row, part in cells.groupby("row", sort=False)
    ]
    shown = phrase("figure_triangulate", language, unit=unit, N=whole, cells="; ".join(words) + ".")
    return Described(figure, shown, language)
