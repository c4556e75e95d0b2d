"""What in a text may identify a person: addresses and numbers that a person should look at."""

import re

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
