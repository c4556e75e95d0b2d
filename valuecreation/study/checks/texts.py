"""Texts: documents that have one, quotes that stand where they say, and words that may identify a person."""

import re
from collections.abc import Iterator

import pandas as pd

from valuecreation.findings import Finding, shorten
from valuecreation.study.cells import PATTERNS, as_text
from valuecreation.study.checks.rows import row_of
from valuecreation.study.withdrawal import withdrawn_documents
from valuecreation.text import IDENTIFYING, find_identifying, find_quote

_KINDS = {
    "e-mail": {"en": "an e-mail address", "nl": "een e-mailadres"},
    "phone": {"en": "a telephone number", "nl": "een telefoonnummer"},
    "postcode": {"en": "a postcode with house number", "nl": "een postcode met huisnummer"},
    "citizen number": {"en": "a citizen service number", "nl": "een burgerservicenummer"},
}
_TELLING = re.compile("[@0-9]")
_ANY = re.compile("|".join(pattern.replace("(?i)", "") for pattern in IDENTIFYING.values()), re.IGNORECASE)


def documents(study) -> Iterator[Finding]:
    """Documents without a text that nobody withdrew."""
    if "documents" not in study:
        return
    frame = study.frame("documents")
    silent = frame["text"].isna() & ~withdrawn_documents(study)
    for position in frame.index[silent]:
        document = frame["document_id"][position]
        known = isinstance(document, str)
        place = {
            "en": f"The document {document}" if known else f"The document in row {row_of(position)}",
            "nl": f"Het document {document}" if known else f"Het document in rij {row_of(position)}",
        }
        yield Finding("no_text", "documents", row_of(position), "text", document if known else None, {"place": place})


def segments(study) -> Iterator[Finding]:
    """Segments whose offsets do not give their quote: ``text[start:end] == quote`` must hold for each."""
    if "segments" not in study or "documents" not in study:
        return
    frame = study.frame("segments")
    known = study.frame("documents").drop_duplicates("document_id")
    texts = dict(zip(known["document_id"], known["text"], strict=True))
    starts, ends = (_whole(frame[column]) for column in ("start", "end"))
    unreadable = frame["start"].notna() & starts.isna() | frame["end"].notna() & ends.isna()
    columns = (frame["segment_id"], frame["document_id"], starts, ends, frame["quote"], unreadable)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    for position, (segment, document, start, end, quote, odd) in enumerate(rows):
        text = texts.get(document)
        if not isinstance(text, str) or odd:
            continue  # a cell that is no whole number is a finding of its own
        quote = quote if isinstance(quote, str) else None
        if start is not pd.NA and end is not pd.NA and 0 <= start < end <= len(text) and text[start:end] == quote:
            continue
        yield _misplaced(row_of(position), segment, text, start, end, quote)


def identifying(study) -> Iterator[Finding]:
    """Texts in which something looks like an e-mail address, a telephone number, a postcode or a citizen number."""
    for table, column in (
        ("documents", "text"),
        ("steps", "text"),
        ("codings", "memo"),
        ("memos", "text"),
        ("segments", "quote"),
    ):
        if table not in study or column not in study.tables[table] or (table == "segments" and "documents" in study):
            continue
        for position, text in enumerate(study.tables[table][column].tolist()):
            if isinstance(text, str) and _TELLING.search(text) and _ANY.search(text):
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
        rule = "offsets_reversed" if start >= end else "offsets_outside"
        return Finding(rule, "segments", row, "end", f"{start}–{end}", details)
    found = text[start:end]
    if quote is None:
        return Finding("quote_missing", "segments", row, "quote", None, details | {"found": shorten(found)})
    if " ".join(found.split()) == " ".join(quote.split()):
        spaces = {"en": " They differ only in spaces.", "nl": " Ze verschillen alleen in spaties."}
        details["hint"] = {language: spaces[language] + hint[language] for language in spaces}
    found, quote = _from_where_they_differ(found, quote)
    return Finding("offsets_mismatch", "segments", row, "quote", quote, details | {"found": found})


def _whole(values: pd.Series) -> pd.Series:
    """Return whole numbers, and NA for whatever is none."""
    if isinstance(values.dtype, pd.Int64Dtype):
        return values
    text = as_text(values)
    return pd.Series(
        [int(one) if isinstance(one, str) and re.fullmatch(PATTERNS["integer"], one) else pd.NA for one in text],
        dtype="Int64",
    )


def _from_where_they_differ(found: str, quote: str) -> tuple[str, str]:
    """Return two texts short enough to compare, from just before their first difference, with spaces made visible there."""
    same = next(
        (place for place, (one, other) in enumerate(zip(found, quote, strict=False)) if one != other),
        min(len(found), len(quote)),
    )
    if max(len(found), len(quote)) <= 60 and " ".join(found.split()) != " ".join(quote.split()):
        return shorten(found), shorten(quote)
    start = max(0, same - 15)
    cut = [
        ("…" if start else "") + text[start : start + 45].replace(" ", "␣").replace("\n", "⏎")
        for text in (found, quote)
    ]
    return cut[0], cut[1]
