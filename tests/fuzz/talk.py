"""Talks nonsense over the WebSocket of a real server, while somebody else's ping is timed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any, Final

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import InvalidHandshake, WebSocketException

from tests.fuzz import shapes
from tests.fuzz.kept import keep, kept
from tests.fuzz.mutator import mutated
from tests.fuzz.run import PAGE, Found
from tests.running import Running
from tests.server.visitor import Visitor, hear, say

NAME: Final = "websocket"
TALKERS: Final = ("hanna", "elif", "jonas", "carla", "ines")
"Several, for each person may only come once a second in the long run."
LONGEST: Final = 70_000  # bytes; the server takes 64 KiB
PINGS: Final = 0.2  # seconds between two pings of the bystander
PACE: Final = 0.05  # seconds between two words of one talker, who would be sent away else
LATEST: Final = 8  # words kept when something breaks
ROOMS: Final = ("foyer", "stage-gross", "stage-nowhere", "", "x" * 80)
COMMANDS: Final = ("chat.say", "questions.ask", "agenda.start", "floor.request", "slides.turn", "")


async def talk(server: Running, chance: Random, seconds: float) -> Found:
    """Say so for so long; what brings the server to a fault is kept."""
    found = Found(NAME)
    visitors = [Visitor(server).sign_in(each) for each in TALKERS]
    pids = server.media_pids()
    log = server.log.stat().st_size
    said: deque[bytes] = deque(maxlen=LATEST)
    async with _bystander(server, found):
        until = time.monotonic() + seconds
        talking = [
            asyncio.create_task(_babble(each, Random(chance.random()), said, found, until))
            for each in visitors
        ]
        await asyncio.sleep(seconds / 3)
        weighed = _weight(server)
        await asyncio.gather(*talking)
        found.growth = _weight(server) - weighed
    with server.log.open("rb") as written:
        written.seek(log)
        told = written.read().decode(errors="replace")
    if "Traceback" in told or " ERROR" in told:
        places = [str(keep(NAME, each)) for each in said]
        found.faults.append(f"{told[-2000:]}\n… with one of {places}")
    if server.health().get("status") != "ok" or server.media_pids() != pids:
        found.faults.append(f"the house is not what it was: {server.health()}")
    return found


def made(chance: Random) -> bytes:
    """A frame that has the look of one."""
    command: dict[str, Any] = {
        "type": chance.choice(COMMANDS),
        "text": "x" * chance.choice((0, 1, 2000)),
        "stage": "gross",
        "item": chance.choice(("welcome", None, 3)),
        "after": None,
    }
    sdp = shapes.description(chance, 30).decode()
    fields: dict[str, Any] = {
        "type": chance.choice(("join", "leave", "do", "ping", *_MEDIA, "")),
        "room": chance.choice(ROOMS),
        "epoch": chance.choice((0, -1, 1 << 70, "x")),
        "seq": chance.choice((-1, 0, 1 << 70, 1.5)),
        "op": chance.randbytes(5).hex(),
        "command": chance.choice((command, command, None, [])),
        "sent": chance.choice((0.0, 1e300, -1)),
        "peer": chance.choice(("peer-0001", "", "../x")),
        "what": chance.choice(("camera", "screen", "hall")),
        "sdp": sdp,
        "sizes": chance.choice(({"speaker": "tile"}, {"x": "y"}, {})),
        "preview": chance.choice((True, False, 3)),
    }
    dropped = chance.choice((None, None, *fields))
    return json.dumps({key: each for key, each in fields.items() if key != dropped}).encode()


_MEDIA: Final = ("media.watch", "media.accept", "media.publish", "media.show", "media.close")


async def _babble(
    visitor: Visitor, chance: Random, said: deque[bytes], found: Found, until: float
) -> None:
    seeds = [*kept(NAME), *(made(chance) for _ in range(20))]
    while time.monotonic() < until:
        with contextlib.suppress(OSError, TimeoutError, WebSocketException, InvalidHandshake):
            async with visitor.live() as line:
                await hear(line, "welcome")
                while time.monotonic() < until:
                    whole = chance.random() < 0.7
                    data = made(chance) if whole else mutated(chance, seeds, LONGEST)
                    found.inputs += 1
                    said.append(data)
                    await _say(line, data, chance)
                    await asyncio.sleep(PACE)
        await asyncio.sleep(PACE)


async def _say(line: ClientConnection, data: bytes, chance: Random) -> None:
    """As a text, mostly; sometimes as bytes that are no frame at all."""
    if chance.random() < 0.9:
        await line.send(data.decode(errors="replace"))
    elif chance.random() < 0.5:
        await line.send(data)
    else:
        with contextlib.suppress(RuntimeError):  # we may have been sent away by now
            line.transport.write(data[:200])


@asynccontextmanager
async def _bystander(server: Running, found: Found) -> AsyncIterator[None]:
    """Somebody whose pings are answered; how long the server works until then, at most."""

    async def ask(line: ClientConnection) -> None:
        while True:
            began = _worked(server)
            await say(line, "ping", sent=0.0)
            await hear(line, "pong")
            found.still = max(found.still, _worked(server) - began)
            await asyncio.sleep(PINGS)

    async with Visitor(server).sign_in("konrad").live() as line:
        await hear(line, "welcome")
        asking = asyncio.create_task(ask(line))
        yield
        if asking.done():
            found.faults.append(f"somebody else was thrown out: {asking.exception()!r}")
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)


def _weight(server: Running) -> float:
    """How much memory the server holds, in MB."""
    assert server.pid is not None
    return int(Path(f"/proc/{server.pid}/statm").read_text().split()[1]) * PAGE / 1e6


def _worked(server: Running) -> float:
    """How long the server has worked since it began, in seconds."""
    fields = Path(f"/proc/{server.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
