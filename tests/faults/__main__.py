"""`make faults`: what a viewer sees through bad lines, after deaths and under fire, as a table."""

from __future__ import annotations

import asyncio
import itertools
import math
import os
import signal
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from playwright.sync_api import Playwright, sync_playwright

from tests.browser.visiting import eventually
from tests.faults.besieged import JOINS, Felt, besieged
from tests.faults.flood import KINDS
from tests.faults.network import Reception, Theatre, theatre
from tests.lossy import lossy, unavailable

LASTS: Final = 15.0  # seconds of bad weather
DEATHS: Final = 30
"""Of which the 95th percentile is told."""
FLOODED: Final = 60.0  # seconds each
BETWEEN: Final = 2.0  # seconds of picture between two deaths


class Line(NamedTuple):
    """One line of the table."""

    what: str
    found: str
    wanted: str
    good: bool


def main() -> int:
    """Print the table; 1 if something does not hold."""
    options = ArgumentParser(prog="python -m tests.faults", description=__doc__)
    options.add_argument("--only", default="", help="lines whose name holds this")
    options.add_argument("--deaths", type=int, default=DEATHS)
    asked = options.parse_args()
    if unavailable():
        print(unavailable(), file=sys.stderr)
        return 1
    good = True
    with sync_playwright() as playwright:
        for name, measure in _measures(asked.deaths):
            if asked.only not in name:
                continue
            for line in _safely(name, lambda: list(measure(playwright))):  # noqa: B023 - at once
                print(f"{line.what:44} {line.found:34} {line.wanted:28} {_mark(line.good)}")
                sys.stdout.flush()
                good = good and line.good
    return 0 if good else 1


def _mark(good: bool) -> str:
    return "holds" if good else "DOES NOT HOLD"


def _safely(name: str, work: Callable[[], list[Line]]) -> list[Line]:
    try:
        return work()
    except AssertionError as error:
        return [Line(name, str(error).splitlines()[0], "", good=False)]


Measure = Callable[[Playwright], Iterator[Line]]


def _measures(deaths: int) -> Iterator[tuple[str, Measure]]:
    yield "viewer behind loss", _viewer_behind_loss
    yield "viewer behind a slow line", _viewer_behind_slowness
    yield "speaker behind loss", _speaker_behind_loss
    yield "blackouts", _blackouts
    yield "changed address", _changed_address
    yield "media process killed", lambda playwright: _media_killed(playwright, deaths)
    yield "server killed", _server_killed
    yield "floods", _flooded


def _viewer_behind_loss(playwright: Playwright) -> Iterator[Line]:
    with _scene(playwright) as scene:
        for loss, least in ((0.05, 0.8), (0.1, 0.8), (0.15, 0.5)):
            yield _pictures(f"viewer, {loss:.0%} lost", scene.through(LASTS, loss=loss), least)
        burst = scene.through(LASTS, loss=0.05, burst=8.0)
        yield _pictures("viewer, 5% lost, 8 in a row", burst, 0.5)
        scene.sees()
        yield _sound("viewer, 30% lost", scene.through(LASTS, loss=0.3))


def _viewer_behind_slowness(playwright: Playwright) -> Iterator[Line]:
    with _scene(playwright) as scene:
        far = scene.through(LASTS, delay=0.15, jitter=0.03)
        yield _pictures("viewer, 300 ms there and back, jitter 60", far, 0.8)
        narrow = scene.through(LASTS, rate=1e6)
        yield _pictures("viewer, 1 Mbit/s", narrow, 0.5)


def _speaker_behind_loss(playwright: Playwright) -> Iterator[Line]:
    with _scene(playwright, speaker_far=True) as scene:
        for loss, least in ((0.05, 0.8), (0.1, 0.8), (0.15, 0.5)):
            yield _pictures(f"speaker, {loss:.0%} lost", scene.through(LASTS, loss=loss), least)


def _blackouts(playwright: Playwright) -> Iterator[Line]:
    with _scene(playwright) as scene:
        for seconds, most in ((2.0, 1.0), (8.0, 3.0), (60.0, 10.0)):
            yield _back(f"nothing for {seconds:.0f} s", scene.blackout(seconds), most)


def _changed_address(playwright: Playwright) -> Iterator[Line]:
    with _scene(playwright) as scene:
        scene.line.move()
        yield _back("another address", scene.back_since(time.time()), 10.0)


def _media_killed(playwright: Playwright, deaths: int) -> Iterator[Line]:
    with _scene(playwright) as scene:
        took: list[float] = []
        for _ in range(deaths):
            died = time.time()
            eventually(lambda: scene.server.media_pids(), "a media process")
            os.kill(scene.server.media_pids()[0], signal.SIGKILL)
            took.append(scene.back_since(died))
            scene.viewer.wait_for_timeout(BETWEEN * 1000)
        slow = sorted(took)[math.ceil(0.95 * len(took)) - 1]
        yield _back(f"media killed, 95th percentile of {deaths}", slow, 4.0)


def _server_killed(playwright: Playwright) -> Iterator[Line]:
    with _scene(playwright) as scene:
        died = time.time()
        scene.server.kill()
        scene.server.start()
        yield _back("server killed and started", scene.back_since(died), 12.0)


def _flooded(_: Playwright) -> Iterator[Line]:
    with ThreadPoolExecutor(1) as aside:  # Playwright has an event loop of its own in this thread
        yield from aside.submit(asyncio.run, _floods()).result()


async def _floods() -> list[Line]:
    with tempfile.TemporaryDirectory() as folder:
        async with besieged(Path(folder)) as inside:
            lines = [
                _felt(f"{kind}, {rate:,} a second", await inside.feel(flood))
                for kind, rate in itertools.product(KINDS, (200, 20_000))
                for flood in [inside.flood(kind, rate, FLOODED)]
            ]
            malformed = await inside.feel(inside.malformed(FLOODED))
            lines.append(_felt("malformed packets of a viewer", malformed))
            strange = await inside.feel(inside.strange_descriptions(FLOODED))
            lines.append(_felt("strange descriptions", strange))
            lines.append(_felt(f"{JOINS} joins in 5 s", await inside.feel(inside.joins_at_once())))
            slowest = max(inside.joins)
    lines.append(Line("the slowest of these joins", f"{slowest:.1f} s", "3 s", slowest <= 3))
    return lines


def _felt(what: str, felt: Felt) -> Line:
    found = f"{felt.done} done, gap {felt.gap:.2f} s, chat {felt.slow * 1000:.0f} ms"
    return Line(what, found, "gap 1 s, chat 200 ms", felt.gap < 1 and felt.slow < 0.2)


def _pictures(what: str, got: Reception, least: float) -> Line:
    found = f"{got.pictures:.0%} of pictures, {got.sound:.0%} of sound, {got.joins} joins"
    return Line(what, found, f"{least:.0%} of pictures", got.pictures >= least)


def _sound(what: str, got: Reception) -> Line:
    found = f"{got.pictures:.0%} of pictures, {got.sound:.0%} of sound, {got.joins} joins"
    return Line(what, found, "sound, no joins", got.sound >= 0.5 and got.joins == 0)


def _back(what: str, seconds: float, most: float) -> Line:
    return Line(what, f"back after {seconds:.1f} s", f"{most:.0f} s", seconds <= most)


@contextmanager
def _scene(playwright: Playwright, *, speaker_far: bool = False) -> Iterator[Theatre]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        with lossy(path) as line, theatre(playwright, line, path, speaker_far=speaker_far) as one:
            yield one


if __name__ == "__main__":
    sys.exit(main())
