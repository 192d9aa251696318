"""Takes logos in: a picture of any size becomes one that hangs at a booth, and stays readable."""

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

from rooms.stands import Logo
from schedule.machine import Refused
from server import confined
from server.confined import Confined
from server.files import MEGABYTE, Files
from web.words import later

LARGEST: Final = 10 * MEGABYTE  # bytes of what is uploaded
MOST_AT_ONCE: Final = 8  # uploads; so many wait for their turn or still arrive
SECONDS: Final = 20.0
MEMORY: Final = 1 << 30  # bytes of address space
FOLDER: Final = ".crest"  # what the name of a logo's folder ends with
PICTURE: Final = "logo.webp"
ORPHANED: Final = 3600.0  # seconds after which a logo that no stand knows is removed

SENTENCES: Final = {
    "vector": later(
        "This is an SVG, which can hold programs and is not taken. Please save the logo as PNG,"
        " 1000 pixels wide or more, and try again."
    ),
    "no picture": later("This is not a PNG, JPEG or WebP. Please save the logo as PNG and retry."),
    "broken": later("This picture cannot be read. Please save the logo once more as PNG."),
    "empty": later("There is nothing to be seen in this picture. Please choose another one."),
    "too large": later(
        "This picture has more than {most} million pixels. Please save it smaller and try again."
    ),
    "time": later("This picture takes too long to read. Please save it smaller and try again."),
    "memory": later("This picture needs too much room. Please save it smaller and try again."),
}
MOST_PIXELS: Final = 60  # million


class Hung(Struct, frozen=True, tag="hung"):
    """The logo lies in the folder; what of it can be seen in which light."""

    width: int
    height: int
    light: bool
    dark: bool
    tile: bool


class Unusable(Struct, frozen=True, tag="unusable"):
    """There is no logo; `why` is a key of `SENTENCES`."""

    why: str


Outcome = Hung | Unusable
"What `server.heraldry` says about a file."

log = logging.getLogger(__name__)
_outcomes: Final = msgspec.json.Decoder(Outcome)


class Crests:
    """All logos in the files."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self._one = asyncio.Semaphore(1)
        self._under_way = 0

    async def take(self, chunks: AsyncIterator[bytes]) -> Logo:
        """Take in a logo. Raises `Refused` with what to do instead."""
        if self._under_way >= MOST_AT_ONCE:
            raise Refused("Many logos arrive just now. Please try again in a minute.")
        self._under_way += 1
        try:
            return await self._taken(chunks)
        finally:
            self._under_way -= 1

    async def _taken(self, chunks: AsyncIterator[bytes]) -> Logo:
        name = await self.files.take(chunks, LARGEST, ".picture")
        try:
            async with self._one:
                return await self._painted(self.files.path(name))
        finally:
            self.files.drop(name)

    async def _painted(self, picture: Path) -> Logo:
        logo = secrets.token_hex(16)
        folder = self.files.path(logo + FOLDER)
        folder.mkdir(mode=0o700)
        try:
            hung = await _hung(picture, folder)
        except BaseException:
            self.drop(logo)
            raise
        return Logo(logo, hung.width, hung.height, hung.light, hung.dark, hung.tile)

    def path(self, logo: str) -> Path:
        """Where a logo lies. Raises `ValueError` for what is no logo's id."""
        return self.files.path(logo + FOLDER) / PICTURE

    def drop(self, logo: str) -> None:
        """Remove it; twice does no harm."""
        self.files.drop(logo + FOLDER)

    def sweep(self, known: frozenset[str]) -> None:
        """Remove what no stand knows: it was cut off on its way, or its gathering is over."""
        before = time.time() - ORPHANED
        for folder in self.files.folder.glob("*" + FOLDER):
            logo = folder.name.removesuffix(FOLDER)
            if logo not in known and folder.stat().st_mtime < before:
                self.drop(logo)


async def _hung(picture: Path, folder: Path) -> Hung:
    try:
        said = await confined.run(
            "server.heraldry",
            [str(picture), str(folder / PICTURE)],
            SECONDS,
            MEMORY,
            folder=folder,
            reads=[picture],
        )
    except Confined as ended:
        log.info("a logo could not be read: %s", ended)
        raise Refused(SENTENCES["broken" if ended.why == "failed" else ended.why]) from None
    outcome = _outcomes.decode(said)
    if isinstance(outcome, Hung):
        return outcome
    if outcome.why == "too large":
        raise Refused(SENTENCES["too large"], most=MOST_PIXELS)
    raise Refused(SENTENCES[outcome.why])
