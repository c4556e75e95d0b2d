"""The study: a set of tidy tables, frozen, with what is known about it and what was noticed while reading it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from html import escape
from pathlib import Path

import pandas as pd

from valuecreation.codebook import Codebook, extend, is_shipped, load_codebook
from valuecreation.errors import MissingTable, UnknownName, UnreadableStudy, listed
from valuecreation.findings import Finding, findings_table
from valuecreation.study import schema
from valuecreation.study.about import checked
from valuecreation.study.cells import typed
from valuecreation.words import check_language, in_language

_ODD_NAME = re.compile(r'[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff;|"]|  |^sep=', re.IGNORECASE)


_EMPTY = {"integer": "Int64", "number": "float64", "boolean": "boolean", "date": "datetime64[s]"}


class Tables(Mapping):
    """Frames by name; each is handed out as a copy that shares its data until it is written to."""

    def __init__(self, frames: Mapping[str, pd.DataFrame]):
        self._frames = dict(frames)

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._frames[name].copy(deep=False)

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)


@dataclass(frozen=True, eq=False, repr=False)
class Study:
    """A study of one or more learning networks.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        Tables by their name in the study format. None is mandatory. Columns are typed by the schema as far as their
        cells allow; columns that the schema does not know are kept as text.
    name : str
        A short name.
    about : mapping
        What is known of the study: ``title`` and ``description`` (in ``en`` and ``nl``), ``fictional``, ``licence``,
        ``sources``, ``language``.
    read_findings : iterable of Finding
        What was noticed while reading; `check` repeats it.
    place : Path, optional
        The folder or workbook it was read from; a coding journal is kept beside it.

    Examples
    --------
    >>> import pandas as pd
    >>> study = Study({"documents": pd.DataFrame({"document_id": ["d1"], "text": ["Goede koffie."]})})
    >>> study.documents["text"].tolist()
    ['Goede koffie.']
    """

    tables: Mapping[str, pd.DataFrame]
    name: str = "study"
    about: Mapping[str, object] = field(default_factory=dict)
    read_findings: tuple[Finding, ...] = ()
    place: Path | None = None

    def __post_init__(self):
        if not isinstance(self.tables, Mapping):
            raise UnreadableStudy(
                "A study is made of tables by name, Study({'documents': frame, ...}); "
                f"this is {type(self.tables).__name__}."
            )
        for name in self.tables:
            if name not in schema.tables():
                raise UnknownName.among("table", name, schema.tables())
        known = {name: _typed_frame(name, self.tables[name]) for name in schema.tables() if name in self.tables}
        known = {name: frame for name, frame in known.items() if len(frame.columns)}
        object.__setattr__(self, "tables", Tables(known))
        object.__setattr__(self, "about", checked(self.about))
        object.__setattr__(self, "name", str(self.name))
        object.__setattr__(self, "read_findings", tuple(self.read_findings))

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name == "tables" or name not in schema.tables():
            near = get_close_matches(
                name, [*schema.tables(), "check", "columns", "overview", "codebook", "replace"], n=1
            )
            raise AttributeError(f"a study has no {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
        return self[name]

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a table of the study; changing what is returned does not change the study."""
        schema.table(name)
        if name not in self.tables:
            raise MissingTable(f"The study {self.name!r} has no table {name}; it has {listed(self.tables)}.")
        return self.tables[name]

    def __contains__(self, name: str) -> bool:
        return name in self.tables

    def __dir__(self) -> Iterable[str]:
        return [*super().__dir__(), *self.tables]

    def frame(self, name: str) -> pd.DataFrame:
        """Return a table with all columns of the schema, empty where the study lacks the table or the column."""
        if name not in self._frames:
            present = self.tables.get(name, pd.DataFrame())
            missing = {
                column.name: pd.Series(None, index=present.index, dtype=_EMPTY.get(column.type, "str"))
                for column in schema.table(name).columns.values()
                if column.name not in present
            }
            self._frames[name] = present.assign(**missing)
        return self._frames[name].copy(deep=False)

    @cached_property
    def _frames(self) -> dict[str, pd.DataFrame]:
        return {}

    def need(self, name: str, *columns: str, purpose: str) -> pd.DataFrame:
        """Return a table, or say which table or column an analysis misses and what for."""
        if name not in self.tables or self.tables[name].empty:
            raise MissingTable(
                f"{purpose} needs the table {name}, and the study {self.name!r} has no rows in it. "
                f"{schema.table(name).row['en'].capitalize()} is a row of it; "
                f"vc.new_study lays out an empty one."
            )
        for column in columns:
            if column not in self.tables[name]:
                raise MissingTable(
                    f"{purpose} needs the column {column} of the table {name} "
                    f"({schema.table(name).columns[column].description['en']}), and it is not there."
                )
        return self.frame(name)

    def replace(self, **tables: pd.DataFrame | None) -> "Study":
        """Return a study in which these tables stand in place of the old ones; None takes a table out."""
        changed = {**self.tables, **tables}
        kept = {name: table for name, table in changed.items() if table is not None}
        noticed = tuple(finding for finding in self.read_findings if finding.table not in tables)
        return Study(kept, name=self.name, about=self.about, read_findings=noticed, place=self.place)

    def noticed(self, findings: Iterable[Finding]) -> "Study":
        """Return the same study with more for `check` to repeat."""
        return replace(self, read_findings=(*self.read_findings, *findings))

    def equals(self, other: "Study") -> bool:
        """Return whether two studies hold the same tables, columns, types and values."""
        return (
            isinstance(other, Study)
            and set(self.tables) == set(other.tables)
            and all(self.tables[name].equals(other.tables[name]) for name in self.tables)
        )

    @cached_property
    def _codebooks(self) -> dict[str, Codebook]:
        return {}

    def codebook(self, name: str) -> Codebook:
        """Return a codebook as this study uses it: a shipped one with the study's own codes, or the study's own."""
        if not isinstance(name, str):
            raise UnknownName.among("codebook", name, self.codebook_names())
        if name not in self._codebooks:
            own = self.frame("codes")
            own = own[own["codebook"] == name]
            if own.empty and not is_shipped(name):
                raise UnknownName.among("codebook", name, self.codebook_names())
            self._codebooks[name] = extend(load_codebook(name) if is_shipped(name) else None, name, own)
        return self._codebooks[name]

    def codebook_names(self) -> list[str]:
        """Return the names of the codebooks that this study's codings use or its own codes define."""
        return list(self._codebook_names)

    @cached_property
    def _codebook_names(self) -> tuple[str, ...]:
        names = [
            *self.frame("codings")["codebook"].dropna().unique(),
            *self.frame("codes")["codebook"].dropna().unique(),
        ]
        return tuple(dict.fromkeys(names))

    def check(self, language: str = "en") -> pd.DataFrame:
        """Return everything there is to repair, to look at and to know, all at once.

        Parameters
        ----------
        language : {"en", "nl"}

        Returns
        -------
        pandas.DataFrame
            Columns severity (error, warning, note), table, row (as a spreadsheet counts: the header is row 1), column,
            value, message, remedy.
        """
        from valuecreation.study.checks import check

        return findings_table([*self.read_findings, *map(self._in_the_file, check(self))], language)

    def _in_the_file(self, finding: Finding) -> Finding:
        """Return a finding with its row as it stands in the file, where empty rows were passed over."""
        skipped = self._skipped_rows.get(finding.table)
        if not skipped or finding.row is None:
            return finding
        details = dict(finding.details)
        if "first" in details and finding.rule == "duplicate":
            details["first"] = _shifted(details["first"], skipped)
        return replace(finding, row=_shifted(finding.row, skipped), details=details)

    @cached_property
    def _skipped_rows(self) -> dict[str, list[tuple[int, int]]]:
        """The runs of empty rows of each table's file: first row and how many."""
        skipped: dict[str, list[tuple[int, int]]] = {}
        for finding in self.read_findings:
            if finding.rule in ("empty_row", "empty_rows"):
                count = finding.details.get("last", finding.row) - finding.row + 1
                skipped.setdefault(finding.table, []).append((finding.row, count))
        return {name: sorted(runs) for name, runs in skipped.items()}

    def columns(self, table: str | None = None, language: str = "en") -> pd.DataFrame:
        """Return what the columns of this study mean; see `valuecreation.study.schema.describe`."""
        described = schema.describe(table, language)
        present = [
            row.table in self.tables and row.column in self.tables[row.table]
            for row in described.itertuples(index=False)
        ]
        return described[present].reset_index(drop=True)

    def overview(self, language: str = "en") -> pd.DataFrame:
        """Return one row a table: how many rows it has and what a row is."""
        check_language(language)
        return pd.DataFrame(
            [(name, len(table), schema.table(name).row[language]) for name, table in self.tables.items()],
            columns=["table", "rows", "a row is"] if language == "en" else ["tabel", "rijen", "een rij is"],
        )

    def __repr__(self) -> str:
        sizes = ", ".join(f"{len(table)} {name}" for name, table in self.tables.items())
        kind = " (fictional)" if self.about.get("fictional") else ""
        return f"<Study {self.name}{kind}: {sizes or 'empty'}>"

    def _repr_html_(self) -> str:
        title = in_language(self.about.get("title"), "en") or self.name
        mark = " — fictional / fictief" if self.about.get("fictional") else ""
        return f"<p><strong>{escape(title)}</strong>{mark}</p>" + self.overview().to_html(index=False, border=0)


def _shifted(row: int, skipped: list[tuple[int, int]]) -> int:
    for first, count in skipped:
        if first <= row:
            row += count
    return row


def _typed_frame(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    if not isinstance(frame, pd.DataFrame):
        raise UnreadableStudy(f"The table {name} must be a pandas DataFrame; this is {type(frame).__name__}.")
    columns = [schema.known_name(str(column), name) or str(column) for column in frame.columns]
    doubles = {column for column in columns if columns.count(column) > 1}
    if doubles:
        raise UnreadableStudy(f"The table {name} has two columns named {listed(sorted(doubles))}; rename one of them.")
    for column in columns:
        if not column.strip() or column != column.strip() or len(column) > 200 or _ODD_NAME.search(column):
            raise UnreadableStudy(
                f"The table {name} has a column named {column[:60]!r}, which no file gives back as it is. Rename it: letters, "
                "digits and single spaces within."
            )
    frame = frame.set_axis(columns, axis=1).reset_index(drop=True)
    if name == "documents" and "file" in columns and "text" not in columns:
        frame, columns = frame.assign(text=None), [*columns, "text"]
    known = schema.table(name).columns
    made = pd.DataFrame(
        {column: typed(frame[column], known.get(column)) for column in columns}, index=frame.index, columns=columns
    )
    empty = made.isna().all(axis=1)
    return made[~empty].reset_index(drop=True) if columns and empty.any() else made
