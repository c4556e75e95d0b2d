"""The field kit as PDF: the blocks of a part drawn on A4, with a font that has every letter and a language that readers hear."""

from pathlib import Path

from valuecreation.reporting.kit_blocks import Bullets, Cards, Fields, Grid, Heading, Lines, NewPage, Part, Text

_MARGIN, _STEP = 16, 0.5
_GREY = (90, 90, 90)


def write_pdf(part: Part, path: Path) -> int:
    """Write a part and return how many pages it has.

    The print becomes smaller until the part fits into its pages. Where the smallest print does not do, all of it is printed on
    more pages: nothing is left out.
    """
    points = part.points
    document = _drawn(part, points)
    while part.most_pages and document.pages_count > part.most_pages and points - _STEP >= part.smallest:
        points -= _STEP
        _close(document)
        document = _drawn(part, points)
    document.output(str(path))
    _close(document)
    return document.pages_count


def _close(document) -> None:
    """Close the files of the fonts, which stay open otherwise."""
    for font in document.fonts.values():
        font.ttfont.close()


def _drawn(part: Part, points: float):
    from fpdf import FPDF
    from matplotlib import get_data_path

    small_page = part.most_pages is not None
    document = FPDF(format="A4")
    fonts = Path(get_data_path(), "fonts", "ttf")
    for style, name in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf"), ("I", "DejaVuSans-Oblique.ttf")):
        document.add_font("DejaVu", style, str(fonts / name))
    document.set_title(part.title)
    document.set_lang(part.language)
    document.set_margin(_MARGIN * (0.7 if small_page else 1))
    document.set_auto_page_break(True, margin=_MARGIN * 0.8)
    document.add_page()
    pen = _Pen(document, points)
    if not any(isinstance(block, Cards) for block in part.blocks):
        pen.write(part.title, points + (3 if small_page else 5), "B", after=0.6)
        pen.write(part.for_whom, points - 1, "I", colour=_GREY, after=2)
    for block in part.blocks:
        _DRAW[type(block)](pen, block)
    return document


class _Pen:
    """Where on the page the next block begins, and how large the print is."""

    def __init__(self, document, points: float):
        self.document, self.points = document, points
        self.high = points * 0.3528 * 1.35

    def write(
        self, text: str, points: float, style: str = "", colour=(20, 20, 20), after: float = 1.2, indent: float = 0
    ):
        document = self.document
        document.set_font("DejaVu", style, points)
        document.set_text_color(*colour)
        document.set_x(document.l_margin + indent)
        document.multi_cell(
            document.epw - indent, points * 0.3528 * 1.35, text, align="L", new_x="LMARGIN", new_y="NEXT"
        )
        document.ln(after)
        document.set_text_color(20, 20, 20)

    def line(self, x: float, y: float, until: float):
        self.document.set_draw_color(150, 150, 150)
        self.document.line(x, y, until, y)

    def room(self, needed: float):
        if self.document.get_y() + needed > self.document.h - self.document.b_margin:
            self.document.add_page()


def _heading(pen: _Pen, block: Heading):
    pen.room(4 * pen.high)
    pen.document.ln(pen.high * 0.35)
    pen.write(block.text, pen.points + 1.5, "B", after=0.8)


def _text(pen: _Pen, block: Text):
    size = pen.points - 1 if block.small else pen.points
    pen.write(block.text, size, "I" if block.small else "", _GREY if block.small else (20, 20, 20), after=1.6)


def _bullets(pen: _Pen, block: Bullets):
    for item in block.items:
        y = pen.document.get_y()
        pen.document.set_font("DejaVu", "", pen.points)
        lines = pen.document.multi_cell(pen.document.epw - 6, pen.high, item, dry_run=True, output="LINES")
        pen.room(len(lines) * pen.high)
        y = pen.document.get_y()
        pen.document.set_xy(pen.document.l_margin + 1, y)
        pen.document.cell(5, pen.high, "•")
        pen.document.set_y(y)
        pen.write(item, pen.points, indent=6, after=0.7)
    pen.document.ln(0.8)


def _lines(pen: _Pen, block: Lines):
    for _ in range(block.count):
        pen.room(8)
        pen.line(pen.document.l_margin, pen.document.get_y() + 7, pen.document.w - pen.document.r_margin)
        pen.document.ln(8)


def _fields(pen: _Pen, block: Fields):
    for label in block.labels:
        pen.room(9)
        y = pen.document.get_y()
        pen.document.set_font("DejaVu", "", pen.points)
        wide = min(pen.document.get_string_width(label) + 3, pen.document.epw * 0.72)
        pen.document.multi_cell(wide + 1, pen.high, f"{label}:", align="L", new_x="LMARGIN", new_y="NEXT")
        low = max(pen.document.get_y(), y + 6.5)
        pen.line(pen.document.l_margin + wide + 2, low - 1, pen.document.w - pen.document.r_margin)
        pen.document.set_y(low + 1.5)
    pen.document.ln(1.5)


def _grid(pen: _Pen, block: Grid):
    from fpdf.fonts import FontFace

    document = pen.document
    document.set_font("DejaVu", "", pen.points)
    document.set_draw_color(150, 150, 150)
    bold = FontFace(emphasis="BOLD", fill_color=(235, 238, 241))
    with document.table(
        col_widths=tuple(100 * one for one in block.widths), line_height=pen.high, padding=1.1, headings_style=bold,
        text_align=tuple("CENTER" if place in block.tick else "LEFT" for place in range(len(block.head))),
        v_align="TOP",
    ) as table:  # fmt: skip
        table.row(block.head)
        for row in block.rows:
            table.row(["☐" if place in block.tick else cell for place, cell in enumerate(row)])
    document.ln(2.5)


def _new_page(pen: _Pen, block: NewPage):
    pen.document.add_page()


def _cards(pen: _Pen, block: Cards):
    document = pen.document
    document.set_auto_page_break(False)
    wide, high = document.w / 2, document.h / 2
    document.set_draw_color(150, 150, 150)
    document.set_dash_pattern(2, 2)
    document.line(wide, 4, wide, document.h - 4)
    document.line(4, high, document.w - 4, high)
    document.set_dash_pattern()
    for number in range(4):
        left, y = wide * (number % 2) + 9, high * (number // 2) + 11
        inner = wide - 18
        document.set_font("DejaVu", "B", 12)
        document.set_xy(left, y)
        document.multi_cell(inner, 6, block.heading, align="L")
        y = document.get_y() + 3
        for label, count in block.asks:
            document.set_font("DejaVu", "", 10)
            document.set_xy(left, y)
            document.multi_cell(inner, 5, label, align="L")
            y = document.get_y()
            for _ in range(count):
                y += 8
                pen.line(left, y, left + inner)
            y += 4
        document.set_font("DejaVu", "", 8.5)
        document.set_xy(left, y)
        document.multi_cell(inner, 4.5, block.foot, align="L")
        y = document.get_y() + 6
        pen.line(left, y, left + inner)
    document.set_auto_page_break(True, margin=_MARGIN * 0.8)


_DRAW = {
    Heading: _heading, Text: _text, Bullets: _bullets, Lines: _lines, Fields: _fields, Grid: _grid, NewPage: _new_page,
    Cards: _cards,
}  # fmt: skip
