"""The personal value narrative: why somebody takes part, in what, and what it means to them, in their own words."""

from html import escape

import pandas as pd

from valuecreation.analyses.counting import counted
from valuecreation.analyses.material import material
from valuecreation.errors import MissingTable, UnknownName
from valuecreation.study import Study
from valuecreation.study.withdrawal import withdrawn
from valuecreation.words import check_language, label, phrase

_MEANS = ("self", "others", "practice", "influence", "else")
_WIDER = ("network", "organisation", "system")
_MOST = 6


class Narrative:
    """One participant's narrative on a page; `narrative` makes one.

    Attributes
    ----------
    participant_id : str
    reasons : list of str
        Goals that the participant set, in words.
    activities : pandas.DataFrame
        Columns work_form, times.
    means : dict of str to pandas.DataFrame
        For self, others, practice, influence and else: date, code, status, polarity, quote.
    """

    def __init__(
        self,
        participant_id: str,
        reasons: list[str],
        activities: pd.DataFrame,
        means: dict[str, pd.DataFrame],
        language: str,
    ):
        self.participant_id, self.reasons, self.activities, self.means = participant_id, reasons, activities, means
        self._language = language

    def __repr__(self) -> str:
        counts = ", ".join(f"{name} {len(rows)}" for name, rows in self.means.items())
        return f"<Narrative of {self.participant_id}: {len(self.reasons)} reasons, {counts}>"

    def _repr_html_(self) -> str:
        say = lambda name, **values: escape(phrase(f"narrative_{name}", self._language, **values))  # noqa: E731
        parts = [f"<h4>{say('title', who=self.participant_id)}</h4><p><em>{say('made')}</em></p>"]
        parts.append(f"<p><strong>{say('reasons')}</strong></p>")
        reasons = "".join(f"<li>{escape(one)}</li>" for one in self.reasons)
        parts.append(f"<ul>{reasons}</ul>" if reasons else f"<p>{say('nothing')}</p>")
        parts.append(f"<p><strong>{say('activities')}</strong></p>")
        taken = "; ".join(f"{row.work_form} ({row.times}×)" for row in self.activities.itertuples(index=False))
        parts.append(f"<p>{escape(taken) or say('nothing')}</p>")
        for name, rows in self.means.items():
            parts.append(f"<p><strong>{say(name)}</strong></p>")
            items = "".join(self._item(row) for row in rows.head(_MOST).to_dict("records"))
            more = f"<p>{say('more', count=len(rows) - _MOST)}</p>" if len(rows) > _MOST else ""
            parts.append(f"<ul>{items}</ul>{more}" if items else f"<p>{say('nothing')}</p>")
        return "".join(parts)

    def _item(self, row: dict) -> str:
        judged = [
            label(name, row[name], self._language)
            for name in ("status", "polarity")
            if isinstance(row[name], str) and row[name]
        ]
        when = "" if pd.isna(row["date"]) else f"{str(row['date'])[:10]}: "
        return f"<li>{when}{escape(row['quote'])} <small>({escape(', '.join([row['code'], *judged]))})</small></li>"


def narrative(study: Study, participant_id: str, rule: str = "any", language: str = "en") -> Narrative:
    """Return the personal value narrative of a participant, put together from what they wrote and said.

    Four questions of the framework's personal narrative: how it changes me as a professional (personal capital, learning how to
    learn, reframing), my social connections (social capital), my practice (applied and realised value), and my influence
    (reputation, or value at the level of the network, the organisation or the system); and below these what else was told. The
    page is put together by the analyst; the participant did not tell it so, and is the one to say whether it fits (see
    `member_check`).

    Parameters
    ----------
    study : Study
        Needs ``participants``, ``segments`` and ``codings``; uses ``goals``, ``participation`` and ``activities``.
    participant_id : str
    rule : str
        Which codings count where nothing was settled; see `profile`.
    language : {"en", "nl"}

    Returns
    -------
    Narrative

    Raises
    ------
    UnknownName
        Of somebody who is not in the study.
    MissingTable
        Of somebody who withdrew.

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> narrative(load_example("lindehout"), "P01").participant_id
    'P01'
    """
    check_language(language)
    people = study.need("participants", "participant_id", purpose="A narrative")["participant_id"].dropna().tolist()
    if participant_id not in people:
        raise UnknownName.among("participant", participant_id, people)
    if withdrawn(study, pd.DataFrame({"participant_id": [participant_id], "document_id": ["all"]})).item():
        raise MissingTable(f"{participant_id} has withdrawn; there is no narrative of theirs.")
    goals = study.frame("goals")
    reasons = goals.loc[goals["participant_id"] == participant_id, "text"].dropna().tolist()
    held = study.frame("participation").merge(study.frame("activities")[["activity_id", "work_form"]], on="activity_id")
    own = held.loc[held["participant_id"] == participant_id, "work_form"].dropna()
    activities = own.value_counts(sort=False).rename("times").rename_axis("work_form").reset_index()
    found = material(study, "all", language)
    books = [name for name in study.codebook_names() if study.codebook(name).kind == "cycles"]
    kept = counted(study, found, books, rule, language=language).codings
    words = found.segments[found.segments["participant_id"] == participant_id]
    rows = kept.merge(words[["segment_id", "date", "quote"]], on="segment_id").sort_values(
        ["date", "segment_id"], na_position="first"
    )
    rows = rows.drop_duplicates(["segment_id", "coded_as"])
    named = [
        study.codebook(book).label(code, language)
        for book, code in zip(rows["codebook"], rows["coded_as"], strict=True)
    ]
    shown = rows.assign(top=rows["code"], code=named)
    columns = ["date", "code", "status", "polarity", "quote"]
    means = {name: shown.loc[_about(name, shown), columns].reset_index(drop=True) for name in _MEANS}
    return Narrative(participant_id, reasons, activities, means, language)


def _about(name: str, rows: pd.DataFrame) -> pd.Series:
    coded, top = rows["coded_as"], rows["top"]
    if name == "else":
        placed = pd.Series(False, index=rows.index)
        for other in _MEANS[:-1]:
            placed |= _about(other, rows)
        return ~placed
    if name == "self":
        return coded.isin(["potential.human", "potential.learning"]) | top.eq("reframing")
    if name == "others":
        return coded.eq("potential.social")
    if name == "practice":
        return top.isin(["applied", "realised"])
    return coded.eq("potential.reputational") | (
        rows["level"].isin(_WIDER) & top.isin(["applied", "realised", "reframing"])
    )
