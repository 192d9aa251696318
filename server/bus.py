"""The bus: how server processes of one house talk to each other.

It carries messages and is never the only copy of anything: whoever misses one finds
out (messages of a room are numbered) and asks again.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Final, Protocol, Self

Heard = Callable[[bytes], None]
"Told of a message, in order; must not wait and must not raise."
Answering = Callable[[bytes], Awaitable[bytes]]
"Answers what another process asks."

PATIENCE: Final = 3.0  # seconds to wait for another process's answer

log = logging.getLogger(__name__)


class Unreachable(Exception):
    """The other process, or what lies between, does not answer."""


class Bus(Protocol):
    """The way to the other processes."""

    process: str
    "The name under which others reach this process."

    def publish(self, topic: str, message: bytes) -> None:
        """Tell everybody who follows the topic, this process too. Never waits.

        What one process publishes arrives in order, at least once, unless the bus was
        away for long; then the oldest is lost.
        """
        ...

    async def follow(self, topic: str, heard: Heard) -> Callable[[], None]:
        """From now on hear the topic; call what is returned to hear no more of it.

        Raises `Unreachable`.
        """
        ...

    async def ask(self, process: str, question: bytes, patience: float = PATIENCE) -> bytes:
        """What the other process answers. Questions of one process arrive in order.

        Raises `Unreachable` when no answer came within `patience` seconds; the question
        may have been heard all the same.
        """
        ...

    def serve(self, answering: Answering) -> None:
        """Let others ask this process."""
        ...

    async def healthy(self) -> bool:
        """Whether messages get through just now."""
        ...


class Exchange:
    """What the processes on one in-memory bus share."""

    def __init__(self) -> None:
        self.followers: dict[str, list[Heard]] = {}
        self.answering: dict[str, Answering] = {}


class MemoryBus:
    """The bus of a house that is one process; several on one `Exchange` make a house in a test."""

    def __init__(self, process: str = "house", exchange: Exchange | None = None) -> None:
        self.process = process
        self._exchange = exchange or Exchange()
        self._mine: list[Callable[[], None]] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for unfollow in self._mine:
            unfollow()
        self._exchange.answering.pop(self.process, None)

    def publish(self, topic: str, message: bytes) -> None:
        """Tell everybody who follows the topic, in the loop's next round."""
        for heard in self._exchange.followers.get(topic, ()):
            asyncio.get_running_loop().call_soon(self._tell, topic, heard, message)

    async def follow(self, topic: str, heard: Heard) -> Callable[[], None]:
        """From now on hear the topic; call what is returned to hear no more of it."""
        followers = self._exchange.followers.setdefault(topic, [])
        followers.append(heard)

        def unfollow() -> None:
            with contextlib.suppress(ValueError):
                followers.remove(heard)

        self._mine.append(unfollow)
        return unfollow

    async def ask(self, process: str, question: bytes, patience: float = PATIENCE) -> bytes:
        """What the other process answers, or `Unreachable`."""
        answering = self._exchange.answering.get(process)
        if answering is None:
            raise Unreachable(f"{process} is not there")
        try:
            async with asyncio.timeout(patience):
                return await answering(question)
        except TimeoutError:
            raise Unreachable(f"{process} did not answer") from None

    def serve(self, answering: Answering) -> None:
        """Let others ask this process."""
        self._exchange.answering[self.process] = answering

    async def healthy(self) -> bool:
        """There is nothing that could break."""
        return True

    def _tell(self, topic: str, heard: Heard, message: bytes) -> None:
        if heard in self._exchange.followers.get(topic, ()):
            heard(message)
