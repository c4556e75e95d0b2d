"""What came back of a questionnaire: a long table, what there is to repair in it, and the counts that can be made honestly."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from valuecreation.errors import UndefinedStatistic, UnknownName, listed
from valuecreation.findings import Finding, findings_table
from valuecreation.instruments.model import Instrument, Item
from valuecreation.words import check_language, phrase

COLUMNS = ("response_id", "item", "name", "part", "value", "text", "state", "source", "row")
STATES = ("present", "empty", "lost", "not_collected")
UNIT = "questionnaires"


@dataclass(frozen=True, repr=False, eq=False)
class Responses:
    """Answers to a questionnaire.

    Attributes
    ----------
    instrument : Instrument
    table : pandas.DataFrame
        Long: a row for each answer of each questionnaire. Columns response_id, item, name, part (the row of a matrix, or the key
        of a choice of several), value (the key of what was chosen, never the code of an export), text, state (``present``,
        ``empty``: asked and left open, ``lost``: answered and not recoverable, ``not_collected``), source, row.
    findings : tuple of Finding
    """

    instrument: Instrument
    table: pd.DataFrame
    findings: tuple[Finding, ...] = ()

    @property
    def n(self) -> int:
        """How many questionnaires there are, which are not persons."""
        return self.table["response_id"].nunique()

    def check(self, language: str = "en") -> pd.DataFrame:
        """Return what there is to repair, to look at and to know.

        Returns
        -------
        pandas.DataFrame
            Columns severity, table, row, column, value, message, remedy.
        """
        return findings_table(self.findings, language)

    def answers(self, which: int | str) -> pd.DataFrame:
        """Return the rows of one item, by its number or its name.

        Returns
        -------
        pandas.DataFrame
        """
        rows = self.table[self.table["item"].eq(self.instrument.item(which).number)]
        return rows.reset_index(drop=True)

    def counts(self, which: int | str, language: str = "en") -> pd.DataFrame:
        """Count the questionnaires behind each answer of an item.

        In a matrix and in an item with several choices one questionnaire gives several answers: n counts questionnaires that
        give this one at least once, mentions counts them all, and neither adds up to N.

        Parameters
        ----------
        which : int or str
            Number or name of an item with answers to choose from.
        language : {"en", "nl"}

        Returns
        -------
        pandas.DataFrame
            Columns item, value, label, n, N (questionnaires with an answer to the item), unit, mentions, multiple.

        Raises
        ------
        UndefinedStatistic
            For an open item: words are coded by a person, not counted.
        """
        item, check = self.instrument.item(which), check_language(language)
        if not item.points:
            raise UndefinedStatistic(
                f"Item {item.number} ({item.name}) is open: its words have no codes to count. Code them first, as any text."
            )
        rows = self.answers(which)
        given = rows[rows["value"].notna()]
        asked = given["response_id"].nunique()
        several = item.kind in ("several", "matrix")
        made = []
        for point in item.points:
            these = given[given["value"].eq(point.key)]
            label = point.label(check)
            n = these["response_id"].nunique()
            made.append((item.number, point.key, label, n, asked, UNIT, len(these), several))
        return pd.DataFrame(made, columns=["item", "value", "label", "n", "N", "unit", "mentions", "multiple"])

    def cautions(self, which: int | str, language: str = "en") -> tuple[str, ...]:
        """Return what a reader must know before using the counts of an item.

        Returns
        -------
        tuple of str
        """
        item, rows = self.instrument.item(which), self.answers(which)
        said = [phrase("questionnaire_not_persons", language, n=self.n)]
        given = rows[rows["value"].notna()]
        if item.kind in ("several", "matrix"):
            people = given["response_id"].nunique()
            said.append(phrase("questionnaire_multiple", language, mentions=len(given), n=people))
            if len(given) == self.n:
                said.append(phrase("questionnaire_coincidence", language, n=self.n))
        for state in ("lost", "not_collected"):
            if count := int(rows["state"].eq(state).sum()):
                said.append(phrase(f"questionnaire_{state}", language, count=count))
        return tuple(said)

    def mean(self, which: int | str) -> pd.DataFrame:
        """Return the mean code of a scale over the answers given; refused when answers were lost.

        Parameters
        ----------
        which : int or str
            Number or name of an item with a scale.

        Returns
        -------
        pandas.DataFrame
            One row: item, mean, marks, of (marks that could have been set), questionnaires, N.

        Raises
        ------
        UndefinedStatistic
            When the item has no scale, when marks were lost, not collected or unreadable, or when there are none.
        """
        item, rows = self.instrument.item(which), self.answers(which)
        where = f"Item {item.number} ({item.name})"
        if item.scale is None:
            raise UndefinedStatistic(f"{where} has no scale, so it has no mean. Use .counts({item.number}).")
        for state, why in (("lost", "were set and are not recoverable"), ("not_collected", "were never collected")):
            gone = rows[rows["state"].eq(state)]
            if len(gone):
                raise UndefinedStatistic(
                    f"{where}: {len(gone)} marks of {len(rows)} {why} (questionnaires "
                    f"{listed(gone['response_id'].unique(), most=5)}), so there is no mean. The rest are not a sample of "
                    f"them, and nothing is filled in. Find the marks again, or use .counts({item.number})."
                )
        odd = rows[rows["value"].isna() & rows["state"].eq("present")]
        if len(odd):
            raise UndefinedStatistic(
                f"{where}: {len(odd)} marks of {len(rows)} are none of the scale ({listed(odd['text'], most=5)}), so there is no "
                "mean. See .check() and repair them in the file."
            )
        codes = {point.key: point.code for point in item.points}
        given = rows[rows["value"].notna()]
        if given.empty:
            raise UndefinedStatistic(f"{where}: nobody set a mark, so there is no mean.")
        mean = float(given["value"].map(codes).astype(float).mean())
        row = (item.number, mean, len(given), len(rows), given["response_id"].nunique(), self.n)
        return pd.DataFrame([row], columns=["item", "mean", "marks", "of", "questionnaires", "N"])

    def lost(self, which: int | str, responses: Iterable[str] | None = None) -> "Responses":
        """Say that marks of an item were set and are not recoverable, where now there are none.

        Only a person can know this: an empty cell looks the same when nobody filled it in.

        Parameters
        ----------
        which : int or str
        responses : iterable of str, optional
            Of these questionnaires; of all when left out.

        Returns
        -------
        Responses
        """
        item = self.instrument.item(which)
        known = set(self.table["response_id"])
        chosen = known if responses is None else set(responses)
        for one in sorted(chosen - known):
            raise UnknownName.among("questionnaire", one, sorted(known))
        place = self.table["item"].eq(item.number) & self.table["response_id"].isin(chosen)
        gone = place & self.table["value"].isna()
        return replace(self, table=self.table.assign(state=self.table["state"].mask(gone, "lost")))

    def __repr__(self) -> str:
        return f"<Responses to {self.instrument.name}: {self.n} questionnaires, {len(self.findings)} findings>"


def count_mentions(mentions: pd.DataFrame, N: int, by: str = "value") -> pd.DataFrame:
    """Count answers of which a questionnaire can have several, words that a person coded for instance.

    Parameters
    ----------
    mentions : pandas.DataFrame
        Columns response_id and the one that `by` names; a row for each mention.
    N : int
        How many questionnaires there are.
    by : str

    Returns
    -------
    pandas.DataFrame
        Columns of `by`, n, N, unit, mentions; n counts questionnaires and does not add up to N.

    Raises
    ------
    UndefinedStatistic
        When more questionnaires mention something than there are.

    Examples
    --------
    >>> said = pd.DataFrame({"response_id": ["a", "a", "b"], "value": ["time", "will", "time"]})
    >>> count_mentions(said, 3)[["value", "n", "N"]].values.tolist()
    [['time', 2, 3], ['will', 1, 3]]
    """
    for column in ("response_id", by):
        if column not in mentions:
            raise UnknownName.among("column", column, mentions.columns)
    people = mentions["response_id"].nunique()
    if people > N:
        raise UndefinedStatistic(f"{people} questionnaires mention something and N is {N}. Give the number of all.")
    rows = [
        (value, group["response_id"].nunique(), N, UNIT, len(group))
        for value, group in mentions.dropna(subset=[by]).groupby(by, sort=False)
    ]
    return pd.DataFrame(rows, columns=[by, "n", "N", "unit", "mentions"])


def rows_of(item: Item) -> list[str]:
    """Return the parts of an item: the rows of a matrix as its form has them, or one nameless part."""
    return [str(place) for place in range(1, item.rows + 1)] if item.kind == "matrix" else [""]
