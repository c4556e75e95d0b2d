"""Small studies, written out, whose results can be seen by eye."""

import pandas as pd
import pytest

import valuecreation as vc


def frame(text: str) -> pd.DataFrame:
    """Return a table from lines of words: the first line the columns, a dot for an empty cell, ~ for a space."""
    lines = [line.split() for line in text.strip().splitlines()]
    rows = [[None if cell == "." else cell.replace("~", " ") for cell in row] for row in lines[1:]]
    return pd.DataFrame(rows, columns=lines[0])


@pytest.fixture
def small() -> vc.Study:
    """Three members and one informant from outside; one coder; five codings on five segments."""
    documents = frame(
        """
        document_id kind      participant_id date       text
        d1          diary     A              2025-01-10 one.two
        d2          diary     B              2025-01-20 one.two
        d3          interview A              2025-02-01 one.two
        d4          diary     C              2025-02-03 one.two
        d5          interview X              2025-02-04 one.two
        """
    )
    segments = frame(
        """
        segment_id document_id start end quote
        s1         d1          0     3   one
        s2         d1          4     7   two
        s3         d2          0     3   one
        s4         d3          0     3   one
        s5         d4          0     3   one
        s6         d5          0     3   one
        """
    )
    codings = frame(
        """
        segment_id codebook code             coder c1 status      polarity
        s1         vcf-2011 applied          c1    .  experienced +
        s2         vcf-2011 applied          c1    .  experienced -
        s3         vcf-2011 applied          c1    .  intention   +
        s4         vcf-2011 potential.social c1    .  experienced +
        s6         vcf-2011 applied          c1    .  experienced +
        """
    ).drop(columns="c1")
    participants = frame(
        """
        participant_id role       role_group informant
        A              nurse      care       member
        B              teacher    education  member
        C              nurse      care       member
        X              manager    care       outside
        """
    )
    coverage = frame(
        """
        coder document_id codebook
        c1    d1          vcf-2011
        c1    d2          vcf-2011
        c1    d3          vcf-2011
        c1    d4          vcf-2011
        c1    d5          vcf-2011
        """
    )
    tables = {
        "documents": documents,
        "segments": segments,
        "codings": codings,
        "participants": participants,
        "coverage": coverage,
    }
    return vc.Study(tables, name="small")


@pytest.fixture(scope="session")
def lindehout() -> vc.Study:
    """The fictional example."""
    return vc.load_example("lindehout")


def cell(result: vc.Result, **where: object) -> tuple[int, int]:
    """Return n and N of the one row of a result that is named."""
    rows = result.table
    for column, value in where.items():
        rows = rows[rows[column] == value]
    assert len(rows) == 1, rows
    return int(rows["n"].iloc[0]), int(rows["N"].iloc[0])


def folder(tmp_path, **files: str | bytes):
    """Write files into a folder, tables by name and others with their ending spelt out, and return the folder."""
    for name, content in files.items():
        target = tmp_path / (name if "." in name else f"{name}.csv")
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return tmp_path


def rules(study: vc.Study) -> list[str]:
    """Return the messages of a check."""
    return study.check()["message"].tolist()
