"""Own ties: whom one person met, told to that person alone, and nothing of anybody else."""

from dataclasses import dataclass, field

import pandas as pd

from valuecreation.analyses.participation import held_activities, spells_of
from valuecreation.analyses.tie_graph import tie_rows
from valuecreation.analyses.ties import folded_groups, groups_of
from valuecreation.stats.ties import brokerage
from valuecreation.study import Study

_BETWEEN_GROUPS = ["gatekeeper", "representative", "liaison"]


@dataclass(frozen=True, eq=False)
class OwnTies:
    """The ties of one person; no value of anybody else is in it, and none is compared with it.

    Attributes
    ----------
    met, others : int
        With how many people there was an activity, of how many others in the same networks (degree).
    meetings : int
        Summed over those people (strength; more is closer).
    hours : float
        Together, summed over those people: of two people those of who was there shorter. Missing where minutes are.
    groups : pandas.DataFrame
        Columns group, met, others; groups of fewer than three people are taken together.
    between : int or None
        Pairs of others of different groups who did not meet one another and both met this person: it is on such pairs that
        betweenness rests. None where the person is in no group that is known.
    """

    met: int
    others: int
    meetings: int
    hours: float
    groups: pd.DataFrame = field(repr=False)
    between: int | None


def own_ties(study: Study, person: str, language: str) -> OwnTies:
    """Return the ties of one person from meetings, among the people who share a network with them."""
    edges, _, people, _ = tie_rows(study, "meetings", None, None)
    near = _near(study, person, people)
    edges = edges[edges["source"].isin(near) & edges["target"].isin(near)]
    own = edges[(edges["source"] == person) | (edges["target"] == person)]
    met = {*own["source"], *own["target"]} - {person}
    groups = groups_of(study, near, "role_group", None)
    shown, _ = folded_groups(groups, language)
    rows = []
    for name in sorted(set(shown.values())):
        others = {one for one, group in shown.items() if group == name} - {person}
        rows.append((name, len(met & others), len(others)))
    between = None
    if person in groups:
        both = pd.concat([edges, edges.rename(columns={"source": "target", "target": "source"})])
        between = int(brokerage(both, groups).loc[person, _BETWEEN_GROUPS].sum()) // 2
    return OwnTies(
        met=len(met),
        others=len(near) - 1,
        meetings=int(own["meetings"].sum()),
        hours=round(float(own["minutes"].sum(skipna=False)) / 60, 1),
        groups=pd.DataFrame(rows, columns=["group", "met", "others"]),
        between=between,
    )


def _near(study: Study, person: str, people: list[str]) -> list[str]:
    """Return who is in a network of this person, by membership or by taking part; everybody where no network is known."""
    held = held_activities(study, None)
    took = held["rows"].merge(held["all"][["activity_id", "network_id"]], on="activity_id")
    spells = spells_of(study, None)
    belong = pd.concat([one[["participant_id", "network_id"]] for one in (took, spells)]).dropna()
    mine = belong.loc[belong["participant_id"] == person, "network_id"]
    if mine.empty:
        return people
    with_me = took.loc[took["activity_id"].isin(took.loc[took["participant_id"] == person, "activity_id"])]
    near = {*belong.loc[belong["network_id"].isin(mine), "participant_id"], *with_me["participant_id"]}
    return [one for one in people if one in near]
