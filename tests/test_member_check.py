"""The member check: only one's own words on the sheet, answers back as they were given, a strike that works everywhere."""

import json

import pandas as pd
import pytest
from docx import Document

import valuecreation as vc
from valuecreation.errors import DecisionNeeded, MissingTable, UnknownName, UnreadableStudy, UnwritableStudy
from valuecreation.reporting.member_html import FORM

TEXT = "Ik heb de kaart gebruikt. Hij werkte. En ik dan?"


@pytest.fixture
def pair() -> vc.Study:
    """A conversation of two people: two turns of A, one of B, each with a code."""
    documents = pd.DataFrame(
        {"document_id": ["g"], "kind": ["group_interview"], "date": ["2025-01-10"], "text": [TEXT]}
    )
    segments = pd.DataFrame(
        {
            "segment_id": ["a1", "a2", "b1"], "document_id": "g", "segmentation": "turn",
            "start": [0, 26, 38], "end": [25, 37, 48],
            "quote": [TEXT[0:25], TEXT[26:37], TEXT[38:48]], "participant_id": ["A", "A", "B"],
        }
    )  # fmt: skip
    codings = pd.DataFrame(
        {
            "segment_id": ["a1", "a2", "b1"], "codebook": "vcf-2011", "code": ["applied", "realised", "immediate"], "coder": "c1",
            "status": ["experienced", "reported", "experienced"], "polarity": ["+", "+", "-"],
        }
    )  # fmt: skip
    people = pd.DataFrame({"participant_id": ["A", "B", "C"], "role_group": "care"})
    return vc.Study(
        {"documents": documents, "segments": segments, "codings": codings, "participants": people}, name="pair"
    )


def fill(path, ticks):
    """Fill in a Word sheet: by row over all tables, which column gets which words."""
    document = Document(path)
    rows = [row for table in document.tables for row in table.rows[1:]]
    for place, cells in ticks.items():
        for column, words in cells.items():
            rows[place].cells[column].text = words
    document.save(path)
    return path


def everything_in(path) -> str:
    document = Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_a_sheet_has_ones_own_words_in_words_one_understands_and_nobody_elses(pair, tmp_path):
    text = everything_in(vc.member_check(pair, "A", tmp_path / "a.docx"))
    assert "Ik heb de kaart gebruikt." in text
    assert "toegepaste waarde (Wat deed ik ermee?): zelf ervaren, leverde iets op" in text
    assert "En ik dan?" not in text
    assert "directe waarde (" not in text
    english = (vc.member_check(pair, "B", tmp_path / "b.html", language="en")).read_text(encoding="utf-8")
    assert "En ik dan?" in english
    assert "kaart" not in english
    assert '<html lang="en">' in english
    assert "<legend>immediate value" in english
    assert "http" not in english.replace("http-equiv", "")


def test_a_word_sheet_comes_back_as_it_was_filled_in(pair, tmp_path):
    path = fill(vc.member_check(pair, "A", tmp_path / "a.docx"), {0: {1: "x"}, 1: {2: "X", 4: "Wat deed ik ermee?"}})
    after = vc.read_member_check(pair, path)
    rows = after.member_checks[["participant_id", "segment_id", "code", "answer", "corrected_code"]]
    assert rows.astype(object).fillna("").to_numpy().tolist() == [
        ["A", "a1", "applied", "approve", ""],
        ["A", "a2", "realised", "correct", "applied"],
    ]
    assert after.codings.equals(pair.codings)
    assert after.check().query("table == 'member_checks'").empty


def test_the_file_of_the_page_comes_back_too(pair, tmp_path):
    rows = [
        {
            "reference": "a1 | vcf-2011 | - | applied",
            "ticks": ["correct"],
            "code": "",
            "status": "attempted",
            "words": "Half.",
        },
        {"reference": "a2 | vcf-2011 | - | realised", "ticks": [], "code": "", "status": "", "words": ""},
    ]
    sheet = {"form": FORM, "study": "pair", "participant": "A", "on": "2025-02-01", "rows": rows}
    (tmp_path / "a.json").write_text(json.dumps(sheet), encoding="utf-8")
    row = vc.read_member_check(pair, tmp_path / "a.json").member_checks.iloc[0]
    assert (row["answer"], row["corrected_status"], row["remark"], str(row["answered_on"])[:10]) == (
        "correct", "attempted", "Half.", "2025-02-01",
    )  # fmt: skip


def test_a_strike_takes_the_words_out_of_every_result_and_out_of_the_text(pair, tmp_path):
    path = fill(vc.member_check(pair, "A", tmp_path / "a.docx"), {0: {3: "x"}})
    after = vc.read_member_check(pair, path)
    table = vc.profile(after).table
    assert table.loc[(table["code"] == "applied") & (table["unit"] == "segments"), "n"].sum() == 0
    assert "Ik heb de kaart" not in vc.profile(after).evidence()["quote"].str.cat()
    clean = vc.remove_withdrawn(after)
    assert "kaart" not in clean.documents["text"].item()
    assert clean.documents["text"].item().endswith("Hij werkte. En ik dan?")
    assert set(clean.codings["segment_id"]) == {"a2", "b1"}
    assert clean.check().query("severity == 'error'").empty


def test_nobody_strikes_the_words_of_another(pair):
    other = pd.DataFrame(
        {
            "participant_id": ["B"],
            "segment_id": ["a1"],
            "codebook": ["vcf-2011"],
            "code": ["applied"],
            "answer": ["strike"],
        }
    )
    assert len(vc.remove_withdrawn(pair.replace(member_checks=other)).segments) == 3


def test_what_is_not_clear_is_told_and_not_guessed(pair, tmp_path):
    path = vc.member_check(pair, "A", tmp_path / "a.docx")
    after = vc.read_member_check(pair, fill(path, {0: {1: "x", 2: "x"}, 1: {4: "weet niet"}}))
    assert after.member_checks["answer"].isna().all()
    assert after.member_checks["remark"].tolist() == ["weet niet"]
    told = after.check("nl")["message"].str.cat(sep=" ")
    assert "meer vakjes aangekruist" in told
    assert "woorden zonder kruisje" in told
    both = vc.read_member_check(pair, fill(path, {0: {1: "x", 2: "", 3: "x"}, 1: {4: ""}}))
    assert both.member_checks["answer"].tolist() == ["strike"]
    assert "het is als 'niet gebruiken' opgevat" in both.check("nl")["message"].str.cat(sep=" ")
    strange = fill(path, {0: {3: "", 5: "b1 | vcf-2011 | - | immediate"}})
    assert "not a coding of their words" in vc.read_member_check(pair, strange).check()["message"].str.cat(sep=" ")


def test_a_correction_in_own_words_gives_no_code(pair, tmp_path):
    path = fill(vc.member_check(pair, "A", tmp_path / "a.docx"), {0: {2: "x", 4: "ik heb het alleen geprobeerd"}})
    after = vc.read_member_check(pair, path)
    assert after.member_checks["corrected_code"].isna().all()
    assert "no code was derived" in after.check()["message"].str.cat(sep=" ")


def test_a_second_sheet_that_says_otherwise_needs_a_decision(pair, tmp_path):
    first = fill(vc.member_check(pair, "A", tmp_path / "a.docx"), {0: {1: "x"}})
    after = vc.read_member_check(pair, first)
    assert vc.read_member_check(after, first).equals(after)
    second = fill(vc.member_check(pair, "A", tmp_path / "b.docx"), {0: {2: "x"}})
    with pytest.raises(DecisionNeeded, match="A has answered about applied on a1 before"):
        vc.read_member_check(after, second)
    assert vc.read_member_check(after, second, overwrite=True).member_checks["answer"].tolist() == ["correct"]


def test_sheets_for_everybody_and_why_somebody_has_none(pair, tmp_path):
    gone = pd.DataFrame(
        {"participant_id": ["B"], "document_id": ["all"], "scope": ["withdrawn"], "date": ["2025-02-01"]}
    )
    made = vc.member_checks(pair.replace(consents=gone), tmp_path / "sheets").set_index("participant_id")
    assert made["file"].to_dict() == {"A": "member-check-A.docx", "B": "", "C": ""}
    assert "has withdrawn" in made.loc["B", "why"]
    assert "no" in made.loc["C", "why"].lower()
    assert len(vc.read_member_check(pair, tmp_path / "sheets").frame("member_checks")) == 0


def test_teller_against_analyst_counts_shows_corrections_and_never_what_was_struck(pair, tmp_path):
    path = fill(
        vc.member_check(pair, "A", tmp_path / "a.docx"),
        {0: {3: "x", 4: "niet voor buiten"}, 1: {2: "x", 4: "Wat nam ik mee?"}},
    )
    result = vc.teller_against_analyst(vc.read_member_check(pair, path))
    table = result.table.set_index("code")
    assert table.loc["applied", ["checked", "approved", "corrected", "struck", "tellers"]].tolist() == [1, 0, 0, 1, 1]
    assert table.loc["realised", ["checked", "corrected"]].tolist() == [1, 1]
    assert result.supplements["corrections"].to_numpy().tolist() == [
        ["A", "Hij werkte.", "realised value", "potential value", "Wat nam ik mee?"]
    ]
    page = result.to_html() + result.evidence().to_string()
    assert "kaart" not in page
    assert "niet voor buiten" not in page
    assert not {"alpha", "kappa", "percent"} & set(result.table.columns)
    assert "independent" in result.cautions[0]
    assert "1 of 2 people" in " ".join(result.cautions)
    assert "struck 1" in result.plot().text


def test_what_cannot_be_is_refused(pair, tmp_path):
    with pytest.raises(UnknownName, match="participant"):
        vc.member_check(pair, "Z", tmp_path / "z.docx")
    with pytest.raises(UnwritableStudy, match=r"\.docx or \.html"):
        vc.member_check(pair, "A", tmp_path / "a.pdf")
    with pytest.raises(MissingTable, match="nothing to check"):
        vc.member_check(pair, "C", tmp_path / "c.docx")
    path = vc.member_check(pair, "A", tmp_path / "a.docx")
    with pytest.raises(UnwritableStudy, match="no answers are lost"):
        vc.member_check(pair, "A", path)
    with pytest.raises(UnreadableStudy, match="a sheet of the study 'pair'"):
        vc.read_member_check(vc.load_example("lindehout"), path)
    Document().save(tmp_path / "other.docx")
    with pytest.raises(UnreadableStudy, match="whose member check"):
        vc.read_member_check(pair, tmp_path / "other.docx")
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UnreadableStudy, match="not the file that the page"):
        vc.read_member_check(pair, tmp_path / "x.json")
    with pytest.raises(MissingTable):
        vc.teller_against_analyst(pair)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_lindehout_has_answers_of_its_members(lindehout, language):
    result = vc.teller_against_analyst(lindehout, language)
    assert result.n == 8
    assert result.table["unanswered"].sum() == 1
    assert len(result.supplements["corrections"]) == 4
