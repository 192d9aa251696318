"""CV cards as others see them over HTTP, CVs through links that soon end, and answers to pins."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Any, Final

import msgspec
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from rooms import cvs, grants, jobs, pins
from rooms.cvs import AskToSee, Card, Look
from rooms.people import HOUSE
from rooms.pins import AnswerPin
from schedule.machine import Refused
from server.cardfaces import curricula, do, faces, fair_of, kinds, opened
from server.cvs import answering, config, pdf_response
from server.visit import Handler, guarded, now, page, reader
from web.words import later

LASTS: Final = 60  # seconds a link to a CV can be followed
GONE: Final = later("This card hangs no more, or is not shown to you any longer.")
OVER: Final = later("This link is over. Please open the card anew.")


async def view(request: Request) -> Response:
    """A card with all that the reader may see of it now."""
    card_id = request.path_params["card"]
    found = await opened(request, card_id)
    if found is None:
        raise _missing(request, card_id)
    room, me = fair_of(request), reader(request)
    booth = grants.booth_of(room, me)
    held = () if booth is None else pins.of_booth(room, booth.id, now(request))
    answer = page(
        request,
        "card.html",
        found=found,
        company=booth,
        applications=[
            (pin, jobs.find(room, pin.job)) for pin in held if found.person and pin.card == card_id
        ],
        config=config(request, "card", card=card_id),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def as_json(request: Request) -> Response:
    """The same for a module."""
    found = await opened(request, request.path_params["card"])
    if found is None:
        raise _missing(request, request.path_params["card"])
    headers = {"Cache-Control": "no-store"}
    return Response(msgspec.json.encode(found), media_type="application/json", headers=headers)


async def all_faces(request: Request) -> Response:
    """All cards as they hang for this reader; no look at any of them."""
    headers = {"Cache-Control": "no-store"}
    found = msgspec.json.encode(await faces(request))
    return Response(found, media_type="application/json", headers=headers)


async def link(request: Request) -> Response:
    """Lead to the CV by a link that holds for this reader and a minute."""
    card = _granted(request)
    ticket = _tickets(request).dumps([card.id, reader(request).id])
    return RedirectResponse(f"/board/cards/{card.id}/cv.pdf?t={ticket}", HTTPStatus.SEE_OTHER)


async def pdf(request: Request) -> Response:
    """The CV, for whoever has a link of their own and still holds a grant."""
    try:
        said = _tickets(request).loads(request.query_params.get("t", ""), max_age=LASTS)
    except BadSignature:
        raise HTTPException(HTTPStatus.FORBIDDEN, OVER) from None
    if said != [request.path_params["card"], reader(request).id]:
        raise HTTPException(HTTPStatus.FORBIDDEN, OVER)
    card = _granted(request)
    try:
        await do(request, Look(card.id, reader(request).id, "pdf"), HOUSE)
    except Refused:
        raise HTTPException(HTTPStatus.GONE, GONE) from None
    found = await curricula(request).pdf(card.person)
    if found is None:
        raise HTTPException(HTTPStatus.GONE, GONE)
    return pdf_response(found, card.person)


async def ask(request: Request) -> Response:
    """Ask, for one's company, to see a card."""
    card = request.path_params["card"]
    await do(request, AskToSee(card), reader(request))
    return RedirectResponse(f"/board/cards/{card}", HTTPStatus.SEE_OTHER)


async def answer(request: Request) -> Response:
    """Answer, for one's company, whoever pinned a card."""
    form = await request.form()
    said = str(form.get("state", ""))
    pin = fair_of(request).pins.all.get(request.path_params["pin"])
    command: Any = {
        "invited": AnswerPin(request.path_params["pin"], "invited"),
        "declined": AnswerPin(request.path_params["pin"], "declined"),
        "later": AnswerPin(request.path_params["pin"], "later"),
    }.get(said)
    if command is None or pin is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    await do(request, command, reader(request))
    return RedirectResponse(f"/board/cards/{pin.card}", HTTPStatus.SEE_OTHER)


def _granted(request: Request) -> Card:
    """The card, if the reader may have its CV now; raises 403, or 410 for what is over."""
    room, me, card_id = fair_of(request), reader(request), request.path_params["card"]
    card = cvs.find(room, card_id)
    if card is None:
        raise _missing(request, card_id)
    if "pdf" not in kinds(request, card):
        booth = grants.booth_of(room, me)
        once = booth is not None and any(
            each.to in (booth.id, grants.SPONSORS) and "pdf" in each.what
            for each in room.cvs.ledger.get(card.person, ())
        )
        raise HTTPException(HTTPStatus.GONE if once else HTTPStatus.FORBIDDEN, GONE)
    return card


def _missing(request: Request, card_id: str) -> HTTPException:
    once = cvs.once_hung(fair_of(request), card_id)
    return HTTPException(HTTPStatus.GONE if once else HTTPStatus.NOT_FOUND, GONE)


def _tickets(request: Request) -> URLSafeTimedSerializer:
    secret = request.app.state.settings.secret
    return URLSafeTimedSerializer(
        secret, salt="foyer.cv", signer_kwargs={"digest_method": hashlib.sha256}
    )


def _deed(path: str, deed: Handler) -> Route:
    return Route(path, guarded(answering(deed)), methods=["POST"])


routes: Final[list[BaseRoute]] = [
    Route("/board/cards.json", guarded(all_faces)),
    Route("/board/cards/{card}.json", guarded(as_json)),
    Route("/board/cards/{card}/cv.pdf", guarded(pdf)),
    Route("/board/cards/{card}", guarded(view)),
    Route("/board/cards/{card}/pdf", guarded(link), methods=["POST"]),
    _deed("/board/cards/{card}/ask", ask),
    _deed("/board/pins/{pin}/answer", answer),
]
