"""Guides as data: what ships is complete in both languages, and a person adds one as a file."""

import re
from datetime import date, timedelta

import pytest

import valuecreation as vc
from valuecreation.analyses.appraisal import ANSWERS
from valuecreation.errors import InvalidGuide, UnknownName
from valuecreation.guide import CHECKS

NAMES = [
    "nipll-10-steps",
    "nipll-factors",
    "ivo-6-insights",
    "embedding",
    "best-practice-unit",
    "nl-kwaliteitskader-vpz-2017",
]
MINE = """\
name: mine
title: {en: Mine, nl: Van mij}
sources: [own work]
edited_by: {en: the team, nl: het team}
changes:
  - {on: 2025-01-01, by: the team, what: {en: First version., nl: Eerste versie.}}
criteria:
  - criterion: small
    text: {en: Small subgroups., nl: Kleine subgroepen.}
    shows: {en: memberships, nl: memberships}
    check: subgroup_size
    thresholds: {advised: 2, most: 3}
"""


def test_the_guides_that_ship():
    assert vc.list_guides()["name"].tolist() == NAMES
    assert vc.list_guides("nl")["title"].tolist()[3] == "Een leernetwerk borgen"


@pytest.mark.parametrize("name", NAMES)
def test_a_guide_is_complete_in_both_languages(name):
    guide = vc.load_guide(name)
    assert guide.sources
    assert guide.changes
    assert set(guide.edited_by) == set(guide.title) == {"en", "nl"}
    for one in guide.walk():
        texts = [part for part in (one.text, one.shows, one.note) if part]
        assert all(set(part) == {"en", "nl"} and part["en"] != part["nl"] for part in texts), one.name
        assert one.asks or one.criteria, f"{one.name} is neither asked nor a heading"
    for change in guide.changes:
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", change.on)
        assert change.by
    shown = guide.to_frame("nl")
    assert shown["criterion"].is_unique
    assert len(guide.log()) == len(guide.changes)


def test_every_check_of_a_guide_can_be_answered():
    assert set(ANSWERS) == set(CHECKS)


def test_an_id_means_one_criterion_across_guides_so_that_a_fact_settles_only_one():
    seen: dict[str, str] = {}
    for name in NAMES:
        for one in vc.load_guide(name).asked():
            assert seen.setdefault(one.name, name) == name, one.name


def test_the_ten_steps_have_three_phases_and_every_sub_criterion():
    guide = vc.load_guide("nipll-10-steps")
    phases = [one.phase for one in guide.criteria]
    assert phases == ["before"] * 3 + ["during"] * 4 + ["yields"] * 3
    below = {one.name: len(one.criteria) for one in guide.criteria}
    assert [below[f"step-{number}"] for number in range(1, 6)] == [3, 6, 2, 3, 3]
    assert len(guide.criteria[2].criteria[1].criteria) == 3
    assert len(guide.criteria) == 10


def test_six_factors_six_insights_three_places_seven_milestones_five_criteria():
    assert [len(vc.load_guide(name).criteria) for name in NAMES[1:]] == [6, 6, 3, 7, 5]
    insights = {one.name: one for one in vc.load_guide("ivo-6-insights").asked()}
    assert {"means.permission", "means.moral-support", "means.funding"} <= set(insights)
    assert {"leading.project-leader", "leading.process-facilitator"} <= set(insights)
    assert set(insights["context.accent"].answers) >= {"education", "cooperation", "knowledge sharing"}


def test_the_framework_of_nursing_homes_holds_from_its_first_to_its_last_day():
    guide = vc.load_guide("nl-kwaliteitskader-vpz-2017")
    first, last = date(2017, 1, 13), date(2024, 6, 30)
    assert (guide.valid_from, guide.valid_until) == (first, last)
    day = timedelta(days=1)
    assert [guide.holds(one) for one in (first - day, first, last, last + day)] == [False, True, True, False]


def test_four_to_five_is_a_range_and_not_three_numbers():
    for name, criterion in (("nipll-10-steps", "step-7"), ("nipll-factors", "small-subgroups")):
        one = {one.name: one for one in vc.load_guide(name).asked()}[criterion]
        assert dict(one.thresholds) == {"advised": 4, "most": 5}
        assert one.since == "2020-03"


def test_a_person_adds_a_guide_as_a_file(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(MINE, encoding="utf-8")
    guide = vc.load_guide(path)
    assert repr(guide) == "<Guide mine, version 1: 1 criteria>"
    assert guide.holds(date(1900, 1, 1))
    assert vc.load_guide(str(path)).asked()[0].thresholds == {"advised": 2, "most": 3}


FAULTS = [
    ("check: subgroup_size", "check: sizes", "line 11: criterion small: check 'sizes' is not known"),
    ("most: 3", "most: three", "line 12: criterion small: thresholds: most must be a whole number above 0"),
    ("most: 3", "most: 0", "whole number above 0"),
    (", most: 3", "", "thresholds: most is missing"),
    ("most: 3", "most: 3, fewest: 1", "fewest means nothing to the check subgroup_size"),
    ("{en: Small subgroups., nl: Kleine subgroepen.}", "Small subgroups.", "text must be a text in each of en, nl"),
    ("sources: [own work]", "sources: []", "sources must be a list of at least one text"),
    ("by: the team", "by: ", "a change has on: (a day), by: (who decided"),
    ("on: 2025-01-01", "on: last year", "a change has on: (a day)"),
    ("name: mine", "name: mine\nvalid: {from: 13-1-2017}", "from must be a day, year first"),
    ("name: mine", "name: mine\nvalid: {from: 2018-01-01, until: 2017-01-01}", "from is later than until"),
    ("name: mine", "name: mine\ntotal: yes", "total is not part of a guide"),
    ("check: subgroup_size", "check: subgroup_size\n    weight: 2", "weight is not part of a criterion"),
    ("check: subgroup_size\n    thresholds: {advised: 2, most: 3}", "check: facts", "needs attribute:"),
    ("check: subgroup_size\n    thresholds: {advised: 2, most: 3}", "check: role", "needs words:"),
    ("    shows: {en: memberships, nl: memberships}\n", "", "shows must be a text"),
    ("criteria:\n  - ", "criteria: []\n#  - ", "there are no criteria"),
    ("- criterion: small", "- criterion: ", "a criterion must begin with criterion:"),
    ("check: subgroup_size", "since: soon\n    check: subgroup_size", "since must be a year, a month or a day"),
    ("check: subgroup_size", "phase: later\n    check: subgroup_size", "phase 'later' is not one of those"),
]


@pytest.mark.parametrize(("old", "new", "said"), FAULTS)
def test_a_fault_in_a_file_is_told_with_its_line(tmp_path, old, new, said):
    assert old in MINE
    path = tmp_path / "mine.yaml"
    text = MINE.replace(old, new, 1)
    path.write_text(text if "#" not in new else text.split("#")[0], encoding="utf-8")
    with pytest.raises(InvalidGuide) as error:
        vc.load_guide(path)
    assert said in str(error.value)
    assert re.search(r"line \d+: ", str(error.value))


def test_all_faults_are_told_at_once(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(MINE.replace("most: 3", "most: x").replace("sources: [own work]", ""), encoding="utf-8")
    with pytest.raises(InvalidGuide) as error:
        vc.load_guide(path)
    assert str(error.value).count("\n") == 2


def test_an_id_below_another_begins_with_it_and_stands_once(tmp_path):
    path = tmp_path / "mine.yaml"
    again = MINE[MINE.index("  - criterion") :]
    path.write_text(MINE + again, encoding="utf-8")
    with pytest.raises(InvalidGuide, match="is that of line 8 too"):
        vc.load_guide(path)
    path.write_text(
        MINE + "    criteria:\n" + again.replace("\n", "\n    ").replace("  - ", "      - ", 1), encoding="utf-8"
    )
    with pytest.raises(InvalidGuide, match=r"must begin with small and a dot"):
        vc.load_guide(path)


def test_what_does_not_exist_is_said(tmp_path):
    with pytest.raises(UnknownName, match="Did you mean 'embedding'"):
        vc.load_guide("embeding")
    with pytest.raises(UnknownName, match="There is no file"):
        vc.load_guide(tmp_path / "none.yaml")
    with pytest.raises(UnknownName, match="cannot be opened"):
        vc.load_guide(tmp_path / "")
    with pytest.raises(UnknownName, match="guide"):
        vc.load_guide(7)
    (tmp_path / "odd.yaml").write_bytes(b"name: \xff")
    with pytest.raises(InvalidGuide, match="not UTF-8"):
        vc.load_guide(tmp_path / "odd.yaml")
    (tmp_path / "broken.yaml").write_text("name: [", encoding="utf-8")
    with pytest.raises(InvalidGuide, match="broken.yaml: line"):
        vc.load_guide(tmp_path / "broken.yaml")
