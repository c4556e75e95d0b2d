"""Group development: where a facilitator stepped in, by phase of the group and level, in the order of days."""

from functools import partial
from itertools import groupby, product

import pandas as pd

from valuecreation.errors import MissingTable, UnreadableStudy
from valuecreation.io.group_logs import COLUMNS, key_of
from valuecreation.result import Result
from valuecreation.words import check_language, label, phrase, vocabulary

_LISTS = {"phase": "group_phase", "level": "intervention_level", "style": "leadership_style"}


def group_log(log: pd.DataFrame, *, language: str = "en") -> Result:
    """Return how often a facilitator noted an intervention, by phase of the group and level, and in which order the phases came.

    Phases are those that the facilitator saw. A group may go back, skip one or be in two at once: they are no stairs, and none
    is the furthest. The log holds what was noted: an empty cell of the table is not a level at which nothing happened.

    Parameters
    ----------
    log : pandas.DataFrame
        Of `read_group_log`, or a table of your own with columns date, phase, level, style, reported_by, note (keys of the lists
        or their words in Dutch or English).
    language : {"en", "nl"}

    Returns
    -------
    Result
        ``.table`` has the columns phase, level, n (interventions) and N (interventions with both). Supplements: order (spells of
        one phase by day), styles. ``.evidence(phase=..., level=...)`` gives the rows of the log.

    Raises
    ------
    MissingTable
        When the log has no phase or level, or no rows.
    UnreadableStudy
        When a cell holds something that its list does not have; row, column and value are named.

    Examples
    --------
    >>> log = pd.DataFrame({"date": ["2025-01-01"], "phase": ["oriëntatie (beginfase)"], "level": ["inhoud"]})
    >>> group_log(log).table.query("n > 0")[["phase", "level"]].to_numpy().tolist()
    [['orientation', 'content']]
    """
    check_language(language)
    if not isinstance(log, pd.DataFrame) or not {"phase", "level"} <= set(log.columns) or log.empty:
        raise MissingTable(
            "A group log is a table with rows and columns phase and level; read one with vc.read_group_log."
        )
    log = _read(log)
    both = log.dropna(subset=["phase", "level"])
    counts = both.groupby(["phase", "level"]).size()
    cells = product(vocabulary("group_phase"), vocabulary("intervention_level"))
    table = pd.DataFrame(
        [(phase, level, int(counts.get((phase, level), 0)), len(both)) for phase, level in cells],
        columns=["phase", "level", "n", "N"],
    )
    said = log["reported_by"].dropna().unique()
    cautions = [phrase("group_log_no_stairs", language), phrase("group_log_noted", language)]
    if len(said) > 1:
        cautions.append(phrase("group_log_several", language, count=len(said)))
    if len(both) < len(log):
        cautions.append(phrase("group_log_half", language, count=len(log) - len(both)))
    undated = int(log["date"].isna().sum())
    if undated:
        cautions.append(phrase("group_log_undated", language, count=undated))
    supplements = {"order": _order(log, language), "styles": _styles(log, language)}
    return Result(
        name="group_log",
        title=phrase("group_log_title", language, N=len(log)),
        table=table,
        unit="interventions",
        n=len(log),
        cautions=tuple(cautions),
        supplements=supplements,
        headings={name: phrase(f"supplement_group_log_{name}", language) for name in supplements},
        summary=_laid_out(table, language),
        language=language,
        drawing=partial(_draw, table, len(both), language),
        finder=partial(_find, log),
        keys=("phase", "level"),
    )


def _read(log: pd.DataFrame) -> pd.DataFrame:
    """Return the log with keys in place of words; a cell that no list has is named."""
    log = log.reindex(columns=[*COLUMNS, *(one for one in log.columns if one not in COLUMNS)]).reset_index(drop=True)
    for column, words in _LISTS.items():
        keys = [None if pd.isna(one) or not str(one).strip() else key_of(words, str(one)) for one in log[column]]
        for number, (said, key) in enumerate(zip(log[column], keys, strict=True), start=1):
            if key is None and not pd.isna(said) and str(said).strip():
                choices = ", ".join(vocabulary(words))
                raise UnreadableStudy(
                    f"group log, row {number}, column {column}: {said!r} is none of the list. Choose one of {choices}."
                )
        log[column] = pd.array(keys, dtype="str")
    days = log["date"].astype("str").where(log["date"].notna())
    for number, (said, read) in enumerate(
        zip(days, pd.to_datetime(days, format="%Y-%m-%d", errors="coerce"), strict=True), start=1
    ):
        if pd.isna(read) and not pd.isna(said):
            raise UnreadableStudy(
                f"group log, row {number}, column date: {said!r} cannot be read as a day. Write year-month-day: 2025-03-31."
            )
    return log.assign(date=days)


def _order(log: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return the phases as they were seen, by day; a phase that comes back has a row of its own again."""
    dated = log.dropna(subset=["date", "phase"]).sort_values("date", kind="stable")
    days = [
        (day, tuple(one for one in vocabulary("group_phase") if one in set(part["phase"])), len(part))
        for day, part in dated.groupby("date")
    ]
    rows = []
    for phases, spell in groupby(days, key=lambda day: day[1]):
        spell = list(spell)
        named = ", ".join(label("group_phase", one, language) for one in phases)
        rows.append((named, spell[0][0], spell[-1][0], sum(day[2] for day in spell)))
    names = [phrase(f"group_log_{name}", language) for name in ("phase", "from", "until", "interventions")]
    return pd.DataFrame(rows, columns=names)


def _styles(log: pd.DataFrame, language: str) -> pd.DataFrame:
    counts = log["style"].value_counts()
    known = int(log["style"].notna().sum())
    rows = [
        (label("leadership_style", one, language), phrase("n_of", language, n=int(counts.get(one, 0)), N=known))
        for one in vocabulary("leadership_style")
    ]
    return pd.DataFrame(
        rows, columns=[phrase("group_log_style", language), phrase("group_log_interventions", language)]
    )


def _laid_out(table: pd.DataFrame, language: str) -> pd.DataFrame:
    wide = table.pivot(index="phase", columns="level", values="n")
    wide = wide.loc[list(vocabulary("group_phase")), list(vocabulary("intervention_level"))]
    wide.columns = [label("intervention_level", one, language) for one in wide.columns]
    wide.insert(0, phrase("group_log_phase", language), [label("group_phase", one, language) for one in wide.index])
    return wide.reset_index(drop=True)


def _draw(table: pd.DataFrame, whole: int, language: str):
    from valuecreation.plots.described import Described
    from valuecreation.plots.dots import dot_table

    if not whole:
        raise MissingTable(phrase("group_log_nothing_to_draw", language))
    cells = pd.DataFrame(
        {
            "row": [label("group_phase", one, language) for one in table["phase"]],
            "column": [label("intervention_level", one, language) for one in table["level"]],
            "n": table["n"],
        }
    )
    rows = [label("group_phase", one, language) for one in vocabulary("group_phase")]
    columns = [label("intervention_level", one, language) for one in vocabulary("intervention_level")]
    caption = phrase("group_log_caption", language, N=whole)
    figure = dot_table(cells, rows, columns, whole=max(int(table["n"].max()), 1), caption=caption)
    lines = "; ".join(f"{one.row}, {one.column} {one.n}" for one in cells[cells["n"] > 0].itertuples(index=False))
    return Described(figure, phrase("group_log_drawn", language, N=whole, lines=lines), language)


def _find(log: pd.DataFrame, **asked: list[str]) -> pd.DataFrame:
    for name, values in asked.items():
        log = log[log[name].isin(values)]
    return log.reset_index(drop=True)
