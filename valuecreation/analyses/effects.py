"""Effect data: what each indicator says, over time where it was measured twice, and whether anybody asked at all."""

import pandas as pd

from valuecreation.errors import UnknownName
from valuecreation.study import Study
from valuecreation.study.cells import as_text

COLUMNS = [
    "indicator_id", "cycle", "name", "measured_in", "gain", "data_state", "observations", "first_date", "first_value",
    "last_date", "last_value", "denominator", "change",
]  # fmt: skip
CHANGES = ("up", "down", "same")


def effects(study: Study, network: str | None = None) -> pd.DataFrame:
    """Return one row an indicator.

    The change is from the first to the last dated measurement, as shares where both have a denominator and as they are where
    neither has; one measurement, or one with and one without a denominator, has no change. With several networks the change is
    read within each, and stands only where all say the same. ``data_state`` is present where a value is there, none_found where
    somebody asked and found none, not_collected where nobody asked or nothing says that anybody did.

    Returns
    -------
    pandas.DataFrame
        Columns indicator_id, cycle, name, measured_in, gain, data_state, observations, first_date, first_value, last_date,
        last_value, denominator, change (up, down, same, or missing).
    """
    indicators = study.frame("indicators").dropna(subset=["indicator_id", "cycle"]).drop_duplicates("indicator_id")
    found = study.frame("measurements")
    if network is not None and len(found):
        known = found["network_id"].dropna().unique()
        if network not in known and found["network_id"].notna().any():
            raise UnknownName.among("network with measurements", network, known)
        found = found[found["network_id"].isna() | (found["network_id"] == network)]
    found = found.assign(date=as_text(found["date"]))
    rows = []
    for one in indicators.to_dict("records"):
        own = found[found["indicator_id"] == one["indicator_id"]]
        present = own[own["value"].notna()].sort_values("date", kind="stable")
        state = (
            "present"
            if len(present)
            else "none_found"
            if (own["data_state"] == "none_found").any()
            else "not_collected"
        )
        dated = present.dropna(subset=["date"])
        first, last = (dated.iloc[0], dated.iloc[-1]) if len(dated) else (None, None)
        changes = {_change(part) for _, part in dated.groupby("network_id", dropna=False)} - {None}
        rows.append(
            (
                one["indicator_id"], str(one["cycle"]).split(".")[0], one["name"], one["unit"], one["gain"], state, len(present),
                None if first is None else first["date"], None if first is None else first["value"],
                None if last is None else last["date"], None if last is None else last["value"],
                None if last is None else last["denominator"], next(iter(changes)) if len(changes) == 1 else None,
            )
        )  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def _change(dated: pd.DataFrame) -> str | None:
    if len(dated) < 2 or dated["date"].iloc[0] == dated["date"].iloc[-1]:
        return None
    ends = dated.iloc[[0, -1]]
    if ends["denominator"].notna().all() and (ends["denominator"] > 0).all():
        before, after = ends["value"] / ends["denominator"]
    elif ends["denominator"].isna().all():
        before, after = ends["value"]
    else:
        return None
    return "same" if after == before else "up" if after > before else "down"
