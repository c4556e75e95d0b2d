"""Transitions with 1,000 resamples beside tnapy, where somebody has installed it, and betweenness beside networkx.

`python -m benchmarks.sequences --slow` compares the numbers, measures both and writes `benchmarks/sequences.json`; without
`--slow` the minutes that networkx needs for 5,000 nodes are left out. The peer of the transitions is put in a folder of its own:

    pip install --no-deps --target /tmp/tnapy tnapy
    PYTHONPATH=/tmp/tnapy python -m benchmarks.sequences --slow

It installs as `tnapy` and imports as `tna`. Where it is not there, its row says so.
"""

import json
import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from benchmarks.measuring import Measured, once, together

RESULTS = Path(__file__).with_name("sequences.json")
SEQUENCES = (
    "import numpy as np, pandas as pd; "
    "from valuecreation.stats.transitions import bootstrap_transitions, transition_probabilities; "
    "rng = np.random.default_rng(7); names = np.array(list('abcdefghi')); "
    "sequences = [names[rng.integers(0, 9, size)] for size in rng.integers(4, 24, 2000)]"
)
BOOTSTRAP = "table = bootstrap_transitions(sequences, n=1000)"
PEER_SETUP = f"{SEQUENCES}; import tna; wide = pd.DataFrame([list(one) for one in sequences])"
PEER = "model = tna.tna(wide); tna.bootstrap_tna(model, iter=1000, seed=7)"
GRAPH = (
    "import networkx as nx, pandas as pd; from valuecreation.stats.betweenness import betweenness; "
    "graph = nx.gnm_random_graph({nodes}, {edges}, seed=1); edges = pd.DataFrame(graph.edges, columns=['source', 'target'])"
)
BETWEENNESS = "found = betweenness(edges, graph)"
NETWORKX = "found = pd.Series(nx.betweenness_centrality(graph))"
SAME = 1e-9
# After the work, outside the time that is measured: what it found, for the other to be compared with.
_SHARES = "table.pivot(index='source', columns='target', values='estimate').to_json({out!r}, double_precision=15)"
_WEIGHTS = "pd.DataFrame(model.weights, index=model.labels, columns=model.labels).to_json({out!r}, double_precision=15)"
_FOUND = "found.sort_index().to_frame('b').to_json({out!r}, double_precision=15)"


def without_tnapy() -> str:
    """Return why tnapy cannot be measured here, or nothing; the unrelated package that is called tna cannot."""
    if find_spec("tna") is None:
        return "tnapy is not installed"
    if find_spec("tna.bootstrap") is None:
        return "what is installed as tna is another package than tnapy"
    return ""


def run(slow: bool = False, times: int = 5) -> list[dict]:
    """Measure and return a row for each job and library; what both found is compared first."""
    rows = []
    lacking = without_tnapy()
    ways = {"valuecreation": (SEQUENCES, BOOTSTRAP, _SHARES)}
    if not lacking:
        ways["tnapy"] = (PEER_SETUP, PEER, _WEIGHTS)
    rows += _one("transitions, 1,000 resamples", "2,000 sequences, 9 states", ways, {"tnapy": lacking}, times)
    graph = GRAPH.format(nodes=5_000, edges=49_000)
    ways = {"valuecreation": (graph, BETWEENNESS, _FOUND)}
    if slow:
        ways["networkx"] = (graph, NETWORKX, _FOUND)
    left = "" if slow else "measured with --slow only"
    rows += _one("betweenness", "5,000 nodes, 49,000 edges", ways, {"networkx": left}, times)
    return rows


def _one(job: str, size: str, ways: dict[str, tuple], lacking: dict[str, str], times: int) -> list[dict]:
    import tempfile

    runs: dict[str, list] = {library: [] for library in ways}
    found = {}
    with tempfile.TemporaryDirectory() as scratch:
        for turn in range(times):  # in turns, so that what else the machine does falls on both
            for library, (setup, work, after) in ways.items():
                if turn and library != "valuecreation" and together(runs[library]).seconds > 60:
                    continue
                out = Path(scratch, f"{library}.json")
                runs[library].append(once(setup, work, after.format(out=out.as_posix())))
                found[library] = out
        apart = furthest_apart(*found.values()) if len(found) == 2 else None
    if apart is not None and apart > SAME:
        raise SystemExit(f"{job}: the two libraries do not find the same; they differ by {apart:.3g} at the most.")
    ours = together(runs["valuecreation"])
    rows = []
    for library, each in runs.items():
        done = together(each)
        rows.append(
            {"job": job, "size": size, "library": library, "seconds": round(done.seconds, 3), "runs": len(each),
             "times_ours": round(done.seconds / ours.seconds, 2), "peak_megabytes": round(done.megabytes),
             "furthest_apart": apart}
        )  # fmt: skip
    rows += [{"job": job, "size": size, "library": name, "skipped": why} for name, why in lacking.items() if why]
    return rows


def furthest_apart(left: Path, right: Path) -> float:
    """Return the largest difference between two tables on disk; infinite where they have other rows, columns or gaps."""
    import numpy as np
    import pandas as pd

    one, other = (pd.read_json(path).sort_index().sort_index(axis=1) for path in (left, right))
    if not (one.index.equals(other.index) and one.columns.equals(other.columns)):
        return float("inf")
    if not one.isna().equals(other.isna()):
        return float("inf")
    return float(np.nanmax(np.abs(one.to_numpy(float) - other.to_numpy(float))))


def measured(rows: list[dict]) -> list[tuple[str, Measured, Measured | str]]:
    """Return for each job its name, our time, and that of the peer or why there is none."""
    shown = []
    for ours in (row for row in rows if row["library"] == "valuecreation"):
        peer = next(row for row in rows if row["job"] == ours["job"] and row is not ours)
        theirs = f"{peer['library']}: {peer['skipped']}" if "skipped" in peer else _as_measured(peer)
        shown.append((ours["job"], _as_measured(ours), theirs))
    return shown


def _as_measured(row: dict) -> Measured:
    return Measured(row["seconds"], row["peak_megabytes"])


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def keep(rows: list[dict], path: Path = RESULTS) -> None:
    """Write the rows with the machine that they were measured on."""
    packages = {name: _version(name) for name in ("numpy", "scipy", "pandas", "networkx", "tnapy")}
    machine = {
        "cores": os.cpu_count(),
        "gigabytes": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30),
        "python": platform.python_version(),
        "system": platform.system(),
        **{name: number for name, number in packages.items() if number},
    }
    path.write_text(json.dumps({"machine": machine, "rows": rows}, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Measure, print, and write the figures."""
    rows = run("--slow" in sys.argv)
    for row in rows:
        told = row.get("skipped") or f"{row['seconds']:8.3f} s {row['peak_megabytes']:6.0f} MB"
        print(f"{row['job']:30} {row['library']:14} {told}", flush=True)
    keep(rows)


if __name__ == "__main__":
    main()
