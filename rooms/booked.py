"""A booking: a meeting that two people ask for, agree on, move, and come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct

from rooms.people import PersonId

if TYPE_CHECKING:
    from rooms.lounge import Lounge, Span

BookingId = Annotated[str, Meta(min_length=2, max_length=12, pattern=r"^m[0-9]+$")]
Instant = Annotated[float, Meta(ge=0, le=1e11)]
Stands = Literal[
    "asked", "agreed", "met", "declined", "withdrawn", "cancelled", "expired", "missed"
]


class Conflict(Struct, frozen=True, rename="camel"):
    """The agenda moved, and somebody of the two is needed elsewhere at the time agreed on."""

    people: tuple[PersonId, ...]
    "Who of the two."
    proposals: tuple[float, ...]
    "When both are free instead, the nearest first; Unix seconds."


class Booking(Struct, frozen=True, rename="camel"):
    """One meeting, from the request on."""

    id: BookingId
    stands: Stands
    asker: PersonId
    owner: PersonId
    "The one who was asked; of an organisation, whoever answers for it."
    turn: PersonId
    "Whose answer a request waits for; the other one made the proposal."
    slots: tuple[float, ...]
    "The beginnings that are proposed, one or two; once agreed on, the one. Unix seconds."
    seconds: float
    asked_at: float
    "Unix seconds."
    since: float
    "Since when it stands like this, or waits for this side's answer; Unix seconds."
    readers: tuple[PersonId, ...]
    "Who may know of it: the two, and for an organisation its other representatives."
    organisation: str = ""
    "Set if the request came to, or was handed on within, an organisation's inbox."
    word: str = ""
    "What the asker wrote along."
    expires_at: float | None = None
    "When a request lapses without an answer; Unix seconds."
    revision: int = 0
    "Rises whenever the calendar's entry changes (SEQUENCE, RFC 5545 §3.8.7.4)."
    noted: bool = False
    "Whether it ever was agreed on, and so is in calendars."
    conflict: Conflict | None = None

    @property
    def starts_at(self) -> float:
        """When it begins; of a request, the first time proposed. Unix seconds."""
        return self.slots[0]

    @property
    def ends_at(self) -> float:
        """When it is over; Unix seconds."""
        return self.slots[0] + self.seconds

    @property
    def people(self) -> tuple[PersonId, PersonId]:
        """The two who meet."""
        return (self.asker, self.owner)

    @property
    def proposer(self) -> PersonId:
        """Who made the proposal that waits, and keeps its times free meanwhile."""
        return self.owner if self.turn == self.asker else self.asker

    def other(self, person: PersonId) -> PersonId:
        """Whom this one of the two meets."""
        return self.owner if person == self.asker else self.asker


class Bookings(Struct, frozen=True):
    """All bookings, and by person those they may know of and those that are still ahead."""

    all: dict[BookingId, Booking] = {}
    known: dict[PersonId, tuple[BookingId, ...]] = {}
    "By each reader."
    ahead: dict[PersonId, tuple[BookingId, ...]] = {}
    "Requests that wait and meetings agreed on, by each of the two."
    due_at: float | None = None
    "When something of what is ahead lapses or begins."
    looked: int = 0
    "Which cue of the agenda's the meetings were last held against."


def taken(lounge: Lounge, person: PersonId, span: Span, but: str = "") -> bool:
    """Whether a meeting agreed on, or a time they proposed, takes this time of the person's.

    A request never takes time of the one who was asked. `but` is a booking left out.
    """
    return any(
        slot < span[1] and slot + booking.seconds > span[0]
        for booking in ahead(lounge, person)
        if booking.id != but and (booking.stands == "agreed" or booking.proposer == person)
        for slot in booking.slots
    )


def spans(lounge: Lounge, person: PersonId) -> tuple[Span, ...]:
    """When the person has meetings agreed on."""
    return tuple(
        (booking.starts_at, booking.ends_at)
        for booking in ahead(lounge, person)
        if booking.stands == "agreed"
    )


def ahead(lounge: Lounge, person: PersonId) -> tuple[Booking, ...]:
    """The person's requests that wait and meetings agreed on."""
    part = lounge.bookings
    return tuple(part.all[key] for key in part.ahead.get(person, ()))


def fixed(lounge: Lounge) -> tuple[Booking, ...]:
    """The meetings agreed on that have not begun, the earliest first."""
    part = lounge.bookings
    keys = {key for keys in part.ahead.values() for key in keys}
    agreed = (part.all[key] for key in keys if part.all[key].stands == "agreed")
    return tuple(sorted(agreed, key=lambda booking: (booking.starts_at, booking.id)))
