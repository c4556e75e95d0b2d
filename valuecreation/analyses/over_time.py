"""Over time: month by month, who mentions which value, what stories date there, and what was measured."""

from functools import partial

import pandas as pd

from valuecreation.analyses.counting import FOUND, codes_in_order, counted
from valuecreation.analyses.material import cycles_book, looked_through, material
from valuecreation.analyses.told import told
from valuecreation.errors import MissingTable
from valuecreation.result import Result
from valuecreation.study import Study
from valuecreation.study.cells import as_text
from valuecreation.words import check_language, phrase


def over_time(study: Study, codebook: str | None = None, rule: str = "any", language: str = "en") -> Result:
    """Return, for each month and cycle, how many of those who were heard in it mention value found, and what else dates there.

    A month in which nobody wrote or spoke says nothing: it has no N, and is no month without value. Months are set beside each
    other and not read as a rise or a fall: who is heard differs from month to month.

    Parameters
    ----------
    study : Study
        Needs ``segments`` and ``codings`` of dated documents; uses ``stories`` and ``measurements``.
    codebook : str, optional
        The first about value cycles that was used.
    rule : str
        Which codings count where nothing was settled; see `profile`.
    language : {"en", "nl"}

    Returns
    -------
    Result
        ``.table`` has the columns codebook, code, month, unit ("participants"), n, N (heard in that month), segments, steps
        (story steps found that date there), measurements, data_state (not_collected where nobody was heard, none_found, present).
        ``.evidence(code=..., month=...)`` gives the segments.

    Raises
    ------
    MissingTable
        Without dated documents.

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> over_time(load_example("lindehout")).table["month"].iloc[0]
    '2024-09'
    """
    check_language(language)
    found = material(study, "member", language)
    book = cycles_book(study, codebook, "Over time")
    looked, _ = looked_through(study, found.segments, book)
    dated = looked.dropna(subset=["month"])
    if dated.empty:
        raise MissingTable("Over time needs documents with a date; fill the column date of the table documents.")
    kept = counted(study, found, [book], rule, language=language)
    real = kept.codings[kept.codings["status"].isin(FOUND)]
    behind = real.merge(
        dated[["segment_id", "participant_id", "month", "document_id", "date", "quote"]], on="segment_id"
    )
    heard = dated.groupby("month")["participant_id"].nunique()
    months = _months(heard.index.min(), heard.index.max())
    order = codes_in_order(study, book, behind["code"])
    people = behind.groupby(["code", "month"])["participant_id"].nunique()
    segments = behind.groupby(["code", "month"])["segment_id"].nunique()
    steps, measured = _steps(study, language), _measured(study)
    rows = []
    for code in order:
        for month in months:
            n, whole = int(people.get((code, month), 0)), int(heard.get(month, 0))
            state = "not_collected" if not whole else "present" if n else "none_found"
            rows.append(
                (
                    book, code, month, "participants", n, whole, int(segments.get((code, month), 0)),
                    int(steps.get((code, month), 0)), int(measured.get((code, month), 0)), state,
                )
            )  # fmt: skip
    columns = ["codebook", "code", "month", "unit", "n", "N", "segments", "steps", "measurements", "data_state"]
    table = pd.DataFrame(rows, columns=columns)
    silent = [month for month in months if month not in heard.index]
    cautions = [*found.cautions, *kept.cautions, phrase("over_time_no_trend", language)]
    undated = int(looked["month"].isna().sum())
    if undated:
        cautions.append(phrase("over_time_undated", language, count=undated))
    if silent:
        cautions.append(phrase("over_time_silent", language, months=", ".join(silent)))
    naming = partial(study.codebook(book).label, language=language)
    return Result(
        name="over_time",
        title=phrase("over_time_title", language, months=len(months), N=dated["participant_id"].nunique()),
        table=table,
        unit="participants",
        n=dated["participant_id"].nunique(),
        cautions=tuple(cautions),
        summary=_laid_out(table, naming, months, language),
        language=language,
        drawing=partial(_draw, table, naming, months, language),
        finder=partial(_evidence, behind),
        keys=("code", "month"),
    )


def _months(first: str, last: str) -> list[str]:
    return [str(one) for one in pd.period_range(first, last, freq="M")]


def _steps(study: Study, language: str) -> dict:
    """Return how many steps that happened date in each month; a step that names only its year is in no month."""
    if "stories" not in study or "steps" not in study:
        return {}
    steps = told(study, None, language).steps
    real = steps[steps["found"] & steps["date"].astype("str").str.len().ge(7)]
    return real.groupby(["cycle", real["date"].astype("str").str.slice(0, 7)]).size().to_dict()


def _measured(study: Study) -> dict:
    figures = study.frame("measurements").dropna(subset=["value"])
    cycles = study.frame("indicators").drop_duplicates("indicator_id").set_index("indicator_id")["cycle"]
    months = as_text(figures["date"]).str.slice(0, 7)
    return figures.groupby([figures["indicator_id"].map(cycles), months]).size().to_dict()


def _laid_out(table: pd.DataFrame, naming, months: list[str], language: str) -> pd.DataFrame:
    rows = []
    for code, part in table.groupby("code", sort=False):
        cells = part.set_index("month")
        said = [
            "–" if not cells.loc[month, "N"] else f"{cells.loc[month, 'n']} / {cells.loc[month, 'N']}"
            for month in months
        ]
        rows.append((naming(code), *said))
    return pd.DataFrame(rows, columns=[phrase("column_code", language), *months])


def _evidence(behind: pd.DataFrame, **asked: list[str]) -> pd.DataFrame:
    for name, values in asked.items():
        behind = behind[behind[name].isin(values)]
    names = [
        "document_id",
        "segment_id",
        "participant_id",
        "date",
        "month",
        "code",
        "status",
        "polarity",
        "coder",
        "quote",
    ]
    return behind[names].sort_values(["date", "segment_id"]).reset_index(drop=True)


def _draw(table, naming, months, language):
    """Draw months across and cycles down; what draws is loaded only now."""
    from valuecreation.plots.over_time import draw_over_time

    return draw_over_time(table, naming, months, language)
