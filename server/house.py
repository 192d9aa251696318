"""The house: all live rooms of the gathering, hosted here or elsewhere, as seen from here."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final, Protocol, Self

import msgspec
from msgspec import Struct

from rooms.people import HOUSE, Person
from schedule.machine import Command, Refused
from server import neighbours
from server.bus import Bus, Unreachable
from server.clock import Clock
from server.host import REST, Moved
from server.lease import Leases
from server.neighbours import Did, Elsewhere, Look, No, Please, Seen
from server.replica import Listener, Replica
from server.rules import Rules
from server.store import Kept, Log
from server.tending import TRY, Room, Tender

PATIENCE: Final = 10.0  # seconds a command may take while a room changes its host
LOOK: Final = 2.0  # seconds between two looks for a newer programme
REPEAT: Final = 5.0  # seconds between two reports of who is here; they fade after 15
GATHER: Final = 0.2  # seconds in which comings and goings are reported together
FAREWELL: Final = 3.0  # seconds a host has for what still waits when the house closes

NO_ROOM: Final = "There is no such room here. Please go back to the foyer."
NOT_OPEN: Final = "This room is not open yet. Please try again in a moment."
NO_ANSWER: Final = (
    "The house did not answer in time. Please look whether it worked before you try again."
)
CLOSING: Final = "The house is being restarted. Please try again in a moment."

log = logging.getLogger(__name__)


class Archive(Log, Protocol):
    """What the house asks of the store."""

    async def gatherings(self, after: int = 0) -> list[Kept]:
        """All versions of the gathering behind `after`, oldest first."""
        ...


class Blueprint(Protocol):
    """Which rooms there are, and the few things the house has to know about them."""

    def rooms(self, kept: Kept) -> dict[str, Rules[Any]]:
        """The rooms of this version of the gathering, by id."""
        ...

    def replan(self, kept: Kept) -> tuple[str, Command]:
        """The room that has to hear of a newer version, and how it is told."""
        ...

    def report(self, process: str, people: tuple[str, ...]) -> Command:
        """Says who has a room open with this process."""
        ...

    def person(self, state: Any, person_id: str) -> Person | None:
        """Somebody of the gathering, from the state of the room that knows everybody."""
        ...

    directory: str
    "The room that knows everybody."


class Health(Struct, frozen=True):
    """How the house is."""

    rooms: int
    hosted: int
    "Of these by this process."
    open: bool
    "Whether every room can be entered from here."
    bus: bool
    "Whether the other processes can be reached."


Hosted = Callable[[str, Any], None]


class House:
    """Enter it and all rooms open; leave it and what waits is finished and handed on."""

    def __init__(
        self, store: Archive, bus: Bus, leases: Leases, clock: Clock, blueprint: Blueprint
    ) -> None:
        self._store = store
        self._bus = bus
        self._leases = leases
        self._clock = clock
        self._blueprint = blueprint
        self._rooms: dict[str, Room] = {}
        self._hosted: list[Hosted] = []
        self._version = 0
        self._ops = itertools.count()
        self._closing = asyncio.Event()
        self._tasks = asyncio.TaskGroup()
        self._own: list[asyncio.Task[None]] = []
        self._tending: list[asyncio.Task[None]] = []
        self._tender = Tender(store, bus, leases, clock, self._closing, self._tell_hosted)

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        self._bus.serve(self._answer)
        await self._look()
        self._own.append(self._tasks.create_task(self._watch(), name="gathering"))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # No more commands; what waits is carried out; the rooms are free for others at once.
        self._closing.set()
        for task in self._own:
            task.cancel()
        for room in self._rooms.values():
            if room.host is not None:
                room.host.close()
        if self._tending:
            await asyncio.wait(self._tending, timeout=FAREWELL)
        for task in self._tending:
            task.cancel()
        for room in self._rooms.values():
            room.replica.close()
        await self._tasks.__aexit__(None, None, None)  # `error` goes on by itself, unwrapped

    @property
    def rooms(self) -> tuple[str, ...]:
        """The ids of all rooms."""
        return tuple(self._rooms)

    @property
    def process(self) -> str:
        """The name of this server process on the bus."""
        return self._bus.process

    async def do(self, room: str, op: str, command: Command, by: Person) -> int:
        """Carry a command out, wherever the room is hosted.

        Returns the end of the room's log after it, once all of it is stored; what follows
        from it reaches the room's listeners before or shortly after. The same `op` of the
        same person is one effect and the same answer. Raises `Refused`.
        """
        found = self._find(room)
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while not self._closing.is_set():
            try:
                if found.host is not None:
                    return await found.host.do(op, command, by)
                return await self._ask_host(found, op, command, by)
            except (Moved, Unreachable):
                if asyncio.get_running_loop().time() > deadline:
                    raise Refused(NO_ANSWER) from None
                await asyncio.sleep(TRY)
        raise Refused(CLOSING)

    async def join(self, room: str, listener: Listener, epoch: int = 0, seq: int = -1) -> None:
        """Send the listener the room, or what it missed since, and then all that happens.

        Raises `Refused` when there is no such room or it cannot be reached.
        """
        found = self._find(room)
        await self._opened(found)
        found.replica.join(listener, epoch, seq)
        found.moved.set()

    def leave(self, room: str, listener: Listener) -> None:
        """Send the listener nothing more of this room."""
        if room in self._rooms:
            self._rooms[room].replica.leave(listener)
            self._rooms[room].moved.set()

    def hosts(self, room: str) -> bool:
        """Whether this process hosts the room just now."""
        return room in self._rooms and self._rooms[room].host is not None

    def shown(self, room: str, person: Person) -> Any:
        """The room as this person may see it. Raises `Refused` while it cannot be seen."""
        found = self._find(room)
        if not found.replica.opened.is_set():
            raise Refused(NOT_OPEN)
        return found.replica.show(person)

    def state(self, room: str) -> Any:
        """The room as it is, for the server's own use; None while it cannot be seen."""
        return self._rooms[room].replica.state if room in self._rooms else None

    def person(self, person_id: str) -> Person | None:
        """Somebody of the gathering, or nobody."""
        state = self.state(self._blueprint.directory)
        return None if state is None else self._blueprint.person(state, person_id)

    def hosted(self, callback: Hosted) -> None:
        """Call back with (room, state) after each change of a room that is hosted here, and
        when its hosting begins. Must not wait."""
        self._hosted.append(callback)
        for room in self._rooms.values():
            if room.host is not None:
                self._call(callback, room.id, room.host.state)

    async def health(self) -> Health:
        """How the house is."""
        rooms = self._rooms.values()
        return Health(
            rooms=len(rooms),
            hosted=sum(room.host is not None for room in rooms),
            open=bool(rooms) and all(room.replica.opened.is_set() for room in rooms),
            bus=await self._bus.healthy(),
        )

    async def opened(self, patience: float = PATIENCE) -> None:
        """Wait until every room can be entered; raises `TimeoutError`."""
        async with asyncio.timeout(patience):
            for room in tuple(self._rooms.values()):
                await room.replica.opened.wait()

    def _tell_hosted(self, room_id: str, state: Any) -> None:
        for callback in self._hosted:
            self._call(callback, room_id, state)

    def _call(self, callback: Hosted, room_id: str, state: Any) -> None:
        try:
            callback(room_id, state)
        except Exception:
            log.exception("What a change in %s means elsewhere was not done", room_id)

    def _find(self, room: str) -> Room:
        if room not in self._rooms:
            raise Refused(NO_ROOM)
        return self._rooms[room]

    async def _opened(self, room: Room) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await room.replica.opened.wait()
        except TimeoutError:
            raise Refused(NOT_OPEN) from None

    # The programme

    async def _watch(self) -> None:
        """Notice when the organisers import a newer programme, in whichever process."""
        while True:
            await asyncio.sleep(LOOK)
            try:
                await self._look()
            except Exception:
                log.exception("The gathering could not be read")

    async def _look(self) -> None:
        for kept in await self._store.gatherings(self._version):
            for room_id, rules in self._blueprint.rooms(kept).items():
                if room_id not in self._rooms:
                    self._open(room_id, rules)
            if kept.version > 1:
                self._own.append(
                    self._tasks.create_task(self._replan(kept), name=f"plan {kept.version}")
                )
            self._version = kept.version

    def _open(self, room_id: str, rules: Rules[Any]) -> None:
        room = Room(room_id, rules, Replica(room_id, rules, self._clock))
        self._rooms[room_id] = room
        self._tending.append(
            self._tasks.create_task(self._tender.run(room), name=f"tend {room_id}")
        )
        self._own.append(self._tasks.create_task(self._report(room), name=f"report {room_id}"))

    async def _replan(self, kept: Kept) -> None:
        """Every process tells it; the op makes it one effect."""
        room, command = self._blueprint.replan(kept)
        while True:
            try:
                await self.do(room, f"plan-{kept.version:08}", command, HOUSE)
            except Refused as refused:
                log.warning("Programme %d is not taken over: %s", kept.version, refused)
                if refused.sentence not in (NO_ANSWER, CLOSING):
                    return
            else:
                return
            await asyncio.sleep(REST)

    # Who is here

    async def _report(self, room: Room) -> None:
        """Say who has the room open here: soon after a change, and now and then anyway."""
        reported: tuple[str, ...] = ()
        while True:
            room.moved.clear()
            people = tuple(sorted({each.person.id for each in room.replica.listeners}))
            if people or reported:
                command = self._blueprint.report(self.process, people)
                with contextlib.suppress(Refused):
                    await self.do(room.id, f"{self.process}-{next(self._ops):08}", command, HOUSE)
                reported = people
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(REPEAT):
                    await room.moved.wait()
            await asyncio.sleep(GATHER)

    # Questions between processes

    async def _ask_host(self, room: Room, op: str, command: Command, by: Person) -> int:
        holder = await self._leases.holder(room.id)
        if holder is None or holder == self.process:
            raise Moved(room.id)
        question = Please(room.id, op, by, msgspec.json.encode(command))
        answer = neighbours.answers.decode(
            await self._bus.ask(holder, msgspec.msgpack.encode(question))
        )
        match answer:
            case Did(seq):
                return seq
            case No(sentence, values):
                raise Refused(sentence, **values)
            case _:
                raise Moved(room.id)

    async def _answer(self, question: bytes) -> bytes:
        return msgspec.msgpack.encode(await self._answered(neighbours.questions.decode(question)))

    async def _answered(self, question: Please | Look) -> Did | No | Seen | Elsewhere:
        room = self._rooms.get(question.room)
        host = None if room is None else room.host
        if room is None or host is None:
            return Elsewhere()
        if isinstance(question, Look):
            state = msgspec.msgpack.encode(host.state)
            return Seen(host.epoch, host.seq, host.number, state)
        command = room.commands.decode(question.command)
        try:
            return Did(await host.do(question.op, command, question.by))
        except Refused as refused:
            return No(refused.sentence, refused.values)
        except Moved:
            return Elsewhere()
