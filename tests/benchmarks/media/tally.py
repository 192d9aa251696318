"""Counts one stream at one viewer by its sequence numbers: what came, what did not, what twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

ROUND: Final = 1 << 16
HALF: Final = ROUND // 2
GIVEN_UP: Final = 4096  # missing packets remembered; a longer hole is lost whatever comes


class Tally:
    """Exact even if packets are late, come twice, or step over a rollover."""

    def __init__(self) -> None:
        self.received = 0
        "different packets since `begin`"
        self.repeated = 0
        "packets that had come before"
        self.missing: dict[int, bool] = {}
        "numbers that have not come yet, and whether they were asked for"
        self._lost = 0
        self._first = 0
        self._next: int | None = None

    @property
    def expected(self) -> int:
        """How many were sent since `begin`, as far as this stream tells."""
        return 0 if self._next is None else self._next - self._first

    @property
    def lost(self) -> int:
        """How many of those have not come."""
        return self._lost + len(self.missing)

    @property
    def highest(self) -> int:
        """The newest number, counted past sixteen bits; -1 before the first packet."""
        return -1 if self._next is None else self._next - 1

    def begin(self) -> None:
        """Count anew from the next packet on."""
        self.received = self.repeated = self._lost = 0
        self.missing.clear()
        self._first = self._next or 0

    def take_run(self, sequences: Sequence[int]) -> None:
        """Take packets that came in one go; fast if they follow on each other without a gap."""
        count = len(sequences)
        start = sequences[0]
        if (
            self._next is not None
            and start == self._next % ROUND
            and start + count <= ROUND
            and sequences[-1] == start + count - 1
            and tuple(sequences) == tuple(range(start, start + count))
        ):
            self._next += count
            self.received += count
            return
        for each in sequences:
            self.take(each)

    def take(self, sequence: int) -> None:
        """Take one packet's sequence number of sixteen bits."""
        if self._next is None:
            self._next = self._first = sequence
        step = (sequence - self._next) % ROUND
        if step < HALF:
            self._skip(self._next, self._next + step)
            self._next += step + 1
            self.received += 1
        elif self.missing.pop(number := self._next + step - ROUND, None) is not None:
            self.received += 1
        elif number >= self._first:
            self.repeated += 1

    def unasked(self, most: int) -> list[int]:
        """Missing numbers nobody has asked for yet; from now on they count as asked for."""
        fresh = [number for number, asked in self.missing.items() if not asked][:most]
        for number in fresh:
            self.missing[number] = True
        return fresh

    def _skip(self, start: int, end: int) -> None:
        for number in range(start, end):
            self.missing[number] = False
        while len(self.missing) > GIVEN_UP:
            del self.missing[next(iter(self.missing))]
            self._lost += 1
