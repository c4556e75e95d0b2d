"""Consent: withdrawn words that are still here, and tellers of whom nothing is recorded."""

from collections.abc import Iterator

import pandas as pd

from valuecreation.errors import listed
from valuecreation.findings import Finding
from valuecreation.study.checks.rows import row_of
from valuecreation.study.withdrawal import (
    segment_speakers,
    statements,
    withdrawn,
    withdrawn_documents,
    withdrawn_segments,
)


def withdrawals(study) -> Iterator[Finding]:
    """Withdrawn documents and segments whose words are still here; and those that are gone, as they should be."""
    documents = study.frame("documents")
    gone = withdrawn_documents(study)
    for position in documents.index[gone & documents["text"].notna()]:
        row = documents.loc[position]
        yield Finding(
            "withdrawn_present",
            "documents",
            row_of(position),
            "text",
            row["document_id"],
            {"participant": row["participant_id"]},
        )
    empty = documents[gone & documents["text"].isna()]
    for participant, rows in empty.groupby("participant_id", sort=False):
        details = {"participant": participant, "documents": _some(rows["document_id"])}
        yield Finding("withdrawn_gone", "documents", None, "text", participant, details)
    segments = study.frame("segments")
    speakers = segment_speakers(study)
    for position in segments.index[withdrawn_segments(study) & segments["quote"].notna()]:
        details = {"participant": speakers[position]}
        yield Finding(
            "withdrawn_present", "segments", row_of(position), "quote", segments["segment_id"][position], details
        )


def undated(study) -> Iterator[Finding]:
    """Withdrawals on a day that is unknown or cannot be read, while the same teller said something else as well."""
    if "consents" not in study:
        return
    said = statements(study)
    other = said[~said["withdrawn"]]
    named = set(zip(other["participant_id"], other["document_id"], strict=True))
    for position, row in said[said["withdrawn"] & said["undated"]].sort_index().iterrows():
        if (row["participant_id"], row["document_id"]) in named or (row["participant_id"], "all") in named:
            details = {"participant": study.frame("consents")["participant_id"][position]}
            yield Finding("withdrawal_undated", "consents", row_of(position), "date", row["document_id"], details)


def elsewhere(study) -> Iterator[Finding]:
    """Stories and goals of somebody who withdrew everything; steps that rest on withdrawn segments."""
    said = statements(study) if "consents" in study else None
    if said is None or not said["withdrawn"].any():
        return
    for table, column, key in (("stories", "teller", "story_id"), ("goals", "participant_id", "goal_id")):
        frame = study.frame(table)
        everything = pd.DataFrame({"participant_id": frame[column], "document_id": "all"})
        for position in frame.index[withdrawn(study, everything)]:
            details = {"participant": frame[column][position], "document": {"en": "everything", "nl": "alles"}}
            yield Finding("withdrawn_elsewhere", table, row_of(position), column, frame[key][position], details)
    segments = study.frame("segments")
    gone = segments[withdrawn_segments(study)]
    speakers = segment_speakers(study)[gone.index]
    who = dict(zip(gone["segment_id"], zip(speakers, gone["document_id"], strict=True), strict=True))
    rests = study.frame("step_segments")
    for position in rests.index[rests["segment_id"].isin(list(who))]:
        participant, document = who[rests["segment_id"][position]]
        details = {"participant": participant, "document": document}
        story = rests["story_id"][position]
        yield Finding("withdrawn_elsewhere", "step_segments", row_of(position), "segment_id", story, details)


def missing(study) -> Iterator[Finding]:
    """Documents for which their teller allowed nothing, in a study that records consents."""
    if "consents" not in study or "documents" not in study:
        return
    documents = study.frame("documents").dropna(subset=["participant_id"])
    consents = study.frame("consents")
    given = set(zip(consents["participant_id"], consents["document_id"].fillna("all"), strict=True))
    allowed = [
        (person, document) in given or (person, "all") in given
        for person, document in zip(documents["participant_id"], documents["document_id"], strict=True)
    ]
    for participant, rows in documents[~pd.Series(allowed, index=documents.index, dtype=bool)].groupby(
        "participant_id", sort=False
    ):
        details = {"documents": _some(rows["document_id"])}
        yield Finding("no_consent", "consents", None, "participant_id", participant, details)


def _some(documents: pd.Series) -> dict[str, str]:
    """Return the first few documents by name, in both languages."""
    return {"en": listed(documents, most=3), "nl": listed(documents, most=3, rest="en nog {count}")}
