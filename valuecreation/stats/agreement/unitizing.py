r"""Krippendorff's unitizing family: agreement on where units begin and end in a text, and on their codes.

Every coder cuts one continuum of a given length into coded segments with gaps between them; a gap is a value :math:`\phi`.
The coincidence :math:`\ell_{ck}` is the length over which two coders have values c and k, over all ordered pairs of coders, by
:math:`m - 1`; :math:`\ell_c` and :math:`\ell` are its sums. What could be expected by chance leaves out that a segment meets
itself: with L the length of a segment, and a gap as so many separate lengths of 1,

.. math:: \varepsilon_{ck} = \frac{\ell_c \ell_k - [c = k] \sum L^2}{\ell - \sum L^2 / \ell}, \qquad
          {}_u\alpha = 1 - \frac{\sum_{c \ne k} \ell_{ck}}{\sum_{c \ne k} \varepsilon_{ck}}.

Adjacent segments of one code are not merged: 33-37 and 38-44 are not 33-44, for boundaries are what is compared.
Several documents make one continuum when they are laid end to end; no segment may run over a border.

References: Krippendorff, K. (2019). Content analysis (4th ed.), 12.6. Krippendorff, K., Mathet, Y., Bouvry, S., & Widlöcher, A.
(2016). On the reliability of unitizing textual continua: Further developments. Quality & Quantity, 50, 2347-2364.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from valuecreation.errors import MissingTable, UndefinedCoefficient, listed

NEEDED = ("coder", "start", "end", "value")


def unitizing_alpha(units: pd.DataFrame, length: int, coders: Iterable | None = None) -> float:
    """Return Krippendorff's u-alpha: agreement on boundaries and codes together.

    Parameters
    ----------
    units : pandas.DataFrame
        Columns coder, start, end, value; a row a segment. Positions count from 1 and the end belongs to the segment
        (Krippendorff 2019, Fig. 12.11). Half-open offsets from 0, such as those of `segments`, are converted by ``start + 1``
        and ``end`` as it is.
        The segments of one coder do not overlap.
    length : int
        Of the whole continuum.
    coders : iterable, optional
        Everybody who looked through it, also those who coded nothing. Left out, the coders in ``units``.

    Returns
    -------
    float

    Raises
    ------
    UndefinedCoefficient
        With fewer than two coders, when the whole continuum has one value for all of them, or when the segments are none.
    MissingTable
        When a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("one", 1, 4, "a"), ("one", 7, 9, "b"), ("other", 1, 5, "a"), ("other", 7, 9, "b")]
    >>> round(unitizing_alpha(pd.DataFrame(rows, columns=["coder", "start", "end", "value"]), 10), 3)
    0.87
    """
    cut = _cut(units, length, coders)
    return _defined(*_overall(cut, cut.codes), "Every coder gave the whole continuum one and the same value")


def unitizing_alpha_binary(units: pd.DataFrame, length: int, coders: Iterable | None = None) -> float:
    """Return Krippendorff's |u-alpha: agreement on what is coded at all and what is a gap, whatever the codes.

    Parameters, returns and errors as in `unitizing_alpha`.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("one", 1, 4, "a"), ("other", 1, 4, "b")]
    >>> unitizing_alpha_binary(pd.DataFrame(rows, columns=["coder", "start", "end", "value"]), 10)
    1.0
    """
    cut = _cut(units, length, coders)
    return _defined(*_overall(cut, np.minimum(cut.codes, 1)), "The continuum is all coded or all gap, for every coder")


def unitizing_alpha_coded(units: pd.DataFrame, length: int, coders: Iterable | None = None) -> float:
    """Return Krippendorff's cu-alpha: agreement on codes, given that two coders coded the same stretch.

    As u-alpha on the intersections of coded segments, where the length of a segment is the part that somebody else coded too.
    All coded segments count in the correction for segments that meet themselves. For Fig. 12.11 this gives 0.728; the book prints
    0.724, which comes out when its segments with values 2, 3 and 4 are left out of the correction. The difference is unresolved.

    Parameters, returns and errors as in `unitizing_alpha`.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("one", 1, 4, "a"), ("one", 6, 9, "b"), ("other", 2, 4, "a"), ("other", 5, 8, "b")]
    >>> unitizing_alpha_coded(pd.DataFrame(rows, columns=["coder", "start", "end", "value"]), 10)
    1.0
    """
    totals, same, squares = _of_codes(_cut(units, length, coders))
    all_of_it = totals.sum()
    expected = all_of_it**2 - (totals**2).sum()
    observed = all_of_it - same.sum()
    scale = all_of_it - squares.sum() / all_of_it if all_of_it else 0.0
    return _defined(observed, expected, scale, "No two coders coded the same stretch, or it all has one code")


def unitizing_alpha_by_value(units: pd.DataFrame, length: int, coders: Iterable | None = None) -> pd.DataFrame:
    r"""Return Krippendorff's (k)u-alpha: for each code how reliably it is told from other codes, given that both coded.

    With :math:`\ell_{kk}` and :math:`\ell_k` on intersections of coded segments, as in cu-alpha,

    .. math:: {}_{(k)u}\alpha = 1 - \frac{(\ell_k - \ell_{kk}) / \ell_k}{(\varepsilon_k - \varepsilon_{kk}) / \varepsilon_k}.

    Parameters and errors as in `unitizing_alpha`.

    Returns
    -------
    pandas.DataFrame
        Indexed by value: ``alpha``; ``coverage``, the share of all text with that code that it rests on; and ``note``, which
        says why where alpha is NaN.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("one", 1, 4, "a"), ("one", 7, 9, "b"), ("other", 1, 5, "a"), ("other", 7, 9, "b")]
    >>> unitizing_alpha_by_value(pd.DataFrame(rows, columns=["coder", "start", "end", "value"]), 10)["alpha"].tolist()
    [1.0, 1.0]
    """
    cut = _cut(units, length, coders)
    totals, same, squares = _of_codes(cut)
    whole = np.bincount(cut.codes.ravel(), np.repeat(cut.lengths, len(cut.codes.T)), minlength=len(cut.values) + 1)[1:]
    rest = totals.sum() - totals
    product = totals * totals.sum() - squares
    rows = []
    for place in range(len(cut.values)):
        alpha, note = np.nan, ""
        if totals[place] <= 0:
            note = "Not defined: nobody else coded a stretch that has this code."
        elif rest[place] <= 0 or product[place] <= 0:
            note = "Not defined: where two coders coded the same stretch, there is no other code or no second segment."
        else:
            unlike = (totals[place] - same[place]) / totals[place]
            alpha = 1 - unlike / (totals[place] * rest[place] / product[place])
        rows.append((alpha, totals[place] / whole[place], note))
    return pd.DataFrame(rows, columns=["alpha", "coverage", "note"], index=pd.Index(cut.values, name="value"))


@dataclass(frozen=True)
class _Cut:
    """A continuum cut at every boundary of every coder: piece x coder, code 0 for a gap and segment -1 there."""

    codes: np.ndarray
    segments: np.ndarray
    lengths: np.ndarray
    values: list
    code_of: np.ndarray
    size_of: np.ndarray


def _cut(units: pd.DataFrame, length: int, coders: Iterable | None) -> _Cut:
    units = _checked(units, length)
    names = list(dict.fromkeys([*units["coder"]] if coders is None else coders))
    if missing := sorted({*map(str, units["coder"])} - {*map(str, names)}):
        raise UndefinedCoefficient(f"Segments were made by {listed(missing)}, who is not among the coders.")
    if len(names) < 2:
        raise UndefinedCoefficient(f"Agreement needs at least two coders; these segments have {len(names)}.")
    code, values = pd.factorize(units["value"])
    start, end = units["start"].to_numpy(dtype=np.int64) - 1, units["end"].to_numpy(dtype=np.int64)
    borders = np.unique(np.concatenate([[0, int(length)], start, end]))
    segments = np.full((len(borders) - 1, len(names)), -1)
    for place, name in enumerate(names):
        own = np.flatnonzero((units["coder"] == name).to_numpy())
        own = own[np.argsort(start[own], kind="stable")]
        clash = np.flatnonzero(start[own][1:] < end[own][:-1])
        if len(clash):
            one, other = own[clash[0]], own[clash[0] + 1]
            raise UndefinedCoefficient(
                f"Coder {name!r} has segments that overlap: {start[one] + 1}-{end[one]} and {start[other] + 1}-{end[other]}. "
                "Give each code or each lens its own continuum."
            )
        if len(own):
            last = np.searchsorted(start[own], borders[:-1], side="right") - 1
            inside = (last >= 0) & (borders[:-1] < end[own][last])
            segments[inside, place] = own[last[inside]]
    codes = np.append(code + 1, 0)[segments]
    return _Cut(codes, segments, np.diff(borders), list(values), code + 1, (end - start).astype(float))


def _checked(units: pd.DataFrame, length: int) -> pd.DataFrame:
    if absent := [column for column in NEEDED if column not in units]:
        raise MissingTable(f"The units have no column {listed(absent)}; they need {listed(NEEDED)}.")
    if isinstance(length, bool) or not isinstance(length, (int, np.integer)) or length < 1:
        raise UndefinedCoefficient(f"A continuum of length {length!r} does not exist; give its number of characters.")
    units = units[list(NEEDED)].reset_index(drop=True)
    if units.isna().any(axis=None):
        raise UndefinedCoefficient("A segment lacks its coder, start, end or value; complete it, or leave it out.")
    try:
        start, end = (units[column].to_numpy(dtype=float) for column in ("start", "end"))
    except (TypeError, ValueError):
        raise UndefinedCoefficient("Start and end are whole numbers; some are words.") from None
    wrong = (start % 1 != 0) | (end % 1 != 0) | (start < 1) | (end > length) | (end < start)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise UndefinedCoefficient(
            f"Segment {start[row]:g}-{end[row]:g} of coder {units['coder'][row]!r} does not lie within 1-{length}, "
            "with its start before its end. Positions are whole, count from 1 and include the end."
        )
    return units


def _pairs(codes: np.ndarray, lengths: np.ndarray, size: int, coded_only: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return lengths by value over all pairs of coders, and those where the two agree."""
    counts = np.stack([(codes == code).sum(axis=1) for code in range(size)], axis=1).astype(float)
    counts = counts[:, 1:] if coded_only else counts
    others = counts.sum(axis=1, keepdims=True) - 1
    spread = lengths[:, None] / (codes.shape[1] - 1)
    return (counts * others * spread).sum(axis=0), (counts * (counts - 1) * spread).sum(axis=0)


def _overall(cut: _Cut, codes: np.ndarray) -> tuple[float, float, float]:
    totals, same = _pairs(codes, cut.lengths, codes.max() + 1, coded_only=False)
    all_of_it = totals.sum()
    gaps = (cut.lengths[:, None] * (codes == 0)).sum()
    scale = all_of_it - ((cut.size_of**2).sum() + gaps) / all_of_it
    return all_of_it - same.sum(), all_of_it**2 - (totals**2).sum(), scale


def _of_codes(cut: _Cut) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    size = len(cut.values) + 1
    totals, same = _pairs(cut.codes, cut.lengths, size, coded_only=True)
    meets = (cut.codes > 0) & ((cut.codes > 0).sum(axis=1, keepdims=True) > 1)
    pairable = np.bincount(
        cut.segments[meets], np.broadcast_to(cut.lengths[:, None], meets.shape)[meets], minlength=len(cut.size_of)
    )
    return totals, same, np.bincount(cut.code_of, pairable**2, minlength=size)[1:]


def _defined(observed: float, expected: float, scale: float, reason: str) -> float:
    if expected <= 0 or scale <= 0:
        raise UndefinedCoefficient(
            f"Not defined: {reason[0].lower()}{reason[1:]}, so that nothing could have been confused."
        )
    return float(1 - observed * scale / expected)
