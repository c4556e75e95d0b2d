"""A member check as a Word file: written for a participant to fill in, and read back with every tick in its place."""

from pathlib import Path

from valuecreation.errors import UnreadableStudy
from valuecreation.reporting.member_sheet import Sheet, Understood
from valuecreation.words import phrase

ANSWERS = ("approve", "correct", "strike")
_BETWEEN = " | "


def write_docx(sheet: Sheet, path: Path) -> None:
    """Write a sheet as a Word file."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt, RGBColor

    document = Document()
    document.core_properties.title = sheet.title
    document.core_properties.author = ""
    document.core_properties.language = sheet.language
    document.core_properties.subject = f"member check{_BETWEEN}{sheet.study}{_BETWEEN}{sheet.participant_id}"
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21.0)
    page.left_margin = page.right_margin = Cm(1.8)
    document.styles["Normal"].font.size = Pt(11)
    document.add_heading(sheet.title, 1)
    document.add_paragraph(phrase("member_for", sheet.language, who=sheet.participant_id))
    if sheet.fictional:
        document.add_paragraph(phrase("member_fictional", sheet.language))
    for name in ("member_intro", "member_how"):
        document.add_paragraph(phrase(name, sheet.language))
    choices = "; ".join(dict.fromkeys(label for _, _, label in sheet.choices))
    document.add_paragraph(phrase("member_choose", sheet.language, choices=choices))
    heads = ("heard", *ANSWERS, "rather", "reference")
    for number, line in enumerate(sheet.lines, start=1):
        document.add_heading(f"{number}. {line.when}", 2)
        document.add_paragraph(line.quote, style="Quote")
        table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            cell.text = phrase(f"member_{head}", sheet.language)
            cell.paragraphs[0].runs[0].bold = True
        for one in line.understood:
            cells = table.add_row().cells
            cells[0].text = heard(one)
            cells[-1].text = reference(line.segment_id, one)
            small = cells[-1].paragraphs[0].runs[0].font
            small.size, small.color.rgb = Pt(6), RGBColor(0x59, 0x59, 0x59)
        table.autofit = False
        for row in table.rows:
            for cell, width in zip(row.cells, (8.5, 1.6, 1.9, 2.2, 8.6, 3.2), strict=True):
                cell.width = Cm(width)
    document.save(str(path))


def read_docx(path: Path) -> tuple[str, str, list[dict]]:
    """Return the study, the participant and the answered rows of a Word sheet: ticks, words and reference of each."""
    from docx import Document

    try:
        document = Document(str(path))
    except Exception as error:  # python-docx raises whatever its parts raise
        raise UnreadableStudy(
            f"{path.name} cannot be read as a Word file ({type(error).__name__}). Save it as .docx."
        ) from error
    parts = (document.core_properties.subject or "").split(_BETWEEN)
    if len(parts) != 3 or parts[0] != "member check":
        raise UnreadableStudy(
            f"{path.name} does not say whose member check it is. Fill in the file that vc.member_check made; its text in "
            "a new file does not say so."
        )
    rows = []
    for table in document.tables:
        for row in table.rows[1:]:
            cells = [cell.text.strip() for cell in row.cells]
            if len(cells) == len(ANSWERS) + 3:
                ticks = [name for name, cell in zip(ANSWERS, cells[1:4], strict=True) if cell]
                rows.append({"reference": cells[-1], "ticks": ticks, "words": cells[-2]})
    return parts[1], parts[2], rows


def heard(one: Understood) -> str:
    """Return how a coding is said to its teller."""
    judged = ", ".join(part for part in (one.status, one.polarity) if part)
    asked = f" ({one.question})" if one.question else ""
    return f"{one.label}{asked}" + (f": {judged}" if judged else "")


def reference(segment_id: str, one: Understood) -> str:
    """Return the key of a coding as it stands on a sheet."""
    return _BETWEEN.join((segment_id, one.codebook, one.reading or "-", one.code))
