"""What the demo's people bring to the fair fits the programme, and is small."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from pypdfium2 import PdfDocument

from schedule.programme import read
from server.bots import drawn
from server.bots.contents import contents
from server.demo import PROGRAMME, VISITORS

DEMO = read(PROGRAMME.read_text(encoding="utf-8"))
MINE = contents()


def test_every_booth_has_a_stand_and_no_more_offers_than_its_package_holds() -> None:
    assert [stand.booth for stand in MINE.stands] == [booth.id for booth in DEMO.booths]
    for booth in DEMO.booths:
        offers = [offer for offer in MINE.jobs if offer.booth == booth.id]
        (stand,) = (stand for stand in MINE.stands if stand.booth == booth.id)
        assert 2 <= len(offers) <= booth.package.jobs
        assert len(stand.papers) <= booth.package.downloads


def test_every_talent_but_the_visitor_has_a_card_and_every_work_is_described() -> None:
    talents = {person.id for person in DEMO.people if person.role == "talent"}

    assert {card.person for card in MINE.cards} == talents - {VISITORS["talent"]}
    assert [work.id for work in MINE.works] == [exhibit.id for exhibit in DEMO.exhibits]


def test_logos_differ_and_stand_on_nothing() -> None:
    logos = [drawn.logo(stand.mark, stand.colour, stand.light) for stand in MINE.stands]

    assert len(set(logos)) == 6
    for file in logos:
        image = Image.open(BytesIO(file))
        assert image.getpixel((0, 0)) == (0, 0, 0, 0)
        assert len(file) < 20_000


def test_a_poster_hangs_as_a_picture_and_as_a_pdf_with_its_words() -> None:
    words = ("Ein Ohr für Getriebe", "Tim Oberrieder", "Sankt Ilgen", "Getriebe klingen anders.")

    picture = drawn.picture(drawn.poster(*words))
    pdf = PdfDocument(drawn.poster_pdf(*words))

    assert len(picture) < 60_000
    assert "Getriebe klingen anders." in pdf[0].get_textpage().get_text_range()
    assert pdf[0].get_width() > pdf[0].get_height()


def test_a_paper_to_take_along_stands_upright() -> None:
    stand = MINE.stands[0]
    paper = drawn.paper(stand.papers[0].title, stand.papers[0].lines, "Sellmoor", stand.colour)

    pdf = PdfDocument(paper)
    assert pdf[0].get_height() > pdf[0].get_width()
