"""What somebody hands to an analysis: a study, or a sentence that says what was given in its place."""

from valuecreation.errors import MissingTable
from valuecreation.study.model import Study


def a_study(given: object) -> Study:
    """Return the study that was given, and say what it is when it is none.

    >>> a_study(Study({}))
    <Study study: empty>
    """
    if not isinstance(given, Study):
        raise MissingTable(f"An analysis takes a study; this is {type(given).__name__}. Read one with vc.read_study.")
    return given
