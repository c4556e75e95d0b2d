"""What is installed: the conda file and pyproject say the same, the lock names no registry, and import is light."""

import subprocess
import sys
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_environment_yml_has_the_names_and_bounds_of_pyproject():
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    named = {entry for entry in conda if isinstance(entry, str)} - {
        "pip",
        f"python{PROJECT['project']['requires-python']}",
    }
    named = {entry.replace("python-duckdb", "duckdb") for entry in named}  # conda-forge's name for the same package
    assert named == {*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]}
    assert {"pip": ["-e ."]} in conda


def test_the_lock_pins_all_of_them_with_hashes_and_no_address():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = {line.split("==")[0] for line in lock.splitlines() if "==" in line and not line.startswith((" ", "#"))}
    wanted = {
        entry.split(">=")[0] for entry in [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    }
    assert wanted <= pinned
    assert "://" not in lock
    assert lock.count("--hash=sha256:") > len(pinned)


def test_the_card_is_there():
    wanted = {"notebooks", "valuecreation", "data", "tests", "environment.yml", "README.md"}
    assert wanted <= {path.name for path in ROOT.iterdir()}


def test_importing_the_package_loads_nothing_heavy():
    """A fresh Python, since this one has loaded everything already."""
    code = (
        "import sys, valuecreation; "
        "heavy = {'pandas', 'numpy', 'scipy', 'seaborn', 'matplotlib', 'statsmodels', 'openpyxl', 'ipywidgets', 'yaml'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_counting_loads_nothing_that_draws_or_models():
    code = (
        "import sys, valuecreation as vc; study = vc.load_example('nijmegen-2020'); study.check(); "
        "vc.profile(study); "
        "print(sorted({'scipy', 'seaborn', 'matplotlib', 'statsmodels', 'ipywidgets', 'openpyxl'} & set(sys.modules)))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_every_public_name_can_be_had():
    import valuecreation as vc

    for name in vc.__all__:
        assert getattr(vc, name).__doc__, name
    assert set(vc.__all__) <= set(dir(vc))
