"""Rules that the field imposes (DESIGN 2): what must hold, and what must not be there."""

import ast
import inspect
import re
from pathlib import Path

import pandas as pd
import pytest

import valuecreation as vc
from valuecreation.words import load_data, vocabulary

PACKAGE = Path(vc.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
FORBIDDEN = re.compile(
    r"(?<![a-z])(score|rank|ranking|ladder|funnel|conversion|highest_cycle|probability|league|stars?)(?![a-z])"
)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_name_in_the_code_scores_ranks_or_climbs(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = (
            getattr(node, "name", None)
            or getattr(node, "id", None)
            or getattr(node, "arg", None)
            or getattr(node, "attr", None)
        )
        if isinstance(name, str):
            assert not FORBIDDEN.search(name.casefold().replace("__", "")), name


def test_no_result_has_a_column_that_scores_or_ranks(lindehout):
    for result in (
        vc.profile(lindehout, population="p", shares=True),
        vc.lens(lindehout),
        vc.lens(lindehout, of="questions"),
        vc.triangulate(lindehout, people=True),
        vc.cooccurrence(lindehout),
        vc.agreement(lindehout, resamples=10),
        vc.hints(lindehout),
    ):
        for table in (result.table, result.summary, *result.supplements.values()):
            assert not any(FORBIDDEN.search(str(column).casefold()) for column in table.columns)


def test_cycles_are_not_sorted_by_their_counts(lindehout):
    """1: the order is that of the codebook, whatever is counted."""
    order = list(vc.load_codebook("vcf-2011").codes)
    for options in ({}, {"by": "role_group"}, {"rule": "all"}):
        assert list(dict.fromkeys(vc.profile(lindehout, **options).table["code"])) == order


def test_every_profile_says_that_cycles_are_no_ladder(small):
    assert any("no ladder" in caution for caution in vc.profile(small).cautions)


def test_flows_come_from_links_alone_and_nothing_counts_neighbours(lindehout):
    """2: a flow is a claim; order in time or text is never counted as one."""
    for path in (PACKAGE / "analyses").glob("*.py"):
        assert "shift(" not in path.read_text(encoding="utf-8")
    renumbered = lindehout.steps.assign(date=None)
    assert vc.flows(lindehout.replace(steps=renumbered)).table.equals(vc.flows(lindehout).table)
    with pytest.raises(vc.ValueCreationError, match="links"):
        vc.flows(lindehout.replace(links=None))


def test_every_row_of_a_result_says_its_unit_and_its_n(lindehout):
    """3: n of N with its unit; participants first."""
    for result in (vc.profile(lindehout), vc.lens(lindehout)):
        assert {"unit", "n", "N"} <= set(result.table.columns)
        assert (result.table["n"] <= result.table["N"]).all()
        assert result.unit == "participants"
        assert result.table["unit"].iloc[0] == "participants"


def test_what_was_told_and_dated_says_its_unit_and_its_n_too(lindehout):
    """3: the same for stories, flows and months."""
    for result in (
        vc.flows(lindehout),
        vc.matrix(lindehout),
        vc.over_time(lindehout),
        vc.since(lindehout, "2025-04-17"),
    ):
        assert {"unit", "n", "N"} <= set(result.table.columns)
        assert (result.table["n"] <= result.table["N"]).all()
        assert set(result.table["unit"]) == {result.unit}


def test_small_numbers_have_no_percentages(lindehout):
    """7: below twenty tellers, students or participants nothing is a percentage."""
    results = (
        vc.flows(lindehout), vc.matrix(lindehout), vc.stories(lindehout), vc.since(lindehout, "2025-04-17"),
        vc.teller_against_analyst(lindehout), vc.keeping(lindehout),
    )  # fmt: skip
    for result in results:
        assert "%" not in result.to_html(), result.name


def test_not_collected_is_never_none_found(lindehout):
    """5: the matrix keeps the two apart, and a month without words is no month without value."""
    states = vc.matrix(lindehout).table.set_index("indicator_id")["data_state"]
    assert (states["I12"], states["I08"]) == ("not_collected", "none_found")
    assert set(vc.over_time(lindehout).table["data_state"]) <= {"not_collected", "none_found", "present"}


def test_an_intention_never_counts_as_applied(lindehout):
    """4: turning every coding into an intention leaves no value found."""
    intended = lindehout.replace(codings=lindehout.codings.assign(status="intention"))
    table = vc.profile(intended).table
    assert table.loc[table["status"].isin(["experienced", "reported", "attempted"]), "n"].sum() == 0
    assert vc.lens(intended).table["n"].sum() == 0
    assert vc.over_time(intended).table["n"].sum() == 0
    hoped = lindehout.replace(steps=lindehout.steps.assign(status="aspiration"))
    assert vc.matrix(hoped).table[["n", "gains", "costs", "nothing"]].to_numpy().sum() == 0
    assert set(vc.flows(hoped).table["reality"]) == {"not_yet"}
    assert all(
        table.select_dtypes("number").drop(columns=[], errors="ignore").to_numpy().sum() == 0
        for table in vc.profile(intended).supplements.values()
    )


def test_every_coding_can_carry_a_sign_a_status_and_the_rest(lindehout):
    wanted = {"polarity", "status", "level", "beneficiary", "evidence", "horizon", "coder", "codebook_version"}
    assert wanted <= set(lindehout.codings.columns)
    assert lindehout.codings[["status", "polarity"]].notna().all().all()


def test_not_judged_is_no_word_that_one_can_choose():
    for name in ("level", "beneficiary", "evidence", "horizon", "strength", "status", "polarity"):
        assert not {"unknown", "not judged", "none", "other "} & set(vocabulary(name)) - {"other"}


def test_not_collected_and_none_found_are_two_words():
    """5."""
    assert {"not_collected", "none_found"} < set(vocabulary("data_state"))


def test_lost_marks_are_not_filled_in():
    """5: an involvement mark that the print lost stays empty through reading, writing and counting."""
    facts = vc.load_example("werkplaatsen-2018").facts
    assert facts.loc[facts["attribute"].str.startswith("involvement: "), "value"].isna().all()
    assert not any("fillna(0)" in path.read_text(encoding="utf-8") for path in (PACKAGE / "study").rglob("*.py"))


def test_a_quantifier_stays_text(small):
    """6: 'many' is not turned into a number."""
    study = small.replace(codings=small.codings.assign(quantifier="veel"))
    assert study.codings["quantifier"].tolist() == ["veel"] * 5
    pd.testing.assert_frame_equal(vc.profile(study).table, vc.profile(small).table)


def test_no_percentages_and_no_intervals_unless_asked(lindehout):
    """7: nineteen people, so no shares; and no population was named, so no intervals."""
    result = vc.profile(lindehout)
    assert not {"share", "low", "high", "p"} & set(result.table.columns)
    assert "%" not in result._repr_html_()
    assert any("read counts, not percentages" in caution for caution in result.cautions)


def test_nothing_tests_for_significance():
    names = {
        name
        for path in (PACKAGE / "analyses").glob("*.py")
        for name in re.findall(r"p_?value|significan", path.read_text(encoding="utf-8"))
    }
    assert not names


def test_no_table_lists_people(lindehout):
    """8: no count per person; evidence is asked for cell by cell."""
    people = set(lindehout.participants["participant_id"]) | set(lindehout.participants["alias"])
    for result in (
        vc.profile(lindehout),
        vc.profile(lindehout, by="role_group"),
        vc.lens(lindehout),
        vc.triangulate(lindehout),
        vc.cooccurrence(lindehout),
    ):
        for table in (result.table, result.summary, *result.supplements.values()):
            assert not people & set(table.astype(str).to_numpy().ravel())
    with pytest.raises(vc.ValueCreationError):
        vc.profile(lindehout, by="participant_id")


def test_domains_are_not_derived_from_cycles(lindehout):
    """11: take one code system away and the other does not move; and there is no total."""
    without = lindehout.replace(codings=lindehout.codings.query("codebook != 'biesta'"))
    pd.testing.assert_frame_equal(vc.profile(without).table, vc.profile(lindehout).table)
    assert vc.lens(without).table["n"].sum() == 0
    moves = load_data("codebooks/vcf-2020.yaml")["migrations"]["vcf-2011"]
    assert not {"qualification", "socialisation", "subjectification"} & {str(move) for move in moves.values()}


def test_the_reading_of_subjectification_is_declared(lindehout):
    assert lindehout.codings.query("codebook == 'biesta'")["reading"].notna().all()
    assert "reading" in vc.lens(lindehout).table.columns


def test_every_function_that_shows_words_takes_a_language():
    names = ("profile", "lens", "triangulate", "cooccurrence", "agreement", "hints", "explore")
    for name in (*names, "list_codebooks", "list_examples"):
        assert inspect.signature(getattr(vc, name)).parameters["language"].default == "en"
    assert inspect.signature(vc.Study.check).parameters["language"].default == "en"
