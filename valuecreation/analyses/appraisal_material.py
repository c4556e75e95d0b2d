"""What is known of one network on one day: its members, organisations, activities and facts, and what a check answers."""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import pandas as pd

from valuecreation.guide import Criterion
from valuecreation.study import Study
from valuecreation.study.withdrawal import withdrawn
from valuecreation.words import label, phrase

NOT_HELD = ("cancelled", "moved", "afgezegd", "verzet")
PLANNED = ("planned", "gepland")


@dataclass(frozen=True)
class Seen:
    """What a check answers: a state, the reason in words, and the rows it rests on, by table."""

    state: str
    reason: str
    rows: Mapping[str, list] = field(default_factory=dict)


def mentions(cells: pd.Series, words: Iterable[str], whole: bool = True) -> pd.Series:
    """Return which cells hold one of the words, at the start of a word unless `whole` is False; capitals do not matter.

    >>> mentions(pd.Series(["Docent hbo", None, "aandocent"]), ["docent"]).tolist()
    [True, False, False]
    """
    found = "|".join(re.escape(word) for word in words)
    pattern = (r"(?<!\w)" if whole else "") + f"(?:{found})" if found else r"(?!)"
    return cells.astype("str").str.contains(pattern, case=False, na=False, regex=True)


def last_day(partial: object) -> str | None:
    """Return the last day of a year, month or day, as text; None where it is none of these.

    >>> last_day("2024"), last_day("2024-02"), last_day("2024-02-03"), last_day("spring")
    ('2024-12-31', '2024-02-29', '2024-02-03', None)
    """
    parts = str(partial).split("-")
    if not all(part.isdigit() for part in parts) or len(parts[0]) != 4 or not 1 <= len(parts) <= 3:
        return None
    if len(parts) == 1:
        return f"{parts[0]}-12-31"
    if not 1 <= int(parts[1]) <= 12:
        return None
    return "-".join(parts) if len(parts) == 3 else f"{parts[0]}-{parts[1]}-{monthrange(*map(int, parts))[1]}"


@dataclass(frozen=True)
class OnDate:
    """One network of a study on one day."""

    study: Study
    network: str | None
    on: date
    language: str

    def say(self, name: str, **values: object) -> str:
        """Return a phrase of the appraisal in the language asked for."""
        return phrase(f"appraise_{name}", self.language, **values)

    def seen(self, state: str, name: str, rows: Mapping[str, pd.DataFrame] | None = None, **values: object) -> Seen:
        """Return an answer with its reason and the rows behind it."""
        return Seen(state, self.say(name, **values), {table: list(part.index) for table, part in (rows or {}).items()})

    def add(self, seen: Seen, name: str, **values: object) -> Seen:
        """Return an answer with a further sentence in its reason."""
        return replace(seen, reason=f"{seen.reason} {self.say(name, **values)}")

    def labels(self, vocabulary: str, keys: Iterable[str]) -> str:
        """Return words of a closed list, in the language asked for."""
        return ", ".join(label(vocabulary, key, self.language) for key in keys)

    @cached_property
    def own_network(self) -> pd.DataFrame:
        """The row of the network."""
        networks = self.study.frame("networks")
        return networks[networks["network_id"] == self.network] if self.network else networks.head(1)

    def has(self, table: str, *columns: str) -> bool:
        """Return whether the study has rows in a table and something in each of these columns."""
        frame = self.study.frame(table)
        return not frame.empty and all(frame[column].notna().any() for column in columns)

    def until(self, table: str, column: str) -> pd.DataFrame:
        """Return the rows of a table up to and including the day; rows without a date stay."""
        frame = self.study.frame(table)
        day = frame[column].astype("str").str.slice(0, 10).where(frame[column].notna())
        return frame[day.isna() | (day <= self.on.isoformat())]

    def own(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of this network; rows that name no network stay."""
        return frame[frame["network_id"].isna() | (frame["network_id"] == self.network)] if self.network else frame

    @cached_property
    def spells(self) -> pd.DataFrame:
        """The memberships that hold on the day, of those who did not withdraw and are no informant from outside."""
        spells = self.own(self.until("memberships", "joined")).dropna(subset=["participant_id"])
        left = spells["left"].astype("str").str.slice(0, 10).where(spells["left"].notna())
        spells = spells[left.isna() | (left >= self.on.isoformat())]
        outside = set(self.people.loc[self.people["informant"] == "outside", "participant_id"])
        gone = withdrawn(self.study, spells[["participant_id"]].assign(document_id="all"))
        return spells[~gone & ~spells["participant_id"].isin(outside)]

    @cached_property
    def people(self) -> pd.DataFrame:
        """Everybody in the table of participants who did not withdraw."""
        people = self.study.frame("participants").dropna(subset=["participant_id"]).drop_duplicates("participant_id")
        return people[~withdrawn(self.study, people[["participant_id"]].assign(document_id="all"))]

    @cached_property
    def members(self) -> pd.DataFrame:
        """The rows of participants who are members on the day; all of them where memberships are not kept."""
        people = self.people[self.people["informant"].ne("outside")]
        return (
            people[people["participant_id"].isin(self.spells["participant_id"])] if self.has("memberships") else people
        )

    def member_ids(self, left_out: Iterable[str] = ()) -> set[str]:
        """Return the ids of the members, without those whose role is one of `left_out`."""
        ids = set(self.spells["participant_id"]) if self.has("memberships") else set(self.members["participant_id"])
        return ids - set(self.people.loc[mentions(self.people["role"], left_out), "participant_id"])

    @cached_property
    def facts(self) -> pd.DataFrame:
        """The facts that were true on the day at the latest, with the columns last (their last day) and about.

        A fact of a year or a month is used when that year or month is over; one without a date is not used.
        """
        facts = self.study.frame("facts").dropna(subset=["attribute", "value"])
        last = pd.Series([last_day(one) for one in facts["as_of"]], index=facts.index, dtype="str")
        facts = facts.assign(last=last, about=facts["attribute"].str.casefold())
        return facts[last.notna() & (last <= self.on.isoformat())]

    @property
    def all_known(self) -> bool:
        """Whether it is known who belongs to the network: without memberships nothing holds for everybody, or for nobody."""
        return self.has("memberships", "participant_id")

    @cached_property
    def held(self) -> pd.DataFrame:
        """The activities that were held up to and including the day; those without a date are not among them."""
        held = self.own(self.until("activities", "date")).dropna(subset=["activity_id", "date"])
        return held[~held["state"].isin((*NOT_HELD, *PLANNED))]

    @cached_property
    def ahead(self) -> pd.DataFrame:
        """The activities after the day that were not called off."""
        frame = self.own(self.study.frame("activities")).dropna(subset=["activity_id", "date"])
        later = frame["date"].astype("str").str.slice(0, 10) > self.on.isoformat()
        return frame[later & ~frame["state"].isin(NOT_HELD)]

    def took(self, activities: pd.DataFrame) -> pd.DataFrame:
        """Return who took part in these activities, without those who withdrew."""
        took = self.study.frame("participation").dropna(subset=["activity_id", "participant_id"])
        took = took[took["activity_id"].isin(activities["activity_id"])]
        return took[~withdrawn(self.study, took[["participant_id"]].assign(document_id="all"))]

    def organisations(self, kinds: Iterable[str] = ()) -> pd.DataFrame:
        """Return the organisations of the members (all where no member names one), of the kinds asked for or of none."""
        frame = self.study.frame("organisations").dropna(subset=["organisation_id"]).drop_duplicates("organisation_id")
        at = set(self.members["organisation_id"].dropna())
        frame = frame[frame["organisation_id"].isin(at)] if at else frame
        kinds = tuple(kinds)
        return frame[frame["kind"].isna() | mentions(frame["kind"], kinds, whole=False)] if kinds else frame

    def visits(self, criterion: Criterion) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the shadowing that was held, and the rows of those who walked along (a host did not)."""
        held = self.held[mentions(self.held["work_form"], criterion.words["work_form"])]
        took = self.took(held)
        return held, took[~mentions(took["part"], ("host", "gast"))]
