"""The parts of the field kit, made of the words in kit/ and of a codebook."""

from collections.abc import Mapping

from valuecreation.codebook import Codebook
from valuecreation.reporting.kit_blocks import (
    Block,
    Bullets,
    Cards,
    Fields,
    Grid,
    Heading,
    Lines,
    NewPage,
    Part,
    Text,
)
from valuecreation.study.telling import CYCLES
from valuecreation.words import in_language, label, load_data, phrase, vocabulary

PARTS = ("interview", "diary", "story", "consent", "codebook")
FILES = {
    "en": dict(zip(PARTS, ("interview-guide", "diary-cards", "story-form", "consent-form", "codebook"), strict=True)),
    "nl": dict(
        zip(
            PARTS,
            ("gespreksleidraad", "logboekkaartjes", "verhaalformulier", "toestemmingsformulier", "codeboek"),
            strict=True,
        )
    ),
}
_BLANK = "…" * 24


def part_of(name: str, language: str, book: Codebook, contact: str | None) -> Part:
    """Return a part of the kit in a language."""
    data = load_data(f"kit/{name}.yaml")
    title = in_language(data["title"], language)
    blocks = _MAKE[name](data, language, book, contact)
    if name == "codebook":
        title = title.format(title=in_language(book.title, language))
        sizes = {"most_pages": 2, "points": 9.5, "smallest": 8.0}
    else:
        sizes = {}
    return Part(
        name, FILES[language][name], title, in_language(data["for_whom"], language), language, tuple(blocks), **sizes
    )


def consent_layers(language: str) -> dict[str, str]:
    """Return what each layer of the consent form says, by its scope in the table consents."""
    return {scope: in_language(text, language) for scope, text in load_data("kit/consent.yaml")["layers"].items()}


def consent_fields(language: str) -> dict[str, str]:
    """Return the labels of what is filled in on the consent form, by their column in the table consents."""
    return {name: in_language(text, language) for name, text in load_data("kit/consent.yaml")["fields"].items()}


def _blocks(data: Mapping, language: str, book: Codebook) -> list[Block]:
    made: list[Block] = []
    for entry in data["blocks"]:
        ((kind, said),) = entry.items()
        if kind == "questions":
            made += _cycle_questions(language, book) if said == "codebook" else _story_questions(language)
        else:
            made.append(_READ[kind](said, language))
    return made


def _cycle_questions(language: str, book: Codebook) -> list[Block]:
    made: list[Block] = []
    for code in book.codes:
        asked = code.items("guiding_questions", language) or [code.question(language)]
        made += [Heading(code.label(language)), Bullets(tuple(one for one in asked if one))]
    return made


def _story_questions(language: str) -> list[Block]:
    made: list[Block] = [
        Fields(tuple(phrase(f"tell_{name}", language) for name in ("teller", "told_on", "title", "collected_by")))
    ]
    for name in (*CYCLES, "counterfactual"):
        made += [Heading(phrase(f"tell_{name}", language)), Lines(3)]
    return made


def _interview(data: Mapping, language: str, book: Codebook, contact: str | None) -> list[Block]:
    return _blocks(data, language, book)


def _diary(data: Mapping, language: str, book: Codebook, contact: str | None) -> list[Block]:
    card = data["card"]
    asks = tuple((in_language(one, language), one["lines"]) for one in card["asks"])
    return [Cards(in_language(card["heading"], language), asks, in_language(card["foot"], language))]


def _consent(data: Mapping, language: str, book: Codebook, contact: str | None) -> list[Block]:
    heads, apart = data["heads"], data["apart"]
    layers = consent_layers(language).items()
    rows = tuple((label("consent_scope", scope, language), text, "", "") for scope, text in layers)
    names = tuple(in_language(heads[one], language) for one in ("layer", "text", "allow", "refuse"))
    return [
        *(Text(in_language(one, language)) for one in data["intro"]),
        Text(in_language(data["how"], language)),
        Fields(tuple(consent_fields(language).values())),
        Grid(names, rows, (0.17, 0.61, 0.11, 0.11), tick=(2, 3)),
        Text(in_language(data["keep"], language), small=True),
        Text(f"{in_language(data['ask'], language)} {contact or _BLANK}"),
        NewPage(),
        Heading(in_language(apart["heading"], language)),
        Text(in_language(apart["text"], language)),
        Fields(tuple(in_language(one, language) for one in apart["fields"])),
    ]


def _codebook(data: Mapping, language: str, book: Codebook, contact: str | None) -> list[Block]:
    heads = tuple(in_language(data["heads"][one], language) for one in ("code", "include", "exclude"))
    rows, tests = [], []
    for code in book.codes:
        first = "\n".join(
            one
            for one in (f"{code.label(language)} ({code})", code.question(language), code.definition(language))
            if one
        )
        lists = ("\n".join(f"• {one}" for one in code.items(part, language)) for part in ("include", "exclude"))
        rows.append((first, *lists))
        for other, test in code.boundaries(language).items():
            if test and (other, str(code)) not in {key for key, _ in tests}:
                tests.append(((str(code), other), test))
    made: list[Block] = [
        Text(in_language(data["no_order"], language), small=True),
        Grid(heads, tuple(rows), (0.42, 0.31, 0.27)),
    ]
    asked = in_language(data["test"], language)
    if tests:
        named = {str(code): code.label(language) for code in book.walk()}
        lines = (
            f"{asked.format(code=named.get(code, code), other=named.get(other, other))} {test}"
            for (code, other), test in tests
        )
        made.append(Bullets(tuple(lines)))
    for name in ("status", "polarity"):
        words = "; ".join(label(name, key, language) for key in vocabulary(name))
        made.append(Text(f"{in_language(data[name], language)} {words}."))
    return made


_READ = {
    "heading": lambda said, language: Heading(in_language(said, language)),
    "text": lambda said, language: Text(in_language(said, language)),
    "small": lambda said, language: Text(in_language(said, language), small=True),
    "bullets": lambda said, language: Bullets(tuple(said[language])),
    "lines": lambda said, language: Lines(said),
    "fields": lambda said, language: Fields(tuple(in_language(one, language) for one in said)),
}
_MAKE = {"interview": _interview, "diary": _diary, "story": _interview, "consent": _consent, "codebook": _codebook}
