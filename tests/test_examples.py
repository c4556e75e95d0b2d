"""The shipped studies: what they promise to hold, and that nobody real is in them who should not be."""

import re

import pandas as pd
import pytest

import valuecreation as vc
from valuecreation.io.examples import example_path
from valuecreation.text import find_identifying

NAMES = ["lindehout", "leren-coderen", "nijmegen-2020", "werkplaatsen-2018"]


def test_the_list_says_which_are_fictional():
    table = vc.list_examples().set_index("name")
    fictional = {"lindehout": True, "leren-coderen": True, "nijmegen-2020": False, "werkplaatsen-2018": False}
    assert table["fictional"].to_dict() == fictional
    assert vc.list_examples("nl")["title"].str.contains("fictief").sum() == 2


@pytest.mark.parametrize("name", NAMES)
def test_an_example_explains_itself(name):
    assert (example_path(name) / "README.md").is_file()
    about = vc.load_example(name).about
    assert set(about) >= {"title", "description", "fictional", "licence", "sources"}
    assert set(about["title"]) == {"en", "nl"}


@pytest.mark.parametrize("name", NAMES)
def test_nobody_can_be_reached_through_an_example(name):
    for path in example_path(name).rglob("*"):
        if path.is_file():
            assert not find_identifying(path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize("name", ["nijmegen-2020", "werkplaatsen-2018"])
def test_the_real_studies_have_no_findings(name):
    assert vc.load_example(name).check().empty


def test_an_unknown_example_is_answered_with_those_there_are():
    with pytest.raises(vc.ValueCreationError, match="lindehout, leren-coderen, nijmegen-2020, werkplaatsen-2018"):
        vc.load_example("nijmegen")


def test_lindehout_says_that_it_is_fictional_everywhere(lindehout):
    assert lindehout.about["fictional"] is True
    assert "**Fictional.**" in (example_path("lindehout") / "README.md").read_text(encoding="utf-8")
    assert lindehout.documents["origin"].str.startswith("fictional").all()
    assert "excerpt" in lindehout.documents.query("kind == 'interview'")["origin"].iloc[0]


def test_lindehout_fills_every_table(lindehout):
    from valuecreation.study import schema

    assert set(lindehout.tables) == set(schema.tables())
    assert all(len(frame) for frame in lindehout.tables.values())


def test_lindehout_has_the_people_it_promises(lindehout):
    people = lindehout.participants
    members = people.query("informant == 'member'")
    assert (len(members), len(people) - len(members)) == (19, 3)
    assert members["role"].nunique() >= 8
    assert set(members["role_group"]) == {"care", "welfare", "education", "client or citizen", "other"}
    sizes = lindehout.memberships.drop_duplicates(["participant_id", "subgroup"])["subgroup"].value_counts()
    assert (len(sizes), sizes.max()) == (4, 6)


def test_lindehout_has_fifteen_to_seventeen_members_at_any_one_time(lindehout):
    spells = lindehout.memberships
    for day in pd.date_range("2024-09-19", "2025-06-30"):
        here = spells[(spells["joined"] <= day) & (spells["left"].isna() | (spells["left"] >= day))]
        assert 15 <= here["participant_id"].nunique() <= 17, day
    assert (spells["participant_id"].value_counts() > 1).sum() == 1


def test_lindehout_has_the_texts_it_promises(lindehout):
    documents = lindehout.documents
    diaries = documents.query("kind == 'diary'")
    assert diaries["text"].notna().sum() >= 200
    interviews = documents.query("kind == 'interview'").merge(lindehout.participants, on="participant_id")
    assert interviews.query("informant == 'member'")["participant_id"].nunique() == 14
    assert interviews.query("informant == 'outside'")["participant_id"].nunique() == 3
    words = interviews["text"].str.split().str.len()
    assert words.between(400, 900).all()
    assert (documents["kind"] == "group_interview").sum() == 1
    assert documents.groupby("participant_id")["language"].agg(set).apply(lambda spoken: spoken == {"en"}).sum() == 1


def test_lindehout_is_no_text_from_a_mould(lindehout):
    """No two entries are alike, nor begin alike more often than people's do."""
    texts = lindehout.documents["text"].dropna()
    assert texts.is_unique
    openings = texts.str.split().str[:4].str.join(" ")
    assert openings.value_counts().max() <= 6
    pieces = texts.map(
        lambda text: {
            tuple(words[at : at + 8]) for words in [re.findall(r"\w+", text.lower())] for at in range(len(words) - 7)
        }
    )
    seen: dict[tuple, int] = {}
    for stretch in pieces:
        for piece in stretch:
            seen[piece] = seen.get(piece, 0) + 1
    assert max(seen.values()) <= 3


def test_lindehout_has_coders_who_honestly_differ(lindehout):
    codings, coverage = lindehout.codings, lindehout.coverage
    documents = set(lindehout.documents.dropna(subset=["text"])["document_id"])
    seen = coverage.query("codebook == 'vcf-2011'").groupby("coder")["document_id"].agg(set)
    assert seen["coder-1"] == seen["coder-2"] == documents
    assert set(coverage.query("coder == 'coder-3'")["document_id"]) < documents
    given = {
        coder: set(zip(rows["segment_id"], rows["code"], strict=True))
        for coder, rows in codings.query("codebook == 'vcf-2011'").groupby("coder")
    }
    same = len(given["coder-1"] & given["coder-2"]) / len(given["coder-1"] | given["coder-2"])
    assert 0.3 < same < 0.9
    agreed = codings.query("coder == 'agreed'")
    assert len(agreed) > 50
    assert agreed["decided_by"].notna().all()
    assert agreed["why"].notna().all()


def test_lindehout_has_value_of_every_kind(lindehout):
    codings = lindehout.codings.query("codebook == 'vcf-2011'")
    assert set(codings["polarity"]) == {"+", "-", "0"}
    assert set(codings["status"]) == {"experienced", "reported", "attempted", "intention", "aspiration"}
    assert {code.split(".")[0] for code in codings["code"]} == {
        "immediate",
        "potential",
        "applied",
        "realised",
        "reframing",
    }


def test_lindehout_has_stories_with_gaps_and_claimants_who_differ(lindehout):
    assert len(lindehout.stories) >= 12
    steps = lindehout.steps.groupby("story_id")["cycle"].agg(set)
    assert (steps.map(len) < 5).any()
    first = lindehout.steps.sort_values("step").groupby("story_id")["cycle"].first()
    assert first.nunique() >= 3
    links = lindehout.links.groupby(["story_id", "from_step", "to_step"])["claimant_role"].agg(set)
    assert {frozenset(one) for one in links} >= {frozenset({"teller"}), frozenset({"analyst"})}
    assert set(lindehout.stories["story_id"]) - set(lindehout.links["story_id"])


def test_lindehout_has_empty_cells_of_both_kinds(lindehout):
    states = lindehout.measurements
    assert set(states["data_state"]) == {"present", "none_found", "not_collected"}
    assert states.query("data_state == 'not_collected'")["value"].isna().all()


def test_lindehout_has_one_withdrawn_diary_and_says_so(lindehout):
    found = lindehout.check()
    assert found["severity"].tolist() == ["warning", "note"]
    assert "P09 withdrew" in found["message"].iloc[1]
    own = lindehout.documents.query("participant_id == 'P09'")
    assert own.query("kind == 'diary'")["text"].isna().all()
    assert own.query("kind == 'interview'")["text"].notna().all()


def test_nijmegen_keeps_words_as_words_and_knows_where_each_statement_is_from():
    study = vc.load_example("nijmegen-2020")
    quantifiers = set(study.codings["quantifier"].dropna())
    assert {"alle deelnemers", "veel"} <= quantifiers
    assert not any(re.search(r"\d", word) for word in quantifiers)
    assert study.documents["origin"].notna().all()
    portraits = study.documents[study.documents["document_id"].str.startswith("portrait")]
    assert portraits["origin"].str.contains("later than March 2020").all()
    finding = study.codings.query("codebook == 'vcf-2011' and status == 'attempted'")
    assert finding[["code", "polarity", "quantifier"]].drop_duplicates().to_numpy().tolist() == [
        ["applied", "0", "alle deelnemers"]
    ]


def test_nijmegen_has_its_design_as_dated_facts():
    facts = vc.load_example("nijmegen-2020").facts
    values = dict(zip(facts["attribute"], facts["value"], strict=False))
    assert {"17", "3", "8"} <= set(values.values())
    assert facts["source"].notna().all()


def test_werkplaatsen_lists_what_the_sources_list_and_resolves_nothing():
    study = vc.load_example("werkplaatsen-2018")
    kinds = study.networks["network_id"].str.extract(r"^([a-z]+)-")[0].value_counts()
    assert kinds.to_dict() == {"table": 18, "section": 15, "email": 2}


def test_werkplaatsen_keeps_the_reconstructed_figures_and_the_lost_marks():
    facts = vc.load_example("werkplaatsen-2018").facts
    forms = facts[facts["attribute"].str.startswith("form_of_cooperation")]
    assert sorted(forms["value"], key=int) == ["1", "1", "1", "3", "11"]
    assert set(forms["basis"]) == {"reconstructed"}
    conditions = facts[facts["attribute"].str.startswith("condition")]
    assert sorted(conditions["value"].dropna()[conditions["value"].str.fullmatch(r"\d")], reverse=True) == [
        "5",
        "4",
        "3",
        "1",
        "1",
        "1",
    ]
    marks = facts[facts["attribute"].str.startswith("involvement: ")]
    assert len(marks) == 70
    assert marks["value"].isna().all()


def test_werkplaatsen_lets_both_facts_stand_where_sources_disagree():
    facts = vc.load_example("werkplaatsen-2018").facts
    both = facts[facts["attribute"].str.contains("workplaces") & facts["value"].isin(["14", "11"])]
    assert set(both["value"]) == {"14", "11"}
    assert both["source"].nunique() == 2
