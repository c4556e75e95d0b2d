"""Speakers in running text: what `valuecreation.text.labelled` finds, as pieces and findings."""

from valuecreation.findings import Finding
from valuecreation.io.transcripts.transcript import Piece
from valuecreation.text import labelled


def pieces_of(text: str, speakers: tuple[str, ...] | None = None) -> tuple[list[Piece], list[Finding]]:
    r"""Return what each speaker says in a text with labels, and what was unsure; see `labelled`.

    Examples
    --------
    >>> [(piece.speaker, piece.words) for piece in pieces_of("I: hoe ging het?\nR: goed.\nHeel goed.")[0]]
    [('I', 'hoe ging het?\n'), ('R', 'goed.\nHeel goed.')]
    """
    read = labelled(text, speakers)
    found = [
        *(Finding("label_once", value=name, details={"line": line}) for name, line in read.once.items()),
        *(Finding("speaker_not_there", value=name) for name in read.missing),
        *(Finding("speaker_spelt", value=name, details={"other": kept}) for name, kept in read.spelt.items()),
        *(Finding("speakers_alike", value=other, details={"other": one}) for one, other in read.alike),
    ]
    pieces = [Piece(text[one.start : one.end], one.speaker, one.seconds, one.start) for one in read.spoken]
    return pieces, found
