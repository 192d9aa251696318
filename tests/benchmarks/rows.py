"""Those who have the house open while something is measured, in a process of their own.

Reads one line of JSON: the address, the origin, the cookies and the rooms that each opens. Says
`ready` when all have everything, and listens until its standard input is closed.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from websockets.asyncio.client import connect
from websockets.typing import Origin

from tests.running import Running

READY = "ready"


@contextmanager
def seated(server: Running, cookies: Sequence[str], rooms: Sequence[str]) -> Iterator[None]:
    """All of them listen until the block ends."""
    asked = {
        "url": f"ws://127.0.0.1:{server.port}/live",
        "origin": server.url,
        "cookies": list(cookies),
        "rooms": list(rooms),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.rows"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as rows:
        assert rows.stdin is not None
        assert rows.stdout is not None
        rows.stdin.write(json.dumps(asked) + "\n")
        rows.stdin.flush()
        assert rows.stdout.readline().strip() == READY
        try:
            yield
        finally:
            rows.stdin.close()


async def _listen(asked: dict[str, Any]) -> None:
    came = asyncio.Queue[None]()
    async with asyncio.TaskGroup() as tasks:
        sitting = [tasks.create_task(_sit(asked, cookie, came)) for cookie in asked["cookies"]]
        for _ in sitting:
            await came.get()
        print(READY, flush=True)
        await asyncio.to_thread(sys.stdin.read)
        for task in sitting:
            task.cancel()


async def _sit(asked: dict[str, Any], cookie: str, came: asyncio.Queue[None]) -> None:
    async with connect(
        asked["url"],
        origin=Origin(asked["origin"]),
        additional_headers={"Cookie": cookie},
        compression=None,
        max_size=None,
        open_timeout=60,
    ) as live:
        missing = set(asked["rooms"])
        for room in asked["rooms"]:
            await live.send(json.dumps({"type": "join", "room": room}))
        async for message in live:
            if not missing:
                continue  # heard, and of no interest
            frame = json.loads(message)
            if frame["type"] == "snapshot":
                missing.discard(frame["room"])
                if not missing:
                    came.put_nowait(None)


if __name__ == "__main__":
    asyncio.run(_listen(json.loads(sys.stdin.readline())))
