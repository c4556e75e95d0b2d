"""Withdrawal of consent: which words a teller has taken back, and a study without them."""

import pandas as pd

from valuecreation.study.lookup import look_up
from valuecreation.study.model import Study


def withdrawn(study: Study, pairs: pd.DataFrame) -> pd.Series:
    """Return for each participant and document whether the consent was withdrawn.

    What was said of the document itself goes before what was said of ``all``. Of several statements the latest counts;
    on one day a withdrawal outweighs the rest, and a statement without a date is older than one with a date.

    Parameters
    ----------
    study : Study
    pairs : pandas.DataFrame
        Columns participant_id and document_id; its index is kept.

    Returns
    -------
    pandas.Series of bool
    """
    consents = study.frame("consents").dropna(subset=["participant_id"])
    if consents.empty or not (consents["scope"] == "withdrawn").any():
        return pd.Series(False, index=pairs.index)
    said = consents.assign(
        document_id=consents["document_id"].fillna("all"),
        on=pd.to_datetime(consents["date"], errors="coerce"),
        withdrawn=consents["scope"] == "withdrawn",
    ).sort_values(["on", "withdrawn"], na_position="first", kind="stable")
    latest = said.groupby(["participant_id", "document_id"])["withdrawn"].last()
    own = latest.reindex(pd.MultiIndex.from_frame(pairs[["participant_id", "document_id"]])).to_numpy()
    general = latest.reindex([(person, "all") for person in pairs["participant_id"]]).to_numpy()
    decided = pd.Series(own, index=pairs.index, dtype=object)
    decided = decided.where(decided.notna(), pd.Series(general, index=pairs.index, dtype=object))
    return decided.eq(True)


def withdrawn_documents(study: Study) -> pd.Series:
    """Return for each row of ``documents`` whether its teller withdrew it."""
    return withdrawn(study, study.frame("documents")[["participant_id", "document_id"]])


def withdrawn_segments(study: Study) -> pd.Series:
    """Return for each row of ``segments`` whether its speaker withdrew it.

    The speaker is the segment's participant, or else the document's; a person can so withdraw from a group interview.
    """
    segments = study.frame("segments")
    documents = study.frame("documents").drop_duplicates("document_id").set_index("document_id")
    gone = set(study.frame("documents")["document_id"][withdrawn_documents(study)])
    speaker = segments["participant_id"].fillna(look_up(documents["participant_id"], segments["document_id"]))
    pairs = pd.DataFrame({"participant_id": speaker, "document_id": segments["document_id"]})
    return withdrawn(study, pairs) | segments["document_id"].isin(gone)


def remove_withdrawn(study: Study) -> Study:
    """Return the study without the words that were withdrawn.

    The document keeps its row, so that it remains known that there was one, and loses its text. Segments, their codings
    and the steps' references to them go. In a group interview the words of who withdrew are blotted out character by
    character, so that the offsets of the others stay right.

    Returns
    -------
    Study
    """
    gone_documents = withdrawn_documents(study)
    gone_segments = withdrawn_segments(study)
    changed = {}
    if "segments" in study:
        segments = study.segments
        gone_ids = set(segments.loc[gone_segments, "segment_id"].dropna())
        changed["segments"] = segments[~gone_segments]
        for table in ("codings", "step_segments"):
            if table in study and "segment_id" in study.tables[table]:
                changed[table] = study[table][~study[table]["segment_id"].isin(gone_ids)]
    if "documents" in study:
        documents = study.frame("documents")
        texts = documents["text"].mask(gone_documents)
        if gone_segments.any():
            texts = _blotted(documents.assign(text=texts), study.frame("segments")[gone_segments])
        files = documents["file"].mask(gone_documents)
        kept = [column for column in study.documents.columns if column in ("text", "file")]
        changed["documents"] = study.documents.assign(**{"text": texts, "file": files} if kept else {})
        changed["documents"] = changed["documents"][list(study.documents.columns)]
    return study.replace(**changed)


def _blotted(documents: pd.DataFrame, segments: pd.DataFrame) -> pd.Series:
    texts = dict(zip(documents["document_id"], documents["text"], strict=True))
    placed = segments.dropna(subset=["document_id", "start", "end"])
    for row in placed.itertuples(index=False):
        text = texts.get(row.document_id)
        if isinstance(text, str) and 0 <= row.start < row.end <= len(text):
            blot = "".join(sign if sign == "\n" else "█" for sign in text[row.start : row.end])
            texts[row.document_id] = text[: row.start] + blot + text[row.end :]
    return documents["document_id"].map(texts)
