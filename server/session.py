"""One connected browser: what it asks, in order, and what it hears."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Literal, Protocol

import msgspec
from msgspec import Struct

from rooms import circles, lounge
from rooms.media.control import CIRCLE
from rooms.people import DESK, Person, Role
from rooms.pitch import PitchShown
from schedule.machine import Refused
from server import handsets, socket, tablehands, wire
from server.clock import Clock
from server.limits import Limits
from server.stills import Stills
from web.words import later, say

STAGE: Final = "stage-"
"What the id of a pitch room begins with; the stage's own id follows."
WAITING: Final = 64  # orders of one browser not yet carried out
PEERS: Final = 8  # media connections of one browser

Reason = Literal["restart", "revoked", "malformed", "busy"]

log = logging.getLogger(__name__)

_decode: Final[Callable[[bytes], wire.ToServer]] = msgspec.json.Decoder(wire.ToServer).decode
_encode: Final = msgspec.json.Encoder().encode


class House(Protocol):
    """What a browser needs of the house."""

    @property
    def rooms(self) -> tuple[str, ...]:
        """The ids of all rooms."""

    async def do(self, room: str, op: str, command: Any, by: Person) -> int:
        """Carry out a command; raises `Refused`."""

    async def join(self, room: str, listener: Any, epoch: int, seq: int) -> None:
        """Show the room to the listener and let it hear what follows; raises `Refused`."""

    def leave(self, room: str, listener: Any) -> None:
        """Let it hear no more."""

    def shown(self, room: str, person: Person) -> Any:
        """The room as this person may see it."""

    def state(self, room: str) -> Any:
        """The room as it is, or None while it is not open here."""


class Media(Protocol):
    """What a browser needs of the media processes. All of it may raise `Refused`."""

    async def open_viewer(self, peer: str, stage: str, preview: bool = False) -> str:
        """Return an offer."""

    async def accept(self, peer: str, sdp: str) -> None:
        """Take the browser's answer to the offer."""

    async def open_publisher(self, peer: str, source: str, sdp: str, stage: str = "") -> str:
        """Return the answer to what a browser offers to send."""

    async def show(
        self, peer: str, sizes: Mapping[str, Literal["large", "tile", "hidden"]]
    ) -> None:
        """Tell how large the browser shows each seat."""

    async def close(self, peer: str) -> None:
        """Let a peer go."""


class Line(Protocol):
    """The way to the browser."""

    def send(self, data: bytes) -> None:
        """Send one message; never waits."""

    def close(self, code: int, reason: str) -> None:
        """Close; twice does no harm."""

    @property
    def waiting(self) -> int:
        """Bytes on their way that the browser has not taken yet."""


class Farewell(Struct, frozen=True):
    """How a session ends, in words and in the close code."""

    code: int
    sentence: str


FAREWELLS: Final[dict[Reason, Farewell]] = {
    "restart": Farewell(
        socket.RESTART, later("The server restarts, one moment. We reconnect you.")
    ),
    "revoked": Farewell(
        socket.NOT_SIGNED_IN, later("You are signed out. Please open your link again.")
    ),
    "malformed": Farewell(socket.MALFORMED, later("This page is out of date. Please reload it.")),
    "busy": Farewell(
        socket.BUSY, later("That was too much at once. We reconnect you in a moment.")
    ),
}
TOO_FAST: Final = later("That was a lot at once. Please wait a moment and try again.")
TOO_MANY: Final = later("Too many connections are open. Please close other tabs.")
AMONG_THEMSELVES: Final = later("Only those who sit here see and hear each other.")
OUR_FAULT: Final = later("That failed on our side. Your text is still here, please send again.")


class Surroundings(Struct, frozen=True):
    """What all sessions of a process share."""

    house: House
    media: Media
    clock: Clock
    per_person: Limits
    per_address: Limits
    stills: Stills


class Session:
    """One browser of one person. `run` does its work; nothing else here waits."""

    def __init__(
        self,
        around: Surroundings,
        line: Line,
        person: Person,
        *,
        signed: str,
        language: str,
        address: str,
        phone: str = "",
    ) -> None:
        """`signed` is the id of the sign-in this socket came with; `phone` the stage for which
        it is a camera alone."""
        self.id = secrets.token_hex(8)
        self.person = person
        self.signed = signed
        self.language = language
        self._around = around
        self._line = line
        self._address = address
        self._phone = phone
        self._orders: asyncio.Queue[wire.ToServer] = asyncio.Queue(WAITING)
        self._calls: asyncio.Queue[wire.ToServer] = asyncio.Queue(WAITING)
        self._rooms: set[str] = set()
        self._peers: dict[str, str] = {}
        self._over = asyncio.Event()

    # What the house calls (`server.house` names this a listener)

    def send(self, data: bytes) -> None:
        """Send one encoded frame. Never waits; a browser that does not read is let go."""
        self._line.send(data)

    @property
    def waiting(self) -> int:
        """Bytes on their way that the browser has not taken yet."""
        return self._line.waiting

    # What the socket calls

    def stirred(self) -> bool:
        """Count a frame, whatever it holds; False if it was one too many."""
        if self._within("message"):
            return True
        self.say_goodbye("busy")
        return False

    def heard(self, text: bytes) -> None:
        """Take in one message. What does not decode ends the session."""
        try:
            frame = _decode(text)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
            log.info("%s sent what we do not understand: %s", self.person.id, wrong)
            self.say_goodbye("malformed")
            return
        if self._phone and not handsets.allows(frame, STAGE + self._phone):
            log.info("the phone of %s asked for more than a camera may", self.person.id)
            self.say_goodbye("malformed")
            return
        if isinstance(frame, wire.Ping):
            self.tell(wire.Pong(frame.sent, self._around.clock.now()))
            return
        media = type(frame) in CALLS
        try:
            (self._calls if media else self._orders).put_nowait(frame)
        except asyncio.QueueFull:
            self.say_goodbye("busy")

    def may_see(self, stage: str) -> bool:
        """Whether stills of this stage are still for this browser: of a circle, while one sits."""
        room = stage.removeprefix(CIRCLE)
        return room == stage or self._may_watch(room)

    def closing_house(self) -> None:
        """Tell the browser to come back by itself."""
        self.say_goodbye("restart")

    def gone(self) -> None:
        """The connection is no more: `run` returns soon."""
        self._over.set()

    # What the entrance and the stagehands call

    def tell(self, frame: wire.ServerFrame) -> None:
        """Send one frame to this browser alone."""
        self._line.send(_encode(frame))

    def say_goodbye(self, reason: Reason) -> None:
        """Say why, and close."""
        farewell = FAREWELLS[reason]
        self.tell(wire.Goodbye(reason, say(self.language, farewell.sentence)))
        self._line.close(farewell.code, reason)
        self._over.set()

    def lost_peer(self, peer: str) -> None:
        """The media process let one of our peers go."""
        if self._peers.pop(peer, None) is not None:
            self.tell(wire.MediaGone(peer))

    async def run(self) -> None:
        """Greet, carry out what is asked until the connection is gone, then leave everything."""
        self.tell(
            wire.Welcome(self.person, self._around.clock.now(), self.id, self._around.house.rooms)
        )
        try:
            async with asyncio.TaskGroup() as tasks:
                work = [
                    tasks.create_task(self._work(self._orders)),
                    tasks.create_task(self._work(self._calls)),
                ]
                await self._over.wait()
                for each in work:
                    each.cancel()
        finally:
            for room in self._rooms:
                self._around.house.leave(room, self)
            self._around.stills.leave(self)
            for named in self._peers.values():
                await self._around.media.close(named)

    async def _work(self, asked: asyncio.Queue[wire.ToServer]) -> None:
        """One after the other, so that a browser's orders keep their order."""
        while True:
            frame = await asked.get()
            await DEEDS[type(frame)](self, frame)

    # Rooms

    async def _join(self, frame: wire.Join) -> None:
        self._rooms.add(frame.room)  # noted first: we may be gone before the answer
        await self._answered("", self._around.house.join(frame.room, self, frame.epoch, frame.seq))

    async def _leave(self, frame: wire.Leave) -> None:
        if frame.room in self._rooms:
            self._rooms.discard(frame.room)
            self._around.house.leave(frame.room, self)

    async def _do(self, frame: wire.Do) -> None:
        if not self._within("command"):
            self.tell(wire.Refusal(frame.op, say(self.language, TOO_FAST)))
            return
        doing = self._around.house.do(frame.room, frame.op, frame.command, self.person)
        seq = await self._answered(frame.op, doing)
        if seq is not None:
            self.tell(wire.Done(frame.op, seq))

    async def _answered(self, op: str, doing: Awaitable[int | None]) -> int | None:
        """Wait for a deed; what goes wrong is said in the reader's language."""
        try:
            return await doing
        except Refused as refused:
            self.tell(wire.Refusal(op, self._sentence(refused)))
        except Exception:
            log.exception("a command of %s failed", self.person.id)
            self.tell(wire.Refusal(op, say(self.language, OUR_FAULT)))
        return None

    # Media

    async def _call(self, frame: wire.ToServer) -> None:
        """Carry out one wish about picture and sound."""
        peer = getattr(frame, "peer", "")
        try:
            if not self._within("media"):
                raise Refused(TOO_FAST)
            if len(self._peers) >= PEERS and peer not in self._peers:
                raise Refused(TOO_MANY)
            await CALLS[type(frame)](self, frame)
        except Refused as refused:
            self.tell(wire.MediaRefused(peer, self._sentence(refused)))
        except Exception:
            log.exception("a media connection of %s failed", self.person.id)
            self.tell(wire.MediaRefused(peer, say(self.language, OUR_FAULT)))

    async def _watch(self, frame: wire.Watch) -> None:
        stage = self._stage(frame.room)
        if frame.preview and self.person.role not in DESK:
            raise Refused("Only the desk sees the preview.")
        named = self._name(frame.peer, frame.room)
        sdp = await self._around.media.open_viewer(named, stage, frame.preview)
        self.tell(wire.Offer(frame.peer, sdp))

    async def _accept(self, frame: wire.Accept) -> None:
        await self._around.media.accept(self._named(frame.peer), frame.sdp)

    async def _show(self, frame: wire.Show) -> None:
        await self._around.media.show(self._named(frame.peer), frame.sizes)

    async def _publish(self, frame: wire.Publish) -> None:
        source = self._source(frame.room, frame.what)
        stage = self._stage(frame.room)
        named = self._name(frame.peer, frame.room)
        sdp = await self._around.media.open_publisher(named, source, frame.sdp, stage)
        self.tell(wire.Answer(frame.peer, sdp))

    async def _probe(self, frame: wire.Probe) -> None:
        named = self._name(frame.peer)
        # A source nobody routes anywhere: it only shows that the way is open.
        sdp = await self._around.media.open_publisher(named, f"probe/{named}", frame.sdp)
        self.tell(wire.Answer(frame.peer, sdp))

    async def _stills(self, frame: wire.WatchStills) -> None:
        self._around.stills.leave(self)
        if frame.on:
            self._around.stills.watch(self._stage(frame.room), self)

    async def _hang_up(self, frame: wire.HangUp) -> None:
        named = self._peers.pop(frame.peer, None)
        if named is not None:
            await self._around.media.close(named)

    def _stage(self, room: str) -> str:
        """What the media process calls a stage, or a circle the person sits in."""
        if circles.is_circle(room):
            if not self._may_watch(room):
                raise Refused(AMONG_THEMSELVES)
            return tablehands.stage_of(room)
        if not room.startswith(STAGE) or room not in self._around.house.rooms:
            raise Refused("There is no such stage. Please go back to the foyer.")
        return room.removeprefix(STAGE)

    def _circle(self, room: str) -> circles.Circle | None:
        state = self._around.house.state(lounge.ROOM)
        return circles.find(state, room) if state is not None else None

    def _may_watch(self, room: str) -> bool:
        """Whether this is a circle the person sits in, or one that everybody may watch."""
        circle = self._circle(room)
        return circle is not None and (circle.public or self.person.id in circle.seats)

    def _source(self, room: str, what: str) -> str:
        if circles.is_circle(room):
            circle = self._circle(room)
            if circle is None or self.person.id not in circle.seats:
                raise Refused(AMONG_THEMSELVES)
            return tablehands.source_of(room, self.person.id, what)
        if not may_publish(self.person, self._around.house.shown(room, self.person)):
            raise Refused("Please come to the green room first; from there you go on stage.")
        return f"{self.person.id}/{what}"

    def _name(self, peer: str, room: str = "") -> str:
        """Give it a name in the media process, where all browsers meet; it is ours from now on."""
        call = tablehands.Call(self.id, peer, room, self.person.id)
        named = call.peer if circles.is_circle(room) else f"{self.id}.{peer}"
        if self._peers.setdefault(peer, named) != named:
            raise Refused(TOO_MANY)
        return named

    def _named(self, peer: str) -> str:
        return self._peers.get(peer, f"{self.id}.{peer}")

    # Details

    def _within(self, what: str) -> bool:
        now = time.monotonic()
        mine = self._around.per_person.take(what, self.person.id, now)
        return self._around.per_address.take(what, self._address, now) and mine

    def _sentence(self, refused: Refused) -> str:
        return say(self.language, refused.sentence, **refused.values)


def may_publish(person: Person, shown: PitchShown) -> bool:
    """Whether somebody's picture may come to this stage at all.

    It is seen only once the person takes a seat; but a stranger's is not even taken in.
    """
    floor = shown.floor
    slots = (floor.live, *floor.upcoming)
    return (
        person.role in {Role.MODERATOR, Role.ORGANISER}
        or person.id in floor.green_room
        or person.id in floor.invited
        or any(person.id == seating.person for seating in floor.seats.values())
        or any(person.id in slot.people for slot in slots if slot is not None)
    )


_Deed = Callable[[Session, Any], Awaitable[None]]

CALLS: Final[dict[type, _Deed]] = {
    wire.Watch: Session._watch,
    wire.Accept: Session._accept,
    wire.Show: Session._show,
    wire.Publish: Session._publish,
    wire.Probe: Session._probe,
    wire.WatchStills: Session._stills,
    wire.HangUp: Session._hang_up,
}
DEEDS: Final[dict[type, _Deed]] = {
    wire.Join: Session._join,
    wire.Leave: Session._leave,
    wire.Do: Session._do,
    **dict.fromkeys(CALLS, Session._call),
}
