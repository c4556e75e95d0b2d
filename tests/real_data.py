"""Where real data of others lie, on a machine that has them; they are never part of the project."""

import os
from pathlib import Path

import pytest


def real(name: str) -> Path:
    """Return a file of the shared data, or skip the test: from VALUECREATION_SHARED, or a folder shared/data further up."""
    told = os.environ.get("VALUECREATION_SHARED")
    above = [folder / "shared" for folder in Path(__file__).resolve().parents]
    for folder in [Path(told)] if told else above:
        for path in (folder / name, folder / "data" / name):
            if path.is_file():
                return path
    pytest.skip(f"the real data {name} are not on this machine (set VALUECREATION_SHARED to their folder)")
