r"""Text and offsets: what a position in a document means, and what identifies a person in it.

Offsets are Unicode code points in text with ``\n`` line ends and without a byte order mark, half open, counted from 0, so
that ``text[start:end]`` in Python is the quote. An emoji counts as one.
"""

from valuecreation.text.identifying import IDENTIFYING, find_identifying
from valuecreation.text.labels import Labelled, Spoken, is_role, labelled
from valuecreation.text.offsets import find_quote, normalise
from valuecreation.text.splitting import WAYS, split

__all__ = [
    "IDENTIFYING",
    "WAYS",
    "Labelled",
    "Spoken",
    "find_identifying",
    "find_quote",
    "is_role",
    "labelled",
    "normalise",
    "split",
]
