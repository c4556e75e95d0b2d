"""Properties: whatever is written comes back, and whatever is mangled is answered."""

import tempfile
import warnings
from pathlib import Path

import openpyxl
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import valuecreation as vc
from valuecreation.io.delimited import write_table
from valuecreation.text import normalise

SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
ANY_TEXT = st.text(SIGNS, max_size=40) | st.sampled_from(
    [
        "NULL",
        "=niet",
        "a;b",
        'zei "ja"',
        "a\nb",
        "a\r\nb",
        "\t",
        " x ",
        "1e5",
        "001",
        "+",
        "-",
        "2025-13-01",
        "ja",
        "[[text 1]]",
        "_x0041_",
        "😅",
        "'",
        "\ufeff",
    ]
)
EXCEL_TEXT = ANY_TEXT.filter(
    lambda text: (
        not any(ord(sign) < 32 and sign not in "\t\n\r" for sign in text) and not set(text) & {"\ufffe", "\uffff"}
    )
)
QUIET = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def study_of(cells: list[list[str | None]]) -> vc.Study:
    """Return a study with these words in columns of every type."""
    names = ["activity_id", "date", "work_form", "mode", "planned_minutes", "eigen"]
    activities = pd.DataFrame(cells, columns=names, dtype=object)
    documents = activities.rename(
        columns={"activity_id": "document_id", "eigen": "text", "planned_minutes": "order", "mode": "prompted"}
    )
    return vc.Study(
        {"activities": activities, "documents": documents[["document_id", "date", "order", "prompted", "text"]]}
    )


def rows(text: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(
        st.lists(st.none() | text, min_size=6, max_size=6).filter(lambda row: any(row)), min_size=1, max_size=4
    )


@QUIET
@given(rows(ANY_TEXT))
def test_a_folder_gives_back_what_it_was_given(cells):
    study = study_of(cells)
    with tempfile.TemporaryDirectory() as folder:
        vc.write_study(study, Path(folder) / "s")
        again = vc.read_study(Path(folder) / "s")
    assert again.equals(study)
    assert again.check()["message"].tolist() == study.check()["message"].tolist()


@settings(QUIET, max_examples=20)
@given(rows(EXCEL_TEXT))
def test_a_workbook_gives_back_what_it_was_given(cells):
    study = study_of(cells)
    with tempfile.TemporaryDirectory() as folder:
        vc.write_study(study, Path(folder) / "s.xlsx")
        assert vc.read_study(Path(folder) / "s.xlsx").equals(study)


@QUIET
@given(st.text(SIGNS, max_size=60), st.data())
def test_the_offsets_of_any_stretch_hold_after_writing_and_reading(text, data):
    clean = normalise(text)
    if not clean:
        return
    start = data.draw(st.integers(0, len(clean) - 1))
    end = data.draw(st.integers(start + 1, len(clean)))
    documents = pd.DataFrame({"document_id": ["d1"], "file": ["texts/d1.txt"], "text": [clean]})
    segments = pd.DataFrame(
        {"segment_id": ["s1"], "document_id": ["d1"], "start": [start], "end": [end], "quote": [clean[start:end]]}
    )
    study = vc.Study({"documents": documents, "segments": segments})
    with tempfile.TemporaryDirectory() as folder:
        vc.write_study(study, Path(folder) / "s")
        again = vc.read_study(Path(folder) / "s")
    assert again.equals(study)
    assert not again.check()["table"].eq("segments").any()


WHOLE = vc.load_example("nijmegen-2020")
BASE = WHOLE.replace(**{name: WHOLE[name].head(12) for name in ("segments", "codings", "coverage")})
FILES = {
    name: write_table(BASE[name]).encode() for name in ("documents", "segments", "codings", "coverage", "participants")
}


def mangled(content: bytes, cuts: list[tuple[int, bytes]]) -> bytes:
    """Return bytes with pieces put in at places, or taken out."""
    for place, piece in cuts:
        at = place % (len(content) + 1)
        content = content[:at] + piece + content[at + (len(piece) == 0) * 7 :]
    return content


CUTS = st.lists(
    st.tuples(
        st.integers(0, 10_000),
        st.sampled_from(
            [
                b"",
                b'"',
                b";",
                b",",
                b"\n",
                b"\r",
                b"\xe9",
                b"\xff",
                b"\0",
                b"\xef\xbb\xbf",
                b"NULL",
                b"\t",
                b"\x81",
                "−".encode(),
                b",,,,,,,,,,,,,,,,,,,",
                b"\n\n",
            ]
        ),
    ),
    min_size=1,
    max_size=4,
)


@settings(QUIET, max_examples=25)
@given(st.sampled_from(sorted(FILES)), CUTS, st.sampled_from([None, True, False]))
def test_a_mangled_file_is_answered_with_findings_or_a_sentence(name, cuts, day_first):
    with tempfile.TemporaryDirectory() as folder:
        for one, content in FILES.items():
            (Path(folder) / f"{one}.csv").write_bytes(mangled(content, cuts) if one == name else content)
        answered(lambda: vc.read_study(folder, day_first=day_first))


@settings(QUIET, max_examples=25)
@given(
    st.sampled_from(["documents", "segments", "codings"]),
    st.lists(
        st.tuples(
            st.integers(1, 9),
            st.integers(1, 9),
            st.none() | st.booleans() | st.floats() | st.dates() | st.integers() | EXCEL_TEXT,
        ),
        max_size=5,
    ),
    st.booleans(),
)
def test_a_mangled_workbook_is_answered_with_findings_or_a_sentence(name, cells, merge):
    with tempfile.TemporaryDirectory() as folder:
        made = openpyxl.Workbook()
        made.active.title = name
        frame = BASE[name].astype(object).where(BASE[name].notna(), None)
        made.active.append(frame.columns.tolist())
        for row in frame.head(6).itertuples(index=False):
            made.active.append([cell.isoformat() if isinstance(cell, pd.Timestamp) else cell for cell in row])
        for row, column, value in cells:
            made.active.cell(row, column).value = value
        if merge:
            made.active.merge_cells("A2:B4")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made.save(Path(folder) / "s.xlsx")
        answered(lambda: vc.read_study(Path(folder) / "s.xlsx"))


def answered(read) -> None:
    """Read, check and count; anything but a table or an error of ours is a failure of the test by itself."""
    try:
        study = read()
        found = study.check(language="nl")
        assert found["message"].notna().all()
        assert found["remedy"].notna().all()
        vc.profile(study)
        vc.lens(study)
    except vc.ValueCreationError as error:
        assert len(str(error)) > 20
