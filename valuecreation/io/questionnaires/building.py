"""From cells to the long table of answers, whatever file they came from; what is odd is kept and said."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from valuecreation.findings import Finding
from valuecreation.instruments.model import Instrument, Item
from valuecreation.instruments.responses import COLUMNS, Responses, rows_of

_LOST = {"lost", "verloren", "not recoverable", "niet te achterhalen"}
_SPLIT = re.compile(r"[,;|\n]")


@dataclass
class Builder:
    """Collects answers row by row.

    Attributes
    ----------
    instrument : Instrument
    source : str
        The name of the file.
    """

    instrument: Instrument
    source: str
    rows: list[tuple] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)

    def find(self, rule: str, row: int | None = None, column: str | None = None, value: object = None, **details):
        """Note something of the file."""
        self.findings.append(Finding(rule, self.source, row, column, value, details))

    def add(self, response: str, item: Item, part: str, said: str | None, text: str | None, row: int, place: Mapping):
        """Add one answer: `said` and `text` are cells, None when there is no such column; `place` names their columns."""
        if said is None and text is None:
            return self._keep(response, item, part, None, None, "not_collected", row)
        said, text = (said or "").strip(), (text or "").strip()
        value, state = None, "empty"
        at = place.get("said") or place.get("text")
        if item.kind == "open":
            text, state = text or said, "present" if text or said else "empty"
            if text and item.identifies:
                text = self.people.setdefault(text.casefold(), f"person {len(self.people) + 1}")
        elif said.casefold() in _LOST:
            state = "lost"
        elif said:
            point = item.point(said)
            if point is None:
                self.find("questionnaire_value", row, at, said, item=item.number, choices=_choices(item))
            value, state = (point.key if point else None), "present"
            if point is None:
                text = f"{said} | {text}" if text else said
        if item.kind == "yes_no" and text and value != item.text_with and (value or not said):
            rule = "questionnaire_words_alone" if value is None else "questionnaire_words_elsewhere"
            self.find(rule, row, place.get("text") or at, text, item=item.number, answer=_answer(item, value))
            state = "present"
        if item.kind == "matrix":
            if not said and not text:
                return None
            if text and not said:
                self.find("questionnaire_no_mark", row, at, text, item=item.number)
            if said and not text:
                self.find("questionnaire_no_category", row, place.get("text") or at, said, item=item.number)
            if item.rows and part.isdigit() and int(part) > item.rows:
                self.find("questionnaire_more_rows", row, at, text, item=item.number, part=part, rooms=item.rows)
        return self._keep(response, item, part, value, text or None, state, row)

    def add_several(self, response: str, item: Item, cells: list[tuple[str, str]] | None, text: str, row: int):
        """Add the choices of an item of which several can be chosen; `cells` are (column, cell) pairs, or None."""
        if cells is None:
            return self._keep(response, item, "", None, None, "not_collected", row)
        chosen: list[str] = []
        for column, cell in cells:
            for said in [cell] if item.point(cell) else _SPLIT.split(cell):
                if not said.strip():
                    continue
                point = item.point(said)
                if point is None:
                    self.find("questionnaire_value", row, column, said, item=item.number, choices=_choices(item))
                    self._keep(response, item, "", None, said.strip(), "present", row)
                    chosen.append("")
                elif point.key not in chosen:
                    chosen.append(point.key)
                    words = text if point.key == item.text_with else ""
                    self._keep(response, item, point.key, point.key, words or None, "present", row)
        if text and item.text_with not in chosen:
            self.find("questionnaire_words_alone", row, item.column, text, item=item.number, answer=item.text_with)
            self._keep(response, item, "", None, text, "present", row)
        elif not chosen:
            self._keep(response, item, "", None, None, "empty", row)
        return None

    def close(self, response: str, row: int):
        """Say of one questionnaire that it is complete: what nobody answered becomes a row that says so."""
        have = {(one[1], one[3]) for one in self.rows if one[0] == response}
        items = {number for number, _ in have}
        for item in self.instrument.items:
            if item.number not in items:
                self._keep(response, item, rows_of(item)[0], None, None, "empty", row)

    def done(self) -> Responses:
        """Return the answers with what was noticed."""
        table = pd.DataFrame(self.rows, columns=list(COLUMNS))
        for column in ("response_id", "name", "part", "value", "text", "state", "source"):
            table[column] = table[column].astype("str")
        order = {item.number: place for place, item in enumerate(self.instrument.items)}
        first = {one: place for place, one in enumerate(dict.fromkeys(table["response_id"]))}
        keys = table["response_id"].map(first) * (len(order) + 1) + table["item"].map(order)
        table = table.iloc[keys.astype("int64").argsort(kind="stable")].reset_index(drop=True)
        if self.people:
            self.find("questionnaire_pseudonyms", value=f"{len(self.people)}", count=len(self.people))
        return Responses(self.instrument, table, tuple(self.findings))

    def _keep(self, response, item, part, value, text, state, row) -> None:
        self.rows.append((response, item.number, item.name, part, value, text, state, self.source, row))


def _answer(item: Item, value: str | None) -> dict[str, str]:
    key = value or item.text_with
    point = next((one for one in item.points if one.key == key), None)
    return dict(point.labels) if point else {"en": "–", "nl": "–"}


def _choices(item: Item) -> dict[str, str]:
    return {one: ", ".join(f"{point.code} ({point.label(one)})" for point in item.points) for one in ("en", "nl")}
