"""Frames works: posters and pictures are drawn in two sizes, once, in a confined process."""

from __future__ import annotations

import asyncio
import logging
import secrets
import shutil
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import Struct

from schedule.machine import Refused
from server import confined
from server.confined import Confined
from server.files import MEGABYTE, Files
from server.papers import Papers
from web.words import later

LARGEST: Final = 20 * MEGABYTE  # bytes of a picture: what a good camera makes
MOST_PAGES: Final = 6  # of a poster; longer papers are for reading at home
MOST_AT_ONCE: Final = 8  # uploads; so many wait for their turn or still arrive
SECONDS: Final = 60.0  # for all pages
MEMORY: Final = 1 << 30  # bytes of address space
FOLDER: Final = ".work"  # what the name of a folder ends with
PAPER: Final = "poster.pdf"
ORPHANED: Final = 3600.0  # seconds after which a folder that hangs nowhere is removed

SENTENCES: Final = {
    "no picture": later(
        "This is not a picture that can be shown. Please take a JPEG, PNG or WebP file."
    ),
    "broken": later("This file cannot be drawn. Please save it once more and try again."),
    "time": later("Drawing this file takes too long. Please make it smaller and try again."),
    "memory": later("This file needs too much room to be drawn. Please make it smaller."),
}

Size = tuple[int, int]


class Drawn(Struct, frozen=True, tag="drawn"):
    """Every page lies in the folder, as `1.webp`, `1-small.webp` and so on."""

    sizes: tuple[Size, ...]
    "Width and height of each, in pixels."


class Undrawn(Struct, frozen=True, tag="undrawn"):
    """There are no pages; `why` is a key of `SENTENCES`."""

    why: str


Outcome = Drawn | Undrawn
"What `server.framer` says about a file."

log = logging.getLogger(__name__)
_outcomes: Final = msgspec.json.Decoder(Outcome)


class Framed(Struct, frozen=True):
    """A poster or a picture that lies in the files."""

    id: str
    sizes: tuple[Size, ...]


class Framing:
    """Frames one after the other: the evening needs the rest of the machine."""

    def __init__(self, files: Files, papers: Papers) -> None:
        self.files = files
        self._papers = papers
        self._one = asyncio.Semaphore(1)
        self._under_way = 0

    async def poster(self, chunks: AsyncIterator[bytes], by: str) -> Framed:
        """Take in a PDF of person `by`; it is kept beside its pages. Raises `Refused`."""
        paper = await self._papers.take(chunks, by, most_pages=MOST_PAGES)
        path = self._lying(paper.name)
        try:
            framed = await self._in_turn("poster", path)
            shutil.copyfile(path, self.folder(framed.id) / PAPER)
        finally:
            self._papers.drop(paper.name)
        return framed

    async def picture(self, chunks: AsyncIterator[bytes]) -> Framed:
        """Take in a picture; what a camera wrote beside it is left out. Raises `Refused`."""
        if self._under_way >= MOST_AT_ONCE:
            raise Refused("Many files arrive just now. Please try again in a minute.")
        self._under_way += 1
        try:
            name = await self.files.take(chunks, LARGEST, ".picture")
            try:
                return await self._in_turn("picture", self._lying(name))
            finally:
                self.files.drop(name)
        finally:
            self._under_way -= 1

    async def _in_turn(self, what: Literal["poster", "picture"], path: Path) -> Framed:
        async with self._one:
            id_ = secrets.token_hex(16)
            folder = self.folder(id_)
            folder.mkdir(mode=0o700)
            try:
                return Framed(id_, await _sizes(what, path, folder))
            except BaseException:
                self.drop(id_)
                raise

    def folder(self, id_: str) -> Path:
        """Where it lies. Raises `ValueError` for what is no such name."""
        return self._lying(id_ + FOLDER)

    def _lying(self, name: str) -> Path:
        # Absolute, since the confined process works elsewhere.
        return self.files.path(name).absolute()

    def drop(self, id_: str) -> None:
        """Remove it; twice does no harm."""
        self.files.drop(id_ + FOLDER)

    def sweep(self, known: frozenset[str]) -> None:
        """Remove what hangs nowhere: its gathering is over."""
        before = time.time() - ORPHANED
        for folder in self.files.folder.glob("*" + FOLDER):
            id_ = folder.name.removesuffix(FOLDER)
            if id_ not in known and folder.stat().st_mtime < before:
                self.drop(id_)


async def _sizes(what: str, path: Path, folder: Path) -> tuple[Size, ...]:
    arguments = [what, str(path), str(folder)]
    try:
        said = await confined.run(
            "server.framer", arguments, SECONDS, MEMORY, folder=folder, reads=[path]
        )
    except Confined as ended:
        log.info("a %s could not be drawn: %s", what, ended)
        raise Refused(SENTENCES["broken" if ended.why == "failed" else ended.why]) from None
    outcome = _outcomes.decode(said)
    if isinstance(outcome, Drawn):
        return outcome.sizes
    raise Refused(SENTENCES[outcome.why])
