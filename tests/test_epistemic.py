"""Epistemic networks: windows by eye, published rotation, and numbers of another program (ena-python 0.2.1) frozen."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from valuecreation.errors import UndefinedStatistic
from valuecreation.stats.epistemic import accumulate, connected, epistemic_network, sphere_normalised

# Lines of four codes a, b, c, d; units P1 to P5 in turn, six lines a conversation.
PRINTED = [
    "1111", "0001", "0101", "1000", "1010", "0110", "1001", "1101", "0111", "0010", "1010", "0111",
    "0010", "1101", "1000", "0111", "0101", "0110", "0111", "0000", "0000", "1010", "0100", "0110",
]  # fmt: skip
CODES = ["a", "b", "c", "d"]
PAIRS = list(combinations(CODES, 2))


def printed(window: int | None) -> pd.DataFrame:
    lines = np.array([[sign == "1" for sign in line] for line in PRINTED])
    conversation = np.repeat(["d1", "d2", "d3", "d4"], 6)
    units = np.array([f"P{number % 5 + 1}" for number in range(len(lines))])
    return accumulate(connected(lines, conversation, window), units, PAIRS)


def lines(*rows: str) -> np.ndarray:
    return np.array([[sign == "1" for sign in row] for row in rows])


def test_codes_of_one_line_meet_in_it():
    assert connected(lines("110"), np.array(["d"])).tolist() == [[True, False, False]]


def test_a_window_looks_back_and_not_ahead():
    met = connected(lines("100", "010", "000", "001"), np.repeat("d", 4), window=2)
    assert met.tolist() == [[False] * 3, [True, False, False], [False] * 3, [False] * 3]
    met = connected(lines("100", "010", "000", "001"), np.repeat("d", 4), window=3)
    assert met[3].tolist() == [False, False, True]


def test_two_codes_that_both_stand_before_a_line_do_not_meet_in_it():
    assert not connected(lines("100", "010", "001"), np.repeat("d", 3), window=3)[2, 0]


def test_a_window_ends_where_the_conversation_ends():
    met = connected(lines("100", "010", "010"), np.array(["d", "d", "e"]), window=None)
    assert met[:, 0].tolist() == [False, True, False]


def test_a_line_without_codes_meets_nothing():
    assert not connected(lines("110", "000"), np.repeat("d", 2), window=None)[1].any()


def test_counts_points_and_nodes_are_those_of_ena_python():
    """ena-python 0.2.1 on the same lines, window of three, SVD; an axis may be turned round."""
    network = epistemic_network(printed(3), CODES)
    points = [(0.137456, -0.088194), (-0.103105, 0.289397), (-0.401327, -0.113508), (-0.030344, -0.073072)]
    nodes = [(5.392696, 3.991465), (-1.139975, -1.598706), (-2.158011, -4.105134), (-2.335504, 1.725587)]
    assert np.abs(network.points.to_numpy()[:4]) == pytest.approx(np.abs(points), abs=1e-6)
    assert np.abs(network.nodes.to_numpy()) == pytest.approx(np.abs(nodes), abs=1e-6)


def test_the_same_line_only_is_that_of_ena_python_too():
    network = epistemic_network(printed(1), CODES)
    points = [(0.0348, -0.280634), (0.108845, -0.033453), (0.408334, 0.38045), (0.420002, -0.148311)]
    assert np.abs(network.points.to_numpy()[:4]) == pytest.approx(np.abs(points), abs=1e-6)
    assert network.points.to_numpy() == pytest.approx(-np.array([*points, (-0.971982, 0.081948)]), abs=1e-6)


def test_a_means_rotation_puts_the_groups_means_on_the_first_axis_and_nowhere_else():
    groups = pd.Series(["u", "u", "v", "v", "v"], index=["P1", "P2", "P3", "P4", "P5"])
    middle = epistemic_network(printed(3), CODES, groups).points.groupby(groups).mean()
    assert middle["x"]["u"] < middle["x"]["v"]
    assert middle["y"].to_numpy() == pytest.approx([0, 0], abs=1e-12)


def test_the_second_axis_stands_at_right_angles_even_when_nothing_is_left():
    """Three units on one line: after the first axis no variance remains."""
    counts = pd.DataFrame([[1.0, 0, 0], [1.0, 0, 0], [0, 1.0, 0]], index=["A", "B", "C"])
    network = epistemic_network(counts, ["a", "b", "c"], pd.Series(["u", "u", "v"], index=["A", "B", "C"]))
    assert network.points["y"].to_numpy() == pytest.approx([0, 0, 0], abs=1e-12)
    assert network.explained == pytest.approx((1, 0))
    assert np.isnan(network.fit[1])


@settings(max_examples=50, deadline=None)
@given(arrays(bool, st.tuples(st.integers(0, 12), st.just(3))), st.integers(1, 13))
def test_windows_agree_with_a_plain_loop(found, window):
    conversation = np.array([f"d{number // 5}" for number in range(len(found))])
    met = connected(found, conversation, window)
    for row in range(len(found)):
        rows = [one for one in range(max(0, row - window + 1), row + 1) if conversation[one] == conversation[row]]
        for number, (left, right) in enumerate(combinations(range(3), 2)):
            expected = (found[row, left] and found[rows, right].any()) or (
                found[row, right] and found[rows, left].any()
            )
            assert met[row, number] == expected


@settings(max_examples=50, deadline=None)
@given(arrays(float, (4, 3), elements=st.integers(0, 9).map(float)))
def test_every_row_has_length_one_or_none(counts):
    length = np.sqrt((sphere_normalised(pd.DataFrame(counts)) ** 2).sum(axis=1))
    assert np.isclose(length, 1).tolist() == (counts.sum(axis=1) > 0).tolist()


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(24)))
def test_units_count_the_same_in_whatever_order_their_lines_come(order):
    found = lines(*PRINTED)
    units = np.array([f"P{number % 5 + 1}" for number in range(24)])
    met = connected(found, np.array([f"d{number:02d}" for number in range(24)]))
    pd.testing.assert_frame_equal(accumulate(met[order], units[order], PAIRS), accumulate(met, units, PAIRS))


@pytest.mark.parametrize(
    ("counts", "codes", "groups", "words"),
    [
        (np.ones((2, 3)), "abc", None, "at least three"),
        (np.ones((3, 1)), "ab", None, "at least three"),
        (np.zeros((3, 3)), "abc", None, "No two codes meet"),
        (np.ones((3, 3)), "abc", ["u", "v", "v"], "means of the two groups are the same"),
        (np.eye(3), "abc", ["u", "v", "w"], "here are 3"),
    ],
)
def test_what_has_no_map_is_said(counts, codes, groups, words):
    with pytest.raises(UndefinedStatistic, match=words):
        epistemic_network(pd.DataFrame(counts), list(codes), None if groups is None else pd.Series(groups))


def test_a_window_without_a_line_and_a_conversation_that_comes_back_are_refused():
    with pytest.raises(UndefinedStatistic, match="at least one line"):
        connected(lines("11"), np.array(["d"]), window=0)
    with pytest.raises(UndefinedStatistic, match="stand together"):
        connected(lines("11", "11", "11"), np.array(["d", "e", "d"]))
