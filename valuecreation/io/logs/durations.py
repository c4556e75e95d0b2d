"""Durations in ISO 8601, as xAPI writes them, in whole minutes."""

import re
from fractions import Fraction

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_DURATION = re.compile(
    rf"P(?:{_NUMBER}W|(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}D)?(?:T(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?)"
)


def exact_minutes(text: object) -> Fraction | None:
    """Return a duration in minutes, exactly; None when it is none, or counts in months or years, which differ in length.

    >>> exact_minutes("PT1H30M"), exact_minutes("P1DT0.5H"), exact_minutes("P1M"), exact_minutes("90")
    (Fraction(90, 1), Fraction(1470, 1), None, None)
    """
    match = _DURATION.fullmatch(text.strip()) if isinstance(text, str) and len(text) < 100 else None
    if not match or text.strip()[-1] in "PT":
        return None
    weeks, years, months, days, hours, minutes, seconds = (
        Fraction(part.replace(",", ".")) if part else Fraction(0) for part in match.groups()
    )
    if years or months:
        return None
    return weeks * 10080 + days * 1440 + hours * 60 + minutes + seconds / 60


def whole_minutes(exact: Fraction) -> int:
    """Return the nearest whole minute; half a minute goes up.

    >>> whole_minutes(Fraction(1, 2)), whole_minutes(Fraction(1, 60)), whole_minutes(Fraction(299, 2))
    (1, 0, 150)
    """
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
