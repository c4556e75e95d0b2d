"""Checks: each fault once, with its table, row, column, value and a remedy that helps."""

import pandas as pd
import pytest

import valuecreation as vc
from conftest import frame


def findings(tables: dict, language: str = "en") -> list[tuple]:
    """Return (severity, table, row, column) and message of all findings."""
    found = vc.Study(tables).check(language)
    return [
        tuple(row) for row in found[["severity", "table", "row", "column", "message", "remedy"]].itertuples(index=False)
    ]


def only(tables: dict) -> tuple:
    """Return the one finding there is."""
    found = findings(tables)
    assert len(found) == 1, found
    return found[0]


def test_a_study_without_faults_has_no_findings(small):
    assert small.check().empty
    assert small.check().columns.tolist() == ["severity", "table", "row", "column", "value", "message", "remedy"]


def test_an_id_that_is_used_twice_names_both_rows():
    severity, table, row, column, message, _ = only({"networks": frame("network_id\nn1\nn2\nn1")})
    assert (severity, table, row, column) == ("error", "networks", 4, "network_id")
    assert "row 2" in message


def test_two_rows_of_a_table_without_an_id_are_doubles_when_their_key_is_the_same():
    people = frame("participant_id\nA\nB")
    activities = frame("activity_id\na1")
    doubled = frame("activity_id participant_id\na1 A\na1 B\na1 A")
    assert only({"participants": people, "activities": activities, "participation": doubled})[2] == 4


def test_someone_who_left_and_returned_is_no_double():
    members = frame("participant_id network_id joined\nA n1 2024-09-01\nA n1 2025-03-01")
    assert findings({"memberships": members}) == []


def test_a_reference_that_leads_nowhere_suggests_what_was_meant():
    tables = {
        "participants": frame("participant_id\nP01\nP02"),
        "documents": frame("document_id participant_id text\nd1 P011 x"),
    }
    severity, table, row, column, message, remedy = only(tables)
    assert (severity, table, row, column) == ("error", "documents", 2, "participant_id")
    assert "participants" in message
    assert "Did you mean P01" in remedy


def test_a_table_that_is_absent_is_not_asked():
    assert findings({"documents": frame("document_id participant_id text\nd1 P01 x")}) == []


def test_all_is_a_document_in_consents():
    tables = {
        "documents": frame("document_id participant_id text\nd1 A x"),
        "consents": frame("participant_id document_id scope\nA all report"),
    }
    assert findings(tables) == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("03-04-2025", "can be 2025-04-03 or 2025-03-04"),
        ("3/4/2025", "can be 2025-04-03 or 2025-03-04"),
        ("23-04-2025", "not written as year-month-day"),
        ("04/23/2025", "not written as year-month-day"),
        ("2025-02-30", "2025-02-30 does not exist"),
        ("45554", "day number for 2024-09-19"),
        ("3 april", "not written as year-month-day"),
        ("3-4-25", "not written as year-month-day"),
        ("2025-2-3", "not written as year-month-day"),
        ("20250203", "not written as year-month-day"),
    ],
)
def test_a_date_that_is_not_one_says_what_it_can_be(value, said):
    table = pd.DataFrame({"activity_id": ["a1"], "date": [value]})
    severity, _, row, column, message, _ = only({"activities": table})
    assert (severity, row, column) == ("error", 2, "date")
    assert said in message


def test_a_date_that_reads_the_same_both_ways_is_still_to_be_written_out():
    _, _, _, _, _, remedy = only({"activities": pd.DataFrame({"activity_id": ["a1"], "date": ["04-04-2025"]})})
    assert "2025-04-04" in remedy


@pytest.mark.parametrize(
    ("column", "value", "said", "remedy"),
    [
        ("minutes", "90 min", "not a whole number", "digits only"),
        ("minutes", "1,5", "not a whole number", "Round it"),
        ("minutes", "1.5", "not a whole number", "Round it"),
        ("minutes", "60.0", "not a whole number", "Write 60."),
        ("minutes", "99999999999999999999", "not a whole number", "too large"),
        ("minutes", "٣", "not a whole number", "digits only"),
    ],
)
def test_a_number_with_something_else_in_it(column, value, said, remedy):
    table = pd.DataFrame({"activity_id": ["a1"], "participant_id": ["A"], column: [value]})
    found = only({"participation": table})
    assert said in found[4]
    assert remedy in found[5]


def test_a_decimal_comma_is_pointed_out():
    found = only({"networks": pd.DataFrame({"network_id": ["n1"], "planned_hours_per_month": ["7,5"]})})
    assert "without a unit: 7.5, or leave the cell empty" in found[5]


def test_a_column_stays_text_when_one_cell_does_not_fit_so_that_nothing_is_lost():
    study = vc.Study(
        {
            "participation": pd.DataFrame(
                {"activity_id": ["a", "b"], "participant_id": ["A", "A"], "minutes": ["60", "een uur"]}
            )
        }
    )
    assert study.participation["minutes"].tolist() == ["60", "een uur"]


@pytest.mark.parametrize(
    ("column", "value", "meant"),
    [
        ("status", "Experienced", "experienced"),
        ("status", "voornemen", "intention"),
        ("polarity", "−", "-"),
        ("polarity", "plus", "+"),
    ],
)
def test_a_word_outside_the_list_suggests_the_nearest_also_from_its_dutch_label(column, value, meant):
    row = {
        "segment_id": ["s1"],
        "codebook": ["vcf-2011"],
        "code": ["applied"],
        "coder": ["c"],
        "status": ["experienced"],
        "polarity": ["+"],
    }
    found = [one for one in findings({"codings": pd.DataFrame({**row, column: [value]})}) if one[3] == column]
    assert f"Did you mean {meant}?" in found[0][5]


def test_a_stray_space_is_shown_and_not_taken_away():
    study = vc.Study({"networks": pd.DataFrame({"network_id": ["n1 "]})})
    assert study.networks["network_id"].tolist() == ["n1 "]
    assert "space before or after “n1 ”" in study.check()["message"].item()


@pytest.mark.parametrize("word", ["NULL", "n.v.t.", "NA", "onbekend", "-", "?"])
def test_a_word_for_nothing_is_kept_and_pointed_out(word):
    study = vc.Study({"networks": pd.DataFrame({"network_id": ["n1"], "programme": [word]})})
    assert study.networks["programme"].tolist() == [word]
    assert study.check()["severity"].tolist() == ["warning"]


def test_what_a_source_says_is_not_mistaken_for_nothing():
    tables = {
        "networks": frame("network_id\nn1"),
        "facts": frame("subject attribute value source\nn1 start onbekend report"),
    }
    assert findings(tables) == []


def test_two_codes_in_one_cell_are_not_split():
    codings = pd.DataFrame(
        {
            "segment_id": ["s1"],
            "codebook": ["vcf-2011"],
            "code": ["applied; realised"],
            "coder": ["c"],
            "status": ["experienced"],
            "polarity": ["+"],
        }
    )
    found = [one for one in findings({"codings": codings}) if one[3] == "code"]
    assert "2 codes" in found[0][4]
    assert vc.Study({"codings": codings}).codings["code"].tolist() == ["applied; realised"]


@pytest.mark.parametrize(
    "cell",
    [
        "applied, realised",
        "applied/realised",
        "applied + realised",
        "toegepaste waarde en gerealiseerde waarde",
        "applied\nrealised",
    ],
)
def test_two_codes_are_recognised_however_they_are_joined(cell):
    codings = pd.DataFrame(
        {
            "segment_id": ["s1"],
            "codebook": ["vcf-2011"],
            "code": [cell],
            "coder": ["c"],
            "status": ["experienced"],
            "polarity": ["+"],
        }
    )
    assert any("2 codes" in one[4] for one in findings({"codings": codings}))


def test_an_unknown_code_lists_the_codes_and_the_nearest(small):
    codings = small.codings.assign(code=["aplied", *small.codings["code"][1:]])
    found = small.replace(codings=codings).check()
    assert found["message"].item() == "aplied is not a code of vcf-2011."
    assert "Did you mean applied?" in found["remedy"].item()


def test_a_studys_own_code_is_known(small):
    codes = frame("codebook code label_nl\nvcf-2011 applied.lesson les")
    codings = small.codings.assign(code=["applied.lesson", *small.codings["code"][1:]])
    study = small.replace(codings=codings, codes=codes)
    assert study.check().empty
    assert study.codebook("vcf-2011").top("applied.lesson") == "applied"
    assert study.codebook("vcf-2011").label("applied.lesson", "nl") == "les"


def test_a_codebook_of_the_studys_own_is_known(small):
    codes = frame("codebook code\nmine lef")
    codings = small.codings.assign(codebook="mine", code="lef")
    study = small.replace(codings=codings, codes=codes, coverage=small.coverage.assign(codebook="mine"))
    assert study.check().empty


def test_own_codes_that_are_each_others_parent_are_not_lost():
    study = vc.Study({"codes": frame("codebook code parent\nmine a b\nmine b a")})
    assert set(study.codebook("mine").codes) == {"a", "b"}


def test_an_unknown_codebook_is_found(small):
    found = small.replace(codings=small.codings.assign(codebook="vcf-2012"), coverage=small.coverage).check()
    assert found["message"].str.contains("There is no codebook vcf-2012").sum() == 5


def test_a_reading_must_be_declared(small):
    codings = small.codings.assign(codebook="biesta", code="qualification")
    found = small.replace(codings=codings, coverage=small.coverage.assign(codebook="biesta")).check()
    assert found["message"].str.contains("read in more than one way").sum() == 5
    wrong = small.replace(
        codings=codings.assign(reading="Biesta-1999"), coverage=small.coverage.assign(codebook="biesta")
    ).check()
    assert wrong["message"].str.contains("has no reading Biesta-1999").sum() == 5


def test_codings_where_nobody_looked_are_found(small):
    found = small.replace(coverage=small.coverage.query("document_id != 'd1'")).check()
    assert (found["severity"].item(), found["value"].item()) == ("warning", "d1")


def test_agreed_codes_need_someone_who_decided(small):
    found = small.replace(codings=small.codings.assign(coder="agreed")).check()
    assert found["message"].str.startswith("Agreed codings that do not say who decided: 5").any()


@pytest.mark.parametrize(
    ("start", "end", "quote", "said", "remedy"),
    [
        (0, 4, "koffie", "reads “Goed”", "stands at 6 to 12"),
        (6, 12, "thee", "reads “koffie”", "does not occur"),
        (6, 99, "koffie", "has 13 characters", "stands at 6 to 12"),
        (12, 6, "koffie", "ends (6) before it begins (12)", "stands at 6 to 12"),
        (5, 12, "koffie", "reads “␣koffie”", "differ only in spaces"),
        (None, 12, "koffie", "where its words stand", "stands at 6 to 12"),
        (6, 12, None, "has no quote", "Put these words"),
    ],
)
def test_a_quote_that_stands_elsewhere_says_where(start, end, quote, said, remedy):
    documents = pd.DataFrame({"document_id": ["d1"], "text": ["Goede koffie."]})
    segments = pd.DataFrame(
        {"segment_id": ["s1"], "document_id": ["d1"], "start": [start], "end": [end], "quote": [quote]}
    )
    severity, table, row, _, message, help_ = only({"documents": documents, "segments": segments})
    assert (severity, table, row) == ("error", "segments", 2)
    assert said in message
    assert remedy in help_


def test_offsets_count_code_points_so_an_emoji_is_one():
    text = "Wat een dag 😅👩‍⚕️ en toen koffie"
    start = text.index("koffie")
    documents = pd.DataFrame({"document_id": ["d1"], "text": [text]})
    segments = pd.DataFrame(
        {"segment_id": ["s1"], "document_id": ["d1"], "start": [start], "end": [start + 6], "quote": ["koffie"]}
    )
    assert findings({"documents": documents, "segments": segments}) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("bel 06-12345678", "telephone"),
        ("bel +31 6 1234 5678", "telephone"),
        ("mail wil@voorbeeld.nl", "e-mail"),
        ("woont op 1234 AB 12", "postcode"),
        ("BSN: 123456782", "citizen"),
    ],
)
def test_words_that_identify_a_person_are_pointed_out(text, kind):
    assert kind in only({"documents": pd.DataFrame({"document_id": ["d1"], "text": [text]})})[4]


@pytest.mark.parametrize(
    "text", ["om 10.00 uur, lokaal 2.14", "in 2025 waren er 1400", "EUR 3,000", "code 1234", "12-12-2024"]
)
def test_ordinary_numbers_are_left_alone(text):
    assert findings({"documents": pd.DataFrame({"document_id": ["d1"], "text": [text]})}) == []


def test_a_document_without_text_is_found_unless_it_was_withdrawn():
    documents = frame("document_id participant_id text\nd1 A .\nd2 A woord")
    assert only({"documents": documents})[4] == "The document d1 has no text."
    consents = frame("participant_id document_id scope\nA d1 withdrawn\nA d2 report")
    severity, *_, message, _ = only({"documents": documents, "consents": consents})
    assert severity == "note"
    assert "as it should be" in message


def test_steps_that_a_link_names_must_be_there():
    stories = frame("story_id\nv1")
    steps = frame("story_id step cycle status polarity\nv1 1 immediate experienced +\nv1 2 applied experienced +")
    links = frame("story_id from_step to_step\nv1 1 3\nv1 2 2")
    found = findings({"stories": stories, "steps": steps, "links": links})
    assert [one[4] for one in found] == ["Story v1 has no step 3.", "The link leads from step 2 to itself."]


def test_not_collected_holds_no_figure_and_present_holds_one():
    indicators = frame("indicator_id\ni1")
    measures = frame(
        "indicator_id date value data_state\ni1 2025 4 not_collected\ni1 2026 . present\ni1 2027 . none_found"
    )
    found = findings({"indicators": indicators, "measurements": measures})
    assert [(one[2], one[3]) for one in found] == [(2, "data_state"), (3, "data_state")]


def test_an_end_before_its_beginning():
    assert only({"networks": frame("network_id started ended\nn1 2020-05 2019")})[3] == "ended"
    assert findings({"networks": frame("network_id started ended\nn1 2020-05 2020")}) == []


def test_a_needed_column_and_a_needed_cell():
    assert only({"networks": pd.DataFrame({"name": ["x"]})})[4].startswith("The column network_id is missing")
    assert only({"networks": pd.DataFrame({"network_id": ["n1", None], "name": ["a", "b"]})})[2:4] == (3, "network_id")


def test_a_column_of_ones_own_is_kept_and_noted():
    study = vc.Study({"networks": pd.DataFrame({"network_id": ["n1"], "kleur": ["rood"]})})
    assert study.networks["kleur"].tolist() == ["rood"]
    assert study.check()["severity"].tolist() == ["note"]
    slip = vc.Study({"networks": pd.DataFrame({"network_id": ["n1"], "agend": ["open"]})}).check()
    assert "perhaps agenda" in slip["remedy"].item()


def test_errors_come_before_warnings_and_notes_and_then_by_table_and_row():
    tables = {
        "networks": pd.DataFrame({"network_id": ["n1", "n1"], "programme": ["NULL", "x"], "eigen": ["a", "b"]}),
        "participants": pd.DataFrame({"participant_id": ["A"], "role_group": ["zorgsector"]}),
    }
    found = findings(tables)
    assert [one[0] for one in found] == ["error", "error", "warning", "note"]
    assert [one[1] for one in found] == ["networks", "participants", "networks", "networks"]


def test_the_same_findings_in_dutch():
    tables = {"networks": frame("network_id\nn1\nn1")}
    severity, _, _, _, message, remedy = findings(tables, "nl")[0]
    assert severity == "herstellen"
    assert message.startswith("n1 staat al in rij 2")
    assert remedy.startswith("Geef elke rij")
