"""What the coding widget shows of a desk, as plain values for the page: books, a document, its segments, where one stands."""

from valuecreation.codebook import Codebook
from valuecreation.cues import remarks
from valuecreation.study import settling
from valuecreation.study.acts import done_and_undone
from valuecreation.study.coding import JUDGED
from valuecreation.study.desk import AGREED, SELECTION, Desk
from valuecreation.words import LANGUAGES, in_language, label, load_data, vocabulary

_AROUND = 200


def words_shown(language: str) -> dict:
    """Return the words of the page and the closed lists, in a language."""
    words = {name: in_language(text, language) for name, text in load_data("widgets/coder.yaml").items()}
    lists = {name: [[one, label(name, one, language)] for one in vocabulary(name)] for name in JUDGED}
    return {"words": words, "lists": lists, "language": language, "languages": list(LANGUAGES)}


def book_shown(book: Codebook, language: str) -> dict:
    """Return a codebook with all that stands beside a choice: definition, what is and is not meant, boundary tests."""
    return {
        "name": book.name,
        "title": in_language(book.title, language) or book.name,
        "readings": list(book.readings),
        "codes": [
            {
                "code": code.name,
                "parent": code.parent,
                "label": code.label(language),
                "question": code.question(language),
                "definition": code.definition(language),
                "include": code.items("include", language),
                "exclude": code.items("exclude", language),
                "boundaries": [
                    [book.label(other, language), test] for other, test in code.boundaries(language).items()
                ],
                "by_reading": code.readings(language),
            }
            for code in book.walk()
        ],
    }


def ways_of(desk: Desk, document: str) -> list[str]:
    """Return how a document was cut, the way with most segments first."""
    counts: dict[str, int] = {}
    for row in desk.segments.values():
        if row["document_id"] == document and row["segmentation"] not in (SELECTION, None):
            counts[row["segmentation"]] = counts.get(row["segmentation"], 0) + 1
    return sorted(counts, key=lambda way: -counts[way])


def document_shown(desk: Desk, document: str, way: str, codebooks: list[str], language: str) -> dict:
    """Return a document: its text and its segments as they were cut and as they were marked, with the codes in sight."""
    names = [name for name in desk.within(document) if desk.segments[name]["segmentation"] in (way or None, SELECTION)]
    return {
        "document": document,
        "text": desk.text(document),
        "ways": ways_of(desk, document),
        "way": way,
        "segments": [segment_shown(desk, name, codebooks, language) for name in names],
    }


def segment_shown(desk: Desk, segment: str, codebooks: list[str], language: str) -> dict:
    """Return a segment with this coder's codings, and those of others and what is agreed where they may be seen."""
    row = desk.segment(segment)
    document = row["document_id"]
    beside = {who: _codings(desk, segment, who, codebooks, language) for who in desk.coders(document)}
    memo = desk.rows["memos"].get((f"{document}-m{row['start']:05d}-{row['end']:05d}-{desk.slug}",), {})
    shown = {
        "id": segment,
        "start": row["start"],
        "end": row["end"],
        "speaker": row["speaker"],
        "selection": row["segmentation"] == SELECTION,
        "codings": _codings(desk, segment, desk.coder, codebooks, language),
        "memo": memo.get("text", ""),
    }
    if document in desk.opened:
        shown |= {
            "others": beside,
            "agreed": _codings(desk, segment, AGREED, codebooks, language),
            "nothing": [memo for name in codebooks if (memo := desk.settled_as_nothing(segment, name))],
        }
    return shown


def remarks_shown(desk: Desk, segment: str, language: str) -> list[dict]:
    """Return the boundary hints beside this coder's choices on a segment."""
    row = desk.segment(segment)
    text = desk.text(row["document_id"])
    around = text[max(0, row["start"] - _AROUND) : row["start"]] + " " + text[row["end"] : row["end"] + _AROUND]
    own = desk.codings(segment)
    shown = []
    for one in own:
        others = [other["code"] for other in own if other["code"] != one["code"]]
        found = remarks(
            row["quote"], one["code"].split(".")[0], one.get("status"), others=others, context=around,
            text_language=desk.language_of(row["document_id"]), language=language,
        )  # fmt: skip
        named = desk.book(one["codebook"]).label(one["code"], language)
        shown += [{"code": named, "message": each.message, "found": list(each.found)} for each in found]
    return shown


def state_shown(desk: Desk, document: str, way: str, codebooks: list[str], readings: dict[str, str | None]) -> dict:
    """Return where one stands: what can be undone, what is looked through, what is still to settle."""
    done, undone = done_and_undone(desk.acts)
    opened = document in desk.opened
    disputed = [
        [name, one]
        for name in (codebooks if opened and way else ())
        for one in settling.disputed(desk, document, name, way, readings.get(name))
    ]
    return {
        "undo": bool(done),
        "redo": bool(undone),
        "finished": all(desk.finished(document, way or None, name) for name in codebooks),
        "opened": opened,
        "coders": desk.coders(document),
        "disputed": disputed,
        "closed": opened and all(desk.finished(document, way or None, name, AGREED) for name in codebooks),
    }


def _codings(desk: Desk, segment: str, coder: str, codebooks: list[str], language: str) -> list[dict]:
    shown = []
    for row in desk.codings(segment, coder):
        if row["codebook"] not in codebooks:
            continue
        book = desk.book(row["codebook"])
        named = book.label(row["code"], language, row.get("reading"))
        kept = (*JUDGED, "codebook", "reading", "code", "quantifier", "memo", "decided_by", "why")
        shown.append({"label": named, **{name: row[name] for name in kept if row.get(name)}})
    places = {name: place for place, name in enumerate(codebooks)}
    order = {code.name: place for name in codebooks for place, code in enumerate(desk.book(name).walk())}
    return sorted(shown, key=lambda one: (places[one["codebook"]], order.get(one["code"], len(order))))
