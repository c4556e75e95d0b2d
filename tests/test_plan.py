"""A plan: goals by cycle beside the value that came in the same cycle, and never goals reached."""

import pandas as pd
import pytest

import valuecreation as vc
from conftest import frame
from valuecreation.errors import MissingTable, UnknownName

GOALS = """
goal_id network_id participant_id cycle     text             condition       risk       set_on
G1      n          .              applied   a~card~in~use    somebody~prints la          2024-10-01
G2      n          .              immediate time~together    .               .          .
G3      .          P1             potential know~whom        .               .          2024-10-01
G4      .          P2             potential own~words        .               .          2024-10-01
"""
SAID = """
segment_id participant_id date       code      status      polarity
s1         P1             2024-09-20 applied   experienced +
s2         P2             2024-10-01 applied   experienced +
s3         P2             2024-10-02 applied   experienced -
s4         P3             2024-11-01 applied   intention   .
s5         P3             .          applied   experienced +
s6         P1             2024-11-05 potential experienced +
"""


def study(goals: str = GOALS, said: str = SAID, **more: pd.DataFrame) -> vc.Study:
    rows = frame(said).assign(document_id=lambda all_: "d-" + all_["segment_id"], quote="…")
    documents = rows[["document_id", "participant_id", "date"]]
    return vc.Study(
        {
            "goals": frame(goals),
            "documents": documents,
            "segments": rows[["segment_id", "document_id", "quote"]],
            "codings": rows[["segment_id", "code", "status", "polarity"]].assign(codebook="vcf-2011", coder="c"),
            **more,
        }
    )


def row(result: vc.Result, goal: str) -> dict:
    return result.table.set_index("goal_id").loc[goal].to_dict()


def test_what_came_counts_from_the_day_after_the_goal_was_set():
    found = row(vc.plan(study()), "G1")
    assert (found["n"], found["N"], found["not_yet"], found["negative"]) == (1, 3, 1, 1)


def test_a_goal_without_a_day_is_laid_beside_the_whole_period():
    result = vc.plan(study())
    assert (row(result, "G2")["n"], row(result, "G2")["N"]) == (0, 3)
    assert result.supplements["cycles"].set_index("cycle").loc["applied", "n"] == 3


def test_words_without_a_date_are_counted_for_no_dated_goal_and_that_is_said():
    result = vc.plan(study())
    assert "s5" not in result.evidence(goal_id="G1")["segment_id"].tolist()
    assert any("without a date" in caution and "1" in caution for caution in result.cautions)


@pytest.mark.parametrize(
    ("set_on", "n"),
    [("2024-09-19", 2), ("2024-09-20", 1), ("2024-09", 1), ("2024", 0), ("2024-11-01", 0), ("2024-10-31", 0)],
)
def test_of_a_month_or_year_the_words_after_it_count(set_on, n):
    result = vc.plan(study(GOALS.replace("2024-10-01", set_on)))
    assert row(result, "G1")["n"] == n


def test_intentions_never_count_as_value_found():
    only = "segment_id participant_id date code status polarity\ns1 P1 2024-12-01 applied intention ."
    assert row(vc.plan(study(said=only)), "G1")["n"] == 0


def test_goals_of_participants_stand_without_a_name_and_without_what_came():
    result = vc.plan(study())
    personal = result.supplements["personal"]
    assert personal["goal"].tolist() == ["know whom", "own words"]
    everything = " ".join(part.to_csv() for part in [result.table, result.summary, *result.supplements.values()])
    assert not any(one in everything for one in ("P1", "P2", "P3"))
    assert not {"n", "N"} & set(personal.columns)


def test_goals_of_somebody_who_withdrew_are_left_out_and_counted():
    consents = frame("participant_id scope date document_id\nP2 withdrawn 2025-01-01 all")
    result = vc.plan(study(consents=consents))
    assert result.supplements["personal"]["goal"].tolist() == ["know whom"]
    assert any("withdrew: 1" in caution for caution in result.cautions)


def test_before_anything_is_coded_it_is_the_plan_alone():
    result = vc.plan(vc.Study({"goals": frame(GOALS)}))
    assert result.table["n"].isna().all()
    assert "Nothing is coded yet" in " ".join(result.cautions)
    assert result.supplements["lacking"].to_numpy().tolist() == [["G2", "time together", "condition, risk, date"]]
    with pytest.raises(MissingTable, match="nothing is coded yet"):
        result.plot()


def test_a_cycle_that_the_codebook_does_not_have_is_named_with_the_remedy():
    result = vc.plan(study(GOALS.replace("immediate", "imediate")))
    assert any("imediate" in caution and "column cycle" in caution for caution in result.cautions)
    assert "imediate" in result.supplements["cycles"]["cycle"].tolist()


def test_what_people_say_of_a_goal_stands_beside_it_with_source_and_day():
    facts = frame("subject attribute value as_of source\nG1 outcome half~of~it 2025-06 report~of~June")
    assert row(vc.plan(study(facts=facts)), "G1")["said"] == "outcome: half of it (report of June, 2025-06)"


def test_one_network_of_several_can_be_asked_for_and_another_is_named():
    with pytest.raises(UnknownName, match="network 'm'.*n"):
        vc.plan(study(), network="m")
    assert vc.plan(study(), network="n").table["goal_id"].tolist() == ["G2", "G1"]


def test_without_goals_it_says_which_table_to_fill():
    with pytest.raises(MissingTable, match="goals"):
        vc.plan(vc.Study({"goals": frame(GOALS).iloc[:0]}))


def test_nothing_is_added_up_or_called_reached(lindehout):
    for language in ("en", "nl"):
        result = vc.plan(lindehout, language=language)
        assert not {"total", "reached", "sum"} & set(result.table.columns)
        text = result.to_html() + result.plot().text
        assert ("participants" in text) is (language == "en") or "deelnemers" in text
    assert result.table["goal_id"].tolist() == ["G01", "G02", "G03", "G04", "G05"]


def test_a_cycle_with_value_and_no_goal_stands_in_the_picture():
    picture = vc.plan(study()).plot()
    assert "potential value: 2 of participants; value found 1 of 3" in picture.text
    assert "realised value: no goal set" in picture.text
