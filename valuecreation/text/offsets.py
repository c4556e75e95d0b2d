"""Offsets: what a position in a document means, and where a quote stands."""

import re


def normalise(text: str) -> str:
    r"""Return text with ``\n`` line ends and no byte order mark; offsets are counted in this form.

    >>> normalise("\ufeffeen\r\ntwee\rdrie")
    'een\ntwee\ndrie'
    """
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def find_quote(text: str, quote: str, near: int = 0) -> tuple[int, int] | None:
    """Return start and end of the occurrence of a quote that is nearest to a position, or None.

    >>> find_quote("ja, nee, ja", "ja", near=7)
    (9, 11)
    """
    if not quote:
        return None
    starts = [match.start() for match in re.finditer(re.escape(quote), text)]
    if not starts:
        return None
    best = min(starts, key=lambda start: abs(start - near))
    return best, best + len(quote)
