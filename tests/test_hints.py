"""Boundary hints: a question where it is due, silence elsewhere, never a code; false alarms counted on lindehout."""

import pytest

import valuecreation as vc
from conftest import frame
from valuecreation.cues import load_cues, remarks


def rules(quote: str, code: str, status: str | None = "experienced", **options) -> list[str]:
    return [remark.rule for remark in remarks(quote, code, status, **options)]


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("Ik zou haar eerder kunnen vragen.", ["intention-as-applied"]),
        ("Volgende week ga ik haar bellen.", ["intention-as-applied"]),
        ("Het was druk, ik had gebeld met de wijk. Dinsdag ga ik erachteraan.", ["intention-as-applied"]),
        ("Ik heb kunnen kijken en bel haar nu.", []),
        ("Vorige week wilde ik het al doen en gisteren heb ik haar gebeld.", []),
        ("Gisteren vroeg ik het haar meteen.", []),
    ],
)
def test_an_intention_that_poses_as_applied_is_asked_about(quote, expected):
    assert rules(quote, "applied") == expected


def test_an_intention_that_says_it_is_one_is_left_in_peace():
    assert rules("Volgende week ga ik haar bellen.", "applied", "intention") == []
    assert rules("Volgende week ga ik haar bellen.", "potential") == []
    assert rules("Volgende week ga ik haar bellen.", "applied", None) == ["intention-as-applied"]


def test_an_effect_beside_applied_is_asked_about_until_realised_is_there():
    quote = "Ik vroeg het anders en hij is nu rustiger."
    assert rules(quote, "applied.action") == ["effect-in-applied"]
    assert rules(quote, "applied", others=["realised.clients"]) == []


def test_reframing_without_an_old_frame_is_asked_about():
    assert rules("Zelf kiezen telt.", "reframing") == ["reframing-without-old-frame"]
    assert rules("Eerst telde snelheid, nu of ze zelf kiest.", "reframing") == []
    assert rules("Zelf kiezen telt.", "reframing", context="Ik dacht altijd dat snel goed was.") == []


def test_applied_inside_the_network_is_asked_about():
    assert rules("Ik deed het meteen tijdens de bijeenkomst.", "applied") == ["applied-inside-network"]
    assert rules("Wat ik in de groep hoorde deed ik bij de overdracht.", "applied") == []


def test_english_texts_have_english_cues_and_others_none():
    assert rules("I am going to call her.", "applied", text_language="en") == ["intention-as-applied"]
    assert rules("Ich werde sie anrufen.", "applied", text_language="de") == []


def test_a_remark_is_a_question_in_the_readers_language_with_the_words_it_rests_on():
    (remark,) = remarks("Ja. Volgende week ga ik haar bellen.", "applied", "experienced", language="nl")
    assert remark.message.startswith("Is het gedaan?")
    assert ["Ja. Volgende week ga ik haar bellen."[start:end] for start, end in remark.spans] == list(remark.found)


def test_the_cue_lists_can_be_edited(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "rules:\n  - rule: coffee\n    codes: [immediate]\n    cues: {nl: [koffie]}\n"
        "    message: {en: 'Coffee?', nl: 'Koffie?'}\n"
    )
    assert rules("Goede koffie.", "immediate", cues=load_cues(path)) == ["coffee"]


def test_faults_in_a_cue_list_are_all_said_at_once(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "rules:\n  - rule: a\n    when: never\n    cues: {nl: ['(']}\n    colour: red\n  - codes: [applied]\n"
    )
    with pytest.raises(vc.ValueCreationError) as asked:
        load_cues(path)
    for words in ("codes is missing", "never", "no pattern", "'colour'", "message needs", "rule 2 has no name"):
        assert words in str(asked.value)
    with pytest.raises(vc.ValueCreationError, match="cannot be read"):
        load_cues(tmp_path / "nowhere.yaml")


def test_false_alarms_are_counted_against_what_was_settled():
    segments = frame("segment_id document_id quote\ns1 d Volgende~week\ns2 d volgende~week\ns3 d Volgende~week")
    codings = frame(
        """
        segment_id codebook code      coder  status
        s1         vcf-2011 applied   c1     experienced
        s1         vcf-2011 applied   agreed experienced
        s2         vcf-2011 applied   c1     experienced
        s2         vcf-2011 potential agreed intention
        s3         vcf-2011 applied   c1     experienced
        """
    )
    result = vc.hints(vc.Study({"segments": segments, "codings": codings}))
    assert result.table.iloc[0].tolist() == ["intention-as-applied", "codings", 3, 3, 2, 1]
    assert result.evidence(rule="intention-as-applied")["outcome"].tolist() == ["kept", "changed", "not settled"]


def test_on_lindehout_hints_are_rare_and_catch_most_intentions(lindehout):
    """At most one applied coding in fifteen gets a remark; of the intentions, had they been called done, more than half."""
    row = vc.hints(lindehout).table.set_index("rule").loc["intention-as-applied"]
    assert row["n"] / row["N"] < 1 / 15
    codings = lindehout.codings.query("codebook == 'vcf-2011' and coder != 'agreed' and status == 'intention'")
    applied = codings[codings["code"].str.startswith("applied")].drop_duplicates("segment_id")
    quotes = lindehout.segments.set_index("segment_id")["quote"]
    caught = [bool(rules(quotes[segment], "applied")) for segment in applied["segment_id"]]
    assert sum(caught) > len(caught) / 2


def test_hints_change_nothing(lindehout):
    before = lindehout.codings.copy()
    vc.hints(lindehout)
    assert lindehout.codings.equals(before)
