"""A PDF becomes pictures of its pages and their words; the work of a confined process.

Nothing in the document is ever carried out: pdfium comes without JavaScript, forms are not
opened, links and attachments are not followed. What remains is ink.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
import pypdfium2 as pdfium
from PIL import Image

from server.projector import MOST_PAGES, Outcome, Shown, Unusable

Image.init()  # now: later no module can be looked for

WIDTH: Final = 1600  # pixels of a page; a beamer has 1920, and letters stay sharp
TALLEST: Final = 2400  # pixels; a page in portrait is no taller
SMALL: Final = 320  # pixels of the small pictures beside
QUALITY: Final = 88
LONGEST: Final = 1_500  # characters of a page that are read out
ENCRYPTED: Final = 4  # FPDF_ERR_PASSWORD


def main(arguments: Sequence[str]) -> None:
    """Write the pages of the file into the folder, and the `Outcome` as JSON to stdout."""
    path, folder = map(Path, arguments)
    sys.stdout.buffer.write(msgspec.json.encode(shown(path, folder)))


def shown(path: Path, folder: Path) -> Outcome:
    """Write the pages of the PDF at `path` into `folder`. Never raises for what is in it."""
    with path.open("rb") as file:
        if file.read(5) != b"%PDF-":
            # What begins otherwise may be a PDF and something else at once; we take neither.
            return Unusable("no pdf")
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        encrypted = getattr(error, "err_code", None) == ENCRYPTED
        return Unusable("encrypted" if encrypted else "broken")
    try:
        return _pages(document, folder)
    except (pdfium.PdfiumError, ValueError, OSError):
        return Unusable("broken")
    finally:
        document.close()


def _pages(document: pdfium.PdfDocument, folder: Path) -> Outcome:
    if len(document) == 0:
        return Unusable("broken")
    if len(document) > MOST_PAGES:
        return Unusable("too many", len(document))
    return Shown(tuple(_page(document, number, folder) for number in range(1, len(document) + 1)))


def _page(document: pdfium.PdfDocument, number: int, folder: Path) -> str:
    page = document[number - 1]
    width, height = page.get_size()  # points, as large as the document says
    if width <= 0 or height <= 0:
        raise ValueError("a page without a size")
    # However large it claims to be, the picture is as large as we want it.
    scale = min(WIDTH / width, TALLEST / height)
    bitmap = page.render(scale=scale, may_draw_forms=False)
    image = bitmap.to_pil().convert("RGB")
    image.save(folder / f"{number}.webp", quality=QUALITY, method=2)
    image.thumbnail((SMALL, SMALL))
    image.save(folder / f"{number}-small.webp", quality=QUALITY, method=2)
    words = " ".join(page.get_textpage().get_text_bounded().split())
    page.close()
    return words[:LONGEST]
