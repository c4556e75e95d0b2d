"""The counts over events, each written once against narwhals: a lazy frame in, a small table keyed by network out."""

from __future__ import annotations

from itertools import count

import narwhals as nw

_NUMBER = count()
PERSON = ("network_id", "participant_id")


def participation(events: nw.LazyFrame) -> nw.LazyFrame:
    """Count, for each network and month, people, events and whole minutes; how many minutes are unknown stands beside them."""
    return _sums(events.group_by("network_id", "month"))


def profile(events: nw.LazyFrame) -> nw.LazyFrame:
    """Count the same for each activity apart; events without one are not in it."""
    return _sums(events.filter(~nw.col("activity").is_null()).group_by("network_id", "month", "activity"))


def ties(events: nw.LazyFrame, by: str | None = None) -> nw.LazyFrame:
    """Count, for each two people of a network, the activities that both were in, and the minutes of who was there shorter.

    By month, each activity lies in one month: the first in which both of the two had been there. The months add up to the whole.
    """
    carried = ["minutes", "unknown", *([by] if by else [])]
    there = (
        events.filter(~nw.col("activity_id").is_null())
        .group_by("network_id", "activity_id", "participant_id")
        .agg(*((nw.col(name).min() if name == by else nw.col(name).sum()).alias(name) for name in carried))
    )
    both = _paired(there, carried)
    both = both.filter(nw.col("participant_id") < nw.col("other_id"))
    open_end = (nw.col("unknown") + nw.col("other_unknown")) > 0
    shorter = (
        nw.when(nw.col("minutes") < nw.col("other_minutes")).then(nw.col("minutes")).otherwise(nw.col("other_minutes"))
    )
    if by:
        later = nw.when(nw.col(by) < nw.col(f"other_{by}")).then(nw.col(f"other_{by}")).otherwise(nw.col(by))
        both = both.with_columns(later.alias(by))
    both = both.with_columns(open_end=open_end, shorter=shorter).with_columns(
        shared=nw.when(nw.col("open_end")).then(nw.lit(0)).otherwise(nw.col("shorter")),
        unclear=nw.when(nw.col("open_end")).then(nw.lit(1)).otherwise(nw.lit(0)),
    )
    return both.group_by("network_id", *([by] if by else []), "participant_id", "other_id").agg(
        nw.len().alias("meetings"), nw.col("shared").sum().alias("minutes"), nw.col("unclear").sum().alias("unknown")
    )


def succession(events: nw.LazyFrame, lag: int = 1, same_day: str = "together") -> nw.LazyFrame:
    """Count which activity follows which within a person of a network, and behind how many people that stands.

    Together: the activities of one day are one step, and each is followed by each of the next. Ordered: by moment and then by
    event_id, which must therefore be there. A further column then says how many events have no place in that order, because they
    share moment and event_id with the next one or have no event_id; rows without a target are there for that column alone.
    """
    known = events.filter(~nw.col("activity").is_null())
    if same_day == "ordered":
        order = ["at", "event_id"]
        later = nw.col("activity").shift(-lag).over(*PERSON, order_by=order)
        after = nw.col(*order).shift(-1).over(*PERSON, order_by=order).name.suffix("_next")
        same = (nw.col("at") == nw.col("at_next")) & (nw.col("event_id") == nw.col("event_id_next"))
        unplaced = nw.when(same | nw.col("event_id").is_null()).then(nw.lit(1)).otherwise(nw.lit(0))
        pairs = known.with_columns(after, target=later).with_columns(unplaced=unplaced).rename({"activity": "source"})
        return _followed(pairs, nw.col("unplaced").sum().alias("unplaced"))
    steps = known.select(*PERSON, "day", "activity").unique()
    days = steps.select(*PERSON, "day").unique()
    days = days.with_columns(next_day=nw.col("day").shift(-lag).over(*PERSON, order_by="day"))
    days = days.filter(~nw.col("next_day").is_null()).with_columns(nw.col("next_day").cast(nw.Int64))
    targets = steps.select(*PERSON, nw.col("day").alias("next_day"), nw.col("activity").alias("target"))
    pairs = (
        steps.rename({"activity": "source"})
        .join(days, on=[*PERSON, "day"], how="inner")
        .join(targets, on=[*PERSON, "next_day"], how="inner")
    )
    return _followed(pairs)


def _paired(there: nw.LazyFrame, carried: list[str]) -> nw.LazyFrame:
    """Join a table with itself on network and activity. DuckDB is told to make it once; left alone it makes it for each side."""
    if there.implementation.is_duckdb():
        others = ", ".join(f"b.{name} AS other_{name}" for name in carried)
        name = (
            f"valuecreation_there_{next(_NUMBER)}"  # its own, so that counts under way at once do not read each other's
        )
        once = there.to_native().query(
            name,
            f"WITH kept AS MATERIALIZED (FROM {name}) "
            f"SELECT a.*, b.participant_id AS other_id, {others} FROM kept AS a JOIN kept AS b USING (network_id, activity_id)",
        )
        return nw.from_native(once).lazy()
    other = there.select(
        "network_id",
        "activity_id",
        nw.col("participant_id").alias("other_id"),
        *(nw.col(name).alias(f"other_{name}") for name in carried),
    )
    return there.join(other, on=["network_id", "activity_id"], how="inner")


def _followed(pairs: nw.LazyFrame, *more: nw.Expr) -> nw.LazyFrame:
    return pairs.group_by("network_id", "source", "target").agg(
        nw.len().alias("count"), nw.col("participant_id").n_unique().alias("participants"), *more
    )


def _sums(grouped) -> nw.LazyFrame:
    return grouped.agg(
        nw.col("participant_id").n_unique().alias("participants"),
        nw.len().alias("events"),
        nw.col("minutes").sum().alias("minutes"),
        nw.col("unknown").sum().alias("unknown"),
    )
