"""A bot in the lounge: comes to its talks, answers a real partner's call, and swaps cards."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Coroutine
from random import Random
from typing import Any
from zlib import crc32

from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.contrib.media import MediaBlackhole

from server.bots.actor import Actor, Frame, NotTaken
from server.bots.picture import Camera, Voice

log = logging.getLogger(__name__)

ROOM = "lounge"
ARRIVES = (0.5, 6.0)  # seconds after a talk has opened until a bot is there
WISHES = 4  # people on each bot's list
ANSWERS = (2.0, 6.0)  # seconds until it answers a line or a request
REPLIES = (
    "Schön, dass wir uns sprechen. Woran arbeiten Sie gerade?",
    "Das klingt spannend. Seit wann machen Sie das?",
    "Bei uns in der Abteilung sitzen drei Leute an genau dieser Frage.",
    "Schreiben Sie mir gern, dann schicke ich Ihnen das Papier dazu.",
)


class Lounger:
    """One bot's part in one-to-one talks, from the moment it is in the house."""

    def __init__(self, actor: Actor, is_bot: Callable[[str], bool]) -> None:
        """`is_bot` tells with whom no picture is needed, since nobody would look."""
        self._actor = actor
        self._is_bot = is_bot
        self._chance = Random(crc32(actor.part.person.encode()))  # noqa: S311 - no secret
        self._talks: dict[str, Frame] = {}
        self._call: tuple[str, RTCPeerConnection] | None = None
        self._tasks: asyncio.TaskGroup | None = None
        self._said = 0
        self._wished = False

    async def stay(self) -> None:
        """Take part until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            await self._actor.enter(ROOM)
            try:
                await asyncio.Event().wait()
            finally:
                await self._hang_up()

    def hear(self, frame: Frame) -> None:
        """Take in what the house tells this bot."""
        match frame:
            case {"type": "snapshot", "room": "foyer", "shown": shown} if not self._wished:
                self._wished = True
                self._start(self._wish(shown["people"]))
            case {"type": "snapshot", "room": "lounge", "shown": shown}:
                for talk in shown["breakouts"].values():
                    self._opened(talk)
            case {"type": "told", "room": "lounge", "event": event}:
                self._told(event)

    def _told(self, event: Frame) -> None:
        me = self._actor.part.person
        match event:
            case {"type": "breakout.opened", "breakout": talk}:
                self._opened(talk)
            case {"type": "breakout.closed", "breakout": talk}:
                self._talks.pop(talk, None)
                self._start(self._hang_up())
            case {"type": "breakout.signalled", "call": call, "body": body, "breakout": talk} as it:
                self._start(self._answer(talk, it["by"], call, json.loads(body)))
            case {"type": "breakout.said", "breakout": talk, "by": by} if by != me:
                self._start(self._reply(talk, by))
            case {"type": "breakout.wanted-more", "person": by, "on": True} as it if by != me:
                if not self._is_bot(by):
                    self._start(self._go_on(it["breakout"]))
            case {"type": "contacts.offered", "to": to, "by": by} if to == me:
                self._start(self._swap(by))
            case {"type": "booking.changed", "booking": booking} if self._waits_for_me(booking):
                self._start(self._agree(booking))

    async def _wish(self, people: dict[str, Frame]) -> None:
        """Put a few of the other side on the list, as people do before an evening."""
        sides = {"talent": "rep", "rep": "talent"}
        wanted = sides.get(self._actor.part.role)
        others = sorted(person for person, known in people.items() if known["role"] == wanted)
        for place, person in enumerate(self._chance.sample(others, min(WISHES, len(others)))):
            await self._try("wishes.wish", person=person, place=place)

    def _opened(self, talk: Frame) -> None:
        known = talk["id"] in self._talks
        if talk["phase"] != "over" and not known:
            self._talks[talk["id"]] = talk
            self._start(self._come(talk["id"]))

    async def _come(self, talk: str) -> None:
        await asyncio.sleep(self._chance.uniform(*ARRIVES))
        await self._try("breakout.enter", breakout=talk)

    async def _reply(self, talk: str, partner: str) -> None:
        if self._is_bot(partner):
            return
        await asyncio.sleep(self._chance.uniform(*ANSWERS))
        self._said += 1
        await self._try("breakout.say", breakout=talk, text=REPLIES[self._said % len(REPLIES)])

    async def _go_on(self, talk: str) -> None:
        await asyncio.sleep(self._chance.uniform(*ANSWERS))
        await self._try("breakout.extend", breakout=talk)

    async def _swap(self, partner: str) -> None:
        await asyncio.sleep(self._chance.uniform(*ANSWERS))
        await self._try("contacts.offer", person=partner, fields=["mail"])

    def _waits_for_me(self, booking: Frame) -> bool:
        waits = booking["stands"] == "asked" and booking["turn"] == self._actor.part.person
        return bool(waits)

    async def _agree(self, booking: Frame) -> None:
        await asyncio.sleep(self._chance.uniform(*ANSWERS))
        await self._try("booking.accept", booking=booking["id"], slot=booking["slots"][0])

    async def _answer(self, talk: str, partner: str, call: str, body: Frame) -> None:
        """Answer an offer; a page that was loaded anew calls anew."""
        description = body.get("description")
        if not description or description["type"] != "offer":
            return  # our own answer is whole, and the offer's addresses are in the offer
        connection = await self._connection(call)
        offer = RTCSessionDescription(sdp=description["sdp"], type="offer")
        await connection.setRemoteDescription(offer)
        await connection.setLocalDescription(await connection.createAnswer())
        answer = {"type": "answer", "sdp": connection.localDescription.sdp}
        await self._try(
            "breakout.signal",
            breakout=talk,
            to=partner,
            call=f"bot-{call}"[:60],
            body=json.dumps({"description": answer, "of": call}),
        )

    async def _connection(self, call: str) -> RTCPeerConnection:
        if self._call is not None and self._call[0] == call:
            return self._call[1]
        await self._hang_up()
        # Without a list of its own aiortc asks a STUN server of a third party.
        connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._call = call, connection
        part = self._actor.part
        connection.addTrack(Voice(part.name))
        connection.addTrack(Camera(part.name, part.organisation))
        unheard = MediaBlackhole()
        connection.on("track", unheard.addTrack)
        await unheard.start()
        return connection

    async def _hang_up(self) -> None:
        call, self._call = self._call, None
        if call is not None:
            await call[1].close()

    async def _try(self, kind: str, **fields: object) -> None:
        try:
            await self._actor.do(ROOM, kind, **fields)
        except NotTaken as reason:
            log.debug("%s: %s refused: %s", self._actor.part.person, kind, reason)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        if self._tasks is None:
            work.close()
        else:
            self._tasks.create_task(work)
