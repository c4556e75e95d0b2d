"""The figure of flows: cycles on a ring, so that none stands above another, and an arrow for what was claimed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch, Polygon
from matplotlib.path import Path

from valuecreation.errors import MissingTable
from valuecreation.plots.described import Described
from valuecreation.words import label, phrase

_INK, _PAPER, _LINE, _LOOP, _FRAME = "#1b4965", "#ffffff", "#9aa3ab", "#8a3b12", "#5b3a86"
_LOOKS = {
    "flow": ("-", _INK, 0.22),
    "learning_loop": ((0, (5, 2)), _LOOP, 0.36),
    "reframing_loop": ((0, (1, 1.5)), _FRAME, 0.1),
}
_NODE = 0.15


def draw_flows(
    table: pd.DataFrame, order: Sequence[str], naming: Mapping[str, str], whole: int, by: str | None, language: str
) -> Described:
    """Draw the arrows of value found, those claimed by tellers beside those claimed by analysts.

    Every arrow has its number of tellers printed on it, and each kind its own line, so that the figure reads in grey.

    Parameters
    ----------
    table : pandas.DataFrame
        The table of `flows`; with groups, a row of two rings for each.
    order : sequence of str
        Cycles around the ring.
    naming : mapping
        Their names.
    whole : int
        How many tellers there are.
    by : str, optional
        The column of groups.
    language : {"en", "nl"}
    """
    real = table[table["reality"] == "found"]
    if real.empty:
        raise MissingTable("There is nothing to draw: no link between two steps that both happened was claimed.")
    groups = list(dict.fromkeys(real[by])) if by else [None]
    figure = Figure(figsize=(11.5, 5.9 * len(groups)), layout="constrained")
    said = []
    with sns.axes_style("white"):
        panels = figure.subplots(len(groups), 2, squeeze=False)
    most = max(int(real["n"].max()), 1)
    for row, group in zip(panels, groups, strict=True):
        part = real if group is None else real[real[by] == group]
        size = whole if group is None else int(part["N"].iloc[0])
        words = {}
        for axes, who in zip(row, ("teller", "analyst"), strict=True):
            own = part[part["claimed_by"] == who]
            _ring(axes, own, order, naming, most)
            title = phrase("flows_panel", language, who=label("claimant_role", who, language))
            axes.set_title(title if group is None else f"{group}: {title}", fontsize=11)
            words[who] = "; ".join(_said(one, naming, language) for one in own.to_dict("records")) or phrase(
                "flows_none", language
            )
        drawn = phrase("flows_drawn", language, N=size, **words)
        said.append(drawn if group is None else f"{group}. {drawn}")
    figure.supxlabel(phrase("flows_caption", language, N=whole), fontsize=9.5, color="#4b5563")
    return Described(figure, " ".join(said), language)


def _ring(axes, own: pd.DataFrame, order: Sequence[str], naming: Mapping[str, str], most: int) -> None:
    angles = np.pi / 2 - 2 * np.pi * np.arange(len(order)) / len(order)
    at = {cycle: np.array([np.cos(angle), np.sin(angle)]) for cycle, angle in zip(order, angles, strict=True)}
    for cycle, place in at.items():
        axes.add_patch(Circle(place, _NODE, facecolor=_PAPER, edgecolor=_LINE, linewidth=1.4, zorder=2))
        side = "center" if abs(place[0]) < 0.2 else "left" if place[0] > 0 else "right"
        outside = (
            place * (1 + _NODE + 0.14)
            if abs(place[0]) < 0.2
            else place + np.array([np.sign(place[0]) * (_NODE + 0.06), 0])
        )
        axes.text(*outside, naming[cycle].replace(" ", "\n", 1), ha=side, va="center", fontsize=10.5, color="#1b1b1b")
    for row in own.to_dict("records"):
        style, colour, bend = _LOOKS.get(row["kind"], _LOOKS["flow"])
        width = 1.0 + 3.2 * row["n"] / most
        if row["from_cycle"] == row["to_cycle"]:
            middle = _itself(axes, at[row["from_cycle"]], style, colour, width)
        else:
            middle = _arrow(axes, at[row["from_cycle"]], at[row["to_cycle"]], bend, style, colour, width)
        axes.text(
            *middle, str(row["n"]), ha="center", va="center", fontsize=10.5, fontweight="bold", color=colour, zorder=5,
            bbox={"boxstyle": "circle,pad=0.18", "facecolor": _PAPER, "edgecolor": "none"},
        )  # fmt: skip
    axes.set_xlim(-1.75, 1.75)
    axes.set_ylim(-1.45, 1.5)
    axes.set_aspect("equal")
    axes.axis("off")


def _arrow(axes, start: np.ndarray, end: np.ndarray, bend: float, style, colour: str, width: float) -> np.ndarray:
    """Draw an arrow from the edge of one cycle to the edge of another, and return where its number goes."""
    along = end - start
    if bend == _LOOKS["reframing_loop"][2] and along[1] * (start + end)[0] - along[0] * (start + end)[1] > 0:
        bend = -bend  # by the inside, where no other cycle is in the way
    control = (start + end) / 2 + bend * np.array([along[1], -along[0]])
    first = start + _unit(control - start) * (_NODE + 0.01)
    last = end + _unit(control - end) * (_NODE + 0.02)
    _curve(axes, (first, control, last), style, colour, width)
    return 0.25 * first + 0.5 * control + 0.25 * last


def _itself(axes, place: np.ndarray, style, colour: str, width: float) -> np.ndarray:
    """Draw an arrow from a cycle to itself, away from its name, and return where its number goes."""
    out = np.array([0.9, 0.44]) if abs(place[0]) < 0.2 else np.array([0.0, np.sign(place[1]) or 1.0])
    turned = np.array([-out[1], out[0]])
    first, last = (place + _NODE * (0.8 * out + side * 0.6 * turned) for side in (-1, 1))
    above = [place + (_NODE + 0.36) * out + side * 0.24 * turned for side in (-1, 1)]
    _curve(axes, (first, *above, last), style, colour, width)
    return place + (_NODE + 0.27) * out


def _curve(axes, points: tuple, style, colour: str, width: float) -> None:
    """Draw a curve with a head of its own, which stays whole where the line is dotted."""
    head = _unit(points[-1] - points[-2])
    across = np.array([-head[1], head[0]])
    neck = points[-1] - 0.085 * head
    codes = [Path.MOVETO, *[Path.CURVE3 if len(points) == 3 else Path.CURVE4] * (len(points) - 1)]
    line = Path([*points[:-1], neck], codes)
    axes.add_patch(PathPatch(line, facecolor="none", edgecolor=colour, linewidth=width, linestyle=style, zorder=3))
    wide = 0.03 + 0.006 * width
    axes.add_patch(
        Polygon([points[-1], neck + wide * across, neck - wide * across], closed=True, facecolor=colour, zorder=4)
    )


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.linalg.norm(vector)


def _said(row: dict, naming: Mapping[str, str], language: str) -> str:
    kind = label("link_kind", row["kind"], language)
    return phrase(
        "flows_said", language, one=naming[row["from_cycle"]], other=naming[row["to_cycle"]], kind=kind, n=row["n"]
    )
