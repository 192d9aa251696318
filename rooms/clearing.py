"""What happens at the tables by itself: seats given back, knocks that fade, the agenda's calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rooms import calls, circles
from rooms.people import PersonId
from rooms.tabletop import (
    CalledAway,
    GotUp,
    Knocked,
    ScreenShared,
    SeatsKept,
    Table,
    TableClosed,
    TableClosing,
    TableOpened,
    Tables,
    hearers,
)
from schedule.machine import Event

if TYPE_CHECKING:
    from rooms.lounge import Lounge

STAYS = 90.0  # seconds a seat is kept for somebody whose page says nothing,
RETURNS = 10.0  # and for somebody who has left the page, or loads it anew
EMPTY = 60.0  # seconds until a table that people opened and left is cleared away
KNOCKS = 120.0  # seconds until a knock counts as not heard
WARNS = 60.0  # seconds before the agenda calls somebody away
FAREWELL = 20.0  # seconds to say goodbye when a table closes


def tick(lounge: Lounge, now: float) -> tuple[Event, ...]:
    """Seats given back, knocks that faded, calls of the agenda, tables that end and begin."""
    up = tuple(_leaving(lounge, now))
    gone = {event.person for event in up}
    return (
        *up,
        *_noticing(lounge.tables, gone, now),
        *_calling(lounge, gone, now),
        *_fading(lounge.tables, now),
        *_unsharing(lounge, gone),
        *_ending(lounge, now),
        *_beginning(lounge),
    )


def due(lounge: Lounge) -> float | None:
    """When `tick` next has something to do; Unix seconds, 0 for at once."""
    return min(_instants(lounge), default=None)


def closing(table: Table, now: float) -> tuple[Event, ...]:
    """A table ends: at once if nobody sits there, else after a farewell."""
    if table.closes_at is not None:
        return ()
    return (TableClosing(table.id, now + FAREWELL),) if table.seats else (TableClosed(table.id),)


def _leaving(lounge: Lounge, now: float) -> Iterator[GotUp]:
    """Those whose page is gone, who are not at the gathering any more, who are kept away."""
    kept = lounge.tables.kept
    for table in lounge.tables.tables.values():
        parted = frozenset(_parted(lounge, table))
        for person in table.seats:
            if person in parted or kept.get(person, now + 1) <= now:
                yield GotUp(table.id, person, now)


def _parted(lounge: Lounge, table: Table) -> Iterator[PersonId]:
    """Those who keep somebody away who sits there too, and those not on the list any more."""
    for person in table.seats:
        blocks = lounge.safety.blocks.get(person, frozenset())
        if person not in lounge.people or not blocks.isdisjoint(table.seats):
            yield person


def _noticing(tables: Tables, gone: set[PersonId], now: float) -> tuple[Event, ...]:
    """Those of whom we do not know how long to keep the seat: they sat down, or we restarted."""
    new = dict.fromkeys(sorted(_sitting(tables) - tables.kept.keys() - gone), now + STAYS)
    return (SeatsKept(new),) if new else ()


def _ending(lounge: Lounge, now: float) -> Iterator[Event]:
    for table in lounge.tables.tables.values():
        if table.closes_at is not None:
            if table.closes_at <= now:
                yield TableClosed(table.id)
        elif _is_over(lounge, table):
            yield from closing(table, now)
        elif (at := _cleared_at(table)) is not None and at <= now:
            yield TableClosed(table.id)


def _is_over(lounge: Lounge, table: Table) -> bool:
    """Whether it is a table of the organisers who do not want it any more."""
    return table.by is None and table.topic not in lounge.rules.topics


def _cleared_at(table: Table) -> float | None:
    """When a table is cleared away that somebody opened and all have left."""
    if table.by is None or table.empty_since is None:
        return None
    return table.empty_since + EMPTY


def _beginning(lounge: Lounge) -> Iterator[Event]:
    for number, topic in enumerate(_missing(lounge), lounge.tables.opened + 1):
        yield TableOpened(Table(f"t{number}", topic, None))


def _missing(lounge: Lounge) -> list[str]:
    """The topics of the organisers that have no table."""
    if not lounge.tables.open:
        return []
    there = {each.topic for each in lounge.tables.tables.values() if each.by is None}
    return [topic for topic in dict.fromkeys(lounge.rules.topics) if topic not in there]


def _fading(tables: Tables, now: float) -> Iterator[Event]:
    for id_, who in tables.knocks.items():
        for person, at in who.items():
            if at + KNOCKS <= now:
                yield Knocked(id_, person, False, hearers(tables, id_, person), now)


def _calling(lounge: Lounge, gone: set[PersonId], now: float) -> Iterator[Event]:
    for table in lounge.tables.tables.values():
        people = tuple(table.seats)
        for person in table.seats.keys() - gone:
            ahead = [at for at in _ahead(lounge, person) if at - WARNS <= now]
            if ahead:
                yield CalledAway(table.id, person, True, max(ahead), people)
            elif _is_called_off(lounge, person):
                yield CalledAway(table.id, person, False, now, people)


def _ahead(lounge: Lounge, person: PersonId) -> list[float]:
    """The calls of which nothing was said yet."""
    heard = lounge.tables.heard.get(person, 0.0)
    return [at for at in calls.begins(lounge, person) if at > heard]


def _is_called_off(lounge: Lounge, person: PersonId) -> bool:
    called = lounge.tables.called.get(person)
    return called is not None and called not in calls.begins(lounge, person)


def _unsharing(lounge: Lounge, gone: set[PersonId]) -> Iterator[Event]:
    """Screens of those who sit there no longer, and of talks that are over."""
    for name, person in lounge.tables.screens.items():
        people = circles.people(lounge, name)
        if person not in people and person not in gone:
            yield ScreenShared(name, None, people)


def _instants(lounge: Lounge) -> Iterator[float]:
    tables = lounge.tables
    if _sitting(tables) - tables.kept.keys() or _missing(lounge):
        yield 0.0
    if any(person not in circles.people(lounge, name) for name, person in tables.screens.items()):
        yield 0.0
    for table in tables.tables.values():
        if table.closes_at is not None:
            yield table.closes_at
        elif _is_over(lounge, table):
            yield 0.0
        elif (at := _cleared_at(table)) is not None:
            yield at
        if any(_parted(lounge, table)):
            yield 0.0
        for person in table.seats:
            yield from _instants_of(lounge, person)
    for who in tables.knocks.values():
        yield from (at + KNOCKS for at in who.values())


def _instants_of(lounge: Lounge, person: PersonId) -> Iterator[float]:
    """When the seat is given back, and when the agenda's next call is to be said."""
    if (until := lounge.tables.kept.get(person)) is not None:
        yield until
    yield from (at - WARNS for at in _ahead(lounge, person))
    if _is_called_off(lounge, person):
        yield 0.0


def _sitting(tables: Tables) -> frozenset[PersonId]:
    return frozenset(person for table in tables.tables.values() for person in table.seats)
