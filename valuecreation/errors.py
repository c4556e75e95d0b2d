"""What can go wrong, one class per cause.

::

    ValueCreationError
    ├── UnreadableStudy      what was given cannot be read as a study at all
    ├── UnwritableStudy      the study cannot be written there, or not in that form
    ├── MissingTable         an analysis needs a table or a column that the study does not have
    ├── UnknownName          no such codebook, example, code, role ... with the names that do exist
    ├── InvalidCodebook      a codebook file says something that a codebook cannot mean
    ├── InvalidCues          a list of cues for boundary hints that cannot be used
    ├── InvalidInstrument    a file of a questionnaire that cannot be used
    ├── InvalidGuide         a file of a guide that cannot be used
    ├── MissingExtra         something optional has to be installed first
    ├── WillNotFit           a job that would need more memory than there is
    ├── DecisionNeeded       something that only a person can decide
    └── UndefinedStatistic   a number that does not exist for these data, and why
        └── UndefinedCoefficient   a coefficient of agreement, likewise

Every message names what was found, where, and what to do.
"""

from collections.abc import Iterable
from difflib import get_close_matches


class ValueCreationError(Exception):
    """Root of all errors that this library raises on purpose."""


class UnreadableStudy(ValueCreationError):
    """What was given cannot be read as a study."""


class UnwritableStudy(ValueCreationError):
    """The study cannot be written to that place or in that form."""


class MissingTable(ValueCreationError, AttributeError):
    """An analysis needs a table or a column that is not there.

    It is an AttributeError too, so that ``hasattr(study, "stories")`` answers.
    """


class UnknownName(ValueCreationError):
    """A name that is none of those that exist."""

    @classmethod
    def among(cls, kind: str, name: object, choices: Iterable[object]) -> "UnknownName":
        """Make the error that lists the choices and suggests the nearest."""
        known = [str(choice) for choice in choices]
        near = get_close_matches(str(name), known, n=1, cutoff=0.6)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        return cls(f"{kind} {name!r} is not known here; it can be {listed(known)}.{hint}")


class InvalidCodebook(ValueCreationError):
    """A codebook file that cannot be used; the message has a line per fault."""


class InvalidCues(ValueCreationError):
    """A list of cues that cannot be used; the message has a line per fault."""


class InvalidInstrument(ValueCreationError):
    """A file of a questionnaire that cannot be used; the message has a line per fault."""


class InvalidGuide(ValueCreationError):
    """A file of a guide that cannot be used; the message has a line per fault."""


class MissingExtra(ValueCreationError, ImportError):
    """Something optional that is not installed; the message says how to install it."""


class WillNotFit(ValueCreationError):
    """A job that would need more memory than there is, said before it starts."""


class DecisionNeeded(ValueCreationError):
    """Something that a person has to decide; the message says what and how to tell it.

    Attributes
    ----------
    undecided : pandas.DataFrame or None
        The rows that wait for a decision.
    """

    def __init__(self, message: str, undecided=None):
        super().__init__(message)
        self.undecided = undecided


class UndefinedStatistic(ValueCreationError):
    """A number that does not exist for these data; the message is the reason in words."""


class UndefinedCoefficient(UndefinedStatistic):
    """A coefficient of agreement that does not exist for these ratings; the message is the reason in words."""


def listed(names: Iterable[object], most: int = 30, rest: str = "and {count} more") -> str:
    """Return names as one readable list, cut with a count when it is long."""
    names = [str(name) for name in names]
    if not names:
        return "(none)"
    shown = ", ".join(names[:most])
    return f"{shown} {rest.format(count=len(names) - most)}" if len(names) > most else shown
