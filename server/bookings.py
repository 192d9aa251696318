"""Booked talks over HTTP: the times that are free for both, and the entries of one's calendar."""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from rooms import booked, lounge, slots
from rooms.booked import Booking
from rooms.bookings import IN_TIME
from rooms.lounge import Lounge
from rooms.people import HOUSE
from schedule.appointments import Appointment
from server.visit import guarded, now, reader

GONE: Final = frozenset({"cancelled", "missed"})


class Talk(Struct, frozen=True):
    """A talk ahead of the reader, as a page prints it."""

    at: float
    "Unix seconds."
    seconds: float
    name: str
    "Of the other side."
    organisation: str
    conflict: bool
    "Whether the agenda is in its way."


async def free(request: Request) -> Response:
    """When the reader and a person, an organisation or the other side of a booking are free.

    Whoever keeps the reader away has, as far as the reader learns, no time.
    """
    query, room, me = request.query_params, _lounge(request), reader(request).id
    seconds = 900.0 if query.get("seconds") == "900" else 600.0
    earliest = slots.askable(now(request))
    found: tuple[float, ...]
    if booking := room.bookings.all.get(query.get("booking", "")):
        found = _for_booking(room, booking, me, now(request))
    elif organisation := query.get("organisation", ""):
        found = slots.with_organisation(room, me, organisation, seconds, earliest)
    else:
        found = slots.shared(room, me, query.get("to", ""), seconds, earliest)
    return JSONResponse({"slots": found}, headers={"Cache-Control": "no-store"})


def _for_booking(room: Lounge, booking: Booking, me: str, at: float) -> tuple[float, ...]:
    if me not in booking.people or booking.stands not in ("asked", "agreed"):
        return ()
    earliest = at + IN_TIME if booking.stands == "agreed" else slots.askable(at)
    return slots.shared(room, *booking.people, booking.seconds, earliest, booking.id)


def ahead(request: Request) -> tuple[Talk, ...]:
    """The talks that the reader agreed on and that have not begun, the next first."""
    room, me = _lounge(request), reader(request).id
    agreed = [each for each in booked.ahead(room, me) if each.stands == "agreed"]
    return tuple(_talk(room, each, me) for each in sorted(agreed, key=lambda each: each.starts_at))


def _talk(room: Lounge, booking: Booking, me: str) -> Talk:
    other = room.people.get(booking.other(me), HOUSE)
    return Talk(
        at=booking.starts_at,
        seconds=booking.seconds,
        name=other.name,
        organisation=other.organisation,
        conflict=booking.conflict is not None,
    )


def appointments(request: Request) -> tuple[Appointment, ...]:
    """The talks that the reader agreed on, as entries of the reader's calendar."""
    room, me = _lounge(request), reader(request).id
    mine = (room.bookings.all[key] for key in room.bookings.known.get(me, ()))
    return tuple(
        _appointment(room, booking, me)
        for booking in mine
        if booking.noted and me in booking.people
    )


def _appointment(room: Lounge, booking: Booking, me: str) -> Appointment:
    other = room.people.get(booking.other(me))
    return Appointment(
        id=booking.id,
        title=other.name if other else booking.organisation,
        about=other.organisation if other else "",
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        revision=booking.revision,
        revised_at=booking.since,
        cancelled=booking.stands in GONE,
    )


def _lounge(request: Request) -> Lounge:
    state: Lounge = request.app.state.house.state(lounge.ROOM)
    return state


routes: Final[list[BaseRoute]] = [Route("/bookings/slots", guarded(free))]
