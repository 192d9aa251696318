"""Still pictures of a stage, for those whose network lets no moving ones through."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rooms.media import darkroom
from rooms.media.control import PREVIEW
from rooms.media.darkroom import Exposure
from rooms.media.frames import Frames
from rooms.media.keyframes import Descriptor
from rooms.media.rtp import Rtp
from rooms.media.source import Source
from rooms.media.stage import Seat
from rooms.media.track import Track

WANTED: Final = 10.0  # seconds a wish lasts; whoever has watchers wishes again before that
BACKLOG: Final = 1 << 20  # bytes on their way into the darkroom; beyond, frames are dropped
WIDTH: Final = {"screen": 1280}  # pixels; text must stay legible
FADED: Final = 2.0  # seconds after which a quality that does not come is not sent
NARROW: Final = 640  # pixels, for a camera
SHARP: Final = ("screen",)  # seats whose best layer is developed; of others the smallest

Tell = Callable[[str, str, bytes], None]
"""Hears `(stage, seat, jpeg)`."""

log = logging.getLogger(__name__)


class Stills:
    """Follows the pictures of the stages that somebody wants stills of."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._wanted: dict[str, float] = {}
        self._lenses: dict[tuple[str, str], Lens] = {}
        self._pictures: dict[int, tuple[str, str]] = {}
        self._next = 0
        self._room: Darkroom | None = None

    def want(self, stage: str, now: float) -> None:
        """Somebody watches this stage by stills, at least for `WANTED` seconds."""
        self._wanted[stage] = now + WANTED

    def look(self, stages: Mapping[str, Iterable[Seat]], now: float) -> None:
        """Follow what is to be followed now. Called every second or so."""
        self._wanted = {stage: end for stage, end in self._wanted.items() if end > now}
        shown = {
            (stage, seat.name): seat
            for stage in self._wanted
            for seat in stages.get(stage, ())
            if seat.name != PREVIEW and seat.source is not None and seat.source.layers
        }
        for key, lens in list(self._lenses.items()):
            if key not in shown or not lens.looks_at(shown[key], now):
                self._take_down(key)
        for key, seat in shown.items():
            if key not in self._lenses and seat.source is not None:
                self._put_up(key, seat.source, now)
        if not self._wanted and self._room is not None:
            self._room.close()
            self._room = None

    def close(self) -> None:
        """Follow nothing any more."""
        self.look({}, float("inf"))

    def _put_up(self, key: tuple[str, str], source: Source, now: float) -> None:
        # A small camera sends fewer qualities than it announced.
        sent = [track for track in source.layers if _is_sent(track, now)] or source.layers
        track = sent[0 if key[1] in SHARP else -1]
        self._next = (self._next + 1) % (1 << 16)
        self._pictures[self._next] = key
        width = WIDTH.get(key[1], NARROW)
        self._lenses[key] = Lens(self._next, source, track, width, self._develop)
        source.ask_for_keyframe(track)

    def _take_down(self, key: tuple[str, str]) -> None:
        lens = self._lenses.pop(key)
        lens.close()
        del self._pictures[lens.picture]

    def _develop(self, exposure: Exposure) -> bool:
        if self._room is None or self._room.is_closed:
            self._room = Darkroom(self._developed)
        return self._room.put(exposure)

    def _developed(self, picture: int, image: bytes) -> None:
        key = self._pictures.get(picture)
        if key is not None:
            self._tell(*key, image)


class Lens:
    """Gathers one track's frames for the darkroom."""

    def __init__(
        self,
        picture: int,
        source: Source,
        track: Track,
        width: int,
        develop: Callable[[Exposure], bool],
    ) -> None:
        self.picture = picture
        self._source = source
        self._track = track
        self._width = width
        self._develop = develop
        self._frames = Frames(track.codec)
        self._waits = True
        track.followers.append(self)

    def looks_at(self, seat: Seat, now: float) -> bool:
        """Whether that is still what the seat shows, and something comes."""
        return seat.source is self._source and _is_sent(self._track, now)

    def close(self) -> None:
        """Follow no longer."""
        self._track.followers.remove(self)

    def receive(self, number: int, packet: Rtp, known: Descriptor | None, now: float) -> None:
        del now  # a still has no hurry
        for frame in self._frames.take(number, packet, known):
            if self._waits and not frame.is_key:
                self._source.ask_for_keyframe(self._track)
                continue
            took = self._develop(Exposure(self.picture, self._track.codec, self._width, frame.data))
            self._waits = not took

    def reported(self, stamp: int, timestamp: int) -> None:
        """A still needs no clock."""


def _is_sent(track: Track, now: float) -> bool:
    return track.heard_at is not None and now - track.heard_at < FADED


@dataclass
class _Child:
    process: asyncio.subprocess.Process
    stdin: asyncio.StreamWriter
    stdout: asyncio.StreamReader


class Darkroom:
    """The child process that decodes. Frames that come before it has started are not kept."""

    def __init__(self, developed: Callable[[int, bytes], None]) -> None:
        self._developed = developed
        self._child: _Child | None = None
        self._running = asyncio.get_running_loop().create_task(self._run())

    @property
    def is_closed(self) -> bool:
        """Whether it is over, wanted or not."""
        return self._running.done()

    def put(self, exposure: Exposure) -> bool:
        """Hand in a frame; False if it was dropped, and a keyframe must come next."""
        child = self._child
        if child is None or child.stdin.transport.get_write_buffer_size() > BACKLOG:
            return False
        child.stdin.write(darkroom.put(exposure))
        return True

    def close(self) -> None:
        """End the process."""
        self._running.cancel()

    async def _run(self) -> None:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "rooms.media.darkroom"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            cwd=Path(__file__).parent.parent.parent,
        )
        try:
            if process.stdin is not None and process.stdout is not None:
                self._child = _Child(process, process.stdin, process.stdout)
                await self._listen(process.stdout)
        finally:
            self._child = None
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            # To the end of the pipe: asyncio waits for it, and a full one nobody reads has none.
            await process.communicate()

    async def _listen(self, out: asyncio.StreamReader) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError):
            while True:
                head = await out.readexactly(darkroom.STILL_HEAD)
                picture, length = darkroom.still_head(head)
                self._developed(picture, await out.readexactly(length))
        log.warning("the darkroom ended; a new one starts with the next frame")
