"""Settings of pytest that hold from whatever folder it is started in."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Give nbval its table of what may differ, by its full path: it looks only in the current folder."""
    if hasattr(config.option, "nbval_sanitize_with") and not config.option.nbval_sanitize_with:
        config.option.nbval_sanitize_with = str(config.rootpath / "tests" / "nbval.cfg")
