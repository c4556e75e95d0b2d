"""Moving codings from one version of a codebook to another, with a person's say where the versions differ."""

from collections.abc import Mapping

import pandas as pd

from valuecreation.codebook import load_codebook
from valuecreation.errors import DecisionNeeded, MissingTable, UnknownName, listed
from valuecreation.study.lookup import look_up
from valuecreation.study.model import Study


def migrate(
    study: Study, old: str, new: str, decisions: Mapping[str, str] | None = None, decided_by: str | None = None
) -> Study:
    """Return the study with its codings of one codebook also in another, newer one.

    The old codings stay, so nothing is renamed and both versions can be compared. A study's own code below another moves as the
    code above it; one that stands alone stays in the old book only. Where the new book has no code that
    means the same (``reframing`` of 2011 is not ``transformative`` of 2020), each segment needs a decision.

    Parameters
    ----------
    study : Study
    old, new : str
        Names of codebooks, ``"vcf-2011"`` and ``"vcf-2020"``.
    decisions : mapping of str to str, optional
        By segment id, one of the choices that the new codebook names. ``"reframing-loop"`` is no code but a link
        between steps of a story: such a segment gets no code in the new book.
    decided_by : str, optional
        Who decided; needed as soon as there are decisions.

    Returns
    -------
    Study

    Raises
    ------
    DecisionNeeded
        When segments wait for a decision; ``.undecided`` is a table of them with their quotes.
    """
    if not isinstance(study, Study):
        raise MissingTable(f"migrate takes a study; this is {type(study).__name__}. Read one with vc.read_study.")
    book = load_codebook(new)
    if not isinstance(old, str) or old not in book.migrations:
        raise UnknownName.among(f"codebook from which {new} knows the way", old, book.migrations)
    moves = book.migrations[old]
    codings = study.need(
        "codings", "segment_id", "codebook", "code", "coder", purpose="Moving codings to another codebook"
    )
    moving = codings[codings["codebook"] == old].dropna(subset=["segment_id", "code"])
    if moving.empty:
        raise MissingTable(f"There are no codings under {old} to move.")
    if not isinstance(decisions or {}, Mapping):
        raise DecisionNeeded("Give decisions by segment: decisions={'s1': 'transformative'}.")
    decisions = dict(decisions or {})
    base = moving["code"].map(lambda code: study.codebook(old).top(code) if code in study.codebook(old) else code)
    choice = base.map(lambda code: tuple((moves.get(code) or {}).get("decide") or ()))
    asks = choice.map(bool)
    _check_decisions(study, moving[asks], choice[asks], decisions, decided_by, moves)
    fixed = {code: move["to"] for code, move in moves.items() if move.get("to")}
    target = [
        decisions[segment] if asking else code if code in book else fixed.get(top, code)
        for segment, code, top, asking in zip(moving["segment_id"], moving["code"], base, asks, strict=True)
    ]
    added = moving.assign(codebook=new, codebook_version=book.version, code=target)
    if "coding_id" in added:
        added["coding_id"] = added["coding_id"].map(lambda one: f"{one}-{new}", na_action="ignore")
    added.loc[asks, "decided_by"] = decided_by
    added.loc[asks, "why"] = [
        f"{old} {code} -> {new} {to}" for code, to in zip(moving["code"][asks], added["code"][asks], strict=True)
    ]
    added = added[added["code"].isin([code.name for code in book.walk()])]
    same = ["segment_id", "codebook", "reading", "code", "coder"]
    added = added.drop_duplicates(same)
    there = set(codings[same].astype("str").itertuples(index=False, name=None))
    added = added[[row not in there for row in added[same].astype("str").itertuples(index=False, name=None)]]
    coverage = study.frame("coverage")
    changed = {"codings": pd.concat([codings, added], ignore_index=True)}
    if "coverage" in study:
        again = coverage[coverage["codebook"] == old].assign(codebook=new)
        changed["coverage"] = pd.concat([coverage, again], ignore_index=True).drop_duplicates()
    return study.replace(**changed)


def _check_decisions(
    study: Study, asked: pd.DataFrame, choices: pd.Series, decisions: dict, decided_by: str | None, moves: Mapping
) -> None:
    open_rows = asked[~asked["segment_id"].isin(decisions)]
    if len(open_rows):
        quotes = study.frame("segments").drop_duplicates("segment_id").set_index("segment_id")["quote"]
        undecided = open_rows[["segment_id", "code", "coder", "memo"]].assign(
            quote=look_up(quotes, open_rows["segment_id"])
        )
        named = sorted({choice for row in choices for choice in row})
        reasons = " ".join(
            str((move.get("why") or {}).get("en", "")).strip() for move in moves.values() if move.get("decide")
        )
        segments = open_rows["segment_id"].unique()
        raise DecisionNeeded(
            f"{len(segments)} segments need a person's decision: {listed(segments)}. For each choose one of "
            f"{listed(named)} and give them as decisions={{segment: choice}}, with decided_by. {reasons} "
            "The error's .undecided is the table of these segments with their quotes.",
            undecided.reset_index(drop=True),
        )
    for segment, choice in zip(asked["segment_id"], choices, strict=True):
        if decisions[segment] not in choice:
            raise UnknownName.among(f"decision for segment {segment}", decisions[segment], choice)
    for segment in decisions:
        if segment not in set(asked["segment_id"]):
            raise UnknownName.among("segment that asks for a decision", segment, asked["segment_id"].unique())
    if len(asked) and not decided_by:
        raise DecisionNeeded("Say who decided: decided_by='initials or pseudonym'.")
