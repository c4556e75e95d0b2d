"""The picture of an inventory: a small panel for each dimension, with a dot for how many networks are in each category."""

from __future__ import annotations

import seaborn as sns
from matplotlib.figure import Figure

from valuecreation.errors import MissingTable
from valuecreation.plots.described import Described
from valuecreation.words import phrase

_INK, _LINE, _QUIET = "#1b4965", "#c8ccd0", "#4b5563"
_ROW, _HEAD = 0.31, 0.66


def draw_inventory(
    panels: list[tuple[str, list[tuple[str, int, int]], int, bool]], networks: int, language: str
) -> Described:
    """Draw counts of networks in panels of one scale: from none to all of them, with the N of each panel as a dotted line.

    Parameters
    ----------
    panels : list
        Heading; categories with how many networks are in them and how many more may be; N; whether a network can be in several.
    networks : int
    language : {"en", "nl"}
    """
    if not panels:
        raise MissingTable(phrase("inventory_nothing_to_draw", language))
    columns = _two_columns([len(rows) for _, rows, _, _ in panels])
    tall = max(sum(_HEAD + _ROW * len(panels[one][1]) for one in column) for column in columns)
    figure = Figure(figsize=(5.4 * len(columns), tall + 0.5))
    words = []
    for across, column in enumerate(columns):
        top = tall
        for one in column:
            heading, rows, whole, several = panels[one]
            high = _ROW * len(rows)
            top -= _HEAD
            left = (5.4 * across + 2.75) / (5.4 * len(columns))
            axes = figure.add_axes(
                (left, (top - high + 0.45) / (tall + 0.5), 2.35 / (5.4 * len(columns)), high / (tall + 0.5))
            )
            top -= high
            _panel(axes, rows, whole, networks)
            named = phrase(
                "inventory_panel_several" if several else "inventory_panel", language, label=heading, N=whole
            )
            figure.text((5.4 * across + 0.12) / (5.4 * len(columns)), (top + high + 0.53) / (tall + 0.5), named, fontsize=9.5,
                        fontweight="bold", color=_INK, va="bottom")  # fmt: skip
            words.append(f"{named}: {'; '.join(_told(*row, language) for row in rows)}.")
    figure.text(0.01, 0.012, phrase("inventory_caption", language, N=networks), fontsize=8.5, color=_QUIET, va="bottom")
    return Described(figure, phrase("inventory_drawn", language, N=networks, lines=" ".join(words)), language)


def _panel(axes, rows: list[tuple[str, int, int]], whole: int, networks: int) -> None:
    for y, (_, n, waiting) in enumerate(rows):
        axes.axhline(y, color=_LINE, linewidth=0.7, zorder=0)
        axes.plot([n, n + waiting], [y, y], color=_INK, linewidth=1.6, alpha=0.55, zorder=1)
        axes.plot(n, y, "o", markersize=7, color=_INK, zorder=2)
        axes.annotate(str(n), (n, y), xytext=(0, 5), textcoords="offset points", ha="center", fontsize=8, color=_INK)
    axes.axvline(whole, color=_QUIET, linestyle=":", linewidth=0.9, zorder=0)
    axes.set_yticks(range(len(rows)), [_short(label) for label, _, _ in rows], fontsize=8.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(0, networks * 1.12)
    axes.set_xticks([])
    axes.tick_params(length=0)
    sns.despine(ax=axes, left=True, bottom=True)


def _told(label: str, n: int, waiting: int, language: str) -> str:
    return f"{label} {n}" + (f" {phrase('inventory_waits', language, count=waiting)}" if waiting else "")


def _two_columns(sizes: list[int]) -> list[list[int]]:
    """Return which panels stand in which column, in reading order, the columns about as long as each other."""
    if len(sizes) < 3:
        return [list(range(len(sizes)))]
    long = [_HEAD + _ROW * size for size in sizes]
    half = min(range(1, len(sizes)), key=lambda cut: max(sum(long[:cut]), sum(long[cut:])))
    return [list(range(half)), list(range(half, len(sizes)))]


def _short(label: str, most: int = 40) -> str:
    return label if len(label) <= most else label[: most - 1].rsplit(" ", 1)[0] + " …"
