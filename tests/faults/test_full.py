"""The disk is full: reading goes on, only what is stored is acknowledged, and it recovers."""

from __future__ import annotations

from pathlib import Path

import pytest

from schedule.machine import Refused
from server import store as stores
from server.bus import MemoryBus
from server.clock import WallClock
from server.host import FULL
from server.house import House
from server.lease import MemoryLeases
from server.store import Store
from tests.server.tally import ANNA, BEN, RULES, Add, Ear, Tally, TallyBlueprint, Wave, Whisper

LONG = Whisper("ben" * 100_000)


async def allow_pages(store: Store, pages: int) -> None:
    """SQLite's own limit, taken for the disk's; never less than what it has already."""
    await store._writer.execute(f"PRAGMA max_page_count = {pages}")


async def test_a_full_disk_stops_no_picture_and_loses_no_word(tmp_path: Path) -> None:
    async with stores.opened(tmp_path / "foyer.db") as store, MemoryBus() as bus:
        await store.keep_gathering(b"first", 1_600_000_000.0)
        async with House(store, bus, MemoryLeases(), WallClock(), TallyBlueprint()) as house:
            await house.opened()
            assert RULES.due(Tally()) is not None  # noon is long over: it rings at once
            first = await house.do("first", "op-1", Add(5), ANNA)
            anna = Ear(ANNA)
            await house.join("first", anna)
            await allow_pages(store, 1)

            with pytest.raises(Refused) as refused:
                await house.do("first", "op-2", LONG, ANNA)
            assert refused.value.sentence == FULL
            await house.do("first", "op-3", Wave(), ANNA)
            ben = Ear(BEN)
            await house.join("first", ben)
            assert ben.frames[0]["shown"]["sum"] == 5
            assert anna.told == [(-1, "waved")]

            await allow_pages(store, 1_000_000)
            assert await house.do("first", "op-2", LONG, ANNA) == first + 1
            assert await house.do("first", "op-2", LONG, ANNA) == first + 1
            assert [entry.seq for entry in await store.replay("first")] == [*range(1, first + 2)]
