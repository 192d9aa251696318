"""The server process is killed in the middle of a pitch, again and again."""

from __future__ import annotations

import asyncio
import itertools
from pathlib import Path
from typing import Any

from tests.faults.patron import Patron, check, log_of
from tests.running import Running, running, tonight
from tests.server.visitor import Visitor, do, hear_that, say

PROGRAMME = Path(__file__).parents[1] / "browser" / "evening.toml"
KILLED = 3  # times
TALKING = 1.5  # seconds between a start and the next kill


async def agenda(server: Running, moderator: Visitor) -> tuple[float, dict[str, Any]]:
    """What time it is in the house, and the item that is on."""
    async with moderator.live() as line:
        await say(line, "join", room="foyer")
        snapshot = await hear_that(line, lambda frame: frame["type"] == "snapshot")
        live: dict[str, Any] = snapshot["shown"]["agenda"]["stages"][0]["live"]
        return snapshot["now"], live


async def test_nothing_that_was_acknowledged_is_lost_or_doubled(tmp_path: Path) -> None:
    with running(tmp_path, tonight(PROGRAMME, tmp_path)) as server:
        moderator = Visitor(server).sign_in("miriam")
        async with moderator.live() as line:
            start = {"stage": "gross", "item": "welcome", "after": None}
            assert (await do(line, "foyer", "agenda.start", **start))["type"] == "done"
        patrons = [Patron(person, [server]) for person in ("elif", "konrad", "hanna")]
        talking = [asyncio.create_task(patron.run()) for patron in patrons]

        for kill in range(KILLED):
            op = f"extend-{kill:04}"
            more = {"stage": "gross", "item": "welcome", "seconds": 60}
            async with moderator.live() as line:
                assert (await do(line, "foyer", "agenda.extend", op=op, **more))["type"] == "done"
            await asyncio.sleep(TALKING)
            now, before = await agenda(server, moderator)
            server.kill()
            await asyncio.to_thread(server.start)
            later, after = await agenda(server, moderator)
            assert after["id"] == before["id"] == "welcome"
            assert abs(after["endsAt"] - before["endsAt"]) < 0.25
            assert later > now
            async with moderator.live() as line:  # the same deed again is no second one
                assert (await do(line, "foyer", "agenda.extend", op=op, **more))["type"] == "done"

        await asyncio.gather(*(patron.until_answered(3) for patron in patrons))
        for patron in patrons:
            patron.enough()
        await asyncio.gather(*talking)
        check(patrons, server)
        deeds = [event for _, event in log_of(server, "foyer") if event["type"] == "agenda.acted"]
        kinds = [kind for kind, _ in itertools.groupby(deeds, lambda each: each["deed"]["type"])]
        assert kinds == ["agenda.start", "agenda.extend"]
        assert len(deeds) == 1 + KILLED
