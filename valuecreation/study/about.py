"""What is known of a study as a whole: title, description, whether it is fictional, licence, sources, language."""

from collections.abc import Mapping

from valuecreation.errors import UnreadableStudy
from valuecreation.words import LANGUAGES

KEYS = ("title", "description", "fictional", "language", "licence", "sources", "other")


def checked(about: Mapping | None) -> dict:
    """Return what is known of a study, or say what of it is not in order.

    Parameters
    ----------
    about : mapping or None
        ``title`` and ``description``: a text, or a text for each of ``en`` and ``nl``. ``fictional``: true or false.
        ``sources``: a list of texts. ``language``, ``licence``: a text. ``other``: whatever else a data package says.
    """
    if about is None:
        return {}
    if not isinstance(about, Mapping):
        raise UnreadableStudy(
            f"about must be a mapping such as {{'title': 'Our year'}}; this is {type(about).__name__}."
        )
    for key, value in about.items():
        if key not in KEYS:
            raise UnreadableStudy(f"about has no {key!r}; it can have {', '.join(KEYS)}. Put anything else in 'other'.")
        if not _fits(key, value):
            raise UnreadableStudy(f"about: {key} is {value!r}; it must be {_WANTED.get(key, 'a text')}.")
    clash = sorted({"name", "resources", *KEYS} & set(about.get("other") or {}))
    if clash:
        raise UnreadableStudy(f"about: other holds {', '.join(clash)}, which has a place of its own.")
    tidied = {key: _tidied(key, about[key]) for key in KEYS if key in about}
    return {key: value for key, value in tidied.items() if value not in (None, "", [], {})}


def _tidied(key: str, value: object) -> object:
    """Return a part in the one form in which it is kept: a text is a plain text unless there is a Dutch one of its own."""
    if key == "sources" and value is not None:
        return [source for source in value if source]
    if key in ("title", "description") and isinstance(value, Mapping):
        words = {language: value[language] for language in LANGUAGES if value.get(language)}
        return words if len(set(words.values())) == 2 or set(words) == {"nl"} else next(iter(words.values()), None)
    return value


_WANTED = {
    "title": "a text, or a text for each of en and nl",
    "description": "a text, or a text for each of en and nl",
    "fictional": "True or False",
    "sources": "a list of texts",
    "other": "a mapping",
}


def _fits(key: str, value: object) -> bool:
    if value is None:
        return True
    if key in ("title", "description"):
        return isinstance(value, str) or (
            isinstance(value, Mapping)
            and set(value) <= set(LANGUAGES)
            and all(isinstance(text, str) for text in value.values())
        )
    if key == "fictional":
        return isinstance(value, bool)
    if key == "sources":
        return isinstance(value, (list, tuple)) and all(isinstance(text, str) for text in value)
    return isinstance(value, Mapping) and _is_plain(value) if key == "other" else isinstance(value, str)


def _is_plain(value: object) -> bool:
    """Return whether a value is one that JSON knows."""
    if isinstance(value, Mapping):
        return all(isinstance(key, str) and _is_plain(one) for key, one in value.items())
    if isinstance(value, (list, tuple)):
        return all(_is_plain(one) for one in value)
    return value is None or isinstance(value, (str, int, float, bool))
