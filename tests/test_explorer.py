"""The explorer, without a browser: choosing changes what is shown, and what is shown is a result."""

import pandas as pd
import pytest

import valuecreation as vc


def test_it_shows_what_the_profile_says(lindehout):
    explorer = vc.explore(lindehout)
    pd.testing.assert_frame_equal(explorer.result.table, vc.profile(lindehout, codebook="vcf-2011").table)
    assert "19 of 19" in explorer.table.value
    assert "<img alt=" in explorer.figure.value


def test_choosing_a_group_changes_table_and_figure(lindehout):
    explorer = vc.explore(lindehout)
    before = explorer.figure.value
    explorer.by.value = "role_group"
    assert "education" in explorer.table.value
    assert explorer.figure.value != before
    assert repr(explorer) == "<Explorer of lindehout: vcf-2011, role_group>"


def test_choosing_a_code_shows_its_quotes(lindehout):
    explorer = vc.explore(lindehout)
    explorer.code.value = "reframing"
    assert "Quotes: reframing value, experienced (5 segments)" in explorer.quotes.value
    assert "jouw woorden" in explorer.quotes.value


def test_choosing_whose_codes_count_changes_the_counts(lindehout):
    explorer = vc.explore(lindehout)
    explorer.rule.value = "all"
    pd.testing.assert_frame_equal(explorer.result.table, vc.profile(lindehout, codebook="vcf-2011", rule="all").table)


def test_the_language_can_be_changed_and_keeps_what_was_chosen(lindehout):
    explorer = vc.explore(lindehout)
    explorer.code.value = "applied"
    explorer.by.value = "kind"
    explorer.language.value = "nl"
    assert (explorer.code.value, explorer.by.value) == ("applied", "kind")
    assert explorer.by.description == "Vergelijk op"
    assert "toegepaste waarde" in explorer.quotes.value


def test_every_choice_can_be_made(lindehout):
    explorer = vc.explore(lindehout, language="nl")
    for control in explorer.controls:
        for _, value in [option if isinstance(option, tuple) else (option, option) for option in control.options]:
            control.value = value
            assert "role=" not in explorer.table.value


def test_every_control_has_a_name(lindehout):
    for control in vc.explore(lindehout).controls:
        assert control.description


def test_a_study_without_codings_says_so():
    with pytest.raises(vc.ValueCreationError, match="nothing to explore"):
        vc.explore(vc.Study({}))
