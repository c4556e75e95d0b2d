"""Run all benchmarks and print a table: `make bench`."""

import platform
import sys
import tempfile
from pathlib import Path

from benchmarks import agreement, cooccurrence, sequences, stories, widget
from benchmarks.material import write_large_study
from benchmarks.measuring import Measured, measure

OURS = "import valuecreation as vc"
PLAIN = "from pathlib import Path; from benchmarks import plain"


def main() -> None:
    """Measure and print."""
    print(
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}; "
        "median of three runs, fresh process each.\n"
    )
    print(f"{'':42} {'valuecreation':>22} {'plain pandas':>22} {'ratio':>6}")
    pandas_import = measure("", "import pandas")
    show("import (beside import pandas)", measure("", OURS), pandas_import)
    show("import and open a small study", measure("", f"{OURS}; vc.load_example('nijmegen-2020')"), pandas_import)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "large"
        write_large_study(folder)
        ours, plain = f"{OURS}; folder = {str(folder)!r}", f"{PLAIN}; folder = Path({str(folder)!r})"
        print("\n100,000 segments, 200,000 codings, 10,000 documents, 2,000 participants:")
        show("read", measure(f"{ours}; import pandas", "vc.read_study(folder)"), measure(plain, "plain.read(folder)"))
        show(
            "check (ours: all kinds of findings)",
            measure(f"{ours}; study = vc.read_study(folder)", "assert study.check().empty"),
            measure(f"{plain}; tables = plain.read(folder)", "assert plain.check(tables) == 0"),
        )
        show(
            "profile (ours: evidence, coverage, rules)",
            measure(f"{ours}; study = vc.read_study(folder)", "vc.profile(study)"),
            measure(f"{plain}; tables = plain.read(folder)", "plain.profile(tables)"),
        )
        show(
            "read, check and profile together",
            measure(ours, "study = vc.read_study(folder); study.check(); vc.profile(study)"),
            measure(plain, "tables = plain.read(folder); plain.check(tables); plain.profile(tables)"),
        )
    print("\nCo-occurrence network: a million coded lines, 12,000 units, window of four (plain: counts only, no map):")
    setup = cooccurrence.SETUP.format(rows=1_000_000)
    show("windows, counts, map", measure(setup, cooccurrence.OURS), measure(setup, cooccurrence.PLAIN))
    print(
        "\nAlpha with 1,000 bootstrap resamples by document, 10,000 units x 3 coders (peer: krippendorff, the plain value):"
    )
    show("value and interval", measure(agreement.SETUP, agreement.OURS), agreement.peer())
    for many in (2_000, 50_000):
        print(f"\n{many:,} stories with five steps and three links each (plain: the arrows alone, without evidence):")
        setup = stories.SETUP.format(stories=many)
        show("flows", measure(setup, stories.FLOWS), measure(setup, stories.PLAIN))
        show("matrix", measure(setup, stories.MATRIX))
    show("1,000 draws of tellers, 2,000 stories", measure(*stories.BOOTSTRAP))
    print(
        "\nTransitions of 2,000 sequences with 1,000 resamples (peer: tnapy), betweenness of 5,000 nodes (peer: networkx):"
    )
    for name, ours, peer in sequences.measured(sequences.run("--slow" in sys.argv, times=3)):
        show(name, ours, peer if isinstance(peer, Measured) else None)
        if isinstance(peer, str):
            print(f"{'':4}no peer beside it: {peer}")
    print("\nThe coding widget on a document of 300,000 signs with 3,000 codings:")
    for name, milliseconds in widget.measured():
        print(f"{name:<58} {milliseconds:>8.1f} ms", flush=True)
    print("\nInteraction on a study of nineteen people (lindehout):")
    lindehout = (
        f"{OURS}; study = vc.load_example('lindehout'); vc.profile(study).plot().png(); explorer = vc.explore(study)"
    )
    show("profile", measure(lindehout, "vc.profile(study)"))
    show("a choice in the explorer: table, figure, quotes", measure(lindehout, "explorer.by.value = 'role_group'"))


def show(name: str, ours: Measured, plain: Measured | None = None) -> None:
    """Print one row."""
    row = f"{name:<42} {ours.seconds:>9.3f} s {ours.megabytes:>7.0f} MB"
    if plain:
        row += f" {plain.seconds:>9.3f} s {plain.megabytes:>7.0f} MB {ours.seconds / plain.seconds:>6.2f}"
    print(row, flush=True)


if __name__ == "__main__":
    sys.exit(main())
