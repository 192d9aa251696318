"""How this process is tied to the others: through Redis if there is one, else not at all."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from server.bus import Bus, MemoryBus
from server.lease import Leases, MemoryLeases
from server.redis_bus import RedisBus
from server.redis_lease import RedisLeases
from server.settings import Settings


@contextlib.asynccontextmanager
async def tied(settings: Settings, process: str) -> AsyncIterator[tuple[Bus, Leases]]:
    """The bus and the leases of a server process called `process`.

    Raises `bus.Unreachable` when there is to be a Redis and it does not answer.
    """
    if settings.redis_url:
        async with RedisBus(settings.redis_url, process) as bus:
            yield bus, RedisLeases(bus.redis, process)
    else:
        async with MemoryBus(process) as alone:
            yield alone, MemoryLeases(process)
