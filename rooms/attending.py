"""Attending: what happens at booths by itself: calls that lapse, talks that end, who is missed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from rooms import (
    breakout,
    calls,
    counters,
    fronts,
    hosting,
    queues,
    staffing,
    stalls,
    tabletop,
    turns,
)
from rooms.counters import Counter, CounterKept
from rooms.people import PersonId
from rooms.presence import here
from rooms.queues import CalledOff, GivenBack, Missed, Ticket
from rooms.stalls import BoothShowed, Looked, Proposed, SomebodyBack
from schedule.machine import Event

if TYPE_CHECKING:
    from rooms.lounge import Lounge

LOOKS = 3.0  # seconds between two looks at how things are
WARNS = 60.0  # seconds before the agenda calls somebody away
ASKS = 120.0  # seconds until asking to be let in counts as not heard
LOST = 30.0  # seconds after which nobody is expected to be back at once
LEFT = 600.0  # seconds after which nobody stands at a booth who is not in the house
GRACE = 60.0  # seconds more for those who were called before the house itself was away
AT_ONCE = 0.0  # Unix seconds; long ago, so the house looks as soon as it can


def tick(lounge: Lounge, now: float) -> tuple[Event, ...]:
    """One after the other, each on what the one before left behind."""
    happened: list[Event] = []
    for step in _STEPS:
        while events := step(lounge, now):
            for event in events:
                booths = stalls.apply(lounge.booths, event)
                lounge = replace(lounge, booths=booths)
            happened += events
    return tuple(happened)


def due(lounge: Lounge) -> float | None:
    """When `tick` next has something to do; Unix seconds, 0 for at once."""
    return min(_instants(lounge), default=None)


def _instants(lounge: Lounge) -> Iterator[float]:
    booths = lounge.booths
    if _is_attended(lounge):
        yield booths.looked_at + LOOKS
    for queue in booths.queues.values():
        for ticket in queue.tickets.values():
            if _is_void(lounge, ticket) or _fails(lounge, ticket):
                yield AT_ONCE
            elif ticket.called_until is not None:
                yield ticket.called_until
    for counter in booths.counters.values():
        if counter.ends_at is not None:
            yield counter.ends_at
        if any(_parted(lounge, counter)) or counter.seats.keys() - booths.kept.keys():
            yield AT_ONCE
        yield from (booths.kept[each] for each in counter.seats if each in booths.kept)


def _is_attended(lounge: Lounge) -> bool:
    booths = lounge.booths
    waiting = any(queue.tickets for queue in booths.queues.values())
    return bool(booths.staff or booths.counters or booths.watchers or booths.showing or waiting)


# Each step gives the first thing that happens, or nothing


def _voids(lounge: Lounge, now: float) -> tuple[Event, ...]:
    """Tickets of people or booths that there are not any more."""
    for ticket in _tickets(lounge):
        if _is_void(lounge, ticket):
            people = staffing.hearers(lounge, ticket.booth, ticket.person)
            given = GivenBack(ticket.booth, ticket.person, "gone", people)
            return (given, *turns.another(lounge, ticket, now))
    return ()


def _parts(lounge: Lounge, now: float) -> tuple[Event, ...]:
    """Those whose page is gone, who are off the list, who are kept away; and ends of talks."""
    kept = lounge.booths.kept
    for counter in lounge.booths.counters.values():
        if counter.ends_at is not None and counter.ends_at <= now:
            return (hosting.closing(lounge, counter, now),)
        gone = [each for each in counter.seats if kept.get(each, now + 1) <= now]
        gone += [each for each in _parted(lounge, counter) if each not in gone]
        if gone:
            return hosting.leaving(lounge, counter, now, *gone)
    return ()


def _keeps(lounge: Lounge, now: float) -> tuple[Event, ...]:
    """Those of whom we do not know how long to keep the seat: they sat down, or we restarted."""
    known = lounge.booths.kept
    new = {
        person: now + hosting.STAYS
        for counter in lounge.booths.counters.values()
        for person in counter.seats
        if person not in known
    }
    return (CounterKept(new),) if new else ()


def _calls(lounge: Lounge, now: float) -> tuple[Event, ...]:
    """Calls that nobody answered in time, and calls that do not hold any more."""
    for ticket in _tickets(lounge):
        if ticket.called_until is None:
            continue
        if _fails(lounge, ticket):
            return _called_off(lounge, ticket, now)
        if ticket.called_until <= now:
            if lounge.booths.looked_at == 0:
                return (_once_more(lounge, ticket, now),)
            return (_missed(lounge, ticket), *turns.another(lounge, ticket, now))
    return ()


def _once_more(lounge: Lounge, ticket: Ticket, now: float) -> Event:
    """The house itself was away meanwhile, which is nobody's fault."""
    people = staffing.hearers(lounge, ticket.booth, ticket.person)
    return queues.Called(replace(ticket, called_until=now + GRACE), people)


def _missed(lounge: Lounge, ticket: Ticket) -> Event:
    people = staffing.hearers(lounge, ticket.booth, ticket.person)
    if ticket.missed or ticket.invited:
        return GivenBack(ticket.booth, ticket.person, "missed", people)
    return Missed(ticket.booth, ticket.person, people)


def _called_off(lounge: Lounge, ticket: Ticket, now: float) -> tuple[Event, ...]:
    """They keep the place; an invitation that does not hold is none."""
    people = staffing.hearers(lounge, ticket.booth, ticket.person)
    off: Event = CalledOff(ticket.booth, ticket.person, people)
    if ticket.invited:
        off = GivenBack(ticket.booth, ticket.person, "own", people)
    return (off, *turns.another(lounge, ticket, now))


def _look(lounge: Lounge, now: float) -> tuple[Event, ...]:
    """Every few seconds: who is missing, whom the agenda calls, who is free again."""
    if not _is_attended(lounge) or now < lounge.booths.looked_at + LOOKS:
        return ()
    booths, around = lounge.booths, here(lounge.presence)
    concerned = {*booths.staff, *(ticket.person for ticket in _tickets(lounge))} - around
    gone = {each: booths.gone.get(each, now) for each in sorted(concerned)}
    return (
        Looked(now, gone),
        *_steps_back(lounge, gone, now),
        *_doors(lounge, around, now),
        *_backs(lounge, around, now),
        *_proposes(lounge, now),
    )


# What is seen at a look


def _steps_back(lounge: Lounge, gone: dict[PersonId, float], now: float) -> Iterator[Event]:
    """Whoever is long gone stands at no booth; whoever is gone or expected elsewhere shows none."""
    for person, post in lounge.booths.staff.items():
        known = lounge.people.get(person)
        of_booth = known is not None and staffing.represents(lounge, known, post.booth)
        if not of_booth or now - gone.get(person, now) >= LEFT:
            yield from fronts.stepping_back(lounge, person)
        elif (shows := stalls.shown_by(lounge.booths, person)) is not None and (
            now - gone.get(person, now) >= LOST
            or staffing.expected(lounge, person, now) is not None
        ):
            yield BoothShowed(shows, None)


def _overtaken(lounge: Lounge, now: float) -> tuple[Event, ...]:
    """Calls that the agenda overtook, on one side or the other, or whose caller is lost."""
    gone = lounge.booths.gone
    for ticket in _tickets(lounge) if lounge.booths.looked_at == now else ():
        rep = ticket.called_by
        if rep is None or _fails(lounge, ticket):
            continue
        lost = now - gone.get(rep, now) >= LOST or staffing.expected(lounge, rep, now) is not None
        if lost or staffing.expected(lounge, ticket.person, now) is not None:
            return _called_off(lounge, ticket, now)
    return ()


def _doors(lounge: Lounge, around: frozenset[PersonId], now: float) -> Iterator[Event]:
    """Who asks in vain, is asked in vain, or is called away by the agenda."""
    for counter in lounge.booths.counters.values():
        if counter.ends_at is not None and counter.ends_at <= now:
            continue
        unheard = [
            person
            for person, at in counter.asking.items()
            if now - at >= ASKS or person not in around or staffing.busy(lounge, person)
        ]
        handing = counter.handing
        if handing is not None and (handing.to not in around or staffing.busy(lounge, handing.to)):
            unheard.append(handing.to)
        after = replace(counters.without(counter, *unheard), called=_called(lounge, counter, now))
        if after != counter:
            yield turns.changed(lounge, after, *unheard)


def _called(lounge: Lounge, counter: Counter, now: float) -> dict[PersonId, float]:
    """Whom the agenda wants within the next minute, or has wanted since they sat down."""
    found: dict[PersonId, float] = {}
    for person in counter.seats:
        wanted = [at for at in calls.begins(lounge, person) if counter.since < at <= now + WARNS]
        if wanted:
            found[person] = max(wanted)
    return found


def _backs(lounge: Lounge, around: frozenset[PersonId], now: float) -> Iterator[Event]:
    for booth, wanting in lounge.booths.tell.items():
        people = sorted(wanting & around)
        if not people or booth not in lounge.exhibitors:
            continue
        there = staffing.at_booth(lounge, booth)
        if any(staffing.duty(lounge, rep, now).state == "free" for rep in there):
            yield from (SomebodyBack(booth, person) for person in people)


def _proposes(lounge: Lounge, now: float) -> Iterator[Event]:
    """One booth at a look: who fits whom is a long sum, and queues are not to wait for it."""
    booths = lounge.booths
    manned = sorted({post.booth for post in booths.staff.values()} & lounge.exhibitors.keys())
    if not manned:
        return
    booth = manned[booths.looks % len(manned)]
    talents = staffing.proposals(lounge, booth, now)
    if talents != booths.proposed.get(booth, ()):
        yield Proposed(booth, talents, staffing.reps(lounge, booth))


# Details


def _tickets(lounge: Lounge) -> Iterator[Ticket]:
    return (ticket for queue in lounge.booths.queues.values() for ticket in queue.tickets.values())


def _is_void(lounge: Lounge, ticket: Ticket) -> bool:
    return ticket.person not in lounge.people or ticket.booth not in lounge.exhibitors


def _fails(lounge: Lounge, ticket: Ticket) -> bool:
    """Whether a call cannot lead to a talk any more."""
    rep = ticket.called_by
    if rep is None:
        return False
    post = lounge.booths.staff.get(rep)
    if post is None or post.paused or post.booth != ticket.booth:
        return True
    if staffing.busy(lounge, ticket.person) or not staffing.may_meet(lounge, rep, ticket.person):
        return True
    if not ticket.counter:
        return staffing.busy(lounge, rep)
    counter = lounge.booths.counters.get(ticket.counter)
    return counter is None or not counter.has_room or rep not in counter.seats


def _parted(lounge: Lounge, counter: Counter) -> Iterator[PersonId]:
    """Those who keep somebody away who sits there too, are off the list, or sit elsewhere by now.

    Whoever sits down at a counter gets up everywhere else; so it is the other place that is new.
    """
    for person in counter.seats:
        blocks = lounge.safety.blocks.get(person, frozenset())
        known = person in lounge.people and counter.booth in lounge.exhibitors
        elsewhere = breakout.engaged(lounge, person) or tabletop.seat_of(lounge.tables, person)
        if not known or elsewhere or not blocks.isdisjoint(counter.seats):
            yield person


_STEPS: tuple[Callable[[Lounge, float], tuple[Event, ...]], ...] = (
    _voids, _parts, _calls, _look, _overtaken, _keeps,
)  # fmt: skip
