"""CV cards pinned to jobs: applications of interest, and what the company answers.

A pin rests on a grant of the card to the job's booth: where that ends, so does the pin.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms import cvs, grants, jobs
from rooms.acquaintance import AT_ONCE
from rooms.grants import To, Whats, live
from rooms.jobs import JobId
from rooms.people import Person, PersonId
from schedule.machine import Command, Event, Refused, View

if TYPE_CHECKING:
    from rooms.fair import Fair

MOST = 30  # pins of one person that hang at a time

PinId = Annotated[str, Meta(min_length=2, max_length=12, pattern=r"^n[0-9]+$")]
Answer = Literal["invited", "declined", "later"]
State = Literal["new", "invited", "declined", "later", "withdrawn"]


# Commands


class PutPin(Command, frozen=True, tag="pin.put"):
    """Pin one's card to a job: its company sees the card, and what else is named, until then."""

    job: JobId
    until: float
    what: Whats = ()


class WithdrawPin(Command, frozen=True, tag="pin.withdraw"):
    """Take one's card off a job again; the company sees it no longer by it."""

    job: JobId


class AnswerPin(Command, frozen=True, tag="pin.answer"):
    """Answer, for one's company, whoever pinned a card."""

    pin: PinId
    state: Answer


# Events


class PinPut(Event, frozen=True, tag="pin.hung"):
    """A card is pinned to a job; its owner and the company hear it."""

    pin: Pin
    people: tuple[PersonId, ...]


class PinsCounted(Event, frozen=True, tag="pin.counted"):
    """So many cards are pinned to a job; everybody hears it."""

    job: JobId
    count: int


class PinWithdrawn(Event, frozen=True, tag="pin.withdrawn"):
    """A card is pinned to a job no longer; the company forgets whose it was."""

    pin: PinId
    at: float
    people: tuple[PersonId, ...]


class PinAnswered(Event, frozen=True, tag="pin.answered"):
    """The company answered; the owner and the company hear it."""

    pin: PinId
    state: Answer
    by: PersonId
    at: float
    people: tuple[PersonId, ...]


class PinsChecked(Event, frozen=True, tag="pin.checked"):
    """All pins were held against the grants and offers they rest on, as those stood then."""

    stored: ClassVar[bool] = False  # after a restart they are simply held against them again

    stand: str


# State


class Pin(Struct, frozen=True, rename="camel"):
    """A card pinned to a job."""

    id: PinId
    job: JobId
    booth: To
    person: str
    "Empty for the company once it may no longer know."
    card: str
    at: float
    until: float
    state: State = "new"
    answered_by: str = ""
    answered_at: float | None = None


class Pins(Struct, frozen=True):
    """All cards that were pinned to jobs."""

    all: dict[PinId, Pin] = {}
    "In the order they were pinned."
    counts: dict[JobId, int] = {}
    checked: str = ""
    "How what they rest on stood when they were last held against it."


class PinsShown(Struct, frozen=True, rename="camel"):
    """What one reader may see of it."""

    mine: dict[PinId, Pin]
    "The reader's own pins."
    inbox: dict[PinId, Pin]
    "Those to jobs of the reader's company; withdrawn ones without whose they were."
    counts: dict[JobId, int]
    "How many cards are pinned to each job."


COMMANDS: tuple[type[Command], ...] = (PutPin, WithdrawPin, AnswerPin)
EVENTS: tuple[type[Event], ...] = (
    PinPut,
    PinsCounted,
    PinWithdrawn,
    PinAnswered,
    PinsChecked,
)
VIEWS: tuple[type[View], ...] = ()
STIRS: dict[type[Event], tuple[type[View], ...]] = {}
VIEWED: dict[type[View], Callable[[Fair, float], View]] = {}


# What others ask


def of_booth(fair: Fair, booth: To, now: float) -> tuple[Pin, ...]:
    """All applications to a company that hold now, the newest first."""
    held = (pin for pin in fair.pins.all.values() if pin.booth == booth and holds(fair, pin, now))
    return tuple(held)[::-1]


def holds(fair: Fair, pin: Pin, now: float) -> bool:
    """Whether a pin still shows the company whose it is."""
    if pin.state == "withdrawn" or pin.person not in fair.people:
        return False
    card = cvs.of(fair, pin.person)
    return card is not None and card.id == pin.card and _granted(fair, pin, now)


def answers_own(fair: Fair, command: AnswerPin, by: Person) -> None:
    """Raises `Refused` for whoever does not stand at the job's booth: rights ask."""
    booth, pin = grants.booth_of(fair, by), fair.pins.all.get(command.pin)
    if booth is None or (pin is not None and pin.booth != booth.id):
        raise Refused("Only those who stand at a booth can do this for their company.")


# What people do


def decide(fair: Fair, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows; raises `Refused` with what to do instead."""
    return _DECIDES[type(command)](fair, command, by, now)


def _put(fair: Fair, put: PutPin, by: Person, now: float) -> tuple[Event, ...]:
    job = jobs.find(fair, put.job)
    if job is None:
        raise Refused("This offer is no longer on the board. Please look for another one.")
    own = [pin for pin in fair.pins.all.values() if pin.person == by.id and _hangs(pin)]
    if any(pin.job == job.id for pin in own):
        return ()
    if len(own) >= MOST:
        raise Refused("Your card hangs at {most} offers. Please take one off first.", most=MOST)
    granted = cvs.granting(fair, by.id, job.booth, put.what, _why(job.id), put.until, now)
    card = cvs.of(fair, by.id)
    pin = Pin(
        id=f"n{len(fair.pins.all) + 1}",
        job=job.id,
        booth=job.booth,
        person=by.id,
        card=card.id if card else "",
        at=now,
        until=put.until,
    )
    people = (by.id, *grants.staff(fair, job.booth))
    return (*granted, PinPut(pin, people), _counted(fair, job.id, 1))


def _withdraw(fair: Fair, command: WithdrawPin, by: Person, now: float) -> tuple[Event, ...]:
    own = (pin for pin in fair.pins.all.values() if pin.person == by.id and _hangs(pin))
    pin = next((each for each in own if each.job == command.job), None)
    if pin is None:
        return ()
    ended = cvs.ending(fair, by.id, pin.booth, _why(pin.job), now)
    return (*ended, *_off(fair, pin, now))


def _answer(fair: Fair, answer: AnswerPin, by: Person, now: float) -> tuple[Event, ...]:
    pin = fair.pins.all.get(answer.pin)
    if pin is None or not holds(fair, pin, now):
        raise Refused("This card is no longer pinned to your offer. There is nothing left to do.")
    if pin.state == answer.state:
        return ()
    people = (pin.person, *grants.staff(fair, pin.booth))
    return (PinAnswered(pin.id, answer.state, by.id, now, people),)


_DECIDES: dict[type[Command], Callable[[Fair, Any, Person, float], tuple[Event, ...]]] = {
    PutPin: _put,
    WithdrawPin: _withdraw,
    AnswerPin: _answer,
}


# What happens by itself


def tick(fair: Fair, now: float) -> tuple[Event, ...]:
    """A pin ends with the grant it rests on, and with its job."""
    at = due(fair)
    if at is None or now < at:
        return ()
    events: list[Event] = []
    for pin in fair.pins.all.values():
        if _hangs(pin) and _lost(fair, pin, now):
            if cvs.of(fair, pin.person) is not None:
                events += cvs.ending(fair, pin.person, pin.booth, _why(pin.job), now)
            ended = _off(fair, pin, now)
            events += ended
            for event in ended:  # what is counted for one counts for the next
                fair = replace(fair, pins=apply(fair.pins, event))
    return (*events, PinsChecked(_stand(fair)))


def due(fair: Fair) -> float | None:
    """At once, if what pins rest on changed since they were held against it; else when the next
    one ends."""
    hanging = [pin.until for pin in fair.pins.all.values() if _hangs(pin)]
    if hanging and fair.pins.checked != _stand(fair):
        return AT_ONCE
    return min(hanging, default=None)


def apply(part: Pins, event: Event) -> Pins:
    """All pins after `event`."""
    match event:
        case PinPut(pin=pin):
            return replace(part, all={**part.all, pin.id: pin})
        case PinsCounted(job=job, count=count):
            return replace(part, counts={**part.counts, job: count})
        case PinWithdrawn(pin=key, at=at):
            gone = replace(part.all[key], state="withdrawn", answered_at=at)
            return replace(part, all={**part.all, key: gone})
        case PinsChecked(stand=stand):
            return replace(part, checked=stand)
        case PinAnswered(pin=key, state=state, by=by, at=at):
            pin = replace(part.all[key], state=state, answered_by=by, answered_at=at)
            return replace(part, all={**part.all, key: pin})
        case _:
            return part


def show(fair: Fair, reader: Person, now: float) -> PinsShown:
    """What `reader` may see: own pins, and those to their company's jobs."""
    every = fair.pins.all.values()
    booth = grants.booth_of(fair, reader)
    inbox = () if booth is None else (pin for pin in every if pin.booth == booth.id)
    return PinsShown(
        mine={pin.id: pin for pin in every if pin.person == reader.id},
        inbox={pin.id: pin if holds(fair, pin, now) else nameless(pin) for pin in inbox},
        counts={job: count for job, count in fair.pins.counts.items() if count},
    )


def nameless(pin: Pin) -> Pin:
    """What a company keeps of a pin that was withdrawn."""
    return replace(pin, state="withdrawn", person="", card="")


# Details


def _hangs(pin: Pin) -> bool:
    return pin.state != "withdrawn"


def _why(job: JobId) -> str:
    return f"pin {job}"


def _granted(fair: Fair, pin: Pin, now: float) -> bool:
    return any(
        each.to == pin.booth and each.why == _why(pin.job) and live(each, now)
        for each in fair.cvs.ledger.get(pin.person, ())
        if each.card == pin.card
    )


def _stand(fair: Fair) -> str:
    """Looks different whenever a grant ended, or an offer or a booth went."""
    gone = fair.jobs.pinned - len(fair.jobs.jobs)
    return f"{fair.cvs.endings} {gone} {' '.join(fair.booths)}"


def _lost(fair: Fair, pin: Pin, now: float) -> bool:
    return jobs.find(fair, pin.job) is None or not holds(fair, pin, now)


def _off(fair: Fair, pin: Pin, now: float) -> tuple[Event, ...]:
    people = (pin.person, *grants.staff(fair, pin.booth))
    return (PinWithdrawn(pin.id, now, people), _counted(fair, pin.job, -1))


def _counted(fair: Fair, job: JobId, more: int) -> PinsCounted:
    return PinsCounted(job, max(0, fair.pins.counts.get(job, 0) + more))
