"""Stubborn studies and calls: odd frames, own columns, wrong arguments. Each once was a fault."""

import numpy as np
import pandas as pd
import pytest

import valuecreation as vc
from conftest import frame
from valuecreation.errors import UnreadableStudy


def test_one_bad_cell_does_not_switch_off_the_check_of_the_others():
    documents = pd.DataFrame({"document_id": ["d1"], "text": ["hallo daar"]})
    segments = frame("segment_id document_id start end quote\ns1 d1 nul 5 hallo\ns2 d1 0 3 helemaal~fout")
    found = vc.Study({"documents": documents, "segments": segments}).check()
    assert found["message"].str.contains("Segment s2").any()
    assert not found["message"].str.contains("Segment s1").any()


@pytest.mark.parametrize("moment", ["2024-09-19T99:99", "2024-09-19T14:05:00+99:99", "2024-13-01"])
def test_a_time_that_does_not_exist_is_found(moment):
    study = vc.Study(
        {
            "coverage": pd.DataFrame(
                {"coder": ["c"], "document_id": ["d"], "codebook": ["biesta"], "finished_at": [moment]}
            )
        }
    )
    assert study.check()["message"].str.contains("not a day with a time").any()


@pytest.mark.parametrize("column", ["codebook", "code", "coder"])
def test_a_stray_space_in_a_name_is_named_as_such(small, column):
    codings = small.codings.assign(**{column: small.codings[column] + " "})
    found = small.replace(codings=codings).check()
    assert found["message"].str.contains("There is a space before or after").sum() == 5
    assert not found["message"].str.contains("There is no codebook|is not a code of").any()


@pytest.mark.parametrize("name", ["", " x", "a\nb", "sep=;", "a;b", 'a"b', "\ufeffa"])
def test_a_column_that_no_file_gives_back_is_refused(name):
    with pytest.raises(UnreadableStudy, match="no file gives back"):
        vc.Study({"networks": pd.DataFrame({"network_id": ["n1"], name: ["x"]})})


def test_rows_with_nothing_in_them_are_no_rows():
    assert len(vc.Study({"networks": pd.DataFrame({"network_id": [None, "n1", ""]})}).networks) == 1


@pytest.mark.parametrize(
    "call",
    [
        lambda small, path: vc.write_study(small, None),
        lambda small, path: vc.write_study({}, path / "x"),
        lambda small, path: vc.write_study(vc.Study({}), path / "x"),
        lambda small, path: vc.new_study(5),
        lambda small, path: vc.load_codebook(5),
        lambda small, path: vc.load_codebook(path),
        lambda small, path: vc.load_codebook("a\0b.yaml"),
        lambda small, path: vc.load_codebook("x" * 5000 + ".yaml"),
        lambda small, path: vc.load_example(["a"]),
        lambda small, path: vc.read_study("~nobody-here/x"),
        lambda small, path: vc.read_study("a\0b"),
        lambda small, path: vc.read_study("x" * 5000),
        lambda small, path: vc.read_study(path, day_first="yes"),
        lambda small, path: vc.profile(5),
        lambda small, path: vc.remove_withdrawn(5),
        lambda small, path: vc.profile(small, by=5),
        lambda small, path: vc.profile(small, codebook=[]),
        lambda small, path: vc.profile(small, population="x", confidence="x"),
        lambda small, path: vc.lens(small, status=5),
        lambda small, path: vc.migrate(small, "vcf-2011", "vcf-2020", decisions=["a"]),
        lambda small, path: vc.migrate(
            small.replace(codings=small.codings.assign(codebook="biesta")), "vcf-2011", "vcf-2020"
        ),
        lambda small, path: vc.profile(small).evidence(code=[["a"]]),
        lambda small, path: small.codebook(["a"]),
        lambda small, path: small.overview("fr"),
    ],
)
def test_a_wrong_argument_is_answered_in_words(small, tmp_path, call):
    with pytest.raises(vc.ValueCreationError) as caught:
        call(small, tmp_path)
    assert len(str(caught.value)) > 15


def test_studies_without_what_one_expects_are_answered_too():
    bare = vc.Study({"segments": frame("document_id\nd1"), "consents": frame("participant_id scope\np withdrawn")})
    assert vc.remove_withdrawn(bare).equals(bare)
    assert "segment_id" in bare.check()["column"].tolist()
    days = pd.Series([np.datetime64("12025-01-01", "s")])
    far = vc.Study({"activities": pd.DataFrame({"activity_id": ["a"], "date": days})})
    assert not far.check().empty


@pytest.mark.parametrize(
    "column", ["participant_id", "quote", "date", "kind", "start", "coders", "role", "cycle", "domain"]
)
def test_a_column_of_ones_own_in_codings_disturbs_nothing(small, column):
    study = small.replace(codings=small.codings.assign(**{column: "x"}))
    pd.testing.assert_frame_equal(vc.profile(study, by="role").table, vc.profile(small, by="role").table)
    assert len(vc.profile(study).evidence()) == len(vc.profile(small).evidence())
    assert vc.lens(study).table["n"].sum() == 0


def test_cells_that_are_equal_but_not_the_same_keep_their_own_text():
    study = vc.Study(
        {
            "networks": pd.DataFrame(
                {"network_id": ["a", "b", "c"], "programme": pd.Series([1, True, "1.0"], dtype=object)}
            )
        }
    )
    assert study.networks["programme"].tolist() == ["1", "yes", "1.0"]


def test_a_codebook_that_refers_to_itself_is_a_sentence(tmp_path):
    path = tmp_path / "c.yaml"
    path.write_text("name: x\ncodes: &a [*a, *a]\n", encoding="utf-8")
    with pytest.raises(vc.ValueCreationError, match="refers to itself"):
        vc.load_codebook(path)


def test_a_dutch_label_in_place_of_a_code_is_counted_apart_and_said(small):
    study = small.replace(codings=small.codings.assign(code=["toegepaste waarde", *small.codings["code"][1:]]))
    result = vc.profile(study, language="nl")
    assert "toegepaste waarde" in set(result.table["code"])
    assert any("om te herstellen" in caution for caution in result.cautions)
    assert len(result.summary) == 6


@pytest.mark.parametrize(
    "call",
    [
        lambda result: result.evidence(code=pd.NA),
        lambda result: result.evidence(code=np.array(["applied", "x"])),
        lambda result: result.evidence(polarity="bogus"),
        lambda result: result.plot(unit="bogus"),
        lambda result: result.plot(codebook="biesta"),
        lambda result: result.plot(status="bogus"),
        lambda result: result.plot().save("x.foo"),
        lambda result: result.plot().save("nowhere/x.png"),
    ],
)
def test_a_wrong_choice_of_a_result_is_answered_in_words(small, call):
    with pytest.raises(vc.ValueCreationError):
        call(vc.profile(small))
