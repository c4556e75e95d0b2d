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
print(json.dumps([seconds, peak]))
"""


@dataclass(frozen=True)
class Measured:
    """The median time of a piece of work in seconds, and the peak memory of its whole process in megabytes."""

    seconds: float
    megabytes: float


def measure(setup: str, work: str, times: int = 3) -> Measured:
    """Run a piece of work several times, each in a fresh Python, and return the median time and the highest peak."""
    runs = []
    for _ in range(times):
        done = subprocess.run(
            [sys.executable, "-c", _FRAME.format(setup=setup, work=work)], capture_output=True, text=True, check=True
        )
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    seconds = sorted(run[0] for run in runs)[len(runs) // 2]
    return Measured(seconds, max(run[1] for run in runs))
