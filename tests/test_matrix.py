"""The matrix: indicators and stories together, one word for how they stand to each other, every word by eye."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import valuecreation as vc
from conftest import frame
from valuecreation.analyses.effects import effects
from valuecreation.errors import MissingTable, UnknownName
from valuecreation.words import vocabulary


def made(
    polarity=("+", "+"), values=("3", "5"), gain="up", tellers=("A", "B"), dates=("2025-02-01", "2025-02-01"),
    status="experienced", state="present", denominators=(".", "."),
) -> vc.Study:  # fmt: skip
    """One applied indicator measured twice, and two stories of which a step rests on it."""
    indicators = pd.DataFrame(
        {"indicator_id": ["I1"], "cycle": ["applied"], "name": ["uses"], "unit": ["times"], "gain": [gain]}
    )
    measured = frame(
        f"""
        indicator_id date       value      denominator        data_state
        I1           2025-01-01 {values[0]} {denominators[0]} {state}
        I1           2025-06-01 {values[1]} {denominators[1]} {state}
        """
    )
    stories = pd.DataFrame({"story_id": ["s1", "s2"], "network_id": "n", "teller": list(tellers)})
    steps = pd.DataFrame(
        {
            "story_id": ["s1", "s2"],
            "step": 1,
            "cycle": "applied",
            "status": status,
            "polarity": list(polarity),
            "date": list(dates),
        }
    )
    rests = pd.DataFrame({"story_id": ["s1", "s2"], "step": 1, "indicator_id": "I1"})
    tables = {
        "indicators": indicators,
        "measurements": measured,
        "stories": stories,
        "steps": steps,
        "step_indicators": rests,
    }
    return vc.Study(tables, name="made")


def word(study, indicator="I1"):
    row = vc.matrix(study).table.set_index("indicator_id").loc[indicator]
    return row["robustness"], row["why"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("convergent", "")),
        ({"polarity": ("-", "-"), "values": ("5", "3")}, ("convergent", "")),
        ({"gain": "down", "values": ("5", "3")}, ("convergent", "")),
        ({"polarity": ("+", "-")}, ("mixed", "")),
        ({"values": ("5", "3")}, ("contested", "")),
        ({"polarity": ("-", "-")}, ("contested", "")),
        ({"tellers": ("A", "A")}, ("side_by_side", "one_teller")),
        ({"gain": None}, ("side_by_side", "no_direction")),
        ({"values": ("3", "3")}, ("side_by_side", "no_direction")),
        ({"values": (".", "5")}, ("side_by_side", "no_direction")),
        ({"denominators": ("10", ".")}, ("side_by_side", "no_direction")),
        ({"denominators": ("10", "20")}, ("contested", "")),
        ({"polarity": ("0", "0")}, ("side_by_side", "no_direction")),
        ({"dates": ("2025-07-01", "2025-08-01")}, ("side_by_side", "not_in_time")),
        ({"values": (".", "."), "state": "none_found"}, ("story_only", "")),
        ({"values": (".", "."), "state": "not_collected"}, ("story_only", "")),
        ({"status": "intention"}, ("indicator_only", "")),
        ({"status": "aspiration", "values": (".", "."), "state": "none_found"}, ("none_found", "")),
        ({"status": "attempted", "values": (".", "."), "state": "not_collected"}, ("not_collected", "")),
    ],
)
def test_every_word_by_eye(changes, expected):
    assert word(made(**changes)) == expected


def test_a_group_and_its_member_are_not_two_independent_tellers():
    study = made(tellers=("A", "trio"))
    assert word(study) == ("convergent", "")
    members = pd.DataFrame({"participant_id": ["A"], "network_id": ["n"], "subgroup": ["trio"]})
    assert word(study.replace(memberships=members)) == ("side_by_side", "one_teller")


def test_that_more_is_better_is_never_assumed():
    assert word(made(gain=None, values=("1", "99")))[0] == "side_by_side"
    assert "do not say which way" in " ".join(vc.matrix(made(gain=None)).cautions).replace("does not say", "do not say")


def test_the_counts_of_a_row_by_eye():
    row = vc.matrix(made(polarity=("+", "-"))).table.iloc[0]
    assert row[["n", "N", "tellers", "gains", "costs", "nothing", "not_yet", "observations"]].tolist() == [
        2,
        2,
        2,
        1,
        1,
        0,
        0,
        2,
    ]
    assert row[["first_value", "last_value", "change", "data_state"]].tolist() == [3, 5, "up", "present"]


def test_not_collected_and_none_found_are_two_things():
    study = made()
    extra = pd.DataFrame({"indicator_id": ["I2", "I3"], "cycle": "realised", "name": ["asked", "never asked"]})
    asked = pd.DataFrame({"indicator_id": ["I2"], "date": ["2025-01-01"], "data_state": ["none_found"]})
    both = study.replace(
        indicators=pd.concat([study.indicators, extra]),
        measurements=pd.concat([study.measurements, asked], ignore_index=True),
    )
    table = vc.matrix(both).table.set_index("indicator_id")
    assert table.loc["I2", "data_state"] == table.loc["I2", "robustness"] == "none_found"
    assert table.loc["I3", "data_state"] == table.loc["I3", "robustness"] == "not_collected"
    cycles = vc.matrix(both).supplements["cycles"].set_index("code")["together"]
    assert cycles["applied value"] == "convergent"
    assert cycles["realised value"] == "none found"
    assert cycles["immediate value"] == "not collected"


def test_an_intention_never_counts_as_applied():
    row = vc.matrix(made(status="intention")).table.iloc[0]
    assert row[["n", "gains", "costs", "not_yet"]].tolist() == [0, 0, 0, 2]


def test_steps_without_an_indicator_have_a_row_of_their_own():
    table = vc.matrix(made().replace(step_indicators=None)).table
    alone = table[table["indicator_id"].isna()]
    assert alone[["cycle", "n", "robustness"]].to_numpy().tolist() == [["applied", 2, "story_only"]]


def test_with_stories_alone_and_with_indicators_alone_there_is_a_matrix():
    study = made()
    stories = vc.matrix(vc.Study({"stories": study.stories, "steps": study.steps}))
    assert stories.table["robustness"].tolist() == ["story_only"]
    figures = vc.matrix(vc.Study({"indicators": study.indicators, "measurements": study.measurements}))
    assert figures.table["robustness"].tolist() == ["indicator_only"]
    assert figures.plot().text
    with pytest.raises(MissingTable, match="stories with steps, indicators, or both"):
        vc.matrix(vc.Study({}))


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(seed):
    study = made(polarity=("+", "-"))
    mixed = {
        name: study[name].sample(frac=1, random_state=seed) for name in ("measurements", "steps", "step_indicators")
    }
    pd.testing.assert_frame_equal(vc.matrix(study.replace(**mixed)).table, vc.matrix(study).table)


def test_changes_are_read_within_a_network():
    study = made()
    measured = pd.concat(
        [study.measurements.assign(network_id="n"), study.measurements.assign(network_id="m", value=[9.0, 1.0])]
    )
    both = study.replace(measurements=measured)
    assert effects(both)["change"].isna().all()
    assert effects(both, "n")["change"].tolist() == ["up"]
    with pytest.raises(UnknownName, match="network"):
        vc.matrix(both, network="x")


def test_evidence_gives_the_steps_behind_a_cell(lindehout):
    result = vc.matrix(lindehout)
    behind = result.evidence(indicator_id="I10")
    assert behind[["story_id", "cycle"]].to_numpy().tolist() == [["V02", "realised"]]
    assert behind["quotes"].notna().all()


def test_there_is_no_total_and_every_word_is_explained(lindehout):
    result = vc.matrix(lindehout)
    assert "total" not in result.table.columns
    assert set(result.table["robustness"]) <= {*vocabulary("robustness"), "not_yet"}
    assert len(result.supplements["rules"]) == len(vocabulary("robustness"))
    assert "no total" in " ".join(result.cautions)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_picture_says_what_it_shows(lindehout, language):
    text = vc.matrix(lindehout, language=language).plot().text
    assert ("15 indicators" if language == "en" else "15 indicatoren") in text
    assert ("applied value: 12 stories" if language == "en" else "toegepaste waarde: 12 verhalen") in text
