"""Withdrawal under stubborn circumstances: doubtful dates, slips of spelling, group texts, broken rows. Each once was a fault."""

import pandas as pd
import pytest

import valuecreation as vc
from conftest import folder, frame

CONSENTS = "participant_id,document_id,scope,date\n"
DOCUMENT = "document_id,participant_id,text\nd1,p1,geheim\n"


@pytest.mark.parametrize(
    "rows",
    [
        "p1,all,publication,2-3-2025\np1,all,withdrawn,1-4-2025\n",
        "p1,all,publication,2025-05-01\np1,all,withdrawn,13-05-2025\n",
        "p1,all,publication,2025-05-01\np1,all,withdrawn,\n",
        "p1,all,publication,2025-05-01\np1,all,withdrawn,2025-05-01\n",
        "p1,all,withdrawn,2025-05-02\np1,all,publication,2025-05-01\n",
        "p1,All,ingetrokken,2025-05-02\n",
        "p1,d1,withdrawn ,2025-05-02\n",
        ",d1,withdrawn,2025-05-02\n",
        "p1,all,report,2025-06-01\np1,d1,withdrawn,2025-05-02\n",
    ],
)
def test_a_withdrawal_is_honoured_also_when_its_date_or_spelling_is_in_doubt(tmp_path, rows):
    study = vc.read_study(folder(tmp_path, documents=DOCUMENT, consents=CONSENTS + rows))
    assert vc.remove_withdrawn(study).documents["text"].isna().all()
    assert study.check()["message"].str.contains("its words are still here").any()


@pytest.mark.parametrize(
    "rows",
    [
        "p1,all,withdrawn,2025-05-01\np1,all,report,2025-05-02\n",
        "p1,all,withdrawn,2025-05-02\np1,d1,report,2025-05-01\n",
    ],
)
def test_who_comes_back_on_a_withdrawal_is_heard_too(tmp_path, rows):
    study = vc.read_study(folder(tmp_path, documents=DOCUMENT, consents=CONSENTS + rows))
    assert vc.remove_withdrawn(study).documents["text"].tolist() == ["geheim"]


def test_a_withdrawal_without_a_readable_day_is_a_finding(tmp_path):
    rows = "p1,all,publication,2025-05-01\np1,all,withdrawn,\n"
    found = vc.read_study(folder(tmp_path, documents=DOCUMENT, consents=CONSENTS + rows)).check()
    assert found["message"].str.contains("The withdrawal is honoured").any()


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({"Documents.csv": DOCUMENT}, "Documents.csv"),
        (
            {"documents.csv": "document_id,participant_id,file\nd1,p1,texts\\a.txt\n", "texts/a.txt": "geheim"},
            "texts/a.txt",
        ),
    ],
)
def test_a_rewritten_study_leaves_no_withdrawn_words_whatever_the_spelling_of_the_file(tmp_path, files, name):
    (tmp_path / "texts").mkdir()
    folder(tmp_path, consents=CONSENTS + "p1,all,withdrawn,2025-05-01\n", **files)
    study = vc.read_study(tmp_path)
    assert study.documents["text"].tolist() == ["geheim"]
    vc.write_study(vc.remove_withdrawn(study), tmp_path, overwrite=True)
    assert b"geheim" not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "rows",
    [
        "p1 ,all,withdrawn,2025-05-02\n",
        "P1,all,withdrawn,2025-05-02\n",
        "p1,D1,withdrawn,2025-05-02\n",
        "p1,all,withdrawn\u200b,2025-05-02\n",
        "p1,all,withdrawn.,2025-05-02\n",
        "p1,all,ingetrokken op 1 mei,2025-05-02\n",
        "p1,d9|d1,withdrawn,2025-05-02\n",
        ",d1,withdrawn,2025-05-02\n",
    ],
)
def test_a_withdrawal_is_honoured_whatever_its_spelling(tmp_path, rows):
    study = vc.read_study(folder(tmp_path, documents=DOCUMENT, consents=CONSENTS + rows))
    assert vc.remove_withdrawn(study).documents["text"].isna().all()


def group_text(segments: str) -> vc.Study:
    documents = pd.DataFrame({"document_id": ["g1"], "text": ["geheim en open"]})
    consents = frame("participant_id document_id scope\np1 all withdrawn")
    return vc.Study({"documents": documents, "segments": frame(segments), "consents": consents})


@pytest.mark.parametrize("offsets", ["0 6", ". .", "0 600", "10 14", "nul 6"])
def test_the_words_of_one_speaker_go_from_a_group_text_also_when_offsets_are_wrong(offsets):
    study = group_text(
        f"segment_id document_id participant_id start end quote\ns1 g1 p1 {offsets} geheim\ns2 g1 p2 10 14 open"
    )
    cleaned = vc.remove_withdrawn(study)
    assert cleaned.documents["text"].tolist() == ["██████ en open"]
    assert cleaned.segments["quote"].tolist() == ["open"]


def test_a_longer_quote_around_withdrawn_words_is_blotted_too():
    study = group_text(
        "segment_id document_id participant_id start end quote\ns1 g1 p1 0 6 geheim\ns2 g1 p2 0 14 geheim~en~open"
    )
    cleaned = vc.remove_withdrawn(study)
    assert cleaned.segments["quote"].tolist() == ["██████ en open"]
    assert cleaned.check().empty


def test_a_withdrawn_segment_that_stands_nowhere_needs_a_person():
    with pytest.raises(vc.ValueCreationError, match="Segment s1 was withdrawn, and neither"):
        vc.remove_withdrawn(group_text("segment_id document_id participant_id\ns1 g1 p1"))


def test_removal_works_row_by_row_also_when_ids_are_doubled_or_empty():
    documents = pd.DataFrame(
        {"document_id": ["g1", "g1", None, None], "text": ["geheim en open", "geheim twee", "zonder", "ook zonder"]}
    )
    segments = frame("segment_id document_id participant_id start end quote\ns1 g1 p1 0 6 geheim")
    consents = frame("participant_id document_id scope\np1 all withdrawn")
    cleaned = vc.remove_withdrawn(vc.Study({"documents": documents, "segments": segments, "consents": consents}))
    assert cleaned.documents["text"].tolist() == ["██████ en open", "██████ twee", "zonder", "ook zonder"]


def test_withdrawn_words_do_not_stay_in_columns_that_a_broken_row_made(tmp_path):
    content = "document_id,participant_id,text\nd1,p1,Mijn baas, Kees, drinkt\n"
    study = vc.read_study(folder(tmp_path, documents=content, consents=CONSENTS + "p1,all,withdrawn,2025-05-01\n"))
    assert "Kees" not in vc.remove_withdrawn(study).documents.to_string()
