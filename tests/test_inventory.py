"""The inventory of networks: kinds by words that people wrote, what waits for a person, and no partition where there is none."""

import pandas as pd
import pytest

import valuecreation as vc
from conftest import frame
from valuecreation.analyses.typology import dimensions
from valuecreation.errors import DecisionNeeded, MissingTable, UnknownName

NETWORKS = """
network_id name agenda scale
a          A    open   .
b          B    closed neighbourhood
c          C    .      .
"""
FACTS = """
subject attribute            value              as_of   source
a       participant_category Docenten           2024    s
a       participant_category Burgers            2024    s
b       participant_category Management         2024    s
b       participant_category Studenten~HBO      2024    s
c       participant_category Cliëntondersteuner 2024    s
"""


def study(**more: str) -> vc.Study:
    tables = {"networks": NETWORKS, "facts": FACTS, **more}
    return vc.Study({name: frame(text) for name, text in tables.items()})


def cell(result: vc.Result, dimension: str, category: str) -> list[int]:
    return result.table.set_index(["dimension", "category"]).loc[(dimension, category), ["n", "waiting", "N"]].tolist()


@pytest.fixture(scope="module")
def werkplaatsen() -> vc.Study:
    return vc.load_example("werkplaatsen-2018")


def listed(study: vc.Study, *kinds: str) -> list[str]:
    return [one for one in study.networks["network_id"] if one.startswith(kinds)]


def test_n_are_networks_and_N_those_of_which_something_is_known():
    result = vc.inventory(study())
    assert cell(result, "agenda", "open") == [1, 0, 2]
    assert cell(result, "stakeholder_group", "citizens") == [1, 2, 3]
    assert cell(result, "stakeholder_group", "education") == [2, 1, 3]


def test_a_dimension_of_which_nothing_is_known_is_not_in_the_table():
    assert set(vc.inventory(study()).table["dimension"]) == {"agenda", "scale", "stakeholder_group"}


def test_what_no_word_recognises_waits_and_counts_nowhere():
    result = vc.inventory(study())
    assert result.supplements["unplaced"]["value"].tolist() == ["Management", "Cliëntondersteuner"]
    assert any("2 wordings wait" in caution for caution in result.cautions)


def test_a_person_places_a_wording_or_says_that_it_is_in_none():
    said = frame("dimension value category decided_by\nstakeholder_group Management . researcher")
    said = pd.concat(
        [said, frame("dimension value category decided_by\nstakeholder_group Cliëntondersteuner care researcher")]
    )
    result = vc.inventory(study(), said=said)
    assert cell(result, "stakeholder_group", "care") == [1, 0, 3]
    assert result.supplements["unplaced"].empty


@pytest.mark.parametrize(
    ("row", "error", "words"),
    [
        ("stakeholder_group Management care .", DecisionNeeded, "row 1, column decided_by"),
        ("stakeholder_group Management carers r", UnknownName, "care"),
        ("stakeholders Management care r", UnknownName, "stakeholder_group"),
        ("agenda x open r\nagenda x closed r", DecisionNeeded, "two ways"),
    ],
)
def test_a_say_that_cannot_be_used_is_refused(row, error, words):
    with pytest.raises(error, match=words):
        vc.inventory(study(), said=frame(f"dimension value category decided_by\n{row}"))


def test_a_say_without_a_column_names_the_column():
    with pytest.raises(DecisionNeeded, match="decided_by is missing"):
        vc.inventory(study(), said=frame("dimension value category\nagenda x open"))


def test_two_values_where_one_is_possible_count_nowhere_and_wait():
    facts = FACTS + "a agenda gesloten 2024 s\n"
    result = vc.inventory(study(facts=facts))
    assert cell(result, "agenda", "open") == [0, 1, 2]
    assert set(result.supplements["unplaced"].query("dimension == 'agenda'")["reason"]) == {"two_values"}


def test_a_wording_that_points_two_ways_is_not_guessed_where_one_is_possible():
    result = vc.inventory(study(facts="subject attribute value as_of source\nc scale wijk~en~regio 2024 s"))
    assert result.supplements["unplaced"].to_numpy().tolist() == [["scale", "wijk en regio", "two_categories", 1]]


def test_activities_that_were_not_held_show_no_work_form():
    activities = """
    activity_id network_id date       work_form     state
    1           a          2024-01-01 meelopen      held
    2           a          2024-02-01 casusbespreking cancelled
    3           b          2024-02-01 intervisie    planned
    """
    result = vc.inventory(study(activities=activities), dimension="work_form")
    assert cell(result, "work_form", "shadowing") == [1, 0, 1]
    assert result.table["n"].sum() == 1


def test_evidence_gives_the_cells_behind_a_number():
    found = vc.inventory(study()).evidence(dimension="stakeholder_group", category="education")
    assert found[["network_id", "value"]].to_numpy().tolist() == [["a", "Docenten"], ["b", "Studenten HBO"]]


def test_unknown_network_or_dimension_is_named():
    with pytest.raises(UnknownName, match="network 'd'"):
        vc.inventory(study(), ["d"])
    with pytest.raises(UnknownName, match="dimension 'colour'"):
        vc.inventory(study(), dimension="colour")


def test_of_networks_of_which_nothing_is_known_it_says_what_to_fill():
    with pytest.raises(MissingTable, match="agenda, membership, scale"):
        vc.inventory(study(), ["c"], dimension="agenda")


@pytest.mark.parametrize(
    ("dimension", "wording", "categories"),
    [
        ("stakeholder_group", "Docenten HBO & MBO", ("education",)),
        ("stakeholder_group", "Cliënten/Ervaringsdeskundigen", ("citizens",)),
        ("stakeholder_group", "Cliëntondersteuner", ()),
        ("stakeholder_group", "Wijkverpleegkundigen", ("care",)),
        ("stakeholder_group", "Gemeentelijke beleidsmedewerkers", ("municipality",)),
        ("stakeholder_group", "burgers, bewoners, ervaringsdeskundigen", ("citizens",)),
        ("work_form", "duo's van docent en wijkverpleegkundige", ("pairs",)),
        ("work_form", "Meelopen", ("shadowing",)),
        ("work_form", "joint meeting", ("joint_meeting",)),
        ("method", "BPU", ()),
        ("method", "BPU-model", ("best_practice_unit",)),
        ("method", "werkwijze van stichting Buurtpastoraat Utrecht", ("buurtpastoraat",)),
    ],
)
def test_wordings_find_their_kind(dimension, wording, categories):
    assert dimensions()[dimension].place(wording) == categories


def test_every_kind_finds_itself_by_id_and_by_label_in_both_languages():
    for dimension in dimensions().values():
        for name, labels in dimension.categories.items():
            assert set(labels) == {"en", "nl"}
            for word in (name, *labels.values()):
                assert name in dimension.place(word), (dimension.name, word)


def test_there_are_seven_groups_and_six_functions_as_the_report_has_them():
    assert len(dimensions()["stakeholder_group"].categories) == 7
    assert len(dimensions()["network_function"].categories) == 6
    assert dimensions()["network_function"].several


def test_groups_in_the_sections_of_the_report_of_2018(werkplaatsen):
    """Citizens in 6 of 15 sections and volunteers in 1 of 15: counted by hand from the printed lists (appendix 2)."""
    result = vc.inventory(werkplaatsen, listed(werkplaatsen, "section"), dimension="stakeholder_group")
    assert cell(result, "stakeholder_group", "citizens")[::2] == [6, 15]
    assert cell(result, "stakeholder_group", "volunteers")[::2] == [1, 15]


def test_research_or_education_among_the_initiators_of_the_table_of_2018(werkplaatsen):
    """12 of 18 rows by hand, once a person says that a workplace belongs to research and education."""
    said = pd.DataFrame(
        {
            "dimension": "initiator",
            "value": ["WSD Zwolle", "WSD Nijmegen"],
            "category": "education",
            "decided_by": "researcher",
        }
    )
    rows = listed(werkplaatsen, "table")
    assert cell(vc.inventory(werkplaatsen, rows), "initiator", "education")[0] == 10
    assert cell(vc.inventory(werkplaatsen, rows, said=said), "initiator", "education")[::2] == [12, 17]


def test_all_categories_of_the_report_are_placed_or_wait(werkplaatsen):
    """Seventy labels in fifteen lists; none is lost."""
    result = vc.inventory(werkplaatsen, listed(werkplaatsen, "section"), dimension="stakeholder_group")
    waiting = set(result.supplements["unplaced"]["value"])
    facts = werkplaatsen.facts.query("attribute == 'participant_category'")
    placed = result.evidence()[["network_id", "value"]].drop_duplicates()
    assert len(placed) + facts["value"].isin(waiting).sum() == len(facts) == 70


def test_fifteen_mentions_of_fifteen_questionnaires_are_no_parts_of_a_whole(werkplaatsen):
    result = vc.inventory(werkplaatsen, listed(werkplaatsen, "section"))
    stated = result.supplements["stated"].query("dimension == 'condition'")
    assert stated["n"].tolist() == [5, 4, 3, 1, 1, 1]
    assert any("15 mentions and 15 questionnaires" in caution for caution in result.cautions)
    fewer = werkplaatsen.replace(
        facts=werkplaatsen.facts[werkplaatsen.facts["attribute"] != "condition: time to learn"]
    )
    assert not any("by accident" in one for one in vc.inventory(fewer, listed(fewer, "section")).cautions)


def test_the_listing_quotes_what_waits_and_dashes_what_is_unknown():
    listing = vc.inventory(study()).supplements["networks"].set_index("network")
    assert listing.loc["B", "who take part"] == "education; “Management”"
    assert listing.loc["C", "whose question"] == "–"


def test_both_languages_say_the_same_numbers(werkplaatsen):
    rows = listed(werkplaatsen, "section")
    english, dutch = (vc.inventory(werkplaatsen, rows, language=one) for one in ("en", "nl"))
    pd.testing.assert_frame_equal(english.table, dutch.table)
    assert "who take part" in english.plot().text
    assert "wie meedoen" in dutch.plot().text
    assert "onderwijs 11 (3 wachten)" in dutch.plot().text
