"""The host decides in order, stores before it answers, and is not shaken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from rooms.people import Person
from schedule.machine import Command, Event, Refused
from server.batch import Batch
from server.host import FULL, OURS, Broken, Fenced, Host, Moved
from tests.server.tally import (
    ANNA,
    BEN,
    RINGS,
    RULES,
    Add,
    Added,
    MemoryStore,
    Nothing,
    Rang,
    Stumble,
    Tally,
    Wave,
    Waved,
)
from tests.virtual_time import NOON, VirtualClock, in_virtual_time


class Hosting:
    """A host, its store, and all it ever told."""

    def __init__(self, store: MemoryStore, epoch: int) -> None:
        self.store = store
        self.batches: list[Batch] = []
        self.events: list[Event] = []
        self.host: Host[Tally] = Host(
            "hall", RULES, Tally(), epoch=epoch, seq=0, log=store, clock=VirtualClock(),
            told=self._told,
        )  # fmt: skip

    def _told(self, batch: Batch, events: tuple[Event, ...], state: Any) -> None:
        self.batches.append(batch)
        self.events += events

    async def do(self, op: str, command: Command, by: Person = ANNA) -> int:
        return await self.host.do(op, command, by)


@asynccontextmanager
async def hosting(store: MemoryStore | None = None) -> AsyncIterator[Hosting]:
    store = store or MemoryStore()
    hosting = Hosting(store, await store.claim("hall", "here", NOON))
    task = asyncio.create_task(hosting.host.run())
    try:
        yield hosting
    finally:
        hosting.host.close()
        await asyncio.wait([task])
        if not task.cancelled() and task.exception() is not None:
            assert isinstance(task.exception(), (Broken, Fenced))


@in_virtual_time
async def test_an_answer_goes_out_after_the_commit_and_not_before() -> None:
    store = MemoryStore()
    store.slow = 0.3
    async with hosting(store) as house:
        answer = asyncio.create_task(house.do("op-1", Add(5)))
        await asyncio.sleep(0.2)
        assert not answer.done()
        assert house.events == []
        assert await answer == 1
        assert house.events == [Added(5)]
        assert [entry.body for entry in await store.replay("hall")] == [
            b'{"type":"added","number":5}'
        ]


@in_virtual_time
async def test_the_same_op_twice_is_one_effect_and_the_same_answer() -> None:
    async with hosting() as house:
        await house.do("op-1", Add(1))
        assert await house.do("op-2", Add(5)) == 2
        assert await house.do("op-3", Add(7)) == 3
        assert await house.do("op-2", Add(5)) == 2
        assert house.host.state.sum == 13


@in_virtual_time
async def test_the_same_op_twice_at_once_is_one_effect() -> None:
    async with hosting() as house:
        answers = await asyncio.gather(*(house.do("op-1", Add(5)) for _ in range(3)))
        assert answers == [1, 1, 1]
        assert house.host.state.sum == 5


@in_virtual_time
async def test_an_op_belongs_to_its_person() -> None:
    async with hosting() as house:
        await asyncio.gather(house.do("op-1", Add(5), ANNA), house.do("op-1", Add(7), BEN))
        assert house.host.state.sum == 12


@in_virtual_time
async def test_what_waits_is_decided_in_order_and_stored_in_one_commit() -> None:
    async with hosting() as house:
        answers = await asyncio.gather(*(house.do(f"op-{n}", Add(n)) for n in range(1, 101)))
        assert answers == list(range(1, 101))
        assert house.events == [Added(n) for n in range(1, 101)]
        assert house.store.commits == 1


@in_virtual_time
async def test_a_refusal_is_not_remembered_and_does_not_disturb_the_others() -> None:
    async with hosting() as house:
        results = await asyncio.gather(
            house.do("op-1", Add(1)),
            house.do("op-2", Add(0)),
            house.do("op-3", Add(3)),
            return_exceptions=True,
        )
        assert results[0] == 1
        assert isinstance(results[1], Refused)
        assert results[2] == 2
        assert await house.do("op-2", Add(2)) == 3


@in_virtual_time
async def test_a_command_that_changes_nothing_is_answered_and_remembered() -> None:
    async with hosting() as house:
        assert await house.do("op-1", Nothing()) == 0
        assert await house.do("op-2", Add(1)) == 1
        assert await house.do("op-1", Nothing()) == 0
        assert house.store.commits == 2


@in_virtual_time
async def test_what_is_not_durable_never_touches_the_store() -> None:
    async with hosting() as house:
        await house.do("op-1", Wave())
        assert house.events == [Waved("anna")]
        assert house.store.commits == 0
        assert house.batches[0].happened[0].seq == -1


@in_virtual_time
async def test_what_is_due_happens_by_itself_and_in_time() -> None:
    async with hosting() as house:
        await asyncio.sleep(59.9)
        assert house.events == []
        await asyncio.sleep(0.2)
        assert house.events == [Rang(RINGS)]
        assert house.host.seq == 1


@in_virtual_time
async def test_what_was_due_comes_before_what_is_asked() -> None:
    store = MemoryStore()
    async with hosting(store) as house:
        await asyncio.sleep(59.9)
        store.slow = 0.5
        late = asyncio.create_task(house.do("op-1", Add(1)))
        await asyncio.sleep(0.2)
        await asyncio.gather(late, house.do("op-2", Add(2)))
        assert house.events == [Added(1), Rang(RINGS), Added(2)]


@in_virtual_time
async def test_a_full_disk_refuses_what_must_be_stored_and_nothing_else() -> None:
    store = MemoryStore()
    async with hosting(store) as house:
        store.full = True
        results = await asyncio.gather(
            house.do("op-1", Add(1)), house.do("op-2", Wave()), return_exceptions=True
        )
        assert isinstance(results[0], Refused)
        assert results[0].sentence == FULL
        assert results[1] == 0
        assert house.host.state == Tally(waves=("anna",))
        assert house.events == [Waved("anna")]
        store.full = False
        assert await house.do("op-1", Add(1)) == 1


@in_virtual_time
async def test_a_full_disk_does_not_make_the_host_spin_and_what_was_due_comes_later() -> None:
    store = MemoryStore()
    async with hosting(store) as house:
        store.full = True
        await asyncio.sleep(70.0)
        assert house.events == []
        store.full = False
        await asyncio.sleep(1.0)
        assert house.events == [Rang(RINGS)]


@pytest.mark.parametrize("where", ["decide", "apply"])
def test_rules_that_fail_are_our_fault_and_the_others_go_on(where: str) -> None:
    @in_virtual_time
    async def scene() -> None:
        async with hosting() as house:
            results = await asyncio.gather(
                house.do("op-1", Add(1)),
                house.do("op-2", Stumble(where)),
                house.do("op-3", Add(3)),
                return_exceptions=True,
            )
            assert results[0] == 1
            assert isinstance(results[1], Refused)
            assert results[1].sentence == OURS
            assert results[2] == 2
            assert house.events == [Added(1), Added(3)]
            with pytest.raises(Moved):  # the room is to be opened anew
                await house.do("op-4", Add(4))

    scene()


@in_virtual_time
async def test_a_host_that_was_overtaken_stops_and_answers_nobody() -> None:
    store = MemoryStore()
    async with hosting(store) as house:
        await house.do("op-1", Add(1))
        await store.claim("hall", "elsewhere", NOON)
        with pytest.raises(Moved):
            await house.do("op-2", Add(2))
        assert house.events == [Added(1)]
        with pytest.raises(Moved):
            await house.do("op-3", Add(3))


@in_virtual_time
async def test_closing_carries_out_what_waits_and_takes_nothing_more() -> None:
    store = MemoryStore()
    store.slow = 0.1
    async with hosting(store) as house:
        waiting = [asyncio.create_task(house.do(f"op-{n}", Add(1))) for n in range(5)]
        await asyncio.sleep(0)
        house.host.close()
        with pytest.raises(Moved):
            await house.do("op-9", Add(1))
        assert await asyncio.gather(*waiting) == [1, 2, 3, 4, 5]


@in_virtual_time
async def test_batches_are_numbered_without_gaps() -> None:
    async with hosting() as house:
        for n in range(3):
            await house.do(f"op-{n}", Add(1))
            await house.do(f"wave-{n}", Wave())
        assert [(batch.number, batch.seq) for batch in house.batches] == [
            (1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 3),
        ]  # fmt: skip
