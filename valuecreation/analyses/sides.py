"""Two sides of one person's material to lay beside each other: log and interview, unasked and prompted, before and after."""

from dataclasses import dataclass

import pandas as pd

from valuecreation.errors import UndefinedStatistic, UnknownName
from valuecreation.study.cells import as_text, is_day
from valuecreation.words import label, phrase

LOG = ("diary",)
INTERVIEW = ("interview", "group_interview")
BETWEEN = ("sources", "prompted", "date")


@dataclass(frozen=True)
class Sides:
    """Segments that belong to one side or the other.

    Attributes
    ----------
    segments : pandas.DataFrame
        With a column ``side``, ``"first"`` or ``"second"``; what belongs to neither is not there.
    first, second : str
        What the sides are called, in the language asked for.
    cautions : tuple of str
    """

    segments: pd.DataFrame
    first: str
    second: str
    cautions: tuple[str, ...]


def sides(segments: pd.DataFrame, between: str, at: str | None = None, language: str = "en") -> Sides:
    """Divide segments into two sides.

    Parameters
    ----------
    segments : pandas.DataFrame
        As `material` returns them: columns kind, prompted, date, segment_id.
    between : {"sources", "prompted", "date"}
    at : str, optional
        The first day of the second side, ``"2025-01-01"``; with ``between="date"`` only.
    language : {"en", "nl"}
    """
    if between not in BETWEEN:
        raise UnknownName.among("way to divide", between, BETWEEN)
    if (between == "date") != (at is not None):
        raise UndefinedStatistic(
            "Before and after need the day on which the second side begins: between='date', at='2025-01-31'."
            if at is None
            else f"at={at!r} says on which day to divide; add between='date'."
        )
    if between == "sources":
        first, second = segments["kind"].isin(LOG), segments["kind"].isin(INTERVIEW)
        names = [phrase(f"side_{name}", language) for name in ("log", "interview")]
    elif between == "prompted":
        first, second = segments["prompted"].eq("no"), segments["prompted"].eq("yes")
        names = [phrase(f"side_{name}", language) for name in ("spontaneous", "prompted")]
    else:
        if not (isinstance(at, str) and is_day(at)):
            raise UnknownName(f"{at!r} is no day. Write it as year-month-day: at='2025-01-31'.")
        days = as_text(segments["date"])
        unclear = days.map(lambda day: at.startswith(day) and day != at, na_action="ignore").eq(True)
        first, second = days.lt(at).eq(True) & ~unclear, days.ge(at).eq(True)
        names = [phrase(f"side_{name}", language, day=at) for name in ("before", "after")]
    neither = segments[~first & ~second]
    cautions = []
    if len(neither):
        kinds = ", ".join(label("document_kind", kind, language) for kind in sorted(set(neither["kind"].dropna())))
        name = f"sides_left_out_{between}"
        cautions.append(phrase(name, language, count=len(neither), kinds=kinds or "?"))
    side = pd.Series("first", index=segments.index).where(first, "second")
    return Sides(segments.assign(side=side)[first | second], *names, tuple(cautions))
