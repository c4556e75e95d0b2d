"""Settings of pytest that hold from whatever folder it is started in."""

import os
import tempfile

import pytest
from hypothesis import settings

# A slow machine is no fault of the code, and in CI the same cases are tried each time.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_configure(config: pytest.Config) -> None:
    """Give nbval its table of what may differ, by its full path: it looks only in the current folder.

    Kernels get an empty home for coding journals, so that what somebody coded in a notebook changes no test.
    """
    if "VALUECREATION_HOME" not in os.environ:
        home = tempfile.TemporaryDirectory(prefix="valuecreation-")
        config.add_cleanup(home.cleanup)
        os.environ["VALUECREATION_HOME"] = home.name
    if hasattr(config.option, "nbval_sanitize_with") and not config.option.nbval_sanitize_with:
        config.option.nbval_sanitize_with = str(config.rootpath / "tests" / "nbval.cfg")
