"""Segmentation: a text cut into sentences, paragraphs, turns or one entry; every word in exactly one piece, nothing altered."""

import re
from functools import cache

from valuecreation.errors import UnknownName
from valuecreation.text.labels import labelled
from valuecreation.words import check_language, load_data

WAYS = ("turn", "sentence", "paragraph", "entry")
_BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_BULLET = re.compile(r"\n[^\S\n]*(?=(?:[-–—•*‣·▪]|\d{1,2}[.)]|[a-z][.)])[^\S\n])")
_SIGNS = r"(?:\s+[^\w\s\"'“”‘’«»()\[\]#*•·–—…-]+(?!\S))*"  # emoji, which belong to the sentence before them
_STOP = re.compile(rf"(?P<stop>[.!?…]+)(?P<close>[\"'”’»)\]]*)(?P<signs>{_SIGNS})(?P<gap>\s+)(?=\S)")
_LETTER = re.compile(r"\w")
_WORD = re.compile(r"[\w./'’-]+$")
_LOWER = re.compile(r"[a-zà-ÿ]")


def split(text: str, by: str, language: str = "nl") -> list[tuple[int, int]]:
    """Cut a text into pieces.

    Sentences end at ``.``, ``!``, ``?`` or ``…`` before a space; not after an abbreviation (``o.a.``, ``d.w.z.``, ``dhr.``,
    ``e.g.``; the list is ``abbreviations.yaml``), an initial, the number of a list, dots that trail off into small letters, or
    a quotation that goes on (``"Stop!" zei hij``). An emoji stays with the sentence before it. After ``etc.`` and its like a
    sentence ends when a capital follows. A small letter after a full stop begins a new sentence: diaries are written so. A
    sentence ends with its paragraph and before a bullet.

    Parameters
    ----------
    text : str
    by : {"turn", "sentence", "paragraph", "entry"}
        A turn is what stands after a speaker's label (see `labelled`); the labels themselves are in no piece.
    language : {"nl", "en"}
        Of the text, for its abbreviations.

    Returns
    -------
    list of (int, int)
        Half-open offsets in order, without white space at either end.

    Examples
    --------
    >>> text = "Ik was er o.a. met dhr. Bos. Ging goed… of niet? 'Stop!' zei hij."
    >>> [text[start:end] for start, end in split(text, "sentence")]
    ['Ik was er o.a. met dhr. Bos.', 'Ging goed… of niet?', "'Stop!' zei hij."]
    """
    if by not in WAYS:
        raise UnknownName.among("way to cut a text", by, WAYS)
    check_language(language)
    if by == "entry":
        pieces = [(0, len(text))]
    elif by == "turn":
        pieces = [(one.start, one.end) for one in labelled(text).spoken]
    else:
        pieces = _cut(text, 0, len(text), _BLANK)
        if by == "sentence":
            items = [item for start, end in pieces for item in _cut(text, start, end, _BULLET)]
            pieces = [sentence for start, end in items for sentence in _sentences(text, start, end, language)]
    return [piece for start, end in pieces if (piece := _stripped(text, start, end))]


def _cut(text: str, start: int, end: int, pattern: re.Pattern) -> list[tuple[int, int]]:
    pieces, at = [], start
    for match in pattern.finditer(text, start, end):
        pieces.append((at, match.start()))
        at = match.end()
    return [*pieces, (at, end)]


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    words = text[start:end]
    if not words.strip():
        return None
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _sentences(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    pieces, at = [], start
    for match in _STOP.finditer(text, start, end):
        if _LETTER.search(text, match.end("signs"), end) and match.end() < end and _ends(text, at, match, language):
            pieces.append((at, match.end("signs")))
            at = match.end()
    return [*pieces, (at, end)]


def _ends(text: str, begin: int, match: re.Match, language: str) -> bool:
    """Return whether a sentence that began at a place ends at this stop."""
    following = text[match.end() : match.end() + 1]
    small = bool(_LOWER.match(following))
    if match["close"] and small:
        return False
    if match["stop"] in ("…", "...", "..") or len(match["stop"]) > 3:
        return not small
    if match["stop"] != ".":
        return True
    before = _WORD.search(text, begin, match.start())
    word = before.group().casefold() if before else ""
    within, may_end = _abbreviations(language)
    if word in within:
        return False
    if word in may_end:
        return not small
    if re.fullmatch(r"[a-z]", word) and before.group().isupper():
        return False
    return not (re.fullmatch(r"\d{1,2}", word) and (small or not text[begin : before.start()].strip()))


@cache
def _abbreviations(language: str) -> tuple[frozenset[str], frozenset[str]]:
    lists = load_data("text/abbreviations.yaml")[language]
    return frozenset(lists["within"]), frozenset(lists["may_end"])
