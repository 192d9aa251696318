"""The pages of one-to-one talks: the one that is on now."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from server.visit import gathering_of, guarded, page, reader
from web import render


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
    Route("/talks/now", guarded(talk)),
]
