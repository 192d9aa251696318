"""Counters: the talks at a booth, one to one or with up to six around it."""

from __future__ import annotations

from statistics import median
from typing import Annotated, ClassVar, TypeVar

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms.people import PersonId
from rooms.queues import BoothId
from schedule.machine import Event

SEATS = 6
ROOM = "counter-"
"What the name of a counter's circle begins with; the counter's id follows."
FAREWELL = 20.0  # seconds to say goodbye when a talk ends
FIRST_PACE = 360.0  # seconds; how long a talk takes as long as a booth has had none
LAST = 7  # talks a booth's pace is taken from
SHORTEST = 60.0  # seconds; whoever only looked in says nothing about the next one

CounterId = Annotated[str, Meta(min_length=2, max_length=12, pattern=r"^c[0-9]+$")]


class Handing(Struct, frozen=True):
    """A representative asks a colleague to take a talk over."""

    by: PersonId
    to: PersonId


class Counter(Struct, frozen=True, rename="camel"):
    """One talk at a booth."""

    id: CounterId
    booth: BoothId
    reps: tuple[PersonId, ...]
    "Those of the booth who sit here."
    seats: dict[PersonId, int]
    "Who sits where, 1 to 6."
    since: float
    "Unix seconds."
    came: tuple[PersonId, ...] = ()
    "All visitors who ever sat here."
    private: bool = False
    "Nobody can ask to be let in."
    ends_at: float | None = None
    "When it closes, while one says goodbye."
    asking: dict[PersonId, float] = {}
    "Who would like to stand along, since when."
    handing: Handing | None = None
    called: dict[PersonId, float] = {}
    "Whom the agenda calls away, and to when."

    @property
    def visitors(self) -> tuple[PersonId, ...]:
        """Those who sit here and are not of the booth."""
        return tuple(person for person in self.seats if person not in self.reps)

    @property
    def has_room(self) -> bool:
        """Whether somebody more can sit down."""
        return self.ends_at is None and len(self.seats) < SEATS


class BoothTalk(Struct, frozen=True, rename="camel"):
    """A talk that is over."""

    reps: tuple[PersonId, ...]
    "Who was there at the end."
    visitors: tuple[PersonId, ...]
    "All who came."
    since: float
    until: float


Counters = dict[CounterId, Counter]
V = TypeVar("V")


# Events; `people` are those at the counter, at its door, and the booth's own: they alone hear


class CounterChanged(Event, frozen=True, tag="counter.changed"):
    """A talk at a booth is like this from now on."""

    counter: Counter
    people: tuple[PersonId, ...]


class CounterClosed(Event, frozen=True, tag="counter.closed"):
    """A talk is over."""

    counter: CounterId
    booth: BoothId
    talk: BoothTalk
    people: tuple[PersonId, ...]


class CounterSaid(Event, frozen=True, tag="counter.said"):
    """Somebody wrote a line to those at the counter; heard there, kept nowhere."""

    stored: ClassVar[bool] = False

    counter: CounterId
    by: PersonId
    text: str
    at: float
    people: tuple[PersonId, ...]


class CounterKept(Event, frozen=True, tag="counter.kept"):
    """Until when seats are kept without another word of those who sit there."""

    stored: ClassVar[bool] = False

    until: dict[PersonId, float]


EVENTS: tuple[type[Event], ...] = (CounterChanged, CounterClosed, CounterSaid, CounterKept)


def room(counter: CounterId) -> str:
    """The name of a counter's circle."""
    return ROOM + counter


def of(counters: Counters, person: PersonId) -> Counter | None:
    """The counter somebody sits at."""
    return next((each for each in counters.values() if person in each.seats), None)


def around(counter: Counter) -> tuple[PersonId, ...]:
    """Those who sit there, ask to, or are asked to take over."""
    to = (counter.handing.to,) if counter.handing is not None else ()
    return tuple(dict.fromkeys((*counter.seats, *counter.asking, *to)))


def seated(counter: Counter, person: PersonId, as_rep: bool) -> Counter:
    """The counter with one more who sits there; there must be room."""
    seat = min(set(range(1, SEATS + 1)) - set(counter.seats.values()))
    return replace(
        counter,
        seats={**counter.seats, person: seat},
        reps=(*counter.reps, person) if as_rep else counter.reps,
        came=counter.came if as_rep else tuple(dict.fromkeys((*counter.came, person))),
        asking=_without(counter.asking, person),
    )


def without(counter: Counter, *people: PersonId) -> Counter:
    """The counter without these, as nobody sits there, asks, or is asked to."""
    handing = counter.handing
    gone = handing is not None and (handing.by in people or handing.to in people)
    return replace(
        counter,
        seats=_without(counter.seats, *people),
        reps=tuple(each for each in counter.reps if each not in people),
        asking=_without(counter.asking, *people),
        called=_without(counter.called, *people),
        handing=None if gone else handing,
    )


def over(counter: Counter, now: float) -> BoothTalk:
    """What is remembered of it."""
    return BoothTalk(counter.reps, counter.came, counter.since, now)


def pace(talks: tuple[BoothTalk, ...]) -> float:
    """How long a booth's talks take, in seconds: the middle one of the last few."""
    lengths = [max(SHORTEST, talk.until - talk.since) for talk in talks[-LAST:]]
    return median(lengths) if lengths else FIRST_PACE


def _without(known: dict[PersonId, V], *people: PersonId) -> dict[PersonId, V]:
    return {person: each for person, each in known.items() if person not in people}
