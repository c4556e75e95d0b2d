"""From shadowing to keeping: learning question, subgroup, product, and where it was taken up or got stuck."""

from functools import partial

import pandas as pd

from valuecreation.result import Result
from valuecreation.study import Study
from valuecreation.study.lookup import look_up
from valuecreation.words import check_language, label, phrase

REACHED = ("no_product", "not_noted", "noted")


def keeping(study: Study, language: str = "en") -> Result:
    """Return the line from learning question to product to organisation, and what got stuck where.

    A row is one thing noted of one product at one organisation, or a question or product of which nothing more is known. Whether
    something is in use, partly or stuck is what the study says of it (column ``state``); from the words alone nothing is judged.

    Parameters
    ----------
    study : Study
        Needs ``questions``; uses ``products``, ``uptake``, ``activities`` and ``organisations``.
    language : {"en", "nl"}

    Returns
    -------
    Result
        ``.table`` has the columns question_id, question, theme, subgroup, raised_on, raised_in (work form), product_id, product,
        shown_on, organisation_id, how, state, since, reached (no_product, not_noted, noted). Supplements: questions (per
        question how far), organisations (per organisation what is in use, partly, stuck, not judged).
        ``.evidence(organisation_id=..., question_id=..., state=...)`` gives the rows.

    Raises
    ------
    MissingTable
        Without questions.

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> keeping(load_example("lindehout")).unit
    'questions'
    """
    check_language(language)
    questions = study.need("questions", "question_id", purpose="Following questions").dropna(subset=["question_id"])
    questions = questions.drop_duplicates("question_id")
    activities = (
        study.frame("activities").drop_duplicates("activity_id").set_index("activity_id")[["date", "work_form"]]
    )
    raised = look_up(activities, questions["raised_in"])
    rows = pd.DataFrame(
        {
            "question_id": questions["question_id"], "question": questions["text"], "theme": questions["theme"],
            "subgroup": questions["subgroup"], "raised_on": raised["date"], "raised_in": raised["work_form"],
        }
    )  # fmt: skip
    products = study.frame("products").dropna(subset=["product_id"])
    loose = products[~products["question_id"].isin(questions["question_id"])]
    products = products.rename(columns={"name": "product", "date": "shown_on"})
    products = products[["question_id", "product_id", "product", "shown_on"]]
    uptake = study.frame("uptake").rename(columns={"date": "since"})
    uptake = uptake[["product_id", "organisation_id", "how", "state", "since"]].dropna(subset=["product_id"])
    table = rows.merge(products, on="question_id", how="left").merge(uptake, on="product_id", how="left")
    reached = pd.Series("noted", index=table.index).mask(table["organisation_id"].isna(), "not_noted")
    table = table.assign(reached=reached.mask(table["product_id"].isna(), "no_product"))
    table = table.sort_values(
        ["raised_on", "question_id", "product_id", "organisation_id", "since"], kind="stable", na_position="last"
    )
    table = table.reset_index(drop=True)
    cautions = [phrase("keeping_words", language)]
    if len(loose):
        cautions.append(phrase("keeping_loose", language, count=len(loose)))
    unjudged = int((table["reached"].eq("noted") & table["state"].isna()).sum())
    if unjudged:
        cautions.append(phrase("keeping_unjudged", language, count=unjudged))
    supplements = {"questions": _by_question(table, language), "organisations": _by_organisation(table, language)}
    return Result(
        name="keeping",
        title=phrase("keeping_title", language, n=len(questions), products=table["product_id"].nunique()),
        table=table,
        unit="questions",
        n=len(questions),
        cautions=tuple(cautions),
        supplements=supplements,
        headings={name: phrase(f"supplement_keeping_{name}", language) for name in supplements},
        summary=_laid_out(table, language),
        language=language,
        drawing=partial(_draw, table, language),
        finder=partial(_evidence, table),
        keys=("question_id", "product_id", "organisation_id", "state", "reached"),
    )


def _by_question(table: pd.DataFrame, language: str) -> pd.DataFrame:
    rows = []
    for question, part in table.groupby("question_id", sort=False):
        first = part.iloc[0]
        reached = "not_judged" if first["reached"] == "noted" else first["reached"]
        states = "; ".join(
            f"{label('uptake_state', state, language)} {n}"
            for state, n in part["state"].value_counts(sort=False).items()
        )
        rows.append(
            (
                question, first["theme"], first["subgroup"], part["product_id"].nunique(), part["organisation_id"].nunique(),
                states or phrase(f"keeping_{reached}", language),
            )
        )  # fmt: skip
    names = ("question_id", "theme", "subgroup", "products", "organisations", "state")
    return pd.DataFrame(rows, columns=[phrase(f"keeping_{name}_heading", language) for name in names])


def _by_organisation(table: pd.DataFrame, language: str) -> pd.DataFrame:
    noted = table[table["reached"] == "noted"]
    rows = []
    for organisation, part in noted.groupby("organisation_id"):
        counts = [int((part["state"] == state).sum()) for state in ("in_use", "partly", "stuck")]
        rows.append((organisation, part["product_id"].nunique(), *counts, int(part["state"].isna().sum())))
    names = [phrase(f"keeping_{name}_heading", language) for name in ("organisation", "products")]
    states = [label("uptake_state", state, language) for state in ("in_use", "partly", "stuck")]
    return pd.DataFrame(rows, columns=[*names, *states, phrase("keeping_not_judged", language)])


def _laid_out(table: pd.DataFrame, language: str) -> pd.DataFrame:
    shown = {}
    for name in ("question", "subgroup", "raised_in", "product", "organisation_id", "how", "state"):
        values = table[name]
        if name == "state":
            states = [label("uptake_state", one, language) if isinstance(one, str) else "" for one in table["state"]]
            values = [
                state or ("" if reached == "noted" else phrase(f"keeping_{reached}", language))
                for state, reached in zip(states, table["reached"], strict=True)
            ]
        shown[phrase(f"keeping_{name}_heading", language)] = values
    return pd.DataFrame(shown)


def _evidence(table: pd.DataFrame, **asked: list[str]) -> pd.DataFrame:
    for name, values in asked.items():
        table = table[table[name].isin(values)]
    return table.reset_index(drop=True)


def _draw(table: pd.DataFrame, language: str):
    """Draw products and organisations; what draws is loaded only now."""
    from valuecreation.plots.keeping import draw_keeping

    return draw_keeping(table, language)
