"""Two values of one attribute laid side by side: alike, spelt otherwise, compatible, in conflict, or not to be settled."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from valuecreation.words import load_data

Interval = tuple[date, date]


@dataclass(frozen=True)
class Said:
    """What one source says of one attribute: its values, when that holds, where it stands, and as what it was counted."""

    told: tuple[str, ...]
    as_of: str = ""
    source: str = ""
    counted_as: str = ""

    @property
    def shown(self) -> str:
        """The values as one text."""
        return "; ".join(self.told)


def rules() -> dict:
    """Return the words by which values are compared, a data file of the package."""
    return load_data("reconciling.yaml")


def plain(text: str) -> str:
    """Return a text without capitals, accents and punctuation, to compare with.

    >>> plain("Noord-Holland") == plain("noord holland")
    True
    """
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join(re.findall(r"\w+", bare.casefold()))


def nameless(name: str) -> bool:
    """Return whether a source says that there is no name.

    >>> nameless("Geen naam"), nameless("Project Venlo")
    (True, False)
    """
    return plain(name) in {plain(one) for one in rules()["nameless"]}


def likeness(one: str, other: str) -> float:
    """Return how alike two names are, from 0 to 1; by itself it decides nothing.

    >>> likeness("DCM in VG", "dmc in vg") > 0.8
    True
    """
    return SequenceMatcher(None, *sorted((plain(one), plain(other))), autojunk=False).ratio()


def interval(text: str) -> Interval | None:
    """Return the first and last day that a date in words can mean, or None where it names no year.

    >>> [day.isoformat() for day in interval("okt. 2015")]
    ['2015-10-01', '2015-10-31']
    >>> interval("Enkele jaren geleden") is None
    True
    """
    iso = re.fullmatch(r"\s*(\d{4})-(\d{2})(?:-(\d{2}))?\s*", text)
    if iso:
        year, month, day = int(iso[1]), int(iso[2]), int(iso[3] or 0)
        if year < 1 or not 1 <= month <= 12:
            return None
        last = calendar.monthrange(year, month)[1]
        return (date(year, month, day or 1), date(year, month, day or last)) if day <= last else None
    years = {int(year) for year in re.findall(r"\b\d{4}\b", text)}
    if len(years) != 1 or not 1 < min(years) < 9999:
        return None
    words, year, span = text.casefold().split(), min(years), (1, 12)
    month = next((n for word in words for key, n in rules()["months"].items() if word.startswith(key)), None)
    part = next((rules()["parts"][word] for word in words if word in rules()["parts"]), None)
    first, last = (month, month) if month else part or span
    spread = int(any(word in rules()["about"] for word in words))
    return date(year - spread, first, 1), date(year + spread, last, calendar.monthrange(year + spread, last)[1])


def compare(attribute: str, left: Said, right: Said, several: bool = False) -> tuple[str, str]:
    """Return how two sources stand to each other, and the name of the reason.

    Parameters
    ----------
    attribute : str
    left, right : Said
    several : bool
        Whether the attribute may hold several values at once; a list may then be incomplete.

    Returns
    -------
    tuple of str
        ``agree``, ``spelling``, ``other_name``, ``compatible``, ``conflict`` or ``unsettled``, and the reason's name.

    Examples
    --------
    >>> compare("status", Said(("loopt",)), Said(("gestopt",)))
    ('conflict', 'running_and_over')
    >>> compare("start", Said(("2015",)), Said(("okt. 2015",)))
    ('compatible', 'dates_overlap')
    """
    if left.counted_as and right.counted_as and plain(left.counted_as) != plain(right.counted_as):
        return _counts(left, right)
    ours, theirs = ({plain(value) for value in said.told} for said in (left, right))
    if ours == theirs:
        return "agree", "same"
    if several or len(ours) > 1 or len(theirs) > 1:
        return ("compatible", "lists_overlap") if ours & theirs else ("unsettled", "lists_apart")
    one, other = left.told[0], right.told[0]
    if attribute == "name":
        return _names(one, other)
    if attribute.split(": ")[0] in rules()["dates"]:
        return _dates(one, other)
    if attribute == "status":
        return _statuses(left, right)
    when, then = interval(left.as_of), interval(right.as_of)
    if when and then and (when[1] < then[0] or then[1] < when[0]):
        return "compatible", "other_dates"
    return "conflict", "differ"


def status_of(value: str) -> str | None:
    """Return the status that the words of a source mean, or None where they mean none.

    >>> status_of("opgehouden te bestaan"), status_of("onduidelijk")
    ('stopped', None)
    """
    known = {plain(word): key for key, words in rules()["status"].items() for word in words}
    return known.get(plain(value))


def _names(one: str, other: str) -> tuple[str, str]:
    if nameless(one) or nameless(other):
        return ("agree", "same") if nameless(one) and nameless(other) else ("other_name", "one_nameless")
    spelt = likeness(one, other) >= rules()["spelling"]
    return ("spelling", "spelt_otherwise") if spelt else ("other_name", "named_otherwise")


def _dates(one: str, other: str) -> tuple[str, str]:
    first, second = interval(one), interval(other)
    if not first or not second:
        return "unsettled", "date_in_words"
    if first[1] < second[0] or second[1] < first[0]:
        return "conflict", "dates_apart"
    return ("agree", "same") if first == second else ("compatible", "dates_overlap")


def _statuses(left: Said, right: Said) -> tuple[str, str]:
    first, second = status_of(left.told[0]), status_of(right.told[0])
    if not first or not second:
        return "unsettled", "status_unclear"
    if first == second:
        return "agree", "same"
    over = rules()["over"]
    if first in over and second in over:
        return "unsettled", "both_over"
    runs, ended = (left, right) if first == "running" else (right, left)
    when, then = interval(runs.as_of), interval(ended.as_of)
    earlier = when and then and when[1] < then[0]
    return ("compatible", "ended_since") if earlier else ("conflict", "running_and_over")


def _counts(left: Said, right: Said) -> tuple[str, str]:
    """Return whether counts of different things can both hold: what is active cannot exceed what has ever started."""
    for inner, outer in ((left, right), (right, left)):
        if outer.counted_as not in rules()["within"].get(inner.counted_as, ()):
            continue
        when, then = interval(inner.as_of), interval(outer.as_of)
        numbers = inner.told[0].isdigit() and outer.told[0].isdigit()
        if numbers and when and then and when[1] <= then[1] and int(inner.told[0]) > int(outer.told[0]):
            return "conflict", "more_than_the_whole"
    return "compatible", "counted_otherwise"
