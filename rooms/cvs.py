"""CV cards: who has one, whom its owner lets see what of it until when, and who looked.

What stands on a card is never in the room nor in its log: `server/curricula.py` keeps it sealed
and asks here who may see what. Others know a card by an id that does not say whose it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from msgspec import Struct
from msgspec.structs import replace

from rooms import grants
from rooms.acquaintance import AT_ONCE
from rooms.grants import SPONSORS, CardId, Grant, GrantId, Seen, To, What, Whats, live, standing
from rooms.people import Person, PersonId, Role
from schedule.items import Booth
from schedule.machine import Command, Event, Refused, View

if TYPE_CHECKING:
    from rooms.fair import Fair

KEPT = 7 * 86_400.0  # seconds after the gathering's end that cards hang, as long as sign-ins hold
ONE_LOOK = 60.0  # seconds in which somebody who looks again has looked once
MOST_GRANTS = 400  # of one person; their ledger is told to them whole
MOST_ASKED = 40  # cards a booth waits to hear from


# Commands


class Hang(Command, frozen=True, tag="cv.hang"):
    """The house hangs a card that is sealed, or one that was written anew."""

    person: PersonId
    card: CardId
    "Only for who has none yet."
    pdf: bool
    "Whether a CV goes with it."


class TakeDown(Command, frozen=True, tag="cv.take-down"):
    """Take one's card off the board; nobody sees any of it any more, and it is erased."""


class GrantAccess(Command, frozen=True, tag="cv.grant"):
    """Let a company, or all sponsors, see one's card with the name on it, until that day.

    Said again for the same reason it replaces what was said before.
    """

    to: To
    until: float
    what: Whats = ()
    "What else: contact, CV."
    why: Literal["switch", "visit"] = "switch"


class Withdraw(Command, frozen=True, tag="cv.withdraw"):
    """Let a company, or all sponsors, see one's card no longer, why ever they did.

    A company that was named sees it not as one of all sponsors either, until it is named again.
    """

    to: To


class Look(Command, frozen=True, tag="cv.look"):
    """The house writes down that somebody is about to see something of a card."""

    card: CardId
    by: PersonId
    what: Seen


class AskToSee(Command, frozen=True, tag="cv.ask"):
    """Ask the owner of a card, for one's company, to let it be seen."""

    card: CardId


# Events


class CardHung(Event, frozen=True, tag="cv.hung"):
    """Somebody's card hangs, or reads otherwise now; they alone hear it."""

    card: Card


class FaceChanged(Event, frozen=True, tag="cv.face"):
    """A card that hangs looks like this revision of it; everybody hears it."""

    stored: ClassVar[bool] = False  # it follows from the event before

    card: CardId
    revision: int
    "0: it hangs no more."


class CardTakenDown(Event, frozen=True, tag="cv.taken-down"):
    """Somebody's card hangs no more, and with it all grants ended."""

    person: PersonId
    card: CardId
    at: float
    people: tuple[PersonId, ...]


class Granted(Event, frozen=True, tag="cv.granted"):
    """A company may see something of a card; it and the owner hear it."""

    grant: Grant
    people: tuple[PersonId, ...]


class Withdrawn(Event, frozen=True, tag="cv.withdrawn"):
    """Grants ended before their time; those they were for and the owner hear it."""

    person: PersonId
    card: CardId
    to: To
    "Whoever that is sees nothing of the card, unless `grants` names some alone."
    grants: tuple[GrantId, ...]
    whole: bool
    "Whether the company is set apart; else only `grants` ended."
    at: float
    people: tuple[PersonId, ...]


class Expired(Event, frozen=True, tag="cv.expired"):
    """Grants ended in their time."""

    person: PersonId
    card: CardId
    grants: tuple[GrantId, ...]
    people: tuple[PersonId, ...]


class Looked(Event, frozen=True, tag="cv.looked"):
    """Somebody of a company looked at a card; its owner hears it."""

    person: PersonId
    look: Sight


class AskedToSee(Event, frozen=True, tag="cv.asked"):
    """A company asks to see a card; it and the owner hear it."""

    person: PersonId
    card: CardId
    booth: To
    at: float
    people: tuple[PersonId, ...]


# State


class Card(Struct, frozen=True, rename="camel"):
    """A card that hangs."""

    id: CardId
    person: PersonId
    revision: int
    at: float
    edited_at: float
    expires: float
    pdf: bool


class Sight(Struct, frozen=True, rename="camel"):
    """A look of somebody of a company at somebody's card."""

    by: PersonId
    booth: To
    what: Seen
    at: float


class Cvs(Struct, frozen=True):
    """All cards and the ledger of grants; never what stands on them."""

    cards: dict[PersonId, Card] = {}
    owners: dict[CardId, PersonId] = {}
    gone: frozenset[CardId] = frozenset()
    "Cards that hung once."
    ledger: dict[PersonId, tuple[Grant, ...]] = {}
    "Oldest first."
    granted: int = 0
    "How many grants there ever were."
    apart: dict[PersonId, frozenset[To]] = {}
    "Companies that are none of all sponsors to the owner of a card."
    looks: dict[PersonId, tuple[Sight, ...]] = {}
    asks: dict[PersonId, dict[To, float]] = {}
    "Which companies ask to see a card, since when."
    endings: int = 0
    "How often grants ended; who rests on one knows whether to look."
    due_at: float | None = None
    "When the next grant or card ends."


class CvsShown(Struct, frozen=True, rename="camel"):
    """What one reader may see of it."""

    hanging: dict[CardId, int]
    "The revision of each card that hangs."
    mine: Card | None
    ledger: tuple[Grant, ...]
    "All the reader granted, oldest first."
    apart: tuple[To, ...]
    "Companies the reader set apart from all sponsors."
    looks: tuple[Sight, ...]
    "Who looked at the reader's card, oldest first."
    asks: dict[To, float]
    "Which companies ask to see the reader's card."
    grants: tuple[Grant, ...]
    "What the reader's company may see now."
    asked: tuple[CardId, ...]
    "Which cards the reader's company asked to see."


COMMANDS: tuple[type[Command], ...] = (Hang, TakeDown, GrantAccess, Withdraw, Look, AskToSee)
EVENTS: tuple[type[Event], ...] = (
    CardHung,
    FaceChanged,
    CardTakenDown,
    Granted,
    Withdrawn,
    Expired,
    Looked,
    AskedToSee,
)
VIEWS: tuple[type[View], ...] = ()
STIRS: dict[type[Event], tuple[type[View], ...]] = {}
VIEWED: dict[type[View], Callable[[Fair, float], View]] = {}


# What others ask


def seen(fair: Fair, reader: Person, owner: PersonId, what: What, now: float) -> Grant | None:
    """The grant by which `reader` may see this of `owner`'s card now; None if there is none.

    Everybody who is about to show something of a card to a company asks here, each time.
    """
    booth = grants.booth_of(fair, reader)
    if booth is None:
        return None
    return next((each for each in _open_to(fair, owner, booth, now) if what in each.what), None)


def may_open(fair: Fair, reader: Person, owner: PersonId, now: float) -> tuple[What, ...]:
    """All that `reader` may see of `owner`'s card now, beyond its face."""
    booth = grants.booth_of(fair, reader)
    found = () if booth is None else _open_to(fair, owner, booth, now)
    kinds: tuple[What, ...] = ("card", "contact", "pdf")
    return tuple(kind for kind in kinds if any(kind in each.what for each in found))


def find(fair: Fair, card: CardId) -> Card | None:
    """A card that hangs."""
    return fair.cvs.cards.get(fair.cvs.owners.get(card, ""))


def of(fair: Fair, person: PersonId) -> Card | None:
    """The card of this person, while it hangs."""
    return fair.cvs.cards.get(person)


def hanging(fair: Fair) -> tuple[Card, ...]:
    """All cards that hang, the newest first."""
    return tuple(fair.cvs.cards.values())[::-1]


def once_hung(fair: Fair, card: CardId) -> bool:
    """Whether there was such a card, which was taken down."""
    return card in fair.cvs.gone


def latest(fair: Fair) -> float:
    """The last instant a grant may name: sign-ins end then as well."""
    return fair.hours[1] + KEPT


def for_talents(fair: Fair, command: Command, by: Person) -> None:
    """Raises `Refused` for whoever is no talent: rights ask."""
    if by.role is not Role.TALENT:
        raise Refused("CV cards are for talents. Jobs are pinned by those who stand at a booth.")


def stands_at_booth(fair: Fair, command: Command, by: Person) -> None:
    """Raises `Refused` for whoever represents no exhibitor: rights ask."""
    if grants.booth_of(fair, by) is None:
        raise Refused("Only those who stand at a booth can do this for their company.")


# What people do


def decide(fair: Fair, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows; raises `Refused` with what to do instead."""
    return _DECIDES[type(command)](fair, command, by, now)


def granting(
    fair: Fair, person: PersonId, to: To, what: Iterable[What], why: str, until: float, now: float
) -> tuple[Event, ...]:
    """One more line in the ledger; those for the same reason end. Raises `Refused`."""
    card = fair.cvs.cards.get(person)
    if card is None:
        raise Refused("Please write your CV card first; then companies can see it.")
    if to != SPONSORS and to not in fair.booths:
        raise Refused("This company has no booth here. Please choose another one.")
    if until <= now:
        raise Refused("This day is over. Please choose until when your card may be seen.")
    if until > latest(fair):
        raise Refused("Cards are erased a week after the gathering. Please choose an earlier day.")
    before = _ledger(fair, card)
    if len(before) >= MOST_GRANTS:
        raise Refused("You changed this very often. Please take your card down and write it anew.")
    wanted = {"card", *what}
    kinds: tuple[What, ...] = ("card", "contact", "pdf")
    grant = Grant(
        id=f"g{fair.cvs.granted + 1}",
        person=person,
        card=card.id,
        to=to,
        what=tuple(kind for kind in kinds if kind in wanted),
        why=why,
        at=now,
        until=until,
    )
    same = [each for each in before if (each.to, each.why) == (to, why) and live(each, now)]
    apart = fair.cvs.apart.get(person, frozenset()) - {to}
    people = (person, *grants.staff(fair, to, apart))
    return (*_ended(fair, card, to, same, now), Granted(grant, people))


def ending(fair: Fair, person: PersonId, to: To, why: str | None, now: float) -> tuple[Event, ...]:
    """Live grants to a company end: those for this reason, or, without one, all of them."""
    card = fair.cvs.cards.get(person)
    if card is None:
        return ()
    held = [
        each
        for each in _ledger(fair, card)
        if each.to == to and live(each, now) and why in (None, each.why)
    ]
    if why is not None or to == SPONSORS:
        return _ended(fair, card, to, held, now)
    known = to in fair.cvs.apart.get(person, ()) and to not in fair.cvs.asks.get(person, {})
    if known and not held:
        return ()
    people = _concerned(fair, person, (to,))
    ids = tuple(each.id for each in held)
    return (Withdrawn(person, card.id, to, ids, True, now, people),)


def _hang(fair: Fair, hang: Hang, by: Person, now: float) -> tuple[Event, ...]:
    owner = fair.people.get(hang.person)
    if owner is None or owner.role is not Role.TALENT:
        raise Refused("CV cards are for talents. Jobs are pinned by those who stand at a booth.")
    if now >= latest(fair):
        raise Refused("The gathering is over, so no new cards can be hung.")
    before = fair.cvs.cards.get(hang.person)
    if before is None:
        if hang.card in fair.cvs.owners or hang.card in fair.cvs.gone:
            raise Refused("That failed on our side. Please try again.")
        card = Card(hang.card, hang.person, 1, now, now, latest(fair), hang.pdf)
    else:
        revision = before.revision + 1
        card = replace(before, revision=revision, edited_at=now, pdf=hang.pdf)
    return (CardHung(card), FaceChanged(card.id, card.revision))


def _take_down(fair: Fair, command: TakeDown, by: Person, now: float) -> tuple[Event, ...]:
    card = fair.cvs.cards.get(by.id)
    return () if card is None else _off(fair, card, now)


def _grant(fair: Fair, grant: GrantAccess, by: Person, now: float) -> tuple[Event, ...]:
    return granting(fair, by.id, grant.to, grant.what, grant.why, grant.until, now)


def _withdraw(fair: Fair, command: Withdraw, by: Person, now: float) -> tuple[Event, ...]:
    return ending(fair, by.id, command.to, None, now)


def _look(fair: Fair, look: Look, by: Person, now: float) -> tuple[Event, ...]:
    card, reader = find(fair, look.card), fair.people.get(look.by)
    booth = None if reader is None else grants.booth_of(fair, reader)
    if card is None or reader is None or booth is None:
        raise Refused("This card is not shown to you, or no longer.")
    if look.what != "face" and seen(fair, reader, card.person, look.what, now) is None:
        raise Refused("This card is not shown to you, or no longer.")
    sight = Sight(look.by, booth.id, look.what, now)
    before = fair.cvs.looks.get(card.person, ())
    return () if _same_look(before, sight) else (Looked(card.person, sight),)


def _ask(fair: Fair, ask: AskToSee, by: Person, now: float) -> tuple[Event, ...]:
    card, booth = find(fair, ask.card), grants.booth_of(fair, by)
    if card is None:
        raise Refused("This card hangs no more. Please look at another one.")
    if booth is None:
        raise Refused("Only those who stand at a booth can do this for their company.")
    asks, owner = fair.cvs.asks, card.person
    if seen(fair, by, owner, "card", now) or booth.id in asks.get(owner, {}):
        return ()
    if booth.id in fair.cvs.apart.get(owner, ()):
        raise Refused("The owner of this card said no. Please leave it at that.")
    if sum(booth.id in each for each in asks.values()) >= MOST_ASKED:
        raise Refused("Your company waits for many answers already. Please wait for some of them.")
    people = (owner, *grants.staff(fair, booth.id))
    return (AskedToSee(owner, card.id, booth.id, now, people),)


_DECIDES: dict[type[Command], Callable[[Fair, Any, Person, float], tuple[Event, ...]]] = {
    Hang: _hang,
    TakeDown: _take_down,
    GrantAccess: _grant,
    Withdraw: _withdraw,
    Look: _look,
    AskToSee: _ask,
}


# What happens by itself


def tick(fair: Fair, now: float) -> tuple[Event, ...]:
    """Cards and grants end in their time, and with the stay of whose they are."""
    at = due(fair)
    if at is None or now < at:
        return ()
    events: list[Event] = []
    for card in fair.cvs.cards.values():
        if card.expires <= now or card.person not in fair.people:
            events += _off(fair, card, now)
        else:
            events += _expired(fair, card, now)
    return tuple(events)


def due(fair: Fair) -> float | None:
    """When `tick` next has something to do; Unix seconds."""
    if any(person not in fair.people for person in fair.cvs.cards):
        return AT_ONCE
    return fair.cvs.due_at


def _off(fair: Fair, card: Card, now: float) -> tuple[Event, ...]:
    held = [each for each in _ledger(fair, card) if standing(each)]
    asking = fair.cvs.asks.get(card.person, {})
    people = _concerned(fair, card.person, (*(each.to for each in held), *asking))
    return (CardTakenDown(card.person, card.id, now, people), FaceChanged(card.id, 0))


def _expired(fair: Fair, card: Card, now: float) -> tuple[Event, ...]:
    over = [each for each in _ledger(fair, card) if standing(each) and each.until <= now]
    people = _concerned(fair, card.person, (each.to for each in over))
    ids = tuple(each.id for each in over)
    return (Expired(card.person, card.id, ids, people),) if over else ()


def apply(part: Cvs, event: Event) -> Cvs:
    """All cards after `event`."""
    match event:
        case CardHung(card=card):
            cards = {**part.cards, card.person: card}
            owners = {**part.owners, card.id: card.person}
            return _timed(replace(part, cards=cards, owners=owners))
        case CardTakenDown(person=person, card=card_id, at=at):
            return _timed(_ended_once_more(_without(part, person, card_id, at)))
        case Granted(grant=grant):
            return _timed(_with(part, grant))
        case Withdrawn(person=person, to=to, grants=ids, whole=whole, at=at):
            part = _changed(part, person, ids, withdrawn_at=at)
            part = _set_apart(part, person, to) if whole else part
            return _timed(_ended_once_more(part))
        case Expired(person=person, grants=ids):
            return _timed(_ended_once_more(_changed(part, person, ids, expired=True)))
        case Looked(person=person, look=look):
            looks = (*part.looks.get(person, ()), look)
            return replace(part, looks={**part.looks, person: looks})
        case AskedToSee(person=person, booth=booth, at=at):
            asks = {**part.asks.get(person, {}), booth: at}
            return replace(part, asks={**part.asks, person: asks})
        case _:
            return part


def show(fair: Fair, reader: Person, now: float) -> CvsShown:
    """What `reader` may see: what hangs, what is their own, and what their company may see."""
    part, own = fair.cvs, reader.id
    booth = grants.booth_of(fair, reader)
    cards = part.cards.values()
    return CvsShown(
        hanging={card.id: card.revision for card in cards},
        mine=part.cards.get(own),
        ledger=part.ledger.get(own, ()),
        apart=tuple(sorted(part.apart.get(own, ()))),
        looks=part.looks.get(own, ()),
        asks=part.asks.get(own, {}),
        grants=()
        if booth is None
        else tuple(each for card in cards for each in _open_to(fair, card.person, booth, now)),
        asked=()
        if booth is None
        else tuple(card.id for card in cards if booth.id in part.asks.get(card.person, {})),
    )


# Details


def _ledger(fair: Fair, card: Card) -> tuple[Grant, ...]:
    """What was granted of this very card; of one before it nothing holds any more."""
    return tuple(each for each in fair.cvs.ledger.get(card.person, ()) if each.card == card.id)


def _open_to(fair: Fair, owner: PersonId, booth: Booth, now: float) -> tuple[Grant, ...]:
    card = fair.cvs.cards.get(owner)
    if card is None or owner not in fair.people or now >= card.expires:
        return ()
    apart = fair.cvs.apart.get(owner, frozenset())
    return tuple(
        each
        for each in _ledger(fair, card)
        if live(each, now) and grants.applies(each, booth, apart)
    )


def _concerned(fair: Fair, owner: PersonId, to: Iterable[To]) -> tuple[PersonId, ...]:
    staff = {person for each in to for person in grants.staff(fair, each)}
    return (owner, *sorted(staff - {owner}))


def _ended(fair: Fair, card: Card, to: To, over: list[Grant], now: float) -> tuple[Event, ...]:
    people = _concerned(fair, card.person, (to,))
    ids = tuple(each.id for each in over)
    return (Withdrawn(card.person, card.id, to, ids, False, now, people),) if over else ()


def _same_look(before: Iterable[Sight], sight: Sight) -> bool:
    return any(
        (each.by, each.booth, each.what) == (sight.by, sight.booth, sight.what)
        and sight.at < each.at + ONE_LOOK
        for each in before
    )


def _with(part: Cvs, grant: Grant) -> Cvs:
    person, to = grant.person, grant.to
    asks = {key: at for key, at in part.asks.get(person, {}).items() if key != to}
    return replace(
        part,
        ledger={**part.ledger, person: (*part.ledger.get(person, ()), grant)},
        granted=part.granted + 1,
        apart={**part.apart, person: part.apart.get(person, frozenset()) - {to}},
        asks={**part.asks, person: asks},
    )


def _changed(part: Cvs, person: PersonId, ids: Iterable[GrantId], **how: Any) -> Cvs:
    over = frozenset(ids)
    lines = part.ledger.get(person, ())
    after = tuple(replace(each, **how) if each.id in over else each for each in lines)
    return replace(part, ledger={**part.ledger, person: after})


def _set_apart(part: Cvs, person: PersonId, to: To) -> Cvs:
    apart = part.apart.get(person, frozenset()) | {to}
    asks = {key: at for key, at in part.asks.get(person, {}).items() if key != to}
    return replace(part, apart={**part.apart, person: apart}, asks={**part.asks, person: asks})


def _without(part: Cvs, person: PersonId, card: CardId, at: float) -> Cvs:
    held = (each.id for each in part.ledger.get(person, ()) if standing(each))
    part = _changed(part, person, held, withdrawn_at=at)
    return replace(
        part,
        cards={key: each for key, each in part.cards.items() if key != person},
        owners={key: each for key, each in part.owners.items() if key != card},
        gone=part.gone | {card},
        asks={key: each for key, each in part.asks.items() if key != person},
    )


def _ended_once_more(part: Cvs) -> Cvs:
    return replace(part, endings=part.endings + 1)


def _timed(part: Cvs) -> Cvs:
    ends = [card.expires for card in part.cards.values()]
    ends += [each.until for lines in part.ledger.values() for each in lines if standing(each)]
    return replace(part, due_at=min(ends, default=None))
