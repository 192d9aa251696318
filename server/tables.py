"""The lounge's tables over HTTP: the list of them, a table of its own, and opening one."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Any, Final

from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from rooms import lounge, tabletop
from rooms.lounge import Lounge
from rooms.people import Person
from rooms.tables import OpenTable, OpenTables
from rooms.tabletop import SEATS, Table
from schedule.machine import Command
from server.visit import foyer_shown, gathering_of, guarded, page, reader
from web import render

LONGEST: Final = 80  # characters of a topic


class Laid(Struct, frozen=True):
    """A table as a page shows it."""

    id: str
    topic: str
    by: Person | None
    private: bool
    closing: bool
    seats: tuple[Person | None, ...]
    "Who sits on each of the six."
    mine: bool
    "Whether the reader sits there."

    @property
    def people(self) -> tuple[Person, ...]:
        """Those who sit there, in the order of their seats."""
        return tuple(each for each in self.seats if each is not None)


async def overview(request: Request) -> Response:
    """All tables: what is talked about, who sits there, where a seat is free."""
    tables = _lounge(request).tables
    return page(
        request,
        "tables.html",
        tables=[_laid(request, each) for each in tables.tables.values()],
        open=tables.open,
        longest=LONGEST,
        config=_config(request, "tables"),
    )


async def table(request: Request) -> Response:
    """One table: before one sits down, its door; then those who sit there."""
    id_ = request.path_params["table"]
    found = _lounge(request).tables.tables.get(id_)
    if found is None:
        raise HTTPException(
            HTTPStatus.NOT_FOUND, "This table is not there any more. Please choose another one."
        )
    laid = _laid(request, found)
    return page(request, "table.html", table=laid, config=_config(request, "table", table=id_))


async def open_one(request: Request) -> Response:
    """Open a table of one's own and go there."""
    form = await request.form()
    topic = str(form.get("topic", "")).strip()[:LONGEST]
    await _do(request, OpenTable(topic, private=form.get("private") == "on"))
    mine = tabletop.seat_of(_lounge(request).tables, reader(request).id)
    return RedirectResponse(f"/tables/{mine.id}" if mine else "/tables", HTTPStatus.SEE_OTHER)


async def open_all(request: Request) -> Response:
    """The desk opens all tables, or lets them end."""
    form = await request.form()
    await _do(request, OpenTables(on=form.get("open") == "yes"))
    return RedirectResponse("/tables", HTTPStatus.SEE_OTHER)


def _laid(request: Request, found: Table) -> Laid:
    people = foyer_shown(request).people
    by_seat = {seat: people.get(person) for person, seat in found.seats.items()}
    return Laid(
        id=found.id,
        topic=found.topic,
        by=people.get(found.by) if found.by is not None else None,
        private=found.private,
        closing=found.closes_at is not None,
        seats=tuple(by_seat.get(seat) for seat in range(1, SEATS + 1)),
        mine=reader(request).id in found.seats,
    )


def _lounge(request: Request) -> Lounge:
    state = request.app.state.house.state(lounge.ROOM)
    if not isinstance(state, Lounge):
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE)
    return state


async def _do(request: Request, command: Command) -> None:
    op = f"page-{secrets.token_hex(12)}"
    await request.app.state.house.do(lounge.ROOM, op, command, reader(request))


def _config(request: Request, screen: str, **more: Any) -> dict[str, Any]:
    language = str(request.state.language)
    return {
        "screen": screen,
        "language": language,
        "timeZone": gathering_of(request).time_zone,
        "csrf": request.state.csrf,
        "urls": {
            "live": "/live",
            "words": render.words_address(language),
            "icons": render.static("icons.svg"),
        },
    } | more


routes: Final[list[BaseRoute]] = [
    Route("/tables", guarded(overview)),
    Route("/tables", guarded(open_one), methods=["POST"]),
    Route("/tables/doors", guarded(open_all), methods=["POST"]),
    Route("/tables/{table}", guarded(table)),
]
