"""Appraisal: every threshold at, below and above; days at both edges; what is missing is unknown; nothing is added up."""

import re
from datetime import date

import pandas as pd
import pytest

import valuecreation as vc
from conftest import frame
from valuecreation.errors import DecisionNeeded, UnknownName
from valuecreation.guide import STATES

NAMES = vc.list_guides()["name"].tolist()
NURSING = "nl-kwaliteitskader-vpz-2017"
ON = "2023-06-30"


def answer(study: vc.Study, guide: str, criterion: str, on: str = ON, **options: object) -> pd.Series:
    """Return the row of one criterion."""
    table = vc.appraise(study, guide, on=on, **options).table.set_index("criterion")
    return table.loc[criterion]


def state(study: vc.Study, guide: str, criterion: str, on: str = ON, **options: object) -> str:
    return answer(study, guide, criterion, on, **options)["state"]


def facts(*rows: tuple) -> pd.DataFrame:
    """Return facts from attribute, value, as_of and, where they are given, source and subject."""
    full = [(*row, *("report", "n")[len(row) - 3 :]) for row in rows]
    return pd.DataFrame(full, columns=["attribute", "value", "as_of", "source", "subject"])


NETWORK = pd.DataFrame({"network_id": ["n"]})


def grouped(*sizes: int, **columns: object) -> vc.Study:
    """Return a network with subgroups of these sizes; a size after a zero has no subgroup."""
    rows = [(f"S{place}", number) for place, size in enumerate(sizes) for number in range(size)]
    people = [f"P{place}" for place in range(len(rows))]
    spells = pd.DataFrame({"participant_id": people, "network_id": "n", "subgroup": [row[0] for row in rows]})
    return vc.Study({"memberships": spells.assign(joined="2022-01-01", **columns)})


# --- what holds for every guide


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_an_empty_study_is_unknown_everywhere_and_says_what_would_show_it(name, language):
    result = vc.appraise(vc.Study({}), name, on=ON, language=language)
    assert result.table.columns.tolist() == ["criterion", "text", "state", "reason", "evidence"]
    assert set(result.table["state"]) == {"unknown"}
    shown = {"en": "What would show it", "nl": "Waaraan je het zou zien"}[language]
    assert result.table["reason"].str.contains(shown).all()
    assert set(result.table["evidence"]) == {""}


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_table_never_gives_not_met(lindehout, name):
    """Whatever is taken away, no answer becomes a refusal that was none with the table."""
    on = "2024-06-30" if name == NURSING else "2025-06-30"
    full = vc.appraise(lindehout, name, on=on).table
    used = {table for one in vc.load_guide(name).asked() for table in one.tables} & set(lindehout.tables)
    for lacking in sorted(used):
        table = vc.appraise(lindehout.replace(**{lacking: None}), name, on=on).table
        new = (table["state"] == "not_met") & (full["state"] != "not_met")
        assert not new.any(), (lacking, table.loc[new, ["criterion", "reason"]].to_string())


@pytest.mark.parametrize("name", NAMES)
def test_there_is_no_sum_or_share_anywhere(lindehout, name):
    result = vc.appraise(lindehout, name, on="2023-06-30")
    tables = [result.table, result.summary, *result.supplements.values()]
    for table in tables:
        assert not any(re.search(r"total|share|score|sum|percent|rank", str(column)) for column in table.columns)
        assert not any(pd.api.types.is_numeric_dtype(kind) for kind in table.dtypes)
    assert set(result.table["criterion"]) == {one.name for one in vc.load_guide(name).asked()}
    assert "%" not in result.to_html()
    assert "not added up" in result.cautions[0]
    assert set(result.table["state"]) <= set(STATES)
    assert not {"totals", "total", "share", "percentage"} & set(dir(result))


def test_no_person_stands_in_the_table(lindehout):
    for name in NAMES:
        page = vc.appraise(lindehout, name, on="2024-06-30" if name == NURSING else "2025-06-30").to_html()
        for person in lindehout.participants["participant_id"]:
            assert not re.search(rf"\b{person}\b", page)


def test_evidence_is_the_rows_themselves(lindehout):
    result = vc.appraise(lindehout, "nipll-10-steps", on="2025-06-30")
    rows = result.evidence(criterion="step-4")
    assert set(rows["table"]) == {"activities"}
    assert len(rows) == 10
    assert "work_form: joint meeting" in rows["says"].iloc[0]
    assert result.table.set_index("criterion").loc["step-4", "evidence"] == "activities: 10 rows"
    assert set(result.evidence(state="met")["criterion"]) <= set(
        result.table.loc[result.table["state"] == "met", "criterion"]
    )
    assert set(result.evidence(state="unknown")["table"]) == {"facts"}  # those that contradict each other
    with pytest.raises(UnknownName):
        result.evidence(criterion="step-11")


def test_states_read_as_words_in_both_languages(lindehout):
    dutch = vc.appraise(lindehout, "nipll-10-steps", on="2025-06-30", language="nl")
    assert set(dutch.summary["stand"]) <= {"voldaan", "deels", "niet voldaan", "onbekend"}
    assert dutch.summary["fase"].iloc[0] == "voor de start"
    english = vc.appraise(lindehout, "nipll-10-steps", on="2025-06-30")
    assert english.table["state"].tolist() == dutch.table["state"].tolist()
    assert (english.table["text"] != dutch.table["text"]).all()
    assert (english.table["reason"] != dutch.table["reason"]).all()
    assert repr(english) == "<Result appraise: 32 rows, 32 criteria, 3 cautions>"


# --- days


@pytest.mark.parametrize(
    ("on", "expected", "said"),
    [
        ("2017-01-12", "not_applicable", "did not exist yet"),
        ("2017-01-13", "met", "120 clients"),
        ("2024-06-30", "met", "120 clients"),
        ("2024-07-01", "not_applicable", "Historical"),
    ],
)
def test_the_framework_of_nursing_homes_at_both_edges(on, expected, said):
    study = vc.Study({"organisations": pd.DataFrame({"organisation_id": ["a"], "clients": [120]})})
    row = answer(study, NURSING, "clients", on)
    assert row["state"] == expected
    assert said in row["reason"]
    if expected == "not_applicable":
        assert set(vc.appraise(study, NURSING, on=on).table["state"]) == {"not_applicable"}
    if on == "2024-07-01":
        assert "Generiek Kompas" in row["reason"]


def test_a_day_is_a_text_or_a_date_and_by_default_the_last_day_of_the_tables():
    study = vc.Study({"products": pd.DataFrame({"product_id": ["p", "q"], "date": ["2023-03-03", "2023-05-04"]})})
    chosen = vc.appraise(study, "nipll-factors")
    assert "2023-05-04" in chosen.title
    assert any("No day was asked for" in one for one in chosen.cautions)
    given = vc.appraise(study, "nipll-factors", on=date(2023, 5, 3))
    assert given.evidence(criterion="yields.together")["row"].tolist() == ["p"]
    assert vc.appraise(study, "nipll-factors", on=pd.Timestamp("2023-05-03")).title == given.title
    with pytest.raises(UnknownName, match="year first"):
        vc.appraise(study, "nipll-factors", on="3 mei 2023")
    with pytest.raises(DecisionNeeded, match="say on which day"):
        vc.appraise(vc.Study({}), "nipll-factors")


def test_of_several_networks_one_is_named():
    study = vc.Study({"networks": pd.DataFrame({"network_id": ["n", "m"], "membership": ["open", "closed"]})})
    with pytest.raises(DecisionNeeded, match="2 networks"):
        vc.appraise(study, "nipll-10-steps", on=ON)
    assert state(study, "nipll-10-steps", "step-2.open", network="n") == "met"
    assert state(study, "nipll-10-steps", "step-2.open", network="m") == "not_met"
    with pytest.raises(UnknownName, match="network"):
        vc.appraise(study, "nipll-10-steps", on=ON, network="o")


def test_members_are_those_of_the_day():
    study = grouped(5)
    late = pd.concat(
        [
            study.memberships,
            pd.DataFrame({"participant_id": ["X"], "network_id": "n", "subgroup": "S0", "joined": "2023-07-01"}),
        ]
    )
    study = vc.Study({"memberships": late})
    assert state(study, "nipll-factors", "small-subgroups", "2023-06-30") == "met"
    assert state(study, "nipll-factors", "small-subgroups", "2023-07-01") == "not_met"
    gone = study.replace(memberships=late.assign(left=["2023-07-01"] + [None] * 5))
    assert state(gone, "nipll-factors", "small-subgroups", "2023-07-01") == "not_met"
    assert state(gone, "nipll-factors", "small-subgroups", "2023-07-02") == "met"


# --- facts settle


@pytest.mark.parametrize(
    ("value", "expected"),
    [("met", "met"), ("partly", "partly"), ("not_met", "not_met"), ("Niet voldaan", "not_met"), ("deels", "partly")],
)
def test_a_fact_settles_a_criterion(value, expected):
    study = vc.Study({"networks": NETWORK, "facts": facts(("criterion:learning", value, "2023-06-30"))})
    row = answer(study, "ivo-6-insights", "learning")
    assert row["state"] == expected
    assert "report, 2023-06-30" in row["reason"]
    assert row["evidence"] == "facts: 1 row"


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2023-06-29", "met"), ("2023-06-30", "met"), ("2023-07-01", "unknown"), ("2023-06", "met"), ("2023-07", "unknown"),
        ("2022", "met"), ("2023", "unknown"), (None, "unknown"),
    ],
)  # fmt: skip
def test_a_fact_counts_when_it_was_true_by_then(as_of, expected):
    study = vc.Study({"networks": NETWORK, "facts": facts(("criterion:learning", "met", as_of))})
    assert state(study, "ivo-6-insights", "learning") == expected
    cautions = " ".join(vc.appraise(study, "ivo-6-insights", on=ON).cautions)
    assert ("Facts left out" in cautions) == (expected == "unknown")


def test_the_latest_fact_counts_and_sources_of_one_day_can_contradict_each_other():
    later = facts(("criterion:learning", "not_met", "2022-01-01"), ("criterion:learning", "met", "2023-01-01"))
    assert state(vc.Study({"networks": NETWORK, "facts": later}), "ivo-6-insights", "learning") == "met"
    both = facts(
        ("criterion:learning", "not_met", "2023-01-01", "minutes"), ("criterion:learning", "met", "2023-01-01")
    )
    row = answer(vc.Study({"networks": NETWORK, "facts": both}), "ivo-6-insights", "learning")
    assert row["state"] == "unknown"
    assert "Conflict" in row["reason"]
    assert "minutes" in row["reason"]
    assert "report" in row["reason"]
    same = facts(("criterion:learning", "met", "2022"), ("criterion:learning", "not_met", "2022-05-01"))
    assert state(vc.Study({"networks": NETWORK, "facts": same}), "ivo-6-insights", "learning") == "unknown"


def test_a_fact_against_the_tables_is_a_conflict_and_with_them_it_agrees():
    study = grouped(6, 5)
    against = study.replace(facts=facts(("criterion:small-subgroups", "met", "2023-01-01")))
    row = answer(against, "nipll-factors", "small-subgroups")
    assert row["state"] == "unknown"
    assert "the tables show otherwise" in row["reason"]
    agrees = study.replace(facts=facts(("criterion:nipll-factors:small-subgroups", "not_met", "2023-01-01")))
    assert state(agrees, "nipll-factors", "small-subgroups") == "not_met"
    other = study.replace(facts=facts(("criterion:nipll-10-steps:small-subgroups", "met", "2023-01-01")))
    assert state(other, "nipll-factors", "small-subgroups") == "not_met"


def test_a_fact_that_cannot_be_read_or_is_about_another_network_is_left_out_and_told():
    study = vc.Study({"networks": NETWORK, "facts": facts(("criterion:learning", "rather", "2023-01-01"))})
    assert state(study, "ivo-6-insights", "learning") == "unknown"
    assert "criterion:learning = rather" in " ".join(vc.appraise(study, "ivo-6-insights", on=ON).cautions)
    slip = study.replace(facts=facts(("criterion:lerning", "met", "2023-01-01")))
    assert "criterion:lerning = met" in " ".join(vc.appraise(slip, "ivo-6-insights", on=ON).cautions)
    other = study.replace(facts=facts(("criterion:learning", "met", "2023-01-01", "report", "m")))
    assert state(other, "ivo-6-insights", "learning") == "unknown"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("yes", "met"), ("ja", "met"), ("deels", "partly"), ("no", "not_met"), ("perhaps", "unknown")],
)
def test_an_attribute_answers_for_the_network(value, expected):
    study = vc.Study({"networks": NETWORK, "facts": facts(("permission", value, "2023-01-01"))})
    assert state(study, "ivo-6-insights", "means.permission") == expected
    assert state(study, "ivo-6-insights", "means.moral-support") == "unknown"
    assert state(study, "ivo-6-insights", "means.funding") == "unknown"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("yes", "yes"), "met"), (("yes", "no"), "partly"), (("no", "no"), "not_met"), (("yes", None), "unknown"),
        (("partly", None), "partly"), (("yes", "n.v.t."), "met"), (("n.v.t.", "n.v.t."), "not_applicable"),
    ],
)  # fmt: skip
def test_an_attribute_answers_organisation_by_organisation(values, expected):
    rows = [
        ("manager_agreement", value, "2023-01-01", "report", name)
        for name, value in zip("ab", values, strict=True)
        if value
    ]
    study = vc.Study(
        {"networks": NETWORK, "organisations": pd.DataFrame({"organisation_id": ["a", "b"]}), "facts": facts(*rows)}
    )
    assert state(study, "nipll-10-steps", "step-1.manager") == expected
    bare = vc.Study({"organisations": study.organisations, "facts": study.facts})
    assert state(bare, "nipll-10-steps", "step-1.manager") == expected


def test_an_owner_of_embedding_for_each_organisation_and_a_period_of_any_length():
    organisations = pd.DataFrame({"organisation_id": ["a", "b"]})
    one = facts(
        ("embedding_owner", "teamleider", "2023-01-01", "report", "a"), ("commitment_period", "één jaar", "2023")
    )
    study = vc.Study({"networks": NETWORK, "organisations": organisations, "facts": one})
    assert state(study, "nipll-10-steps", "step-10") == "unknown"
    assert state(study, "nipll-10-steps", "step-2.period") == "unknown"
    assert state(study, "nipll-10-steps", "step-2.period", "2023-12-31") == "met"
    two = facts(
        ("embedding_owner", "teamleider", "2023-01-01", "report", "a"),
        ("embedding_owner", "docent", "2023-01-01", "report", "b"),
    )
    assert state(study.replace(facts=two), "nipll-10-steps", "step-10") == "met"
    none = facts(
        ("embedding_owner", "teamleider", "2023-01-01", "report", "a"),
        ("embedding_owner", "geen", "2023-01-01", "report", "b"),
    )
    assert state(study.replace(facts=none), "nipll-10-steps", "step-10") == "partly"


def test_a_curriculum_is_asked_of_schools_alone():
    organisations = pd.DataFrame({"organisation_id": ["a", "b"], "kind": ["thuiszorg", "hbo"]})
    study = vc.Study(
        {"organisations": organisations, "facts": facts(("in_curriculum", "yes", "2023-01-01", "report", "b"))}
    )
    assert state(study, "embedding", "curriculum") == "met"
    assert state(study, "embedding", "job") == "unknown"


def test_each_of_three_accents_and_no_other():
    for accent in ("education", "cooperation", "knowledge sharing", "kennisdeling"):
        study = vc.Study({"networks": NETWORK, "facts": facts(("accent", accent, "2023-01-01"))})
        assert state(study, "ivo-6-insights", "context.accent") == "met"
    both = study.replace(facts=facts(("accent", "education", "2023-01-01"), ("accent", "cooperation", "2023-01-01")))
    assert state(both, "ivo-6-insights", "context.accent") == "met"
    other = study.replace(facts=facts(("accent", "gezelligheid", "2023-01-01")))
    assert state(other, "ivo-6-insights", "context.accent") == "unknown"


# --- subgroups


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ((4, 4), "met"),
        ((5, 4), "met"),
        ((6, 4), "not_met"),
        ((1,), "met"),
        ((6, 6, 5), "not_met"),
        ((5, 4, 4, 4), "met"),
    ],
)
def test_subgroups_of_at_most_five(sizes, expected):
    row = answer(grouped(*sizes), "nipll-10-steps", "step-7")
    assert row["state"] == expected
    assert ("upper edge" in row["reason"]) == (max(sizes) == 5)
    assert "learned from its own work" in row["reason"]


@pytest.mark.parametrize(
    ("sizes", "needed"), [((6, 6, 5), 4), ((6, 5, 5), 4), ((5, 5, 5), None), ((6, 5, 4), None), ((6,), 2), ((11, 5), 4)]
)
def test_where_no_division_can_satisfy_it_that_is_said(sizes, needed):
    reason = answer(grouped(*sizes), "nipll-10-steps", "step-7")["reason"]
    assert ("cannot satisfy it" in reason) == (needed is not None)
    if needed:
        assert f"{sum(sizes)} people in {len(sizes)} subgroups cannot satisfy it" in reason
        assert f"at least {needed} subgroups are needed" in reason


def test_nijmegen_did_not_follow_the_advice_that_it_gave_later():
    """17 people in three subgroups: at least four are needed."""
    study = vc.load_example("nijmegen-2020")
    row = answer(study, "nipll-10-steps", "step-7", "2020-12-31")
    assert row["state"] == "not_met"
    assert "17 people in 3 subgroups cannot satisfy it" in row["reason"]
    assert "at least 4 subgroups are needed" in row["reason"]
    dutch = answer(study, "nipll-10-steps", "step-7", "2020-12-31", language="nl")
    assert "minstens 4 subgroepen nodig" in dutch["reason"]


@pytest.mark.parametrize(("on", "younger"), [("2020-02-29", True), ("2020-03-01", False), ("2020-03-31", False)])
def test_the_advice_is_younger_than_the_network(on, younger):
    study = grouped(6)
    study = study.replace(memberships=study.memberships.assign(joined="2019-10-01"))
    row = answer(study, "nipll-10-steps", "step-7", on)
    assert ("nobody could have followed it" in row["reason"]) == younger


@pytest.mark.parametrize(("people", "expected"), [("15", "unknown"), ("16", "not_met"), ("14", "unknown")])
def test_facts_about_numbers_can_refuse_and_never_approve(people, expected):
    study = vc.Study(
        {"networks": NETWORK, "facts": facts(("participants", people, "2023-01-01"), ("subgroups", "3", "2023-01-01"))}
    )
    assert state(study, "nipll-10-steps", "step-7") == expected
    odd = study.replace(
        facts=pd.concat([study.facts, facts(("participants", "20", "2023-01-01", "minutes"))], ignore_index=True)
    )
    row = answer(odd, "nipll-10-steps", "step-7")
    assert row["state"] == "unknown"
    assert "Conflict" in row["reason"]


def test_a_member_without_subgroup_leaves_it_open_but_a_facilitator_does_not():
    study = grouped(4, 1)
    spells = study.memberships.assign(subgroup=["S0"] * 4 + [None])
    assert state(study.replace(memberships=spells), "nipll-10-steps", "step-7") == "unknown"
    people = pd.DataFrame({"participant_id": ["P4"], "role": ["procesbegeleider"]})
    assert state(study.replace(memberships=spells, participants=people), "nipll-10-steps", "step-7") == "met"


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (["care", "welfare"] * 2, "met"), (["care", "welfare", "care", "care"], "partly"), (["care"] * 4, "not_met"),
        (["care", "care", "care", None], "unknown"), ([None] * 4, "unknown"),
    ],
)  # fmt: skip
def test_mixed_subgroups(groups, expected):
    study = grouped(2, 2)
    people = pd.DataFrame({"participant_id": [f"P{number}" for number in range(4)], "role_group": groups})
    assert state(study.replace(participants=people), "nipll-10-steps", "step-5.mixed") == expected


# --- who, when, what


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (["care", "care"], "not_met"),
        (["care", "education"], "met"),
        (["care", "other"], "not_met"),
        (["care", None], "unknown"),
    ],
)
def test_two_domains(groups, expected):
    people = pd.DataFrame(
        {"participant_id": ["P0", "P1"], "role_group": groups, "role": ["docent mbo", "wijkverpleegkundige"]}
    )
    row = answer(grouped(2).replace(participants=people), "nipll-10-steps", "step-1.domains")
    assert row["state"] == expected
    assert "examples and no list to complete" in row["reason"]
    assert "docent" in row["reason"]
    alone = vc.Study({"participants": people})
    assert state(alone, "nipll-10-steps", "step-1.domains") == ("met" if expected == "met" else "unknown")


def test_project_leader_and_process_facilitator_are_two_roles():
    def both(role: str) -> tuple[str, str]:
        people = pd.DataFrame({"participant_id": ["P0"], "role": [role]})
        study = grouped(1).replace(participants=people)
        guide = "ivo-6-insights"
        return state(study, guide, "leading.project-leader"), state(study, guide, "leading.process-facilitator")

    assert both("projectleider") == ("met", "unknown")
    assert both("Procesbegeleider") == ("unknown", "met")
    assert both("projectleider en procesbegeleider") == ("met", "met")
    assert both("verpleegkundige") == ("unknown", "unknown")
    said = grouped(1).replace(
        facts=facts(("project_leader", "nee", "2023-01-01"), ("process_facilitator", "HAN", "2023-01-01"))
    )
    assert state(said, "ivo-6-insights", "leading.project-leader") == "not_met"
    assert state(said, "ivo-6-insights", "leading.process-facilitator") == "met"


def test_experts_by_experience_are_asked_of_the_members():
    people = pd.DataFrame({"participant_id": ["P0", "P1"], "role_group": ["care", "client or citizen"]})
    study = grouped(2).replace(participants=people)
    assert state(study, "ivo-6-insights", "lived-experience") == "met"
    none = study.replace(participants=people.assign(role_group="care"))
    assert state(none, "ivo-6-insights", "lived-experience") == "not_met"
    open_ = study.replace(participants=people.assign(role_group=["care", None]))
    assert state(open_, "ivo-6-insights", "lived-experience") == "unknown"


@pytest.fixture
def log() -> vc.Study:
    """Three members, a facilitator; shadowing, a meeting, one called off and one to come."""
    activities = frame(
        """
        activity_id network_id date       work_form     state
        a1          n          2023-01-10 joint~meeting held
        a2          n          2023-02-10 shadowing     held
        a3          n          2023-03-10 Meelopen      .
        a4          n          2023-04-10 shadowing     cancelled
        a5          n          2023-07-01 joint~meeting planned
        """
    )
    took = frame(
        """
        activity_id participant_id part
        a2          P0             visitor
        a2          P1             host
        a3          P1             .
        a4          P2             visitor
        """
    )
    spells = pd.DataFrame({"participant_id": ["P0", "P1", "P2", "F"], "network_id": "n", "joined": "2022-01-01"})
    people = pd.DataFrame({"participant_id": ["F"], "role": ["procesbegeleider"]})
    return vc.Study({"activities": activities, "participation": took, "memberships": spells, "participants": people})


def test_everybody_walked_along_at_least_once(log):
    assert state(log, "nipll-10-steps", "step-5") == "partly"
    assert "2 of 3 members" in answer(log, "nipll-10-steps", "step-5")["reason"]
    assert "1 of 3" in answer(log, "nipll-10-steps", "step-5", "2023-03-09")["reason"]
    assert "2 of 3" in answer(log, "nipll-10-steps", "step-5", "2023-03-10")["reason"]
    more = pd.concat([log.participation, pd.DataFrame({"activity_id": ["a3"], "participant_id": ["P2"]})])
    assert state(log.replace(participation=more), "nipll-10-steps", "step-5") == "met"
    assert state(log, "nipll-10-steps", "step-5", "2023-02-09") == "not_met"
    assert state(log.replace(memberships=None), "nipll-10-steps", "step-5") == "unknown"


def test_meetings_are_held_or_to_come(log):
    row = answer(log, "nipll-10-steps", "step-4")
    assert row["state"] == "met"
    assert "1 held up to 2023-06-30, 1 planned after it" in row["reason"]
    assert [state(log, "nipll-10-steps", "step-6", on) for on in ("2023-06-30", "2023-07-01")] == ["met", "unknown"]
    assert [state(log, "nipll-10-steps", "step-6", on) for on in ("2023-03-10",)] == ["met"]
    other = log.replace(activities=log.activities.assign(work_form="subgroup"))
    assert state(other, "nipll-10-steps", "step-4") == "not_met"
    for value, expected in (("10", "met"), ("0", "not_met"), ("some", "unknown")):
        told = vc.Study({"networks": NETWORK, "facts": facts(("planned_joint_meetings", value, "2023-01-01"))})
        assert state(told, "nipll-10-steps", "step-4") == expected


@pytest.mark.parametrize(
    ("hours", "expected"), [(8.0, "met"), (0.5, "met"), (0.0, "not_met"), (None, "unknown"), ("some", "unknown")]
)
def test_time_for_members(hours, expected):
    study = vc.Study({"networks": pd.DataFrame({"network_id": ["n"], "planned_hours_per_month": [hours]})})
    assert state(study, "ivo-6-insights", "means.time") == expected


def test_goals_of_ones_own_and_together():
    def goals(*owners: tuple) -> vc.Study:
        table = pd.DataFrame(owners, columns=["network_id", "participant_id", "set_on"])
        return grouped(2).replace(goals=table.assign(goal_id=[f"g{place}" for place in range(len(owners))]))

    own, joint = "step-8.goals", "step-9.goals"
    guide = "nipll-10-steps"
    assert state(goals((None, "P0", None), (None, "P1", None)), guide, own) == "met"
    assert state(goals((None, "P0", None)), guide, own) == "partly"
    assert state(goals(("n", None, "2023-06-30")), guide, own) == "unknown"
    assert state(goals(("n", None, "2023-06-30")), guide, joint) == "met"
    assert state(goals(("n", None, "2023-07-01")), guide, joint) == "unknown"


def test_questions_products_and_where_they_were_kept(log):
    questions = frame(
        """
        question_id raised_in subgroup
        q1          a2        x
        q2          a1        x
        q3          a1        .
        """
    )
    study = log.replace(questions=questions)
    assert state(study, "nipll-10-steps", "step-5.questions") == "met"
    assert state(study.replace(questions=questions[1:]), "nipll-10-steps", "step-5.questions") == "not_met"
    assert state(log, "nipll-10-steps", "step-5.questions") == "unknown"
    products = pd.DataFrame(
        {"product_id": ["p1", "p2"], "question_id": ["q1", "q2"], "date": ["2023-05-01", "2023-06-01"]}
    )
    study = study.replace(products=products)
    found = [
        state(study, "nipll-10-steps", "step-5.worked-out", on) for on in ("2023-04-30", "2023-05-01", "2023-06-01")
    ]
    assert found == ["not_met", "partly", "met"]
    assert [state(study, "nipll-10-steps", "step-9", on) for on in ("2023-04-30", "2023-05-01")] == ["unknown", "met"]
    organisations = pd.DataFrame({"organisation_id": ["a", "b"]})
    uptake = pd.DataFrame({"product_id": "p1", "organisation_id": ["a", "b"], "state": ["in_use", "stuck"]})
    study = study.replace(organisations=organisations, uptake=uptake)
    assert state(study, "nipll-10-steps", "step-9.sharing") == "partly"
    assert state(study.replace(uptake=uptake.assign(state="in_use")), "nipll-10-steps", "step-9.sharing") == "met"
    assert state(study.replace(uptake=uptake.assign(state="stuck")), "nipll-10-steps", "step-9.sharing") == "not_met"


def test_a_gain_of_everybody_counts_what_was_experienced_or_seen(small):
    spells = pd.DataFrame({"participant_id": ["A", "C"], "network_id": "n", "joined": "2025-01-01"})
    study = small.replace(memberships=spells)
    row = answer(study, "nipll-10-steps", "step-8", "2025-06-30")
    assert row["state"] == "partly"
    assert "1 of 2 members; nothing was coded of 1" in row["reason"]
    assert state(study.replace(memberships=spells[:1]), "nipll-10-steps", "step-8", "2025-06-30") == "met"
    intention = study.replace(memberships=spells[:1], codings=study.codings.assign(status="intention"))
    assert state(intention, "nipll-10-steps", "step-8", "2025-06-30") == "not_met"
    cost = study.replace(codings=study.codings.assign(polarity="-"))
    assert state(cost, "nipll-10-steps", "step-8", "2025-06-30") == "unknown"
    gone = pd.DataFrame(
        {"participant_id": ["A"], "document_id": ["all"], "scope": ["withdrawn"], "date": ["2025-03-01"]}
    )
    assert state(study.replace(consents=gone), "nipll-10-steps", "step-8", "2025-06-30") == "unknown"
    assert state(small, "nipll-10-steps", "step-8", "2025-06-30") == "unknown"


# --- nursing homes


def homes(*rows: tuple) -> vc.Study:
    """Return organisations from legal entity, board and clients."""
    table = pd.DataFrame(rows, columns=["legal_entity", "board", "clients"])
    return vc.Study({"organisations": table.assign(organisation_id=[f"o{place}" for place in range(len(rows))])})


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("e1", "b1"), ("e2", "b2"), ("e3", "b3")], "met"),
        ([("e1", "b1"), ("e2", "b2")], "not_met"),
        ([("e1", "b1")], "not_met"),
        ([("e1", "b1"), ("e2", "b2"), ("e3", "b3"), ("e4", "b4")], "met"),
        ([("e1", "b1"), ("e1", "b1"), ("e2", "b2")], "not_met"),
        ([("e1", "b1"), ("E1 ", "B1"), ("e2", "b2")], "not_met"),
        ([("e1", "b1"), ("e1", "b1"), ("e2", "b2"), ("e3", "b3")], "met"),
        ([("e1", "b1"), ("e2", "b1"), ("e3", "b1")], "not_met"),
        ([("e1", "b1"), ("e2", "b2"), ("e3", "b2")], "not_met"),
        ([("e1", "b1"), ("e2", "b2"), ("e2", "b3")], "not_met"),
        ([("e1", "b1"), ("e2", "b2"), ("e3", "b3"), ("e1", "b3")], "partly"),
        ([("e1", "b1"), ("e2", "b2"), ("e3", None)], "unknown"),
        ([("e1", "b1"), ("e2", "b2"), (None, "b3")], "unknown"),
        ([("e1", "b1"), ("e1", None), ("e2", "b2")], "not_met"),
    ],
)
def test_two_other_partners_under_another_entity_and_another_board_seen_from_each(pairs, expected):
    assert state(homes(*((*pair, 50) for pair in pairs)), NURSING, "partners") == expected


@pytest.mark.parametrize("column", ["legal_entity", "board"])
def test_without_entity_or_board_partners_are_unknown(column):
    study = homes(("e1", "b1", 1), ("e1", "b1", 1))
    assert (
        state(study.replace(organisations=study.organisations.drop(columns=column)), NURSING, "partners") == "unknown"
    )


@pytest.mark.parametrize(
    ("clients", "expected"),
    [
        ([119], "not_met"), ([120], "met"), ([121], "met"), ([60, 59], "not_met"), ([60, 60], "met"), ([90000, 90000], "met"),
        ([119, None], "unknown"), ([120, None], "met"), ([None, None], "unknown"), ([0], "not_met"),
    ],
)  # fmt: skip
def test_at_least_120_clients_together_inclusive_without_a_maximum(clients, expected):
    assert state(homes(*((f"e{one}", "b", one) for one in clients)), NURSING, "clients") == expected


def test_a_school_is_no_care_organisation_and_that_is_said():
    study = homes(("e1", "b1", 100), ("e2", "b2", 100), ("e3", "b3", 5000))
    study = study.replace(organisations=study.organisations.assign(kind=["verpleeghuis", "nursing home", "hogeschool"]))
    assert state(study, NURSING, "partners") == "not_met"
    row = answer(study, NURSING, "clients")
    assert "200 clients in 2 organisations" in row["reason"]
    assert "Left out as no care organisation: 1" in row["reason"]


def quality(*kinds: str, on: str = "2023-05-01", told: tuple = ()) -> vc.Study:
    products = pd.DataFrame({"product_id": [f"p{kind}" for kind in kinds], "kind": kinds, "date": on})
    return vc.Study({"networks": NETWORK, "products": products, "facts": facts(*told)})


def test_plan_and_report():
    plan, report = ("quality_plan", "yes", "2023-01-01"), ("quality_report", "yes", "2023-01-01")
    criterion = "plan-and-report"
    assert state(quality("kwaliteitsplan", "kwaliteitsverslag"), NURSING, criterion) == "met"
    assert state(quality("kwaliteitsplan"), NURSING, criterion) == "partly"
    assert state(quality("Quality report 2022"), NURSING, criterion) == "partly"
    assert state(quality("kaart"), NURSING, criterion) == "unknown"
    assert state(quality("kwaliteitsplan", told=(report,)), NURSING, criterion) == "met"
    assert state(quality(told=(plan, report)), NURSING, criterion) == "met"
    no = tuple((name, "nee", "2023-01-01") for name in ("quality_plan", "quality_report"))
    assert state(quality(told=no), NURSING, criterion) == "not_met"
    assert state(quality(told=no[:1]), NURSING, criterion) == "unknown"
    assert state(quality("kwaliteitsplan", told=no[:1]), NURSING, criterion) == "unknown"
    assert state(quality("kwaliteitsplan", "kwaliteitsverslag", on="2023-07-01"), NURSING, criterion) == "unknown"


def exchanging(*took: str, form: str = "wandeling", entities: str = "xyz", date: str = "2023-05-01") -> vc.Study:
    """Return an activity for each word, in which the persons of its letters took part: staff a, b; board members A, B."""
    people = pd.DataFrame(
        {
            "participant_id": list("abAB"), "role": ["verzorgende", "helpende", "bestuurder", "lid raad van bestuur"],
            "organisation_id": ["o0", "o1", "o0", "o1"],
        }
    )  # fmt: skip
    organisations = pd.DataFrame(
        {"organisation_id": ["o0", "o1"], "legal_entity": list(entities[:2]), "kind": "verpleeghuis"}
    )
    names = [f"k{place}" for place in range(len(took))]
    activities = pd.DataFrame({"activity_id": names, "network_id": "n", "date": date, "work_form": form})
    rows = [(name, person) for name, word in zip(names, took, strict=True) for person in word]
    participation = pd.DataFrame(rows, columns=["activity_id", "participant_id"])
    return vc.Study(
        {
            "participants": people,
            "organisations": organisations,
            "activities": activities,
            "participation": participation,
        }
    )


@pytest.mark.parametrize(
    ("took", "expected"),
    [
        (("ab", "AB"), "met"), (("aB", "bA"), "met"), (("aB",), "met"), (("ab",), "partly"), (("AB",), "partly"),
        (("aA", "bB"), "not_met"), (("a",), "not_met"),
    ],
)  # fmt: skip
def test_exchange_for_staff_and_board_in_whatever_form(took, expected):
    for form in ("bezoek", "wandeling", "moreel beraad"):
        assert state(exchanging(*took, form=form), NURSING, "exchange") == expected


def test_two_locations_of_one_foundation_do_not_exchange_with_a_partner():
    assert state(exchanging("ab", "AB", entities="xx"), NURSING, "exchange") == "not_met"
    assert state(exchanging("ab", "AB", date="2023-07-01"), NURSING, "exchange") == "unknown"
    study = exchanging("ab")
    assert state(study.replace(participants=study.participants.assign(role=None)), NURSING, "exchange") == "unknown"
    some = study.participants.assign(role=["verzorgende", None, "bestuurder", None])
    assert state(study.replace(participants=some), NURSING, "exchange") == "unknown"


@pytest.mark.parametrize(
    ("staff", "board", "expected"),
    [
        ("yes", "yes", "met"), ("yes", "no", "partly"), ("no", "yes", "partly"), ("no", "no", "not_met"),
        ("yes", None, "partly"), (None, None, "unknown"), ("no", None, "unknown"), ("partly", "partly", "partly"),
    ],
)  # fmt: skip
def test_time_and_room_to_shadow_for_both(staff, board, expected):
    rows = [(f"shadowing_{name}", value, "2023-01-01") for name, value in (("staff", staff), ("board", board)) if value]
    study = vc.Study({"networks": NETWORK, "facts": facts(*rows)})
    assert state(study, NURSING, "shadowing-time") == expected


def test_shadowing_that_was_held_shows_that_some_did_and_not_that_all_can():
    for took in (("ab",), ("ab", "AB")):
        row = answer(exchanging(*took, form="meelopen"), NURSING, "shadowing-time")
        assert row["state"] == "partly"
        assert "not that all can" in row["reason"]
    assert state(exchanging("ab", form="bezoek"), NURSING, "shadowing-time") == "unknown"
    both = exchanging("ab", "AB", form="meelopen").replace(
        facts=facts(("shadowing_staff", "ja", "2023-01-01"), ("shadowing_board", "ja", "2023-01-01"))
    )
    assert state(both, NURSING, "shadowing-time") == "met"


# --- a guide of one's own


def test_a_guide_of_ones_own_with_another_threshold(tmp_path):
    from test_guides import MINE

    path = tmp_path / "mine.yaml"
    path.write_text(MINE, encoding="utf-8")
    assert [state(grouped(size), path, "small") for size in (2, 3, 4)] == ["met", "met", "not_met"]
    assert state(grouped(3), vc.load_guide(path), "small") == "met"


@pytest.mark.parametrize("value", ["niemand", "Nobody", "no one"])
def test_an_embedding_owner_who_is_nobody_is_no_owner(value):
    study = vc.Study(
        {
            "organisations": pd.DataFrame({"organisation_id": ["a"]}),
            "facts": pd.DataFrame(
                {
                    "subject": ["a"],
                    "attribute": ["embedding_owner"],
                    "value": [value],
                    "as_of": ["2024"],
                    "source": ["s"],
                }
            ),
        }
    )
    table = vc.appraise(study, "nipll-10-steps", on="2025-01-01").table.set_index("criterion")
    assert table.loc["step-10", "state"] == "not_met"


def test_the_picture_says_each_state_in_words_and_adds_nothing_up(lindehout):
    for language, word in (("en", "not met"), ("nl", "niet voldaan")):
        result = vc.appraise(lindehout, "nipll-10-steps", language=language)
        text = result.plot().text
        assert word in text
        assert all(row.text in text for row in result.table.itertuples(index=False))
