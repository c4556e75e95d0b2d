"""What a printed page of the field kit is made of, before it is Word or PDF."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading inside a part."""

    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph; a small one is a remark for whoever uses the page."""

    text: str
    small: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list of questions or remarks."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Lines:
    """Empty lines to write on."""

    count: int


@dataclass(frozen=True)
class Fields:
    """Labels with room to write after each."""

    labels: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table; widths are shares of the width of the page, and `tick` are the columns with a box to put a cross in."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    tick: tuple[int, ...] = ()


@dataclass(frozen=True)
class NewPage:
    """What follows stands on a page of its own."""


@dataclass(frozen=True)
class Cards:
    """One card four times on a page, to be cut: a heading, questions with lines, and a line below."""

    heading: str
    asks: tuple[tuple[str, int], ...]
    foot: str


Block = Heading | Text | Bullets | Lines | Fields | Grid | NewPage | Cards


@dataclass(frozen=True)
class Part:
    """A part of the kit.

    Attributes
    ----------
    name : str
        ``consent``, for instance.
    file : str
        The name of its files, without an ending, in the language of the part.
    title, for_whom : str
    language : {"en", "nl"}
    blocks : tuple of Block
    most_pages : int or None
        How many pages it may have; its print becomes smaller until it fits, and no smaller than `smallest`.
    points, smallest : float
        The size of the print.
    """

    name: str
    file: str
    title: str
    for_whom: str
    language: str
    blocks: tuple[Block, ...]
    most_pages: int | None = None
    points: float = 11
    smallest: float = 10
