"""Booths, live: who of an exhibitor is here, who waits, and the talks at the counter.

Commands about turns are in `turns`, those at a counter in `hosting`, those before the booth in
`fronts`; what happens by itself is in `attending`, and what is true of everybody in `staffing`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from rooms import attending, counters, fronts, hosting, staffing, stalls, turns
from rooms.counters import Counter, CounterId
from rooms.people import Person, PersonId
from rooms.queues import BoothId, Queue, Ticket
from rooms.staffing import Stall, StallsShown
from rooms.stalls import BoothLine, Booths
from schedule.machine import Command, Event, Refused, View

if TYPE_CHECKING:
    from rooms.lounge import Lounge

__all__ = ["Booths"]


class BoothDesk(Struct, frozen=True, rename="camel"):
    """What those of a booth see of it."""

    booth: BoothId
    tickets: dict[PersonId, Ticket]
    "In the order of their turns."
    counters: dict[CounterId, Counter]
    proposed: tuple[PersonId, ...]
    "Talents to invite."


class BoothsShown(Struct, frozen=True, rename="camel"):
    """All booths as one reader may see them."""

    booths: dict[BoothId, Stall]
    tickets: dict[BoothId, Ticket]
    "The reader's own."
    counter: Counter | None
    "At which the reader sits."
    doors: dict[CounterId, Counter]
    "At which the reader asks to be let in, or is asked to take over."
    desk: BoothDesk | None
    "Of the reader's own booth."
    willing: bool
    tell: tuple[BoothId, ...]
    "Where the reader wants to be told when somebody is back."
    chats: dict[BoothId, tuple[BoothLine, ...]]
    "Of the booth the reader looks at."


COMMANDS: tuple[type[Command], ...] = (*turns.COMMANDS, *hosting.COMMANDS, *fronts.COMMANDS)
EVENTS: tuple[type[Event], ...] = stalls.EVENTS
VIEWS: tuple[type[View], ...] = (StallsShown,)
STIRS: dict[type[Event], tuple[type[View], ...]] = dict.fromkeys(
    (event for event in EVENTS if event not in (stalls.BoothSaid, stalls.Waved)), (StallsShown,)
)
VIEWED: dict[type[View], Callable[[Lounge, float], View]] = {StallsShown: staffing.stalls_shown}

tick, due, apply = attending.tick, attending.due, stalls.apply


def decide(lounge: Lounge, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows; raises `Refused` with what to do instead."""
    return _DECIDES[type(command)](lounge, command, by, now)


_DECIDES: dict[type[Command], Callable[[Lounge, Command, Person, float], tuple[Event, ...]]] = {
    **dict.fromkeys(turns.COMMANDS, turns.decide),
    **dict.fromkeys(hosting.COMMANDS, hosting.decide),
    **dict.fromkeys(fronts.COMMANDS, fronts.decide),
}


def show(lounge: Lounge, reader: Person, now: float) -> BoothsShown:
    """All booths as `reader` may see them."""
    booths, me = lounge.booths, reader.id
    seen = booths.watchers.get(me)
    return BoothsShown(
        booths=staffing.stalls_shown(lounge, now).booths,
        tickets={id_: q.tickets[me] for id_, q in booths.queues.items() if me in q.tickets},
        counter=counters.of(booths.counters, me),
        doors={id_: each for id_, each in booths.counters.items() if _at_door(each, me)},
        desk=_desk(lounge, reader),
        willing=me in booths.willing,
        tell=tuple(sorted(id_ for id_, people in booths.tell.items() if me in people)),
        chats={} if seen is None else {seen[0]: fronts.lines_for(lounge, seen[0], me)},
    )


def _at_door(counter: Counter, person: PersonId) -> bool:
    return person not in counter.seats and person in counters.around(counter)


def _desk(lounge: Lounge, reader: Person) -> BoothDesk | None:
    booths, booth = lounge.booths, staffing.booth_of(lounge, reader)
    if booth is None:
        return None
    return BoothDesk(
        booth=booth,
        tickets=booths.queues.get(booth, Queue()).tickets,
        counters={id_: each for id_, each in booths.counters.items() if each.booth == booth},
        proposed=booths.proposed.get(booth, ()),
    )


# In which state of the room a command may be said: see rooms/rights.py


def own_booth(
    lounge: Lounge,
    command: turns.Next | turns.Call | fronts.BeThere | fronts.TakeBreak | fronts.ShowAtBooth,
    by: Person,
) -> None:
    """Raises `Refused` for whoever is not of this booth."""
    turns.check_booth(lounge, command.booth)
    if not staffing.represents(lounge, by, command.booth):
        raise Refused("Only those of this booth can do this.")


def own_counter(
    lounge: Lounge,
    command: hosting.Finish
    | hosting.HandOver
    | hosting.TakeOver
    | hosting.LetIn
    | hosting.MakePrivate,
    by: Person,
) -> None:
    """Raises `Refused` for whoever is not of the booth at which this talk is."""
    counter = lounge.booths.counters.get(command.counter)
    if counter is None:
        raise Refused("This talk is over. Take a number to talk with the booth again.")
    if not staffing.represents(lounge, by, counter.booth):
        raise Refused("Only those of this booth can do this.")
