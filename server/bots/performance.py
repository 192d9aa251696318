"""One bot's way over the stage: green room, ready, seat, slides, and off again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from server.bots.actor import Actor, Frame, NotTaken
from server.bots.picture import TURNS_PAGE, Camera, Slides, Voice
from server.bots.sending import send

log = logging.getLogger(__name__)

STEPS_UP_EVERY = 2.0  # seconds between two attempts at the same thing


class Performance:
    """A person on a stage, from the green room until cancelled."""

    def __init__(
        self,
        actor: Actor,
        room: str,
        seat: str,
        slides: str | None = None,
        deck: Callable[[], Frame | None] = lambda: None,
    ) -> None:
        self.actor = actor
        self.room = room
        self.seat = seat
        self.slides = slides
        "Title of what is shown on the screen; None: only the camera."
        self.deck = deck
        "What lies ready for the own item, as the house shows it now."
        self.on = asyncio.Event()
        "Set by the director while the own item is live."

    async def play(self) -> None:
        """Stay on this stage; when cancelled, leave it as one should."""
        try:
            await self._wait_in_the_green_room()
            async with self._sending("camera"):
                await self._try("floor.say-ready", state="ready")
                await self._insist("floor.take-seat", seat=self.seat)
                await self._perform()
        finally:
            await self._bow()

    async def _wait_in_the_green_room(self) -> None:
        await self.actor.enter(self.room)
        await self._say_devices_work()
        await self._insist("floor.enter")

    async def _say_devices_work(self) -> None:
        devices = dict.fromkeys(("camera", "microphone", "speaker"), "ok")
        check = {**devices, "path": "direct", "browser": "Bot"}
        try:
            await self.actor.do("foyer", "check.report", check=check)
        except NotTaken as reason:
            log.debug("%s: %s", self.actor.part.person, reason)

    async def _perform(self) -> None:
        await self.on.wait()
        # The agreement given in the green room seats a person by itself; whoever
        # came late, or whose seat was still taken, asks again.
        await self._try("floor.take-seat", seat=self.seat)
        if self.deck() is not None:
            await self._turn_pages()
        if self.slides is None:
            await asyncio.Event().wait()
        async with self._sending("screen"):
            await self._insist("floor.share", on=True)
            await asyncio.Event().wait()

    async def _turn_pages(self) -> None:
        while (deck := self.deck()) is not None:
            await asyncio.sleep(TURNS_PAGE)
            page = int(deck["page"])
            if page < deck["pages"]:
                await self._try("slides.turn", deck=deck["id"], before=page, to=page + 1)

    @asynccontextmanager
    async def _sending(self, what: str) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(send(self.actor, self.room, what, lambda: self._tracks(what)))
            try:
                yield
            finally:
                task.cancel()

    def _tracks(self, what: str) -> list[Camera | Slides | Voice]:
        part = self.actor.part
        if what == "screen":
            return [Slides(self.slides or "", part.name, part.organisation)]
        return [Voice(part.name), Camera(part.name, part.organisation)]

    async def _bow(self) -> None:
        await self._try("floor.leave-seat")
        await self._try("floor.go-out")

    async def _insist(self, kind: str, **fields: object) -> None:
        while True:
            if await self._try(kind, **fields):
                return
            await asyncio.sleep(STEPS_UP_EVERY)

    async def _try(self, kind: str, **fields: object) -> bool:
        try:
            await self.actor.do(self.room, kind, **fields)
        except NotTaken as reason:
            log.debug("%s: %s refused: %s", self.actor.part.person, kind, reason)
            return False
        return True
