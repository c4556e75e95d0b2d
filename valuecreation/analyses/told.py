"""What was told: stories with their steps and explicit links, without those of tellers who withdrew."""

from dataclasses import dataclass

import pandas as pd

from valuecreation.analyses.counting import FOUND
from valuecreation.codebook import load_codebook
from valuecreation.errors import MissingTable, UnknownName
from valuecreation.study import Study
from valuecreation.study.lookup import look_up
from valuecreation.study.withdrawal import withdrawn, withdrawn_segments
from valuecreation.words import phrase

NOT_YET = ("attempted", "intention", "aspiration")


@dataclass(frozen=True, eq=False)
class Told:
    """Stories that may be counted.

    Attributes
    ----------
    stories : pandas.DataFrame
        With ``group``: whether the teller is a group and no person.
    steps : pandas.DataFrame
        With ``found``: whether the step says that something happened, and not that it was tried, planned or hoped for.
    links : pandas.DataFrame
        With from_cycle, to_cycle, teller, found (of both ends) and the dates of both ends.
    cautions : tuple of str
    """

    stories: pd.DataFrame
    steps: pd.DataFrame
    links: pd.DataFrame
    cautions: tuple[str, ...]


def told(study: Study, network: str | None = None, language: str = "en") -> Told:
    """Return the stories of a study, of one network if asked, with their steps and links.

    Raises
    ------
    MissingTable
        Without stories and steps.
    UnknownName
        Of a network that has no stories.
    """
    if not isinstance(study, Study):
        raise MissingTable(f"An analysis takes a study; this is {type(study).__name__}. Read one with vc.read_study.")
    stories = study.need("stories", "story_id", "teller", purpose="Counting stories").dropna(subset=["story_id"])
    stories = stories.drop_duplicates("story_id")
    steps = study.need("steps", "story_id", "step", "cycle", purpose="Counting stories")
    cautions = []
    if network is not None:
        known = stories["network_id"].dropna().unique()
        if network not in known:
            raise UnknownName.among("network with stories", network, known)
        stories = stories[stories["network_id"] == network]
    gone = withdrawn(
        study, pd.DataFrame({"participant_id": stories["teller"], "document_id": "all"}, index=stories.index)
    )
    if gone.any():
        cautions.append(phrase("told_withdrawn", language, count=int(gone.sum())))
    stories = stories[~gone]
    people = set(study.frame("participants")["participant_id"].dropna())
    stories = stories.assign(group=~stories["teller"].isin(people) if people else False)
    nameless = int(stories["teller"].isna().sum())
    if nameless:
        cautions.append(phrase("told_nameless", language, count=nameless))
    own = steps[steps["story_id"].isin(stories["story_id"])].dropna(subset=["step", "cycle"])
    own = own.drop_duplicates(["story_id", "step"])
    own = own.assign(
        cycle=own["cycle"].str.split(".").str[0], found=own["status"].isin(FOUND), status=own["status"].fillna("")
    )
    unjudged = int((own["status"] == "").sum())
    if unjudged:
        cautions.append(phrase("told_unjudged", language, count=unjudged))
    links, loose = _links(study, stories, own)
    if loose:
        cautions.append(phrase("told_loose", language, count=loose))
    return Told(stories.reset_index(drop=True), own.reset_index(drop=True), links, tuple(cautions))


def _links(study: Study, stories: pd.DataFrame, steps: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return links with what stands at both ends, and how many name a step that is not there."""
    links = study.frame("links")
    links = links[links["story_id"].isin(stories["story_id"])].drop_duplicates()
    names = steps["story_id"].str.cat(steps["step"].astype("str"), sep="\0")
    ends = steps[["cycle", "found", "date", "status"]].set_axis(names)
    for side in ("from", "to"):
        keys = links["story_id"].str.cat(links[f"{side}_step"].astype("str"), sep="\0")
        at = look_up(ends.astype({"found": "boolean"}), keys)
        links = links.assign(**{f"{side}_{name}": at[name] for name in ("cycle", "found", "date", "status")})
    whole = links["from_cycle"].notna() & links["to_cycle"].notna() & links["kind"].notna()
    links = links.assign(
        teller=look_up(stories.set_index("story_id")["teller"], links["story_id"]),
        found=links["from_found"].fillna(False).astype(bool) & links["to_found"].fillna(False).astype(bool),
        claimed_by=links["claimant_role"].fillna(""),
    )
    return links[whole].reset_index(drop=True), int((~whole).sum())


def quotes_of_steps(study: Study) -> pd.Series:
    """Return the quotes that each step rests on, by story and step; words that were withdrawn are not among them."""
    segments = study.frame("segments")
    kept = segments.loc[~withdrawn_segments(study), ["segment_id", "quote"]].drop_duplicates("segment_id")
    rests = (
        study.frame("step_segments")[["story_id", "step", "segment_id"]]
        .merge(kept, on="segment_id")
        .dropna(subset=["quote"])
    )
    return rests.groupby(["story_id", "step"])["quote"].agg("\n".join)


def cycles_in(study: Study, steps: pd.DataFrame) -> list[str]:
    """Return the cycles in the order of the codebook that the steps fit, then others by name.

    The order is that of reading, and says nothing of higher or later.
    """
    known = ["immediate", "potential", "applied", "realised", "reframing"]
    for name in study.codebook_names():
        book = study.codebook(name)
        if book.kind == "cycles" and set(steps["cycle"]) <= {code.name for code in book.codes}:
            known = [code.name for code in book.codes]
            break
    return [*known, *sorted(set(steps["cycle"]) - set(known))]


def cycle_label(study: Study, cycle: str, language: str) -> str:
    """Return the name of a cycle, from the codebook that has it."""
    own = study.codebook_names()
    for name in [*own, *(one for one in ("vcf-2011", "vcf-2020") if one not in own)]:
        book = study.codebook(name) if name in own else load_codebook(name)
        if book.kind == "cycles" and cycle in book:
            return book.label(cycle, language)
    return cycle
