"""Numerics that know only NumPy, SciPy and pandas: plain arrays in, plain numbers and tables out, usable without a study.

SciPy is loaded when the first function that needs it is used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

_HOME = {
    "Interval": "clustered",
    "clopper_pearson": "proportions",
    "clustered_share": "clustered",
    "top_share": "concentration",
    "wilson": "proportions",
}

__all__ = sorted(_HOME)

if TYPE_CHECKING:
    from valuecreation.stats.clustered import Interval as Interval
    from valuecreation.stats.clustered import clustered_share as clustered_share
    from valuecreation.stats.concentration import top_share as top_share
    from valuecreation.stats.proportions import clopper_pearson as clopper_pearson
    from valuecreation.stats.proportions import wilson as wilson


def __getattr__(name: str):
    if name in _HOME:
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
