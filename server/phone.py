"""Making a phone somebody's camera: a code on the computer's screen, a page on the phone."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from rooms.people import Person
from server import cookies, door
from server.handsets import LASTS, TOKEN_LASTS, Handset, Handsets
from server.mishaps import error
from server.visit import gathering_of, now, page, reader, switching
from web import qr, render, words

UNKNOWN: Final = words.later(
    "This code no longer holds. Please scan the new one on your computer's screen."
)
HEADING: Final = words.later("We do not know this code")


async def issue(request: Request) -> Response:
    """A fresh code for one's own phone, as address and as drawing."""
    if request.state.signed is None:
        raise HTTPException(HTTPStatus.UNAUTHORIZED)
    stage = request.path_params["stage"]
    if stage not in {each.id for each in gathering_of(request).stages}:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    token = await _handsets(request).issue(reader(request).id, stage, now(request))
    address = f"{request.app.state.settings.origin}/phone/{token}"
    drawn = qr.code(address)
    code = {"size": drawn.size, "path": drawn.path}
    return JSONResponse(
        {"address": address, "code": code, "seconds": TOKEN_LASTS},
        headers={"Cache-Control": "no-store"},
    )


async def revoke(request: Request) -> Response:
    """No phone is one's camera any more."""
    if request.state.signed is None:
        raise HTTPException(HTTPStatus.UNAUTHORIZED)
    await _handsets(request).revoke(reader(request).id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def enter(request: Request) -> Response:
    """Where the code leads. Looking at it consumes nothing; its button makes the phone a camera."""
    token = request.path_params["token"]
    found = await _handsets(request).read(token, now(request))
    person = _person(request, found)
    if found is None or person is None:
        return _unknown(request)
    if request.method != "POST":
        return page(request, "phone-enter.html", guest=person, action=f"/phone/{token}")
    secret = await _handsets(request).open(token, now(request))
    if secret is None:
        return _unknown(request)
    response = RedirectResponse("/phone", HTTPStatus.SEE_OTHER)
    settings = request.app.state.settings
    cookies.put(response.headers, settings, cookies.phone(settings), secret, int(LASTS))
    return response


async def camera(request: Request) -> Response:
    """The phone as camera."""
    secret = cookies.read(request.headers.get("cookie", "")).get(
        cookies.phone(request.app.state.settings), ""
    )
    found = await _handsets(request).recognise(secret, now(request)) if secret else None
    person = _person(request, found)
    if found is None or person is None:
        return _unknown(request)
    gathering, language = gathering_of(request), str(request.state.language)
    config = {
        "screen": "phone",
        "language": language,
        "timeZone": gathering.time_zone,
        "me": person,
        "stage": found.stage,
        "urls": {
            "words": render.words_address(language),
            "icons": render.static("icons.svg"),
            "ice": "/ice.json",
        },
    }
    return page(request, "phone.html", guest=person, config=config)


def _handsets(request: Request) -> Handsets:
    found: Handsets = request.app.state.handsets
    return found


def _person(request: Request, found: Handset | None) -> Person | None:
    person: Person | None = request.app.state.house.person(found.person) if found else None
    return person


def _unknown(request: Request) -> Response:
    limits = request.app.state.limits
    if not limits.take("failed sign-in", door.address(request), time.monotonic()):
        return error(request, HTTPStatus.TOO_MANY_REQUESTS)
    return error(request, HTTPStatus.NOT_FOUND, UNKNOWN, heading=HEADING)


routes: Final[list[BaseRoute]] = [
    Route("/stage/{stage}/phone", issue, methods=["POST"]),
    Route("/phone/revoke", revoke, methods=["POST"]),
    Route("/phone", switching(camera)),
    Route("/phone/{token}", switching(enter), methods=["GET", "POST"]),
]
