"""The event jobs at a million and ten million events: on pandas, on DuckDB, in DuckDB's own SQL, and on Spark where it is."""

import json
import os
import platform
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from benchmarks.measuring import measure

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
SPARK_UP_TO = int(os.environ.get("SPARK_UP_TO", "1000000"))
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
    """Measure and return a row for each job, size and engine; every table is compared with the one of DuckDB."""
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
    keep = "; import hashlib; mark = hashlib.sha256(table.to_csv(index=False).encode()).hexdigest(); open(out, 'w').write(mark)"
    name = path.as_posix()
    ways = {
        "pandas": (
            "import pandas as pd, duckdb, valuecreation as vc, valuecreation.events",
            f"frame = duckdb.read_parquet({name!r}).df(); events = vc.open_events(frame); {asked}",
        ),
        "duckdb": (
            "import pandas, duckdb, valuecreation as vc, valuecreation.events",
            f"events = vc.open_events({name!r}); {asked}",
        ),
        "duckdb sql": (
            "import pandas, duckdb",
            f"log = duckdb.read_parquet({name!r}); table = duckdb.sql({SQL[job]!r}).df(); table.to_csv(index=False)",
        ),
    }
    if size <= SPARK_UP_TO and find_spec("pyspark") and shutil.which("java"):
        ways["spark"] = (_SPARK, f"events = vc.open_events(spark.read.parquet({name!r})); {asked}")
    rows, marks = [], {}
    for engine, (setup, work) in ways.items():
        out = scratch / f"{engine}.mark"
        own = 1 if engine == "spark" or (engine == "pandas" and job == "ties") or size > 2_000_000 else times
        if engine == "duckdb sql":
            done = measure(setup, work, own)
        else:
            done = measure(f"{setup}; out = {out.as_posix()!r}", f"{work}{keep}", own)
            marks[engine] = out.read_text(encoding="utf-8")
        rows.append(
            {"events": size, "job": job, "engine": engine, "seconds": round(done.seconds, 2), "runs": own,
             "peak_megabytes": round(done.megabytes)}
        )  # fmt: skip
        print(f"{size:>12,} {job:14} {engine:11} {done.seconds:8.2f} s {done.megabytes:8.0f} MB", flush=True)
    if len(set(marks.values())) != 1:
        raise SystemExit(f"{job}: the engines do not give the same table: {marks}")
    return rows


def _keep(rows: list[dict]) -> None:
    """Write what is measured so far; an hour on ten million events is not lost with its last job."""
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}
    RESULTS.write_text(json.dumps({"machine": machine, "rows": rows}, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Measure, print, and write the figures that the notebook quotes."""
    run(tuple(int(one) for one in sys.argv[1:]) or (1_000_000,))


if __name__ == "__main__":
    main()
