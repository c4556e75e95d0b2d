"""The value-creation matrix: indicators and stories together, cycle by cycle."""

from functools import partial

import pandas as pd

from valuecreation.analyses.effects import COLUMNS, effects
from valuecreation.analyses.robustness import WORDS, not_independent, word_of, word_of_cycle
from valuecreation.analyses.told import Told, cycle_label, cycles_in, quotes_of_steps, told
from valuecreation.errors import MissingTable
from valuecreation.result import Result
from valuecreation.study import Study
from valuecreation.study.lookup import look_up
from valuecreation.words import check_language, label, phrase

_SIGNS = {"gains": "+", "costs": "-", "nothing": "0"}
_EFFECT = COLUMNS[2:]


def matrix(study: Study, *, network: str | None = None, language: str = "en") -> Result:
    """Return the value-creation matrix: per cycle, which stories carry which indicators, and what they say together.

    A story touches an indicator where one of its steps rests on it (table ``step_indicators``). What was tried, planned or hoped
    for is counted apart and is no value found. There is no total over cycles: they are no parts of one sum.

    Parameters
    ----------
    study : Study
        Needs ``stories`` and ``steps``, or ``indicators``; uses ``step_indicators``, ``measurements`` and ``step_segments``.
    network : str, optional
        Only this network.
    language : {"en", "nl"}

    Returns
    -------
    Result
        ``.table`` has a row for each indicator, and in each cycle one without an indicator for the steps that rest on none:
        cycle, indicator_id, unit ("stories"), n, N, tellers, sources (documents quoted), gains, costs, nothing (steps found, by
        sign), not_yet (steps), name, measured_in, gain, data_state, observations, first_date, first_value, last_date, last_value,
        denominator, change, robustness, why. Supplements: cycles (read down), stories (read across), rules.
        ``.evidence(cycle=..., indicator_id=..., story_id=...)`` gives the steps with their quotes.

    Raises
    ------
    MissingTable
        Without stories and without indicators.

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> matrix(load_example("lindehout")).table.columns[:5].tolist()
    ['cycle', 'indicator_id', 'unit', 'n', 'N']
    """
    check_language(language)
    if "stories" not in study and "indicators" not in study:
        raise MissingTable("The matrix needs stories with steps, indicators, or both; this study has neither table.")
    known = told(study, network, language) if "stories" in study else _nothing_told()
    figures = effects(study, network)
    cells = _cells(study, known, figures)
    order = cycles_in(study, pd.concat([known.steps[["cycle"]], figures[["cycle"]]]))
    together = not_independent(study, list(known.stories["teller"].dropna()))
    table = pd.DataFrame(_rows(study, known, figures, cells, order, together))
    table = table.assign(robustness=table["robustness"].astype("str"), unit="stories", N=len(known.stories))
    table = table[
        [
            "cycle",
            "indicator_id",
            "unit",
            "n",
            "N",
            "tellers",
            "sources",
            *_SIGNS,
            "not_yet",
            *_EFFECT,
            "robustness",
            "why",
        ]
    ]
    supplements = {
        "cycles": _by_cycle(study, known, table, order, language), "stories": _by_story(study, known, order, language),
        "rules": pd.DataFrame(
            [(label("robustness", word, language), phrase(f"robust_{word}", language)) for word in WORDS],
            columns=[phrase("matrix_word", language), phrase("matrix_rule", language)],
        ),
    }  # fmt: skip
    cautions = [*known.cautions, phrase("matrix_no_total", language)]
    asked = int((figures["data_state"] == "not_collected").sum())
    if asked:
        cautions.append(phrase("matrix_not_collected", language, count=asked, N=len(figures)))
    undirected = int(figures["gain"].isna().sum())
    if undirected:
        cautions.append(phrase("matrix_no_gain", language, count=undirected, N=len(figures)))
    return Result(
        name="matrix",
        title=phrase("matrix_title", language, stories=len(known.stories), indicators=len(figures)),
        table=table,
        unit="stories",
        n=len(known.stories),
        cautions=tuple(cautions),
        supplements=supplements,
        headings={name: phrase(f"supplement_matrix_{name}", language) for name in supplements},
        summary=_laid_out(study, table, language),
        language=language,
        drawing=partial(_draw, study, known, table, cells, order, language),
        finder=partial(_evidence, study, known, cells),
        keys=("cycle", "indicator_id", "story_id"),
    )


def _nothing_told() -> Told:
    columns = ["story_id", "step", "cycle", "status", "polarity", "date", "text", "found"]
    steps = pd.DataFrame(columns=columns).astype({"found": bool})
    return Told(pd.DataFrame(columns=["story_id", "teller", "group"]), steps, pd.DataFrame(columns=["story_id"]), ())


def _cells(study: Study, known: Told, figures: pd.DataFrame) -> pd.DataFrame:
    """Return the steps with the indicator that each rests on; a step that rests on none has none, one on two is there twice."""
    rests = study.frame("step_indicators")[["story_id", "step", "indicator_id"]].dropna().drop_duplicates()
    rests = rests[rests["indicator_id"].isin(figures["indicator_id"])]
    cells = known.steps.merge(rests, on=["story_id", "step"], how="left")
    return cells.assign(teller=look_up(known.stories.set_index("story_id")["teller"], cells["story_id"]))


def _rows(
    study, known: Told, figures: pd.DataFrame, cells: pd.DataFrame, order: list[str], together: set
) -> list[dict]:
    """Return a row for each indicator in the cycle it is of, and one for what rests on none."""
    rests = study.frame("step_segments").merge(
        study.frame("segments")[["segment_id", "document_id"]].drop_duplicates("segment_id")
    )
    sources = rests.dropna(subset=["document_id"]).groupby(["story_id", "step"])["document_id"].agg(set).to_dict()
    by_indicator = dict(list(cells.dropna(subset=["indicator_id"]).groupby("indicator_id")))
    alone = dict(list(cells[cells["indicator_id"].isna()].groupby("cycle")))
    rows = []
    for cycle in order:
        for effect in figures[figures["cycle"] == cycle].to_dict("records"):
            own = by_indicator.get(effect["indicator_id"], cells.iloc[:0])
            word, why = word_of(effect, own, together)
            row = {
                "cycle": cycle,
                "indicator_id": effect["indicator_id"],
                **_counts(own, sources),
                "robustness": word,
                "why": why,
            }
            rows.append(row | {name: effect[name] for name in _EFFECT})
        own = alone.get(cycle, cells.iloc[:0])
        if len(own):
            word = "story_only" if own["found"].any() else "not_yet"
            rows.append({"cycle": cycle, "indicator_id": None, **_counts(own, sources), "robustness": word, "why": ""})
            rows[-1] |= dict.fromkeys(_EFFECT)
    return rows


def _counts(own: pd.DataFrame, sources: dict) -> dict:
    real = own[own["found"]]
    quoted = set().union(*(sources.get(key, set()) for key in zip(real["story_id"], real["step"], strict=True)))
    signs = {name: int((real["polarity"] == sign).sum()) for name, sign in _SIGNS.items()}
    counts = {"n": real["story_id"].nunique(), "tellers": real["teller"].nunique(), "sources": len(quoted)}
    return {**counts, **signs, "not_yet": int((~own["found"]).sum())}


def _by_cycle(study, known: Told, table: pd.DataFrame, order: list[str], language: str) -> pd.DataFrame:
    rows = []
    for cycle in order:
        own, steps = table[table["cycle"] == cycle], known.steps[known.steps["cycle"] == cycle]
        real = steps[steps["found"]]
        stories = known.stories[known.stories["story_id"].isin(real["story_id"])]
        numbers = own[own["indicator_id"].notna()]
        word = word_of_cycle(list(numbers["robustness"]), steps)
        signs = " / ".join(str(int((real["polarity"] == sign).sum())) for sign in _SIGNS.values())
        rows.append(
            (
                cycle_label(study, cycle, language), phrase("n_of", language, n=len(stories), N=len(known.stories)),
                stories["teller"].nunique(), signs, int((~steps["found"]).sum()),
                phrase("n_of", language, n=int((numbers["data_state"] == "present").sum()), N=len(numbers)),
                label("robustness", word, language),
            )
        )  # fmt: skip
    names = (
        "column_code",
        "flows_stories",
        "flows_tellers",
        "matrix_signs",
        "matrix_not_yet",
        "matrix_figures",
        "matrix_word",
    )
    return pd.DataFrame(rows, columns=[phrase(name, language) for name in names])


def _by_story(study, known: Told, order: list[str], language: str) -> pd.DataFrame:
    """Return how each story runs through the cycles: the signs of its steps in order, those not yet real in brackets."""
    steps = known.steps.sort_values(["story_id", "step"])
    signs = steps["polarity"].fillna("?").str.replace("-", "−")
    signs = signs.where(steps["found"], "(" + signs + ")")
    runs = signs.groupby([steps["story_id"], steps["cycle"]]).agg(" ".join).unstack("cycle").reindex(columns=order)
    runs = runs.reindex(known.stories["story_id"]).astype(object)
    runs = runs.where(runs.notna(), "")
    shown = pd.DataFrame(
        {
            phrase("flows_story", language): known.stories["story_id"],
            phrase("flows_teller", language): known.stories["teller"],
        }
    )
    for cycle in order:
        shown[cycle_label(study, cycle, language)] = runs[cycle].to_numpy()
    return shown


def _laid_out(study: Study, table: pd.DataFrame, language: str) -> pd.DataFrame:
    rows = []
    for row in table.to_dict("records"):
        alone = not isinstance(row["indicator_id"], str)
        values = ""
        if not alone and row["data_state"] == "present":
            last = _figure(row["last_value"], row["denominator"])
            dated = isinstance(row["last_date"], str)
            values = last if row["observations"] < 2 else f"{_figure(row['first_value'], None)} → {last}"
            values = f"{values} {row['measured_in'] or ''}".strip() + (f" ({row['last_date']})" if dated else "")
        elif not alone:
            values = label("data_state", row["data_state"], language)
        word = (
            phrase("matrix_only_not_yet", language)
            if row["robustness"] == "not_yet"
            else label("robustness", row["robustness"], language)
        )
        why = f" ({phrase('robust_why_' + row['why'], language)})" if row["why"] else ""
        signs = " / ".join(str(row[name]) for name in _SIGNS)
        named = phrase("matrix_no_indicator", language) if alone else row["name"]
        rows.append(
            (
                cycle_label(study, row["cycle"], language), named, values,
                phrase("n_of", language, n=row["n"], N=row["N"]), row["tellers"], signs, row["not_yet"], word + why,
            )
        )  # fmt: skip
    names = (
        "column_code",
        "matrix_indicator",
        "matrix_figure",
        "flows_stories",
        "flows_tellers",
        "matrix_signs",
        "matrix_not_yet",
        "matrix_word",
    )
    return pd.DataFrame(rows, columns=[phrase(name, language) for name in names])


def _figure(value: object, denominator: object) -> str:
    number = "" if pd.isna(value) else f"{value:g}"
    return number if denominator is None or pd.isna(denominator) else f"{number}/{denominator:g}"


def _evidence(study: Study, known: Told, cells: pd.DataFrame, **asked: list[str]) -> pd.DataFrame:
    rows = cells
    for name, values in asked.items():
        rows = rows[rows[name].isin(values)]
    keys = pd.MultiIndex.from_frame(rows[["story_id", "step"]])
    shown = rows[["story_id", "teller", "step", "cycle", "indicator_id", "status", "polarity", "date", "text"]]
    return shown.assign(quotes=quotes_of_steps(study).reindex(keys).to_numpy()).reset_index(drop=True)


def _draw(study, known: Told, table, cells, order, language):
    """Draw the matrix; what draws is loaded only now."""
    from valuecreation.plots.matrix import draw_matrix

    naming = {cycle: cycle_label(study, cycle, language) for cycle in order}
    return draw_matrix(table, cells, known.stories, naming, language)
