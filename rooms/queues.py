"""Queues: who waits at which booth, in which order; a place belongs to its person.

A place survives everything but its owner's will: reloads, lost networks, a restart of the house.
Whoever does not come when called keeps a place near the front once; the second time it is free.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heapify, heapreplace
from typing import Annotated, Any, Literal, TypeVar

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms.people import PersonId
from schedule.machine import Event

COMES = 120.0  # seconds somebody who is called has to come
SECOND = 1  # the place of whoever missed a turn: behind the one who is next
SURELY = 60.0  # seconds a talk still takes that has taken longer than most

BoothId = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[a-z0-9][a-z0-9-]*$")]
Why = Literal["own", "declined", "missed", "gone"]
V = TypeVar("V")


class Ticket(Struct, frozen=True, rename="camel"):
    """Somebody's place in a booth's queue."""

    booth: BoothId
    person: PersonId
    number: int
    "From 1 at each booth; no two have the same."
    taken_at: float
    "Unix seconds."
    topic: str = ""
    "What they would like to talk about."
    invited: bool = False
    "The booth asked them to come; they did not wait, and their place ends with the call."
    called_by: PersonId | None = None
    "The representative who waits for them now."
    called_until: float | None = None
    counter: str = ""
    "The talk they are called to, if it goes on already."
    missed: int = 0


class Queue(Struct, frozen=True):
    """Those who wait at one booth."""

    tickets: dict[PersonId, Ticket] = {}
    "In the order of their turns."
    issued: int = 0
    "The last number."


Queues = dict[BoothId, Queue]


# Events; `people` are the one whose ticket it is and the booth's representatives, who alone hear


class TicketTaken(Event, frozen=True, tag="booth.ticket-taken"):
    """Somebody waits at a booth from now on."""

    ticket: Ticket
    people: tuple[PersonId, ...]


class Called(Event, frozen=True, tag="booth.called"):
    """It is somebody's turn: they have until `ticket.calledUntil` to come."""

    ticket: Ticket
    people: tuple[PersonId, ...]


class CalledOff(Event, frozen=True, tag="booth.called-off"):
    """A call does not hold any more, and that is not their fault: they keep their place."""

    booth: BoothId
    person: PersonId
    people: tuple[PersonId, ...]


class Missed(Event, frozen=True, tag="booth.missed"):
    """Somebody did not come in time, and is second from now on."""

    booth: BoothId
    person: PersonId
    people: tuple[PersonId, ...]


class GivenBack(Event, frozen=True, tag="booth.given-back"):
    """A ticket is no more."""

    booth: BoothId
    person: PersonId
    why: Why
    people: tuple[PersonId, ...]


class Came(Event, frozen=True, tag="booth.came"):
    """Somebody who was called is there; the ticket has served its purpose."""

    booth: BoothId
    person: PersonId
    counter: str
    people: tuple[PersonId, ...]


EVENTS: tuple[type[Event], ...] = (TicketTaken, Called, CalledOff, Missed, GivenBack, Came)


# What others ask


def ticket(queues: Queues, booth: BoothId, person: PersonId) -> Ticket | None:
    """Somebody's ticket at a booth."""
    queue = queues.get(booth)
    return queue.tickets.get(person) if queue is not None else None


def ahead(queues: Queues, booth: BoothId, person: PersonId) -> int | None:
    """How many are before somebody; None without a ticket."""
    queue = queues.get(booth)
    if queue is None or person not in queue.tickets:
        return None
    return tuple(queue.tickets).index(person)


def call_of(queues: Queues, person: PersonId) -> Ticket | None:
    """The call that somebody should answer just now; never more than one."""
    for queue in queues.values():
        own = queue.tickets.get(person)
        if own is not None and own.called_by is not None:
            return own
    return None


def call_by(queues: Queues, booth: BoothId, rep: PersonId) -> Ticket | None:
    """Whom a representative waits for."""
    queue = queues.get(booth)
    if queue is None:
        return None
    return next((each for each in queue.tickets.values() if each.called_by == rep), None)


def estimate(frees: tuple[float, ...], pace: float, before: int, now: float) -> float | None:
    """In how many seconds it is the turn of somebody with so many before them.

    `frees` says when each of the booth's people is free, 0 for at once; `pace` is how long
    their talks usually take. None while nobody there can say.
    """
    if not frees:
        return None
    line = [now if free == 0 else max(free, now + SURELY) for free in frees]
    heapify(line)
    for _ in range(before):
        heapreplace(line, line[0] + pace)
    return line[0] - now


# How events change it


def apply(queues: Queues, event: Event) -> Queues:
    """The queues after `event`."""
    applies = _APPLIES.get(type(event))
    return applies(queues, event) if applies is not None else queues


def _taken(queues: Queues, event: TicketTaken) -> Queues:
    new = event.ticket
    queue = queues.get(new.booth, Queue())
    tickets = {**queue.tickets, new.person: new}
    return {**queues, new.booth: Queue(tickets, max(queue.issued, new.number))}


def _called(queues: Queues, event: Called) -> Queues:
    """An invitation brings its ticket along; whoever waits keeps the place in the row."""
    return _taken(queues, TicketTaken(event.ticket, event.people))


def _called_off(queues: Queues, event: CalledOff) -> Queues:
    known = ticket(queues, event.booth, event.person)
    if known is None:
        return queues
    return _taken(queues, TicketTaken(uncalled(known), event.people))


def _missed(queues: Queues, event: Missed) -> Queues:
    queue = queues.get(event.booth, Queue())
    known = queue.tickets.get(event.person)
    if known is None:
        return queues
    place = tuple(queue.tickets).index(event.person)
    rest = [each for each in queue.tickets.values() if each.person != event.person]
    rest.insert(max(SECOND, place), replace(uncalled(known), missed=known.missed + 1))
    after = replace(queue, tickets={each.person: each for each in rest})
    return {**queues, event.booth: after}


def _gone(queues: Queues, event: GivenBack | Came) -> Queues:
    queue = queues.get(event.booth, Queue())
    rest = {person: each for person, each in queue.tickets.items() if person != event.person}
    return {**queues, event.booth: replace(queue, tickets=rest)}


def uncalled(known: Ticket) -> Ticket:
    """The ticket without its call."""
    return replace(known, called_by=None, called_until=None, counter="")


_APPLIES: dict[type[Event], Callable[[Queues, Any], Queues]] = {
    TicketTaken: _taken,
    Called: _called,
    CalledOff: _called_off,
    Missed: _missed,
    GivenBack: _gone,
    Came: _gone,
}
