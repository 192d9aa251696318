"""Circles in the media processes: who sits where is seen there, and nobody else gets in.

A circle is a table, a counter, a talk of three, or what a booth shows to whoever looks. Its
connections carry its room and their person in their names, so that whichever server hosts the
lounge can end those that have no business there any more, wherever their browser is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from rooms import circles
from rooms.circles import Circle
from rooms.lounge import Lounge
from rooms.media.control import CIRCLE, CIRCLE_SEATS
from rooms.people import PersonId

Key = tuple[str, str]
"Stage and seat."


class Media(Protocol):
    """What is needed of the media processes."""

    async def route(self, stage: str, seat: str, source: str | None) -> None:
        """Put a source, or nothing, behind a seat."""

    async def close(self, peer: str) -> None:
        """Let a peer go."""


class Call(NamedTuple):
    """A connection of somebody who sits in a circle, as its peer is named."""

    session: str
    name: str
    room: str
    person: PersonId

    @property
    def peer(self) -> str:
        """Its name in the media process."""
        return ".".join(self)


def read(peer: str) -> Call | None:
    """The call behind a peer's name, if it is one."""
    parts = peer.split(".")
    if len(parts) != len(Call._fields) or not circles.is_circle(parts[2]):
        return None
    return Call(*parts)


def stage_of(room: str) -> str:
    """What the media process calls a circle."""
    return CIRCLE + room


def source_of(room: str, person: PersonId, what: str) -> str:
    """What somebody sends to a circle: a name of its own, so that it is seen nowhere else."""
    return f"{room}/{person}/{what}"


def routes(circle: Circle) -> dict[str, str]:
    """Which source belongs behind which seat."""
    found = {
        f"seat-{seat}": source_of(circle.room, person, "camera")
        for person, seat in circle.seats.items()
    }
    if circle.screen is not None:
        found["screen"] = source_of(circle.room, circle.screen, "screen")
    return found


class Tablehands:
    """What the media processes were told of all circles; who hosts the lounge tends them."""

    def __init__(self) -> None:
        self._calls: set[Call] = set()
        self._routed: dict[Key, str | None] = {}
        self._tended: Lounge | None = None

    def peer_changed(self, peer: str, state: str) -> bool:
        """A connection came or went; True if it belongs to a circle."""
        call = read(peer)
        if call is None:
            return False
        if state == "gone":
            self._calls.discard(call)
        else:
            self._calls.add(call)
            self._tended = None
        return True

    def forget(self) -> None:
        """The media processes know nothing any more, or another server tells them from now on."""
        self._routed.clear()
        self._tended = None

    async def tend(self, lounge: Lounge, media: Media) -> None:
        """Put everybody's picture where they sit, and part from those who sit there no longer."""
        if self._is_tended(lounge):
            return
        known = {circle.room: circle for circle in circles.circles(lounge)}
        await self._route(known.values(), media)
        for call in sorted(self._calls):
            circle = known.get(call.room)
            if circle is None or not (circle.public or call.person in circle.seats):
                await media.close(call.peer)
        self._tended = lounge

    def _is_tended(self, lounge: Lounge) -> bool:
        """Most of what happens in the lounge moves nobody."""
        before = self._tended
        return before is not None and (
            lounge.tables is before.tables
            and lounge.breakouts is before.breakouts
            and lounge.booths.counters is before.booths.counters
            and lounge.booths.showing is before.booths.showing
        )

    async def _route(self, known: Iterable[Circle], media: Media) -> None:
        # Empty seats are said as well: another server may have filled them before.
        wanted: dict[Key, str | None] = {
            (stage_of(circle.room), seat): routes(circle).get(seat)
            for circle in known
            for seat in CIRCLE_SEATS
        }
        for key in sorted(self._routed.keys() | wanted.keys()):
            source = wanted.get(key)
            if key not in self._routed or self._routed[key] != source:
                await media.route(*key, source)
            if key in wanted:
                self._routed[key] = source
            else:
                del self._routed[key]
