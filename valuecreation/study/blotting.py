"""Blotting: taking one speaker's words out of a text of several, without moving a character of the others."""

import re

import pandas as pd

from valuecreation.errors import DecisionNeeded
from valuecreation.study.cells import PATTERNS, as_text

_BLOT = "█"


def blot(documents: pd.DataFrame, segments: pd.DataFrame, gone: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the texts of documents and the quotes of segments with the words of some segments blotted out.

    A segment's words are those at its offsets when they are its quote; otherwise the quote wherever it stands in the
    document; otherwise whatever is at the offsets. Quotes of other segments that overlap are blotted too.

    Parameters
    ----------
    documents, segments : pandas.DataFrame
        With all columns of the schema.
    gone : pandas.Series of bool
        Which segments.

    Raises
    ------
    DecisionNeeded
        When a segment that must go does not say where its words stand.
    """
    texts, quotes = documents["text"].copy(), segments["quote"].copy()
    starts, ends = _whole(segments["start"]), _whole(segments["end"])
    for name in segments.loc[gone, "document_id"].dropna().unique():
        inside = segments.index[segments["document_id"] == name]
        for position in documents.index[documents["document_id"] == name]:
            text = texts[position]
            if not isinstance(text, str):
                continue
            clean = text
            for one in inside[gone[inside]]:
                for start, end in _spans(text, quotes[one], starts[one], ends[one], segments["segment_id"][one]):
                    clean = clean[:start] + _blotted(text[start:end]) + clean[end:]
            for one in inside[~gone[inside]]:
                start, end, quote = starts[one], ends[one], quotes[one]
                if start is not None and end is not None and isinstance(quote, str) and text[start:end] == quote:
                    quotes[one] = clean[start:end]
            texts[position] = clean
    return texts, quotes


def _spans(text: str, quote: object, start: int | None, end: int | None, segment: object) -> list[tuple[int, int]]:
    placed = start is not None and end is not None and 0 <= start < end
    if placed and (text[start:end] == quote or (not isinstance(quote, str) and end <= len(text))):
        return [(start, end)]
    if isinstance(quote, str):
        found = [match.span() for match in re.finditer(re.escape(quote), text)]
        if found:
            return found
    if placed and start < len(text):
        return [(start, min(end, len(text)))]
    raise DecisionNeeded(
        f"Segment {segment} was withdrawn, and neither its offsets nor its quote say where its words stand in the document. "
        "Correct start, end and quote first (study.check() names them), or take the words out of the text by hand."
    )


def _blotted(words: str) -> str:
    return "".join(sign if sign == "\n" else _BLOT for sign in words)


def _whole(values: pd.Series) -> pd.Series:
    text = as_text(values)
    whole = [int(one) if isinstance(one, str) and re.fullmatch(PATTERNS["integer"], one) else None for one in text]
    return pd.Series(whole, index=values.index, dtype=object)
