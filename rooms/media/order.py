"""A track's packets in order: what is missing is asked for, and waited for, a moment long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rooms.media.keyframes import Descriptor
from rooms.media.rtp import Rtp

Ready = tuple[int, Rtp, Descriptor | None]
"A packet to hand on: its number, the packet, what is known of it."

REORDERED: Final = 0.008  # seconds a packet may be late before it counts as missing
PATIENCE: Final = 0.15  # seconds what came after a hole waits for it to be filled
TRIES: Final = 12  # times a missing packet is asked for,
GIVEN_UP: Final = 1.2  # and seconds after which it is not asked for any more
SOONEST: Final = 0.02  # seconds until it is asked for again, however near its sender seems
LATEST: Final = 0.25
FAR: Final = 0.05  # seconds for a question and its answer, until the first one is measured
HELD: Final = 400  # packets that may wait; more would be a flood, and goes on as it is


@dataclass(slots=True)
class Hole:
    """A packet that did not come."""

    since: float
    ask_at: float
    tries: int = 0
    asked_at: float = 0.0


class Order:
    """Hands packets on by their numbers.

    A picture cannot be shown before all of it is there. So a packet that overtook another
    waits for it here, once, instead of at every viewer, who would all ask for the same.
    """

    def __init__(self) -> None:
        self.holes: dict[int, Hole] = {}
        self.far = FAR
        "seconds from a question to its answer, smoothed"
        self._next: int | None = None
        self._held: dict[int, Ready] = {}

    def take(self, ready: Ready, now: float) -> list[Ready]:
        """A packet came; returns those to hand on now, in order but for what came too late."""
        number = ready[0]
        hole = self.holes.pop(number, None)
        if hole is not None and hole.tries == 1:
            self.far += ((now - hole.asked_at) - self.far) / 8
        if self._next is not None and number > self._next:
            self._held[number] = ready
            return self.release(now)
        if self._next is None or number == self._next:
            self._next = number + 1
        return [ready, *self.release(now)] if self._held else [ready]

    def miss(self, start: int, end: int, now: float) -> None:
        """The packets from `start` up to, not with, `end` have not come."""
        for number in range(start, end):
            self.holes[number] = Hole(now, now + REORDERED)

    def skip(self) -> list[Ready]:
        """Ask for nothing more, wait for nothing more; returns what is held."""
        self.holes.clear()
        ready = sorted(self._held.values(), key=lambda each: each[0])
        self._held.clear()
        self._next = None
        return ready

    def release(self, now: float) -> list[Ready]:
        """What needs not, or must not, wait any longer. Call it many times a second."""
        ready: list[Ready] = []
        while self._held and self._next is not None:
            held = self._held.pop(self._next, None)
            if held is not None:
                ready.append(held)
            elif self._waits(self._next, now):
                break
            self._next += 1
        return ready

    def overdue(self, now: float) -> list[int]:
        """The numbers to ask for now, rising."""
        asked: list[int] = []
        for number, hole in self.holes.items():
            if hole.ask_at <= now:
                hole.tries += 1
                hole.asked_at = now
                wait = min(max(SOONEST, 1.3 * self.far), LATEST)
                # Who asks in vain asks less often, in case the line is merely full.
                hole.ask_at = now + wait * min(hole.tries, 4) ** 0.5
                asked.append(number)
        return asked

    def give_up(self, now: float) -> list[int]:
        """The numbers nobody will send any more, by now."""
        gone = [
            number
            for number, hole in self.holes.items()
            if hole.tries > TRIES or (hole.tries and now - hole.since > GIVEN_UP)
        ]
        for number in gone:
            del self.holes[number]
        return gone

    def _waits(self, number: int, now: float) -> bool:
        hole = self.holes.get(number)
        return hole is not None and now - hole.since < PATIENCE and len(self._held) < HELD
