"""The house: all live rooms of the gathering, hosted here or elsewhere, as seen from here."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Final, Protocol, Self

import msgspec
from msgspec import Struct

from rooms.people import HOUSE, Person
from schedule.machine import Command, Event, Refused
from server.batch import Batch
from server.bus import Bus, Unreachable
from server.clock import Clock
from server.host import REST, Broken, Fenced, Host, Moved
from server.lease import RENEWED, Leases
from server.replica import Listener, Replica
from server.rules import Rules
from server.store import Kept, Log

PATIENCE: Final = 10.0  # seconds a command may take while a room changes its host
TRY: Final = 0.25  # seconds between two attempts to reach or to take over a room
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
        self._rooms: dict[str, _Room] = {}
        self._hosted: list[Hosted] = []
        self._version = 0
        self._ops = itertools.count()
        self._closing = asyncio.Event()
        self._tasks = asyncio.TaskGroup()
        self._own: list[asyncio.Task[None]] = []
        self._tending: list[asyncio.Task[None]] = []

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

    def _find(self, room: str) -> _Room:
        if room not in self._rooms:
            raise Refused(NO_ROOM)
        return self._rooms[room]

    async def _opened(self, room: _Room) -> None:
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
        room = _Room(room_id, rules, Replica(room_id, rules, self._clock))
        self._rooms[room_id] = room
        self._tending.append(self._tasks.create_task(self._tend(room), name=f"tend {room_id}"))
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

    async def _report(self, room: _Room) -> None:
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

    # Hosting and following

    async def _tend(self, room: _Room) -> None:
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

    async def _host(self, room: _Room) -> None:
        """Open the room from its log and host it until it is somebody else's."""
        epoch = await self._store.claim(room.id, self.process, self._clock.now())
        state, seq = await self._replayed(room)
        host: Host[Any] = Host(
            room.id,
            room.rules,
            state,
            epoch=epoch,
            seq=seq,
            log=self._store,
            clock=self._clock,
            told=lambda batch, events, after: self._told(room, batch, events, after),
        )
        room.replica.open(epoch, seq, host.number, state)
        room.host = host
        room.moved.set()  # who is here is not in the log
        for callback in self._hosted:
            self._call(callback, room.id, state)
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

    async def _replayed(self, room: _Room) -> tuple[Any, int]:
        decoder = msgspec.json.Decoder(_union(room.rules.events))
        state, seq = room.rules.opening(), 0
        for entry in await self._store.replay(room.id):
            state, seq = room.rules.apply(state, decoder.decode(entry.body)), entry.seq
        return state, seq

    async def _hold(self, room: _Room, host: Host[Any], hosting: asyncio.Task[None]) -> None:
        """Keep the lease and say where the room stands, until one of both ends."""
        while not hosting.done():
            self._publish(room, Batch(host.epoch, host.number, host.seq))
            await asyncio.wait([hosting], timeout=RENEWED)
            if self._closing.is_set():
                host.close()
                await asyncio.wait([hosting])
            if not hosting.done() and not await self._is_ours(room, host):
                return

    async def _is_ours(self, room: _Room, host: Host[Any]) -> bool:
        """While leases cannot be reached the store's fence decides; it always has the last word."""
        with contextlib.suppress(Unreachable):
            if not await self._leases.take(room.id):
                return False
        return await self._store.fence(room.id) == host.epoch

    def _told(self, room: _Room, batch: Batch, events: Sequence[Event], state: Any) -> None:
        self._publish(room, batch)
        room.replica.take(batch, tuple(events), state)
        for callback in self._hosted:
            self._call(callback, room.id, state)

    def _publish(self, room: _Room, batch: Batch) -> None:
        self._bus.publish(_topic(room.id), msgspec.json.encode(batch))

    def _call(self, callback: Hosted, room_id: str, state: Any) -> None:
        try:
            callback(room_id, state)
        except Exception:
            log.exception("What a change in %s means elsewhere was not done", room_id)

    async def _follow(self, room: _Room) -> None:
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

    def _heard(self, room: _Room, message: bytes) -> None:
        try:
            room.replica.hear(_batch.decode(message))
        except Exception:
            log.exception("A message about %s could not be taken", room.id)
            room.replica.in_doubt.set()

    async def _catch_up(self, room: _Room) -> None:
        """Take the room over from its host as it is there; not a word is missing then."""
        with contextlib.suppress(Unreachable):
            holder = await self._leases.holder(room.id)
            if holder is None or holder == self.process:
                return
            question = msgspec.msgpack.encode(Look(room.id))
            answer = _answers.decode(await self._bus.ask(holder, question))
            if isinstance(answer, Seen):
                state = msgspec.msgpack.decode(answer.state, type=room.rules.state)
                room.replica.open(answer.epoch, answer.seq, answer.number, state)

    async def _rest(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._closing.wait()

    # Questions between processes

    async def _ask_host(self, room: _Room, op: str, command: Command, by: Person) -> int:
        holder = await self._leases.holder(room.id)
        if holder is None or holder == self.process:
            raise Moved(room.id)
        question = Please(room.id, op, by, msgspec.json.encode(command))
        answer = _answers.decode(await self._bus.ask(holder, msgspec.msgpack.encode(question)))
        match answer:
            case Did(seq):
                return seq
            case No(sentence, values):
                raise Refused(sentence, **values)
            case _:
                raise Moved(room.id)

    async def _answer(self, question: bytes) -> bytes:
        return msgspec.msgpack.encode(await self._answered(_questions.decode(question)))

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


class _Room:
    """A room as this process has it."""

    def __init__(self, room_id: str, rules: Rules[Any], replica: Replica[Any]) -> None:
        self.id = room_id
        self.rules = rules
        self.replica = replica
        self.host: Host[Any] | None = None
        "Set while it is hosted here."
        self.moved = asyncio.Event()
        "Somebody came or went."
        self.commands = msgspec.json.Decoder(_union(rules.commands))


class Please(Struct, frozen=True, tag="please"):
    """Asks the host to carry a command out."""

    room: str
    op: str
    by: Person
    command: bytes


class Look(Struct, frozen=True, tag="look"):
    """Asks the host for the whole room."""

    room: str


class Did(Struct, frozen=True, tag="did"):
    """It is carried out."""

    seq: int


class No(Struct, frozen=True, tag="no"):
    """It is refused."""

    sentence: str
    values: dict[str, str | int]


class Seen(Struct, frozen=True, tag="seen"):
    """The whole room."""

    epoch: int
    seq: int
    number: int
    state: bytes


class Elsewhere(Struct, frozen=True, tag="elsewhere"):
    """It is not hosted here."""


_batch = msgspec.json.Decoder(Batch)
_questions = msgspec.msgpack.Decoder(Please | Look)
_answers = msgspec.msgpack.Decoder(Did | No | Seen | Elsewhere)


def _topic(room: str) -> str:
    return f"room:{room}"


def _union(kinds: Sequence[type]) -> Any:
    union: Any = kinds[0]
    for kind in kinds[1:]:
        union = union | kind
    return union
