"""Over time, since the last meeting, and the line from question to keeping: five rows each, by eye."""

import pandas as pd
import pytest

import valuecreation as vc
from conftest import frame
from valuecreation.errors import DecisionNeeded, MissingTable


def cells(result, *names):
    return result.table[list(names)].to_numpy().tolist()


def test_months_by_eye(small):
    result = vc.over_time(small)
    table = result.table.set_index(["code", "month"])
    assert table.loc[("applied", "2025-01"), ["n", "N", "segments", "data_state"]].tolist() == [1, 2, 2, "present"]
    assert table.loc[("applied", "2025-02"), ["n", "N", "data_state"]].tolist() == [0, 2, "none_found"]
    assert table.loc[("potential", "2025-02"), ["n", "N"]].tolist() == [1, 2]
    assert set(table.index.get_level_values("month")) == {"2025-01", "2025-02"}


def test_a_month_in_which_nobody_was_heard_is_not_collected(small):
    later = small.replace(
        documents=small.documents.assign(date=["2025-01-10", "2025-01-20", "2025-03-01", "2025-03-03", "2025-03-04"])
    )
    result = vc.over_time(later)
    silent = result.table.query("month == '2025-02'")
    assert set(silent["data_state"]) == {"not_collected"}
    assert silent["N"].sum() == 0
    assert "Nobody was heard in 2025-02" in " ".join(result.cautions)
    assert "2025-02" in result.summary.columns
    assert set(result.summary["2025-02"]) == {"–"}


def test_an_intention_is_in_no_month(small):
    planned = small.replace(codings=small.codings.assign(status="intention"))
    assert vc.over_time(planned).table["n"].sum() == 0


def test_months_add_up_to_the_segments_of_the_profile(lindehout):
    months = vc.over_time(lindehout).table.groupby("code")["segments"].sum()
    profile = vc.profile(lindehout).table
    both = profile[(profile["unit"] == "segments") & profile["status"].isin(["experienced", "reported"])]
    behind = vc.over_time(lindehout).evidence(code="realised")
    assert months["realised"] == behind["segment_id"].nunique()
    assert months["realised"] <= both[both["code"] == "realised"]["n"].sum()


def test_steps_and_figures_stand_in_their_month(lindehout):
    table = vc.over_time(lindehout).table.set_index(["code", "month"])
    assert table.loc[("immediate", "2024-10"), "measurements"] == 1
    assert table["steps"].sum() > 0


def test_over_time_needs_dates(small):
    with pytest.raises(MissingTable, match="documents with a date"):
        vc.over_time(small.replace(documents=small.documents.drop(columns="date")))


def test_since_a_day_by_eye(small):
    result = vc.since(small, "2025-01-20", language="en")
    table = result.table.set_index("code")
    assert table.loc["potential", ["n", "N", "before_n", "before_N", "first_time", "segments"]].tolist() == [
        1,
        2,
        0,
        2,
        1,
        1,
    ]
    assert table.loc["applied", ["n", "before_n", "first_time"]].tolist() == [0, 1, 0]
    assert result.evidence()["segment_id"].tolist() == ["s4"]


def test_since_the_last_meeting_of_all_is_found_and_a_subgroup_is_none(small):
    activities = pd.DataFrame(
        {
            "activity_id": ["a1", "a2", "a3"],
            "date": ["2025-01-15", "2025-01-25", "2025-03-01"],
            "subgroup": [None, "trio", None],
        }
    )
    assert "2025-01-15" in vc.since(small.replace(activities=activities)).title
    with pytest.raises(MissingTable, match="no meeting of the whole network"):
        vc.since(small)
    with pytest.raises(DecisionNeeded, match="year-month-day"):
        vc.since(small, "15 mei")


def test_the_page_for_the_group_names_nobody(lindehout):
    result = vc.since(lindehout, "2025-05-15")
    page = result.to_html()
    for person in lindehout.participants["participant_id"]:
        assert f">{person}<" not in page
    gone = lindehout.documents.loc[lindehout.documents["text"].isna(), "document_id"]
    assert not set(result.evidence()["document_id"]) & set(gone)
    assert "Voor de groep zelf" in page


@pytest.fixture
def line() -> vc.Study:
    """Three questions: one with a product kept in one place and stuck in another, one with a product, one with none."""
    questions = pd.DataFrame(
        {
            "question_id": ["q1", "q2", "q3"],
            "raised_in": ["a1", "a1", None],
            "subgroup": ["x", "y", "y"],
            "text": ["Een?", "Twee?", "Drie?"],
        }
    )
    products = pd.DataFrame(
        {"product_id": ["p1", "p2", "p9"], "question_id": ["q1", "q2", None], "name": ["kaart", "lijst", "los"]}
    )
    uptake = frame(
        """
        product_id organisation_id how state  date
        p1         o1              ja  in_use 2025-01-01
        p1         o2              nee stuck  2025-01-02
        p1         o1              half .     2025-02-01
        """
    )
    activities = pd.DataFrame({"activity_id": ["a1"], "date": ["2025-01-01"], "work_form": ["shadowing"]})
    return vc.Study({"questions": questions, "products": products, "uptake": uptake, "activities": activities})


def test_the_line_from_question_to_keeping_by_eye(line):
    result = vc.keeping(line)
    rows = (
        result.table[["question_id", "product_id", "organisation_id", "state", "reached", "raised_in"]]
        .astype(object)
        .fillna("")
    )
    assert rows.to_numpy().tolist() == [
        ["q1", "p1", "o1", "in_use", "noted", "shadowing"],
        ["q1", "p1", "o1", "", "noted", "shadowing"],
        ["q1", "p1", "o2", "stuck", "noted", "shadowing"],
        ["q2", "p2", "", "", "not_noted", "shadowing"],
        ["q3", "", "", "", "no_product", ""],
    ]
    assert result.n == 3
    assert result.supplements["organisations"].to_numpy().tolist() == [["o1", 1, 1, 0, 0, 1], ["o2", 1, 0, 0, 1, 0]]
    assert "1 products do not say which question" in " ".join(result.cautions)
    assert "1 notes do not say whether" in " ".join(result.cautions)
    assert result.evidence(state="stuck")["how"].tolist() == ["nee"]


def test_words_alone_are_never_judged(line):
    unjudged = line.replace(uptake=line.uptake.drop(columns="state").assign(how="blijven steken"))
    assert vc.keeping(unjudged).table["state"].isna().all()


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_figures_say_what_they_show(lindehout, language):
    kept = vc.keeping(lindehout, language).plot().text
    assert ("sociale kaart: elzenhof stuck" if language == "en" else "sociale kaart: elzenhof blijven steken") in kept
    assert "2025-05 11/15" in vc.over_time(lindehout, language=language).plot().text


@pytest.mark.parametrize(
    ("scope", "document", "quoted"),
    [("report", "all", False), ("publication", "all", False), ("group", "all", True), ("verbatim", "all", True),
     ("group", "d1", True), ("group", "d3", False)],
)  # fmt: skip
def test_a_sentence_stands_on_the_page_of_the_group_only_where_it_may(small, scope, document, quoted):
    consents = pd.DataFrame(
        {"participant_id": ["A"], "document_id": [document], "scope": [scope], "date": ["2025-01-01"]}
    )
    study = small.replace(
        consents=consents, segments=small.segments[small.segments["document_id"] == "d1"], codings=small.codings.head(2)
    )
    page = vc.since(study, "2025-01-01", language="en")
    assert page.supplements["quotes"].empty is not quoted
