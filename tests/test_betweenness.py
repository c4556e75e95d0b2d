"""Betweenness: equal to networkx on any network, in either direction, and to what is published of Florence."""

import networkx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuecreation.stats.betweenness import betweenness


def test_the_medici():
    """0.522 of the marriages of Florence (Padgett & Ansell's families; Jackson 2008, chapter 1)."""
    graph = networkx.florentine_families_graph()
    found = betweenness(pd.DataFrame(graph.edges, columns=["source", "target"]), graph)
    assert found["Medici"] == pytest.approx(0.522, abs=5e-4)
    assert found.idxmax() == "Medici"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=30), st.booleans())
def test_it_is_that_of_networkx(pairs, directed):
    edges = pd.DataFrame(pairs, columns=["source", "target"])
    graph = (networkx.DiGraph if directed else networkx.Graph)()
    graph.add_nodes_from(range(9))
    graph.add_edges_from((a, b) for a, b in pairs if a != b)
    expected = pd.Series(networkx.betweenness_centrality(graph))
    pd.testing.assert_series_equal(betweenness(edges, range(9), directed), expected, check_names=False)


def test_more_sources_than_fit_at_once():
    graph = networkx.gnm_random_graph(300, 900, seed=5)
    edges = pd.DataFrame(graph.edges, columns=["source", "target"])
    expected = pd.Series(networkx.betweenness_centrality(graph, normalized=False))
    found = betweenness(edges, graph, normalised=False)
    pd.testing.assert_series_equal(found, expected, check_names=False, rtol=1e-9)


def test_direction_is_kept():
    edges = pd.DataFrame({"source": ["a", "b", "c"], "target": ["b", "c", "d"]})
    assert betweenness(edges, "abcd", directed=True, normalised=False).tolist() == [0, 2, 2, 0]
    assert betweenness(
        edges.rename(columns={"source": "target", "target": "source"}), "abcd", True, False
    ).tolist() == [0, 2, 2, 0]
    apart = pd.DataFrame({"source": ["a", "c"], "target": ["b", "b"]})
    assert betweenness(apart, "abc", directed=True).tolist() == [0, 0, 0]
    assert betweenness(apart, "abc").tolist() == [0, 1, 0]
