"""Logs that are no logs: whatever the bytes, a study comes out or a sentence does."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import valuecreation as vc

PIECES = st.sampled_from(
    [
        "Time", "User", "Event name", "source", "target", "timestamp", ",", ";", "\n", "\r", "\t", '"', "Fenna Bos", "3/4/2025",
        "1750000000", "2025-03-04 10:00", "\ufeff", "<log>", "<trace>", "<event>", "</event>", "</trace>", "</log>", "é",
        '<string key="concept:name" value="x"/>', "{", "}", "[", "]", '"id"', ":", '"actor"', "\0", "🙂", "sep=;\n", "- ", "|",
    ]
)  # fmt: skip
READERS = [
    (lambda path: vc.read_moodle(path), "csv"),
    (lambda path: vc.read_edges(path), "csv"),
    (lambda path: vc.read_xapi(path), "json"),
    (lambda path: vc.read_xes(path, case="participant"), "xes"),
]


@pytest.mark.parametrize(("reader", "ending"), READERS, ids=["moodle", "edges", "xapi", "xes"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(content=st.lists(PIECES, max_size=25).map("".join).map(str.encode) | st.binary(max_size=40))
def test_a_log_or_a_sentence_comes_out(tmp_path, reader, ending, content):
    path = tmp_path / f"log.{ending}"
    path.write_bytes(content)
    try:
        read = reader(path)
    except vc.ValueCreationError as error:
        assert str(error)[-1] in ".\"'"
    else:
        read.findings("nl")
        read.study.check()


CELL = st.text(max_size=6) | st.sampled_from(
    ["-", "Fenna Bos", "3/4/2025", "30/2/2025", "A as Fenna Bos", "User: Fenna Bos"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELL, CELL, CELL, CELL, CELL), min_size=1, max_size=5))
def test_every_filled_row_of_moodle_is_an_event(tmp_path, rows):
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""').replace("\0", "") + '"'

    header = "Time,User full name,Affected user,Event context,Event name"
    lines = [header, *(",".join(map(quoted, row)) for row in rows)]
    (tmp_path / "log.csv").write_bytes(("\n".join(lines) + "\n").encode("utf-8", "replace"))
    filled = [row for row in rows if any(cell.replace("\0", "").strip() for cell in row)]
    if filled:
        log = vc.read_moodle(tmp_path / "log.csv", day_first=True)
        assert len(log.events) == len(filled)
        assert "Fenna" not in str(log.events.to_numpy()) or not log.key["name"].eq("Fenna Bos").any()


def test_a_study_of_a_log_can_be_kept_as_files(tmp_path):
    (tmp_path / "log.csv").write_text(
        "Time,User full name,Event context,Component,Event name\n"
        "2025-03-04 10:00,Fenna Bos,Forum: =A;B,Forum,Viewed\n2025-03-04 10:00,Ruud Vis,https://x.invalid/a?b=1,Page,Viewed\n"
    )
    log = vc.read_moodle(tmp_path / "log.csv", network="noord")
    for study in (log.study, log.by_day()):
        for name in ("folder", "book.xlsx"):
            path = vc.write_study(study, tmp_path / name, overwrite=True)
            assert vc.read_study(path).equals(study)


def test_the_words_of_errors_name_no_one(tmp_path):
    said = {"actor": {"mbox": "mailto:fenna@voorbeeld.invalid"}, "timestamp": "gisteren", "result": {"response": 3}}
    (tmp_path / "s.json").write_text(json.dumps([said, "Fenna Bos", said]))
    log = vc.read_xapi(tmp_path / "s.json")
    assert not log.findings()["message"].str.contains("enna").any()
    assert not log.findings()["value"].str.contains("enna").any()
