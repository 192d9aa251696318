"""One set of promises for all leases: in memory, and in a real redis-server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from server.bus import Unreachable
from server.lease import LASTS, Leases, MemoryLeases
from server.redis_bus import connected
from server.redis_lease import PREFIX, RedisLeases
from tests.redis_server import RedisServer
from tests.virtual_time import in_virtual_time

Of = Callable[[str], Leases]


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """A redis-server of its own for the test."""
    with RedisServer(tmp_path) as server:
        yield server


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.redis)])
async def of(request: pytest.FixtureRequest) -> AsyncIterator[Of]:
    """The leases as a process sees them."""
    if request.param == "memory":
        held: dict[str, tuple[str, float]] = {}
        yield lambda process: MemoryLeases(process, held)
        return
    redis = connected(request.getfixturevalue("redis_server").url)
    yield lambda process: RedisLeases(redis, process)
    await redis.aclose()


async def test_a_room_has_one_holder(of: Of) -> None:
    assert await of("anna").holder("hall") is None
    assert await of("anna").take("hall")
    assert not await of("ben").take("hall")
    assert await of("anna").take("hall")
    assert await of("ben").take("garden")
    assert [await of("ben").holder(room) for room in ("hall", "garden")] == ["anna", "ben"]


async def test_what_is_released_is_free_at_once(of: Of) -> None:
    await of("anna").take("hall")
    await of("ben").release("hall")
    assert await of("ben").holder("hall") == "anna"
    await of("anna").release("hall")
    assert await of("ben").take("hall")


@in_virtual_time
async def test_a_lease_that_is_not_renewed_runs_out() -> None:
    held: dict[str, tuple[str, float]] = {}
    anna, ben = MemoryLeases("anna", held), MemoryLeases("ben", held)
    await anna.take("hall")
    await asyncio.sleep(LASTS - 0.1)
    await anna.take("hall")
    await asyncio.sleep(LASTS - 0.1)
    assert not await ben.take("hall")
    await asyncio.sleep(0.2)
    assert await ben.holder("hall") is None
    assert await ben.take("hall")
    assert not await anna.take("hall")


@pytest.mark.redis
async def test_a_lease_in_redis_runs_out_too(redis_server: RedisServer) -> None:
    redis = connected(redis_server.url)
    await RedisLeases(redis, "anna").take("hall")
    assert 0 < await redis.pttl(PREFIX + "hall") <= LASTS * 1000
    await redis.aclose()


@pytest.mark.redis
async def test_without_redis_nobody_can_tell(redis_server: RedisServer) -> None:
    redis = connected(redis_server.url)
    leases = RedisLeases(redis, "anna")
    redis_server.stop()
    for asking in (leases.take, leases.holder, leases.release):
        with pytest.raises(Unreachable):
            await asking("hall")
    await redis.aclose()
