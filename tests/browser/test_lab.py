"""JupyterLab in a real browser: the notebook opens and runs, a control moves by keyboard, the table follows.

Run with `make browser`; skipped with a reason where Debian's chromium is not installed.
"""

import pytest


def test_a_control_of_the_explorer_changes_its_table_by_keyboard(opened, tmp_path):
    page, errors = opened("02-explore-cycles.ipynb")
    compare = page.get_by_role("combobox", name="Compare by")
    compare.wait_for(timeout=90_000)
    explorer = page.locator(".jp-CodeCell").filter(has=compare)
    explorer.get_by_role("cell", name="19 of 19").first.wait_for()
    assert explorer.get_by_role("columnheader", name="education").count() == 0
    compare.focus()
    page.keyboard.press("ArrowDown")
    explorer.get_by_role("columnheader", name="education").first.wait_for(timeout=20_000)
    assert compare.input_value()
    assert explorer.get_by_role("img", name="participants (experienced)").count() == 1
    page.screenshot(path=tmp_path / "explorer.png")
    assert errors == []
    page.close()


def test_the_language_of_the_explorer_follows_its_control(opened):
    page, errors = opened("02-explore-cycles.ipynb")
    language = page.get_by_role("combobox", name="Language")
    language.wait_for(timeout=90_000)
    language.select_option(label="Nederlands")
    dutch = page.get_by_role("combobox", name="Vergelijk op")
    dutch.wait_for(timeout=20_000)
    explorer = page.locator(".jp-CodeCell").filter(has=dutch)
    explorer.get_by_role("cell", name="toegepaste waarde").first.wait_for(timeout=20_000)
    assert errors == []
    page.close()


@pytest.mark.parametrize("notebook", ["00-begin.ipynb", "00-start.ipynb"])
def test_the_first_notebook_runs_and_shows_its_pictures_with_words(opened, notebook):
    page, errors = opened(notebook)
    page.locator(".jp-CodeCell figure img[alt]").first.wait_for(timeout=90_000)
    page.get_by_text("| Idle").wait_for(timeout=90_000)
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert errors == []
    page.close()
