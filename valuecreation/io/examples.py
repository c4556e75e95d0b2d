"""The shipped studies: two of published, real material, one that is fictional and full, and one to practise on."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd

from valuecreation.errors import UnknownName
from valuecreation.io.folder import read_folder
from valuecreation.io.package import read_package
from valuecreation.study import Study
from valuecreation.words import check_language, in_language

_NAMES = ("lindehout", "leren-coderen", "nijmegen-2020", "werkplaatsen-2018")


def example_path(name: str) -> Path:
    """Return the folder of a shipped study: inside the installed package, or at the top of the repository."""
    if not isinstance(name, str) or name not in _NAMES:
        raise UnknownName.among("example", name, _NAMES)
    package = Path(__file__).resolve().parents[1]
    installed = package / "data" / name
    return installed if installed.is_dir() else package.parent / "data" / name


def load_example(name: str) -> Study:
    """Return a shipped study.

    =====================  ==========  ===================================================================================
    name                   material    what it holds
    =====================  ==========  ===================================================================================
    ``lindehout``          fictional   one network over ten months: diaries and interviews coded by two coders and partly by a
                                       third, stories with links, indicators, activities, consents; every table filled
    ``leren-coderen``      fictional   thirty-six fragments in Dutch to practise coding on, with reference codes (`vc.exercise`)
    ``nijmegen-2020``      real        the published outcomes of the Nijmegen network as paraphrased statements with codings
    ``werkplaatsen-2018``  real        the networks of the WSD survey as dated, sourced facts that do not always agree
    =====================  ==========  ===================================================================================

    The columns of each table: ``load_example(name).columns(table, language="nl")``; they stand in ``datapackage.json``
    of each study too, beside a README that says where the material comes from.

    Parameters
    ----------
    name : str

    Returns
    -------
    Study

    Examples
    --------
    >>> load_example("lindehout").about["fictional"]
    True
    """
    example_path(name)
    return _read(name)


@cache
def _read(name: str) -> Study:
    return replace(read_folder(example_path(name)), place=None)  # nobody codes into the shipped files


def list_examples(language: str = "en") -> pd.DataFrame:
    """Return the shipped studies.

    Returns
    -------
    pandas.DataFrame
        Columns name, fictional, title, description, licence.
    """
    check_language(language)
    rows = []
    for name in _NAMES:
        about, _ = read_package(example_path(name))
        rows.append(
            (
                name,
                bool(about.get("fictional")),
                in_language(about.get("title"), language),
                in_language(about.get("description"), language),
                about.get("licence", ""),
            )
        )
    return pd.DataFrame(rows, columns=["name", "fictional", "title", "description", "licence"])
