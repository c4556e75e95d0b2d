"""Benchmarks: what is compared is the same, what cannot be measured says why, and what was measured is kept whole."""

import json

import pandas as pd
import pytest

from benchmarks import sequences


def test_a_peer_that_is_absent_has_a_row_with_the_reason(monkeypatch):
    monkeypatch.setattr(sequences, "find_spec", lambda name: None)
    assert sequences.without_tnapy() == "tnapy is not installed"
    monkeypatch.setattr(sequences, "find_spec", lambda name: object() if name == "tna" else None)
    assert "another package" in sequences.without_tnapy()
    rows = [
        {"job": "one", "library": "valuecreation", "seconds": 1.0, "peak_megabytes": 5},
        {"job": "one", "library": "tnapy", "skipped": "tnapy is not installed"},
    ]
    assert sequences.measured(rows)[0][2] == "tnapy: tnapy is not installed"


def test_tables_that_differ_are_told_from_tables_that_are_the_same(tmp_path):
    table = pd.DataFrame({"a": [0.5, 0.25], "b": [0.5, 0.75]}, index=["a", "b"])
    paths = [tmp_path / f"{number}.json" for number in range(3)]
    for path, made in zip(paths, (table, table + 1e-6, table.rename(index={"a": "c"})), strict=True):
        made.to_json(path, double_precision=15)
    assert sequences.furthest_apart(paths[0], paths[0]) == 0
    assert sequences.furthest_apart(paths[0], paths[1]) == pytest.approx(1e-6)
    assert sequences.furthest_apart(paths[0], paths[2]) == float("inf")


def test_the_figures_that_are_kept_name_the_machine_and_agree():
    kept = json.loads(sequences.RESULTS.read_text(encoding="utf-8"))
    assert {"cores", "gigabytes", "python", "tnapy", "networkx"} <= set(kept["machine"])
    measured = [row for row in kept["rows"] if "skipped" not in row]
    assert {row["library"] for row in measured} == {"valuecreation", "tnapy", "networkx"}
    assert all(row["furthest_apart"] <= sequences.SAME for row in measured)
