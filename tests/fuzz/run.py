"""Feeds a target for a while, and watches for whatever must not happen meanwhile."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from tests.fuzz.house import House
from tests.fuzz.kept import keep, kept
from tests.fuzz.targets import Target

SLICE: Final = 0.004  # seconds of feeding until others get their turn,
TURN: Final = 0.004  # and how long that is
STAYING: Final = 3.0  # seconds until the intruder comes in anew, with new streams
PAGE: Final = 4096  # bytes
STILL: Final = 1.0  # seconds it may work while somebody else waits
GROWTH: Final = 5.0  # MB


@dataclass
class Found:
    """What came of it."""

    target: str
    inputs: int = 0
    growth: float = 0.0
    "MB"
    still: float = 0.0
    "seconds of work of the fuzzed process, the longest somebody else waited meanwhile"
    faults: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether nothing happened."""
        return not self.faults and self.growth <= GROWTH and self.still < STILL


async def fuzz(target: Target, house: House, chance: Random, seconds: float) -> Found:
    """Feed it for so long; what it cannot bear is kept."""
    found = Found(target.name)
    make = target.inputs(chance, kept(target.name))
    await house.enter()
    house.watcher.begin()
    began = entered = time.monotonic()
    weighed = 0.0
    while (now := time.monotonic()) < began + seconds:
        if not weighed and now > began + seconds / 3:  # by then what is remembered is full
            weighed = weight()
        if house.outside or now > entered + STAYING:
            await house.enter()
            entered = now
        while time.monotonic() < now + SLICE and len(found.faults) < 10:
            try_out(target, make(), house, found)
        await asyncio.sleep(TURN)
        take_down(target, b"", house, found)
    found.growth = weight() - weighed
    found.still = house.watcher.look()
    if house.lost:
        found.faults.append(f"others were thrown out: {house.lost}")
        house.lost.clear()
    return found


def try_out(target: Target, data: bytes, house: House, found: Found) -> None:
    """Feed one input."""
    found.inputs += 1
    try:
        target.feed(data)
    except Exception as error:
        found.faults.append(f"{error!r}, kept as {keep(target.name, data)}")
    take_down(target, data, house, found)


def take_down(target: Target, data: bytes, house: House, found: Found) -> None:
    """Note what was said of faults since the last time."""
    if house.faults:
        place = keep(target.name, data) if data else "one of the last"
        found.faults.append(f"{house.faults[0]}\n… with {place}")
        house.faults.clear()


def weight() -> float:
    """How much memory this process holds, in MB, when what is free has been given back."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1e6
