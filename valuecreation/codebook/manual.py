"""The coding manual: a codebook as a text to print and to learn from."""

from collections.abc import Iterator, Mapping

from valuecreation.codebook.code import Code
from valuecreation.codebook.model import Codebook
from valuecreation.words import in_language, label, phrase, vocabulary

_PARTS = ("include", "exclude")
_MORE = ("guiding_questions", "indicators", "survey_items")


def manual(book: Codebook, language: str) -> str:
    """Return a codebook in Markdown."""
    text = "\n".join(_lines(book, language)).rstrip() + "\n"
    return text.replace("−", "-")  # the sign that a coder types


def _lines(book: Codebook, language: str) -> Iterator[str]:
    yield f"# {in_language(book.title, language) or book.name}"
    yield ""
    yield f"{phrase('codebook', language)}: `{book.name}`, {phrase('version', language)} {book.version}"
    yield ""
    if book.description:
        yield in_language(book.description, language).strip()
        yield ""
    cautions = book.cautions.get(language, []) if isinstance(book.cautions, Mapping) else book.cautions
    yield from _listed("cautions_of_codebook", cautions, language, "##")
    if book.readings:
        yield f"## {phrase('readings', language)}"
        yield ""
        for name, reading in book.readings.items():
            reading = reading if isinstance(reading, Mapping) else {"description": reading}
            title = in_language(reading.get("title"), language)
            words = in_language(reading.get("description"), language).strip()
            yield f"- **{name}**{': ' + title if title else ''}. {words}"
        yield ""
    yield f"## {phrase('status_and_polarity', language)}"
    yield ""
    for name in ("status", "polarity"):
        yield phrase(f"{name}_line", language)
        yield ""
        yield from (f"- `{key}`: {label(name, key, language)}" for key in vocabulary(name))
        yield ""
    for code in book.codes:
        yield from _code(code, book, language, "##")
    yield from _listed("sources", book.sources, language, "##")


def _code(code: Code, book: Codebook, language: str, level: str) -> Iterator[str]:
    yield f"{level} {code.label(language)} (`{code.name}`)"
    yield ""
    if code.question(language):
        yield f"*{code.question(language)}*"
        yield ""
    if code.definition(language):
        yield code.definition(language)
        yield ""
    for part in _PARTS:
        yield from _listed(part, code.items(part, language), language, f"{level}#")
    tests = [f"**{book.label(other, language)}**: {test}" for other, test in code.boundaries(language).items()]
    yield from _listed("boundaries", tests, language, f"{level}#")
    drawn = [f"**{name}**: {words}" for name, words in code.readings(language).items()]
    yield from _listed("by_reading", drawn, language, f"{level}#")
    yield from _listed("examples", [_example(one, language) for one in code.examples], language, f"{level}#")
    for part in _MORE:
        yield from _listed(part, code.items(part, language), language, f"{level}#")
    for child in code.codes:
        yield from _code(child, book, language, f"{level}#" if len(level) < 5 else level)


def _example(example: Mapping, language: str) -> str:
    answers = []
    for answer in example.get("answers") or []:
        reading = f", {answer['reading']}" if answer.get("reading") else ""
        judged = [label("status", answer["status"], language)] if answer.get("status") else []
        judged += (
            [f"{answer['polarity']} {label('polarity', answer['polarity'], language)}"]
            if answer.get("polarity")
            else []
        )
        answers.append(
            f"`{answer.get('code')}` ({answer.get('codebook')}{reading}){': ' if judged else ''}{', '.join(judged)}"
        )
    why = in_language(example.get("why"), language).strip()
    return f"“{in_language(example.get('text'), language).strip()}” → {' / '.join(answers)}. {why}".rstrip()


def _listed(heading: str, items: object, language: str, level: str) -> Iterator[str]:
    if items:
        yield f"{level} {phrase(heading, language)}"
        yield ""
        for item in items:
            yield f"- {str(item).strip()}"
        yield ""
