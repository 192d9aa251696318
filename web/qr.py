"""A QR code as the path of a drawing, so that the page needs no picture from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

import segno
from msgspec import Struct

QUIET = 2  # modules of clear space; the page's own light square adds the rest


class Code(Struct, frozen=True):
    """Squares of one unit in a field of `size` by `size`."""

    size: int
    path: str
    runs: tuple[tuple[int, int, int], ...]
    "The same squares as bars: left, top and how many in a row."


@lru_cache(maxsize=512)
def code(text: str) -> Code:
    """The QR code that says `text`, robust enough to be read from the back row."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    runs = tuple(
        (x + QUIET, y + QUIET, wide) for y, row in enumerate(rows) for x, wide in _bars(row)
    )
    path = "".join(f"M{x} {y}h{wide}v1h-{wide}z" for x, y, wide in runs)
    return Code(size=len(rows) + 2 * QUIET, path=path, runs=runs)


def _bars(row: list[int]) -> Iterator[tuple[int, int]]:
    """Where the dark squares of a row lie, those beside each other together."""
    at = 0
    for dark, squares in groupby(row):
        wide = len(list(squares))
        if dark:
            yield at, wide
        at += wide
