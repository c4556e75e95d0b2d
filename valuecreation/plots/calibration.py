"""The figure of a calibration: codes down, who found them across, a dot for each count of fragments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from valuecreation.plots.described import Described
from valuecreation.plots.dots import dot_table
from valuecreation.words import phrase

if TYPE_CHECKING:
    from valuecreation.codebook import Codebook

_ACROSS = ("both", "only_you", "only_reference")


def draw_calibration(table: pd.DataFrame, book: Codebook, language: str) -> Described:
    """Draw in how many fragments each code was found by both, by the student only and by the reference only."""
    named = {name: phrase(f"calibrate_{name}", language) for name in _ACROSS}
    cells = pd.DataFrame(
        [
            {"row": book.label(row["code"], language), "column": named[name], "n": int(row[name])}
            for row in table.to_dict("records")
            for name in _ACROSS
        ]
    )
    whole = int(table["N"].iloc[0])
    rows = [book.label(code, language) for code in table["code"]]
    most = max(1, int(cells["n"].max()))
    figure = dot_table(
        cells, rows, list(named.values()), whole=most, faint=[named["only_you"], named["only_reference"]],
        caption=phrase("calibrate_title", language, coder="", N=whole).replace(": ,", ":"), width=8.0,
    )  # fmt: skip
    words = [
        phrase(
            "calibrate_drawn",
            language,
            N=whole,
            code=book.label(row["code"], language),
            **{name: int(row[name]) for name in _ACROSS},
        )
        for row in table.to_dict("records")
    ]
    return Described(figure, " ".join(words), language)
