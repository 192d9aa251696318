"""Draws a poster's pages or a picture in two sizes; the work of a confined process.

A picture is drawn anew, so that nothing a camera wrote beside it, such as where it was taken,
gets into the exhibition.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
import pypdfium2 as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError

from server.framing import MOST_PAGES, Drawn, Outcome, Size, Undrawn

Image.init()  # now: later no module can be looked for

LARGE: Final[dict[str, int]] = {"poster": 2400, "picture": 1600}
"Pixels of the longer side: small print on a poster can still be read."
SMALL: Final = 480  # pixels of the longer side in the gallery
QUALITY: Final = 84
SMALL_QUALITY: Final = 72
MOST_PIXELS: Final = 80_000_000  # of a picture; more than any camera makes is a trap
FORMATS: Final = ("JPEG", "PNG", "WEBP")
PAPER: Final = (255, 255, 255)  # what shows through where a picture is transparent


def main(arguments: Sequence[str]) -> None:
    """Write the pictures into the folder, and the `Outcome` as JSON to stdout."""
    what, path, folder = arguments
    outcome = drawn(what, Path(path), Path(folder))
    sys.stdout.buffer.write(msgspec.json.encode(outcome))


def drawn(what: str, path: Path, folder: Path) -> Outcome:
    """Draw the file at `path` into `folder`. Never raises for what is in it."""
    try:
        return _poster(path, folder) if what == "poster" else _picture(path, folder)
    except (pdfium.PdfiumError, ValueError, OSError, SyntaxError):
        return Undrawn("broken")


def _poster(path: Path, folder: Path) -> Outcome:
    document = pdfium.PdfDocument(path)
    try:
        pages = range(min(len(document), MOST_PAGES))
        return Drawn(tuple(_page(document, number, folder) for number in pages))
    finally:
        document.close()


def _page(document: pdfium.PdfDocument, number: int, folder: Path) -> Size:
    page = document[number]
    width, height = page.get_size()  # points, as large as the document says
    if width <= 0 or height <= 0:
        raise ValueError("a page without a size")
    scale = LARGE["poster"] / max(width, height)
    bitmap = page.render(scale=scale, may_draw_forms=False)
    size = _saved(bitmap.to_pil().convert("RGB"), folder, number + 1, LARGE["poster"])
    page.close()
    return size


def _picture(path: Path, folder: Path) -> Outcome:
    try:
        image = Image.open(path, formats=FORMATS)
    except UnidentifiedImageError:
        return Undrawn("no picture")
    with image:
        if image.width * image.height > MOST_PIXELS:
            return Undrawn("memory")
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    ground = Image.new("RGB", upright.size, PAPER)
    ground.paste(upright, mask=upright.getchannel("A"))
    return Drawn((_saved(ground, folder, 1, LARGE["picture"]),))


def _saved(image: Image.Image, folder: Path, number: int, large: int) -> Size:
    image.thumbnail((large, large))
    size = image.size
    image.save(folder / f"{number}.webp", quality=QUALITY, method=2)
    image.thumbnail((SMALL, SMALL))
    image.save(folder / f"{number}-small.webp", quality=SMALL_QUALITY, method=4)
    return size
