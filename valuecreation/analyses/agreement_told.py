"""How agreement is told: pairs at stake, disagreements side by side, what was coded by whom, a paragraph to report."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from valuecreation.analyses.disagreements import pairs_of_codes
from valuecreation.analyses.ratings import Ratings
from valuecreation.words import label, phrase

FEW, RARE = 30, 0.10
Naming = Callable[[str], str]


def pairs_in_words(
    found: pd.DataFrame, order: list[str], units: int, of: str, naming: Naming, language: str
) -> pd.DataFrame:
    """Return in how many segments each pair is at stake: two codes, or two judgements of one code."""
    if of == "code":
        counts = pairs_of_codes(found, order)
    else:
        counts = found.groupby(["code", "other"], sort=False)["segment_id"].nunique().rename("n").reset_index()
    return pd.DataFrame(
        {
            phrase("column_code", language): [naming(code) for code in counts["code"]],
            phrase("column_other", language): [_other(other, of, naming, language) for other in counts["other"]],
            phrase("column_segments", language): counts["n"],
            phrase("column_of", language): units,
        }
    )


def _other(other: str, of: str, naming: Naming, language: str) -> str:
    if of != "code":
        return " / ".join(label(of, part, language) for part in other.split(" / "))
    return naming(other) if other else phrase("no_code", language)


def side_by_side(listed: pd.DataFrame, of: str, naming: Naming, language: str) -> pd.DataFrame:
    """Return the disagreements for reading: what is at stake, the segment, its quote, and a column for each coder."""
    about = [
        f"{naming(code)} – {_other(other, of, naming, language)}"
        for code, other in zip(listed["code"], listed["other"], strict=True)
    ]
    shown = listed.drop(columns=["code", "other", "document_id", "participant_id", "date"])
    shown = shown.rename(
        columns={"quote": phrase("column_quote", language), "segment_id": phrase("column_segment", language)}
    )
    return shown.assign(**{phrase("column_about", language): about})[[phrase("column_about", language), *shown.columns]]


def material_of(rated: Ratings, language: str) -> pd.DataFrame:
    """Return how much was looked at by whom, by how many together, and whether blind."""
    of = phrase("n_of", language, n="{n}", N="{N}")
    documents = rated.shared["document_id"].unique()
    noted = rated.blind.reindex(documents).dropna()
    rows = [
        (phrase("material_shared", language), of.format(n=len(rated.shared), N=int(rated.looked.any(axis=1).sum()))),
        *(
            (
                phrase("material_coder", language, coder=coder),
                of.format(n=int(rated.looked[coder].sum()), N=len(rated.units)),
            )
            for coder in rated.coders
        ),
        (phrase("material_blind", language), of.format(n=int(noted.sum()), N=len(documents))),
        (phrase("material_not_noted", language), of.format(n=len(documents) - len(noted), N=len(documents))),
    ]
    return pd.DataFrame(rows, columns=[phrase("column_what", language), phrase("column_how_many", language)])


def laid_out(table: pd.DataFrame, naming: Naming, language: str) -> pd.DataFrame:
    """Return the coefficients as a reader would lay them out, two decimals; the note only where there is one."""
    shown = table.assign(
        code=[naming(code) for code in table["code"]],
        coefficient=[phrase(f"coefficient_{name}", language) for name in table["coefficient"]],
        t=[_interval(low, high) for low, high in zip(table["low"], table["high"], strict=True)],
        drawn=[_interval(low, high) for low, high in zip(table["boot_low"], table["boot_high"], strict=True)],
        prevalence=["" if np.isnan(one) else f"{one:.2f}" for one in table["prevalence"]],
        value=["" if np.isnan(one) else f"{round(one, 2) + 0.0:.2f}" for one in table["value"]],
        se=["" if np.isnan(one) else f"{one:.3f}" for one in table["se"]],
    )
    names = ["code", "coefficient", "value", "se", "t", "drawn", "n_units", "n_coders", "prevalence", "note"]
    shown = shown[names].set_axis([phrase(f"column_agreement_{name}", language) for name in names], axis=1)
    return shown if table["note"].fillna("").ne("").any() else shown.iloc[:, :-1]


def _interval(low: float, high: float) -> str:
    return "" if np.isnan(low) or np.isnan(high) else f"{round(low, 2) + 0.0:.2f} – {round(high, 2) + 0.0:.2f}"


def cautions_of(
    rated: Ratings, table: pd.DataFrame, of: str, found: pd.DataFrame, confidence: float, resamples: int, naming: Naming,
    language: str,
) -> tuple[str, ...]:  # fmt: skip
    """Return what must be known before the coefficients are used."""
    said = [phrase("agreement_read_first", language, count=found["segment_id"].nunique())]
    if not rated.by_coverage:
        said.append(phrase("agreement_without_coverage", language))
    shared, seen = len(rated.shared), int(rated.looked.any(axis=1).sum())
    said.append(phrase("agreement_shared", language, n=shared, N=seen, coders=len(rated.coders)))
    documents = rated.shared["document_id"].unique()
    noted = rated.blind.reindex(documents).dropna()
    if len(noted) < len(documents) or not noted.all():
        said.append(
            phrase(
                "agreement_blind",
                language,
                blind=int(noted.sum()),
                seen=int((~noted.astype(bool)).sum()),
                N=len(documents),
            )
        )
    by_code = table.drop_duplicates("code")
    if of == "code":
        edge = by_code[(by_code["prevalence"] < RARE) | (by_code["prevalence"] > 1 - RARE)]
        if len(edge):
            named = ", ".join(
                f"{naming(code)} {one:.2f}" for code, one in zip(edge["code"], edge["prevalence"], strict=True)
            )
            said.append(phrase("agreement_prevalence", language, codes=named))
    alphas = table[table["coefficient"] == "alpha"]
    few = alphas[alphas["n_units"] < FEW]
    if len(few):
        named = ", ".join(f"{naming(code)} {n}" for code, n in zip(few["code"], few["n_units"], strict=True))
        said.append(phrase("agreement_few", language, codes=named, few=FEW))
    said.append(phrase("agreement_intervals", language, confidence=f"{confidence:.0%}", resamples=resamples))
    return tuple(said)


def paragraph(
    book: str, reading: str | None, rated: Ratings, table: pd.DataFrame, found: pd.DataFrame, naming: Naming,
    language: str,
) -> pd.DataFrame:  # fmt: skip
    """Return a paragraph that can stand in a report as it is."""
    alphas = table[table["coefficient"] == "alpha"]
    named = "; ".join(
        phrase("report_undefined", language, code=naming(row["code"]))
        if np.isnan(row["value"])
        else f"{naming(row['code'])} {row['value']:.2f} ({_interval(row['boot_low'], row['boot_high'])})"
        for row in alphas.to_dict("records")
    )
    documents = rated.shared["document_id"].unique()
    noted = rated.blind.reindex(documents).dropna()
    words = phrase(
        "report_agreement", language, coders=len(rated.coders), n=len(rated.shared),
        N=int(rated.looked.any(axis=1).sum()), documents=len(documents), blind=int(noted.sum()),
        book=f"{book}, {reading}" if reading else book, codes=named, differ=found["segment_id"].nunique(),
    )  # fmt: skip
    return pd.DataFrame({phrase("column_paragraph", language): [words]})
