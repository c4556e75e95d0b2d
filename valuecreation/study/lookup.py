"""Looking things up across tables: what stands in one table at the id that another names."""

import pandas as pd


def look_up(values: pd.Series, keys: pd.Series) -> pd.Series:
    """Return for each key what stands at it; the type of the values is kept, also when there are none.

    Parameters
    ----------
    values : pandas.Series
        Indexed by id, each id once.
    keys : pandas.Series
        Ids; a missing one gives a missing value.

    Examples
    --------
    >>> look_up(pd.Series(["care"], index=["A"], dtype="str"), pd.Series(["A", None], dtype="str")).tolist()
    ['care', nan]
    """
    return values.reindex(keys.to_numpy(dtype=object, na_value=None)).set_axis(keys.index).astype(values.dtype)
