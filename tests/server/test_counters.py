"""A booth through a real server: numbers that outlive it, and pictures for those concerned."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.running import Running, running, tonight
from tests.server.conftest import PROGRAMME
from tests.server.visitor import Visitor, do, hear, hear_that, say

ALONE = "Only those who sit here see and hear each other."


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[Running]:
    """A server of its own, since it will be killed."""
    with running(tmp_path, tonight(PROGRAMME, tmp_path)) as started:
        yield started


def english(server: Running, person: str) -> Visitor:
    visitor = Visitor(server).sign_in(person)
    visitor.cookies["lang"] = "en"
    return visitor


async def entered(line: Any) -> dict[str, Any]:
    """The booths as the visitor sees them."""
    await say(line, "join", room="lounge")
    return (await hear(line, "snapshot"))["shown"]["booths"]


async def told(line: Any, type_: str) -> dict[str, Any]:
    """The next event of this type."""
    frame = await hear_that(line, lambda each: each.get("event", {}).get("type") == type_)
    return frame["event"]


async def test_a_number_outlives_its_owner_s_browser_and_the_server(mortal: Running) -> None:
    carla, elif_, jonas = (english(mortal, each) for each in ("carla", "elif", "jonas"))
    async with carla.live() as rep, elif_.live() as one, jonas.live() as other:
        await entered(rep)
        await do(rep, "lounge", "booth.be-there", booth="sellmoor")
        for line in (one, other):
            await entered(line)
            done = await do(line, "lounge", "booth.take-number", booth="sellmoor", topic="Lasers")
            assert done["type"] == "done", done
    mortal.kill()
    mortal.start()

    async with jonas.live() as other, elif_.live() as one, carla.live() as rep:
        second, first, desk = [await entered(line) for line in (other, one, rep)]
        assert first["tickets"]["sellmoor"]["number"] == 1
        assert second["tickets"]["sellmoor"]["number"] == 2
        assert list(desk["desk"]["tickets"]) == ["elif", "jonas"]
        await hear_that(rep, lambda each: "elif" in each.get("view", {}).get("here", ()))
        await do(rep, "lounge", "booth.next", booth="sellmoor")
        called = await told(one, "booth.called")
        assert called["ticket"]["person"] == "elif"
        await do(one, "lounge", "booth.come", booth="sellmoor")
        counter = (await told(rep, "counter.changed"))["counter"]
        assert counter["seats"] == {"carla": 1, "elif": 2}


async def test_a_counters_pictures_are_for_those_who_sit_there(server: Running) -> None:
    carla, elif_, jonas = (english(server, each) for each in ("carla", "elif", "jonas"))
    async with carla.live() as rep, elif_.live() as one, jonas.live() as other:
        await entered(rep)
        await do(rep, "lounge", "booth.be-there", booth="sellmoor")
        for line in (one, other):
            await entered(line)
        await do(one, "lounge", "booth.take-number", booth="sellmoor")
        await hear_that(rep, lambda each: "elif" in each.get("view", {}).get("here", ()))
        await do(rep, "lounge", "booth.next", booth="sellmoor")
        await do(one, "lounge", "booth.come", booth="sellmoor")
        await say(one, "media.watch", peer="peer-0001", room="counter-c1")
        offer = await hear(one, "media.offer")
        await say(other, "media.watch", peer="peer-0001", room="counter-c1")
        refused = await hear(other, "media.refused")
        left = await do(one, "lounge", "booth.leave", counter="c1")

    assert left["type"] == "done"
    assert "a=mid:seat-6-v" in offer["sdp"]
    assert refused["sentence"] == ALONE


async def test_what_a_booth_shows_everybody_watches_and_one_sends(server: Running) -> None:
    carla, elif_ = (english(server, each) for each in ("carla", "elif"))
    async with carla.live() as rep, elif_.live() as one:
        for line in (rep, one):
            await entered(line)
        await say(one, "media.watch", peer="peer-0001", room="show-sellmoor")
        nothing = await hear(one, "media.refused")
        shows = await do(rep, "lounge", "booth.show", booth="sellmoor", caption="A laser")
        assert shows["type"] == "done", shows
        await say(one, "media.watch", peer="peer-0002", room="show-sellmoor")
        await hear(one, "media.offer")
        await say(one, "media.publish", peer="peer-0003", room="show-sellmoor",
                  what="camera", sdp="v=0")  # fmt: skip
        stranger = await hear(one, "media.refused")
        await do(rep, "lounge", "booth.show", booth="sellmoor", on=False)
        gone = await hear(one, "media.gone")

    assert nothing["sentence"] == stranger["sentence"] == ALONE
    assert gone["peer"] == "peer-0002"
