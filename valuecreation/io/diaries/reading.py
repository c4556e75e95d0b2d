"""Diary entries into a study, as a column mapping says; names become pseudonyms at the door, and the key stays apart."""

import re
from dataclasses import dataclass, field

import pandas as pd

from valuecreation.errors import DecisionNeeded, UnreadableStudy
from valuecreation.findings import Finding, findings_table
from valuecreation.io.diaries.mapping import ColumnMapping, cells_of
from valuecreation.study import Study
from valuecreation.study.dates import loosely, read_as, readings

FIRST = 2
_PSEUDONYM = re.compile(r"[A-Za-z]{1,4}[-_]?\d{1,4}")


@dataclass(frozen=True, repr=False)
class Imported:
    """What came out of a file of diary entries.

    Attributes
    ----------
    study : Study
        Without names.
    key : pandas.DataFrame
        Columns name, participant_id. Keep it somewhere else than the study, and give it to the next `read_diaries`.
    read_findings : tuple of Finding
    """

    study: Study
    key: pd.DataFrame = field(repr=False)
    read_findings: tuple[Finding, ...] = ()

    def findings(self, language: str = "en") -> pd.DataFrame:
        """Return what was noticed while reading; `Study.check` says it too, with everything else."""
        return findings_table(self.read_findings, language)

    def __repr__(self) -> str:
        return f"<Imported {self.study!r}, key of {len(self.key)} names, {len(self.read_findings)} findings>"


def read_diaries(
    mapping: ColumnMapping,
    *,
    day_first: bool | None = None,
    split_codes: str | None = None,
    codebook: str = "vcf-2011",
    coder: str | None = None,
    key: pd.DataFrame | None = None,
) -> Imported:
    r"""Read diary entries as a column mapping says.

    Every row becomes a document; every filled text column of it a segment, in the order of the columns, with a blank line
    between them in the text. Of what somebody wrote no character changes.

    Parameters
    ----------
    mapping : ColumnMapping
        From `propose_columns`, looked at.
    day_first : bool, optional
        How to read 3-4-2025; left out, a date that can mean two days stays as it is, with a finding.
    split_codes : str, optional
        The sign between codes in one cell, ``";"``. Left out, two codes in a cell stay as they are, with a finding.
    codebook, coder : str
        Of the codes, when the file has a column of them; ``coder`` is then needed.
    key : pandas.DataFrame, optional
        From an earlier file, so that the same name gets the same pseudonym.

    Returns
    -------
    Imported

    Raises
    ------
    DecisionNeeded
        When no column is the text, two columns have a role that one can have, or codes have no coder.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from valuecreation.io.diaries.mapping import propose_columns
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "logboek.csv"
    >>> _ = path.write_text("Naam,Datum,Tekst\nFenna,2025-03-04,Meegelopen met Wil.\n", encoding="utf-8")
    >>> imported = read_diaries(propose_columns(path))
    >>> imported.study.documents[["document_id", "participant_id", "text"]].to_numpy().tolist()
    [['P01-d01', 'P01', 'Meegelopen met Wil.']]
    """
    _check(mapping, coder)
    header, rows, noticed = cells_of(mapping.path, mapping.sheet)
    if header != [one.column for one in mapping.proposals]:
        raise UnreadableStudy(
            "The columns of the file are others than those of the mapping; propose the columns again."
        )
    table = pd.DataFrame(rows, columns=header, dtype="str")
    table.index = range(FIRST, len(table) + FIRST)
    found = [finding for finding in noticed if finding.rule != "delimiter"]
    empty = ~table[[*mapping.columns("text")]].apply(lambda cells: cells.str.strip().ne("")).any(axis=1)
    for row in table.index[empty]:
        whole = table.loc[row].str.strip().eq("").all()
        found.append(Finding("empty_row" if whole else "diary_without_text", "documents", row))
    table = table[~empty]
    people, key, said = _people(table, mapping, key)
    found += said
    dates, said = _dates(table, mapping, day_first)
    found += said
    ids, said = _ids(table, mapping, people)
    found += said
    documents, segments = _documents(table, mapping, people, dates, ids)
    found += _repeated(documents, table)
    tables = {"documents": documents, "segments": segments}
    if people.notna().any():
        tables["participants"] = pd.DataFrame({"participant_id": sorted(people.dropna().unique())})
        found += _named(documents, key)
    if mapping.columns("code"):
        codings, said = _codings(table, mapping, segments, ids, split_codes, codebook, coder)
        found += said
        tables["codings"] = codings
    study = Study(tables, name="diaries", read_findings=found)
    return Imported(study, key, tuple(found))


def _check(mapping: ColumnMapping, coder: str | None) -> None:
    if not isinstance(mapping, ColumnMapping):
        raise DecisionNeeded("read_diaries takes what propose_columns gives, after you looked at it.")
    if not mapping.columns("text"):
        raise DecisionNeeded(
            "No column is the text of an entry. Say which: mapping.replace({'name of the column': 'text'})."
        )
    for role in ("person", "date", "code", "status", "polarity", "document_id", "prompted", "language"):
        columns = mapping.columns(role)
        if len(columns) > 1:
            raise DecisionNeeded(f"Two columns are {role}: {', '.join(columns)}. Give one of them another role.")
    if mapping.columns("code") and not coder:
        raise DecisionNeeded(
            f"The column {mapping.columns('code')[0]!r} holds codes; say who coded, read_diaries(mapping, coder='...'), or "
            "give it the role 'keep'."
        )


def _one(table: pd.DataFrame, mapping: ColumnMapping, role: str) -> pd.Series | None:
    columns = mapping.columns(role)
    return table[columns[0]].str.strip() if columns else None


def _people(
    table: pd.DataFrame, mapping: ColumnMapping, key: pd.DataFrame | None
) -> tuple[pd.Series, pd.DataFrame, list[Finding]]:
    """Return the pseudonym of each row, the key of names, and rows without a name. Pseudonyms in the file stay as they are."""
    names = _one(table, mapping, "person")
    known = {} if key is None else dict(zip(key["name"].str.casefold(), key["participant_id"], strict=True))
    kept = [] if key is None else key[["name", "participant_id"]].to_numpy().tolist()
    if names is None:
        return (
            pd.Series(pd.NA, index=table.index, dtype="str"),
            pd.DataFrame(kept, columns=["name", "participant_id"]),
            [],
        )
    found = [Finding("diary_without_person", "documents", row, "participant_id") for row in names.index[names == ""]]
    given = [name for name in dict.fromkeys(names) if name]
    if given and all(_PSEUDONYM.fullmatch(name) for name in given):
        return names.mask(names == ""), pd.DataFrame(kept, columns=["name", "participant_id"]), found
    spelt: dict[str, str] = {}
    for name in given:
        tidy = " ".join(name.split()).casefold()
        if tidy not in known:
            number = 1
            while f"P{number:02d}" in known.values():
                number += 1
            known[tidy] = f"P{number:02d}"
            kept.append([" ".join(name.split()), known[tidy]])
        elif tidy in spelt and spelt[tidy] != name:
            found.append(Finding("name_spelt", "documents", None, "participant_id", known[tidy]))
        spelt.setdefault(tidy, name)
    codes = names.map(lambda name: known[" ".join(name.split()).casefold()] if name else None).astype("str")
    return codes, pd.DataFrame(kept, columns=["name", "participant_id"]), found


def _dates(
    table: pd.DataFrame, mapping: ColumnMapping, day_first: bool | None
) -> tuple[pd.Series | None, list[Finding]]:
    """Return dates as year-month-day where that is certain or was said, and as they are elsewhere; with a note."""
    cells = _one(table, mapping, "date")
    if cells is None:
        return None, []
    found, dates = [], {}
    for row, cell in cells.items():
        day = cell.split(" ")[0].split("T")[0] if cell else ""
        meant = readings(day)
        if not cell:
            dates[row] = None
        elif loosely(day):
            dates[row] = loosely(day)
        elif day_first is not None and read_as(day, day_first):
            dates[row] = read_as(day, day_first)
        elif len(meant) == 1 or (len(meant) == 2 and day_first is None):
            dates[row] = cell
            if len(meant) == 1:
                dates[row] = meant[0][0].isoformat()
        else:
            dates[row] = cell
    made = pd.Series(dates, dtype="str")
    left = made[made.notna() & made.eq(cells) & cells.map(lambda cell: not loosely(cell.split(" ")[0]))]
    if len(left):
        found.append(Finding("diary_dates", "documents", left.index[0], "date", left.iloc[0], {"count": len(left)}))
    return made, found


def _ids(table: pd.DataFrame, mapping: ColumnMapping, people: pd.Series) -> tuple[pd.Series, list[Finding]]:
    """Return the id of each entry: the file's own where these are there and differ, else pseudonym and number."""
    own = _one(table, mapping, "document_id")
    if own is not None and own.ne("").all() and own.is_unique:
        return own, []
    who = people.fillna("entry")
    number = who.groupby(who).cumcount() + 1
    made = who.str.cat(number.map("-d{:02d}".format))
    return made, [] if own is None else [Finding("diary_ids", "documents", None, "document_id", made.iloc[0])]


def _documents(
    table: pd.DataFrame, mapping: ColumnMapping, people: pd.Series, dates: pd.Series | None, ids: pd.Series
) -> tuple[pd.DataFrame, pd.DataFrame]:
    columns = mapping.columns("text")
    texts, segments = [], []
    for row, document in ids.items():
        text = ""
        for place, column in enumerate(columns, start=1):
            words = table.loc[row, column].replace("\r\n", "\n").replace("\r", "\n").strip("\n ")
            if not words:
                continue
            text += "\n\n" if text else ""
            segments.append(
                (f"{document}-s{place}", document, "entry", "import", len(text), len(text) + len(words), words)
            )
            text += words
        texts.append(text)
    made = {"document_id": ids, "kind": "diary", "participant_id": people, "date": dates, "origin": "diary file"}
    for role in ("prompted", "language"):
        made[role] = _one(table, mapping, role)
    kept = {column: table[column] for column in mapping.columns("keep")}
    documents = pd.DataFrame({**{name: value for name, value in made.items() if value is not None}}, index=table.index)
    documents = documents.assign(text=texts, **kept).reset_index(drop=True)
    names = ["segment_id", "document_id", "segmentation", "made_by", "start", "end", "quote"]
    return documents, pd.DataFrame(segments, columns=names)


def _repeated(documents: pd.DataFrame, table: pd.DataFrame) -> list[Finding]:
    same = documents.duplicated(["participant_id", "text"], keep="first")
    return [
        Finding("diary_twice", "documents", table.index[place], "text", documents.loc[place, "text"])
        for place in documents.index[same]
    ]


def _named(documents: pd.DataFrame, key: pd.DataFrame) -> list[Finding]:
    """Say of each pseudonym how often the name behind it stands in the texts; the name itself is not repeated."""
    whole = "\n".join(documents["text"])
    found = []
    for row in key.itertuples(index=False):
        parts = [part for part in row.name.split() if len(part) > 2 and part[0].isupper()]
        count = sum(len(re.findall(rf"(?<!\w){re.escape(part)}(?!\w)", whole)) for part in parts)
        if count:
            found.append(Finding("name_in_texts", "documents", None, "text", row.participant_id, {"count": count}))
    return found


def _codings(
    table: pd.DataFrame, mapping: ColumnMapping, segments: pd.DataFrame, ids: pd.Series, sign: str | None, codebook: str,
    coder: str,
) -> tuple[pd.DataFrame, list[Finding]]:  # fmt: skip
    """Return a coding for each code of a row, on its first segment; of rows with more text columns a finding says so."""
    codes, status, polarity = (_one(table, mapping, role) for role in ("code", "status", "polarity"))
    first = segments.drop_duplicates("document_id").set_index("document_id")["segment_id"]
    rows, found = [], []
    for row, cell in codes.items():
        several = [one.strip() for one in cell.split(sign)] if sign else [cell]
        for code in filter(None, several):
            rows.append(
                {
                    "segment_id": first[ids[row]], "codebook": codebook, "code": code, "coder": coder,
                    "status": status[row] or None if status is not None else None,
                    "polarity": polarity[row] or None if polarity is not None else None,
                }
            )  # fmt: skip
    if len(mapping.columns("text")) > 1 and rows:
        found.append(Finding("diary_codes_on_first", "codings", None, "segment_id", rows[0]["segment_id"]))
    return pd.DataFrame(rows, columns=["segment_id", "codebook", "code", "coder", "status", "polarity"]), found
