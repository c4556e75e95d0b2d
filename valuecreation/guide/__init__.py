"""Guides as data: what a field asks of a learning network, from which source, for how long, and how tables can show it."""

from valuecreation.guide.loading import list_guides, load_guide
from valuecreation.guide.model import CHECKS, STATES, Change, Criterion, Guide

__all__ = ["CHECKS", "STATES", "Change", "Criterion", "Guide", "list_guides", "load_guide"]
