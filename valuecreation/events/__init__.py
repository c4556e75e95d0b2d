"""Events: the log of a platform, or of a study, counted by one code on pandas, on DuckDB and on Spark."""

from valuecreation.events.mapping import map_events
from valuecreation.events.model import Events
from valuecreation.events.opening import open_events

__all__ = ["Events", "map_events", "open_events"]
