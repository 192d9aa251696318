"""Documents are set in the house's type, are not long, and hold what was written."""

from __future__ import annotations

import pypdfium2

from web import pdf

NOON = 1_600_000_200.0


def read(data: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [
            document[number].get_textpage().get_text_bounded() for number in range(len(document))
        ]
    finally:
        document.close()


def test_what_is_written_can_be_read_again() -> None:
    paper = pdf.paper("Pinnwand", "de", NOON, "A4", landscape=True)
    paper.add_page()
    pdf.write_with(paper, "serif", 24)
    pdf.write(paper, 10, 10, ["Größe Łódź “€”"])
    data = pdf.printed(paper)

    assert read(data) == ["Größe Łódź “€”"]
    assert len(data) < 40_000  # only the letters that are used are in it


def test_what_does_not_fit_says_so() -> None:
    paper = pdf.paper("Pinnwand", "de", NOON, "A4", landscape=False)
    paper.add_page()
    pdf.write_with(paper, "sans", 10)
    lines = pdf.broken(paper, "Ventile und Pumpen für kleine Mengen " * 5, 60, 2)

    assert len(lines) == 2
    assert lines[-1].endswith(" …")
    assert pdf.broken(paper, "Ventile", 60, 2) == ["Ventile"]


def test_lines_return_their_height() -> None:
    paper = pdf.paper("Pinnwand", "de", NOON, "A4", landscape=False)
    paper.add_page()
    pdf.write_with(paper, "sans", 72)

    assert pdf.write(paper, 0, 0, ["a", "b"], leading=1.0) == 2 * 25.4
