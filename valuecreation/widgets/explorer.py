"""The explorer: choose what to count and by what, and see the table, its figure and the sentences behind a cell.

It holds no numbers of its own: every view is a `Result` of `profile`. The same view without a widget is
``vc.profile(...)``, its static twin.
"""

from html import escape

import ipywidgets

from valuecreation.analyses.cycles import profile
from valuecreation.errors import ValueCreationError
from valuecreation.result import Result, table_html
from valuecreation.study import Study
from valuecreation.widgets.evidence import Evidence, evidence_view
from valuecreation.widgets.keys import keep_keys
from valuecreation.words import check_language, label, phrase, vocabulary

_GROUPS = ("", "role_group", "subgroup", "month", "kind", "prompted", "polarity", "level", "beneficiary", "evidence")
_SHOWN = ("date", "participant_id", "status", "polarity", "coder", "quote", "memo")
_MOST_QUOTES = 40


class Explorer(ipywidgets.VBox):
    """Controls above, then the table, the figure and the quotes behind the chosen cell.

    Parameters
    ----------
    study : Study
    language : {"en", "nl"}
        May be changed with the control of that name.

    Attributes
    ----------
    result : Result
        What is shown now.
    """

    def __init__(self, study: Study, language: str = "en"):
        self.study = study
        self._busy = False
        books = [
            name for name in study.codebook_names() if study.codebook(name).kind == "cycles"
        ] or study.codebook_names()
        if not books:
            raise ValueCreationError(f"There is nothing to explore yet: the study {study.name!r} has no codings.")
        wide = ipywidgets.Layout(width="27em")
        style = {"description_width": "12em"}
        self.language = ipywidgets.Dropdown(
            options=[("English", "en"), ("Nederlands", "nl")], value=check_language(language), layout=wide, style=style
        )
        self.codebook = ipywidgets.Dropdown(options=books, layout=wide, style=style)
        self.by = ipywidgets.Dropdown(options=[("", "")], layout=wide, style=style)
        self.rule = ipywidgets.Dropdown(options=[("any", "any")], layout=wide, style=style)
        self.code = ipywidgets.Dropdown(options=[("", "")], layout=wide, style=style)
        self.status = ipywidgets.Dropdown(options=[("", "")], layout=wide, style=style)
        self.table = ipywidgets.HTML()
        self.figure = ipywidgets.HTML()
        self.quotes = ipywidgets.HTML()
        self.controls = (self.language, self.codebook, self.by, self.rule, self.code, self.status)
        self._word()
        super().__init__(
            [
                ipywidgets.HBox(
                    [ipywidgets.VBox(self.controls[:3]), ipywidgets.VBox(self.controls[3:])],
                    layout=ipywidgets.Layout(flex_flow="row wrap"),
                ),
                self.table,
                self.figure,
                self.quotes,
            ]
        )
        keep_keys(self)
        for control in self.controls:
            control.observe(self._changed, names="value")
        self._show()

    def __repr__(self) -> str:
        return f"<Explorer of {self.study.name}: {self.codebook.value}, {self.by.value or 'no groups'}>"

    def _changed(self, change: dict) -> None:
        if self._busy:
            return
        if change["owner"] in (self.language, self.codebook):
            self._word()
        if change["owner"] in (self.code, self.status):
            self._show_quotes()
        else:
            self._show()

    def _word(self) -> None:
        """Write labels and choices in the language, keeping what was chosen."""
        self._busy = True
        spoken = self.language.value
        for control, name in zip(self.controls, ("language", "codebook", "by", "rule", "code", "status"), strict=True):
            control.description = phrase(f"explore_{name}", spoken)
        book = self.study.codebook(self.codebook.value)
        coders = [one for one in self.study.frame("codings")["coder"].dropna().unique() if one != "agreed"]
        available = [name for name in _GROUPS if name != "subgroup" or "memberships" in self.study]
        self._offer(self.by, [(phrase(f"group_{name or 'none'}", spoken), name) for name in available])
        rules = [(phrase(f"explore_rule_{rule}", spoken), rule) for rule in ("any", "all")]
        self._offer(self.rule, [*rules, *((coder, coder) for coder in coders)])
        self._offer(self.code, [(code.label(spoken), code.name) for code in book.codes])
        self._offer(self.status, [(label("status", status, spoken), status) for status in vocabulary("status")])
        self._busy = False

    @staticmethod
    def _offer(control: ipywidgets.Dropdown, options: list[tuple[str, str]]) -> None:
        before = control.value
        control.options = options
        values = [value for _, value in options]
        control.value = before if before in values else values[0]

    def _show(self) -> None:
        try:
            self.result: Result = profile(
                self.study,
                by=self.by.value or None,
                codebook=self.codebook.value,
                rule=self.rule.value,
                language=self.language.value,
            )
        except ValueCreationError as error:
            self.table.value = f'<p role="alert">{escape(str(error))}</p>'
            self.figure.value = self.quotes.value = ""
            return
        self.table.value = self.result.to_html(folded=True)
        self.figure.value = self.result.plot()._repr_html_()
        self._show_quotes()

    def _show_quotes(self) -> None:
        spoken = self.language.value
        behind = self.result.evidence(code=self.code.value, status=self.status.value)
        book = self.study.codebook(self.codebook.value)
        title = phrase(
            "explore_quotes",
            spoken,
            count=len(behind),
            code=book.label(self.code.value, spoken),
            status=label("status", self.status.value, spoken),
        )
        shown = behind[list(_SHOWN)].head(_MOST_QUOTES)
        shown = shown.assign(date=shown["date"].astype("str").replace("NaT", ""))
        shown.columns = [phrase(f"column_{name}", spoken) for name in _SHOWN]
        more = (
            f"<p>{phrase('explore_more', spoken, shown=len(shown), count=len(behind))}</p>"
            if len(behind) > len(shown)
            else ""
        )
        self.quotes.value = (
            f"<p><strong>{escape(title)}</strong></p>"
            f'<div tabindex="0" role="region" aria-label="{escape(title)}" style="max-height:30em;overflow:auto">'
            f"{table_html(shown)}</div>{more}"
        )


def explore(study: Study, language: str = "en", view: str = "profile") -> Explorer | Evidence:
    """Return the explorer of a study, to be shown as the last line of a notebook cell.

    All of it works by keyboard: Tab moves between controls, the arrow keys change a choice or move between cells, Enter opens the
    quotes behind a cell or an arrow.

    Parameters
    ----------
    study : Study
    language : {"en", "nl"}
    view : {"profile", "matrix", "flows", "lens", "over_time", "triangulate", "keeping"}
        ``profile`` lets choose what to count and by what; the others show that analysis, and a click on a cell or an arrow opens
        what stands behind it.

    Returns
    -------
    Explorer or Evidence

    Examples
    --------
    >>> import valuecreation as vc
    >>> vc.explore(vc.load_example("lindehout"), view="flows")
    <Evidence of <Result flows: 19 rows, 14 tellers, 4 cautions>>
    """
    return Explorer(study, language) if view == "profile" else evidence_view(study, view, language)
