"""Cutting a study anew: which codings that touches, and moving those whose place is certain."""

from collections.abc import Mapping

import pandas as pd

from valuecreation.errors import DecisionNeeded, MissingTable, UnknownName, listed
from valuecreation.study.model import Study
from valuecreation.study.segmenting import segment


def touched(study: Study, old: str, new: str) -> pd.DataFrame:
    """Return which codings another way of cutting touches, before anything is done.

    Parameters
    ----------
    study : Study
    old, new : str
        Segmentations: the name under which the codings' segments stand, and one of "turn", "sentence", "paragraph", "entry"
        or a segmentation that the study has too.

    Returns
    -------
    pandas.DataFrame
        A row for each coding on a segment of the old one: segment_id, document_id, codebook, code, coder, quote, ``relation``
        (``same``: one new segment has the same words; ``within``: one new segment holds it; ``split``: it holds several new
        ones; ``crosses``: borders cross; ``none``: no new segment touches it) and ``new_segments``, their ids.
    """
    segments = study.need("segments", "segment_id", "start", "end", purpose="Cutting anew")
    known = segments["segmentation"].dropna().unique()
    if old not in known:
        raise UnknownName.among("segmentation of this study", old, known)
    cut = study if new in known else segment(study, new)
    every = cut.frame("segments")
    fresh = _by_document(every, new)
    rows = []
    for row in segments[segments["segmentation"] == old].itertuples(index=False):
        relation, ids = _relation(row, fresh.get(row.document_id))
        rows.append((row.segment_id, row.document_id, row.quote, relation, ids))
    found = pd.DataFrame(rows, columns=["segment_id", "document_id", "quote", "relation", "new_segments"])
    codings = study.frame("codings")[["segment_id", "codebook", "code", "coder"]]
    joined = codings.merge(found, on="segment_id")
    return joined[["segment_id", "document_id", "codebook", "code", "coder", "quote", "relation", "new_segments"]]


def _by_document(segments: pd.DataFrame, segmentation: str) -> dict[str, pd.DataFrame]:
    own = segments[segments["segmentation"] == segmentation].dropna(subset=["start", "end"])
    return dict(list(own.groupby("document_id")))


def _relation(row, fresh: pd.DataFrame | None) -> tuple[str, tuple[str, ...]]:
    if fresh is None or pd.isna(row.start) or pd.isna(row.end):
        return "none", ()
    met = fresh[(fresh["start"] < row.end) & (fresh["end"] > row.start)].sort_values("start")
    ids = tuple(met["segment_id"])
    if not ids:
        return "none", ()
    first, last = met["start"].iloc[0], met["end"].max()
    if len(ids) == 1 and (first, last) == (row.start, row.end):
        return "same", ids
    if len(ids) == 1 and first <= row.start and row.end <= last:
        return "within", ids
    return ("split" if row.start <= first and last <= row.end else "crosses"), ids


def resegment(
    study: Study,
    old: str,
    new: str,
    decisions: Mapping[str, list[str] | tuple[str, ...] | str] | None = None,
) -> Study:
    """Return the study cut in another way, with its codings moved where that is certain.

    A coding moves by itself when one new segment has the same words or holds it whole. For the others a person says to which
    new segments it goes. The old segments of these documents go, with what rested on them moved in the same way; `touched`
    shows all of it beforehand.

    Parameters
    ----------
    study : Study
    old, new : str
        As in `touched`.
    decisions : mapping of str to list of str, optional
        For an old segment the new ones to which its codings go; an empty list leaves them out.

    Returns
    -------
    Study

    Raises
    ------
    DecisionNeeded
        When codings wait for a decision; ``.undecided`` is the table of them with their quotes.
    """
    found = touched(study, old, new)
    decisions = {key: [one] if isinstance(one, str) else list(one) for key, one in (decisions or {}).items()}
    steps = study.frame("step_segments")["segment_id"].dropna().unique()
    cut = study if new in study.frame("segments")["segmentation"].dropna().unique() else segment(study, new)
    every = cut.frame("segments")
    fresh = {
        name: part
        for name, part in every[every["segmentation"] == new].dropna(subset=["start", "end"]).groupby("document_id")
    }
    gone = every[(every["segmentation"] == old) & every["document_id"].isin(fresh)]
    where = {row.segment_id: _relation(row, fresh.get(row.document_id)) for row in gone.itertuples(index=False)}
    used = [one for one in where if one in set(found["segment_id"]) or one in set(steps)]
    open_ones = [one for one in used if where[one][0] not in ("same", "within") and one not in decisions]
    if open_ones:
        undecided = found[found["segment_id"].isin(open_ones)].reset_index(drop=True)
        raise DecisionNeeded(
            f"{len(open_ones)} segments with codings are cut by the new way: {listed(open_ones, 8)}. Say where their codings "
            "go, decisions={'old segment': ['new segment', ...]}; an empty list leaves them out. The error's .undecided has the "
            "quotes and the new segments that touch them.",
            undecided,
        )
    for one, targets in decisions.items():
        if one not in where:
            raise UnknownName.among("segment that is cut anew", one, list(where))
        for target in targets:
            if target not in where[one][1]:
                raise UnknownName.among(f"new segment for {one}", target, where[one][1])
    moves = pd.DataFrame(
        [(one, target) for one in where for target in decisions.get(one, where[one][1] if one in used else ())],
        columns=["segment_id", "moved_to"],
    )
    changed = {"segments": every[~every["segment_id"].isin(where)].reset_index(drop=True)}
    for table in ("codings", "step_segments"):
        if table in study:
            rows = study[table]
            moved = rows[rows["segment_id"].isin(where)].merge(moves, on="segment_id").drop(columns="segment_id")
            moved = moved.rename(columns={"moved_to": "segment_id"})[rows.columns]
            kept = pd.concat([rows[~rows["segment_id"].isin(where)], moved], ignore_index=True)
            changed[table] = kept.drop_duplicates([one for one in kept if one not in ("coding_id", "coded_at", "memo")])
    if "coverage" in study and "segmentation" in study.coverage:
        seen = study.coverage
        again = (seen["segmentation"] == old) & seen["document_id"].isin(fresh)
        changed["coverage"] = seen.assign(segmentation=seen["segmentation"].mask(again, new)).drop_duplicates()
    if not len(where):
        raise MissingTable(f"No segment of the segmentation {old!r} lies in a document that was cut anew as {new!r}.")
    return study.replace(**changed)
