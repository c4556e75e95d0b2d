"""Pseudonyms at the door: every person who is named in a log gets one, and the key that names them stays apart."""

import re
from collections.abc import Iterable

import pandas as pd

from valuecreation.errors import DecisionNeeded

KEY_COLUMNS = ["name", "participant_id"]
_SHORTEST = 3
_WORD = re.compile(r"\w+")
_PSEUDONYM = re.compile(r"[A-Za-z]{1,4}[-_]?\d{1,4}")


class Pseudonyms:
    """Hands out P01, P02, ... in the order in which people are met, or what an earlier key says.

    Parameters
    ----------
    key : pandas.DataFrame, optional
        From an earlier file: columns name, participant_id.

    Examples
    --------
    >>> people = Pseudonyms()
    >>> people.of("Fenna Bos"), people.of("Ruud"), people.of(" Fenna  Bos")
    ('P01', 'P02', 'P01')
    >>> people.key()["name"].tolist()
    ['Fenna Bos', 'Ruud']
    """

    def __init__(self, key: pd.DataFrame | None = None):
        if key is not None and (not isinstance(key, pd.DataFrame) or not set(KEY_COLUMNS) <= set(key.columns)):
            raise DecisionNeeded(
                "key= is the table that an earlier reading gave as .key, with the columns name and participant_id; "
                "this is another thing. Leave it out to begin a new key."
            )
        rows = [] if key is None else key[KEY_COLUMNS].astype("str").to_numpy().tolist()
        self._known = {_tidy(name): code for name, code in rows}
        self._folded = {name.casefold(): code for name, code in self._known.items()}
        self._used = set(self._known.values())
        self._next: dict[str, int] = {}
        self._kept_as_they_are: set[str] = set()

    def keep(self, names: Iterable[str]) -> bool:
        """Leave names as they are when all of them are pseudonyms already (P07, D-12) and no key says otherwise."""
        names = {_tidy(name) for name in names if name}
        if self._known or not names or not all(_PSEUDONYM.fullmatch(name) for name in names):
            return False
        self._kept_as_they_are |= names
        self._used |= names
        return True

    def of(self, name: str | None, fold: bool = False, letter: str = "P") -> str | None:
        """Return the pseudonym of a name, making one where there is none; of nobody, None.

        With `fold`, a name of an earlier key is found whatever its capitals; ids of a platform are never folded. `letter` is
        P for a person and G for a group.
        """
        name = _tidy(name or "")
        if not name:
            return None
        if name in self._kept_as_they_are:
            return name
        if name not in self._known:
            earlier = self._folded.get(name.casefold()) if fold else None
            self._known[name] = earlier or self._new(letter)
        return self._known[name]

    def _new(self, letter: str) -> str:
        self._next.setdefault(letter, 1)
        while (code := f"{letter}{self._next[letter]:02d}") in self._used:
            self._next[letter] += 1
        self._used.add(code)
        return code

    def names(self) -> dict[str, str]:
        """Return every name with its pseudonym."""
        return dict(self._known)

    def key(self) -> pd.DataFrame:
        """Return the key: columns name, participant_id."""
        return pd.DataFrame(list(self._known.items()), columns=KEY_COLUMNS).astype("str")


def without_names(texts: Iterable[str], names: dict[str, str]) -> dict[str, str]:
    """Return, for each text in which a name stands, the text with the pseudonym in its place.

    >>> without_names(["User: Fenna Bos", "Forum: News"], {"Fenna Bos": "P01"})
    {'User: Fenna Bos': 'User: P01'}
    """
    index: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        if len(name) >= _SHORTEST and not name.isdigit() and (first := _WORD.search(name)) and not first.start():
            index.setdefault(first.group(), []).append(name)
    found = {}
    for text in texts:
        changed, after = "", 0
        for word in _WORD.finditer(text):
            if word.start() < after:
                continue
            for name in index.get(word.group(), ()):
                end = word.start() + len(name)
                if text.startswith(name, word.start()) and not re.match(r"\w", text[end : end + 1]):
                    changed, after = changed + text[after : word.start()] + names[name], end
                    break
        if after:
            found[text] = changed + text[after:]
    return found


def _tidy(name: str) -> str:
    return " ".join(str(name).split())
