"""Disagreements: where coders differ, side by side with what they wrote beside it, gathered by the pair of codes at stake."""

from collections.abc import Callable
from itertools import combinations

import pandas as pd

from valuecreation.analyses.ratings import Ratings
from valuecreation.words import label, phrase

NONE = ""
COLUMNS = ["code", "other", "document_id", "segment_id", "participant_id", "date", "quote"]


def disagreements(ratings: Ratings, order: list[str]) -> pd.DataFrame:
    """Return every disagreement about codes.

    Parameters
    ----------
    ratings : Ratings
    order : list of str
        Codes in the order of the codebook.

    Returns
    -------
    pandas.DataFrame
        A row for each unit and each pair of codes at stake in it: ``code`` and ``other`` in the order of the codebook, ``other``
        empty where somebody found nothing in place of it; then the unit, and a column for each coder with the codings as
        `said` writes them. A unit in which one found potential and another applied is one row, applied against potential.
    """
    shared = ratings.shared
    place = {code: number for number, code in enumerate(order)}
    codes = ratings.codings.groupby(["segment_id", "coder"])["code"].agg(set).to_dict()
    looked = ratings.looked.loc[shared.index]
    rows = []
    for segment, seen in zip(shared.index, looked.to_numpy(), strict=True):
        who = [coder for coder, has in zip(ratings.coders, seen, strict=True) if has]
        at_stake = set()
        for one, another in combinations(who, 2):
            left, right = codes.get((segment, one), set()), codes.get((segment, another), set())
            only, also = left - right, right - left
            if only and also:
                at_stake |= {tuple(sorted(pair, key=place.__getitem__)) for pair in _pairs(only, also)}
            else:
                at_stake |= {(code, NONE) for code in only | also}
        rows += [(segment, *pair) for pair in at_stake]
    found = pd.DataFrame(rows, columns=["segment_id", "code", "other"]).astype("str")
    found = found.merge(
        shared.reset_index()[["segment_id", "document_id", "participant_id", "date", "quote"]], on="segment_id"
    )
    place = {**place, NONE: len(place)}
    keys = found.assign(a=found["code"].map(place), b=found["other"].map(place))
    return found.loc[keys.sort_values(["a", "b", "document_id", "segment_id"]).index, COLUMNS].reset_index(drop=True)


def _pairs(only: set[str], also: set[str]) -> list[tuple[str, str]]:
    return [(one, other) for one in only for other in also]


def beside(ratings: Ratings, found: pd.DataFrame, naming: Callable[[str], str], language: str) -> pd.DataFrame:
    """Return disagreements with a column for each coder: code, status, sign and memo in words."""
    said = {
        key: "\n".join(_said(row, naming, language) for row in rows.to_dict("records"))
        for key, rows in ratings.codings.groupby(["segment_id", "coder"])
    }
    columns = {}
    for coder in ratings.coders:
        looked = ratings.looked[coder]
        columns[coder] = [
            said.get((segment, coder), phrase("no_code" if looked[segment] else "not_looked", language))
            for segment in found["segment_id"]
        ]
    return found.assign(**columns)


def pairs_of_codes(found: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    """Return in how many units each pair of codes is at stake: columns code, other, n; most first, then by the book."""
    counts = found.groupby(["code", "other"], sort=False)["segment_id"].nunique().rename("n").reset_index()
    place = {code: number for number, code in enumerate([*order, NONE])}
    counts = counts.assign(a=counts["code"].map(place), b=counts["other"].map(place))
    counts = counts.sort_values(["n", "a", "b"], ascending=[False, True, True])
    return counts[["code", "other", "n"]].reset_index(drop=True)


def _said(row: dict, naming: Callable[[str], str], language: str) -> str:
    judged = [
        label(name, row[name], language) for name in ("status", "polarity") if isinstance(row[name], str) and row[name]
    ]
    memo = f" – {row['memo']}" if isinstance(row["memo"], str) else ""
    name = naming(row["coded_as"])
    return f"{name} ({', '.join(judged)}){memo}" if judged else f"{name}{memo}"
