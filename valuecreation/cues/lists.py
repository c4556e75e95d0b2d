"""Cue lists: rules as data, each with the codes it watches, the words that set it off and the words that silence it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from valuecreation.errors import InvalidCues, UnknownName
from valuecreation.words import LANGUAGES, load_data

WHEN = ("present", "absent")
_KNOWN = {"rule", "codes", "statuses", "when", "not_beside", "cues", "unless", "message"}


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes
    ----------
    name : str
    codes, statuses : tuple of str
        When it looks: top-level codes, and statuses (a code without a status counts as any).
    when : {"present", "absent"}
        Whether a cue sets it off, or the lack of every cue.
    not_beside : tuple of str
        Codes that, on the same segment, make it superfluous.
    cues, unless : mapping of str to re.Pattern
        By language of the text.
    message : mapping of str to str
        By language of the reader.
    """

    name: str
    codes: tuple[str, ...]
    statuses: tuple[str, ...]
    when: str
    not_beside: tuple[str, ...]
    cues: Mapping[str, re.Pattern]
    unless: Mapping[str, re.Pattern]
    message: Mapping[str, str]

    def watches(self, code: str, status: str | None) -> bool:
        """Return whether the rule looks at a coding; a sub-code counts as the code above it."""
        return code.split(".")[0] in self.codes and (not status or not self.statuses or status in self.statuses)


@dataclass(frozen=True)
class Cues:
    """Rules in order."""

    rules: tuple[Rule, ...]

    def __getitem__(self, name: str) -> Rule:
        """Return a rule by its name."""
        for rule in self.rules:
            if rule.name == name:
                return rule
        raise UnknownName.among("rule", name, [rule.name for rule in self.rules])


def load_cues(path: str | Path | None = None) -> Cues:
    """Return the cue lists that ship, or those of a file of your own.

    Parameters
    ----------
    path : str or Path, optional
        A YAML file in the form of ``valuecreation/cues/boundaries.yaml``: copy that one and change it.

    Returns
    -------
    Cues

    Raises
    ------
    InvalidCues
        With a line for every fault.

    Examples
    --------
    >>> [rule.name for rule in load_cues().rules]
    ['intention-as-applied', 'effect-in-applied', 'reframing-without-old-frame', 'applied-inside-network']
    """
    if path is None:
        return _read(load_data("cues/boundaries.yaml"), "boundaries.yaml")
    path = Path(path)
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InvalidCues(f"{path.name} cannot be read as a list of cues ({error}).") from error
    return _read(content, path.name)


def _read(content: object, name: str) -> Cues:
    if not isinstance(content, dict) or not isinstance(content.get("rules"), list):
        raise InvalidCues(f"{name} has no list of rules; it begins with 'rules:' and below it '- rule: ...'.")
    faults: list[str] = []
    rules = [rule for place, entry in enumerate(content["rules"], 1) if (rule := _rule(entry, place, faults))]
    if faults:
        raise InvalidCues(f"{name} cannot be used:\n" + "\n".join(f"- {fault}" for fault in faults))
    return Cues(tuple(rules))


def _rule(entry: object, place: int, faults: list[str]) -> Rule | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("rule"), str):
        faults.append(f"rule {place} has no name; write '- rule: a-name'.")
        return None
    name, before = entry["rule"], len(faults)
    faults += [
        f"{name}: {key!r} is no part of a rule; it can have {', '.join(sorted(_KNOWN))}."
        for key in entry
        if key not in _KNOWN
    ]
    if not entry.get("codes") or not isinstance(entry["codes"], list):
        faults.append(f"{name}: codes is missing; write the codes it looks at, codes: [applied].")
    if entry.get("when", "present") not in WHEN:
        faults.append(f"{name}: when is {entry['when']!r}; it can be present or absent.")
    if set(entry.get("message") or {}) != set(LANGUAGES):
        faults.append(f"{name}: message needs a sentence in each language, en and nl.")
    patterns = {part: _patterns(entry.get(part) or {}, f"{name}, {part}", faults) for part in ("cues", "unless")}
    if len(faults) > before:
        return None
    return Rule(
        name, tuple(entry["codes"]), tuple(entry.get("statuses") or ()), entry.get("when", "present"),
        tuple(entry.get("not_beside") or ()), patterns["cues"], patterns["unless"], dict(entry["message"]),
    )  # fmt: skip


def _patterns(lists: object, where: str, faults: list[str]) -> dict[str, re.Pattern]:
    """Return one pattern a language; a cue is a word or a regular expression, and a space in it is any white space."""
    if not isinstance(lists, dict):
        faults.append(f"{where}: give the words by language, nl: [...] and en: [...].")
        return {}
    made = {}
    for language, words in lists.items():
        good = []
        for word in words or []:
            try:
                re.compile(str(word))
                good.append(str(word).replace(" ", r"\s+"))
            except re.error as error:
                faults.append(f"{where}, {language}: {word!r} is no pattern ({error}).")
        if good:
            made[language] = re.compile(rf"(?i)(?<!\w)(?:{'|'.join(good)})(?!\w)")
    return made
