"""A code: a word of a code system, which knows its definition, its limits and its neighbours."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from valuecreation.words import check_language, in_language

TEXTS = ("label", "question", "definition")
LISTS = ("include", "exclude", "guiding_questions", "indicators", "survey_items")


class Code(str):
    """One code of a codebook.

    A code *is* its name, so it can be used wherever a table holds that name, and it carries what the codebook says
    about it. The texts are asked for in a language: ``code.label("nl")``.

    Examples
    --------
    >>> code = Code("lesson", {"label": {"en": "used in a lesson", "nl": "in een les gebruikt"}}, parent="applied")
    >>> code == "lesson", code.label("nl"), code.parent
    (True, 'in een les gebruikt', 'applied')
    """

    name: str
    parent: str | None
    codes: tuple["Code", ...]
    entry: Mapping[str, object]

    def __new__(cls, name: str, entry: Mapping | None = None, parent: str | None = None, codes: tuple = ()):
        """Make a code from its entry in a codebook file."""
        self = super().__new__(cls, name)
        attributes = {
            "name": name,
            "entry": MappingProxyType(dict(entry or {})),
            "parent": parent,
            "codes": tuple(codes),
        }
        for attribute, value in attributes.items():
            object.__setattr__(self, attribute, value)
        return self

    def __setattr__(self, attribute: str, value: object):
        raise AttributeError(f"a code does not change; make another with {attribute} as you want it")

    def __reduce__(self):
        return (Code, (self.name, dict(self.entry), self.parent, self.codes))

    def label(self, language: str = "en", reading: str | None = None) -> str:
        """Return the label, in a reading where the codebook gives one of its own."""
        by_reading = self.entry.get("label_by_reading") or {}
        return self._text(by_reading.get(reading) or self.entry.get("label"), language) or self.name

    def question(self, language: str = "en") -> str:
        """Return the short question that the code answers."""
        return self._text(self.entry.get("question"), language)

    def definition(self, language: str = "en") -> str:
        """Return the definition."""
        return self._text(self.entry.get("definition"), language)

    def items(self, part: str, language: str = "en") -> list[str]:
        """Return one of the lists: include, exclude, guiding_questions, indicators, survey_items."""
        listed = self.entry.get(part) or []
        if isinstance(listed, Mapping):
            listed = listed.get(check_language(language)) or next(iter(listed.values()), [])
        return [str(item) for item in listed]

    def boundaries(self, language: str = "en") -> dict[str, str]:
        """Return the boundary tests, by the neighbouring code."""
        return {one["with"]: self._text(one.get("test"), language) for one in self.entry.get("boundaries") or []}

    def readings(self, language: str = "en") -> dict[str, str]:
        """Return how each reading of the codebook draws the line, where it says so."""
        return {name: self._text(text, language) for name, text in (self.entry.get("by_reading") or {}).items()}

    @property
    def examples(self) -> tuple[Mapping, ...]:
        """The examples, each with its text, its answers and the reason."""
        return tuple(self.entry.get("examples") or ())

    def walk(self) -> Iterator["Code"]:
        """Yield this code and all below it, in order."""
        yield self
        for code in self.codes:
            yield from code.walk()

    @staticmethod
    def _text(text: object, language: str) -> str:
        return in_language(text, check_language(language)).strip()
