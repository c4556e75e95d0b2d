"""The views in a real browser: an arrow is opened by Enter, a cell by a click, and their words appear below."""

import pytest


@pytest.fixture
def cell(scratch):
    import nbformat
    from nbformat.v4 import new_code_cell, new_notebook

    def write(name, asked):
        book = new_notebook(
            cells=[new_code_cell(f"import valuecreation as vc\n\nvc.explore(vc.load_example('lindehout'), {asked})")]
        )
        book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(book, scratch / "notebooks" / name)
        return name

    return write


def test_an_arrow_opens_its_stories_by_keyboard(opened, cell, scratch):
    page, errors = opened(cell("flows.ipynb", "language='nl', view='flows'"))
    arrow = page.get_by_role("button", name="herkaderende waarde naar toegepaste waarde")
    arrow.first.wait_for(timeout=90_000)
    arrow.first.focus()
    page.keyboard.press("Enter")
    page.locator(".vc-evidence .quotes td").first.wait_for(timeout=10_000)
    assert arrow.first.get_attribute("aria-pressed") == "true"
    page.screenshot(path=scratch / "flows.png", full_page=True)
    assert errors == []
    page.close()


def test_a_cell_of_the_matrix_opens_its_step_by_a_click_and_arrows_move_between_cells(opened, cell, scratch):
    page, errors = opened(cell("matrix.ipynb", "view='matrix'"))
    cell = page.get_by_role("button", name="V02, tijd tot iemand binnen is")
    cell.wait_for(timeout=90_000)
    cell.click()
    page.locator(".vc-evidence .quotes td").first.wait_for(timeout=10_000)
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("V02, (told without a figure)")
    page.screenshot(path=scratch / "matrix.png", full_page=True)
    assert errors == []
    page.close()
