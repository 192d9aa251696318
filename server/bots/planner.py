"""Plans the rounds of the demo, unless somebody real sits at the desk."""

from __future__ import annotations

import time
from collections.abc import Callable

from server.bots.actor import Actor, Frame, NotTaken
from server.bots.lounger import ROOM

IN_TIME = 180.0  # seconds before a round; until then visitors may still say whom they wish


class Planner:
    """The moderator bot's part in the lounge: a plan in time, published as soon as it is there."""

    def __init__(self, moderator: Actor, somebody_real: Callable[[], bool]) -> None:
        self._moderator = moderator
        self._somebody_real = somebody_real
        self._rounds: list[Frame] = []
        self._plan: Frame = {}

    def hear(self, frame: Frame) -> None:
        """Take in how the rounds and their plan are."""
        match frame:
            case {"type": "snapshot", "room": "lounge", "shown": shown}:
                self._rounds = shown["rounds"]
                self._plan = shown["pairing"]["desk"] or {}
            case {"type": "shown", "view": {"type": "lounge.rounds"} as view}:
                self._rounds = view["rounds"]
            case {"type": "shown", "view": {"type": "pairing.shown"} as view}:
                self._plan = view

    async def look(self) -> None:
        """Ask for a plan, or publish the one that is there."""
        soon = time.time() + IN_TIME
        if not any(t["how"] == "waiting" and t["startsAt"] <= soon for t in self._rounds):
            return
        if self._somebody_real():
            return
        draft = self._plan.get("draft")
        try:
            if draft is not None:
                await self._moderator.do(ROOM, "pairing.publish", number=draft["number"])
            elif self._plan.get("published") is None and self._plan.get("asked") is None:
                await self._moderator.do(ROOM, "pairing.ask")
        except NotTaken:
            return
