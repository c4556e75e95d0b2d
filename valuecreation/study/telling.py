"""Telling a story: the answers on a form as rows of stories, steps and links; few are required, and none is made up."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from valuecreation.errors import DecisionNeeded, UnknownName
from valuecreation.study.acts import Change
from valuecreation.study.model import Study
from valuecreation.words import phrase, vocabulary

CYCLES = ("immediate", "potential", "applied", "realised", "reframing")
_DATE = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")


@dataclass(frozen=True)
class ToldStep:
    """One step as it was told.

    Attributes
    ----------
    cycle, text : str
    status, polarity, date : str or None
        What was not said stays empty; a date may lack its day or month.
    led_on : bool
        Whether the teller says that this led to the next step that is told.
    """

    cycle: str
    text: str
    status: str | None = None
    polarity: str | None = None
    date: str | None = None
    led_on: bool = False


@dataclass(frozen=True)
class ToldStory:
    """A story as it was told.

    Attributes
    ----------
    teller : str
        The id of a participant, or the name of a group.
    steps : tuple of ToldStep
        In the order of telling, one at least.
    title, told_on, network_id, collected_by, counterfactual : str or None
    """

    teller: str
    steps: tuple[ToldStep, ...] = field(default_factory=tuple)
    title: str | None = None
    told_on: str | None = None
    network_id: str | None = None
    collected_by: str | None = None
    counterfactual: str | None = None


def checked(story: ToldStory, language: str = "en") -> list[str]:
    """Return what has to be put right before the story can be kept: a sentence for each; usually none."""
    faults = []
    if not story.teller:
        faults.append(phrase("tell_who", language))
    if not story.steps:
        faults.append(phrase("tell_nothing", language))
    for number, step in enumerate(story.steps, start=1):
        if step.cycle not in CYCLES:
            faults.append(phrase("tell_cycle", language, step=number, value=step.cycle, choices=", ".join(CYCLES)))
        for name in ("status", "polarity"):
            value = getattr(step, name)
            if value is not None and value not in vocabulary(name):
                faults.append(
                    phrase("tell_word", language, step=number, value=value, choices=", ".join(vocabulary(name)))
                )
        if step.date is not None and not _DATE.fullmatch(step.date):
            faults.append(phrase("tell_date", language, value=step.date))
    if story.told_on is not None and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", story.told_on):
        faults.append(phrase("tell_date", language, value=story.told_on))
    return faults


def rows_of(study: Study, story: ToldStory, language: str = "en") -> list[Change]:
    """Return the rows that a story becomes, as changes of the tables stories, steps and links.

    Raises
    ------
    DecisionNeeded
        When something has to be put right first; all of it is named.
    UnknownName
        Of a network that the study does not have.
    """
    faults = checked(story, language)
    if faults:
        raise DecisionNeeded("\n".join(faults))
    networks = study.frame("networks")["network_id"].dropna().tolist()
    network = story.network_id or (networks[0] if len(networks) == 1 else None)
    if network is not None and networks and network not in networks:
        raise UnknownName.among("network", network, networks)
    name = _free_id(study)
    head = {
        "story_id": name, "network_id": network, "title": story.title, "teller": story.teller, "told_on": story.told_on,
        "collected_by": story.collected_by, "counterfactual": story.counterfactual,
    }  # fmt: skip
    changes = [Change("stories", None, head)]
    for number, step in enumerate(story.steps, start=1):
        row = {name_of: getattr(step, name_of) for name_of in ("cycle", "status", "polarity", "date", "text")}
        changes.append(Change("steps", None, {"story_id": name, "step": number, **row}))
        if step.led_on and number < len(story.steps):
            link = {"story_id": name, "from_step": number, "to_step": number + 1, "kind": "flow"}
            changes.append(Change("links", None, {**link, "claimant": story.teller, "claimant_role": "teller"}))
    return changes


def with_story(study: Study, story: ToldStory, language: str = "en") -> Study:
    """Return the study with a story in it."""
    added: dict[str, list[Mapping]] = {}
    for change in rows_of(study, story, language):
        added.setdefault(change.table, []).append(change.now)
    return study.replace(**{name: _appended(study, name, rows) for name, rows in added.items()})


def _appended(study: Study, name: str, rows: Iterable[Mapping]) -> pd.DataFrame:
    new = pd.DataFrame(list(rows)).astype(object)
    return pd.concat([study[name].astype(object), new], ignore_index=True) if name in study else new


def _free_id(study: Study) -> str:
    """Return the first number that no story has yet."""
    known = set(study.frame("stories")["story_id"].dropna())
    number = len(known) + 1
    while f"V{number:02d}" in known:
        number += 1
    return f"V{number:02d}"
