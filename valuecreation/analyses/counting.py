"""Which codings count: what was settled first, then the rule that the caller names, repeated in the cautions."""

from dataclasses import dataclass

import pandas as pd

from valuecreation.analyses.material import Material, need_codings
from valuecreation.errors import UnknownName
from valuecreation.study import Study
from valuecreation.study.desk import AGREED
from valuecreation.study.lookup import look_up
from valuecreation.study.schema import table
from valuecreation.words import phrase, vocabulary

FOUND = ("experienced", "reported")
SMALL = 20
RULES = ("any", "all")


@dataclass(frozen=True)
class Counted:
    """Codings that count.

    Attributes
    ----------
    codings : pandas.DataFrame
        Columns segment_id, codebook, reading, code (the top-level code), coded_as (as it was coded), status, polarity, coder,
        memo and the other judgements. A coding of two coders is two rows.
    cautions : tuple of str
    """

    codings: pd.DataFrame
    cautions: tuple[str, ...]


def counted(
    study: Study, material: Material, codebooks: list[str], rule: str = "any", agreed: bool = True, language: str = "en"
) -> Counted:
    """Return the codings that count.

    Parameters
    ----------
    study : Study
    material : Material
    codebooks : list of str
    rule : str
        Where nothing was settled: ``"any"`` counts what any coder found, ``"all"`` what every coder found who looked, and the
        name of a coder what that coder found.
    agreed : bool
        Where codings by ``agreed`` settle a segment, only these count. False leaves them out, so that what one coder found
        can be read on its own.
    language : {"en", "nl"}
    """
    codings = need_codings(study)[list(table("codings").columns)]
    codings = codings[codings["codebook"].isin(codebooks)].dropna(subset=["segment_id", "code"])
    coders = [coder for coder in codings["coder"].dropna().unique() if coder != AGREED]
    if rule not in (*RULES, *coders):
        raise UnknownName.among("rule for unsettled codings", rule, (*RULES, *coders))
    if not agreed:
        codings = codings[codings["coder"] != AGREED]
    documents = material.segments.set_index("segment_id")["document_id"]
    codings = codings[codings["segment_id"].isin(documents.index)]
    codings = codings.assign(
        document_id=look_up(documents, codings["segment_id"]),
        coded_as=codings["code"],
        code=_rolled_up(study, codings),
        status=codings["status"].fillna(""),
    )
    settled = _settled(study, codings) if agreed else pd.Series(False, index=codings.index)
    kept, cautions = codings[~settled | (codings["coder"] == AGREED)], []
    several = len(coders) > 1
    if several or settled.any():
        unsettled = kept["coder"] != AGREED
        if rule == "all":
            kept = kept[~unsettled | _found_by_all(study, kept, unsettled)]
        elif rule != "any":
            kept = kept[~unsettled | (kept["coder"] == rule)]
        cautions.append(_said(rule, codings, settled, coders, agreed, language))
    faulty = _faulty(study, kept)
    if faulty:
        cautions.insert(0, phrase("faulty_codings", language, count=faulty))
    unjudged = int((kept["status"] == "").sum())
    if unjudged:
        cautions.append(phrase("not_judged", language, count=unjudged))
    return Counted(kept.drop(columns="document_id").reset_index(drop=True), tuple(cautions))


def statuses(codings: pd.DataFrame) -> list[str]:
    """Return the statuses in order, with the empty one when some codings were not judged."""
    return [*vocabulary("status"), *([""] if (codings["status"] == "").any() else [])]


def codes_in_order(study: Study, codebook: str, present: pd.Series) -> list[str]:
    """Return the top-level codes of a codebook in order, and after them codes that are present and not in the book."""
    known = [code.name for code in study.codebook(codebook).codes]
    return [*known, *(code for code in dict.fromkeys(present) if code not in known)]


def _faulty(study: Study, codings: pd.DataFrame) -> int:
    """Return how many codings have a code, status or sign that does not exist, and so count wrongly or not at all."""
    wrong = ~codings["status"].isin(["", *vocabulary("status")])
    wrong |= codings["polarity"].notna() & ~codings["polarity"].isin(vocabulary("polarity"))
    for name in codings["codebook"].unique():
        known = [code.name for code in study.codebook(name).walk()]
        wrong |= (codings["codebook"] == name) & ~codings["code"].isin(known)
    return int(wrong.sum())


def _rolled_up(study: Study, codings: pd.DataFrame) -> pd.Series:
    rolled = codings["code"].copy()
    for name in codings["codebook"].unique():
        own = codings["codebook"] == name
        book = study.codebook(name)
        top = {code: book.top(code) if code in book else code for code in codings.loc[own, "code"].unique()}
        rolled[own] = codings.loc[own, "code"].map(top)
    return rolled


def _settled(study: Study, codings: pd.DataFrame) -> pd.Series:
    """Return for each coding whether its segment was settled under that codebook: by an agreed coding, or by coverage."""
    agreed = codings[codings["coder"] == AGREED]
    coverage = study.frame("coverage")
    coverage = coverage[coverage["coder"] == AGREED]
    if agreed.empty and coverage.empty:
        return pd.Series(False, index=codings.index)
    in_reading = _key(codings, "segment_id", "codebook", "reading").isin(
        set(_key(agreed, "segment_id", "codebook", "reading"))
    )
    settled_ways = set(_key(agreed, "codebook", "reading"))
    unused = ~codings["codebook"].isin(set(agreed["codebook"]))
    in_document = _key(codings, "document_id", "codebook").isin(set(_key(coverage, "document_id", "codebook")))
    return in_reading | (in_document & (_key(codings, "codebook", "reading").isin(settled_ways) | unused))


def _key(rows: pd.DataFrame, *columns: str) -> pd.Series:
    """Return columns as one text, so that rows can be looked up by several columns at once."""
    joined = rows[columns[0]].fillna("").astype("str")
    for column in columns[1:]:
        joined = joined.str.cat(rows[column].fillna("").astype("str"), sep="\0")
    return joined


def _found_by_all(study: Study, codings: pd.DataFrame, unsettled: pd.Series) -> pd.Series:
    """Return for each coding whether every coder who looked through its document has it with the same status."""
    open_rows = codings[unsettled]
    coverage = study.frame("coverage").dropna(subset=["coder", "document_id", "codebook"])
    looked = coverage.loc[coverage["coder"] != AGREED, ["coder", "document_id", "codebook"]]
    looked = pd.concat([looked, open_rows[["coder", "document_id", "codebook"]]]).drop_duplicates()
    ways = open_rows[["coder", "codebook", "reading"]].drop_duplicates()
    unread = looked[["coder", "codebook"]].drop_duplicates().assign(reading=pd.NA)
    looked = looked.merge(pd.concat([ways.dropna(subset=["reading"]), unread]), on=["coder", "codebook"])
    wanted = looked.assign(way=_key(looked, "document_id", "codebook", "reading")).groupby("way")["coder"].nunique()
    key = ["segment_id", "codebook", "reading", "code", "status"]
    found = open_rows.groupby(key, dropna=False)["coder"].transform("nunique")
    needed = _key(open_rows, "document_id", "codebook", "reading").map(wanted)
    return (found == needed).reindex(codings.index, fill_value=False)


def _said(rule: str, codings: pd.DataFrame, settled: pd.Series, coders: list[str], agreed: bool, language: str) -> str:
    segments = codings["segment_id"].nunique()
    done = codings.loc[settled, "segment_id"].nunique()
    named = phrase(f"rule_{rule}" if rule in RULES else "rule_coder", language, coder=rule)
    if not agreed:
        return phrase("which_count_unsettled", language, coders=len(coders), segments=segments, rule=named)
    return phrase("which_count", language, coders=len(coders), settled=done, segments=segments, rule=named)
