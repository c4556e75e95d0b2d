"""Flows: only what somebody claimed, in the direction in which it was claimed, counted by teller."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import valuecreation as vc
from conftest import frame
from valuecreation.analyses.flow_supplements import days_between
from valuecreation.errors import MissingTable, UnknownName


def made() -> vc.Study:
    """Two stories of A, one of B, one of a group; five links, one against the usual order, one to something planned."""
    stories = frame(
        """
        story_id network_id teller
        s1       n1         A
        s2       n1         A
        s3       n1         B
        s4       n2         trio
        """
    )
    steps = frame(
        """
        story_id step cycle     status      polarity date
        s1       1    immediate experienced +        2025-01-01
        s1       2    applied   experienced +        2025-01-11
        s1       3    realised  reported    -        2025-02
        s2       1    immediate experienced +        .
        s2       2    applied   experienced +        .
        s3       1    realised  experienced +        2025-01-01
        s3       2    potential experienced +        2025-01-02
        s4       1    potential experienced +        .
        s4       2    applied   intention   +        .
        """
    )
    links = frame(
        """
        story_id from_step to_step kind          claimant claimant_role
        s1       1         2       flow          A        teller
        s1       2         3       flow          c1       analyst
        s2       1         2       flow          A        teller
        s3       1         2       learning_loop B        teller
        s4       1         2       flow          trio     teller
        """
    )
    people = pd.DataFrame({"participant_id": ["A", "B"], "role_group": ["care", "education"]})
    return vc.Study({"stories": stories, "steps": steps, "links": links, "participants": people})


@pytest.fixture
def five() -> vc.Study:
    return made()


def rows(table, *columns):
    return table[list(columns)].to_numpy().tolist()


def test_every_arrow_by_eye(five):
    table = vc.flows(five).table
    assert rows(table, "from_cycle", "to_cycle", "kind", "claimed_by", "reality", "n", "N", "stories", "links") == [
        ["immediate", "applied", "flow", "teller", "found", 1, 3, 2, 2],
        ["potential", "applied", "flow", "teller", "not_yet", 1, 3, 1, 1],
        ["applied", "realised", "flow", "analyst", "found", 1, 3, 1, 1],
        ["realised", "potential", "learning_loop", "teller", "found", 1, 3, 1, 1],
    ]
    assert set(table["unit"]) == {"tellers"}


def test_an_arrow_keeps_its_direction(five):
    turned = five.links.rename(columns={"from_step": "to_step", "to_step": "from_step"})
    pairs = set(map(tuple, rows(vc.flows(five).table, "from_cycle", "to_cycle")))
    back = set(map(tuple, rows(vc.flows(five.replace(links=turned)).table, "to_cycle", "from_cycle")))
    assert pairs == back
    assert ("potential", "realised") not in pairs


def test_steps_that_follow_one_another_are_no_flow(five):
    fewer = five.replace(links=five.links.iloc[:1])
    assert vc.flows(fewer).table["links"].sum() == 1
    none = five.replace(links=None)
    with pytest.raises(MissingTable, match="links"):
        vc.flows(none)


def test_what_is_planned_is_never_found(five):
    planned = five.replace(steps=five.steps.assign(status="intention"))
    assert set(vc.flows(planned).table["reality"]) == {"not_yet"}
    with pytest.raises(MissingTable, match="nothing to draw"):
        vc.flows(planned).plot()


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 1000))
def test_the_order_of_rows_changes_nothing(seed):
    study = made()
    mixed = {name: study[name].sample(frac=1, random_state=seed) for name in ("stories", "steps", "links")}
    pd.testing.assert_frame_equal(vc.flows(study.replace(**mixed)).table, vc.flows(study).table)


def test_two_stories_of_one_teller_are_one_teller_and_two_tellers_add_up(five):
    one = vc.flows(five).table.query("from_cycle == 'immediate'")
    assert rows(one, "n", "stories") == [[1, 2]]
    two = vc.flows(five.replace(stories=five.stories.assign(teller=["A", "C", "B", "trio"]))).table
    assert rows(two.query("from_cycle == 'immediate'"), "n", "stories") == [[2, 2]]


def test_groups_are_listed_and_never_tested_when_few(five):
    result = vc.flows(five, by="role_group")
    table = result.table.set_index(["role_group", "from_cycle"])
    assert table.loc[("care", "immediate"), ["n", "N"]].tolist() == [1, 1]
    assert table.loc[("education", "realised"), ["n", "N"]].tolist() == [1, 1]
    assert "a group" in table.index.get_level_values(0)
    assert "exchange" not in result.supplements
    assert vc.flows(five, by="network_id").table.query("network_id == 'n2'")["N"].tolist() == [1]
    assert vc.flows(five, network="n2").n == 1


def test_supplements_by_eye(five):
    supplements = vc.flows(five).supplements
    assert supplements["chains"].to_numpy().tolist() == [["none claimed", "1 of 4"], ["1", "2 of 4"], ["2", "1 of 4"]]
    assert supplements["loops"]["story"].tolist() == ["s3"]
    starts = supplements["starts_and_ends"].set_index("code")
    assert starts.loc["immediate value"].tolist() == ["2 of 4", "0 of 4", "0 of 4"]
    assert starts.loc["applied value"].tolist() == ["0 of 4", "1 of 4", "1 of 4"]
    times = supplements["times"].set_index(["from", "to"])
    assert times.loc[("immediate value", "applied value")].tolist() == [1, 1, 10, "10", 10]
    assert times.loc[("applied value", "realised value")].tolist()[2::2] == [21, 48]


def test_a_date_without_a_day_leaves_room():
    assert days_between("2025", "2025-03-01") == (-305, 59)
    assert days_between("2025-02-30", "2025-03-01") is None
    assert days_between("ooit", "2025-03-01") is None


def test_a_chain_that_runs_in_a_circle_has_no_length(five):
    back = five.links.iloc[[2]].assign(from_step=2, to_step=1)
    around = five.replace(links=pd.concat([five.links, back], ignore_index=True))
    chains = vc.flows(around).supplements["chains"].to_numpy().tolist()
    assert chains == [["none claimed", "1 of 4"], ["1", "1 of 4"], ["2", "1 of 4"], ["they run in a circle", "1 of 4"]]


def test_a_link_that_does_not_say_who_claims_it_is_said(five):
    unsaid = five.replace(links=five.links.assign(claimant_role=["teller", None, "teller", "teller", "teller"]))
    assert "1 links do not say whether the teller or an analyst" in " ".join(vc.flows(unsaid).cautions)


def test_links_to_steps_that_are_not_there_are_left_out_and_said(five):
    odd = pd.concat([five.links, five.links.head(1).assign(to_step=9)], ignore_index=True)
    result = vc.flows(five.replace(links=odd))
    assert result.table["links"].sum() == 5
    assert "1 links name a step that is not there" in " ".join(result.cautions)


def test_stories_of_who_withdrew_are_out(five):
    gone = pd.DataFrame(
        {"participant_id": ["A"], "document_id": ["all"], "scope": ["withdrawn"], "date": ["2025-06-01"]}
    )
    result = vc.flows(five.replace(consents=gone))
    assert result.n == 2
    assert "2 stories of people who withdrew" in " ".join(result.cautions)


def test_evidence_has_both_ends_in_words(lindehout):
    result = vc.flows(lindehout)
    behind = result.evidence(from_cycle="reframing", to_cycle="applied", claimed_by="teller")
    assert len(behind) == result.table.query("from_cycle == 'reframing' and claimed_by == 'teller'")["links"].sum()
    assert behind[["from_text", "to_text"]].notna().all(axis=None)
    assert set(behind["kind"]) == {"reframing_loop"}


def test_there_are_counts_and_no_chances(lindehout):
    result = vc.flows(lindehout)
    assert not result.table.select_dtypes("float").columns.any()
    page = result.to_html()
    assert "%" not in page
    with_intervals = vc.flows(lindehout, intervals=True)
    assert (with_intervals.table["low"] <= with_intervals.table["n"]).all()
    assert (with_intervals.table["n"] <= with_intervals.table["high"]).all()
    assert "no such draw" in " ".join(with_intervals.cautions)


def test_twenty_tellers_in_two_groups_are_compared_by_exchanging_them():
    tellers = [f"T{number:02d}" for number in range(24)]
    stories = pd.DataFrame({"story_id": tellers, "network_id": ["a"] * 12 + ["b"] * 12, "teller": tellers})
    one = stories[["story_id"]].assign(step=1, cycle="potential", status="experienced")
    steps = pd.concat([one, one.assign(step=2, cycle="applied")])
    links = stories.head(12)[["story_id"]].assign(
        from_step=1, to_step=2, kind="flow", claimant="c", claimant_role="analyst"
    )
    links = pd.concat([links, links.tail(1).assign(story_id="T12")])
    result = vc.flows(vc.Study({"stories": stories, "steps": steps, "links": links}), by="network_id")
    found = result.supplements["exchange"]
    assert found.iloc[0, 0] == "potential value → applied value (flow)"
    assert found.iloc[0, 1] == "0.92"
    assert float(found.iloc[0, 2]) < 0.001


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_figure_says_every_arrow_it_shows(lindehout, language):
    result = vc.flows(lindehout, language=language)
    text = result.plot().text
    found = result.table.query("reality == 'found'")
    assert text.count("):") + text.count("): ") >= len(found)
    words = {
        "en": "applied value to realised value (flow): 10",
        "nl": "toegepaste waarde naar gerealiseerde waarde (waardestroom): 10",
    }
    assert words[language] in text


def test_an_unknown_group_is_answered_with_those_there_are(lindehout):
    with pytest.raises(UnknownName, match="network_id, role_group"):
        vc.flows(lindehout, by="teller")
