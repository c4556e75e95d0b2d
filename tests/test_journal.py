"""The coding journal: every act on disk at once, replayed to the same study, cut off anywhere, never anybody else's."""

import json
from functools import cache

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import valuecreation as vc
from valuecreation.errors import DecisionNeeded, UnknownName, UnreadableStudy, UnwritableStudy
from valuecreation.io.journals import HOME, journal_folder, open_journal
from valuecreation.study import coding, settling
from valuecreation.study.acts import apply, done_and_undone, in_order
from valuecreation.study.desk import Desk, slug

TEXT = "🙂 Ik heb de kaart gebruikt. Mijn collega zag het ook. Morgen ga ik bellen."


@cache
def study_of(text: str = TEXT) -> vc.Study:
    documents = pd.DataFrame({"document_id": ["d1"], "participant_id": ["P01"], "kind": ["diary"], "text": [text]})
    return vc.segment(vc.Study({"documents": documents, "participants": pd.DataFrame({"participant_id": ["P01"]})}))


SEGMENTS = study_of().segments["segment_id"].tolist()


def at_desk(study, coder, folder):
    """Return a desk and the function that does an act there: on disk first, then on the desk."""
    journal = open_journal(study, coder, folder)
    desk = Desk(study, coder, journal.acts)

    def do(act):
        if act is not None:
            journal.add(act)
            desk.take(act)

    return desk, do


def rows_of(study, coder):
    codings = study.frame("codings")
    own = codings[codings["coder"] == coder]
    return set(
        own[["segment_id", "code", "status", "polarity", "memo"]]
        .astype(object)
        .fillna("")
        .itertuples(index=False, name=None)
    )


def test_what_was_coded_is_in_the_study_with_its_place_and_without_a_quote_on_disk(tmp_path):
    study = study_of()
    desk, do = at_desk(study, "anna", tmp_path)
    do(coding.code(desk, SEGMENTS[0], "vcf-2011", "applied", status="experienced"))
    do(coding.select(desk, "d1", 2, 27))
    selected = next(name for name, row in desk.segments.items() if row["segmentation"] == "selection")
    do(coding.code(desk, selected, "biesta", "qualification", reading="WSD-2018"))
    do(coding.finish(desk, "d1", "sentence", "vcf-2011"))
    after = vc.coded(study, folder=tmp_path)
    assert rows_of(after, "anna") == {
        (SEGMENTS[0], "applied", "experienced", "", ""),
        (selected, "qualification", "", "", ""),
    }
    row = after.segments.set_index("segment_id").loc[selected]
    assert (row["quote"], row["start"], row["made_by"]) == (TEXT[2:27], 2, "anna")
    assert after.coverage[["coder", "document_id", "segmentation", "blind"]].to_numpy().tolist() == [
        ["anna", "d1", "sentence", True]
    ]
    on_disk = (tmp_path / "anna.jsonl").read_text(encoding="utf-8")
    assert "kaart" not in on_disk
    assert "quote" not in on_disk
    assert vc.coded(after, folder=tmp_path).equals(after)


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("code"), st.sampled_from(SEGMENTS), st.sampled_from(["applied", "potential"])),
        st.tuples(st.just("uncode"), st.sampled_from(SEGMENTS), st.sampled_from(["applied", "potential"])),
        st.tuples(st.just("judge"), st.sampled_from(SEGMENTS), st.sampled_from(["+", "-", None])),
        st.tuples(st.just("select"), st.integers(0, 40), st.integers(1, 40)),
        st.tuples(st.just("finish"), st.just(""), st.just("")),
        st.tuples(st.just("undo"), st.just(""), st.just("")),
        st.tuples(st.just("redo"), st.just(""), st.just("")),
    ),
    max_size=14,
)


def perform(desk, do, acts):
    for what, one, two in acts:
        try:
            if what == "code":
                do(coding.code(desk, one, "vcf-2011", two))
            elif what == "uncode":
                do(coding.uncode(desk, one, "vcf-2011", two))
            elif what == "judge":
                do(coding.judge(desk, one, "vcf-2011", "applied", polarity=two))
            elif what == "select":
                do(coding.select(desk, "d1", one, one + two))
            elif what == "finish":
                do(coding.finish(desk, "d1", "sentence", "vcf-2011"))
            else:
                do(getattr(desk, what)())
        except DecisionNeeded:
            pass


def state(study):
    tables = {
        name: study.frame(name).drop(columns=["coded_at", "finished_at"], errors="ignore") for name in study.tables
    }
    return {
        name: sorted(map(tuple, frame.astype(object).fillna("").to_numpy().tolist()), key=repr)
        for name, frame in tables.items()
    }


@settings(max_examples=25, deadline=None)
@given(acts=ACTS)
def test_reading_back_gives_what_was_on_the_desk_and_undoing_everything_the_study_as_it_was(tmp_path_factory, acts):
    study, folder = study_of(), tmp_path_factory.mktemp("journal")
    desk, do = at_desk(study, "anna", folder)
    perform(desk, do, acts)
    after = vc.coded(study, folder=folder)
    again = Desk(study, "anna", open_journal(study, "anna", folder).acts)
    assert again.rows == desk.rows
    assert {name: row["quote"] for name, row in again.segments.items()} == {
        name: row["quote"] for name, row in desk.segments.items()
    }
    assert len(after.frame("codings")) == len(desk.rows["codings"])
    assert vc.coded(after, folder=folder).equals(after)
    before = state(after)
    taken_back = len(done_and_undone(desk.acts)[0])
    for _ in range(taken_back):
        do(desk.undo())
    assert desk.undo() is None
    assert state(vc.coded(after, folder=folder)).get("segments") == state(study)["segments"]
    assert vc.coded(after, folder=folder).frame("codings").empty
    for _ in range(taken_back):
        do(desk.redo())
    assert state(vc.coded(study, folder=folder)) == before


@settings(max_examples=20, deadline=None)
@given(acts=ACTS, other=ACTS)
def test_two_coders_never_touch_each_other(tmp_path_factory, acts, other):
    study, folder, alone = study_of(), tmp_path_factory.mktemp("both"), tmp_path_factory.mktemp("alone")
    for coder, own in (("anna", acts), ("Bert de Wit", other)):
        perform(*at_desk(study, coder, folder), own)
    perform(*at_desk(study, "anna", alone), acts)
    both, one = vc.coded(study, folder=folder), vc.coded(study, folder=alone)
    assert rows_of(both, "anna") == rows_of(one, "anna")
    assert not rows_of(one, "Bert de Wit")


@settings(max_examples=20, deadline=None)
@given(acts=ACTS.filter(len), data=st.data())
def test_a_journal_cut_off_anywhere_loses_one_act_at_most_and_can_be_gone_on_with(tmp_path_factory, acts, data):
    study, folder = study_of(), tmp_path_factory.mktemp("cut")
    desk, do = at_desk(study, "anna", folder)
    perform(desk, do, acts)
    path = folder / "anna.jsonl"
    if not path.exists():
        return
    whole = path.read_bytes()
    cut = data.draw(st.integers(0, len(whole)))
    path.write_bytes(whole[:cut])
    complete = whole[:cut].count(b"\n") + (whole[cut : cut + 1] == b"\n")
    journal = open_journal(study, "anna", folder)
    assert len(journal.acts) == complete
    assert len(journal.findings) == (
        0 if cut in (0, len(whole)) or whole[cut - 1 : cut] == b"\n" or whole[cut : cut + 1] == b"\n" else 1
    )
    desk, do = at_desk(study, "anna", folder)
    do(coding.code(desk, SEGMENTS[2], "vcf-2011", "realised"))
    assert (SEGMENTS[2], "realised", "", "", "") in rows_of(vc.coded(study, folder=folder), "anna")


def test_a_cut_off_line_and_a_broken_line_are_findings(tmp_path):
    study = study_of()
    desk, do = at_desk(study, "anna", tmp_path)
    for code in ("immediate", "potential", "applied"):
        do(coding.code(desk, SEGMENTS[0], "vcf-2011", code))
    path = tmp_path / "anna.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(lines[0] + '{"number": 2}\n' + lines[2][:40], encoding="utf-8")
    found = vc.coded(study, folder=tmp_path).check()
    told = found[found["value"] == "anna.jsonl"]
    assert told["severity"].tolist() == ["error", "note"]
    assert told["message"].str.contains("Line 2 of the journal").any()


def test_another_text_is_never_coded_by_old_positions(tmp_path):
    study = study_of()
    desk, do = at_desk(study, "anna", tmp_path)
    do(coding.select(desk, "d1", 2, 27))
    changed = study_of("Een ander verhaal. " + TEXT)
    after = vc.coded(changed, folder=tmp_path)
    assert after.equals(changed)
    assert "anna did 1 acts in document d1 when it had another text" in after.check()["message"].str.cat(sep=" ")


def test_a_row_that_was_changed_in_the_table_since_stays_with_a_finding(tmp_path):
    study = study_of()
    desk, do = at_desk(study, "anna", tmp_path)
    do(coding.code(desk, SEGMENTS[0], "vcf-2011", "applied", status="intention"))
    written = vc.coded(study, folder=tmp_path)
    by_hand = written.replace(codings=written.codings.assign(status="experienced"))
    after = vc.coded(by_hand, folder=tmp_path)
    assert after.codings["status"].tolist() == ["experienced"]
    assert "changed in the table" in after.check()["message"].str.cat(sep=" ")
    desk, do = at_desk(by_hand, "anna", tmp_path)
    do(coding.judge(desk, SEGMENTS[0], "vcf-2011", "applied", status="attempted"))
    assert vc.coded(by_hand, folder=tmp_path).codings["status"].tolist() == ["attempted"]


def test_the_same_words_selected_twice_are_there_until_both_are_undone(tmp_path):
    study = study_of()
    desk, do = at_desk(study, "anna", tmp_path)
    for _ in range(2):
        do(coding.select(desk, "d1", 0, 9))
    do(desk.undo())
    assert len(vc.coded(study, folder=tmp_path).segments) == len(study.segments) + 1
    do(desk.undo())
    assert vc.coded(study, folder=tmp_path).segments.equals(study.segments)


def test_undo_is_right_also_when_the_study_was_written_in_between(tmp_path):
    study = study_of()
    desk, do = at_desk(study, "anna", tmp_path)
    do(coding.code(desk, SEGMENTS[0], "vcf-2011", "applied"))
    written = vc.coded(study, folder=tmp_path)
    desk, do = at_desk(written, "anna", tmp_path)
    do(desk.undo())
    assert vc.coded(written, folder=tmp_path).frame("codings").empty


def test_one_is_blind_until_the_comparison_is_opened(tmp_path):
    study = study_of()
    bert, do = at_desk(study, "bert", tmp_path)
    do(coding.code(bert, SEGMENTS[1], "vcf-2011", "realised"))
    journal = open_journal(study, "bert", tmp_path)
    anna = Desk(study, "anna", beside=[journal.acts])
    assert anna.codings(SEGMENTS[1], "bert") == []
    assert anna.coders("d1") == []
    anna.take(coding.finish(anna, "d1", "sentence", "vcf-2011"))
    assert next(iter(anna.rows["coverage"].values()))["blind"] is True
    anna.take(settling.open_comparison(anna, "d1"))
    assert anna.undo().of == 1, "what was seen cannot be undone"
    assert [row["code"] for row in anna.codings(SEGMENTS[1], "bert")] == ["realised"]
    anna.take(coding.code(anna, SEGMENTS[1], "vcf-2011", "realised"))
    assert next(iter(anna.rows["coverage"].values()))["blind"] is False


def test_settling_says_who_and_why_and_leaves_the_originals(tmp_path):
    study = study_of()
    for coder, codes in (("anna", ("applied", "applied")), ("bert", ("applied", "potential"))):
        desk, do = at_desk(study, coder, tmp_path)
        for segment, code in zip(SEGMENTS, codes, strict=False):
            do(coding.code(desk, segment, "vcf-2011", code, status="experienced", polarity="+"))
        do(coding.finish(desk, "d1", "sentence", "vcf-2011"))
    others = [open_journal(study, coder, tmp_path).acts for coder in ("anna", "bert")]
    journal = open_journal(study, "mieke", tmp_path)
    mieke = Desk(study, "mieke", beside=others)

    def do(act):
        journal.add(act)
        mieke.take(act)

    with pytest.raises(DecisionNeeded, match="Open the comparison"):
        settling.settle(mieke, SEGMENTS[1], "vcf-2011", [], "niets")
    do(settling.open_comparison(mieke, "d1"))
    assert settling.disputed(mieke, "d1", "vcf-2011", "sentence") == [SEGMENTS[1]]
    with pytest.raises(DecisionNeeded, match="1 segments are still open"):
        settling.finish_settling(mieke, "d1", "vcf-2011", "sentence")
    with pytest.raises(DecisionNeeded, match="why"):
        settling.settle(mieke, SEGMENTS[1], "vcf-2011", [{"code": "applied"}], "  ")
    do(settling.settle(mieke, SEGMENTS[1], "vcf-2011", [{"code": "applied", "status": "reported"}], "Het is gedaan."))
    do(settling.finish_settling(mieke, "d1", "vcf-2011", "sentence"))
    after = vc.coded(study, folder=tmp_path)
    agreed = after.codings[after.codings["coder"] == "agreed"]
    assert agreed[["segment_id", "code", "status", "decided_by", "why"]].to_numpy().tolist() == [
        [SEGMENTS[1], "applied", "reported", "mieke", "Het is gedaan."],
        [SEGMENTS[0], "applied", "experienced", "mieke", "All coders found the same."],
    ]
    assert len(rows_of(after, "anna")) == len(rows_of(after, "bert")) == 2
    table = vc.profile(after).table
    assert table.loc[(table["code"] == "potential") & (table["unit"] == "segments"), "n"].sum() == 0


def test_settled_as_nothing_is_remembered_and_can_be_settled_otherwise(tmp_path):
    study = study_of()
    for coder, codes in (("anna", ["applied"]), ("bert", [])):
        desk, do = at_desk(study, coder, tmp_path)
        for code in codes:
            do(coding.code(desk, SEGMENTS[0], "vcf-2011", code))
        do(coding.finish(desk, "d1", "sentence", "vcf-2011"))
    mieke = Desk(study, "mieke", beside=[open_journal(study, who, tmp_path).acts for who in ("anna", "bert")])
    mieke.take(settling.open_comparison(mieke, "d1"))
    mieke.take(settling.settle(mieke, SEGMENTS[0], "vcf-2011", [], "Alleen praktisch."))
    assert settling.disputed(mieke, "d1", "vcf-2011", "sentence") == []
    mieke.take(settling.finish_settling(mieke, "d1", "vcf-2011", "sentence"))
    others = [open_journal(study, who, tmp_path).acts for who in ("anna", "bert")]
    after = apply(study, in_order([*others, mieke.acts]))
    assert after.memos["text"].tolist() == ["Settled: no code here. Alleen praktisch."]
    found = vc.profile(after).table
    assert found["n"].sum() == 0
    mieke.take(settling.settle(mieke, SEGMENTS[0], "vcf-2011", [{"code": "immediate"}], "Toch wel."))
    assert mieke.rows["memos"] == {}
    assert len(settling.agreed(mieke, SEGMENTS[0], "vcf-2011")) == 1


def test_two_people_who_settle_the_same_are_told(tmp_path):
    study = study_of()
    for who in ("mieke", "joost"):
        desk, do = at_desk(study, who, tmp_path)
        do(settling.open_comparison(desk, "d1"))
        do(settling.settle(desk, SEGMENTS[0], "vcf-2011", [{"code": "applied"}], "Dat zegt ze."))
    told = vc.coded(study, folder=tmp_path).check("nl")["message"].str.cat(sep=" ")
    assert "door meer dan één persoon vastgesteld: joost, mieke" in told


def test_a_code_that_two_added_in_their_own_words_keeps_the_first_with_a_finding(tmp_path):
    study = study_of()
    for who, means in (("anna", "Het is rustiger."), ("bert", "Er is minder lawaai.")):
        desk, do = at_desk(study, who, tmp_path)
        do(coding.add_code(desk, "vcf-2011", "rust", "realised", {"nl": "rust"}, {"nl": means}))
    after = vc.coded(study, folder=tmp_path)
    assert after.codes["definition_nl"].tolist() == ["Het is rustiger."]
    assert "anna and bert both added a code realised.rust" in after.check()["message"].str.cat(sep=" ")


def test_what_cannot_be_is_refused_in_words():
    study = study_of()
    desk = Desk(study, "anna")
    with pytest.raises(DecisionNeeded, match="no words"):
        coding.select(desk, "d1", 1, 2)
    with pytest.raises(UnknownName, match="aplied.*applied"):
        coding.code(desk, SEGMENTS[0], "vcf-2011", "aplied")
    with pytest.raises(UnknownName, match="reading"):
        coding.code(desk, SEGMENTS[0], "biesta", "qualification")
    with pytest.raises(UnknownName, match="status"):
        coding.code(desk, SEGMENTS[0], "vcf-2011", "applied", status="done")
    with pytest.raises(DecisionNeeded, match="nothing to judge"):
        coding.judge(desk, SEGMENTS[0], "vcf-2011", "applied", status="experienced")
    with pytest.raises(DecisionNeeded, match="codeboek vcf-2011 heeft al"):
        coding.add_code(Desk(study, "anna", language="nl"), "vcf-2011", "applied", None, {"nl": "x"}, {"nl": "y"})
    with pytest.raises(DecisionNeeded, match="one sentence"):
        coding.add_code(desk, "vcf-2011", "calm", None, {"en": "calm"}, {})
    for name in ("agreed", " anna", "", None):
        with pytest.raises(DecisionNeeded, match="name of who codes"):
            Desk(study, name)


def test_a_selection_stays_within_the_words_of_one_person():
    text = "Anna: Ik heb het gedaan. Bea: En ik niet."
    people = pd.DataFrame({"participant_id": ["P01", "P02"]})
    study = vc.Study({"documents": pd.DataFrame({"document_id": ["g"], "text": [text]}), "participants": people})
    segments = pd.DataFrame(
        {
            "segment_id": ["a", "b"], "document_id": "g", "segmentation": "turn", "start": [6, 30], "end": [24, 41],
            "quote": [text[6:24], text[30:41]], "participant_id": ["P01", "P02"],
        }
    )  # fmt: skip
    desk = Desk(study.replace(segments=segments), "anna")
    with pytest.raises(DecisionNeeded, match="words of P01, P02"):
        coding.select(desk, "g", 10, 35)
    assert coding.select(desk, "g", 9, 25).changes[0].now["participant_id"] == "P01"


def test_a_second_window_of_one_coder_is_seen_and_never_overwritten(tmp_path):
    study = study_of()
    first, second = (open_journal(study, "anna", tmp_path) for _ in range(2))
    desk = Desk(study, "anna")
    first.add(coding.code(desk, SEGMENTS[0], "vcf-2011", "applied"))
    with pytest.raises(UnwritableStudy, match="another window"):
        second.add(coding.code(desk, SEGMENTS[0], "vcf-2011", "potential"))
    assert len(second.acts) == 1
    assert len((tmp_path / "anna.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_where_a_journal_is_kept(tmp_path, monkeypatch):
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    study = study_of()
    assert journal_folder(vc.load_example("lindehout")) == tmp_path / "home" / "coding" / "lindehout"
    vc.write_study(study, tmp_path / "mine")
    assert journal_folder(vc.read_study(tmp_path / "mine")) == tmp_path / "mine" / "coding"
    vc.write_study(study, tmp_path / "mine.xlsx")
    kept = journal_folder(vc.read_study(tmp_path / "mine.xlsx"))
    assert kept.parent == tmp_path / "home" / "coding"
    assert kept.name.startswith("study-")


def test_writing_the_study_anew_leaves_its_journals(tmp_path):
    vc.write_study(study_of(), tmp_path / "mine")
    study = vc.read_study(tmp_path / "mine")
    desk, do = at_desk(study, "anna", None)
    do(coding.code(desk, SEGMENTS[0], "vcf-2011", "applied"))
    vc.write_study(vc.coded(study), tmp_path / "mine", overwrite=True)
    again = vc.read_study(tmp_path / "mine")
    assert vc.coded(again).equals(again)
    assert len(again.codings) == 1
    assert (tmp_path / "mine" / "coding" / "anna.jsonl").exists()


def test_a_journal_under_another_name_is_refused(tmp_path):
    study = study_of()
    desk, do = at_desk(study, "anna", tmp_path)
    do(coding.code(desk, SEGMENTS[0], "vcf-2011", "applied"))
    (tmp_path / "anna.jsonl").rename(tmp_path / "bert.jsonl")
    with pytest.raises(UnreadableStudy, match="anna wrote in it|anna\\) wrote|but anna"):
        open_journal(study, "bert", tmp_path)
    with pytest.raises(UnreadableStudy, match="no journal of carla"):
        vc.coded(study, ["carla"], folder=tmp_path)


def test_summer_time_and_a_clock_put_back_do_not_change_the_order(tmp_path):
    study = study_of()
    desk, do = at_desk(study, "anna", tmp_path)
    do(coding.code(desk, SEGMENTS[0], "vcf-2011", "applied"))
    do(coding.uncode(desk, SEGMENTS[0], "vcf-2011", "applied"))
    path = tmp_path / "anna.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines[0]["at"], lines[1]["at"] = "2026-10-25T02:50:00+02:00", "2026-10-25T01:40:00+02:00"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert vc.coded(study, folder=tmp_path).frame("codings").empty


@given(st.text(max_size=30), st.text(max_size=30))
def test_two_names_never_share_a_file(one, other):
    assert (slug(one) == slug(other)) == (one == other)
    assert slug(one).isascii()
    assert not set(slug(one)) & set('/\\:*?"<>| .')
