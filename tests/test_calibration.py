"""Learning to code: the reference stays out of sight, a sheet comes back as it was filled in, differences have their reasons."""

import openpyxl
import pandas as pd
import pytest

import valuecreation as vc
from valuecreation.errors import MissingTable, UnknownName, UnreadableStudy, UnwritableStudy
from valuecreation.io.exercises import reference
from valuecreation.words import LANGUAGES


@pytest.fixture
def sheet(tmp_path):
    """Return the path of a fresh sheet and a function that fills cells in by their place."""
    path = vc.exercise().write(tmp_path / "s.xlsx")

    def fill(**cells):
        book = openpyxl.load_workbook(path)
        for place, value in cells.items():
            book.worksheets[0][place] = value
        book.save(path)
        return path

    return fill


def as_student(changes: dict[str, list[tuple]], name: str = "s1") -> vc.Study:
    """Return the reference as a student's work, except for the fragments that are given with their own codes."""
    known = reference().study
    codings = known.codings.assign(coder=name)
    codings = codings[~codings["segment_id"].isin([f"{document}-e00000" for document in changes])]
    own = [
        {
            "segment_id": f"{document}-e00000",
            "codebook": "vcf-2011",
            "code": code,
            "coder": name,
            "status": status,
            "polarity": sign,
        }
        for document, codes in changes.items()
        for code, status, sign in codes
    ]
    codings = pd.concat([codings, pd.DataFrame(own, columns=codings.columns)], ignore_index=True)
    return known.replace(codings=codings, coverage=known.coverage.assign(coder=name))


def test_an_exercise_shows_fragments_and_no_reference():
    one = vc.exercise()
    assert set(one.study.tables) == {"networks", "participants", "documents", "segments"}
    assert one.study.about["fictional"] is True
    fragments = one.fragments()
    assert len(fragments) >= 30
    assert fragments["text"].is_unique


def test_every_fragment_has_a_reason_a_boundary_and_alternatives_that_exist():
    right = reference()
    book = right.study.codebook(right.codebook)
    assert list(right.fragments) == right.study.documents["document_id"].tolist()
    without_code = 0
    for document, about in right.fragments.items():
        assert set(about["reason"]) == set(LANGUAGES)
        given = right.study.codings.query("segment_id == @document + '-e00000'")
        without_code += given.empty
        assert all(one in ("status", "none") or one in book for one in about["boundary"])
        assert about["boundary"][0] != "none" or given.empty
        for other in about.get("alternatives", ()):
            assert other["code"] in book
            assert set(other["why"]) == set(LANGUAGES)
            same = given[
                (given["code"] == other["code"])
                & (given["status"] == other["status"])
                & (given["polarity"] == other["polarity"])
            ]
            assert same.empty, f"{document}: an alternative is what the reference chose"
    assert without_code == 4


def test_who_answers_as_the_reference_differs_nowhere():
    result = vc.calibrate(as_student({}), "s1")
    assert result.supplements["differences"].empty
    assert result.table[["only_you", "only_reference", "status_differs", "polarity_differs"]].to_numpy().sum() == 0
    assert (result.table["percent"] == 1).all()
    assert (result.table["alpha"] == 1).all()


def test_a_missed_code_an_added_one_and_another_status_are_counted_apart():
    student = as_student({"f01": [("potential", "experienced", "+")], "f05": [("applied", "experienced", "+")]})
    result = vc.calibrate(student, "s1", language="en")
    table = result.table.set_index("code")
    assert table.loc["immediate", ["both", "only_you", "only_reference", "N"]].tolist() == [6, 0, 1, 36]
    assert table.loc["potential", ["both", "only_you", "only_reference"]].tolist() == [4, 1, 0]
    assert table.loc["applied", ["both", "only_you", "status_differs"]].tolist() == [14, 0, 1]
    assert table.loc["immediate", "percent"] == pytest.approx(35 / 36)
    listed = result.evidence().set_index("document_id")
    assert listed.index.tolist() == ["f01", "f05"]
    assert listed.loc["f01", "boundary"] == "immediate value or potential value"
    assert "next morning" in listed.loc["f01", "test"]
    assert listed.loc["f01", "about_yours"].startswith("If you read the contact")
    assert listed.loc["f05", "boundary"] == "status: is it done?"
    assert listed.loc["f05", "about_yours"].startswith("the exercise does not discuss")
    assert result.evidence(code="immediate")["document_id"].tolist() == ["f01"]
    assert "mark" in " ".join(result.cautions)


def test_what_was_not_looked_at_is_left_out_and_said():
    student = as_student({})
    student = student.replace(
        codings=student.codings.query("segment_id in ['f01-e00000', 'f02-e00000']"), coverage=None
    )
    result = vc.calibrate(student, "s1")
    assert result.n == 2
    assert "34 fragmenten zijn door s1 niet bekeken" in " ".join(result.cautions)
    assert result.table["note"].str.len().gt(0).any(), "an undefined coefficient is a sentence"


def test_a_sheet_comes_back_as_it_was_filled_in(sheet):
    path = sheet(
        C3="Directe waarde",
        D3="zelf ervaren",
        E3="+",
        C4="potential",
        F4="applied",
        G4="voornemen",
        H4="-",
        L4="twijfel",
    )
    study = vc.read_exercise(path, "s7")
    rows = (
        study.codings[["segment_id", "code", "status", "polarity", "memo", "coder"]]
        .astype(object)
        .fillna("")
        .to_numpy()
        .tolist()
    )
    assert rows == [
        ["f01-e00000", "immediate", "experienced", "+", "", "s7"],
        ["f02-e00000", "potential", "", "", "twijfel", "s7"],
        ["f02-e00000", "applied", "intention", "-", "twijfel", "s7"],
    ]
    assert len(study.coverage) == 36
    assert study.coverage["blind"].all()
    assert vc.calibrate(study, "s7").n == 36


def test_an_english_sheet_is_read_too(tmp_path):
    path = vc.exercise(language="en").write(tmp_path / "e.xlsx")
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["C3"] = "immediate value"
    book.save(path)
    assert vc.read_exercise(path, "s1").codings["code"].tolist() == ["immediate"]


def test_what_is_wrong_on_a_sheet_is_named_by_its_cell_all_at_once(sheet):
    path = sheet(C3="toegepast", D4="zelf ervaren", A5="99", C6="immediate", F6="immediate")
    with pytest.raises(UnreadableStudy) as told:
        vc.read_exercise(path, "s1")
    message = str(told.value)
    assert "row 3, column C: 'toegepast' is no code; it can be immediate, potential" in message
    assert "row 4, column C: there is a status or a sign without a code" in message
    assert "row 5, column A: '99' is no number of a fragment (1 to 36)" in message
    assert "row 6: the code immediate is given twice" in message
    assert "fragments 3 are not on the sheet any more" in message


def test_another_file_is_no_sheet_and_an_existing_one_is_not_overwritten(tmp_path, sheet):
    (tmp_path / "x.xlsx").write_bytes(b"no workbook")
    with pytest.raises(UnreadableStudy, match="cannot be read as an Excel workbook"):
        vc.read_exercise(tmp_path / "x.xlsx", "s1")
    path = sheet(A1="iets anders")
    with pytest.raises(UnreadableStudy, match="no sheet of the exercise"):
        vc.read_exercise(path, "s1")
    with pytest.raises(UnwritableStudy, match="Choose another name"):
        vc.exercise().write(path)
    with pytest.raises(UnknownName, match="leren-coderen"):
        vc.exercise("leren")


def test_the_widget_and_the_exercise_go_together(tmp_path):
    coder = vc.code(vc.exercise().study, "s1", codebooks="vcf-2011", folder=tmp_path)
    coder.act(
        "code", segment_id="f01-e00000", codebook="vcf-2011", code="potential", status="experienced", polarity="+"
    )
    result = vc.calibrate(coder.study, "s1")
    assert result.n == 1
    assert result.evidence()["document_id"].tolist() == ["f01"]


def test_a_class_is_counted_by_code_and_by_fragment_and_never_put_in_order():
    wrong = {"f01": [("potential", "experienced", "+")]}
    works = {"s1": as_student(wrong, "s1"), "s2": as_student(wrong, "s2"), "s3": as_student({"f03": []}, "s3")}
    result = vc.calibrate_class(works, language="en")
    table = result.table.set_index("code")
    assert table.loc["immediate", ["missed", "added", "fragments_missed", "N"]].tolist() == [2, 0, 1, 3]
    assert table.loc["applied", ["missed", "fragments_missed"]].tolist() == [1, 1]
    assert table.loc["potential", ["added", "fragments_added"]].tolist() == [2, 1]
    fragments = result.evidence()
    assert fragments[["document_id", "differ", "N"]].to_numpy().tolist() == [["f01", 2, 3], ["f03", 1, 3]]
    assert not {"student", "coder"} & {*result.table, *fragments}
    both = works["s1"].replace(codings=pd.concat([works["s1"].codings, works["s2"].codings]), coverage=None)
    assert vc.calibrate_class(both).n == 2


def test_changed_fragments_and_strangers_are_refused(small):
    with pytest.raises(MissingTable, match="does not have the fragments of the exercise"):
        vc.calibrate(small, "c1")
    with pytest.raises(UnknownName, match="it can be s1"):
        vc.calibrate(as_student({}), "s9")
    with pytest.raises(MissingTable, match="not coded a fragment"):
        vc.calibrate(vc.exercise().study, "s1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figure_says_what_it_shows(language):
    result = vc.calibrate(as_student({"f01": []}), "s1", language=language)
    assert "36" in result.plot().text
    assert result.title
    assert "alpha" in result.to_html() or "alfa" in result.to_html()
