"""Goal coverage: which goals were worked on in which kinds of activity, as far as somebody noted it."""

from functools import partial

import pandas as pd

from valuecreation.analyses.appraisal_material import NOT_HELD, PLANNED
from valuecreation.analyses.typology import dimensions
from valuecreation.errors import MissingTable, UnknownName
from valuecreation.result import Result
from valuecreation.study import Study
from valuecreation.study.asked import a_study
from valuecreation.words import check_language, phrase


def goal_coverage(
    study: Study, links: pd.DataFrame | None = None, *, network: str | None = None, language: str = "en"
) -> Result:
    """Return for each goal of the network in how many activities it was worked on, by work form.

    That an activity worked on a goal is for somebody to say: a fact with the activity as subject, ``works_on`` as attribute and
    the goal's id as value, or a row of `links`. Activities of which nobody said anything are in no N: not noted is not the same
    as not worked on. Worked on is not reached.

    Parameters
    ----------
    study : Study
        Needs ``goals`` and ``activities``; uses ``facts``.
    links : pandas.DataFrame, optional
        Columns activity_id and goal_id, in place of the facts.
    network : str, optional
    language : {"en", "nl"}

    Returns
    -------
    Result
        ``.table`` has the columns goal_id, goal, work_form, n (activities of that form that worked on it) and N (activities of
        that form of which it is noted what they worked on). Supplements: goals (over all forms; a goal that no noted activity
        worked on has 0) and not_noted. ``.evidence(goal_id=..., work_form=...)`` gives the activities.

    Raises
    ------
    MissingTable
        Without goals of the network, or when nobody noted anything.
    UnknownName
        When a link names an activity or goal that does not exist.

    Examples
    --------
    >>> goals = pd.DataFrame({"goal_id": ["g"], "network_id": ["n"], "text": ["a card"]})
    >>> activities = pd.DataFrame({"activity_id": ["a", "b"], "work_form": ["meeting", "meeting"]})
    >>> links = pd.DataFrame({"activity_id": ["a"], "goal_id": ["g"]})
    >>> goal_coverage(Study({"goals": goals, "activities": activities}), links).table[["n", "N"]].iloc[0].tolist()
    [1, 1]
    """
    check_language(language)
    a_study(study)
    goals = study.need("goals", "goal_id", "text", purpose="Goal coverage").drop_duplicates("goal_id")
    every = set(goals["goal_id"])
    goals = goals[goals["network_id"].notna()]
    held = study.need("activities", "activity_id", purpose="Goal coverage").drop_duplicates("activity_id")
    known = set(held["activity_id"])
    if network is not None:
        if network not in set(goals["network_id"]):
            raise UnknownName.among("network with goals", network, goals["network_id"].unique())
        goals, held = goals[goals["network_id"] == network], held[held["network_id"] == network]
    if goals.empty:
        raise MissingTable("Goal coverage needs goals of a network; fill the table goals with a network_id.")
    links = _links(study, links, known, every)
    off = held["state"].isin((*NOT_HELD, *PLANNED))
    held = held[~off].assign(form=held["work_form"].fillna(phrase("coverage_no_form", language)))
    noted = held[held["activity_id"].isin(links["activity_id"])]
    if noted.empty:
        raise MissingTable(
            "Nobody noted which goal an activity worked on. Give facts with the activity as subject, works_on as attribute and "
            "the goal's id as value, or links=..."
        )
    worked = noted[["activity_id", "form"]].merge(links, on="activity_id")
    worked = worked[worked["goal_id"].isin(goals["goal_id"])]
    rows, whole = [], noted["form"].value_counts()
    forms = [form for form in held["form"].drop_duplicates() if form in whole]
    for goal in goals.itertuples(index=False):
        own = worked[worked["goal_id"] == goal.goal_id]["form"].value_counts()
        rows += [(goal.goal_id, goal.text, form, int(own.get(form, 0)), int(whole[form])) for form in forms]
    table = pd.DataFrame(rows, columns=["goal_id", "goal", "work_form", "n", "N"])
    silent = held[~held["activity_id"].isin(noted["activity_id"])]
    cautions = [phrase("coverage_not_reached", language)]
    if len(silent):
        cautions.append(phrase("coverage_silent", language, count=len(silent), N=len(held)))
    supplements = {
        "goals": _over_all(goals, worked, len(noted), language),
        "not_noted": silent[["activity_id", "date", "work_form"]].reset_index(drop=True),
    }
    return Result(
        name="goal_coverage",
        title=phrase("coverage_title", language, N=len(noted)),
        table=table,
        unit="activities",
        n=len(noted),
        cautions=tuple(cautions),
        supplements=supplements,
        headings={name: phrase(f"supplement_coverage_{name}", language) for name in supplements},
        opening=("goals",),
        summary=_laid_out(table, forms, language),
        language=language,
        drawing=partial(_draw, table, forms, language),
        finder=partial(_find, worked, held),
        keys=("goal_id", "work_form"),
    )


def _links(study: Study, links: pd.DataFrame | None, activities: set, goals: set) -> pd.DataFrame:
    where = "links"
    if links is None:
        facts, where = study.frame("facts"), "facts"
        links = facts[facts["attribute"] == "works_on"].rename(columns={"subject": "activity_id", "value": "goal_id"})
    for column, known, what in (("activity_id", activities, "activity"), ("goal_id", goals, "goal")):
        if column not in links:
            raise MissingTable(f"{where}: the column {column} is missing; a row is an activity_id and a goal_id.")
        for one in links[column].dropna():
            if one not in known:
                raise UnknownName.among(f"{what} in {where}", one, sorted(known))
    return links[["activity_id", "goal_id"]].dropna().drop_duplicates()


def _over_all(goals: pd.DataFrame, worked: pd.DataFrame, whole: int, language: str) -> pd.DataFrame:
    counts = worked["goal_id"].value_counts()
    cells = [phrase("n_of", language, n=int(counts.get(one, 0)), N=whole) for one in goals["goal_id"]]
    names = [phrase(f"coverage_{name}", language) for name in ("goal", "activities")]
    return pd.DataFrame(dict(zip(names, (goals["text"].tolist(), cells), strict=True)))


def _laid_out(table: pd.DataFrame, forms: list[str], language: str) -> pd.DataFrame:
    shown = {phrase("coverage_goal", language): table["goal"].drop_duplicates().tolist()}
    for form in forms:
        own = table[table["work_form"] == form]
        shown[_named(form, language)] = [
            phrase("n_of", language, n=n, N=whole) for n, whole in zip(own["n"], own["N"], strict=True)
        ]
    return pd.DataFrame(shown)


def _draw(table: pd.DataFrame, forms: list[str], language: str):
    from valuecreation.plots.described import Described
    from valuecreation.plots.dots import dot_table

    whole = table.drop_duplicates("work_form").set_index("work_form")["N"]
    names = {form: _named(form, language) for form in forms}
    labels = {goal: _short(f"{goal}  {text}") for goal, text in zip(table["goal_id"], table["goal"], strict=True)}
    cells = pd.DataFrame(
        {"row": table["goal_id"].map(labels), "column": table["work_form"].map(names), "n": table["n"]}
    )
    cells["whole"] = table["N"]
    figure = dot_table(
        cells, list(labels.values()), list(names.values()), whole=int(whole.max()),
        notes=[f"N = {whole[form]}" for form in forms], caption=phrase("coverage_caption", language),
    )  # fmt: skip
    lines = "; ".join(
        f"{row.goal_id} {names[row.work_form]} {phrase('n_of', language, n=row.n, N=row.N)}"
        for row in table.itertuples(index=False)
    )
    return Described(figure, phrase("coverage_drawn", language, lines=lines), language)


def _named(form: str, language: str) -> str:
    """Return the word for a work form that the typology has, and another as it is written."""
    found = dimensions()["work_form"].place(form)
    return dimensions()["work_form"].said(found[0], language) if len(found) == 1 else form


def _short(text: str, most: int = 48) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"


def _find(worked: pd.DataFrame, held: pd.DataFrame, **asked: list[str]) -> pd.DataFrame:
    found = worked.rename(columns={"form": "work_form"})
    for name, values in asked.items():
        found = found[found[name].isin(values)]
    return found.merge(held[["activity_id", "date", "subgroup"]], on="activity_id").reset_index(drop=True)
