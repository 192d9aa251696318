"""A bot's seat at a booth's counter: it stays, answers, and is seen and heard by who is real."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from random import Random
from zlib import crc32

from server.bots.actor import Actor, Frame, NotTaken
from server.bots.lounger import ROOM
from server.bots.picture import Camera, Voice
from server.bots.sending import send

LOOKS_EVERY = 1.0  # seconds
SAYS_SO = 25.0  # seconds between two words that it is still there; seats are kept for 90
ANSWERS = (2.0, 5.0)  # seconds until it answers a line
LINES = {
    "rep": (
        "Schön, dass Sie da sind. Woran arbeiten Sie gerade?",
        "Das passt gut zu einem Thema, das bei uns offen ist.",
        "Die Betreuung teilen sich bei uns Entwicklung und Hochschule.",
        "Lassen Sie gern Ihre Karte da, dann melde ich mich.",
    ),
    "talent": (
        "Danke, dass Sie Zeit haben. Ich schreibe gerade an meiner Arbeit.",
        "Am liebsten würde ich dort weitermachen, wo sie aufhört.",
        "Wie groß ist das Team, in dem ich wäre?",
        "Das klingt gut. Ich hefte meine Karte gleich an Ihre Ausschreibung.",
    ),
}


class Seat:
    """Where one bot sits, if it sits anywhere."""

    def __init__(self, actor: Actor, is_bot: Callable[[str], bool]) -> None:
        self._actor = actor
        self._is_bot = is_bot
        self._me = actor.part.person
        self._chance = Random(crc32(self._me.encode()) + 5)  # noqa: S311 - no secret
        self._sending: asyncio.Task[None] | None = None
        self._tasks: asyncio.TaskGroup | None = None
        self._said = 0
        self._said_so = 0.0
        self.counter: Frame | None = None
        "The talk it sits in."

    def hear(self, frame: Frame) -> None:
        """Take in where this bot sits."""
        match frame:
            case {"type": "snapshot", "room": "lounge", "shown": shown}:
                self.counter = shown["booths"]["counter"]
            case {"type": "told", "event": {"type": "counter.changed", "counter": counter}}:
                if self._me in counter["seats"]:
                    self.counter = counter
                elif self.counter is not None and self.counter["id"] == counter["id"]:
                    self.counter = None
            case {"type": "told", "event": {"type": "counter.closed", "counter": counter}}:
                if self.counter is not None and self.counter["id"] == counter:
                    self.counter = None
            case {"type": "told", "event": {"type": "counter.said", "by": by}}:
                if not self._is_bot(by):
                    self._answer()

    @property
    def lasts(self) -> float:
        """For how many seconds this talk has gone on."""
        return 0.0 if self.counter is None else time.time() - float(self.counter["since"])

    @property
    def with_somebody_real(self) -> bool:
        """Whether anybody who sits here could look."""
        return self.counter is not None and not all(map(self._is_bot, self.counter["seats"]))

    async def stay(self) -> None:
        """Keep the seat and send what is wanted, until cancelled."""
        async with asyncio.TaskGroup() as self._tasks:
            try:
                while True:
                    await asyncio.sleep(LOOKS_EVERY)
                    await self._look()
            finally:
                await self._stop_sending()

    async def do(self, kind: str, **fields: object) -> bool:
        """Say something in the lounge; whether it was taken."""
        try:
            await self._actor.do(ROOM, kind, **fields)
        except NotTaken:
            return False
        return True

    async def _look(self) -> None:
        counter = self.counter
        if counter is None:
            await self._stop_sending()
            return
        now = time.monotonic()
        if now - self._said_so > SAYS_SO:
            self._said_so = now
            await self.do("counter.stay", counter=counter["id"])
        if not self.with_somebody_real:
            await self._stop_sending()
        elif self._sending is None:
            room = f"counter-{counter['id']}"
            self._sending = asyncio.create_task(send(self._actor, room, "camera", self._tracks))
            self._answer()

    def _tracks(self) -> list[Camera | Voice]:
        part = self._actor.part
        return [Voice(part.name), Camera(part.name, part.organisation)]

    def _answer(self) -> None:
        if self._tasks is not None:
            self._tasks.create_task(self._reply())

    async def _reply(self) -> None:
        await asyncio.sleep(self._chance.uniform(*ANSWERS))
        if self.counter is not None:
            lines = LINES["rep" if self._actor.part.role == "rep" else "talent"]
            line = lines[self._said % len(lines)]
            self._said += 1
            await self.do("counter.say", counter=self.counter["id"], text=line)

    async def _stop_sending(self) -> None:
        sending, self._sending = self._sending, None
        if sending is not None:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
