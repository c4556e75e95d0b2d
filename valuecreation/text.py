r"""Text and offsets: what a position in a document means, and what identifies a person in it.

Offsets are Unicode code points in text with ``\n`` line ends and without a byte order mark, half open, counted from 0, so
that ``text[start:end]`` in Python is the quote. An emoji counts as one.
"""

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


# Patterns that point at a person. They are meant to find too much rather than too little: a person looks at what they find.
IDENTIFYING = {
    "e-mail": r"[\w.+-]+@[\w-]+\.[\w.]+",
    "phone": r"(?<![\d\w])(?:\+31|0031|0)[\s-]?[1-9](?:[\s-]?\d){8}(?!\d)",
    "postcode": r"(?<!\w)[1-9]\d{3}\s?(?!SA|SD|SS)[A-Z]{2}\s+\d{1,4}(?!\w)",
    "citizen number": r"(?i)(?<!\w)bsn\D{0,12}\d{8,9}(?!\d)",
}


def find_identifying(text: str) -> list[tuple[str, str]]:
    """Return what in a text may identify a person, as (kind, words) pairs.

    >>> find_identifying("bel 06 1234 5678")
    [('phone', '06 1234 5678')]
    """
    return [(kind, match.group()) for kind, pattern in IDENTIFYING.items() for match in re.finditer(pattern, text)]
