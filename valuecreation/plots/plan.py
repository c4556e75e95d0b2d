"""The picture of a plan: for each cycle the goals that were set, and beside them how many participants mention value in it."""

from __future__ import annotations

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from valuecreation.errors import MissingTable
from valuecreation.plots.described import Described
from valuecreation.words import phrase

_INK, _PAPER, _LINE, _QUIET, _COST = "#1b4965", "#ffffff", "#c8ccd0", "#4b5563", "#8a3b12"
# Filled found, open not yet, a cross at a cost; each a little off the line, so that equal numbers do not hide each other.
_MARKS = (("n", "o", _INK, _INK, 0.0), ("not_yet", "o", _PAPER, _INK, -0.2), ("negative", "X", _COST, _PAPER, 0.2))


def draw_plan(cycles: pd.DataFrame, language: str) -> Described:
    """Draw goals to the left and value to the right, cycle by cycle; the numbers are printed, and nothing is summed."""
    came = cycles["N"].notna().any()
    if not came:
        raise MissingTable(phrase("plan_nothing_to_draw", language))
    whole = int(cycles["N"].max())
    figure = Figure(figsize=(8.4, 1.7 + 0.78 * len(cycles)), layout="constrained")
    with sns.axes_style("white"):
        left, right = figure.subplots(1, 2, width_ratios=[1, 2.2], sharey=True)
    words = []
    for y, row in enumerate(cycles.to_dict("records")):
        goals = _goals(row, language)
        left.text(0.02, y, "\n".join(goals) or phrase("plan_no_goal", language), va="center", fontsize=9.5,
                  color=_INK if goals else _QUIET)  # fmt: skip
        right.axhline(y, color=_LINE, linewidth=0.8, zorder=0)
        for name, marker, face, edge, off in _MARKS:
            if row[name] or name == "n":
                right.plot(row[name], y + off, marker, markersize=10, markerfacecolor=face, markeredgecolor=edge,
                           markeredgewidth=1.5, zorder=3)  # fmt: skip
                right.annotate(str(row[name]), (row[name], y + off), xytext=(9, 0), textcoords="offset points",
                               va="center", fontsize=9.5, color=_COST if name == "negative" else _INK)  # fmt: skip
        words.append(
            phrase("plan_drawn_cycle", language, cycle=row["label"], goals=", ".join(goals) or phrase("plan_no_goal", language),
                   n=row["n"], N=row["N"], not_yet=row["not_yet"], negative=row["negative"])
        )  # fmt: skip
    left.set_yticks(range(len(cycles)), cycles["label"], fontsize=10.5)
    left.set_xlim(0, 1)
    left.set_xticks([])
    left.set_title(phrase("plan_head_goals", language), fontsize=10, loc="left")
    right.set_title(phrase("plan_head_came", language, N=whole), fontsize=10, loc="left")
    right.set_xlim(-0.4, whole * 1.08 + 0.4)
    right.set_ylim(len(cycles) - 0.5, -0.5)
    right.xaxis.get_major_locator().set_params(integer=True)
    right.tick_params(axis="y", length=0)
    left.tick_params(axis="y", length=0)
    right.axvline(whole, color=_QUIET, linewidth=0.8, linestyle=":", zorder=0)
    right.set_xlabel(phrase("plan_caption", language), fontsize=9, color=_QUIET, loc="left", labelpad=8)
    for axes in (left, right):
        sns.despine(ax=axes, left=True, bottom=axes is left)
    return Described(figure, phrase("plan_drawn", language, lines=" ".join(words)), language)


def _goals(row: dict, language: str) -> list[str]:
    """Return how many goals the network and its participants set in a cycle, in words."""
    counts = {kind: row[f"{kind}_goals"] for kind in ("network", "personal")}
    return [
        phrase(f"plan_{'goal' if count == 1 else 'goals'}_{kind}", language, count=count)
        for kind, count in counts.items()
        if count
    ]
