"""Writing: whole or not at all, never over something else, and back exactly as it was."""

import json
import os

import pandas as pd
import pytest

import valuecreation as vc
from valuecreation.errors import UnwritableStudy

EXAMPLES = ["lindehout", "nijmegen-2020", "werkplaatsen-2018"]


@pytest.mark.parametrize("form", ["folder", "study.xlsx"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_comes_back_exactly(tmp_path, name, form):
    study = vc.load_example(name)
    vc.write_study(study, tmp_path / form)
    again = vc.read_study(tmp_path / form)
    assert again.equals(study)
    assert again.name == study.name
    assert dict(again.about) == dict(study.about)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_shipped_files_are_what_write_study_writes(tmp_path, name):
    from valuecreation.io.examples import example_path

    vc.write_study(vc.load_example(name), tmp_path / name)
    for written in (tmp_path / name).rglob("*"):
        if written.is_file():
            shipped = example_path(name) / written.relative_to(tmp_path / name)
            assert shipped.read_bytes() == written.read_bytes(), shipped.name


def test_a_second_writing_is_the_same_to_the_byte(tmp_path, small):
    vc.write_study(small, tmp_path / "a")
    vc.write_study(vc.read_study(tmp_path / "a"), tmp_path / "b")
    for path in (tmp_path / "a").iterdir():
        if path.name != "datapackage.json":
            assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_something_that_is_there_is_not_overwritten(tmp_path, small):
    vc.write_study(small, tmp_path / "a")
    with pytest.raises(UnwritableStudy, match="overwrite=True"):
        vc.write_study(small, tmp_path / "a")
    (tmp_path / "b.xlsx").write_text("mine", encoding="utf-8")
    with pytest.raises(UnwritableStudy, match="overwrite=True"):
        vc.write_study(small, tmp_path / "b.xlsx")
    assert (tmp_path / "b.xlsx").read_text(encoding="utf-8") == "mine"


def test_overwriting_replaces_the_study_and_leaves_other_files(tmp_path, small):
    vc.write_study(small, tmp_path / "a")
    (tmp_path / "a" / "notes.txt").write_text("mine", encoding="utf-8")
    vc.write_study(small.replace(coverage=None), tmp_path / "a", overwrite=True)
    assert not (tmp_path / "a" / "coverage.csv").exists()
    assert (tmp_path / "a" / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_withdrawn_text_does_not_stay_behind_on_disk(tmp_path):
    documents = pd.DataFrame(
        {"document_id": ["d1"], "participant_id": ["A"], "file": ["texts/d1.txt"], "text": ["geheim"]}
    )
    consents = pd.DataFrame({"participant_id": ["A"], "document_id": ["d1"], "scope": ["withdrawn"]})
    study = vc.Study({"documents": documents, "consents": consents})
    vc.write_study(study, tmp_path / "a")
    assert (tmp_path / "a" / "texts" / "d1.txt").read_text(encoding="utf-8") == "geheim"
    vc.write_study(vc.remove_withdrawn(study), tmp_path / "a", overwrite=True)
    everything = b"".join(path.read_bytes() for path in (tmp_path / "a").rglob("*") if path.is_file())
    assert b"geheim" not in everything


@pytest.mark.parametrize(
    "name", ["../out.txt", "/tmp/out.txt", "a/../../b.txt", "con?.txt", "interview.docx", "a\\b.txt", " .txt"]
)
def test_a_text_is_not_written_outside_the_study_or_under_an_odd_name(tmp_path, name):
    study = vc.Study({"documents": pd.DataFrame({"document_id": ["d1"], "file": [name], "text": ["x"]})})
    with pytest.raises(UnwritableStudy, match="documents, row 2, column file"):
        vc.write_study(study, tmp_path / "a")
    assert not (tmp_path / "a").exists()


def test_two_texts_in_one_file_are_refused(tmp_path):
    study = vc.Study(
        {"documents": pd.DataFrame({"document_id": ["d1", "d2"], "file": ["t.txt", "T.txt"], "text": ["x", "y"]})}
    )
    with pytest.raises(UnwritableStudy, match="row 3.*two documents"):
        vc.write_study(study, tmp_path / "a")


def test_half_a_sign_is_refused_in_words(tmp_path):
    study = vc.Study({"documents": pd.DataFrame({"document_id": ["d1"], "text": pd.Series(["\ud83d"], dtype=object)})})
    with pytest.raises(UnwritableStudy, match="half of a pair"):
        vc.write_study(study, tmp_path / "a")


def test_a_place_of_the_other_kind_is_refused(tmp_path, small):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(UnwritableStudy, match="choose another name"):
        vc.write_study(small, tmp_path / "file", overwrite=True)
    with pytest.raises(UnwritableStudy, match="choose another name"):
        vc.write_study(small, tmp_path / "folder.xlsx", overwrite=True)
    with pytest.raises(UnwritableStudy, match="neither a folder nor"):
        vc.write_study(small, tmp_path / "study.csv")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="this user may write everywhere")
def test_a_place_where_one_may_not_write_is_a_sentence(tmp_path, small):
    tmp_path.chmod(0o500)
    with pytest.raises(UnwritableStudy, match="cannot be written"):
        vc.write_study(small, tmp_path / "a")


def test_the_datapackage_describes_every_column(tmp_path, small):
    vc.write_study(small, tmp_path / "a")
    package = json.loads((tmp_path / "a" / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["name"] for resource in package["resources"]] == list(small.tables)
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == small[resource["name"]].columns.tolist()
        assert all(field["description"] and field["description_nl"] for field in fields)
    codings = next(resource for resource in package["resources"] if resource["name"] == "codings")
    assert codings["schema"]["foreignKeys"][0]["reference"] == {"resource": "segments", "fields": ["segment_id"]}


@pytest.mark.parametrize("form", ["new", "new.xlsx"])
def test_a_new_study_is_empty_complete_and_without_findings(tmp_path, form):
    from valuecreation.study import schema

    path = vc.new_study(tmp_path / form, title="Mijn onderzoek")
    study = vc.read_study(path)
    assert list(study.tables) == list(schema.tables())
    assert all(study[name].columns.tolist() == list(schema.table(name).columns) for name in study.tables)
    assert study.check().empty
    assert study.about["title"] == "Mijn onderzoek"


def test_a_new_study_explains_its_columns_and_may_have_fewer_tables(tmp_path):
    vc.new_study(tmp_path / "new", tables=["documents", "codings"])
    explained = (tmp_path / "new" / "COLUMNS.md").read_text(encoding="utf-8")
    assert "geschreven of opgenomen op" in explained
    assert sorted(path.name for path in (tmp_path / "new").glob("*.csv")) == ["codings.csv", "documents.csv"]
    with pytest.raises(vc.ValueCreationError, match="Did you mean 'documents'"):
        vc.new_study(tmp_path / "other", tables=["document"])
