"""Profile: results by eye on a study of five codings."""

import pandas as pd
import pytest

import valuecreation as vc
from conftest import cell, frame
from valuecreation.stats import clustered_share


def test_the_table_has_the_promised_columns(small):
    assert vc.profile(small).table.columns.tolist() == ["codebook", "code", "status", "unit", "n", "N"]


def test_a_participant_counts_once_however_often_a_code_is_mentioned(small):
    assert cell(vc.profile(small), code="applied", status="experienced", unit="participants") == (1, 3)


def test_segments_are_counted_beside_participants_and_never_mixed(small):
    assert cell(vc.profile(small), code="applied", status="experienced", unit="segments") == (2, 5)


def test_an_intention_stands_apart_from_what_was_done(small):
    assert cell(vc.profile(small), code="applied", status="intention", unit="participants") == (1, 3)


def test_a_sub_code_counts_for_the_code_above_it(small):
    assert cell(vc.profile(small), code="potential", status="experienced", unit="participants") == (1, 3)


def test_every_code_and_status_has_a_row_also_when_none_was_found(small):
    table = vc.profile(small).table
    assert len(table) == 5 * 5 * 2
    assert cell(vc.profile(small), code="reframing", status="aspiration", unit="participants") == (0, 3)


def test_informants_from_outside_do_not_count_in_n_unless_asked(small):
    assert vc.profile(small).n == 3
    outside = vc.profile(small, informant="outside")
    assert cell(outside, code="applied", status="experienced", unit="participants") == (1, 1)
    everybody = vc.profile(small, informant="all")
    assert cell(everybody, code="applied", status="experienced", unit="participants") == (2, 4)


def test_groups_have_their_own_n(small):
    result = vc.profile(small, by="role_group")
    assert cell(result, code="applied", status="experienced", unit="participants", role_group="care") == (1, 2)
    assert cell(result, code="applied", status="intention", unit="participants", role_group="education") == (1, 1)


def test_months_count_who_was_heard_in_that_month(small):
    result = vc.profile(small, by="month")
    assert cell(result, code="applied", status="experienced", unit="participants", month="2025-01") == (1, 2)
    assert cell(result, code="potential", status="experienced", unit="participants", month="2025-02") == (1, 2)


def test_negative_value_is_visible_by_sign(small):
    result = vc.profile(small, by="polarity")
    assert cell(result, code="applied", status="experienced", unit="segments", polarity="-") == (1, 5)
    signs = vc.profile(small).supplements["polarity"].set_index("code")
    assert signs.loc["applied value"].tolist() == [1, 1, 0]


def test_two_groupings_can_be_crossed(small):
    result = vc.profile(small, by=["role_group", "kind"])
    assert cell(
        result, code="potential", status="experienced", unit="segments", role_group="care", kind="interview"
    ) == (1, 1)


def test_what_was_not_looked_through_is_not_in_n(small):
    less = small.replace(coverage=small.coverage[small.coverage["document_id"] != "d4"])
    assert cell(vc.profile(less), code="applied", status="experienced", unit="participants") == (1, 2)


def test_without_coverage_everything_counts_as_looked_through_and_it_says_so(small):
    result = vc.profile(small.replace(coverage=None))
    assert cell(result, code="applied", status="experienced", unit="participants") == (1, 3)
    assert any("looked through" in caution for caution in result.cautions)


def test_a_person_in_two_subgroups_counts_in_each_and_it_says_so(small):
    members = frame("participant_id subgroup\nA g1\nA g2\nB g1\nC g2")
    result = vc.profile(small.replace(memberships=members), by="subgroup")
    assert cell(result, code="applied", status="experienced", unit="participants", subgroup="g1") == (1, 2)
    assert cell(result, code="applied", status="experienced", unit="participants", subgroup="g2") == (1, 2)
    assert any("more than one subgroup" in caution for caution in result.cautions)


def test_a_group_that_is_not_stated_stands_apart(small):
    people = small.participants.assign(role_group=["care", None, "care", "care"])
    result = vc.profile(small.replace(participants=people), by="role_group")
    assert cell(result, code="applied", status="intention", unit="participants", role_group="not stated") == (1, 1)


def test_a_coding_without_status_stands_apart(small):
    codings = small.codings.assign(status=[None, *small.codings["status"][1:]])
    result = vc.profile(small.replace(codings=codings))
    assert cell(result, code="applied", status="", unit="participants") == (1, 3)
    assert any("no status" in caution for caution in result.cautions)


def test_evidence_leads_to_the_segments_behind_a_cell(small):
    found = vc.profile(small).evidence(code="applied", status="experienced")
    assert found["segment_id"].tolist() == ["s1", "s2"]
    assert found["quote"].tolist() == ["one", "two"]


def test_evidence_agrees_with_every_count_of_segments(lindehout):
    result = vc.profile(lindehout, by="role_group")
    rows = result.table[(result.table["unit"] == "segments") & (result.table["n"] > 0)]
    for row in rows.to_dict("records"):
        behind = result.evidence(**{key: row[key] for key in ("codebook", "code", "status", "role_group")})
        assert behind["segment_id"].nunique() == row["n"]


def test_evidence_agrees_with_every_count_of_participants(lindehout):
    result = vc.profile(lindehout, rule="all")
    rows = result.table[result.table["unit"] == "participants"]
    for row in rows.to_dict("records"):
        behind = result.evidence(code=row["code"], status=row["status"], unit="participants")
        assert behind["participant_id"].nunique() == row["n"]


def test_evidence_says_which_columns_and_values_there_are(small):
    with pytest.raises(vc.ValueCreationError, match="colour.*code"):
        vc.profile(small).evidence(colour="red")
    with pytest.raises(vc.ValueCreationError, match="Did you mean 'applied'"):
        vc.profile(small).evidence(code="aplied")


def test_permuting_rows_changes_nothing(lindehout):
    shuffled = lindehout.replace(
        **{
            name: lindehout[name].sample(frac=1, random_state=3)
            for name in ("codings", "segments", "documents", "coverage")
        }
    )
    pd.testing.assert_frame_equal(vc.profile(shuffled).table, vc.profile(lindehout).table)
    pd.testing.assert_frame_equal(
        vc.profile(shuffled, by="month", rule="all").table, vc.profile(lindehout, by="month", rule="all").table
    )


def test_the_top_contributor_is_counted_and_not_named(small):
    top = vc.profile(small).supplements["concentration"].set_index("code")
    assert top.loc["applied value"].tolist() == [2, 1, 2, "1.00"]
    assert not {"A", "B", "C"} & set(top.to_numpy().ravel())


def test_summary_gives_the_same_numbers_in_words(small):
    summary = vc.profile(small, language="nl").summary.set_index("code")
    assert summary.loc["toegepaste waarde", "zelf ervaren"] == "1 van 3"
    assert summary.loc["toegepaste waarde", "voornemen"] == "1 van 3"


def test_shares_and_intervals_come_only_when_asked(small):
    assert "share" not in vc.profile(small).table
    assert "low" not in vc.profile(small, shares=True).table
    wider = vc.profile(small, population="all nurses")
    assert {"share", "low", "high", "method"} <= set(wider.table.columns)
    assert any("all nurses" in caution for caution in wider.cautions)


def test_intervals_of_participants_are_wilson_or_exact(small):
    query = "code == 'applied' and status == 'experienced' and unit == 'participants'"
    wilson = vc.profile(small, population="p").table.query(query).iloc[0]
    exact = vc.profile(small, population="p", exact=True).table.query(query).iloc[0]
    assert (wilson["method"], exact["method"]) == ("Wilson", "Clopper-Pearson")
    assert exact["low"] < wilson["low"] < wilson["high"] < exact["high"]


def test_intervals_of_segments_respect_that_they_cluster(small):
    row = vc.profile(small, population="p").table.query(
        "code == 'applied' and status == 'experienced' and unit == 'segments'"
    )
    found = clustered_share([2, 0, 0], [3, 1, 1])
    assert row["low"].item() == pytest.approx(found.low)
    assert row["high"].item() == pytest.approx(found.high)


def test_an_interval_that_does_not_exist_is_empty_and_explained(small):
    alone = vc.profile(small, by="role_group", population="p")
    row = alone.table.query(
        "role_group == 'education' and unit == 'segments' and code == 'applied' and status == 'intention'"
    )
    assert row["low"].isna().all()
    assert any("at least two are needed" in caution for caution in alone.cautions)


def test_codes_outside_the_book_are_kept_after_those_of_the_book(small):
    codings = small.codings.assign(code=["lef", *small.codings["code"][1:]])
    table = vc.profile(small.replace(codings=codings)).table
    assert "lef" in set(table["code"])
    assert table["code"].iloc[0] == "immediate"


def test_missing_tables_are_named_with_what_they_are_for():
    with pytest.raises(vc.ValueCreationError, match=r"needs the table segments.*stretch of a document"):
        vc.profile(vc.Study({}))
    with pytest.raises(vc.ValueCreationError, match="value cycles"):
        vc.profile(
            vc.Study(
                {
                    "segments": frame("segment_id\ns1"),
                    "codings": frame("segment_id codebook code\ns1 biesta qualification"),
                }
            )
        )


@pytest.mark.parametrize("wrong", [{"by": "colour"}, {"rule": "nobody"}, {"informant": "ghost"}, {"language": "fr"}])
def test_wrong_choices_are_answered_with_the_right_ones(small, wrong):
    with pytest.raises(vc.ValueCreationError, match="can be"):
        vc.profile(small, **wrong)


def test_the_repr_is_stable(small):
    assert repr(vc.profile(small)) == "<Result profile: 50 rows, 3 participants, 3 cautions>"
