"""Turns: take a number, be called, come; and whom a representative calls next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta
from msgspec.structs import replace

from rooms import counters, queues, staffing, stalls, tabletop
from rooms.counters import Counter, CounterChanged
from rooms.people import Person, PersonId, Role
from rooms.queues import COMES, BoothId, Called, Came, GivenBack, Queue, Ticket, TicketTaken
from rooms.stalls import BoothShowed, CameToBooth, Post
from rooms.tabletop import GotUp
from schedule.machine import Command, Event, Refused

if TYPE_CHECKING:
    from rooms.lounge import Lounge

MOST = 8  # queues one can stand in; who stands in more will be missed in all of them


class TakeNumber(Command, frozen=True, tag="booth.take-number"):
    """Wait at a booth, from anywhere in the house."""

    booth: BoothId
    topic: Annotated[str, Meta(max_length=80)] = ""


class GiveBack(Command, frozen=True, tag="booth.give-back"):
    """Wait there no longer, or decline an invitation."""

    booth: BoothId


class Come(Command, frozen=True, tag="booth.come"):
    """Answer the call, and sit down at the counter."""

    booth: BoothId


class Next(Command, frozen=True, tag="booth.next"):
    """Call the first who waits and is in no other talk."""

    booth: BoothId


class Call(Command, frozen=True, tag="booth.call"):
    """Call a certain one who waits, or invite an idle talent."""

    booth: BoothId
    person: PersonId


COMMANDS: tuple[type[Command], ...] = (TakeNumber, GiveBack, Come, Next, Call)


def decide(lounge: Lounge, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows; raises `Refused` with what to do instead."""
    return _DECIDES[type(command)](lounge, command, by, now)


# Visitors


def _take(lounge: Lounge, command: TakeNumber, by: Person, now: float) -> tuple[Event, ...]:
    booth, every = command.booth, lounge.booths.queues
    check_booth(lounge, booth)
    if queues.ticket(every, booth, by.id) is not None:
        return ()
    if staffing.represents(lounge, by, booth):
        raise Refused("This is your own booth. At its desk you can call those who wait.")
    if not staffing.at_booth(lounge, booth):
        raise Refused(
            "Nobody is at this booth just now. Leave your card, or be told when somebody is back."
        )
    if sum(by.id in queue.tickets for queue in every.values()) >= MOST:
        raise Refused(
            "You wait at {most} booths already. Please give one number back first.", most=MOST
        )
    number = every.get(booth, Queue()).issued + 1
    ticket = Ticket(booth, by.id, number, now, command.topic.strip())
    return (TicketTaken(ticket, staffing.hearers(lounge, booth, by.id)),)


def _give_back(lounge: Lounge, command: GiveBack, by: Person, now: float) -> tuple[Event, ...]:
    ticket = queues.ticket(lounge.booths.queues, command.booth, by.id)
    if ticket is None:
        return ()
    why: queues.Why = "declined" if ticket.invited else "own"
    people = staffing.hearers(lounge, ticket.booth, by.id)
    given = GivenBack(ticket.booth, by.id, why, people)
    return (given, *another(lounge, ticket, now))


def _come(lounge: Lounge, command: Come, by: Person, now: float) -> tuple[Event, ...]:
    check_booth(lounge, command.booth)
    ticket = queues.ticket(lounge.booths.queues, command.booth, by.id)
    if ticket is None or ticket.called_by is None:
        seat = counters.of(lounge.booths.counters, by.id)
        if seat is not None and seat.booth == command.booth:
            return ()  # a second click
        raise Refused("It is not your turn yet. We call you when it is.")
    check_idle(lounge, by.id)
    if not staffing.may_meet(lounge, ticket.called_by, by.id):
        raise Refused("This call does not hold any more. You keep your place.")
    counter = _awaited_at(lounge, ticket, now)
    people = staffing.hearers(lounge, ticket.booth, by.id)
    return (
        *leaving_others(lounge, by.id, now),
        *leaving_others(lounge, ticket.called_by, now),
        Came(ticket.booth, by.id, counter.id, people),
        changed(lounge, counters.seated(counter, by.id, as_rep=False)),
    )


def _awaited_at(lounge: Lounge, ticket: Ticket, now: float) -> Counter:
    """The counter they are called to, or a new one with the representative who waits."""
    rep = ticket.called_by
    known = lounge.booths.counters.get(ticket.counter)
    if ticket.counter:
        if known is None or not known.has_room:
            raise Refused("This call does not hold any more. You keep your place.")
        return known
    if rep is None or staffing.busy(lounge, rep):
        raise Refused("This call does not hold any more. You keep your place.")
    id_ = f"c{lounge.booths.opened + 1}"
    return Counter(id_, ticket.booth, (rep,), {rep: 1}, now)


# Representatives


def _next(lounge: Lounge, command: Next, by: Person, now: float) -> tuple[Event, ...]:
    booth = command.booth
    if queues.call_by(lounge.booths.queues, booth, by.id) is not None:
        return ()
    check_idle(lounge, by.id)
    calls = call_next(lounge, booth, by.id, now)
    if not calls:
        raise Refused("Nobody who waits can come just now. They keep their places.")
    return (*stands(lounge, booth, by.id), *calls)


def _call(lounge: Lounge, command: Call, by: Person, now: float) -> tuple[Event, ...]:
    booth, person, every = command.booth, command.person, lounge.booths.queues
    waits_for = queues.call_by(every, booth, by.id)
    if waits_for is not None and waits_for.person == person:
        return ()
    if waits_for is not None:
        raise Refused("You have called somebody already. Please wait until they come.")
    check_idle(lounge, by.id)
    ticket = queues.ticket(every, booth, person) or _invitation(lounge, booth, person, now)
    check_may_call(lounge, by.id, person, now)
    return (*stands(lounge, booth, by.id), called(lounge, ticket, by.id, now))


def _invitation(lounge: Lounge, booth: BoothId, person: PersonId, now: float) -> Ticket:
    known = lounge.people.get(person)
    agreed = person in lounge.booths.willing and known is not None and known.role is Role.TALENT
    if not agreed or person in lounge.booths.uninterested.get(booth, ()):
        raise Refused("Only those who wait here, or agreed to be invited, can be called.")
    number = lounge.booths.queues.get(booth, Queue()).issued + 1
    return Ticket(booth, person, number, now, invited=True)


def check_may_call(lounge: Lounge, rep: PersonId, person: PersonId, now: float) -> None:
    """Raises `Refused` if this representative cannot call somebody now."""
    apart = not staffing.may_meet(lounge, rep, person)
    if person in lounge.safety.blocks.get(rep, ()):
        raise Refused("You keep this person away. A colleague can call them.")
    if apart or not staffing.reachable(lounge, person, now):
        raise Refused("This person cannot come just now. They keep their place.")


def call_next(
    lounge: Lounge, booth: BoothId, rep: PersonId, now: float, but: PersonId = ""
) -> tuple[Called, ...]:
    """The call for the first in the row whom this representative can call, if there is one."""
    for ticket in lounge.booths.queues.get(booth, Queue()).tickets.values():
        if ticket.person == but or not staffing.may_meet(lounge, rep, ticket.person):
            continue
        if staffing.reachable(lounge, ticket.person, now):
            return (called(lounge, ticket, rep, now),)
    return ()


def another(lounge: Lounge, ended: Ticket, now: float) -> tuple[Called, ...]:
    """Whom the representative calls instead of somebody who does not come."""
    rep = ended.called_by
    post = lounge.booths.staff.get(rep) if rep is not None else None
    if rep is None or ended.counter or post is None or post.paused or staffing.busy(lounge, rep):
        return ()
    if staffing.expected(lounge, rep, now) is not None:
        return ()
    return call_next(lounge, ended.booth, rep, now, but=ended.person)


def called(lounge: Lounge, ticket: Ticket, rep: PersonId, now: float, counter: str = "") -> Called:
    """A call to come within two minutes."""
    call = replace(ticket, called_by=rep, called_until=now + COMES, counter=counter)
    return Called(call, staffing.hearers(lounge, ticket.booth, ticket.person))


# What others ask


def stands(lounge: Lounge, booth: BoothId, rep: PersonId) -> Iterator[Event]:
    """Whoever calls or serves somebody stands at the booth."""
    if lounge.booths.staff.get(rep) != Post(booth):
        yield CameToBooth(rep, Post(booth))


def changed(lounge: Lounge, counter: Counter, *left: PersonId) -> CounterChanged:
    """A counter as it is from now on; `left` hear it once more."""
    people = (*counters.around(counter), *staffing.reps(lounge, counter.booth), *left)
    return CounterChanged(counter, tuple(dict.fromkeys(people)))


def leaving_others(lounge: Lounge, person: PersonId, now: float) -> Iterator[Event]:
    """What ends when somebody sits down at a counter: their seat at a table, what they show."""
    table = tabletop.seat_of(lounge.tables, person)
    if table is not None:
        yield GotUp(table.id, person, now)
    booth = stalls.shown_by(lounge.booths, person)
    if booth is not None:
        yield BoothShowed(booth, None)


def check_booth(lounge: Lounge, booth: BoothId) -> None:
    """Raises `Refused` for a booth that there is not."""
    if booth not in lounge.exhibitors:
        raise Refused("This booth is not there any more. Please choose another one.")


def check_idle(lounge: Lounge, person: PersonId) -> None:
    """Raises `Refused` for somebody who is in a talk."""
    if staffing.busy(lounge, person):
        raise Refused("You are in a talk. Please leave it first.")


_DECIDES: dict[type[Command], Callable[[Lounge, Any, Person, float], tuple[Event, ...]]] = {
    TakeNumber: _take,
    GiveBack: _give_back,
    Come: _come,
    Next: _next,
    Call: _call,
}
