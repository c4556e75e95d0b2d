"""Triangulation: places by eye, who lacks a place left out, and absence that contradicts nothing."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import valuecreation as vc
from conftest import cell, frame


def places() -> vc.Study:
    """A, B, C have a diary and an interview, D a diary only, E an observation; diaries of A and C were prompted."""
    documents = frame(
        """
        document_id kind            participant_id date       prompted
        a1          diary           A              2025-01-10 yes
        a2          interview       A              2025-03-01 yes
        b1          diary           B              2025-01-20 no
        b2          interview       B              2025-03-02 yes
        c1          diary           C              2025-01-30 yes
        c2          group_interview .              2025-03-03 yes
        d1          diary           D              2025-01-31 no
        e1          observation     E              2025-02-01 no
        """
    )
    segments = frame(
        """
        segment_id document_id participant_id
        a1s        a1          .
        a2s        a2          .
        b1s        b1          .
        b2s        b2          .
        c1s        c1          .
        c2s        c2          C
        d1s        d1          .
        e1s        e1          .
        """
    )
    codings = frame(
        """
        segment_id codebook code      coder status      polarity
        a1s        vcf-2011 applied   c1    experienced +
        a2s        vcf-2011 applied   c1    reported    -
        b1s        vcf-2011 applied   c1    intention   +
        b2s        vcf-2011 applied   c1    experienced +
        c1s        vcf-2011 potential c1    experienced +
        d1s        vcf-2011 applied   c1    experienced +
        """
    )
    coverage = pd.DataFrame({"coder": "c1", "document_id": documents["document_id"], "codebook": "vcf-2011"})
    return vc.Study({"documents": documents, "segments": segments, "codings": codings, "coverage": coverage})


@pytest.fixture
def two_places() -> vc.Study:
    return places()


def counts(result: vc.Result, code: str) -> list[int]:
    return result.table.query("code == @code")["n"].tolist()


def test_each_participant_is_in_one_of_four_places(two_places):
    result = vc.triangulate(two_places)
    assert counts(result, "applied") == [1, 0, 1, 1]
    assert counts(result, "potential") == [0, 1, 0, 2]
    assert (result.table.groupby("code")["n"].sum() == result.n).all()


def test_who_has_only_one_place_is_left_out_and_counted_apart(two_places):
    result = vc.triangulate(two_places)
    assert result.n == 3
    assert any("only one of the two: 1." in caution for caution in result.cautions)
    assert result.supplements["places"]["participants"].tolist() == [3, 1, 0]


def test_a_speaker_in_a_group_interview_has_an_interview(two_places):
    assert cell(vc.triangulate(two_places), code="potential", where="first_only") == (1, 3)


def test_what_nobody_looked_through_is_not_collected(two_places):
    unread = two_places.replace(coverage=two_places.coverage.query("document_id != 'b2'"))
    assert vc.triangulate(unread).n == 2


def test_an_intention_is_not_found_unless_asked(two_places):
    assert counts(vc.triangulate(two_places, status="intention"), "applied") == [0, 1, 0, 2]


def test_prompted_stands_apart_from_spontaneous(two_places):
    result = vc.triangulate(two_places, "prompted")
    assert result.n == 1
    assert counts(result, "applied") == [0, 0, 1, 0]


def test_before_and_after_divide_at_a_day(two_places):
    assert counts(vc.triangulate(two_places, "date", at="2025-03-01"), "applied") == [1, 0, 1, 1]
    assert vc.triangulate(two_places, "date", at="2025-03-02").n == 2


def test_a_date_that_can_fall_on_either_side_is_left_out():
    documents = frame("document_id participant_id date\nd1 A 2025-01\nd2 A 2025-01-20\nd3 A 2025-01-02")
    segments = frame("segment_id document_id\ns1 d1\ns2 d2\ns3 d3")
    codings = frame("segment_id codebook code coder status polarity\ns1 vcf-2011 applied c1 experienced +")
    result = vc.triangulate(
        vc.Study({"documents": documents, "segments": segments, "codings": codings}), "date", at="2025-01-15"
    )
    assert counts(result, "applied") == [0, 0, 0, 1]
    assert any(caution.startswith("1 segments have no date") for caution in result.cautions)


def test_it_says_that_absence_is_no_contradiction_and_gives_no_coefficient(two_places):
    for language, words in (("en", "Absence is no contradiction"), ("nl", "Afwezigheid is geen tegenspraak")):
        result = vc.triangulate(two_places, language=language)
        assert result.cautions[0].startswith(words)
    assert not {"kappa", "alpha", "percent", "share"} & set(result.table.columns)


def test_evidence_shows_both_places_and_nothing_where_nothing_is(two_places):
    result = vc.triangulate(two_places)
    both = result.evidence(code="applied", where="both")
    assert both[["side", "segment_id"]].to_numpy().tolist() == [["log", "a1s"], ["interview", "a2s"]]
    assert result.evidence(code="applied", where="neither").empty


def test_people_are_listed_only_for_the_researchers_desk(two_places):
    assert "participants" not in vc.triangulate(two_places).supplements
    listed = vc.triangulate(two_places, people=True)
    table = listed.supplements["participants"]
    assert table["participant"].tolist() == ["A", "B", "C"]
    assert table["applied value"].tolist() == ["log and interview", "interview only", "neither"]
    assert any("desk" in caution for caution in listed.cautions)


def test_withdrawn_words_make_no_place(two_places):
    consents = frame("participant_id document_id scope date\nA a2 withdrawn 2025-04-01")
    assert vc.triangulate(two_places.replace(consents=consents)).n == 2


@settings(max_examples=10, deadline=None)
@given(st.randoms())
def test_the_order_of_rows_changes_nothing(random):
    study = places()
    order = list(range(len(study.codings)))
    random.shuffle(order)
    shuffled = study.replace(codings=study.codings.iloc[order], segments=study.segments.iloc[::-1])
    pd.testing.assert_frame_equal(vc.triangulate(shuffled).table, vc.triangulate(study).table)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"between": "log"}, "can be"),
        ({"between": "date"}, "at='2025-01-31'"),
        ({"at": "2025-01-01"}, "add between='date'"),
        ({"between": "date", "at": "1-2-2025"}, "is no day"),
        ({"status": "done"}, "can be"),
    ],
)
def test_wrong_choices_are_answered_in_words(two_places, options, words):
    with pytest.raises(vc.ValueCreationError, match=words):
        vc.triangulate(two_places, **options)


def test_the_figure_says_in_words_what_it_shows(two_places):
    figure = vc.triangulate(two_places, language="nl").plot()
    assert "logboek en interview 1, alleen logboek 0, alleen interview 1, geen van beide 1" in figure.text
    alone = two_places.replace(documents=two_places.documents.assign(kind="diary"))
    with pytest.raises(vc.ValueCreationError, match="nobody has material in both places"):
        vc.triangulate(alone).plot()


def test_evidence_agrees_with_the_counts(lindehout):
    result = vc.triangulate(lindehout)
    for row in result.table.query("where != 'neither'").to_dict("records"):
        behind = result.evidence(code=row["code"], where=row["where"])
        assert behind["participant_id"].nunique() == row["n"]
