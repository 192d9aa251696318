"""Staffing: who of a booth is there, truthfully; and what that means for those who wait."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from rooms import breakout, calendar, counters, queues, safety, wishes
from rooms.counters import CounterId
from rooms.people import Person, PersonId, Role
from rooms.presence import here
from rooms.queues import COMES, BoothId, Queue, Ticket
from rooms.stalls import Showing
from rooms.wishes import Profile
from schedule.machine import View

if TYPE_CHECKING:
    from rooms.lounge import Lounge

NEAR = 10.0  # seconds after which somebody who loads a page is gone
PROPOSALS = 3  # talents at once; a longer list is a catalogue

State = Literal["free", "talk", "stage", "round", "meeting", "break", "away"]


class Duty(Struct, frozen=True):
    """What one of the booth does just now."""

    state: State
    until: float | None = None
    "When that is expected to be over; Unix seconds."


class Stall(Struct, frozen=True, rename="camel"):
    """A booth as everybody may see it: no visitor's name is in it."""

    staff: dict[PersonId, Duty] = {}
    waiting: int = 0
    serving: int = 0
    "Talks that go on."
    queue: tuple[int, ...] = ()
    "The numbers of those who wait, in the order of their turns."
    frees: tuple[float, ...] = ()
    "When each one of the booth is free, 0 for now; Unix seconds."
    pace: float = counters.FIRST_PACE
    "How long its talks usually take; seconds."
    open: dict[CounterId, int] = {}
    "The talks at which one may ask to stand along, and how many sit there."
    showing: Showing | None = None
    watching: int = 0


class StallsShown(View, frozen=True, tag="booths.shown"):
    """All booths, the same for everybody."""

    booths: dict[BoothId, Stall]


class Wait(Struct, frozen=True):
    """How long somebody waits."""

    ahead: int
    "People before them."
    seconds: float | None
    "None while nobody can say."


# Who belongs to a booth


def reps(lounge: Lounge, booth: BoothId) -> tuple[PersonId, ...]:
    """Everybody who represents a booth, in the order they were admitted."""
    return tuple(each.id for each in lounge.people.values() if represents(lounge, each, booth))


def represents(lounge: Lounge, person: Person, booth: BoothId) -> bool:
    """Whether somebody is of this booth."""
    found = lounge.exhibitors.get(booth)
    if found is None or person.role is not Role.REP or not person.organisation:
        return False
    return person.organisation == found.organisation


def booth_of(lounge: Lounge, person: Person) -> BoothId | None:
    """The booth somebody represents, if any."""
    own = (id_ for id_ in lounge.exhibitors if represents(lounge, person, id_))
    return next(own, None)


def hearers(lounge: Lounge, booth: BoothId, person: PersonId) -> tuple[PersonId, ...]:
    """Somebody who deals with a booth, and all of the booth."""
    return tuple(dict.fromkeys((person, *reps(lounge, booth))))


# What they do


def duty(lounge: Lounge, rep: PersonId, now: float) -> Duty:
    """What one of a booth does just now: seen, not said."""
    booths = lounge.booths
    post = booths.staff.get(rep)
    if post is None:
        return Duty("away")
    counter = counters.of(booths.counters, rep)
    if counter is not None:
        usually = counter.since + counters.pace(booths.talks.get(counter.booth, ()))
        return Duty("talk", counter.ends_at or usually)
    elsewhere = expected(lounge, rep, now)
    if elsewhere is not None:
        return elsewhere
    if rep not in here(lounge.presence):
        return Duty("away")
    if post.paused:
        return Duty("break", post.until)
    if queues.call_by(booths.queues, post.booth, rep) is not None:
        return Duty("talk")
    return Duty("free")


def expected(lounge: Lounge, person: PersonId, now: float) -> Duty | None:
    """Where the agenda has somebody just now: on a stage, in a round or in a meeting."""
    for since, until in lounge.busy.get(person, ()):
        if since <= now < until:
            return Duty("stage", until)
    for talk in breakout.current(lounge, person):
        alone = talk.given_up and len(talk.entered) <= 1
        if talk.opens_at <= now and not alone:
            return Duty("round" if talk.kind == "round" else "meeting", talk.closes_at)
    return None


def busy(lounge: Lounge, person: PersonId) -> bool:
    """Whether somebody is in a talk just now, at a counter or elsewhere."""
    at_counter = counters.of(lounge.booths.counters, person) is not None
    return at_counter or breakout.engaged(lounge, person)


def reachable(lounge: Lounge, person: PersonId, now: float) -> bool:
    """Whether somebody can be called: here, in no talk, and not expected elsewhere soon."""
    if not _is_near(lounge, person, now) or busy(lounge, person):
        return False
    if queues.call_of(lounge.booths.queues, person) is not None:
        return False
    return calendar.free(lounge, person, (now, now + COMES))


def _is_near(lounge: Lounge, person: PersonId, now: float) -> bool:
    """Whether somebody is here, or waits somewhere and was here a moment ago.

    Whoever follows a link is nowhere for a second, and must not be overtaken meanwhile.
    """
    if person in here(lounge.presence):
        return True
    waits = any(person in queue.tickets for queue in lounge.booths.queues.values())
    return waits and now - lounge.booths.gone.get(person, now) < NEAR


def may_meet(lounge: Lounge, rep: PersonId, person: PersonId) -> bool:
    """Whether neither keeps the other away."""
    return not safety.blocked(lounge, rep, person)


def at_booth(lounge: Lounge, booth: BoothId) -> tuple[PersonId, ...]:
    """Those who stand at a booth, whatever they do just now."""
    return tuple(rep for rep, post in lounge.booths.staff.items() if post.booth == booth)


# What it means for those who wait


def wait(lounge: Lounge, booth: BoothId, person: PersonId, now: float) -> Wait | None:
    """How long somebody with a ticket waits; None without one."""
    before = queues.ahead(lounge.booths.queues, booth, person)
    if before is None:
        return None
    shown = stall(lounge, booth, now)
    return Wait(before, queues.estimate(shown.frees, shown.pace, before, now))


def stall(lounge: Lounge, booth: BoothId, now: float) -> Stall:
    """A booth as everybody may see it."""
    return _stall(lounge, booth, now, _watching(lounge)[booth])


def _stall(lounge: Lounge, booth: BoothId, now: float, watching: int) -> Stall:
    booths = lounge.booths
    staff = {rep: duty(lounge, rep, now) for rep in at_booth(lounge, booth)}
    waiting = _waiting(booths.queues.get(booth, Queue()))
    talks = [each for each in booths.counters.values() if each.booth == booth]
    return Stall(
        staff=staff,
        waiting=len(waiting),
        serving=len(talks),
        queue=tuple(each.number for each in waiting),
        frees=tuple(
            sorted(at for rep in staff if (at := _free_at(lounge, rep, staff)) is not None)
        ),
        pace=counters.pace(booths.talks.get(booth, ())),
        open={each.id: len(each.seats) for each in talks if each.has_room and not each.private},
        showing=booths.showing.get(booth),
        watching=watching,
    )


def _watching(lounge: Lounge) -> Counter[BoothId]:
    """How many look at each booth who are not of it."""
    return Counter(
        booth
        for person, (booth, _) in lounge.booths.watchers.items()
        if person in lounge.people and not represents(lounge, lounge.people[person], booth)
    )


def _waiting(queue: Queue) -> tuple[Ticket, ...]:
    return tuple(queue.tickets.values())


def _free_at(lounge: Lounge, rep: PersonId, staff: dict[PersonId, Duty]) -> float | None:
    """When one of the booth is free for those who wait, 0 for now; None if nobody knows."""
    found = staff[rep]
    if found.state == "free" or (found.state == "talk" and found.until is None):
        return 0.0  # whom they wait for is in the queue, and counted there
    return found.until


def stalls_shown(lounge: Lounge, now: float) -> StallsShown:
    """All booths."""
    watching = _watching(lounge)
    return StallsShown({id_: _stall(lounge, id_, now, watching[id_]) for id_ in lounge.exhibitors})


# Whom an idle booth could invite


def proposals(lounge: Lounge, booth: BoothId, now: float) -> tuple[PersonId, ...]:
    """Three idle talents who agreed to be invited and whose topics fit, the best first."""
    free = [rep for rep in at_booth(lounge, booth) if duty(lounge, rep, now).state == "free"]
    if not free or lounge.booths.queues.get(booth, Queue()).tickets:
        return ()
    topics = frozenset[str]().union(*(_topics(lounge, rep) for rep in free))
    away = lounge.booths.uninterested.get(booth, frozenset())
    fits = ((-len(topics & _topics(lounge, each)), each) for each in lounge.booths.willing - away)
    # Whether they may meet and can come is a longer sum, for the first few alone.
    found = (
        person for fit, person in sorted(fits) if fit < 0 and _could_come(lounge, free, person, now)
    )
    return tuple(islice(found, PROPOSALS))


def _could_come(lounge: Lounge, free: list[PersonId], person: PersonId, now: float) -> bool:
    known = lounge.people.get(person)
    if known is None or known.role is not Role.TALENT or not reachable(lounge, person, now):
        return False
    return any(wishes.interest(lounge, rep, person) is not None for rep in free)


def _topics(lounge: Lounge, person: PersonId) -> frozenset[str]:
    return _spelled(wishes.profile_of(lounge, person))


@lru_cache(maxsize=1024)
def _spelled(profile: Profile) -> frozenset[str]:
    return frozenset(topic.casefold() for topic in (*profile.seeks, *profile.offers))
