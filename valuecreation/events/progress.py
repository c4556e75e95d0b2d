"""A line that says how long a count is under way, for counts that take more than a moment."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

QUIET_SECONDS = 3.0
EVERY_SECONDS = 1.0


@contextmanager
def progress(what: str, share: Callable[[], float] | None = None, show: bool = True) -> Iterator[None]:
    """Write to stderr, every second, how long something is under way; nothing in the first three seconds.

    Parameters
    ----------
    what : str
        What is being counted, where.
    share : callable, optional
        Says how much is done, 0 to 100; below 0 where that is not known.
    show : bool
        False keeps it silent altogether.

    Examples
    --------
    >>> with progress("ties on duckdb"):
    ...     total = 1 + 1
    """
    if not show:
        yield
        return
    done = threading.Event()
    writer = threading.Thread(target=_write, args=(what, share, done), daemon=True)
    writer.start()
    try:
        yield
    finally:
        done.set()
        writer.join()


def _write(what: str, share: Callable[[], float] | None, done: threading.Event) -> None:
    start = time.monotonic()
    told = False
    wait = QUIET_SECONDS
    while not done.wait(wait):
        told, wait = True, EVERY_SECONDS
        part = _percent(share)
        sys.stderr.write(f"\r{what}: {time.monotonic() - start:.0f} s{part}   ")
        sys.stderr.flush()
    if told:
        sys.stderr.write(f"\r{what}: done in {time.monotonic() - start:.0f} s{' ' * 12}\n")
        sys.stderr.flush()


def _percent(share: Callable[[], float] | None) -> str:
    try:
        value = share() if share else -1.0
    except Exception:  # an engine that cannot say how far it is does not stop the count
        return ""
    return f", {value:.0f}%" if value >= 0 else ""
