"""The postman: tells people wherever they are that a letter came, was answered or waits too long.

Letters lie at the fair, which few pages have open; he brings the news to the lounge, which all
have. He compares how letters stand with how they stood, so it makes no difference who changed
them. What happened while nobody hosted the fair is not told: the pages show it.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from typing import Any, Protocol

from rooms import fair, lounge
from rooms.fair import Fair
from rooms.letters import Letter
from rooms.people import HOUSE, Person
from rooms.post import Bring, News

log = logging.getLogger(__name__)


class House(Protocol):
    """What the postman needs of the house."""

    async def do(self, room: str, op: str, command: Any, by: Person) -> int:
        """Carry out a command; raises `Refused`."""


class Postman:
    """Looks after the letters of the fair while this process hosts it."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._known: dict[str, Letter] | None = None
        self.waiting: asyncio.Queue[Bring] = asyncio.Queue()
        "News that are not brought yet."

    def changed(self, room: str, state: Any) -> None:
        """A room hosted here is another one now."""
        if room != fair.ROOM or (self._known is state.letters.all):
            return
        before, self._known = self._known, state.letters.all
        if before is not None:
            for news in _news(state, before):
                self.waiting.put_nowait(news)

    async def run(self) -> None:
        """Bring what there is, until cancelled."""
        while True:
            news = await self.waiting.get()
            try:
                op = f"post-{secrets.token_hex(12)}"
                await self._house.do(lounge.ROOM, op, news, HOUSE)
            except Exception as error:
                log.warning("the news of a letter was not brought: %s", error)


def _news(state: Fair, before: dict[str, Letter]) -> list[Bring]:
    changed = [each for key, each in state.letters.all.items() if before.get(key) != each]
    return [bring for each in changed for bring in _about(state, each, before.get(each.id))]


def _about(state: Fair, letter: Letter, before: Letter | None) -> list[Bring]:
    staff = fair.staff(state, letter.booth)
    if before is None or letter.at > before.at:
        news: News = "letter" if letter.kind == "letter" else "card"
        return [Bring(staff, letter.booth, news)]
    if letter.late and not before.late:
        return [Bring(staff, letter.booth, "late")]
    if letter.kind == "letter" and letter.state != before.state:
        if letter.state == "answered":
            return [Bring((letter.by,), letter.booth, "answered")]
        if letter.state == "closed" and before.state != "answered":
            return [Bring((letter.by,), letter.booth, "closed")]
    return []
