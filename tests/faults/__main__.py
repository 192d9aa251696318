"""`make faults`: what a viewer sees through bad lines and after deaths, as a table."""

from __future__ import annotations

import math
import os
import signal
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from playwright.sync_api import Playwright, sync_playwright

from tests.browser.visiting import eventually
from tests.faults.network import Reception, Theatre, theatre
from tests.lossy import lossy, unavailable

LASTS: Final = 15.0  # seconds of bad weather
DEATHS: Final = 30
"""Of which the 95th percentile is told."""
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
