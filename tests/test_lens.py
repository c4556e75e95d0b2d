"""Lens: crossings by eye, overlap allowed, readings apart."""

import pytest

import valuecreation as vc
from conftest import frame


@pytest.fixture
def crossed() -> vc.Study:
    """Two tellers; s1 applied and two domains, s2 applied intended, s3 potential without domain, s4 a domain alone."""
    segments = frame("segment_id document_id participant_id\ns1 d1 A\ns2 d1 A\ns3 d2 B\ns4 d2 B")
    codings = frame(
        """
        segment_id codebook reading     code             coder status      polarity
        s1         vcf-2011 .           applied          c1    experienced +
        s1         biesta   WSD-2018    qualification    c1    experienced +
        s1         biesta   WSD-2018    subjectification c1    experienced +
        s1         biesta   Biesta-2020 qualification    c1    experienced +
        s1         biesta   Biesta-2020 socialisation    c1    experienced +
        s2         vcf-2011 .           applied          c1    intention   +
        s2         biesta   WSD-2018    qualification    c1    intention   +
        s3         vcf-2011 .           potential        c1    experienced +
        s4         biesta   WSD-2018    socialisation    c1    experienced +
        """
    )
    coverage = frame("coder document_id codebook\nc1 d1 vcf-2011\nc1 d2 vcf-2011\nc1 d1 biesta\nc1 d2 biesta")
    return vc.Study({"segments": segments, "codings": codings, "coverage": coverage})


def n(result: vc.Result, cycle: str, domain: str, reading: str, unit: str = "segments") -> int:
    rows = result.table.query("cycle == @cycle and domain == @domain and reading == @reading and unit == @unit")
    return int(rows["n"].item())


def test_a_segment_counts_in_every_domain_it_has(crossed):
    result = vc.lens(crossed)
    assert n(result, "applied", "qualification", "WSD-2018") == 1
    assert n(result, "applied", "subjectification", "WSD-2018") == 1


def test_the_readings_stand_apart(crossed):
    result = vc.lens(crossed)
    assert n(result, "applied", "subjectification", "Biesta-2020") == 0
    assert n(result, "applied", "socialisation", "Biesta-2020") == 1
    assert set(vc.lens(crossed, reading="WSD-2018").table["reading"]) == {"WSD-2018"}
    assert any("more than one reading" in caution for caution in result.cautions)


def test_an_intention_does_not_count_as_value_found_unless_asked(crossed):
    assert n(vc.lens(crossed, status="intention"), "applied", "qualification", "WSD-2018") == 1
    assert vc.lens(crossed).evidence(cycle="applied")["segment_id"].unique().tolist() == ["s1"]


def test_a_domain_without_a_cycle_makes_no_crossing(crossed):
    assert vc.lens(crossed).table.query("domain == 'socialisation' and reading == 'WSD-2018'")["n"].sum() == 0


def test_n_are_those_looked_through_with_both_books(crossed):
    assert vc.lens(crossed).n == 2
    less = crossed.replace(coverage=crossed.coverage.query("not (document_id == 'd2' and codebook == 'biesta')"))
    assert vc.lens(less).n == 1


def test_evidence_gives_the_quotes_of_a_crossing(crossed):
    found = vc.lens(crossed).evidence(cycle="applied", domain="subjectification", reading="WSD-2018")
    assert found["segment_id"].tolist() == ["s1"]
    assert found["coder"].tolist() == ["c1"]


def test_readings_coded_by_others_are_pointed_out(crossed):
    codings = crossed.codings.assign(coder=["c1", "c1", "c1", "c2", "c2", "c1", "c1", "c1", "c1"])
    cautions = vc.lens(crossed.replace(codings=codings)).cautions
    assert any("WSD-2018: c1; Biesta-2020: c2" in caution for caution in cautions)


def test_evidence_agrees_with_every_count(lindehout):
    result = vc.lens(lindehout)
    for row in result.table.query("unit == 'segments'").to_dict("records"):
        behind = result.evidence(cycle=row["cycle"], domain=row["domain"], reading=row["reading"])
        assert behind["segment_id"].nunique() == row["n"]


@pytest.mark.parametrize(
    "wrong", [{"reading": "Biesta-1999"}, {"status": "done"}, {"domains": "nothing"}, {"cycles": "nothing"}]
)
def test_wrong_choices_are_answered_with_the_right_ones(crossed, wrong):
    with pytest.raises(vc.ValueCreationError, match="can be"):
        vc.lens(crossed, **wrong)


def test_without_cycles_there_is_no_lens(crossed):
    with pytest.raises(vc.ValueCreationError, match="value cycles"):
        vc.lens(crossed.replace(codings=crossed.codings.query("codebook == 'biesta'")))


def test_the_dutch_labels_follow_the_reading(lindehout):
    columns = vc.lens(lindehout, language="nl").summary.columns
    assert "subjectificatie (WSD-2018)" in columns
    assert "subjectwording (Biesta-2020)" in columns


def test_where_the_readings_differ_both_are_shown_by_one_coder(crossed):
    """s1 alone was coded in both readings: qualification in both, the other two in one reading each."""
    table = vc.lens(crossed).supplements["readings"]
    assert table.to_numpy().tolist() == [
        ["qualification", "1 of 1", "0 of 1", "0 of 1"],
        ["socialisation", "0 of 1", "0 of 1", "1 of 1"],
        ["subjectification", "0 of 1", "1 of 1", "0 of 1"],
    ]


def test_readings_by_different_coders_are_not_compared(crossed):
    codings = crossed.codings.assign(coder=["c1", "c1", "c1", "c2", "c2", "c1", "c1", "c1", "c1"])
    table = vc.lens(crossed.replace(codings=codings)).supplements["readings"]
    assert set(table.iloc[:, 1:].to_numpy().ravel()) == {"0 of 0"}
