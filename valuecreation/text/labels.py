"""Speakers in running text: ``Name: words``, ``Name  0:12`` (Otter, Teams), ``[Name] 10:01:02`` (Zoom)."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

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


@dataclass(frozen=True)
class Spoken:
    """What one speaker says: ``text[start:end]`` is it, white space around it included; None is nobody."""

    speaker: str | None
    seconds: float | None
    start: int
    end: int


@dataclass(frozen=True)
class Labelled:
    """Who speaks where, and what was unsure.

    Attributes
    ----------
    spoken : tuple of Spoken
        In order of the text; without those that hold only white space.
    once : dict of str to int
        Labels that stand there once and were taken for words, with their line.
    missing : tuple of str
        Speakers that were named and do not occur.
    spelt : dict of str to str
        Other spellings, with the one they were read as.
    alike : tuple of (str, str)
        Speakers that may be one person, and were kept apart.
    """

    spoken: tuple[Spoken, ...]
    once: dict[str, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    spelt: dict[str, str] = field(default_factory=dict)
    alike: tuple[tuple[str, str], ...] = ()

    @property
    def speakers(self) -> list[str]:
        """Who speaks, in order of appearance."""
        return list(dict.fromkeys(one.speaker for one in self.spoken if one.speaker is not None))


def labelled(text: str, speakers: Sequence[str] | None = None) -> Labelled:
    r"""Return who says what in a text with labels.

    A label that stands there once is no speaker unless it is a role (Interviewer, R1), has a time beside it as others have, or
    was named.

    Parameters
    ----------
    text : str
    speakers : sequence of str, optional
        Who the speakers are; left out, they are found.

    Examples
    --------
    >>> [(one.speaker, one.start, one.end) for one in labelled("I: hoe?\nR: zo.\nGoed.").spoken]
    [('I', 3, 8), ('R', 11, 20)]
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
    accepted, once = set(), {}
    for name, count in counts.items():
        if known is not None:
            if name.casefold() in known:
                accepted.add(name)
        elif is_role(name) or name in timed or (count > 1 and not _NO_ROLES.match(name)):
            accepted.add(name)
        elif not _NO_ROLES.match(name):
            once[name] = next(n for n, line in enumerate(lines, 1) if line.name and spelt[line.name] == name)
    missing = tuple(sorted(known - {name.casefold() for name in counts})) if known else ()
    other = {name: kept for name, kept in spelt.items() if kept in accepted and name != kept}
    return Labelled(tuple(_spoken(text, lines, spelt, accepted)), once, missing, other, tuple(_alike(sorted(accepted))))


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


def _alike(names: list[str]) -> list[tuple[str, str]]:
    """Return which names may be one person: nearly the same, or one the first word of another."""
    from difflib import SequenceMatcher

    found = []
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            close = (
                min(len(one), len(other)) > 3 and SequenceMatcher(None, one.casefold(), other.casefold()).ratio() > 0.8
            )
            numbered = re.sub(r"\d", "", one) == re.sub(r"\d", "", other)
            if (close and not numbered) or other.casefold().startswith(one.casefold() + " "):
                found.append((one, other))
    return found


def _spoken(text: str, lines: list[_Line], spelt: dict[str, str], accepted: set[str]) -> list[Spoken]:
    made: list[Spoken] = []
    speaker, seconds, begin = None, None, 0
    for line in lines:
        if line.name and spelt[line.name] in accepted:
            made.append(Spoken(speaker, seconds, begin, line.start))
            speaker, seconds, begin = spelt[line.name], line.seconds, line.words_at
        elif _ONLY_TIME.match(line.text.strip()) and accepted:
            made.append(Spoken(speaker, seconds, begin, line.start))
            begin = line.start + len(line.text)
    made.append(Spoken(speaker, seconds, begin, len(text)))
    return [one for one in made if text[one.start : one.end].strip()]
