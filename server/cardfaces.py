"""What of a CV card somebody may see: its face, or, by a grant, the card with the name on it.

Whoever shows something beyond the face to a company goes through `opened`, which writes the
look down first: the same step that decides it decides about withdrawals, so none can be overtaken.
"""

from __future__ import annotations

import secrets
from typing import Any, Final

from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request

from rooms import cvs, fair, grants, lounge, safety
from rooms.cvs import Card, Look
from rooms.fair import Fair
from rooms.grants import Seen, What
from rooms.lounge import Lounge
from rooms.people import HOUSE, Person, PersonId
from schedule.machine import Command, Refused
from server.curricula import Curricula, Curriculum
from server.visit import now, reader

UNAVAILABLE: Final = 503


class Face(Struct, frozen=True, rename="camel"):
    """A card as it hangs on the board for this reader; nothing on it needs a grant."""

    card: str
    "Its id, which does not say whose it is."
    revision: int
    at: float
    degree: str
    field: str
    topics: tuple[str, ...]
    available: str
    seeks: str
    "Empty unless the owner shows it to everybody, or is the reader."
    name: str
    "Likewise."
    person: PersonId
    "Likewise."
    contact: tuple[str, ...]
    "What everybody may tear off: mail and phone, if the owner said so."
    pdf: bool
    "Whether a CV goes with it; likewise said to the owner and by a grant."
    mine: bool
    asked: bool
    "Whether the reader's company asked to see it."
    granted: tuple[What, ...]
    "What the reader's company may open."


class Opened(Struct, frozen=True, rename="camel"):
    """A card with all on it that the reader may see now."""

    face: Face
    person: PersonId
    "Empty without a grant, as is all that follows."
    name: str
    seeks: str
    mail: str
    phone: str
    pdf: bool
    until: float | None
    "When the last of the grants ends; Unix seconds."


async def faces(request: Request) -> list[Face]:
    """All cards that hang, the newest first, as the reader may see them."""
    room = fair_of(request)
    cards = cvs.hanging(room)
    written = await curricula(request).all(card.person for card in cards)
    return [
        _face(request, room, card, written[card.person]) for card in cards if card.person in written
    ]


async def face(request: Request, card_id: str) -> Face | None:
    """One card as it hangs, or None if it does not."""
    room = fair_of(request)
    card = cvs.find(room, card_id)
    if card is None:
        return None
    return _face(request, room, card, await curricula(request).of(card.person))


async def opened(request: Request, card_id: str) -> Opened | None:
    """A card with all the reader may see, or None if it hangs no more.

    To a company it is shown only after the look is written down for its owner.
    """
    room, me = fair_of(request), reader(request)
    card = cvs.find(room, card_id)
    if card is None:
        return None
    own = card.person == me.id
    open_to = kinds(request, card)
    if not own and grants.booth_of(room, me) is not None:
        what: Seen = "contact" if "contact" in open_to else "card" if open_to else "face"
        try:
            await do(request, Look(card.id, me.id, what), HOUSE)
        except Refused:  # withdrawn in this very moment
            open_to = ()
            if cvs.find(fair_of(request), card_id) is None:
                return None
    written = await curricula(request).of(card.person)
    return _opened(request, card, written, ("card", "contact", "pdf") if own else open_to)


def of_person(request: Request, person: PersonId) -> str:
    """The id of a person's card, empty if none hangs; for those who know the person by a grant."""
    card = cvs.of(fair_of(request), person)
    return "" if card is None else card.id


def _opened(request: Request, card: Card, written: Curriculum, open_to: tuple[What, ...]) -> Opened:
    room, me = fair_of(request), reader(request)
    person = room.people.get(card.person)
    shown = bool(open_to) and person is not None
    held = [cvs.seen(room, me, card.person, kind, now(request)) for kind in open_to]
    contact = "contact" in open_to
    return Opened(
        face=_face(request, room, card, written),
        person=card.person if shown else "",
        name=person.name if shown and person else "",
        seeks=written.seeks if shown else "",
        mail=written.mail if contact else "",
        phone=written.phone if contact else "",
        pdf="pdf" in open_to and bool(written.file),
        until=max((each.until for each in held if each is not None), default=None),
    )


def _face(request: Request, room: Fair, card: Card, written: Curriculum) -> Face:
    me = reader(request)
    own = card.person == me.id
    open_ = written.named or own
    person = room.people.get(card.person)
    booth = grants.booth_of(room, me)
    contact = (written.mail, written.phone) if written.strip else ()
    open_to = kinds(request, card)
    return Face(
        card=card.id,
        revision=card.revision,
        at=card.at,
        degree=written.degree,
        field=written.field,
        topics=written.topics,
        available=written.available,
        seeks=written.seeks if open_ else "",
        name=person.name if open_ and person else "",
        person=card.person if open_ else "",
        contact=tuple(each for each in contact if each),
        pdf=bool(written.file) and (own or "pdf" in open_to),
        mine=own,
        asked=booth is not None and booth.id in room.cvs.asks.get(card.person, {}),
        granted=open_to,
    )


def kinds(request: Request, card: Card) -> tuple[What, ...]:
    """What the reader may open now: by the ledger, and not kept away by the owner."""
    room, me = fair_of(request), reader(request)
    meeting = request.app.state.house.state(lounge.ROOM)
    if isinstance(meeting, Lounge) and safety.blocked(meeting, me.id, card.person):
        return ()
    return cvs.may_open(room, me, card.person, now(request))


# Details others need as well


def fair_of(request: Request) -> Fair:
    """The fair as it is now; raises 503 while it is not open."""
    state = request.app.state.house.state(fair.ROOM)
    if not isinstance(state, Fair):
        raise HTTPException(UNAVAILABLE)
    return state


def curricula(request: Request) -> Curricula:
    """What stands on the cards."""
    found: Curricula = request.app.state.curricula
    return found


async def do(request: Request, command: Command, by: Person) -> None:
    """Carry a command out at the fair; raises `Refused`."""
    op = f"page-{secrets.token_hex(12)}"
    house: Any = request.app.state.house
    await house.do(fair.ROOM, op, command, by)
