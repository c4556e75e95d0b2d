"""The field kit as Word: the same blocks, with boxes to type a cross in and a mark by which a form is known again."""

from pathlib import Path

from valuecreation.reporting.kit_blocks import Bullets, Cards, Fields, Grid, Heading, Lines, NewPage, Part, Text

MARK = "valuecreation field kit"
BOX = "☐"
_LINE = "_" * 72


def write_docx(part: Part, path: Path) -> None:
    """Write a part as a Word file."""
    from docx import Document
    from docx.shared import Cm, Pt

    document = Document()
    document.core_properties.title = part.title
    document.core_properties.author = ""
    document.core_properties.language = part.language
    document.core_properties.subject = f"{MARK} | {part.name} | {part.language}"
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    margin = Cm(1.3 if part.most_pages else 1.0 if _is_cards(part) else 2.0)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = margin
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(part.smallest if part.most_pages else part.points)
    document.styles["Normal"].paragraph_format.space_after = Pt(2 if part.most_pages else 5)
    if not _is_cards(part):
        document.add_heading(part.title, 1)
        document.add_paragraph().add_run(part.for_whom).italic = True
    for block in part.blocks:
        _ADD[type(block)](document, block, part)
    document.save(str(path))


def _is_cards(part: Part) -> bool:
    return any(isinstance(block, Cards) for block in part.blocks)


def _heading(document, block: Heading, part: Part):
    document.add_heading(block.text, 2)


def _text(document, block: Text, part: Part):
    document.add_paragraph().add_run(block.text).italic = block.small


def _bullets(document, block: Bullets, part: Part):
    for item in block.items:
        document.add_paragraph(item, style="List Bullet")


def _lines(document, block: Lines, part: Part):
    for _ in range(block.count):
        document.add_paragraph(_LINE)


def _fields(document, block: Fields, part: Part):
    """Add labels and empty cells beside them, in which one can type."""
    from docx.shared import Cm

    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for label in block.labels:
        cells = table.add_row().cells
        cells[0].text = label
        cells[0].width, cells[1].width = Cm(7), Cm(10)
    table.columns[0].width, table.columns[1].width = Cm(7), Cm(10)
    document.add_paragraph()


def _grid(document, block: Grid, part: Part):
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    table = document.add_table(rows=1, cols=len(block.head), style="Table Grid")
    table.autofit = False
    for cell, head in zip(table.rows[0].cells, block.head, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(head).bold = True
    for row in block.rows:
        for place, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
            cell.text = BOX if place in block.tick else text
            if place in block.tick:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    whole = 18.4 if part.most_pages else 17.0
    for column, width in zip(table.columns, block.widths, strict=True):
        column.width = Cm(whole * width)
    for row in table.rows:
        kept = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(kept)
        for cell, width in zip(row.cells, block.widths, strict=True):
            cell.width = Cm(whole * width)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(0)
    document.add_paragraph()


def _new_page(document, block: NewPage, part: Part):
    document.add_page_break()


def _cards(document, block: Cards, part: Part):
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Cm, Pt

    table = document.add_table(rows=2, cols=2, style="Table Grid")
    for row in table.rows:
        row.height, row.height_rule = Cm(13.4), WD_ROW_HEIGHT_RULE.EXACTLY
        for cell in row.cells:
            cell.paragraphs[0].add_run(block.heading).bold = True
            for label, count in block.asks:
                cell.add_paragraph(label)
                for _ in range(count):
                    cell.add_paragraph("_" * 36)
            foot = cell.add_paragraph().add_run(f"{block.foot} {'_' * 12}")
            foot.font.size = Pt(8.5)


_ADD = {
    Heading: _heading, Text: _text, Bullets: _bullets, Lines: _lines, Fields: _fields, Grid: _grid, NewPage: _new_page,
    Cards: _cards,
}  # fmt: skip
