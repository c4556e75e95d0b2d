"""Shares and intervals beside counts: only when asked for, and with the population they speak of."""

import pandas as pd

from valuecreation.errors import UndefinedStatistic
from valuecreation.stats import clopper_pearson, clustered_share, wilson
from valuecreation.stats.proportions import check_confidence
from valuecreation.words import phrase


def add_shares(
    table: pd.DataFrame,
    details: list,
    groups: tuple[str, ...],
    population: str | None,
    exact: bool,
    confidence: float,
    language: str,
) -> tuple[pd.DataFrame, list[str]]:
    """Return a table with shares, with intervals when a population is named, and what has to be said about them.

    Participants get Wilson (or Clopper-Pearson), segments an interval that respects that they cluster in participants.
    Where an interval does not exist the cells stay empty and a caution gives the reason.
    """
    table = table.assign(share=(table["n"] / table["N"].where(table["N"] > 0)).astype("float64"))
    if population is None:
        return table, []
    check_confidence(confidence)
    lows, highs, methods, reasons = [], [], [], []
    clusters = _Clusters(details, groups)
    for row in table.to_dict("records"):
        try:
            if row["unit"] == "participants":
                low, high = (clopper_pearson if exact else wilson)(row["n"], row["N"], confidence)
                method = "Clopper-Pearson" if exact else "Wilson"
            else:
                found = clustered_share(*clusters.of(row), confidence=confidence)
                low, high, method = found.low, found.high, found.method
        except UndefinedStatistic as reason:
            low = high = float("nan")
            method = ""
            reasons.append(str(reason))
        lows.append(low)
        highs.append(high)
        methods.append(method)
    said = [phrase("population", language, population=population, confidence=f"{confidence:.0%}")]
    said += [phrase("no_interval", language, reason=reason) for reason in dict.fromkeys(reasons)]
    return table.assign(low=lows, high=highs, method=pd.Series(methods, dtype="str")), said


class _Clusters:
    """Segments per participant, with and without a code, for any row of the table."""

    def __init__(self, details: list, groups: tuple[str, ...]):
        self.details = {book: (segments, joined) for book, segments, joined in details}
        self.groups = groups

    def of(self, row: dict) -> tuple[pd.Series, pd.Series]:
        segments, joined = self.details[row["codebook"]]
        has = (joined["code"] == row["code"]) & (joined["status"] == row["status"])
        within = pd.Series(True, index=segments.index)
        for group in self.groups:
            has &= joined[group] == row[group]
            if group in segments:
                within &= segments[group] == row[group]
        totals = segments[within].groupby(_teller(segments[within]))["segment_id"].nunique()
        found = joined[has].groupby(_teller(joined[has]))["segment_id"].nunique()
        return found.reindex(totals.index, fill_value=0), totals


def _teller(rows: pd.DataFrame) -> pd.Series:
    """Return who a segment clusters with: its speaker, or its document where nobody speaks."""
    return rows["participant_id"].fillna("document " + rows["document_id"].astype("str"))
