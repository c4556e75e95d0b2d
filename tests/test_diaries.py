"""Diary files: columns shown before they are used, pseudonyms at the door, nothing lost or guessed."""

import openpyxl
import pytest

import valuecreation as vc

DUTCH = (
    "Naam;E-mail;Datum;Wat heb je gedaan?;Wat leverde het op?;Cyclus;Uren\n"
    "Fenna Bos;f@voorbeeld.invalid;04-03-2025;Meegelopen met Ruud, één uur.;Nieuw idee.;potential;2\n"
    "Ruud;;23-4-2025;Gebeld;;applied;1\n"
    "fenna bos;;5-3-2025;;;;\n"
    ";;;;;;\n"
    "Ruud;;24-4-2025;Gebeld;;applied;\n"
    ";;24-4-2025;Los 😅;;applied, realised;\n"
)


@pytest.fixture
def path(tmp_path):
    target = tmp_path / "logboek.csv"
    target.write_text(DUTCH, encoding="utf-8")
    return target


@pytest.fixture
def mapping(path):
    return vc.propose_columns(path)


def rules(imported) -> list[str]:
    return [finding.rule for finding in imported.read_findings]


def test_columns_are_shown_with_what_they_mean_and_why(mapping):
    shown = mapping.to_frame("nl")
    assert shown["rol"].tolist() == ["person", "leave_out", "date", "text", "text", "code", "keep"]
    assert shown["waarom"][0] == "een woord in de kop"
    assert "Look at this before you use it" in mapping._repr_html_()
    assert "voorbeeld.invalid" not in mapping._repr_html_()


def test_a_person_can_say_otherwise(mapping):
    changed = mapping.replace({"Uren": "leave_out", "Wat leverde het op?": "keep"})
    assert changed.columns("text") == ["Wat heb je gedaan?"]
    assert changed.to_frame().query("column == 'Uren'")["why"].tolist() == ["you said so"]
    with pytest.raises(vc.ValueCreationError, match="column 'Urn'"):
        mapping.replace({"Urn": "keep"})
    with pytest.raises(vc.ValueCreationError, match="role of a column"):
        mapping.replace({"Uren": "hours"})


def test_entries_become_documents_and_their_columns_segments(mapping):
    study = vc.read_diaries(mapping, coder="c1").study
    assert study.documents["text"][0] == "Meegelopen met Ruud, één uur.\n\nNieuw idee."
    first = study.segments[study.segments["document_id"] == "P01-d01"]
    assert first["quote"].tolist() == ["Meegelopen met Ruud, één uur.", "Nieuw idee."]
    assert study.documents["Uren"][0] == "2"
    assert not study.check()["message"].str.contains("does not stand").any()


def test_no_name_and_no_address_comes_along(mapping):
    imported = vc.read_diaries(mapping, coder="c1")
    for table in imported.study.tables.values():
        text = " ".join(map(str, table.drop(columns=["text", "quote"], errors="ignore").to_numpy().ravel()))
        assert not any(word in text for word in ("Fenna", "Ruud", "voorbeeld.invalid"))
    assert imported.key.to_numpy().tolist() == [["Fenna Bos", "P01"], ["Ruud", "P02"]]
    assert "Fenna" not in repr(imported)
    assert "name_in_texts" in rules(imported)


def test_the_same_name_keeps_its_pseudonym_in_the_next_file(mapping, tmp_path):
    key = vc.read_diaries(mapping, coder="c1").key
    (tmp_path / "later.csv").write_text("Naam,Tekst\nBram,Hallo.\nRUUD,Weer gebeld.\n", encoding="utf-8")
    later = vc.read_diaries(vc.propose_columns(tmp_path / "later.csv"), key=key)
    assert later.study.documents["participant_id"].tolist() == ["P03", "P02"]
    assert later.key["participant_id"].tolist() == ["P01", "P02", "P03"]


def test_pseudonyms_in_the_file_stay_as_they_are(tmp_path):
    (tmp_path / "l.csv").write_text("Deelnemer,Tekst\nP07,Hallo.\nD12,Dag.\n", encoding="utf-8")
    assert vc.read_diaries(vc.propose_columns(tmp_path / "l.csv")).study.documents["participant_id"].tolist() == [
        "P07",
        "D12",
    ]


def test_a_date_that_can_mean_two_days_is_left_and_said(mapping):
    imported = vc.read_diaries(mapping, coder="c1")
    assert imported.study.documents["date"].tolist()[:2] == ["04-03-2025", "2025-04-23"]
    assert "diary_dates" in rules(imported)
    read = vc.read_diaries(mapping, coder="c1", day_first=True).study.documents["date"]
    assert str(read[0].date()) == "2025-03-04"


def test_two_codes_in_a_cell_are_split_only_when_the_sign_is_named(mapping):
    whole = vc.read_diaries(mapping, coder="c1").study
    assert whole.codings["code"].tolist()[-1] == "applied, realised"
    assert whole.check()["message"].str.contains("holds 2 codes").any()
    split = vc.read_diaries(mapping, coder="c1", split_codes=",").study
    assert split.codings["code"].tolist()[-2:] == ["applied", "realised"]


def test_nothing_is_dropped_silently(mapping):
    imported = vc.read_diaries(mapping, coder="c1")
    found = {(finding.rule, finding.row) for finding in imported.read_findings}
    assert {("diary_without_text", 4), ("empty_row", 5), ("diary_twice", 6), ("diary_without_person", 7)} <= found
    assert len(imported.study.documents) == 4


def test_excel_is_read_like_csv(tmp_path):
    import datetime

    book = openpyxl.Workbook()
    book.active.append(["Voornaam", "Tijdstempel", "Vertel: wat bleef je bij?"])
    book.active.append(["Fenna", datetime.datetime(2025, 3, 4, 10, 30), "=niet, dacht ik"])
    book.active.cell(2, 3).data_type = "s"
    book.active.append(["Bram", "2025-03-05", "Een lange zin over iets wat ik eerst niet begreep en later wel."])
    book.save(tmp_path / "l.xlsx")
    mapping = vc.propose_columns(tmp_path / "l.xlsx")
    assert [one.role for one in mapping.proposals] == ["person", "date", "text"]
    documents = vc.read_diaries(mapping).study.documents
    assert documents["date"].dt.strftime("%Y-%m-%d").tolist() == ["2025-03-04", "2025-03-05"]
    assert documents["text"][0] == "=niet, dacht ik"
    with pytest.raises(vc.ValueCreationError, match="sheet 'Blad9'"):
        vc.propose_columns(tmp_path / "l.xlsx", sheet="Blad9")


@pytest.mark.parametrize(
    ("roles", "options", "words"),
    [
        ({"Wat heb je gedaan?": "keep", "Wat leverde het op?": "keep"}, {"coder": "c1"}, "No column is the text"),
        ({"Uren": "date"}, {"coder": "c1"}, "Two columns are date"),
        ({}, {}, "say who coded"),
    ],
)
def test_what_only_a_person_can_decide_is_asked(mapping, roles, options, words):
    with pytest.raises(vc.ValueCreationError, match=words):
        vc.read_diaries(mapping.replace(roles), **options)


@pytest.mark.parametrize(
    ("name", "text", "words"), [("l.csv", "Naam\n", "no entries"), ("l.pdf", "x", "not read as a diary")]
)
def test_what_is_no_table_of_entries_is_refused(tmp_path, name, text, words):
    (tmp_path / name).write_text(text)
    with pytest.raises(vc.ValueCreationError, match=words):
        vc.propose_columns(tmp_path / name)


def test_a_file_that_changed_after_it_was_looked_at_is_refused(mapping, path):
    path.write_text("Naam,Tekst\nA,b\n")
    with pytest.raises(vc.ValueCreationError, match="propose the columns again"):
        vc.read_diaries(mapping, coder="c1")


def test_a_study_from_a_diary_file_can_be_written_and_counted(mapping, tmp_path):
    study = vc.read_diaries(mapping, coder="c1", day_first=True, split_codes=",").study
    vc.write_study(study, tmp_path / "mine")
    again = vc.read_study(tmp_path / "mine")
    assert vc.profile(again).n == 2
