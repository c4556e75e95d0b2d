"""Measuring: each piece of work in a Python of its own, so that memory and imports of one do not help or hinder another."""

import json
import subprocess
import sys
from dataclasses import dataclass

_FRAME = """
import json, resource, sys, time
{setup}
start = time.perf_counter()
{work}
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
try:  # processes that the work has started and that still run, such as the Java of Spark
    from pathlib import Path
    for child in Path("/proc/self/task", str(__import__("os").getpid()), "children").read_text().split():
        told = dict(line.split(":", 1) for line in Path("/proc", child, "status").read_text().splitlines() if ":" in line)
        peak += int(told.get("VmHWM", "0 kB").split()[0]) / 2**10
except OSError:
    pass
{after}
print(json.dumps([seconds, peak]))
"""


@dataclass(frozen=True)
class Measured:
    """The median time of a piece of work in seconds, and the peak memory of its whole process in megabytes."""

    seconds: float
    megabytes: float


def measure(setup: str, work: str, times: int = 3, after: str = "") -> Measured:
    """Run a piece of work several times, each in a fresh Python, and return the median time and the highest peak.

    What is done after it is not measured.
    """
    return together([once(setup, work, after) for _ in range(times)])


def once(setup: str, work: str, after: str = "") -> tuple[float, float]:
    """Run a piece of work in a fresh Python and return seconds and megabytes."""
    script = _FRAME.format(setup=setup, work=work, after=after)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return tuple(json.loads(done.stdout.splitlines()[-1]))


def together(runs: list[tuple[float, float]]) -> Measured:
    """Return the median time and the highest peak of runs."""
    return Measured(sorted(run[0] for run in runs)[len(runs) // 2], max(run[1] for run in runs))
