"""Co-occurrence in a study: who counts, what the window is, what it is not."""

import pandas as pd
import pytest

import valuecreation as vc
from conftest import cell, frame


@pytest.fixture
def near() -> vc.Study:
    """A, B and C, each with a document of two segments; applied meets realised in A's one, in B's two."""
    documents = frame("document_id participant_id\nd1 A\nd2 B\nd3 C")
    segments = frame("segment_id document_id start\na1 d1 0\na2 d1 9\nb2 d2 9\nb1 d2 0\nc1 d3 0\nc2 d3 9")
    codings = frame(
        """
        segment_id codebook code      coder status      polarity
        a1         vcf-2011 applied   c1    experienced +
        a1         vcf-2011 realised  c1    experienced +
        b1         vcf-2011 applied   c1    experienced +
        b2         vcf-2011 realised  c1    reported    +
        c1         vcf-2011 potential c1    experienced +
        c1         vcf-2011 immediate c1    experienced +
        c2         vcf-2011 applied   c1    intention   +
        """
    )
    coverage = pd.DataFrame({"coder": "c1", "document_id": ["d1", "d2", "d3"], "codebook": "vcf-2011"})
    people = frame("participant_id role_group informant\nA care member\nB care member\nC education member")
    tables = {"documents": documents, "segments": segments, "codings": codings, "coverage": coverage}
    return vc.Study({**tables, "participants": people})


def test_the_window_decides_who_counts(near):
    assert cell(vc.cooccurrence(near), left="applied", right="realised", unit="participants") == (1, 3)
    wide = vc.cooccurrence(near, window=2)
    assert cell(wide, left="applied", right="realised", unit="participants") == (2, 3)
    assert cell(wide, left="applied", right="realised", unit="segments") == (2, 6)


def test_the_window_stands_in_the_title(near):
    assert "in the same segment" in vc.cooccurrence(near).title
    assert "de 1 ervóór" in vc.cooccurrence(near, window=2, language="nl").title
    assert "all before it" in vc.cooccurrence(near, window="document").title


def test_an_intention_meets_nothing(near):
    assert cell(vc.cooccurrence(near, window=2), left="potential", right="applied", unit="participants")[0] == 0


def test_it_says_that_nearness_is_no_flow(near):
    assert "no flow" in vc.cooccurrence(near).cautions[0]
    assert not any("flow" in column or "link" in column for column in vc.cooccurrence(near).table.columns)


def test_evidence_shows_what_stands_here_and_what_before(near):
    found = vc.cooccurrence(near, window=2).evidence(left="applied", right="realised")
    assert found[["segment_id", "codes_here", "codes_before"]].to_numpy().tolist() == [
        ["a1", "applied, realised", ""],
        ["b2", "realised", "applied"],
    ]


def test_two_segmentations_of_one_document_are_not_neighbours(near):
    again = near.segments.assign(segmentation="turn")
    again.loc[0, "segmentation"] = "sentence"
    with pytest.raises(vc.ValueCreationError, match="d1.*sentence, turn.*Leave one"):
        vc.cooccurrence(near.replace(segments=again))


def test_two_groups_are_laid_apart_and_three_are_refused(lindehout):
    with pytest.raises(vc.ValueCreationError, match="role_group has 5 here"):
        vc.cooccurrence(lindehout, by="role_group")
    with pytest.raises(vc.ValueCreationError, match="in more than one"):
        vc.cooccurrence(lindehout, by="prompted")
    two = lindehout.participants["role_group"].where(lindehout.participants["role_group"] == "care", "other")
    result = vc.cooccurrence(
        lindehout.replace(participants=lindehout.participants.assign(role_group=two)), by="role_group"
    )
    assert "care (n = " in " ".join(text.get_text() for text in result.plot().figure.axes[0].get_legend().get_texts())


def test_no_participant_is_named_on_the_map_or_in_a_table(lindehout):
    result = vc.cooccurrence(lindehout)
    people = set(lindehout.participants["participant_id"])
    for table in (result.table, result.summary, *result.supplements.values()):
        assert not people & set(table.astype(str).to_numpy().ravel())
    drawn = {text.get_text() for text in result.plot().figure.axes[0].texts}
    assert not people & drawn


def test_domains_come_in_one_reading_which_is_said(lindehout):
    assert "Reading of the domains: WSD-2018." in vc.cooccurrence(lindehout).cautions
    other = vc.cooccurrence(lindehout, reading="Biesta-2020")
    assert not other.table.equals(vc.cooccurrence(lindehout).table)


def test_the_figure_is_described_with_tellers(near):
    assert "applied value – realised value 2" in vc.cooccurrence(near, window=2).plot().text


def test_evidence_agrees_with_every_count(lindehout):
    result = vc.cooccurrence(lindehout, window=3)
    for row in result.table.query("unit == 'segments'").to_dict("records"):
        assert len(result.evidence(left=row["left"], right=row["right"])) == row["n"]


@pytest.mark.parametrize(
    "wrong", [{"window": 0}, {"window": "week"}, {"window": True}, {"status": "done"}, {"by": "mood"}]
)
def test_wrong_choices_are_answered_in_words(near, wrong):
    with pytest.raises(vc.ValueCreationError, match="no window|can be"):
        vc.cooccurrence(near, **wrong)
