"""One visit to a page: who reads, in which language, and the house around what is shown."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from rooms import foyer
from rooms.foyer import FoyerShown
from rooms.people import DESK, Person
from schedule.items import Gathering
from schedule.machine import Command
from server.accounts import Accounts, Signed
from web import render, words
from web.evening import Evening, evening

Handler = Callable[[Request], Awaitable[Response]]

YEAR: Final = 31_536_000  # seconds
THEMES: Final = ("light", "dark")
MOST_STAGES: Final = 2  # in the navigation; a phone has room for six doors, and a desk is one more


def guarded(handler: Handler) -> Handler:
    """Let in who is signed in; show others the way to the door."""

    @wraps(handler)
    async def inside(request: Request) -> Response:
        if request.state.signed is None:
            return RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER)
        return await handler(request)

    return switching(inside)


def switching(handler: Handler) -> Handler:
    """Understand `?lang=…` on any page: keep the choice, and show the page in that language.

    While the foyer is not open nobody is known, so there is nothing to show yet.
    """

    @wraps(handler)
    async def chosen(request: Request) -> Response:
        if request.app.state.house.state(foyer.ROOM) is None:
            raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE)
        language = request.query_params.get("lang", "")
        if language not in words.languages():
            return await handler(request)
        query = request.url.remove_query_params("lang").query
        address = f"{request.url.path}?{query}" if query else request.url.path
        response = RedirectResponse(local(address), HTTPStatus.SEE_OTHER)
        keep(request, response, "lang", language)
        return response

    return chosen


def page(request: Request, template: str, status: int = HTTPStatus.OK, **context: Any) -> Response:
    """Answer with a template, in the reader's language and with the house around it."""
    signed: Signed | None = request.state.signed
    gathering = gathering_of(request)
    around = {
        "csrf": request.state.csrf,
        "gathering": gathering,
        "me": signed.person if signed else None,
        "now": now(request),
        "rooms": _rooms(request, signed.person, gathering) if signed else (),
        "theme": theme(request),
        "zone": gathering.time_zone,
    }
    language = str(request.state.language)
    return HTMLResponse(render.page(template, language, **(around | context)), status)


def reader(request: Request) -> Person:
    """Who is signed in; only for pages that are `guarded`."""
    signed: Signed = request.state.signed
    return signed.person


def now(request: Request) -> float:
    """The time in the house, Unix seconds."""
    return float(request.app.state.clock.now())


def gathering_of(request: Request) -> Gathering:
    """What the organisers wrote, as it stands."""
    gathering: Gathering = request.app.state.house.gathering
    return gathering


def accounts(request: Request) -> Accounts:
    """Links and sessions."""
    found: Accounts = request.app.state.accounts
    return found


def foyer_shown(request: Request) -> FoyerShown:
    """The foyer as the reader may see it."""
    shown: FoyerShown = request.app.state.house.shown(foyer.ROOM, reader(request))
    return shown


def stands(request: Request, shown: FoyerShown) -> Evening:
    """How the evening stands for the reader."""
    return evening(shown.agenda, shown.people, reader(request).id, now(request))


async def do(request: Request, command: Command, by: Person) -> None:
    """Carry a command out in the foyer; raises `Refused`."""
    await request.app.state.house.do(foyer.ROOM, f"page-{secrets.token_hex(12)}", command, by)


def theme(request: Request) -> str | None:
    """The light this browser chose, or None for that of the device."""
    chosen = request.cookies.get("theme")
    return chosen if chosen in THEMES else None


def keep(request: Request, response: Response, name: str, value: str) -> None:
    """Remember a choice of this browser; an empty value forgets it."""
    response.set_cookie(
        name,
        value,
        max_age=YEAR if value else 0,
        httponly=True,
        samesite="lax",
        secure=request.app.state.settings.https,
    )


def local(address: str) -> str:
    """An address in this house, whatever somebody put into a link."""
    inside = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if inside and address.isprintable() else "/"


class Room(Struct, frozen=True):
    """One place in the navigation."""

    name: str
    href: str
    icon: str
    here: bool
    exact: bool = True
    "Whether it is this very page, and not one behind it."


def _rooms(request: Request, person: Person, gathering: Gathering) -> tuple[Room, ...]:
    """Only doors that exist, and only those this person may open."""
    path, language = request.url.path, str(request.state.language)

    def door(sentence: str, href: str, icon: str) -> Room:
        return Room(sentence, href, icon, here=path == href)

    rooms = [
        door(words.say(language, "Foyer"), "/", "door-open"),
        *_stages(path, language, gathering, MOST_STAGES - (person.role in DESK)),
        door(words.say(language, "Agenda"), "/agenda", "list-ordered"),
        *_fairground(path, language, gathering),
        Room(
            words.say(language, "Talks"),
            "/talks",
            "messages-square",
            here=path.split("/")[1] in ("talks", "tables", "contacts"),
            exact=path == "/talks",
        ),
    ]
    if person.role in DESK and gathering.stages:
        first = f"/stage/{gathering.stages[0].id}/desk"
        rooms.append(door(words.say(language, "Desk"), first, "sliders-horizontal"))
    return tuple(rooms)


def _fairground(path: str, language: str, gathering: Gathering) -> list[Room]:
    """Booths and board where there are some; else there is room for the directory's door."""
    first = path.split("/")[1]
    if not gathering.booths:
        people = Room(words.say(language, "People"), "/people", "users", here=path == "/people")
        return [people, *_gallery(path, language, gathering)]
    return [
        Room(
            words.say(language, "Booths"),
            "/booths",
            "store",
            here=first in ("booths", "exhibition", "letters"),
            exact=path == "/booths",
        ),
        Room(
            words.say(language, "Board"),
            "/board",
            "pin",
            here=first in ("board", "jobs", "wall"),
            exact=path == "/board",
        ),
    ]


def _gallery(path: str, language: str, gathering: Gathering) -> list[Room]:
    """The exhibition, where no booth leads to it."""
    if not gathering.exhibits:
        return []
    return [
        Room(
            words.say(language, "Exhibition"),
            "/exhibition",
            "award",
            here=path.split("/")[1] == "exhibition",
            exact=path == "/exhibition",
        )
    ]


def _stages(path: str, language: str, gathering: Gathering, most: int) -> list[Room]:
    """Every stage by name, or, if those are too many, only the one the reader is at."""
    rooms = [
        Room(
            words.say(language, "Stage") if len(gathering.stages) == 1 else stage.name,
            f"/stage/{stage.id}",
            "presentation",
            here=f"{path}/".startswith(f"/stage/{stage.id}/"),
            exact=path == f"/stage/{stage.id}",
        )
        for stage in gathering.stages
    ]
    return rooms if len(rooms) <= most else [room for room in rooms if room.here]
