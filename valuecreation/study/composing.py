"""Composite stories: several made into one, so that it can be told without anybody being known."""

from collections.abc import Iterable

import pandas as pd

from valuecreation.errors import DecisionNeeded, MissingTable, UnknownName
from valuecreation.study.model import Study

FEWEST = 3


def composite(
    study: Study,
    story_ids: Iterable[str],
    *,
    story_id: str,
    title: str,
    teller: str,
    texts: dict[int, str] | None = None,
) -> Study:
    """Return the study with several stories made into one, in place of them.

    The steps of all of them follow one another, story by story, with new numbers; links and indicators follow their steps. What
    would tell who is behind it goes: tellers, dates, quotes and who wrote the story down. The words of the steps are left as they
    are unless you give others; read them, and write anew what gives somebody away.

    Parameters
    ----------
    study : Study
    story_ids : iterable of str
        Stories of three different tellers at least: what two tell each knows of the other.
    story_id, title : str
        Of the new story.
    teller : str
        A name for those who tell together, such as ``"three nurses"``; no id of a participant.
    texts : dict of int to str, optional
        By new step number: words in place of the old.

    Returns
    -------
    Study

    Raises
    ------
    DecisionNeeded
        With fewer than three tellers, a name that is taken, or a participant as teller.

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> study = load_example("lindehout")
    >>> made = composite(study, ["V01", "V04", "V05"], story_id="C1", title="Asking first", teller="three professionals")
    >>> len(made.stories), made.steps.query("story_id == 'C1'")["step"].tolist()[-1]
    (12, 17)
    """
    chosen = list(dict.fromkeys(story_ids))
    stories = study.need("stories", "story_id", "teller", purpose="A composite story")
    known = stories["story_id"].dropna().tolist()
    for one in chosen:
        if one not in known:
            raise UnknownName.among("story", one, known)
    own = stories[stories["story_id"].isin(chosen)]
    tellers = own["teller"].dropna().nunique()
    if tellers < FEWEST:
        raise DecisionNeeded(
            f"A composite story hides who tells only with {FEWEST} tellers at least; these {len(chosen)} stories have {tellers}. "
            "Add a story, or keep them within the group."
        )
    if story_id in set(known) - set(chosen):
        raise DecisionNeeded(f"There is a story {story_id!r} already. Give the composite another id.")
    if teller in set(study.frame("participants")["participant_id"]) | set(own["teller"]):
        raise DecisionNeeded(
            f"{teller!r} is one of the tellers. Give those who tell together a name that points at nobody."
        )
    if "steps" not in study:
        raise MissingTable("A composite story needs the table steps.")
    numbers = _numbers(study, chosen)
    steps = study.steps.merge(numbers, on=["story_id", "step"], how="left")
    inside = steps["new"].notna()
    made = steps[inside].assign(story_id=story_id, step=steps["new"]).sort_values("step")
    made = made.assign(date=None) if "date" in made else made
    if texts:
        made = made.assign(
            text=[texts.get(int(step), text) for step, text in zip(made["step"], made["text"], strict=True)]
        )
    changed = {"steps": _together(steps[~inside].drop(columns="new"), made.drop(columns="new"))}
    row = {"story_id": story_id, "title": title, "teller": teller, "composite": True}
    networks = own["network_id"].dropna().unique()
    row |= {"network_id": networks[0]} if len(networks) == 1 else {}
    changed["stories"] = _together(study.stories[~study.stories["story_id"].isin(chosen)], pd.DataFrame([row]))
    if "links" in study:
        changed["links"] = _links(study, chosen, numbers, story_id, teller)
    if "step_segments" in study:  # a quote says whose it is
        changed["step_segments"] = study.step_segments[~study.step_segments["story_id"].isin(chosen)]
    if "step_indicators" in study:
        moved = study.step_indicators.merge(numbers, on=["story_id", "step"], how="left")
        inside = moved["new"].notna()
        after = moved[inside].assign(story_id=story_id, step=moved["new"])
        changed["step_indicators"] = _together(moved[~inside].drop(columns="new"), after.drop(columns="new"))
    return study.replace(**changed)


def _numbers(study: Study, chosen: list[str]) -> pd.DataFrame:
    """Return the new number of each step: story after story in the order that was asked."""
    steps = study.frame("steps")
    steps = steps[steps["story_id"].isin(chosen)].dropna(subset=["step"])
    place = {name: number for number, name in enumerate(chosen)}
    steps = steps.assign(place=steps["story_id"].map(place)).sort_values(["place", "step"])
    numbers = pd.Series(range(1, len(steps) + 1), index=steps.index, dtype="Int64")
    return steps[["story_id", "step"]].assign(new=numbers)


def _links(study: Study, chosen: list[str], numbers: pd.DataFrame, story_id: str, teller: str) -> pd.DataFrame:
    links = study.links
    inside = links["story_id"].isin(chosen)
    new = {(row.story_id, row.step): row.new for row in numbers.itertuples(index=False)}
    own = links[inside]
    moved = own.assign(
        **{
            f"{side}_step": [
                new.get((one, step)) for one, step in zip(own["story_id"], own[f"{side}_step"], strict=True)
            ]
            for side in ("from", "to")
        }
    )
    by_teller = moved["claimant_role"].eq("teller") if "claimant_role" in moved else False
    claimant = moved["claimant"].mask(by_teller, teller) if "claimant" in moved else teller
    return _together(links[~inside], moved.assign(story_id=story_id, claimant=claimant))


def _together(kept: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    frames = [frame.astype(object) for frame in (kept, added) if len(frame)]
    return pd.concat(frames, ignore_index=True) if frames else kept
