"""An empty study to start from: every table with its header, every column explained in Dutch and English."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from valuecreation.errors import UnwritableStudy
from valuecreation.io.places import as_path
from valuecreation.io.studies import write_study
from valuecreation.study import Study, schema

_BLANK_ROWS = 300


def new_study(path: str | Path, tables: Iterable[str] | None = None, title: str | None = None) -> Path:
    """Lay out an empty study, as a folder or, when the path ends in ``.xlsx``, as a workbook.

    The workbook has a sheet a table, with text, date and number formats in place and lists to choose from; its sheet
    ``columns`` explains every column in English and Dutch. A folder has the same in ``COLUMNS.md``. Tables you do not
    need can be thrown away.

    Parameters
    ----------
    path : str or Path
    tables : iterable of str, optional
        Only these tables; all of them when left out.
    title : str, optional
        What the study is called.

    Returns
    -------
    Path

    Raises
    ------
    UnwritableStudy
        When there is something at that place already.
    """
    path = as_path(path, UnwritableStudy, "the path of a folder or of an .xlsx file to lay out")
    if tables is not None and (isinstance(tables, str) or not isinstance(tables, Iterable)):
        tables = [tables]
    chosen = [schema.table(name) for name in (schema.tables() if tables is None else tables)]
    frames = {
        table.name: pd.DataFrame({column: pd.Series(dtype="str") for column in table.columns}) for table in chosen
    }
    study = Study(frames, name=path.stem, about={"title": title} if title else {})
    write_study(study, path, blank_rows=_BLANK_ROWS)
    if path.suffix.lower() != ".xlsx":
        (path / "COLUMNS.md").write_bytes(_explained(chosen).encode("utf-8"))
    return path


def _explained(chosen: list[schema.Table]) -> str:
    lines = ["# The columns of this study / De kolommen van dit onderzoek", ""]
    for table in chosen:
        lines += [f"## {table.name}.csv", "", f"A row is {table.row['en']}. / Een rij is {table.row['nl']}.", ""]
        lines += ["| column / kolom | type | meaning | betekenis |", "|---|---|---|---|"]
        for column in table.columns.values():
            needed = " *" if column.required else ""
            words = f": {', '.join(f'`{choice}`' for choice in column.choices)}" if column.choices else ""
            lines.append(
                f"| `{column.name}`{needed} | {column.type} | {column.description['en']}{words} | {column.description['nl']} |"
            )
        lines.append("")
    return "\n".join([*lines, "\\* needed / nodig", ""])
