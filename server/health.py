"""How the house is: what `/healthz` says to whoever watches over it."""

from __future__ import annotations

import asyncio
import tomllib
from collections import deque
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, Protocol

from msgspec import Struct

from server.media import Health as MediaHealth

EVERY: Final = 0.5  # seconds between two measurements
KEPT: Final = 20  # measurements; the worst of the last ten seconds is told

Status = Literal["starting", "ok", "impaired"]


class Report(Struct, frozen=True):
    """What `/healthz` says."""

    status: Status
    version: str
    rooms: tuple[str, ...]
    sessions: int
    media: tuple[MediaHealth, ...]
    lag_ms: float
    "The longest somebody had to wait for this process in the last ten seconds."
    storing: bool = True
    "Whether the disk takes what people do."
    house: Any = None
    "What the live rooms say of themselves."


class Media(Protocol):
    """Whom we ask about the media processes."""

    def health(self) -> tuple[MediaHealth, ...]:
        """How each of them is."""


class Pulse:
    """Measures how late the event loop comes to what is due: the one number that says
    whether this process is out of breath."""

    def __init__(self) -> None:
        self._late: deque[float] = deque((0.0,), maxlen=KEPT)

    @property
    def lag_ms(self) -> float:
        """The worst of the last ten seconds, in milliseconds."""
        return round(1000 * max(self._late), 1)

    async def run(self) -> None:
        """Measure until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + EVERY
            await asyncio.sleep(EVERY)
            self._late.append(max(0.0, loop.time() - due))


def status(media: tuple[MediaHealth, ...], rooms_well: bool, begun: bool) -> Status:
    """Sum it up. Media counts as starting only until all of it was up once."""
    if rooms_well and all(each.up for each in media):
        return "ok"
    return "impaired" if begun else "starting"


@cache
def version() -> str:
    """Foyer's version, as pyproject.toml says."""
    path = Path(__file__).parents[1] / "pyproject.toml"
    return str(tomllib.loads(path.read_text())["project"]["version"])
