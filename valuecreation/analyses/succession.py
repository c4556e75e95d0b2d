"""Succession: what was written, or done, after what within a participant. It is an order in time and no value flow."""

from functools import partial

import numpy as np
import pandas as pd

from valuecreation.analyses.counting import FOUND, codes_in_order, counted
from valuecreation.analyses.material import cycles_book, looked_through, material
from valuecreation.analyses.participation import FEWEST, held_activities
from valuecreation.errors import MissingTable, UnknownName
from valuecreation.result import Result
from valuecreation.stats.sequences import against_other_orders, complexity, entropy
from valuecreation.study import Study
from valuecreation.study.cells import as_text
from valuecreation.words import check_language, phrase

OF = ("cycles", "activities")
TESTED_FROM = 5


def succession(
    study: Study,
    by: str | None = None,
    *,
    of: str = "cycles",
    lag: int = 1,
    same_day: str = "together",
    rule: str = "any",
    n: int = 1000,
    seed: int = 0,
    language: str = "en",
) -> Result:
    """Return what follows what in the dated entries or activities of each participant, beside the same in another order.

    A value flow is what somebody claims led to something; that is `flows`. This is the order of the calendar. What is dated on
    one day is one step without an order, unless the study states an order and it is asked for. Each code of a step is followed
    by each code of the next, once. No gap, however long, ends a sequence.

    Parameters
    ----------
    study : Study
        Of cycles: dated diaries (what an interview looks back on did not happen on its date), with segments and codings.
        Of activities: ``activities`` and ``participation``.
    by : str, optional
        ``"role_group"`` or another column of the participants: apart for each group of three people or more.
    of : {"cycles", "activities"}
        Value found in diaries, or work forms of activities.
    lag : int
        How many steps on.
    same_day : {"together", "ordered"}
        ``"ordered"`` takes the column order of the documents; who has two entries of one day without it is left together.
    rule : str
        Which codings count where nothing was settled; see `profile`.
    n, seed : int
        How many other orders are drawn.
    language : {"en", "nl"}

    Returns
    -------
    Result
        ``.table`` has the columns (that of `by`,) source, target, unit ("participants"), n (with at least one such pair), N
        (with more than `lag` steps), count, expected (the mean over other orders of the same steps), at_least and at_most (the
        share of orders with as many or more, or fewer; missing where fewer than five participants stand behind it).
        Supplements: months, variety. ``.evidence(source=..., target=...)`` gives the pairs of entries.

    Raises
    ------
    MissingTable, UnknownName

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> succession(load_example("lindehout"), n=50).table["unit"].unique().tolist()
    ['participants']
    """
    check_language(language)
    for name, value, known in (
        ("kind of succession", of, OF),
        ("order within a day", same_day, ("together", "ordered")),
    ):
        if value not in known:
            raise UnknownName.among(name, value, known)
    rows, states, naming, cautions = (
        _cycles(study, rule, language) if of == "cycles" else _activities(study)
    )  # fmt: skip
    if rows.empty:
        raise MissingTable(
            "Succession needs dated entries with value found in them, or dated activities; there is none."
        )
    steps = _steps(rows, same_day)
    groups, hidden = _groups(study, steps, by)
    tables, behind, tested = [], [], 0
    for group, people in groups.items():
        own = steps[steps["participant_id"].isin(people)]
        told, pairs = _counted(own, states, lag, n, seed)
        tested += int(told["at_least"].notna().sum())
        tables.append(told if by is None else told.assign(**{by: group}))
        behind.append(pairs)
    table = pd.concat(tables, ignore_index=True)
    table = table if by is None else table[[by, *[name for name in table if name != by]]]
    people = steps["participant_id"].nunique()
    own_cautions = [
        phrase("succession_policy", language, lag=lag),
        phrase(f"succession_{same_day}", language),
        phrase("succession_tested", language, count=tested, few=TESTED_FROM),
    ]
    if hidden:
        own_cautions.append(phrase("participation_hidden", language, count=hidden, few=FEWEST))
    supplements = {"months": _months(rows, states, naming, language), "variety": _variety(steps, language)}
    return Result(
        name="succession",
        title=phrase(f"succession_title_{of}", language, N=people),
        table=table,
        unit="participants",
        n=people,
        cautions=(*own_cautions, *cautions),
        supplements=supplements,
        headings={name: phrase(f"supplement_succession_{name}", language) for name in supplements},
        summary=_laid_out(table, naming, by, language),
        language=language,
        drawing=partial(_draw, steps, states, naming, language),
        finder=partial(_evidence, pd.concat(behind, ignore_index=True)),
        keys=("source", "target"),
    )


def _cycles(study: Study, rule: str, language: str):
    """Return one row a code found in a dated document: participant_id, day, place, where, state."""
    found = material(study, "member", language)
    book = cycles_book(study, None, "Succession")
    looked, _ = looked_through(study, found.segments, book)
    kept = counted(study, found, [book], rule, language=language)
    real = kept.codings[kept.codings["status"].isin(FOUND)][["segment_id", "code"]]
    behind = real.merge(looked[["segment_id", "document_id", "participant_id", "date", "kind"]], on="segment_id")
    told_later = behind["kind"].notna() & behind["kind"].ne("diary")
    later, behind = behind.loc[told_later, "document_id"].nunique(), behind[~told_later]
    undated = int(behind["date"].isna().sum())
    rows = behind.dropna(subset=["date", "participant_id"])
    order = study.frame("documents").drop_duplicates("document_id").set_index("document_id")["order"]
    rows = pd.DataFrame(
        {
            "participant_id": rows["participant_id"], "day": as_text(rows["date"]).str.slice(0, 10),
            "place": rows["document_id"].map(order).astype("float64"), "where": rows["document_id"], "state": rows["code"],
        }
    )  # fmt: skip
    said = [*found.cautions, *kept.cautions]
    if later:
        said.append(phrase("succession_later", language, count=later))
    if undated:
        said.append(phrase("over_time_undated", language, count=undated))
    states = codes_in_order(study, book, rows["state"])
    return rows.drop_duplicates(), states, partial(study.codebook(book).label, language=language), said


def _activities(study: Study):
    held = held_activities(study, None)["rows"].dropna(subset=["work_form"])
    rows = pd.DataFrame(
        {
            "participant_id": held["participant_id"], "day": as_text(held["date"]).str.slice(0, 10),
            "place": float("nan"), "where": held["activity_id"], "state": held["work_form"],
        }
    )  # fmt: skip
    return rows.drop_duplicates(), sorted(rows["state"].unique()), str, []


def _steps(rows: pd.DataFrame, same_day: str) -> pd.DataFrame:
    """Return the rows with the number of their step; one day is one step, or one stated place in it where all are stated."""
    rows = rows.assign(within=0.0)
    if same_day == "ordered":
        stated = rows.groupby(["participant_id", "day"])["place"].transform(lambda one: one.notna().all())
        rows["within"] = rows["place"].where(stated, 0.0)
    rows = rows.sort_values(["participant_id", "day", "within", "where", "state"], ignore_index=True)
    key = rows["participant_id"] + "\0" + rows["day"] + "\0" + rows["within"].astype("str")
    return rows.assign(step=key.groupby(rows["participant_id"]).transform(lambda own: pd.factorize(own)[0]))


def _groups(study: Study, steps: pd.DataFrame, by: str | None) -> tuple[dict[str, list], int]:
    everybody = sorted(steps["participant_id"].unique())
    if by is None:
        return {"": everybody}, 0
    about = study.frame("participants").drop_duplicates("participant_id").set_index("participant_id")
    known = [name for name in ("role_group", "role", "perspective", "organisation_id") if name in about]
    if by not in known:
        raise UnknownName.among("group of participants", by, known)
    found = about[by].reindex(everybody).dropna()
    groups = {str(name): list(part.index) for name, part in found.groupby(found)}
    return {name: people for name, people in groups.items() if len(people) >= FEWEST}, sum(
        len(people) < FEWEST for people in groups.values()
    )


def _counted(steps: pd.DataFrame, states: list, lag: int, n: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    place = {state: number for number, state in enumerate(states)}
    sequences, pairs = [], []
    for person, part in steps.groupby("participant_id"):
        matrix = np.zeros((int(part["step"].max()) + 1, len(states)), dtype=np.int64)
        matrix[part["step"], part["state"].map(place)] = 1
        sequences.append(matrix)
        own = part[["step", "day", "where", "state"]]
        later = own.assign(step=own["step"] - lag)
        pairs.append(own.merge(later, on="step", suffixes=("", "_to")).assign(participant_id=person))
    made = against_other_orders(sequences, lag, n, seed)
    could = sum(len(one) > lag for one in sequences)
    rows = []
    for i, source in enumerate(states):
        for j, target in enumerate(states):
            people = int(made["people"][i, j])
            tested = people >= TESTED_FROM
            rows.append(
                (
                    source, target, "participants", people, could, int(made["observed"][i, j]), float(made["expected"][i, j]),
                    float(made["at_least"][i, j]) if tested else float("nan"),
                    float(made["at_most"][i, j]) if tested else float("nan"),
                )
            )  # fmt: skip
    names = ["source", "target", "unit", "n", "N", "count", "expected", "at_least", "at_most"]
    behind = pd.concat(pairs, ignore_index=True) if pairs else pd.DataFrame()
    return pd.DataFrame(rows, columns=names), behind


def _months(rows: pd.DataFrame, states: list, naming, language: str) -> pd.DataFrame:
    """Return for each month how many of those with an entry in it have each state in it."""
    month = rows["day"].str.slice(0, 7)
    there = rows.groupby(month)["participant_id"].nunique()
    people = rows.groupby(["state", month])["participant_id"].nunique()
    lines = [
        (naming(state), *(phrase("n_of", language, n=int(people.get((state, one), 0)), N=int(there[one])) for one in there.index))
        for state in states
    ]  # fmt: skip
    return pd.DataFrame(lines, columns=[phrase("succession_what", language), *there.index])


def _variety(steps: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return entropy and complexity over participants: lowest, middle, highest; whose they are is not said."""
    grouped = steps.groupby(["participant_id", "step"])["state"].agg(lambda one: " + ".join(sorted(set(one))))
    known = grouped.nunique()
    sequences = [part.tolist() for _, part in grouped.groupby(level=0)]
    rows = []
    for name, value in (
        ("steps", [float(len(one)) for one in sequences]),
        ("entropy", [entropy(one, known) for one in sequences]),
        ("complexity", [complexity(one, known) for one in sequences]),
    ):
        there = [one for one in value if not np.isnan(one)]
        if len(there) >= FEWEST:
            told = [
                f"{one:.0f}" if name == "steps" else f"{one:.2f}" for one in (min(there), np.median(there), max(there))
            ]
            rows.append((phrase(f"succession_{name}", language), *told))
    names = ("succession_what", "succession_lowest", "succession_middle", "succession_highest")
    return pd.DataFrame(rows, columns=[phrase(name, language) for name in names])


def _evidence(behind: pd.DataFrame, **asked: list[str]) -> pd.DataFrame:
    names = {"state": "source", "state_to": "target", "day": "source_day", "day_to": "target_day", "where": "source_row",
             "where_to": "target_row"}  # fmt: skip
    rows = behind.rename(columns=names)[["participant_id", *names.values()]]
    for name, values in asked.items():
        rows = rows[rows[name].isin(values)]
    return rows.drop_duplicates().sort_values(["participant_id", "source_day", "target_day"], ignore_index=True)


def _laid_out(table: pd.DataFrame, naming, by: str | None, language: str) -> pd.DataFrame:
    seen = table[table["count"] > 0]
    shown = {} if by is None else {phrase("flows_by", language): seen[by]}
    shown |= {
        phrase("succession_source", language): [naming(one) for one in seen["source"]],
        phrase("succession_target", language): [naming(one) for one in seen["target"]],
        phrase("succession_people", language): [
            phrase("n_of", language, n=n, N=of) for n, of in zip(seen["n"], seen["N"], strict=True)
        ],
        phrase("succession_times", language): seen["count"],
        phrase("succession_expected", language): [f"{value:.1f}" for value in seen["expected"]],
        phrase("succession_at_least", language): ["" if pd.isna(one) else f"{one:.3f}" for one in seen["at_least"]],
    }
    return pd.DataFrame(shown)


def _draw(steps, states, naming, language):
    """Draw a row a participant, a cell a step; what draws is loaded only now."""
    from valuecreation.plots.succession import draw_index

    return draw_index(steps, states, naming, language)
