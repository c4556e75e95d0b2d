"""Participation: who could take part and did, month by month, and how the hours stand to what was made available."""

from functools import partial

import pandas as pd

from valuecreation.errors import MissingTable, UnknownName
from valuecreation.result import Result
from valuecreation.stats.concentration import top_share
from valuecreation.study import Study
from valuecreation.study.lookup import look_up
from valuecreation.study.withdrawal import withdrawn
from valuecreation.words import check_language, phrase

GROUPS = ("role_group", "subgroup")
FEWEST = 3
_NOT_HELD = ("cancelled", "moved")


def participation(study: Study, by: str | None = None, *, network: str | None = None, language: str = "en") -> Result:
    """Return month by month how many members took part, for how many hours, beside the hours that were made available.

    The planned hours are a ceiling and no norm: what somebody could spend, not what they owe. There is no table of people and no
    order of them; what is about one person is a page for that person alone (`my_page`). A group of fewer than three members is
    not shown, for it would be people. Where the minutes of a month are not all known their sum is not made up.

    Parameters
    ----------
    study : Study
        Needs ``activities`` and ``participation``; uses ``memberships``, ``networks`` and ``participants``.
    by : {"role_group", "subgroup"}, optional
        Apart for each group.
    network : str, optional
        Only this network.
    language : {"en", "nl"}

    Returns
    -------
    Result
        ``.table`` has the columns month, that of `by`, unit ("participants"), n (took part at least once), N (members in that
        month; all who ever took part where memberships are not known), activities (held, with one of them), hours (missing where
        minutes are), available (hours planned for N). Supplements: work_forms, meetings, cadence, whole.

    Raises
    ------
    MissingTable
        Without dated activities in which somebody took part.

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> float(participation(load_example("lindehout")).table["available"].iloc[0])
    96.0
    """
    check_language(language)
    if by is not None and by not in GROUPS:
        raise UnknownName.among("group of participants", by, GROUPS)
    held, spells = held_activities(study, network), spells_of(study, network)
    took = held["rows"]
    months = [str(one) for one in pd.period_range(took["month"].min(), took["month"].max(), freq="M")]
    plan = planned_hours(study, network)
    rows, hidden = [], set()
    groups = _groups(study, spells, took, by)
    for group, people in groups.items():
        if by is not None and len(people) < FEWEST:
            hidden.add(group)
            continue
        for month in months:
            members = _members(spells, month, people)
            own = took[(took["month"] == month) & took["participant_id"].isin(people)]
            known = own["minutes"].notna().all()
            rows.append(
                (
                    month, group, "participants", own["participant_id"].nunique(), len(members | set(own["participant_id"])),
                    own["activity_id"].nunique(), float(own["minutes"].sum()) / 60 if known else float("nan"),
                    float("nan") if plan is None else plan * len(members | set(own["participant_id"])),
                )
            )  # fmt: skip
    table = pd.DataFrame(rows, columns=["month", by or "group", "unit", "n", "N", "activities", "hours", "available"])
    table = table if by else table.drop(columns="group")
    everybody = set(took["participant_id"]) | set(spells["participant_id"])
    supplements = {
        "work_forms": _work_forms(held, everybody, language), "meetings": _meetings(held, spells, language),
        "cadence": _cadence(held, language), "whole": _whole(took, spells, everybody, plan, language),
    }  # fmt: skip
    cautions = [phrase("participation_ceiling", language), phrase("participation_no_people", language)]
    if plan is None:
        cautions.append(phrase("participation_no_plan", language))
    lost = int(took["minutes"].isna().sum())
    if lost:
        cautions.append(phrase("participation_lost", language, count=lost))
    if hidden:
        cautions.append(phrase("participation_hidden", language, count=len(hidden), few=FEWEST))
    if held["undated"]:
        cautions.append(phrase("participation_undated", language, count=held["undated"]))
    return Result(
        name="participation",
        title=phrase("participation_title", language, months=len(months), N=len(everybody)),
        table=table,
        unit="participants",
        n=len(everybody),
        cautions=tuple(cautions),
        supplements=supplements,
        headings={name: phrase(f"supplement_participation_{name}", language) for name in supplements},
        summary=_laid_out(table, by, language),
        language=language,
        drawing=partial(_draw, table, by, language),
    )


def held_activities(study: Study, network: str | None) -> dict:
    """Return the activities that were held, who took part in them, and how many have no date."""
    activities = study.need("activities", "activity_id", "date", purpose="Participation").drop_duplicates("activity_id")
    took = study.need("participation", "activity_id", "participant_id", purpose="Participation")
    if network is not None:
        known = activities["network_id"].dropna().unique()
        if network not in known:
            raise UnknownName.among("network with activities", network, known)
        activities = activities[activities["network_id"] == network]
    took = took.dropna(subset=["activity_id", "participant_id"]).drop_duplicates(["activity_id", "participant_id"])
    gone = withdrawn(study, took[["participant_id"]].assign(document_id="all"))
    took = took[~gone]
    state = activities["state"] if "state" in activities else pd.Series(None, index=activities.index, dtype="str")
    happened = activities[~state.isin(_NOT_HELD)]
    dated = happened.dropna(subset=["date"])
    rows = took.merge(dated[["activity_id", "date", "work_form", "subgroup"]], on="activity_id")
    if rows.empty:
        raise MissingTable("Participation needs activities with a date in which somebody took part; there is none.")
    month = rows["date"].astype("str").str.slice(0, 7)
    return {
        "all": activities, "dated": dated, "rows": rows.assign(month=month), "undated": int(happened["date"].isna().sum()),
        "not_held": int(state.isin(_NOT_HELD).sum()),
    }  # fmt: skip


def spells_of(study: Study, network: str | None) -> pd.DataFrame:
    """Return the memberships of those who did not withdraw, with joined and left as months."""
    spells = study.frame("memberships").dropna(subset=["participant_id"])
    if network is not None:
        spells = spells[spells["network_id"] == network]
    spells = spells[~withdrawn(study, spells[["participant_id"]].assign(document_id="all"))]
    for name in ("joined", "left"):
        spells = spells.assign(**{name: spells[name].astype("str").str.slice(0, 7).where(spells[name].notna())})
    return spells


def _members(spells: pd.DataFrame, month: str, people: set) -> set:
    inside = (spells["joined"].isna() | (spells["joined"] <= month)) & (
        spells["left"].isna() | (spells["left"] >= month)
    )
    return set(spells.loc[inside, "participant_id"]) & people


def planned_hours(study: Study, network: str | None) -> float | None:
    """Return the planned hours a month; where networks plan otherwise and none was asked for there is no one plan."""
    networks = study.frame("networks")
    networks = networks if network is None else networks[networks["network_id"] == network]
    planned = networks["planned_hours_per_month"].dropna().unique()
    return float(planned[0]) if len(planned) == 1 else None


def _groups(study: Study, spells: pd.DataFrame, took: pd.DataFrame, by: str | None) -> dict[str, set]:
    everybody = set(took["participant_id"]) | set(spells["participant_id"])
    if by is None:
        return {"": everybody}
    if by == "subgroup":
        return {
            name: set(part["participant_id"]) for name, part in spells.dropna(subset=["subgroup"]).groupby("subgroup")
        }
    people = study.frame("participants").drop_duplicates("participant_id").set_index("participant_id")["role_group"]
    names = look_up(people, pd.Series(sorted(everybody), index=sorted(everybody)))
    return {name: set(part.index) for name, part in names.dropna().groupby(names.dropna())}


def _work_forms(held: dict, everybody: set, language: str) -> pd.DataFrame:
    rows = [
        (
            form,
            part["activity_id"].nunique(),
            phrase("n_of", language, n=part["participant_id"].nunique(), N=len(everybody)),
        )
        for form, part in held["rows"].groupby("work_form", sort=False)
    ]
    return pd.DataFrame(
        rows, columns=[phrase(f"participation_{name}", language) for name in ("work_form", "held", "reached")]
    )


def _meetings(held: dict, spells: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return for each meeting of the whole network how many were there, of the members in that month."""
    whole = held["dated"][held["dated"]["subgroup"].isna()]
    there = held["rows"].groupby("activity_id")["participant_id"].agg(set).to_dict()
    rows = []
    for one in whole.sort_values("date").itertuples(index=False):
        present = there.get(one.activity_id, set())
        members = _members(spells, str(one.date)[:7], set(spells["participant_id"])) | present
        if len(present) >= FEWEST:
            rows.append((str(one.date)[:10], one.work_form, phrase("n_of", language, n=len(present), N=len(members))))
    return pd.DataFrame(
        rows, columns=[phrase(f"participation_{name}", language) for name in ("day", "work_form", "present")]
    )


def _cadence(held: dict, language: str) -> pd.DataFrame:
    rows = []
    for form, part in held["dated"].groupby("work_form", sort=False):
        days = part["date"].drop_duplicates().sort_values()
        gaps = days.diff().dropna().dt.days
        told = ("", "", "") if gaps.empty else (int(gaps.min()), f"{gaps.median():.0f}", int(gaps.max()))
        rows.append((form, len(part), *told))
    names = ("work_form", "held", "shortest", "middle", "longest")
    return pd.DataFrame(rows, columns=[phrase(f"participation_{name}", language) for name in names])


def _whole(took: pd.DataFrame, spells: pd.DataFrame, everybody: set, plan: float | None, language: str) -> pd.DataFrame:
    """Return what is said of the network as a whole: hours, the largest share, who left."""
    left = spells.loc[spells["left"].notna(), "participant_id"].nunique()
    rows = []
    if took["minutes"].notna().all():
        hours = took.groupby("participant_id")["minutes"].sum()
        rows.append((phrase("participation_all_hours", language), f"{float(hours.sum()) / 60:.0f}"))
        rows.append((phrase("participation_top", language), f"{top_share(hours.to_numpy(dtype=float)):.2f}"))
    rows.append((phrase("participation_left", language), phrase("n_of", language, n=left, N=len(everybody))))
    if plan is not None:
        rows.append((phrase("participation_plan", language), f"{plan:g}"))
    return pd.DataFrame(rows, columns=[phrase(f"participation_{name}", language) for name in ("what", "number")])


def _laid_out(table: pd.DataFrame, by: str | None, language: str) -> pd.DataFrame:
    shown = {phrase("column_month", language): table["month"]}
    if by:
        shown[phrase("flows_by", language)] = table[by]
    shown[phrase("participation_took_part", language)] = [
        phrase("n_of", language, n=n, N=of) for n, of in zip(table["n"], table["N"], strict=True)
    ]
    shown[phrase("participation_held", language)] = table["activities"]
    for name in ("hours", "available"):
        shown[phrase(f"participation_{name}", language)] = [
            "" if pd.isna(value) else f"{value:.0f}" for value in table[name]
        ]
    return pd.DataFrame(shown)


def _draw(table: pd.DataFrame, by: str | None, language: str):
    """Draw hours beside what was available; what draws is loaded only now."""
    from valuecreation.plots.participation import draw_hours

    return draw_hours(table, by, language)
