"""Looking things up across tables: what stands in one table at the id that another names."""

from typing import TypeVar

import pandas as pd

Values = TypeVar("Values", pd.Series, pd.DataFrame)


def look_up(values: Values, keys: pd.Series) -> Values:
    """Return for each key what stands at it; the types of the values are kept, also when there are none.

    Parameters
    ----------
    values : pandas.Series or pandas.DataFrame
        Indexed by id, each id once.
    keys : pandas.Series
        Ids; a missing one gives a missing value.

    Examples
    --------
    >>> look_up(pd.Series(["care"], index=["A"], dtype="str"), pd.Series(["A", None], dtype="str")).tolist()
    ['care', nan]
    """
    found = values.reindex(keys.to_numpy(dtype=object, na_value=None)).set_axis(keys.index)
    return found.astype(values.dtypes if isinstance(values, pd.DataFrame) else values.dtype)
