"""Which listing of one source is which of another: the sure pairs, and those that wait for a person."""

from dataclasses import dataclass

import pandas as pd

from valuecreation.analyses.fact_values import likeness, nameless, plain, rules
from valuecreation.errors import DecisionNeeded, MissingTable, UnknownName

VERDICTS = ("same", "left_in_right", "right_in_left", "different")


@dataclass(frozen=True)
class Pair:
    """Two listings and what is known of them: ``same``, a part of the other, ``different``, or ``doubtful``."""

    left: str
    right: str
    verdict: str
    reason: str
    by: str = ""
    part: str = ""


@dataclass(frozen=True, eq=False)
class Side:
    """The listings of one source by what they are matched on."""

    facts: pd.DataFrame
    synonyms: dict[str, str]
    name: str
    place: str

    def told(self, subject: str, attribute: str) -> list[str]:
        """Return what a listing says under an attribute."""
        rows = self.facts[(self.facts["subject"] == subject) & (self.facts["attribute"] == attribute)]
        return rows["value"].dropna().tolist()

    def names(self, subject: str) -> list[str]:
        """Return the names of a listing."""
        return self.told(subject, self.name)

    def places(self, subject: str) -> set[str]:
        """Return where a listing belongs, to compare with: the several names of one place are one."""
        return {self.synonyms.get(plain(value), plain(value)) for value in self.told(subject, self.place)}

    @property
    def subjects(self) -> list[str]:
        """The listings in their order."""
        return self.facts["subject"].drop_duplicates().tolist()


def synonyms(context: pd.DataFrame) -> dict[str, str]:
    """Return for each name, as compared, the id whose name it is; only where one id bears it."""
    rows = context[context["attribute"] == "name"].dropna(subset=["value"])
    found: dict[str, set[str]] = {}
    for subject, value in zip(rows["subject"], rows["value"], strict=True):
        found.setdefault(plain(value), set()).add(subject)
    return {name: min(subjects) for name, subjects in found.items() if len(subjects) == 1}


def pair(left: Side, right: Side, parts: str, said: pd.DataFrame | None) -> list[Pair]:
    """Return the pairs of two sources: what a person said, what is sure, then what is doubtful.

    Sure is only one name on both sides, borne by one listing each, in one place or with no place on one side.
    """
    decided = _decided(left, right, parts, said)
    settled = {(one.left, one.right) for one in decided}
    bound = [one for one in decided if one.verdict != "different"]
    part_left = {one.left for one in bound if one.verdict != "right_in_left"}
    part_right = {one.right for one in bound if one.verdict != "left_in_right"}
    whole_left = {one.left for one in bound if one.verdict == "right_in_left"}
    whole_right = {one.right for one in bound if one.verdict == "left_in_right"}
    open_pairs = [
        (one, other)
        for one in left.subjects
        for other in right.subjects
        if one not in part_left | whole_left and other not in part_right and (one, other) not in settled
    ]
    alike = [
        (one, other)
        for one, other in open_pairs
        if other not in whole_right and _same_name(left, right, one, other) and not _apart(left, right, one, other)
    ]
    sure = [
        Pair(one, other, "same", "same_name")
        for one, other in alike
        if sum(one == a for a, _ in alike) == 1 and sum(other == b for _, b in alike) == 1
    ]
    sure_left, sure_right = {one.left for one in sure}, {one.right for one in sure}
    doubtful = []
    for one, other in open_pairs:
        if one in sure_left or other in sure_right:
            continue
        reason, part = _likely(left, right, one, other, parts)
        if reason == "part_alike" or (reason and other not in whole_right):
            doubtful.append(Pair(one, other, "doubtful", reason, part=part))
    return [*decided, *sure, *doubtful]


def _decided(left: Side, right: Side, parts: str, said: pd.DataFrame | None) -> list[Pair]:
    if said is None:
        return []
    for column in ("left", "right", "verdict", "decided_by"):
        if column not in said:
            raise MissingTable(f"What a person said needs left, right, verdict and decided_by; {column} is missing.")
    pairs = []
    for row in said.itertuples(index=False):
        for end, value, known in (("left", row.left, left.subjects), ("right", row.right, right.subjects)):
            if value not in known:
                raise UnknownName.among(f"{end} listing", value, known)
        if row.verdict not in VERDICTS:
            raise UnknownName.among("verdict", row.verdict, VERDICTS)
        if pd.isna(row.decided_by) or not str(row.decided_by).strip():
            raise DecisionNeeded(f"Who decided about {row.left} and {row.right}? Fill decided_by.", said)
        part = ""
        if row.verdict == "left_in_right":
            part = max(right.told(row.right, parts), key=lambda name, one=row.left: _part(left, one, name), default="")
        pairs.append(Pair(row.left, row.right, row.verdict, "a_person", str(row.decided_by), part))
    same = [one for one in pairs if one.verdict == "same"]
    twice = any(len({getattr(one, end) for one in same}) < len(same) for end in ("left", "right"))
    if twice or len({(one.left, one.right) for one in pairs}) < len(pairs):
        raise DecisionNeeded("A listing is the same as two others, or a pair is decided twice; keep one of them.", said)
    return pairs


def _same_name(left: Side, right: Side, one: str, other: str) -> bool:
    ours = {plain(name) for name in left.names(one) if not nameless(name)}
    return bool(ours & {plain(name) for name in right.names(other) if not nameless(name)})


def _apart(left: Side, right: Side, one: str, other: str) -> bool:
    ours, theirs = left.places(one), right.places(other)
    return bool(ours and theirs and not ours & theirs)


def _likely(left: Side, right: Side, one: str, other: str, parts: str) -> tuple[str, str]:
    """Return why two listings may be one, and as which part; empty where nothing says so."""
    if _apart(left, right, one, other):
        return "", ""
    here, there = left.names(one), right.names(other)
    ours, theirs = left.places(one), right.places(other)
    part = max(right.told(other, parts), key=lambda name: _part(left, one, name), default="")
    if part and _part(left, one, part) >= rules()["alike"]:
        return "part_alike", part
    if {left.synonyms.get(plain(name), plain(name)) for name in there} & ours:
        return "name_is_place", ""
    if {right.synonyms.get(plain(name), plain(name)) for name in here} & theirs:
        return "name_is_place", ""
    if ours & theirs and any(map(nameless, (*here, *there))):
        return "nameless_here", ""
    enough = rules()["alike"] if ours & theirs else rules()["spelling"]
    if any(likeness(a, b) >= enough for a in here for b in there if not nameless(a) and not nameless(b)):
        return "names_alike", ""
    return "", ""


def _part(left: Side, subject: str, part: str) -> float:
    """Return which share of the words of a part's name stands in a listing's name, whole or as its beginning."""
    words = [word for word in plain(part).split() if word not in rules()["generic"]]
    heard = [word for name in left.names(subject) for word in plain(name).split() if len(word) > 3]
    return sum(any(word.startswith(one) for one in heard) for word in words) / max(len(words), 1)
