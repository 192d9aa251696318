"""PDFs made by hand: decks with words on them, and what hostile people would send."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

PAGE = "[0 0 960 540]"  # points; 16 to 9


def deck(*pages: str) -> bytes:
    """A good PDF with these words on its pages."""
    return pdf([(PAGE, _words(text)) for text in pages])


def boxed(*boxes: str) -> bytes:
    """A PDF whose pages claim these sizes."""
    return pdf([(box, _words("Hello")) for box in boxes])


def pdf(
    pages: Sequence[tuple[str, bytes]],
    catalog: str = "",
    trailer: str = "",
    more: Iterable[str] = (),
) -> bytes:
    """A PDF of MediaBoxes and contents; `catalog`, `trailer` and objects may be added to."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects: list[bytes] = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, (box, content) in enumerate(pages):
        font = "/Resources << /Font << /F 3 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} {font}"
            f" /Contents {5 + 2 * number} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
    return _written((*objects, *(each.encode() for each in more)), trailer)


def locked() -> bytes:
    """A PDF that only opens with a password."""
    lock = (
        "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4"
        f" /O <{'00' * 32}> /U <{'11' * 32}> >> /ID [<00> <00>]"
    )
    return pdf([(PAGE, _words("Secret"))], trailer=lock)


def scripted(address: str) -> bytes:
    """A PDF that would run scripts, start programs, open an address and bring a file along."""
    catalog = (
        "/OpenAction << /S /JavaScript /JS (app.launchURL\\('" + address + "'\\);) >>"
        " /AA << /WC << /S /Launch /F (/bin/true) >> >>"
        " /Names << /EmbeddedFiles << /Names [(a.exe) << /Type /Filespec /F (a.exe) >>] >> >>"
    )
    return pdf([(PAGE, _words("Harmless"))], catalog)


def _words(text: str) -> bytes:
    return b"BT /F 40 Tf 60 300 Td (%b) Tj ET" % text.encode("latin-1")


def _written(objects: Sequence[bytes], trailer: str) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, held in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, held)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    end = f"trailer << /Size {len(places) + 1} /Root 1 0 R {trailer} >>"
    return bytes(out + f"{end}\nstartxref\n{table}\n%%EOF\n".encode())
