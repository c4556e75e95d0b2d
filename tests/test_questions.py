"""Learning questions by domain: questions are counted, looked at without a domain is not the same as not looked at."""

import pandas as pd
import pytest

import valuecreation as vc
from conftest import cell, frame


@pytest.fixture
def asked() -> vc.Study:
    """Four questions: q1 in two domains, q2 where the coders differ, q3 looked at without a domain, q4 not looked at."""
    questions = frame("question_id subgroup text\nq1 G who?\nq2 G what?\nq3 H when?\nq4 H why?")
    codings = frame(
        """
        question_id codebook reading     code              coder
        q1          biesta   WSD-2018    qualification     c1
        q1          biesta   WSD-2018    socialisation     c1
        q2          biesta   WSD-2018    subjectification  c1
        q2          biesta   WSD-2018    socialisation     c2
        q3          biesta   WSD-2018    .                 c1
        q2          biesta   Biesta-2020 subjectification  c1
        """
    )
    return vc.Study({"questions": questions, "question_codings": codings})


def test_a_question_counts_in_every_domain_it_has(asked):
    result = vc.lens(asked, of="questions")
    assert cell(result, domain="socialisation", reading="WSD-2018") == (2, 3)
    assert cell(result, domain="qualification", reading="WSD-2018") == (1, 3)
    assert result.unit == "questions"
    assert result.n == 4


def test_readings_stand_apart_with_their_own_n(asked):
    result = vc.lens(asked, of="questions")
    assert cell(result, domain="subjectification", reading="Biesta-2020") == (1, 1)
    assert set(vc.lens(asked, of="questions", reading="WSD-2018").table["reading"]) == {"WSD-2018"}


def test_looked_at_without_a_domain_is_not_the_same_as_not_looked_at(asked):
    result = vc.lens(asked, of="questions", reading="WSD-2018")
    assert result.supplements["none"]["no domain"].tolist() == ["1 of 3"]
    assert any("nobody coded: 1" in caution for caution in result.cautions)


@pytest.mark.parametrize(("rule", "n"), [("any", 1), ("all", 0), ("c1", 1), ("c2", 0)])
def test_the_rule_says_whose_codes_count(asked, rule, n):
    result = vc.lens(asked, of="questions", rule=rule)
    assert cell(result, domain="subjectification", reading="WSD-2018")[0] == n


def test_what_was_settled_counts_in_place_of_the_rest(asked):
    settled = frame("question_id codebook reading code coder decided_by\nq2 biesta WSD-2018 socialisation agreed c1")
    study = asked.replace(question_codings=pd.concat([asked.question_codings, settled]))
    result = vc.lens(study, of="questions")
    assert cell(result, domain="subjectification", reading="WSD-2018") == (0, 3)
    assert cell(result, domain="subjectification", reading="Biesta-2020") == (1, 1)
    assert cell(vc.lens(study, of="questions", agreed=False), domain="subjectification", reading="WSD-2018") == (1, 3)


def test_questions_move_no_count_of_what_people_said(lindehout):
    without = lindehout.replace(question_codings=None)
    assert vc.lens(without).table.equals(vc.lens(lindehout).table)


def test_evidence_gives_the_question_itself(asked):
    found = vc.lens(asked, of="questions").evidence(domain="socialisation", reading="WSD-2018")
    assert found[["question_id", "coder", "text"]].to_numpy().tolist() == [["q1", "c1", "who?"], ["q2", "c2", "what?"]]


def test_the_figure_shows_both_names_of_a_domain_that_has_two(lindehout):
    figure = vc.lens(lindehout, of="questions", language="nl").plot()
    assert "subjectificatie / subjectwording" in figure.text


def test_a_code_that_does_not_exist_and_a_question_that_does_not_are_findings(asked):
    codings = asked.question_codings.assign(
        code=["qualification", "socialization", None, "x", None, None], question_id=["q9", "q1", "q2", "q2", "q3", "q2"]
    )
    found = asked.replace(question_codings=codings).check()
    rows = found[found["table"] == "question_codings"]
    assert {"q9", "socialization", "x"} <= set(rows["value"].dropna())


@pytest.mark.parametrize("wrong", [{"of": "people"}, {"rule": "most"}, {"reading": "old"}, {"domains": "nothing"}])
def test_wrong_choices_are_answered_with_the_right_ones(asked, wrong):
    with pytest.raises(vc.ValueCreationError, match="can be"):
        vc.lens(asked, **{"of": "questions", **wrong})


def test_without_coded_questions_it_says_what_is_missing(asked):
    with pytest.raises(vc.ValueCreationError, match="question_codings"):
        vc.lens(asked.replace(question_codings=None), of="questions")
