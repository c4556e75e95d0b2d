"""The material of a study as analyses count it: segments that were looked through, who speaks in them, and where they belong."""

from dataclasses import dataclass

import pandas as pd

from valuecreation.errors import MissingTable, UnknownName
from valuecreation.study import Study
from valuecreation.study.cells import as_text
from valuecreation.study.lookup import look_up
from valuecreation.study.withdrawal import withdrawn_segments
from valuecreation.words import label, phrase, vocabulary

PERSONAL = ("role", "role_group", "perspective", "organisation_id", "informant")
SHARED = ("subgroup",)
DOCUMENTARY = ("month", "kind", "prompted", "language", "interviewer_relation", "network_id", "origin")
JUDGED = ("polarity", "level", "beneficiary", "evidence", "horizon", "strength")
_LISTS = {"role_group": "role_group", "informant": "informant", "kind": "document_kind", "prompted": "boolean"}
NOT_STATED = {"en": "not stated", "nl": "niet vermeld"}


@dataclass(frozen=True)
class Material:
    """Segments that may be counted, and what was left out of them.

    Attributes
    ----------
    segments : pandas.DataFrame
        Columns segment_id, document_id, participant_id (who speaks; missing for nobody), segmentation, quote, date, and the
        columns by which one may group. One row a segment.
    cautions : tuple of str
    """

    segments: pd.DataFrame
    cautions: tuple[str, ...]


def material(study: Study, informant: str = "member", language: str = "en") -> Material:
    """Return the segments of a study that may be counted: not withdrawn, and of members unless asked otherwise.

    Parameters
    ----------
    study : Study
    informant : {"member", "outside", "all"}
        Whose words: members of the network, informants from outside, or both.
    language : {"en", "nl"}
    """
    if not isinstance(study, Study):
        raise MissingTable(f"An analysis takes a study; this is {type(study).__name__}. Read one with vc.read_study.")
    if informant not in ("member", "outside", "all"):
        raise UnknownName.among("informant", informant, ("member", "outside", "all"))
    segments = study.need("segments", "segment_id", purpose="Counting").drop_duplicates("segment_id")
    cautions = []
    gone = withdrawn_segments(study).reindex(segments.index, fill_value=False)
    if gone.any():
        cautions.append(phrase("left_out_withdrawn", language, count=int(gone.sum())))
    segments = segments[~gone & segments["segment_id"].notna()]
    documents = study.frame("documents").drop_duplicates("document_id").set_index("document_id")
    written = {column: as_text(documents[column]) for column in DOCUMENTARY if column != "month"}
    month = as_text(documents["date"]).str.extract(r"^([0-9]{4}-[0-9]{2})")[0].astype("str")
    attributes = documents[["participant_id", "date"]].assign(month=month, **written)
    around = look_up(attributes, segments["document_id"])
    speaker = segments["participant_id"].fillna(around.pop("participant_id"))
    own = segments[["segment_id", "document_id", "segmentation", "start", "quote"]].assign(participant_id=speaker)
    people = study.frame("participants").drop_duplicates("participant_id").set_index("participant_id")
    found = pd.concat([own, around, look_up(people[list(PERSONAL)], speaker)], axis=1)
    outside = found["informant"].eq("outside")
    if informant == "member" and outside.any():
        people_outside = found.loc[outside, "participant_id"].nunique()
        cautions.append(phrase("left_out_outside", language, people=people_outside, count=int(outside.sum())))
    if informant != "all":
        found = found[outside == (informant == "outside")]
    nobody = int(found["participant_id"].isna().sum())
    if nobody:
        cautions.append(phrase("without_speaker", language, count=nobody))
    return Material(found.reset_index(drop=True), tuple(cautions))


def looked_through(study: Study, segments: pd.DataFrame, codebook: str) -> tuple[pd.DataFrame, bool]:
    """Return the segments that somebody has looked through with a codebook, and whether coverage says so.

    Without coverage all segments are taken to have been looked through: what is not found and what was not looked for
    are then the same.
    """
    coverage = study.frame("coverage").dropna(subset=["document_id"])
    if coverage.empty:
        return segments, False
    looked = coverage[coverage["codebook"] == codebook]
    whole = set(looked.loc[looked["segmentation"].isna(), "document_id"])
    pairs = set(looked["document_id"].str.cat(looked["segmentation"], sep="\0").dropna())
    own = segments["document_id"].str.cat(segments["segmentation"], sep="\0")
    uncut = segments["segmentation"].isna() & segments["document_id"].isin(looked["document_id"])
    return segments[segments["document_id"].isin(whole) | own.isin(pairs) | uncut], True


def with_groups(
    study: Study, segments: pd.DataFrame, by: tuple[str, ...], language: str
) -> tuple[pd.DataFrame, list[str]]:
    """Return segments with the columns they are grouped by filled in, and what has to be said about them.

    A person in several subgroups has a row for each of them.
    """
    cautions = []
    if "subgroup" in by:
        members = study.need("memberships", "participant_id", "subgroup", purpose="Grouping by subgroup")
        members = members[["participant_id", "subgroup"]].dropna().drop_duplicates()
        several = int((members["participant_id"].value_counts() > 1).sum())
        if several:
            cautions.append(phrase("in_several_groups", language, count=several))
        segments = segments.merge(members, on="participant_id", how="left")
    for column in by:
        unstated = segments[column].isna()
        if unstated.any():
            cautions.append(
                phrase(
                    "not_stated_in", language, column=column, count=int(segments.loc[unstated, "segment_id"].nunique())
                )
            )
        segments = segments.assign(**{column: as_text(segments[column]).fillna(NOT_STATED[language])})
    return segments, cautions


def grouping(by: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the columns to group by, or say which there are."""
    asked = () if by is None else tuple(by) if isinstance(by, (list, tuple, set)) else (by,)
    known = (*PERSONAL, *SHARED, *DOCUMENTARY, *JUDGED)
    for column in asked:
        if not isinstance(column, str) or column not in known:
            raise UnknownName.among("group", column, known)
    return tuple(dict.fromkeys(asked))


def group_order(group: str, values: set[str]) -> list[str]:
    """Return the values of a group in the order of their closed list, then the others by name."""
    known = _words(group)
    return [*(one for one in known if one in values), *sorted(values - set(known))]


def group_label(group: str, value: str, language: str) -> str:
    """Return the word for a value of a group, where it comes from a closed list."""
    return label(_LISTS.get(group, group), value, language) if _words(group) else value


def _words(group: str) -> tuple[str, ...]:
    return vocabulary(_LISTS.get(group, group)) if group in _LISTS or group in JUDGED else ()


def cycles_book(study: Study, codebook: str | None, purpose: str) -> str:
    """Return the codebook of value cycles that was asked for or, left out, the first that the study uses."""
    used = [name for name in study.codebook_names() if study.codebook(name).kind == "cycles"]
    if codebook is None and not used:
        raise MissingTable(f"{purpose} needs codings under a codebook of value cycles; this study has none.")
    return codebook or used[0]


def need_codings(study: Study) -> pd.DataFrame:
    """Return the codings with what counting needs of them."""
    codings = study.need("codings", "segment_id", "codebook", "code", purpose="Counting codes")
    if codings[["segment_id", "codebook", "code"]].dropna().empty:
        raise MissingTable("Counting codes needs codings with a segment, a codebook and a code; no row has all three.")
    return codings
