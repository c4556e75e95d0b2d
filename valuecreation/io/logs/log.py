"""A log that was read: its events in one order, a study of who was in what, the key apart, and what was noticed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from valuecreation.findings import Finding, findings_table
from valuecreation.study import Study

COLUMNS = (
    "event_id", "network_id", "participant_id", "at", "activity", "activity_id", "minutes", "others", "at_written",
    "source_row",
)  # fmt: skip
TYPES = {"at": "datetime64[us]", "minutes": "Int64", "source_row": "Int64"}
BETWEEN = "; "


@dataclass(frozen=True, repr=False, eq=False)
class Log:
    """What came out of the log of a platform.

    Attributes
    ----------
    study : Study
        Tables participants, activities (what was used: an object of the platform), participation, networks
        and, when asked for, documents. Without names.
    events : pandas.DataFrame
        A row an event, in one order: by moment, then as they stand in the file; those without a moment last. Columns event_id
        (in that order), network_id, participant_id, at (on the clock of the zone that was named), activity (what was done),
        activity_id (with what), minutes (whole, or missing; never filled in), others (pseudonyms, separated by "; "),
        at_written (a moment that could not be read, as it stands in the file; "(words)" where it holds no
        number), source_row, and what the format has beside it.
    key : pandas.DataFrame
        Columns name, participant_id. Keep it somewhere else than the study, and give it to the next reading.
    read_findings : tuple of Finding
    zone : str
        The clock on which ``at`` is.
    """

    study: Study
    events: pd.DataFrame = field(repr=False)
    key: pd.DataFrame = field(repr=False)
    read_findings: tuple[Finding, ...] = ()
    zone: str = "UTC"

    def findings(self, language: str = "en") -> pd.DataFrame:
        """Return what was noticed while reading; `Study.check` says it too, with everything else."""
        return findings_table(self.read_findings, language)

    def pairs(self) -> pd.DataFrame:
        """Return a row for each event and each other person in it: columns event_id, participant_id, other_id, at."""
        others = self.events["others"].str.split(BETWEEN, regex=False)
        rows = self.events.assign(other_id=others).dropna(subset="others").explode("other_id")
        return rows[["event_id", "participant_id", "other_id", "at"]].astype({"other_id": "str"}).reset_index(drop=True)

    def by_day(self) -> Study:
        """Return a study in which an activity is one object on one day, so that it can be counted by month.

        A platform says that somebody opened a page, not that a meeting was held; to take all that happened around one object
        on one day for one activity is a choice, and made only by who calls this.
        """
        return study_of(self.events, self.read_findings, self.study, per_day=True)

    def __repr__(self) -> str:
        return (
            f"<Log of {len(self.events)} events, {self.events['participant_id'].nunique()} people, key of {len(self.key)} "
            f"names, {len(self.read_findings)} findings>"
        )


def ordered(columns: dict[str, Sequence], order: pd.Series) -> pd.DataFrame:
    """Return events in their total order, with their ids: by moment, then as they came, without a moment last.

    >>> made = ordered({"activity": ["b", "a"]}, pd.Series(pd.to_datetime(["2025-01-02", "2025-01-01"])))
    >>> made[["event_id", "activity"]].to_numpy().tolist()
    [['e1', 'a'], ['e2', 'b']]
    """
    size = len(order)
    made = {}
    for name in (*COLUMNS, *(name for name in columns if name not in COLUMNS)):
        values = columns.get(name)
        made[name] = pd.Series([None] * size if values is None else list(values), dtype=TYPES.get(name, "str"))
        if isinstance(values, pd.Series) and name not in TYPES:
            made[name] = values.reset_index(drop=True)
    place = order.reset_index(drop=True).argsort(kind="stable") if order.notna().all() else _missing_last(order)
    events = pd.DataFrame(made).iloc[place.to_numpy()].reset_index(drop=True)
    width = len(str(size))
    events["event_id"] = pd.Series([f"e{number:0{width}d}" for number in range(1, size + 1)], dtype="str")
    return events


def joined(people: Iterable[str | None]) -> str | None:
    """Return pseudonyms in one cell, each once; of nobody, None.

    >>> joined(["P02", None, "P03", "P02"])
    'P02; P03'
    """
    return BETWEEN.join(dict.fromkeys(one for one in people if one)) or None


def study_of(
    events: pd.DataFrame, findings: Iterable[Finding], base: Study | None = None, *, name: str = "log",
    documents: pd.DataFrame | None = None, per_day: bool = False,
) -> Study:  # fmt: skip
    """Return who was in what as a study: an activity for each object of the log, and people in it."""
    kept = {} if base is None else {name: base[name] for name in ("participants", "documents") if name in base}
    tables = dict(kept)
    if "participants" not in tables:
        people = sorted({*events["participant_id"].dropna(), *_others(events)}, key=_by_number)
        tables["participants"] = pd.DataFrame({"participant_id": people}, dtype="str")
    networks = events["network_id"].dropna().drop_duplicates()
    if len(networks):
        tables["networks"] = pd.DataFrame({"network_id": networks})
    used = events.dropna(subset="activity_id")
    if per_day:
        used = used.dropna(subset="at")
        day = used["at"].dt.strftime("%Y-%m-%d").astype("str")
        name_of = used["activity_name"].fillna(used["activity_id"]) if "activity_name" in used else used["activity_id"]
        used = used.assign(date=day, activity_name=name_of, activity_id=used["activity_id"].str.cat(day, sep=" | "))
    if len(used):
        first = used.drop_duplicates("activity_id")
        columns = [column for column in ("activity_id", "network_id", "date", "activity_name") if column in first]
        activities = first[columns].assign(work_form=first.get("component")).rename(columns={"activity_name": "name"})
        tables["activities"] = activities.dropna(axis="columns", how="all")
        took = used.dropna(subset="participant_id").groupby(["activity_id", "participant_id"], sort=False)["minutes"]
        if len(took):
            minutes = took.sum(min_count=1).where(took.count() == took.size())
            tables["participation"] = minutes.reset_index()
    if documents is not None and len(documents):
        tables["documents"] = documents
    return Study(tables, name=name if base is None else base.name, read_findings=tuple(findings))


def _others(events: pd.DataFrame) -> set[str]:
    return {one for cell in events["others"].dropna().unique() for one in cell.split(BETWEEN)}


def _by_number(code: str) -> tuple[str, int, str]:
    digits = "".join(sign for sign in code if sign in "0123456789")
    return code.rstrip("0123456789"), int(digits or 0), code


def _missing_last(order: pd.Series) -> pd.Series:
    return pd.Series(order.reset_index(drop=True).sort_values(kind="stable", na_position="last").index)
