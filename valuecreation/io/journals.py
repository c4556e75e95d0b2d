"""Coding journals: a file for each coder in which every act is a line, on disk before it is on the screen."""

import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from valuecreation.errors import MissingTable, UnreadableStudy, UnwritableStudy, listed
from valuecreation.findings import Finding
from valuecreation.io.places import as_path
from valuecreation.study import Study
from valuecreation.study.acts import Act, Change, apply, in_order
from valuecreation.study.desk import slug

HOME = "VALUECREATION_HOME"
_FOLDER = "coding"


def journal_folder(study: Study, folder: str | Path | None = None) -> Path:
    """Return where the journals of a study are kept.

    Beside the tables of a study that is a folder (``coding/``); for a workbook, a shipped example or tables in memory in a folder
    of the user, ``valuecreation/coding/`` in the home folder or in what the variable ``VALUECREATION_HOME`` names.
    """
    if folder is not None:
        return as_path(folder, UnwritableStudy, "the folder of the coding journals")
    if study.place is not None and study.place.is_dir():
        return study.place / _FOLDER
    home = os.environ.get(HOME)
    base = Path(home) if home else Path.home() / "valuecreation"
    name = re.sub(r"[^\w-]+", "-", study.name).strip("-")[:40] or "study"
    if study.place is not None:
        where = os.path.normcase(str(study.place.resolve()))
        name = f"{name}-{sha256(where.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
    return base / _FOLDER / name


@dataclass
class Journal:
    """The journal of one coder, open to be read and added to.

    Attributes
    ----------
    path : Path
    coder : str
    acts : list of Act
        What it holds, in order.
    findings : list of Finding
        Lines that could not be read.
    """

    path: Path
    coder: str
    acts: list[Act] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _size: int = 0

    def fresh(self) -> list[Act]:
        """Read what was added since, by another window of the same coder, and return it."""
        try:
            size = self.path.stat().st_size
        except FileNotFoundError:
            return []
        if size == self._size:
            return []
        acts, self.findings, self._size = _read(self.path)
        new = acts[len(self.acts) :]
        self.acts = acts
        return new

    def add(self, act: Act) -> None:
        """Write an act to the disk; when this returns it survives a kernel that is killed.

        Raises
        ------
        UnwritableStudy
            When another window of the same coder wrote in between, or the disk refuses.
        """
        if self.fresh() or (self.acts and act.number != self.acts[-1].number + 1):
            raise UnwritableStudy(
                f"The journal of {self.coder} was added to in another window in the meantime. This act was not kept; "
                "what the other window did is on the screen now. Do it again if it is still wanted."
            )
        line = json.dumps(_written(act), ensure_ascii=False, separators=(",", ":")) + "\n"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab") as file:
                if file.tell() and not _ends_whole(self.path):
                    file.write(b"\n")  # what is left of a line that was cut off stays a line of its own
                file.write(line.encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
                self._size = file.tell()
        except OSError as error:
            raise UnwritableStudy(
                f"The act could not be written to {self.path.as_posix()} ({error.strerror or type(error).__name__}), so it was "
                "not done. Make room or choose another folder: vc.code(study, coder=..., folder=...)."
            ) from error
        self.acts.append(act)


def open_journal(study: Study, coder: str, folder: str | Path | None = None) -> Journal:
    """Return the journal of a coder, empty when there is none yet."""
    journal = Journal(journal_folder(study, folder) / f"{slug(coder)}.jsonl", coder)
    journal.fresh()
    other = {act.coder for act in journal.acts} - {coder}
    if other:
        raise UnreadableStudy(
            f"{journal.path.as_posix()} is named as the journal of {coder}, but {listed(sorted(other))} wrote in it. "
            "Give each coder's file its own name back."
        )
    return journal


def journals(study: Study, folder: str | Path | None = None) -> list[Journal]:
    """Return all journals of a study, by the name of their file."""
    found = []
    for path in sorted(journal_folder(study, folder).glob("*.jsonl")):
        acts, findings, size = _read(path)
        found.append(Journal(path, acts[0].coder if acts else path.stem, acts, findings, size))
    return found


def coded(study: Study, coders: Iterable[str] | None = None, folder: str | Path | None = None) -> Study:
    """Return the study with what was coded in `vc.code` in it.

    Codings, free selections, codes that were added, memos, what was settled and what was looked through all become rows of
    their tables; writing that study away keeps them there. The journals stay as they are, and may be applied again.

    Parameters
    ----------
    study : Study
    coders : iterable of str, optional
        Only these; everybody when left out.
    folder : str or Path, optional
        Where the journals are, when they are not beside the study: another computer's, or those of a class.

    Returns
    -------
    Study
        Its `check` names lines that could not be read, texts that have changed since and rows that the table has otherwise.

    Raises
    ------
    UnreadableStudy
        Of a coder who has no journal.

    Examples
    --------
    >>> import valuecreation as vc
    >>> study = vc.load_example("lindehout")
    >>> vc.coded(study, folder="no-journals-here").equals(study)
    True
    """
    if not isinstance(study, Study):
        raise MissingTable(f"coded takes a study; this is {type(study).__name__}. Read one with vc.read_study.")
    found = journals(study, folder)
    if coders is not None:
        wanted = [coders] if isinstance(coders, str) else list(coders)
        known = {one.coder for one in found}
        missing = [one for one in wanted if one not in known]
        if missing:
            raise UnreadableStudy(
                f"There is no journal of {listed(missing)} in {journal_folder(study, folder).as_posix()}; it has those of "
                f"{listed(sorted(known))}."
            )
        found = [one for one in found if one.coder in wanted]
    after = apply(study, in_order(one.acts for one in found))
    findings = [finding for one in found for finding in one.findings]
    return after.noticed(findings) if findings else after


def _read(path: Path) -> tuple[list[Act], list[Finding], int]:
    try:
        whole = path.read_bytes()
    except OSError as error:
        raise UnreadableStudy(f"{path.as_posix()} cannot be opened ({error.strerror}).") from error
    acts, findings = [], []
    lines = whole.split(b"\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        act = _act(line)
        if act is None or (acts and act.number <= acts[-1].number):
            cut_off = number == len(lines)
            rule = "journal_half_line" if cut_off else "journal_bad_line"
            findings.append(Finding(rule, row=number, value=path.name))
        else:
            acts.append(act)
    return acts, findings, len(whole)


def _act(line: bytes) -> Act | None:
    """Return the act on a line, or None when it holds none."""
    try:
        read = json.loads(line.decode("utf-8"))
        changes = tuple(Change(one["table"], one["was"], one["now"]) for one in read.get("changes", ()))
        if any(one.was is None and one.now is None for one in changes):
            return None
        for one in changes:
            one.key  # noqa: B018  a row that has no key cannot be placed
        return Act(
            int(read["number"]), str(read["at"]), str(read["coder"]), str(read["what"]), read.get("document", ""),
            read.get("text", ""), changes, read.get("of"),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _written(act: Act) -> dict:
    changes = [{"table": one.table, "was": one.was, "now": one.now} for one in act.changes]
    written = {"number": act.number, "at": act.at, "coder": act.coder, "what": act.what}
    if act.document:
        written |= {"document": act.document, "text": act.text}
    if changes:
        written["changes"] = changes
    return written | ({"of": act.of} if act.of is not None else {})


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
