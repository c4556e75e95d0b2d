"""Remarks: what the rules have to say of one coding, with the words that set them off."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from valuecreation.cues.lists import Cues, load_cues
from valuecreation.words import check_language, in_language


@dataclass(frozen=True)
class Remark:
    """A quiet question beside a coding.

    Attributes
    ----------
    rule : str
    found : tuple of str
        The words in the quote that set it off; empty when it was the lack of any.
    spans : tuple of (int, int)
        Where they stand in the quote.
    message : str
    """

    rule: str
    found: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    message: str


def remarks(
    quote: str,
    code: str,
    status: str | None = None,
    *,
    others: Iterable[str] = (),
    context: str = "",
    text_language: str = "nl",
    cues: Cues | None = None,
    language: str = "en",
) -> list[Remark]:
    """Return what is worth another look when a quote gets a code.

    Parameters
    ----------
    quote : str
    code, status : str
        The choice; a status that was not judged yet counts as any.
    others : iterable of str
        Codes that the same segment has already.
    context : str
        What stands around the quote. Words there silence a rule as those in the cue's own sentence do; they never set one off.
    text_language : {"nl", "en"}
        Of the quote. A text in another language gets no remarks.
    cues : Cues, optional
        Your own, from `load_cues`.
    language : {"en", "nl"}
        Of the remark.

    Returns
    -------
    list of Remark
        Often empty. A remark is a question: neither it nor its absence says what the code should be.

    Examples
    --------
    >>> remarks("Ik heb kunnen kijken en bel haar nu.", "applied", "experienced")
    []
    """
    check_language(language)
    beside = {one.split(".")[0] for one in others}
    made = []
    for rule in (cues or _shipped()).rules:
        if not rule.watches(code, status) or beside & set(rule.not_beside) or text_language not in rule.cues:
            continue
        matches = list(rule.cues[text_language].finditer(quote))
        if (rule.when == "present") != bool(matches):
            continue
        unless = rule.unless.get(text_language)
        if unless is not None and matches:
            matches = [match for match in matches if not unless.search(_sentence(quote, match.start(), match.end()))]
            if not matches or unless.search(context):
                continue
        if rule.when == "absent" and rule.cues[text_language].search(context):
            continue
        spans = tuple(match.span() for match in matches)
        found = tuple(quote[start:end] for start, end in spans)
        made.append(Remark(rule.name, found, spans, in_language(rule.message, language).strip()))
    return made


def _sentence(quote: str, start: int, end: int) -> str:
    """Return the words around a cue up to the nearest stops: a deed in another sentence silences nothing."""
    before = max(quote.rfind(sign, 0, start) for sign in ".!?;:\n")
    after = min((place for sign in ".!?;:\n" if (place := quote.find(sign, end)) >= 0), default=len(quote))
    return quote[before + 1 : after]


@cache
def _shipped() -> Cues:
    return load_cues()
