"""Settling at a desk: what is agreed on a segment after its coders were compared; the originals stay."""

from collections.abc import Iterable, Mapping

from valuecreation.errors import DecisionNeeded
from valuecreation.study.acts import OPEN, SETTLE, Act, Change, Key, key_of
from valuecreation.study.coding import JUDGED, WRITTEN, judgements
from valuecreation.study.desk import AGREED, Desk, now
from valuecreation.words import phrase


def open_comparison(desk: Desk, document: str) -> Act:
    """Open what others coded in a document; from then on this coder is not blind in it."""
    desk.text(document)
    return desk.act(OPEN, document, [])


def settle(
    desk: Desk, segment_id: str, codebook: str, codes: Iterable[Mapping], why: str = "", reading: str | None = None
) -> Act:
    """Settle a segment: these codes are agreed, in place of what was agreed before. The originals stay.

    Parameters
    ----------
    segment_id, codebook : str
    codes : iterable of mapping
        Each with code and what is judged of it; none at all settles that there is nothing.
    why : str
    reading : str, optional
    """
    document = desk.segment(segment_id)["document_id"]
    if document not in desk.opened:
        raise DecisionNeeded(phrase("desk_still_blind", desk.language, document=document))
    if not why.strip():
        raise DecisionNeeded(phrase("desk_why", desk.language))
    said = {"coded_at": now(), "decided_by": desk.coder, "why": why.strip()}
    after = {}
    for one in codes:
        row = {**desk.row(segment_id, codebook, one["code"], reading), "coder": AGREED}
        judged = {name: value for name, value in one.items() if name in (*JUDGED, *WRITTEN)}
        after[key_of("codings", row)] = {**row, **judgements(judged), **said}
    before = agreed(desk, segment_id, codebook, reading)
    changes = [Change("codings", row, after.get(key)) for key, row in before.items()]
    changes += [Change("codings", None, row) for key, row in after.items() if key not in before]
    memo = {
        "memo_id": f"{segment_id}-{codebook}-settled",
        "document_id": document,
        **{name: int(desk.segments[segment_id][name]) for name in ("start", "end")},
        "text": phrase("desk_settled_none", desk.language, why=why.strip()),
        "made_by": desk.coder,
        "made_on": said["coded_at"],
    }
    noted = desk.rows["memos"].get(key_of("memos", memo))
    if not after or noted is not None:
        changes.append(Change("memos", noted, None if after else memo))
    return desk.on(segment_id, SETTLE, changes)


def agreed(desk: Desk, segment_id: str, codebook: str, reading: str | None = None) -> dict[Key, dict]:
    """Return what is agreed on a segment under a codebook, by key."""
    return {
        key: row
        for key, row in desk.rows["codings"].items()
        if row["coder"] == AGREED
        and (row["segment_id"], row["codebook"], row.get("reading") or None) == (segment_id, codebook, reading)
    }


def disputed(desk: Desk, document: str, codebook: str, segmentation: str, reading: str | None = None) -> list[str]:
    """Return the segments in which coders differ, in code or in what they judge of it, and nothing is agreed yet.

    Compared are the coders who looked the document through, and where nobody said so those who coded in it.
    """
    found = _found(desk, document, codebook, segmentation, reading)
    open_ones = [name for name, by_coder in found.items() if len({tuple(sorted(one)) for one in by_coder.values()}) > 1]
    return [
        name
        for name in open_ones
        if not agreed(desk, name, codebook, reading) and not desk.settled_as_nothing(name, codebook)
    ]


def finish_settling(desk: Desk, document: str, codebook: str, segmentation: str, reading: str | None = None) -> Act:
    """Close a document: what all its coders found alike is agreed as it is, and the rest was settled one by one.

    Raises
    ------
    DecisionNeeded
        While segments are still disputed.
    """
    if document not in desk.opened:
        raise DecisionNeeded(phrase("desk_still_blind", desk.language, document=document))
    left = disputed(desk, document, codebook, segmentation, reading)
    if left:
        raise DecisionNeeded(phrase("desk_disputed", desk.language, count=len(left), first=left[0]))
    alike = phrase("desk_alike", desk.language)
    said = {"coded_at": now(), "decided_by": desk.coder, "why": alike}
    changes = []
    for name, by_coder in _found(desk, document, codebook, segmentation, reading).items():
        if agreed(desk, name, codebook, reading) or desk.settled_as_nothing(name, codebook):
            continue
        for code, *judged in next(iter(by_coder.values()), ()):
            row = {**desk.row(name, codebook, code, reading), "coder": AGREED}
            judged = {of: value for of, value in zip(JUDGED, judged, strict=True) if value}
            changes.append(Change("codings", None, {**row, **judged, **said}))
    row = desk.looked(document, segmentation, codebook, AGREED)
    before = desk.rows["coverage"].get(key_of("coverage", row))
    changes.append(Change("coverage", before, {**row, "finished_at": now(), "blind": False}))
    return desk.act("close", document, changes)


def _found(
    desk: Desk, document: str, codebook: str, segmentation: str, reading: str | None
) -> dict[str, dict[str, frozenset]]:
    """Return for each segment what each coder found there: codes with all that was judged of them."""
    codings = [
        row
        for row in desk.rows["codings"].values()
        if row["codebook"] == codebook and (row.get("reading") or None) == reading and row["coder"] != AGREED
    ]
    own = {
        name
        for name, row in desk.segments.items()
        if (row["document_id"], row["segmentation"]) == (document, segmentation)
    }
    looked = {
        row["coder"]
        for row in desk.rows["coverage"].values()
        if (row["document_id"], row["codebook"]) == (document, codebook)
        and row.get("segmentation") in (None, segmentation)
        and row["coder"] != AGREED
    }
    who = looked or {row["coder"] for row in codings if row["segment_id"] in own}
    found = {name: dict.fromkeys(sorted(who), frozenset()) for name in desk.segments if name in own}
    for row in codings:
        if row["segment_id"] in own and row["coder"] in who:
            one = (row["code"], *(row.get(of) or "" for of in JUDGED))
            found[row["segment_id"]][row["coder"]] |= {one}
    return found
