"""Transcripts: every format that people have, no word altered, no name in the study, what is unsure said."""

import docx
import pandas as pd
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

import valuecreation as vc
from valuecreation.io.transcripts.labelled import pieces_of
from valuecreation.io.transcripts.transcript import Memo, Piece, together


@pytest.fixture
def read(tmp_path):
    def reading(name: str, content: str | bytes, **options) -> vc.Transcript:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return vc.read_transcript(path, **options)

    return reading


def said(transcript: vc.Transcript) -> list[tuple[str | None, str]]:
    return [(turn.speaker, transcript.text[turn.start : turn.end]) for turn in transcript.turns]


def rules(transcript: vc.Transcript) -> list[str]:
    return [finding.rule for finding in transcript.read_findings]


def test_labels_make_turns_and_leave_the_text(read):
    talk = read("t.txt", "Gesprek 3\n\nInterviewer: Hoe was het?\nR1: Druk.\n\nMaar goed.\nInterviewer: En verder?\n")
    assert said(talk) == [
        (None, "Gesprek 3"),
        ("Interviewer", "Hoe was het?"),
        ("R1", "Druk.\n\nMaar goed."),
        ("Interviewer", "En verder?"),
    ]


def test_an_emoji_before_a_turn_counts_as_one(read):
    talk = read("t.txt", "I: 😅👩‍⚕️ ja?\nR: goed.")
    turn = talk.turns[1]
    assert talk.text[turn.start : turn.end] == "goed."
    assert turn.start == len("😅👩‍⚕️ ja?") + 2


def test_what_looks_like_a_label_once_stays_in_the_text_and_is_said(read):
    talk = read("t.txt", "Fenna: ja.\nAfspraken gemaakt: drie.\nFenna: dus.\nBram: nee.")
    assert said(talk) == [("Fenna", "ja.\nAfspraken gemaakt: drie.\ndus.\nBram: nee.")]
    assert rules(talk) == ["label_once", "label_once"]
    named = read("t.txt", "Fenna: ja.\nBram: nee.", speakers=["Fenna", "bram"])
    assert list(named.speakers) == ["Fenna", "Bram"]


@pytest.mark.parametrize("words", ["Let op", "Bijvoorbeeld", "NB", "For example"])
def test_words_that_are_no_speakers_are_none_however_often_they_come(read, words):
    talk = read("t.txt", f"R1: een.\n{words}: twee.\n{words}: drie.")
    assert list(talk.speakers) == ["R1"]


def test_a_clock_time_in_a_sentence_is_no_speaker(read):
    talk = read("t.txt", "We begonnen om 10:30\nen stopten om 12:00\nDaarna gegeten 13:00")
    assert not talk.speakers


def test_names_that_may_be_one_person_are_kept_apart_and_said(read):
    talk = read("t.txt", "Fenna: a\nFena: b\nFenna: c\nFena: d\nRuud: e\nRuud de Wit: f\nRuud: g\nRuud de Wit: h")
    assert len(talk.speakers) == 4
    assert rules(talk).count("speakers_alike") == 2
    same = read("t.txt", "Fenna: a\nRuud: b\nFENNA: c\nRuud: d")
    assert list(same.speakers) == ["Fenna", "Ruud"]
    assert rules(same) == ["speaker_spelt"]


@pytest.mark.parametrize(
    "text",
    [
        "Fenna  0:12\nHallo.\n\nRuud  0:20\nJa.\n",
        "Fenna   0:12\nHallo.\nRuud   0:20\nJa.",
        "[Fenna] 00:00:12\nHallo.\n\n[Ruud] 00:00:20\nJa.",
        "00:00:12 Fenna: Hallo.\n00:00:20 Ruud: Ja.",
        "00:00:12\tFrom  Fenna : Hallo.\n00:00:20\tFrom  Ruud : Ja.",
        "Fenna [0:12]: Hallo.\nRuud [0:20]: Ja.",
        "Fenna (0:12): Hallo.\nRuud (0:20): Ja.",
    ],
    ids=["otter", "teams", "zoom", "timed", "zoom chat", "brackets", "round brackets"],
)
def test_the_ways_in_which_programmes_write_speakers(read, text):
    talk = read("t.txt", text)
    assert said(talk) == [("Fenna", "Hallo."), ("Ruud", "Ja.")]
    assert [turn.seconds for turn in talk.turns] == [12.0, 20.0]


def test_every_voice_of_a_subtitle_has_its_own_words(read):
    talk = read(
        "t.vtt",
        "\ufeffWEBVTT\r\n\r\nNOTE no words\r\n\r\n1\r\n00:01.000 --> 00:03.000\r\n<v Fenna>Hoi &amp; welkom</v> <v.loud Ruud>"
        "dank <i>je</i></v>\r\n\r\n00:03.000 --> 00:05.000\r\n<v Ruud>tot zo\r\n",
    )
    assert said(talk) == [("Fenna", "Hoi & welkom"), ("Ruud", "dank je\ntot zo")]
    assert [turn.seconds for turn in talk.turns] == [1.0, 1.0]


def test_a_voice_without_a_name_and_times_that_go_back_are_said(read):
    talk = read(
        "t.vtt", "WEBVTT\n\n00:09.000 --> 00:10.000\n<v >wie?</v>\n\n00:01.000 --> 00:03.000\n<v Fenna>ik</v>\n"
    )
    assert said(talk) == [(None, "wie?"), ("Fenna", "ik")]
    assert sorted(rules(talk)) == ["cues_out_of_order", "voice_without_name"]
    assert "wie?" in talk.findings("nl")["message"].str.cat()


def test_zoom_writes_the_speaker_before_the_words_of_a_subtitle(read):
    cues = "".join(
        f"{number}\n00:00:0{number}.000 --> 00:00:0{number}.900\n{words}\n\n"
        for number, words in enumerate(["Fenna: een", "Ruud: twee", "en drie", "Fenna: vier", "Ruud: vijf"], 1)
    )
    talk = read("t.vtt", "WEBVTT\n\n" + cues)
    assert said(talk) == [("Fenna", "een"), ("Ruud", "twee\nen drie"), ("Fenna", "vier"), ("Ruud", "vijf")]
    assert [turn.seconds for turn in talk.turns] == [1.0, 2.0, 4.0, 5.0]


def test_srt_is_read_like_subtitles(read):
    talk = read("t.srt", "1\n00:00:01,000 --> 00:00:02,000\nI: hoe?\n\n2\n00:00:03,500 --> 00:00:04,000\nR: zo.\n")
    assert said(talk) == [("I", "hoe?"), ("R", "zo.")]
    assert talk.turns[1].seconds == 3.5


def test_windows_text_is_read_with_a_note(read):
    talk = read("t.txt", "I: één?\nR: ja, € 5.".encode("cp1252"))
    assert said(talk)[0] == ("I", "één?")
    assert rules(talk) == ["not_utf8"]


def word(path, build) -> vc.Transcript:
    document = docx.Document()
    build(document)
    document.save(str(path))
    return vc.read_transcript(path)


def test_word_paragraphs_with_bold_labels_and_breaks(tmp_path):
    def build(document):
        paragraph = document.add_paragraph()
        paragraph.add_run("Interviewer: ").bold = True
        paragraph.add_run("Hoe was het?")
        document.add_paragraph("R1: Druk.\nMaar goed.")

    talk = word(tmp_path / "t.docx", build)
    assert said(talk) == [("Interviewer", "Hoe was het?"), ("R1", "Druk.\nMaar goed.")]


def test_a_word_comment_becomes_a_memo_beside_its_words(tmp_path):
    def build(document):
        document.add_paragraph("I: 😅 Hoe?")
        paragraph = document.add_paragraph("R: Ik vond het ")
        run = paragraph.add_run("eerst zinloos")
        document.add_comment(run, text="kanteling?", author="Een Naam", initials="EN")
        paragraph.add_run(", later niet.")

    talk = word(tmp_path / "t.docx", build)
    (memo,) = talk.memos
    assert talk.text[memo.start : memo.end] == "eerst zinloos"
    assert memo.text == "kanteling?"
    assert "Een Naam" not in repr(talk) + str(talk.memos)


def test_a_word_table_says_who_and_what(tmp_path):
    def build(document):
        table = document.add_table(rows=3, cols=3)
        rows = [("0:01", "I", "Hoe was het dan?"), ("0:05", "Fenna", "Druk."), ("1:00", "I", "En?")]
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words

    talk = word(tmp_path / "t.docx", build)
    assert said(talk) == [("I", "Hoe was het dan?"), ("Fenna", "Druk."), ("I", "En?")]
    assert talk.turns[2].seconds == 60


def test_a_word_table_of_another_form_is_kept_cell_by_cell_and_said(tmp_path):
    def build(document):
        table = document.add_table(rows=1, cols=4)
        for cell, words in zip(table.rows[0].cells, ["een", "twee", "drie", "vier"], strict=True):
            cell.text = words

    talk = word(tmp_path / "t.docx", build)
    assert talk.text == "een\n\ntwee\n\ndrie\n\nvier"
    assert rules(talk) == ["table_without_speakers"]


def test_tracked_changes_are_read_as_accepted_and_said(tmp_path):
    def build(document):
        paragraph = document.add_paragraph("R: ik heb het ")
        for tag, inner, words in (("w:ins", "w:t", "wel "), ("w:del", "w:delText", "niet ")):
            change, run, text = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
            text.text = words
            text.set(qn("xml:space"), "preserve")
            run.append(text)
            change.append(run)
            paragraph._p.append(change)
        paragraph.add_run("gedaan.")

    talk = word(tmp_path / "t.docx", build)
    assert said(talk) == [("R", "ik heb het wel gedaan.")]
    assert rules(talk) == ["tracked_changes"]


def test_a_pdf_is_read_with_a_word_about_its_lines(tmp_path):
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    with PdfPages(tmp_path / "t.pdf") as pages:
        for number in range(3):
            figure = Figure(figsize=(5, 5))
            figure.text(0.1, 0.9, "Project X")
            figure.text(0.1, 0.8, f"I: vraag {number}?")
            figure.text(0.1, 0.7, "R: antwoord.")
            pages.savefig(figure)
    talk = vc.read_transcript(tmp_path / "t.pdf")
    assert [speaker for speaker, _ in said(talk)] == [None, "I", "R"] + ["I", "R"] * 2
    assert {"pdf_lines", "pdf_header"} <= set(rules(talk))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("t.doc", b"x", "save it as .docx"),
        ("t.docx", b"not a zip", "no Word document"),
        ("t.pdf", b"not a pdf", "no PDF"),
        ("t.vtt", b"hello", "WEBVTT"),
        ("t.txt", b"  \n ", "no words"),
        ("t.mp3", b"x", "A transcript is a"),
    ],
)
def test_what_cannot_be_read_is_refused_with_advice(read, name, content, words):
    with pytest.raises(vc.ValueCreationError, match=words):
        read(name, content)


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(vc.ValueCreationError, match="There is no file"):
        vc.read_transcript(tmp_path / "nowhere.txt")


# --- into a study


@pytest.fixture
def talk() -> vc.Transcript:
    pieces = [
        Piece("Gesprek", None), Piece("Hoe was het, Fenna?", "I", 0.0), Piece("Druk.", "Fenna", 3.0), Piece("Nou.", "Bram", 5.0),
    ]  # fmt: skip
    return together(pieces, "t.txt", memos=[])


def test_a_study_gets_a_document_and_segments_of_participants_only(talk):
    study = vc.add_transcript(
        vc.Study({}), talk, "t1", speakers={"I": None, "Fenna": "P01", "Bram": "P02"}, date="2025-05-12"
    )
    assert study.segments[["segment_id", "participant_id", "quote"]].to_numpy().tolist() == [
        ["t1-t003", "P01", "Druk."],
        ["t1-t004", "P02", "Nou."],
    ]
    assert study.documents["text"].tolist() == [talk.text]
    assert not study.check()["severity"].eq("error").any()


def test_no_name_of_a_speaker_enters_the_study_by_itself(talk):
    study = vc.add_transcript(vc.Study({}), talk, "t1", speakers={"I": None, "Fenna": "P01"})
    cells = pd.concat([study.segments.astype(str), study.participants.astype(str)]).to_numpy().ravel()
    assert not any("Bram" in str(cell) for cell in cells)
    assert study.participants["participant_id"].tolist() == ["t1-S1"]
    found = study.check()
    assert not found["message"].str.contains("Bram|Fenna").any()
    assert found["message"].str.contains("number 3").any()


def test_a_name_within_the_words_is_said_without_repeating_it(talk):
    study = vc.add_transcript(vc.Study({}), talk, "t1", speakers={"I": None, "Fenna": "P01", "Bram": "P02"})
    messages = study.check()["message"]
    assert messages.str.contains("number 2 in t1 stands 1 times").any()


def test_an_interview_with_one_person_is_that_persons_document(talk):
    study = vc.add_transcript(vc.Study({}), talk, "t1", speakers={"I": None, "Fenna": "P01", "Bram": "P01"})
    assert study.documents["participant_id"].tolist() == ["P01"]


def test_a_text_without_speakers_is_one_piece_of_one_person():
    plain = together([Piece("Alleen ik.")], "t.txt")
    study = vc.add_transcript(vc.Study({}), plain, "t1", speakers={}, participant_id="P01", kind="diary")
    assert study.segments["quote"].tolist() == ["Alleen ik."]
    assert study.documents["participant_id"].tolist() == ["P01"]


def test_memos_come_along_and_go_with_a_withdrawal():
    talk = together([Piece("Ja, goed.", "R", source=3)], "t.docx", memos=[Memo(7, 11, "echt?")])
    study = vc.add_transcript(vc.Study({}), talk, "t1", speakers={"R": "P01"})
    (memo,) = study.memos.to_dict("records")
    assert study.documents["text"][0][memo["start"] : memo["end"]] == "goed"
    consents = pd.DataFrame(
        {"participant_id": ["P01"], "document_id": ["t1"], "scope": ["withdrawn"], "date": ["2025-01-01"]}
    )
    assert vc.remove_withdrawn(study.replace(consents=consents)).memos.empty


def test_it_joins_a_study_that_is_there_and_survives_writing(talk, lindehout, tmp_path):
    study = vc.add_transcript(
        lindehout, talk, "t1", speakers={"I": None, "Fenna": "P05", "Bram": "P08"}, date="2025-06-02"
    )
    vc.write_study(study, tmp_path / "again")
    again = vc.read_study(tmp_path / "again")
    assert again.segments["segment_id"].tolist()[-2:] == ["t1-t003", "t1-t004"]
    assert len(again.documents) == len(lindehout.documents) + 1


def test_wrong_choices_are_answered_in_words(talk):
    study = vc.add_transcript(vc.Study({}), talk, "t1", speakers={"I": None})
    with pytest.raises(vc.ValueCreationError, match="has a document 't1' already"):
        vc.add_transcript(study, talk, "t1", speakers={})
    with pytest.raises(vc.ValueCreationError, match="Did you mean 'Fenna'"):
        vc.add_transcript(study, talk, "t2", speakers={"Fena": "P01"})
    with pytest.raises(vc.ValueCreationError, match="kind of document"):
        vc.add_transcript(study, talk, "t2", speakers={}, kind="chat")


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=":\u2028\u2029\ufeff"), max_size=30)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["I", "R1", "R2"]), WORDS), min_size=1, max_size=8))
def test_no_word_is_altered_and_every_offset_is_right(turns):
    raw = "\n".join(f"{who}: {words}" for who, words in turns)
    pieces, _ = pieces_of(raw)
    talk = together(pieces, "t.txt")
    words = "".join("".join(one.split()) for _, one in turns)
    assert "".join(talk.text.split()) == words
    for turn in talk.turns:
        assert talk.text[turn.start : turn.end].strip() == talk.text[turn.start : turn.end] != ""
    assert [turn.start for turn in talk.turns] == sorted(turn.start for turn in talk.turns)
