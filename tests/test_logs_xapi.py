"""xAPI: every statement that stands is an event; what is missing or not valid is said, and nobody is merged by guess."""

import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from real_data import real

import valuecreation as vc
from valuecreation.io.logs.durations import exact_minutes

FENNA = {"mbox": "mailto:Fenna.Bos@voorbeeld.invalid", "name": "Fenna Bos"}
FENNA_HASHED = {"mbox_sha1sum": "7f0e0ec7e5c5e0ae4b4f6b8dca3c3ecf41d9aa42"}
RUUD = {"account": {"homePage": "https://lms.invalid", "name": "17"}, "name": "Ruud Vis"}
ID = "12345678-1234-5678-1234-56781234567{}"


def statement(number: int = 0, **changed) -> dict:
    made = {
        "id": ID.format(number),
        "actor": FENNA,
        "verb": {"id": "http://adlnet.gov/expapi/verbs/attended", "display": {"en": "attended"}},
        "object": {"id": "https://lms.invalid/meeting/1", "definition": {"name": {"en": "Meeting", "nl": "Overleg"}}},
        "timestamp": "2025-03-04T10:30:00Z",
        **changed,
    }
    return {name: value for name, value in made.items() if value is not None}


def read(tmp_path, *statements, **options):
    path = tmp_path / "s.json"
    path.write_text(json.dumps(list(statements)), encoding="utf-8")
    return vc.read_xapi(path, **options)


def rules(log) -> list[str]:
    return [finding.rule for finding in log.read_findings]


def everything(log) -> str:
    frames = [log.events, log.findings(), log.findings("nl"), log.study.check(), *log.study.tables.values()]
    return " ".join(str(value) for frame in frames for value in frame.to_numpy().ravel())


def test_a_statement_becomes_an_event(tmp_path):
    log = read(tmp_path, statement(result={"duration": "PT1H30M"}, context={"instructor": RUUD}))
    event = log.events.iloc[0]
    assert (event["participant_id"], event["others"], event["minutes"]) == ("P01", "P02", 90)
    assert (event["activity"], event["activity_name"]) == ("attended", "Overleg")
    assert str(event["at"]) == "2025-03-04 10:30:00"
    assert log.study.participation["minutes"].tolist() == [90]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", json.dumps([statement(1), statement(2)])),
        ("a.json", json.dumps({"statements": [statement(1), statement(2)], "more": "/xapi?more=1"})),
        ("a.jsonl", json.dumps(statement(1)) + "\n\n" + json.dumps(statement(2)) + "\n"),
        ("a.jsonl.gz", json.dumps(statement(1)) + "\n" + json.dumps(statement(2))),
    ],
)
def test_all_forms_of_a_file_are_read(tmp_path, name, text):
    path = tmp_path / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith("gz") else text.encode())
    log = vc.read_xapi(path)
    assert len(log.events) == 2
    assert ("xapi_more" in rules(log)) == ("more" in text)


def test_one_statement_many_files_and_a_pattern(tmp_path):
    for number in (1, 2, 3):
        (tmp_path / f"s{number}.json").write_text(json.dumps(statement(number)), encoding="utf-8")
    assert len(vc.read_xapi(tmp_path / "s1.json").events) == 1
    assert len(vc.read_xapi([tmp_path / "s1.json", tmp_path / "s2.json"]).events) == 2
    log = vc.read_xapi(str(tmp_path / "*.json"))
    assert log.events["source_file"].tolist() == ["s1.json", "s2.json", "s3.json"]
    with pytest.raises(vc.ValueCreationError, match="No file fits the pattern"):
        vc.read_xapi(str(tmp_path / "*.xml"))


def test_a_missing_moment_is_kept_and_said_and_the_time_of_storing_is_used(tmp_path):
    log = read(
        tmp_path,
        statement(1, timestamp=None),
        statement(2, timestamp=None, stored="2025-03-05T08:00:00.000Z"),
        statement(3),
    )
    assert log.events["source_row"].tolist() == [3, 2, 1]
    assert log.events["at_from"].fillna("-").tolist() == ["timestamp", "stored", "-"]
    assert {"log_no_time", "xapi_stored"} <= set(rules(log))


def test_a_moment_that_is_none_is_kept_as_written(tmp_path):
    log = read(tmp_path, statement(timestamp="4-3-2025"))
    assert log.events["at_written"].tolist() == ["4-3-2025"]
    assert "log_time_unread" in rules(log)


def test_moments_are_put_on_the_clock_that_was_named(tmp_path):
    late = statement(timestamp="2025-03-31T23:30:00+00:00")
    assert str(read(tmp_path, late, zone="Europe/Amsterdam").events["at"][0]) == "2025-04-01 01:30:00"
    assert "xapi_no_offset" in rules(read(tmp_path, statement(timestamp="2025-03-31T23:30:00")))


def test_voided_statements_do_not_count_and_are_said(tmp_path):
    def voiding(number, target):
        verb = {"id": "http://adlnet.gov/expapi/verbs/voided"}
        return statement(number, verb=verb, object={"objectType": "StatementRef", "id": ID.format(target)})

    log = read(tmp_path, statement(1), statement(2), voiding(3, 1), voiding(4, 9))
    assert log.events["statement_id"].tolist() == [ID.format(2)]
    assert {"xapi_voided", "xapi_voids_nothing"} <= set(rules(log))


def test_copies_count_once_and_contradictions_are_both_kept(tmp_path):
    log = read(tmp_path, statement(1), statement(1, stored="2025-03-05T08:00:00Z"), statement(1, actor=RUUD))
    assert len(log.events) == 2
    assert {"xapi_copy", "xapi_id_twice"} <= set(rules(log))


def test_identifiers_are_merged_only_on_request(tmp_path):
    openid = {"openid": "https://id.invalid/fenna"}
    several = [statement(number, actor=actor) for number, actor in enumerate((FENNA, RUUD, openid, FENNA_HASHED))]
    assert read(tmp_path, *several).events["participant_id"].nunique() == 4
    one = {"mailto:fenna.bos@voorbeeld.invalid": "Fenna", "https://lms.invalid::17": "Fenna", "mailto:x@y.invalid": "X"}
    log = read(tmp_path, *several, identities=one)
    assert log.events["participant_id"].tolist() == ["P01", "P01", "P02", "P03"]
    assert "xapi_identity_unused" in rules(log)


def test_what_looks_like_one_person_is_said_and_not_merged(tmp_path):
    import hashlib

    hashed = {"mbox_sha1sum": hashlib.sha1(b"mailto:fenna.bos@voorbeeld.invalid").hexdigest()}
    log = read(tmp_path, statement(1), statement(2, actor=hashed), statement(3, actor={**RUUD, "name": "Fenna Bos"}))
    assert log.events["participant_id"].tolist() == ["P01", "P02", "P03"]
    assert {"xapi_one_person", "xapi_one_address"} <= set(rules(log))
    same = read(tmp_path, statement(1), statement(2, actor=hashed), identities={FENNA["mbox"]: "Fenna"})
    assert same.events["participant_id"].tolist() == ["P01", "P01"]


def test_nobody_is_named_in_what_comes_out(tmp_path):
    log = read(
        tmp_path,
        statement(
            1, object={"id": "mailto:fenna.bos@voorbeeld.invalid", "definition": {"name": {"en": "Page of Fenna Bos"}}}
        ),
        statement(2, actor=RUUD, object={"id": "https://lms.invalid/user/profile.php?id=17"}),
        statement(3, actor={"name": "Fenna Bos"}),
        statement(4, actor={"objectType": "Group", "name": "Fenna Bos en co", "member": [FENNA, RUUD]}),
        statement(5, object={"objectType": "Agent", **RUUD}),
    )
    said = everything(log)
    for word in ("Fenna", "fenna", "Ruud", "id=17", "voorbeeld.invalid"):
        assert word not in said, word
    assert "https://lms.invalid/user/profile.php?id=P02" in log.events["activity_id"].tolist()
    assert log.key["name"].str.contains("fenna").any()


def test_a_group_names_its_members_and_does_not_count_as_one_of_them(tmp_path):
    group = {"objectType": "Group", "member": [FENNA, RUUD]}
    team = {"objectType": "Group", "account": {"homePage": "https://lms.invalid", "name": "noord"}}
    log = read(tmp_path, statement(1, actor=group), statement(2, context={"team": team}))
    assert log.events["others"].tolist()[0] == "P01; P02"
    assert log.events["participant_id"].isna().tolist() == [True, False]
    assert log.events["network_id"].tolist()[1] == "G01"
    assert "xapi_group" in rules(log)


def test_context_agents_of_version_2_are_there_too(tmp_path):
    beside = {"contextAgents": [{"objectType": "contextAgent", "agent": RUUD}]}
    log = read(tmp_path, statement(context=beside, version="2.0.0"))
    assert log.events["others"].tolist() == ["P02"]


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"actor": None}, "xapi_missing"),
        ({"verb": None}, "xapi_missing"),
        ({"object": None}, "xapi_missing"),
        ({"actor": "Fenna"}, "xapi_no_agent"),
        ({"actor": {"name": "Fenna"}}, "xapi_no_identifier"),
        ({"actor": {**FENNA, **RUUD}}, "xapi_two_identifiers"),
        ({"actor": {"mbox": "f@x.invalid"}}, "xapi_mbox"),
        ({"actor": {"mbox": 5}}, "xapi_invalid"),
        ({"verb": {"id": "attended"}}, "xapi_invalid"),
        ({"object": {"id": 5}}, "xapi_invalid"),
        ({"object": "x"}, "xapi_invalid"),
        ({"id": "5"}, "xapi_invalid"),
        ({"result": {"response": 5}}, "xapi_invalid"),
        ({"result": {"score": {"scaled": 7}}}, "xapi_invalid"),
        ({"result": []}, "xapi_invalid"),
        ({"result": {"duration": "90"}}, "xapi_duration"),
        ({"result": {"duration": "P1M"}}, "xapi_duration"),
        ({"version": "0.95"}, "xapi_version"),
        ({"object": {"objectType": "SubStatement", "object": {"id": "x:1"}}}, "xapi_substatement"),
        ({"result": {"response": "half \ud83d"}}, "xapi_odd_sign"),
    ],
)
def test_what_is_not_valid_is_said_and_kept(tmp_path, changed, rule):
    log = read(tmp_path, statement(**changed), statement(5))
    assert len(log.events) == 2
    assert rule in rules(log)
    assert not log.findings("nl")["message"].str.contains("[{}]", regex=True).any()


def test_answers_become_documents_only_on_request(tmp_path):
    said = statement(result={"response": "Goed gesprek."})
    log = read(tmp_path, said)
    assert "documents" not in log.study
    assert "xapi_responses" in rules(log)
    documents = read(tmp_path, said, responses=True).study.documents
    assert documents[["kind", "participant_id", "text"]].to_numpy().tolist() == [["survey", "P01", "Goed gesprek."]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "line 1, column 2"),
        ("[]", "no xAPI statement"),
        ("[1, 2]", "no xAPI statement"),
        ("[" * 100_000, "JSON|nested"),
    ],
)
def test_what_is_no_statement_is_refused_in_words(tmp_path, text, words):
    (tmp_path / "s.json").write_text(text)
    with pytest.raises(vc.ValueCreationError, match=words):
        vc.read_xapi(tmp_path / "s.json")
    with pytest.raises(vc.ValueCreationError, match="this is int"):
        vc.read_xapi(5)


def test_a_broken_line_among_good_ones_is_said(tmp_path):
    (tmp_path / "s.jsonl").write_text(json.dumps(statement()) + '\n{"actor": {"name": "Fen', encoding="utf-8")
    log = vc.read_xapi(tmp_path / "s.jsonl")
    assert "xapi_broken_line" in rules(log)
    assert "Fen" not in everything(log)


def test_minutes_add_up_only_where_all_are_known(tmp_path):
    timed = statement(1, result={"duration": "PT30M"})
    assert read(tmp_path, timed, statement(2)).study.participation.get("minutes") is None or (
        read(tmp_path, timed, statement(2)).study.participation["minutes"].isna().all()
    )
    assert read(tmp_path, timed, {**timed, "id": ID.format(2)}).study.participation["minutes"].tolist() == [60]


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.integers(0, 999))
def test_durations_are_exact(days, hours, minutes, seconds):
    assert exact_minutes(f"P{days}DT{hours}H{minutes}M{seconds}S") == days * 1440 + hours * 60 + minutes + (
        exact_minutes(f"PT{seconds}S")
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
PARTS = st.sampled_from(["id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "version"])
INNER = st.sampled_from(["id", "objectType", "member", "mbox", "account", "team", "duration", "response", "object", "name",
                         "contextActivities", "parent", "definition", "score", "contextAgents", "agent"])  # fmt: skip
ODD = st.dictionaries(PARTS, JSON | st.dictionaries(INNER, JSON | st.dictionaries(INNER, JSON, max_size=3), max_size=3))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(ODD, min_size=1, max_size=3))
def test_whatever_stands_in_a_statement_is_read(tmp_path, odd):
    log = read(tmp_path, *odd)
    log.findings("nl")
    assert len(log.events) + sum(rule in ("xapi_copy",) for rule in rules(log)) >= 1


def test_the_real_statements():
    log = vc.read_xapi(real("xapi/statements.json"))
    assert len(log.events) == 190
    assert log.events["at"].isna().all()
    assert next(one for one in log.read_findings if one.rule == "log_no_time").details["count"] == 190
    assert "firstname" not in everything(log)


def test_when_everything_was_voided_nothing_is_left_and_that_is_said(tmp_path):
    verb = {"id": "http://adlnet.gov/expapi/verbs/voided"}
    target = {"objectType": "StatementRef", "id": ID.format(1)}
    log = read(tmp_path, statement(1), statement(2, verb=verb, object=target))
    assert len(log.events) == 0
    assert rules(log) == ["xapi_voided"]
    assert len(log.pairs()) == 0
    assert len(log.by_day().participants) == 0
