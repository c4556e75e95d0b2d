"""A transcript: what was said, by whom, in turns; and the pieces from which the readers of each format put it together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

import pandas as pd

from valuecreation.findings import Finding, findings_table


@dataclass(frozen=True)
class Turn:
    """What one speaker said before another did: ``text[start:end]``, by whom (None: nobody named), and after how many seconds."""

    start: int
    end: int
    speaker: str | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class Memo:
    """A remark that somebody made beside a stretch of the text (a Word comment); its author is left out."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, repr=False)
class Transcript:
    """A transcript as it was read, with the names of its speakers still in it; `add_transcript` brings it into a study without.

    Attributes
    ----------
    text : str
        What was said, turn after turn, a blank line between; wording untouched, without labels and time stamps.
    turns : tuple of Turn
    memos : tuple of Memo
    read_findings : tuple of Finding
    name : str
        The file's name.
    """

    text: str
    turns: tuple[Turn, ...]
    memos: tuple[Memo, ...] = ()
    read_findings: tuple[Finding, ...] = ()
    name: str = ""

    @property
    def speakers(self) -> dict[str, int]:
        """How many turns each speaker has, in order of appearance."""
        counts: dict[str, int] = {}
        for turn in self.turns:
            if turn.speaker is not None:
                counts[turn.speaker] = counts.get(turn.speaker, 0) + 1
        return counts

    def to_frame(self) -> pd.DataFrame:
        """Return the turns: columns speaker, seconds, start, end, words."""
        rows = [
            (turn.speaker, turn.seconds, turn.start, turn.end, self.text[turn.start : turn.end]) for turn in self.turns
        ]
        return pd.DataFrame(rows, columns=["speaker", "seconds", "start", "end", "words"])

    def findings(self, language: str = "en") -> pd.DataFrame:
        """Return what was noticed while reading; see `Study.check`."""
        return findings_table(self.read_findings, language)

    def __repr__(self) -> str:
        who = ", ".join(f"{name} ({count})" for name, count in self.speakers.items()) or "nobody named"
        return f"<Transcript {self.name}: {len(self.turns)} turns, {len(self.text)} characters; {who}>"

    def _repr_html_(self) -> str:
        from valuecreation.result import table_html

        noticed = table_html(self.findings()) if self.read_findings else ""
        return f"<p>{escape(repr(self))}</p>{table_html(self.to_frame()[['speaker', 'words']], 12)}{noticed}"


@dataclass
class Piece:
    """Words of one speaker, still to be put together; ``source`` is where they stood in the text as it was extracted."""

    words: str
    speaker: str | None = None
    seconds: float | None = None
    source: int | None = None
    memos: list[Memo] = field(default_factory=list)


def together(
    pieces: Iterable[Piece], name: str, findings: Iterable[Finding] = (), memos: Iterable[Memo] = ()
) -> Transcript:
    """Return a transcript from pieces; those of one speaker that follow each other become one turn, on lines of their own.

    ``memos`` count in the extracted text and are moved to where their words now stand.
    """
    parts: list[str] = []
    turns: list[Turn] = []
    moved: list[tuple[int, int, int]] = []
    length, joined = 0, False
    for piece in pieces:
        words = piece.words.strip()
        if not words:
            continue
        lead = len(piece.words) - len(piece.words.lstrip())
        joined = bool(turns) and turns[-1].speaker == piece.speaker and piece.speaker is not None
        between = "" if not turns else "\n" if joined else "\n\n"
        start = length + len(between)
        parts += [between, words]
        length = start + len(words)
        if joined:
            before = turns.pop()
            turns.append(Turn(before.start, length, piece.speaker, before.seconds))
        else:
            turns.append(Turn(start, length, piece.speaker, piece.seconds))
        if piece.source is not None:
            moved.append((piece.source + lead, piece.source + lead + len(words), start))
    kept, found = [], [*findings]
    for memo in memos:
        place = _moved(memo, moved)
        if place is None:
            found.append(Finding("memo_without_place", value=memo.text))
            kept.append(Memo(0, 0, memo.text))
        else:
            kept.append(Memo(*place, memo.text))
    return Transcript("".join(parts), tuple(turns), tuple(kept), tuple(found), name)


def _moved(memo: Memo, moved: list[tuple[int, int, int]]) -> tuple[int, int] | None:
    places = [
        (max(memo.start, begin) - begin + start, min(memo.end, end) - begin + start)
        for begin, end, start in moved
        if memo.start < end and memo.end > begin
    ]
    return (places[0][0], places[-1][1]) if places else None
