"""The same work in plain pandas, as a careful researcher would write it in a script of her own: the yardstick."""

from pathlib import Path

import pandas as pd

TABLES = ("documents", "segments", "codings", "coverage", "participants")


def read(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the tables."""
    return {name: pd.read_csv(folder / f"{name}.csv", dtype={"polarity": "str"}) for name in TABLES}


def check(tables: dict[str, pd.DataFrame]) -> int:
    """Count the faults of a few kinds: doubles, dangling ids, words outside the lists, quotes that stand elsewhere."""
    documents, segments, codings = tables["documents"], tables["segments"], tables["codings"]
    texts = dict(zip(documents["document_id"], documents["text"], strict=True))
    faults = segments["segment_id"].duplicated().sum() + documents["document_id"].duplicated().sum()
    faults += (~segments["document_id"].isin(documents["document_id"])).sum()
    faults += (~codings["segment_id"].isin(segments["segment_id"])).sum()
    faults += (~codings["status"].isin(["experienced", "reported", "attempted", "intention", "aspiration"])).sum()
    faults += (~codings["polarity"].isin(["+", "-", "0"])).sum()
    faults += sum(
        texts[document][start:end] != quote
        for document, start, end, quote in zip(
            segments["document_id"], segments["start"], segments["end"], segments["quote"], strict=True
        )
    )
    return int(faults)


def profile(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Count participants and segments by code and status."""
    joined = tables["codings"].merge(tables["segments"][["segment_id", "document_id"]], on="segment_id")
    joined = joined.merge(tables["documents"][["document_id", "participant_id"]], on="document_id")
    joined["code"] = joined["code"].str.partition(".")[0]
    return joined.groupby(["code", "status"])[["participant_id", "segment_id"]].nunique()
