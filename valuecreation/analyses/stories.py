"""Stories: how each runs through the cycles, where it starts, what it leaves open; gaps are shown and are no failure."""

from functools import partial
from html import escape

import pandas as pd

from valuecreation.analyses.told import Told, cycle_label, cycles_in, quotes_of_steps, told
from valuecreation.errors import UnknownName
from valuecreation.result import Result
from valuecreation.study import Study
from valuecreation.words import check_language, label, phrase


def stories(study: Study, *, network: str | None = None, language: str = "en") -> Result:
    """Return an overview of the stories: where each starts and ends, which cycles it touches, and what it leaves open.

    Few things are required of a story, and a part of one is welcome: it may start anywhere and skip anything. A cycle that is not
    told is shown as not told, and is no failure. What was tried, planned or hoped for stands apart from what happened.

    Parameters
    ----------
    study : Study
        Needs ``stories`` and ``steps``; uses ``links`` and ``step_segments``.
    network : str, optional
    language : {"en", "nl"}

    Returns
    -------
    Result
        ``.table`` has the columns story_id, title, teller, told_by (person, group, composite), steps, starts, ends, ends_found
        (whether the last step happened), found and not_yet (cycles, joined by ``"; "``), not_told (cycles), counterfactual
        (whether it says what would have happened otherwise), links_teller, links_analyst, quoted (steps that rest on a segment).
        ``.evidence(story_id=...)`` gives its steps in order.

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> stories(load_example("lindehout")).table["starts"].iloc[0]
    'immediate'
    """
    check_language(language)
    known = told(study, network, language)
    order = cycles_in(study, known.steps)
    quotes = quotes_of_steps(study)
    rows = [_row(one, known, order, set(quotes.index)) for one in known.stories.to_dict("records")]
    names = [
        "story_id", "title", "teller", "told_by", "steps", "starts", "ends", "ends_found", "found", "not_yet", "not_told",
        "counterfactual", "links_teller", "links_analyst", "quoted",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=names)
    cautions = [*known.cautions, phrase("stories_gaps", language)]
    hoped = int((~table["ends_found"].astype(bool)).sum())
    if hoped:
        cautions.append(phrase("stories_hoped", language, count=hoped, N=len(table)))
    return Result(
        name="stories",
        title=phrase("stories_title", language, n=len(table), tellers=known.stories["teller"].nunique()),
        table=table,
        unit="stories",
        n=len(table),
        cautions=tuple(cautions),
        summary=_laid_out(study, table, language),
        language=language,
        finder=partial(_evidence, known, quotes),
        keys=("story_id",),
    )


class StoryView:
    """One story on a page: who tells, the steps with their signs, what they rest on, what led to what, and what is open."""

    def __init__(self, study: Study, story_id: str, language: str = "en"):
        check_language(language)
        known = told(study, None, language)
        if story_id not in set(known.stories["story_id"]):
            raise UnknownName.among("story", story_id, known.stories["story_id"])
        self.study, self.language = study, language
        self.story = known.stories.set_index("story_id").loc[story_id]
        self.steps = known.steps[known.steps["story_id"] == story_id].sort_values("step")
        self.links = known.links[known.links["story_id"] == story_id]
        self.quotes = quotes_of_steps(study)
        self.story_id = story_id
        self.open = [one for one in cycles_in(study, known.steps) if one not in set(self.steps["cycle"])]

    def __repr__(self) -> str:
        return f"<Story {self.story_id} by {self.story['teller']}: {', '.join(self.steps['cycle'])}>"

    def _repr_html_(self) -> str:
        say = partial(phrase, language=self.language)
        told_by = escape(str(self.story["teller"])) + (f" ({say('stories_group')})" if self.story["group"] else "")
        title = self.story.get("title")
        parts = [f"<h4>{escape(title if isinstance(title, str) else self.story_id)}</h4><p>{told_by}</p><ol>"]
        for row in self.steps.to_dict("records"):
            judged = [
                label(name, row[name], self.language)
                for name in ("status", "polarity")
                if isinstance(row[name], str) and row[name]
            ]
            when = f" · {escape(row['date'])}" if isinstance(row["date"], str) else ""
            named = escape(cycle_label(self.study, row["cycle"], self.language))
            said = f" ({escape(', '.join(judged))})" if judged else ""
            head = f"<strong>{named}</strong>{said}{when}"
            words = escape(row["text"]) if isinstance(row["text"], str) else f"<em>{say('stories_no_words')}</em>"
            quote = self.quotes.get((self.story_id, row["step"]))
            rests = f"<details><summary>{say('stories_rests')}</summary>{_quoted(quote)}</details>" if quote else ""
            from_here = self.links[self.links["from_step"] == row["step"]].to_dict("records")
            led = "".join(f"<br>→ {self._led(link)}" for link in from_here)
            parts.append(f'<li value="{row["step"]}">{head}<br>{words}{rests}{led}</li>')
        parts.append("</ol>")
        other = self.story.get("counterfactual")
        if isinstance(other, str):
            parts.append(f"<p><strong>{say('stories_otherwise')}</strong> {escape(other)}</p>")
        if self.open:
            cycles = ", ".join(cycle_label(self.study, one, self.language) for one in self.open)
            parts.append(f"<p>{escape(say('stories_not_told', cycles=cycles))}</p>")
        return "".join(parts)

    def _led(self, link: dict) -> str:
        kind = label("link_kind", link["kind"], self.language)
        who = label("claimant_role", link["claimed_by"], self.language)
        return escape(phrase("stories_led", self.language, step=link["to_step"], kind=kind, who=who))


def story(study: Study, story_id: str, language: str = "en") -> StoryView:
    """Return one story as a page.

    Parameters
    ----------
    study : Study
    story_id : str
    language : {"en", "nl"}

    Returns
    -------
    StoryView

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> story(load_example("lindehout"), "V01")
    <Story V01 by P01: immediate, potential, applied, reframing>
    """
    return StoryView(study, story_id, language)


def _quoted(quote: str) -> str:
    return f"<blockquote>{escape(quote)}</blockquote>"


def _row(one: dict, known: Told, order: list[str], quoted: set) -> tuple:
    steps = known.steps[known.steps["story_id"] == one["story_id"]].sort_values("step")
    links = known.links[known.links["story_id"] == one["story_id"]]
    real, rest = set(steps.loc[steps["found"], "cycle"]), set(steps.loc[~steps["found"], "cycle"])
    composite = one.get("composite") is True
    by = "composite" if composite else "group" if one["group"] else "person"
    first, last = (steps.iloc[0], steps.iloc[-1]) if len(steps) else (None, None)
    return (
        one["story_id"], one.get("title"), one["teller"], by, len(steps), None if first is None else first["cycle"],
        None if last is None else last["cycle"], bool(last is not None and last["found"]),
        "; ".join(name for name in order if name in real), "; ".join(name for name in order if name in rest - real),
        "; ".join(name for name in order if name not in real | rest), isinstance(one.get("counterfactual"), str),
        int((links["claimed_by"] == "teller").sum()), int((links["claimed_by"] == "analyst").sum()),
        sum((one["story_id"], step) in quoted for step in steps["step"]),
    )  # fmt: skip


def _laid_out(study: Study, table: pd.DataFrame, language: str) -> pd.DataFrame:
    def named(cycles: str) -> str:
        return ", ".join(cycle_label(study, one, language) for one in cycles.split("; ") if one)

    shown = {
        phrase("flows_story", language): table["story_id"],
        phrase("stories_name", language): table["title"],
        phrase("flows_teller", language): [
            f"{who} ({phrase('stories_' + by, language)})" if by != "person" else who
            for who, by in zip(table["teller"], table["told_by"], strict=True)
        ],
    }
    for name in ("found", "not_yet", "not_told"):
        shown[phrase(f"stories_{name}_heading", language)] = table[name].map(named)
    yes = {True: label("boolean", "yes", language), False: label("boolean", "no", language)}
    shown[phrase("stories_counterfactual", language)] = table["counterfactual"].map(yes)
    return pd.DataFrame(shown)


def _evidence(known: Told, quotes: pd.Series, **asked: list[str]) -> pd.DataFrame:
    rows = known.steps
    for name, values in asked.items():
        rows = rows[rows[name].isin(values)]
    rows = rows.sort_values(["story_id", "step"])
    keys = pd.MultiIndex.from_frame(rows[["story_id", "step"]])
    shown = rows[["story_id", "step", "cycle", "status", "polarity", "date", "text"]]
    return shown.assign(quotes=quotes.reindex(keys).to_numpy()).reset_index(drop=True)
