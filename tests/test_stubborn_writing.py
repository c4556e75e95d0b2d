"""Writing under stubborn circumstances: things in the way, interruptions, digits, odd names. Each once was a fault."""

import json
import os

import openpyxl
import pandas as pd
import pytest

import valuecreation as vc
from conftest import folder
from valuecreation.errors import UnreadableStudy, UnwritableStudy

CONSENTS = "participant_id,document_id,scope,date\n"
DOCUMENT = "document_id,participant_id,text\nd1,p1,geheim\n"


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_file_outside_the_study_is_neither_read_nor_removed(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.txt").write_text("van iemand anders", encoding="utf-8")
    inside = tmp_path / "study"
    inside.mkdir()
    (inside / "texts").symlink_to(elsewhere)
    folder(inside, documents="document_id,file\nd1,texts/a.txt\n")
    study = vc.read_study(inside)
    assert study.documents["text"].isna().all()
    vc.write_study(study, inside, overwrite=True)
    assert (elsewhere / "a.txt").read_text(encoding="utf-8") == "van iemand anders"


def test_what_is_in_the_way_is_refused_before_anything_is_touched(tmp_path):
    folder(tmp_path, documents=DOCUMENT, networks="network_id\nn1\n")
    (tmp_path / "texts").write_text("a file where a folder must come", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    study = vc.Study({"documents": pd.DataFrame({"document_id": ["d1"], "file": ["texts/a.txt"], "text": ["x y"]})})
    with pytest.raises(UnwritableStudy, match="texts in .* is not part of the study"):
        vc.write_study(study, tmp_path, overwrite=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_failure_halfway_puts_everything_back(tmp_path, small, monkeypatch):
    from pathlib import Path

    vc.write_study(small, tmp_path / "s")
    before = {path.name: path.read_bytes() for path in (tmp_path / "s").iterdir()}
    real = Path.rename

    def failing(self, target):
        if Path(target).name == "codings.csv" and Path(target).parent.name == "s" and self.parent.name == "made":
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(UnwritableStudy, match="No space left"):
        vc.write_study(small.replace(coverage=None), tmp_path / "s", overwrite=True)
    assert {path.name: path.read_bytes() for path in (tmp_path / "s").iterdir()} == before


def test_a_folder_of_other_things_is_not_replaced(tmp_path, small):
    folder(tmp_path, **{"datapackage.json": "{}", "README.md": "mine"})
    with pytest.raises(UnwritableStudy, match="no study in"):
        vc.write_study(small, tmp_path, overwrite=True)


def test_a_text_does_not_take_the_place_of_somebodys_file(tmp_path):
    study = vc.Study({"documents": pd.DataFrame({"document_id": ["d1"], "file": ["README.md"], "text": ["q"]})})
    folder(tmp_path, networks="network_id\nn1\n", **{"README.md": "mine"})
    with pytest.raises(UnwritableStudy, match=r"README.md in"):
        vc.write_study(study, tmp_path, overwrite=True)


@pytest.mark.parametrize("value", [0.1 + 0.2, 100 / 7, 1234.5678901234567, 1.797e308, 1e15, 123456789012345.67])
def test_a_number_comes_back_with_all_its_digits(tmp_path, value):
    study = vc.Study({"measurements": pd.DataFrame({"indicator_id": ["i1"], "value": [value]})})
    for name in ("s", "s.xlsx"):
        vc.write_study(study, tmp_path / name)
        assert vc.read_study(tmp_path / name).measurements["value"].tolist() == [value]


@pytest.mark.parametrize(
    ("about", "back"),
    [
        ({"sources": ["een\nbron", "twee"]}, None),
        ({"fictional": False}, None),
        ({"title": {"nl": "X"}}, None),
        ({"title": {"en": "X"}}, {"title": "X"}),
        ({"title": "X", "description": {"en": "a", "nl": "b"}}, None),
        ({"other": {"keywords": ["a"], "contributors": [{"title": "b"}]}}, None),
    ],
)
@pytest.mark.parametrize("form", ["s", "s.xlsx"])
def test_what_is_known_of_a_study_comes_back(tmp_path, small, about, back, form):
    study = vc.Study(small.tables, name="naam", about=about)
    vc.write_study(study, tmp_path / form)
    assert vc.read_study(tmp_path / form).about == (back or about)


def test_what_a_data_package_says_beyond_us_survives_a_rewriting(tmp_path):
    package = {
        "name": "x",
        "keywords": ["zorg"],
        "licenses": [{"name": "A", "path": "p"}, {"name": "B"}],
        "sources": [{"title": "t", "path": "u"}],
    }
    folder(tmp_path, networks="network_id\nn1\n", **{"datapackage.json": json.dumps(package)})
    vc.write_study(vc.read_study(tmp_path), tmp_path, overwrite=True)
    again = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert {key: again[key] for key in package} == package


@pytest.mark.parametrize(
    "about", [3, {"sources": "een bron"}, {"fictional": "no"}, {"title": []}, {"colour": "red"}, {"title": {"fr": "x"}}]
)
def test_what_is_known_of_a_study_must_be_in_order(about):
    with pytest.raises(UnreadableStudy, match="about"):
        vc.Study({}, about=about)


@pytest.mark.parametrize("name", ["a" * 300 + ".txt", "loop.txt", "CON.txt"])
def test_odd_names_of_text_files_are_findings_or_sentences(tmp_path, name):
    if name == "loop.txt" and os.name != "nt":
        (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    study = vc.read_study(folder(tmp_path, documents=f"document_id,file\nd1,{name}\n"))
    assert not study.check().query("table == 'documents' and severity == 'error'").empty
    filled = vc.Study({"documents": pd.DataFrame({"document_id": ["d1"], "file": ["CON.txt"], "text": ["x"]})})
    with pytest.raises(UnwritableStudy, match="cannot be a text file"):
        vc.write_study(filled, tmp_path / "new")


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError])
def test_an_interrupted_rewriting_leaves_the_old_study(tmp_path, small, monkeypatch, stop):
    from pathlib import Path

    vc.write_study(small, tmp_path / "s")
    before = {path.name: path.read_bytes() for path in (tmp_path / "s").iterdir()}
    real = Path.rename

    def failing(self, target):
        if self.parent.name == "made":
            raise stop()
        return real(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises((KeyboardInterrupt, UnwritableStudy)):
        vc.write_study(small, tmp_path / "s", overwrite=True)
    assert {path.name: path.read_bytes() for path in (tmp_path / "s").iterdir()} == before


def test_a_workbook_of_something_else_is_not_replaced(tmp_path, small):
    book = openpyxl.Workbook()
    book.active.title = "Begroting"
    book.save(tmp_path / "b.xlsx")
    with pytest.raises(UnwritableStudy, match="Begroting"):
        vc.write_study(small, tmp_path / "b.xlsx", overwrite=True)
    (tmp_path / "c.xlsx").write_text("my notes", encoding="utf-8")
    with pytest.raises(UnwritableStudy, match="no workbook"):
        vc.write_study(small, tmp_path / "c.xlsx", overwrite=True)
    vc.write_study(small, tmp_path / "d.xlsx")
    vc.write_study(small, tmp_path / "d.xlsx", overwrite=True)
    assert vc.read_study(tmp_path / "d.xlsx").equals(small)


def test_a_file_that_was_never_read_as_a_text_is_not_removed(tmp_path):
    folder(
        tmp_path,
        documents="document_id,file,text\nd1,scan.pdf,\nd2,a.txt,anders\n",
        **{"scan.pdf": "pdf", "a.txt": "eigen"},
    )
    study = vc.read_study(tmp_path)
    with pytest.raises(UnwritableStudy, match=r"a.txt in"):
        vc.write_study(study, tmp_path, overwrite=True)
    assert (tmp_path / "scan.pdf").is_file()
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "eigen"


def test_a_zero_sign_is_refused_when_writing(tmp_path):
    study = vc.Study({"networks": pd.DataFrame({"network_id": ["a\0b"]})})
    for name in ("s", "s.xlsx"):
        with pytest.raises(UnwritableStudy, match="U\\+0000"):
            vc.write_study(study, tmp_path / name)
