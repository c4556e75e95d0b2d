"""Run the notebooks: `execute` writes them in place, byte for byte the same each time; `report` makes readable pages.

Nothing that changes by itself is kept: no times of execution, no state or ids of widgets, no version of Python.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import warnings
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

ROOT = Path(__file__).resolve().parents[1]
VOLATILE = "application/vnd.jupyter.widget-view+json"


def run(path: Path) -> nbformat.NotebookNode:
    """Execute a notebook from top to bottom in its own folder and return it."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory(prefix="valuecreation-") as home:
        _executed(
            notebook, path, {**os.environ, "VALUECREATION_HOME": home}
        )  # what somebody coded here changes no page
    return notebook


def _executed(notebook: nbformat.NotebookNode, path: Path, environment: dict[str, str]) -> None:
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute(env=environment)


def settle(notebook: nbformat.NotebookNode) -> None:
    """Take out of an executed notebook what would differ the next time."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(VOLATILE, None)


def execute(paths: list[Path]) -> int:
    """Execute notebooks in place and say which changed."""
    for path in paths:
        before = path.read_bytes()
        notebook = run(path)
        settle(notebook)
        after = (nbformat.writes(notebook, indent=1, ensure_ascii=False) + "\n").encode("utf-8")
        path.write_bytes(after)
        print(f"{path.name}: {'unchanged' if after == before else 'written anew'}", flush=True)
    return 0


def report(paths: list[Path]) -> int:
    """Execute notebooks without touching them and write an HTML page of each into reports/."""
    from nbconvert import HTMLExporter

    folder = ROOT / "reports"
    folder.mkdir(exist_ok=True)
    exporter = HTMLExporter(template_name="lab", exclude_input_prompt=True, exclude_output_prompt=True)
    failed = 0
    for path in paths:
        print(f"{path.name} … ", end="", flush=True)
        try:
            notebook = run(path)
        except CellExecutionError as error:
            failed += 1
            print(f"stopped:\n{error}", file=sys.stderr)
            continue
        settle(notebook)
        page, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": path.stem}})
        target = folder / f"{path.stem}.html"
        target.write_text(page, encoding="utf-8", newline="\n")
        print(target.relative_to(ROOT).as_posix(), flush=True)
    index = write_index(folder, paths)
    print(f"\nOpen {index.relative_to(ROOT).as_posix()} in a browser.")
    return 1 if failed else 0


def write_index(folder: Path, paths: list[Path]) -> Path:
    """Write a page that leads to the others."""
    items = []
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        title = notebook.cells[0].source.splitlines()[0].lstrip("# ")
        items.append(f'<li><a href="{path.stem}.html">{title}</a></li>')
    target = folder / "index.html"
    target.write_text(
        "<!DOCTYPE html><html lang='en'><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        "<title>valuecreation: reports</title>"
        "<body style='font:1.1rem/1.6 system-ui;max-width:46rem;margin:3rem auto;padding:0 1rem'>"
        f"<h1>valuecreation</h1><ul>{''.join(items)}</ul></body></html>\n",
        encoding="utf-8",
        newline="\n",
    )
    return target


def main() -> int:
    """Run the verb that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=["execute", "report"])
    parser.add_argument("notebooks", nargs="*", type=Path, help="all of them when left out")
    asked = parser.parse_args()
    if sys.platform == "win32":
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    warnings.filterwarnings("ignore", message="Alternative text is missing")
    paths = asked.notebooks or sorted((ROOT / "notebooks").glob("*.ipynb"))
    if not paths:
        print("There are no notebooks.", file=sys.stderr)
        return 1
    return {"execute": execute, "report": report}[asked.verb](paths)


if __name__ == "__main__":
    sys.exit(main())
