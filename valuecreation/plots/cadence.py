"""The picture of a cadence: the days between meetings as dots beside the planned number as a line."""

from __future__ import annotations

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from valuecreation.errors import MissingTable
from valuecreation.plots.described import Described
from valuecreation.words import phrase

_INK, _PAPER, _LINE, _QUIET = "#1b4965", "#ffffff", "#c8ccd0", "#4b5563"


def draw_cadence(table: pd.DataFrame, planned: int, language: str) -> Described:
    """Draw the days since the meeting before, meeting by meeting; filled within the scheme, open for what came after it."""
    rows = table[table["days"].notna() & table["state"].isin(["held", "further"])]
    if rows.empty:
        raise MissingTable(phrase("cadence_nothing_to_draw", language))
    figure = Figure(figsize=(7.6, 1.4 + 0.34 * len(rows)), layout="constrained")
    with sns.axes_style("white"):
        axes = figure.subplots()
    words = []
    for y, row in enumerate(rows.to_dict("records")):
        axes.axhline(y, color=_LINE, linewidth=0.7, zorder=0)
        inside = row["state"] == "held"
        axes.plot(row["days"], y, "o", markersize=9, markerfacecolor=_INK if inside else _PAPER, markeredgecolor=_INK,
                  markeredgewidth=1.5, zorder=2)  # fmt: skip
        axes.annotate(str(row["days"]), (row["days"], y), xytext=(9, 0), textcoords="offset points", va="center",
                      fontsize=9, color=_INK)  # fmt: skip
        words.append(f"{row['label']} ({row['date']}) {row['days']}")
    axes.axvline(planned, color=_QUIET, linestyle=":", linewidth=1.2)
    axes.set_yticks(range(len(rows)), [f"{row.label}, {row.date}" for row in rows.itertuples(index=False)], fontsize=9)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(0, max(int(rows["days"].max()), planned) * 1.12 + 1)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(phrase("cadence_caption", language, planned=planned), fontsize=9, color=_QUIET, loc="left")
    sns.despine(ax=axes, left=True)
    return Described(figure, phrase("cadence_drawn", language, planned=planned, lines="; ".join(words)), language)
