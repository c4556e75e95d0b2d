"""A dot table: rows and columns of a table with a dot for each count, and the count itself in figures.

It has no order of rank: rows stand at equal distances, nothing rises or narrows, and every number is printed, so that no
meaning lies in size or shade alone.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

_INK, _PAPER, _LINE = "#1b4965", "#ffffff", "#c8ccd0"
_LARGEST = 1500


def dot_table(
    cells: pd.DataFrame,
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    whole: int,
    faint: Sequence[str] = (),
    notes: Sequence[str] = (),
    caption: str = "",
    width: float | None = None,
) -> Figure:
    """Draw counts as dots.

    Parameters
    ----------
    cells : pandas.DataFrame
        Columns row, column, n, and optionally note (a few signs printed below the number) and whole (a count drawn as a ring
        around the dot: the group of which n are a part).
    rows, columns : sequence of str
        Labels in order.
    whole : int
        The count of a full dot: N.
    faint : sequence of str
        Columns whose dots are drawn hollow (what is not, or not yet, found).
    notes : sequence of str
        Second lines below the column labels, ``N = 17`` for instance.
    caption : str
        A line below the figure: unit, N and how to read it.
    width : float, optional
        Of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure
        One axes; a dot's area is to the area of a full dot as n to `whole`.
    """
    longest = max((len(label) for label in rows), default=8)
    height = 1.1 + 0.78 * max(len(rows), 1)
    figure = Figure(
        figsize=(width or 1.6 + 0.085 * longest + 1.35 * max(len(columns), 1), height), layout="constrained"
    )
    with sns.axes_style("white"), sns.plotting_context("notebook", font_scale=0.9):
        axes = figure.subplots()
    placed = cells.assign(
        x=cells["column"].map({label: place for place, label in enumerate(columns)}),
        y=cells["row"].map({label: place for place, label in enumerate(rows)}),
        area=_LARGEST * cells["n"] / max(whole, 1),
    )
    for ring in placed.to_dict("records") if "whole" in placed else ():
        diameter = 2 * np.sqrt(_LARGEST * ring["whole"] / max(whole, 1) / np.pi)
        axes.plot(ring["x"], ring["y"], "o", markersize=diameter, fillstyle="none", color=_LINE, zorder=1.5)
    some = placed[placed["n"] > 0]
    hollow = some["column"].isin(faint)
    for part, face in ((some[~hollow], _INK), (some[hollow], _PAPER)):
        axes.scatter(part["x"], part["y"], s=part["area"], facecolor=face, edgecolor=_INK, linewidth=1.6, zorder=2)
    for cell in placed.to_dict("records"):
        radius = np.sqrt(cell["area"] / np.pi) / 72
        outer = max(radius, np.sqrt(_LARGEST * cell.get("whole", 0) / max(whole, 1) / np.pi) / 72)
        inside = radius > 0.16 and cell["column"] not in faint
        axes.annotate(
            str(cell["n"]),
            (cell["x"], cell["y"]),
            xytext=(0, 0) if cell["n"] == 0 or radius > 0.16 else (outer * 72 + 4, 0),
            textcoords="offset points",
            ha="center" if cell["n"] == 0 or radius > 0.16 else "left",
            va="center_baseline",
            color=_PAPER if inside else ("#6b7280" if cell["n"] == 0 else _INK),
            fontsize=11,
            fontweight="normal" if cell["n"] == 0 else "bold",
            zorder=3,
        )
        if cell.get("note"):
            axes.annotate(
                cell["note"],
                (cell["x"], cell["y"]),
                xytext=(max(outer * 72, 8) + 3, -11),
                textcoords="offset points",
                ha="left",
                va="center",
                color="#8a3b12",
                fontsize=9,
                zorder=3,
            )
    labels = [
        f"{label}\n{note}" if note else label
        for label, note in zip(columns, [*notes, *[""] * len(columns)], strict=False)
    ]
    axes.set_xticks(range(len(columns)), [_broken(label) for label in labels])
    axes.set_yticks(range(len(rows)), rows)
    axes.set_xlim(-0.6, len(columns) - 0.4)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.xaxis.tick_top()
    axes.tick_params(length=0, labelsize=10.5)
    for place in range(len(rows)):
        axes.axhline(place, color=_LINE, linewidth=0.8, zorder=1)
    if caption:
        axes.set_xlabel(caption, fontsize=9.5, color="#4b5563", labelpad=8, loc="left", wrap=True)
        axes.xaxis.set_label_position("bottom")
    sns.despine(ax=axes, left=True, bottom=True)
    return figure


def _broken(label: str, most: int = 16) -> str:
    """Return a label over several lines, broken between words."""
    lines = [""]
    for line in label.split("\n"):
        for word in line.split(" "):
            if lines[-1] and len(lines[-1]) + len(word) >= most:
                lines.append(word)
            else:
                lines[-1] = f"{lines[-1]} {word}".strip()
        lines.append("")
    return "\n".join(line for line in lines if line)
