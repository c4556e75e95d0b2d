"""PDF: its text page by page, with what a page adds of its own (headers, hyphens) said and not guessed away."""

from collections import Counter
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from valuecreation.errors import UnreadableStudy
from valuecreation.findings import Finding
from valuecreation.text import normalise


def text_of_pdf(path: Path) -> tuple[str, list[Finding]]:
    """Return the text of a PDF, and what was noticed.

    Raises
    ------
    UnreadableStudy
        When it cannot be opened, or is a scan without text.
    """
    try:
        reader = PdfReader(path)
        pages = [normalise(page.extract_text() or "") for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, OSError) as error:
        raise UnreadableStudy(
            f"{path.name} is no PDF that can be opened ({type(error).__name__}). If it has a password, save it without."
        ) from error
    if not any(page.strip() for page in pages):
        raise UnreadableStudy(
            f"{path.name} has no text in it, only pictures of pages. Have it recognised first (OCR), or use the Word "
            "file it came from."
        )
    found = [Finding("pdf_lines", value=path.name)]
    empty = [number for number, page in enumerate(pages, 1) if not page.strip()]
    if empty:
        found.append(Finding("pdf_empty_page", value=path.name, details={"pages": ", ".join(map(str, empty))}))
    edges = Counter(line for page in pages for line in {*_edges(page)})
    for line, count in edges.items():
        if count > 2:
            found.append(Finding("pdf_header", value=line, details={"count": count}))
    text = "\n".join(pages)
    hyphens = sum(line.rstrip().endswith("-") for line in text.split("\n"))
    if hyphens:
        found.append(Finding("pdf_hyphens", value=path.name, details={"count": hyphens}))
    return text, found


def _edges(page: str) -> list[str]:
    lines = [line.strip() for line in page.split("\n") if line.strip()]
    return [*lines[:1], *lines[-1:]]
