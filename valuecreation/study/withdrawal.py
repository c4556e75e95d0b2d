"""Withdrawal of consent: which words a teller has taken back, and a study without them."""

import pandas as pd

from valuecreation.errors import MissingTable
from valuecreation.study.cells import as_text, fits
from valuecreation.study.lookup import look_up
from valuecreation.study.model import Study

_WORDS = ("withdrawn", "ingetrokken")
_ALL = ("all", "alles")


def statements(study: Study) -> pd.DataFrame:
    """Return what tellers said about the use of their words, in the order in which it counts.

    On one day a withdrawal outweighs the rest. A withdrawal on a day that is unknown or cannot be read comes last, so that it
    is honoured; another statement on such a day comes first. Slips such as ``Withdrawn`` or ``ingetrokken`` are honoured too
    (and found by the checks).

    Returns
    -------
    pandas.DataFrame
        Columns participant_id, document_id (``all`` for everything), withdrawn, undated; the index is that of ``consents``.
    """
    consents = study.frame("consents")
    documents = study.frame("documents").drop_duplicates("document_id").set_index("document_id")
    about = consents["document_id"].str.strip()
    about = about.mask(about.str.casefold().isin(_ALL) | about.isna(), "all")
    on = as_text(consents["date"])
    on = on.where(fits(on, "date"))
    said = pd.DataFrame(
        {
            "participant_id": consents["participant_id"].where(
                consents["participant_id"].notna(), look_up(documents["participant_id"], about)
            ),
            "document_id": about,
            "withdrawn": consents["scope"].str.strip().str.casefold().isin(_WORDS),
            "undated": on.isna(),
        }
    )
    said["when"] = on.fillna("").mask(said["undated"] & said["withdrawn"], "9999-99-99")
    return said.dropna(subset=["participant_id"]).sort_values(["when", "withdrawn"], kind="stable")


def withdrawn(study: Study, pairs: pd.DataFrame) -> pd.Series:
    """Return for each participant and document whether the consent was withdrawn.

    What was said of the document itself goes before what was said of ``all``. Of several statements the last counts, in the
    order of `statements`.

    Parameters
    ----------
    study : Study
    pairs : pandas.DataFrame
        Columns participant_id and document_id; its index is kept.

    Returns
    -------
    pandas.Series of bool
    """
    if "consents" not in study:
        return pd.Series(False, index=pairs.index)
    said = statements(study)
    if not said["withdrawn"].any():
        return pd.Series(False, index=pairs.index)
    last = said.groupby(["participant_id", "document_id"])["withdrawn"].last().to_dict()
    answers = [
        last.get((person, document), last.get((person, "all"), False))
        for person, document in zip(pairs["participant_id"], pairs["document_id"], strict=True)
    ]
    return pd.Series(answers, index=pairs.index, dtype=bool)


def withdrawn_documents(study: Study) -> pd.Series:
    """Return for each row of ``documents`` whether its teller withdrew it."""
    return withdrawn(study, study.frame("documents")[["participant_id", "document_id"]])


def withdrawn_segments(study: Study) -> pd.Series:
    """Return for each row of ``segments`` whether its speaker withdrew it.

    The speaker is the segment's participant, or else the document's; a person can so withdraw from a group interview.
    """
    segments = study.frame("segments")
    gone = set(study.frame("documents")["document_id"][withdrawn_documents(study)])
    pairs = pd.DataFrame({"participant_id": segment_speakers(study), "document_id": segments["document_id"]})
    return withdrawn(study, pairs) | segments["document_id"].isin(gone)


def segment_speakers(study: Study) -> pd.Series:
    """Return for each row of ``segments`` who speaks: the segment's participant, or else the document's."""
    segments = study.frame("segments")
    documents = study.frame("documents").drop_duplicates("document_id").set_index("document_id")
    return segments["participant_id"].fillna(look_up(documents["participant_id"], segments["document_id"]))


def remove_withdrawn(study: Study) -> Study:
    """Return the study without the words that were withdrawn.

    The document keeps its row, so that it remains known that there was one, and loses its text. Segments, their codings
    and the steps' references to them go. In a group interview the words of who withdrew are blotted out character by
    character, so that the offsets of the others stay right.

    Returns
    -------
    Study
    """
    if not isinstance(study, Study):
        raise MissingTable(
            f"remove_withdrawn takes a study; this is {type(study).__name__}. Read one with vc.read_study."
        )
    gone_documents = withdrawn_documents(study)
    gone_segments = withdrawn_segments(study)
    changed = {}
    if "segments" in study:
        segments = study.segments
        gone_ids = set(study.frame("segments").loc[gone_segments, "segment_id"].dropna())
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
