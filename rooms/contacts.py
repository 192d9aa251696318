"""Who swaps contacts with whom: what each agreed to show the other, and since when.

The addresses and numbers themselves are never in the room nor in its log; `server/cards.py`
keeps them and asks here who may see what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms import acquaintance, safety
from rooms.acquaintance import AT_ONCE
from rooms.people import Person, PersonId
from schedule.machine import Command, Event, Refused, View

if TYPE_CHECKING:
    from rooms.lounge import Lounge

Field = Literal["mail", "phone", "card"]
"What somebody may add to name and organisation."
Fields = Annotated[tuple[Field, ...], Meta(max_length=3)]


# Commands


class Offer(Command, frozen=True, tag="contacts.offer"):
    """Say yes to swapping contacts with somebody, and what of one's own to show.

    Name and organisation always belong to it. Said again it replaces what was said before.
    """

    person: PersonId
    fields: Fields = ()


class Withdraw(Command, frozen=True, tag="contacts.withdraw"):
    """Swap contacts with somebody no longer: neither sees the other's any more."""

    person: PersonId


class WithdrawAll(Command, frozen=True, tag="contacts.withdraw-all"):
    """Swap contacts with nobody any more."""


# Events


class Offered(Event, frozen=True, tag="contacts.offered"):
    """Somebody would like to swap contacts, or changed what they show; both hear it."""

    by: PersonId
    to: PersonId
    fields: tuple[Field, ...]
    at: float


class Withdrawn(Event, frozen=True, tag="contacts.withdrawn"):
    """Somebody swaps contacts with somebody no longer; both hear it."""

    by: PersonId
    to: PersonId
    at: float


# State


class Given(Struct, frozen=True, rename="camel"):
    """What somebody agreed to show somebody."""

    fields: tuple[Field, ...]
    at: float


class Contacts(Struct, frozen=True):
    """All that was agreed to and not taken back."""

    offers: dict[PersonId, dict[PersonId, Given]] = {}
    "By who agreed, then to whom."
    withdrawn: dict[PersonId, frozenset[PersonId]] = {}
    "By who agreed once, to whom no longer."


class ContactsShown(Struct, frozen=True, rename="camel"):
    """One reader's own swaps. A swap is where a person is in both."""

    mine: dict[PersonId, Given]
    "What the reader shows, by whom it is shown to."
    theirs: dict[PersonId, Given]
    "Who would like to swap with the reader, and what they would show or do show."


COMMANDS: tuple[type[Command], ...] = (Offer, Withdraw, WithdrawAll)
EVENTS: tuple[type[Event], ...] = (Offered, Withdrawn)
VIEWS: tuple[type[View], ...] = ()
STIRS: dict[type[Event], tuple[type[View], ...]] = {}
VIEWED: dict[type[View], Callable[[Lounge, float], View]] = {}


def seen(lounge: Lounge, reader: PersonId, owner: PersonId) -> Given | None:
    """What of `owner` the reader may see now: something only while both agree to it."""
    if not _agreed(lounge, reader, owner) or safety.blocked(lounge, reader, owner):
        return None
    return lounge.contacts.offers[owner][reader]


def seen_once(lounge: Lounge, reader: PersonId, owner: PersonId) -> bool:
    """Whether the two had agreed, and one of them took it back or keeps the other away."""
    gone = lounge.contacts.withdrawn
    taken_back = reader in gone.get(owner, ()) or owner in gone.get(reader, ())
    return taken_back or (_agreed(lounge, reader, owner) and seen(lounge, reader, owner) is None)


def withdrawal(lounge: Lounge, by: PersonId, to: PersonId, now: float) -> tuple[Event, ...]:
    """What follows when somebody takes back what they show somebody, if they do."""
    shows = to in lounge.contacts.offers.get(by, {})
    return (Withdrawn(by, to, now),) if shows else ()


def decide(lounge: Lounge, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows; raises `Refused` for who never sat together."""
    match command:
        case Offer(person=person, fields=fields):
            return _offer(lounge, person, tuple(sorted(set(fields))), by, now)
        case Withdraw(person=person):
            return withdrawal(lounge, by.id, person, now)
        case WithdrawAll():
            mine = lounge.contacts.offers.get(by.id, {})
            return tuple(Withdrawn(by.id, to, now) for to in mine)
        case _:
            return ()


def tick(lounge: Lounge, now: float) -> tuple[Event, ...]:
    """Whoever keeps somebody away takes back what they show them; it looks like any withdrawal."""
    return tuple(Withdrawn(by, to, now) for by, to in _blocked_by_giver(lounge))


def due(lounge: Lounge) -> float | None:
    """At once, if somebody shows something to whom they keep away; else never."""
    return AT_ONCE if any(_blocked_by_giver(lounge)) else None


def apply(contacts: Contacts, event: Event) -> Contacts:
    """All swaps after `event`."""
    match event:
        case Offered(by=by, to=to, fields=fields, at=at):
            offers = {**contacts.offers.get(by, {}), to: Given(fields, at)}
            return replace(contacts, offers={**contacts.offers, by: offers})
        case Withdrawn(by=by, to=to):
            return _without(contacts, by, to)
        case _:
            return contacts


def show(lounge: Lounge, reader: Person, now: float) -> ContactsShown:
    """What concerns `reader`, without those they keep away.

    Whoever is kept away sees what they would see if the other had just withdrawn.
    """
    apart = lounge.safety.blocks.get(reader.id, frozenset())
    offers = lounge.contacts.offers
    mine = offers.get(reader.id, {})
    theirs = {by: given[reader.id] for by, given in offers.items() if reader.id in given}
    return ContactsShown(
        mine={person: given for person, given in mine.items() if person not in apart},
        theirs={person: given for person, given in theirs.items() if person not in apart},
    )


def _offer(
    lounge: Lounge, person: PersonId, fields: tuple[Field, ...], by: Person, now: float
) -> tuple[Event, ...]:
    """Whoever is kept away may say yes like anybody else: it only remains without an answer."""
    if person in lounge.safety.blocks.get(by.id, ()):
        raise Refused("You have blocked this person. Please end that first to swap contacts.")
    offers = lounge.contacts.offers
    asked = by.id in offers.get(person, {}) or person in offers.get(by.id, {})
    known = asked or acquaintance.met(lounge, by.id, person)
    if not known or person == by.id:
        raise Refused(
            "You can swap contacts with people you have talked to. Please ask for a talk first."
        )
    before = offers.get(by.id, {}).get(person)
    if before is not None and before.fields == fields:
        return ()
    return (Offered(by.id, person, fields, now),)


def _agreed(lounge: Lounge, one: PersonId, other: PersonId) -> bool:
    offers = lounge.contacts.offers
    return one in offers.get(other, {}) and other in offers.get(one, {})


def _blocked_by_giver(lounge: Lounge) -> Iterator[tuple[PersonId, PersonId]]:
    offers = lounge.contacts.offers
    for by, kept in lounge.safety.blocks.items():
        yield from ((by, to) for to in offers.get(by, ()) if to in kept)


def _without(contacts: Contacts, by: PersonId, to: PersonId) -> Contacts:
    both = to in contacts.offers.get(by, {}) and by in contacts.offers.get(to, {})
    left = {key: given for key, given in contacts.offers.get(by, {}).items() if key != to}
    gone = contacts.withdrawn.get(by, frozenset())
    return Contacts(
        offers={**contacts.offers, by: left},
        withdrawn={**contacts.withdrawn, by: gone | {to}} if both else contacts.withdrawn,
    )
