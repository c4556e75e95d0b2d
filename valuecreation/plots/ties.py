"""The figure of ties: people and the lines between them, or, of many people, groups and how many of the pairs are tied."""

from __future__ import annotations

import networkx
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from valuecreation.plots.described import Described
from valuecreation.words import phrase

_QUIET = "#4b5563"
_MARKS = ("o", "s", "^", "D", "P", "v", "X", "h")
_MEAN_TIES = 4


def draw_people(
    edges: pd.DataFrame, people: list, groups: dict, directed: bool, language: str, words: tuple[str, str, str]
) -> Described:
    """Draw everybody, with the closest ties only when there are so many that no line could be followed; the figure says which."""
    least = _least(edges, len(people))
    drawn = edges[edges["meetings"] >= least]
    graph = networkx.Graph()
    graph.add_nodes_from(people)
    graph.add_weighted_edges_from(drawn[["source", "target", "meetings"]].itertuples(index=False, name=None))
    places = _places(graph)
    names = sorted(set(groups.values()))
    colours = dict(zip(names, sns.color_palette("colorblind", len(names)), strict=True))
    figure = Figure(figsize=(8.6, 6.4), layout="constrained")
    axes = figure.subplots()
    most = max(drawn["meetings"], default=1)
    for row in drawn.itertuples(index=False):
        line = {"color": "#9ca3af", "linewidth": 0.5 + 2 * row.meetings / most, "alpha": 0.75}
        if directed:
            shape = {"arrowstyle": "-|>", "connectionstyle": "arc3,rad=0.12", "shrinkA": 11, "shrinkB": 11}
            axes.annotate("", places[row.target], places[row.source], arrowprops={**shape, **line})
        else:
            (x0, y0), (x1, y1) = places[row.source], places[row.target]
            axes.plot([x0, x1], [y0, y1], zorder=1, **line)
    for person in people:
        group = groups.get(person)
        mark = _MARKS[names.index(group) % len(_MARKS)] if group else "o"
        axes.plot(*places[person], mark, markersize=17, color=colours.get(group, "#d1d5db"), mec="white", zorder=2)
        axes.annotate(person, places[person], ha="center", va="center", fontsize=7, fontweight="bold", color="black",
                      zorder=3)  # fmt: skip
    keys = [Line2D([], [], marker=_MARKS[number % len(_MARKS)], linestyle="", markersize=10, color=colours[name],
                   label=name) for number, name in enumerate(names)]  # fmt: skip
    figure.legend(handles=keys, loc="outside right upper", frameon=False, fontsize=9)
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.margins(0.06)
    what = phrase(words[2], language)
    said = phrase("ties_drawn_some", language, count=len(drawn), of=len(edges), least=least, what=what)
    figure.supxlabel(said, fontsize=9, color=_QUIET, x=0.02, ha="left")
    return Described(
        figure,
        phrase("ties_drawn_directed" if directed else "ties_drawn", language, people=len(people), said=said),
        language,
    )


def draw_groups(table: pd.DataFrame, directed: bool, language: str, words: tuple[str, str, str]) -> Described:
    """Draw groups against groups, in each cell the pairs with a tie out of the pairs there could be."""
    names = list(dict.fromkeys([*table["from_group"], *table["to_group"]]))
    share = pd.DataFrame(float("nan"), index=names, columns=names)
    told = pd.DataFrame("", index=names, columns=names)
    for row in table.itertuples(index=False):
        cells = [(row.from_group, row.to_group)]
        if not directed:
            cells.append((row.to_group, row.from_group))
        for first, second in cells:
            share.loc[first, second] = row.n / row.N if row.N else float("nan")
            told.loc[first, second] = phrase("n_of", language, n=row.n, N=row.N)
    figure = Figure(figsize=(2.6 + 1.25 * len(names), 1.6 + 0.6 * len(names)), layout="constrained")
    axes = figure.subplots()
    sns.heatmap(share, ax=axes, cmap="cividis_r", vmin=0, vmax=1, annot=told.to_numpy(), fmt="", linewidths=1,
                cbar=False, annot_kws={"fontsize": 9})  # fmt: skip
    axes.set_xlabel(phrase(words[1], language))
    axes.set_ylabel(phrase(words[0], language))
    lines = "; ".join(
        f"{row.from_group} – {row.to_group}: {phrase('n_of', language, n=row.n, N=row.N)}"
        for row in table.itertuples(index=False)
    )
    return Described(figure, phrase("ties_drawn_groups", language, lines=lines), language)


def _least(edges: pd.DataFrame, people: int) -> int:
    """Return from how many meetings on ties are drawn: all where each has about four, else so many that it comes near to it."""
    for least in sorted(edges["meetings"].unique()):
        if 2 * (edges["meetings"] >= least).sum() <= _MEAN_TIES * people:
            return int(least)
    return int(edges["meetings"].max()) if len(edges) else 1


def _places(graph: networkx.Graph) -> dict:
    """Return a place for everybody: each part laid out by itself, as wide as it has people, and the parts in rows."""
    parts = sorted((sorted(part) for part in networkx.connected_components(graph)), key=lambda part: (-len(part), part))
    width = max(2.4 * len(graph) ** 0.5, 2 * _radius(len(parts[0])) if parts else 0)
    places, x, y, tall = {}, 0.0, 0.0, 0.0
    for part in parts:
        radius = _radius(len(part))
        if x and x + 2 * radius > width:
            x, y, tall = 0.0, y - tall, 0.0
        inside = networkx.kamada_kawai_layout(graph.subgraph(part), weight=None) if len(part) > 1 else {part[0]: (0, 0)}
        for one, (across, up) in inside.items():
            reach = radius - 0.55
            places[one] = (x + radius + reach * float(across), y - radius + reach * float(up))
        x, tall = x + 2 * radius, max(tall, 2 * radius)
    return places


def _radius(people: int) -> float:
    return 0.6 if people == 1 else 0.6 + 0.62 * people**0.62
