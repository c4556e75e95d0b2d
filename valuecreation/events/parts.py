"""Writing a log in parts, each network whole in one of them."""

from __future__ import annotations

from pathlib import Path

import narwhals as nw

from valuecreation.errors import UnwritableStudy


def write_parts(log: nw.LazyFrame, engine: str, folder: Path, count: int) -> list[str]:
    """Write a log as Parquet in parts and return a pattern of files for each; `Events.parts` tells the rest.

    Parameters
    ----------
    log : narwhals.LazyFrame
    engine : str
    folder : Path
    count : int

    Returns
    -------
    list of str

    Raises
    ------
    UnwritableStudy

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> import pandas as pd
    >>> log = nw.from_native(pd.DataFrame({"participant_id": ["a", "b"]})).lazy()
    >>> with TemporaryDirectory() as folder:
    ...     len(write_parts(log, "pandas", Path(folder), 4))
    1
    """
    import duckdb

    if engine not in ("pandas", "duckdb"):
        raise UnwritableStudy(
            f"Parts are written from pandas or DuckDB, and this log is on {engine}; a cluster parts the work by itself."
        )
    if folder.exists() and any(folder.iterdir()):
        raise UnwritableStudy(f"The folder {folder} is not empty; name a new one for the parts.")
    if count < 1:
        raise UnwritableStudy(f"A log has one part or more, and count is {count}.")
    native = nw.to_native(log)
    relation = native if engine == "duckdb" else duckdb.connect().from_df(native)
    which = "hash(network_id) %" if "network_id" in relation.columns else "0 *"
    folder.mkdir(parents=True, exist_ok=True)
    relation.project(f"*, CAST({which} {int(count)} AS INTEGER) AS part").write_parquet(
        folder.as_posix(), partition_by=["part"], compression="zstd"
    )
    return sorted(f"{one.as_posix()}/*.parquet" for one in folder.glob("part=*"))
