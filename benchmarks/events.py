"""The event jobs at a million events, or at as many as are asked for, on pandas, DuckDB, DuckDB's own SQL, and Spark where it is.

`python -m benchmarks.events 1000000 10000000` measures both sizes; the larger takes a quarter of an hour with Spark.
"""

import json
import os
import platform
import shutil
import sys
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from benchmarks.measuring import once, together

JOBS = ("participation", "ties", "succession")
RESULTS = Path(__file__).with_name("events.json")
SQL = {
    "participation": """
        SELECT network_id, year("at") * 12 + month("at") - 1 AS month, count(DISTINCT participant_id) AS participants,
               count(*) AS events, sum(minutes) AS minutes FROM log GROUP BY ALL ORDER BY ALL""",
    "ties": """
        WITH there AS (SELECT network_id, activity_id, participant_id, sum(minutes) AS minutes FROM log GROUP BY ALL)
        SELECT a.network_id, a.participant_id, b.participant_id AS other_id, count(*) AS meetings,
               sum(least(a.minutes, b.minutes)) AS minutes
        FROM there AS a JOIN there AS b USING (network_id, activity_id)
        WHERE a.participant_id < b.participant_id GROUP BY ALL ORDER BY ALL""",
    "succession": """
        WITH ranked AS (SELECT network_id, participant_id, activity AS source,
            lead(activity) OVER (PARTITION BY network_id, participant_id ORDER BY "at", event_id) AS target FROM log)
        SELECT network_id, source, target, count(*) AS number, count(DISTINCT participant_id) AS participants
        FROM ranked WHERE target IS NOT NULL GROUP BY ALL ORDER BY ALL""",
}
# What both tables have, in one order and of one type; the library's own has the minutes that are unknown besides.
_MARK = """
import hashlib
table = table.drop(columns="unknown", errors="ignore").rename(columns={{"number": "count"}})
if table["month"].dtype.kind in "iu" if "month" in table else False:
    table["month"] = [f"{{one // 12:04d}}-{{one % 12 + 1:02d}}" for one in table["month"]]
for name in table.columns[table.dtypes == "float64"]:
    table[name] = table[name].astype("int64")
table = table.sort_values(list(table.columns), ignore_index=True)
open({out!r}, "w").write(hashlib.sha256(table.to_csv(index=False).encode()).hexdigest())
"""
_OPTIONS = {"succession": "same_day='ordered'"}
_SPARK = (
    "import os, sys, logging; os.environ['PYSPARK_PYTHON'] = sys.executable; from pyspark.sql import SparkSession; "
    "spark = SparkSession.builder.master('local[2]').config('spark.driver.memory', '6g').config('spark.ui.enabled', 'false')"
    ".getOrCreate(); import valuecreation as vc, valuecreation.events"
)


def write_log(path: Path, rows: int) -> None:
    """Write a log of networks of twenty people with 500 events each in sessions of four people, over three years."""
    import duckdb

    duckdb.sql(f"""
        COPY (SELECT i AS event_id, 'N' || lpad(CAST(i // 10000 AS VARCHAR), 6, '0') AS network_id,
            'P' || lpad(CAST((i // 10000) * 20 + hash(i) % 20 AS VARCHAR), 8, '0') AS participant_id,
            TIMESTAMP '2022-01-01' + to_minutes(CAST(hash(i // 4 * 31) % 1576800 AS INTEGER)) AS "at",
            ['meeting', 'visit', 'diary', 'subgroup', 'course'][CAST(1 + hash(i * 7) % 5 AS INTEGER)] AS activity,
            'A' || CAST(i // 4 AS VARCHAR) AS activity_id, CAST(15 * (1 + hash(i * 3) % 8) AS BIGINT) AS minutes
        FROM range({rows}) AS t(i)) TO '{path.as_posix()}' (FORMAT parquet, COMPRESSION zstd)""")


def run(sizes: tuple[int, ...] = (1_000_000,), times: int = 5) -> list[dict]:
    """Measure and return a row for each job, size and engine; all tables of a job are compared."""
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for size in sizes:
            path = Path(scratch) / f"log-{size}.parquet"
            write_log(path, size)
            for job in JOBS:
                rows += _one(job, size, path, Path(scratch), times)
                _keep(rows)
    return rows


def _one(job: str, size: int, path: Path, scratch: Path, times: int) -> list[dict]:
    asked = f"table = events.{job}({_OPTIONS.get(job, '')})"
    name = path.as_posix()
    ways = {
        "pandas": (
            "import pandas as pd, duckdb, valuecreation as vc, valuecreation.events; "
            f"frame = duckdb.read_parquet({name!r}).df()",
            f"events = vc.open_events(frame); {asked}",
        ),
        "duckdb": (
            "import pandas, duckdb, valuecreation as vc, valuecreation.events",
            f"events = vc.open_events({name!r}); {asked}",
        ),
        "duckdb sql": (
            "import pandas, duckdb",
            f"log = duckdb.read_parquet({name!r}); table = duckdb.sql({SQL[job]!r}).df()",
        ),
    }
    if find_spec("pyspark") and shutil.which("java"):
        ways["spark"] = (_SPARK, f"events = vc.open_events(spark.read.parquet({name!r})); {asked}")
    # The engines take turns, so that what else the machine does falls on all of them.
    wanted = {engine: 1 if engine == "spark" or (engine == "pandas" and size > 2_000_000) else times for engine in ways}
    runs: dict[str, list] = {engine: [] for engine in ways}
    marks: dict[str, set] = {engine: set() for engine in ways}
    for turn in range(times):
        for engine, (setup, work) in ways.items():
            if turn < wanted[engine]:
                out = scratch / "mark"
                runs[engine].append(once(setup, work, _MARK.format(out=out.as_posix())))
                marks[engine].add(out.read_text(encoding="utf-8"))
    found = set().union(*marks.values())
    if len(found) != 1:
        raise SystemExit(f"{job}: the engines do not give the same table: {marks}")
    native = together(runs["duckdb sql"]).seconds
    rows = []
    for engine, each in runs.items():
        done = together(each)
        rows.append(
            {"events": size, "job": job, "engine": engine, "seconds": round(done.seconds, 2), "runs": len(each),
             "times_native": round(done.seconds / native, 2), "peak_megabytes": round(done.megabytes), "same_table": True}
        )  # fmt: skip
        print(f"{size:>12,} {job:14} {engine:11} {done.seconds:8.2f} s {done.megabytes:8.0f} MB", flush=True)
    return rows


def _keep(rows: list[dict]) -> None:
    """Write what is measured so far; an hour on ten million events is not lost with its last job."""
    machine = {
        "cores": os.cpu_count(),
        "gigabytes": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30),
        "python": platform.python_version(),
        "system": platform.system(),
        **{name: version(name) for name in ("pandas", "duckdb", "narwhals", "pyspark") if find_spec(name)},
    }
    RESULTS.write_text(json.dumps({"machine": machine, "rows": rows}, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Measure, print, and write the figures that the notebook quotes."""
    run(tuple(int(one) for one in sys.argv[1:]) or (1_000_000,))


if __name__ == "__main__":
    main()
