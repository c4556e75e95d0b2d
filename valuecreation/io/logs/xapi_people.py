"""Who an xAPI statement speaks of: agents and groups by their identifiers, under pseudonyms; no name is ever used."""

import hashlib
import re
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from valuecreation.errors import DecisionNeeded
from valuecreation.io.logs.notes import Notes
from valuecreation.io.logs.pseudonyms import Pseudonyms

_HASH = re.compile("[0-9a-fA-F]{40}")
IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")


class Who(NamedTuple):
    """The person of a statement (None for a group), the id of a group that has one, and its members."""

    person: str | None
    group: str | None = None
    members: tuple[str, ...] = ()


class Agents:
    """Gives every identifier its pseudonym; several identifiers are one person only where `identities` says so.

    Parameters
    ----------
    key : pandas.DataFrame, optional
    identities : mapping of str to str, optional
        An identifier and who that is: ``{"mailto:f@x.nl": "Fenna", "https://lms.nl::17": "Fenna"}``.

    Examples
    --------
    >>> agents = Agents(None, {"mailto:f@voorbeeld.invalid": "Fenna", "https://lms.invalid::17": "Fenna"})
    >>> notes = Notes("events", "s.json")
    >>> agents.read({"mbox": "mailto:f@voorbeeld.invalid"}, 1, "actor", notes).person
    'P01'
    >>> agents.read({"account": {"homePage": "https://lms.invalid", "name": "17"}}, 2, "actor", notes).person
    'P01'
    """

    def __init__(self, key: pd.DataFrame | None, identities: Mapping[str, str] | None):
        if identities is not None and not isinstance(identities, Mapping):
            raise DecisionNeeded(
                "identities= says of each identifier who it is: {'mailto:f@x.nl': 'Fenna', 'https://lms.nl::17': 'Fenna'}."
            )
        self.people = Pseudonyms(key)
        self._same = {_plain(one): str(who) for one, who in (identities or {}).items()}
        for one, who in (identities or {}).items():
            if _plain(one).startswith("mailto:"):
                self._same.setdefault(_hashed(_plain(one)), str(who))
        self._names: dict[str, set[str]] = {}
        self._used: set[str] = set()

    def read(self, thing: object, number: int, column: str, notes: Notes) -> Who:
        """Return who an agent or a group is; what is no agent is noted."""
        if not isinstance(thing, dict):
            notes.add("xapi_no_agent", number, column, type(thing).__name__)
            return Who(None)
        identifier = _identifier(thing, number, column, notes)
        if thing.get("objectType") != "Group":
            if identifier is None:
                notes.add("xapi_no_identifier", number, column)
                return Who(None)
            return Who(self._person(identifier, thing.get("name")))
        members = thing.get("member")
        members = members if isinstance(members, list) else []
        people = [self.read(one, number, f"{column}.member", notes).person for one in members if not _is_group(one)]
        if identifier is None and not people:
            notes.add("xapi_no_identifier", number, column)
        group = identifier and self.people.of(f"group {identifier}", letter="G")
        return Who(None, group, tuple(dict.fromkeys(one for one in people if one)))

    def _person(self, identifier: str, name: object) -> str:
        who = self._same.get(identifier)
        if who is not None:
            self._used.add(identifier)
        code = self.people.of(who or identifier)
        if isinstance(name, str) and name.strip():
            self._names.setdefault(" ".join(name.split()), set()).add(code)
        return code

    def suspicions(self, notes: Notes) -> None:
        """Note names that go with several pseudonyms, and an address that occurs open and hashed; nothing is merged."""
        for codes in self._names.values():
            if len(codes) > 1:
                notes.add("xapi_one_person", None, "participant_id", ", ".join(sorted(codes)))
        known = self.people.names()
        for identifier, code in known.items():
            if identifier.startswith("mailto:") and known.get(_hashed(identifier), code) != code:
                notes.add("xapi_one_address", None, "participant_id", f"{code}, {known[_hashed(identifier)]}")
        unused = set(self._same) - self._used - {_hashed(one) for one in self._same if one.startswith("mailto:")}
        if unused:
            notes.add("xapi_identity_unused", None, "participant_id", len(unused))

    def spoken_names(self) -> dict[str, str]:
        """Return the names that stand beside one identifier only, and every identifier, with their pseudonyms."""
        names = {name: next(iter(codes)) for name, codes in self._names.items() if len(codes) == 1}
        double = {name: "(name)" for name, codes in self._names.items() if len(codes) > 1}
        return {**names, **double}


def _identifier(thing: dict, number: int, column: str, notes: Notes) -> str | None:
    """Return the inverse functional identifier in one line, with notes on what is wrong with it."""
    there = [name for name in IDENTIFIERS if thing.get(name)]
    if len(there) > 1:
        notes.add("xapi_two_identifiers", number, column, " + ".join(there), used=there[0])
    for name in there:
        value = thing[name]
        if name == "account":
            if isinstance(value, dict) and value.get("homePage") and value.get("name") not in (None, ""):
                return f"{value['homePage']}::{value['name']}"
        elif isinstance(value, str):
            if name == "mbox" and not value.casefold().startswith("mailto:"):
                notes.add("xapi_mbox", number, column)
                return _plain(f"mailto:{value}")
            return f"sha1:{value.strip().casefold()}" if name == "mbox_sha1sum" else _plain(value)
        notes.add("xapi_invalid", number, f"{column}.{name}", type(value).__name__)
    return None


def _plain(identifier: object) -> str:
    text = str(identifier).strip()
    text = f"sha1:{text}" if _HASH.fullmatch(text) else text
    return text.casefold() if text.casefold().startswith(("mailto:", "sha1:")) else text


def _hashed(address: str) -> str:
    return "sha1:" + hashlib.sha1(address.encode(), usedforsecurity=False).hexdigest()


def _is_group(thing: object) -> bool:
    return isinstance(thing, dict) and thing.get("objectType") == "Group"
