"""A result whose cells and arrows open their quotes."""

from collections.abc import Callable
from html import escape
from pathlib import Path

import anywidget
import pandas as pd
import traitlets

from valuecreation.analyses.flows import flows
from valuecreation.analyses.keeping import keeping
from valuecreation.analyses.lens import lens
from valuecreation.analyses.matrix import matrix
from valuecreation.analyses.over_time import over_time
from valuecreation.analyses.told import cycle_label
from valuecreation.analyses.triangulation import triangulate
from valuecreation.errors import UnknownName, ValueCreationError
from valuecreation.result import Result, table_html
from valuecreation.study import Study
from valuecreation.words import check_language, label, load_data, phrase

_MOST = 60
_PHRASES = load_data("phrases.yaml")
_HIDDEN = ("segment_id", "document_id", "coder", "claimed_by", "reality", "from_step", "to_step")


class Evidence(anywidget.AnyWidget):
    """A result on a page: choose a cell or an arrow, by mouse or by Enter, and read what stands behind it.

    Attributes
    ----------
    result : Result
    """

    _esm = Path(__file__).with_name("evidence.js")
    _css = Path(__file__).with_name("evidence.css")
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, result: Result, view: dict, language: str):
        self.result, self._language = result, language
        words = {name: phrase(f"evidence_{name}", language) for name in ("quotes", "invitation")}
        super().__init__(view={**view, **words, "label": result.title, "language": language})
        self.on_msg(self._asked)

    def __repr__(self) -> str:
        return f"<Evidence of {self.result!r}>"

    def behind(self, **cell: str) -> str:
        """Return the rows behind a cell as a page."""
        without = cell.pop("without", None)
        rows = self.result.evidence(**cell)
        rows = rows if without is None else rows[rows[without].isna()]
        shown = rows[[name for name in rows if name not in (*_HIDDEN, *cell)]].head(_MOST)
        shown = shown.loc[:, shown.notna().any()]
        for name in shown.select_dtypes("datetime").columns:
            shown = shown.assign(**{name: shown[name].astype("str").str.slice(0, 10)})
        named = {name: phrase(f"column_{name}", self._language) for name in shown if f"column_{name}" in _PHRASES}
        shown = shown.rename(columns=named)
        count = phrase("evidence_count", self._language, count=len(rows))
        return f"<p><strong>{escape(count)}</strong></p>{table_html(shown, _MOST)}"

    def _asked(self, _: object, content: dict, __: object) -> None:
        try:
            html = self.behind(**content["cell"])
        except (ValueCreationError, TypeError, KeyError) as error:
            html = f'<p role="alert">{escape(str(error))}</p>'
        self.send({"number": content.get("number"), "html": html})


def _of_flows(study: Study, language: str) -> Evidence:
    result = flows(study, language=language)
    real = result.table[result.table["reality"] == "found"]
    cycles = list(dict.fromkeys([*_CYCLES, *real["from_cycle"], *real["to_cycle"]]))
    arrows = []
    for (one, other, kind), part in real.groupby(["from_cycle", "to_cycle", "kind"], sort=False):
        n = result.evidence(from_cycle=one, to_cycle=other, kind=kind, reality="found")["teller"].nunique()
        named = [cycle_label(study, cycle, language) for cycle in (one, other)]
        said = phrase(
            "flows_said", language, one=named[0], other=named[1], kind=label("link_kind", kind, language), n=n
        )
        who = ", ".join(label("claimant_role", role, language) for role in part["claimed_by"])
        cell = {"from_cycle": one, "to_cycle": other, "kind": kind, "reality": "found"}
        arrows.append({"from": one, "to": other, "kind": kind, "n": n, "label": f"{said} ({who})", "cell": cell})
    most = max((arrow["n"] for arrow in arrows), default=1)
    nodes = [[cycle, cycle_label(study, cycle, language)] for cycle in cycles]
    return Evidence(result, {"nodes": nodes, "arrows": arrows, "most": most}, language)


def _of_matrix(study: Study, language: str) -> Evidence:
    result = matrix(study, language=language)
    steps = result.evidence()
    names = list(study.frame("stories")["story_id"].dropna().unique())
    rows: list[dict] = []
    for cycle, part in result.table.groupby("cycle", sort=False):
        rows.append({"heading": cycle_label(study, cycle, language)})
        for row in part.to_dict("records"):
            alone = not isinstance(row["indicator_id"], str)
            loose = steps["indicator_id"].isna() & (steps["cycle"] == cycle)
            own = steps[loose if alone else steps["indicator_id"] == row["indicator_id"]]
            name = phrase("matrix_no_indicator", language) if alone else row["name"]
            word = "" if row["robustness"] == "not_yet" else label("robustness", row["robustness"], language)
            cells = [
                _step_cell(own[own["story_id"] == story], story, cycle, row["indicator_id"], name, language)
                for story in names
            ]
            rows.append({"name": name, "cells": [*cells, {"text": word}]})
    return Evidence(result, {"columns": [*names, phrase("matrix_word", language)], "rows": rows}, language)


def _step_cell(steps: pd.DataFrame, story: str, cycle: str, indicator: object, name: str, language: str) -> dict | None:
    if steps.empty:
        return None
    signs = [one if isinstance(one, str) else "?" for one in steps["polarity"]]
    real = steps["status"].isin(["experienced", "reported"])
    text = " ".join(sign if found else f"({sign})" for sign, found in zip(signs, real, strict=True)).replace("-", "−")
    said = "; ".join(
        f"{label('status', status, language)}, {label('polarity', sign, language)}"
        for status, sign in zip(steps["status"], signs, strict=True)
    )
    cell = {"story_id": story, "cycle": cycle} | (
        {"indicator_id": indicator} if isinstance(indicator, str) else {"without": "indicator_id"}
    )
    return {"text": text, "label": f"{story}, {name}: {said}", "cell": cell}


def _of_pivot(result: Result, down: str, across: str, naming: Callable[[str, str], str], language: str) -> Evidence:
    """Return a table of counts with a button for each behind which something stands."""
    table = result.table
    columns = list(dict.fromkeys(table[across].dropna()))
    rows = []
    for one, part in table.groupby(down, sort=False):
        counts = part.set_index(across)
        cells = []
        for column in columns:
            n, whole = (int(counts.loc[column, name]) for name in ("n", "N"))
            said = phrase("n_of", language, n=n, N=whole)
            cell = {down: one, across: column}
            full = {"text": said, "label": f"{naming(down, one)}, {naming(across, column)}: {said}", "cell": cell}
            cells.append(full if n and len(result.evidence(**cell)) else {"text": said})
        rows.append({"name": naming(down, one), "cells": cells})
    return Evidence(result, {"columns": [naming(across, one) for one in columns], "rows": rows}, language)


def _of_lens(study: Study, language: str) -> Evidence:
    result = lens(study, language=language)
    table = result.table[result.table["unit"] == "participants"]
    books = {name: study.codebook(name) for name in (table["codebook"].iloc[0], *study.codebook_names())}
    domains = next(book for book in books.values() if book.kind == "domains")
    columns = list(dict.fromkeys(table["domain"]))
    rows: list[dict] = []
    for reading, part in table.groupby("reading", sort=False, dropna=False):
        if isinstance(reading, str):
            rows.append({"heading": reading})
        for cycle, row in part.groupby("cycle", sort=False):
            named = cycle_label(study, cycle, language)
            cells = []
            for domain in columns:
                n, whole = (int(value) for value in row.set_index("domain").loc[domain, ["n", "N"]])
                said = phrase("n_of", language, n=n, N=whole)
                cell = {"cycle": cycle, "domain": domain} | ({"reading": reading} if isinstance(reading, str) else {})
                full = {"text": said, "label": f"{named}, {domains.label(domain, language)}: {said}", "cell": cell}
                cells.append(full if n else {"text": said})
            rows.append({"name": named, "cells": cells})
    heads = [domains.label(domain, language) for domain in columns]
    return Evidence(result, {"columns": heads, "rows": rows}, language)


def _of_months(study: Study, language: str) -> Evidence:
    result = over_time(study, language=language)
    book = study.codebook(result.table["codebook"].iloc[0])
    return _of_pivot(
        result, "code", "month", lambda name, one: book.label(one, language) if name == "code" else one, language
    )


def _of_places(study: Study, language: str) -> Evidence:
    result = triangulate(study, language=language)
    book = study.codebook(result.table["codebook"].iloc[0])
    places = dict(zip(result.table["where"], result.table["place"], strict=True))
    return _of_pivot(
        result,
        "code",
        "where",
        lambda name, one: book.label(one, language) if name == "code" else places[one],
        language,
    )


def _of_keeping(study: Study, language: str) -> Evidence:
    result = keeping(study, language=language)
    organisations = sorted(result.table["organisation_id"].dropna().unique())
    rows = []
    for (question, product), part in result.table.groupby(["question_id", "product_id"], sort=False, dropna=False):
        first = part.iloc[0]
        name = f"{first['question']} → {first['product'] if isinstance(product, str) else phrase('keeping_no_product', language)}"
        cells = []
        for organisation in organisations:
            own = part[part["organisation_id"] == organisation]
            states = [
                label("uptake_state", one, language) if isinstance(one, str) else phrase("keeping_not_judged", language)
                for one in own["state"]
            ]
            said = ", ".join(states)
            cell = {"question_id": question, "product_id": product, "organisation_id": organisation}
            cells.append({"text": said, "label": f"{name}, {organisation}: {said}", "cell": cell} if states else None)
        rows.append({"name": name, "cells": cells})
    return Evidence(result, {"columns": organisations, "rows": rows}, language)


_CYCLES = ("immediate", "potential", "applied", "realised", "reframing")
VIEWS: dict[str, Callable[[Study, str], Evidence]] = {
    "matrix": _of_matrix,
    "flows": _of_flows,
    "lens": _of_lens,
    "over_time": _of_months,
    "triangulate": _of_places,
    "keeping": _of_keeping,
}


def evidence_view(study: Study, view: str, language: str) -> Evidence:
    """Return a view of a study whose cells or arrows open their quotes."""
    if view not in VIEWS:
        raise UnknownName.among("view", view, ("profile", *VIEWS))
    return VIEWS[view](study, check_language(language))
