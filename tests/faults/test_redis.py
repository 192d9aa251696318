"""Two server processes share one room over Redis; the hosting one is killed, and so is Redis."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.faults.patron import ROOM, Patron, check
from tests.redis_server import RedisServer
from tests.running import Running, running, tonight

PROGRAMME = Path(__file__).parents[1] / "browser" / "evening.toml"
AWAY = 1.0  # seconds without Redis


class Pair:
    """Two servers on one data folder and one Redis."""

    def __init__(self, redis: RedisServer, servers: Sequence[Running]) -> None:
        self.redis = redis
        self.servers = servers

    def host(self) -> Running:
        """The server that hosts the room, as the fence says."""
        with contextlib.closing(sqlite3.connect(self.servers[0].data / "foyer.db")) as database:
            [(holder,)] = database.execute("SELECT holder FROM fence WHERE room = ?", (ROOM,))
        return next(each for each in self.servers if holder.startswith(f"{pid(each)}-"))


def pid(server: Running) -> int:
    assert server._process is not None
    return server._process.pid


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """Both are well and know of each other."""
    kept = tmp_path / "redis"
    kept.mkdir()
    data = tmp_path / "data"
    data.mkdir()
    programme = tonight(PROGRAMME, tmp_path)
    with RedisServer(kept) as redis:
        shared = {"FOYER_REDIS_URL": redis.url}
        with running(data, programme, **shared) as one:
            two = Running(data, programme, **shared)
            two.start()
            try:
                yield Pair(redis, (one, two))
            finally:
                two.stop()


@pytest.mark.redis
async def test_a_room_on_two_processes_loses_nothing_when_its_host_or_redis_dies(
    pair: Pair,
) -> None:
    one, two = pair.servers
    patrons = [
        Patron("elif", [one]),
        Patron("konrad", [one, two]),
        Patron("hanna", [one, two]),
        Patron("jonas", [one, two]),
    ]
    patrons[2].begin_at(two)
    patrons[3].begin_at(two)
    talking = [asyncio.create_task(patron.run()) for patron in patrons]

    async def all_go_on() -> None:
        await asyncio.gather(*(patron.until_answered(5) for patron in patrons))

    await all_go_on()
    killed = pair.host()
    killed.kill()
    await asyncio.gather(*(patron.until_answered(5) for patron in patrons[2:]))
    assert pair.host() is not killed
    await asyncio.to_thread(killed.start)
    await all_go_on()
    for keep in (True, False):
        pair.redis.stop(keep=keep)
        await asyncio.sleep(AWAY)
        pair.redis.start()
        await all_go_on()

    for patron in patrons:
        patron.enough()
    await asyncio.gather(*talking)
    check(patrons, one)
