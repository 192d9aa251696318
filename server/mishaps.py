"""The pages for when something is wrong: what it is, and what to do now."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from schedule.machine import Refused
from server.store import StoreFull
from server.visit import theme
from web import render, words

HEADINGS: Final[Mapping[int, str]] = {
    403: words.later("This door is closed for you"),
    404: words.later("There is nothing here"),
    405: words.later("This page cannot do that"),
    413: words.later("That was too much"),
    429: words.later("That was a lot at once"),
    500: words.later("That did not work on our side"),
    503: words.later("One moment, the server restarts"),
}
SENTENCES: Final[Mapping[int, str]] = {
    403: words.later("This page is not open to you. Everything that is starts in the foyer."),
    404: words.later("The page may have moved. Everything that is open starts in the foyer."),
    405: words.later("Please go back and use the buttons of the page."),
    413: words.later("Please shorten what you sent and try again."),
    429: words.later("Please wait a minute, then try again."),
    500: words.later("What you stored before is safe. Please try again, or tell the organisers."),
    503: words.later("This page goes on by itself. Your place is kept."),
}


def error(
    request: Request, status: int, sentence: str | None = None, *, heading: str | None = None
) -> Response:
    """A page that says what is wrong and what to do; it stands even while the house is closed.

    `sentence` and `heading` are English, message ids of the catalogue.
    """
    known = status if status in SENTENCES else (500 if status >= 500 else 404)
    return _page(request, status, heading or HEADINGS[known], sentence or SENTENCES[known], {})


async def on_http_error(request: Request, wrong: Exception) -> Response:
    """For errors raised on purpose, ours and Starlette's own."""
    if not isinstance(wrong, HTTPException):
        return await on_failure(request, wrong)
    # Starlette fills in the status's own phrase where nothing was said.
    said = wrong.detail != HTTPStatus(wrong.status_code).phrase
    answer = error(request, wrong.status_code, wrong.detail if said else None)
    answer.headers.update(wrong.headers or {})
    return answer


async def on_refusal(request: Request, wrong: Exception) -> Response:
    """For what a room refused: its sentence is meant for the reader."""
    if not isinstance(wrong, Refused):
        return await on_failure(request, wrong)
    return _page(
        request,
        HTTPStatus.CONFLICT,
        words.later("That is not possible"),
        wrong.sentence,
        wrong.values,
    )


async def on_full_store(request: Request, _: Exception) -> Response:
    """For a form that could not be stored; nothing of it was."""
    sentence = words.later(
        "The house cannot store anything just now. Please go back and try again in a minute."
    )
    return error(request, HTTPStatus.INSUFFICIENT_STORAGE, sentence)


async def on_failure(request: Request, _: Exception) -> Response:
    """For what nobody foresaw; the log has the rest."""
    return error(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def _page(
    request: Request, status: int, heading: str, sentence: str, values: Mapping[str, object]
) -> Response:
    language = str(getattr(request.state, "language", "") or _wished(request))
    restarting = status == HTTPStatus.SERVICE_UNAVAILABLE
    text = render.page(
        "error.html",
        language,
        heading=words.say(language, heading),
        sentence=words.say(language, sentence, **values),
        again=restarting,
        gathering=None,
        me=None,
        rooms=(),
        theme=theme(request),
    )
    return HTMLResponse(text, status, headers={"Retry-After": "2"} if restarting else {})


def _wished(request: Request) -> str:
    return words.choose(
        words.languages(), request.cookies.get("lang"), request.headers.get("accept-language")
    )


Handlers = Mapping[Any, Callable[[Request, Exception], Awaitable[Response]]]
exception_handlers: Final[Handlers] = {
    HTTPException: on_http_error,
    Refused: on_refusal,
    StoreFull: on_full_store,
    Exception: on_failure,
}
