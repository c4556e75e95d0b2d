"""The figure over time: cycles down, months across, a dot for who mentions value, inside a ring for who was heard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from valuecreation.plots.described import Described
from valuecreation.plots.dots import dot_table
from valuecreation.words import phrase


def draw_over_time(
    table: pd.DataFrame, naming: Callable[[str], str], months: Sequence[str], language: str
) -> Described:
    """Draw how many participants mention each cycle in each month, of those who were heard in it."""
    heard = table[table["N"] > 0]
    cells = heard.assign(row=[naming(code) for code in heard["code"]], column=heard["month"], whole=heard["N"])
    rows = list(dict.fromkeys(naming(code) for code in table["code"]))
    sizes = table.drop_duplicates("month").set_index("month")["N"]
    notes = [f"N = {sizes[month]}" if sizes[month] else phrase("over_time_nobody", language) for month in months]
    caption = phrase("over_time_caption", language)
    figure = dot_table(
        cells[["row", "column", "n", "whole"]], rows, list(months), whole=int(table["N"].max()), notes=notes, caption=caption,
        width=2.6 + 0.92 * len(months),
    )  # fmt: skip
    words = []
    for code, part in table.groupby("code", sort=False):
        said = ", ".join(f"{row.month} {row.n}/{row.N}" for row in part.itertuples(index=False) if row.N)
        words.append(f"{naming(code)}: {said}")
    return Described(figure, phrase("over_time_drawn", language, lines="; ".join(words)), language)
