"""Findings: what a check of a study has to say, all of it at once, in words a spreadsheet user understands."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from valuecreation.words import check_language, in_language, label, load_data

SEVERITIES = ("error", "warning", "note")
COLUMNS = ("severity", "table", "row", "column", "value", "message", "remedy")
_LONGEST_VALUE = 80


@dataclass(frozen=True)
class Finding:
    """One thing to repair, to look at or to know.

    Parameters
    ----------
    rule : str
        Its name in ``findings.yaml``, where severity, message and remedy stand in both languages.
    table, row, column, value
        Where it is. Rows are counted as a spreadsheet does: the header is row 1. ``None`` where it does not apply.
    details : dict
        What else the message names.
    """

    rule: str
    table: str | None = None
    row: int | None = None
    column: str | None = None
    value: object = None
    details: dict = field(default_factory=dict)

    @property
    def severity(self) -> str:
        """``error`` (to repair), ``warning`` (to look at) or ``note`` (to know)."""
        return load_data("findings.yaml")[self.rule]["severity"]

    def say(self, part: str, language: str = "en") -> str:
        """Return the ``message`` or the ``remedy`` in a language."""
        values = {"table": self.table, "row": self.row, "column": self.column, "value": shorten(self.value)}
        details = {key: _in_language_of(value, language) for key, value in self.details.items()}
        return in_language(load_data("findings.yaml")[self.rule][part], check_language(language)).format(
            **{**values, **details}
        )

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                f"table {self.table}" if self.table else "",
                f"row {self.row}" if self.row is not None else "",
                f"column {self.column}" if self.column else "",
            )
            if part
        )
        return f"{self.severity}: {place + ': ' if place else ''}{self.say('message')} {self.say('remedy')}"


def findings_table(findings: Iterable[Finding], language: str = "en") -> pd.DataFrame:
    """Return findings as a table: the gravest first, then by table and row.

    Returns
    -------
    pandas.DataFrame
        Columns severity, table, row, column, value, message, remedy. The severities are error, warning and note; in
        Dutch herstellen, nakijken and ter info.
    """
    check_language(language)
    places = {name: place for place, name in enumerate(load_data("study/tables.yaml"))}

    def order(finding: Finding) -> tuple[int, int, int]:
        row = -1 if finding.row is None else finding.row
        return SEVERITIES.index(finding.severity), places.get(finding.table, -1), row

    ordered = sorted(findings, key=order)
    rows = [
        (
            label("severity", finding.severity, language),
            finding.table,
            finding.row,
            finding.column,
            None if finding.value is None else shorten(finding.value),
            finding.say("message", language),
            finding.say("remedy", language),
        )
        for finding in ordered
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    for column in ("table", "column", "value", "message", "remedy"):
        table[column] = table[column].astype("str")
    table["row"] = table["row"].astype("Int64")
    words = [label("severity", severity, language) for severity in SEVERITIES]
    table["severity"] = pd.Categorical(table["severity"], categories=words, ordered=True)
    return table


def shorten(value: object) -> str:
    """Return a value on one line and short enough for a table."""
    text = " ".join(str(value).split()) if value is not None else ""
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def _in_language_of(value: object, language: str) -> object:
    return in_language(value, language) if isinstance(value, dict) else value
