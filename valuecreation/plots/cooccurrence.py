"""The map of co-occurrence: codes where the projection puts them, lines as thick as their mean weight, a point a participant."""

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from valuecreation.plots.described import Described
from valuecreation.stats.epistemic import EpistemicNetwork
from valuecreation.words import phrase

_INK, _LINE, _QUIET = "#1b4965", "#5b6b78", "#9aa4ad"
_SIGNS = ("o", "s")
_LARGEST_MARGIN, _THICKEST = 0.3, 7.0


def draw_map(
    network: EpistemicNetwork,
    tellers: pd.Series,
    labels: dict[str, str],
    groups: pd.Series | None,
    by: str | None,
    window: str,
    language: str,
) -> Described:
    """Draw the map.

    Parameters
    ----------
    network : EpistemicNetwork
    tellers : pandas.Series
        For each pair of codes the number of participants in whose words it meets.
    labels : dict of str to str
        What the codes are called.
    groups : pandas.Series or None
        The group of each participant, drawn as another sign.
    by : str or None
        What the groups are.
    window, language : str

    Returns
    -------
    Described
        Axes have no unit: distance means likeness of what co-occurs, left is not less than right.
    """
    figure = Figure(figsize=(8.5, 6.6), layout="constrained")
    with sns.axes_style("white"):
        axes = figure.subplots()
    nodes = network.nodes
    mean = network.weights.mean()
    for (left, right), weight in mean.items():
        if weight > 0:
            ends = nodes.loc[[left, right]]
            axes.plot(
                ends["x"], ends["y"], color=_LINE, alpha=0.55, linewidth=_THICKEST * weight / mean.max(), zorder=1,
                solid_capstyle="round",
            )  # fmt: skip
    parts = [("", network.points)]
    if groups is not None:
        own = groups.reindex(network.points.index)
        parts = [(value, network.points[own == value]) for value in sorted(own.dropna().unique())]
    for sign, (value, points) in zip(_SIGNS, parts, strict=False):
        name = f"{value} (n = {len(points)})" if value else phrase("unit_participants", language)
        axes.scatter(
            points["x"], points["y"], marker=sign, s=34, facecolor="none", edgecolor=_QUIET, zorder=2, label=name
        )
        if value:
            middle = points.mean()
            axes.scatter(middle["x"], middle["y"], marker=sign, s=150, color=_QUIET, edgecolor=_INK, zorder=4)
    axes.scatter(nodes["x"], nodes["y"], s=70, color=_INK, zorder=5)
    for code, place in _apart(nodes).iterrows():
        axes.annotate(
            labels[code],
            (nodes.loc[code, "x"], nodes.loc[code, "y"]),
            xytext=(place["dx"], place["dy"]),
            textcoords="offset points",
            ha="left" if place["dx"] > 0 else "right",
            va="center",
            fontsize=10.5,
            color=_INK,
            zorder=6,
            path_effects=[withStroke(linewidth=3, foreground="white")],
        )
    axes.legend(frameon=False, loc="best", fontsize=9)
    axes.margins(_LARGEST_MARGIN, 0.12)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.axhline(0, color="#e3e6e8", linewidth=0.8, zorder=0)
    axes.axvline(0, color="#e3e6e8", linewidth=0.8, zorder=0)
    caption = phrase("caption_map", language, window=window, n=len(network.points))
    caption += f" {phrase('caption_map_groups', language)}" if groups is not None else ""
    axes.set_xlabel(caption, fontsize=9.5, color="#4b5563", labelpad=8, loc="left", wrap=True)
    sns.despine(ax=axes, left=True, bottom=True)
    return Described(figure, _words(tellers, labels, len(network.points), window, language), language)


def _apart(nodes: pd.DataFrame) -> pd.DataFrame:
    """Return offsets in points that put each label outward, and one of two close labels a little higher."""
    span = np.ptp(nodes.to_numpy(), axis=0)
    span[span == 0] = 1.0
    place = nodes / span
    offsets = pd.DataFrame({"dx": np.where(nodes["x"] >= nodes["x"].median(), 9.0, -9.0), "dy": 0.0}, index=nodes.index)
    for position, code in enumerate(place.index):
        for other in place.index[:position]:
            near = (place.loc[code] - place.loc[other]).abs()
            if near["y"] < 0.05 and near["x"] < 0.35:
                higher, lower = (code, other) if nodes.loc[code, "y"] >= nodes.loc[other, "y"] else (other, code)
                offsets.loc[higher, "dy"] += 8
                offsets.loc[lower, "dy"] -= 8
    return offsets


def _words(tellers: pd.Series, labels: dict[str, str], total: int, window: str, language: str) -> str:
    cells = [f"{labels[left]} – {labels[right]} {n}" for (left, right), n in tellers.items() if n]
    return phrase("figure_map", language, window=window, N=total, cells="; ".join(cells) + ".")
