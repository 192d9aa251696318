"""`make fuzz`: five minutes of nonsense for every parser, and what came of it as a table."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random, SystemRandom
from typing import Final

from tests.fuzz import talk
from tests.fuzz.house import house
from tests.fuzz.run import GROWTH, STILL, Found, fuzz
from tests.fuzz.targets import targets
from tests.running import running, tonight

PROGRAMME: Final = Path(__file__).parents[1] / "browser" / "evening.toml"
SECONDS: Final = 300.0
TALKING: Final = 0.2  # share of the time for the WebSocket, whose server takes a few a second


def main() -> int:
    """Print the table; 1 if something does not hold."""
    options = ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    options.add_argument("--seconds", type=float, default=SECONDS, help="for all together")
    options.add_argument("--only", default="", help="targets whose name holds this")
    options.add_argument("--seed", type=int, default=SystemRandom().randrange(10**9))
    asked = options.parse_args()
    print(f"seed {asked.seed}; wanted: no fault, at most {GROWTH:.0f} MB, {STILL:.0f} s")
    good = asyncio.run(_print(asked))
    return 0 if good else 1


async def _print(asked: Namespace) -> bool:
    good = True
    async for found in fuzzed(asked.seconds, Random(asked.seed), asked.only):
        told = f"{found.inputs:9} inputs  {found.growth:5.1f} MB  others waited {found.still:.2f} s"
        print(f"{found.target:22} {told}  {'holds' if found.good else 'DOES NOT HOLD'}")
        for fault in found.faults:
            print(fault)
        sys.stdout.flush()
        good = good and found.good
    return good


async def fuzzed(seconds: float, chance: Random, only: str = "") -> AsyncIterator[Found]:
    """One target after the other, each for its share of the time."""
    async with house() as media:
        asked = [each for each in targets(media) if only in each.name]
        share = seconds * (1 - TALKING) / max(1, len(asked))
        for target in asked:
            yield await fuzz(target, media, chance, share)
    if only in talk.NAME:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder)
            with running(path, tonight(PROGRAMME, path)) as server:
                yield await talk.talk(server, chance, seconds * TALKING)


if __name__ == "__main__":
    sys.exit(main())
