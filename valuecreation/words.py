"""The words that readers see, in Dutch and English: closed lists, interface words, and how a language is asked for."""

from functools import cache
from importlib.resources import files

import yaml

from valuecreation.errors import UnknownName

LANGUAGES = ("en", "nl")


@cache
def load_data(path: str) -> dict:
    """Return a YAML file that ships inside the package, by its path below the package."""
    resource = files("valuecreation").joinpath(path)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(resource.read_text(encoding="utf-8"), Loader=loader)


def check_language(language: str) -> str:
    """Return the language if it is one of ours, and say which there are otherwise."""
    if language not in LANGUAGES:
        raise UnknownName.among("language", language, LANGUAGES)
    return language


def in_language(text: dict | str | None, language: str) -> str:
    """Return a text in the language asked for; where only one language exists, that one.

    >>> in_language({"en": "flow", "nl": "waardestroom"}, "nl")
    'waardestroom'
    """
    if text is None:
        return ""
    if isinstance(text, str):
        return text
    return str(text.get(language) or next(iter(text.values()), ""))


def vocabulary(name: str) -> tuple[str, ...]:
    """Return the keys of a closed list, in order.

    >>> vocabulary("polarity")
    ('+', '-', '0')
    """
    return tuple(load_data("vocabularies.yaml")[name])


def label(list_name: str, key: object, language: str = "en") -> str:
    """Return the label of a key of a closed list; a key that the list lacks is its own label.

    >>> label("status", "intention", "nl")
    'voornemen'
    """
    entry = load_data("vocabularies.yaml")[list_name].get(key)
    return in_language(entry, check_language(language)) if entry else str(key)


def phrase(name: str, language: str = "en", **values: object) -> str:
    """Return an interface phrase with its values filled in."""
    return in_language(load_data("phrases.yaml")[name], check_language(language)).format(**values)
