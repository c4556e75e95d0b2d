"""Agreement on passages that coders cut themselves: where one begins and ends, and which code it has."""

import numpy as np
import pandas as pd

from valuecreation.analyses.counting import AGREED
from valuecreation.analyses.material import material
from valuecreation.analyses.ratings import SELECTION
from valuecreation.errors import UndefinedCoefficient
from valuecreation.stats.agreement import (
    unitizing_alpha,
    unitizing_alpha_binary,
    unitizing_alpha_by_value,
    unitizing_alpha_coded,
)
from valuecreation.study import Study
from valuecreation.study.lookup import look_up
from valuecreation.words import phrase


def unitized(study: Study, codebook: str, reading: str | None, order: list[str], language: str) -> pd.DataFrame | None:
    """Return Krippendorff's unitizing family for free selections, or None when two coders made none.

    Documents that all these coders looked through are laid end to end as one continuum. For all codes together a stretch can
    have one code only; where a coder gave it two, that row says so and the rows by code stand.
    """
    segments = material(study, "all", language).segments
    ends = study.frame("segments").drop_duplicates("segment_id").set_index("segment_id")["end"]
    segments = segments.assign(end=look_up(ends, segments["segment_id"]))
    free = segments[segments["segmentation"].eq(SELECTION)].dropna(subset=["start", "end"])
    codings = study.frame("codings")
    codings = codings[(codings["codebook"] == codebook) & codings["coder"].ne(AGREED)].dropna(subset=["code", "coder"])
    if reading is not None:
        codings = codings[codings["reading"] == reading]
    rows = free.merge(codings[["segment_id", "code", "coder"]].drop_duplicates(), on="segment_id")
    coders = sorted(rows["coder"].unique())
    if len(coders) < 2:
        return None
    book = study.codebook(codebook)
    top = {code: book.top(code) if code in book else code for code in rows["code"].unique()}
    rows = rows.assign(code=rows["code"].map(top)).drop_duplicates(["coder", "code", "document_id", "start", "end"])
    documents = _documents(study, codebook, rows, coders)
    rows = rows[rows["document_id"].isin(documents.index)]
    begins = documents.cumsum() - documents
    start = rows["start"].astype(int) + rows["document_id"].map(begins).astype(int)
    units = pd.DataFrame(
        {
            "coder": rows["coder"],
            "start": start + 1,
            "end": start + rows["end"].astype(int) - rows["start"].astype(int),
            "value": rows["code"],
        }
    )
    return _family(units, int(documents.sum()), coders, order, book, language)


def _documents(study: Study, codebook: str, rows: pd.DataFrame, coders: list[str]) -> pd.Series:
    """Return the length of each document that all coders looked through, or, without coverage, in which one of them coded."""
    texts = study.frame("documents").drop_duplicates("document_id").set_index("document_id")["text"].dropna()
    coverage = study.frame("coverage")
    coverage = coverage[(coverage["codebook"] == codebook) & coverage["coder"].isin(coders)]
    if coverage.empty:
        kept = set(rows["document_id"])
    else:
        seen = (
            pd.concat([coverage[["document_id", "coder"]], rows[["document_id", "coder"]]]).dropna().drop_duplicates()
        )
        counts = seen["document_id"].value_counts()
        kept = set(counts.index[counts == len(coders)])
    return texts[texts.index.isin(kept)].str.len().astype(int)


def _family(units: pd.DataFrame, length: int, coders: list[str], order: list[str], book, language: str) -> pd.DataFrame:
    made = []
    together = phrase("all_codes", language)
    for name, function in (
        ("u_alpha", unitizing_alpha),
        ("u_alpha_coded_or_gap", unitizing_alpha_binary),
        ("u_alpha_codes", unitizing_alpha_coded),
    ):
        made.append((together, name, *_defined(lambda function=function: function(units, length, coders)), len(units)))
    try:
        by_value = unitizing_alpha_by_value(units, length, coders)
    except UndefinedCoefficient:
        by_value = None
    for code in order:
        own = units[units["value"] == code]
        name = book.label(code, language)
        if own.empty:
            continue
        made.append((name, "u_alpha", *_defined(lambda own=own: unitizing_alpha(own, length, coders)), len(own)))
        if by_value is not None and code in by_value.index:
            row = by_value.loc[code]
            made.append((name, "u_alpha_of_value", row["alpha"], row["note"], len(own)))
    return pd.DataFrame(made, columns=["code", "coefficient", "value", "note", "n_passages"])


def _defined(compute) -> tuple[float, str]:
    try:
        return float(compute()), ""
    except UndefinedCoefficient as reason:
        return np.nan, str(reason)
