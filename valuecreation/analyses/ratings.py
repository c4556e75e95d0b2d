"""Ratings: what each coder found in each unit. Not looked at is missing; looked at without a code is absent."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from valuecreation.analyses.counting import AGREED
from valuecreation.analyses.material import material, need_codings
from valuecreation.errors import MissingTable, UnknownName
from valuecreation.study import Study
from valuecreation.study.desk import SELECTION
from valuecreation.words import vocabulary

JUDGED = ("status", "polarity", "level", "beneficiary", "evidence", "horizon", "strength")
ORDERED = ("strength",)


@dataclass(frozen=True, eq=False)
class Ratings:
    """What was coded by whom, and what was looked at by whom.

    Attributes
    ----------
    units : pandas.DataFrame
        Segments that everybody could code, one row each, indexed by segment_id: document_id, participant_id, date, quote.
    looked : pandas.DataFrame of bool
        Units x coders.
    codings : pandas.DataFrame
        Columns segment_id, coder, code (top level unless asked otherwise), coded_as, status, polarity, memo and the other
        judgements; only of these units, these coders and this reading.
    coders : list of str
    by_coverage : bool
        Whether the table coverage says what was looked at. Otherwise a document counts as looked at by who coded in it.
    blind : pandas.Series
        Per document: whether all who looked at it did so blind; missing where nobody noted it.
    """

    units: pd.DataFrame
    looked: pd.DataFrame
    codings: pd.DataFrame
    coders: list[str]
    by_coverage: bool
    blind: pd.Series

    @property
    def shared(self) -> pd.DataFrame:
        """The units that at least two coders looked at."""
        return self.units[self.looked.sum(axis=1) > 1]

    def present(self, code: str) -> pd.DataFrame:
        """Return units x coders for one code: 1 found, 0 looked and not found, NaN not looked; shared units only."""
        shared = self.shared
        own = self.codings[self.codings["code"] == code]
        found = pd.crosstab(own["segment_id"], own["coder"]).reindex(index=shared.index, columns=self.coders)
        return found.gt(0).astype(float).where(self.looked.loc[shared.index])

    def sets(self) -> pd.DataFrame:
        """Return units x coders with the set of codes of each, missing where a coder did not look; shared units only."""
        shared = self.shared
        found = self.codings.groupby(["segment_id", "coder"])["code"].agg(frozenset)
        cells = found.reindex(pd.MultiIndex.from_product([shared.index, self.coders])).to_numpy(dtype=object)
        cells = np.array([one if isinstance(one, frozenset) else frozenset() for one in cells], dtype=object)
        cells = cells.reshape(len(shared), len(self.coders))
        cells[~self.looked.loc[shared.index].to_numpy()] = None
        return pd.DataFrame(cells, index=shared.index, columns=self.coders)

    def judged(self, of: str) -> pd.DataFrame:
        """Return (segment, code) x coders with how each judged what both found; NaN where a coder did not find it or judge it.

        Two judgements of one coder on the same code of a segment are written together, ``"experienced+intention"``.
        """
        own = self.codings.dropna(subset=[of])
        found = own.groupby(["segment_id", "code", "coder"])[of].agg(lambda some: "+".join(sorted(set(some))))
        wide = found.unstack("coder").reindex(columns=self.coders)
        wide = wide[wide.notna().sum(axis=1) > 1]
        if of in ORDERED and set(wide.to_numpy(dtype=object)[wide.notna().to_numpy()]) <= set(vocabulary(of)):
            kind = pd.CategoricalDtype(list(vocabulary(of)), ordered=True)
            wide = wide.astype(object).apply(lambda column: column.astype(kind))
        return wide


def ratings(
    study: Study,
    codebook: str,
    reading: str | None = None,
    coders: list[str] | None = None,
    top: bool = True,
    language: str = "en",
) -> Ratings:
    """Return the ratings of a study under one codebook.

    Segments that coders cut themselves (segmentation ``"selection"``) are no units: there agreement is about where a passage
    begins too. What was settled (coder ``agreed``) is nobody's rating.
    """
    units = material(study, "all", language).segments
    units = units[units["segmentation"].ne(SELECTION).fillna(True)].set_index("segment_id")
    codings = need_codings(study)
    codings = codings[(codings["codebook"] == codebook) & codings["code"].notna() & codings["coder"].ne(AGREED)]
    if reading is not None:
        codings = codings[codings["reading"] == reading]
    known = list(dict.fromkeys(codings["coder"].dropna()))
    for one in coders or ():
        if one not in known:
            raise UnknownName.among("coder", one, known)
    kept = sorted(known) if coders is None else list(dict.fromkeys(coders))
    if len(kept) < 2:
        raise MissingTable(
            f"Agreement needs codings of two coders under {codebook}{f' in reading {reading}' if reading else ''}; "
            f"the study {study.name!r} has those of {', '.join(kept) or 'nobody'}."
        )
    book = study.codebook(codebook)
    codings = codings[codings["coder"].isin(kept) & codings["segment_id"].isin(units.index)]
    own = codings["code"]
    rolled = own.map({code: book.top(code) if top and code in book else code for code in own.unique()})
    codings = codings.assign(coded_as=own, code=rolled).reset_index(drop=True)
    looked, by_coverage = _looked(study, units, codings, codebook, kept)
    return Ratings(units, looked, codings, kept, by_coverage, _blind(study, codebook, kept))


def _looked(
    study: Study, units: pd.DataFrame, codings: pd.DataFrame, codebook: str, coders: list[str]
) -> tuple[pd.DataFrame, bool]:
    coverage = study.frame("coverage")
    coverage = coverage[coverage["codebook"] == codebook].dropna(subset=["document_id"])
    by_coverage = bool(coverage["coder"].isin(coders).any())
    looked = pd.DataFrame(False, index=units.index, columns=coders)
    documents = units["document_id"]
    for coder in coders:
        coded = codings.loc[codings["coder"] == coder, "segment_id"]
        own = coverage[coverage["coder"] == coder]
        if by_coverage:
            whole = set(own.loc[own["segmentation"].isna(), "document_id"])
            pairs = set(own["document_id"].str.cat(own["segmentation"], sep="\0").dropna())
            uncut = units["segmentation"].isna() & documents.isin(own["document_id"])
            seen = documents.isin(whole) | documents.str.cat(units["segmentation"], sep="\0").isin(pairs) | uncut
        else:
            seen = documents.isin(set(documents.reindex(coded)))
        looked[coder] = seen | looked.index.isin(coded)
    return looked, by_coverage


def _blind(study: Study, codebook: str, coders: list[str]) -> pd.Series:
    coverage = study.frame("coverage")
    own = coverage[(coverage["codebook"] == codebook) & coverage["coder"].isin(coders)].dropna(subset=["document_id"])
    noted = own.dropna(subset=["blind"]).groupby("document_id")["blind"].all()
    complete = own.groupby("document_id")["blind"].agg(lambda some: some.notna().all())
    return noted[noted.index.isin(complete.index[complete])].astype(bool)
