"""The picture of the matrix: indicators down by cycle, stories across, a sign for every step; one page, also when it is large."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from valuecreation.errors import MissingTable
from valuecreation.plots.described import Described
from valuecreation.words import label, phrase

_INK, _PAPER, _BAND, _LINE, _QUIET = "#1b4965", "#ffffff", "#eef2f5", "#c8ccd0", "#4b5563"
_LONGEST = 52


def draw_matrix(
    table: pd.DataFrame, cells: pd.DataFrame, stories: pd.DataFrame, naming: Mapping[str, str], language: str
) -> Described:
    """Draw the matrix.

    Parameters
    ----------
    table : pandas.DataFrame
        The table of `matrix`.
    cells : pandas.DataFrame
        Steps with story_id, cycle, indicator_id, polarity, found.
    stories : pandas.DataFrame
        story_id and teller, in order.
    naming : mapping
        The names of the cycles, in order.
    language : {"en", "nl"}
    """
    if table.empty:
        raise MissingTable("There is nothing to draw: no indicator and no step of a story.")
    names = stories["story_id"].tolist()
    lines: list[tuple[str, dict | None]] = []
    for cycle in naming:
        own = table[table["cycle"] == cycle].to_dict("records")
        lines += [(cycle, None), *((cycle, row) for row in own)] if own else []
    across, down = max(len(names), 4), len(lines)
    small = 9.5 if across <= 24 else 8
    figure = Figure(figsize=(8.8 + 0.3 * across, 2.2 + 0.27 * down), layout="constrained")
    with sns.axes_style("white"):
        axes = figure.subplots()
    found = {key: part for key, part in cells.groupby(["cycle", cells["indicator_id"].fillna(""), "story_id"])}
    by_indicator = {key: part for key, part in cells.groupby([cells["indicator_id"].fillna(""), "story_id"])}
    column = {name: place for place, name in enumerate(names)}
    for place, (cycle, row) in enumerate(lines):
        if row is None:
            axes.add_patch(
                Rectangle((-1.2, place - 0.5), across + 10.7, 1, facecolor=_BAND, edgecolor="none", zorder=0)
            )
            axes.text(
                -1.6, place, naming[cycle], ha="right", va="center", fontsize=small + 1.5, fontweight="bold", color=_INK
            )
            continue
        alone = not isinstance(row["indicator_id"], str)
        text = phrase("matrix_no_indicator", language) if alone else _short(row["name"])
        axes.text(-1.6, place, text, ha="right", va="center", fontsize=small, color=_QUIET if alone else "#1b1b1b")
        axes.axhline(place + 0.5, color=_LINE, linewidth=0.5, zorder=0)
        if not alone:
            _state(axes, place, row["data_state"])
        for story, where in column.items():
            steps = found.get((cycle, "", story)) if alone else by_indicator.get((row["indicator_id"], story))
            if steps is not None:
                _mark(axes, where, place, steps)
        word = "matrix_only_not_yet" if row["robustness"] == "not_yet" else None
        said = phrase(word, language) if word else label("robustness", row["robustness"], language)
        axes.text(across - 0.2, place, said, ha="left", va="center", fontsize=small, color="#1b1b1b")
        axes.text(across + 5.9, place, _figures(row), ha="left", va="center", fontsize=small, color=_QUIET)
    for where in range(across):
        axes.axvline(where + 0.5, color=_LINE, linewidth=0.4, zorder=0)
    tellers = stories["teller"].fillna("")
    axes.set_xticks(
        range(len(names)),
        [f"{name} · {who}" for name, who in zip(names, tellers, strict=True)],
        rotation=90,
        fontsize=small,
    )
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.set_yticks([])
    axes.set_xlim(-1.2, across + 9.5)
    axes.set_ylim(down - 0.5, -0.5)
    axes.set_xlabel(
        "\n".join(wrap(phrase("matrix_caption", language), 75 + 3 * across)),
        fontsize=9,
        color=_QUIET,
        loc="left",
        labelpad=8,
    )
    axes.xaxis.set_label_position("bottom")
    sns.despine(ax=axes, left=True, bottom=True)
    return Described(figure, _in_words(table, cells, stories, naming, language), language)


def _mark(axes, x: int, y: int, steps: pd.DataFrame) -> None:
    """Draw a disc for what happened and a ring for what did not yet, with the sign in it."""
    real = steps[steps["found"]]
    shown = real if len(real) else steps
    signs = {one for one in shown["polarity"].dropna() if one in ("+", "-")}
    sign = "±" if len(signs) > 1 else {"+": "+", "-": "−"}.get(next(iter(signs), ""), "0")
    face = _INK if len(real) else _PAPER
    axes.plot(x, y, "o", markersize=11.5, markerfacecolor=face, markeredgecolor=_INK, markeredgewidth=1.3, zorder=2)
    axes.text(
        x,
        y,
        sign,
        ha="center",
        va="center_baseline",
        fontsize=10,
        fontweight="bold",
        color=_PAPER if len(real) else _INK,
        zorder=3,
    )


def _state(axes, y: int, state: str) -> None:
    if state == "not_collected":
        axes.plot(-0.85, y, "x", markersize=6, color=_QUIET, zorder=2)
    else:
        face = _QUIET if state == "present" else _PAPER
        axes.plot(-0.85, y, "s", markersize=6.5, markerfacecolor=face, markeredgecolor=_QUIET, zorder=2)


def _figures(row: Mapping) -> str:
    """Return the first and the last figure of an indicator, the last with its denominator."""
    if row["data_state"] != "present":
        return ""
    last = f"{row['last_value']:g}" + ("" if pd.isna(row["denominator"]) else f"/{row['denominator']:g}")
    return last if row["observations"] < 2 else f"{row['first_value']:g} → {last}"


def _short(name: object) -> str:
    text = str(name)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rsplit(" ", 1)[0] + " …"


def _in_words(
    table: pd.DataFrame, cells: pd.DataFrame, stories: pd.DataFrame, naming: Mapping[str, str], language: str
) -> str:
    parts = []
    for cycle, name in naming.items():
        own = table[table["cycle"] == cycle]
        if len(own):
            numbers = own[own["indicator_id"].notna()]
            figures = int((numbers["data_state"] == "present").sum())
            touched = cells.loc[cells["found"] & (cells["cycle"] == cycle), "story_id"].nunique()
            parts.append(phrase("matrix_cycle_drawn", language, cycle=name, n=touched, figures=figures, N=len(numbers)))
    indicators = int(table["indicator_id"].notna().sum())
    return phrase("matrix_drawn", language, indicators=indicators, stories=len(stories), cycles=" ".join(parts))
