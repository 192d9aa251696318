"""A QR code as the path of a drawing, so that the page needs no picture from elsewhere."""

from __future__ import annotations

import segno
from msgspec import Struct

QUIET = 2  # modules of clear space; the page's own light square adds the rest


class Code(Struct, frozen=True):
    """Squares of one unit in a field of `size` by `size`."""

    size: int
    path: str


def code(text: str) -> Code:
    """The QR code that says `text`, robust enough to be read from the back row."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
    return Code(size=len(rows) + 2 * QUIET, path=path)
