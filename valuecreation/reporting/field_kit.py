"""The field kit: what a researcher takes along, printed from the same files as the analyses use, in Dutch or English."""

from pathlib import Path

import pandas as pd

from valuecreation.codebook import Codebook, load_codebook
from valuecreation.errors import UnwritableStudy
from valuecreation.io.places import as_path
from valuecreation.io.story_forms import story_form
from valuecreation.reporting.kit_docx import write_docx
from valuecreation.reporting.kit_parts import PARTS, part_of
from valuecreation.reporting.kit_pdf import write_pdf
from valuecreation.words import check_language, phrase


def field_kit(
    folder: str | Path,
    *,
    language: str = "nl",
    codebook: str | Path | Codebook = "vcf-2011",
    contact: str | None = None,
) -> pd.DataFrame:
    """Write the field kit into a folder: interview guide, diary cards, story form, consent form and codebook, as Word and PDF.

    The guide asks the questions of the codebook, the story form those of `story_form` (which is written too, as Excel, and comes
    back with `read_story_form`), and the layers of the consent form are the scopes of the table ``consents``: a filled in Word
    form comes back with `read_consent_forms`. Names are asked for on a page that stays apart.

    Parameters
    ----------
    folder : str or Path
        New, or without files of these names.
    language : {"nl", "en"}
    codebook : str, Path or Codebook
        Whose codes stand on the two pages, and whose questions in the guide.
    contact : str, optional
        Whom participants can ask, and where; left out, there is a line to fill in.

    Returns
    -------
    pandas.DataFrame
        Columns part, file, pages (of a PDF), remark; a codebook that does not fit on two pages is printed whole on more, and the
        remark says so.

    Raises
    ------
    UnwritableStudy
        When a file is there already, or cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     kit = field_kit(folder, language="en")
    >>> kit["file"].tolist()[:2]
    ['interview-guide.docx', 'interview-guide.pdf']
    """
    check_language(language)
    place = as_path(folder, UnwritableStudy, "the path of a folder to write the field kit to")
    book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    parts = [part_of(name, language, book, contact) for name in PARTS]
    sheet = phrase("kit_story_sheet", language)
    names = [f"{part.file}{ending}" for part in parts for ending in (".docx", ".pdf")] + [sheet]
    there = [name for name in names if (place / name).exists()]
    if there:
        raise UnwritableStudy(
            f"{place.as_posix()} holds {there[0]} already. Choose another folder, so that no form that was filled in is lost."
        )
    rows = []
    try:
        place.mkdir(parents=True, exist_ok=True)
        for part in parts:
            write_docx(part, place / f"{part.file}.docx")
            pages = write_pdf(part, place / f"{part.file}.pdf")
            over = bool(part.most_pages) and pages > part.most_pages
            remark = phrase("kit_too_long", language, most=part.most_pages, pages=pages) if over else part.for_whom
            rows += [(part.name, f"{part.file}.docx", pd.NA, remark), (part.name, f"{part.file}.pdf", pages, remark)]
        story_form(place / sheet, language)
    except OSError as error:
        raise UnwritableStudy(
            f"{place.as_posix()} cannot be written ({error.strerror}). Choose another place."
        ) from error
    rows.append(("story", sheet, pd.NA, phrase("kit_story_excel", language)))
    return pd.DataFrame(rows, columns=["part", "file", "pages", "remark"]).astype({"pages": "Int64"})
