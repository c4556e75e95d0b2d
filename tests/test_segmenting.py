"""Segmentation: sentences as people write them, stable ids, and cutting anew that moves only what is certain."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import valuecreation as vc
from conftest import frame
from valuecreation.text import split


def cut(text: str, by: str = "sentence", language: str = "nl") -> list[str]:
    return [text[start:end] for start, end in split(text, by, language)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Druk. Maar goed.", ["Druk.", "Maar goed."]),
        ("Met o.a. Wil en dhr. Bos, d.w.z. het team.", ["Met o.a. Wil en dhr. Bos, d.w.z. het team."]),
        ("Koffie, thee, enz. Daarna pas werk.", ["Koffie, thee, enz.", "Daarna pas werk."]),
        ("Koffie, thee enz. en koek.", ["Koffie, thee enz. en koek."]),
        ("Om 10.30 u. was het 3.5 graden. Koud!", ["Om 10.30 u. was het 3.5 graden.", "Koud!"]),
        ("Mw. J. de Wit kwam. Ze bleef.", ["Mw. J. de Wit kwam.", "Ze bleef."]),
        ("ging goed. was moe", ["ging goed.", "was moe"]),
        ("Nou... ik weet niet... Toch wel.", ["Nou... ik weet niet...", "Toch wel."]),
        ("'Stop!' zei hij. \"Kom maar.\" Dus ik ging.", ["'Stop!' zei hij.", '"Kom maar."', "Dus ik ging."]),
        ("Echt?! Ja.", ["Echt?!", "Ja."]),
        (
            "Geleerd:\n- vragen stellen. Eerst.\n- dan bellen",
            ["Geleerd:", "- vragen stellen.", "Eerst.", "- dan bellen"],
        ),
        ("1. Eerst bellen.\n2. Dan gaan.", ["1. Eerst bellen.", "2. Dan gaan."]),
        ("Een zin die\nop twee regels staat. Klaar.", ["Een zin die\nop twee regels staat.", "Klaar."]),
        ("Kop zonder punt\n\nEn dan verder.", ["Kop zonder punt", "En dan verder."]),
        ("😅. Ja. 👍", ["😅.", "Ja. 👍"]),
        ("Leuk. 😅 Druk ook! 🙂🙂 ja", ["Leuk. 😅", "Druk ook! 🙂🙂", "ja"]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text, pieces):
    assert cut(text) == pieces


def test_each_language_has_its_own_abbreviations():
    text = "See e.g. Fig. 3. It was 3 p.m. We left."
    assert cut(text, language="en") == ["See e.g. Fig. 3.", "It was 3 p.m.", "We left."]


def test_paragraphs_end_at_a_blank_line_and_an_entry_is_all_of_it():
    text = "  een\ntwee\n \n\ndrie \n"
    assert cut(text, "paragraph") == ["een\ntwee", "drie"]
    assert cut(text, "entry") == ["een\ntwee\n \n\ndrie"]
    assert cut(" \n ", "entry") == []


def test_turns_leave_labels_out():
    assert cut("I: hoe?\nR: zo.\nGoed.", "turn") == ["hoe?", "zo.\nGoed."]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from([*"abA1.!?…\"')- \n", "o.a. ", "Dhr. ", "😅", "\n\n", "\n- ", "enz. "]), max_size=40).map(
        "".join
    ),
    st.sampled_from(["sentence", "paragraph", "entry"]),
)
def test_every_word_is_in_exactly_one_piece_and_pieces_have_no_loose_ends(text, by):
    pieces = split(text, by)
    inside = set()
    for start, end in pieces:
        assert text[start:end].strip() == text[start:end] != ""
        assert not inside & set(range(start, end))
        inside |= set(range(start, end))
    assert pieces == sorted(pieces)
    assert all(place in inside for place, sign in enumerate(text) if not sign.isspace())


@pytest.fixture
def texts() -> vc.Study:
    documents = pd.DataFrame(
        {"document_id": ["d1", "d2"], "text": ["Druk. Maar 😅 goed.", "Nou. Ja."], "participant_id": ["A", "B"]}
    )
    return vc.Study({"documents": documents})


def test_ids_depend_on_the_text_alone_and_a_second_time_adds_nothing(texts):
    both = vc.segment(texts)
    assert both.segments["segment_id"].tolist() == ["d1-s00000", "d1-s00006", "d2-s00000", "d2-s00005"]
    one = vc.segment(texts, documents=["d2"])
    assert one.segments["segment_id"].tolist() == ["d2-s00000", "d2-s00005"]
    assert vc.segment(both).equals(both)
    assert not both.check()["severity"].eq("error").any()


def test_a_study_can_be_cut_in_two_ways_beside_each_other(texts):
    both = vc.segment(vc.segment(texts), "entry")
    assert both.segments["segmentation"].value_counts().to_dict() == {"sentence": 4, "entry": 2}


def test_sentences_lie_within_turns_and_have_their_speaker():
    text = "I: Hoe was het? Echt?\nFenna: Druk. Maar goed.\nI: O.\nFenna: Ja."
    study = vc.Study({"documents": pd.DataFrame({"document_id": ["d"], "text": [text]})})
    with pytest.raises(vc.ValueCreationError, match="Say who they are"):
        vc.segment(study, "turn")
    turns = vc.segment(study, "turn", speakers={"I": None, "Fenna": "P05"})
    assert turns.segments["quote"].tolist() == ["Druk. Maar goed.", "Ja."]
    sentences = vc.segment(turns).segments.query("segmentation == 'sentence'")
    assert sentences["quote"].tolist() == ["Druk.", "Maar goed.", "Ja."]
    assert set(sentences["participant_id"]) == {"P05"}


def test_what_was_withdrawn_is_not_cut(texts):
    consents = frame("participant_id document_id scope date\nA all withdrawn 2025-01-01")
    assert set(vc.segment(texts.replace(consents=consents)).segments["document_id"]) == {"d2"}


def test_a_segment_of_the_same_id_and_another_span_is_refused(texts):
    cut_before = vc.segment(texts)
    changed = cut_before.replace(documents=texts.documents.assign(text=["Druk! Nu. Maar", "Nou. Ja."]))
    with pytest.raises(vc.ValueCreationError, match="text has changed"):
        vc.segment(changed)


@pytest.fixture
def coded(texts) -> vc.Study:
    """Entries of d1 (coded by one) and d2 (coded by two), sentences coded in neither."""
    study = vc.segment(texts, "entry")
    codings = frame(
        """
        segment_id codebook code    coder status      polarity
        d1-e00000  vcf-2011 applied one   experienced +
        d2-e00000  vcf-2011 applied two   experienced +
        """
    )
    coverage = frame("coder document_id segmentation codebook\none d1 entry vcf-2011\ntwo d2 entry vcf-2011")
    return study.replace(codings=codings, coverage=coverage)


def test_cutting_anew_says_which_codings_it_touches(coded):
    found = vc.touched(coded, "entry", "sentence")
    assert found["relation"].tolist() == ["split", "split"]
    assert found["new_segments"][0] == ("d1-s00000", "d1-s00006")
    assert vc.touched(coded, "entry", "paragraph")["relation"].tolist() == ["same", "same"]


def test_a_coding_moves_by_itself_only_where_that_is_certain(coded):
    moved = vc.resegment(coded, "entry", "paragraph")
    assert moved.codings["segment_id"].tolist() == ["d1-p00000", "d2-p00000"]
    assert set(moved.segments["segmentation"]) == {"paragraph"}
    assert set(moved.coverage["segmentation"]) == {"paragraph"}
    with pytest.raises(vc.ValueCreationError, match="2 segments with codings") as asked:
        vc.resegment(coded, "entry", "sentence")
    assert asked.value.undecided["quote"].tolist() == ["Druk. Maar 😅 goed.", "Nou. Ja."]


def test_a_person_says_where_the_rest_goes(coded):
    where = {"d1-e00000": ["d1-s00000", "d1-s00006"], "d2-e00000": "d2-s00005"}
    moved = vc.resegment(coded, "entry", "sentence", where)
    assert moved.codings[["segment_id", "coder"]].to_numpy().tolist() == [
        ["d1-s00000", "one"], ["d1-s00006", "one"], ["d2-s00005", "two"],
    ]  # fmt: skip
    with pytest.raises(vc.ValueCreationError, match="new segment for d1-e00000"):
        vc.resegment(coded, "entry", "sentence", {**where, "d1-e00000": ["d2-s00000"]})


def test_sentences_go_into_the_paragraph_that_holds_them(coded):
    sentences = vc.resegment(coded, "entry", "sentence", {"d1-e00000": ["d1-s00000"], "d2-e00000": []})
    whole = vc.resegment(sentences, "sentence", "paragraph")
    assert vc.touched(sentences, "sentence", "paragraph")["relation"].tolist() == ["within"]
    assert whole.codings["segment_id"].tolist() == ["d1-p00000"]


@pytest.mark.parametrize("wrong", [{"by": "word"}, {"documents": ["d9"]}])
def test_wrong_choices_are_answered_with_the_right_ones(texts, wrong):
    with pytest.raises(vc.ValueCreationError, match="can be"):
        vc.segment(texts, **wrong)


def test_an_example_study_is_cut_into_sentences_that_stand_where_they_say(lindehout):
    made = vc.segment(lindehout).segments.query("segmentation == 'sentence'")
    texts = lindehout.documents.set_index("document_id")["text"]
    assert len(made) > 1000
    assert all(texts[row.document_id][row.start : row.end] == row.quote for row in made.itertuples(index=False))
