"""Hosting: what one does at a counter: let in, hand over, be among oneselves, end softly."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from msgspec import Meta
from msgspec.structs import replace

from rooms import counters, queues, staffing
from rooms.counters import (
    FAREWELL,
    Counter,
    CounterClosed,
    CounterId,
    CounterKept,
    CounterSaid,
    Handing,
)
from rooms.people import Person, PersonId
from rooms.presence import here
from rooms.turns import called, changed, check_idle, check_may_call, leaving_others, stands
from schedule.machine import Command, Event, Refused

if TYPE_CHECKING:
    from rooms.lounge import Lounge

STAYS = 90.0  # seconds a seat is kept for somebody whose page says nothing,
RETURNS = 10.0  # and for somebody who has left the page, or loads it anew


class Finish(Command, frozen=True, tag="booth.finish"):
    """Say that the talk ends: all have a moment to say goodbye."""

    counter: CounterId


class LeaveCounter(Command, frozen=True, tag="booth.leave"):
    """Go."""

    counter: CounterId


class HandOver(Command, frozen=True, tag="booth.hand-over"):
    """Ask a colleague to take this talk over."""

    counter: CounterId
    to: PersonId


class TakeOver(Command, frozen=True, tag="booth.take-over"):
    """Take over what a colleague hands over, or would rather not."""

    counter: CounterId
    on: bool = True


class JoinCounter(Command, frozen=True, tag="booth.join"):
    """Ask to stand along; colleagues simply do. Or ask no longer."""

    counter: CounterId
    on: bool = True


class LetIn(Command, frozen=True, tag="booth.let-in"):
    """Let somebody in who asked, or not; or call somebody to the counter who waits."""

    counter: CounterId
    person: PersonId
    on: bool = True


class MakePrivate(Command, frozen=True, tag="booth.make-private"):
    """Be among oneselves: nobody can ask to be let in; or again."""

    counter: CounterId
    on: bool = True


class SayAtCounter(Command, frozen=True, tag="counter.say"):
    """Say something in writing to those at the counter. It is not kept."""

    durable: ClassVar[bool] = False

    counter: CounterId
    text: Annotated[str, Meta(min_length=1, max_length=500)]


class StayAtCounter(Command, frozen=True, tag="counter.stay"):
    """The page of somebody who sits there says that it is there, or that it is closing."""

    durable: ClassVar[bool] = False

    counter: CounterId
    leaving: bool = False


COMMANDS: tuple[type[Command], ...] = (
    Finish, LeaveCounter, HandOver, TakeOver, JoinCounter, LetIn, MakePrivate, SayAtCounter,
    StayAtCounter,
)  # fmt: skip


def decide(lounge: Lounge, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows; raises `Refused` with what to do instead."""
    return _DECIDES[type(command)](lounge, command, by, now)


def leaving(lounge: Lounge, counter: Counter, now: float, *people: PersonId) -> tuple[Event, ...]:
    """What follows when these do not sit there any more, nor wait at its door.

    A talk without visitors is over; one without anybody of the booth says goodbye.
    """
    rest = counters.without(counter, *people)
    if not rest.visitors:
        return (closing(lounge, counter, now),)
    if not rest.reps and rest.ends_at is None:
        rest = replace(rest, ends_at=now + FAREWELL)
    return (changed(lounge, rest, *people),)


def closing(lounge: Lounge, counter: Counter, now: float) -> CounterClosed:
    """The end of a talk."""
    people = (*counters.around(counter), *staffing.reps(lounge, counter.booth))
    talk = counters.over(counter, now)
    return CounterClosed(counter.id, counter.booth, talk, tuple(dict.fromkeys(people)))


def leaving_counter(lounge: Lounge, person: PersonId, now: float) -> tuple[Event, ...]:
    """What follows at a counter when somebody who sits there goes elsewhere."""
    counter = counters.of(lounge.booths.counters, person)
    return leaving(lounge, counter, now, person) if counter is not None else ()


def _finish(lounge: Lounge, command: Finish, by: Person, now: float) -> tuple[Event, ...]:
    counter = _own(lounge, command.counter, by)
    if counter.ends_at is not None:
        return ()
    return (changed(lounge, replace(counter, ends_at=now + FAREWELL, asking={}, handing=None)),)


def _leave(lounge: Lounge, command: LeaveCounter, by: Person, now: float) -> tuple[Event, ...]:
    counter = lounge.booths.counters.get(command.counter)
    if counter is None or by.id not in counter.seats:
        return ()
    return leaving(lounge, counter, now, by.id)


def _hand_over(lounge: Lounge, command: HandOver, by: Person, now: float) -> tuple[Event, ...]:
    counter = _own(lounge, command.counter, by)
    colleague = lounge.people.get(command.to)
    if colleague is None or not staffing.represents(lounge, colleague, counter.booth):
        raise Refused("Only a colleague of your booth can take this talk over.")
    if command.to in counter.seats:
        raise Refused("Your colleague sits here already. You can simply leave.")
    if command.to not in here(lounge.presence) or staffing.busy(lounge, command.to):
        raise Refused("{name} cannot come just now. Please ask somebody else.", name=colleague.name)
    handing = Handing(by.id, command.to)
    if counter.handing == handing:
        return ()
    before = (counter.handing.to,) if counter.handing is not None else ()
    return (changed(lounge, replace(counter, handing=handing), *before),)


def _take_over(lounge: Lounge, command: TakeOver, by: Person, now: float) -> tuple[Event, ...]:
    counter = _counter(lounge, command.counter)
    handing = counter.handing
    if handing is None or handing.to != by.id:
        raise Refused("This talk was not handed to you. Ask your colleague to let you in.")
    unasked = replace(counter, handing=None)
    if not command.on:
        return (changed(lounge, unasked, by.id),)
    check_idle(lounge, by.id)
    _check_gets_on(lounge, counter, by)
    taken = counters.seated(counters.without(unasked, handing.by), by.id, as_rep=True)
    return (
        *stands(lounge, counter.booth, by.id),
        *leaving_others(lounge, by.id, now),
        changed(lounge, taken, handing.by),
    )


def _join(lounge: Lounge, command: JoinCounter, by: Person, now: float) -> tuple[Event, ...]:
    counter = _counter(lounge, command.counter)
    if not command.on:
        asks = by.id in counter.asking
        return (changed(lounge, counters.without(counter, by.id), by.id),) if asks else ()
    if by.id in counter.seats or by.id in counter.asking:
        return ()
    check_idle(lounge, by.id)
    if counter.private:
        raise Refused("They are among themselves just now. Take a number to talk with the booth.")
    _check_room(counter)
    _check_gets_on(lounge, counter, by)
    if staffing.represents(lounge, by, counter.booth):
        joined = counters.seated(counter, by.id, as_rep=True)
        return (
            *stands(lounge, counter.booth, by.id),
            *leaving_others(lounge, by.id, now),
            changed(lounge, joined),
        )
    return (changed(lounge, replace(counter, asking={**counter.asking, by.id: now})),)


def _let_in(lounge: Lounge, command: LetIn, by: Person, now: float) -> tuple[Event, ...]:
    counter, person = _own(lounge, command.counter, by), command.person
    if person in counter.seats:
        return ()
    if person in counter.asking:
        return _answered(lounge, counter, person, command.on, now)
    ticket = queues.ticket(lounge.booths.queues, counter.booth, person)
    if not command.on or (ticket is not None and ticket.counter == counter.id):
        return ()
    if ticket is None:
        raise Refused("Nobody of this name asks to be let in any more.")
    _check_room(counter)
    if queues.call_by(lounge.booths.queues, counter.booth, by.id) is not None:
        raise Refused("You have called somebody already. Please wait until they come.")
    check_may_call(lounge, by.id, person, now)
    _check_seats_get_on(lounge, counter, person)
    return (called(lounge, ticket, by.id, now, counter.id),)


def _answered(
    lounge: Lounge, counter: Counter, person: PersonId, let_in: bool, now: float
) -> tuple[Event, ...]:
    """Whoever asked sits down at once: their page is there and waits."""
    unasked = counters.without(counter, person)
    if not let_in:
        return (changed(lounge, unasked, person),)
    _check_room(counter)
    if staffing.busy(lounge, person) or person not in here(lounge.presence):
        return (changed(lounge, unasked, person),)
    _check_seats_get_on(lounge, counter, person)
    joined = counters.seated(counter, person, as_rep=False)
    return (*leaving_others(lounge, person, now), changed(lounge, joined))


def _private(lounge: Lounge, command: MakePrivate, by: Person, now: float) -> tuple[Event, ...]:
    counter = _own(lounge, command.counter, by)
    if counter.private == command.on:
        return ()
    asked = counter.asking if command.on else {}
    alone = replace(counters.without(counter, *asked), private=command.on)
    return (changed(lounge, alone, *asked),)


def _say(lounge: Lounge, command: SayAtCounter, by: Person, now: float) -> tuple[Event, ...]:
    counter = _own(lounge, command.counter, by)
    text = command.text.strip()
    return (CounterSaid(counter.id, by.id, text, now, tuple(counter.seats)),) if text else ()


def _stay(lounge: Lounge, command: StayAtCounter, by: Person, now: float) -> tuple[Event, ...]:
    counter = lounge.booths.counters.get(command.counter)
    if counter is None or by.id not in counter.seats:
        return ()  # a page that has not heard of it yet
    return (CounterKept({by.id: now + (RETURNS if command.leaving else STAYS)}),)


_DECIDES: dict[type[Command], Callable[[Lounge, Any, Person, float], tuple[Event, ...]]] = {
    Finish: _finish,
    LeaveCounter: _leave,
    HandOver: _hand_over,
    TakeOver: _take_over,
    JoinCounter: _join,
    LetIn: _let_in,
    MakePrivate: _private,
    SayAtCounter: _say,
    StayAtCounter: _stay,
}


def _counter(lounge: Lounge, id_: CounterId) -> Counter:
    counter = lounge.booths.counters.get(id_)
    if counter is None:
        raise Refused("This talk is over. Take a number to talk with the booth again.")
    return counter


def _own(lounge: Lounge, id_: CounterId, by: Person) -> Counter:
    counter = _counter(lounge, id_)
    if by.id not in counter.seats:
        raise Refused("You do not sit at this counter.")
    return counter


def _check_room(counter: Counter) -> None:
    if not counter.has_room:
        raise Refused("There is no room at this counter just now. Please try it again later.")


def _check_gets_on(lounge: Lounge, counter: Counter, by: Person) -> None:
    if not lounge.safety.blocks.get(by.id, frozenset()).isdisjoint(counter.seats):
        raise Refused("Somebody sits there whom you keep away.")
    _check_seats_get_on(lounge, counter, by.id)


def _check_seats_get_on(lounge: Lounge, counter: Counter, person: PersonId) -> None:
    # Whoever is kept away does not learn of it.
    if not all(staffing.may_meet(lounge, each, person) for each in counter.seats):
        raise Refused("This is not possible at this counter just now. Please try it again later.")
