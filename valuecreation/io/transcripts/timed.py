"""Subtitles with speakers: WebVTT (every ``<v>`` of a cue) and SRT, also when the speaker stands before the words."""

import html
import io
import re
import warnings
from itertools import pairwise

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from valuecreation.errors import UnreadableStudy
from valuecreation.findings import Finding
from valuecreation.io.transcripts.labelled import pieces_of
from valuecreation.io.transcripts.transcript import Piece
from valuecreation.text.labels import seconds_of

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?(?:[ \t]+([^>]*))?>|</v>")
_TAG = re.compile(r"</?(?:c|i|b|u|ruby|rt|lang)(?:\.[^\s>]*)?(?:\s[^>]*)?>|<\d{1,2}:\d{2}(?::\d{2})?\.\d{3}>")


def pieces_of_cues(text: str, name: str, kind: str) -> tuple[list[Piece], list[Finding]]:
    """Return what each speaker says in subtitles, and what was noticed.

    Parameters
    ----------
    text : str
        The file's text.
    name : str
    kind : {"vtt", "srt"}

    Raises
    ------
    UnreadableStudy
        When the file is no such file at all.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            captions = webvtt.from_buffer(io.StringIO(text), format=kind).captions
    except (MalformedFileError, MalformedCaptionError) as error:
        begin = "the word WEBVTT on its first line" if kind == "vtt" else "a number, a time line with --> and the words"
        raise UnreadableStudy(
            f"{name} is no {kind} file ({error}); such a file has {begin}. Save it again from the programme."
        ) from error
    if not captions:
        raise UnreadableStudy(f"{name} has no subtitles in it: no line with --> and words below it.")
    found = []
    starts = [seconds_of(caption.start) or 0.0 for caption in captions]
    for number, (one, other) in enumerate(pairwise(starts), start=2):
        if other < one:
            found.append(Finding("cues_out_of_order", value=captions[number - 1].start, details={"cue": number}))
    if any(_VOICE.search(caption.raw_text) for caption in captions):
        pieces = []
        for number, (caption, seconds) in enumerate(zip(captions, starts, strict=True), start=1):
            voices, noticed = _voices(caption.raw_text, seconds, number)
            pieces += voices
            found += noticed
        return pieces, found
    return _before_the_words(captions, starts, found)


def _voices(raw: str, seconds: float, number: int) -> tuple[list[Piece], list[Finding]]:
    """Return a piece for every voice of a cue; words outside any voice have no speaker."""
    pieces, found, speaker, at = [], [], None, 0
    for match in _VOICE.finditer(raw):
        pieces.append(Piece(_plain(raw[at : match.start()]), speaker, seconds))
        at = match.end()
        if match.group().startswith("</"):
            speaker = None
            continue
        speaker = " ".join(html.unescape(match.group(1) or "").split()) or None
        if speaker is None:
            found.append(
                Finding("voice_without_name", value=_plain(_VOICE.sub(" ", raw[at:])).strip(), details={"cue": number})
            )
    pieces.append(Piece(_plain(raw[at:]), speaker, seconds))
    return [piece for piece in pieces if piece.words.strip()], found


def _before_the_words(captions: list, starts: list[float], found: list[Finding]) -> tuple[list[Piece], list[Finding]]:
    """Read ``Name: words`` in cues; a cue without a name goes on where the one before it left off."""
    texts = [_plain(caption.raw_text) for caption in captions]
    begins, at = [], 0
    for text in texts:
        begins.append(at)
        at += len(text) + 1
    pieces, noticed = pieces_of("\n".join(texts))
    for piece in pieces:
        place = max(number for number, begin in enumerate(begins) if begin <= (piece.source or 0))
        piece.seconds = starts[place]
        piece.source = None
    return pieces, [*found, *noticed]


def _plain(raw: str) -> str:
    return html.unescape(_TAG.sub("", raw))
