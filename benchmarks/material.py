"""A large study to measure on: made up by a seeded generator, of no meaning, written once into a folder of plain CSV files."""

from pathlib import Path

import numpy as np
import pandas as pd

STATUSES = ("experienced", "reported", "attempted", "intention", "aspiration")
CODES = ("immediate", "potential", "potential.social", "applied", "realised", "reframing")


def write_large_study(folder: Path, segments: int = 100_000, codings: int = 200_000, people: int = 2_000) -> None:
    """Write documents, segments, codings, coverage and participants of the sizes asked for."""
    rng = np.random.default_rng(2026)
    per_document = 10
    documents = segments // per_document
    words = np.array(["koffie", "straat", "sleutel", "bank", "formulier", "gesprek", "dinsdag", "deur"])
    quotes = [" ".join(words[rng.integers(0, len(words), 8)]) for _ in range(per_document)]
    text = "\n".join(quotes)
    starts = np.cumsum([0] + [len(quote) + 1 for quote in quotes[:-1]])
    owners = np.array([f"p{number:05d}" for number in rng.integers(0, people, documents)])
    names = np.array([f"d{number:06d}" for number in range(documents)])
    days = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 700, documents), unit="D")
    place = np.tile(np.arange(per_document), documents)
    folder.mkdir(parents=True)
    pd.DataFrame(
        {
            "document_id": names,
            "kind": "diary",
            "participant_id": owners,
            "date": days.strftime("%Y-%m-%d"),
            "text": text,
        }
    ).to_csv(folder / "documents.csv", index=False)
    pd.DataFrame(
        {
            "segment_id": [f"s{number:06d}" for number in range(documents * per_document)],
            "document_id": np.repeat(names, per_document),
            "segmentation": "entry",
            "start": starts[place],
            "end": starts[place] + np.array([len(quote) for quote in quotes])[place],
            "quote": np.array(quotes)[place],
        }
    ).to_csv(folder / "segments.csv", index=False)
    made = pd.DataFrame(
        {
            "segment_id": [f"s{number:06d}" for number in rng.integers(0, documents * per_document, codings)],
            "codebook": "vcf-2011",
            "codebook_version": "1.0",
            "code": rng.choice(CODES, codings),
            "coder": rng.choice(["c1", "c2"], codings),
            "status": rng.choice(STATUSES, codings, p=[0.6, 0.15, 0.1, 0.1, 0.05]),
            "polarity": rng.choice(["+", "-", "0"], codings, p=[0.7, 0.2, 0.1]),
        }
    )
    made = made.drop_duplicates(["segment_id", "codebook", "code", "coder"])
    made.to_csv(folder / "codings.csv", index=False)
    pd.concat(
        [
            pd.DataFrame(
                {"coder": coder, "document_id": names, "segmentation": "entry", "codebook": "vcf-2011", "blind": "yes"}
            )
            for coder in ("c1", "c2")
        ]
    ).to_csv(folder / "coverage.csv", index=False)
    pd.DataFrame(
        {
            "participant_id": [f"p{number:05d}" for number in range(people)],
            "role_group": rng.choice(["care", "welfare"], people),
        }
    ).to_csv(folder / "participants.csv", index=False)
