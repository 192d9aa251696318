"""The slides some bots bring as a PDF, as people do: written here, uploaded at the door."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from io import BytesIO
from typing import Final

from PIL import Image

from server.bots.call import Brings
from server.bots.page import Pages
from server.bots.picture import slides

AGAIN: Final = 3.0  # seconds between two attempts
ATTEMPTS: Final = 10
QUALITY: Final = 90  # of the JPEG pictures in the file
WIDE: Final = 960  # points a page is wide

log = logging.getLogger(__name__)


async def bring(pages: Pages, brings: Brings) -> None:
    """Lay slides ready for an item of this person; the house may still be opening."""
    part = pages.part
    file = written(brings.title, part.name, part.organisation)
    for _ in range(ATTEMPTS):
        try:
            name = f"{brings.title}.pdf"
            await pages.bring(f"/slides/{brings.item}", name, "application/pdf", file)
            return
        except (OSError, LookupError) as error:
            log.debug("%s cannot bring slides yet: %s", part.person, error)
            await asyncio.sleep(AGAIN)


def written(title: str, name: str, organisation: str) -> bytes:
    """A PDF of the pages this person shows, with their words."""
    return document(slides(title, name, organisation))


def document(drawn: Sequence[tuple[str, Image.Image]]) -> bytes:
    """A PDF of pictures, one a page, with the words that stand on them."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (4 + 3 * n) for n in range(len(drawn))), len(drawn)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for words, picture in drawn:
        objects += _page(len(objects) + 1, words, picture)
    return _file(objects)


def _page(number: int, words: str, picture: Image.Image) -> tuple[bytes, bytes, bytes]:
    """The picture over the whole page; its words lie invisible on it, for who cannot see it."""
    jpeg = BytesIO()
    picture.save(jpeg, "JPEG", quality=QUALITY)
    text = words.encode("cp1252", "replace").hex()
    high = round(WIDE * picture.height / picture.width)
    shown = (
        f"q {WIDE} 0 0 {high} 0 0 cm /I Do Q BT 3 Tr /F 20 Tf 60 300 Td <{text}> Tj ET"
    ).encode()
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDE} {high}] /Contents {number + 1} 0 R"
        f" /Resources << /Font << /F 3 0 R >> /XObject << /I {number + 2} 0 R >> >> >>"
    )
    image = (
        f"<< /Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height}"
        " /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode"
    )
    return page.encode(), _stream(b"<<", shown), _stream(image.encode(), jpeg.getvalue())


def _stream(head: bytes, body: bytes) -> bytes:
    return b"%b /Length %d >>\nstream\n%b\nendstream" % (head, len(body), body)


def _file(objects: Sequence[bytes]) -> bytes:
    """ISO 32000-1 section 7.5: header, body, table of places, trailer."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, held in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, held)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return bytes(out) + head + table + end % (len(objects) + 1, len(out))
