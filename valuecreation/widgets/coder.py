"""The coding widget: a document in view, codes by keyboard, and every act on disk before it is on the screen."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import anywidget

from valuecreation.errors import DecisionNeeded, MissingTable, UnknownName, ValueCreationError
from valuecreation.io.journals import coded, journals, open_journal
from valuecreation.study import Study, coding, settling
from valuecreation.study.acts import Act, Change
from valuecreation.study.desk import Desk
from valuecreation.widgets import coder_shown as shown
from valuecreation.widgets.coder_twin import Twin
from valuecreation.words import check_language, phrase

_LENSES = ("vcf-2011", "biesta")
_ACTS = {
    "code": coding.code,
    "uncode": coding.uncode,
    "judge": coding.judge,
    "select": coding.select,
    "remark": coding.remark,
    "add_code": coding.add_code,
    "finish": coding.finish,
    "reopen": coding.reopen,
    "open": settling.open_comparison,
    "settle": settling.settle,
    "close": settling.finish_settling,
    "undo": Desk.undo,
    "redo": Desk.redo,
}


class Coder(anywidget.AnyWidget):
    """A coder's desk on the screen; `code` makes one.

    Attributes
    ----------
    desk : Desk
    study : Study
        The study with all that was coded up to now, by everybody.
    path : Path
        The journal of this coder.
    """

    _esm = Path(__file__).with_name("coder.js")
    _css = Path(__file__).with_name("coder.css")

    def __init__(
        self,
        study: Study,
        coder: str,
        documents: Iterable[str] | None = None,
        codebooks: Iterable[str] | None = None,
        language: str = "en",
        segmentation: str | None = None,
        folder: str | Path | None = None,
    ):
        if not isinstance(study, Study):
            raise MissingTable(f"code takes a study; this is {type(study).__name__}. Read one with vc.read_study.")
        super().__init__()
        self._base, self._folder, self.language = study, folder, check_language(language)
        Desk(study, coder, language=language)  # who cannot code is told so before a journal is opened
        self._journal = open_journal(study, coder, folder)
        beside = [one.acts for one in journals(study, folder) if one.coder != coder]
        self.desk = Desk(study, coder, self._journal.acts, beside, language)
        self.codebooks = _listed(codebooks) or self._books_in_use()
        for name in self.codebooks:
            self.desk.book(name)
        self.readings = {name: self._reading(name) for name in self.codebooks if self.desk.book(name).readings}
        self.documents = self._chosen(_listed(documents), segmentation)
        self.document = next((one for one in self.documents if not self._done(one)), self.documents[0])
        self.on_msg(self._asked)

    def __repr__(self) -> str:
        books = ", ".join(self.codebooks)
        return f"<Coder {self.desk.coder} on {self._base.name}: {len(self.documents)} documents, {books}>"

    @property
    def study(self) -> Study:
        """The study with everything that was coded up to now."""
        return coded(self._base, folder=self._folder)

    @property
    def path(self) -> Path:
        """Where the journal of this coder is."""
        return self._journal.path

    def act(self, what: str, **asked: object) -> tuple[Change, ...]:
        """Do what a key of the widget does, journal and all.

        Parameters
        ----------
        what : str
            ``code``, ``uncode``, ``judge``, ``select``, ``remark``, ``add_code``, ``finish``, ``reopen``, ``open``, ``settle``,
            ``close``, ``undo``, ``redo``.
        **asked
            What the function of that name in `valuecreation.study.coding` or `valuecreation.study.settling` takes.

        Returns
        -------
        tuple of Change
            What changed; nothing when there was nothing to undo.
        """
        for act in self._journal.fresh():
            self.desk.take(act)
        if what not in _ACTS:
            raise UnknownName.among("act", what, _ACTS)
        made: Act | None = _ACTS[what](self.desk, **asked)
        if made is None:
            return ()
        self._journal.add(made)
        return self.desk.take(made)

    def twin(self, document: str | None = None) -> Twin:
        """Return what the widget shows of a document as a page that stands still, for print and for who has no kernel."""
        name = self.document if document is None else document
        return Twin(self._opened(name), self.desk.coder, self.language)

    def _asked(self, _: object, content: Mapping, __: object) -> None:
        """Answer a message of the page; what cannot be done is answered with the sentence that says why."""
        asked = dict(content)
        number, what = asked.pop("number", None), asked.pop("what", None)
        try:
            answer = self._answer(what, asked)
        except (ValueCreationError, TypeError, KeyError) as error:
            answer = {"refused": str(error.args[0] if error.args else error)}
        self.send({"number": number, **answer})

    def _answer(self, what: str, asked: dict) -> dict:
        if what in ("hello", "language"):
            self.language = self.desk.language = check_language(asked.get("language", self.language))
            return {"all": self._everything(), "opened": self._opened(self.document)}
        if what == "turn_to":
            if asked["document"] not in self.documents:
                raise UnknownName.among("document", asked["document"], self.documents)
            self.document = asked["document"]
            self._ways[self.document] = asked.get("way") or self._ways[self.document]
            return {"opened": self._opened(self.document)}
        if what == "reading":
            self.readings[asked["book"]] = asked["reading"] or None
            return {"state": self._state()}
        if what == "remarks":
            return {
                "remarks": {asked["segment_id"]: shown.remarks_shown(self.desk, asked["segment_id"], self.language)}
            }
        return self._after(what, self.act(what, **self._with_reading(asked)))

    def _with_reading(self, asked: dict) -> dict:
        """Return what was asked with the declared reading of its codebook."""
        book = asked.get("codebook")
        if book not in self.readings or "reading" in asked:
            return asked
        if self.readings[book] is None:
            title = shown.book_shown(self.desk.book(book), self.language)["title"]
            raise DecisionNeeded(phrase("desk_reading", self.language, book=title))
        return {**asked, "reading": self.readings[book]}

    def _after(self, what: str, changes: tuple[Change, ...]) -> dict:
        """Return what the page has to draw anew after an act."""
        answer: dict = {"state": self._state()}
        tables = {change.table for change in changes}
        if "codes" in tables:
            answer["books"] = self._books()
        if "coverage" in tables:
            answer["done"] = self._done_now()
        touched, gone = [], []
        for change in changes:
            row = change.now or change.was
            if change.table == "memos":
                touched += self.desk.at(row["document_id"], row["start"], row["end"])
            elif change.table in ("codings", "segments"):
                (touched if row["segment_id"] in self.desk.segments else gone).append(row["segment_id"])
        touched = list(dict.fromkeys(touched))
        places = {self.desk.segments[one]["document_id"] for one in touched}
        places |= {change.was["document_id"] for change in changes if change.table == "segments" and change.was}
        elsewhere = places - {self.document}
        if elsewhere or what in ("open", "close"):  # an undo goes to where its act was
            self.document = next(iter(elsewhere), self.document)
            return {**answer, "opened": self._opened(self.document), "active": touched[-1] if touched else None}
        return {
            **answer,
            "put": [shown.segment_shown(self.desk, one, self.codebooks, self.language) for one in touched],
            "remarks": {one: shown.remarks_shown(self.desk, one, self.language) for one in touched},
            "gone": gone,
            "active": touched[-1] if touched else None,
        }

    def _everything(self) -> dict:
        words = shown.words_shown(self.language)
        known = {"left_out": self.desk.left_out, "coder": self.desk.coder}
        return {**words, **known, "books": self._books(), "documents": self._done_now()}

    def _done_now(self) -> list:
        return [[one, self._done(one)] for one in self.documents]

    def _books(self) -> list[dict]:
        return [shown.book_shown(self.desk.book(name), self.language) for name in self.codebooks]

    def _opened(self, document: str) -> dict:
        self.desk.text(document)
        way = self._ways.get(document, "")
        page = shown.document_shown(self.desk, document, way, self.codebooks, self.language)
        return {**page, "state": self._state(document)}

    def _state(self, document: str | None = None) -> dict:
        name = document or self.document
        way = self._ways.get(name, "")
        state = shown.state_shown(self.desk, name, way, self.codebooks, self.readings)
        return {**state, "readings": self.readings}

    def _chosen(self, documents: list[str], segmentation: str | None) -> list[str]:
        """Return the documents to code, and settle how each is cut."""
        for one in documents:
            self.desk.text(one)
        names = documents or list(self.desk.texts)
        self._ways: dict[str, str] = {}
        for one in names:
            ways = shown.ways_of(self.desk, one)
            if segmentation is not None and segmentation not in ways:
                raise UnknownName.among(f"way in which {one} was cut", segmentation, ways)
            self._ways[one] = segmentation or next(iter(ways), "")
        return names

    def _books_in_use(self) -> list[str]:
        used = self._base.codebook_names()
        return [name for name in used if self._base.codebook(name).kind in ("cycles", "domains")] or [*used, *_LENSES]

    def _reading(self, book: str) -> str | None:
        """Return the reading in which this coder coded up to now; a reading is never guessed."""
        rows = self.desk.rows["codings"].values()
        used = {row.get("reading") for row in rows if (row["codebook"], row["coder"]) == (book, self.desk.coder)}
        return next(iter(used)) if len(used) == 1 else None

    def _done(self, document: str) -> bool:
        return all(self.desk.finished(document, self._ways.get(document) or None, name) for name in self.codebooks)


def code(
    study: Study,
    coder: str,
    documents: Iterable[str] | str | None = None,
    codebooks: Iterable[str] | str | None = None,
    language: str = "en",
    segmentation: str | None = None,
    folder: str | Path | None = None,
) -> Coder:
    """Return the coding widget, to be shown as the last line of a notebook cell.

    Every act is on disk at once, in a journal of this coder alone; `vc.coded` gives the study with what the journals hold.
    Each coder is blind to the others in a document until the comparison of that document is opened there, and from then on the
    table ``coverage`` says so. All of it goes by keyboard; ``?`` lists the keys.

    Parameters
    ----------
    study : Study
    coder : str
        Who codes. Give each person a name of their own, and always the same.
    documents : str or list of str, optional
        Only these.
    codebooks : str or list of str, optional
        Those of cycles and domains that the study uses; ``vcf-2011`` and ``biesta`` in a study without codings.
    language : {"en", "nl"}
        May be changed with the control of that name.
    segmentation : str, optional
        Which segments are coded, of those the documents have (``turn``, ``sentence``, ``entry`` ...). Left out, for each document
        the one with most segments; a document without segments is coded by selecting words.
    folder : str or Path, optional
        Where the journals are. Left out: ``coding/`` in the folder of the study, and for a workbook, a shipped example or a study
        in memory a folder of the user.

    Returns
    -------
    Coder
        ``.study`` is the study as coded up to now, ``.twin()`` a page that stands still.

    Raises
    ------
    DecisionNeeded
        Of a name that cannot be a coder's.
    UnknownName
        Of a document, codebook or segmentation that is not there.

    Examples
    --------
    >>> import valuecreation as vc
    >>> vc.code(vc.load_example("lindehout"), coder="anna", documents="P01-i1", folder="coding-of-anna")
    <Coder anna on lindehout: 1 documents, vcf-2011, biesta>
    """
    return Coder(study, coder, documents, codebooks, language, segmentation, folder)


def _listed(names: Iterable[str] | str | None) -> list[str]:
    return [] if names is None else [names] if isinstance(names, str) else list(dict.fromkeys(names))
