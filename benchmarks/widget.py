"""The coding widget on a long document: what Python needs for an act, and what a coder sees of it in a real browser."""

import json
import shutil
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

SENTENCES = (
    "Ik heb de kaart bij de overdracht gebruikt, en het scheelde een telefoontje. ",
    "Van de middag zelf weet ik vooral nog dat de koffie op was. ",
    "Volgende maand wil ik het met het hele team proberen 🙂. ",
    "Mijn collega zag het ook, die stond ernaast.\n",
)
PAGE = """<!doctype html><meta charset="utf-8"><style>{css}</style><div id="here"></div><script type="module">
const source = {source};
const {{ default: widget }} = await import(URL.createObjectURL(new Blob([source], {{ type: "text/javascript" }})));
const listeners = [];
window.drawn = null;
const model = {{ on: (_, act) => listeners.push(act), off: () => {{}},
  send: async (message) => {{ const answer = await window.answer(message); const t = performance.now(); 
    for (const act of listeners) act(answer);
    window.spent = [...(window.spent ?? []), performance.now() - t]; }} }};
window.started = performance.now();
widget.render({{ model, el: document.getElementById("here") }});
</script>"""


def material(characters: int = 300_000, codings: int = 3_000):
    """Return a study of one document of so many characters, cut by sentence, with so many codings of one coder."""
    import valuecreation as vc

    text = "".join(SENTENCES[number % 4] for number in range(characters // 55))[:characters]
    study = vc.segment(
        vc.Study({"documents": pd.DataFrame({"document_id": ["long"], "language": ["nl"], "text": [text]})})
    )
    segments = study.segments["segment_id"]
    coded = pd.DataFrame({"segment_id": [segments[number % len(segments)] for number in range(codings)]})
    places = [number // len(segments) for number in range(codings)]
    books = [
        ("immediate", "potential", "applied", "realised", "reframing")[(number + extra) % 5]
        for number, extra in enumerate(places)
    ]
    coded = coded.assign(codebook="vcf-2011", code=books, coder="anna", status="experienced", polarity="+")
    return study.replace(codings=coded.drop_duplicates())


def measured() -> list[tuple[str, float]]:
    """Return milliseconds: of Python alone, and in chromium where it is installed."""
    import valuecreation as vc

    study = material()
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        coder = vc.code(study, "anna", folder=folder, codebooks="vcf-2011", language="nl")
        found = [("open the widget (Python)", _since(started))]
        answers: list[dict] = []
        coder.send = lambda content, buffers=None: answers.append(content)

        def answer(message: dict) -> dict:
            coder._handle_custom_msg(message, [])
            return answers[-1]

        asked = {"segment_id": next(iter(coder.desk.segments)), "codebook": "vcf-2011", "code": "reframing"}
        found.append(("an act, on disk (Python)", _median(lambda: answer({"number": 0, "what": "code", **asked}))))
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        if chromium and find_spec("playwright"):
            found += _in_browser(chromium, answer)
        return found


def _in_browser(chromium: str, answer) -> list[tuple[str, float]]:
    from playwright.sync_api import sync_playwright

    from valuecreation.widgets import coder as module

    here = Path(module.__file__)
    source, css = (here.with_name(name).read_text(encoding="utf-8") for name in ("coder.js", "coder.css"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.expose_function("answer", answer)
        page.set_content(PAGE.format(css=css, source=json.dumps(source)))
        page.wait_for_selector(".vc-coder [role=option]", timeout=60_000)
        drawn = page.evaluate(
            "new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now() - window.started))))"
        )
        own = page.evaluate("window.spent[0]")
        options = page.evaluate("document.querySelectorAll('.vc-coder [role=option]').length")
        page.evaluate(_KEY)
        moved = [page.evaluate("window.press('ArrowDown')") for _ in range(9)]
        coded = [page.evaluate(f"window.press('{key}')") for key in "515151515"]
        page.evaluate("document.querySelector('.vc-coder .text').scrollTop = 1e6")
        scrolled = [page.evaluate(_SCROLL, place) for place in (0.2, 0.9, 0.5, 0.05, 0.7)]
        browser.close()
    middle = lambda values: sorted(values)[len(values) // 2]  # noqa: E731
    return [
        (f"{options} segments drawn, with the transport (chromium)", drawn),
        ("of which the page's own work", own),
        ("an arrow key to the next segment", middle(moved)),
        ("a number key, to the code on the screen and on disk", middle(coded)),
        ("a jump of the scroll bar", middle(scrolled)),
    ]


_KEY = """
document.querySelector('.vc-coder [role=option]').focus();
window.press = (key) => new Promise((done) => {
  const before = document.querySelector('.vc-coder [aria-selected=true]').outerHTML, from = performance.now();
  document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  const look = () => (document.querySelector('.vc-coder [aria-selected=true]')?.outerHTML !== before
    || performance.now() - from > 5000
    ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - from))) : setTimeout(look));
  look();
});"""
_SCROLL = """(place) => new Promise((done) => {
  const box = document.querySelector('.vc-coder .text'), from = performance.now();
  box.scrollTop = box.scrollHeight * place;
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - from)));
})"""


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000


def _median(act, times: int = 9) -> float:
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        taken.append(_since(started))
    return sorted(taken)[times // 2]
