"""Stories: told anywhere, gaps shown and not failed; composites that hide who tells; a form of five minutes."""

import pandas as pd
import pytest

import valuecreation as vc
from valuecreation.errors import DecisionNeeded, UnknownName


def test_a_story_may_start_anywhere_and_its_gaps_are_shown(lindehout):
    table = vc.stories(lindehout).table.set_index("story_id")
    assert table.loc["V05", "starts"] == "potential"
    assert table.loc["V05", "not_told"] == "immediate; reframing"
    assert table.loc["V08", "not_yet"] == "reframing"
    assert table.loc["V02", "told_by"] == "group"
    assert not {"rank", "score", "highest"} & set(table.columns)
    assert "no failure" in vc.stories(lindehout).cautions[0]


def test_an_end_that_is_hoped_for_stands_apart(lindehout):
    result = vc.stories(lindehout)
    assert result.table["ends_found"].sum() == 6
    assert "8 of 14 stories end with something" in " ".join(result.cautions)


def test_a_story_on_a_page_has_its_steps_in_order_and_what_led_to_what(lindehout):
    page = vc.story(lindehout, "V01", "nl")._repr_html_()
    places = [page.index(f'<li value="{number}">') for number in (1, 2, 3, 4)]
    assert places == sorted(places)
    assert "leidde tot stap 3 (waardestroom, zegt de verteller)" in page
    assert "Anders:" in page
    assert "Hier niet verteld: gerealiseerde waarde." in page
    with pytest.raises(UnknownName, match="story"):
        vc.story(lindehout, "V99")


def test_evidence_of_a_story_is_its_steps(lindehout):
    steps = vc.stories(lindehout).evidence(story_id="V01") if "story_id" in vc.stories(lindehout).keys else None
    assert steps["step"].tolist() == [1, 2, 3, 4]


def test_a_composite_hides_who_tells_and_keeps_what_was_told(lindehout):
    chosen = ["V01", "V04", "V05"]
    before = lindehout.steps[lindehout.steps["story_id"].isin(chosen)]
    made = vc.composite(lindehout, chosen, story_id="C1", title="Eerst vragen", teller="drie professionals")
    steps = made.steps[made.steps["story_id"] == "C1"]
    assert steps["text"].tolist() == [
        text for one in chosen for text in before[before["story_id"] == one].sort_values("step")["text"]
    ]
    assert steps["step"].tolist() == list(range(1, len(before) + 1))
    assert steps["date"].isna().all()
    row = made.stories.set_index("story_id").loc["C1"]
    assert (row["teller"], bool(row["composite"])) == ("drie professionals", True)
    assert pd.isna(row["collected_by"])
    assert not set(chosen) & set(made.stories["story_id"])
    assert not set(chosen) & set(made.step_segments["story_id"])
    assert not {"P01", "P03", "P05"} & set(made.links.query("story_id == 'C1'")["claimant"])
    assert made.check().query("severity == 'error'").empty


def test_links_follow_their_steps_into_a_composite(lindehout):
    def arrows(study):
        kinds = vc.flows(study).table
        return kinds.groupby(["from_cycle", "to_cycle", "kind", "claimed_by", "reality"])["links"].sum().to_dict()

    made = vc.composite(lindehout, ["V01", "V04", "V05"], story_id="C1", title="x", teller="drie samen")
    assert arrows(made) == arrows(lindehout)


def test_a_composite_of_two_tellers_hides_nobody(lindehout):
    with pytest.raises(DecisionNeeded, match="3 tellers at least; these 2 stories have 2"):
        vc.composite(lindehout, ["V01", "V04"], story_id="C1", title="x", teller="twee")
    with pytest.raises(DecisionNeeded, match="one of the tellers"):
        vc.composite(lindehout, ["V01", "V04", "V05"], story_id="C1", title="x", teller="P01")
    with pytest.raises(DecisionNeeded, match="already"):
        vc.composite(lindehout, ["V01", "V04", "V05"], story_id="V02", title="x", teller="drie")
    with pytest.raises(UnknownName, match="V99"):
        vc.composite(lindehout, ["V01", "V04", "V99"], story_id="C1", title="x", teller="drie")


def test_words_that_give_somebody_away_can_be_written_anew(lindehout):
    made = vc.composite(
        lindehout, ["V01", "V04", "V05"], story_id="C1", title="x", teller="drie", texts={1: "Iemand liep mee."}
    )
    assert made.steps.query("story_id == 'C1' and step == 1")["text"].item() == "Iemand liep mee."


@pytest.fixture
def form(tmp_path):
    """Return a fresh form and a function that fills cells in."""
    import openpyxl

    path = vc.story_form(tmp_path / "form.xlsx")

    def fill(**cells):
        book = openpyxl.load_workbook(path)
        for place, value in cells.items():
            book.worksheets[0][place] = value
        book.save(path)
        return path

    return fill


def test_a_form_comes_back_as_a_story_with_only_what_was_said(form, lindehout):
    path = form(
        B2="P04", B4="2025-06-20", B9="Een nummer.", B10="Ik heb gebeld.", C10="zelf ervaren", D10="+", E10="2025-05", F9="x",
        B13="Dan had ik gewacht.",
    )  # fmt: skip
    study = vc.read_story_form(lindehout, path)
    story = study.stories.iloc[-1]
    assert (story["story_id"], story["teller"], story["network_id"], story["counterfactual"]) == (
        "V15", "P04", "lindehout", "Dan had ik gewacht.",
    )  # fmt: skip
    steps = study.steps.query("story_id == 'V15'")[["step", "cycle", "status", "polarity", "date", "text"]]
    assert steps.astype(object).fillna("").to_numpy().tolist() == [
        [1, "potential", "", "", "", "Een nummer."],
        [2, "applied", "experienced", "+", "2025-05", "Ik heb gebeld."],
    ]
    links = study.links.query("story_id == 'V15'")[["from_step", "to_step", "kind", "claimant", "claimant_role"]]
    assert links.to_numpy().tolist() == [[1, 2, "flow", "P04", "teller"]]
    assert study.check().query("severity == 'error'").empty


def test_what_cannot_be_on_a_form_is_named_and_nothing_is_taken(form, lindehout):
    path = form(B8="Iets.", C8="waarschijnlijk", E9="vorige week", F9="x")
    with pytest.raises(vc.ValueCreationError) as told:
        vc.read_story_form(lindehout, path)
    assert "row 8, column C: 'waarschijnlijk' is none of" in str(told.value)
    assert "row 9, column B: there is a status" in str(told.value)
    path = form(B8="Iets.", C8="", B9="Toen.", E9="vorige week")
    with pytest.raises(vc.ValueCreationError, match="(?s)Say who tells.*Write the year first"):
        vc.read_story_form(lindehout, path)


def test_the_form_in_a_notebook_keeps_a_story_on_disk_at_once(lindehout, tmp_path):
    form = vc.tell(lindehout, "researcher", folder=tmp_path)
    assert not form.kept()
    assert "Zeg wie vertelt" in form.told.value
    form.teller.value = "P04"
    form.steps["potential"]["text"].value = "Een nummer."
    form.steps["potential"]["led_on"].value = True
    form.steps["applied"]["text"].value = "Ik heb gebeld."
    form.steps["applied"]["status"].value = "intention"
    assert form.kept()
    assert "Bewaard als V15, 2 stappen" in form.told.value
    assert form.story().steps == ()
    again = vc.coded(lindehout, folder=tmp_path)
    assert again.steps.query("story_id == 'V15'")["text"].tolist() == ["Een nummer.", "Ik heb gebeld."]
    assert again.links.query("story_id == 'V15'")["claimant_role"].tolist() == ["teller"]
    assert vc.coded(again, folder=tmp_path).equals(again)
    form.teller.value = "SG1"
    form.steps["immediate"]["text"].value = "Lachen."
    assert form.kept()
    assert vc.stories(form.study).table["story_id"].tolist()[-2:] == ["V15", "V16"]


def test_every_field_of_the_form_has_a_name(lindehout, tmp_path):
    for language in ("nl", "en"):
        form = vc.tell(lindehout, "researcher", language=language, folder=tmp_path)
        fields = [
            part[name] for part in form.steps.values() for name in ("text", "status", "polarity", "date", "led_on")
        ]
        assert all(one.description for one in (form.teller, *form.about.values(), *fields))


def test_a_narrative_holds_only_ones_own_words_under_four_questions(lindehout):
    made = vc.narrative(lindehout, "P01")
    assert list(made.means) == ["self", "others", "practice", "influence", "else"]
    segments = lindehout.segments.merge(
        lindehout.documents[["document_id", "participant_id"]], on="document_id", suffixes=("", "_of")
    )
    own = segments[segments["participant_id"].fillna(segments["participant_id_of"]) == "P01"]["quote"].tolist()
    for rows in made.means.values():
        assert set(rows["quote"]) <= set(own)
    assert len(made.means["practice"]) > 3
    page = vc.narrative(lindehout, "P01", language="nl")._repr_html_()
    assert "Vraag of het klopt" in page
    with pytest.raises(UnknownName, match="participant"):
        vc.narrative(lindehout, "P99")


def test_there_is_no_narrative_of_who_withdrew(lindehout):
    gone = pd.DataFrame(
        {"participant_id": ["P01"], "document_id": ["all"], "scope": ["withdrawn"], "date": ["2026-01-01"]}
    )
    with pytest.raises(vc.ValueCreationError, match="has withdrawn"):
        vc.narrative(lindehout.replace(consents=gone), "P01")
