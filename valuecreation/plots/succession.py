"""The index plot of succession: a row a participant without a name, a cell a step, in it what was found, by letter and colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from valuecreation.plots.described import Described
from valuecreation.words import phrase

_QUIET = "#4b5563"
_MOST_ROWS = 60


def draw_index(steps: pd.DataFrame, states: Sequence[str], naming: Callable[[str], str], language: str) -> Described:
    """Draw sequences as they are, the longest first; of more than sixty every so-manieth, which the figure says."""
    lengths = steps.groupby("participant_id")["step"].max() + 1
    everybody = lengths.sort_index().sort_values(ascending=False, kind="stable")
    each = -(-len(everybody) // _MOST_ROWS)
    shown = everybody.iloc[::each]
    letters = _letters([naming(one) for one in states])
    colours = dict(zip(states, sns.color_palette("colorblind", len(states)), strict=True))
    figure = Figure(figsize=(min(2 + 0.42 * int(shown.max()), 14), 1.4 + 0.27 * len(shown)), layout="constrained")
    axes = figure.subplots()
    cells = {key: sorted(set(part["state"]), key=list(states).index) for key, part in
             steps.groupby(["participant_id", "step"])}  # fmt: skip
    for row, (person, length) in enumerate(shown.items()):
        for step in range(int(length)):
            there = cells[person, step]
            wide = 0.94 / len(there)
            for number, state in enumerate(there):
                left = step + number * wide
                axes.add_patch(Rectangle((left, row - 0.42), wide, 0.84, color=colours[state], linewidth=0))
                axes.text(
                    left + wide / 2,
                    row,
                    letters[naming(state)],
                    ha="center",
                    va="center",
                    fontsize=6.5 if len(there) < 4 else 4.8,
                )
    axes.set_xlim(0, int(shown.max()))
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_yticks([])
    axes.set_xlabel(phrase("succession_axis", language), fontsize=9, color=_QUIET)
    axes.set_ylabel(phrase("succession_rows", language, shown=len(shown), of=len(everybody)), fontsize=9, color=_QUIET)
    sns.despine(ax=axes, left=True)
    keys = [Patch(color=colours[one], label=f"{letters[naming(one)]}  {naming(one)}") for one in states]
    figure.legend(handles=keys, loc="outside right upper", frameon=False, fontsize=9)
    firsts = steps[steps["step"] == 0].groupby("state")["participant_id"].nunique()
    lines = "; ".join(
        f"{naming(state)}: {phrase('n_of', language, n=int(firsts.get(state, 0)), N=len(everybody))}"
        for state in states
    )
    return Described(
        figure, phrase("succession_drawn", language, shown=len(shown), of=len(everybody), lines=lines), language
    )


def _letters(names: list[str]) -> dict[str, str]:
    """Return for each name the shortest beginning that no other has."""
    found = {}
    for name in names:
        size = 1
        while size < len(name) and any(
            other != name and other[:size].lower() == name[:size].lower() for other in names
        ):
            size += 1
        found[name] = name[:size].capitalize()
    return found
