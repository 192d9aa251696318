"""Meetings people book: asking, answering, moving, and what happens to them by themselves.

A request takes time of its proposer's alone. Whatever is agreed on is checked against both
calendars in the same step that writes it down, so nobody is ever booked twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms import breakout, safety, slots, wishes
from rooms.booked import Booking, BookingId, Bookings, Conflict, Instant, ahead, fixed, taken
from rooms.people import Person, PersonId
from rooms.slots import NOTICE
from schedule.machine import Command, Event, Refused, View

if TYPE_CHECKING:
    from rooms.lounge import Lounge

__all__ = ["Booking", "Bookings", "fixed", "taken"]

MOST_WAITING = 5  # requests of one person that wait for an answer at a time
MOST_ASKED = 12  # requests of one person in `ASKED_WITHIN`
ASKED_WITHIN = 3600.0  # seconds
MOST_TRIES = 2  # requests to the same side that came to nothing
LAPSES = 12 * 3600.0  # seconds without an answer
PROPOSALS = 3  # other times that are offered when the agenda is in the way
IN_TIME = 120.0  # seconds from now to the earliest of them

Slot = Instant
Slots = Annotated[tuple[Instant, ...], Meta(min_length=1, max_length=2)]
What = Literal[
    "asked",
    "proposed",
    "agreed",
    "declined",
    "withdrawn",
    "moved",
    "cancelled",
    "handed-on",
    "narrowed",
    "expired",
    "in-conflict",
    "fits",
    "met",
    "missed",
]


# Commands


class AskForTalk(Command, frozen=True, tag="booking.ask"):
    """Ask a person or an organisation for a meeting, at one or two times free for both."""

    slots: Slots
    to: PersonId | None = None
    organisation: Annotated[str, Meta(max_length=120)] = ""
    "Instead of a person: whoever of it has time."
    seconds: Literal[600, 900] = 600
    word: Annotated[str, Meta(max_length=300)] = ""


class AcceptTalk(Command, frozen=True, tag="booking.accept"):
    """Agree to one of the times proposed."""

    booking: BookingId
    slot: Slot


class DeclineTalk(Command, frozen=True, tag="booking.decline"):
    """Say no to a request."""

    booking: BookingId


class ProposeTimes(Command, frozen=True, tag="booking.propose"):
    """Answer a request with other times."""

    booking: BookingId
    slots: Slots


class MoveTalk(Command, frozen=True, tag="booking.move"):
    """Move a meeting agreed on to another time that is free for both."""

    booking: BookingId
    slot: Slot


class CancelTalk(Command, frozen=True, tag="booking.cancel"):
    """Withdraw one's request or proposal, or cancel a meeting agreed on."""

    booking: BookingId


class HandOn(Command, frozen=True, tag="booking.hand-on"):
    """Let somebody else of the organisation answer a request; or take it over oneself."""

    booking: BookingId
    to: PersonId


# Events


class BookingChanged(Event, frozen=True, tag="booking.changed"):
    """A booking is like this now; told to those who may know of it."""

    booking: Booking
    what: What
    by: PersonId | None
    "None: by itself."
    at: float


class BookingsChecked(Event, frozen=True, tag="booking.checked"):
    """The meetings agreed on were held against this cue of the agenda's."""

    cued: int
    stored: ClassVar[bool] = False  # after a restart they are simply held against it again


# State


class BookingsShown(Struct, frozen=True, rename="camel"):
    """The bookings one reader may know of."""

    mine: dict[BookingId, Booking]
    "By id, in the order they were asked for."


COMMANDS: tuple[type[Command], ...] = (
    AskForTalk,
    AcceptTalk,
    DeclineTalk,
    ProposeTimes,
    MoveTalk,
    CancelTalk,
    HandOn,
)
EVENTS: tuple[type[Event], ...] = (BookingChanged, BookingsChecked)
VIEWS: tuple[type[View], ...] = ()
STIRS: dict[type[Event], tuple[type[View], ...]] = {}
VIEWED: dict[type[View], Callable[[Lounge, float], View]] = {}


def decide(lounge: Lounge, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows; raises `Refused` with what to do instead."""
    return _DECIDES[type(command)](lounge, command, by.id, now)


def tick(lounge: Lounge, now: float) -> tuple[Event, ...]:
    """Requests lapse, meetings begin or give way to the agenda, and what is blocked ends."""
    due_at = due(lounge)
    if due_at is None or now < due_at:
        return ()
    events: list[Event] = []
    part = lounge.bookings
    keys = {key for keys in part.ahead.values() for key in keys}
    for key in sorted(keys, key=_number):
        for event in _by_itself(lounge, part.all[key], now):
            events.append(event)
            # What is decided for one counts for the next: two must not move to the same time.
            if isinstance(event, BookingChanged):
                lounge = replace(lounge, bookings=apply(lounge.bookings, event))
    if part.ahead and part.looked != lounge.cued:
        events.append(BookingsChecked(lounge.cued))
    return tuple(events)


def due(lounge: Lounge) -> float | None:
    """When `tick` next has something to do; 0 if that is already the case."""
    part = lounge.bookings
    if not part.ahead:
        return None
    if part.looked != lounge.cued or _somebody_parted(lounge):
        return 0.0
    return part.due_at


def apply(part: Bookings, event: Event) -> Bookings:
    """The bookings after `event`."""
    match event:
        case BookingChanged(booking=booking):
            return _with(part, booking)
        case BookingsChecked(cued=cued):
            return replace(part, looked=cued)
        case _:
            return part


def show(lounge: Lounge, reader: Person, now: float) -> BookingsShown:
    """The bookings `reader` may know of."""
    part = lounge.bookings
    return BookingsShown({key: part.all[key] for key in part.known.get(reader.id, ())})


# What people ask


def _ask(lounge: Lounge, ask: AskForTalk, by: PersonId, now: float) -> tuple[Event, ...]:
    if (ask.to is None) == (ask.organisation == ""):
        raise Refused("Please choose a person or an organisation that you would like to meet.")
    organisation = ask.organisation
    candidates = slots.reps(lounge, organisation) if ask.to is None else (ask.to,)
    _check_sides(lounge, by, candidates)
    _check_limits(lounge, by, candidates, organisation, now)
    _check_slots(ask.slots, now)
    owner = _owner(lounge, by, candidates, ask)
    booking = Booking(
        id=f"m{len(lounge.bookings.all) + 1}",
        stands="asked",
        asker=by,
        owner=owner,
        turn=owner,
        slots=tuple(sorted(ask.slots)),
        seconds=float(ask.seconds),
        asked_at=now,
        since=now,
        readers=_readers(lounge, by, owner, organisation),
        organisation=organisation,
        word=ask.word.strip(),
        expires_at=_expiry(ask.slots, now),
    )
    return (BookingChanged(booking, "asked", by, now),)


def _accept(lounge: Lounge, accept: AcceptTalk, by: PersonId, now: float) -> tuple[Event, ...]:
    booking = _answerable(lounge, accept.booking, by)
    start = accept.slot
    if start not in booking.slots or now >= start - NOTICE:
        raise Refused("This time is no longer proposed. Please propose another.")
    _check_free(lounge, booking, (start,))
    agreed = _standing(booking, "agreed", now, slots=(start,), noted=True)
    return (BookingChanged(agreed, "agreed", by, now),)


def _decline(lounge: Lounge, decline: DeclineTalk, by: PersonId, now: float) -> tuple[Event, ...]:
    booking = _answerable(lounge, decline.booking, by)
    return (BookingChanged(_standing(booking, "declined", now), "declined", by, now),)


def _propose(lounge: Lounge, propose: ProposeTimes, by: PersonId, now: float) -> tuple[Event, ...]:
    booking = _answerable(lounge, propose.booking, by)
    _check_slots(propose.slots, now)
    _check_free(lounge, booking, propose.slots)
    proposed = replace(
        booking,
        turn=booking.other(by),
        slots=tuple(sorted(propose.slots)),
        since=now,
        expires_at=_expiry(propose.slots, now),
    )
    return (BookingChanged(proposed, "proposed", by, now),)


def _move(lounge: Lounge, move: MoveTalk, by: PersonId, now: float) -> tuple[Event, ...]:
    booking = _known(lounge, move.booking, by)
    if booking.stands != "agreed" or by not in booking.people:
        raise Refused("Only a talk that both agreed on, and that has not begun, can be moved.")
    if move.slot == booking.starts_at and booking.conflict is None:
        return ()
    if move.slot <= now:
        raise Refused("This time has passed. Please choose a later one.")
    _check_free(lounge, booking, (move.slot,))
    return (BookingChanged(_moved(booking, move.slot, now), "moved", by, now),)


def _cancel(lounge: Lounge, cancel: CancelTalk, by: PersonId, now: float) -> tuple[Event, ...]:
    booking = _known(lounge, cancel.booking, by)
    if booking.stands == "asked" and by in (booking.asker, booking.proposer):
        ended: Literal["withdrawn", "declined"] = "withdrawn" if by == booking.asker else "declined"
        return (BookingChanged(_standing(booking, ended, now), ended, by, now),)
    if booking.stands == "agreed" and by in booking.people:
        return (BookingChanged(_standing(booking, "cancelled", now), "cancelled", by, now),)
    raise Refused(
        "This talk is not yours to cancel, or is over already. There is nothing left to do."
    )


def _hand_on(lounge: Lounge, hand_on: HandOn, by: PersonId, now: float) -> tuple[Event, ...]:
    booking = _known(lounge, hand_on.booking, by)
    organisation = booking.organisation or lounge.people[booking.owner].organisation
    colleagues = slots.reps(lounge, organisation)
    if booking.stands != "asked" or booking.turn != booking.owner or by not in colleagues:
        raise Refused("Only a request that waits for your organisation can be handed on.")
    to = hand_on.to
    if to not in colleagues or not slots.may_meet(lounge, booking.asker, to):
        raise Refused("Please choose somebody else of your organisation.")
    if to == booking.owner:
        return ()
    return (BookingChanged(_handed_on(lounge, booking, organisation, to), "handed-on", by, now),)


_DECIDES: dict[type[Command], Callable[[Lounge, Any, PersonId, float], tuple[Event, ...]]] = {
    AskForTalk: _ask,
    AcceptTalk: _accept,
    DeclineTalk: _decline,
    ProposeTimes: _propose,
    MoveTalk: _move,
    CancelTalk: _cancel,
    HandOn: _hand_on,
}


# What is checked


def _known(lounge: Lounge, key: BookingId, by: PersonId) -> Booking:
    booking = lounge.bookings.all.get(key)
    if booking is None or by not in booking.readers:
        raise Refused("This talk is not among yours. Please load the page anew.")
    return booking


def _answerable(lounge: Lounge, key: BookingId, by: PersonId) -> Booking:
    booking = _known(lounge, key, by)
    if booking.stands != "asked":
        raise Refused("This request has been answered already. There is nothing left to do.")
    if booking.turn == by:
        return booking
    if booking.turn == booking.owner and by != booking.asker:
        raise Refused("A colleague answers this request. Take it over first.")
    raise Refused("The other side has not answered yet. You can withdraw your request.")


def _check_sides(lounge: Lounge, by: PersonId, candidates: Iterable[PersonId]) -> None:
    if by in candidates or not any(each in lounge.people for each in candidates):
        raise Refused("Please choose a person or an organisation that you would like to meet.")
    if not any(wishes.sides_fit(lounge, by, each) for each in candidates):
        raise Refused("At this gathering talents and companies meet. Please choose somebody else.")


def _check_limits(
    lounge: Lounge, by: PersonId, candidates: tuple[PersonId, ...], organisation: str, now: float
) -> None:
    part = lounge.bookings
    known = (part.all[key] for key in part.known.get(by, ()))
    own = [booking for booking in known if by in booking.people]
    asked = [booking for booking in own if booking.asker == by]
    same = [
        booking
        for booking in own
        if (organisation and booking.organisation == organisation)
        or (not organisation and booking.other(by) in candidates)
    ]
    if any(booking.stands in ("asked", "agreed") for booking in same):
        raise Refused(
            "There is a request or a talk between you already. Please answer or move that one."
        )
    vain = ("declined", "expired", "withdrawn", "cancelled")
    if sum(booking.stands in vain for booking in same if booking.asker == by) >= MOST_TRIES:
        raise Refused(
            "You have asked here {most} times, which is the most. Perhaps you meet at a table.",
            most=MOST_TRIES,
        )
    if sum(booking.stands == "asked" for booking in asked) >= MOST_WAITING:
        raise Refused(
            "{most} requests of yours wait for an answer, which is the most at a time."
            " Please withdraw one first.",
            most=MOST_WAITING,
        )
    if sum(booking.asked_at > now - ASKED_WITHIN for booking in asked) >= MOST_ASKED:
        raise Refused(
            "You have sent {most} requests within an hour, which is the most."
            " Please try again later.",
            most=MOST_ASKED,
        )


def _check_slots(proposed: tuple[float, ...], now: float) -> None:
    if len(set(proposed)) < len(proposed) or min(proposed) < now + NOTICE:
        raise Refused(
            "A request needs different times, at least {minutes} minutes from now."
            " Please choose others.",
            minutes=round(NOTICE / 60),
        )


def _check_free(lounge: Lounge, booking: Booking, proposed: tuple[float, ...]) -> None:
    if not _fits(lounge, *booking.people, proposed, booking.seconds, booking.id):
        raise _not_free()


def _fits(
    lounge: Lounge,
    one: PersonId,
    other: PersonId,
    proposed: tuple[float, ...],
    seconds: float,
    but: str = "",
) -> bool:
    return slots.may_meet(lounge, one, other) and all(
        slots.both_free(lounge, one, other, slot, seconds, but) for slot in proposed
    )


def _not_free() -> Refused:
    # Said for a block and a "no thanks" as well, so that nobody learns of those.
    return Refused("This time is no longer free for both of you. Please choose another.")


def _owner(
    lounge: Lounge, by: PersonId, candidates: tuple[PersonId, ...], ask: AskForTalk
) -> PersonId:
    """Who answers: of those who are free, whoever has the fewest requests to answer."""
    fitting = [
        each for each in candidates if _fits(lounge, by, each, ask.slots, float(ask.seconds))
    ]
    if not fitting:
        raise _not_free()
    return min(fitting, key=lambda each: (_to_answer(lounge, each), each))


def _to_answer(lounge: Lounge, person: PersonId) -> int:
    return sum(
        booking.stands == "asked" and booking.turn == person for booking in ahead(lounge, person)
    )


# What happens by itself


def _by_itself(lounge: Lounge, booking: Booking, now: float) -> tuple[Event, ...]:
    if booking.stands == "asked":
        return _waits(lounge, booking, now)
    if _apart(lounge, *booking.people):
        return (BookingChanged(_standing(booking, "cancelled", now), "cancelled", None, now),)
    if now >= booking.starts_at:
        return _begins(lounge, booking, now)
    return _held_against_agenda(lounge, booking, now)


def _waits(lounge: Lounge, booking: Booking, now: float) -> tuple[Event, ...]:
    left = tuple(slot for slot in booking.slots if now < slot - NOTICE)
    late = booking.expires_at is not None and now >= booking.expires_at
    if left and not late and _apart(lounge, *booking.people):
        for colleague in slots.reps(lounge, booking.organisation):
            if colleague != booking.asker and not _apart(lounge, booking.asker, colleague):
                after = _handed_on(lounge, booking, booking.organisation, colleague)
                return (BookingChanged(after, "handed-on", None, now),)
        left = ()
    if late or not left:
        return (BookingChanged(_standing(booking, "expired", now), "expired", None, now),)
    if left != booking.slots:
        return (BookingChanged(replace(booking, slots=left), "narrowed", None, now),)
    return ()


def _begins(lounge: Lounge, booking: Booking, now: float) -> tuple[Event, ...]:
    """It is time: a room opens, or, if somebody is needed elsewhere, it moves by itself."""
    span = (max(now, booking.starts_at), booking.ends_at)
    late = now > booking.starts_at + booking.seconds / 2
    if not late and not slots.engaged(lounge, booking.people, span, booking.id):
        span = (booking.starts_at, booking.ends_at)
        room = breakout.opening(lounge, "booked", booking.people, booking.id, span)
        # One booking, one room: its id needs no counter, so two can open in the same step.
        opened = breakout.Opened(replace(room, id=booking.id))
        return (opened, BookingChanged(_standing(booking, "met", now), "met", None, now))
    later = slots.shared(lounge, *booking.people, booking.seconds, now, booking.id)
    if not later:
        return (BookingChanged(_standing(booking, "missed", now), "missed", None, now),)
    return (BookingChanged(_moved(booking, later[0], now), "moved", None, now),)


def _held_against_agenda(lounge: Lounge, booking: Booking, now: float) -> tuple[Event, ...]:
    if lounge.bookings.looked == lounge.cued:
        return ()
    span = (booking.starts_at, booking.ends_at)
    people = slots.engaged(lounge, booking.people, span, booking.id)
    before = booking.conflict
    if not people:
        if before is None:
            return ()
        return (BookingChanged(replace(booking, conflict=None), "fits", None, now),)
    if before is not None and before.people == people and _still(lounge, booking, before, now):
        return ()
    conflict = Conflict(people, _nearest(lounge, booking, now))
    return (BookingChanged(replace(booking, conflict=conflict), "in-conflict", None, now),)


def _still(lounge: Lounge, booking: Booking, conflict: Conflict, now: float) -> bool:
    """Whether all that was proposed instead is still possible."""
    return bool(conflict.proposals) and all(
        slot > now and _fits(lounge, *booking.people, (slot,), booking.seconds, booking.id)
        for slot in conflict.proposals
    )


def _nearest(lounge: Lounge, booking: Booking, now: float) -> tuple[float, ...]:
    found = slots.shared(lounge, *booking.people, booking.seconds, now + IN_TIME, booking.id)
    nearness = sorted(found, key=lambda slot: (abs(slot - booking.starts_at), slot))
    return tuple(nearness[:PROPOSALS])


def _apart(lounge: Lounge, one: PersonId, other: PersonId) -> bool:
    """Whether one of them left the gathering, or keeps the other away."""
    there = one in lounge.people and other in lounge.people
    return not there or safety.blocked(lounge, one, other)


def _somebody_parted(lounge: Lounge) -> bool:
    """Whether two with something ahead of them are apart now.

    This is asked after every command in the lounge, so it looks at the few blocks there are
    and not at the many bookings.
    """
    ahead_of = lounge.bookings.ahead
    if not ahead_of.keys() <= lounge.people.keys():
        return True
    return any(
        not set(ahead_of[one]).isdisjoint(ahead_of.get(other, ()))
        for one, others in lounge.safety.blocks.items()
        if one in ahead_of
        for other in others
    )


# How a booking changes


def _standing(booking: Booking, stands: Any, now: float, **changes: Any) -> Booking:
    return replace(
        booking,
        stands=stands,
        since=now,
        expires_at=None,
        conflict=None,
        revision=booking.revision + booking.noted,
        **changes,
    )


def _moved(booking: Booking, slot: float, now: float) -> Booking:
    revision = booking.revision + 1
    return replace(booking, slots=(slot,), since=now, revision=revision, conflict=None)


def _handed_on(lounge: Lounge, booking: Booking, organisation: str, to: PersonId) -> Booking:
    turn = to if booking.turn == booking.owner else booking.turn
    return replace(
        booking,
        owner=to,
        turn=turn,
        organisation=organisation,
        readers=_readers(lounge, booking.asker, to, organisation),
    )


def _readers(
    lounge: Lounge, asker: PersonId, owner: PersonId, organisation: str
) -> tuple[PersonId, ...]:
    return tuple(dict.fromkeys((asker, owner, *slots.reps(lounge, organisation))))


def _expiry(proposed: tuple[float, ...], now: float) -> float:
    return min(now + LAPSES, max(proposed) - NOTICE)


def _with(part: Bookings, booking: Booking) -> Bookings:
    known, coming = dict(part.known), dict(part.ahead)
    for person in booking.readers:
        if booking.id not in known.get(person, ()):
            known[person] = (*known.get(person, ()), booking.id)
    before = part.all.get(booking.id)
    for person in () if before is None else before.people:
        left = tuple(key for key in coming.get(person, ()) if key != booking.id)
        coming[person] = left
        if not left:
            del coming[person]
    if _open(booking):
        for person in booking.people:
            coming[person] = (*coming.get(person, ()), booking.id)
    everything = {**part.all, booking.id: booking}
    after = replace(part, all=everything, known=known, ahead=coming)
    return replace(after, due_at=_first_due(after, part.due_at, before, booking))


def _first_due(
    part: Bookings, due_at: float | None, before: Booking | None, booking: Booking
) -> float | None:
    """When something of what is ahead is next due; all of it is looked at only if it must be."""
    was_first = before is not None and _open(before) and _next(before) == due_at
    if due_at is None or was_first:
        keys = {key for keys in part.ahead.values() for key in keys}
        return min((_next(part.all[key]) for key in keys), default=None)
    return min(due_at, _next(booking)) if _open(booking) else due_at


def _open(booking: Booking) -> bool:
    return booking.stands in ("asked", "agreed")


def _next(booking: Booking) -> float:
    if booking.stands == "agreed":
        return booking.starts_at
    return min(booking.slots[0] - NOTICE, booking.expires_at or booking.slots[0])


def _number(key: BookingId) -> int:
    return int(key[1:])
