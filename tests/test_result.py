"""Result and study: frozen, stable to look at, and plain about what they cannot do."""

import copy
import pickle

import pandas as pd
import pytest

import valuecreation as vc
from valuecreation.result import table_html


def test_a_result_does_not_change(small):
    result = vc.profile(small)
    with pytest.raises(AttributeError):
        result.n = 5
    with pytest.raises(TypeError):
        result.supplements["x"] = None


def test_a_result_without_a_figure_or_evidence_says_so():
    bare = vc.Result("facts", "Facts", pd.DataFrame({"a": [1]}), "facts", 1)
    with pytest.raises(vc.ValueCreationError, match="no figure"):
        bare.plot()
    with pytest.raises(vc.ValueCreationError, match="keeps no evidence"):
        bare.evidence(a=1)


def test_a_page_shows_title_table_supplements_and_cautions(small):
    html = vc.profile(small, language="nl")._repr_html_()
    for words in ("Wie noemt welke waarde", "1 van 3", "Polariteit van de gevonden waarde", "Cycli zijn geen ladder"):
        assert words in html


def test_a_table_escapes_what_people_wrote():
    html = table_html(pd.DataFrame({"q": ["<b>a</b>\nb", None], "n": [1.23456, None]}))
    assert "&lt;b&gt;a&lt;/b&gt;<br>b" in html
    assert ">1.23<" in html
    assert "None" not in html
    assert "nan" not in html


def test_a_long_table_is_cut_and_says_so():
    assert "60 / 100" in table_html(pd.DataFrame({"n": range(100)}))


def test_a_study_does_not_change_when_what_it_gave_is_changed(small):
    taken = small.codings
    taken["code"] = "changed"
    for one in (small.tables["codings"], small["codings"], small.frame("codings")):
        one.loc[0, "code"] = "changed"
    assert "changed" not in set(small.codings["code"])
    with pytest.raises(AttributeError):
        small.name = "other"
    with pytest.raises(TypeError):
        small.tables["codings"] = taken


def test_a_study_can_be_copied_and_sent(small):
    assert pickle.loads(pickle.dumps(small)).equals(small)
    assert copy.deepcopy(small).equals(small)


def test_a_study_answers_which_tables_it_has(small):
    assert "codings" in small
    assert "stories" not in small
    assert hasattr(small, "codings")
    assert not hasattr(small, "stories")
    with pytest.raises(vc.ValueCreationError, match="no table stories; it has participants"):
        small.stories  # noqa: B018
    with pytest.raises(AttributeError, match="no 'colour'"):
        small.colour  # noqa: B018
    with pytest.raises(vc.ValueCreationError, match="Did you mean 'stories'"):
        small["storys"]


def test_the_looks_of_a_study_are_stable(small, lindehout):
    assert repr(small) == "<Study small: 4 participants, 5 documents, 6 segments, 5 codings, 5 coverage>"
    assert "(fictional)" in repr(lindehout)
    assert "fictional / fictief" in lindehout._repr_html_()
    assert lindehout.overview("nl").columns.tolist() == ["tabel", "rijen", "een rij is"]


def test_the_columns_of_a_study_are_explained(lindehout):
    meanings = lindehout.columns("codings", language="nl")
    assert meanings["column"].tolist() == lindehout.codings.columns.tolist()
    assert meanings["meaning"].str.len().gt(3).all()


def test_replacing_a_table_drops_what_was_noticed_of_its_file(tmp_path):
    (tmp_path / "networks.csv").write_bytes(b"network_id;name\nn1;x y\n")
    study = vc.read_study(tmp_path)
    assert len(study.check()) == 1
    assert study.replace(networks=study.networks).check().empty
