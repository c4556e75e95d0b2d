"""A JupyterLab and a chromium for the browser tests."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = {
    "@jupyterlab/notebook-extension/tracker.jupyterlab-settings": '{"windowingMode": "none"}',
    "@jupyterlab/apputils-extension/notification.jupyterlab-settings": '{"fetchNews": "false", "checkForUpdates": false}',
}
FLAGS = [
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    """Return a folder for one JupyterLab: notebooks, settings, what the kernels write."""
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="module")
def lab(scratch):
    """A JupyterLab on a copy of the notebooks, so that its autosaving touches none of ours."""
    shutil.copytree(ROOT / "notebooks", scratch / "notebooks")
    for name, content in QUIET.items():
        target = scratch / "settings" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        "--no-browser", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=probe",
        f"--ServerApp.root_dir={scratch / 'notebooks'}", "--allow-root", f"--LabApp.user_settings_dir={scratch / 'settings'}",
        f"--LabApp.workspaces_dir={scratch / 'workspaces'}",
    ]  # fmt: skip
    log = (scratch / "log.txt").open("w", encoding="utf-8")
    home = {**os.environ, "VALUECREATION_HOME": str(scratch / "home")}
    server = subprocess.Popen([sys.executable, "-m", "jupyterlab", *options], stdout=log, stderr=log, env=home)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/api?token=probe", server)
        yield address
    finally:
        server.terminate()
        server.wait(20)
        log.close()


@pytest.fixture(scope="module")
def browser():
    """Debian's chromium, driven by playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


def wait_for(address: str, server: subprocess.Popen, seconds: int = 60) -> None:
    for _ in range(seconds * 4):
        assert server.poll() is None, "JupyterLab stopped"
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.25)
    pytest.fail("JupyterLab did not start")


@pytest.fixture
def opened(browser, lab):
    """Return what opens a notebook and runs it: a page, and the list of its script errors."""
    return lambda notebook: open_notebook(browser, lab, notebook)


def open_notebook(browser, lab: str, notebook: str):
    """Return a page with a notebook that has run from top to bottom, and the list of its script errors."""
    page = browser.new_page(viewport={"width": 1280, "height": 1100})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{lab}/lab/tree/{notebook}?token=probe&reset", wait_until="domcontentloaded")
    page.get_by_text("| Idle").wait_for(timeout=90_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    return page, errors


def pytest_collection_modifyitems(items):
    """Mark every browser test, and skip it where there is no browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(
                pytest.mark.skipif(
                    CHROMIUM is None, reason="chromium is not installed (Debian: apt-get install chromium)"
                )
            )
            # a browser and a server that stop leave pipes and sockets to be collected; that is theirs, not ours
            for kind in ("pytest.PytestUnraisableExceptionWarning", "ResourceWarning"):
                item.add_marker(pytest.mark.filterwarnings(f"ignore::{kind}"))
