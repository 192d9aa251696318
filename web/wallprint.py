"""The board on paper: offers and CV cards to pin up in the hall, each with a code to its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from fpdf import FPDF
from msgspec import Struct

from web import pdf, words

MARGIN: Final = 12.0  # millimetres; nearer to the edge few printers print
HEAD: Final = 17.0
GAP: Final = 6.0
PADDING: Final = 6.0
CODE: Final = 24.0

Size = Literal["A3", "A4"]


class Leaf(Struct, frozen=True):
    """A card as it is printed; it says nothing that must not stay in the hall."""

    kind: str
    title: str
    name: str
    lines: tuple[str, ...]
    topics: tuple[str, ...]
    foot: str
    "Whom to ask: the strip to tear off."
    code: str
    "The address behind the code."
    person: bool = False
    "Whether it is a CV card."


class Grid(Struct, frozen=True):
    """How many leaves share a page, and how large the page is."""

    columns: int
    rows: int
    wide: float
    high: float

    @property
    def leaf(self) -> tuple[float, float]:
        """Width and height of one leaf; millimetres."""
        free = self.high - 2 * MARGIN - HEAD
        return (
            (self.wide - 2 * MARGIN - (self.columns - 1) * GAP) / self.columns,
            (free - (self.rows - 1) * GAP) / self.rows,
        )

    def corner(self, place: int) -> tuple[float, float]:
        """Where the leaf at this place of a page begins; millimetres."""
        row, column = divmod(place, self.columns)
        wide, high = self.leaf
        return MARGIN + column * (wide + GAP), MARGIN + HEAD + row * (high + GAP)


GRIDS: Final[dict[Size, Grid]] = {"A3": Grid(4, 3, 420.0, 297.0), "A4": Grid(3, 2, 297.0, 210.0)}


def wall(gathering: str, language: str, at: float, leaves: Sequence[Leaf], size: Size) -> bytes:
    """The whole wall as a PDF; `at` is when it was made, Unix seconds."""
    title, grid = words.say(language, "Board"), GRIDS[size]
    paper = pdf.paper(f"{title} · {gathering}", language, at, size, landscape=True)
    many = grid.columns * grid.rows
    pages = [leaves[first : first + many] for first in range(0, len(leaves), many)] or [()]
    for number, page in enumerate(pages, 1):
        paper.add_page()
        _head(paper, grid, title, gathering, f"{number} / {len(pages)}" if len(pages) > 1 else "")
        for place, leaf in enumerate(page):
            _leaf(paper, leaf, grid.corner(place), grid.leaf)
    return pdf.printed(paper)


def _head(paper: FPDF, grid: Grid, title: str, gathering: str, number: str) -> None:
    pdf.write_with(paper, "serif", 26)
    pdf.write(paper, MARGIN, MARGIN - 3, [title])
    pdf.write_with(paper, "sans", 11, colour=pdf.SOFT)
    said = " · ".join(part for part in (gathering, number) if part)
    pdf.write(paper, grid.wide - MARGIN - paper.get_string_width(said), MARGIN + 1, [said])


def _leaf(paper: FPDF, leaf: Leaf, corner: tuple[float, float], size: tuple[float, float]) -> None:
    (x, y), (wide, high) = corner, size
    paper.set_line_width(0.2)
    paper.set_draw_color(*(pdf.LODEN_TINT if leaf.person else pdf.LINE))
    paper.set_fill_color(*(pdf.LODEN_TINT if leaf.person else pdf.WHITE))
    paper.rect(x, y, wide, high, style="DF")
    paper.set_fill_color(*pdf.BRASS_MARK)
    paper.ellipse(x + wide / 2 - 1.8, y - 1.8, 3.6, 3.6, style="F")
    bottom = y + high - PADDING
    pdf.code(paper, x + wide - PADDING - CODE, bottom - CODE, CODE, leaf.code)
    at = _says(paper, leaf, x + PADDING, y + PADDING, wide - 2 * PADDING)
    beside = wide - 3 * PADDING - CODE
    # Beside the code there is less room; whatever finds none stands on the offer's own page.
    _small(paper, leaf, x + PADDING, max(at, bottom - CODE), beside, bottom)


def _says(paper: FPDF, leaf: Leaf, x: float, y: float, wide: float) -> float:
    """The upper part, over the whole width; where it ends."""
    pdf.write_with(paper, "sans", 8.5, colour=pdf.SOFT)
    y += pdf.write(paper, x, y, [leaf.kind]) + 0.5
    pdf.write_with(paper, "serif", 16, bold=True)
    y += pdf.write(paper, x, y, pdf.broken(paper, leaf.title, wide, 3), 1.15) + 1
    if leaf.name:
        pdf.write_with(paper, "sans", 10, bold=True)
        y += pdf.write(paper, x, y, pdf.broken(paper, leaf.name, wide, 1)) + 0.5
    pdf.write_with(paper, "sans", 9, colour=pdf.SOFT)
    for line in leaf.lines[:2]:
        y += pdf.write(paper, x, y, pdf.broken(paper, line, wide, 1))
    return y + 2


def _small(paper: FPDF, leaf: Leaf, x: float, y: float, wide: float, bottom: float) -> None:
    """The lower part, beside the code: topics, and at the very bottom the strip to tear off."""
    pdf.write_with(paper, "sans", 8.5)
    foot = pdf.broken(paper, leaf.foot, wide, 3) if leaf.foot else []
    step = 8.5 * pdf.POINT * 1.25
    edge = bottom - step * len(foot)
    if foot:
        paper.set_draw_color(*pdf.SOFT)
        paper.set_dash_pattern(1, 1)
        paper.line(x, edge - 1, x + wide, edge - 1)
        paper.set_dash_pattern()
        pdf.write(paper, x, edge, foot)
        edge -= 3
    room = int((edge - y) // step)
    if leaf.topics and room > 0:
        pdf.write_with(paper, "sans", 8.5, colour=pdf.LODEN)
        pdf.write(paper, x, y, pdf.broken(paper, " · ".join(leaf.topics), wide, room))
