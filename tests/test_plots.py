"""Pictures: nbval compares no pixels, so what a figure shows is asserted here, from its marks."""

import numpy as np
import pytest

import valuecreation as vc


def marks(described) -> dict[tuple[float, float], float]:
    """Return the area of the dot at each place of a figure."""
    axes = described.figure.axes[0]
    return {
        (float(x), float(y)): float(size)
        for collection in axes.collections
        for (x, y), size in zip(collection.get_offsets(), collection.get_sizes(), strict=True)
    }


def texts(described) -> dict[tuple[float, float], list[str]]:
    """Return what is printed at each place."""
    found: dict[tuple[float, float], list[str]] = {}
    for text in described.figure.axes[0].texts:
        found.setdefault(tuple(float(one) for one in text.xy), []).append(text.get_text())
    return found


def labels(axis) -> list[str]:
    return [label.get_text().replace("\n", " ") for label in axis.get_ticklabels()]


def test_a_dot_stands_where_its_code_and_status_cross_and_its_area_is_the_count(small):
    figure = vc.profile(small).plot()
    axes = figure.figure.axes[0]
    assert labels(axes.yaxis) == [
        "immediate value",
        "potential value",
        "applied value",
        "realised value",
        "reframing value",
    ]
    assert labels(axes.xaxis)[0] == "experienced"
    assert marks(figure) == pytest.approx({(0, 1): 500, (0, 2): 500, (3, 2): 500})
    assert texts(figure)[(0, 2)] == ["1", "−1"]
    assert texts(figure)[(0, 0)] == ["0"]


def test_what_is_not_done_is_hollow(small):
    axes = vc.profile(small).plot().figure.axes[0]
    faces = {
        tuple(map(float, place)): face
        for part in axes.collections
        for place, face in zip(
            part.get_offsets(), np.resize(part.get_facecolor(), (len(part.get_offsets()), 4)), strict=True
        )
    }
    assert faces[(3.0, 2.0)].tolist() == [1, 1, 1, 1]
    assert faces[(0.0, 2.0)].tolist() != [1, 1, 1, 1]


def test_rows_stand_at_equal_distances_and_nothing_narrows(lindehout):
    """No ladder, no funnel: the same distance between any two cycles, and every row as wide as the others."""
    axes = vc.profile(lindehout).plot().figure.axes[0]
    assert set(np.diff(axes.get_yticks())) == {1}
    lines = {tuple(line.get_xdata()) for line in axes.lines}
    assert len(lines) == 1


def test_groups_carry_their_n_below_their_name(small):
    figure = vc.profile(small, by="role_group").plot()
    assert labels(figure.figure.axes[0].xaxis) == ["care N = 2", "education N = 1"]
    assert marks(figure) == pytest.approx({(0, 1): 750, (0, 2): 750})


def test_the_description_says_what_the_marks_say(small):
    text = vc.profile(small, language="nl").plot().text
    assert "toegepaste waarde: zelf ervaren 1 (ten koste van iets 1), voornemen 1" in text
    assert "van de 3" in text


def test_an_empty_figure_says_so(small):
    figure = vc.profile(small, by="role_group").plot(status="aspiration")
    assert figure.text.endswith("Nothing to show: all counts are zero.")


def test_the_lens_crosses_cycles_with_domains(lindehout):
    result = vc.lens(lindehout)
    figure = result.plot(reading="Biesta-2020")
    assert labels(figure.figure.axes[0].xaxis) == ["qualification", "socialisation", "subjectification"]
    row = result.table.query(
        "reading == 'Biesta-2020' and unit == 'participants' and cycle == 'applied' and domain == 'socialisation'"
    )
    assert marks(figure)[(1, 2)] == pytest.approx(1500 * row["n"].item() / 19)


def test_the_same_figure_is_the_same_bytes_and_carries_its_description(small, tmp_path):
    result = vc.profile(small)
    assert result.plot().png() == result.plot().png()
    html = result.plot()._repr_html_()
    assert 'alt="Dot table: for each value the number of participants' in html
    result.plot().save(tmp_path / "f.png")
    assert (tmp_path / "f.txt").read_text(encoding="utf-8").startswith("Dot table")


@pytest.mark.parametrize("name", ["lindehout", "nijmegen-2020"])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_number_of_the_table_is_printed(name, language):
    result = vc.profile(vc.load_example(name), codebook="vcf-2011", language=language)
    printed = [text.get_text() for text in result.plot().figure.axes[0].texts]
    for n in result.table.query("unit == 'participants'")["n"]:
        assert str(n) in printed
