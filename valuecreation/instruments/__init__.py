"""Questionnaires as data: what is asked, how answers are coded, and what came back, in a long table."""

from valuecreation.instruments.loading import instrument, list_instruments
from valuecreation.instruments.model import Instrument, Item, Point, Scale
from valuecreation.instruments.responses import Responses

__all__ = ["Instrument", "Item", "Point", "Responses", "Scale", "instrument", "list_instruments"]
