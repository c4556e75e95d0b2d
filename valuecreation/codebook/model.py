"""A codebook: a code system with its version, its readings and its codes in order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from valuecreation.codebook.code import LISTS, Code
from valuecreation.errors import UnknownName
from valuecreation.words import check_language, in_language

KINDS = ("cycles", "domains", "conditions", "functions", "other")


@dataclass(frozen=True, repr=False)
class Codebook:
    """A code system.

    Parameters
    ----------
    name, version : str
    kind : {"cycles", "domains", "conditions", "functions", "other"}
        What the codes are about; analyses of value use the cycles only.
    codes : tuple of Code
        The top-level codes in order; each carries its sub-codes.
    title, description : mapping
        By language.
    readings : mapping
        Ways of reading the codes, by name; a coding then says which.
    migrations : mapping
        How codes of another codebook move to this one; what only a person can decide says so.

    Examples
    --------
    >>> from valuecreation.codebook import load_codebook
    >>> list(load_codebook("vcf-2011").codes)
    ['immediate', 'potential', 'applied', 'realised', 'reframing']
    """

    name: str
    version: str
    kind: str
    codes: tuple[Code, ...]
    title: Mapping = field(default_factory=dict)
    description: Mapping = field(default_factory=dict)
    cautions: Mapping = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    licence: str = ""
    readings: Mapping = field(default_factory=dict)
    migrations: Mapping = field(default_factory=dict)

    def walk(self) -> Iterator[Code]:
        """Yield all codes, each followed by its sub-codes."""
        for code in self.codes:
            yield from code.walk()

    @cached_property
    def _by_name(self) -> dict[str, Code]:
        return {code.name: code for code in self.walk()}

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __getitem__(self, name: str) -> Code:
        """Return a code at any level."""
        if name not in self._by_name:
            raise UnknownName.among(f"code of {self.name}", name, self._by_name)
        return self._by_name[name]

    def top(self, name: str) -> str:
        """Return the top-level code above a code (the code itself when it is one)."""
        code = self[name]
        while code.parent is not None:
            code = self[code.parent]
        return code.name

    def label(self, name: str, language: str = "en", reading: str | None = None) -> str:
        """Return the label of a code, or the name itself when the book does not know it."""
        return self._by_name[name].label(language, reading) if name in self._by_name else str(name)

    def tree(self, language: str = "en") -> str:
        """Return the codes as an indented list.

        >>> from valuecreation.codebook import load_codebook
        >>> print(load_codebook("biesta").tree("nl"))
        kwalificatie (qualification)
        socialisatie (socialisation)
        subjectwording (subjectification)
        """
        lines = []
        for code in self.walk():
            depth = 0
            above = code.parent
            while above is not None:
                depth, above = depth + 1, self[above].parent
            lines.append(f"{'    ' * depth}{code.label(language)} ({code.name})")
        return "\n".join(lines)

    def to_frame(self, language: str = "en") -> pd.DataFrame:
        """Return one row a code, all levels, in order.

        Returns
        -------
        pandas.DataFrame
            Columns codebook, code, parent, label, question, definition, include, exclude, boundaries,
            guiding_questions, indicators, survey_items. Lists are joined by ``"; "``.
        """
        check_language(language)
        rows = [
            {
                "codebook": self.name,
                "code": code.name,
                "parent": code.parent,
                "label": code.label(language),
                "question": code.question(language),
                "definition": code.definition(language),
                **{part: "; ".join(code.items(part, language)) for part in LISTS[:2]},
                "boundaries": "; ".join(f"{other}: {test}" for other, test in code.boundaries(language).items()),
                **{part: "; ".join(code.items(part, language)) for part in LISTS[2:]},
            }
            for code in self.walk()
        ]
        return pd.DataFrame(rows).astype("str")

    def to_markdown(self, language: str = "en") -> str:
        """Return the coding manual: what a student prints."""
        from valuecreation.codebook.manual import manual

        return manual(self, check_language(language))

    def __repr__(self) -> str:
        return f"<Codebook {self.name} {self.version}: {', '.join(self.codes)}>"

    def _repr_markdown_(self) -> str:
        title = in_language(self.title, "en") or self.name
        return f"**{title}** ({self.name}, version {self.version})\n\n```\n{self.tree()}\n```"
