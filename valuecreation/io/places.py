"""Places on disk as people give them: a path, or a sentence that says what is wrong with it."""

from pathlib import Path

from valuecreation.errors import ValueCreationError


def as_path(given: object, error: type[ValueCreationError], wanted: str) -> Path:
    """Return a path, with ``~`` filled in, or raise `error` with what was wanted."""
    if not isinstance(given, (str, Path)):
        raise error(f"Give {wanted}; this is {type(given).__name__}.")
    if "\0" in str(given):
        raise error("The path has a zero sign in it, so it cannot be that of a file.")
    try:
        path = Path(given).expanduser()
        path.exists()
    except (OSError, RuntimeError) as reason:
        why = getattr(reason, "strerror", None) or "there is no such home folder"
        raise error(f"{str(given)[:80]!r} cannot be a place on this computer: {why}.") from reason
    return path
