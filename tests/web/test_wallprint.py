"""The wall on paper holds every card once, however many there are and however much they say."""

from __future__ import annotations

import pypdfium2
import pytest

from web.wallprint import Leaf, Size, wall

NOON = 1_600_000_200.0
JOB = Leaf(
    kind="Abschlussarbeit",
    title="Blasenfreies Dosieren",
    name="Auwald Mikrotechnik",
    lines=("Sankt Auwald", "ab sofort"),
    topics=("Mikrofluidik", "Messtechnik"),
    foot="Greta Lenz, lenz@auwald.example",
    code="https://foyer.example/jobs/j1",
)
LONG = Leaf(
    kind="Stelle",
    title="Entwicklung von Ventilen " * 5,
    name="Institut für Lichtmessung " * 4,
    lines=("Tannberg " * 20,) * 4,
    topics=("Mikrosystemtechnik",) * 12,
    foot="Frau Dr. Greta Lenz, " * 6,
    code="https://foyer.example/jobs/j2",
    person=True,
)


def pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [document[at].get_textpage().get_text_bounded() for at in range(len(document))]
    finally:
        document.close()


@pytest.mark.parametrize(("size", "sheets"), [("A3", 3), ("A4", 5)])
def test_every_card_hangs_on_one_sheet(size: Size, sheets: int) -> None:
    printed = pages(wall("Talente treffen Industrie", "de", NOON, [JOB, LONG] * 13, size))

    assert len(printed) == sheets
    assert sum(page.count("Blasenfreies Dosieren") for page in printed) == 13
    assert all(page.startswith("Pinnwand") for page in printed)
    assert f"1 / {sheets}" in printed[0]


def test_a_card_says_what_it_has_to() -> None:
    (page,) = pages(wall("Talente treffen Industrie", "en", NOON, [JOB], "A3"))

    for said in ("Board", JOB.kind, JOB.name, *JOB.lines, "Mikrofluidik", "lenz@auwald.example"):
        assert said in page


def test_an_empty_wall_is_a_sheet_as_well() -> None:
    assert len(pages(wall("Talente treffen Industrie", "de", NOON, [], "A4"))) == 1
