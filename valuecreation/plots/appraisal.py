"""The picture of an appraisal: criteria down, one mark each under its state, and no count below it."""

from __future__ import annotations

import textwrap

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from valuecreation.errors import MissingTable
from valuecreation.plots.described import Described
from valuecreation.words import label, phrase, vocabulary

_INK, _PAPER, _LINE, _QUIET = "#1b4965", "#ffffff", "#d8dbde", "#4b5563"
_MARKS = {
    "met": ("s", "full"), "partly": ("s", "left"), "not_met": ("X", "full"), "unknown": ("o", "none"),
    "not_applicable": ("_", "full"),
}  # fmt: skip
_WIDE = 62


def draw_appraisal(table: pd.DataFrame, heads: dict[str, str], language: str) -> Described:
    """Draw the state of each criterion by its place, its shape and a word above the column.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns criterion, text, state, in the order of the guide.
    heads : mapping of str to str
        The heading that stands above a criterion, by the criterion's id; the first of each heading gets a line.
    language : {"en", "nl"}
    """
    if table.empty:
        raise MissingTable(phrase("appraise_nothing_to_draw", language))
    states, lines, above, y = vocabulary("appraisal_state"), [], "", 0.0
    for row in table.to_dict("records"):
        head = heads.get(row["criterion"], "")
        if head and head != above:
            y += 0.35
            lines.append((y, head, None, True))
            y += 0.95
            above = head
        text = textwrap.wrap(row["text"], _WIDE)
        lines.append((y + 0.31 * (len(text) - 1), "\n".join(text), row["state"], False))
        y += 0.35 + 0.62 * len(text)
    figure = Figure(figsize=(9.6, 1.3 + 0.27 * y), layout="constrained")
    with sns.axes_style("white"):
        axes = figure.subplots()
    for at, text, state, is_head in lines:
        axes.text(-0.75, at, text, ha="right", va="center", fontsize=8.8, color=_INK if is_head else "#1b1b1b",
                  fontweight="bold" if is_head else "normal", linespacing=1.15)  # fmt: skip
        if state is not None:
            marker, fill = _MARKS[state]
            axes.axhline(at, color=_LINE, linewidth=0.7, zorder=0)
            axes.plot(states.index(state), at, marker, markersize=10, fillstyle=fill, markerfacecolor=_INK,
                      markerfacecoloralt=_PAPER, markeredgecolor=_INK, markeredgewidth=1.5, zorder=2)  # fmt: skip
    axes.set_xticks(
        range(len(states)), [label("appraisal_state", one, language).replace(" ", "\n") for one in states], fontsize=9.5
    )
    axes.xaxis.tick_top()
    axes.set_yticks([])
    axes.tick_params(length=0)
    axes.set_xlim(-0.6, len(states) - 0.4)
    axes.set_ylim(y, -0.8)
    axes.set_xlabel(phrase("appraise_caption", language), fontsize=8.8, color=_QUIET, loc="left", labelpad=8)
    axes.xaxis.set_label_position("bottom")
    sns.despine(ax=axes, left=True, bottom=True)
    said = [f"{row.text} {label('appraisal_state', row.state, language)}." for row in table.itertuples(index=False)]
    return Described(figure, phrase("appraise_drawn", language, lines=" ".join(said)), language)
