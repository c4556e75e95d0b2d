"""Notebooks: executed top to bottom (nbval compares nothing in a stripped one), clean, and honest about fiction."""

import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_there_are_notebooks_in_reading_order():
    assert [path.stem for path in NOTEBOOKS][:4] == ["00-begin", "00-start", "01-read-and-check", "02-explore-cycles"]


def test_it_was_executed_from_top_to_bottom(notebook):
    assert [cell.execution_count for cell in code_cells(notebook)] == list(range(1, len(code_cells(notebook)) + 1))


def test_it_holds_no_errors_no_warnings_and_nothing_that_changes_by_itself(notebook):
    assert "widgets" not in notebook.metadata
    for cell in notebook.cells:
        assert "execution" not in cell.metadata
        for output in cell.get("outputs", []):
            assert output.output_type != "error"
            assert output.get("name") != "stderr"
            assert "application/vnd.jupyter.widget-view+json" not in output.get("data", {})


def test_it_names_no_place_of_this_machine(notebook):
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            assert not re.search(
                r"(/(home|Users|tmp|work|root)/|[A-Z]:\\\\)", str(output.get("data", "")) + str(output.get("text", ""))
            )


def test_it_begins_with_a_question_and_ends_with_an_answer_in_words(notebook):
    first, last = notebook.cells[0], notebook.cells[-1]
    assert first.cell_type == last.cell_type == "markdown"
    assert first.source.startswith("# ")
    assert "?" in first.source.splitlines()[0]
    assert re.match(r"## (So|Dus)", last.source)


def test_headings_come_in_order(notebook):
    levels = [
        len(mark)
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for mark in re.findall(r"^(#+) ", cell.source, re.M)
    ]
    assert levels.count(1) == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


def test_every_code_cell_is_introduced_short_and_without_plumbing(notebook):
    for cell in code_cells(notebook):
        lines = cell.source.splitlines()
        assert len(lines) <= 9, cell.source
        assert not re.search(r"^\s*(def|class|for|while) ", cell.source, re.M)


def test_fictional_material_is_called_fictional(notebook):
    words = " ".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert re.search(r"fictional|verzonnen|fictief", words)


def test_every_picture_has_its_description_and_a_table_above_it(notebook):
    cells = code_cells(notebook)
    for place, cell in enumerate(cells):
        html = "".join("".join(output.get("data", {}).get("text/html", "")) for output in cell.get("outputs", []))
        if "<img" in html:
            assert re.search(r'<img alt="[^"]{40,}"', html)
            before = "".join(
                "".join(output.get("data", {}).get("text/html", "")) for output in cells[place - 1].get("outputs", [])
            )
            assert "<table" in before


def test_ids_of_cells_are_readable(notebook):
    for cell in notebook.cells:
        assert re.fullmatch(r"[a-z][a-z0-9-]+", cell.id), cell.id
        assert not re.fullmatch(r"[0-9a-f]{8}", cell.id)
