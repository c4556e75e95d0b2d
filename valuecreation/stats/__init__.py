"""Numerics that know only NumPy, SciPy and pandas: plain arrays in, plain numbers and tables out, usable without a study."""

from valuecreation.stats.clustered import Interval, clustered_share, top_share
from valuecreation.stats.proportions import clopper_pearson, wilson

__all__ = ["Interval", "clopper_pearson", "clustered_share", "top_share", "wilson"]
