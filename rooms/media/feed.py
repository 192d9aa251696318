"""One seat's picture, in all its qualities, or its sound: who watches it, and what each gets."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from itertools import zip_longest
from math import inf
from typing import Final

from rooms.media import sdp
from rooms.media.fanout import Fanout
from rooms.media.lane import Lane
from rooms.media.outlet import Outlet, Receiver
from rooms.media.spread import Spread
from rooms.media.track import Track

QUALITIES: Final = {"video": 3, "audio": 1}
RETURNS: Final = 2.0  # seconds until one that faded is believed again: it may be stuttering
FADED: Final = 0.7  # seconds one quality may be silent while another is not


class Feed:
    """Leads every receiver to the lane of its quality, and from lane to lane.

    A receiver sees one SSRC that goes on and on; the lane it had before flows until the new
    one has a clean beginning.
    """

    def __init__(self, kind: str, seat: str, out: Spread, ask: Callable[[Track], None]) -> None:
        """`ask` is called with the track of which somebody needs a keyframe."""
        self.kind = kind
        self.seat = seat
        self.ssrc = secrets.randbelow((1 << 32) - 2) + 2  # 0 and 1 mean something else
        self._ask = ask
        self._fanouts = tuple(
            Fanout(self._lane(), seat, out, self._wish) for _ in range(QUALITIES[kind])
        )
        self._tracks: tuple[Track, ...] = ()
        self._outlets: dict[Receiver, Outlet] = {}
        self._alive: frozenset[int] = frozenset()
        self._faded: dict[int, float] = {}
        "when a quality was last found silent, in monotonic seconds"

    @property
    def rates(self) -> tuple[float | None, ...]:
        """Bits per second of each quality, best first; None for one that is not sent just now."""
        return tuple(
            track.rate if at in self._alive else None for at, track in enumerate(self._tracks)
        )

    def follow(self, tracks: Sequence[Track]) -> None:
        """From here on these stand behind it, best first, or none. A switch for everybody."""
        before, self._tracks = self._tracks, tuple(tracks[: len(self._fanouts)])
        for fanout, old, new in zip_longest(self._fanouts, before, self._tracks):
            if old is not None:
                old.followers.remove(fanout)
            if new is not None:
                new.followers.append(fanout)
            if old is not None or new is not None:
                fanout.switch(new.report if new else None)
        self._alive = frozenset()
        self._faded.clear()
        self._lead_all()

    def look(self, now: float) -> None:
        """Notice which qualities are sent. Call it several times a second."""
        heard = {at: t.heard_at for at, t in enumerate(self._tracks) if t.heard_at is not None}
        newest = max(heard.values(), default=now)
        present = frozenset(at for at, when in heard.items() if newest - when < FADED)
        self._faded |= dict.fromkeys(self._alive - present, now)
        alive = frozenset(at for at in present if now - self._faded.get(at, -inf) >= RETURNS)
        if alive != self._alive:
            self._alive = alive
            self._lead_all()

    def add(self, receiver: Receiver, wanted: int | None = 0) -> None:
        """Somebody watches from now on."""
        self._outlets[receiver] = Outlet(receiver, wanted)
        self._lead(self._outlets[receiver])

    def remove(self, receiver: Receiver) -> None:
        """Somebody has gone."""
        one = self._outlets.pop(receiver, None)
        if one is not None:
            self._stop(one)

    def choose(self, receiver: Receiver, wanted: int | None) -> None:
        """Give somebody this quality, or the nearest there is; None for nothing at all."""
        one = self._outlets.get(receiver)
        if one is not None and one.wanted != wanted:
            one.wanted = wanted
            self._lead(one)

    def echo(self, receiver: Receiver, echoes: bool) -> None:
        """Send a sound twice to somebody who loses many, or no longer."""
        one = self._outlets.get(receiver)
        if one is not None:
            one.echoes = echoes

    def repeat(self, receiver: Receiver, sequences: list[int]) -> int:
        """Send again what somebody misses; returns how many packets there were."""
        one = self._outlets.get(receiver)
        return 0 if one is None or one.fanout is None else one.fanout.repeat(one, sequences)

    def refresh(self, receiver: Receiver) -> None:
        """Somebody cannot show the picture: ask for a clean one."""
        one = self._outlets.get(receiver)
        if one is not None and one.fanout is not None and one.flowing:
            one.fanout.refresh(one)

    def _lead_all(self) -> None:
        for one in self._outlets.values():
            self._lead(one)

    def _lead(self, one: Outlet) -> None:
        """Let an outlet flow from the lane it is to have, or wait for it there."""
        if one.wanted is None:
            self._stop(one)
            return
        goal = self._fanouts[self._nearest(one.wanted)]
        flows = one.fanout if one.flowing else None
        for fanout in self._fanouts:
            if fanout not in (goal, flows):
                fanout.drop(one)
        if flows is not goal and not goal.awaits(one):
            goal.add(one)

    def _stop(self, one: Outlet) -> None:
        for fanout in self._fanouts:
            fanout.drop(one)

    def _nearest(self, wanted: int) -> int:
        """The quality wanted, else a smaller one, else the smallest of the better ones."""
        there = self._alive or range(len(self._tracks))
        worse = [at for at in there if at >= wanted]
        return min(worse) if worse else max(there, default=0)

    def _wish(self, fanout: Fanout) -> None:
        at = self._fanouts.index(fanout)
        if self.kind == "video" and at < len(self._tracks):
            self._ask(self._tracks[at])

    def _lane(self) -> Lane:
        number = sdp.NUMBERS[sdp.CODECS[self.kind][0]]
        start = secrets.randbelow(1 << 15)
        return Lane(self.kind, self.ssrc, number, sdp.CLOCK[self.kind], start)
