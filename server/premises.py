"""An exhibitor's own side of its booth: who may come in, and on whom something may be noted."""

from __future__ import annotations

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request

from rooms import acquaintance, contacts, fair, letters, lounge, pins, safety, visits
from rooms.fair import Fair
from rooms.lounge import Lounge
from rooms.people import Person, PersonId
from schedule.items import Booth
from server.visit import now, reader


def fair_of(request: Request) -> Fair:
    """The fair as it is now; raises 503 while it is not open."""
    state = request.app.state.house.state(fair.ROOM)
    if not isinstance(state, Fair):
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE)
    return state


def lounge_of(request: Request) -> Lounge:
    """The lounge as it is now; raises 503 while it is not open."""
    state = request.app.state.house.state(lounge.ROOM)
    if not isinstance(state, Lounge):
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE)
    return state


def booth_of(request: Request) -> Booth:
    """The booth the address names; raises 404."""
    found = fair_of(request).booths.get(str(request.path_params["booth"]))
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return found


def own(request: Request) -> Booth:
    """The booth the address names, if it is the reader's own; raises 403 for everybody else.

    Not even the desk comes in: what people entrust to a company is between them and it.
    """
    booth = booth_of(request)
    if reader(request).id not in fair.staff(fair_of(request), booth.id):
        raise HTTPException(
            HTTPStatus.FORBIDDEN, "Only those who represent this booth see what was left there."
        )
    return booth


def hidden(request: Request, person: PersonId) -> bool:
    """Whether somebody is not to be shown to the reader: gone, or one keeps the other away."""
    shown = lounge_of(request)
    return person not in shown.people or safety.blocked(shown, reader(request).id, person)


def known(request: Request, booth: Booth, person: PersonId) -> bool:
    """Whether somebody talked with this exhibitor, wrote to it or left it something: only on
    those may its people note anything."""
    room, shown = fair_of(request), lounge_of(request)
    if letters.wrote(room, booth.id, person) or visits.left(room, booth.id, person, now(request)):
        return True
    if any(pin.person == person for pin in pins.of_booth(room, booth.id, now(request))):
        return True
    return any(
        acquaintance.met(shown, each, person) or contacts.seen(shown, each, person)
        for each in fair.staff(room, booth.id)
    )


def colleagues(request: Request, booth: Booth) -> tuple[Person, ...]:
    """All who represent this booth."""
    room = fair_of(request)
    return tuple(room.people[each] for each in fair.staff(room, booth.id))
