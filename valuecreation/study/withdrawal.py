"""Withdrawal of consent: which words a teller has taken back, and a study without them."""

import re

import pandas as pd

from valuecreation.errors import MissingTable
from valuecreation.study.blotting import blot
from valuecreation.study.cells import as_text, fits
from valuecreation.study.lookup import look_up
from valuecreation.study.model import Study
from valuecreation.study.schema import table as table_of_schema

_ALL = ("all", "alles")
_STRIKES = ("strike", "schrappen", "geschrapt")
_UNSEEN = re.compile("[\\s\u200b-\u200f\u2060\ufeff]+")
_BETWEEN = re.compile(r"\s*[|;,]\s*")


def statements(study: Study) -> pd.DataFrame:
    """Return what tellers said about the use of their words, in the order in which it counts.

    On one day a withdrawal outweighs the rest. A withdrawal on a day that is unknown or cannot be read comes last, so that it
    is honoured; another statement on such a day comes first. A withdrawal is honoured also when its words or ids are spelt
    with slips (``Withdrawn``, ``ingetrokken``, a stray space, other capitals, two documents in a cell), and when it names a
    document and no person; the checks find the slips.

    Returns
    -------
    pandas.DataFrame
        Columns participant_id and document_id in one spelling (an empty person is anybody, ``all`` everything), withdrawn,
        undated; the index is that of ``consents``.
    """
    consents = study.frame("consents")
    if consents.empty:
        return pd.DataFrame(
            {"participant_id": [], "document_id": [], "withdrawn": pd.Series(dtype=bool), "undated": []}
        )
    on = as_text(consents["date"])
    on = on.where(fits(on, "date"))
    said = pd.DataFrame(
        {
            "participant_id": [_spelt(one) for one in consents["participant_id"]],
            "document_id": [
                [_spelt(part) for part in _BETWEEN.split(one)] if isinstance(one, str) else [""]
                for one in consents["document_id"]
            ],
            "withdrawn": [_spelt(one).startswith(("withdrawn", "ingetrokken")) for one in consents["scope"]],
            "undated": on.isna().to_numpy(),
        },
        index=consents.index,
    )
    said["when"] = on.fillna("").mask(said["undated"] & said["withdrawn"], "9999-99-99")
    said = said.explode("document_id")
    said["document_id"] = ["all" if one in ("", *_ALL) else one for one in said["document_id"]]
    said = said[(said["participant_id"] != "") | (said["document_id"] != "all")]
    return said.sort_values(["when", "withdrawn"], kind="stable")


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
    answers = []
    for person, document in zip(map(_spelt, pairs["participant_id"]), map(_spelt, pairs["document_id"]), strict=True):
        own = last.get((person, document), last.get((person, "all"), False) if person else False)
        answers.append(own or last.get(("", document), False))
    return pd.Series(answers, index=pairs.index, dtype=bool)


def _spelt(one: object) -> str:
    """Return an id or word in the one spelling in which withdrawals are compared."""
    return _UNSEEN.sub(" ", one).strip().casefold() if isinstance(one, str) else ""


def withdrawn_documents(study: Study) -> pd.Series:
    """Return for each row of ``documents`` whether its teller withdrew it."""
    return withdrawn(study, study.frame("documents")[["participant_id", "document_id"]])


def withdrawn_segments(study: Study) -> pd.Series:
    """Return for each row of ``segments`` whether its speaker withdrew it, or struck it in a member check.

    The speaker is the segment's participant, or else the document's; a person can so withdraw from a group interview.
    """
    segments = study.frame("segments")
    gone = set(study.frame("documents")["document_id"][withdrawn_documents(study)])
    pairs = pd.DataFrame({"participant_id": segment_speakers(study), "document_id": segments["document_id"]})
    return withdrawn(study, pairs) | segments["document_id"].isin(gone) | _struck(study, segments, pairs)


def _struck(study: Study, segments: pd.DataFrame, pairs: pd.DataFrame) -> pd.Series:
    """Return for each segment whether its own speaker struck it; nobody strikes the words of another."""
    checks = study.frame("member_checks")
    checks = checks[checks["answer"].map(lambda one: _spelt(one) in _STRIKES).astype(bool)]
    struck = set(zip(map(_spelt, checks["participant_id"]), checks["segment_id"], strict=True))
    own = zip(map(_spelt, pairs["participant_id"]), segments["segment_id"], strict=True)
    return pd.Series([one in struck for one in own], index=segments.index, dtype=bool)


def segment_speakers(study: Study) -> pd.Series:
    """Return for each row of ``segments`` who speaks: the segment's participant, or else the document's."""
    segments = study.frame("segments")
    documents = study.frame("documents").drop_duplicates("document_id").set_index("document_id")
    return segments["participant_id"].fillna(look_up(documents["participant_id"], segments["document_id"]))


def remove_withdrawn(study: Study) -> Study:
    """Return the study without the words that were withdrawn.

    The document keeps its row, so that it remains known that there was one, and loses its text. Its memos, segments, their
    codings and the steps' references to them go. In a group interview the words of who withdrew are blotted out character by
    character, so that the offsets of the others stay right. Stories and goals are left for a person to look at: a finding
    names those of who withdrew everything.

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
    segments = study.frame("segments")
    documents = study.frame("documents")
    changed = {}
    if "segments" in study:
        gone_ids = set(segments.loc[gone_segments, "segment_id"].dropna())
        kept = study.segments[~gone_segments]
        for table in ("codings", "step_segments", "member_checks"):
            if table in study and "segment_id" in study.tables[table]:
                changed[table] = study[table][~study[table]["segment_id"].isin(gone_ids)]
        texts, quotes = blot(documents[~gone_documents], segments, gone_segments)
        changed["segments"] = kept.assign(quote=quotes[~gone_segments]) if "quote" in kept else kept
    else:
        texts = documents["text"]
    if "documents" in study:
        cleaned = study.documents
        own = [column for column in cleaned if column not in table_of_schema("documents").columns]
        if "text" in cleaned:
            cleaned["text"] = texts.reindex(cleaned.index)
        for column in [*(one for one in ("text", "file") if one in cleaned), *own]:
            cleaned[column] = cleaned[column].mask(gone_documents)
        changed["documents"] = cleaned
    if "memos" in study and "document_id" in study.tables["memos"]:
        changed["memos"] = study.memos[~_beside_withdrawn(study, documents[gone_documents], segments[gone_segments])]
    return study.replace(**changed)


def _beside_withdrawn(study: Study, documents: pd.DataFrame, segments: pd.DataFrame) -> pd.Series:
    """Return for each memo whether it stands beside words that were withdrawn; one without a place goes with its document."""
    memos = study.frame("memos")
    gone = memos["document_id"].isin(set(documents["document_id"]))
    for row in segments[["document_id", "start", "end"]].itertuples(index=False):
        same = memos["document_id"].eq(row.document_id).fillna(False).astype(bool)
        if pd.isna(row.start) or pd.isna(row.end):
            gone |= same
            continue
        beside = (memos["start"] < row.end) & (memos["end"] > row.start)
        gone |= same & (beside.fillna(True) | (memos["end"] == 0).fillna(True)).astype(bool)
    return gone
