"""The figure of participation: hours spent, month by month, under a line for the hours that were made available."""

from __future__ import annotations

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from valuecreation.errors import MissingTable
from valuecreation.plots.described import Described
from valuecreation.words import phrase

_INK, _QUIET, _LINE = "#1b4965", "#4b5563", "#8a3b12"


def draw_hours(table: pd.DataFrame, by: str | None, language: str) -> Described:
    """Draw hours as bars with the number of people on them, and what was available as a stepped line; a panel for each group."""
    if table.empty:
        raise MissingTable("There is nothing to draw: every group has fewer than three members.")
    groups = list(dict.fromkeys(table[by])) if by else [None]
    figure = Figure(figsize=(9, 0.7 + 2.9 * len(groups)), layout="constrained")
    with sns.axes_style("white"):
        panels = figure.subplots(len(groups), 1, squeeze=False, sharex=True)[:, 0]
    said = []
    for axes, group in zip(panels, groups, strict=True):
        part = table if group is None else table[table[by] == group]
        places = range(len(part))
        axes.bar(places, part["hours"].fillna(0), color=_INK, width=0.62, zorder=2)
        if part["available"].notna().any():
            axes.step(
                [-0.5, *(x + 0.5 for x in places)],
                [part["available"].iloc[0], *part["available"]],
                color=_LINE,
                linestyle="--",
                zorder=3,
            )
            axes.annotate(
                phrase("participation_available", language), (len(part) - 0.45, part["available"].iloc[-1]), xytext=(4, 0),
                textcoords="offset points", va="center", fontsize=9, color=_LINE, annotation_clip=False,
            )  # fmt: skip
        for x, row in zip(places, part.itertuples(index=False), strict=True):
            hours = _hours(row.hours, language)
            axes.annotate(
                hours,
                (x, 0 if pd.isna(row.hours) else row.hours),
                xytext=(0, 3),
                textcoords="offset points",
                ha="center",
                fontsize=9.5,
            )
        axes.set_xticks(
            list(places), [f"{row.month}\n{row.n} / {row.N}" for row in part.itertuples(index=False)], fontsize=9
        )
        axes.set_ylabel(phrase("participation_hours", language), fontsize=9.5, color=_QUIET)
        axes.set_title("" if group is None else str(group), fontsize=10.5, loc="left")
        sns.despine(ax=axes)
        words = ", ".join(
            f"{row.month}: {_hours(row.hours, language)} ({row.n} / {row.N})" for row in part.itertuples(index=False)
        )
        said.append(words if group is None else f"{group}: {words}")
    panels[-1].set_xlabel(phrase("participation_caption", language), fontsize=9, color=_QUIET, loc="left")
    return Described(figure, phrase("participation_drawn", language, lines="; ".join(said)), language)


def _hours(hours: float, language: str) -> str:
    return phrase("participation_unknown", language) if pd.isna(hours) else f"{hours:.0f}"
