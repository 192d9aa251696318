"""The lounge: where people meet one to one; who wishes whom, who talks with whom, and when.

Everybody has it open wherever they are in the house, so that nobody misses a round. Each of
its parts is a file of its own and sees the whole room, but changes only itself.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from rooms import (
    acquaintance,
    bookings,
    booths,
    breakout,
    contacts,
    pairing,
    post,
    presence,
    safety,
    tables,
    tour,
    wishes,
)
from rooms.acquaintance import Acquaintance, AcquaintanceShown
from rooms.booked import Bookings
from rooms.bookings import BookingsShown
from rooms.booths import Booths, BoothsShown
from rooms.breakout import Breakout, BreakoutId, Breakouts
from rooms.contacts import Contacts, ContactsShown
from rooms.paired import Pairing
from rooms.pairing import PairingPart
from rooms.people import Person, PersonId
from rooms.post import Post, PostShown
from rooms.presence import Presence, PresenceShown
from rooms.safety import Safety, SafetyShown
from rooms.tables import TablesShown
from rooms.tabletop import Tables
from rooms.tour import Tour, TourShown
from rooms.wishes import Wishes, WishesShown
from schedule.items import Booth, Meetings
from schedule.machine import Command, Event, View

ROOM = "lounge"

Span = tuple[float, float]
"From, until; Unix seconds."
How = Literal["waiting", "live", "paused", "over"]


class RoundTime(Struct, frozen=True, rename="camel"):
    """A round of one-to-ones as the agenda has it now."""

    item: str
    title: str
    starts_at: float
    "As expected, or as it was; Unix seconds."
    ends_at: float
    "Likewise; of a paused round as if it went on at once."
    how: How


# Commands


class Admit(Command, frozen=True, tag="lounge.admit"):
    """The house says who is at the gathering, and what its organisers set for meetings."""

    people: dict[PersonId, Person]
    rules: Meetings
    exhibitors: tuple[Booth, ...] = ()


class Cue(Command, frozen=True, tag="lounge.cue"):
    """The house says when rounds are, and when each person is on a stage."""

    rounds: tuple[RoundTime, ...]
    busy: dict[PersonId, tuple[Span, ...]]
    hours: Span = (0.0, 0.0)
    "When the gathering is on, as expected now."
    tour: str | None = None
    "The tour that is on, an item's id."


# Events


class Admitted(Event, frozen=True, tag="lounge.admitted"):
    """Who is at the gathering changed, or what its organisers set."""

    people: dict[PersonId, Person]
    "Those who are new or not as they were."
    gone: tuple[PersonId, ...]
    "Those who are no longer on the list."
    rules: Meetings
    exhibitors: tuple[Booth, ...] = ()


class Cued(Event, frozen=True, tag="lounge.cued"):
    """When rounds are, and when people are on stages, changed."""

    rounds: tuple[RoundTime, ...]
    busy: dict[PersonId, tuple[Span, ...]]
    hours: Span = (0.0, 0.0)
    tour: str | None = None


# Views


class RoundsShown(View, frozen=True, tag="lounge.rounds"):
    """When the rounds are, and what the organisers set; the same for everybody."""

    rounds: tuple[RoundTime, ...]
    rules: Meetings
    exhibitors: tuple[Booth, ...]


# State


class Lounge(Struct, frozen=True):
    """Everything that lives in the lounge."""

    people: dict[PersonId, Person] = {}
    rules: Meetings = Meetings()
    rounds: tuple[RoundTime, ...] = ()
    busy: dict[PersonId, tuple[Span, ...]] = {}
    "When somebody is on a stage, sorted."
    hours: Span = (0.0, 0.0)
    "When the gathering is on."
    exhibitors: dict[str, Booth] = {}
    "By the booth's id, in the organisers' order."
    touring: str | None = None
    "The tour that is on, an item's id."
    cued: int = 0
    "How often the agenda moved; who holds something against it knows whether it still holds."
    presence: Presence = Presence()
    safety: Safety = Safety()
    acquaintance: Acquaintance = Acquaintance()
    contacts: Contacts = Contacts()
    tables: Tables = Tables()
    bookings: Bookings = Bookings()
    wishes: Wishes = Wishes()
    pairing: Pairing = Pairing()
    breakouts: Breakouts = Breakouts()
    post: Post = Post()
    booths: Booths = Booths()
    tour: Tour = Tour()


class LoungeShown(Struct, frozen=True, tag_field="type", tag="lounge", rename="camel"):
    """The lounge as one reader may see it; browsers fold events and views into it."""

    rounds: tuple[RoundTime, ...]
    rules: Meetings
    exhibitors: tuple[Booth, ...]
    presence: PresenceShown
    safety: SafetyShown
    acquaintance: AcquaintanceShown
    contacts: ContactsShown
    tables: TablesShown
    bookings: BookingsShown
    wishes: WishesShown
    pairing: PairingPart
    breakouts: dict[BreakoutId, Breakout]
    "The reader's own talks."
    post: PostShown
    booths: BoothsShown
    tour: TourShown


# Each part has its place in the state under its module's name, and offers COMMANDS, EVENTS,
# VIEWS, STIRS, decide(lounge, command, by, now), tick(lounge, now), due(lounge),
# apply(part, event), show(lounge, reader, now) and VIEWED: view type -> view(lounge, now).
PARTS: dict[str, ModuleType] = {
    "safety": safety,
    "acquaintance": acquaintance,
    "contacts": contacts,
    "tables": tables,
    "bookings": bookings,
    "wishes": wishes,
    "pairing": pairing,
    "breakouts": breakout,
    "post": post,
    "booths": booths,
    "tour": tour,
}

COMMANDS: tuple[type[Command], ...] = (
    Admit,
    Cue,
    *presence.COMMANDS,
    *(command for part in PARTS.values() for command in part.COMMANDS),
)
EVENTS: tuple[type[Event], ...] = (
    Admitted,
    Cued,
    *presence.EVENTS,
    *(event for part in PARTS.values() for event in part.EVENTS),
)
VIEWS: tuple[type[View], ...] = (
    RoundsShown,
    *presence.VIEWS,
    *(view for part in PARTS.values() for view in part.VIEWS),
)
STIRS: dict[type[Event], tuple[type[View], ...]] = {
    Admitted: (RoundsShown,),
    Cued: (RoundsShown,),
    **presence.STIRS,
    **{event: views for part in PARTS.values() for event, views in part.STIRS.items()},
}
"Which views look different after an event."


def opening() -> Lounge:
    """The lounge before anybody has come."""
    return Lounge()


def decide(lounge: Lounge, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows if this person does that now; raises `Refused` if it is not possible."""
    return _DECIDES[type(command)](lounge, command, by, now)


def tick(lounge: Lounge, now: float) -> tuple[Event, ...]:
    """What happens by itself: presence fades, and whatever the parts do."""
    parts = (event for part in PARTS.values() for event in part.tick(lounge, now))
    return (*presence.tick(lounge.presence, now), *parts)


def due(lounge: Lounge) -> float | None:
    """When `tick` next has something to do; Unix seconds."""
    instants = (presence.due(lounge.presence), *(part.due(lounge) for part in PARTS.values()))
    return min((at for at in instants if at is not None), default=None)


def apply(lounge: Lounge, event: Event) -> Lounge:
    """The lounge after `event`."""
    match event:
        case Admitted(people=people, gone=gone, rules=rules, exhibitors=exhibitors):
            stay = {key: person for key, person in lounge.people.items() if key not in gone}
            booths = {booth.id: booth for booth in exhibitors}
            return replace(lounge, people=stay | people, rules=rules, exhibitors=booths)
        case Cued(rounds=rounds, busy=busy, hours=hours, tour=tour):
            cued = lounge.cued + 1
            return replace(lounge, rounds=rounds, busy=busy, hours=hours, touring=tour, cued=cued)
        case _ if type(event) in presence.EVENTS:
            return replace(lounge, presence=presence.apply(lounge.presence, event))
        case _:
            name = _PART_OF[type(event)]
            after = PARTS[name].apply(getattr(lounge, name), event)
            return replace(lounge, **{name: after})


def show(lounge: Lounge, reader: Person, now: float) -> LoungeShown:
    """The lounge as `reader` may see it."""
    return LoungeShown(
        rounds=lounge.rounds,
        rules=lounge.rules,
        exhibitors=tuple(lounge.exhibitors.values()),
        presence=presence.show(lounge.presence),
        **{name: part.show(lounge, reader, now) for name, part in PARTS.items()},
    )


def view(lounge: Lounge, kind: type[View], now: float) -> View:
    """How one part of the lounge looks, the same for every reader."""
    return _VIEWED[kind](lounge, now)


def free(lounge: Lounge, person: PersonId, span: Span) -> bool:
    """Whether nobody expects this person on a stage in that time."""
    return all(until <= span[0] or since >= span[1] for since, until in lounge.busy.get(person, ()))


def _admit(lounge: Lounge, admit: Admit, by: Person, now: float) -> tuple[Event, ...]:
    known = lounge.people
    news = {key: person for key, person in admit.people.items() if known.get(key) != person}
    gone = tuple(key for key in known if key not in admit.people)
    things = (lounge.rules, tuple(lounge.exhibitors.values()))
    if not news and not gone and things == (admit.rules, admit.exhibitors):
        return ()
    return (Admitted(news, gone, admit.rules, admit.exhibitors),)


def _cue(lounge: Lounge, cue: Cue, by: Person, now: float) -> tuple[Event, ...]:
    known = (lounge.rounds, lounge.busy, lounge.hours, lounge.touring)
    same = (cue.rounds, cue.busy, cue.hours, cue.tour) == known
    return () if same else (Cued(cue.rounds, cue.busy, cue.hours, cue.tour),)


_PART_OF: dict[type[Event], str] = {
    event: name for name, part in PARTS.items() for event in part.EVENTS
}

_DECIDES: dict[type[Command], Callable[[Lounge, Any, Person, float], tuple[Event, ...]]] = {
    Admit: _admit,
    Cue: _cue,
    **dict.fromkeys(presence.COMMANDS, lambda room, *rest: presence.decide(room.presence, *rest)),
    **{command: part.decide for part in PARTS.values() for command in part.COMMANDS},
}

_VIEWED: dict[type[View], Callable[[Lounge, float], View]] = {
    RoundsShown: lambda lounge, now: RoundsShown(
        lounge.rounds, lounge.rules, tuple(lounge.exhibitors.values())
    ),
    PresenceShown: lambda lounge, now: presence.show(lounge.presence),
    **{kind: viewed for part in PARTS.values() for kind, viewed in part.VIEWED.items()},
}
