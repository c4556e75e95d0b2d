"""The coding widget, without a browser: messages are answered, acts reach the disk, and its words are all there."""

import re
from pathlib import Path

import pandas as pd
import pytest

import valuecreation as vc
from valuecreation.errors import DecisionNeeded, MissingTable, UnknownName
from valuecreation.words import load_data

WIDGETS = Path(vc.__file__).parent / "widgets"


@pytest.fixture
def talking(tmp_path, lindehout):
    """Return a widget on two documents and the function that sends it a message and returns the answer."""
    coder = vc.code(lindehout, "anna", ["P01-i1", "P01-d01"], language="nl", folder=tmp_path)
    answers = []
    coder.send = lambda content, buffers=None: answers.append(content)

    def say(what, **asked):
        coder._handle_custom_msg({"number": len(answers) + 1, "what": what, **asked}, [])
        assert answers[-1]["number"] == len(answers)
        return answers[-1]

    return coder, say


def test_every_word_of_the_page_is_there_in_both_languages():
    words = load_data("widgets/coder.yaml")
    page = (WIDGETS / "coder.js").read_text(encoding="utf-8")
    used = set(re.findall(r"\bw\.([a-z_]+)", page)) | set(re.findall(r"this\.w\??\.([a-z_]+)", page))
    assert used <= set(words)
    assert set(words) - used <= {"level", "beneficiary", "evidence", "horizon", "strength"}
    for name, text in words.items():
        assert isinstance(name, str)
        assert set(text) == {"en", "nl"}
        assert re.findall(r"\{\w+\}", text["en"]).sort() == re.findall(r"\{\w+\}", text["nl"]).sort()


def test_the_page_gets_the_text_the_segments_and_the_books_and_nothing_of_others(talking):
    coder, say = talking
    answer = say("hello")
    assert [book["name"] for book in answer["all"]["books"]] == ["vcf-2011", "biesta"]
    opened = answer["opened"]
    assert opened["document"] == "P01-i1"
    for one in opened["segments"]:
        quote = opened["text"][one["start"] : one["end"]]
        assert quote == coder.desk.segments[one["id"]]["quote"]
        assert one["codings"] == []
        assert set(one) == {"id", "start", "end", "speaker", "selection", "codings", "memo"}
    assert "coder-1" not in str(answer)
    assert "agreed" not in str(answer["opened"])


def test_a_choice_is_answered_with_its_hint_and_is_on_disk(talking):
    coder, say = talking
    segment = say("hello")["opened"]["segments"][0]["id"]
    answer = say("code", segment_id=segment, codebook="vcf-2011", code="applied", status="experienced")
    assert answer["put"][0]["codings"][0]["label"] == "toegepaste waarde"
    assert set(answer["remarks"]) == {segment}
    assert coder.path.read_text(encoding="utf-8").count("\n") == 1
    assert say("undo")["put"][0]["codings"] == []
    assert say("redo")["put"][0]["codings"][0]["status"] == "experienced"
    assert say("state-of-things")["refused"].startswith("act 'state-of-things' is not known")


def test_a_boundary_hint_stands_beside_the_choice_and_changes_no_code(tmp_path):
    text = "Ik zou de kaart willen gebruiken bij de overdracht."
    documents = pd.DataFrame({"document_id": ["d"], "language": ["nl"], "text": [text]})
    coder = vc.code(vc.segment(vc.Study({"documents": documents})), "anna", language="nl", folder=tmp_path)
    answers = []
    coder.send = lambda content, buffers=None: answers.append(content)
    asked = {"segment_id": "d-s00000", "codebook": "vcf-2011", "code": "applied", "status": "experienced"}
    coder._handle_custom_msg({"number": 1, "what": "code", **asked}, [])
    assert answers[0]["remarks"]["d-s00000"][0]["found"] == ["Ik zou"]
    assert answers[0]["put"][0]["codings"][0]["status"] == "experienced"


def test_a_reading_is_declared_before_a_domain_is_given(talking):
    _, say = talking
    segment = say("hello")["opened"]["segments"][0]["id"]
    asked = {"segment_id": segment, "codebook": "biesta", "code": "subjectification"}
    assert say("code", **asked)["refused"].startswith("Kies eerst de lezing van")
    assert say("reading", book="biesta", reading="WSD-2018")["state"]["readings"] == {"biesta": "WSD-2018"}
    assert say("code", **asked)["put"][0]["codings"][0]["reading"] == "WSD-2018"


def test_an_undo_goes_to_the_document_of_its_act(talking):
    _, say = talking
    opened = say("turn_to", document="P01-d01")["opened"]
    say("code", segment_id=opened["segments"][0]["id"], codebook="vcf-2011", code="immediate")
    say("turn_to", document="P01-i1")
    answer = say("undo")
    assert answer["opened"]["document"] == "P01-d01"
    assert answer["active"] == opened["segments"][0]["id"]


def test_the_comparison_shows_the_others_and_settling_needs_a_reason(talking):
    coder, say = talking
    say("hello")
    say("finish", document="P01-i1", segmentation="turn", codebooks=["vcf-2011"])
    opened = say("open", document="P01-i1")["opened"]
    assert {"coder-1", "coder-2"} <= set(opened["segments"][0]["others"])
    disputed = [segment for book, segment in opened["state"]["disputed"] if book == "vcf-2011"]
    asked = {"segment_id": disputed[0], "codebook": "vcf-2011", "codes": [{"code": "applied", "status": "reported"}]}
    assert say("settle", **asked, why="")["refused"].startswith("Zeg in een paar woorden waarom")
    answer = say("settle", **asked, why="Zij zag het haar doen.")
    agreed = answer["put"][0]["agreed"]
    assert [(one["code"], one["status"], one["decided_by"]) for one in agreed] == [("applied", "reported", "anna")]
    assert ["vcf-2011", disputed[0]] not in answer["state"]["disputed"]
    assert coder.study.coverage.query("coder == 'anna' and document_id == 'P01-i1'")["blind"].tolist() == [True]


def test_a_code_of_our_own_is_in_the_book_at_once(talking):
    coder, say = talking
    say("hello")
    asked = {"codebook": "vcf-2011", "code": "rust", "parent": "realised", "label": {"nl": "rust"}}
    assert "één zin" in say("add_code", **asked, definition={"nl": ""})["refused"]
    answer = say("add_code", **asked, definition={"nl": "Het is rustiger dan eerst."})
    assert "realised.rust" in [code["code"] for code in answer["books"][0]["codes"]]
    assert "realised.rust" in coder.study.codebook("vcf-2011")


def test_a_selection_and_a_memo_come_back_in_the_page(talking):
    _, say = talking
    say("hello")
    answer = say("select", document="P01-i1", start=60, end=80)
    selected = answer["put"][0]
    assert selected["selection"]
    answer = say("remark", document="P01-i1", start=selected["start"], end=selected["end"], text="Vraag dit na.")
    assert [one["memo"] for one in answer["put"] if one["id"] == selected["id"]] == ["Vraag dit na."]
    say("undo")
    assert say("undo")["gone"] == [selected["id"]]


def test_words_that_were_withdrawn_are_not_on_the_desk(lindehout, tmp_path):
    coder = vc.code(lindehout, "anna", folder=tmp_path)
    kept = vc.remove_withdrawn(lindehout)
    assert set(coder.documents) == set(kept.documents.dropna(subset=["text"])["document_id"])
    assert set(coder.desk.segments) <= set(kept.segments["segment_id"])


def test_the_twin_stands_still_and_says_the_same(talking):
    coder, say = talking
    segment = say("hello")["opened"]["segments"][0]["id"]
    say("code", segment_id=segment, codebook="vcf-2011", code="applied", status="intention", polarity="+")
    twin = coder.twin()
    assert repr(twin).startswith("<Twin of P01-i1: 1 of ")
    page = twin._repr_html_()
    assert "<strong>toegepaste waarde</strong> (voornemen, leverde iets op)" in page
    assert '<th scope="col"' in page
    assert "<script" not in page


def test_its_repr_is_the_same_each_time(lindehout, tmp_path):
    named = [repr(vc.code(lindehout, "anna", "P01-i1", folder=tmp_path)) for _ in range(2)]
    assert named == ["<Coder anna on lindehout: 1 documents, vcf-2011, biesta>"] * 2


def test_what_cannot_be_is_said_before_anything_opens(lindehout, tmp_path):
    with pytest.raises(DecisionNeeded, match="name of who codes"):
        vc.code(lindehout, "agreed", folder=tmp_path)
    with pytest.raises(UnknownName, match="document with a text"):
        vc.code(lindehout, "anna", documents="P99", folder=tmp_path)
    with pytest.raises(UnknownName, match="codebook"):
        vc.code(lindehout, "anna", codebooks=["vcf-2099"], folder=tmp_path)
    with pytest.raises(UnknownName, match="way in which P01-i1 was cut"):
        vc.code(lindehout, "anna", documents="P01-i1", segmentation="zin", folder=tmp_path)
    with pytest.raises(MissingTable, match="takes a study"):
        vc.code("data/lindehout", "anna")
    assert list(tmp_path.iterdir()) == []


def test_segments_that_cannot_be_placed_are_counted_and_the_others_are_there(tmp_path):
    documents = pd.DataFrame({"document_id": ["d"], "text": ["Een twee drie."]})
    columns = {"segment_id": ["a", "b", None], "document_id": "d", "segmentation": "turn", "start": ["0", "x", "4"]}
    segments = pd.DataFrame({**columns, "end": ["3", "8", "8"]})
    coder = vc.code(vc.Study({"documents": documents, "segments": segments}), "anna", folder=tmp_path)
    answers = []
    coder.send = lambda content, buffers=None: answers.append(content)
    coder._handle_custom_msg({"number": 1, "what": "hello"}, [])
    assert answers[0]["all"]["left_out"] == 2
    assert [one["id"] for one in answers[0]["opened"]["segments"]] == ["a"]


def test_passages_that_two_coders_marked_themselves_are_compared_as_passages(tmp_path):
    text = "Een lange zin over de kaart die werkt. En nog een zin over de koffie. " * 4
    study = vc.Study({"documents": pd.DataFrame({"document_id": ["d"], "text": [text]})})
    for who, end in (("anna", 38), ("bram", 30)):
        coder = vc.code(study, who, codebooks="vcf-2011", folder=tmp_path)
        change = coder.act("select", document="d", start=0, end=end)[0]
        coder.act("code", segment_id=change.key[0], codebook="vcf-2011", code="applied", status="experienced")
        coder.act("finish", document="d", segmentation=None, codebooks="vcf-2011")
    found = vc.coded(study, folder=tmp_path)
    assert found.segments["made_by"].tolist() == ["anna", "bram"]
    assert "unitizing" in vc.agreement(found, resamples=10).supplements
