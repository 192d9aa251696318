"""Which quality of each picture a viewer gets, by what it shows and what its line carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf, sqrt
from typing import Final, NamedTuple

from rooms.media.control import Size

LOSSY: Final = 0.12  # share of lost packets above which a line carries too much
HOPELESS: Final = 0.25  # above which the sound needs all of it
SLOW: Final = 0.3  # seconds more than at best that a packet and its answer are under way
STUCK: Final = 1.5
SCARCE: Final = 0.85  # share of what we send a browser must allow (REMB) to seem content
LONGER: Final = 5  # reports of a queue in a row until it is taken for a longer way
DRAINING: Final = 0.9  # share of the delay before, below which a queue is getting shorter
TWICE: Final = 2  # bad reports in a row until a picture gets smaller
THRICE: Final = 4  # hopeless ones in a row until there is none
SETTLES: Final = 1.5  # seconds until a smaller picture shows in the reports
FIRST_PAUSE: Final = 4.0  # seconds of quiet until a larger picture is tried,
LONGEST_PAUSE: Final = 120.0  # doubled after each one that was too much, up to this
TRIAL: Final = 8.0  # seconds a larger picture must do well


class Picture(NamedTuple):
    """One seat's picture, as one viewer could get it."""

    size: Size
    "how large it is shown"
    rates: tuple[float | None, ...]
    "bits per second of each quality, best first; None for one that is not sent"


class Rung(NamedTuple):
    """One way to divide a line among the pictures."""

    cost: float
    "bits per second"
    qualities: tuple[int | None, ...]
    "of each picture, 0 the best; None: not at all"


def ladder(pictures: Sequence[Picture]) -> Sequence[Rung]:
    """All ways worth having, dearer and dearer: from no picture at all to the best of each.

    First every visible picture at its smallest, the large ones before the tiles; then the
    large ones better and better. A tile is never worth more than its smallest quality.
    """
    return _climbed(tuple(pictures))


@lru_cache(maxsize=64)  # most viewers show the same
def _climbed(pictures: tuple[Picture, ...]) -> Sequence[Rung]:
    there = [[at for at, rate in enumerate(each.rates) if rate is not None] for each in pictures]
    shown = sorted(
        (at for at, each in enumerate(pictures) if each.size != "hidden" and there[at]),
        key=lambda at: pictures[at].size != "large",
    )
    # Where nothing comes at present, whatever comes is welcome; it costs nothing yet.
    now: list[int | None] = [
        0 if each.size != "hidden" and not there[at] else None for at, each in enumerate(pictures)
    ]
    rungs = [Rung(0.0, tuple(now))]
    for at in shown:
        now[at] = there[at][-1]
        rungs.append(_rung(pictures, now))
    for at in (at for at in shown if pictures[at].size == "large"):
        for better in reversed(there[at][:-1]):
            now[at] = better
            rungs.append(_rung(pictures, now))
    return rungs


def reach(rungs: Sequence[Rung], budget: float) -> int:
    """How far up a line of so many bits per second leads."""
    fitting = [at for at, rung in enumerate(rungs) if rung.cost <= budget]
    return fitting[-1] if fitting else 0


@dataclass
class Line:
    """What is believed of one viewer's line: quick to think less of it, slow to think more."""

    budget: float = inf
    "bits per second of pictures it seems to carry"
    loss: float = 0.0
    "share of packets lost, smoothed"
    _delay: float = 0.0
    _best: float = inf
    _promised: float = inf
    _far: float = inf
    _slow: int = 0
    _bad: int = 0
    _hopeless: int = 0
    _heard_at: float = -inf
    _changed_at: float = -inf
    _quiet_since: float = -inf
    _raised_at: float | None = None
    _pause: float = FIRST_PAUSE

    def promised(self, bits: float) -> None:
        """The browser says how much it can receive (REMB), in bits per second."""
        self._promised = bits

    def reported(self, lost: float, far: float | None, cost: float, now: float) -> None:
        """A report came: the share of packets lost, and the seconds to the viewer and back.

        `cost` is what it was sent, in bits per second of pictures.
        """
        before = self._delay
        if far is not None:
            self._best = min(self._best, far)
            # The better of two, so that a line that merely trembles does not count as slow.
            self._delay, self._far = min(far, self._far) - self._best, far
            self._slow = self._slow + 1 if self._delay > SLOW / 2 else 0
            if self._slow > LONGER:
                self._best = far  # that was no queue: the way itself has become longer
        # A queue that is being worked off needs no more room than it has already got.
        delay = self._delay if self._delay > DRAINING * before else 0.0
        self.loss += (lost - self.loss) / 2
        # What a browser allows is no measure: Chromium, told no sending times, was seen to allow
        # a third of what reached it in good order. It decides where a delay leaves a doubt.
        sharper = 2 if self._promised < SCARCE * cost else 1
        bad = lost > LOSSY or sharper * delay > SLOW
        self._bad = self._bad + 1 if bad else 0
        self._hopeless = self._hopeless + 1 if self.loss > HOPELESS or delay > STUCK else 0
        self._heard_at = now
        if bad:
            self._quiet_since = now

    def judge(self, rungs: Sequence[Rung], now: float) -> Rung:
        """How to divide the line from now on."""
        at = reach(rungs, self.budget)
        if self._is_too_much(at) and now - self._changed_at >= SETTLES:
            at = self._lower(rungs, at, now)
        elif self.budget < inf and self._is_quiet(now):
            at = self._raise(rungs, at, now)
        if self._raised_at is not None and now - self._raised_at > TRIAL:
            self._raised_at, self._pause = None, max(FIRST_PAUSE, self._pause / 2)
        return rungs[at]

    def _is_too_much(self, at: int) -> bool:
        # Sound comes first: the last picture goes when it is clear that it, too, is too much.
        return (at > 1 and self._bad >= TWICE) or (at == 1 and self._hopeless >= THRICE)

    def _is_quiet(self, now: float) -> bool:
        return (
            not self._bad
            and self._heard_at > self._changed_at
            and (now - max(self._quiet_since, self._changed_at) >= self._pause)
        )

    def _lower(self, rungs: Sequence[Rung], at: int, now: float) -> int:
        if self._raised_at is not None:
            self._pause = min(2 * self._pause, LONGEST_PAUSE)
        at -= 1
        self.budget = _between(rungs, at)
        self._raised_at, self._changed_at = None, now
        self._bad = self._hopeless = 0
        return at

    def _raise(self, rungs: Sequence[Rung], at: int, now: float) -> int:
        at = min(at + 1, len(rungs) - 1)
        self.budget = _between(rungs, at)
        self._raised_at = self._changed_at = now
        return at


def _rung(pictures: Sequence[Picture], qualities: Sequence[int | None]) -> Rung:
    costs = (
        each.rates[at] or 0.0
        for each, at in zip(pictures, qualities, strict=True)
        if at is not None and at < len(each.rates)
    )
    return Rung(sum(costs), tuple(qualities))


def _between(rungs: Sequence[Rung], at: int) -> float:
    """A budget for this rung that neither a livelier picture nor a calmer one changes."""
    if at + 1 >= len(rungs):
        return inf
    low, high = rungs[at].cost, rungs[at + 1].cost
    return sqrt(low * high) if low else high / 2
