"""Someone who watches a stage without a browser, and notes how long the picture stood still."""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections.abc import Callable
from typing import Final

from rooms.media.dtls import Certificate
from tests.benchmarks.media.audience import Viewer

HERE: Final = "127.0.0.1"
CONSENT: Final = 4.0  # seconds between two checks that say we still want to hear
PICTURE: Final = b"\x90\x80\x80\x01\x10\x00\x00\x9d\x01\x2a\x80\x02\x68\x01"


class Watcher:
    """A viewer from its offer on; `answer` is for the server."""

    def __init__(
        self, certificate: Certificate, offer: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`clock` is what pauses are measured by, in seconds."""
        self._viewer = Viewer(certificate, HERE, 1, offer)
        self.end = self._viewer.end
        self.answer = self._viewer.answer
        self.ssrcs = tuple(int(each) for each in re.findall(r"a=ssrc:(\d+)", offer))
        "of all that may come"
        self.pictures = 0
        "packets of video"
        self.still = 0.0
        "seconds, the longest pause of the picture since `begin`"
        self._last = 0.0
        self._clock = clock
        self._checking: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """Ours, on `HERE`."""
        return self.end.port

    async def connect(self) -> float:
        """Connect and see the first picture; how many seconds that took."""
        began = time.monotonic()
        asyncio.get_running_loop().add_reader(self.end.descriptor, self._read)
        self.end.on_media = self._take
        await self.end.connect(self._viewer.remote, "client")
        self._checking = asyncio.create_task(self._check())
        async with asyncio.timeout(20):
            await self._viewer.seen.wait()
        self.begin()
        return time.monotonic() - began

    def begin(self) -> None:
        """Forget how long it stood still until now."""
        self.still, self._last = 0.0, self._clock()

    def look(self) -> float:
        """The longest pause, that which lasts just now included."""
        return max(self.still, self._clock() - self._last)

    async def close(self) -> None:
        """Leave."""
        if self._checking is not None:
            self._checking.cancel()
        asyncio.get_running_loop().remove_reader(self.end.descriptor)
        await self.end.close()

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                self.end.receive(self.end.take())

    def _take(self, data: bytes) -> None:
        if self._viewer.kinds.get(data[1] & 0x7F) == "video" and self.end.keys is not None:
            now = self._clock()
            self.still = max(self.still, now - self._last)
            self._last = now
            self.pictures += 1
            self._viewer.seen.set()

    async def _check(self) -> None:
        while True:
            await asyncio.sleep(CONSENT)
            self.end.check()


class Plain:
    """A source of small pictures that are all alike: who sends it remembers next to nothing."""

    packets = 2
    comparable = False

    def picture(self, frame: int, key: bool) -> list[bytes]:
        first = PICTURE if key else PICTURE.replace(b"\x10\x00", b"\x11\x00")
        return [first + bytes(200), b"\x80\x80\x80\x01" + bytes(200)]

    def smaller(self, frame: int, key: bool) -> list[list[bytes]]:
        return []

    def sound(self, number: int) -> bytes:
        return b"\xf8\xff\xfe"

    def same(self, payload: bytes) -> int | None:
        return None
