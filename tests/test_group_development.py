"""Rhythm, phases, goals and reach of a group: what was noted beside what was planned, and no verdict."""

import openpyxl
import pandas as pd
import pytest

import valuecreation as vc
from conftest import frame
from valuecreation.analyses.cadence import scheme_of
from valuecreation.errors import DecisionNeeded, MissingTable, UnknownName, UnreadableStudy, UnwritableStudy
from valuecreation.words import vocabulary

MEETINGS = """
activity_id date       state     subgroup planned_minutes
a           2025-01-06 held      S1       120
b           2025-01-27 held      S1       90
c           2025-02-03 cancelled S1       120
d           2025-02-18 held      S1       .
e           2025-03-10 held      S1       120
f           2025-06-10 held      S1       120
"""


def activities(text: str = MEETINGS) -> vc.Study:
    table = frame(text)
    table["planned_minutes"] = pd.to_numeric(table["planned_minutes"]).astype("Int64")
    return vc.Study({"activities": table})


def test_the_scheme_of_flevoland_is_what_the_report_prints():
    """WSD report 2018, appendix 2: four meetings, about every three weeks, two hours each, then three months of practice."""
    scheme = scheme_of("action-learning")
    assert (scheme.meetings, scheme.days_apart, scheme.minutes, scheme.practice_months) == (4, 21, 120, 3)
    assert scheme.about


def test_days_between_meetings_beside_the_plan():
    table = vc.cadence(activities()).table
    assert table["days"].tolist()[1:4] == [21, 22, 20]
    assert table["days_off"].tolist()[1:4] == [0, 1, -1]
    assert "cancelled" not in set(table["state"])


def test_the_months_of_practice_run_from_the_last_meeting_of_the_scheme():
    practice = vc.cadence(activities()).table.query("state == 'practice'").iloc[0]
    assert practice["date"] == "2025-06-10"
    assert (practice["days"], practice["planned_days"], practice["days_off"]) == (92, 92, 0)


def test_what_comes_after_the_scheme_is_further_and_what_is_lacking_is_missing():
    assert vc.cadence(activities()).table["state"].tolist() == ["held"] * 4 + ["practice", "further"]
    fewer = vc.cadence(activities("\n".join(MEETINGS.strip().splitlines()[:3]))).table
    assert fewer["state"].tolist() == ["held", "held", "missing", "missing"]
    assert fewer["planned_days"].isna().tolist() == [True, False, False, False]


def test_no_verdict_and_no_tolerance_that_the_source_does_not_give():
    result = vc.cadence(activities())
    assert any("gives no tolerance" in caution for caution in result.cautions)
    assert not {"late", "early", "on_time"} & set(result.table["state"])


def test_a_cancelled_meeting_stands_apart():
    left = vc.cadence(activities()).supplements["left_out"]
    assert left[["activity_id", "reason"]].to_numpy().tolist() == [["c", "not_held"]]


def test_two_meetings_on_one_day_are_of_two_groups(lindehout):
    with pytest.raises(DecisionNeeded, match="both on 2025-02-04.*subgroup="):
        vc.cadence(lindehout)
    assert vc.cadence(lindehout, subgroup="SG4").n == 8


def test_unknown_subgroup_and_scheme_are_named():
    with pytest.raises(UnknownName, match="subgroup 'S9'.*S1"):
        vc.cadence(activities(), subgroup="S9")
    with pytest.raises(UnknownName, match="action-learning"):
        vc.cadence(activities(), "weekly")


def test_meetings_without_a_day_are_no_cadence():
    with pytest.raises(MissingTable, match="known day"):
        vc.cadence(activities(MEETINGS.replace("2025-", "spring-")))


OWN = "name: six-weekly\ntitle: {en: Every six weeks, nl: Eens in de zes weken}\nmeetings: 2\ndays_apart: 42\nminutes: 90\n"


def test_a_scheme_of_your_own_is_a_file(tmp_path):
    path = tmp_path / "ours.yaml"
    path.write_text(OWN, encoding="utf-8")
    result = vc.cadence(activities(), path, language="nl")
    assert "Eens in de zes weken" in result.title
    assert result.table["days_off"].iloc[1] == 21 - 42
    assert not any("marge" in caution for caution in result.cautions)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (OWN.replace("meetings: 2", "meetings: 0"), "meetings must be a whole number from 1 to 5000; it is 0"),
        (OWN.replace("42", "ja"), "days_apart must be a whole number"),
        (OWN + "tolerance: 3\n", "tolerance is no part of a scheme"),
        (OWN.replace("title: {en: Every six weeks, nl: Eens in de zes weken}", "title: x"), "by language"),
        ("- a\n", "has lines like meetings: 4"),
        ("a: [", "cannot be read as YAML"),
    ],
)
def test_a_scheme_that_cannot_be_used_says_what_is_wrong(tmp_path, text, words):
    path = tmp_path / "ours.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableStudy, match=words):
        vc.cadence(activities(), path)


def test_a_picture_of_one_meeting_is_refused_with_the_reason():
    with pytest.raises(MissingTable, match="no days between"):
        vc.cadence(activities("\n".join(MEETINGS.strip().splitlines()[:2]))).plot()
    assert "meeting 2 (2025-01-27) 21" in vc.cadence(activities()).plot().text


LOG = """
date       phase                 level     style         reported_by note
2024-09-19 orientation           procedure directive     facilitator .
2024-10-17 orientation           content   .             facilitator .
2024-10-17 control_and_affection content   participating researcher  .
2025-01-16 orientation           content   directive     facilitator .
.          closing               .         .             facilitator .
"""


def test_there_are_five_phases_five_levels_and_four_styles():
    """Integral guidance of groups (Goossens 2004), as the reference names its axes."""
    assert [len(vocabulary(one)) for one in ("group_phase", "intervention_level", "leadership_style")] == [5, 5, 4]


def test_interventions_by_phase_and_level():
    result = vc.group_log(frame(LOG))
    table = result.table.set_index(["phase", "level"])
    assert table.loc[("orientation", "content"), ["n", "N"]].tolist() == [2, 4]
    assert table["n"].sum() == 4
    assert any("in no cell: 1" in caution for caution in result.cautions)


def test_a_group_goes_back_and_is_in_two_phases_at_once():
    order = vc.group_log(frame(LOG)).supplements["order"]
    assert order["phase of the group"].tolist() == ["orientation", "orientation, control and affection", "orientation"]
    assert order["interventions"].tolist() == [1, 2, 1]


def test_no_phase_is_the_furthest(lindehout):
    result = vc.group_log(frame(LOG))
    assert any("no stairs" in caution for caution in result.cautions)
    assert not {"highest", "reached", "current"} & {*result.table.columns, *result.supplements}


def test_words_of_both_languages_are_read():
    log = frame(LOG).assign(level=["procedure", "Inhoud", "inhoud", "content", None])
    assert vc.group_log(log).table.query("level == 'content'")["n"].sum() == 3


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("phase", "storming", "row 2, column phase: 'storming'.*orientation"),
        ("style", "strict", "row 2, column style: 'strict'.*directive"),
        ("date", "17-10-2024", "row 2, column date: '17-10-2024'.*2025-03-31"),
    ],
)
def test_a_cell_that_no_list_has_is_named(column, value, words):
    log = frame(LOG)
    log.loc[1, column] = value
    with pytest.raises(UnreadableStudy, match=words):
        vc.group_log(log)


def test_a_log_without_rows_or_columns_is_refused():
    with pytest.raises(MissingTable, match="columns phase and level"):
        vc.group_log(frame(LOG).drop(columns="level"))
    with pytest.raises(MissingTable, match="columns phase and level"):
        vc.group_log(frame(LOG).iloc[:0])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_form_that_was_filled_in_comes_back(tmp_path, language):
    path = vc.group_log_form(tmp_path / "log.xlsx", language)
    book = openpyxl.load_workbook(path)
    words = {
        "nl": ("oriëntatie (beginfase)", "interactie", "sturend"),
        "en": ("orientation", "interaction", "directing"),
    }
    for column, value in enumerate(("2024-09-19", *words[language], "facilitator", "een rondje stilte"), start=1):
        book.active.cell(4, column, value)
    book.save(path)
    log = vc.read_group_log(path)
    assert log[["date", "phase", "level", "style", "row"]].to_numpy().tolist() == [
        ["2024-09-19", "orientation", "interaction", "directive", 4]
    ]
    assert vc.group_log(log, language=language).n == 1


def test_every_cell_that_cannot_be_read_is_named_at_once(tmp_path):
    path = vc.group_log_form(tmp_path / "log.xlsx")
    book = openpyxl.load_workbook(path)
    book.active["B3"], book.active["A4"] = "ruzie", "vorige week"
    book.save(path)
    with pytest.raises(UnreadableStudy) as told:
        vc.read_group_log(path)
    assert "log.xlsx, row 3, column phase: 'ruzie'" in str(told.value)
    assert "log.xlsx, row 4, column date: 'vorige week'" in str(told.value)


def test_another_workbook_is_no_group_log(tmp_path):
    with pytest.raises(UnreadableStudy, match="group_log_form"):
        vc.read_group_log(vc.story_form(tmp_path / "story.xlsx"))


GOALS = "goal_id network_id text\nG1 n a~card\nG2 n a~walk"
DONE = """
activity_id work_form     state     date       network_id
a           joint~meeting held      2025-01-01 n
b           joint~meeting held      2025-02-01 n
c           subgroup      held      2025-02-02 n
d           subgroup      cancelled 2025-02-03 n
"""


def worked(links: str = "a G1\nc G1\nd G2") -> vc.Result:
    study = vc.Study({"goals": frame(GOALS), "activities": frame(DONE)})
    return vc.goal_coverage(study, frame(f"activity_id goal_id\n{links}"))


def test_goals_by_work_form_of_what_was_noted():
    table = worked().table.set_index(["goal_id", "work_form"])
    assert table.loc[("G1", "joint meeting"), ["n", "N"]].tolist() == [1, 1]
    assert table.loc[("G2", "subgroup"), ["n", "N"]].tolist() == [0, 1]


def test_what_nobody_noted_is_in_no_N_and_said():
    result = worked()
    assert result.supplements["not_noted"]["activity_id"].tolist() == ["b"]
    assert any("Of 1 of 3 activities nobody noted" in caution for caution in result.cautions)


def test_a_goal_without_activity_stays_in_the_table_with_nought():
    assert worked().supplements["goals"]["worked on in activities"].tolist() == ["2 of 2", "0 of 2"]


def test_links_to_nothing_are_named():
    with pytest.raises(UnknownName, match="goal in links 'G9'"):
        worked("a G9")
    with pytest.raises(UnknownName, match="activity in links 'z'"):
        worked("z G1")
    with pytest.raises(MissingTable, match="works_on"):
        vc.goal_coverage(vc.Study({"goals": frame(GOALS), "activities": frame(DONE)}))


def test_coverage_of_lindehout_from_its_facts(lindehout):
    result = vc.goal_coverage(lindehout, language="nl")
    assert result.n == 15
    assert result.evidence(goal_id="G03", work_form="subgroup")["activity_id"].tolist() == ["A03", "A13", "A28", "A39"]
    assert "bijeenkomst van het hele netwerk" in result.plot().text


def test_reach_and_price_as_the_report_of_2018_prints_them():
    """Appendix 2: a newsletter four times a year to 400 or more; 3,000 euro for each team, and no number of teams."""
    table = vc.reach(vc.load_example("werkplaatsen-2018")).table.set_index("kind")
    assert table.loc["reach", ["number", "times", "product", "at_least"]].tolist() == [400, 4, 1600, True]
    assert table.loc["cost", "number"] == 3000
    assert pd.isna(table.loc["cost", "product"])


@pytest.mark.parametrize(
    ("cost", "teams", "product"),
    [("3000", "7", 21000), ("3.000", "7", 21000), ("3000", "7 of 8", None), ("3000", None, None)],
)
def test_a_price_becomes_a_cost_only_with_the_number_of_teams(cost, teams, product):
    facts = pd.DataFrame(
        {
            "subject": "z",
            "attribute": ["costs per participating team, EUR", "participating teams"],
            "value": [cost, teams],
        }
    )
    found = vc.reach(vc.Study({"facts": facts})).table["product"].iloc[0]
    assert (None if pd.isna(found) else found) == product


def test_reach_is_not_called_value_and_words_are_no_number():
    facts = pd.DataFrame({"subject": "z", "attribute": ["reach: site", "reach: post"], "value": ["veel", "20"]})
    result = vc.reach(vc.Study({"facts": facts}))
    assert any("no value" in caution for caution in result.cautions)
    assert any("left out: 1" in caution for caution in result.cautions)
    with pytest.raises(MissingTable, match="reach: newsletter"):
        vc.reach(vc.Study({"facts": facts.head(1)}))


@pytest.mark.parametrize("given", [None, "lindehout", pd.DataFrame()])
@pytest.mark.parametrize("analysis", [vc.plan, vc.inventory, vc.cadence, vc.goal_coverage, vc.reach])
def test_what_is_no_study_is_said(analysis, given):
    with pytest.raises(MissingTable, match="takes a study; this is"):
        analysis(given)


@pytest.mark.parametrize("given", [None, 5])
def test_what_is_no_path_is_said(given):
    with pytest.raises(UnreadableStudy, match="the path of"):
        vc.read_group_log(given)
    with pytest.raises(UnreadableStudy, match="the path of"):
        vc.read_consent_forms(vc.Study({}), given)


def test_a_form_in_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UnwritableStudy, match="no folder"):
        vc.group_log_form(tmp_path / "none" / "log.xlsx")
