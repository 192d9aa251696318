"""Leads the tour of the demo and its vote, unless somebody real sits at the desk."""

from __future__ import annotations

import time
from collections.abc import Callable

from server.bots.actor import Actor, Frame, NotTaken
from server.bots.lounger import ROOM

FAIR = "fair"
STAYS = 45.0  # seconds the tour is at each stand
BALLOT = "favourite"


class Guide:
    """The moderator bot's part at the fair."""

    def __init__(self, moderator: Actor, somebody_real: Callable[[], bool]) -> None:
        self._moderator = moderator
        self._somebody_real = somebody_real
        self._tour: Frame = {"item": None}
        self._stands: list[str] = []
        self._vote = ""
        self._entered = False

    def hear(self, frame: Frame) -> None:
        """Take in where the tour is, what hangs there, and how the vote stands."""
        match frame:
            case {"type": "snapshot", "room": "lounge", "shown": shown}:
                self._tour = shown["tour"]
            case {"type": "snapshot", "room": "fair", "shown": shown}:
                self._stands = [f"/exhibition/{each['id']}" for each in shown["exhibits"]]
                self._vote = shown["gallery"]["favourite"]["stands"]
            case {"type": "told", "event": {"type": "tour.began", "item": item, "at": at}}:
                self._tour = {"item": item, "stop": None, "at": at}
            case {"type": "told", "event": {"type": "tour.went", "stop": stop, "at": at}}:
                self._tour = {**self._tour, "stop": stop, "at": at}
            case {"type": "told", "event": {"type": "tour.ended"}}:
                self._tour = {"item": None}
            case {"type": "told", "event": {"type": "ballot.opened"}}:
                self._vote = "open"
            case {"type": "told", "event": {"type": "ballot.closed"}}:
                self._vote = "closed"

    async def look(self, award: bool) -> None:
        """Go on to the next stand, open the vote, or close it; `award` says that it is time."""
        if not self._entered:
            self._entered = True
            await self._moderator.enter(FAIR)
        if self._somebody_real():
            return
        try:
            await self._lead()
            if self._vote == "waiting":
                await self._moderator.do(FAIR, "ballot.open", ballot=BALLOT)
            elif self._vote == "open" and award:
                await self._moderator.do(FAIR, "ballot.close", ballot=BALLOT)
        except NotTaken:
            return

    async def _lead(self) -> None:
        if self._tour["item"] is None or not self._stands:
            return
        stop = self._tour["stop"]
        if stop is not None and time.time() - self._tour["at"] < STAYS:
            return
        after = self._stands.index(stop) + 1 if stop in self._stands else 0
        await self._moderator.do(ROOM, "tour.go", stop=self._stands[after % len(self._stands)])
