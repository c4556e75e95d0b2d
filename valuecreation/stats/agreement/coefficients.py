"""Every coefficient of agreement for one table of units x coders, a row each."""

import numpy as np
import pandas as pd
from scipy.stats import t

from valuecreation.errors import UndefinedCoefficient, listed
from valuecreation.stats.agreement.alpha import Metric, alpha_error, metric_of, plain_alpha
from valuecreation.stats.agreement.chance import (
    MANY,
    Coded,
    category_weights,
    from_tallies,
    read_ratings,
    standard_error,
    tallies,
)
from valuecreation.stats.proportions import check_confidence

COEFFICIENTS = ("percent", "cohen", "fleiss", "conger", "alpha", "ac", "brennan_prediger")
COLUMNS = ["value", "se", "low", "high", "n_units", "n_coders", "note"]
NO_SPREAD = "All units contribute the same, so the standard error is 0 and a t-interval says nothing about other units."
ONE_UNIT = "One unit gives no standard error."


def coefficients(
    ratings: pd.DataFrame, level: str = "nominal", weights: str | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    r"""Return seven coefficients of agreement with standard errors and intervals.

    What each corrects for is in `valuecreation.stats.agreement.chance`, and for alpha in `krippendorff_alpha`. The interval is
    value :math:`\pm t_{n-1} \cdot se` with n the units of that row, cut off at 1 (and, for percent, at 0). Software
    that takes the normal distribution differs in the third digit.

    Parameters
    ----------
    ratings : pandas.DataFrame
        Units x coders; NaN where a coder did not look. Columns of one Categorical dtype declare which codes there are (also
        those that nobody used, which Gwet and Brennan-Prediger count) and, when ordered, their order.
    level : {"nominal", "ordinal", "interval", "ratio"}
        For alpha alone, with Krippendorff's own metric; Gwet's "ordinal alpha" is another number.
    weights : {None, "linear", "quadratic", "ordinal"}
        For all but alpha: partial agreement between codes that are near. The row ``ac`` is then Gwet's AC2.
    confidence : float

    Returns
    -------
    pandas.DataFrame
        Indexed by coefficient: percent, cohen, fleiss, conger, alpha, ac, brennan_prediger. Columns value, se, low, high,
        n_units, n_coders, note. Percent, fleiss, conger, ac and brennan_prediger use every unit with a rating; alpha the
        units with two or more; cohen those that both coders rated. A coefficient that does not exist is NaN and its note
        says why.

    Raises
    ------
    UndefinedCoefficient
        With fewer than two coders, without units, or when words are asked for an order.
    UnknownName
        When there is no such level or weighting.

    References
    ----------
    Gwet, K. L. (2014). Handbook of inter-rater reliability (4th ed.). Advanced Analytics.

    Examples
    --------
    >>> import pandas as pd
    >>> table = [[0] * 13 + [1] * 20 + [1] * 7 + [2] * 4 + [2] * 56, [0] * 13 + [1] * 20 + [2] * 7 + [1] * 4 + [2] * 56]
    >>> found = coefficients(pd.DataFrame(table, index=["one", "other"]).T)
    >>> found.loc[["cohen", "alpha", "ac"], ["value", "se"]].round(4)
                  value      se
    coefficient
    cohen        0.7964  0.0589
    alpha        0.7973  0.0591
    ac           0.8493  0.0432
    """
    check_confidence(confidence)
    coded = read_ratings(ratings)
    metric = metric_of(level, coded)
    table = None if len(coded.labels) > MANY else category_weights(weights, coded)
    rows = [
        _row_of_alpha(coded, metric, weights, confidence) if name == "alpha" else _row(name, coded, table, confidence)
        for name in COEFFICIENTS
    ]
    return pd.DataFrame(rows, columns=COLUMNS, index=pd.Index(COEFFICIENTS, name="coefficient"))


def _row(name: str, coded: Coded, weights: np.ndarray | None, confidence: float) -> tuple:
    coders = coded.codes.shape[1]
    used = coded.among(coded.ratings > (1 if name == "cohen" else 0))
    units = len(used.codes)
    if weights is None:
        return _none(units, coders, f"There are more than {MANY} different codes; this coefficient is for categories.")
    if reason := _why_not(name, used, coders):
        return _none(units, coders, reason)
    value, chance = (found[0] for found in from_tallies(name, tallies(used, weights).sum(axis=0)[None, :], weights))
    if np.isnan(value):
        return _none(
            units, coders, "Not defined: by its own idea of chance, agreement could not have been anything but full."
        )
    error = standard_error(name, used, weights, value, chance)
    return _made(name, float(value), error, units, coders, confidence, "")


def _row_of_alpha(coded: Coded, metric: Metric, weights: str | None, confidence: float) -> tuple:
    units, coders = int((coded.ratings > 1).sum()), coded.codes.shape[1]
    try:
        value = plain_alpha(coded, metric)
    except UndefinedCoefficient as reason:
        return _none(units, coders, str(reason))
    said = f"Alpha has Krippendorff's {metric.level} metric; the {weights} weights do not enter it." if weights else ""
    return _made("alpha", value, alpha_error(coded, metric), units, coders, confidence, said)


def _why_not(name: str, used: Coded, coders: int) -> str:
    if name == "cohen" and coders > 2:
        return f"Cohen's kappa is for two coders and here are {coders}; Conger's is its extension to more."
    if not (used.ratings > 1).any():
        return "Not defined: no unit was coded by two coders, so nothing can be compared."
    found = np.unique(used.codes[used.codes >= 0])
    if name != "percent" and len(found) < 2:
        only = listed(used.labels[found])
        return f"Not defined: every rating is {only}, so that nothing could have been confused with anything."
    return ""


def _made(name: str, value: float, error: float, units: int, coders: int, confidence: float, said: str) -> tuple:
    if np.isnan(error) or error < 1e-12:
        note = ONE_UNIT if np.isnan(error) else NO_SPREAD
        return value, error if np.isnan(error) else 0.0, np.nan, np.nan, units, coders, f"{said} {note}".strip()
    half = t.ppf((1 + confidence) / 2, units - 1) * error
    low = max(value - half, 0.0) if name == "percent" else value - half
    return value, error, low, min(value + half, 1.0), units, coders, said


def _none(units: int, coders: int, reason: str) -> tuple:
    return np.nan, np.nan, np.nan, np.nan, units, coders, reason
