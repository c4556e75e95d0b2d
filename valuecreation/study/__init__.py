"""The study: its schema, its tables and their invariants."""

from valuecreation.study.model import Study
from valuecreation.study.withdrawal import remove_withdrawn

__all__ = ["Study", "remove_withdrawn"]
