"""Withdrawal: words that are taken back are gone, from texts, codes and every count."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import valuecreation as vc
from conftest import cell, frame

_OTHERS = "".join(f"{person} all report 2025-01-01\n" for person in "ABCX")


def withdrawn(small: vc.Study, rows: str) -> vc.Study:
    return small.replace(consents=frame("participant_id document_id scope date\n" + _OTHERS + rows))


def test_counts_are_made_anew_also_before_the_words_are_removed(small):
    study = withdrawn(small, "A d1 withdrawn 2025-03-01")
    assert cell(vc.profile(study), code="applied", status="experienced", unit="participants") == (0, 3)
    assert any("withdrawn" in caution for caution in vc.profile(study).cautions)


def test_removing_takes_texts_segments_and_codings_and_keeps_the_row(small):
    study = vc.remove_withdrawn(withdrawn(small, "A d1 withdrawn 2025-03-01"))
    assert study.documents.set_index("document_id")["text"].isna().to_dict()["d1"]
    assert len(study.documents) == 5
    assert study.segments["segment_id"].tolist() == ["s3", "s4", "s5", "s6"]
    assert study.codings["segment_id"].tolist() == ["s3", "s4", "s6"]
    assert study.check()["severity"].tolist() == ["note"]


def test_before_and_after_removal_the_counts_are_the_same(lindehout):
    consents = pd.concat(
        [lindehout.consents, frame("participant_id document_id scope date\nP05 all withdrawn 2026-01-01")]
    )
    study = lindehout.replace(consents=consents)
    pd.testing.assert_frame_equal(vc.profile(study).table, vc.profile(vc.remove_withdrawn(study)).table)


def test_all_takes_everything_of_a_person(small):
    study = vc.remove_withdrawn(withdrawn(small, "A all withdrawn 2025-03-01"))
    assert set(study.segments["document_id"]) == {"d2", "d4", "d5"}


def test_in_a_group_interview_only_the_words_of_who_withdrew_are_blotted_out():
    text = "A: geheim werk\nB: blijft staan"
    documents = pd.DataFrame({"document_id": ["g1"], "text": [text]})
    segments = pd.DataFrame(
        {
            "segment_id": ["s1", "s2"],
            "document_id": ["g1", "g1"],
            "start": [3, 18],
            "end": [14, 30],
            "quote": ["geheim werk", "blijft staan"],
            "participant_id": ["A", "B"],
        }
    )
    consents = frame("participant_id document_id scope\nA g1 withdrawn")
    study = vc.Study({"documents": documents, "segments": segments, "consents": consents})
    assert study.check()["message"].str.contains("its words are still here").any()
    cleaned = vc.remove_withdrawn(study)
    assert cleaned.documents["text"].tolist() == ["A: ███████████\nB: blijft staan"]
    assert cleaned.segments["quote"].tolist() == ["blijft staan"]
    assert cleaned.check().empty


def test_nothing_happens_to_who_withdrew_nothing(small):
    assert vc.remove_withdrawn(small).equals(small)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ABCX"), st.sampled_from(["all", "d1", "d2", "d3", "d4", "d5"])), max_size=4))
def test_removing_twice_is_removing_once_and_no_withdrawn_word_is_left(pairs):
    text = "een twee drie"
    documents = pd.DataFrame(
        {"document_id": [f"d{i}" for i in range(1, 6)], "participant_id": list("ABACX"), "text": [text] * 5}
    )
    segments = pd.DataFrame(
        {
            "segment_id": [f"s{i}" for i in range(1, 6)],
            "document_id": documents["document_id"],
            "start": 4,
            "end": 8,
            "quote": "twee",
        }
    )
    consents = pd.DataFrame(pairs, columns=["participant_id", "document_id"]).assign(
        scope="withdrawn", date="2025-01-01"
    )
    study = vc.Study({"documents": documents, "segments": segments, "consents": consents})
    once = vc.remove_withdrawn(study)
    assert vc.remove_withdrawn(once).equals(once)
    assert not once.check()["message"].str.contains("still here").any()
    taken = {(person, document) for person, document in pairs}
    for row in once.documents.itertuples():
        gone = (row.participant_id, row.document_id) in taken or (row.participant_id, "all") in taken
        assert pd.isna(row.text) == gone
