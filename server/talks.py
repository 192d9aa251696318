"""The pages of one-to-one talks: all of one's own, and the one that is on now."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from rooms import lounge
from rooms.lounge import LoungeShown
from server import bookings
from server.visit import foyer_shown, gathering_of, guarded, page, reader
from web import render


class Round(Struct, frozen=True):
    """A round as the reader's page prints it."""

    title: str
    at: float
    "As expected; Unix seconds."
    over: bool
    partners: tuple[str, ...]
    "Names; none while they are not known, or if there are none."


async def overview(request: Request) -> Response:
    """The rounds with one's own partners, the talks one arranged, and the ways to both."""
    rounds = _rounds(request)
    return page(
        request,
        "talks.html",
        rounds=rounds,
        next=next((each for each in rounds if not each.over), None),
        talks=bookings.ahead(request),
        config=config(request, "talks"),
    )


def _rounds(request: Request) -> tuple[Round, ...]:
    shown, people, me = _shown(request), foyer_shown(request).people, reader(request).id
    partners = {each.item: each.partners for each in shown.pairing.mine}
    for talk in shown.breakouts.values():  # who it was in the end, after a no-show as well
        if talk.kind == "round":
            partners[talk.item] = tuple(each for each in talk.people if each != me)
    return tuple(
        Round(
            turn.title,
            turn.starts_at,
            turn.how == "over",
            tuple(people[each].name for each in partners.get(turn.item, ()) if each in people),
        )
        for turn in shown.rounds
    )


def _shown(request: Request) -> LoungeShown:
    if request.app.state.house.state(lounge.ROOM) is None:
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE)
    shown: LoungeShown = request.app.state.house.shown(lounge.ROOM, reader(request))
    return shown


async def talk(request: Request) -> Response:
    """The talk one is in, or about to begin; `?enter` goes in without another click."""
    return page(request, "talk.html", config=config(request, "talk"))


def config(request: Request, screen: str) -> dict[str, Any]:
    """What a page of talks knows before it has spoken with the house."""
    gathering, language = gathering_of(request), str(request.state.language)
    return {
        "screen": screen,
        "language": language,
        "timeZone": gathering.time_zone,
        "gathering": gathering.name,
        "me": reader(request),
        "csrf": request.state.csrf,
        "urls": {
            "live": "/live",
            "words": render.words_address(language),
            "icons": render.static("icons.svg"),
            "ice": "/ice.json",
        },
    }


routes: Final[list[BaseRoute]] = [
    Route("/talks", guarded(overview)),
    Route("/talks/now", guarded(talk)),
]
