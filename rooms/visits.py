"""Visits to booths: who left a card there and until when, and what a booth counts.

What stands on a card is in no room: `server/cards.py` keeps it and this part says who may see
which of its fields. Counts know each person once, and only numbers of them are ever shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms import grants, letters, stands
from rooms.contacts import Field, Fields
from rooms.people import Person, PersonId
from schedule.machine import Command, Event, Refused, View

if TYPE_CHECKING:
    from rooms.fair import Fair

LONGEST = 7 * 86_400.0  # seconds after the gathering for which a card may be left: as sign-ins
BoothId = Annotated[str, Meta(min_length=1, max_length=60)]
Instant = Annotated[float, Meta(gt=0, le=1e11)]


# Commands


class Share(Command, frozen=True, tag="visit.share"):
    """Leave one's card at a booth: its exhibitor may see these fields until then.

    Name and organisation always belong to it. Said again it replaces what was said before.
    """

    booth: BoothId
    until: Instant
    fields: Fields = ()


class TakeBack(Command, frozen=True, tag="visit.take-back"):
    """Leave one's card at a booth no longer."""

    booth: BoothId


class TakeAllBack(Command, frozen=True, tag="visit.take-all-back"):
    """Leave one's card nowhere any more."""


class Count(Command, frozen=True, tag="visit.count"):
    """The house has shown somebody a booth, or one of its jobs."""

    booth: BoothId
    person: PersonId
    job: str = ""


# Events


class Shared(Event, frozen=True, tag="visit.shared"):
    """Somebody left a card, or changed what it shows; that exhibitor's people hear it too."""

    booth: str
    person: PersonId
    fields: tuple[Field, ...]
    until: float
    at: float
    people: tuple[PersonId, ...]


class TakenBack(Event, frozen=True, tag="visit.taken-back"):
    """A card lies at a booth no longer: it was taken back, or its time is over."""

    booth: str
    person: PersonId
    at: float
    people: tuple[PersonId, ...]


class Counted(Event, frozen=True, tag="visit.counted"):
    """Somebody saw a booth or a job for the first time; nobody hears who."""

    booth: str
    person: PersonId
    job: str
    at: float


# State


class Left(Struct, frozen=True, rename="camel"):
    """A card that lies at a booth."""

    fields: tuple[Field, ...]
    at: float
    until: float


class Visits(Struct, frozen=True):
    """All cards at booths, and all that was counted there."""

    cards: dict[str, dict[PersonId, Left]] = {}
    "By booth, then by whose card it is."
    visitors: dict[str, dict[PersonId, float]] = {}
    "By booth: who looked at it, since when."
    readers: dict[str, dict[str, dict[PersonId, float]]] = {}
    "By booth and job: who looked at it, since when."


class VisitsShown(Struct, frozen=True, rename="camel"):
    """The reader's own cards, and those that lie at the reader's own booth."""

    mine: dict[str, Left]
    "By booth."
    cards: dict[PersonId, Left]


COMMANDS: tuple[type[Command], ...] = (Share, TakeBack, TakeAllBack, Count)
EVENTS: tuple[type[Event], ...] = (Shared, TakenBack, Counted)
VIEWS: tuple[type[View], ...] = ()
STIRS: dict[type[Event], tuple[type[View], ...]] = {}
VIEWED: dict[type[View], Callable[[Fair, float], View]] = {}


def left(fair: Fair, booth: str, person: PersonId, now: float) -> Left | None:
    """What of somebody's card this booth may see now."""
    card = fair.visits.cards.get(booth, {}).get(person)
    return card if card is not None and now < card.until else None


def latest(fair: Fair) -> float:
    """Until when a card may be left at most; Unix seconds."""
    return fair.hours[1] + LONGEST


def decide(fair: Fair, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows; raises `Refused`."""
    match command:
        case Share():
            return _share(fair, command, by.id, now)
        case TakeBack(booth=booth):
            return _take_back(fair, booth, by.id, now)
        case TakeAllBack():
            mine = [booth for booth, cards in fair.visits.cards.items() if by.id in cards]
            return tuple(event for booth in mine for event in _take_back(fair, booth, by.id, now))
        case Count():
            return _count(fair, command, now)
        case _:
            return ()


def tick(fair: Fair, now: float) -> tuple[Event, ...]:
    """Cards whose time is over are taken away."""
    over = [(booth, person) for booth, person, card in _cards(fair) if card.until <= now]
    return tuple(event for each in over for event in _take_back(fair, *each, now))


def due(fair: Fair) -> float | None:
    """When `tick` next has something to do; Unix seconds."""
    return min((card.until for _, _, card in _cards(fair)), default=None)


def apply(visits: Visits, event: Event) -> Visits:
    """The part after `event`."""
    match event:
        case Shared(booth=booth, person=person, fields=fields, until=until, at=at):
            there = {**visits.cards.get(booth, {}), person: Left(fields, at, until)}
            return replace(visits, cards={**visits.cards, booth: there})
        case TakenBack(booth=booth, person=person):
            there = {k: card for k, card in visits.cards.get(booth, {}).items() if k != person}
            return replace(visits, cards={**visits.cards, booth: there})
        case Counted(booth=booth, person=person, job="", at=at):
            return replace(visits, visitors=_seen(visits.visitors, booth, person, at))
        case Counted(booth=booth, person=person, job=job, at=at):
            jobs = _seen(visits.readers.get(booth, {}), job, person, at)
            return replace(visits, readers={**visits.readers, booth: jobs})
        case _:
            return visits


def show(fair: Fair, reader: Person, now: float) -> VisitsShown:
    """What `reader` may see."""
    cards, own = fair.visits.cards, grants.booth_of(fair, reader)
    return VisitsShown(
        mine={booth: there[reader.id] for booth, there in cards.items() if reader.id in there},
        cards={} if own is None else dict(cards.get(own.id, {})),
    )


def _share(fair: Fair, share: Share, by: PersonId, now: float) -> tuple[Event, ...]:
    letters.check_booth(fair, share.booth, by)
    if not now < share.until <= latest(fair):
        raise Refused(
            "Please choose until when the company may use your card: "
            "a week after the gathering at most."
        )
    fields = tuple(sorted(set(share.fields)))
    before = left(fair, share.booth, by, now)
    if before is not None and (before.fields, before.until) == (fields, share.until):
        return ()
    people = (by, *_staff(fair, share.booth))
    shared = Shared(share.booth, by, fields, share.until, now, people)
    # Who changes what a card shows has not come by once more.
    laid = letters.laid(fair, share.booth, by, now) if before is None else ()
    return (shared, *laid)


def _take_back(fair: Fair, booth: str, by: PersonId, now: float) -> tuple[Event, ...]:
    if by not in fair.visits.cards.get(booth, {}):
        return ()
    gone = TakenBack(booth, by, now, (by, *_staff(fair, booth)))
    return (gone, *letters.taken_back(fair, booth, by, now))


def _count(fair: Fair, count: Count, now: float) -> tuple[Event, ...]:
    if count.booth not in fair.booths or count.person in _staff(fair, count.booth):
        return ()
    jobs = fair.visits.readers.get(count.booth, {})
    known = jobs.get(count.job, {}) if count.job else fair.visits.visitors.get(count.booth, {})
    return () if count.person in known else (Counted(count.booth, count.person, count.job, now),)


def _seen(known: dict[str, Any], key: str, person: PersonId, at: float) -> dict[str, Any]:
    return {**known, key: {**known.get(key, {}), person: at}}


def _cards(fair: Fair) -> Iterator[tuple[str, PersonId, Left]]:
    for booth, there in fair.visits.cards.items():
        yield from ((booth, person, card) for person, card in there.items())


def _staff(fair: Fair, booth: str) -> tuple[PersonId, ...]:
    found = fair.booths.get(booth)
    return () if found is None else stands.reps(fair.people.values(), found.organisation)
