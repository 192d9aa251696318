"""Leases: which server process hosts which room. The store's fence has the last word."""

from __future__ import annotations

import asyncio
from typing import Final, Protocol

LASTS: Final = 3.0  # seconds a lease is good for; a dead host's rooms are taken over after that
RENEWED: Final = 1.0  # seconds between two renewals; two may fail


class Leases(Protocol):
    """Who hosts what. All methods raise `bus.Unreachable` when it cannot be told."""

    async def take(self, room: str) -> bool:
        """Take the room if it is free, or keep it if it is ours; good for `LASTS` seconds."""
        ...

    async def holder(self, room: str) -> str | None:
        """The process that hosts the room just now."""
        ...

    async def release(self, room: str) -> None:
        """Let another process have it at once."""
        ...


class MemoryLeases:
    """Leases among houses in one process; several may share one `held`."""

    def __init__(
        self, process: str = "house", held: dict[str, tuple[str, float]] | None = None
    ) -> None:
        self._process = process
        self._held: dict[str, tuple[str, float]] = {} if held is None else held

    async def take(self, room: str) -> bool:
        """Take the room if it is free, or keep it if it is ours."""
        if await self.holder(room) not in (None, self._process):
            return False
        self._held[room] = (self._process, self._now() + LASTS)
        return True

    async def holder(self, room: str) -> str | None:
        """The process that hosts the room just now."""
        process, until = self._held.get(room, (None, 0.0))
        return process if self._now() < until else None

    async def release(self, room: str) -> None:
        """Let another process have it at once."""
        if await self.holder(room) == self._process:
            del self._held[room]

    def _now(self) -> float:
        return asyncio.get_running_loop().time()
