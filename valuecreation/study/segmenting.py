"""Segmenting the documents of a study: stable ids, only added; what is there already stays."""

from collections.abc import Mapping

import pandas as pd

from valuecreation.errors import DecisionNeeded, UnknownName, listed
from valuecreation.study.model import Study
from valuecreation.study.withdrawal import withdrawn_documents
from valuecreation.text import WAYS, labelled, split

MADE_BY = "valuecreation"
TURN = "turn"
_COLUMNS = ["segment_id", "document_id", "segmentation", "made_by", "start", "end", "quote", "participant_id"]


def segment(
    study: Study,
    by: str = "sentence",
    *,
    documents: list[str] | None = None,
    speakers: Mapping[str, str | None] | None = None,
    language: str = "nl",
) -> Study:
    """Return the study with its documents cut into segments; what is there already stays.

    The id of a segment is its document, its way of cutting and its first character (``P01-i1-s00042``): the same text gives
    the same ids, whatever else is in the study, and a second time adds nothing. A document that has turns is cut within its
    turns, and a piece has the speaker of its turn.

    Parameters
    ----------
    study : Study
    by : {"turn", "sentence", "paragraph", "entry"}
    documents : list of str, optional
        Only these.
    speakers : mapping of str to str or None, optional
        With ``by="turn"``: for each label in the texts the participant, or None for who asks, whose turns become no segments.
    language : {"nl", "en"}
        Of a document that does not say its own.

    Returns
    -------
    Study

    Raises
    ------
    MissingTable
        Without documents that have a text.
    DecisionNeeded
        When a label in the texts is in no participant's name.

    Examples
    --------
    >>> study = Study({"documents": pd.DataFrame({"document_id": ["d1"], "text": ["Druk. Maar goed."]})})
    >>> segment(study).segments[["segment_id", "quote"]].to_numpy().tolist()
    [['d1-s00000', 'Druk.'], ['d1-s00006', 'Maar goed.']]
    """
    if by not in WAYS:
        raise UnknownName.among("way to cut a text", by, WAYS)
    texts = study.need("documents", "document_id", "text", purpose="Segmenting")
    texts = texts[~withdrawn_documents(study)].dropna(subset=["document_id", "text"]).drop_duplicates("document_id")
    if documents is not None:
        known = texts["document_id"].tolist()
        for one in documents:
            if one not in known:
                raise UnknownName.among("document with a text", one, known)
        texts = texts[texts["document_id"].isin(documents)]
    rows = []
    for row in texts.to_dict("records"):
        rows += _pieces(study, row, by, speakers, row["language"] if row["language"] in ("nl", "en") else language)
    return _with(study, pd.DataFrame(rows, columns=_COLUMNS))


def _pieces(study: Study, row: dict, by: str, speakers: Mapping[str, str | None] | None, language: str) -> list[tuple]:
    document, text = row["document_id"], row["text"]
    segments = study.frame("segments")
    turns = segments[(segments["document_id"] == document) & (segments["segmentation"] == TURN)]
    turns = turns.dropna(subset=["start", "end"])
    if by == TURN and len(turns):
        return []
    if by == TURN:
        spans = _of_speakers(text, document, speakers)
    elif len(turns):
        spans = [
            (turn.start + start, turn.start + end, turn.participant_id)
            for turn in turns.sort_values("start").itertuples(index=False)
            for start, end in split(text[turn.start : turn.end], by, language)
        ]
    else:
        spans = [(start, end, None) for start, end in split(text, by, language)]
    return [
        (f"{document}-{by[0]}{start:05d}", document, by, MADE_BY, start, end, text[start:end], who)
        for start, end, who in spans
    ]


def _of_speakers(text: str, document: str, speakers: Mapping[str, str | None] | None) -> list[tuple]:
    """Return the turns of participants in a text with labels, with who it is."""
    read = labelled(text)
    unknown = [label for label in read.speakers if label not in (speakers or {})]
    if unknown:
        raise DecisionNeeded(
            f"In document {document!r} {listed(unknown)} speak. Say who they are: speakers={{'{unknown[0]}': 'P01'}}, or "
            "None for who asks. Names do not belong in a study; vc.read_transcript brings a transcript in without them."
        )
    spans = []
    for one in read.spoken:
        words = text[one.start : one.end]
        start = one.start + len(words) - len(words.lstrip())
        if not read.speakers:
            spans.append((start, one.start + len(words.rstrip()), None))
        elif one.speaker is not None and (speakers or {})[one.speaker] is not None:
            spans.append((start, one.start + len(words.rstrip()), (speakers or {})[one.speaker]))
    return spans


def _with(study: Study, made: pd.DataFrame) -> Study:
    """Return the study with segments added that are not there; one of the same id with another span is refused."""
    before = study.frame("segments")[_COLUMNS]
    there = before.dropna(subset=["segment_id"]).drop_duplicates("segment_id").set_index("segment_id")
    known = made["segment_id"].isin(there.index)
    for row in made[known].itertuples(index=False):
        old = there.loc[row.segment_id]
        if (old["document_id"], old["start"], old["end"]) != (row.document_id, row.start, row.end):
            raise DecisionNeeded(
                f"The study has a segment {row.segment_id!r} already, from {old['start']} to {old['end']} and not "
                f"from {row.start} to {row.end}: its text has changed since. Cut it anew with vc.resegment."
            )
    if known.all():
        return study
    added = made[~known].astype(object)
    own = study["segments"] if "segments" in study else pd.DataFrame(columns=_COLUMNS)
    return study.replace(segments=pd.concat([own.astype(object), added], ignore_index=True) if len(own) else added)
