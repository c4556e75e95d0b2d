"""Views whose cells and arrows open their quotes, without a browser: every button leads to rows, and as many as it says."""

import pytest

import valuecreation as vc
from valuecreation.errors import UnknownName
from valuecreation.widgets.evidence import VIEWS


def asked(widget, cell):
    answers = []
    widget.send = lambda content, buffers=None: answers.append(content)
    widget._handle_custom_msg({"number": 1, "cell": cell}, [])
    return answers[0]["html"]


def buttons(widget):
    view = widget.view
    cells = [cell for row in view.get("rows", ()) for cell in row.get("cells", ()) if cell and cell.get("cell")]
    return [*cells, *view.get("arrows", ())]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_button_has_a_name_and_opens_rows(lindehout, view, language):
    widget = vc.explore(lindehout, language, view)
    found = buttons(widget)
    assert found
    for one in found[:: max(1, len(found) // 8)]:
        assert one["label"]
        page = asked(widget, one["cell"])
        assert "alert" not in page
        assert "<td" in page


def test_an_arrow_says_how_many_tellers_stand_behind_it(lindehout):
    widget = vc.explore(lindehout, view="flows")
    arrows = {(one["from"], one["to"], one["kind"]): one for one in widget.view["arrows"]}
    one = arrows["applied", "realised", "flow"]
    behind = widget.result.evidence(**one["cell"])
    assert one["n"] == behind["teller"].nunique()
    assert ("realised", "applied", "learning_loop") in arrows
    assert "teller, analyst" in one["label"]


def test_a_cell_of_the_matrix_opens_its_step(lindehout):
    widget = vc.explore(lindehout, view="matrix")
    cell = next(one for one in buttons(widget) if one["cell"].get("indicator_id") == "I10")
    assert cell["text"] == "+"
    assert "1 rows" in asked(widget, cell["cell"])


def test_what_was_withdrawn_is_behind_no_cell(lindehout):
    gone = set(lindehout.documents.loc[lindehout.documents["text"].isna(), "document_id"])
    widget = vc.explore(lindehout, view="over_time")
    assert not gone & set(widget.result.evidence()["document_id"])


def test_a_question_that_cannot_be_answered_gets_a_sentence(lindehout):
    assert 'role="alert"' in asked(vc.explore(lindehout, view="flows"), {"colour": "red"})
    with pytest.raises(UnknownName, match="profile, matrix, flows"):
        vc.explore(lindehout, view="pie")


def test_its_repr_is_stable(lindehout):
    assert (
        repr(vc.explore(lindehout, view="matrix")) == "<Evidence of <Result matrix: 20 rows, 14 stories, 3 cautions>>"
    )
