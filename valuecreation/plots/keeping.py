"""The picture of keeping: questions and their products down, organisations across, and a mark for what became of each."""

from __future__ import annotations

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from valuecreation.errors import MissingTable
from valuecreation.plots.described import Described
from valuecreation.words import label, phrase

_INK, _PAPER, _LINE, _QUIET = "#1b4965", "#ffffff", "#c8ccd0", "#4b5563"
_LOOKS = {"in_use": ("s", "full"), "partly": ("s", "left"), "stuck": ("X", "none"), "": ("s", "none")}
_LONGEST = 54


def draw_keeping(table: pd.DataFrame, language: str) -> Described:
    """Draw which product was taken up where: full square in use, half partly, cross stuck, open square not judged."""
    if table.empty:
        raise MissingTable("There is nothing to draw: no learning question.")
    organisations = sorted(table["organisation_id"].dropna().unique())
    lines = table.drop_duplicates(["question_id", "product_id"]).to_dict("records")
    across = max(len(organisations), 2)
    figure = Figure(figsize=(7.6 + 0.75 * across, 1.9 + 0.46 * len(lines)), layout="constrained")
    with sns.axes_style("white"):
        axes = figure.subplots()
    words = []
    for y, line in enumerate(lines):
        question = str(line["question"] if isinstance(line["question"], str) else line["theme"])
        short = question if len(question) <= _LONGEST else question[: _LONGEST - 1].rsplit(" ", 1)[0] + " …"
        product = line["product"] if isinstance(line["product"], str) else phrase("keeping_no_product", language)
        axes.text(-0.7, y - 0.14, short, ha="right", va="center", fontsize=9.5, color="#1b1b1b")
        axes.text(-0.7, y + 0.22, f"→ {product}", ha="right", va="center", fontsize=9, color=_QUIET)
        axes.axhline(y + 0.5, color=_LINE, linewidth=0.6, zorder=0)
        own = table[(table["question_id"] == line["question_id"]) & (table["product_id"] == line["product_id"])]
        marks = []
        for organisation, part in own.dropna(subset=["organisation_id"]).groupby("organisation_id"):
            states = part["state"].fillna("").tolist()
            for k, state in enumerate(states):
                marker, fill = _LOOKS.get(state, _LOOKS[""])
                x = organisations.index(organisation) + 0.2 * (k - (len(states) - 1) / 2)
                axes.plot(
                    x, y, marker, markersize=11, fillstyle=fill, markerfacecolor=_INK, markerfacecoloralt=_PAPER,
                    markeredgecolor=_INK, markeredgewidth=1.4, zorder=2,
                )  # fmt: skip
            said = ", ".join(
                label("uptake_state", one, language) if one else phrase("keeping_not_judged", language)
                for one in states
            )
            marks.append(f"{organisation} {said}")
        if not marks and isinstance(line["product_id"], str):
            axes.text(0, y, phrase("keeping_not_noted", language), va="center", fontsize=9, color=_QUIET)
        words.append(f"{short} → {product}: {'; '.join(marks) or phrase('keeping_not_noted', language)}")
    axes.set_xticks(range(len(organisations)), organisations, rotation=40, ha="left", fontsize=9.5)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.set_yticks([])
    axes.set_xlim(-0.6, across - 0.4)
    axes.set_ylim(len(lines) - 0.5, -0.5)
    axes.set_xlabel(phrase("keeping_caption", language), fontsize=9, color=_QUIET, loc="left", labelpad=8)
    axes.xaxis.set_label_position("bottom")
    sns.despine(ax=axes, left=True, bottom=True)
    return Described(figure, phrase("keeping_drawn", language, lines=". ".join(words)), language)
