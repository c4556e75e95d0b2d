"""The coding widget in a real browser: code by keyboard, undo, reload, kill the kernel, read back in Python; nothing lost."""

import json
import urllib.request

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook

import valuecreation as vc

TELLER = (
    "Ik heb de 🙂 kaart vorige week met twee collega's gebruikt. Het gesprek duurde korter en de dochter wist wat er kwam. "
    "Volgende maand wil ik het met het hele team doen.\nVan de middag zelf weet ik vooral de koffie nog. Druk was het."
)


def written(scratch, name, cell):
    book = new_notebook(cells=[new_code_cell(cell)])
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(book, scratch / "notebooks" / name)


@pytest.fixture(scope="module")
def notebook(scratch, lab):
    """A study on disk and a notebook whose last cell shows the widget on it."""
    people = pd.DataFrame({"participant_id": ["P01"]})
    documents = pd.DataFrame(
        {"document_id": ["d1"], "participant_id": ["P01"], "kind": ["diary"], "language": ["nl"], "text": [TELLER]}
    )
    study = vc.segment(vc.Study({"participants": people, "documents": documents}, name="bench"))
    vc.write_study(study, scratch / "notebooks" / "bench")
    cell = 'import valuecreation as vc\n\nvc.code(vc.read_study("bench"), coder="anna", language="nl")'
    written(scratch, "bench.ipynb", cell)
    return scratch / "notebooks" / "bench"


def journal(folder):
    path = folder / "coding" / "anna.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def rows(folder):
    codings = vc.coded(vc.read_study(folder)).frame("codings")
    return (
        codings[["segment_id", "codebook", "reading", "code", "status", "polarity"]]
        .astype(object)
        .fillna("")
        .to_numpy()
        .tolist()
    )


def saved(page, folder, acts):
    page.wait_for_function("document.querySelector('.vc-coder .saved')?.textContent === 'bewaard'", timeout=20_000)
    for _ in range(40):
        if len(journal(folder)) == acts:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{len(journal(folder))} acts on disk, not {acts}")


def killed(lab):
    """Kill every kernel of the server, as a crash would."""
    with urllib.request.urlopen(f"{lab}/api/kernels?token=probe", timeout=10) as answer:
        kernels = json.load(answer)
    for kernel in kernels:
        request = urllib.request.Request(f"{lab}/api/kernels/{kernel['id']}?token=probe", method="DELETE")
        urllib.request.urlopen(request, timeout=20).close()


def test_code_by_keyboard_undo_reload_and_read_back(opened, notebook, scratch):
    page, errors = opened("bench.ipynb")
    text = page.get_by_role("listbox", name="Tekst van d1")
    text.wait_for(timeout=90_000)
    cells_before = page.locator(".jp-CodeCell").count()
    first, third = text.get_by_role("option").first, text.get_by_role("option").nth(2)
    first.focus()
    for key in ("3", "e", "+"):
        page.keyboard.press(key)
        page.wait_for_timeout(150)
    saved(page, notebook, 3)
    assert rows(notebook) == [["d1-s00000", "vcf-2011", "", "applied", "experienced", "+"]]
    assert "toegepaste waarde" in first.inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("4")
    saved(page, notebook, 4)
    page.keyboard.press("n")
    assert third.get_attribute("aria-selected") == "true"
    page.keyboard.press("6")
    page.get_by_text("Kies eerst de lezing").wait_for(timeout=10_000)
    page.get_by_role("combobox", name="Lezing van biesta").select_option("WSD-2018")
    third.focus()
    page.keyboard.press("6")
    saved(page, notebook, 5)
    page.keyboard.press("u")
    saved(page, notebook, 6)
    page.keyboard.press("y")
    saved(page, notebook, 7)
    page.screenshot(path=scratch / "coder.png", full_page=True)
    assert page.locator(".jp-CodeCell").count() == cells_before, "a key leaked to JupyterLab"
    before = rows(notebook)
    assert [row[3] for row in before] == ["applied", "realised", "qualification"]
    page.locator(
        ".jp-NotebookPanel-toolbar [data-command='docmanager:save'], .jp-NotebookPanel-toolbar [data-jp-item-name='save']"
    ).first.click()
    page.wait_for_timeout(1500)
    page.reload(wait_until="domcontentloaded")
    text = page.get_by_role("listbox", name="Tekst van d1")
    text.wait_for(timeout=90_000)
    assert "toegepaste waarde · zelf ervaren" in text.get_by_role("option").first.inner_text()
    text.get_by_role("option").first.focus()
    page.keyboard.press("u")
    saved(page, notebook, 8)
    assert [row[3] for row in rows(notebook)] == ["applied", "realised"]
    assert errors == []
    page.close()


def test_words_are_selected_by_keyboard_and_a_killed_kernel_loses_nothing(opened, notebook, lab):
    page, errors = opened("bench.ipynb")
    text = page.get_by_role("listbox", name="Tekst van d1")
    text.wait_for(timeout=90_000)
    before = len(journal(notebook))
    text.get_by_role("option").first.focus()
    page.keyboard.press("x")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    for _ in range(2):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    saved(page, notebook, before + 1)
    page.keyboard.press("1")
    saved(page, notebook, before + 2)
    killed(lab)
    after = vc.coded(vc.read_study(notebook))
    selected = after.segments[after.segments["segmentation"] == "selection"]
    assert selected["quote"].tolist() == ["🙂 kaart vorige"]
    assert (selected["start"].item(), selected["end"].item()) == (10, 24)
    assert after.codings.loc[after.codings["segment_id"] == selected["segment_id"].item(), "code"].tolist() == [
        "immediate"
    ]
    assert errors == []
    page.close()


def test_what_others_coded_is_seen_and_settled_after_the_comparison_is_opened(opened, scratch):
    asked = "vc.load_example('lindehout'), coder='mieke', documents='P01-i1', language='nl', codebooks='vcf-2011'"
    cell = f"import valuecreation as vc\n\nvc.code({asked})"
    written(scratch, "settle.ipynb", cell)
    page, errors = opened("settle.ipynb")
    text = page.get_by_role("listbox", name="Tekst van P01-i1")
    text.wait_for(timeout=90_000)
    assert "coder-1" not in page.locator(".vc-coder").inner_text()
    page.get_by_role("button", name="Vergelijking openen").click()
    page.get_by_role("button", name="Ja, openen").click()
    page.get_by_text("nog", exact=False).first.wait_for(timeout=20_000)
    page.locator(".vc-coder .tag.other").first.wait_for(timeout=20_000)
    page.get_by_role("button", name="Volgende om vast te stellen").click()
    page.screenshot(path=scratch / "settle.png", full_page=True)
    left = page.locator(".vc-coder .count").inner_text()
    page.get_by_role("button", name="Neem over van coder-3").first.click()
    page.get_by_role("button", name="Stel vast wat geldt").first.click()
    page.get_by_text("Zeg in een paar woorden waarom").wait_for(timeout=20_000)
    page.get_by_label("Waarom?").first.fill("Ze deed het zelf, vorige week.")
    page.get_by_role("button", name="Stel vast wat geldt").first.click()
    page.locator(".vc-coder .tag.agreed").first.wait_for(timeout=20_000)
    page.wait_for_function("before => document.querySelector('.vc-coder .count').textContent !== before", arg=left)
    page.screenshot(path=scratch / "settled.png", full_page=True)
    kept = [
        json.loads(line)
        for line in (scratch / "home/coding/lindehout/mieke.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [act["what"] for act in kept] == ["open", "settle"]
    assert kept[1]["changes"][0]["now"]["decided_by"] == "mieke"
    assert errors == []
    page.close()


def test_one_goes_from_fragment_to_fragment_and_from_document_to_document_by_one_key(opened, scratch):
    cell = (
        "import valuecreation as vc\n\nvc.code(vc.exercise().study, coder='jij', codebooks='vcf-2011', language='nl')"
    )
    written(scratch, "exercise.ipynb", cell)
    page, errors = opened("exercise.ipynb")
    text = page.get_by_role("listbox", name="Tekst van f01")
    text.wait_for(timeout=90_000)
    text.get_by_role("option").first.focus()
    page.keyboard.press("1")
    page.locator(".vc-coder .tag").first.wait_for(timeout=10_000)
    page.keyboard.press("n")
    page.get_by_role("listbox", name="Tekst van f02").wait_for(timeout=10_000)
    page.keyboard.press("d")
    page.get_by_text("✓ f02").first.wait_for(timeout=10_000, state="attached")
    page.keyboard.press("n")
    page.get_by_role("listbox", name="Tekst van f03").wait_for(timeout=10_000)
    page.keyboard.press("[")
    page.get_by_role("listbox", name="Tekst van f02").wait_for(timeout=10_000)
    page.screenshot(path=scratch / "exercise.png", full_page=True)
    assert errors == []
    page.close()


def test_words_marked_with_the_mouse_become_a_segment_across_lines(opened, notebook):
    page, errors = opened("bench.ipynb")
    text = page.get_by_role("listbox", name="Tekst van d1")
    text.wait_for(timeout=90_000)
    before = len(journal(notebook))
    words = text.locator(".words", has_text="Van de middag zelf").first
    box = words.bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 110, box["y"] + 8, steps=5)
    page.mouse.up()
    marked = page.evaluate("getSelection().toString()")
    assert marked.startswith("Van de")
    page.get_by_role("button", name="Selectie coderen").click()
    saved(page, notebook, before + 1)
    made = journal(notebook)[-1]["changes"][0]["now"]
    assert TELLER[made["start"] : made["end"]] == marked.strip()
    assert errors == []
    page.close()
