"""The figure of a member check: codes down, answers across, a dot for each count of codings."""

from __future__ import annotations

import pandas as pd

from valuecreation.plots.described import Described
from valuecreation.plots.dots import dot_table
from valuecreation.words import phrase

_ACROSS = ("approved", "corrected", "struck", "unanswered")


def draw_answers(table: pd.DataFrame, labels: list[str], language: str) -> Described:
    """Draw how many codings of each code tellers found right, not quite right, struck or left open."""
    named = {name: phrase(f"teller_{name}", language) for name in _ACROSS}
    cells = pd.DataFrame(
        [
            {"row": label, "column": named[name], "n": int(row[name])}
            for label, row in zip(labels, table.to_dict("records"), strict=True)
            for name in _ACROSS
        ]
    )
    caption = phrase("teller_title", language, n=int(table["checked"].sum()), people=int(table["tellers"].max()))
    figure = dot_table(
        cells, list(dict.fromkeys(labels)), list(named.values()), whole=max(1, int(cells["n"].max())),
        faint=[named["unanswered"]], caption=caption.split(":")[0], width=8.5,
    )  # fmt: skip
    words = [
        phrase("teller_drawn", language, code=label, **{name: int(row[name]) for name in _ACROSS})
        for label, row in zip(labels, table.to_dict("records"), strict=True)
    ]
    return Described(figure, "; ".join(words) + ".", language)
