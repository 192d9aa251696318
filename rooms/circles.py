"""Circles: the few who see and hear each other through the house: at tables, counters, in talks.

Each has a room name under which browsers send and watch, and a seat for each of its people.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from rooms import counters, stalls, tabletop
from rooms.people import PersonId
from rooms.stalls import Showing

if TYPE_CHECKING:
    from rooms.breakout import Breakout
    from rooms.lounge import Lounge

TALK = "talk-"
"What the room name of a talk that goes through the house begins with."


class Circle(Struct, frozen=True):
    """Who sits together, and where."""

    room: str
    seats: dict[PersonId, int]
    "From 1."
    screen: PersonId | None
    "Whose screen they see."
    public: bool = False
    "Everybody at the gathering may watch; only those who sit here are seen."


def find(lounge: Lounge, room: str) -> Circle | None:
    """The circle of this name, if there is one just now."""
    if room.startswith(tabletop.ROOM):
        table = lounge.tables.tables.get(room.removeprefix(tabletop.ROOM))
        return _circle(lounge, room, table.seats) if table is not None else None
    if room.startswith(counters.ROOM):
        counter = lounge.booths.counters.get(room.removeprefix(counters.ROOM))
        return _circle(lounge, room, counter.seats) if counter is not None else None
    if room.startswith(stalls.SHOW):
        showing = lounge.booths.showing.get(room.removeprefix(stalls.SHOW))
        return _showing(lounge, room, showing) if showing is not None else None
    talk = lounge.breakouts.talks.get(room.removeprefix(TALK)) if room.startswith(TALK) else None
    return _talking(lounge, talk) if talk is not None else None


def is_circle(room: str) -> bool:
    """Whether a room of this name is a circle, if there is one."""
    return room.startswith((tabletop.ROOM, counters.ROOM, stalls.SHOW, TALK))


def people(lounge: Lounge, room: str) -> tuple[PersonId, ...]:
    """Who sits in the circle of this name; nobody, if there is none."""
    circle = find(lounge, room)
    return tuple(circle.seats) if circle is not None else ()


def circles(lounge: Lounge) -> Iterator[Circle]:
    """All circles that have people."""
    for table in lounge.tables.tables.values():
        if table.seats:
            yield _circle(lounge, tabletop.ROOM + table.id, table.seats)
    for counter in lounge.booths.counters.values():
        yield _circle(lounge, counters.room(counter.id), counter.seats)
    for booth, showing in lounge.booths.showing.items():
        yield _showing(lounge, stalls.room(booth), showing)
    for id_ in lounge.breakouts.running:
        if (circle := _talking(lounge, lounge.breakouts.talks[id_])) is not None:
            yield circle


def _talking(lounge: Lounge, talk: Breakout) -> Circle | None:
    """Two talk from browser to browser; three sit in a circle until their talk is over."""
    if talk.via != "sfu" or talk.phase == "over":
        return None
    return _circle(lounge, TALK + talk.id, {each: at for at, each in enumerate(talk.people, 1)})


def _showing(lounge: Lounge, room: str, showing: Showing) -> Circle:
    """One of a booth shows something to whoever looks."""
    return replace(_circle(lounge, room, {showing.person: 1}), public=True)


def _circle(lounge: Lounge, room: str, seats: dict[PersonId, int]) -> Circle:
    return Circle(room, seats, lounge.tables.screens.get(room))
