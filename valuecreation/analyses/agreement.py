"""Agreement: first the disagreements with their quotes, then coefficients, code by code, on units that were agreed first."""

from functools import partial

import numpy as np
import pandas as pd

from valuecreation.analyses.agreement_told import (
    cautions_of,
    laid_out,
    material_of,
    pairs_in_words,
    paragraph,
    side_by_side,
)
from valuecreation.analyses.counting import codes_in_order
from valuecreation.analyses.disagreements import beside, disagreements, pairs_of_codes
from valuecreation.analyses.ratings import JUDGED, ORDERED, Ratings, ratings
from valuecreation.analyses.unitizing import unitized
from valuecreation.errors import MissingTable, UndefinedCoefficient, UnknownName
from valuecreation.result import Result
from valuecreation.stats.agreement import bootstrap, bootstrap_sets, coefficients
from valuecreation.stats.agreement.alpha import DISTANCES
from valuecreation.study import Study
from valuecreation.words import check_language, phrase

SHOWN = ("percent", "alpha")
_NUMBERS = ["value", "se", "low", "high", "boot_low", "boot_high"]
_COLUMNS = ["codebook", "reading", "code", "coefficient", *_NUMBERS, "n_units", "n_coders", "prevalence", "note"]


def agreement(
    study: Study,
    codebook: str | None = None,
    *,
    reading: str | None = None,
    of: str = "code",
    coders: list[str] | None = None,
    coefficients: str = "default",
    top: bool = True,
    sets: str = "jaccard",
    weights: str | None = None,
    resamples: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
    language: str = "en",
) -> Result:
    """Return where coders differ, and after that how well they agree, code by code.

    The units are the segments that were agreed before coding and that at least two coders looked at. A coder who did not look
    at a unit (says the table ``coverage``) is missing there; one who looked and gave no code rated the code absent. What was
    settled afterwards (coder ``agreed``) is nobody's rating.

    Parameters
    ----------
    study : Study
        Needs ``segments`` and ``codings`` of two coders; uses ``coverage`` for what was looked at and whether blind.
    codebook : str, optional
        Left out, the first about value cycles that two coders used.
    reading : str, optional
        Of a codebook with readings; left out, the first in which two coders coded.
    of : {"code", "status", "polarity", "level", "beneficiary", "evidence", "horizon", "strength"}
        What is compared: whether a code is there; or, where both found the same code, how they judged it.
    coders : list of str, optional
    coefficients : {"default", "all"}
        Percent agreement and Krippendorff's alpha; or all seven. They are not offered one by one, so that nobody looks for the
        highest.
    top : bool
        Compare top-level codes; False compares sub-codes as they were given.
    sets : {"jaccard", "masi-passonneau", "masi-dkpro", "set-dkpro"}
        The distance for all codes of a unit at once. Two formulas are both called MASI; see `set_alpha`.
    weights : {None, "linear", "quadratic", "ordinal"}
        With ``of="strength"`` and all coefficients: partial agreement.
    resamples, confidence, seed
        Of the bootstrap, which draws whole documents.
    language : {"en", "nl"}

    Returns
    -------
    Result
        ``.supplements["pairs"]`` and ``["disagreements"]`` come before the table. ``.table`` has the columns codebook, reading,
        code, coefficient, value, se, low, high (t-interval), boot_low, boot_high (percentiles of the bootstrap by document),
        n_units, n_coders, prevalence (share of ratings that say present), note (why a value does not exist).
        ``.evidence(code=...)`` gives the disagreements about a code.

    Raises
    ------
    MissingTable
        When fewer than two coders coded.

    References
    ----------
    Krippendorff, K. (2019). Content analysis (4th ed.). Gwet, K. L. (2014). Handbook of inter-rater reliability (4th ed.).

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> found = agreement(load_example("lindehout"), resamples=50)
    >>> found.supplements["pairs"].columns.tolist()
    ['code', 'other', 'segments', 'of']
    """
    check_language(language)
    for kind, asked, known in (
        ("thing to compare", of, ("code", *JUDGED)),
        ("choice of coefficients", coefficients, ("default", "all")),
        ("distance between sets of codes", sets, tuple(DISTANCES)),
    ):
        if asked not in known:
            raise UnknownName.among(kind, asked, known)
    book, reading = _what(study, codebook, reading)
    rated = ratings(study, book, reading, coders, top, language)
    naming = partial(study.codebook(book).label, language=language, reading=reading)
    order = _order(study, book, rated, top)
    chosen = SHOWN if coefficients == "default" else None
    ways = {"weights": weights, "resamples": resamples, "confidence": confidence, "seed": seed, "language": language}
    if of == "code":
        frames = {code: rated.present(code) for code in order}
        rows = [_rows(code, frame, rated, chosen, **ways) for code, frame in frames.items()]
        found = disagreements(rated, order)
    else:
        frame = rated.judged(of)
        rows = [_rows(code, _of_code(frame, code), rated, chosen, of=of, **ways) for code in order]
        frames, found = {of: frame}, _judged_apart(rated, frame, of)
    table = pd.concat(rows, ignore_index=True).assign(codebook=book, reading=reading)[_COLUMNS]
    listed = beside(rated, found, naming, language)
    supplements = {
        "pairs": pairs_in_words(found, order, len(rated.shared), of, naming, language),
        "disagreements": side_by_side(listed, of, naming, language),
        "material": material_of(rated, language),
    }
    if of == "code":
        supplements["sets"] = _of_sets(rated, sets, resamples, confidence, seed, language)
        free = unitized(study, book, reading, order, language)
        if free is not None:
            supplements["unitizing"] = free
    cautions = cautions_of(rated, table, of, found, confidence, resamples, naming, language)
    return Result(
        name="agreement",
        title=phrase("agreement_title", language, what=phrase(f"agreement_of_{of}", language)),
        table=table,
        unit="segments",
        n=len(rated.shared),
        cautions=cautions,
        supplements={**supplements, "to_report": paragraph(book, reading, rated, table, found, naming, language)},
        headings={name: phrase(f"supplement_agreement_{name}", language) for name in (*supplements, "to_report")},
        opening=("pairs", "disagreements"),
        summary=laid_out(table, naming, language),
        language=language,
        drawing=partial(_draw, table, found, order, len(rated.shared), naming, language),
        finder=partial(_evidence, listed.assign(codebook=book)),
        keys=("codebook", "code"),
    )


def _draw(table, found, order, units, naming, language, kind: str = "coefficients", **options: object):
    """Draw coefficients, or with ``kind="pairs"`` the pairs of codes at stake; what draws is loaded only now."""
    from valuecreation.plots.agreement import draw_coefficients, draw_pairs

    if kind not in ("coefficients", "pairs"):
        raise UnknownName.among("kind of figure", kind, ("coefficients", "pairs"))
    if kind == "pairs":
        return draw_pairs(pairs_of_codes(found, order), order, units, naming, language)
    return draw_coefficients(table, naming, language, **options)


def _what(study: Study, codebook: str | None, reading: str | None) -> tuple[str, str | None]:
    """Return the codebook and the reading to compare, as far as they were left out the first that two coders used."""
    codings = study.need("codings", "segment_id", "codebook", "code", "coder", purpose="Agreement")
    codings = codings[codings["coder"].ne("agreed")]
    coders = codings.groupby("codebook")["coder"].nunique()
    if codebook is None:
        books = [study.codebook(name) for name in study.codebook_names() if coders.get(name, 0) > 1]
        if not books:
            raise MissingTable(f"Agreement needs codings of two coders; in {study.name!r} no codebook has them.")
        codebook = next((book.name for book in books if book.kind == "cycles"), books[0].name)
    book = study.codebook(codebook)
    if not book.readings:
        return codebook, None
    by_reading = codings[codings["codebook"] == codebook].groupby("reading")["coder"].nunique()
    known = [
        *(one for one in book.readings if one in by_reading),
        *(one for one in by_reading.index if one not in book.readings),
    ]
    if reading is None:
        return codebook, next((one for one in known if by_reading[one] > 1), known[0] if known else None)
    if reading not in known:
        raise UnknownName.among("reading", reading, known)
    return codebook, reading


def _order(study: Study, book: str, rated: Ratings, top: bool) -> list[str]:
    present = rated.codings["code"]
    if top:
        return codes_in_order(study, book, present)
    known = [code.name for code in study.codebook(book).walk() if code.name in set(present)]
    return [*known, *(code for code in dict.fromkeys(present) if code not in known)]


def _of_code(frame: pd.DataFrame, code: str) -> pd.DataFrame:
    own = frame[frame.index.get_level_values("code") == code]
    return own.droplevel("code")


def _rows(
    code: str, frame: pd.DataFrame, rated: Ratings, chosen: tuple[str, ...] | None, *, weights: str | None, resamples: int,
    confidence: float, seed: int, language: str, of: str = "code",
) -> pd.DataFrame:  # fmt: skip
    """Return the coefficients of one code with both intervals; what does not exist has its reason in words."""
    level = (
        "ordinal"
        if of in ORDERED and len(frame) and frame.dtypes.map(lambda kind: kind.name).eq("category").all()
        else "nominal"
    )
    prevalence = float(np.nanmean(frame.to_numpy(float))) if of == "code" and frame.notna().any(axis=None) else np.nan
    clusters = rated.units["document_id"].reindex(frame.index)
    frame = frame.loc[:, frame.notna().any()] if of != "code" else frame
    try:
        made = coefficients(frame, level, weights if level == "ordinal" else None, confidence).reset_index()
    except UndefinedCoefficient as reason:
        made = pd.DataFrame(
            {"coefficient": chosen or SHOWN, "n_units": 0, "n_coders": frame.shape[1], "note": str(reason)}
        )
    if chosen is not None:
        made = made[made["coefficient"].isin(chosen)]
    made = made.reindex(columns=["coefficient", "value", "se", "low", "high", "n_units", "n_coders", "note"])
    made = made.assign(boot_low=np.nan, boot_high=np.nan, code=code, prevalence=prevalence)
    for row in made.index[made["value"].notna()]:
        try:
            drawn = bootstrap(
                frame, clusters, made.loc[row, "coefficient"], level, weights if level == "ordinal" else None, resamples,
                confidence, seed,
            )  # fmt: skip
        except UndefinedCoefficient:
            continue
        made.loc[row, ["boot_low", "boot_high"]] = drawn.low, drawn.high
    one_value = len(frame) and len({*frame.to_numpy(dtype=object)[frame.notna().to_numpy()]}) < 2
    if language == "nl" or one_value:
        undefined = made["value"].isna() & made["note"].str.contains("not defined", case=False)
        name = "undefined_no_units" if not len(frame) else "undefined_one_value" if one_value else None
        if name:
            made.loc[undefined, "note"] = phrase(name, language)
    return made


def _judged_apart(rated: Ratings, frame: pd.DataFrame, of: str) -> pd.DataFrame:
    """Return what the coders found alike and judged differently, in the form of `disagreements`."""
    differ = frame[[len({one for one in row if pd.notna(one)}) > 1 for row in frame.to_numpy(dtype=object)]]
    rows = differ.reset_index()[["segment_id", "code"]] if len(differ) else pd.DataFrame(columns=["segment_id", "code"])
    words = [" / ".join(sorted({str(one) for one in row if pd.notna(one)})) for row in differ.to_numpy(dtype=object)]
    rows = rows.assign(other=words).astype("str")
    units = rated.units.reset_index()[["segment_id", "document_id", "participant_id", "date", "quote"]]
    return rows.merge(units, on="segment_id")[
        ["code", "other", "document_id", "segment_id", "participant_id", "date", "quote"]
    ]


def _of_sets(
    rated: Ratings, distance: str, resamples: int, confidence: float, seed: int, language: str
) -> pd.DataFrame:
    cells = rated.sets()
    note, numbers = "", (np.nan, np.nan, np.nan)
    try:
        drawn = bootstrap_sets(
            cells, distance, rated.units["document_id"].reindex(cells.index), resamples, confidence, seed
        )
        numbers = drawn.value, drawn.low, drawn.high
    except UndefinedCoefficient as reason:
        note = str(reason)
    return pd.DataFrame(
        [(distance, *numbers, len(cells), note)],
        columns=["distance", "alpha", "boot_low", "boot_high", "n_units", "note"],
    )


def _evidence(listed: pd.DataFrame, **cell: list) -> pd.DataFrame:
    rows = listed
    if "codebook" in cell:
        rows = rows[rows["codebook"].isin(cell["codebook"])]
    if "code" in cell:
        rows = rows[rows["code"].isin(cell["code"]) | rows["other"].isin(cell["code"])]
    return rows.drop(columns="codebook").reset_index(drop=True)
