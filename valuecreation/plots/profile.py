"""The figure of a profile: cycles down, statuses or groups across, a dot for each count."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from valuecreation.errors import MissingTable, UnknownName
from valuecreation.plots.described import Described
from valuecreation.plots.dots import dot_table
from valuecreation.words import label, phrase, vocabulary

if TYPE_CHECKING:
    from valuecreation.study import Study

_FOUND = ("experienced", "reported")
_KEYS = ("codebook", "code", "status", "unit")


def draw_profile(
    table: pd.DataFrame,
    study: Study,
    groups: tuple[str, ...],
    language: str,
    negative: pd.DataFrame,
    naming: Callable[[str, str], str],
    *,
    unit: str = "participants",
    codebook: str | None = None,
    status: str = "experienced",
) -> Described:
    """Draw a profile.

    Parameters
    ----------
    table : pandas.DataFrame
        The table of `profile`.
    study : Study
        For the labels of its codebooks.
    groups : tuple of str
        The columns by which the table is grouped; without any, the columns of the figure are the statuses.
    language : {"en", "nl"}
    negative : pandas.DataFrame
        How many of the same units mention it with a negative sign: the keys of the table, and n.
    naming : callable
        From a group and a value to the word for it.
    unit : {"participants", "segments"}
    codebook : str, optional
        Which one; the first of the table when left out.
    status : str
        Which status a grouped figure shows.
    """
    if table.empty:
        raise MissingTable("There is nothing to draw: no text was looked through with this codebook.")
    chosen = codebook or table["codebook"].iloc[0]
    for kind, asked, known in (
        ("unit", unit, ("participants", "segments")),
        ("codebook", chosen, list(table["codebook"].unique())),
        ("status", status, vocabulary("status")),
    ):
        if asked not in known:
            raise UnknownName.among(kind, asked, known)
    book = study.codebook(chosen)
    some = table[(table["codebook"] == book.name) & (table["unit"] == unit)]
    if groups:
        some = some[some["status"] == status]
        named = [[naming(group, value) for value in some[group]] for group in groups]
        names = pd.Series([" / ".join(one) for one in zip(*named, strict=True)], index=some.index)
        wholes = some.assign(column=names).drop_duplicates("column").set_index("column")["N"]
        notes = [f"N = {whole}" for whole in wholes]
        faint: list[str] = [] if status in _FOUND else list(wholes.index)
    else:
        names = some["status"].map(
            lambda one: label("status", one, language) if one else phrase("not_judged_group", language)
        )
        notes = []
        faint = [name for name, one in zip(names, some["status"], strict=True) if one not in _FOUND]
    at_a_cost = some.merge(negative, on=[*_KEYS, *groups], how="left", suffixes=("", "_negative"))["n_negative"].fillna(
        0
    )
    cells = some.assign(
        note=[f"−{int(n)}" if n else "" for n in at_a_cost],
        row=some["code"].map(lambda code: book.label(code, language)),
        column=names,
    )
    if groups:
        cells = cells.assign(whole=cells["N"])
    rows, columns = list(dict.fromkeys(cells["row"])), list(dict.fromkeys(cells["column"]))
    whole = int(some["N"].max()) if len(some) else 0
    counted = phrase(f"unit_{unit}", language) + (f" ({label('status', status, language)})" if groups else "")
    caption = (
        phrase("caption_profile", language, unit=counted, N=whole)
        if not groups
        else phrase("caption_groups", language, unit=counted)
    )
    figure = dot_table(cells, rows, columns, whole=whole, faint=faint, notes=notes, caption=caption)
    negatives = phrase("negative", language)
    words = [
        f"{row}: "
        + ", ".join(
            f"{column} {n}" + (f" ({negatives} {note[1:]})" if note else "")
            for column, n, note in zip(part["column"], part["n"], part["note"], strict=True)
            if n
        )
        for row, part in cells.groupby("row", sort=False)
        if part["n"].any()
    ]
    shown = phrase(
        "figure_profile" if unit == "participants" else "figure_segments",
        language,
        unit=counted,
        N=whole,
        cells="; ".join(words) + "." if words else phrase("figure_empty", language),
    )
    return Described(figure, shown, language)
