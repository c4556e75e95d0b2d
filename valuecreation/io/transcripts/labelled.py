"""Speakers in running text: ``Name: words``, ``Name  0:12`` (Otter, Teams), ``[Name] 10:01:02`` (Zoom); the unsure is said."""

import re
from collections import Counter
from dataclasses import dataclass

from valuecreation.findings import Finding
from valuecreation.io.transcripts.transcript import Piece

_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_NAME = r"[^\W\d_][\w.’'()&/ -]{0,39}?"
_STAMPED = re.compile(rf"^(?P<name>{_NAME}(?: ?\d{{1,2}})?)(?:\s{{2,}}|\t)\[?(?P<time>{_TIME})\]?$")
_BRACKETED = re.compile(rf"^\[(?P<name>{_NAME}(?: ?\d{{1,2}})?)\]\s*(?P<time>{_TIME})?\s*$")
_TIMED = re.compile(
    rf"^\[?(?P<time>{_TIME})\]?\s+(?:[Ff]rom\s+)?(?P<name>{_NAME}(?: ?\d{{1,2}})?)\s*:\s*(?P<words>.*)$"
)
_LABEL = re.compile(rf"^(?P<name>{_NAME}(?: ?\d{{1,2}})?)(?:\s+[(\[](?P<time>{_TIME})[)\]])?\s*:(?:\s+(?P<words>.*)|$)")
_ONLY_TIME = re.compile(rf"^\[?{_TIME}\]?(?:\s*-->\s*{_TIME})?$")

# Whoever asks or answers under one of these is a speaker even when the label stands there once.
_ROLES = re.compile(
    r"(?i)^(i|int|interviewer|interviewster|onderzoeker|researcher|moderator|gespreksleider|r|resp|respondent|geïnterviewde|"
    r"deelnemer|participant|student|docent|spreker|speaker|p)\.? ?\d{0,2}$"
)
# And these are not, however often they stand there.
_NO_ROLES = re.compile(
    r"(?i)^(let op|nb|n\.b\.|ps|p\.s\.|bijvoorbeeld|dus|vraag|antwoord|conclusie|datum|plaats|locatie|tijd|duur|onderwerp|note|"
    r"for example|question|answer|date|place|location|time|duration|subject|topic|file|bestand|opname|recording|transcript)$"
)


def is_role(label: str) -> bool:
    """Return whether a label is a part in the conversation and not a name.

    >>> is_role("Interviewer"), is_role("R2"), is_role("Fenna")
    (True, True, False)
    """
    return bool(_ROLES.match(label))


@dataclass(frozen=True)
class _Line:
    start: int
    text: str
    name: str | None = None
    seconds: float | None = None
    words_at: int = 0
    stamped: bool = False


def pieces_of(text: str, speakers: tuple[str, ...] | None = None) -> tuple[list[Piece], list[Finding]]:
    r"""Return what each speaker says in a text with labels, and what was noticed.

    A label that stands there once is no speaker unless it is a role (Interviewer, R1), has a time beside it as others have, or
    was named; a finding says so.

    Parameters
    ----------
    text : str
    speakers : tuple of str, optional
        Who the speakers are; left out, they are found.

    Examples
    --------
    >>> [(piece.speaker, piece.words) for piece in pieces_of("I: hoe ging het?\nR: goed.\nHeel goed.")[0]]
    [('I', 'hoe ging het?\n'), ('R', 'goed.\nHeel goed.')]
    """
    lines, at = [], 0
    for raw in text.split("\n"):
        lines.append(_line(at, raw))
        at += len(raw) + 1
    spelt = _one_spelling([line.name for line in lines if line.name])
    counts = Counter(spelt[line.name] for line in lines if line.name)
    stamped = [spelt[line.name] for line in lines if line.stamped]
    timed = set(stamped) if len(stamped) > 1 else set()
    known = None if speakers is None else {" ".join(one.split()).casefold() for one in speakers}
    found = []
    accepted = set()
    for name, count in counts.items():
        if known is not None:
            if name.casefold() in known:
                accepted.add(name)
        elif is_role(name) or name in timed or (count > 1 and not _NO_ROLES.match(name)):
            accepted.add(name)
        elif not _NO_ROLES.match(name):
            number = next(number for number, line in enumerate(lines, 1) if line.name and spelt[line.name] == name)
            found.append(Finding("label_once", value=name, details={"line": number}))
    for missing in sorted(known - {name.casefold() for name in counts} if known else ()):
        found.append(Finding("speaker_not_there", value=missing))
    for one, other in _twice_spelt(lines, accepted, spelt):
        found.append(Finding("speaker_spelt", value=other, details={"other": one}))
    found += _alike(sorted(accepted))
    return _gathered(text, lines, spelt, accepted), found


def _line(at: int, raw: str) -> _Line:
    text = raw.strip()
    lead = at + len(raw) - len(raw.lstrip())
    for pattern in (_STAMPED, _BRACKETED, _TIMED, _LABEL):
        match = pattern.match(text)
        if match and len(match["name"].split()) <= 5:
            words = lead + match.start("words") if "words" in match.groupdict() and match["words"] else at + len(raw)
            name = " ".join(match["name"].split())
            return _Line(at, raw, name, seconds_of(match["time"]), words, bool(match["time"]))
    return _Line(at, raw)


def seconds_of(time: str | None) -> float | None:
    """Return a time stamp in seconds.

    >>> seconds_of("1:02:03.5"), seconds_of("0:12"), seconds_of(None)
    (3723.5, 12.0, None)
    """
    if not time:
        return None
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


def _one_spelling(names: list[str]) -> dict[str, str]:
    """Return each name with the spelling that its first occurrence has, when only case differs."""
    first: dict[str, str] = {}
    return {name: first.setdefault(name.casefold(), name) for name in names}


def _twice_spelt(lines: list[_Line], accepted: set[str], spelt: dict[str, str]) -> list[tuple[str, str]]:
    return [(kept, name) for name, kept in spelt.items() if kept in accepted and name != kept]


def _alike(names: list[str]) -> list[Finding]:
    """Say which names may be one person: nearly the same, or one the first word of another."""
    from difflib import SequenceMatcher

    found = []
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            close = (
                min(len(one), len(other)) > 3 and SequenceMatcher(None, one.casefold(), other.casefold()).ratio() > 0.8
            )
            digits = re.sub(r"\d", "", one) == re.sub(r"\d", "", other)
            if (close and not digits) or other.casefold().startswith(one.casefold() + " "):
                found.append(Finding("speakers_alike", value=other, details={"other": one}))
    return found


def _gathered(text: str, lines: list[_Line], spelt: dict[str, str], accepted: set[str]) -> list[Piece]:
    pieces: list[Piece] = []
    speaker, seconds, begin = None, None, 0
    for line in lines:
        if line.name and spelt[line.name] in accepted:
            pieces.append(Piece(text[begin : line.start], speaker, seconds, begin))
            speaker, seconds, begin = spelt[line.name], line.seconds, line.words_at
        elif _ONLY_TIME.match(line.text.strip()) and accepted:
            pieces.append(Piece(text[begin : line.start], speaker, seconds, begin))
            begin = line.start + len(line.text)
    pieces.append(Piece(text[begin:], speaker, seconds, begin))
    return [piece for piece in pieces if piece.words.strip()]
