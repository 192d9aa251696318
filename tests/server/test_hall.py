"""A hall of a hundred people behind one address comes in at once, and nobody is turned away."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import Running, running, tonight
from tests.server.visitor import Visitor, hear, hear_that, say

EVENING = Path(__file__).parents[1] / "browser" / "evening.toml"
HALL = 100
AT_ONCE = 20  # browsers that load a page in the same moment


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[tuple[Running, list[Visitor]]]:
    """A house whose list of people holds a hundred guests, each with a link."""
    programme = tonight(EVENING, tmp_path)
    guests = "".join(
        f'\n[[people]]\nid = "guest-{number}"\nname = "Gast {number}"\nrole = "guest"\n'
        for number in range(HALL)
    )
    programme.write_text(programme.read_text() + guests)
    with running(tmp_path, programme) as server:
        for line in server.command("links").stdout.splitlines():
            words = line.split()
            if words[0] == "Gast":
                server._links[f"guest-{words[1]}"] = words[-1]
        yield server, [Visitor(server) for _ in range(HALL)]


async def test_a_hundred_people_behind_one_address_come_in_at_once(
    hall: tuple[Running, list[Visitor]],
) -> None:
    _, visitors = hall
    gate = asyncio.Semaphore(AT_ONCE)

    async def come_in(number: int, visitor: Visitor) -> None:
        async with gate:
            await asyncio.to_thread(visitor.sign_in, f"guest-{number}")
            for path in ("/", "/stage/gross"):
                assert (await asyncio.to_thread(visitor.get, path)).status == 200

    await asyncio.gather(*(come_in(number, each) for number, each in enumerate(visitors)))
    async with contextlib.AsyncExitStack() as held:
        lines = await asyncio.gather(
            *(held.enter_async_context(visitor.live()) for visitor in visitors)
        )
        for line in lines:
            await hear(line, "welcome")
            for room in ("foyer", "stage-gross"):
                await say(line, "join", room=room, epoch=0, seq=-1)
            await say(line, "media.watch", peer="peer-0001", room="stage-gross")
            for sent in range(5):
                await say(line, "ping", sent=float(sent))
        for line in lines:
            seen = set()
            while len(seen) < 8:  # two rooms, five pings, one picture
                frame = await hear_that(
                    line,
                    lambda frame: (
                        frame["type"]
                        in {
                            "snapshot",
                            "pong",
                            "media.offer",
                            "media.refused",
                            "refused",
                            "goodbye",
                        }
                    ),
                )
                assert frame["type"] in {"snapshot", "pong", "media.offer"}, frame
                seen.add((frame["type"], frame.get("room"), frame.get("sent")))
