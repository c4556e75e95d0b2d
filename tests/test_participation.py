"""Participation: counts and hours by eye, a ceiling that is no norm, and never a table of people."""

import pandas as pd
import pytest

import valuecreation as vc
from conftest import frame
from valuecreation.errors import MissingTable, UnknownName


@pytest.fixture
def log() -> vc.Study:
    """Four members, one of whom left; three activities held and one cancelled over two months; six hours planned."""
    activities = frame(
        """
        activity_id network_id date       work_form     subgroup state
        a1          n          2025-01-10 joint~meeting .        held
        a2          n          2025-01-24 shadowing     x        held
        a3          n          2025-03-07 joint~meeting .        held
        a4          n          2025-03-09 shadowing     x        cancelled
        """
    )
    took = frame(
        """
        activity_id participant_id minutes
        a1          A              120
        a1          B              120
        a1          C              60
        a2          A              90
        a3          A              60
        a3          B              60
        a4          B              60
        """
    )
    spells = frame(
        """
        participant_id network_id subgroup joined     left
        A              n          x        2025-01-01 .
        B              n          x        2025-01-01 .
        C              n          x        2025-01-01 2025-01-31
        D              n          y        2025-03-01 .
        """
    )
    networks = pd.DataFrame({"network_id": ["n"], "planned_hours_per_month": [6.0]})
    people = pd.DataFrame({"participant_id": list("ABCD"), "role_group": ["care", "care", "care", "education"]})
    return vc.Study(
        {
            "activities": activities,
            "participation": took,
            "memberships": spells,
            "networks": networks,
            "participants": people,
        }
    )


def test_months_by_eye(log):
    table = vc.participation(log).table
    assert table[["month", "n", "N", "activities", "hours", "available"]].to_numpy().tolist() == [
        ["2025-01", 3, 3, 2, 6.5, 18.0],
        ["2025-02", 0, 2, 0, 0.0, 12.0],
        ["2025-03", 2, 3, 1, 2.0, 18.0],
    ]


def test_what_was_cancelled_is_not_held(log):
    result = vc.participation(log)
    forms = result.supplements["work_forms"].set_index("work form")
    assert forms.loc["shadowing"].tolist() == [1, "1 of 4"]
    cadence = result.supplements["cadence"].set_index("work form")
    assert cadence.loc["joint meeting"].tolist() == [2, 56, "56", 56]


def test_a_sum_over_lost_minutes_is_refused(log):
    lost = log.replace(participation=log.participation.assign(minutes=[120, None, 60, 90, 60, 60, 60]))
    result = vc.participation(lost)
    assert result.table["hours"].isna().tolist() == [True, False, False]
    assert "1 rows of participation" in " ".join(result.cautions).replace("Of 1 rows", "1 rows")
    assert "hours in all" not in result.supplements["whole"].iloc[:, 0].tolist()
    assert "not known" in result.plot().text


def test_a_group_of_two_is_people_and_is_not_shown(log):
    result = vc.participation(log, by="role_group")
    assert set(result.table["role_group"]) == {"care"}
    assert "1 groups of fewer than 3 members are not shown" in " ".join(result.cautions)


def test_there_is_never_a_table_of_people(lindehout):
    for by in (None, "role_group", "subgroup"):
        result = vc.participation(lindehout, by=by)
        page = result.to_html() + result.plot().text + result.table.to_string()
        for person in lindehout.participants["participant_id"]:
            assert person not in page
    with pytest.raises(vc.ValueCreationError):
        vc.participation(lindehout, by="participant_id")


def test_who_withdrew_is_in_no_count(log):
    gone = pd.DataFrame(
        {"participant_id": ["C"], "document_id": ["all"], "scope": ["withdrawn"], "date": ["2025-04-01"]}
    )
    assert vc.participation(log.replace(consents=gone)).table[["n", "N", "hours"]].iloc[0].tolist() == [2, 2, 5.5]


def test_the_plan_of_nijmegen():
    """17 people at 8 hours a month is 136 hours a month: the figure of the published network."""
    people = [f"P{number:02d}" for number in range(17)]
    study = vc.Study(
        {
            "activities": pd.DataFrame({"activity_id": ["a"], "network_id": ["n"], "date": ["2019-10-01"]}),
            "participation": pd.DataFrame({"activity_id": "a", "participant_id": people, "minutes": 60}),
            "networks": pd.DataFrame({"network_id": ["n"], "planned_hours_per_month": [8.0]}),
        }
    )
    row = vc.participation(study).table.iloc[0]
    assert (row["available"], row["hours"]) == (136.0, 17.0)


def test_what_is_missing_is_said(log):
    with pytest.raises(MissingTable, match="activities"):
        vc.participation(log.replace(activities=None))
    with pytest.raises(UnknownName, match="network with activities"):
        vc.participation(log, network="m")
    assert "No planned hours" in " ".join(vc.participation(log.replace(networks=None)).cautions)


def test_a_page_of_ones_own_has_nobody_else_on_it(log, lindehout):
    page = vc.my_page(log, "A")
    assert page.months.to_numpy().tolist() == [
        ["2025-01", 2, 3.5, 6.0],
        ["2025-02", 0, 0.0, 6.0],
        ["2025-03", 1, 1.0, 6.0],
    ]
    assert page.work_forms.to_numpy().tolist() == [["joint meeting", 2], ["shadowing", 1]]
    assert page.met == 2
    shown = vc.my_page(lindehout, "P01")._repr_html_()
    assert "Alleen voor deze persoon zelf" in shown
    for other in lindehout.participants["participant_id"]:
        assert other == "P01" or other not in shown
    with pytest.raises(MissingTable, match="took part in nothing"):
        vc.my_page(log, "D")
    with pytest.raises(UnknownName, match="participant"):
        vc.my_page(log, "Z")


@pytest.fixture
def between() -> vc.Study:
    """A met B, C and E, and D not; B met C; E met nobody else: between E and the others there is only A. F is elsewhere."""
    activities = frame(
        """
        activity_id network_id date       work_form
        m1          n          2025-01-10 subgroup
        m2          n          2025-01-17 shadowing
        m3          n          2025-01-24 subgroup
        m4          o          2025-01-24 subgroup
        """
    )
    took = frame(
        """
        activity_id participant_id minutes
        m1          A              60
        m1          B              60
        m1          C              30
        m2          A              90
        m2          E              90
        m3          D              60
        m4          F              60
        """
    )
    groups = {"A": "care", "B": "care", "C": "care", "D": "welfare", "E": "welfare", "F": "welfare"}
    people = pd.DataFrame({"participant_id": list(groups), "role_group": list(groups.values())})
    return vc.Study({"activities": activities, "participation": took, "participants": people})


def test_own_ties_by_eye(between):
    own = vc.my_page(between, "A").ties
    assert (own.met, own.others, own.meetings, own.hours) == (3, 4, 3, 3.0)
    assert own.between == 2
    assert own.groups.to_numpy().tolist() == [["care", 2, 2]]
    assert vc.my_page(between, "B").ties.between == 0
    alone = vc.my_page(between, "F").ties
    assert (alone.met, alone.others, alone.meetings, alone.hours) == (0, 0, 0, 0.0)


def test_hours_together_of_which_a_part_is_lost_are_not_made_up(between):
    lost = between.replace(participation=between.participation.assign(minutes=[None, 60, 30, 90, 90, 60, 60]))
    page = vc.my_page(lost, "A", "en")
    assert pd.isna(page.ties.hours)
    assert "for how long is not known" in page._repr_html_()


def test_the_pairs_between_are_there_just_where_betweenness_is(lindehout):
    from valuecreation.analyses.own_ties import own_ties
    from valuecreation.stats.betweenness import betweenness

    small = lindehout.replace(activities=lindehout.activities[lindehout.activities["work_form"] == "shadowing"])
    ties = vc.tie_graph(small)
    edges = pd.DataFrame(list(ties.edges), columns=["source", "target"])
    through = betweenness(edges, ties.nodes)
    assert (through > 0).any()
    for person in ties.nodes:
        own = own_ties(small, person, "en")
        assert own.met == ties.degree(person)
        assert not own.between or through[person] > 0


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_page_names_or_measures_anybody_else(lindehout, language):
    people = lindehout.participants["participant_id"]
    for person in people.head(6):
        page = vc.my_page(lindehout, person, language)
        shown = page._repr_html_() + repr(page) + repr(page.ties) + page.ties.groups.to_string()
        assert not [other for other in people if other != person and other in shown]
        assert not [word for word in ("average", "gemiddeld", "median", "most of all", "meer dan") if word in shown]
