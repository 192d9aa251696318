"""Coming in and going out: personal links, guests of an open evening, one's own devices."""

from __future__ import annotations

import secrets
import time
from http import HTTPStatus
from typing import Final

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from rooms import floor
from rooms.foyer import ComeIn
from rooms.people import HOUSE, Person, Role
from rooms.pitch import Pitch
from schedule.items import Stage
from server import cookies, door
from server.accounts import Signed, device_name
from server.mishaps import error
from server.visit import (
    accounts,
    do,
    gathering_of,
    guarded,
    local,
    now,
    page,
    reader,
    switching,
)
from web import words

LONGEST_NAME: Final = 60  # characters
LONGEST_ORGANISATION: Final = 80  # characters


async def sign_in(request: Request) -> Response:
    """How to come in."""
    if request.state.signed is not None:
        return RedirectResponse("/", HTTPStatus.SEE_OTHER)
    return page(request, "sign-in.html")


async def enter(request: Request) -> Response:
    """A personal link. Looking at it consumes nothing; its button signs in."""
    token = request.path_params["token"]
    whose = await accounts(request).read_link(token, now(request))
    guest: Person | None = request.app.state.house.person(whose) if whose else None
    if guest is None:
        return _unknown_link(request)
    if request.method == "POST":
        form = await request.form()
        ahead = local(str(form.get("next", "/")))
        return await _signed_in(request, guest.id, _seat_of(request, guest.id) or ahead)
    ahead = local(request.query_params.get("next", "/"))
    return page(request, "enter.html", guest=guest, action=f"/sign-in/{token}", next=ahead)


def _seat_of(request: Request, person: str) -> str | None:
    """Whoever comes back while on stage lands there, not in the foyer."""
    house = request.app.state.house
    for room in house.rooms:
        state = house.state(room)
        if isinstance(state, Pitch) and floor.seat_of(state.floor, person) is not None:
            return f"/stage/{state.stage}/green-room"
    return None


def _unknown_link(request: Request) -> Response:
    limits = request.app.state.limits
    if not limits.take("failed sign-in", door.address(request), time.monotonic()):
        return error(request, HTTPStatus.TOO_MANY_REQUESTS)
    return error(
        request,
        HTTPStatus.NOT_FOUND,
        "This link no longer holds. Please ask the organisers for a new one.",
        heading=words.later("We do not know this link"),
    )


async def join(request: Request) -> Response:
    """Where the code on the hall's screen leads: guests of an open evening say their name."""
    gathering = gathering_of(request)
    wanted = request.path_params["stage"]
    stage = next((each for each in gathering.stages if each.id == wanted), None)
    if stage is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    if request.state.signed is not None:
        return RedirectResponse(f"/stage/{stage.id}", HTTPStatus.SEE_OTHER)
    if request.method != "POST":
        return _name_form(request, stage)
    if gathering.doors != "open":
        raise HTTPException(
            HTTPStatus.FORBIDDEN, "This evening is for invited guests. Please use your link."
        )
    return await _come_in(request, stage, await request.form())


def _name_form(
    request: Request, stage: Stage, name: str = "", organisation: str = "", wrong: str = ""
) -> Response:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return page(
        request,
        "join.html",
        status,
        stage=stage,
        name=name,
        organisation=organisation,
        wrong=wrong,
    )


async def _come_in(request: Request, stage: Stage, form: FormData) -> Response:
    language = str(request.state.language)
    name = " ".join(str(form.get("name", "")).split())
    organisation = " ".join(str(form.get("organisation", "")).split())[:LONGEST_ORGANISATION]
    if not name or len(name) > LONGEST_NAME:
        wrong = words.say(language, "Please tell us your name, in at most 60 characters.")
        return _name_form(request, stage, name[:LONGEST_NAME], organisation, wrong)
    if not request.app.state.limits.take("newcomer", door.address(request), time.monotonic()):
        return error(request, HTTPStatus.TOO_MANY_REQUESTS)
    guest = Person(
        id=f"guest-{secrets.token_hex(5)}",
        name=name,
        role=Role.GUEST,
        organisation=organisation,
        place="home" if form.get("place") == "home" else "hall",
        languages=(language,),
    )
    await do(request, ComeIn(guest), HOUSE)
    return await _signed_in(request, guest.id, f"/stage/{stage.id}")


async def _signed_in(request: Request, person: str, ahead: str) -> Response:
    at, ends_at = now(request), gathering_of(request).ends_at
    device = device_name(request.headers.get("user-agent", ""))
    secret = await accounts(request).open_session(person, device, at, ends_at)
    response = RedirectResponse(ahead, HTTPStatus.SEE_OTHER)
    cookies.sign_in(response, request.app.state.settings, secret, at, ends_at)
    return response


async def sign_out(request: Request) -> Response:
    """Leave on this device."""
    signed: Signed | None = request.state.signed
    if signed is not None:
        await accounts(request).end(signed.session, signed.person.id)
    response = RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER)
    cookies.sign_out(response, request.app.state.settings)
    return response


async def end_device(request: Request) -> Response:
    """Sign another of one's own devices out."""
    session = str((await request.form()).get("session", ""))
    person = reader(request).id
    devices = await accounts(request).devices(person, now(request))
    if session in {device.session for device in devices}:
        await accounts(request).end(session, person)
    return RedirectResponse("/me", HTTPStatus.SEE_OTHER)


routes: Final = [
    Route("/sign-in", switching(sign_in)),
    Route("/sign-in/{token}", switching(enter), methods=["GET", "POST"]),
    Route("/sign-out", sign_out, methods=["POST"]),
    Route("/join/{stage}", switching(join), methods=["GET", "POST"]),
    Route("/me/devices/end", guarded(end_device), methods=["POST"]),
]
