"""A representative's bot at its company's booth: is there, calls, talks, answers what arrives."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from random import Random
from typing import Any
from zlib import crc32

from server.bots.actor import Actor, Frame, NotTaken
from server.bots.courtesy import Courtesy
from server.bots.page import Pages
from server.bots.picture import Camera, Voice
from server.bots.seat import Seat
from server.bots.sending import send

FAIR = "fair"
LOOKS_EVERY = 2.0  # seconds
AMONG_BOTS = 70.0  # seconds two bots talk
IN_HASTE = 15.0  # seconds they do while somebody real waits
WITH_PEOPLE = 300.0  # seconds a bot talks with somebody real, if others wait
INVITES = 0.01  # chance at each look to invite somebody idle
ANSWERS = (12.0, 40.0)  # seconds until it answers a letter or a pin
STANDS = {"free", "talk", "break"}
"How somebody's state reads who is at the booth."
LETTER = (
    "Vielen Dank für Ihre Zeilen. Kommen Sie gern am Stand vorbei; sonst melden wir uns morgen."
)
CAPTIONS = ("zeigt, was wir bauen", "beantwortet Fragen zum Einstieg", "zeigt die Werkstatt")


class Clerk:
    """One representative at one booth."""

    def __init__(self, actor: Actor, seat: Seat, pages: Pages, courtesy: Courtesy) -> None:
        self._actor = actor
        self._seat = seat
        self._pages = pages
        self._courtesy = courtesy
        self._me = actor.part.person
        self._chance = Random(crc32(self._me.encode()) + 7)  # noqa: S311 - no secret
        self._booth: str | None = None
        self._stalls: Frame = {}
        self._waiting: dict[str, Frame] = {}
        self._proposed: list[str] = []
        self._answered: set[str] = set()
        self._tasks: asyncio.TaskGroup | None = None
        self._showing: asyncio.Task[None] | None = None

    def hear(self, frame: Frame) -> None:
        """Take in what happens at the own booth."""
        match frame:
            case {"type": "snapshot", "room": "lounge", "shown": shown}:
                self._begin(shown)
            case {"type": "shown", "view": {"type": "booths.shown", "booths": stalls}}:
                self._stalls = stalls
            case {"type": "told", "event": event}:
                self._told(event)
            case {"type": "snapshot", "room": "fair", "shown": shown}:
                for pin in shown["pins"]["inbox"].values():
                    self._pinned(pin)
                for letter in shown["letters"]["all"].values():
                    self._written(letter)

    async def stay(self) -> None:
        """Staff the booth until cancelled."""
        async with asyncio.TaskGroup() as self._tasks:
            self._tasks.create_task(self._seat.stay())
            await self._actor.enter(FAIR)
            while True:
                await asyncio.sleep(LOOKS_EVERY)
                if self._booth is not None:
                    await self._look(self._booth)

    def _begin(self, shown: Frame) -> None:
        own = self._actor.part.organisation
        found = (each["id"] for each in shown["exhibitors"] if each["organisation"] == own)
        self._booth = next(found, None)
        self._stalls = shown["booths"]["booths"]
        desk = shown["booths"]["desk"] or {"tickets": {}, "proposed": []}
        tickets = desk["tickets"]
        listed = tickets.values() if isinstance(tickets, dict) else tickets
        self._waiting = {each["person"]: each for each in listed}
        self._proposed = list(desk["proposed"])

    def _told(self, event: Frame) -> None:
        match event:
            case {"type": "booth.ticket-taken" | "booth.called", "ticket": ticket}:
                if ticket["booth"] == self._booth and ticket["person"] != self._me:
                    self._waiting[ticket["person"]] = ticket
            case {"type": "booth.given-back" | "booth.came", "booth": booth, "person": person}:
                if booth == self._booth:
                    self._waiting.pop(person, None)
            case {"type": "pin.hung", "pin": pin}:
                self._pinned(pin)
            case {"type": "letter.changed", "what": "posted", "letter": letter}:
                self._written(letter)

    async def _look(self, booth: str) -> None:
        stall = self._stalls.get(booth)
        if stall is None:
            return
        mine = stall["staff"].get(self._me, {"state": "away"})["state"]
        if mine == "away":
            await self._seat.do("booth.be-there", booth=booth, on=True)
        real = [each for each in self._waiting if not self._courtesy.is_bot(each)]
        staffed = self._somebody_real_stands_there(stall)
        self._courtesy.note(booth, bool(real), staffed)
        await self._talk(bool(real))
        if self._seat.counter is None and mine == "free":
            await self._serve(booth, staffed)
        await self._show(booth, bool(stall["watching"]) and mine == "free")

    async def _talk(self, somebody_real_waits: bool) -> None:
        counter = self._seat.counter
        if counter is None or counter["endsAt"] is not None:
            return
        if self._seat.with_somebody_real:
            most = WITH_PEOPLE if self._waiting else 3 * WITH_PEOPLE
        else:
            most = IN_HASTE if somebody_real_waits else AMONG_BOTS
        if self._seat.lasts > most:
            await self._seat.do("booth.finish", counter=counter["id"])

    async def _serve(self, booth: str, staffed: bool) -> None:
        """Call the next one; where a real colleague stands, the queue is theirs."""
        if staffed or any(each["calledBy"] == self._me for each in self._waiting.values()):
            return
        if self._waiting:
            await self._seat.do("booth.next", booth=booth)
        elif self._proposed and self._chance.random() < INVITES:
            await self._seat.do(
                "booth.call", booth=booth, person=self._chance.choice(self._proposed)
            )

    def _somebody_real_stands_there(self, stall: Frame) -> bool:
        return any(
            each["state"] in STANDS and not self._courtesy.is_bot(person)
            for person, each in stall["staff"].items()
        )

    async def _show(self, booth: str, wanted: bool) -> None:
        """Be seen at the booth while somebody looks; bots never look."""
        if wanted and self._showing is None:
            caption = self._chance.choice(CAPTIONS)
            if await self._seat.do("booth.show", booth=booth, on=True, caption=caption):
                work = send(self._actor, f"show-{booth}", "camera", self._tracks)
                self._showing = asyncio.create_task(work)
        elif not wanted and self._showing is not None:
            self._showing.cancel()
            await asyncio.gather(self._showing, return_exceptions=True)
            self._showing = None
            await self._seat.do("booth.show", booth=booth, on=False, caption="")

    def _tracks(self) -> list[Camera | Voice]:
        part = self._actor.part
        return [Voice(part.name), Camera(part.name, part.organisation)]

    # What arrives

    def _pinned(self, pin: Frame) -> None:
        if pin["state"] == "new":
            self._start(pin["id"], pin["person"], self._answer_pin(pin))

    def _written(self, letter: Frame) -> None:
        if letter["state"] == "new" and letter["kind"] == "letter":
            self._start(letter["id"], letter["by"], self._answer_letter(letter))

    def _start(self, entry: str, by: str, work: Coroutine[Any, Any, None]) -> None:
        """Answer in a while, once; while a real colleague is there, the inbox is theirs."""
        left = self._courtesy.leaves(self._actor.part.organisation, by)
        if self._booth is not None and self._courtesy.is_staffed(self._booth):
            left = True
        if self._tasks is None or entry in self._answered or left:
            work.close()
        else:
            self._answered.add(entry)
            self._tasks.create_task(work)

    async def _answer_pin(self, pin: Frame) -> None:
        await asyncio.sleep(self._chance.uniform(*ANSWERS))
        state = self._chance.choice(("invited", "invited", "later"))
        try:
            await self._pages.read(f"/board/cards/{pin['card']}.json")
            await self._actor.do(FAIR, "pin.answer", pin=pin["id"], state=state)
        except (NotTaken, OSError):
            return  # a colleague was faster, or the card is gone

    async def _answer_letter(self, letter: Frame) -> None:
        await asyncio.sleep(self._chance.uniform(*ANSWERS))
        path = f"/booths/{letter['booth']}/inbox/{letter['id']}/answer"
        try:
            await self._pages.send(path, {"text": LETTER})
        except (OSError, LookupError):
            return
