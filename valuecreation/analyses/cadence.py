"""Cadence: the rhythm that a group planned beside the dates on which it met, in days and minutes and without a verdict."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd
import yaml

from valuecreation.analyses.appraisal_material import NOT_HELD, PLANNED
from valuecreation.errors import DecisionNeeded, MissingTable, UnknownName, UnreadableStudy
from valuecreation.result import Result
from valuecreation.study import Study
from valuecreation.study.asked import a_study
from valuecreation.study.cells import as_text
from valuecreation.words import LANGUAGES, check_language, in_language, load_data, phrase

_SHIPPED = ("action-learning",)
_WHOLE = ("meetings", "days_apart", "minutes", "practice_months")
_MOST = 5000
_COLUMNS = ["step", "activity_id", "date", "days", "planned_days", "days_off", "minutes", "planned_minutes", "state"]


@dataclass(frozen=True)
class Scheme:
    """A rhythm: how many meetings, how many days apart (``about`` when the source says so), minutes each, months of practice."""

    name: str
    title: dict[str, str]
    sources: tuple[str, ...]
    meetings: int
    days_apart: int
    minutes: int
    practice_months: int = 0
    about: bool = False


def cadence(
    study: Study,
    scheme: str | Path = "action-learning",
    *,
    network: str | None = None,
    subgroup: str | None = None,
    work_form: str | None = None,
    language: str = "en",
) -> Result:
    """Return the meetings of a group, one by one, beside the rhythm it set out to keep.

    Differences are in days and minutes. A scheme that says *about three weeks* gives no tolerance, so that none is judged: a
    group that met a week late may have had a reason. Meetings that did not take place are no meetings; they are counted apart.

    Parameters
    ----------
    study : Study
        Needs ``activities`` with dates.
    scheme : str or Path
        ``"action-learning"`` (four meetings about three weeks apart, two hours each, then three months of practice), or the path
        of a YAML file in the same shape.
    network, subgroup, work_form : str, optional
        Which activities; a group has one rhythm, so that several at once make no sense.
    language : {"en", "nl"}

    Returns
    -------
    Result
        ``.table`` has the columns step, activity_id, date, days (since the meeting before), planned_days, days_off, minutes (as
        planned for that activity), planned_minutes and state: held, further (more than the scheme has), missing (fewer), or, for
        the months of practice, practice: from the last meeting of the scheme until the next one after it. Supplement: left_out.

    Raises
    ------
    MissingTable
        Without a dated meeting that was held.
    DecisionNeeded
        When two meetings fall on one day, so that their order is not known.
    UnknownName
        When the scheme, network, subgroup or work form does not occur.
    UnreadableStudy
        When the file of a scheme cannot be used.

    Examples
    --------
    >>> activities = pd.DataFrame({"activity_id": ["a", "b"], "date": ["2025-01-01", "2025-01-24"]})
    >>> cadence(Study({"activities": activities})).table[["days", "days_off"]].iloc[1].tolist()
    [23, 2]
    """
    check_language(language)
    a_study(study)
    plan = scheme_of(scheme)
    chosen = study.need("activities", "activity_id", "date", purpose="A cadence").drop_duplicates("activity_id")
    for column, asked in (("network_id", network), ("subgroup", subgroup), ("work_form", work_form)):
        if asked is not None:
            known = chosen[column].dropna().unique()
            if asked not in known:
                raise UnknownName.among(column.removesuffix("_id"), asked, known)
            chosen = chosen[chosen[column] == asked]
    day = pd.to_datetime(as_text(chosen["date"]), format="%Y-%m-%d", errors="coerce")
    off = chosen["state"].isin((*NOT_HELD, *PLANNED))
    held = chosen.assign(day=day)[~off & day.notna()].sort_values(["day", "activity_id"])
    if held.empty:
        raise MissingTable("A cadence needs meetings that were held on a known day; these activities have none.")
    twice = held[held["day"].duplicated(keep=False)]
    if len(twice):
        one = twice.iloc[0]
        raise DecisionNeeded(
            f"activities {twice['activity_id'].iloc[0]} and {twice['activity_id'].iloc[1]} are both on {one['day'].date()}, so "
            "that these are meetings of several groups. Say subgroup=... or work_form=..., so that one group is left."
        )
    table = _table(held, plan)
    left_out = chosen.assign(reason=off.map({True: "not_held", False: "no_day"}))[off | day.isna()]
    cautions = [phrase("cadence_no_verdict", language)]
    if plan.about:
        cautions.append(phrase("cadence_about", language))
    if len(left_out):
        cautions.append(phrase("cadence_left_out", language, count=len(left_out)))
    if table["state"].eq("further").any():
        cautions.append(phrase("cadence_further", language, count=int(table["state"].eq("further").sum())))
    return Result(
        name="cadence",
        title=phrase("cadence_title", language, scheme=in_language(plan.title, language)),
        table=table,
        unit="meetings",
        n=len(held),
        cautions=tuple(cautions),
        supplements={"left_out": left_out[["activity_id", "date", "state", "reason"]].reset_index(drop=True)},
        headings={"left_out": phrase("supplement_cadence_left_out", language)},
        summary=_laid_out(table, language),
        language=language,
        drawing=partial(_draw, table, plan, language),
        finder=partial(_find, chosen, table),
        keys=("step", "state"),
    )


def scheme_of(given: str | Path) -> Scheme:
    """Return a scheme that comes with the library, or one of your own from a file."""
    if isinstance(given, str) and given in _SHIPPED:
        return _scheme(load_data(f"schemes/{given}.yaml"), given)
    path = Path(given) if isinstance(given, (str, Path)) else None
    if path is None or path.suffix.lower() not in (".yaml", ".yml"):
        raise UnknownName.among("scheme", given, _SHIPPED)
    if not path.is_file():
        raise UnknownName(f"There is no file {path.as_posix()} with a scheme.")
    try:
        return _scheme(yaml.safe_load(path.read_text(encoding="utf-8-sig")), path.name)
    except (yaml.YAMLError, ValueError) as error:
        raise UnreadableStudy(
            f"{path.name} cannot be read as YAML in UTF-8. Write it as schemes/action-learning.yaml."
        ) from error


def _scheme(data: object, name: str) -> Scheme:
    known = set(Scheme.__dataclass_fields__)
    if not isinstance(data, dict):
        raise UnreadableStudy(f"{name}: a scheme has lines like meetings: 4; this has none.")
    for key in data:
        if key not in known:
            raise UnreadableStudy(f"{name}: {key} is no part of a scheme; its parts are {', '.join(sorted(known))}.")
    for key in _WHOLE:
        value = data.get(key, 0 if key == "practice_months" else None)
        least = 0 if key == "practice_months" else 1
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= _MOST:
            raise UnreadableStudy(f"{name}: {key} must be a whole number from {least} to {_MOST}; it is {value!r}.")
    title = data.get("title")
    if not isinstance(title, dict) or not title or not set(title) <= set(LANGUAGES):
        raise UnreadableStudy(
            f"{name}: title must be given by language, as in title: {{en: Our rhythm, nl: Ons ritme}}."
        )
    sources = data.get("sources", [])
    if not isinstance(sources, list):
        raise UnreadableStudy(f"{name}: sources must be a list, one line each beginning with a dash.")
    return Scheme(**{**data, "name": str(data.get("name", name)), "sources": tuple(map(str, sources))})


def _table(held: pd.DataFrame, plan: Scheme) -> pd.DataFrame:
    days = held["day"].diff().dt.days
    planned = pd.to_numeric(held["planned_minutes"], errors="coerce")
    rows = []
    for place, (meeting, gap, minutes) in enumerate(
        zip(held.itertuples(index=False), days, planned, strict=True), start=1
    ):
        inside = place <= plan.meetings
        wanted = plan.days_apart if inside and place > 1 else None
        apart = None if pd.isna(gap) else int(gap)
        rows.append(
            (
                f"meeting {place}", meeting.activity_id, str(meeting.day.date()), apart, wanted,
                apart - wanted if wanted and apart is not None else None, None if pd.isna(minutes) else int(minutes),
                plan.minutes if inside else None, "held" if inside else "further",
            )
        )  # fmt: skip
    for place in range(len(rows) + 1, plan.meetings + 1):
        wanted = plan.days_apart if place > 1 else None
        rows.append((f"meeting {place}", None, None, None, wanted, None, None, plan.minutes, "missing"))
    if plan.practice_months and len(held) >= plan.meetings:
        last = held["day"].iloc[plan.meetings - 1]
        until = last + pd.DateOffset(months=plan.practice_months)
        following = held["day"].iloc[plan.meetings] if len(held) > plan.meetings else None
        apart = None if following is None else (following - last).days
        wanted = (until - last).days
        off = None if apart is None else apart - wanted
        rows.insert(plan.meetings, ("practice", None, str(until.date()), apart, wanted, off, None, None, "practice"))
    table = pd.DataFrame(rows, columns=_COLUMNS)
    whole = ["days", "planned_days", "days_off", "minutes", "planned_minutes"]
    return table.astype(dict.fromkeys(whole, "Int64") | dict.fromkeys(["step", "activity_id", "date", "state"], "str"))


def _laid_out(table: pd.DataFrame, language: str) -> pd.DataFrame:
    shown = {phrase("cadence_step", language): [_named(step, language) for step in table["step"]]}
    shown[phrase("cadence_date", language)] = table["date"].fillna("")
    for name in ("days", "planned_days", "days_off", "minutes", "planned_minutes"):
        shown[phrase(f"cadence_{name}", language)] = ["" if pd.isna(one) else str(one) for one in table[name]]
    shown[phrase("cadence_state", language)] = [phrase(f"cadence_state_{one}", language) for one in table["state"]]
    return pd.DataFrame(shown)


def _named(step: str, language: str) -> str:
    kind, _, place = step.partition(" ")
    return phrase(f"cadence_{kind}", language, place=place)


def _draw(table: pd.DataFrame, plan: Scheme, language: str):
    from valuecreation.plots.cadence import draw_cadence

    return draw_cadence(
        table.assign(label=[_named(step, language) for step in table["step"]]), plan.days_apart, language
    )


def _find(chosen: pd.DataFrame, table: pd.DataFrame, **asked: list[str]) -> pd.DataFrame:
    for name, values in asked.items():
        table = table[table[name].isin(values)]
    return chosen[chosen["activity_id"].isin(table["activity_id"].dropna())].reset_index(drop=True)
