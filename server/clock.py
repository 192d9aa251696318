"""The house's clock: Unix seconds that never run backwards while a process lives."""

from __future__ import annotations

import time
from typing import Final, Protocol

CATCHING_UP: Final = 0.99  # pace at which we let a wall clock that was set back catch up


class Clock(Protocol):
    """Says what time it is, in Unix seconds."""

    def now(self) -> float:
        """Never less than what it said before."""
        ...


class WallClock:
    """The machine's clock. When it is set back, ours runs on, slightly slower, until they agree:
    a countdown must neither stand still nor jump back before two hundred people."""

    def __init__(self) -> None:
        self._said = time.time()
        self._at = time.monotonic()

    def now(self) -> float:
        """Unix seconds."""
        at = time.monotonic()
        self._said = max(time.time(), self._said + CATCHING_UP * (at - self._at))
        self._at = at
        return self._said
