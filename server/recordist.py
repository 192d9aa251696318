"""Sees to it that what is to be recorded is, and that nothing else is on the disk.

Only the process that hosts a room acts on it, by comparing what should be with what was
last said. It has a task of its own: a withdrawn consent waits for no other work.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol

from rooms import foyer, pitch, recording
from rooms.foyer import Foyer
from rooms.media.control import RecordingChanged
from rooms.people import HOUSE, Person
from rooms.pitch import Pitch
from rooms.recording import Allow, Close, Expire, GiveUp, NoteSpace, Roll, Space
from schedule.machine import Command
from server.blueprint import STAGE
from server.clock import Clock
from server.shelf import Shelf

LOOK: Final = 5.0  # seconds between two looks at the disk
AGAIN: Final = 1.0  # seconds until what failed is tried again
BROKEN: Final = 5  # files that could not be written, after which it is given up
TYPICAL: Final = 375_000.0  # bytes a second of a stage, before it is measured: 3 Mbit/s
STEP: Final = 300.0  # seconds; how long the room lasts is said in steps of these
GRAIN: Final = 10_000_000  # bytes; and how much it is in steps of these

log = logging.getLogger(__name__)


class House(Protocol):
    """What the recordist needs of the house."""

    async def do(self, room: str, op: str, command: Any, by: Person) -> int:
        """Carry out a command; raises `Refused`."""

    def hosts(self, room: str) -> bool:
        """Whether this process hosts the room just now."""


class Media(Protocol):
    """What the recordist needs of the media processes."""

    async def record(
        self, stage: str, seat: str, take: str, source: str, stem: Path, zero: float
    ) -> bool:
        """Write a source on a seat into a file; False if this take cannot go on."""

    def keep_takes(self, stage: str, takes: Sequence[str]) -> None:
        """End all takes of a stage but these."""


class Recordist:
    """Looks after the recordings of all rooms this process hosts."""

    def __init__(self, house: House, clock: Clock, shelf: Shelf) -> None:
        self._house = house
        self._clock = clock
        self._shelf = shelf
        self._rooms: dict[str, Foyer | Pitch] = {}
        self._allowed: dict[str, Allow] = {}
        self._kept: dict[str, tuple[str, ...]] = {}
        self._recorded: dict[tuple[str, str], str] = {}
        self._heard: list[RecordingChanged] = []
        self._broken: Counter[str] = Counter()
        self._left = 0
        self._rate = TYPICAL
        self._stale: set[str] = set()
        self._stirred = asyncio.Event()

    def changed(self, room: str, state: Foyer | Pitch) -> None:
        """A room hosted here is another one now."""
        self._rooms[room] = state
        self._look_at(room)

    def heard(self, told: RecordingChanged) -> None:
        """A take has begun in its file, or ended by itself."""
        self._heard.append(told)
        self._stirred.set()

    def say_again(self) -> None:
        """A media process knows nothing any more of what it was told."""
        self._kept.clear()
        self._recorded.clear()
        for room in self._rooms:
            self._look_at(room)

    async def run(self, media: Media) -> None:
        """Set right whatever changed, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._watch_disk(), name="shelf")
            while True:
                await self._stirred.wait()
                self._stirred.clear()
                todo, self._stale = self._stale, set()
                heard, self._heard = self._heard, []
                for told in heard:
                    await self._try(self._note(told), partial(self.heard, told))
                for room in sorted(todo):
                    await self._try(self._set_right(room, media), partial(self._look_at, room))

    async def _try(self, work: Awaitable[None], again: Callable[[], None]) -> None:
        try:
            await work
        except Exception as error:
            log.warning("recordings are not as they should be yet: %s", error)
            asyncio.get_running_loop().call_later(AGAIN, again)

    def _look_at(self, room: str) -> None:
        self._stale.add(room)
        self._stirred.set()

    async def _set_right(self, room: str, media: Media) -> None:
        state = self._rooms.get(room)
        if not self._house.hosts(room):
            self._hand_over(room)
        elif isinstance(state, Foyer):
            await self._tell_consents(state)
        elif isinstance(state, Pitch):
            await self._record(room, state, media)

    def _hand_over(self, room: str) -> None:
        self._rooms.pop(room, None)
        stage = room.removeprefix(STAGE)
        self._kept.pop(stage, None)
        self._recorded = {key: said for key, said in self._recorded.items() if key[0] != stage}
        if room == foyer.ROOM:
            self._allowed.clear()

    async def _tell_consents(self, state: Foyer) -> None:
        """Tell each stage who has agreed, as soon as somebody does or does no longer."""
        allow = Allow(tuple(sorted(state.consents)))
        for stage in state.agenda.gathering.stages:
            if self._allowed.get(stage.id) != allow:
                await self._do(STAGE + stage.id, allow)
                self._allowed[stage.id] = allow

    async def _record(self, room: str, state: Pitch, media: Media) -> None:
        """End what is to end first, then begin; what must not be there is removed."""
        stage, takes = state.stage, recording.rolling(state.recording)
        names = tuple(take.id for take in takes)
        if self._kept.get(stage) != names:
            media.keep_takes(stage, names)
            self._kept[stage] = names
        for gone in state.recording.deleted:
            self._shelf.drop(stage, gone)
        routes = pitch.routes(state)
        for take in takes:
            source = routes.get(take.layer)
            if source is None or self._recorded.get((stage, take.id)) == source:
                continue
            stem = self._shelf.stem(stage, take.id)
            if await media.record(stage, take.layer, take.id, source, stem, take.zero):
                self._recorded[stage, take.id] = source
            else:
                await self._do(room, Close(take.id))

    async def _note(self, told: RecordingChanged) -> None:
        room = STAGE + told.stage
        if not self._house.hosts(room):
            return
        if told.state == "rolling":
            await self._do(
                room, Roll(told.take, told.at, "mp4" if told.suffix == "mp4" else "webm")
            )
            return
        if told.state == "broken":
            self._broken[room] += 1
        if told.state == "full" or self._broken[room] >= BROKEN:
            del self._broken[room]
            await self._do(room, GiveUp("full" if told.state == "full" else "broken"))
        else:
            await self._do(room, Close(told.take))

    async def _watch_disk(self) -> None:
        """Say in time that room runs out, stop before it has, and keep nothing too long."""
        while True:
            try:
                self._measure(await asyncio.to_thread(self._shelf.left))
                await asyncio.to_thread(self._shelf.sweep)
                for room, state in tuple(self._rooms.items()):
                    if isinstance(state, Pitch) and self._house.hosts(room):
                        await self._tend(room, state)
            except Exception as error:
                log.warning("the recordings' room could not be looked at: %s", error)
            await asyncio.sleep(LOOK)

    def _measure(self, left: int) -> None:
        written = self._left - left
        rolls = any(
            isinstance(state, Pitch) and recording.rolling(state.recording)
            for state in self._rooms.values()
        )
        if rolls and written > 0:
            self._rate += (written / LOOK - self._rate) / 6  # half a minute, about
        self._left = left

    async def _tend(self, room: str, state: Pitch) -> None:
        space = self._space()
        if state.recording.space != space:
            await self._do(room, NoteSpace(space))
        if space.bytes <= 0 and state.recording.span is not None:
            await self._do(room, GiveUp("full"))
        old = self._clock.now() - self._shelf.seconds
        takes = state.recording.takes.values()
        over = tuple(take.id for take in takes if (take.ended_at or self._clock.now()) < old)
        if over:
            await self._do(room, Expire(over))
        for gone in state.recording.deleted:
            self._shelf.drop(state.stage, gone)

    def _space(self) -> Space:
        left = max(0, self._left)
        seconds = left / max(self._rate, 1.0)
        return Space(left // GRAIN * GRAIN, seconds // STEP * STEP)

    async def _do(self, room: str, command: Command) -> None:
        await self._house.do(room, f"house-{secrets.token_hex(8)}", command, HOUSE)
