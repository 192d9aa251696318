"""What a change in one room means elsewhere: cues to the stages, pictures behind the seats.

Only the process that hosts a room acts on it, and only ever by comparing what should be
with what was last said: doing it again does no harm, and what failed is done again.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from typing import Any, Final, Literal, Protocol

from rooms import fair, foyer, lounge, pitch, wishes
from rooms.fair import Fair
from rooms.floor import Light, SourceLight
from rooms.foyer import Foyer
from rooms.lounge import Lounge
from rooms.media import control
from rooms.people import HOUSE, Person
from rooms.pitch import Pitch
from schedule.machine import Command
from server import cameras, wire
from server.cameras import Cameras
from server.clock import Clock
from server.live import Sessions
from server.recordist import Recordist
from server.session import STAGE
from server.stills import Stills
from server.tablehands import Tablehands
from server.understudy import Player, Understudy

AGAIN: Final = 1.0  # seconds until what failed is tried again
SETTLED: Final = 1.0  # seconds after a media process came up until routes are said once more

log = logging.getLogger(__name__)


class House(Protocol):
    """What stagehands need of the house."""

    async def do(self, room: str, op: str, command: Any, by: Person) -> int:
        """Carry out a command; raises `Refused`."""

    def hosts(self, room: str) -> bool:
        """Whether this process hosts the room just now."""


class Routes(Player, Protocol):
    """What stagehands need of the media processes."""

    async def route(self, stage: str, seat: str, source: str | None) -> None:
        """Put a source, or nothing, behind a seat."""

    async def close(self, peer: str) -> None:
        """Let a peer go."""


class Stagehands:
    """Looks after all rooms this process hosts, and tells browsers how their media is."""

    def __init__(self, house: House, sessions: Sessions, clock: Clock) -> None:
        self.stills = Stills()
        self.recordist: Recordist | None = None
        self.understudy: Understudy | None = None
        self._house = house
        self._sessions = sessions
        self._clock = clock
        self._rooms: dict[str, Fair | Foyer | Lounge | Pitch] = {}
        self._lights: dict[str, Light] = {}
        self._cameras = Cameras()
        self._tables = Tablehands()
        self._over: dict[str, Command] = {}
        self._cued: dict[str, Command] = {}
        self._routed: dict[tuple[str, str], str | None] = {}
        self._stale: set[str] = set()
        self._stirred = asyncio.Event()

    def changed(self, room: str, state: Fair | Foyer | Lounge | Pitch) -> None:
        """A room hosted here is another one now."""
        self._rooms[room] = state
        self._look_at(room)

    async def run(self, media: Routes) -> None:
        """Set right whatever changed, until cancelled."""
        while True:
            await self._stirred.wait()
            self._stirred.clear()
            todo, self._stale = self._stale, set()
            for room in sorted(todo):
                try:
                    await self._set_right(room, media)
                except Exception as error:
                    log.warning("%s is not as it should be yet: %s", room, error)
                    asyncio.get_running_loop().call_later(AGAIN, self._look_at, room)

    # What `server.media` tells

    def peer_changed(self, peer: str, state: Literal["connecting", "connected", "gone"]) -> None:
        """A browser's media connection came or went."""
        self._cameras.peer_changed(peer, state)
        for room in self._rooms if cameras.read(peer) else ():
            self._look_at(room)
        if self._tables.peer_changed(peer, state):
            self._look_at(lounge.ROOM)
        session, name = _of_browser(peer)
        mine = self._sessions.get(session)
        if mine is not None and state == "gone":
            mine.lost_peer(name)

    def line_changed(self, peer: str, thin: bool) -> None:
        """A browser gets less, or all again, because of its line: it can say so."""
        session, name = _of_browser(peer)
        mine = self._sessions.get(session)
        if mine is not None:
            mine.tell(wire.MediaThin(name, thin))

    def source_changed(
        self, source: str, state: Light, has_audio: bool, has_video: bool, codec: str = ""
    ) -> None:
        """What somebody sends is live, stands still, or is gone."""
        del has_audio
        if self.understudy is not None:
            self.understudy.source_changed(source, state, has_video)
        self._cameras.source_changed(source, state, codec)
        if state == "gone":
            self._lights.pop(source, None)
        else:
            self._lights[source] = state
        for room in self._rooms:
            self._look_at(room)

    def unable_changed(self, index: int, stage: str, viewers: int) -> None:
        """So many who watch a stage have nothing that decodes H264."""
        self._cameras.unable_changed(index, stage, viewers)
        self._look_at(STAGE + stage)

    def loudest_changed(self, stage: str, seat: str | None) -> None:
        """Another seat is heard; browsers find that out from the sound itself."""

    def still_taken(self, stage: str, seat: str, image: bytes) -> None:
        """A still picture of a seat."""
        self.stills.taken(stage, seat, image)

    def recording_changed(self, told: control.RecordingChanged) -> None:
        """A take has begun in its file, or ended by itself."""
        if self.recordist is not None:
            self.recordist.heard(told)

    def clip_over(self, source: str) -> None:
        """A clip was played to its end, or cannot be played."""
        for room, state in self._rooms.items():
            if self.understudy is not None and isinstance(state, Pitch):
                end = self.understudy.over(state, source)
                if end is not None:
                    self._over[room] = end
                    self._look_at(room)

    def media_lost(self, index: int) -> None:
        """A media process died."""
        log.warning("media process %d is gone", index)
        for session in self._sessions:
            session.tell(wire.MediaLost())

    def media_back(self, index: int) -> None:
        """It is up again: browsers connect anew, and every seat is said once more.

        Said twice, since another server may remember what was true before it handed a
        stage over to us, and says that when it notices the same.
        """
        log.warning("media process %d is back", index)
        self.media_changed()
        asyncio.get_running_loop().call_later(SETTLED, self._say_all_routes)
        for session in self._sessions:
            session.tell(wire.MediaBack())

    def media_changed(self) -> None:
        """A media process came or went while others go on: say everything once more."""
        if self.recordist is not None:
            self.recordist.say_again()
        if self.understudy is not None:
            self.understudy.media_back()
        self._say_all_routes()

    # Details

    def _look_at(self, room: str) -> None:
        self._stale.add(room)
        self._stirred.set()

    def _hand_over(self, room: str) -> None:
        """The room is hosted elsewhere by now; what it needs is said there."""
        self._rooms.pop(room, None)
        stage = room.removeprefix(STAGE)
        self._routed = {key: source for key, source in self._routed.items() if key[0] != stage}
        if self.understudy is not None:
            self.understudy.hand_over(stage)
        if room == foyer.ROOM:
            self._cued.clear()
        if room == lounge.ROOM:
            self._tables.forget()

    def _say_all_routes(self) -> None:
        self._routed.clear()
        self._tables.forget()
        for room in self._rooms:
            self._look_at(room)

    async def _set_right(self, room: str, media: Routes) -> None:
        state = self._rooms.get(room)
        if not self._house.hosts(room):
            self._hand_over(room)
        elif isinstance(state, Foyer):
            await self._cue(state)
        elif isinstance(state, Lounge):
            await self._tables.tend(state, media)
        elif isinstance(state, Pitch):
            await self._route(state, media)
            await self._light(room, state)
            await self._tend_cameras(room, state, media)
            await self._insure(room, state, media)

    async def _cue(self, state: Foyer) -> None:
        """Tell each stage what is on and what comes next, and the lounge who is busy when."""
        now = self._clock.now()
        for stage, cue in foyer.cues(state, now).items():
            await self._say_once("stage", STAGE + stage, cue)
        plan = state.agenda.gathering
        admit = lounge.Admit(state.people, plan.meetings, plan.booths)
        await self._say_once("people", lounge.ROOM, admit)
        opens = fair.Admit(state.people, plan.booths, plan.exhibits, (plan.starts_at, plan.ends_at))
        await self._say_once("people", fair.ROOM, opens)
        profiles = wishes.written(state.agenda.gathering.people)
        await self._say_once("profiles", lounge.ROOM, profiles)
        await self._say_once("rounds", lounge.ROOM, foyer.lounge_cue(state, now))

    async def _say_once(self, what: str, room: str, command: Command) -> None:
        key = f"{room} {what}"
        if self._cued.get(key) != command:
            await self._do(room, command)
            self._cued[key] = command

    async def _route(self, state: Pitch, media: Routes) -> None:
        """Put everybody's picture where they sit."""
        for feed, source in pitch.routes(state).items():
            key = (state.stage, feed)
            if key not in self._routed or self._routed[key] != source:
                await media.route(state.stage, feed, source)
                self._routed[key] = source

    async def _light(self, room: str, state: Pitch) -> None:
        """Tell the stage how the pictures of those concerned arrive."""
        concerned = _concerned(state)
        lit = {
            source: light
            for source, light in self._lights.items()
            if source.partition("/")[0] in concerned and source.count("/") == 1
        }
        shown = state.floor.lights
        for source in sorted(lit.keys() | shown.keys()):
            light = lit.get(source, "gone")
            if shown.get(source, "gone") != light:
                person, _, what = source.partition("/")
                await self._do(room, _source_light(person, what, light))

    async def _tend_cameras(self, room: str, state: Pitch, media: Routes) -> None:
        """Tell the stage how cameras and players are, and part from those dismissed."""
        for command in self._cameras.news(state):
            await self._do(room, command)
        for peer in self._cameras.unwelcome(state):
            await media.close(peer)

    async def _insure(self, room: str, state: Pitch, media: Routes) -> None:
        """Let clips play, and clocks stand still, as the stage's insurance says."""
        if self.understudy is None:
            return
        if (end := self._over.pop(room, None)) is not None:
            await self._do(room, end)
        await self.understudy.tend(state, _concerned(state), media, self._do)

    async def _do(self, room: str, command: Command) -> None:
        await self._house.do(room, f"house-{secrets.token_hex(8)}", command, HOUSE)


def _of_browser(peer: str) -> tuple[str, str]:
    """The session a peer belongs to, and what the browser calls it."""
    session, name = (*peer.split(".", 2), "")[:2]
    return session, name


def _concerned(state: Pitch) -> frozenset[str]:
    """Those whose picture may be seen on this stage now or soon."""
    slots = (state.floor.live, *state.floor.upcoming)
    return frozenset(
        {
            *state.floor.green_room,
            *state.floor.invited,
            *(seating.person for seating in state.floor.seats.values()),
            *(person for slot in slots if slot is not None for person in slot.people),
        }
    )


def _source_light(person: str, what: str, light: Light) -> SourceLight:
    camera_or_screen: Literal["camera", "screen"] = "screen" if what == "screen" else "camera"
    return SourceLight(person=person, what=camera_or_screen, state=light)
