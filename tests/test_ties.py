"""Ties: published numbers of public networks, direction on asymmetric cases, and what a study shows of them."""

import networkx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import valuecreation as vc
from conftest import frame
from valuecreation.errors import MissingTable, UndefinedStatistic, UnknownName, UnwritableStudy
from valuecreation.stats.ties import brokerage, density, ei_index, one_mode, qap, reciprocity

BUSINESS = (
    "Barbadori-Castellani Barbadori-Ginori Barbadori-Medici Barbadori-Peruzzi Bischeri-Guadagni Bischeri-Lamberteschi "
    "Bischeri-Peruzzi Castellani-Lamberteschi Castellani-Peruzzi Ginori-Medici Guadagni-Lamberteschi Lamberteschi-Peruzzi "
    "Medici-Pazzi Medici-Salviati Medici-Tornabuoni"
)


def edges(text: str) -> pd.DataFrame:
    return pd.DataFrame([pair.split("-") for pair in text.split()], columns=["source", "target"])


def matrix(graph: networkx.Graph) -> pd.DataFrame:
    return networkx.to_pandas_adjacency(graph, nodelist=sorted(graph), weight=None)


def florence() -> tuple[pd.DataFrame, pd.DataFrame]:
    marriage = networkx.florentine_families_graph()
    marriage.add_node("Pucci")
    business = networkx.Graph()
    business.add_nodes_from(marriage)
    business.add_edges_from(edges(BUSINESS).itertuples(index=False, name=None))
    return matrix(marriage), matrix(business)


def test_density_of_zacharys_club():
    """78 ties among 34 people: 0.139 (Zachary 1977, as every textbook has it)."""
    club = networkx.karate_club_graph()
    assert density(pd.DataFrame(club.edges, columns=["source", "target"]), club) == pytest.approx(0.139, abs=5e-4)


def test_the_marriages_and_the_business_of_florence_go_together():
    """Padgett & Ansell's families: r = 0.372 (Borgatti, Everett & Freeman, UCINET's example of QAP)."""
    found = qap(*florence(), n=1000, seed=1)
    assert found["correlation"] == pytest.approx(0.372, abs=5e-4)
    assert found["at_least"] < 0.01
    assert found["at_most"] > 0.99


def test_the_order_of_the_people_in_the_second_relation_makes_no_difference():
    left, right = florence()
    turned = right.iloc[::-1, ::-1]
    assert qap(left, turned, n=20) == qap(left, right, n=20)


@pytest.mark.parametrize("broken", ["people", "constant", "few"])
def test_qap_says_what_it_cannot_compare(broken):
    left, right = florence()
    if broken == "people":
        right = right.rename(index={"Medici": "Sforza"}, columns={"Medici": "Sforza"})
    if broken == "constant":
        right = right * 0
    if broken == "few":
        left, right = left.iloc[:2, :2], right.iloc[:2, :2]
    with pytest.raises(UndefinedStatistic):
        qap(left, right, n=10)


def test_reciprocity_and_density_keep_direction():
    ties = edges("a-b b-a a-c c-c")
    assert reciprocity(ties) == pytest.approx(2 / 3)
    assert density(ties, "abc", directed=True) == pytest.approx(3 / 6)
    assert density(ties, "abc") == pytest.approx(2 / 3)


def test_nothing_is_said_of_what_cannot_be():
    none = edges("").reindex(columns=["source", "target"])
    assert pd.isna(reciprocity(none))
    assert pd.isna(density(none, ["a"]))
    assert pd.isna(ei_index(none, {}))


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ("xxx", "coordinator"),
        ("xyx", "itinerant"),
        ("xyy", "gatekeeper"),
        ("xxy", "representative"),
        ("xyz", "liaison"),
    ],
)
def test_the_five_roles_of_gould_and_fernandez(groups, role):
    counts = brokerage(edges("a-b b-c"), dict(zip("abc", groups, strict=True)))
    assert counts.loc["b", role] == 1
    assert counts.to_numpy().sum() == 1


def test_who_stands_between_two_who_meet_brokers_nothing():
    assert brokerage(edges("a-b b-c a-c"), {"a": "x", "b": "y", "c": "z"}).to_numpy().sum() == 0


def test_minutes_are_those_of_the_one_who_was_there_shorter_and_stay_missing():
    rows = frame("event person minutes\nm a 60\nm b 45\nm c .").astype({"minutes": "float64"})
    ties = one_mode(rows).set_index(["source", "target"])
    assert ties.loc[("a", "b"), "minutes"] == 45
    assert pd.isna(ties.loc[("a", "c"), "minutes"])
    with pytest.raises(UndefinedStatistic, match="a is at m twice"):
        one_mode(pd.concat([rows, rows.head(1)]))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from("abcdef")), unique=True, max_size=20))
def test_one_mode_is_the_product_of_the_incidence_with_itself(pairs):
    rows = pd.DataFrame(pairs, columns=["event", "person"]).assign(minutes=10.0)
    by_hand = {}
    for event in range(5):
        there = sorted(person for where, person in pairs if where == event)
        for number, a in enumerate(there):
            for b in there[number + 1 :]:
                by_hand[a, b] = by_hand.get((a, b), 0) + 1
    made = one_mode(rows)
    assert {(row.source, row.target): row.meetings for row in made.itertuples()} == by_hand


def test_shadowing_goes_from_the_visitor_to_the_host(lindehout):
    graph = vc.tie_graph(lindehout, "shadowing")
    took = lindehout.frame("participation").merge(lindehout.frame("activities"), on="activity_id")
    one = took[took["activity_id"] == took.loc[took["part"] == "visitor", "activity_id"].iloc[0]]
    visitor = one.loc[one["part"] == "visitor", "participant_id"].iloc[0]
    host = one.loc[one["part"] == "host", "participant_id"].iloc[0]
    assert graph.has_edge(visitor, host)
    assert not graph.has_edge(host, visitor)


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("relation", ["meetings", "shadowing"])
def test_pairs_of_pairs_and_no_table_of_people(lindehout, relation, language):
    result = vc.ties(lindehout, relation, facilitator="P19", language=language)
    people = set(lindehout.frame("participants")["participant_id"])
    assert (result.table["n"] <= result.table["N"]).all()
    for table in (result.table, result.summary, *result.supplements.values()):
        assert not people & set(table.astype("str").to_numpy().ravel())
    assert result.plot().text.startswith("19 ")


def test_undirected_pairs_add_up_to_all_pairs_and_groups_of_two_are_taken_together(lindehout):
    result = vc.ties(lindehout)
    assert result.table["N"].sum() == 19 * 18 // 2
    assert any("taken together" in caution for caution in result.cautions)
    cell = result.table[(result.table["from_group"] == "care") & (result.table["to_group"] == "welfare")].iloc[0]
    behind = result.evidence(from_group="care", to_group="welfare")
    assert len(behind[["source", "target"]].drop_duplicates()) == cell["n"]
    assert len(behind) == cell["meetings"]


def test_a_relation_a_group_a_form_and_a_person_that_do_not_exist_are_named(lindehout):
    for asked in ({"relation": "mail"}, {"by": "age"}, {"work_form": "dinner"}, {"facilitator": "P99"}):
        with pytest.raises(UnknownName):
            vc.ties(lindehout, **asked)
    nobody = lindehout.replace(participation=lindehout.frame("participation").assign(part="participant"))
    with pytest.raises(MissingTable, match="visitor"):
        vc.ties(nobody, "shadowing")


def test_who_has_no_tie_is_a_node_and_counted(lindehout):
    graph = vc.tie_graph(lindehout, "shadowing")
    assert len(graph) == 19
    measures = vc.ties(lindehout, "shadowing").supplements["measures"].set_index("of the whole network")["number"]
    assert measures["without any tie"] == f"{networkx.number_of_isolates(graph)} of 19"


def test_graphs_are_written_with_their_months_and_read_back(lindehout, tmp_path):
    graph = vc.tie_graph(lindehout, work_form="subgroup")
    again = networkx.read_graphml(vc.write_graph(graph, tmp_path / "ties.graphml"))
    assert {frozenset(edge) for edge in again.edges} == {frozenset(edge) for edge in graph.edges}
    assert all(again.edges[edge]["months"] == graph.edges[edge]["months"] for edge in graph.edges)
    timed = vc.write_graph(graph, tmp_path / "ties.gexf").read_text(encoding="utf-8")
    assert 'timeformat="date"' in timed
    assert timed.count("<spell ") == sum(len(told["months"].split(";")) for *_, told in graph.edges(data=True))
    with pytest.raises(UnwritableStudy, match="graphml"):
        vc.write_graph(graph, tmp_path / "ties.csv")


def test_many_people_are_drawn_as_groups():
    people = pd.DataFrame({"participant_id": [f"P{n:03d}" for n in range(500)]})
    people["role_group"] = ["care", "welfare", "education", "other"] * 125
    took = people[["participant_id"]].assign(activity_id=[f"A{n // 10}" for n in range(500)], minutes=60)
    held = pd.DataFrame({"activity_id": [f"A{n}" for n in range(50)], "date": "2024-09-19", "work_form": "meeting"})
    study = vc.Study({"participants": people, "participation": took, "activities": held})
    drawn = vc.ties(study).plot()
    assert drawn.text.startswith("Groups against groups")
    assert drawn.text.count(" of ") >= 10


def test_replies_have_a_direction_and_those_to_oneself_are_said():
    told = edges("a-b a-b b-a c-c").assign(at=["2025-01-03", "2025-02-01", "2025-02-02", "2025-02-03"])
    study = vc.Study({"participants": pd.DataFrame({"participant_id": list("abcd"), "role_group": ["care"] * 4})})
    result = vc.ties(study, told)
    assert result.n == 4
    assert result.table.iloc[0][["n", "N", "meetings"]].tolist() == [2, 12, 3]
    assert any(caution.startswith("1 replies to oneself") for caution in result.cautions)
    assert vc.tie_graph(study, told).edges["a", "b"]["months"] == "2025-01;2025-02"
    with pytest.raises(MissingTable, match="column source"):
        vc.ties(study, told.rename(columns={"source": "from"}))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_mentions_go_from_who_wrote_to_who_was_named_and_have_words_of_their_own(language):
    people = pd.DataFrame({"participant_id": list("abcdef"), "role_group": ["care"] * 3 + ["welfare"] * 3})
    told = edges("a-d b-d c-e a-a").assign(at="2025-01-03")
    result = vc.ties(vc.Study({"participants": people}), told, kind="mentions", language=language)
    cells = result.table.set_index(["from_group", "to_group"])["n"]
    assert cells["care", "welfare"] == 3
    assert cells["welfare", "care"] == 0
    said = " ".join((result.title, *result.cautions, *map(str, result.summary.columns)))
    assert ("genoemd" if language == "nl" else "mention") in said
    assert "repl" not in said
    assert "reac" not in said
    assert list(result.evidence(from_group="care", to_group="welfare")["source"]) == ["a", "b", "c"]
    graph = vc.tie_graph(vc.Study({"participants": people}), told)
    assert graph.has_edge("a", "d")
    assert not graph.has_edge("d", "a")


def test_mentions_that_a_study_cannot_know_are_asked_for_as_a_frame(lindehout):
    with pytest.raises(MissingTable, match="kind='mentions'"):
        vc.ties(lindehout, "mentions")
    with pytest.raises(UnknownName, match="kind of relation"):
        vc.ties(lindehout, edges("a-b"), kind="likes")


def test_replies_are_not_called_visits():
    people = pd.DataFrame({"participant_id": list("abc"), "role_group": ["care"] * 3})
    result = vc.ties(vc.Study({"participants": people}), edges("a-b b-a"))
    shown = " ".join((*result.summary.columns, *result.supplements["measures"].iloc[:, 0])) + result.plot().text
    assert "visit" not in shown
    assert "replies" in shown
