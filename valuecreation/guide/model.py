"""What a guide is: criteria with sub-criteria, a source, a period of validity, and who changed what and when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

import pandas as pd

from valuecreation.words import check_language, in_language

STATES = ("met", "partly", "not_met", "unknown", "not_applicable")

# What an appraisal can compute, and from which tables. A criterion without a check waits for a fact about it.
CHECKS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "domains": ("participants", "memberships"),
        "role": ("participants", "memberships", "facts"),
        "facts": ("facts", "organisations"),
        "open_membership": ("networks",),
        "planned_hours": ("networks",),
        "joint_meetings": ("activities", "facts"),
        "meetings_ahead": ("activities",),
        "shadowing": ("activities", "participation", "participants", "memberships"),
        "subgroup_size": ("memberships", "facts"),
        "mixed_subgroups": ("memberships", "participants"),
        "questions_from_shadowing": ("questions", "activities"),
        "questions_worked_out": ("questions", "products"),
        "own_goals": ("goals", "memberships"),
        "joint_goals": ("goals",),
        "own_yield": ("codings", "segments", "documents", "memberships"),
        "joint_yield": ("products",),
        "uptake": ("uptake", "organisations", "participants"),
        "partners": ("organisations", "participants"),
        "clients": ("organisations", "participants"),
        "plan_and_report": ("products", "facts"),
        "exchange": ("activities", "participation", "participants", "organisations"),
        "shadowing_both": ("facts", "activities", "participation", "participants", "organisations"),
    }
)


@dataclass(frozen=True)
class Change:
    """A change of a guide: on which day, decided by whom (a function or body, never a person's name), what and why."""

    on: str
    by: str
    what: Mapping[str, str]


@dataclass(frozen=True)
class Criterion:
    """Something that a guide asks, or a heading above several of them.

    Attributes
    ----------
    name : str
        Its id, that of the heading before the dot: ``step-2.period``.
    text, shows, note : mapping of str to str
        What is asked; what would show it; what a reader must know about it. By language.
    check : str
        What an appraisal computes, one of `CHECKS`; empty where only a fact can settle it.
    thresholds : mapping of str to int
    words : mapping of str to tuple of str
        Words by which cells are recognised, in both languages.
    attribute, about, answers : str, str, tuple of str
        For the check ``facts``: which attribute, of the network or of its organisations, and which answers count (``*``: any).
    phase, since : str
        The phase it belongs to; since when the advice exists (a year, month or day).
    criteria : tuple of Criterion
    """

    name: str
    text: Mapping[str, str]
    shows: Mapping[str, str] = field(default_factory=dict)
    note: Mapping[str, str] = field(default_factory=dict)
    check: str = ""
    thresholds: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    attribute: str = ""
    about: str = "network"
    answers: tuple[str, ...] = ()
    phase: str = ""
    since: str = ""
    criteria: tuple["Criterion", ...] = ()

    def walk(self) -> Iterator["Criterion"]:
        """Yield the criterion and all below it."""
        yield self
        for one in self.criteria:
            yield from one.walk()

    @property
    def asks(self) -> bool:
        """Whether it asks something itself, and is not only a heading."""
        return bool(self.shows)

    @property
    def tables(self) -> tuple[str, ...]:
        """From which tables it is answered; facts can settle every criterion."""
        return CHECKS.get(self.check, ("facts",))


@dataclass(frozen=True, repr=False)
class Guide:
    """What a field asks of a learning network.

    Attributes
    ----------
    name, version : str
    title, description, succeeded_by, edited_by : mapping of str to str
        By language; what took its place, and who may edit its thresholds.
    valid_from, valid_until : datetime.date or None
        The first and last day on which it holds; None is open.
    sources : tuple of str
    cautions : mapping of str to tuple of str
    phases : mapping of str to mapping of str to str
    criteria : tuple of Criterion
    changes : tuple of Change
    """

    name: str
    version: str
    title: Mapping[str, str]
    criteria: tuple[Criterion, ...]
    sources: tuple[str, ...]
    edited_by: Mapping[str, str]
    changes: tuple[Change, ...]
    description: Mapping[str, str] = field(default_factory=dict)
    succeeded_by: Mapping[str, str] = field(default_factory=dict)
    valid_from: date | None = None
    valid_until: date | None = None
    cautions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    phases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def walk(self) -> Iterator[Criterion]:
        """Yield every criterion and heading, in the order of the guide."""
        for one in self.criteria:
            yield from one.walk()

    def asked(self) -> tuple[Criterion, ...]:
        """Return what the guide asks, without the lines that are only headings."""
        return tuple(one for one in self.walk() if one.asks)

    def holds(self, on: date) -> bool:
        """Return whether the guide holds on a day; its first and its last day belong to it."""
        return (self.valid_from is None or on >= self.valid_from) and (
            self.valid_until is None or on <= self.valid_until
        )

    def to_frame(self, language: str = "en") -> pd.DataFrame:
        """Return the guide as a table.

        Returns
        -------
        pandas.DataFrame
            Columns criterion, phase, text, check, tables, thresholds, shows; a heading has no ``shows``.
        """
        check_language(language)
        rows = [
            (
                one.name, in_language(self.phases.get(one.phase), language), in_language(one.text, language), one.check,
                ", ".join(one.tables) if one.asks else "",
                ", ".join(f"{name} {value}" for name, value in one.thresholds.items()), in_language(one.shows, language),
            )
            for one in self.walk()
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=["criterion", "phase", "text", "check", "tables", "thresholds", "shows"])

    def log(self, language: str = "en") -> pd.DataFrame:
        """Return what was changed: columns on, by, what."""
        check_language(language)
        rows = [(one.on, one.by, in_language(one.what, language)) for one in self.changes]
        return pd.DataFrame(rows, columns=["on", "by", "what"])

    def __repr__(self) -> str:
        return f"<Guide {self.name}, version {self.version}: {len(self.criteria)} criteria>"
