"""Leases in Redis, for a house of several server processes."""

from __future__ import annotations

from typing import Any, Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

from server.bus import Unreachable
from server.lease import LASTS

PREFIX: Final = "foyer:lease:"

TAKE: Final = """
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""
RELEASE: Final = """
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
"""


class RedisLeases:
    """Each lease is a key that expires; looking and writing are one step in Redis."""

    def __init__(self, redis: Redis, process: str) -> None:
        self._redis = redis
        self._process = process

    async def take(self, room: str) -> bool:
        """Take the room if it is free, or keep it if it is ours."""
        return bool(await self._run(TAKE, room, self._process, str(int(LASTS * 1000))))

    async def holder(self, room: str) -> str | None:
        """The process that hosts the room just now."""
        try:
            process: Any = await self._redis.get(PREFIX + room)
        except (RedisError, OSError) as error:
            raise Unreachable(f"Redis does not answer: {error}") from error
        return None if process is None else str(process.decode())

    async def release(self, room: str) -> None:
        """Let another process have it at once."""
        await self._run(RELEASE, room, self._process)

    async def _run(self, script: str, room: str, *values: str) -> Any:
        try:
            return await self._redis.eval(script, 1, PREFIX + room, *values)
        except (RedisError, OSError) as error:
            raise Unreachable(f"Redis does not answer: {error}") from error
