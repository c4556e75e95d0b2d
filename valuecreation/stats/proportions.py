"""Intervals for the share of independent cases: so many participants of so many."""

from scipy.stats import binomtest

from valuecreation.errors import UndefinedStatistic


def wilson(n: int, total: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Wilson score interval of a share.

    Parameters
    ----------
    n, total : int
        Cases that have it, and all cases. The cases are independent (participants, not their segments).
    confidence : float

    Returns
    -------
    tuple of float
        Lower and upper bound, as shares.

    Raises
    ------
    UndefinedStatistic
        When there are no cases, or more with it than there are.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA, 22, 209-212.
    Tested against Newcombe, R. G. (1998), Statistics in Medicine, 17, 857-872, Table I.

    Examples
    --------
    >>> low, high = wilson(15, 148)
    >>> round(low, 4), round(high, 4)
    (0.0624, 0.1605)
    """
    return _interval(n, total, confidence, "wilson")


def clopper_pearson(n: int, total: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Clopper-Pearson ("exact") interval of a share.

    It never covers less than it says, and is therefore wider than `wilson`. Parameters, returns and errors as there.

    References
    ----------
    Clopper, C. J., & Pearson, E. S. (1934). Biometrika, 26, 404-413. Tested against Newcombe (1998), Table I.

    Examples
    --------
    >>> low, high = clopper_pearson(0, 20)
    >>> low, round(high, 4)
    (0.0, 0.1684)
    """
    return _interval(n, total, confidence, "exact")


def _interval(n: int, total: int, confidence: float, method: str) -> tuple[float, float]:
    if total < 1:
        raise UndefinedStatistic("A share of no cases does not exist.")
    if not 0 <= n <= total:
        raise UndefinedStatistic(f"{n} of {total} is not a share: the part must lie between 0 and the whole.")
    check_confidence(confidence)
    found = binomtest(int(n), int(total)).proportion_ci(confidence_level=confidence, method=method)
    return float(found.low), float(found.high)


def check_confidence(confidence: object) -> None:
    """Say what a confidence is when this is none."""
    if not isinstance(confidence, (int, float)) or not 0 < confidence < 1:
        raise UndefinedStatistic(
            f"A confidence of {confidence!r} does not exist; give a share between 0 and 1, such as 0.95."
        )
