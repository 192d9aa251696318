"""The fair: what companies and talents show each other; stands, the board, and the exhibition.

What happens at a booth just now, who waits there and who talks, is the lounge's, which everybody
has open. The fair is opened by the pages that show it. Each of its parts is a file of its own
and sees the whole room, but changes only itself.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from rooms import cvs, gallery, jobs, letters, pins, presence, stands, visits
from rooms.cvs import Cvs, CvsShown
from rooms.gallery import Gallery, GalleryShown
from rooms.jobs import Jobs, JobsShown
from rooms.letters import Letters, LettersShown
from rooms.people import Person, PersonId, Role
from rooms.pins import Pins, PinsShown
from rooms.presence import Presence, PresenceShown
from rooms.stands import Stands, StandsShown
from rooms.visits import Visits, VisitsShown
from schedule.items import Booth, Exhibit
from schedule.machine import Command, Event, View

ROOM = "fair"

BoothId = str
Span = tuple[float, float]
"From, until; Unix seconds."


# Commands


class Admit(Command, frozen=True, tag="fair.admit"):
    """The house says who is at the gathering, which booths and works there are, and when it is."""

    people: dict[PersonId, Person]
    booths: tuple[Booth, ...]
    exhibits: tuple[Exhibit, ...]
    hours: Span


# Events


class Admitted(Event, frozen=True, tag="fair.admitted"):
    """Who or what is at the fair changed."""

    people: dict[PersonId, Person]
    "Those who are new or not as they were."
    gone: tuple[PersonId, ...]
    booths: tuple[Booth, ...]
    exhibits: tuple[Exhibit, ...]
    hours: Span


# Views


class ExhibitorsShown(View, frozen=True, tag="fair.exhibitors"):
    """Which booths and works there are; the same for everybody."""

    booths: tuple[Booth, ...]
    exhibits: tuple[Exhibit, ...]


# State


class Fair(Struct, frozen=True):
    """Everything that lives at the fair."""

    people: dict[PersonId, Person] = {}
    booths: dict[BoothId, Booth] = {}
    "In the organisers' order."
    exhibits: dict[str, Exhibit] = {}
    hours: Span = (0.0, 0.0)
    "When the gathering is on, as planned."
    presence: Presence = Presence()
    stands: Stands = Stands()
    jobs: Jobs = Jobs()
    cvs: Cvs = Cvs()
    pins: Pins = Pins()
    letters: Letters = Letters()
    visits: Visits = Visits()
    gallery: Gallery = Gallery()


class FairShown(Struct, frozen=True, tag_field="type", tag="fair", rename="camel"):
    """The fair as one reader may see it; browsers fold events and views into it."""

    booths: tuple[Booth, ...]
    exhibits: tuple[Exhibit, ...]
    presence: PresenceShown
    stands: StandsShown
    jobs: JobsShown
    cvs: CvsShown
    pins: PinsShown
    letters: LettersShown
    visits: VisitsShown
    gallery: GalleryShown


# As with the lounge, each part has its place in the state under its module's name.
PARTS: dict[str, ModuleType] = {
    "stands": stands,
    "jobs": jobs,
    "cvs": cvs,
    "pins": pins,
    "letters": letters,
    "visits": visits,
    "gallery": gallery,
}

COMMANDS: tuple[type[Command], ...] = (
    Admit,
    *presence.COMMANDS,
    *(command for part in PARTS.values() for command in part.COMMANDS),
)
EVENTS: tuple[type[Event], ...] = (
    Admitted,
    *presence.EVENTS,
    *(event for part in PARTS.values() for event in part.EVENTS),
)
VIEWS: tuple[type[View], ...] = (
    ExhibitorsShown,
    *presence.VIEWS,
    *(view for part in PARTS.values() for view in part.VIEWS),
)
STIRS: dict[type[Event], tuple[type[View], ...]] = {
    Admitted: (ExhibitorsShown,),
    **presence.STIRS,
    **{event: views for part in PARTS.values() for event, views in part.STIRS.items()},
}
"Which views look different after an event."


def opening() -> Fair:
    """The fair before anybody has come."""
    return Fair()


def decide(fair: Fair, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows if this person does that now; raises `Refused` if it is not possible."""
    return _DECIDES[type(command)](fair, command, by, now)


def tick(fair: Fair, now: float) -> tuple[Event, ...]:
    """What happens by itself: presence fades, and whatever the parts do."""
    parts = (event for part in PARTS.values() for event in part.tick(fair, now))
    return (*presence.tick(fair.presence, now), *parts)


def due(fair: Fair) -> float | None:
    """When `tick` next has something to do; Unix seconds."""
    instants = (presence.due(fair.presence), *(part.due(fair) for part in PARTS.values()))
    return min((at for at in instants if at is not None), default=None)


def apply(fair: Fair, event: Event) -> Fair:
    """The fair after `event`."""
    match event:
        case Admitted(people=people, gone=gone, booths=booths, exhibits=exhibits, hours=hours):
            stay = {key: person for key, person in fair.people.items() if key not in gone}
            return replace(
                fair,
                people=stay | people,
                booths={booth.id: booth for booth in booths},
                exhibits={exhibit.id: exhibit for exhibit in exhibits},
                hours=hours,
            )
        case _ if type(event) in presence.EVENTS:
            return replace(fair, presence=presence.apply(fair.presence, event))
        case _:
            name = _PART_OF[type(event)]
            after = PARTS[name].apply(getattr(fair, name), event)
            return replace(fair, **{name: after})


def show(fair: Fair, reader: Person, now: float) -> FairShown:
    """The fair as `reader` may see it."""
    return FairShown(
        booths=tuple(fair.booths.values()),
        exhibits=tuple(fair.exhibits.values()),
        presence=presence.show(fair.presence),
        **{name: part.show(fair, reader, now) for name, part in PARTS.items()},
    )


def view(fair: Fair, kind: type[View], now: float) -> View:
    """How one part of the fair looks, the same for every reader."""
    return _VIEWED[kind](fair, now)


def staff(fair: Fair, booth: BoothId) -> tuple[PersonId, ...]:
    """An exhibitor's representatives, in the order they were admitted."""
    found = fair.booths.get(booth)
    return () if found is None else stands.reps(fair.people.values(), found.organisation)


def booth_of(fair: Fair, person: Person) -> Booth | None:
    """The booth this person represents, if any."""
    if person.role is not Role.REP:
        return None
    own = (each for each in fair.booths.values() if each.organisation == person.organisation)
    return next(own, None)


def _admit(fair: Fair, admit: Admit, by: Person, now: float) -> tuple[Event, ...]:
    known = fair.people
    news = {key: person for key, person in admit.people.items() if known.get(key) != person}
    gone = tuple(key for key in known if key not in admit.people)
    things = (tuple(fair.booths.values()), tuple(fair.exhibits.values()), fair.hours)
    if not news and not gone and things == (admit.booths, admit.exhibits, admit.hours):
        return ()
    return (Admitted(news, gone, admit.booths, admit.exhibits, admit.hours),)


_PART_OF: dict[type[Event], str] = {
    event: name for name, part in PARTS.items() for event in part.EVENTS
}

_DECIDES: dict[type[Command], Callable[[Fair, Any, Person, float], tuple[Event, ...]]] = {
    Admit: _admit,
    **dict.fromkeys(presence.COMMANDS, lambda room, *rest: presence.decide(room.presence, *rest)),
    **{command: part.decide for part in PARTS.values() for command in part.COMMANDS},
}

_VIEWED: dict[type[View], Callable[[Fair, float], View]] = {
    ExhibitorsShown: lambda fair, now: ExhibitorsShown(
        tuple(fair.booths.values()), tuple(fair.exhibits.values())
    ),
    PresenceShown: lambda fair, now: presence.show(fair.presence),
    **{kind: viewed for part in PARTS.values() for kind, viewed in part.VIEWED.items()},
}
