"""Agreement in a study: disagreements first, missing apart from absent, undefined in words."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import valuecreation as vc
from conftest import frame
from valuecreation.stats.agreement import krippendorff_alpha


def coded() -> vc.Study:
    """Six segments in four documents; one and two looked at all, three only at d1 and d2.

    s1 both applied; s2 one applied, two potential; s3 one applied (intention) and two applied (experienced); s4 neither; s5
    one applied, two nothing; s6 both potential, two applied too.
    """
    documents = frame("document_id participant_id\nd1 A\nd2 A\nd3 B\nd4 B")
    segments = frame(
        """
        segment_id document_id quote
        s1         d1          een
        s2         d1          twee
        s3         d2          drie
        s4         d2          vier
        s5         d3          vijf
        s6         d4          zes
        """
    )
    codings = frame(
        """
        segment_id codebook code           coder status      polarity memo
        s1         vcf-2011 applied        one   experienced +        .
        s1         vcf-2011 applied        two   experienced +        .
        s1         vcf-2011 applied        three experienced +        .
        s2         vcf-2011 applied        one   experienced +        gedaan
        s2         vcf-2011 potential      two   experienced +        plan
        s3         vcf-2011 applied        one   intention   +        .
        s3         vcf-2011 applied.action two   experienced +        .
        s5         vcf-2011 applied        one   experienced -        .
        s6         vcf-2011 potential      one   experienced +        .
        s6         vcf-2011 potential      two   experienced +        .
        s6         vcf-2011 applied        two   experienced +        .
        s1         vcf-2011 potential      agreed experienced +       .
        """
    )
    own = frame("codebook code parent label_en label_nl\nvcf-2011 applied.action applied action handeling")
    coverage = pd.DataFrame(
        [(coder, document, "vcf-2011", "yes") for coder in ("one", "two") for document in ("d1", "d2", "d3", "d4")]
        + [("three", "d1", "vcf-2011", "yes"), ("three", "d2", "vcf-2011", "no")],
        columns=["coder", "document_id", "codebook", "blind"],
    )
    tables = {"documents": documents, "segments": segments, "codings": codings, "codes": own, "coverage": coverage}
    return vc.Study(tables, name="coded")


@pytest.fixture
def study() -> vc.Study:
    return coded()


def row(result: vc.Result, code: str, coefficient: str = "alpha") -> pd.Series:
    return result.table.query("code == @code and coefficient == @coefficient").iloc[0]


def test_absent_is_not_missing(study):
    """Coder three looked at d1 and d2 and found nothing in s2, s3, s4: absent. d3 and d4 were not looked at: missing."""
    expected = pd.DataFrame(
        {"one": [1, 1, 1, 0, 1, 0], "two": [1, 0, 1, 0, 0, 1], "three": [1, 0, 0, 0, np.nan, np.nan]}
    )
    assert row(vc.agreement(study, resamples=20), "applied")["value"] == pytest.approx(krippendorff_alpha(expected))


def test_a_unit_that_one_coder_looked_at_is_not_compared(study):
    coverage = study.coverage.query("not (coder == 'two' and document_id == 'd3')")
    result = vc.agreement(study.replace(coverage=coverage), resamples=20)
    assert result.n == 5
    assert "s5" not in set(result.evidence()["segment_id"])
    assert any("5 of 6 segments" in caution for caution in result.cautions)


def test_disagreements_stand_before_the_coefficients(study):
    result = vc.agreement(study, coders=["one", "two"], resamples=20)
    page = result.to_html()
    assert page.index("Which codes were at stake") < page.index("disagreements side by side") < page.index("bootstrap")
    assert page.index("gedaan") < page.index("bootstrap by document")


def test_disagreements_are_gathered_by_the_pair_of_codes_at_stake(study):
    pairs = vc.agreement(study, coders=["one", "two"], resamples=20).supplements["pairs"]
    assert pairs.to_numpy().tolist() == [["applied value", "no code", 2, 6], ["potential value", "applied value", 1, 6]]


def test_a_disagreement_shows_each_coders_code_and_memo(study):
    found = (
        vc.agreement(study, resamples=20).evidence(code="potential").query("segment_id == 's2' and other == 'applied'")
    )
    assert found["one"].tolist() == ["applied value (experienced, brought something) – gedaan"]
    assert found["two"].tolist() == ["potential value (experienced, brought something) – plan"]
    assert found["three"].tolist() == ["no code"]


def test_who_did_not_look_is_said_apart_from_no_code(study):
    found = vc.agreement(study, resamples=20).evidence(code="applied")
    assert found.query("segment_id == 's5'")["three"].tolist() == ["(did not look)"]


def test_what_was_settled_is_nobodys_rating(study):
    result = vc.agreement(study, resamples=20)
    assert "agreed" not in result.evidence().columns
    without = study.replace(codings=study.codings.query("coder != 'agreed'"))
    pd.testing.assert_frame_equal(vc.agreement(without, resamples=20).table, result.table)


def test_sub_codes_are_compared_when_asked(study):
    assert "applied.action" not in set(vc.agreement(study, resamples=20).table["code"])
    apart = vc.agreement(study, coders=["one", "two"], top=False, resamples=20)
    assert "s3" in set(apart.evidence(code="applied.action")["segment_id"])


def test_status_is_compared_only_where_both_found_the_code(study):
    result = vc.agreement(study, of="status", coders=["one", "two"], resamples=20)
    assert row(result, "applied", "percent")[["value", "n_units"]].tolist() == [0.5, 2]
    assert result.supplements["pairs"].iloc[0].tolist() == ["applied value", "experienced / intention", 1, 6]


def test_what_does_not_exist_is_a_sentence_and_never_one(study):
    same = study.replace(codings=study.codings[study.codings["code"] == "applied"].assign(segment_id="s1").drop_duplicates(
        ["segment_id", "coder"]))  # fmt: skip
    nothing = row(vc.agreement(same, resamples=20), "reframing")
    assert np.isnan(nothing["value"])
    assert "nothing could have been confused" in nothing["note"]
    assert "viel er niets te verwisselen" in row(vc.agreement(same, resamples=20, language="nl"), "reframing")["note"]
    assert "niet te berekenen" in vc.agreement(same, resamples=20, language="nl").supplements["to_report"].iloc[0, 0]


def test_by_default_two_coefficients_and_on_request_all(study):
    assert set(vc.agreement(study, resamples=20).table["coefficient"]) == {"percent", "alpha"}
    every = vc.agreement(study, coefficients="all", resamples=20).table
    assert every["coefficient"].nunique() == 7
    assert "two coders and here are 3" in every.query("coefficient == 'cohen' and code == 'applied'")["note"].iloc[0]
    with pytest.raises(vc.ValueCreationError, match="can be"):
        vc.agreement(study, coefficients="cohen")


def test_prevalence_and_small_numbers_are_warned_of(study):
    cautions = vc.agreement(study, resamples=20).cautions
    assert any("prevalence below 0.10" in one and "immediate value 0.00" in one for one in cautions)
    assert any("Fewer than 30 units" in one for one in cautions)


def test_it_says_how_much_was_coded_blind(study):
    assert any(
        "Of 4 documents, 3 were coded blind and 1 not" in one for one in vc.agreement(study, resamples=20).cautions
    )


def test_without_coverage_it_says_what_it_takes_for_looked_at(study):
    result = vc.agreement(study.replace(coverage=None), resamples=20)
    assert any("Nothing says what each coder looked at" in one for one in result.cautions)
    assert result.n == 4 + 1  # two coded nothing in d3


def test_the_sets_name_their_distance(study):
    table = vc.agreement(study, sets="masi-dkpro", resamples=20).supplements["sets"]
    assert table["distance"].tolist() == ["masi-dkpro"]
    with pytest.raises(vc.ValueCreationError, match="can be"):
        vc.agreement(study, sets="masi")


def test_intervals_draw_whole_documents(study):
    """Twice the segments in the same documents must not make the interval narrower."""
    again = study.segments.assign(segment_id=study.segments["segment_id"] + "b")
    more = study.codings.assign(segment_id=study.codings["segment_id"] + "b")
    double = study.replace(
        segments=pd.concat([study.segments, again]), codings=pd.concat([study.codings, more], ignore_index=True)
    )
    one = row(vc.agreement(study, coders=["one", "two"]), "applied", "percent")
    two = row(vc.agreement(double, coders=["one", "two"]), "applied", "percent")
    assert (two["boot_low"], two["boot_high"]) == pytest.approx((one["boot_low"], one["boot_high"]))
    assert two["high"] - two["low"] < one["high"] - one["low"]


@settings(max_examples=8, deadline=None)
@given(st.randoms())
def test_the_order_of_rows_and_the_names_of_coders_change_nothing(random):
    study = coded()
    order = list(range(len(study.codings)))
    random.shuffle(order)
    other = {"one": "zz", "two": "b", "three": "c", "agreed": "agreed"}
    renamed = study.replace(
        codings=study.codings.iloc[order].assign(coder=lambda rows: rows["coder"].map(other)),
        coverage=study.coverage.assign(coder=study.coverage["coder"].map(other)),
    )
    pd.testing.assert_frame_equal(vc.agreement(renamed, resamples=10).table, vc.agreement(study, resamples=10).table)


def test_withdrawn_segments_are_not_compared(study):
    consents = frame("participant_id document_id scope date\nB d3 withdrawn 2025-01-01")
    assert vc.agreement(study.replace(consents=consents), resamples=20).n == 5


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"of": "mood"}, "can be"),
        ({"coders": ["one", "nobody"]}, "can be"),
        ({"coders": ["one"]}, "two coders"),
        ({"codebook": "biesta"}, "two coders"),
    ],
)
def test_wrong_choices_are_answered_in_words(study, options, words):
    with pytest.raises(vc.ValueCreationError, match=words):
        vc.agreement(study, **options)


def test_figures_are_described_and_keep_the_order_of_the_book(study):
    result = vc.agreement(study, resamples=20, language="nl")
    assert result.plot().text.index("potentiële waarde") < result.plot().text.index("toegepaste waarde")
    assert "niet te berekenen" in result.plot().text
    assert "potentiële waarde – toegepaste waarde" in result.plot(kind="pairs").text


def test_readings_are_not_mixed(lindehout):
    result = vc.agreement(lindehout, "biesta", resamples=10)
    assert set(result.table["reading"]) == {"WSD-2018"}
    with pytest.raises(vc.ValueCreationError, match="two coders"):
        vc.agreement(lindehout, "biesta", reading="Biesta-2020")


def selected() -> vc.Study:
    """Krippendorff (2019), Fig. 12.11: a continuum of sixty, cut by three coders; here in two documents of thirty."""
    alex = [(1, 7, 1), (8, 13, 2), (31, 32, 5), (33, 37, 6), (38, 44, 6), (45, 60, 7)]
    paul = [(1, 7, 1), (8, 13, 3), (14, 21, 5), (33, 44, 6)]
    suzan = [(1, 7, 1), (8, 13, 4), (14, 21, 5), (33, 37, 6), (38, 41, 6), (42, 44, 6)]
    names = {1: "immediate", 2: "potential", 3: "applied", 4: "realised", 5: "reframing", 6: "six", 7: "seven"}
    rows = [
        (coder, "d1" if start <= 30 else "d2", (start - 1) % 30, end - (0 if start <= 30 else 30), names[value])
        for coder, own in (("alex", alex), ("paul", paul), ("suzan", suzan))
        for start, end, value in own
    ]
    table = pd.DataFrame(rows, columns=["coder", "document_id", "start", "end", "code"])
    table = table.assign(segment_id=[f"s{number}" for number in range(len(table))], segmentation="selection")
    documents = pd.DataFrame({"document_id": ["d1", "d2"], "text": ["x" * 30] * 2, "participant_id": "A"})
    codings = table[["segment_id", "code", "coder"]].assign(codebook="mine", status="experienced", polarity="+")
    codes = pd.DataFrame({"codebook": "mine", "code": list(names.values())})
    segments = table[["segment_id", "document_id", "segmentation", "start", "end"]].assign(quote=None)
    coverage = pd.DataFrame(
        [(coder, document, "mine") for coder in ("alex", "paul", "suzan") for document in ("d1", "d2")],
        columns=["coder", "document_id", "codebook"],
    )
    return vc.Study(
        {"documents": documents, "segments": segments, "codings": codings, "codes": codes, "coverage": coverage}
    )


def test_free_selections_have_the_published_unitizing_alpha():
    """Krippendorff (2019), Fig. 12.11: u-alpha 0.510."""
    table = vc.agreement(selected(), "mine", resamples=10).supplements["unitizing"]
    together = table[table["code"] == "all codes together"].set_index("coefficient")["value"]
    assert together["u_alpha"] == pytest.approx(0.510, abs=0.0005)
    assert set(table["coefficient"]) == {"u_alpha", "u_alpha_coded_or_gap", "u_alpha_codes", "u_alpha_of_value"}


def test_a_stretch_with_two_codes_is_said_not_to_fit_one_continuum():
    study = selected()
    more = study.codings.iloc[[0]].assign(code="six")
    table = vc.agreement(study.replace(codings=pd.concat([study.codings, more])), "mine", resamples=10)
    together = table.supplements["unitizing"].iloc[0]
    assert np.isnan(together["value"])
    assert "overlap" in together["note"]
