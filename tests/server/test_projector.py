"""PDFs of strangers become pictures, or one sentence that says what to do."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from schedule.machine import Refused
from server import projector as projectors
from server.files import Files
from server.projector import Projector
from tests.server import decks


@pytest.fixture
def projector(tmp_path: Path) -> Projector:
    return Projector(Files(tmp_path))


async def arriving(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 65_536):
        yield body[start : start + 65_536]


async def outcome(projector: Projector, body: bytes) -> int | str:
    """How many pages there are, or the sentence of the refusal."""
    try:
        return (await projector.render(arriving(body))).pages
    except Refused as refused:
        return str(refused)


BROKEN = "This PDF cannot be read. Please export your slides once more and try again."


async def refusal(projector: Projector, body: bytes) -> str:
    with pytest.raises(Refused) as refused:
        await projector.render(arriving(body))
    assert list(projector.files.folder.iterdir()) == []
    return str(refused.value)


async def test_a_deck_becomes_a_picture_and_the_words_of_each_page(projector: Projector) -> None:
    rendered = await projector.render(arriving(decks.deck("Blood", "from one drop", "Thank you")))

    folder = projector.folder(rendered.deck)
    assert rendered.pages == 3
    assert json.loads((folder / "words.json").read_text()) == [
        "Blood",
        "from one drop",
        "Thank you",
    ]
    assert sorted(path.name for path in folder.iterdir()) == [
        "1-small.webp", "1.webp", "2-small.webp", "2.webp", "3-small.webp", "3.webp", "words.json",
    ]  # fmt: skip
    with Image.open(folder / "1.webp") as large, Image.open(folder / "1-small.webp") as small:
        assert (large.format, large.size, small.size) == ("WEBP", (1600, 900), (320, 180))
        assert large.getextrema()[0] == (0, 255)  # black letters on white


async def test_only_the_pictures_stay(projector: Projector) -> None:
    rendered = await projector.render(arriving(decks.deck("One")))

    assert list(projector.files.folder.iterdir()) == [projector.folder(rendered.deck)]

    projector.drop(rendered.deck)
    assert list(projector.files.folder.iterdir()) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"Hello",
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"PK\x03\x04" + decks.deck("A PDF behind something else"),
        b"<html><script>alert(1)</script>" + decks.deck("And a page"),
    ],
    ids=["nothing", "text", "a picture", "an archive as well", "a page as well"],
)
async def test_what_is_no_pdf_is_refused(projector: Projector, body: bytes) -> None:
    assert (await refusal(projector, body)).startswith("This is not a PDF.")


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + os.urandom(10_000),
        decks.deck("Cut off in the middle")[:200],
        decks.pdf([]),
        decks.pdf([("[0 0 960 540]", b"")]).replace(b"/Type /Page ", b"/Type /Nothing "),
    ],
    ids=["head alone", "noise", "truncated", "no pages", "no page object"],
)
async def test_what_is_broken_is_refused_or_drawn_blank(projector: Projector, body: bytes) -> None:
    assert await outcome(projector, body) in (1, BROKEN)  # some of it can be repaired


async def test_a_password_is_named(projector: Projector) -> None:
    assert (await refusal(projector, decks.locked())).startswith("This PDF has a password.")


async def test_a_thousand_pages_are_too_many(projector: Projector) -> None:
    sentence = await refusal(projector, decks.deck(*["Again"] * 1000))

    assert sentence.startswith("These slides have 1000 pages; at most 60 fit.")


async def test_scripts_and_launches_do_nothing(projector: Projector) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"

        rendered = await projector.render(arriving(decks.scripted(address)))

        assert rendered.pages == 1
        with pytest.raises(BlockingIOError):
            listening.accept()


@pytest.mark.parametrize(
    "box", ["[0 0 9999999 9999999]", "[0 0 2000000000 1]", "[0 0 1 200000]", "[0 0 0.001 0.001]"]
)
async def test_a_page_is_drawn_as_large_as_we_want_it(projector: Projector, box: str) -> None:
    assert await outcome(projector, decks.boxed(box)) in (1, BROKEN)

    for path in projector.files.folder.glob("*/1.webp"):
        with Image.open(path) as page:
            assert page.width <= 1601  # pdfium rounds up
            assert page.height <= 2401


async def test_what_takes_for_ever_is_ended(
    projector: Projector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projectors, "SECONDS", 1.0)
    endless = b"0 0 m " + b"900 500 l 1 1 l " * 2_000_000 + b"S"
    squeezed = zlib.compress(endless, 9)
    bomb = decks.pdf([(decks.PAGE, squeezed)] * 9).replace(
        b"<< /Length", b"<< /Filter /FlateDecode /Length"
    )

    assert (await refusal(projector, bomb)).startswith("Drawing these slides takes too long.")


async def test_what_grows_without_end_is_ended(
    projector: Projector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projectors, "MEMORY", 300 << 20)
    once = zlib.compress(bytes(1_000_000_000), 9)
    picture = (
        "<< /Type /XObject /Subtype /Image /Width 30000 /Height 30000 /ColorSpace /DeviceRGB"
        f" /BitsPerComponent 8 /Filter [/ASCIIHexDecode /FlateDecode] /Length {2 * len(once)} >>"
        f"\nstream\n{once.hex()}\nendstream"
    )
    bomb = decks.pdf([(decks.PAGE, b"960 0 0 540 0 0 cm /I Do")], more=[picture]).replace(
        b"/Font << /F 3 0 R >>", b"/XObject << /I 6 0 R >>"
    )

    needs = "These slides need too much room to be drawn. Please export them with smaller pictures"
    # Or the picture is left out, and the page remains.
    assert await outcome(projector, bomb) in (1, BROKEN, f"{needs} and try again.")


async def test_what_is_too_large_is_not_taken_in(projector: Projector) -> None:
    body = decks.deck("Large") + bytes(25 << 20)

    assert "larger than 25 MB" in await refusal(projector, body)


async def test_too_many_at_once_are_refused_and_the_others_drawn(projector: Projector) -> None:
    wanted = [outcome(projector, decks.deck(f"Deck {n}")) for n in range(9)]

    outcomes = await asyncio.gather(*wanted)

    assert outcomes == [1] * 8 + ["Many slides arrive just now. Please try again in a minute."]


async def test_decks_that_no_stage_knows_are_swept_away(projector: Projector) -> None:
    old, kept, fresh = [
        (await projector.render(arriving(decks.deck("One")))).deck for _ in range(3)
    ]
    for deck in (old, kept):
        os.utime(projector.folder(deck), (1_000_000, 1_000_000))

    projector.sweep(frozenset({kept}))

    assert sorted(projector.files.folder.iterdir()) == sorted(map(projector.folder, (kept, fresh)))
