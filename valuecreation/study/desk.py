"""A coder's desk: what one coder has before them, and the acts by which it changes."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

import pandas as pd

from valuecreation.codebook import Codebook
from valuecreation.errors import DecisionNeeded, UnknownName
from valuecreation.study.acts import (
    OPEN,
    REDO,
    SETTLE,
    UNDO,
    Act,
    Change,
    Key,
    apply,
    changes_of,
    done_and_undone,
    fingerprint,
    in_order,
    key_of,
)
from valuecreation.study.model import Study
from valuecreation.study.schema import table as table_of_schema
from valuecreation.study.withdrawal import segment_speakers, withdrawn_documents, withdrawn_segments
from valuecreation.words import LANGUAGES, phrase

AGREED = "agreed"
SELECTION = "selection"
JUDGED = ("status", "polarity", "level", "beneficiary", "evidence", "horizon", "strength")
WRITTEN = ("quantifier", "memo")
_NAME = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")


def now() -> str:
    """Return this moment as a journal writes it."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


class Desk:
    """The documents of a study as one coder has them on the desk.

    What `valuecreation.study.coding` and `valuecreation.study.settling` return is an `Act`, and it changes nothing yet; `take`
    does. An act is written to the journal between the two, so that what is on disk is never behind what is on the screen.

    Parameters
    ----------
    study : Study
        As it is without the acts.
    coder : str
    acts : iterable of Act
        What this coder did before.
    beside : iterable of iterables of Act
        What others did, a journal each; their codings stay out of sight until the comparison is opened.
    language : {"en", "nl"}
        Of what is refused.

    Attributes
    ----------
    texts : dict of str to str
        By document, in the order of the study; withdrawn ones are not there.
    segments : dict of str to dict
        Rows by id, each with ``quote`` and ``speaker``.
    left_out : int
        How many segments cannot be shown, for they have no id of their own or no place; the checks of the study name them.
    """

    def __init__(
        self,
        study: Study,
        coder: str,
        acts: Iterable[Act] = (),
        beside: Iterable[Iterable[Act]] = (),
        language: str = "en",
    ):
        if not isinstance(coder, str) or not coder.strip() or coder != coder.strip() or coder == AGREED:
            raise DecisionNeeded(phrase("desk_who", language, coder=coder))
        self.study, self.coder, self.language = study, coder, language
        self.slug = slug(coder)
        self.acts = list(acts)
        self._by_number = {act.number: act for act in self.acts}
        study = apply(study, in_order([self.acts, *beside]))
        self.after = study
        documents = study.need("documents", "document_id", "text", purpose="Coding")
        documents = documents[~withdrawn_documents(study)].dropna(subset=["document_id", "text"])
        documents = documents.drop_duplicates("document_id")
        self.texts: dict[str, str] = dict(zip(documents["document_id"], documents["text"], strict=True))
        self.prints = {name: fingerprint(text) for name, text in self.texts.items()}
        self.segments = self._segments(study)
        self.rows: dict[str, dict[Key, dict]] = {
            name: self._own(study, name) for name in ("codes", "codings", "coverage", "memos")
        }
        self.opened = {act.document for act in self.acts if act.what == OPEN}
        self._on: dict[str, dict[Key, dict]] = {}
        for key, row in self.rows["codings"].items():
            self._on.setdefault(row["segment_id"], {})[key] = row
        self._books: dict[str, Codebook] = {}

    # --- what is on the desk ------------------------------------------------------------------------------------------

    def codings(self, segment_id: str, coder: str | None = None) -> list[dict]:
        """Return the codings of a coder (this one, unless said otherwise) on a segment.

        Those of others are empty until the comparison of that document is opened.
        """
        who = self.coder if coder is None else coder
        if who != self.coder and self.segment(segment_id)["document_id"] not in self.opened:
            return []
        return [row for row in self._on.get(segment_id, {}).values() if row["coder"] == who]

    def within(self, document: str) -> list[str]:
        """Return the segments of a document in order; selections of others only once its comparison is opened."""
        own = [
            (row["start"], row["end"], name) for name, row in self.segments.items() if row["document_id"] == document
        ]
        return [name for _, _, name in sorted(own) if document in self.opened or not self._of_another(name)]

    def at(self, document: str, start: int, end: int) -> list[str]:
        """Return the segments that are exactly this stretch."""
        return [
            name
            for name in self.within(document)
            if (self.segments[name]["start"], self.segments[name]["end"]) == (start, end)
        ]

    def coders(self, document: str) -> list[str]:
        """Return who else coded in a document or looked it through; known only once its comparison is opened."""
        if document not in self.opened:
            return []
        who = {row["coder"] for name in self.within(document) for row in self._on.get(name, {}).values()}
        who |= {row["coder"] for row in self.rows["coverage"].values() if row["document_id"] == document}
        return sorted(who - {self.coder, AGREED})

    def finished(self, document: str, segmentation: str | None, codebook: str, coder: str | None = None) -> bool:
        """Return whether a coder has said to have looked a document through."""
        return key_of("coverage", self.looked(document, segmentation, codebook, coder)) in self.rows["coverage"]

    def settled_as_nothing(self, segment_id: str, codebook: str) -> str:
        """Return the memo that says why a segment was settled as having no code, empty when it was not."""
        if self.segment(segment_id)["document_id"] not in self.opened:
            return ""
        return self.rows["memos"].get((f"{segment_id}-{codebook}-settled",), {}).get("text", "")

    def language_of(self, document: str) -> str:
        """Return the language of a document; Dutch where it does not say."""
        documents = self.study.frame("documents")
        said = documents.loc[documents["document_id"] == document, "language"]
        return said.iloc[0] if len(said) and said.iloc[0] in LANGUAGES else "nl"

    # --- acts ---------------------------------------------------------------------------------------------------------

    def undo(self) -> Act | None:
        """Take back the last act that is not taken back yet."""
        done, _ = done_and_undone(self.acts)
        return self.act(UNDO, done[-1].document, [], of=done[-1].number) if done else None

    def redo(self) -> Act | None:
        """Do again what was taken back last."""
        _, undone = done_and_undone(self.acts)
        return self.act(REDO, undone[-1].document, [], of=undone[-1].number) if undone else None

    def take(self, act: Act) -> tuple[Change, ...]:
        """Put an act into effect on the desk, and return what changed."""
        changes = changes_of(act, self._by_number)
        self.acts.append(act)
        self._by_number[act.number] = act
        if act.what == OPEN:
            self.opened.add(act.document)
        for change in changes:
            if change.table == "segments":
                self._take_segment(change)
                continue
            rows = [self.rows[change.table]]
            if change.table == "codings":
                rows.append(self._on.setdefault((change.now or change.was)["segment_id"], {}))
            for some in rows:
                if change.now is None:
                    some.pop(change.key, None)
                else:
                    some[change.key] = dict(change.now)
            if change.table == "codes":
                self._books.clear()
        return changes

    def book(self, name: str) -> Codebook:
        """Return a codebook with the codes that were added at this desk."""
        if name not in self._books:
            frame = pd.DataFrame(list(self.rows["codes"].values()))
            self._books[name] = (Study({"codes": frame}) if len(frame) else self.study).codebook(name)
        return self._books[name]

    # --- what acts are made of ----------------------------------------------------------------------------------------

    def act(self, what: str, document: str, changes: list[Change], of: int | None = None) -> Act:
        """Return the next act of this coder."""
        number = self.acts[-1].number + 1 if self.acts else 1
        return Act(number, now(), self.coder, what, document, self.prints.get(document, ""), tuple(changes), of)

    def on(self, segment_id: str, what: str, changes: list[Change]) -> Act:
        """Return an act on a segment; coding after having looked at the others' is no longer blind."""
        document = self.segment(segment_id)["document_id"]
        if document in self.opened and what != SETTLE:
            for row in self.rows["coverage"].values():
                if row["coder"] == self.coder and row["document_id"] == document and row.get("blind"):
                    changes.append(Change("coverage", row, {**row, "blind": False}))
        return self.act(what, document, changes)

    def _own(self, study: Study, name: str) -> dict[Key, dict]:
        frame = study.frame(name).astype(object)
        if "coder" in frame:
            frame = frame[frame["coder"].notna()]
        known = list(table_of_schema(name).columns)
        rows = (
            {one: _plain(row[one]) for one in known if _plain(row[one]) is not None} for row in frame.to_dict("records")
        )
        return {key_of(name, row): row for row in rows}

    def _segments(self, study: Study) -> dict[str, dict]:
        frame = study.frame("segments").assign(speaker=segment_speakers(study))
        frame = frame[~withdrawn_segments(study) & frame["document_id"].isin(self.texts)]
        places = frame[["start", "end"]].apply(pd.to_numeric, errors="coerce")
        usable = places.notna().all(axis=1) & frame["segment_id"].notna() & ~frame["segment_id"].duplicated()
        self.left_out = int((~usable).sum())
        frame = frame.assign(**places)[usable]
        frame = frame[[*table_of_schema("segments").columns, "speaker"]].sort_values(["start", "end"], kind="stable")
        rows = {}
        for row in frame.astype(object).to_dict("records"):
            row = {name: _plain(cell) for name, cell in row.items()}
            row["start"], row["end"] = int(row["start"]), int(row["end"])
            rows[row["segment_id"]] = row
        return rows

    def _take_segment(self, change: Change) -> None:
        if change.now is None:
            self.segments.pop(change.key[0], None)
            return
        row = dict(change.now)
        text = self.texts[row["document_id"]]
        self.segments[change.key[0]] = {
            **row,
            "quote": text[row["start"] : row["end"]],
            "speaker": row.get("participant_id") or self._teller(row["document_id"]),
        }

    def _of_another(self, segment_id: str) -> bool:
        row = self.segments[segment_id]
        return row["segmentation"] == SELECTION and row.get("made_by") not in (self.coder, None)

    def _teller(self, document: str) -> str | None:
        documents = self.study.frame("documents")
        teller = documents.loc[documents["document_id"] == document, "participant_id"].dropna()
        return teller.iloc[0] if len(teller) else None

    def speakers_within(self, document: str, start: int, end: int) -> set[str]:
        """Return who speaks in a stretch, where its turns say so."""
        return {
            row["participant_id"]
            for row in self.segments.values()
            if row["document_id"] == document
            and row["segmentation"] != SELECTION
            and row["start"] < end
            and row["end"] > start
            and row["participant_id"]
        }

    def text(self, document: str) -> str:
        """Return the text of a document, or say which there are."""
        if document not in self.texts:
            raise UnknownName.among("document with a text", document, self.texts)
        return self.texts[document]

    def segment(self, segment_id: str) -> dict:
        """Return the row of a segment, or say that it is not there."""
        if segment_id not in self.segments:
            raise UnknownName.among("segment", segment_id, self.segments)
        return self.segments[segment_id]

    def row(self, segment_id: str, codebook: str, code: str, reading: str | None) -> dict:
        """Return the row of a coding by this coder that nobody has judged yet."""
        self.segment(segment_id)
        book = self.book(codebook)
        if code not in book:
            raise UnknownName.among(f"code of {codebook}", code, [one.name for one in book.walk()])
        if book.readings and reading not in book.readings:
            raise UnknownName.among(f"reading of {codebook}", reading, book.readings)
        row = {"segment_id": segment_id, "codebook": codebook, "codebook_version": book.version, "code": code}
        return {**row, "coder": self.coder, **({"reading": reading} if reading else {})}

    def there(self, segment_id: str, codebook: str, code: str, reading: str | None) -> dict:
        """Return a coding of this coder that is there."""
        key = key_of("codings", self.row(segment_id, codebook, code, reading))
        if key not in self.rows["codings"]:
            raise DecisionNeeded(phrase("desk_no_coding", self.language, code=code, segment=segment_id))
        return self.rows["codings"][key]

    def looked(self, document: str, segmentation: str | None, codebook: str, coder: str | None = None) -> dict:
        """Return the row that says that a coder looked a document through."""
        self.text(document)
        row = {"coder": coder or self.coder, "document_id": document, "codebook": codebook}
        return {**row, **({"segmentation": segmentation} if segmentation else {})}


def slug(name: str) -> str:
    """Return a name as it can stand in an id and in a file name on any system; two names never come to the same.

    >>> slug("Anna de Wit"), slug("coder-1")
    ('anna-de-wit-e3c876', 'coder-1')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
    return name if name == plain else f"{plain or 'coder'}-{fingerprint(name)[:6]}"


def _plain(value: object) -> object:
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return value.item() if hasattr(value, "item") else value
