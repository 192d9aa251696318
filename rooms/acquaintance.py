"""Who has sat together with whom, in a talk, at a table or a counter: they may swap contacts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from rooms import breakout
from rooms.people import Person, PersonId
from schedule.machine import Command, Event, View

if TYPE_CHECKING:
    from rooms.lounge import Lounge

AT_ONCE = 0.0  # Unix seconds; long ago, so the house looks as soon as it can


class Met(Event, frozen=True, tag="acquaintance.met"):
    """These sit together, and some of them had not before; they hear it."""

    people: tuple[PersonId, ...]
    at: float


class Acquaintance(Struct, frozen=True):
    """All who have met, so far."""

    met: dict[PersonId, frozenset[PersonId]] = {}


class AcquaintanceShown(Struct, frozen=True, rename="camel"):
    """With whom the reader has sat together."""

    met: tuple[PersonId, ...]
    "Sorted."


COMMANDS: tuple[type[Command], ...] = ()
EVENTS: tuple[type[Event], ...] = (Met,)
VIEWS: tuple[type[View], ...] = ()
STIRS: dict[type[Event], tuple[type[View], ...]] = {}
VIEWED: dict[type[View], Callable[[Lounge, float], View]] = {}


def met(lounge: Lounge, a: PersonId, b: PersonId) -> bool:
    """Whether the two have sat together, or do just now."""
    return b in lounge.acquaintance.met.get(a, ()) or any(
        a in group and b in group for group in _together(lounge)
    )


def of(lounge: Lounge, person: PersonId) -> frozenset[PersonId]:
    """All with whom this person has sat together."""
    return lounge.acquaintance.met.get(person, frozenset())


def decide(lounge: Lounge, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """Nobody asks for anything here."""
    return ()


def tick(lounge: Lounge, now: float) -> tuple[Event, ...]:
    """Remember those who sit together for the first time."""
    return tuple(Met(group, now) for group in _together(lounge) if _new(lounge, group))


def due(lounge: Lounge) -> float | None:
    """At once, if some sit together whom nobody remembers; else never."""
    return AT_ONCE if any(_new(lounge, group) for group in _together(lounge)) else None


def apply(acquaintance: Acquaintance, event: Event) -> Acquaintance:
    """Who has met after `event`."""
    if not isinstance(event, Met):
        return acquaintance
    group = frozenset(event.people)
    known = acquaintance.met
    news = {each: known.get(each, frozenset()) | (group - {each}) for each in event.people}
    return Acquaintance({**known, **news})


def show(lounge: Lounge, reader: Person, now: float) -> AcquaintanceShown:
    """With whom `reader` has sat together."""
    return AcquaintanceShown(tuple(sorted(of(lounge, reader.id))))


def _together(lounge: Lounge) -> Iterator[tuple[PersonId, ...]]:
    for talk in breakout.running(lounge):
        if len(talk.entered) > 1:
            yield tuple(talk.entered)
    for table in lounge.tables.tables.values():
        if len(table.seats) > 1:
            yield tuple(table.seats)
    for counter in lounge.booths.counters.values():
        if len(counter.seats) > 1:
            yield tuple(counter.seats)


def _new(lounge: Lounge, group: tuple[PersonId, ...]) -> bool:
    known = lounge.acquaintance.met
    return any(not known.get(each, frozenset()) >= set(group) - {each} for each in group)
