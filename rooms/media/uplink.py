"""How much a publisher may send (REMB), by what of it arrives and how long that waits."""

from __future__ import annotations

from typing import Final

START: Final = 2_000_000  # bits per second, for all qualities of a picture together
MOST: Final = 3_500_000
LEAST: Final = 150_000
GROWTH: Final = 1.12  # a second
LOSS_HIGH: Final = 0.10  # above this share of lost packets the sender is asked for less,
LOSS_LOW: Final = 0.02  # below this one for more (as in draft-ietf-rmcat-gcc §6)
QUEUE_LONG: Final = 0.12  # seconds of waiting in a queue that say that a line is full
QUEUE_LONGER: Final = 0.4
LONGER: Final = 5  # seconds a queue stays until it is taken for a longer way


class Uplink:
    """One publisher's line, as far as it can be known from this end."""

    def __init__(self) -> None:
        self.allowed = START
        "bits per second"
        self._slow = 0
        self._before = START

    def judge(self, lost: float, queue: float, received: int) -> bool:
        """Take in one second: the share of packets lost, the seconds the others waited in a
        queue, the bits that came through. True if the queue is none: the way has become longer.
        """
        if queue <= QUEUE_LONG:
            self._slow, self._before = 0, self.allowed
        else:
            self._slow += 1
        longer = self._slow > LONGER
        if longer:
            # Less to carry would have shortened a queue.
            self._slow, bits = 0, self._before
        else:
            bits = self._next(lost, queue, received)
        self.allowed = max(LEAST, min(bits, MOST))
        return longer

    def _next(self, lost: float, queue: float, received: int) -> int:
        if queue > QUEUE_LONG:
            return min(self.allowed, round(received * (0.8 if queue < QUEUE_LONGER else 0.5)))
        if lost > LOSS_HIGH:
            return round(self.allowed * (1 - 0.5 * lost))
        if lost < LOSS_LOW and queue < QUEUE_LONG / 2:
            return round(self.allowed * GROWTH)
        return self.allowed
