"""XES and OCEL: what is written comes back as it was; foreign logs name nobody, fetch nothing and need one decision."""

import gzip
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from real_data import real

import valuecreation as vc
from valuecreation.io.logs.log import ordered

FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <global scope="event"><string key="concept:name" value="?"/></global>
  <trace>
    <string key="concept:name" value="Fenna Bos"/>
    <event>
      <string key="concept:name" value="visit"/>
      <string key="org:resource" value="Ruud Vis"/>
      <string key="lifecycle:transition" value="complete"/>
      <float key="cost:total" value="2.5"/>
      <date key="time:timestamp" value="2025-03-04T10:30:00.000+01:00"/>
    </event>
    <event><string key="concept:name" value="visit"/><string key="lifecycle:transition" value="start"/></event>
    <event><date key="time:timestamp" value="2025-03-03T10:30:00"/></event>
    <event><string key="concept:name" value="call"/><date key="time:timestamp" value="4-3-2025"/></event>
  </trace>
</log>
"""


def write(tmp_path, text: str = FOREIGN, name: str = "log.xes") -> Path:
    path = tmp_path / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith("gz") else text.encode())
    return path


def rules(log) -> list[str]:
    return [finding.rule for finding in log.read_findings]


def test_what_a_trace_is_only_a_person_can_say(tmp_path):
    with pytest.raises(vc.ValueCreationError, match="1 traces, and 1 of its events"):
        vc.read_xes(write(tmp_path))
    log = vc.read_xes(write(tmp_path), case="participant")
    assert log.events["participant_id"].unique().tolist() == ["P01"]
    assert log.events["others"].dropna().tolist() == ["P02"]
    text = str(log.events.to_numpy()) + str(log.findings().to_numpy())
    assert "Fenna" not in text
    assert "Ruud" not in text
    group = vc.read_xes(write(tmp_path, FOREIGN.replace("Fenna Bos", "noord")), case="network").events
    assert group["network_id"].unique().tolist() == ["noord"]
    assert group["participant_id"].fillna("-").tolist() == ["-", "P01", "-", "-"]


def test_names_in_what_was_done_become_pseudonyms(tmp_path):
    log = vc.read_xes(write(tmp_path, FOREIGN.replace('"call"', '"called Ruud Vis"')), case="participant")
    assert "called P02" in log.events["activity"].tolist()


def test_events_stand_in_one_order_and_those_without_a_moment_last(tmp_path):
    log = vc.read_xes(write(tmp_path, name="log.xes.gz"), case="participant", keep=["cost:total"])
    assert log.events["source_row"].tolist() == [3, 1, 2, 4]
    assert log.events["cost:total"].tolist()[1] == "2.5"
    assert log.events["at_written"].tolist()[3] == "4-3-2025"
    assert {"xes_no_activity", "log_no_time", "log_time_unread", "xes_no_offset", "xes_lifecycle"} <= set(rules(log))


def test_attributes_that_are_not_taken_in_are_named(tmp_path):
    log = vc.read_xes(write(tmp_path), case="participant", keep=["cost"])
    assert "cost:total" in log.findings()["value"].tolist()
    assert "xes_keep" in rules(log)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<log><trace>", "no XML that can be read"),
        ("<log/>", "no events"),
        ("<html/>", "begins with <html>"),
        ("", "no XML that can be read"),
        ('<!DOCTYPE log [<!ENTITY a "b">]><log><trace><event/></trace></log>', "document type"),
        ('<!DOCTYPE log SYSTEM "http://x.invalid/x.dtd"><log><trace><event/></trace></log>', "document type"),
    ],
)
def test_what_is_no_xes_is_refused_in_words(tmp_path, text, words):
    with pytest.raises(vc.ValueCreationError, match=words):
        vc.read_xes(write(tmp_path, text), case="participant")


def test_entities_are_never_filled_in(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim")
    text = f'<!DOCTYPE log [<!ENTITY a SYSTEM "{secret.as_uri()}">]><log><trace><event>&a;</event></trace></log>'
    with pytest.raises(vc.ValueCreationError, match="document type") as refused:
        vc.read_xes(write(tmp_path, text), case="participant")
    assert "geheim" not in str(refused.value)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]) | st.sampled_from("\t\n\r<&>\"'"),
                max_size=8)  # fmt: skip
CODES = st.sampled_from(["P01", "P02", "Fenna; x", None])
MOMENTS = st.datetimes(pd.Timestamp("1900-01-01"), pd.Timestamp("2200-01-01")) | st.none()
EVENT = st.fixed_dictionaries(
    {
        "participant_id": CODES, "network_id": st.none() | WORDS, "activity": st.none() | WORDS, "at": MOMENTS,
        "activity_id": st.none() | WORDS, "minutes": st.none() | st.integers(-(2**40), 2**40), "others": CODES,
        "mark": st.floats(allow_nan=False), "seen": st.booleans(), "room": WORDS,
    }
)  # fmt: skip


@given(st.lists(EVENT, min_size=1, max_size=6), st.sampled_from(["participant", "network"]), st.booleans())
def test_what_is_written_comes_back_as_it_was(tmp_path_factory, rows, case, packed):
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    at = pd.Series(pd.array(columns.pop("at"), dtype="datetime64[us]"))
    typed = {"mark": pd.Series(columns.pop("mark")), "seen": pd.Series(columns.pop("seen"), dtype="boolean")}
    events = ordered({**columns, **typed, "at": at, "source_row": range(len(rows))}, at)
    path = tmp_path_factory.mktemp("xes") / ("log.xes.gz" if packed else "log.xes")
    back = vc.read_xes(vc.write_xes(events, path, case=case)).events
    pd.testing.assert_frame_equal(back[events.columns], events)
    assert set(back) == set(events)


def test_the_same_events_give_the_same_bytes_also_zipped(tmp_path):
    log = vc.read_xes(write(tmp_path), case="participant")
    for name in ("a.xes.gz", "b.xes.gz"):
        vc.write_xes(log, tmp_path / name)
    assert (tmp_path / "a.xes.gz").read_bytes() == (tmp_path / "b.xes.gz").read_bytes()


def test_moments_keep_their_clock(tmp_path):
    log = vc.read_xes(write(tmp_path), case="participant", zone="Europe/Amsterdam")
    path = vc.write_xes(log, tmp_path / "out.xes")
    assert "2025-03-04T09:30:00.000000+00:00" in path.read_text(encoding="utf-8")
    pd.testing.assert_frame_equal(vc.read_xes(path).events, log.events)
    assert vc.read_xes(path).zone == "Europe/Amsterdam"
    assert str(vc.read_xes(path, zone="UTC").events["at"][1]) == "2025-03-04 09:30:00"


def test_what_cannot_be_written_is_refused_in_words(tmp_path):
    events = pd.DataFrame({"activity": ["een\x00twee"]})
    with pytest.raises(vc.ValueCreationError, match="Event 1, column activity"):
        vc.write_xes(events, tmp_path / "a.xes")
    with pytest.raises(vc.ValueCreationError, match="does not end in .xes"):
        vc.write_xes(events, tmp_path / "a.xml")
    with pytest.raises(vc.ValueCreationError, match="at least the column activity"):
        vc.write_xes(pd.DataFrame(), tmp_path / "a.xes")
    with pytest.raises(vc.ValueCreationError, match="not of moments"):
        vc.write_xes(pd.DataFrame({"activity": ["a"], "at": ["2025"]}), tmp_path / "a.xes")
    path = write(tmp_path)
    with pytest.raises(vc.ValueCreationError, match="something at"):
        vc.write_xes(pd.DataFrame({"activity": ["a"]}), path)
    assert vc.write_xes(pd.DataFrame({"activity": ["a"]}), path, overwrite=True) == path


def test_a_study_becomes_ocel_with_all_people_of_a_meeting_and_no_words(tmp_path, lindehout):
    with pytest.raises(vc.ValueCreationError, match="have no date") as asked:
        vc.write_ocel(lindehout.replace(activities=lindehout.activities.assign(date=None)), tmp_path / "a.json")
    assert len(asked.value.undecided) == len(lindehout.activities)
    path = vc.write_ocel(lindehout, tmp_path / "o.json", undated="leave_out")
    made = json.loads(path.read_text(encoding="utf-8"))
    assert set(made) == {"objectTypes", "eventTypes", "objects", "events"}
    ids = {one["id"] for one in made["objects"]}
    assert len(ids) == len(made["objects"])
    for thing in (*made["events"], *made["objects"]):
        assert {one["objectId"] for one in thing["relationships"]} <= ids
    kinds = {one["name"]: {attribute["name"] for attribute in one["attributes"]} for one in made["eventTypes"]}
    for event in made["events"]:
        assert {one["name"] for one in event["attributes"]} <= kinds[event["type"]]
        assert event["time"].endswith("Z")
    took = lindehout.participation[lindehout.participation["activity_id"] == "A01"]
    first = next(event for event in made["events"] if event["id"] == "activity:A01")
    assert len([one for one in first["relationships"] if one["objectId"].startswith("participant:")]) == len(took)
    words = path.read_text(encoding="utf-8")
    assert not any(text[:40] in words for text in lindehout.documents["text"].head(20))


def test_a_log_becomes_ocel_without_being_flattened(tmp_path):
    log = vc.read_xes(write(tmp_path), case="participant")
    made = json.loads(vc.write_ocel(log, tmp_path / "o.json", undated="leave_out").read_text(encoding="utf-8"))
    assert [one["qualifier"] for one in made["events"][1]["relationships"]] == ["participant", "other"]
    with pytest.raises(vc.ValueCreationError, match="2 of 4 events have no date"):
        vc.write_ocel(log, tmp_path / "p.json")


@pytest.mark.parametrize(("given", "words"), [(5, "this is int"), (vc.Study({}), "nothing to write")])
def test_what_is_no_study_is_refused(tmp_path, given, words):
    with pytest.raises(vc.ValueCreationError, match=words):
        vc.write_ocel(given, tmp_path / "o.json")


def test_a_real_log_goes_out_and_comes_back(tmp_path):
    log = vc.read_moodle(real("moodle/course-log.csv.gz"))
    back = vc.read_xes(vc.write_xes(log, tmp_path / "log.xes.gz"))
    pd.testing.assert_frame_equal(back.events, log.events)
