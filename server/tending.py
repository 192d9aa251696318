"""Tending a room: hosting it while its lease is ours, following its host while it is not."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from schedule.machine import Event
from server import neighbours
from server.batch import Batch
from server.bus import Bus, Unreachable
from server.clock import Clock
from server.host import REST, Broken, Fenced, Host
from server.lease import RENEWED, Leases
from server.replica import Replica
from server.rules import Rules
from server.store import Log

TRY: Final = 0.25  # seconds between two attempts to reach or to take over a room

log = logging.getLogger(__name__)


class Room:
    """A room as this process has it."""

    def __init__(self, room_id: str, rules: Rules[Any], replica: Replica[Any]) -> None:
        self.id = room_id
        self.rules = rules
        self.replica = replica
        self.host: Host[Any] | None = None
        "Set while it is hosted here."
        self.moved = asyncio.Event()
        "Somebody came or went."
        self.commands = msgspec.json.Decoder(union(rules.commands))


class Tender(Struct):
    """Looks after rooms in this process, each in a task of its own."""

    _store: Log
    _bus: Bus
    _leases: Leases
    _clock: Clock
    _closing: asyncio.Event
    "Set when the house closes: what waits is finished, and the lease is given back."
    _told: Callable[[str, Any], None]
    "Called with (room, state) when hosting begins and after each change. Must not raise."

    async def run(self, room: Room) -> None:
        """Host the room while its lease is ours, and follow whoever hosts it otherwise."""
        while not self._closing.is_set():
            try:
                if await self._leases.take(room.id):
                    await self._host(room)
                else:
                    await self._follow(room)
            except (Unreachable, Fenced, Broken) as error:
                log.warning("%s: %s %s", room.id, type(error).__name__, error)
                await self._rest(REST)
            except Exception:
                log.exception("%s cannot be hosted", room.id)
                await self._rest(1.0)

    async def _host(self, room: Room) -> None:
        """Open the room from its log and host it until it is somebody else's."""
        epoch = await self._store.claim(room.id, self._bus.process, self._clock.now())
        state, seq = await self._replayed(room)
        host: Host[Any] = Host(
            room.id,
            room.rules,
            state,
            epoch=epoch,
            seq=seq,
            log=self._store,
            clock=self._clock,
            told=lambda batch, events, after: self._happened(room, batch, events, after),
        )
        room.replica.open(epoch, seq, host.number, state)
        room.host = host
        room.moved.set()  # who is here is not in the log
        self._told(room.id, state)
        hosting = asyncio.create_task(host.run(), name=f"host {room.id}")
        try:
            await self._hold(room, host, hosting)
        finally:
            room.host = None
            hosting.cancel()
            await asyncio.wait([hosting])
        if self._closing.is_set():
            with contextlib.suppress(Unreachable):
                await self._leases.release(room.id)
        elif not hosting.cancelled() and (error := hosting.exception()) is not None:
            raise error

    async def _replayed(self, room: Room) -> tuple[Any, int]:
        decoder = msgspec.json.Decoder(union(room.rules.events))
        state, seq = room.rules.opening(), 0
        for entry in await self._store.replay(room.id):
            state, seq = room.rules.apply(state, decoder.decode(entry.body)), entry.seq
        return state, seq

    async def _hold(self, room: Room, host: Host[Any], hosting: asyncio.Task[None]) -> None:
        """Keep the lease and say where the room stands, until one of both ends."""
        while not hosting.done():
            self._publish(room, Batch(host.epoch, host.number, host.seq))
            await asyncio.wait([hosting], timeout=RENEWED)
            if self._closing.is_set():
                host.close()
                await asyncio.wait([hosting])
            if not hosting.done() and not await self._is_ours(room, host):
                return

    async def _is_ours(self, room: Room, host: Host[Any]) -> bool:
        """While leases cannot be reached the store's fence decides; it always has the last word."""
        with contextlib.suppress(Unreachable):
            if not await self._leases.take(room.id):
                return False
        return await self._store.fence(room.id) == host.epoch

    def _happened(self, room: Room, batch: Batch, events: Sequence[Event], state: Any) -> None:
        self._publish(room, batch)
        room.replica.take(batch, tuple(events), state)
        self._told(room.id, state)

    def _publish(self, room: Room, batch: Batch) -> None:
        self._bus.publish(_topic(room.id), msgspec.json.encode(batch))

    async def _follow(self, room: Room) -> None:
        """Hear the room from its host until its lease is free."""
        replica = room.replica
        unfollow = await self._bus.follow(
            _topic(room.id), lambda message: self._heard(room, message)
        )
        replica.in_doubt.set()
        try:
            while not self._closing.is_set():
                if replica.in_doubt.is_set():
                    await self._catch_up(room)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(TRY):
                        if replica.in_doubt.is_set():
                            await asyncio.sleep(TRY)
                        await replica.in_doubt.wait()
                with contextlib.suppress(Unreachable):
                    if await self._leases.take(room.id):
                        return
        finally:
            unfollow()

    def _heard(self, room: Room, message: bytes) -> None:
        try:
            room.replica.hear(_batch.decode(message))
        except Exception:
            log.exception("A message about %s could not be taken", room.id)
            room.replica.in_doubt.set()

    async def _catch_up(self, room: Room) -> None:
        """Take the room over from its host as it is there; not a word is missing then."""
        with contextlib.suppress(Unreachable):
            holder = await self._leases.holder(room.id)
            if holder is None or holder == self._bus.process:
                return
            question = msgspec.msgpack.encode(neighbours.Look(room.id))
            answer = neighbours.answers.decode(await self._bus.ask(holder, question))
            if isinstance(answer, neighbours.Seen):
                state = msgspec.msgpack.decode(answer.state, type=room.rules.state)
                room.replica.open(answer.epoch, answer.seq, answer.number, state)

    async def _rest(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._closing.wait()


_batch = msgspec.json.Decoder(Batch)


def _topic(room: str) -> str:
    return f"room:{room}"


def union(kinds: Sequence[type]) -> Any:
    """The union of several message types, as msgspec wants it."""
    united: Any = kinds[0]
    for kind in kinds[1:]:
        united = united | kind
    return united
