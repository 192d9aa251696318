"""The line to a media process that dies: whatever is said into it does no harm."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path

import uvloop

from rooms.media import control
from server.media_process import MediaProcess


class Deaf:
    """Does not care what is told."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_: None


class Fragile:
    """A media process that hangs up soon after each call."""

    def __init__(self) -> None:
        self.calls: list[asyncio.Task[None]] = []

    def take(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.calls.append(asyncio.create_task(self._hang_up_soon(writer)))

    async def _hang_up_soon(self, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.02)
        writer.transport.abort()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


def test_a_line_that_breaks_again_and_again_takes_nothing_with_it(tmp_path: Path) -> None:
    path = tmp_path / "media"
    fragile = Fragile()

    async def scene() -> bool:
        async with await asyncio.start_unix_server(fragile.take, path):
            process = MediaProcess(0, path, None, Deaf(), lambda: None)
            running = asyncio.create_task(process.run())
            for _ in range(500):
                process.say(control.Stats(1))
                await asyncio.sleep(0)
                process.say(control.Stats(1))
                await asyncio.sleep(0.001)
            still_there = not running.done()
            running.cancel()
            await asyncio.wait([running])
            await asyncio.gather(*fragile.calls)
        return still_there

    assert uvloop.run(scene())
    assert len(fragile.calls) > 1
