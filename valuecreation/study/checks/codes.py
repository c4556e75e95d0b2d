"""Codes: codebooks and codes that exist, one code a cell, readings declared, and coverage that tells the whole story."""

import re
from collections.abc import Iterator

import pandas as pd

from valuecreation.codebook import is_shipped, list_codebooks
from valuecreation.errors import listed
from valuecreation.findings import Finding
from valuecreation.study.checks.rows import did_you_mean, row_of
from valuecreation.study.lookup import look_up

CODED = ("codings", "question_codings")
_SEPARATORS = re.compile(r"\s*(?:[;,/|+&\n]|\ben\b|\band\b)\s*")


def codebooks(study) -> Iterator[Finding]:
    """Codings and coverage under a codebook that does not exist; own codes below a parent that does not exist."""
    shipped = list_codebooks()["name"].tolist()
    own = set(study.frame("codes")["codebook"].dropna())
    for table in (*CODED, "coverage"):
        named = _unstrayed(study.frame(table)["codebook"])
        for position, value in named[~named.isin(shipped) & ~named.isin(own)].items():
            details = {"choices": listed(shipped), "hint": did_you_mean(value, [*shipped, *own])}
            yield Finding("unknown_codebook", table, row_of(position), "codebook", value, details)
    codes = study.frame("codes")
    for position, (book, parent) in enumerate(zip(codes["codebook"], codes["parent"], strict=True)):
        if pd.notna(parent) and pd.notna(book) and parent not in study.codebook(book):
            details = {"codebook": book, "choices": listed(study.codebook(book).codes), "hint": {"en": "", "nl": ""}}
            yield Finding("unknown_code", "codes", row_of(position), "parent", parent, details)


def circles(study) -> Iterator[Finding]:
    """Own codes whose parents go round in a circle."""
    codes = study.frame("codes").dropna(subset=["codebook", "code"])
    parents = dict(zip(zip(codes["codebook"], codes["code"], strict=True), codes["parent"], strict=True))
    for position, (book, code) in zip(codes.index, parents, strict=False):
        seen, above = set(), code
        while isinstance(above, str) and above not in seen:
            seen.add(above)
            above = parents.get((book, above))
        if above == code:
            yield Finding("code_circle", "codes", row_of(position), "parent", code)


def known_codes(study) -> Iterator[Finding]:
    """Codes that the codebook does not have, and cells with two of them."""
    for table, name, rows in _coded(study, "codebook", "code"):
        book = study.codebook(name)
        names = {code.name for code in book.walk()}
        labels = {code.label(language): code.name for code in book.walk() for language in ("en", "nl")}
        for position, value in _unstrayed(rows.loc[~rows["code"].isin(names), "code"]).items():
            several = _several(value, names, labels)
            if several:
                yield Finding("two_codes", table, row_of(position), "code", value, {"count": len(several)})
                continue
            details = {
                "codebook": name,
                "choices": listed(names_in_order(book)),
                "hint": did_you_mean(value, names, labels),
            }
            yield Finding("unknown_code", table, row_of(position), "code", value, details)


def readings(study) -> Iterator[Finding]:
    """Codings under a codebook that can be read in several ways, which do not say in which."""
    for table, name, rows in _coded(study, "codebook"):
        if not study.codebook(name).readings:
            continue
        choices = list(study.codebook(name).readings)
        for position, value in rows["reading"][rows["reading"].isna() | ~rows["reading"].isin(choices)].items():
            details = {"codebook": name, "choices": listed(choices)}
            rule = "reading_missing" if pd.isna(value) else "unknown_reading"
            yield Finding(rule, table, row_of(position), "reading", None if pd.isna(value) else value, details)


def versions(study) -> Iterator[Finding]:
    """Codings that were made with another version of a codebook than the one that is here."""
    for table, name, rows in _coded(study, "codebook", "codebook_version"):
        for version, count in rows.groupby("codebook_version", sort=False).size().items():
            if is_shipped(name) and study.codebook(name).version != version:
                details = {"codebook": name, "present": study.codebook(name).version, "count": count}
                yield Finding("other_version", table, None, "codebook_version", version, details)


def agreed(study) -> Iterator[Finding]:
    """Agreed codings of which nobody says who decided."""
    for table in CODED:
        codings = study.frame(table)
        unsigned = (codings["coder"] == "agreed") & codings["decided_by"].isna()
        if unsigned.any():
            first = codings.index[unsigned][0]
            yield Finding("agreed_by_nobody", table, row_of(first), "decided_by", None, {"count": int(unsigned.sum())})


def coverage(study) -> Iterator[Finding]:
    """Codings in documents that coverage does not list; or no coverage at all."""
    codings = study.frame("codings")
    if codings.empty:
        return
    if "coverage" not in study:
        yield Finding("no_coverage", "coverage")
        return
    documents = study.frame("segments").drop_duplicates("segment_id").set_index("segment_id")["document_id"]
    made = codings.assign(document_id=look_up(documents, codings["segment_id"]))
    made = made[made["coder"] != "agreed"].dropna(subset=["coder", "document_id", "codebook"])
    looked = study.frame("coverage")[["coder", "document_id", "codebook"]].drop_duplicates().assign(looked=True)
    joined = made.merge(looked, on=["coder", "document_id", "codebook"], how="left")
    outside = joined[joined["looked"].isna()]
    for (coder, document, book), count in (
        outside.groupby(["coder", "document_id", "codebook"], sort=False).size().items()
    ):
        details = {"coder": coder, "codebook": book, "count": count}
        yield Finding("outside_coverage", "coverage", None, "document_id", document, details)


def _coded(study, *needed: str) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Yield the tables that hold codes, codebook by codebook, with the rows that have what a check needs."""
    for table in CODED:
        rows = study.frame(table).dropna(subset=list(needed))
        for name, some in rows.groupby("codebook", sort=False):
            if _exists(study, name):
                yield table, name, some


def _unstrayed(names: pd.Series) -> pd.Series:
    """Return names without those that have a stray space, which is a finding of its own."""
    names = names.dropna()
    return names[names == names.str.strip()]


def names_in_order(book) -> list[str]:
    """Return the names of the top-level codes, in order."""
    return [code.name for code in book.codes]


def _exists(study, name: str) -> bool:
    return is_shipped(name) or name in set(study.frame("codes")["codebook"].dropna())


def _several(value: str, names: set[str], labels: dict[str, str]) -> list[str]:
    parts = [part for part in _SEPARATORS.split(value) if part]
    lookup = {name.casefold() for name in names} | {words.casefold() for words in labels}
    return parts if len(parts) > 1 and all(part.casefold() in lookup for part in parts) else []
