"""Codebooks: the shipped ones whole in both languages, one's own explained line by line."""

import pickle
import re

import pytest

import valuecreation as vc
from valuecreation.codebook.code import LISTS
from valuecreation.errors import InvalidCodebook, UnknownName
from valuecreation.words import vocabulary

SHIPPED = ["vcf-2011", "vcf-2020", "biesta", "conditions", "network-functions"]
TOP = {
    "vcf-2011": ["immediate", "potential", "applied", "realised", "reframing"],
    "vcf-2020": [
        "orienting",
        "immediate",
        "potential",
        "applied",
        "realised",
        "transformative",
        "enabling",
        "strategic",
    ],
    "biesta": ["qualification", "socialisation", "subjectification"],
    "conditions": ["facilitating", "hindering", "initiator", "context", "other_value", "not_codable"],
}


@pytest.mark.parametrize("name", TOP)
def test_the_codes_are_those_of_the_published_framework_in_order(name):
    assert list(vc.load_codebook(name).codes) == TOP[name]


def test_all_are_listed():
    assert vc.list_codebooks()["name"].tolist() == SHIPPED
    assert vc.list_codebooks("nl")["title"].ne(vc.list_codebooks("en")["title"]).all()


@pytest.mark.parametrize("name", SHIPPED)
def test_every_code_says_everything_in_both_languages(name):
    for code in vc.load_codebook(name).walk():
        for part in ("label", "definition"):
            english, dutch = (getattr(code, part)(language) for language in ("en", "nl"))
            assert english, (code, part)
            assert dutch, (code, part)
        assert code.definition("en") != code.definition("nl")


@pytest.mark.parametrize("name", SHIPPED[:3])
def test_the_lenses_have_tests_questions_items_and_examples(name):
    for code in vc.load_codebook(name).codes:
        assert code.boundaries("nl").keys() == code.boundaries("en").keys() != set()
        for part in LISTS:
            assert len(code.items(part, "nl")) == len(code.items(part, "en")) > 0, (code, part)
        assert len(code.examples) >= 3
        assert code.entry["source"]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_example_is_marked_and_answered_with_codes_that_exist(name):
    for code in vc.load_codebook(name).walk():
        for example in code.examples:
            assert example["origin"] in ("constructed", "paraphrase")
            assert example["answers"]
            for answer in example["answers"]:
                book = vc.load_codebook(answer["codebook"])
                assert answer["code"] in book or answer["code"] == "none"
                assert answer.get("status") in (*vocabulary("status"), None)
                assert answer.get("polarity") in (*vocabulary("polarity"), None)
                assert answer.get("reading") in (*book.readings, None)


def test_boundaries_are_drawn_from_both_sides():
    book = vc.load_codebook("vcf-2011")
    for code in book.codes:
        for other in code.boundaries():
            assert code.name in book[other].boundaries(), (code, other)


def test_where_versions_or_readings_differ_the_example_gives_both_answers():
    answers = [example["answers"] for code in vc.load_codebook("biesta").codes for example in code.examples]
    both = [{(one.get("reading"), one["code"]) for one in answer if one["codebook"] == "biesta"} for answer in answers]
    assert any(
        {"WSD-2018", "Biesta-2020"} <= {reading for reading, _ in one} and len({code for _, code in one}) > 1
        for one in both
    )
    cycles = [example["answers"] for code in vc.load_codebook("vcf-2011").codes for example in code.examples]
    assert any({one["codebook"] for one in answer} >= {"vcf-2011", "vcf-2020"} for answer in cycles)


def test_an_intention_keeps_the_cycle_it_concerns():
    """DESIGN 3: the code is the cycle, the status says how real it is."""
    intended = [
        answer
        for code in vc.load_codebook("vcf-2011").codes
        for example in code.examples
        for answer in example["answers"]
        if answer["codebook"] == "vcf-2011" and answer.get("status") == "intention"
    ]
    assert {answer["code"] for answer in intended} >= {"applied"}


def test_the_readings_of_biesta_label_subjectification_each_in_their_own_word():
    code = vc.load_codebook("biesta")["subjectification"]
    assert code.label("nl", "WSD-2018") == "subjectificatie"
    assert code.label("nl", "Biesta-2020") == code.label("nl") == "subjectwording"


def test_a_code_is_its_name_and_does_not_change():
    code = vc.load_codebook("vcf-2011")["potential.social"]
    assert code == "potential.social"
    assert code.parent == "potential"
    assert vc.load_codebook("vcf-2011").top(code) == "potential"
    assert pickle.loads(pickle.dumps(code)).definition() == code.definition()
    with pytest.raises(AttributeError):
        code.parent = "applied"


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", SHIPPED)
def test_the_manual_has_every_code_and_example(name, language):
    book = vc.load_codebook(name)
    manual = book.to_markdown(language)
    for code in book.walk():
        assert f"(`{code.name}`)" in manual
    assert manual.count("→ `") >= sum(len(code.examples) for code in book.walk())
    assert not re.search(r"\{'|None|\bnan\b", manual)


def test_the_frame_has_a_row_a_code():
    table = vc.load_codebook("vcf-2011").to_frame("nl")
    assert len(table) == 10
    assert table.set_index("code").loc["potential.social", "parent"] == "potential"
    assert table["definition"].notna().all()


def test_an_unknown_name_is_answered_with_those_there_are():
    with pytest.raises(UnknownName, match=r"vcf-2011.*Did you mean 'vcf-20"):
        vc.load_codebook("vcf-2012")
    with pytest.raises(UnknownName, match="no codebook file"):
        vc.load_codebook("folder/mine.yaml")
    with pytest.raises(UnknownName, match="applied"):
        vc.load_codebook("vcf-2011")["aplied"]


def test_a_codebook_of_ones_own(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("name: mine\ntitle: Mijn boek\ncodes:\n  - code: lef\n    label: {nl: lef}\n", encoding="utf-8")
    book = vc.load_codebook(path)
    assert list(book.codes) == ["lef"]
    assert book["lef"].label("en") == "lef"


def test_a_file_can_extend_a_shipped_book(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "name: mine\nextends: vcf-2011\ncodes:\n  - code: applied.lesson\n    label: lesson\n  - code: lef\n    label: lef\n",
        encoding="utf-8",
    )
    book = vc.load_codebook(path)
    assert list(book.codes) == [*TOP["vcf-2011"], "lef"]
    assert book.top("applied.lesson") == "applied"
    assert book.kind == "cycles"


FAULTS = {
    "not yaml": ("name: [", "line 2"),
    "no mapping": ("- a\n- b\n", "a codebook begins with name"),
    "empty": ("", "a codebook begins with name"),
    "no codes": ("name: x\ntitle: y\n", "there are no codes"),
    "bad name": ("name: a b\ncodes:\n - code: a\n   label: a\n", "line 1: name"),
    "twice": (
        "name: x\ncodes:\n - code: a\n   label: a\n - code: a\n   label: a\n",
        "line 5: code 'a' is defined a second time",
    ),
    "key twice": ("name: x\nname: y\ncodes:\n - code: a\n   label: a\n", "line 2: name stands here a second time"),
    "no label": ("name: x\ncodes:\n - code: a\n", "line 3: code 'a' has no label"),
    "parent": (
        "name: x\ncodes:\n - code: a\n   label: a\n   codes:\n    - code: b\n      label: b\n",
        "must begin with 'a.'",
    ),
    "orphan": ("name: x\ncodes:\n - code: a.b\n   label: a\n", "belongs below 'a'"),
    "boundary": (
        "name: x\ncodes:\n - code: a\n   label: a\n   boundaries:\n    - with: c\n      test: d\n",
        "line 6: code 'a': a boundary test names 'c'",
    ),
    "unknown part": (
        "name: x\ncodes:\n - code: a\n   label: a\n   colour: red\n",
        "line 5: code 'a': colour is not part",
    ),
    "list": ("name: x\ncodes:\n - code: a\n   label: a\n   include: yes\n", "include must be a list"),
    "unequal": ("name: x\ncodes:\n - code: a\n   label: a\n   include: {en: [a, b], nl: [a]}\n", "not as many items"),
    "language": ("name: x\ncodes:\n - code: a\n   label: {fr: a}\n", "has the language 'fr'"),
    "extends": ("name: x\nextends: nothing\ncodes:\n - code: a\n   label: a\n", "line 2: extends 'nothing'"),
    "example": (
        "name: x\ncodes:\n - code: a\n   label: a\n   examples:\n    - text: t\n"
        "      answers:\n       - {codebook: x, code: z}\n",
        "answers 'z'",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_file_is_explained_with_its_line(tmp_path, fault):
    text, said = FAULTS[fault]
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidCodebook) as caught:
        vc.load_codebook(path)
    assert said in str(caught.value)
    assert "bad.yaml" in str(caught.value)


def test_all_faults_are_told_at_once(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text("name: x\ncodes:\n - code: a\n - code: b c\n   label: q\n", encoding="utf-8")
    with pytest.raises(InvalidCodebook) as caught:
        vc.load_codebook(path)
    assert len(str(caught.value).splitlines()) == 3


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(InvalidCodebook, match="UTF-8"):
        vc.load_codebook(path)
