"""Krippendorff's unitizing family: published values of Fig. 12.11, and what must hold for any segments."""

import numpy as np
import pandas as pd
import pytest

from valuecreation.errors import MissingTable, UndefinedCoefficient
from valuecreation.stats.agreement import (
    unitizing_alpha,
    unitizing_alpha_binary,
    unitizing_alpha_by_value,
    unitizing_alpha_coded,
)

# Krippendorff, K. (2019). Content analysis (4th ed.), Fig. 12.11, p. 340.
FIGURE = pd.DataFrame(
    [
        (coder, *segment)
        for coder, segments in {
            "Alex": [(1, 7, 1), (8, 13, 2), (31, 32, 5), (33, 37, 6), (38, 44, 6), (45, 60, 7)],
            "Paul": [(1, 7, 1), (8, 13, 3), (14, 21, 5), (33, 44, 6)],
            "Suzan": [(1, 7, 1), (8, 13, 4), (14, 21, 5), (33, 37, 6), (38, 41, 6), (42, 44, 6)],
        }.items()
        for segment in segments
    ],
    columns=["coder", "start", "end", "value"],
)


def test_u_alpha_of_krippendorff_2019():
    assert unitizing_alpha(FIGURE, 60) == pytest.approx(0.510, abs=5e-4)
    assert unitizing_alpha(FIGURE, 60) == pytest.approx(0.5099819078)


def test_binary_u_alpha_of_krippendorff_2019():
    """Printed .413; the definition gives .4136, which the book seems to have cut off."""
    assert unitizing_alpha_binary(FIGURE, 60) == pytest.approx(0.413, abs=1e-3)
    assert unitizing_alpha_binary(FIGURE, 60) == pytest.approx(0.4135992305)


def test_coded_u_alpha_of_krippendorff_2019_is_not_quite_as_printed():
    """Printed .724; the definition with every segment in its correction gives .728, as the docstring says."""
    assert unitizing_alpha_coded(FIGURE, 60) == pytest.approx(0.7283495427)
    assert unitizing_alpha_coded(FIGURE, 60) == pytest.approx(0.724, abs=5e-3)


def test_u_alpha_by_value_of_krippendorff_2019():
    found = unitizing_alpha_by_value(FIGURE, 60)
    assert found.loc[[1, 5, 6], "alpha"].tolist() == pytest.approx([1, 1, 1])
    assert found.loc[[2, 3, 4], "alpha"].tolist() == pytest.approx([0, 0, 0])
    assert found.loc[5, "coverage"] == pytest.approx(8 / 18)
    assert np.isnan(found.loc[7, "alpha"])
    assert "nobody else" in found.loc[7, "note"]


def test_adjacent_segments_of_one_code_are_not_one_segment():
    merged = FIGURE[FIGURE["start"] != 38].replace({"end": {37: 44}})
    merged = merged[merged["start"] != 42]
    assert unitizing_alpha(merged, 60) != pytest.approx(unitizing_alpha(FIGURE, 60), abs=1e-3)


def test_half_open_offsets_are_converted_by_adding_one_to_the_start():
    offsets = FIGURE.assign(start=FIGURE["start"] - 1)
    with pytest.raises(UndefinedCoefficient, match="count from 1"):
        unitizing_alpha(offsets, 60)
    assert unitizing_alpha(offsets.assign(start=offsets["start"] + 1), 60) == pytest.approx(0.5099819078)


def test_somebody_who_found_nothing_is_a_coder_too():
    some = FIGURE[FIGURE["coder"] == "Alex"]
    with pytest.raises(UndefinedCoefficient, match="at least two coders"):
        unitizing_alpha(some, 60)
    assert unitizing_alpha(some, 60, coders=["Alex", "Kim"]) < 0.1
    with pytest.raises(UndefinedCoefficient, match="Alex, who is not among"):
        unitizing_alpha(some, 60, coders=["Kim", "Lou"])


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([("a", 1, 9, 1), ("b", 1, 9, 1)], "one and the same value"),
        ([("a", 1, 4, 1), ("a", 4, 6, 2), ("b", 1, 4, 1)], "overlap: 1-4 and 4-6"),
        ([("a", 1, 10, 1), ("b", 1, 4, 1)], "does not lie within 1-9"),
        ([("a", 1.5, 3, 1), ("b", 1, 4, 1)], "whole"),
        ([("a", 1, 3, None), ("b", 1, 4, 1)], "lacks"),
        ([("a", "x", 3, 1), ("b", 1, 4, 1)], "some are words"),
    ],
)
def test_segments_that_cannot_be_compared_are_answered_in_words(rows, reason):
    with pytest.raises(UndefinedCoefficient, match=reason):
        unitizing_alpha(pd.DataFrame(rows, columns=["coder", "start", "end", "value"]), 9)


def test_what_unitizing_needs_is_said():
    with pytest.raises(MissingTable, match="no column value"):
        unitizing_alpha(FIGURE.drop(columns="value"), 60)
    with pytest.raises(UndefinedCoefficient, match="length 0"):
        unitizing_alpha(FIGURE, 0)
    rows = pd.DataFrame([("a", 1, 3, 1), ("b", 5, 8, 1)], columns=["coder", "start", "end", "value"])
    with pytest.raises(UndefinedCoefficient, match="no two coders"):
        unitizing_alpha_coded(rows, 9)
    with pytest.raises(UndefinedCoefficient, match="all coded or all gap"):
        unitizing_alpha_binary(rows.assign(start=1, end=9), 9)
