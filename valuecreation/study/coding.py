"""Coding at a desk: each function returns the act of one thing that a coder does, and refuses what cannot be."""

import re
from collections.abc import Iterable, Mapping

from valuecreation.errors import DecisionNeeded, UnknownName
from valuecreation.study.acts import Act, Change, key_of
from valuecreation.study.desk import SELECTION, Desk, now
from valuecreation.words import phrase, vocabulary

JUDGED = ("status", "polarity", "level", "beneficiary", "evidence", "horizon", "strength")
WRITTEN = ("quantifier", "memo")
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


def select(desk: Desk, document: str, start: int, end: int) -> Act:
    """Make a segment of a stretch that the coder marked; blanks at its ends are left out.

    Raises
    ------
    DecisionNeeded
        Of a stretch without words, or with the words of two people.
    """
    text = desk.text(document)
    start, end = max(0, int(start)), min(len(text), int(end))
    stretch = text[start:end]
    start, end = start + len(stretch) - len(stretch.lstrip()), end - (len(stretch) - len(stretch.rstrip()))
    if start >= end:
        raise DecisionNeeded(phrase("desk_no_words", desk.language))
    speakers = desk.speakers_within(document, start, end)
    if len(speakers) > 1:
        raise DecisionNeeded(phrase("desk_two_speakers", desk.language, who=", ".join(sorted(speakers))))
    row = {
        "segment_id": f"{document}-x{start:05d}-{end:05d}-{desk.slug}",
        "document_id": document,
        "segmentation": SELECTION,
        "made_by": desk.coder,
        "start": start,
        "end": end,
        "participant_id": next(iter(speakers), None),
    }
    return desk.act("select", document, [Change("segments", desk.segments.get(row["segment_id"]), row)])


def code(
    desk: Desk, segment_id: str, codebook: str, code: str, reading: str | None = None, **judged: str | None
) -> Act:
    """Give a segment a code; what is not judged stays empty."""
    row = desk.row(segment_id, codebook, code, reading)
    before = desk.rows["codings"].get(key_of("codings", row))
    judged = judgements(judged)
    after = {**(before or row), **judged, "coded_at": now()}
    return desk.on(segment_id, "code", [Change("codings", before, after)])


def uncode(desk: Desk, segment_id: str, codebook: str, code: str, reading: str | None = None) -> Act:
    """Take a code of this coder off a segment."""
    before = desk.there(segment_id, codebook, code, reading)
    return desk.on(segment_id, "uncode", [Change("codings", before, None)])


def judge(
    desk: Desk, segment_id: str, codebook: str, code: str, reading: str | None = None, **judged: str | None
) -> Act:
    """Say of a code how real it is, what it brought, or another of its words; None takes the judgement back."""
    before = desk.there(segment_id, codebook, code, reading)
    after = {**before, **judgements(judged), "coded_at": now()}
    return desk.on(segment_id, "judge", [Change("codings", before, after)])


def remark(desk: Desk, document: str, start: int, end: int, text: str) -> Act:
    """Write a memo beside a stretch; an empty text takes it away."""
    desk.text(document)
    row = {
        "memo_id": f"{document}-m{int(start):05d}-{int(end):05d}-{desk.slug}",
        "document_id": document,
        "start": int(start),
        "end": int(end),
        "text": text.strip(),
        "made_by": desk.coder,
        "made_on": now(),
    }
    before = desk.rows["memos"].get(key_of("memos", row))
    return desk.act("remark", document, [Change("memos", before, row if row["text"] else None)])


def add_code(
    desk: Desk, codebook: str, code: str, parent: str | None, label: Mapping[str, str], definition: Mapping[str, str]
) -> Act:
    """Add a code of the study's own, under another or beside the others.

    Raises
    ------
    DecisionNeeded
        Of a name that is there already, that is no name, or of a code without label and definition.
    """
    book = desk.book(codebook)
    name = code.strip().lower().replace(" ", "-")
    if not _NAME.fullmatch(name.rpartition(".")[2]):
        raise DecisionNeeded(phrase("desk_code_name", desk.language, code=code))
    if parent and parent not in book:
        raise UnknownName.among(f"code of {codebook}", parent, [one.name for one in book.walk()])
    name = f"{parent}.{name}" if parent else name
    if name in book:
        raise DecisionNeeded(phrase("desk_code_there", desk.language, code=name, codebook=codebook))
    if not any(label.values()) or not any(definition.values()):
        raise DecisionNeeded(phrase("desk_code_words", desk.language, code=name))
    row = {
        "codebook": codebook,
        "code": name,
        "parent": parent or None,
        **{f"label_{one}": label.get(one) or None for one in ("en", "nl")},
        **{f"definition_{one}": definition.get(one) or None for one in ("en", "nl")},
        "added_by": desk.coder,
        "added_on": now()[:10],
    }
    return desk.act("add_code", "", [Change("codes", None, row)])


def finish(desk: Desk, document: str, segmentation: str | None, codebooks: Iterable[str] | str) -> Act:
    """Say that a document is looked through with these codebooks: what has no code then has none."""
    changes = []
    for codebook in [codebooks] if isinstance(codebooks, str) else codebooks:
        row = desk.looked(document, segmentation, codebook)
        before = desk.rows["coverage"].get(key_of("coverage", row))
        after = {**row, "finished_at": now(), "blind": document not in desk.opened}
        changes.append(Change("coverage", before, after))
    return desk.act("finish", document, changes)


def reopen(desk: Desk, document: str, segmentation: str | None, codebooks: Iterable[str] | str) -> Act:
    """Take back that a document is looked through."""
    names = [codebooks] if isinstance(codebooks, str) else codebooks
    keys = [key_of("coverage", desk.looked(document, segmentation, codebook)) for codebook in names]
    there = [desk.rows["coverage"][key] for key in keys if key in desk.rows["coverage"]]
    return desk.act("reopen", document, [Change("coverage", row, None) for row in there])


def judgements(judged: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return what is judged, or say which words there are."""
    for name, value in judged.items():
        if name not in (*JUDGED, *WRITTEN):
            raise UnknownName.among("judgement", name, (*JUDGED, *WRITTEN))
        if name in JUDGED and value is not None and value not in vocabulary(name):
            raise UnknownName.among(name, value, vocabulary(name))
    return {name: (value.strip() or None) if isinstance(value, str) else None for name, value in judged.items()}
