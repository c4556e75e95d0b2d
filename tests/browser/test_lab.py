"""JupyterLab in a real browser: the notebook opens and runs, a control moves by keyboard, the table follows.

Run with `make browser`; skipped with a reason where Debian's chromium is not installed.
"""

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

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed (Debian: apt-get install chromium)"),
    # a browser and a server that stop leave pipes and sockets to be collected; that is theirs, not ours
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab on a copy of the notebooks, so that its autosaving touches none of ours."""
    scratch = tmp_path_factory.mktemp("lab")
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
    server = subprocess.Popen([sys.executable, "-m", "jupyterlab", *options], stdout=log, stderr=log)
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


def opened(browser, lab: str, notebook: str):
    """Return a page with a notebook that has run from top to bottom, and the list of its script errors."""
    page = browser.new_page(viewport={"width": 1280, "height": 1100})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{lab}/lab/tree/{notebook}?token=probe&reset", wait_until="domcontentloaded")
    page.get_by_text("| Idle").wait_for(timeout=90_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    return page, errors


def test_a_control_of_the_explorer_changes_its_table_by_keyboard(browser, lab, tmp_path):
    page, errors = opened(browser, lab, "02-explore-cycles.ipynb")
    compare = page.get_by_role("combobox", name="Compare by")
    compare.wait_for(timeout=90_000)
    explorer = page.locator(".jp-CodeCell").filter(has=compare)
    explorer.get_by_role("cell", name="19 of 19").first.wait_for()
    assert explorer.get_by_role("columnheader", name="education").count() == 0
    compare.focus()
    page.keyboard.press("ArrowDown")
    explorer.get_by_role("columnheader", name="education").first.wait_for(timeout=20_000)
    assert compare.input_value()
    assert explorer.get_by_role("img", name="participants (experienced)").count() == 1
    page.screenshot(path=tmp_path / "explorer.png")
    assert errors == []
    page.close()


def test_the_language_of_the_explorer_follows_its_control(browser, lab):
    page, errors = opened(browser, lab, "02-explore-cycles.ipynb")
    language = page.get_by_role("combobox", name="Language")
    language.wait_for(timeout=90_000)
    language.select_option(label="Nederlands")
    dutch = page.get_by_role("combobox", name="Vergelijk op")
    dutch.wait_for(timeout=20_000)
    explorer = page.locator(".jp-CodeCell").filter(has=dutch)
    explorer.get_by_role("cell", name="toegepaste waarde").first.wait_for(timeout=20_000)
    assert errors == []
    page.close()


@pytest.mark.parametrize("notebook", ["00-begin.ipynb", "00-start.ipynb"])
def test_the_first_notebook_runs_and_shows_its_pictures_with_words(browser, lab, notebook):
    page, errors = opened(browser, lab, notebook)
    page.locator(".jp-CodeCell figure img[alt]").first.wait_for(timeout=90_000)
    page.get_by_text("| Idle").wait_for(timeout=90_000)
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert errors == []
    page.close()
