"""Alpha with its bootstrap by document, beside the package `krippendorff` doing the plain value, where that is installed."""

from importlib.util import find_spec

import numpy as np
import pandas as pd

from benchmarks.measuring import Measured, measure

SETUP = (
    "from benchmarks import agreement as a; ratings, documents = a.material(); "
    "from valuecreation.stats.agreement import bootstrap"
)
OURS = "bootstrap(ratings, documents, resamples=1000)"
PLAIN = "krippendorff.alpha(ratings.to_numpy().T, level_of_measurement='nominal')"


def material(units: int = 10_000, coders: int = 3) -> tuple[pd.DataFrame, np.ndarray]:
    """Return units x coders of which a tenth was not looked at, in documents of ten units, from a seeded generator."""
    rng = np.random.default_rng(2026)
    truth = rng.integers(0, 6, units)
    seen = np.where(rng.random((units, coders)) < 0.8, truth[:, None], rng.integers(0, 6, (units, coders))).astype(
        float
    )
    seen[rng.random((units, coders)) < 0.1] = np.nan
    return pd.DataFrame(seen), np.arange(units) // 10


def peer() -> Measured | None:
    """Measure the package, or return None where it is not installed (``pip install krippendorff``)."""
    if find_spec("krippendorff") is None:
        print("  (the package krippendorff is not installed, so there is no peer in this run)")
        return None
    return measure(SETUP + "; import krippendorff", PLAIN)
