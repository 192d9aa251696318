"""One bot at the gathering: a signed-in client that says commands and sends pictures."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any
from uuid import uuid4

from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamTrack
from msgspec import Struct
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin

log = logging.getLogger(__name__)

PATIENCE = 15.0  # seconds for an answer before the bot gives up on one request
RETURNS = 2.0  # seconds between two attempts to come back

Frame = dict[str, Any]


class Part(Struct, frozen=True):
    """Who plays: a person of the gathering and what opens the door for them."""

    person: str
    name: str
    role: str
    organisation: str
    cookie: str


class NotTaken(Exception):
    """The house refused; the sentence says why."""


class Actor:
    """A person's connection to the house. Comes back by itself when it breaks."""

    def __init__(self, url: str, origin: str, part: Part) -> None:
        self.part = part
        self._url = url
        self._origin = origin
        self._rooms: set[str] = {"foyer"}
        self._socket: ClientConnection | None = None
        self._answers: dict[str, asyncio.Future[Frame]] = {}
        self._peers: dict[str, RTCPeerConnection] = {}
        self._ops = count(1)
        self._run = uuid4().hex[:12]
        self.hearers: list[Callable[[Frame], None]] = []
        "Called with every frame, one after the other."
        self.here = asyncio.Event()
        "Set while it is connected."
        self._fallen: dict[str, asyncio.Event] = {}

    async def attend(self) -> None:
        """Stay connected until cancelled."""
        while True:
            try:
                await self._attend_once()
            except (OSError, ConnectionClosed, InvalidStatus, TimeoutError) as error:
                log.debug("%s lost the house: %s", self.part.person, error)
            finally:
                self._socket = None
                self.here.clear()
                await self._drop_everything()
            await asyncio.sleep(RETURNS)

    async def enter(self, room: str) -> None:
        """Open a room, now and after every return."""
        self._rooms.add(room)
        if self._socket is not None:
            await self._tell({"type": "join", "room": room})

    async def leave(self, room: str) -> None:
        """Close a room."""
        self._rooms.discard(room)
        if self._socket is not None:
            await self._tell({"type": "leave", "room": room})

    async def do(self, room: str, kind: str, **fields: object) -> None:
        """Carry out a command; raises NotTaken with the house's sentence."""
        op = f"{self._run}-{next(self._ops)}"
        frame = {"type": "do", "op": op, "room": room, "command": {"type": kind, **fields}}
        answer = await self._ask(op, frame)
        if answer["type"] == "refused":
            raise NotTaken(answer["sentence"])

    async def publish(self, room: str, what: str, tracks: Sequence[MediaStreamTrack]) -> str:
        """Send tracks as one's camera or screen; answers the connection's name."""
        peer = f"{self._run}-{what}-{next(self._ops)}"
        # Without a list of its own aiortc asks a STUN server of a third party.
        connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._peers[peer] = connection
        self._fallen[peer] = asyncio.Event()
        for track in tracks:
            connection.addTransceiver(track, direction="sendonly")
        await connection.setLocalDescription(await connection.createOffer())
        sdp = connection.localDescription.sdp
        ask = {"type": "media.publish", "peer": peer, "room": room, "what": what, "sdp": sdp}
        try:
            answer = await self._ask(peer, ask)
            if answer["type"] != "media.answer":
                raise NotTaken(answer.get("sentence", ""))
            await connection.setRemoteDescription(
                RTCSessionDescription(sdp=answer["sdp"], type="answer")
            )
        except BaseException:
            await self._close(peer)
            raise
        return peer

    async def has_fallen(self, peer: str) -> None:
        """Wait until the house has closed one connection."""
        if peer in self._fallen:
            await self._fallen[peer].wait()

    async def hang_up(self, peer: str) -> None:
        """Stop sending over one connection."""
        if self._socket is not None and peer in self._peers:
            await self._tell({"type": "media.hang-up", "peer": peer})
        await self._close(peer)

    async def _attend_once(self) -> None:
        headers = {"Cookie": self.part.cookie}
        async with connect(
            self._url, origin=Origin(self._origin), additional_headers=headers, compression=None
        ) as socket:
            self._socket = socket
            self.here.set()
            for room in sorted(self._rooms):
                await self._send({"type": "join", "room": room})
            async for message in socket:
                self._hear(json.loads(message))

    def _hear(self, frame: Frame) -> None:
        match frame["type"]:
            case "done" | "refused":
                self._answer(frame["op"], frame)
            case "media.answer" | "media.refused":
                self._answer(frame["peer"], frame)
            case "media.gone":
                self._fall(frame["peer"])
            case "media.lost":
                self._fall(*self._peers)
        for hear in self.hearers:
            hear(frame)

    def _answer(self, key: str, frame: Frame) -> None:
        waiting = self._answers.pop(key, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(frame)

    def _fall(self, *peers: str) -> None:
        for peer in peers:
            if peer in self._fallen:
                self._fallen[peer].set()

    async def _ask(self, key: str, frame: Frame) -> Frame:
        if self._socket is None:
            raise NotTaken("not connected")
        waiting: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._answers[key] = waiting
        try:
            async with asyncio.timeout(PATIENCE):
                await self._send(frame)
                return await waiting
        except (TimeoutError, ConnectionClosed) as error:
            raise NotTaken("no answer") from error
        finally:
            self._answers.pop(key, None)

    async def _tell(self, frame: Frame) -> None:
        """Send what is said anew after every return; so a break changes nothing."""
        with contextlib.suppress(ConnectionClosed):
            await self._send(frame)

    async def _send(self, frame: Frame) -> None:
        if self._socket is not None:
            await self._socket.send(json.dumps(frame))

    async def _close(self, peer: str) -> None:
        connection = self._peers.pop(peer, None)
        self._fallen.pop(peer, None)
        if connection is not None:
            await connection.close()

    async def _drop_everything(self) -> None:
        for waiting in self._answers.values():
            if not waiting.done():
                waiting.set_exception(NotTaken("the connection broke"))
        self._answers.clear()
        self._fall(*self._peers)
