"""The line to a media process that dies: whatever is said into it does no harm."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import uvloop

from rooms.media import control
from server.media_process import MediaProcess


class Deaf:
    """Does not care what is told."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_: None


async def hang_up_soon(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(0.02)
    writer.transport.abort()


def test_a_line_that_breaks_again_and_again_takes_nothing_with_it(tmp_path: Path) -> None:
    path = tmp_path / "media"

    async def scene() -> bool:
        async with await asyncio.start_unix_server(hang_up_soon, path):
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
        return still_there

    assert uvloop.run(scene())
