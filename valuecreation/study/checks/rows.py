"""Rows as a spreadsheet counts them, and the remark 'did you mean', shared by the checks."""

from collections.abc import Iterable
from difflib import get_close_matches

FIRST_ROW = 2


def row_of(position: int) -> int:
    """Return the spreadsheet row of a position in a table: the header is row 1."""
    return int(position) + FIRST_ROW


def did_you_mean(
    value: object, choices: Iterable[str], labels: dict[str, str] | None = None, ending: bool = False
) -> dict[str, str]:
    """Return the hint that names the nearest choice, in both languages; empty when none is near.

    With `ending` it is the end of a sentence in place of one of its own.

    >>> did_you_mean("aplied", ["applied", "realised"])["en"]
    ' Did you mean applied?'
    """
    text = str(value).strip()
    folded = {choice.casefold(): choice for choice in choices}
    folded |= {words.casefold(): choice for words, choice in (labels or {}).items()}
    near = get_close_matches(text.casefold(), folded, n=1, cutoff=0.7)
    if not near:
        return {"en": "", "nl": ""}
    meant = folded[near[0]]
    if ending:
        return {"en": f", perhaps {meant}", "nl": f", misschien {meant}"}
    return {"en": f" Did you mean {meant}?", "nl": f" Bedoel je {meant}?"}
