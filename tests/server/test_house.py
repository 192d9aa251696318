"""The house: rooms open, commands find their host, and one process takes over from another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest

from schedule.machine import Refused
from server.bus import Exchange, MemoryBus
from server.house import CLOSING, NO_ROOM, House
from server.lease import MemoryLeases
from tests.server.tally import (
    ANNA,
    BEN,
    Add,
    Ear,
    Grow,
    MemoryStore,
    Stumble,
    TallyBlueprint,
    Wave,
)
from tests.virtual_time import NOON, VirtualClock, in_virtual_time


class Town:
    """Several processes of one house: a store, a bus and leases they share."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.exchange = Exchange()
        self.held: dict[str, tuple[str, float]] = {}

    @asynccontextmanager
    async def process(self, name: str) -> AsyncIterator[House]:
        leases = MemoryLeases(name, self.held)
        async with MemoryBus(name, self.exchange) as bus:
            house = House(self.store, bus, leases, VirtualClock(), TallyBlueprint())
            async with house:
                await house.opened()
                yield house


@asynccontextmanager
async def town(*names: str) -> AsyncIterator[tuple[Any, ...]]:
    town = Town()
    await town.store.keep_gathering(b"first,second", NOON)
    async with AsyncExitStack() as stack:
        yield town, *[await stack.enter_async_context(town.process(name)) for name in names]


@in_virtual_time
async def test_one_process_opens_and_hosts_all_rooms() -> None:
    async with town("here") as (_, house):
        assert house.rooms == ("first", "second")
        health = await house.health()
        assert (health.rooms, health.hosted, health.open, health.bus) == (2, 2, True, True)
        assert house.hosts("first")
        assert not house.hosts("attic")
        assert house.person("anna") == ANNA
        assert house.person("nobody") is None
        assert house.shown("first", ANNA) == {"sum": 0, "rang": False, "reader": "anna"}


@in_virtual_time
async def test_a_room_that_does_not_exist_is_refused_everywhere() -> None:
    async with town("here") as (_, house):
        for asking in (house.do("attic", "op-1", Add(1), ANNA), house.join("attic", Ear(ANNA))):
            with pytest.raises(Refused) as refused:
                await asking
            assert refused.value.sentence == NO_ROOM
        house.leave("attic", Ear(ANNA))


@in_virtual_time
async def test_what_one_does_everybody_in_the_room_hears_and_nobody_else() -> None:
    async with town("here") as (_, house):
        anna, ben = Ear(ANNA), Ear(BEN)
        await house.join("first", anna)
        await house.join("second", ben)
        assert await house.do("first", "op-1", Add(5), ANNA) == 1
        assert (anna.told, ben.told) == ([(1, "added")], [])


@in_virtual_time
async def test_a_restart_replays_the_log_and_knows_every_op() -> None:
    here = Town()
    await here.store.keep_gathering(b"first", NOON)
    async with here.process("before") as house:
        assert await house.do("first", "op-1", Add(5), ANNA) == 1
        assert await house.do("first", "op-2", Add(6), ANNA) == 2
    async with here.process("after") as house:
        assert house.shown("first", ANNA)["sum"] == 11
        assert await house.do("first", "op-1", Add(5), ANNA) == 1
        assert await house.do("first", "op-3", Add(1), ANNA) == 3
        back = Ear(ANNA)
        await house.join("first", back, epoch=int(NOON), seq=2)
        assert back.kinds == ["snapshot"]


@in_virtual_time
async def test_hosting_is_told_at_the_beginning_and_after_each_change() -> None:
    async with town("here") as (_, house):
        seen: list[tuple[str, int]] = []
        house.hosted(lambda room, state: seen.append((room, state.sum)))
        await house.do("second", "op-1", Add(3), ANNA)
        assert seen == [("first", 0), ("second", 0), ("second", 3)]


@in_virtual_time
async def test_who_is_here_is_reported_soon_and_again_and_again() -> None:
    async with town("here") as (_, house):
        anna = Ear(ANNA)
        await house.join("first", anna)
        await asyncio.sleep(0.25)
        assert house.state("first").here == {"here": ("anna",)}
        house.leave("first", anna)
        await asyncio.sleep(0.25)
        assert house.state("first").here == {"here": ()}


@in_virtual_time
async def test_rules_that_fail_cost_the_room_a_moment_and_nobody_their_words() -> None:
    async with town("here") as (_, house):
        anna = Ear(ANNA)
        await house.join("first", anna)
        await house.do("first", "op-1", Add(1), ANNA)
        with pytest.raises(Refused):
            await house.do("first", "op-2", Stumble("apply"), ANNA)
        assert await house.do("first", "op-3", Add(2), ANNA) == 2
        assert house.shown("first", ANNA)["sum"] == 3
        assert anna.kinds.count("snapshot") == 2
        await asyncio.sleep(0.5)
        assert house.state("first").here == {"here": ("anna",)}


@in_virtual_time
async def test_a_newer_programme_opens_rooms_and_is_told_once_by_all_processes() -> None:
    async with town("here", "there") as (shared, here, there):
        await shared.store.keep_gathering(b"first,second,third", NOON)
        await asyncio.sleep(3.0)
        assert here.rooms == there.rooms == ("first", "second", "third")
        assert here.shown("first", ANNA)["sum"] == 2000
        assert there.shown("first", ANNA)["sum"] == 2000
        assert await there.do("third", "op-1", Add(1), ANNA) == 1
        with pytest.raises(Refused):
            await here.do("first", "op-1", Grow(9), ANNA)


@in_virtual_time
async def test_two_processes_show_the_same_room() -> None:
    async with town("here", "there") as (_, here, there):
        assert (here.hosts("first"), there.hosts("first")) == (True, False)
        anna, ben = Ear(ANNA), Ear(BEN)
        await here.join("first", anna)
        await there.join("first", ben)
        await here.do("first", "op-1", Add(1), ANNA)
        assert await there.do("first", "op-1", Add(2), BEN) == 2
        await there.do("first", "op-2", Wave(), BEN)
        await asyncio.sleep(0.1)
        assert anna.told == ben.told == [(1, "added"), (2, "added"), (-1, "waved")]
        with pytest.raises(Refused, match="Please add something"):
            await there.do("first", "op-3", Add(0), BEN)


@in_virtual_time
async def test_who_follows_later_knows_what_is_not_stored_too() -> None:
    async with town("here") as (shared, here):
        await here.do("first", "op-1", Wave(), ANNA)
        async with shared.process("there") as there:
            assert there.state("first") == here.state("first")
            assert there.state("first").waves == ("anna",)


@in_virtual_time
async def test_a_process_that_closes_hands_its_rooms_on_at_once() -> None:
    shared = Town()
    await shared.store.keep_gathering(b"first", NOON)
    async with AsyncExitStack() as leaving:
        here = await leaving.enter_async_context(shared.process("here"))
        async with shared.process("there") as there:
            ben = Ear(BEN)
            await there.join("first", ben)
            await here.do("first", "op-1", Add(1), ANNA)
            await leaving.aclose()
            assert await there.do("first", "op-2", Add(2), BEN) == 2
            assert there.hosts("first")
            assert there.shown("first", BEN)["sum"] == 3
            with pytest.raises(Refused) as refused:
                await here.do("first", "op-3", Add(1), ANNA)
            assert refused.value.sentence == CLOSING


@in_virtual_time
async def test_a_host_that_is_overtaken_follows_and_its_people_lose_nothing() -> None:
    async with town("here", "there") as (shared, here, there):
        anna = Ear(ANNA)
        await here.join("first", anna)
        await here.do("first", "op-1", Add(1), ANNA)
        del shared.held["first"]  # as if this process had slept longer than its lease
        assert await there._leases.take("first")
        answers = [here.do("first", f"op-a{n}", Add(10), ANNA) for n in range(5)]
        answers += [there.do("first", f"op-b{n}", Add(100), BEN) for n in range(5)]
        assert sorted(await asyncio.gather(*answers)) == list(range(2, 12))
        await asyncio.sleep(3.0)
        assert here.shown("first", ANNA)["sum"] == there.shown("first", ANNA)["sum"] == 551
        assert here.hosts("first") + there.hosts("first") == 1


@in_virtual_time
async def test_a_command_waits_for_the_new_host_of_a_room() -> None:
    async with town("here") as (shared, here):
        shared.held["first"] = ("gone", asyncio.get_running_loop().time() + 3.0)
        await shared.store.claim("first", "gone", NOON)
        assert await here.do("first", "op-1", Add(1), ANNA) == 1
