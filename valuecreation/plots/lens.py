"""The figure of the lens: cycles down, domains across, a dot for each count; one reading of the domains at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from valuecreation.errors import MissingTable, UnknownName
from valuecreation.plots.described import Described
from valuecreation.plots.dots import dot_table
from valuecreation.words import phrase

if TYPE_CHECKING:
    from valuecreation.study import Study


def draw_lens(
    table: pd.DataFrame,
    study: Study,
    domains: str,
    language: str,
    *,
    unit: str = "participants",
    reading: str | None = None,
) -> Described:
    """Draw the lens; parameters as in `draw_profile`, `reading` the first of the table when left out."""
    if table.empty:
        raise MissingTable("There is nothing to draw: no text was coded with both codebooks.")
    reading = reading or table["reading"].iloc[0]
    for kind, asked, known in (
        ("unit", unit, ("participants", "segments")),
        ("reading", reading, list(table["reading"].unique())),
    ):
        if asked not in known:
            raise UnknownName.among(kind, asked, known)
    some = table[(table["unit"] == unit) & (table["reading"] == reading)]
    cycles = study.codebook(some["codebook"].iloc[0])
    book = study.codebook(domains)
    cells = some.assign(
        row=[cycles.label(cycle, language) for cycle in some["cycle"]],
        column=[book.label(domain, language, reading) for domain in some["domain"]],
    )
    rows, columns = list(dict.fromkeys(cells["row"])), list(dict.fromkeys(cells["column"]))
    whole = int(some["N"].max())
    caption = phrase("caption_lens", language, unit=phrase(f"unit_{unit}", language), N=whole, reading=reading)
    figure = dot_table(cells, rows, columns, whole=whole, caption=caption, width=8.5)
    words = [
        f"{row}: " + ", ".join(f"{column} {n}" for column, n in zip(part["column"], part["n"], strict=True) if n)
        for row, part in cells.groupby("row", sort=False)
        if part["n"].any()
    ]
    shown = phrase(
        "figure_lens",
        language,
        unit=f"{phrase(f'unit_{unit}', language)}, {reading}",
        N=whole,
        cells="; ".join(words) + "." if words else phrase("figure_empty", language),
    )
    return Described(figure, shown, language)


def draw_questions(table: pd.DataFrame, study: Study, domains: str, language: str) -> Described:
    """Draw learning questions by domain: domains down, readings across."""
    if table.empty:
        raise MissingTable("There is nothing to draw: no learning question was coded by domain.")
    book = study.codebook(domains)
    named = {
        domain: " / ".join(
            dict.fromkeys(book.label(domain, language, reading) for reading in table["reading"].unique())
        )
        for domain in table["domain"].unique()
    }
    cells = table.assign(row=table["domain"].map(named), column=table["reading"])
    columns = list(dict.fromkeys(cells["column"]))
    sizes = cells.drop_duplicates("column")["N"]
    unit = phrase("unit_questions", language)
    figure = dot_table(
        cells,
        list(named.values()),
        columns,
        whole=int(table["N"].max()),
        notes=[f"N = {size}" for size in sizes],
        caption=phrase("caption_questions", language),
        width=7.0,
    )
    words = [
        f"{row}: " + ", ".join(f"{column} {n}" for column, n in zip(part["column"], part["n"], strict=True))
        for row, part in cells.groupby("row", sort=False)
    ]
    shown = phrase("figure_questions", language, unit=unit, N=int(table["N"].max()), cells="; ".join(words) + ".")
    return Described(figure, shown, language)
