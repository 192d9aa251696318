"""Draws slides: a PDF that somebody uploaded becomes a deck of pictures in the files."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from schedule.machine import Refused
from server import confined
from server.confined import Confined
from server.files import MEGABYTE, Files
from web.words import later

LARGEST: Final = 25 * MEGABYTE  # bytes of a PDF
MOST_PAGES: Final = 60
MOST_AT_ONCE: Final = 8  # uploads; so many wait for their turn or still arrive
SECONDS: Final = 90.0  # for all pages
MEMORY: Final = 1 << 30  # bytes of address space
FOLDER: Final = ".slides"  # what the name of a deck's folder ends with
ORPHANED: Final = 3600.0  # seconds after which a deck that no stage knows is removed
WORDS: Final = "words.json"

SENTENCES: Final = {
    "no pdf": later("This is not a PDF. Please export your slides as a PDF and try again."),
    "encrypted": later("This PDF has a password. Please save it without one and try again."),
    "broken": later("This PDF cannot be read. Please export your slides once more and try again."),
    "too many": later(
        "These slides have {pages} pages; at most {most} fit. Please shorten them and try again."
    ),
    "time": later(
        "Drawing these slides takes too long. Please export them with smaller pictures"
        " and try again."
    ),
    "memory": later(
        "These slides need too much room to be drawn. Please export them with smaller pictures"
        " and try again."
    ),
}


class Shown(Struct, frozen=True, tag="shown"):
    """Every page lies in the folder, as `1.webp`, `1-small.webp` and so on."""

    words: tuple[str, ...]
    "What is written on each page."


class Unusable(Struct, frozen=True, tag="unusable"):
    """There are no pages; `why` is a key of `SENTENCES`."""

    why: str
    pages: int = 0


Outcome = Shown | Unusable
"What `server.lantern` says about a file."

log = logging.getLogger(__name__)
_outcomes: Final = msgspec.json.Decoder(Outcome)


class Rendered(Struct, frozen=True):
    """A deck that lies in the files."""

    deck: str
    pages: int


class Projector:
    """Makes decks of PDFs, one after the other: the evening needs the rest of the machine."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self._one = asyncio.Semaphore(1)
        self._under_way = 0

    async def render(self, chunks: AsyncIterator[bytes]) -> Rendered:
        """Take in a PDF and draw its pages. Raises `Refused` with what to do instead."""
        if self._under_way >= MOST_AT_ONCE:
            raise Refused("Many slides arrive just now. Please try again in a minute.")
        self._under_way += 1
        try:
            return await self._taken(chunks)
        finally:
            self._under_way -= 1

    async def _taken(self, chunks: AsyncIterator[bytes]) -> Rendered:
        name = await self.files.take(chunks, LARGEST, ".pdf")
        try:
            async with self._one:
                return await self._drawn(self.files.path(name))
        finally:
            self.files.drop(name)

    async def _drawn(self, pdf: Path) -> Rendered:
        deck = secrets.token_hex(16)
        folder = self.folder(deck)
        folder.mkdir(mode=0o700)
        try:
            words = await _pages(pdf, folder)
            (folder / WORDS).write_bytes(msgspec.json.encode(words))
        except BaseException:
            self.drop(deck)
            raise
        return Rendered(deck, len(words))

    def folder(self, deck: str) -> Path:
        """Where the pictures of a deck lie. Raises `ValueError` for what is no deck's name."""
        return self.files.path(deck + FOLDER)

    def drop(self, deck: str) -> None:
        """Remove a deck; twice does no harm."""
        self.files.drop(deck + FOLDER)

    def sweep(self, known: frozenset[str]) -> None:
        """Remove the decks that no stage knows: their gathering is over."""
        before = time.time() - ORPHANED
        for folder in self.files.folder.glob("*" + FOLDER):
            deck = folder.name.removesuffix(FOLDER)
            if deck not in known and folder.stat().st_mtime < before:
                self.drop(deck)


async def _pages(pdf: Path, folder: Path) -> tuple[str, ...]:
    try:
        said = await confined.run(
            "server.lantern", [str(pdf), str(folder)], SECONDS, MEMORY, folder=folder, reads=[pdf]
        )
    except Confined as ended:
        log.info("a PDF could not be drawn: %s", ended)
        raise Refused(SENTENCES["broken" if ended.why == "failed" else ended.why]) from None
    outcome = _outcomes.decode(said)
    if isinstance(outcome, Shown):
        return outcome.words
    if outcome.why == "too many":
        raise Refused(SENTENCES["too many"], pages=outcome.pages, most=MOST_PAGES)
    raise Refused(SENTENCES[outcome.why])
