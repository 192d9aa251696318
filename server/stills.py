"""Who watches a stage by still pictures, and the pictures on their way to them."""

from __future__ import annotations

import asyncio
import base64
from typing import Final, Protocol

import msgspec

from server import wire

WISHES: Final = 4.0  # seconds between two wishes for the same stage; a wish lasts longer
BACKLOG: Final = 256 << 10  # bytes a browser may not have read yet; it then misses a still

_encode: Final = msgspec.json.Encoder().encode


class Watcher(Protocol):
    """A browser that gets stills."""

    @property
    def waiting(self) -> int:
        """Bytes on their way that it has not read."""

    def send(self, data: bytes) -> None:
        """Send one encoded frame; never waits."""

    def may_see(self, stage: str) -> bool:
        """Whether this stage is still for it to see."""


class Camera(Protocol):
    """What takes the pictures."""

    def want_stills(self, stage: str) -> None:
        """Take stills of a stage for the next ten seconds."""


class Stills:
    """All of this server's watchers, by stage."""

    def __init__(self) -> None:
        self._watchers: dict[str, set[Watcher]] = {}
        self._stirred = asyncio.Event()

    def watch(self, stage: str, watcher: Watcher) -> None:
        """From now on `watcher` gets a picture of each seat about once a second."""
        self._watchers.setdefault(stage, set()).add(watcher)
        self._stirred.set()

    def leave(self, watcher: Watcher) -> None:
        """No more, of any stage."""
        for watchers in self._watchers.values():
            watchers.discard(watcher)

    def taken(self, stage: str, seat: str, image: bytes) -> None:
        """Pass on a JPEG. Who has not read the last ones gets a later one instead."""
        watchers = self._watchers.get(stage)
        if not watchers:
            return
        frame = _encode(wire.Still(stage, seat, base64.b64encode(image).decode()))
        for watcher in watchers:
            if watcher.waiting < BACKLOG and watcher.may_see(stage):
                watcher.send(frame)

    async def run(self, camera: Camera) -> None:
        """Keep the wishes fresh until cancelled."""
        while True:
            self._stirred.clear()
            for stage, watchers in self._watchers.items():
                if watchers:
                    camera.want_stills(stage)
            try:
                async with asyncio.timeout(WISHES):
                    await self._stirred.wait()
            except TimeoutError:
                continue
