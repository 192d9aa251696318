"""Printed paper: PDFs in the house's type and colours, for the hall and to take home."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final, Literal, cast

from fpdf import FPDF
from fpdf.enums import MethodReturnValue
from fpdf.fonts import TTFFont
from PIL import Image, ImageDraw

from web import qr

FONTS: Final = Path(__file__).parents[1] / "assets" / "fonts"
FAMILIES: Final = {
    ("sans", ""): "InstrumentSans-Regular.ttf",
    ("sans", "B"): "InstrumentSans-SemiBold.ttf",
    ("serif", ""): "Newsreader-Regular.ttf",
    ("serif", "B"): "Newsreader-Medium.ttf",
}
POINT: Final = 25.4 / 72  # millimetres
MODULE: Final = 8  # pixels of each square of a code

# It tells each table of each font; only what goes wrong is worth a line in our log.
logging.getLogger("fontTools").setLevel(logging.WARNING)

Colour = tuple[int, int, int]
INK: Final[Colour] = (40, 28, 24)
SOFT: Final[Colour] = (93, 81, 74)
LINE: Final[Colour] = (215, 207, 198)
WHITE: Final[Colour] = (255, 255, 255)
SUNKEN: Final[Colour] = (236, 229, 221)
LODEN: Final[Colour] = (38, 85, 64)
LODEN_TINT: Final[Colour] = (222, 235, 221)
BRASS: Final[Colour] = (123, 82, 28)
BRASS_MARK: Final[Colour] = (168, 116, 44)
"The light colours of tokens.css, as printers understand them."

Format = Literal["A3", "A4"]


def paper(title: str, language: str, at: float, format_: Format, *, landscape: bool) -> FPDF:
    """An empty document in millimetres, without margins or page breaks of its own.

    Its fonts are `sans` and `serif`, each plain and bold ("B"). `at` is when it was made,
    Unix seconds.
    """
    pdf = FPDF(orientation="landscape" if landscape else "portrait", unit="mm", format=format_)
    pdf.set_creation_date(datetime.fromtimestamp(at, UTC))
    pdf.set_title(title)
    pdf.set_lang(language)
    pdf.set_creator("Foyer")
    pdf.set_margin(0)
    pdf.c_margin = 0
    pdf.set_auto_page_break(False)
    for (family, style), name in FAMILIES.items():
        pdf.add_font(family, "B" if style else "", FONTS / name)
    _let_go(pdf)
    write_with(pdf, "sans", 10)
    return pdf


def _let_go(pdf: FPDF) -> None:
    """The library leaves the files of its fonts open; what is read later comes from memory."""
    for font in pdf.fonts.values():
        if isinstance(font, TTFFont) and font.ttfont.reader is not None:
            with font.ttfont.reader.file as file:
                file.seek(0)
                font.ttfont.reader.file = BytesIO(file.read())


def write_with(
    pdf: FPDF,
    family: Literal["sans", "serif"],
    size: float,
    *,
    bold: bool = False,
    colour: Colour = INK,
) -> None:
    """Go on in this type; `size` is in points."""
    pdf.set_font(family, "B" if bold else "", size)
    pdf.set_text_color(*colour)


def broken(pdf: FPDF, text: str, width: float, most: int) -> list[str]:
    """The lines of a text in the present type, at most so many; what is left out shows as “…”."""
    found = pdf.multi_cell(
        width, text=text, align="L", dry_run=True, output=MethodReturnValue.LINES
    )
    lines = cast(list[str], found)
    if len(lines) <= most:
        return lines
    last = lines[most - 1].rstrip()
    while last and pdf.get_string_width(f"{last} …") > width:
        last = last.rpartition(" ")[0] or last[:-1]
    return [*lines[: most - 1], f"{last} …"]


def write(pdf: FPDF, x: float, y: float, lines: list[str], leading: float = 1.25) -> float:
    """Set lines from this corner on, millimetres; the height they took."""
    step = pdf.font_size_pt * POINT * leading
    for number, line in enumerate(lines):
        pdf.set_xy(x, y + number * step)
        pdf.cell(h=step, text=line)
    return step * len(lines)


def code(pdf: FPDF, x: float, y: float, size: float, text: str) -> None:
    """The QR code that says `text`, black on white, `size` millimetres wide."""
    # As a picture: hundreds of small squares would take ten times as long, and much more room.
    pdf.image(_drawn(qr.code(text)), x, y, size, size)


def _drawn(found: qr.Code) -> Image.Image:
    """Large enough that no reader of documents smooths its edges away."""
    picture = Image.new("L", (found.size * MODULE, found.size * MODULE), 255)
    draw = ImageDraw.Draw(picture)
    for left, top, wide in found.runs:
        corner = (left * MODULE, top * MODULE)
        draw.rectangle((*corner, corner[0] + wide * MODULE - 1, corner[1] + MODULE - 1), fill=0)
    return picture


def printed(pdf: FPDF) -> bytes:
    """The finished document."""
    return bytes(pdf.output())
