"""A talent's bot at the fair: takes numbers, talks at counters, looks at works and asks."""

from __future__ import annotations

import asyncio
import contextlib
from random import Random
from zlib import crc32

from server.bots.actor import Actor, Frame, NotTaken
from server.bots.courtesy import Courtesy
from server.bots.page import Pages
from server.bots.seat import Seat

FAIR = "fair"
LOOKS_EVERY = 2.0  # seconds
SETTLES = 40.0  # seconds within which they set out
CALM = 100.0  # seconds on average between two things one of them does
COMES = 0.4  # chance at each look to follow a call
QUEUE = 2  # in a queue, after which bots go elsewhere
GOES = 240.0  # seconds after which a bot takes its leave of somebody real
TOPICS = ("Abschlussarbeit", "Praktikum", "Einstieg nach dem Abschluss", "Promotion", "")
QUESTIONS = (
    "Wie lange hat der Aufbau gedauert?",
    "Gibt es dazu schon eine Veröffentlichung?",
    "Was war der teuerste Irrtum auf dem Weg?",
    "Lässt sich das auch im Kalten betreiben?",
    "Sucht ihr noch jemanden, der mitmacht?",
)
LINES = ("Guten Abend zusammen.", "Gibt es die Folien von vorhin?", "Danke für das Gespräch!")
WORDS = ("bravo", "aha", "thanks")


class Stroller:
    """One talent on the way through the fair."""

    def __init__(self, actor: Actor, seat: Seat, pages: Pages, courtesy: Courtesy) -> None:
        self._actor = actor
        self._pages = pages
        self._seat = seat
        self._courtesy = courtesy
        self._me = actor.part.person
        self._chance = Random(crc32(self._me.encode()) + 9)  # noqa: S311 - no secret
        self._stalls: dict[str, Frame] = {}
        self._tickets: dict[str, Frame] = {}
        self._works: list[str] = []
        self._jobs: list[str] = []

    def hear(self, frame: Frame) -> None:
        """Take in the booths, the own tickets, and which works there are."""
        match frame:
            case {"type": "snapshot", "room": "lounge", "shown": shown}:
                self._stalls = shown["booths"]["booths"]
                self._tickets = dict(shown["booths"]["tickets"])
            case {"type": "shown", "view": {"type": "booths.shown", "booths": stalls}}:
                self._stalls = stalls
            case {"type": "snapshot", "room": "fair", "shown": shown}:
                self._works = [each["id"] for each in shown["exhibits"]]
                self._jobs = sorted(shown["jobs"]["jobs"])
            case {"type": "told", "event": event}:
                self._told(event)

    async def stay(self) -> None:
        """Stroll until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._seat.stay())
            await asyncio.sleep(self._chance.uniform(LOOKS_EVERY, SETTLES))
            # A look is enough: nobody has to stay to know what hangs there.
            await self._actor.enter(FAIR)
            await asyncio.sleep(LOOKS_EVERY)
            await self._actor.leave(FAIR)
            await self._seat.do("booth.willing", on=True)
            tasks.create_task(self._stroll())
            while True:
                await asyncio.sleep(LOOKS_EVERY)
                await self._look()

    def _told(self, event: Frame) -> None:
        match event:
            case {"type": "booth.ticket-taken" | "booth.called", "ticket": ticket}:
                if ticket["person"] == self._me:
                    self._tickets[ticket["booth"]] = ticket
            case {"type": "booth.given-back" | "booth.came", "booth": booth, "person": person}:
                if person == self._me:
                    self._tickets.pop(booth, None)
            case {"type": "booth.called-off" | "booth.missed", "booth": booth, "person": person}:
                if person == self._me and booth in self._tickets:
                    self._tickets[booth] = {**self._tickets[booth], "calledBy": None}

    async def _look(self) -> None:
        counter = self._seat.counter
        if counter is not None:
            if self._seat.with_somebody_real and self._seat.lasts > GOES:
                await self._seat.do("booth.leave", counter=counter["id"])
            return
        for booth, ticket in tuple(self._tickets.items()):
            if ticket["calledBy"] is not None:
                if self._chance.random() < COMES:
                    await self._seat.do("booth.come", booth=booth)
            elif self._courtesy.is_waited_for(booth):
                await self._seat.do("booth.give-back", booth=booth)

    async def _stroll(self) -> None:
        deeds = (self._queue, self._queue, self._visit, self._look_at_works, self._say)
        while True:
            await asyncio.sleep(self._chance.expovariate(1 / CALM))
            await self._chance.choice(deeds)()

    async def _queue(self) -> None:
        """Take a number where the queue is short; first of all where somebody real serves it."""
        if self._tickets or self._seat.counter is not None:
            return
        short = [
            booth
            for booth, stall in self._stalls.items()
            if len(stall["queue"]) < QUEUE
            and not self._courtesy.is_waited_for(booth)
            and any(each["state"] != "away" for each in stall["staff"].values())
        ]
        staffed = [booth for booth in short if self._courtesy.is_staffed(booth)]
        if short:
            booth = self._chance.choice(staffed or short)
            topic = self._chance.choice(TOPICS)
            await self._seat.do("booth.take-number", booth=booth, topic=topic)

    async def _visit(self) -> None:
        """Read a booth's page, or an offer's."""
        paths = [f"/booths/{booth}" for booth in self._stalls] + [f"/jobs/{j}" for j in self._jobs]
        if paths:
            with contextlib.suppress(OSError):
                await self._pages.read(self._chance.choice(paths))

    async def _look_at_works(self) -> None:
        if not self._works:
            return
        work = self._chance.choice(self._works)
        try:
            word = self._chance.choice(WORDS)
            await self._actor.do(FAIR, "gallery.react", work=work, word=word, on=True)
            if self._chance.random() < 0.3:
                text = self._chance.choice(QUESTIONS)
                await self._actor.do(FAIR, "gallery.ask", work=work, text=text)
            await self._actor.do(FAIR, "ballot.vote", ballot="favourite", choice=work)
        except NotTaken:
            return

    async def _say(self) -> None:
        if self._stalls:
            booth = self._chance.choice(sorted(self._stalls))
            await self._seat.do("booth.say", booth=booth, text=self._chance.choice(LINES))
