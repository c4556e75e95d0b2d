"""Whether a count fits into memory, asked before it starts."""

from __future__ import annotations

import os
from pathlib import Path

import narwhals as nw

from valuecreation.errors import WillNotFit

# What pandas takes at its peak above the log itself, for each event and for each two people of one activity; measured at a
# million events (66, 74, 211 and 83 bytes; ties 265 with four people to an activity) and rounded up.
BYTES_PER_ROW = {"participation": 80, "profile": 90, "ties": 110, "succession": 230}
BYTES_PER_PAIRING = 90
BYTES_PER_PAIR = 120  # of a finished table of ties, which is in memory on every engine


def free_memory() -> int | None:
    """Return the bytes that a job can have, where the system says so.

    What the system keeps of files it gives back when asked, so that it counts as free; a container's own limit counts too.

    Returns
    -------
    int or None

    Examples
    --------
    >>> free = free_memory()
    >>> free is None or free > 0
    True
    """
    found = [one for one in (_available(), _left_in_container()) if one is not None]
    return min(found) if found else None


def check_fits(job: str, frame: nw.LazyFrame, engine: str) -> None:
    """Say that a count does not fit, before it starts.

    On pandas the whole count is in memory. The other engines do it in pieces, and only what they answer has to fit; of the counts
    that is large for ties alone.

    Parameters
    ----------
    job : str
    frame : narwhals.LazyFrame
    engine : str

    Raises
    ------
    WillNotFit

    Examples
    --------
    >>> import pandas as pd
    >>> check_fits("participation", nw.from_native(pd.DataFrame({"network_id": ["n1"]})).lazy(), "pandas")
    """
    free = free_memory()
    if free is None:
        return
    needed = 0
    if engine == "pandas":
        needed = _number(frame.select(rows=nw.len())) * BYTES_PER_ROW[job]
    if job == "ties":
        needed += _for_pairs(frame, engine, free)
    if needed > free:
        advice = (
            "Write the events to Parquet and open the files, so that DuckDB does it on disk; or count"
            if engine == "pandas"
            else "Count"
        )
        raise WillNotFit(
            f"Counting {job} takes about {needed / 1e9:.1f} GB and {free / 1e9:.1f} GB is free. {advice} "
            "the networks part by part (Events.parts and vc.map_events)."
        )


def _for_pairs(frame: nw.LazyFrame, engine: str, free: int) -> int:
    """Return the bytes for who was with whom: first by a quick bound, the people of each network, then by who met."""
    people = frame.group_by("network_id", "participant_id").agg(nw.len().alias("events"))
    people = people.group_by("network_id").agg(nw.len().alias("size"))
    most = _number(people.select(rows=(nw.col("size") * (nw.col("size") - 1)).sum())) // 2 * BYTES_PER_PAIR
    if engine != "pandas" and most <= free:
        return most
    inside = frame.filter(~nw.col("activity_id").is_null())
    sizes = inside.group_by("network_id", "activity_id").agg(nw.col("participant_id").n_unique().alias("size"))
    squares = _number(sizes.select(rows=(nw.col("size") * nw.col("size")).sum()))
    return squares * BYTES_PER_PAIRING if engine == "pandas" else min(most, squares // 2 * BYTES_PER_PAIR)


def _number(made: nw.LazyFrame) -> int:
    value = made.collect(backend="pandas").to_native()["rows"].iloc[0]
    return 0 if value != value or value is None else int(value)


def _available() -> int | None:
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return None


def _left_in_container() -> int | None:
    place = Path("/sys/fs/cgroup")
    try:
        most = (place / "memory.max").read_text(encoding="ascii").strip()
        used = int((place / "memory.current").read_text(encoding="ascii"))
        kept = dict(line.split() for line in (place / "memory.stat").read_text(encoding="ascii").splitlines())
        return None if most == "max" else max(int(most) - used + int(kept.get("inactive_file", 0)), 0)
    except (OSError, ValueError):
        return None
