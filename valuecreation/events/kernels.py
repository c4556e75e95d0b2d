"""The counts over events, each written once against narwhals: a lazy frame in, a small table keyed by network out."""

from __future__ import annotations

from itertools import count

import narwhals as nw

_NUMBER = count()
_UNKNOWN = -(2**62)  # below all minutes, so that of two people the one whose minutes are unknown was there shortest
PERSON = ("network_id", "participant_id")


def participation(events: nw.LazyFrame) -> nw.LazyFrame:
    """Count, for each network and month, people, events and whole minutes; how many minutes are unknown stands beside them."""
    return _people_and_sums(events, ["network_id", "month"], "events", "minutes", "unknown")


def profile(events: nw.LazyFrame) -> nw.LazyFrame:
    """Count the same for each activity apart; events without one are not in it."""
    known = events.filter(~nw.col("activity").is_null())
    return _people_and_sums(known, ["network_id", "month", "activity"], "events", "minutes", "unknown")


def ties(events: nw.LazyFrame, by: str | None = None) -> nw.LazyFrame:
    """Count, for each two people of a network, the activities that both were in, and the minutes of who was there shorter.

    By month, each activity lies in one month: the first in which both of the two had been there. The months add up to the whole.
    """
    carried = ["minutes", *([by] if by else [])]
    total = nw.col("minutes").sum().alias("minutes"), nw.col("unknown").sum().alias("unknown")
    there = (
        events.filter(~nw.col("activity_id").is_null())
        .group_by("network_id", "activity_id", "participant_id")
        .agg(*total, *([nw.col(by).min().alias(by)] if by else []))
        .with_columns(
            minutes=nw.when(nw.col("unknown") > 0).then(nw.lit(_UNKNOWN)).otherwise(nw.col("minutes")).cast(nw.Int64)
        )
    )
    both = _paired(there.select("network_id", "activity_id", "participant_id", *carried), carried)
    both = both.filter(nw.col("participant_id") < nw.col("other_id"))
    if by:
        later = nw.when(nw.col(by) < nw.col(f"other_{by}")).then(nw.col(f"other_{by}")).otherwise(nw.col(by))
        both = both.with_columns(later.alias(by))
    shorter = (
        nw.when(nw.col("minutes") < nw.col("other_minutes")).then(nw.col("minutes")).otherwise(nw.col("other_minutes"))
    )
    both = both.with_columns(shorter=shorter).with_columns(
        shared=nw.when(nw.col("shorter") == _UNKNOWN).then(nw.lit(0)).otherwise(nw.col("shorter")),
        unclear=nw.when(nw.col("shorter") == _UNKNOWN).then(nw.lit(1)).otherwise(nw.lit(0)),
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
        return _followed(pairs, "unplaced")
    steps = _once(known, *PERSON, "day", "activity")
    days = _once(steps, *PERSON, "day")
    days = days.with_columns(next_day=nw.col("day").shift(-lag).over(*PERSON, order_by="day"))
    days = days.filter(~nw.col("next_day").is_null()).with_columns(nw.col("next_day").cast(nw.Int64))
    targets = steps.select(*PERSON, nw.col("day").alias("next_day"), nw.col("activity").alias("target"))
    pairs = (
        steps.rename({"activity": "source"})
        .join(days, on=[*PERSON, "day"], how="inner")
        .join(targets, on=[*PERSON, "next_day"], how="inner")
    )
    return _followed(pairs)


def _once(rows: nw.LazyFrame, *keys: str) -> nw.LazyFrame:
    """Return each row once; as a count of rows, which DuckDB does in a fraction of the time of narwhals' unique."""
    return rows.group_by(*keys).agg(nw.len().alias("rows")).select(*keys)


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


def _followed(pairs: nw.LazyFrame, *more: str) -> nw.LazyFrame:
    return _people_and_sums(pairs, ["network_id", "source", "target"], "count", *more)


def _people_and_sums(rows: nw.LazyFrame, keys: list[str], number: str, *sums: str) -> nw.LazyFrame:
    """Count people, rows and sums: first for each person, then over them, which is faster than counting distinct people."""
    added = [nw.col(name).sum().alias(name) for name in sums]
    each = rows.group_by(*keys, "participant_id").agg(nw.len().alias(number), *added)
    over = each.group_by(*keys).agg(nw.len().alias("participants"), nw.col(number).sum().alias(number), *added)
    order = ["participants", number] if number == "events" else [number, "participants"]
    return over.select(*keys, *order, *sums)
