"""Words that readers see: both languages everywhere, with the same blanks to fill in."""

import re

import pytest

from valuecreation.errors import UnknownName
from valuecreation.findings import SEVERITIES
from valuecreation.study import schema
from valuecreation.words import label, load_data, vocabulary

BLANK = re.compile(r"{(\w+)}")


@pytest.mark.parametrize("name", load_data("findings.yaml"))
def test_a_finding_says_the_same_in_both_languages(name):
    entry = load_data("findings.yaml")[name]
    assert entry["severity"] in SEVERITIES
    for part in ("message", "remedy"):
        english, dutch = entry[part]["en"], entry[part]["nl"]
        assert set(BLANK.findall(english)) == set(BLANK.findall(dutch)), (name, part)
        assert english.rstrip()[-1] in ".}", (name, english)
        assert english != dutch or english == "{hint}"


@pytest.mark.parametrize("name", load_data("phrases.yaml"))
def test_a_phrase_has_both_languages(name):
    entry = load_data("phrases.yaml")[name]
    assert set(BLANK.findall(entry["en"])) == set(BLANK.findall(entry["nl"]))


def test_every_vocabulary_has_both_languages():
    for name, words in load_data("vocabularies.yaml").items():
        for key, entry in words.items():
            assert isinstance(key, str), (name, key)
            assert entry["en"], (name, key)
            assert entry["nl"], (name, key)


def test_the_words_of_the_design_are_kept():
    assert [label("status", status, "nl") for status in vocabulary("status")] == [
        "zelf ervaren",
        "van een ander gehoord",
        "nog niet of geprobeerd",
        "voornemen",
        "verwachting",
    ]
    assert [label("polarity", sign, "nl") for sign in "+-0"] == [
        "leverde iets op",
        "ging ten koste van",
        "leverde niets op",
    ]
    assert label("data_state", "none_found", "nl") == "nagevraagd maar niet gevonden"
    assert label("data_state", "not_collected", "nl") == "niet nagevraagd"
    assert [label("severity", severity, "nl") for severity in SEVERITIES] == ["herstellen", "nakijken", "ter info"]


def test_every_table_and_column_is_described_in_both_languages():
    for table in schema.tables().values():
        assert table.row["en"]
        assert table.row["nl"]
        assert set(table.key) <= set(table.columns)
        for column in table.columns.values():
            assert column.description["en"], (table.name, column.name)
            assert column.description["nl"], (table.name, column.name)
            assert column.references in (*schema.tables(), "any", None)
            if column.vocabulary:
                assert column.choices


def test_an_unknown_language_is_refused_in_words():
    with pytest.raises(UnknownName, match="en, nl"):
        label("status", "intention", "fr")
