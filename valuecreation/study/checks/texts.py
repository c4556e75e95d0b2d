"""Texts: documents that have one, quotes that stand where they say, and words that may identify a person."""

import re
from collections.abc import Iterator

import pandas as pd

from valuecreation.findings import Finding, shorten
from valuecreation.study.checks.rows import row_of
from valuecreation.study.withdrawal import withdrawn_documents
from valuecreation.text import IDENTIFYING, find_identifying, find_quote

_KINDS = {
    "e-mail": {"en": "an e-mail address", "nl": "een e-mailadres"},
    "phone": {"en": "a telephone number", "nl": "een telefoonnummer"},
    "postcode": {"en": "a postcode with house number", "nl": "een postcode met huisnummer"},
    "citizen number": {"en": "a citizen service number", "nl": "een burgerservicenummer"},
}
_ANY = re.compile("|".join(pattern.replace("(?i)", "") for pattern in IDENTIFYING.values()), re.IGNORECASE)


def documents(study) -> Iterator[Finding]:
    """Documents without a text that nobody withdrew."""
    if "documents" not in study:
        return
    frame = study.frame("documents")
    silent = frame["text"].isna() & ~withdrawn_documents(study)
    for position in frame.index[silent]:
        yield Finding("no_text", "documents", row_of(position), "text", frame["document_id"][position])


def segments(study) -> Iterator[Finding]:
    """Segments whose offsets do not give their quote: ``text[start:end] == quote`` must hold for each."""
    if "segments" not in study or "documents" not in study:
        return
    frame = study.frame("segments")
    known = study.frame("documents").drop_duplicates("document_id")
    texts = dict(zip(known["document_id"], known["text"], strict=True))
    placed = [
        isinstance(column.dtype, pd.Int64Dtype) for column in (frame["start"], frame["end"])
    ]
    if not all(placed):
        return  # cells that are no whole numbers are findings of their own
    rows = zip(frame["segment_id"], frame["document_id"], frame["start"], frame["end"], frame["quote"], strict=True)
    for position, (segment, document, start, end, quote) in enumerate(rows):
        text = texts.get(document)
        if not isinstance(text, str):
            continue
        quote = quote if isinstance(quote, str) else None
        if start is not pd.NA and end is not pd.NA and 0 <= start < end <= len(text) and text[start:end] == quote:
            continue
        yield _misplaced(row_of(position), segment, text, start, end, quote)


def identifying(study) -> Iterator[Finding]:
    """Texts in which something looks like an e-mail address, a telephone number, a postcode or a citizen number."""
    for table, column in (("documents", "text"), ("steps", "text"), ("codings", "memo"), ("segments", "quote")):
        if table not in study or column not in study.tables[table] or (table == "segments" and "documents" in study):
            continue
        for position, text in enumerate(study.tables[table][column]):
            if isinstance(text, str) and _ANY.search(text):
                for kind, words in find_identifying(text):
                    yield Finding("identifying", table, row_of(position), column, words, {"kind": _KINDS[kind]})


def _misplaced(row: int, segment: str, text: str, start: object, end: object, quote: str | None) -> Finding:
    near = start if start is not pd.NA and start >= 0 else 0
    there = find_quote(text, quote, near) if quote else None
    hint = {"en": "", "nl": ""}
    if there:
        hint = {
            "en": f" The quote stands at {there[0]} to {there[1]}.",
            "nl": f" Het citaat staat op {there[0]} tot {there[1]}.",
        }
    elif quote:
        hint = {"en": " The quote does not occur in the document.", "nl": " Het citaat komt niet voor in het document."}
    details = {"segment": segment, "start": start, "end": end, "hint": hint, "length": len(text)}
    if start is pd.NA or end is pd.NA:
        return Finding("offsets_missing", "segments", row, "start" if start is pd.NA else "end", quote, details)
    if not 0 <= start < end <= len(text):
        return Finding("offsets_outside", "segments", row, "end", f"{start}–{end}", details)
    details["found"] = shorten(text[start:end])
    if quote is None:
        return Finding("quote_missing", "segments", row, "quote", None, details)
    return Finding("offsets_mismatch", "segments", row, "quote", quote, details)
