"""Which codings count: settled first, then the rule that the caller names."""

import pandas as pd
import pytest

import valuecreation as vc
from conftest import cell, frame


@pytest.fixture
def two_coders() -> vc.Study:
    """One teller, four segments, two coders; s1 both, s2 and s3 one of them, s4 settled otherwise than both."""
    segments = frame("segment_id document_id participant_id\ns1 d1 A\ns2 d1 A\ns3 d2 B\ns4 d2 B")
    codings = frame(
        """
        segment_id codebook code     coder  status      polarity
        s1         vcf-2011 applied  c1     experienced +
        s1         vcf-2011 applied  c2     experienced +
        s2         vcf-2011 applied  c1     experienced +
        s3         vcf-2011 applied  c2     experienced +
        s4         vcf-2011 realised c1     experienced +
        s4         vcf-2011 realised c2     experienced +
        s4         vcf-2011 applied  agreed experienced +
        """
    )
    coverage = frame("coder document_id codebook\nc1 d1 vcf-2011\nc1 d2 vcf-2011\nc2 d1 vcf-2011\nc2 d2 vcf-2011")
    return vc.Study({"segments": segments, "codings": codings, "coverage": coverage})


def count(study: vc.Study, code: str, **options: object) -> int:
    return cell(vc.profile(study, **options), code=code, status="experienced", unit="segments")[0]


def test_any_counts_what_one_coder_found(two_coders):
    assert count(two_coders, "applied", rule="any") == 4


def test_all_counts_what_every_coder_found_who_looked(two_coders):
    assert count(two_coders, "applied", rule="all") == 2


def test_a_coder_who_did_not_look_is_not_waited_for(two_coders):
    coverage = two_coders.coverage.query("not (coder == 'c2' and document_id == 'd1')")
    assert count(two_coders.replace(coverage=coverage, codings=two_coders.codings.drop(1)), "applied", rule="all") == 3


def test_the_name_of_a_coder_counts_what_that_coder_found(two_coders):
    assert count(two_coders, "applied", rule="c1") == 3
    assert count(two_coders, "applied", rule="c2") == 3


def test_what_was_settled_replaces_what_the_coders_said(two_coders):
    assert count(two_coders, "realised", rule="any") == 0


def test_the_coders_can_be_read_without_what_was_settled(two_coders):
    assert count(two_coders, "realised", rule="c1", agreed=False) == 1
    assert count(two_coders, "applied", rule="c1", agreed=False) == 2


def test_a_document_that_was_settled_with_nothing_in_it_has_nothing(two_coders):
    more = frame("coder document_id codebook\nagreed d1 vcf-2011")
    settled = two_coders.replace(coverage=pd.concat([two_coders.coverage, more]))
    assert count(settled, "applied", rule="any") == 2


def test_merging_coders_adds_up(two_coders):
    """What any coder found is what c1 found or c2 found: no more, no less."""
    sets = {
        rule: set(vc.profile(two_coders, rule=rule, agreed=False).evidence(code="applied")["segment_id"])
        for rule in ("c1", "c2", "any", "all")
    }
    assert sets["any"] == sets["c1"] | sets["c2"]
    assert sets["all"] == sets["c1"] & sets["c2"]


def test_coders_who_differ_on_the_status_do_not_agree(two_coders):
    codings = two_coders.codings.copy()
    codings.loc[1, "status"] = "intention"
    assert count(two_coders.replace(codings=codings), "applied", rule="all") == 1


def test_the_rule_is_repeated_in_the_cautions(two_coders):
    said = " ".join(vc.profile(two_coders, rule="all").cautions)
    assert "Settled: 1 of 4 coded segments" in said
    assert "every coder found who looked" in said


def test_a_reading_that_was_not_settled_is_not_lost_with_one_that_was():
    segments = frame("segment_id document_id participant_id\ns1 d1 A")
    codings = frame(
        """
        segment_id codebook reading     code             coder  status      polarity
        s1         vcf-2011 .           applied          c1     experienced +
        s1         biesta   WSD-2018    subjectification c1     experienced +
        s1         biesta   Biesta-2020 socialisation    c1     experienced +
        s1         biesta   WSD-2018    qualification    agreed experienced +
        """
    )
    coverage = frame("coder document_id codebook\nagreed d1 biesta\nc1 d1 biesta\nc1 d1 vcf-2011")
    result = vc.lens(vc.Study({"segments": segments, "codings": codings, "coverage": coverage}))
    found = {(row["reading"], row["domain"]) for row in result.table.query("n > 0").to_dict("records")}
    assert found == {("WSD-2018", "qualification"), ("Biesta-2020", "socialisation")}
