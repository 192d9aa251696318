"""Takes clips in: what somebody recorded is checked and cut to one form in a confined process."""

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

LARGEST: Final = 400 * MEGABYTE  # bytes of what is uploaded: some minutes of a good phone
LARGEST_CLIP: Final = 200 * MEGABYTE  # and of the clip
SECONDS: Final = 900.0  # for all of it
MEMORY: Final = 2 << 30  # bytes of address space
FOLDER: Final = ".clip"  # what the name of a clip's folder ends with
CLIP: Final = "clip.webm"
ORPHANED: Final = 3600.0  # seconds after which a clip that no stage knows is removed

SENTENCES: Final = {
    "no picture": later(
        "There is no picture in this file. Please record yourself with the camera on."
    ),
    "no sound": later(
        "There is no sound in this file. Please record once more with the microphone on."
    ),
    "too long": later(
        "This video is longer than your {minutes} minutes on stage. Please record a shorter one."
    ),
    "broken": later(
        "This video cannot be read. Please record it here, or save it as MP4 and try again."
    ),
    "time": later("This video takes too long to prepare. Please send a smaller one."),
    "memory": later("This video takes too much room to prepare. Please send a smaller one."),
}


class Cut(Struct, frozen=True, tag="cut"):
    """The clip lies in the folder."""

    seconds: float


class Unfit(Struct, frozen=True, tag="unfit"):
    """There is no clip; `why` is a key of `SENTENCES`."""

    why: str


Outcome = Cut | Unfit
"What `server.cutter` says about a file."

log = logging.getLogger(__name__)
_outcomes: Final = msgspec.json.Decoder(Outcome)


class Taken(Struct, frozen=True):
    """A clip that lies in the files."""

    clip: str
    seconds: float


class Clipping:
    """Makes clips, one after the other: the evening needs the rest of the machine."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self._one = asyncio.Semaphore(1)

    async def take(self, chunks: AsyncIterator[bytes], longest: float) -> Taken:
        """Take a video in; it may last `longest` seconds. Raises `Refused` with what to do
        instead."""
        name = await self.files.take(chunks, LARGEST, ".video")
        try:
            async with self._one:
                return await self._cut(self._uploaded(name), longest)
        finally:
            self.files.drop(name)

    async def _cut(self, video: Path, longest: float) -> Taken:
        clip = secrets.token_hex(16)
        target = self.path(clip)
        target.parent.mkdir(mode=0o700)
        try:
            return Taken(clip, await _seconds(video, target, longest))
        except BaseException:
            self.drop(clip)
            raise

    def path(self, clip: str) -> Path:
        """Where a clip lies. Raises `ValueError` for what is no clip's name."""
        return self.files.path(clip + FOLDER).absolute() / CLIP

    def _uploaded(self, name: str) -> Path:
        # Absolute, since the confined process works elsewhere.
        return self.files.path(name).absolute()

    def drop(self, clip: str) -> None:
        """Remove a clip; twice does no harm."""
        self.files.drop(clip + FOLDER)

    def sweep(self, known: frozenset[str]) -> None:
        """Remove the clips that no stage knows: their gathering is over."""
        before = time.time() - ORPHANED
        for folder in self.files.folder.glob("*" + FOLDER):
            clip = folder.name.removesuffix(FOLDER)
            if clip not in known and folder.stat().st_mtime < before:
                self.drop(clip)


async def _seconds(video: Path, target: Path, longest: float) -> float:
    try:
        said = await confined.run(
            "server.cutter",
            [str(video), str(target), str(longest)],
            SECONDS,
            MEMORY,
            folder=target.parent,
            reads=[video],
            largest_file=LARGEST_CLIP,
        )
    except Confined as ended:
        log.info("a video could not be cut: %s", ended)
        raise Refused(SENTENCES["broken" if ended.why == "failed" else ended.why]) from None
    outcome = _outcomes.decode(said)
    if isinstance(outcome, Cut):
        return outcome.seconds
    if outcome.why == "too long":
        raise Refused(SENTENCES["too long"], minutes=round(longest / 60))
    raise Refused(SENTENCES[outcome.why])
