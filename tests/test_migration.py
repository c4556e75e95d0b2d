"""From 2011 to 2020: nothing is renamed by itself where only a person can decide."""

import pytest

import valuecreation as vc
from conftest import frame
from valuecreation.errors import DecisionNeeded


@pytest.fixture
def old() -> vc.Study:
    segments = frame("segment_id document_id quote\ns1 d1 een\ns2 d1 twee\ns3 d1 drie")
    codings = frame(
        """
        coding_id segment_id codebook codebook_version code             coder status      polarity
        c1        s1         vcf-2011 1.0              potential.social c     experienced +
        c2        s2         vcf-2011 1.0              reframing        c     experienced +
        c3        s3         vcf-2011 1.0              reframing        c     intention   +
        """
    )
    return vc.Study(
        {"segments": segments, "codings": codings, "coverage": frame("coder document_id codebook\nc d1 vcf-2011")}
    )


def test_reframing_waits_for_a_person(old):
    with pytest.raises(DecisionNeeded, match=r"2 segments.*s2, s3.*reframing-loop, transformative") as caught:
        vc.migrate(old, "vcf-2011", "vcf-2020")
    assert caught.value.undecided["quote"].tolist() == ["twee", "drie"]


def test_decisions_are_carried_out_and_signed(old):
    study = vc.migrate(old, "vcf-2011", "vcf-2020", {"s2": "transformative", "s3": "reframing-loop"}, decided_by="R1")
    new = study.codings.query("codebook == 'vcf-2020'").set_index("segment_id")
    assert new["code"].to_dict() == {"s1": "potential.social", "s2": "transformative"}
    assert new.loc["s2", "decided_by"] == "R1"
    assert "reframing -> vcf-2020 transformative" in new.loc["s2", "why"]
    assert new["status"].to_dict() == {"s1": "experienced", "s2": "experienced"}


def test_the_old_codings_stay_and_coverage_goes_along(old):
    study = vc.migrate(old, "vcf-2011", "vcf-2020", {"s2": "transformative", "s3": "transformative"}, decided_by="R1")
    assert len(study.codings.query("codebook == 'vcf-2011'")) == 3
    assert set(study.coverage["codebook"]) == {"vcf-2011", "vcf-2020"}
    assert study.check().query("severity == 'error'")["table"].tolist() == []


def test_moving_twice_is_moving_once(old):
    decided = {"s2": "transformative", "s3": "transformative"}
    once = vc.migrate(old, "vcf-2011", "vcf-2020", decided, decided_by="R1")
    assert vc.migrate(once, "vcf-2011", "vcf-2020", decided, decided_by="R1").equals(once)


def test_a_decision_that_is_none_is_refused(old):
    with pytest.raises(vc.ValueCreationError, match="can be transformative, reframing-loop"):
        vc.migrate(old, "vcf-2011", "vcf-2020", {"s2": "realised", "s3": "transformative"}, decided_by="R1")
    with pytest.raises(DecisionNeeded, match="who decided"):
        vc.migrate(old, "vcf-2011", "vcf-2020", {"s2": "transformative", "s3": "transformative"})


def test_the_way_back_is_not_known(old):
    with pytest.raises(vc.ValueCreationError, match="knows the way"):
        vc.migrate(old, "vcf-2020", "vcf-2011")
