"""Minutes of events: whole numbers, however a file writes them; what is no whole number is named with its place."""

from __future__ import annotations

from pathlib import Path

import narwhals as nw
import pandas as pd

from valuecreation.errors import MissingTable

# 90, " 90 " and 90.0 are ninety; 90.000 is ninety thousand to a Dutch reader, and 90,0 no number to a machine.
_WHOLE = r"^[0-9]{1,12}(?:\.0{1,2})?$"
_ZEROS = r"\.0{1,2}$"
_MOST = 1e12
_REMEDY = "Write whole minutes (90), rounded as you see fit, and leave the cell empty where they are not known."


def whole_minutes(frame: nw.LazyFrame, files: list[str] | None = None) -> nw.LazyFrame:
    """Return the frame with whole minutes; parts of a minute are refused, since their sums differ between engines.

    Raises
    ------
    MissingTable
        Of something else than a whole number, with its file and row where they can be known.
    """
    kind = frame.collect_schema()["minutes"]
    if kind.is_integer():
        return frame
    if not kind.is_numeric():
        minutes = nw.col("minutes")
        if not _count(frame, ~minutes.is_null()):
            return _unknown(frame)
        if kind == nw.Object:
            frame = _as_words(frame)
        elif kind != nw.String:
            raise MissingTable(f"Column minutes of the events holds {kind} and no numbers. {_REMEDY}")
        return _out_of_words(frame, files)
    return _out_of_fractions(frame, files)


def _out_of_words(frame: nw.LazyFrame, files: list[str] | None) -> nw.LazyFrame:
    said = nw.col("minutes").str.strip_chars()
    frame = frame.with_columns(minutes=nw.when(said != "").then(said).otherwise(nw.lit(None, dtype=nw.String)))
    minutes = nw.col("minutes")
    odd = ~minutes.is_null() & ~minutes.str.contains(_WHOLE)
    _refuse(frame, odd, "is no whole number of minutes: it holds words, and no numbers", files)
    bare = frame.with_columns(minutes=minutes.str.replace_all(_ZEROS, ""))
    if frame.implementation.is_pandas():
        held = bare.collect(backend="pandas").to_native()
        numbers = pd.to_numeric(held["minutes"].astype(object).where(held["minutes"].notna(), None), errors="coerce")
        return nw.from_native(held.assign(minutes=numbers.astype("Int64"))).lazy()
    return bare.with_columns(nw.col("minutes").cast(nw.Int64))


def _out_of_fractions(frame: nw.LazyFrame, files: list[str] | None) -> nw.LazyFrame:
    if frame.collect_schema()["minutes"].is_float() and not frame.implementation.is_pandas():
        lost = nw.col("minutes").is_nan()
        frame = frame.with_columns(minutes=nw.when(~lost).then(nw.col("minutes")))
    minutes = nw.col("minutes")
    odd = ~minutes.is_null() & ((minutes != minutes.round(0)) | (minutes > _MOST) | (minutes < -_MOST))
    _refuse(frame, odd, "is no whole number of minutes: it has parts of a minute or no end", files)
    if frame.implementation.is_pandas():
        held = frame.collect(backend="pandas").to_native()
        return nw.from_native(held.assign(minutes=held["minutes"].astype("Int64"))).lazy()
    return frame.with_columns(nw.col("minutes").cast(nw.Int64))


def _unknown(frame: nw.LazyFrame) -> nw.LazyFrame:
    if frame.implementation.is_pandas():
        held = frame.collect(backend="pandas").to_native()
        return nw.from_native(held.assign(minutes=pd.Series(pd.NA, index=held.index, dtype="Int64"))).lazy()
    return frame.with_columns(minutes=nw.lit(None, dtype=nw.Int64))


def _as_words(frame: nw.LazyFrame) -> nw.LazyFrame:
    """Return a column of pandas in which numbers and words stand mixed as words."""
    held = frame.collect(backend="pandas").to_native()
    words = [None if pd.isna(one) else str(one) for one in held["minutes"]]
    return nw.from_native(held.assign(minutes=pd.Series(words, index=held.index, dtype="str"))).lazy()


def _refuse(frame: nw.LazyFrame, odd: nw.Expr, why: str, files: list[str] | None) -> None:
    count = _count(frame, odd)
    if not count:
        return
    place = _in_files(files) if files else _in_memory(frame, odd)
    if place is None:
        first = frame.filter(odd).select("minutes").head(1).collect(backend="pandas").to_native()
        place = "The events", str(first["minutes"].iloc[0])
    more = f" ({count} such rows)" if count > 1 else ""
    raise MissingTable(f"{place[0]}, column minutes: {place[1]!r} {why}{more}. {_REMEDY}")


def _count(frame: nw.LazyFrame, wanted: nw.Expr) -> int:
    found = frame.filter(wanted).select(nw.len().alias("rows")).collect(backend="pandas").to_native()
    return int(found["rows"].iloc[0])


def _in_memory(frame: nw.LazyFrame, odd: nw.Expr) -> tuple[str, str] | None:
    """Return the row of a table of pandas, counted from 1 below its header as its reader sees it."""
    if not frame.implementation.is_pandas():
        return None
    held = frame.select("minutes").with_columns(odd=odd).collect(backend="pandas").to_native()
    row = int(held["odd"].fillna(value=False).to_numpy().argmax())
    return f"The events, row {row + 1}", str(held["minutes"].iloc[row])


def _in_files(files: list[str]) -> tuple[str, str] | None:
    """Return the file and row of the first cell that is no whole number, in the words of the file itself."""
    import duckdb

    connection = duckdb.connect()
    for file in files:
        name = Path(file).name
        if name.lower().endswith(".parquet"):
            rows, below = connection.read_parquet(file), "row {} below the header"
        else:
            rows, below = connection.read_csv(file, all_varchar=True), "row {}"
        if "minutes" not in rows.columns:
            continue
        header = 0 if name.lower().endswith(".parquet") else 1
        numbered = rows.query(
            "held", "SELECT row_number() OVER () AS number, trim(CAST(minutes AS VARCHAR)) AS said FROM held"
        )
        value = "TRY_CAST(said AS DOUBLE)"
        fraction = f"({value} <> round({value}) OR abs({value}) > 1e12)"
        odd = numbered.query(
            "told",
            f"SELECT number, said FROM told WHERE said <> '' AND NOT regexp_matches(said, '{_WHOLE}') "
            f"AND ({value} IS NULL OR {fraction} OR contains(said, '.')) ORDER BY ({value} IS NULL OR {fraction}) DESC, "
            "number LIMIT 1",
        ).fetchall()
        if odd:
            number, said = odd[0]
            return f"{name}, {below.format(number + header)}", said
    return None
