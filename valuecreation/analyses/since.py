"""Since the last meeting: what is new, on one page for the group itself, while there is still something to do with it."""

from functools import partial

import pandas as pd

from valuecreation.analyses.counting import FOUND, codes_in_order, counted
from valuecreation.analyses.material import cycles_book, looked_through, material
from valuecreation.errors import DecisionNeeded, MissingTable
from valuecreation.result import Result
from valuecreation.study import Study
from valuecreation.study.cells import as_text
from valuecreation.words import check_language, phrase


def since(
    study: Study, date: str | None = None, codebook: str | None = None, rule: str = "any", language: str = "nl"
) -> Result:
    """Return what changed since a day: who was heard, which value was mentioned, what was told, measured, made and asked.

    A page for the group, in the middle of the work, and no report on it. It names nobody: quotes stand without who said them.
    Show it only to the group that these words were meant for.

    Parameters
    ----------
    study : Study
        Needs ``segments`` and ``codings`` of dated documents; uses ``stories``, ``measurements``, ``questions``, ``products``,
        ``uptake`` and ``activities``.
    date : str, optional
        Year-month-day. Left out, the last meeting of the whole network (an activity without a subgroup) after which something
        was written.
    codebook, rule
        As in `over_time`.
    language : {"nl", "en"}

    Returns
    -------
    Result
        ``.table`` has the columns codebook, code, unit ("participants"), n (who mention value found since then), N (who were
        heard since then), before_n, before_N, first_time (who mention it for the first time), segments. Supplements: quotes,
        new (stories, figures, questions, products, uptake). ``.evidence(code=...)`` gives the segments since then.

    Raises
    ------
    MissingTable
        Without dated documents, or without a meeting to count from.
    DecisionNeeded
        Of a day that cannot be read.

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> since(load_example("lindehout"), "2025-05-15").unit
    'participants'
    """
    check_language(language)
    found = material(study, "member", language)
    book = cycles_book(study, codebook, "This page")
    looked, _ = looked_through(study, found.segments, book)
    day = looked["date"].astype("str").str.slice(0, 10)
    dated = looked.assign(day=day.where(looked["date"].notna())).dropna(subset=["day"])
    if dated.empty:
        raise MissingTable("This page needs documents with a date; fill the column date of the table documents.")
    start = _start(study, date, dated["day"].max())
    kept = counted(study, found, [book], rule, language=language)
    real = kept.codings[kept.codings["status"].isin(FOUND)]
    behind = real.merge(dated[["segment_id", "participant_id", "document_id", "day", "quote"]], on="segment_id")
    new, old = behind[behind["day"] > start], behind[behind["day"] <= start]
    heard, before = (
        dated.loc[part, "participant_id"].nunique() for part in (dated["day"] > start, dated["day"] <= start)
    )
    rows = []
    for code in codes_in_order(study, book, behind["code"]):
        own, earlier = new[new["code"] == code], old[old["code"] == code]
        first = set(own["participant_id"].dropna()) - set(earlier["participant_id"].dropna())
        rows.append(
            (
                book, code, "participants", own["participant_id"].nunique(), heard, earlier["participant_id"].nunique(), before,
                len(first), own["segment_id"].nunique(),
            )
        )  # fmt: skip
    table = pd.DataFrame(
        rows, columns=["codebook", "code", "unit", "n", "N", "before_n", "before_N", "first_time", "segments"]
    )
    naming = partial(study.codebook(book).label, language=language)
    supplements = {"quotes": _quotes(study, new, naming, language), "new": _new(study, start, language)}
    return Result(
        name="since",
        title=phrase("since_title", language, day=start, N=heard),
        table=table,
        unit="participants",
        n=heard,
        cautions=(
            *found.cautions,
            *kept.cautions,
            phrase("since_for_the_group", language),
            phrase("since_no_trend", language),
        ),
        supplements=supplements,
        headings={name: phrase(f"supplement_since_{name}", language) for name in supplements},
        summary=_laid_out(table, naming, language),
        language=language,
        finder=partial(_evidence, new),
        keys=("code",),
    )


def _start(study: Study, date: str | None, last: str) -> str:
    if date is not None:
        read = pd.to_datetime(date, format="%Y-%m-%d", errors="coerce")
        if pd.isna(read):
            raise DecisionNeeded(f"{date!r} cannot be read as a day. Write year-month-day: 2025-05-15.")
        return str(read)[:10]
    meetings = study.frame("activities")
    meetings = as_text(meetings.loc[meetings["subgroup"].isna(), "date"]).dropna()
    earlier = meetings[meetings < last]
    if earlier.empty:
        raise MissingTable(
            "There is no meeting of the whole network (a row of activities with a date and without a subgroup) after which "
            'something was written. Say the day: date="2025-05-15".'
        )
    return str(earlier.max())


def _quotes(study: Study, new: pd.DataFrame, naming, language: str) -> pd.DataFrame:
    """Return a quote or two for each code, the most recent; without who said it, and only where the group may read it."""
    consents = study.frame("consents")
    literal = consents[consents["scope"].isin(["group", "verbatim"])].dropna(subset=["participant_id"])
    about = literal["document_id"].fillna("all")
    everything = set(literal.loc[about.str.casefold().isin(["all", "alles"]), "participant_id"])
    single = set(zip(literal["participant_id"], about, strict=True))
    pairs = zip(new["participant_id"], new["document_id"], strict=True)
    may = pd.Series([who in everything or (who, what) in single for who, what in pairs], index=new.index, dtype=bool)
    kept = new[may] if len(consents) else new
    kept = kept.sort_values("day", ascending=False, kind="stable").drop_duplicates(["code", "segment_id"])
    rows = [
        (naming(code), row.quote)
        for code, part in kept.groupby("code", sort=False)
        for row in part.drop_duplicates("participant_id").head(2).itertuples(index=False)
    ]
    return pd.DataFrame(rows, columns=[phrase("column_code", language), phrase("column_quote", language)])


def _new(study: Study, start: str, language: str) -> pd.DataFrame:
    """Return what else is new: one row each, with its day."""
    rows = []
    stories = study.frame("stories")
    rows += [(day, "story", title) for day, title in _after(stories, "told_on", "title", start)]
    figures = study.frame("measurements").dropna(subset=["value"])
    named = study.frame("indicators").drop_duplicates("indicator_id").set_index("indicator_id")["name"]
    figures = figures.assign(
        said=[
            f"{named.get(one, one)}: {value:g}"
            for one, value in zip(figures["indicator_id"], figures["value"], strict=True)
        ]
    )
    rows += [(day, "figure", said) for day, said in _after(figures, "date", "said", start)]
    activities = as_text(study.frame("activities").drop_duplicates("activity_id").set_index("activity_id")["date"])
    questions = study.frame("questions")
    questions = questions.assign(day=questions["raised_in"].map(activities))
    rows += [(day, "question", text) for day, text in _after(questions, "day", "text", start)]
    rows += [(day, "product", name) for day, name in _after(study.frame("products"), "date", "name", start)]
    products = study.frame("products").drop_duplicates("product_id").set_index("product_id")["name"]
    uptake = study.frame("uptake")
    uptake = uptake.assign(
        said=[f"{products.get(one, one)}: {how}" for one, how in zip(uptake["product_id"], uptake["how"], strict=True)]
    )
    rows += [(day, "uptake", said) for day, said in _after(uptake, "date", "said", start)]
    rows = sorted(rows, key=lambda row: row[0])
    shown = [(day, phrase(f"since_{kind}", language), said) for day, kind, said in rows]
    return pd.DataFrame(shown, columns=[phrase(f"since_{name}", language) for name in ("day", "what", "words")])


def _after(frame: pd.DataFrame, on: str, said: str, start: str) -> list[tuple[str, str]]:
    days = as_text(frame[on])
    return [
        (day, words)
        for day, words in zip(days, frame[said], strict=True)
        if isinstance(day, str) and len(day) == 10 and day > start
    ]


def _laid_out(table: pd.DataFrame, naming, language: str) -> pd.DataFrame:
    shown = {phrase("column_code", language): [naming(code) for code in table["code"]]}
    for name, whole in (("n", "N"), ("before_n", "before_N")):
        cells = [phrase("n_of", language, n=n, N=of) for n, of in zip(table[name], table[whole], strict=True)]
        shown[phrase(f"since_{name}", language)] = cells
    shown[phrase("since_first_time", language)] = table["first_time"]
    shown[phrase("since_segments", language)] = table["segments"]
    return pd.DataFrame(shown)


def _evidence(new: pd.DataFrame, **asked: list[str]) -> pd.DataFrame:
    for name, values in asked.items():
        new = new[new[name].isin(values)]
    names = ["document_id", "segment_id", "participant_id", "day", "code", "status", "polarity", "coder", "quote"]
    return new[names].sort_values(["day", "segment_id"]).reset_index(drop=True)
