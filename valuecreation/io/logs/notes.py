"""What is noticed while a long log is read: one finding a kind, with the first place, a value and how often."""

from dataclasses import dataclass, field

from valuecreation.findings import Finding

ROW = {"en": "row", "nl": "rij"}
STATEMENT = {"en": "statement", "nl": "statement"}
EVENT = {"en": "event", "nl": "gebeurtenis"}


@dataclass
class Notes:
    """Gathers what is noticed; a kind that comes back is counted instead of told a thousand times.

    >>> notes = Notes("events", "log.csv")
    >>> for row in (2, 5):
    ...     notes.add("log_no_person", row, "participant_id")
    >>> [(finding.row, finding.details["count"]) for finding in notes.findings()]
    [(2, 2)]
    """

    table: str
    file: str
    unit: dict = field(default_factory=lambda: ROW)
    _kept: dict = field(default_factory=dict)

    def add(
        self, rule: str, row: int | None = None, column: str | None = None, value: object = None, **details: object
    ) -> None:
        """Note one occurrence; the first of its rule, file and column is the one that is shown."""
        key = (rule, self.file, column)
        if key in self._kept:
            self._kept[key].details["count"] += 1
        else:
            self._kept[key] = Finding(
                rule, self.table, row, column, value, {"count": 1, "file": self.file, "unit": self.unit, **details}
            )

    def findings(self) -> list[Finding]:
        """Return what was noted, in the order in which it was first noted."""
        return list(self._kept.values())
