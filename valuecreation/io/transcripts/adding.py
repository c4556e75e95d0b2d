"""Bringing a transcript into a study: a document and a segment a turn, under pseudonyms; no speaker's name comes along."""

import re
from collections.abc import Mapping

import pandas as pd

from valuecreation.errors import DecisionNeeded, UnknownName
from valuecreation.findings import Finding
from valuecreation.io.transcripts.transcript import Transcript
from valuecreation.study import Study
from valuecreation.text import is_role
from valuecreation.words import vocabulary

TURN = "turn"
MADE_BY = "import"


def add_transcript(
    study: Study,
    transcript: Transcript,
    document_id: str,
    *,
    speakers: Mapping[str, str | None],
    participant_id: str | None = None,
    kind: str = "interview",
    date: str | None = None,
    language: str | None = None,
    prompted: bool | None = True,
    interviewer_relation: str | None = None,
) -> Study:
    """Return the study with a transcript in it: one document, and one segment for each turn of a participant.

    Parameters
    ----------
    study : Study
    transcript : Transcript
        From `read_transcript`.
    document_id : str
        The id it gets.
    speakers : mapping of str to str or None
        For each label in the transcript who it is: the id of a participant, or None for who asks (interviewer,
        moderator), whose turns stay in the text and become no segments, as do words of nobody (a heading). A label that is
        left out becomes a new pseudonym, ``<document_id>-S1`` and so on, with a finding.
    participant_id : str, optional
        Whose the text is, when it names no speakers at all.
    kind : str
        ``interview``, ``group_interview``, ``observation`` ...
    date : str, optional
        Year-month-day.
    language : {"nl", "en"}, optional
    prompted : bool, optional
    interviewer_relation : str, optional

    Returns
    -------
    Study
        With a row in ``documents``, rows in ``segments`` (segmentation ``turn``) and, for Word's comments, in ``memos``.

    Raises
    ------
    DecisionNeeded
        When the id exists already.
    UnknownName
        When ``speakers`` names a label that is not there, or a kind that does not exist.

    Examples
    --------
    >>> from valuecreation.io.transcripts.transcript import Piece, together
    >>> talk = together([Piece("Hoe ging het?", "I"), Piece("Goed.", "Jo")], "talk.txt")
    >>> study = add_transcript(Study({}), talk, "t1", speakers={"I": None, "Jo": "P01"})
    >>> study.segments[["segment_id", "participant_id", "quote"]].to_numpy().tolist()
    [['t1-t002', 'P01', 'Goed.']]
    """
    if kind not in vocabulary("document_kind"):
        raise UnknownName.among("kind of document", kind, vocabulary("document_kind"))
    if document_id in set(study.frame("documents")["document_id"]):
        raise DecisionNeeded(
            f"The study has a document {document_id!r} already. Choose another id, or take that one out first."
        )
    there = transcript.speakers
    for label in speakers:
        if label not in there:
            raise UnknownName.among("speaker in this transcript", label, there)
    who, new, found = _pseudonyms(there, speakers, document_id)
    found += _named_in_words(transcript, there, document_id)
    found += [finding for finding in transcript.read_findings if finding.rule in ("tracked_changes", "not_utf8")]
    people = sorted({one for one in who.values() if one}) or [one for one in (participant_id,) if one]
    document = {
        "document_id": document_id, "kind": kind, "participant_id": people[0] if len(people) == 1 else None, "date": date,
        "language": language, "prompted": None if prompted is None else "yes" if prompted else "no",
        "interviewer_relation": interviewer_relation, "origin": "transcript", "text": transcript.text,
    }  # fmt: skip
    segments = [
        {
            "segment_id": f"{document_id}-t{number:03d}", "document_id": document_id, "segmentation": TURN,
            "made_by": MADE_BY, "start": turn.start, "end": turn.end,
            "quote": transcript.text[turn.start : turn.end], "participant_id": who[turn.speaker],
        }
        for number, turn in enumerate(transcript.turns, start=1)
        if who[turn.speaker] is not None or not there
    ]  # fmt: skip
    memos = [
        {
            "memo_id": f"{document_id}-m{number:02d}", "document_id": document_id, "start": memo.start, "end": memo.end,
            "text": memo.text, "made_by": MADE_BY,
        }
        for number, memo in enumerate(transcript.memos, start=1)
    ]  # fmt: skip
    changed = {
        "documents": _appended(
            study, "documents", [{key: value for key, value in document.items() if value is not None}]
        ),
        "segments": _appended(study, "segments", segments),
    }
    if memos:
        changed["memos"] = _appended(study, "memos", memos)
    if new:
        changed["participants"] = _appended(study, "participants", [{"participant_id": one} for one in new])
    made = study.replace(**changed)
    return Study(made.tables, made.name, made.about, (*study.read_findings, *found))


def _pseudonyms(
    there: Mapping[str, int], speakers: Mapping[str, str | None], document_id: str
) -> tuple[dict[str | None, str | None], list[str], list[Finding]]:
    """Return who each label is, the pseudonyms that had to be made, and a finding for each; no finding holds a name."""
    who: dict[str | None, str | None] = {None: None}
    new, found = [], []
    for place, (label, turns) in enumerate(there.items(), start=1):
        if label in speakers:
            who[label] = speakers[label]
            continue
        who[label] = f"{document_id}-S{len(new) + 1}"
        new.append(who[label])
        details = {"place": place, "turns": turns, "document": document_id}
        found.append(Finding("speaker_unknown", "participants", None, "participant_id", who[label], details))
    return who, new, found


def _named_in_words(transcript: Transcript, there: Mapping[str, int], document_id: str) -> list[Finding]:
    """Say how often a speaker's name stands in the words themselves; the name is not repeated."""
    found = []
    for place, label in enumerate(there, start=1):
        names = [part for part in re.split(r"[\s.]+", label) if len(part) > 2 and part[0].isupper() and part.isalpha()]
        if not names or is_role(label):
            continue
        count = sum(len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", transcript.text)) for name in names)
        if count:
            details = {"count": count, "place": place, "document": document_id}
            found.append(Finding("speaker_named_in_text", "documents", None, "text", document_id, details))
    return found


def _appended(study: Study, table: str, rows: list[dict]) -> pd.DataFrame:
    """Return a table with rows added; columns that only the new rows have come last."""
    before = study[table] if table in study else pd.DataFrame()
    added = pd.DataFrame(rows, dtype="object")
    return pd.concat([before.astype(object), added], ignore_index=True) if len(before) else added
