"""Checks: each looks at one kind of fault in the whole study and yields findings; all of them run, none stops another."""

from collections.abc import Iterator

from valuecreation.findings import Finding
from valuecreation.study.checks import cells, codes, consents, ids, logic, texts

ALL = (
    cells.columns,
    cells.values,
    cells.null_words,
    ids.duplicates,
    ids.references,
    ids.steps,
    texts.documents,
    texts.segments,
    texts.identifying,
    codes.codebooks,
    codes.circles,
    codes.known_codes,
    codes.readings,
    codes.versions,
    codes.agreed,
    codes.coverage,
    consents.withdrawals,
    consents.undated,
    consents.elsewhere,
    consents.missing,
    logic.measurements,
    logic.periods,
)


def check(study) -> Iterator[Finding]:
    """Yield the findings of all checks."""
    for one in ALL:
        yield from one(study)
