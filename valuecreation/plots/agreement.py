"""Figures of agreement: coefficients with their intervals in the order of the book, and the pairs of codes at stake."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from valuecreation.errors import MissingTable
from valuecreation.plots.described import Described
from valuecreation.plots.dots import dot_table
from valuecreation.words import phrase

_INK, _QUIET, _LINE = "#1b4965", "#6b7280", "#c8ccd0"


def draw_coefficients(table: pd.DataFrame, naming: Callable[[str], str], language: str) -> Described:
    """Draw percent agreement and alpha for each code, with the bootstrap interval of alpha.

    No band says what is good enough: that depends on what the codes are for.
    """
    codes = list(dict.fromkeys(table["code"]))
    if not codes:
        raise MissingTable("There is nothing to draw: no code was given by two coders.")
    figure = Figure(figsize=(8.5, 1.3 + 0.62 * len(codes)), layout="constrained")
    with sns.axes_style("white"):
        axes = figure.subplots()
    lowest, words = 0.0, []
    for place, code in enumerate(codes):
        rows = table[table["code"] == code].set_index("coefficient")
        axes.axhline(place, color=_LINE, linewidth=0.8, zorder=1)
        alpha, percent = rows.loc["alpha"], rows.loc["percent"]
        said = [naming(code)]
        if not np.isnan(alpha["value"]):
            if not np.isnan(alpha["boot_low"]):
                axes.plot([alpha["boot_low"], alpha["boot_high"]], [place, place], color=_INK, linewidth=2.4, zorder=2)
                lowest = min(lowest, alpha["boot_low"])
            axes.plot(alpha["value"], place, "o", color=_INK, markersize=8, zorder=3)
            axes.annotate(
                f"{alpha['value']:.2f}", (alpha["value"], place), xytext=(0, 9), textcoords="offset points", ha="center",
                fontsize=9.5, color=_INK, fontweight="bold",
            )  # fmt: skip
            lowest = min(lowest, alpha["value"])
            said.append(f"alpha {alpha['value']:.2f}")
        else:
            axes.annotate(phrase("not_defined", language), (0.02, place), va="bottom", fontsize=9, color=_QUIET)
            said.append(f"alpha {phrase('not_defined', language)}")
        if not np.isnan(percent["value"]):
            axes.plot(percent["value"], place, "D", markersize=7, fillstyle="none", color=_QUIET, zorder=3)
            said.append(f"{phrase('coefficient_percent', language)} {percent['value']:.2f}")
        words.append(", ".join(said))
    axes.axvline(0, color=_QUIET, linewidth=0.8, linestyle=":", zorder=1)
    axes.set_xlim(lowest - 0.06, 1.04)
    axes.set_ylim(len(codes) - 0.4, -0.7)
    alphas = table[table["coefficient"] == "alpha"].set_index("code")
    notes = [f"n = {alphas.loc[code, 'n_units']}" for code in codes]
    axes.set_yticks(range(len(codes)), [f"{naming(code)}\n{note}" for code, note in zip(codes, notes, strict=True)])
    axes.tick_params(length=0, labelsize=10)
    axes.set_xlabel(
        phrase("caption_agreement", language), fontsize=9.5, color="#4b5563", labelpad=8, loc="left", wrap=True
    )
    sns.despine(ax=axes, left=True, bottom=True)
    return Described(figure, phrase("figure_agreement", language, cells="; ".join(words)), language)


def draw_pairs(
    counts: pd.DataFrame, order: list[str], units: int, naming: Callable[[str], str], language: str
) -> Described:
    """Draw in how many units each pair of codes is at stake; the last column is a code against no code."""
    if counts.empty:
        raise MissingTable("There is nothing to draw: the coders differ nowhere.")
    none = phrase("no_code", language)
    name = {**{code: naming(code) for code in order}, "": none}
    rows = [name[code] for code in order if code in set(counts["code"])]
    columns = [name[code] for code in order if code in set(counts["other"])]
    columns += [none] if "" in set(counts["other"]) else []
    cells = counts.assign(row=counts["code"].map(name), column=counts["other"].map(name))
    figure = dot_table(
        cells,
        rows,
        columns,
        whole=int(counts["n"].max()),
        caption=phrase("caption_pairs", language, units=units),
        width=8.5,
    )
    said = [f"{row['row']} – {row['column']} {row['n']}" for row in cells.to_dict("records")]
    return Described(figure, phrase("figure_pairs", language, units=units, cells="; ".join(said)), language)
