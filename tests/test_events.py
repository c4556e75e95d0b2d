"""Events: one suite on pandas, DuckDB and Spark, each table compared to the digit with a count by hand."""

import os
import random
import sys
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import valuecreation as vc
from valuecreation.errors import MissingTable, UndefinedStatistic, UnknownName, UnreadableStudy, WillNotFit
from valuecreation.events import memory, model

JOBS = ("participation", "profile", "ties", "succession")


def made_up(rows: int = 400, seed: int = 4) -> pd.DataFrame:
    """Return a log with missing minutes, activities and meetings, people in two networks, and many events of one moment."""
    draw = random.Random(seed)
    first = datetime(2024, 9, 1)
    told = []
    for number in range(rows):
        told.append(
            {
                "event_id": (number * 7919) % rows,
                "network_id": draw.choice(["n1", "n2", "n3"]),
                "participant_id": f"P{draw.randrange(12):02d}",
                "at": first + timedelta(days=draw.randrange(90), hours=draw.choice([9, 9, 14])),
                "activity": draw.choice(["meeting", "visit", "diary", None]),
                "activity_id": draw.choice([f"A{draw.randrange(40)}", None]),
                "minutes": draw.choice([30, 60, 95, None]),
            }
        )
    frame = pd.DataFrame(told).astype({"minutes": "Int64"})
    return frame.assign(at=frame["at"].astype("datetime64[us]"))


@pytest.fixture(scope="session")
def spark():
    sql = pytest.importorskip("pyspark.sql", reason="the spark extra is not installed (make spark installs it)")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = sql.SparkSession.builder.master("local[2]").config("spark.sql.shuffle.partitions", "4")
    session = session.config("spark.ui.enabled", "false").config("spark.sql.session.timeZone", "UTC").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def through(engine: str, frame: pd.DataFrame, request, tmp_path) -> vc.Events:
    if engine == "pandas":
        return vc.open_events(frame)
    if engine == "duckdb":
        return vc.open_events(duckdb.connect().from_df(frame))
    path = (tmp_path / "events.parquet").as_posix()
    duckdb.connect().from_df(frame).write_parquet(path)
    if engine == "parquet":
        return vc.open_events(path)
    return vc.open_events(request.getfixturevalue("spark").read.parquet(path))


engines = pytest.mark.parametrize(
    "engine", ["pandas", "duckdb", "parquet", pytest.param("spark", marks=pytest.mark.spark)]
)
# What pyspark itself does that pandas will not have in its next version.
quiet = pytest.mark.filterwarnings(
    "ignore:The copy keyword is deprecated",
    "ignore:PySpark does not yet fully support pandas",
    "ignore:.*is_datetime64tz_dtype.*",
    "ignore::ResourceWarning",
)


def by_hand(frame: pd.DataFrame, job: str) -> dict:
    rows = frame.to_dict("records")
    answer: dict = {}
    if job in ("participation", "profile"):
        people = defaultdict(set)
        for row in rows:
            key = (row["network_id"], f"{row['at']:%Y-%m}")
            if job == "profile":
                if pd.isna(row["activity"]):
                    continue
                key = (*key, row["activity"])
            people[key].add(row["participant_id"])
            told = answer.setdefault(key, [0, 0, 0, 0])
            told[0] = len(people[key])
            told[1] += 1
            told[2] += 0 if pd.isna(row["minutes"]) else int(row["minutes"])
            told[3] += int(pd.isna(row["minutes"]))
    if job == "ties":
        there: dict = defaultdict(lambda: defaultdict(lambda: [0, False]))
        for row in rows:
            if not pd.isna(row["activity_id"]):
                one = there[row["network_id"], row["activity_id"]][row["participant_id"]]
                one[0] += 0 if pd.isna(row["minutes"]) else int(row["minutes"])
                one[1] |= bool(pd.isna(row["minutes"]))
        for (network, _), present in there.items():
            for a in present:
                for b in present:
                    if a < b:
                        told = answer.setdefault((network, a, b), [0, 0, 0])
                        unclear = present[a][1] or present[b][1]
                        told[0] += 1
                        told[1] += 0 if unclear else min(present[a][0], present[b][0])
                        told[2] += unclear
    if job == "succession":
        steps: dict = defaultdict(lambda: defaultdict(set))
        for row in rows:
            if not pd.isna(row["activity"]):
                steps[row["network_id"], row["participant_id"]][f"{row['at']:%Y%m%d}"].add(row["activity"])
        count, behind = Counter(), defaultdict(set)
        for (network, person), days in steps.items():
            order = [days[day] for day in sorted(days)]
            for number in range(len(order) - 1):
                for source in order[number]:
                    for target in order[number + 1]:
                        count[network, source, target] += 1
                        behind[network, source, target].add(person)
        answer = {key: [count[key], len(behind[key])] for key in count}
    return answer


def told(table: pd.DataFrame, job: str) -> dict:
    keys = [name for name in model._KEYS if name in table]
    rest = [name for name in table if name not in keys]
    return {tuple(row[name] for name in keys): [int(row[name]) for name in rest] for row in table.to_dict("records")}


@quiet
@engines
@pytest.mark.parametrize("job", JOBS)
def test_every_engine_counts_as_by_hand(engine, job, request, tmp_path):
    frame = made_up()
    table = getattr(through(engine, frame, request, tmp_path), job)()
    assert told(table, job) == by_hand(frame, job)
    pd.testing.assert_frame_equal(table, getattr(vc.open_events(frame), job)())


@quiet
@engines
def test_events_of_one_moment_follow_their_ids(engine, request, tmp_path):
    frame = made_up()
    own = frame.dropna(subset=["activity"]).sort_values(["network_id", "participant_id", "at", "event_id"])
    pairs = Counter()
    for (network, _), part in own.groupby(["network_id", "participant_id"]):
        states = part["activity"].tolist()
        pairs.update((network, *pair) for pair in zip(states, states[2:], strict=False))
    table = through(engine, frame, request, tmp_path).succession(lag=2, same_day="ordered")
    keys = table[["network_id", "source", "target"]].itertuples(index=False, name=None)
    assert dict(zip(keys, table["count"].tolist(), strict=True)) == dict(pairs)


@quiet
@engines
def test_the_order_of_the_rows_makes_no_difference(engine, request, tmp_path):
    frame = made_up()
    mixed = frame.sample(frac=1, random_state=3, ignore_index=True)
    one = vc.open_events(frame).succession(same_day="ordered")
    pd.testing.assert_frame_equal(through(engine, mixed, request, tmp_path).succession(same_day="ordered"), one)


@quiet
@engines
def test_who_is_in_two_networks_is_one_person(engine, request, tmp_path):
    frame = made_up()
    table = through(engine, frame, request, tmp_path).people()
    assert table["participants"].sum() == frame["participant_id"].nunique()


@quiet
@engines
def test_rows_without_person_or_moment_are_said_and_not_counted(engine, request, tmp_path):
    frame = made_up(60)
    frame.loc[0, "participant_id"] = None
    frame.loc[[1, 2], "at"] = pd.NaT
    events = through(engine, frame, request, tmp_path)
    assert dict(events.left_out().itertuples(index=False, name=None)) == {"no participant_id": 1, "no at": 2}
    assert events.participation()["events"].sum() == 57


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 60))
def test_pandas_and_duckdb_agree_on_any_log(seed, rows):
    frame = made_up(rows, seed)
    for job in JOBS:
        mine = getattr(vc.open_events(frame), job)()
        assert told(mine, job) == by_hand(frame, job)
        pd.testing.assert_frame_equal(getattr(vc.open_events(duckdb.connect().from_df(frame)), job)(), mine)


@pytest.mark.parametrize("job", JOBS)
def test_networks_counted_one_by_one_are_the_whole(job, tmp_path):
    frame = made_up()
    parts = [part for _, part in frame.groupby("network_id")]
    whole = getattr(vc.open_events(frame), job)()
    pd.testing.assert_frame_equal(vc.map_events(job, parts), whole)
    with ThreadPoolExecutor(2) as pool:
        pd.testing.assert_frame_equal(vc.map_events(job, parts, map=pool.map), whole)


@quiet
@pytest.mark.spark
def test_spark_as_the_one_who_hands_out_the_work(spark):
    frame = made_up()
    parts = [part for _, part in frame.groupby("network_id")]

    def over_the_cluster(count, parts):
        return spark.sparkContext.parallelize(parts).map(count).collect()

    pd.testing.assert_frame_equal(vc.map_events("ties", parts, map=over_the_cluster), vc.open_events(frame).ties())


def test_a_network_in_two_parts_is_refused():
    frame = made_up(50)
    with pytest.raises(UndefinedStatistic, match="Network n1 lies in two parts"):
        vc.map_events("participation", [frame[frame["network_id"] == "n1"], frame])
    with pytest.raises(UnknownName):
        vc.map_events("wealth", [frame])


def test_a_study_and_the_analyses_of_it_say_the_same(lindehout):
    events = vc.open_events(lindehout)
    order = vc.succession(lindehout, of="activities", n=5).table.query("count > 0")
    assert events.succession()["count"].tolist() == order["count"].tolist()
    edges = vc.tie_graph(lindehout).number_of_edges()
    assert len(events.ties()) == edges
    assert events.participation()["participants"].tolist() == vc.participation(lindehout).table["n"].tolist()


def test_files_of_csv_and_parquet(tmp_path):
    frame = made_up(90)
    frame.iloc[:40].to_csv(tmp_path / "one.csv", index=False)
    frame.iloc[40:].to_csv(tmp_path / "two.csv", index=False)
    mine = vc.open_events(frame)
    read = vc.open_events(tmp_path / "*.csv")
    assert read.engine == "duckdb"
    for job in JOBS:
        pd.testing.assert_frame_equal(getattr(read, job)(), getattr(mine, job)())


@pytest.mark.parametrize(
    ("broken", "error", "words"),
    [
        (lambda frame: frame.drop(columns="at"), MissingTable, "need a column at"),
        (lambda frame: frame.assign(at=frame["at"].astype("str")), MissingTable, "pd.to_datetime"),
        (lambda frame: frame.assign(minutes=0.5), MissingTable, "parts of a minute"),
        (lambda frame: frame.assign(minutes="an hour"), MissingTable, "no numbers"),
        (lambda frame: "no/such/*.parquet", UnreadableStudy, "no file"),
        (lambda frame: 5, UnreadableStudy, "this is int"),
    ],
)
def test_what_is_no_log_of_events_is_said(broken, error, words):
    with pytest.raises(error, match=words):
        vc.open_events(broken(made_up(10)))


def test_whole_minutes_in_a_column_of_floats_are_whole():
    frame = made_up(60)
    floats = frame.assign(minutes=frame["minutes"].astype("float64"))
    pd.testing.assert_frame_equal(vc.open_events(floats).ties(), vc.open_events(frame).ties())


def test_a_job_that_does_not_fit_says_so_before_it_starts(monkeypatch):
    monkeypatch.setattr(memory, "free_memory", lambda: 1000)
    with pytest.raises(WillNotFit, match="Parquet"):
        vc.open_events(made_up(100)).ties()
    with pytest.raises(UnknownName, match="event_id"):
        vc.open_events(made_up(20).drop(columns="event_id")).succession(same_day="ordered")
    with pytest.raises(UnknownName):
        vc.open_events(made_up(20)).succession(same_day="guess")


def test_only_a_person_and_a_moment_are_needed():
    frame = made_up(30)[["participant_id", "at"]]
    events = vc.open_events(frame)
    assert events.participation()["events"].sum() == 30
    assert events.ties().empty
    assert events.succession().empty
    assert events.profile().empty
    assert np.array_equal(events.participation()["unknown"], events.participation()["events"])
