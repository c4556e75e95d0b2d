"""Events: one suite on pandas, DuckDB and Spark, each table compared to the digit with a count by hand."""

import os
import random
import sys
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import datetime, timedelta
from multiprocessing import get_context
from time import sleep

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import valuecreation as vc
from valuecreation.errors import (
    DecisionNeeded,
    MissingTable,
    UndefinedStatistic,
    UnknownName,
    UnreadableStudy,
    UnwritableStudy,
    WillNotFit,
)
from valuecreation.events import kernels, memory, model
from valuecreation.events import progress as progress_line

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


# Names whose order differs between alphabets, so that a < b must mean the same thing on every engine.
LOGS = st.lists(
    st.tuples(
        st.sampled_from(["n1", "N2", None]),
        st.sampled_from(["P1", "p1", "É", "Z", "\N{GRINNING FACE}"]),
        st.datetimes(datetime(2024, 8, 30), datetime(2024, 9, 2)),
        st.sampled_from(["meeting", "Visit", "één", None]),
        st.sampled_from(["A1", "a1", None]),
        st.one_of(st.none(), st.integers(0, 600)),
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=6, deadline=None)
@given(LOGS)
def test_pandas_and_duckdb_agree_on_any_log(rows):
    names = ["network_id", "participant_id", "at", "activity", "activity_id", "minutes"]
    frame = pd.DataFrame(rows, columns=names).assign(event_id=range(len(rows)))
    frame = frame.astype(dict.fromkeys(("network_id", "participant_id", "activity", "activity_id"), "str"))
    frame = frame.astype({"minutes": "Int64", "at": "datetime64[us]"})
    frame["network_id"] = frame["network_id"].fillna("unknown")
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


def zoned() -> pd.DataFrame:
    """Return two events about the end of August: half past eleven in the evening UTC is half past one at night in Utrecht."""
    at = pd.to_datetime(["2024-08-31 10:00+00:00", "2024-08-31 23:30+00:00"]).astype("datetime64[us, UTC]")
    return pd.DataFrame({"event_id": [1, 2], "participant_id": ["a", "b"], "at": at, "activity_id": ["m", "m"]})


@quiet
@engines
@pytest.mark.parametrize(("zone", "months"), [("UTC", ["2024-08"]), ("Europe/Amsterdam", ["2024-08", "2024-09"])])
def test_moments_with_a_zone_have_their_month_where_it_is_said(engine, zone, months, request, tmp_path):
    frame = zoned()
    path = (tmp_path / "events.parquet").as_posix()
    duckdb.connect().from_df(frame).write_parquet(path)
    if engine == "pandas":
        source = frame
    elif engine == "parquet":
        source = path
    elif engine == "duckdb":
        connection = duckdb.connect()
        connection.execute(f"SET TimeZone = '{zone}'")
        source = connection.from_df(frame)
    else:
        session = request.getfixturevalue("spark")
        session.conf.set("spark.sql.session.timeZone", zone)
        request.addfinalizer(lambda: session.conf.set("spark.sql.session.timeZone", "UTC"))
        source = session.read.parquet(path)
    events = vc.open_events(source, zone=zone)
    assert events.participation()["month"].tolist() == months
    assert events.ties(by="month")["month"].tolist() == months[-1:]


def test_another_zone_than_the_connection_tells_is_refused():
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'America/New_York'")
    with pytest.raises(DecisionNeeded, match="SET TimeZone = 'UTC'"):
        vc.open_events(connection.from_df(zoned()))
    assert vc.open_events(connection.from_df(zoned()), zone="America/New_York").participation()["events"].sum() == 2


def test_ties_of_two_logs_on_one_connection_do_not_mix():
    connection = duckdb.connect()
    one, two = made_up(200, 1), made_up(200, 2)
    first, second = (kernels.ties(vc.open_events(connection.from_df(frame)).frame) for frame in (one, two))
    for lazy, frame in ((first, one), (second, two)):
        pd.testing.assert_frame_equal(model._plain(lazy), vc.open_events(frame).ties())


def test_no_such_zone(tmp_path):
    (tmp_path / "log.csv").write_text("participant_id,at\na,2024-08-31T23:30:00Z\n", encoding="utf-8")
    assert vc.open_events(tmp_path / "*.csv").participation()["month"].tolist() == ["2024-08"]
    for source in (tmp_path / "*.csv", zoned()):
        with pytest.raises(DecisionNeeded, match="no time zone"):
            vc.open_events(source, zone="Utrecht's")


@quiet
@engines
def test_an_order_needs_an_event_id_of_its_own(engine, request, tmp_path):
    frame = made_up(200).assign(activity="visit")
    for broken, lag in (
        (frame.assign(event_id=1, at=frame["at"].iloc[0]), 2),
        (frame.astype({"event_id": "Int64"}), 1),
    ):
        if lag == 1:
            broken.loc[3, "event_id"] = pd.NA
        with pytest.raises(UndefinedStatistic, match="have no place in the order"):
            through(engine, broken, request, tmp_path).succession(lag, same_day="ordered")
        (tmp_path / "events.parquet").unlink(missing_ok=True)
    assert through(engine, frame, request, tmp_path).succession(same_day="ordered")["count"].sum() > 0


@pytest.mark.parametrize("lag", [0, -1, 1.0, True])
def test_what_follows_is_a_step_on(lag):
    with pytest.raises(UndefinedStatistic, match="one step on or more"):
        vc.open_events(made_up(20)).succession(lag)


@quiet
@engines
def test_ties_of_months_add_up_to_the_whole(engine, request, tmp_path):
    frame = made_up()
    events = through(engine, frame, request, tmp_path)
    months = events.ties(by="month")
    first = frame.dropna(subset=["activity_id"]).groupby(["network_id", "activity_id", "participant_id"])["at"].min()
    meetings = Counter()
    for (network, _), there in first.groupby(level=[0, 1]):
        present = {key[2]: f"{at:%Y-%m}" for key, at in there.items()}
        meetings.update((network, max(present[a], present[b]), a, b) for a in present for b in present if a < b)
    keys = ["network_id", "month", "participant_id", "other_id"]
    assert dict(zip(months[keys].itertuples(index=False, name=None), months["meetings"], strict=True)) == dict(meetings)
    summed = months.groupby(["network_id", "participant_id", "other_id"], as_index=False)[
        ["meetings", "minutes", "unknown"]
    ]
    pd.testing.assert_frame_equal(summed.sum(), events.ties())
    with pytest.raises(UnknownName, match="month"):
        events.ties(by="week")


@pytest.mark.parametrize("engine", ["pandas", "parquet"])
def test_parts_that_are_written_give_the_whole(engine, request, tmp_path):
    frame = made_up().drop(columns="minutes")
    frame.loc[:9, "participant_id"] = None
    events = through(engine, frame, request, tmp_path)
    parts = events.parts(tmp_path / "parts", count=8)
    assert 1 <= len(parts) <= 3
    assert sum(vc.open_events(part).left_out()["rows"].sum() for part in parts) == 10
    for job, options in [
        *((job, {}) for job in JOBS),
        ("succession", {"same_day": "ordered"}),
        ("ties", {"by": "month"}),
    ]:
        pd.testing.assert_frame_equal(vc.map_events(job, parts, **options), getattr(events, job)(**options))
    with pytest.raises(UnwritableStudy, match="not empty"):
        events.parts(tmp_path / "parts")
    with pytest.raises(UndefinedStatistic, match="no parts"):
        vc.map_events("ties", [])


def test_parts_are_counted_by_other_processes(tmp_path):
    events = vc.open_events(made_up())
    parts = events.parts(tmp_path / "parts")
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        pd.testing.assert_frame_equal(vc.map_events("ties", parts, map=pool.map), events.ties())


def test_a_long_count_says_how_long_it_is_under_way(capsys, monkeypatch):
    vc.open_events(made_up()).ties()
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(progress_line, "QUIET_SECONDS", 0.01)
    monkeypatch.setattr(progress_line, "EVERY_SECONDS", 0.01)
    with progress_line.progress("ties on duckdb", lambda: 40.0):
        sleep(0.2)
    told = capsys.readouterr().err
    assert "ties on duckdb: 0 s, 40%" in told
    assert told.endswith("\n")
    with progress_line.progress("ties", None, show=False):
        sleep(0.05)
    assert capsys.readouterr().err == ""


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


@pytest.mark.parametrize("written", ["", " "])
def test_minutes_that_nobody_filled_in_are_unknown_on_every_engine(tmp_path, written):
    frame = made_up(40).assign(minutes=written)
    frame.to_csv(tmp_path / "log.csv", index=False)
    events = vc.open_events(tmp_path / "log.csv")
    assert events.engine == "duckdb"
    assert events.participation()["minutes"].sum() == 0
    assert (events.participation()["unknown"] == events.participation()["events"]).all()
    for job in JOBS:
        pd.testing.assert_frame_equal(getattr(events, job)(), getattr(vc.open_events(frame), job)())


@quiet
@pytest.mark.parametrize("engine", ["pandas", "duckdb", "parquet", pytest.param("spark", marks=pytest.mark.spark)])
def test_ninety_is_ninety_however_it_is_written(engine, request, tmp_path):
    frame = made_up(40).assign(minutes=["90", "90.0", " 90 ", ""] * 10)
    plain = frame.assign(minutes=pd.Series([90, 90, 90, None] * 10, dtype="Int64"))
    events = through(engine, frame, request, tmp_path)
    pd.testing.assert_frame_equal(events.participation(), vc.open_events(plain).participation())


def test_a_file_with_ninety_written_in_three_ways_is_read(tmp_path):
    frame = made_up(40).assign(minutes=["90", "90.0", " 90 ", ""] * 10)
    frame.to_csv(tmp_path / "log.csv", index=False)
    plain = frame.assign(minutes=pd.Series([90, 90, 90, None] * 10, dtype="Int64"))
    read = vc.open_events(tmp_path / "log.csv")
    pd.testing.assert_frame_equal(read.participation(), vc.open_events(plain).participation())


@pytest.mark.parametrize("said", ["an hour", "1:30", "90,0", "90.000", "-90", "90.5"])
def test_what_is_no_whole_minute_is_named_with_its_file_row_and_remedy(tmp_path, said):
    frame = made_up(6).astype({"minutes": "str"}).assign(minutes=["30", "", "60", said, "30", "30"])
    frame.head(2).to_csv(tmp_path / "a.csv", index=False)
    frame.tail(4).to_csv(tmp_path / "b.csv", index=False)
    if said in ("90.000", "-90"):  # in a file where all are numbers DuckDB takes these for one
        frame = frame.assign(minutes=["30", "", "about an hour", said, "30", "30"])
    with pytest.raises(MissingTable, match="row [34], column minutes: .* no whole number.*Write whole minutes"):
        vc.open_events(frame)
    if said not in ("90.000", "-90"):
        with pytest.raises(MissingTable, match=rf"b\.csv, row 3, column minutes: '{said}' is no whole"):
            vc.open_events(tmp_path / "*.csv")


def test_numbers_and_words_mixed_and_a_number_without_end_are_told(tmp_path):
    frame = made_up(4)
    mixed = frame.assign(minutes=pd.Series([90, " 90 ", 90.0, None], dtype=object))
    assert vc.open_events(mixed).participation()["minutes"].sum() == 270
    endless = frame.assign(minutes=[1.0, float("inf"), 2.0, float("nan")])
    for table in (endless, duckdb.connect().from_df(endless)):
        with pytest.raises(MissingTable, match="inf"):
            vc.open_events(table)
    lost = frame.assign(minutes=[1.0, 2.0, 2.0, float("nan")])
    assert vc.open_events(duckdb.connect().from_df(lost)).participation()["unknown"].sum() == 1


def test_a_job_that_does_not_fit_says_so_before_it_starts(monkeypatch):
    monkeypatch.setattr(memory, "free_memory", lambda: 1000)
    for job in JOBS:
        with pytest.raises(WillNotFit, match=f"Counting {job} takes .* Parquet"):
            getattr(vc.open_events(made_up(100)), job)()
    large = duckdb.connect().from_df(made_up())
    with pytest.raises(WillNotFit, match="part by part"):
        vc.open_events(large).ties()
    assert len(vc.open_events(large).participation()) > 0
    with pytest.raises(UnknownName, match="event_id"):
        vc.open_events(made_up(20).drop(columns="event_id")).succession(same_day="ordered")
    with pytest.raises(UnknownName):
        vc.open_events(made_up(20)).succession(same_day="guess")


def test_what_is_free_counts_what_the_system_can_give_back():
    free = memory.free_memory()
    assert free is None or 0 < free <= os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def test_only_a_person_and_a_moment_are_needed():
    frame = made_up(30)[["participant_id", "at"]]
    events = vc.open_events(frame)
    assert events.participation()["events"].sum() == 30
    assert events.ties().empty
    assert events.succession().empty
    assert events.profile().empty
    assert np.array_equal(events.participation()["unknown"], events.participation()["events"])
