"""Reading a transcript, whatever its format."""

from pathlib import Path

from valuecreation.errors import UnreadableStudy
from valuecreation.io.decoding import decode
from valuecreation.io.places import as_path
from valuecreation.io.transcripts.labelled import pieces_of
from valuecreation.io.transcripts.transcript import Transcript, together

FORMATS = (".docx", ".pdf", ".txt", ".vtt", ".srt")


def read_transcript(path: str | Path, speakers: list[str] | None = None) -> Transcript:
    r"""Read an interview or a conversation: Word, PDF, plain text, or subtitles of Zoom, Teams and Otter.

    Labels (``Interviewer:``), time stamps and voices become turns and leave the text; of what was said no character changes.
    What is unsure is a finding: a label that stands there once, two spellings of a name, times that go back.

    Parameters
    ----------
    path : str or Path
        A .docx, .pdf, .txt, .vtt or .srt file.
    speakers : list of str, optional
        The labels that are speakers, where they are not found well by themselves.

    Returns
    -------
    Transcript

    Raises
    ------
    UnreadableStudy
        When it cannot be read; the message says why and what to do.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "gesprek.txt"
    >>> _ = path.write_text("I: Hoe was het?\nR1: Druk. 😅\nMaar goed.", encoding="utf-8")
    >>> read_transcript(path).to_frame()["words"].tolist()
    ['Hoe was het?', 'Druk. 😅\nMaar goed.']
    """
    path = as_path(path, UnreadableStudy, "the path of a transcript")
    kind = path.suffix.lower()
    if kind not in FORMATS:
        advice = {
            ".doc": "Open it in Word and save it as .docx.",
            ".odt": "Save it as .docx.",
            ".rtf": "Save it as .docx.",
        }
        raise UnreadableStudy(
            f"{path.name} is not read as a transcript. "
            f"{advice.get(kind, 'A transcript is a .docx, .pdf, .txt, .vtt or .srt file.')}"
        )
    if not path.is_file():
        raise UnreadableStudy(f"There is no file at {path.as_posix()}.")
    named = None if speakers is None else tuple(speakers)
    if kind == ".docx":
        from valuecreation.io.transcripts.word import pieces_of_word

        pieces, found, memos = pieces_of_word(path, named)
        transcript = together(pieces, path.name, found, memos)
    elif kind == ".pdf":
        from valuecreation.io.transcripts.portable import text_of_pdf

        text, found = text_of_pdf(path)
        pieces, noticed = pieces_of(text, named)
        transcript = together(pieces, path.name, [*found, *noticed])
    else:
        text, found = decode(path.read_bytes(), path.name, None)
        if kind == ".txt":
            pieces, noticed = pieces_of(text, named)
        else:
            from valuecreation.io.transcripts.timed import pieces_of_cues

            pieces, noticed = pieces_of_cues(text, path.name, kind[1:])
        transcript = together(pieces, path.name, [*found, *noticed])
    if not transcript.text:
        raise UnreadableStudy(f"{path.name} holds no words.")
    return transcript
