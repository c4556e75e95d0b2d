"""Hints on a study: how often each boundary rule would speak, and how often a person who settled it had changed nothing."""

from functools import partial

import pandas as pd

from valuecreation.analyses.counting import AGREED
from valuecreation.analyses.material import material, need_codings
from valuecreation.cues import Cues, load_cues, remarks
from valuecreation.errors import UnknownName
from valuecreation.result import Result
from valuecreation.study import Study
from valuecreation.words import check_language, phrase

_EVIDENCE = ["rule", "segment_id", "coder", "code", "status", "found", "outcome", "quote", "message"]


def hints(
    study: Study,
    *,
    coder: str | None = None,
    codebook: str | None = None,
    cues: Cues | None = None,
    text_language: str = "nl",
    language: str = "en",
) -> Result:
    """Return how often each boundary rule would have made a remark on the codings of a study, and with what right.

    Where a segment was settled afterwards (coder ``agreed``), a remark on a coding that was kept as it was is a false alarm;
    one on a coding that was changed was worth the look. Elsewhere nobody knows. A remark changes nothing by itself.

    Parameters
    ----------
    study : Study
    coder : str, optional
        Only the codings of this coder; left out, of all but ``agreed``.
    codebook : str, optional
        Left out, all about value cycles.
    cues : Cues, optional
        From `load_cues`; left out, those that ship.
    text_language : {"nl", "en"}
        Of documents that do not say theirs.
    language : {"en", "nl"}

    Returns
    -------
    Result
        ``.table`` has a row a rule: rule, unit, n (codings with a remark), N (codings it looked at), judged (of the n, those on
        settled segments) and kept (of these, those that stayed as they were: false alarms). ``.evidence(rule=...)`` has the
        quotes.

    Examples
    --------
    >>> from valuecreation.io.examples import load_example
    >>> hints(load_example("lindehout")).table.columns.tolist()
    ['rule', 'unit', 'n', 'N', 'judged', 'kept']
    """
    check_language(language)
    cues = cues or load_cues()
    segments = material(study, "all", language).segments.set_index("segment_id")
    every = need_codings(study).dropna(subset=["segment_id", "code"])
    names = [name for name in study.codebook_names() if study.codebook(name).kind == "cycles"]
    if codebook is not None:
        names = [study.codebook(codebook).name]
    every = every[every["codebook"].isin(names) & every["segment_id"].isin(segments.index)]
    own = every[every["coder"] != AGREED]
    if coder is not None:
        known = list(own["coder"].dropna().unique())
        if coder not in known:
            raise UnknownName.among("coder", coder, known)
        own = own[own["coder"] == coder]
    settled = every[every["coder"] == AGREED]
    found, looked = _found(own, segments, cues, text_language, language)
    found = found.assign(outcome=_outcomes(found, settled))
    table = pd.DataFrame(
        [
            (
                rule.name,
                "codings",
                int((found["rule"] == rule.name).sum()),
                looked[rule.name],
                int((found["rule"].eq(rule.name) & found["outcome"].isin(["kept", "changed"])).sum()),
                int((found["rule"].eq(rule.name) & found["outcome"].eq("kept")).sum()),
            )
            for rule in cues.rules
        ],
        columns=["rule", "unit", "n", "N", "judged", "kept"],
    )
    return Result(
        name="hints",
        title=phrase("hints_title", language),
        table=table,
        unit="codings",
        n=len(own),
        cautions=(
            phrase("hints_are_questions", language),
            phrase("hints_false_alarms", language, judged=int(table["judged"].sum()), kept=int(table["kept"].sum())),
        ),
        summary=_summary(table, cues, language),
        language=language,
        finder=partial(_evidence, found),
        keys=("rule",),
    )


def _found(
    own: pd.DataFrame, segments: pd.DataFrame, cues: Cues, text_language: str, language: str
) -> tuple[pd.DataFrame, dict[str, int]]:
    beside = own.groupby(["segment_id", "coder"], dropna=False)["code"].agg(set).to_dict()
    looked = {rule.name: 0 for rule in cues.rules}
    rows = []
    for row in own.itertuples(index=False):
        segment = segments.loc[row.segment_id]
        spoken = segment["language"] if segment["language"] in ("nl", "en") else text_language
        status = row.status if isinstance(row.status, str) else None
        for rule in cues.rules:
            looked[rule.name] += rule.watches(row.code, status) and spoken in rule.cues
        quote = segment["quote"] if isinstance(segment["quote"], str) else ""
        others = beside.get((row.segment_id, row.coder), set()) - {row.code}
        for remark in remarks(
            quote, row.code, status, others=others, text_language=spoken, cues=cues, language=language
        ):
            rows.append(
                (
                    remark.rule,
                    row.segment_id,
                    row.coder,
                    row.code,
                    status,
                    "; ".join(remark.found),
                    quote,
                    remark.message,
                )
            )
    columns = ["rule", "segment_id", "coder", "code", "status", "found", "quote", "message"]
    return pd.DataFrame(rows, columns=columns), looked


def _outcomes(found: pd.DataFrame, settled: pd.DataFrame) -> list[str]:
    """Return for each remark whether the settled coding kept code and status, changed them, or nothing was settled."""
    by_segment = {name: rows for name, rows in settled.groupby("segment_id")}
    outcomes = []
    for row in found.itertuples(index=False):
        rows = by_segment.get(row.segment_id)
        if rows is None:
            outcomes.append("not settled")
            continue
        top = rows["code"].str.split(".").str[0]
        same = rows[top == row.code.split(".")[0]]
        added = row.rule == "effect-in-applied" and top.eq("realised").any()
        kept = len(same) and (same["status"].isna() | same["status"].eq(row.status)).any() and not added
        outcomes.append("kept" if kept else "changed")
    return outcomes


def _summary(table: pd.DataFrame, cues: Cues, language: str) -> pd.DataFrame:
    of = phrase("n_of", language, n="{n}", N="{N}")
    return pd.DataFrame(
        {
            phrase("column_rule", language): table["rule"],
            phrase("column_asks", language): [
                cues[rule].message[language].split("?")[0] + "?" for rule in table["rule"]
            ],
            phrase("column_remarks", language): [
                of.format(n=n, N=N) for n, N in zip(table["n"], table["N"], strict=True)
            ],
            phrase("column_false_alarms", language): [
                of.format(n=n, N=N) for n, N in zip(table["kept"], table["judged"], strict=True)
            ],
        }
    )


def _evidence(found: pd.DataFrame, **cell: list) -> pd.DataFrame:
    rows = found[found["rule"].isin(cell["rule"])] if "rule" in cell else found
    return rows[_EVIDENCE].reset_index(drop=True)
