"""Moodle logs: pseudonyms at the door, no address of a computer, one order, nothing guessed or dropped."""

import gzip

import pandas as pd
import pytest
from real_data import real

import valuecreation as vc

DUTCH = (
    "Tijd,Volledige naam,Over gebruiker,Gebeurteniscontext,Component,Naam gebeurtenis,Beschrijving,Oorsprong,IP-adres\n"
    '"23/10/19, 14:05",Fenna Bos,-,Forum: Nieuws,Forum,Bericht geplaatst,"The user with id \'5\' posted.",web,192.0.2.7\n'
    '"23/10/19, 14:05",Ruud Vis,Fenna Bos,Gebruiker: Fenna Bos,Logs,Gebruikersprofiel bekeken,'
    "De gebruiker met id '6' bekeek '5'.,web,2001:db8::8a2e:370:7334\n"
    '"22/10/19, 09:00",-,-,Cursus: Netwerk,Systeem,Taak van Ruud Vis uitgevoerd,,cli,\n'
    '"24/10/19, 10:15",Wil Maas als Ruud Vis,-,Forum: Nieuws,Forum,Forum bekeken,,web,192.0.2.8\n'
)
ENGLISH = (
    "Time,User full name,Affected user,Event context,Component,Event name,Description,Origin,IP address\n"
    '"3 March 2025, 2:05:33 PM",Fenna Bos,Ruud Vis,Forum: News,Forum,Post created,"",web,192.0.2.7\n'
)
STORE = (
    "id,eventname,component,action,target,contextinstanceid,userid,courseid,relateduserid,other,timecreated,origin,ip\n"
    "11,\\mod_forum\\event\\post_created,mod_forum,created,post,42,17,2,,,1750000000,web,192.0.2.7\n"
    "12,\\core\\event\\badge_awarded,core,awarded,badge,,0,2,17,,1750000000,cli,\n"
    "13,\\mod_forum\\event\\post_created,mod_forum,created,post,42.0,18.0,2.0,17.0,,1749999999.0,web,192.0.2.8\n"
)


def write(tmp_path, text: str, name: str = "log.csv"):
    path = tmp_path / name
    path.write_bytes(text.encode() if name.endswith(".csv") else gzip.compress(text.encode()))
    return path


def rules(log) -> list[str]:
    return [finding.rule for finding in log.read_findings]


def everything(log) -> str:
    """Return all words of all outputs but the key."""
    frames = [log.events, log.findings(), log.findings("nl"), log.study.check(), *log.study.tables.values()]
    return " ".join(str(value) for frame in frames for value in frame.to_numpy().ravel()) + repr(log) + repr(log.study)


def test_dutch_headers_are_read_and_events_stand_in_one_order(tmp_path):
    log = vc.read_moodle(write(tmp_path, DUTCH), day_first=True, network="noord")
    assert log.events["event_id"].tolist() == ["e1", "e2", "e3", "e4"]
    assert log.events["source_row"].tolist() == [4, 2, 3, 5]
    assert log.events["at"].astype(str).tolist()[0] == "2019-10-22 09:00:00"
    assert log.events["activity"].tolist()[1] == "Bericht geplaatst"
    assert log.events["network_id"].unique().tolist() == ["noord"]
    assert log.events["minutes"].isna().all()


def test_english_headers_and_months_in_words_need_no_decision(tmp_path):
    log = vc.read_moodle(write(tmp_path, ENGLISH))
    assert str(log.events["at"][0]) == "2025-03-03 14:05:33"
    assert log.pairs()[["participant_id", "other_id"]].to_numpy().tolist() == [["P01", "P02"]]


@pytest.mark.parametrize("text", [DUTCH, ENGLISH, STORE])
def test_no_name_and_no_address_of_a_computer_comes_along(tmp_path, text):
    said = everything(vc.read_moodle(write(tmp_path, text), day_first=True))
    for word in ("Fenna", "Ruud", "Wil Maas", "192.0.2", "2001:db8"):
        assert word not in said, word


def test_names_in_titles_and_events_become_pseudonyms(tmp_path):
    log = vc.read_moodle(write(tmp_path, DUTCH), day_first=True)
    code = dict(log.key.to_numpy())
    assert f"Gebruiker: {code['Fenna Bos']}" in log.events["activity_id"].tolist()
    assert f"Taak van {code['Ruud Vis']} uitgevoerd" in log.events["activity"].tolist()
    assert "log_names_replaced" in rules(log)


def test_who_is_logged_in_as_another_is_who_acts(tmp_path):
    log = vc.read_moodle(write(tmp_path, DUTCH), day_first=True)
    code = dict(log.key.to_numpy())
    last = log.events.iloc[-1]
    assert (last["participant_id"], last["others"]) == (code["Wil Maas"], code["Ruud Vis"])
    assert "moodle_logged_as" in rules(log)


def test_one_name_with_two_accounts_stays_two_people(tmp_path):
    text = (
        "Time,User full name,Event context,Event name,Description\n"
        "2025-03-03 10:00,Jan Vos,Forum: A,Viewed,The user with id '5' viewed.\n"
        "2025-03-03 11:00,Jan Vos,Forum: A,Viewed,The user with id '6' viewed.\n"
    )
    log = vc.read_moodle(write(tmp_path, text))
    assert log.events["participant_id"].nunique() == 2
    assert "moodle_one_name" in rules(log)
    assert "Jan Vos" not in everything(log)


def test_a_date_that_can_mean_two_days_is_asked_about(tmp_path):
    text = ENGLISH.replace("3 March 2025, 2:05:33 PM", "3/4/2025, 2:05 PM")
    with pytest.raises(vc.ValueCreationError, match="row 2, column Time: '3/4/2025, 2:05 PM' can mean") as asked:
        vc.read_moodle(write(tmp_path, text))
    assert asked.value.undecided["row"].tolist() == [2]
    assert str(vc.read_moodle(write(tmp_path, text), day_first=True).events["at"][0]) == "2025-04-03 14:05:00"
    assert str(vc.read_moodle(write(tmp_path, text), day_first=False).events["at"][0]) == "2025-03-04 14:05:00"


@pytest.mark.parametrize("cell", ["30/02/2025", "2025-02-30 10:00", "gisteren", "3/4/2025, 13:05 PM"])
def test_a_moment_that_does_not_exist_is_kept_as_it_was_written(tmp_path, cell):
    text = ENGLISH.replace("3 March 2025, 2:05:33 PM", cell) + ENGLISH.split("\n")[1] + "\n"
    log = vc.read_moodle(write(tmp_path, text), day_first=True)
    assert log.events["at_written"].tolist()[1] == (cell if cell != "gisteren" else "(words)")
    assert log.events["at"].isna().tolist() == [False, True]
    assert "log_time_unread" in rules(log)


def test_a_date_against_the_order_that_was_named_is_not_turned_round(tmp_path):
    log = vc.read_moodle(write(tmp_path, ENGLISH.replace("3 March 2025, 2:05:33 PM", "3/24/2025")), day_first=True)
    assert log.events["at"].isna().all()
    assert "log_time_other_order" in rules(log)


def test_the_log_store_counts_seconds_on_the_clock_that_was_named(tmp_path):
    path = write(tmp_path, STORE)
    log = vc.read_moodle(path, zone="Europe/Amsterdam")
    assert str(log.events["at"][0]) == "2025-06-15 17:06:39"
    assert str(vc.read_moodle(path).events["at"][0]) == "2025-06-15 15:06:39"
    assert log.events["network_id"].unique().tolist() == ["course 2"]
    assert log.events["activity_id"].dropna().unique().tolist() == ["mod_forum 42"]
    assert log.events["others"].tolist()[0] == log.events["participant_id"].tolist()[1]
    assert log.events["participant_id"].isna().tolist() == [False, False, True]
    assert {"log_unix", "log_no_person", "moodle_ip"} <= set(rules(log))


def test_the_log_store_says_who_was_behind_it_and_who_may_not_be_known(tmp_path):
    lines = STORE.strip().split("\n")
    text = "\n".join([lines[0] + ",realuserid,anonymous", lines[1] + ",2,0", lines[3] + ",,1"]) + "\n"
    log = vc.read_moodle(write(tmp_path, text))
    code = dict(log.key.to_numpy())
    assert log.events["participant_id"].fillna("-").tolist() == ["-", code["2"]]
    assert log.events["others"].fillna("-").tolist() == ["-", code["17"]]
    assert "18" not in code
    assert {"moodle_logged_as", "moodle_anonymous"} <= set(rules(log))


def test_zipped_semicolons_and_a_mark_are_read(tmp_path):
    text = "\ufeff" + ENGLISH.replace('"3 March 2025, 2:05:33 PM"', "2025-03-03 10:00").replace(",", ";")
    log = vc.read_moodle(write(tmp_path, text, "log.csv.gz"))
    assert {"byte_order_mark", "log_delimiter"} <= set(rules(log))
    assert len(log.events) == 1


def test_the_same_name_keeps_its_pseudonym_in_the_next_file(tmp_path):
    key = pd.DataFrame({"name": ["ruud vis", "Bram"], "participant_id": ["P01", "P02"]})
    log = vc.read_moodle(write(tmp_path, ENGLISH), key=key)
    assert (log.events["participant_id"][0], log.events["others"][0]) == ("P03", "P01")
    with pytest.raises(vc.ValueCreationError, match="columns name and participant_id"):
        vc.read_moodle(write(tmp_path, ENGLISH), key={"Ruud": "P01"})


def test_a_study_says_who_was_in_what_and_by_day_only_on_request(tmp_path):
    log = vc.read_moodle(write(tmp_path, DUTCH), day_first=True)
    assert "date" not in log.study.activities
    by_day = log.by_day().activities
    assert "Forum: Nieuws | 2019-10-23" in by_day["activity_id"].tolist()
    assert by_day["name"].tolist()[1] == "Forum: Nieuws"
    assert not log.study.check()["severity"].eq("error").any()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Time,Who,Event name\n2025-03-03,A,B\n", "no column is the person. Looked for user full name"),
        ("Time\n", "has no rows"),
        ("Time,User\n , \n , \n", "only empty rows"),
        ('Time,User\n"2025,A\n', "a quotation mark is opened and never closed"),
    ],
)
def test_what_is_no_log_is_refused_in_words(tmp_path, text, words):
    with pytest.raises(vc.ValueCreationError, match=words):
        vc.read_moodle(write(tmp_path, text))


def test_files_that_are_not_there_or_broken_are_refused_in_words(tmp_path):
    with pytest.raises(vc.ValueCreationError, match="There is no file"):
        vc.read_moodle(tmp_path / "no.csv")
    (tmp_path / "x.csv.gz").write_bytes(gzip.compress(b"Time,User\n" * 50)[:-9])
    with pytest.raises(vc.ValueCreationError, match="cut off"):
        vc.read_moodle(tmp_path / "x.csv.gz")
    with pytest.raises(vc.ValueCreationError, match="time zone 'Mars'"):
        vc.read_moodle(write(tmp_path, ENGLISH), zone="Mars")
    with pytest.raises(vc.ValueCreationError, match="column of log.csv 'Tijdstip'"):
        vc.read_moodle(write(tmp_path, ENGLISH), columns={"at": "Tijdstip"})


def test_rows_too_short_or_too_long_are_said(tmp_path):
    text = "Time,User,Event name\n2025-03-03,A B\n\n,,\n2025-03-04,A B,Viewed,extra\n"
    log = vc.read_moodle(write(tmp_path, text))
    assert len(log.events) == 2
    assert {"log_short_row", "log_long_row", "log_empty_row"} <= set(rules(log))


def test_findings_are_sentences_in_both_languages(tmp_path):
    log = vc.read_moodle(write(tmp_path, DUTCH), day_first=True)
    for language in ("en", "nl"):
        assert not log.findings(language)["message"].str.contains("[{}]", regex=True).any()


def test_the_real_course_log():
    log = vc.read_moodle(real("moodle/course-log.csv.gz"))
    assert (len(log.events), len(log.key)) == (20_000, 130)
    assert log.events["at"].is_monotonic_increasing
    assert log.events["event_id"].is_monotonic_increasing
    assert not log.events["participant_id"].isin(log.key["name"]).any()


def test_the_real_log_store():
    log = vc.read_moodle(real("moodle/logstore-events.csv"))
    assert len(log.events) == 171
    assert log.events["others"].notna().sum() > 20
    assert "log_row_without_event" in rules(log)
