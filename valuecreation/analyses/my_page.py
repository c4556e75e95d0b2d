"""My page: one person's own participation and ties, for that person alone."""

from html import escape

import pandas as pd

from valuecreation.analyses.material import group_label
from valuecreation.analyses.own_ties import OwnTies, own_ties
from valuecreation.analyses.participation import held_activities, planned_hours
from valuecreation.errors import MissingTable, UnknownName
from valuecreation.result import table_html
from valuecreation.study import Study
from valuecreation.study.withdrawal import withdrawn
from valuecreation.words import check_language, phrase


class MyPage:
    """The participation of one person on a page; `my_page` makes one.

    Attributes
    ----------
    participant_id : str
    months : pandas.DataFrame
        Columns month, activities, hours (missing where minutes are), available (the planned hours, a ceiling).
    work_forms : pandas.DataFrame
        Columns work_form, times.
    met : int
        How many others were in the same activities.
    ties : OwnTies
        Whom this person met: with how many, how often, for how long, of which groups, and whether they stand between groups.
    """

    def __init__(
        self, participant_id: str, months: pd.DataFrame, work_forms: pd.DataFrame, ties: OwnTies, language: str
    ):
        self.participant_id, self.months, self.work_forms, self.met = participant_id, months, work_forms, ties.met
        self.ties, self._language = ties, language

    def __repr__(self) -> str:
        return f"<MyPage of {self.participant_id}: {len(self.months)} months>"

    def _repr_html_(self) -> str:
        say = lambda name, **values: escape(phrase(f"my_page_{name}", self._language, **values))  # noqa: E731
        names = ("column_month", "my_page_activities", "participation_hours", "participation_available")
        months = self.months.set_axis([phrase(name, self._language) for name in names], axis=1)
        forms = self.work_forms.set_axis(
            [phrase(f"my_page_{name}", self._language) for name in ("work_form", "times")], axis=1
        )
        ceiling = escape(phrase("participation_ceiling", self._language))
        return (
            f"<h4>{say('title', who=self.participant_id)}</h4><p><strong>{say('alone')}</strong></p>{table_html(months)}"
            f"<p>{ceiling}</p>{table_html(forms)}{self._ties_html(say)}"
        )

    def _ties_html(self, say) -> str:
        own = self.ties
        lines = [say("met_of" if own.met != 1 else "met_one_of", count=own.met, others=own.others)]
        if own.met:
            known = pd.notna(own.hours)
            hours = f"{own.hours:.1f}".replace(".", "," if self._language == "nl" else ".")
            lines.append(say("together" if known else "together_no_hours", count=own.meetings, hours=hours))
        if own.between is not None:
            name = "between_none" if not own.between else "between_one" if own.between == 1 else "between"
            lines.append(say(name, count=own.between))
        lines.append(say("ties_are"))
        told = ""
        if not own.groups.empty:
            of = [
                phrase("n_of", self._language, n=n, N=many)
                for n, many in zip(own.groups["met"], own.groups["others"], strict=True)
            ]
            names = [phrase(f"my_page_{name}", self._language) for name in ("group", "group_met")]
            shown = [group_label("role_group", one, self._language) for one in own.groups["group"]]
            told = table_html(pd.DataFrame({names[0]: shown, names[1]: of}))
        return f"<p>{lines[0]}</p>{told}" + "".join(f"<p>{line}</p>" for line in lines[1:])


def my_page(study: Study, participant_id: str, language: str = "nl") -> MyPage:
    """Return the page on which a participant sees their own participation and ties.

    It is for that person alone: make it when they ask for it, and give it to nobody else. No other person is on it, by name or by
    number, and nothing on it compares them with others.

    Parameters
    ----------
    study : Study
        Needs ``activities`` and ``participation``; uses ``networks`` for the hours made available, ``memberships`` and
        ``participants`` (role_group) for the ties.
    participant_id : str
    language : {"nl", "en"}

    Returns
    -------
    MyPage

    Raises
    ------
    UnknownName
        Of somebody who is not in the study.
    MissingTable
        Of somebody who withdrew, or who took part in nothing that has a date.

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> my_page(load_example("lindehout"), "P01")
    <MyPage of P01: 10 months>
    """
    check_language(language)
    people = (
        study.need("participants", "participant_id", purpose="A page of one's own")["participant_id"].dropna().tolist()
    )
    if participant_id not in people:
        raise UnknownName.among("participant", participant_id, people)
    if withdrawn(study, pd.DataFrame({"participant_id": [participant_id], "document_id": ["all"]})).item():
        raise MissingTable(f"{participant_id} has withdrawn; there is no page of theirs.")
    rows = held_activities(study, None)["rows"]
    own = rows[rows["participant_id"] == participant_id]
    if own.empty:
        raise MissingTable(f"{participant_id} took part in nothing that has a date, so there is no page to show yet.")
    plan = planned_hours(study, None)
    months = []
    for month in (str(one) for one in pd.period_range(own["month"].min(), own["month"].max(), freq="M")):
        part = own[own["month"] == month]
        hours = float(part["minutes"].sum()) / 60 if part["minutes"].notna().all() else float("nan")
        months.append((month, part["activity_id"].nunique(), round(hours, 1), float("nan") if plan is None else plan))
    table = pd.DataFrame(months, columns=["month", "activities", "hours", "available"])
    forms = own["work_form"].value_counts(sort=False).rename("times").rename_axis("work_form").reset_index()
    return MyPage(participant_id, table, forms, own_ties(study, participant_id, language), language)
