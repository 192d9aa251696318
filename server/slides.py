"""Slides over HTTP: taken in, handed out page by page, removed."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import unquote

from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from rooms.people import DESK, HOUSE, Person
from rooms.pitch import Pitch
from rooms.slides import Deck, Lay, TakeAway
from schedule.items import Gathering, Item
from schedule.machine import Command, Refused
from server.projector import Projector
from server.session import STAGE
from server.visit import gathering_of, reader
from web.words import later, say

SILENT: Final = 30.0  # seconds an upload may stand still
LONGEST_NAME: Final = 120  # characters of a file's name
FOR_EVER: Final = "private, max-age=31536000, immutable"

SLIDELESS: Final = frozenset({"questions", "break", "round", "tour"})
"Kinds of items that bring no slides; questions go on with those of their pitch."
WHOSE: Final = later("Slides are laid ready by those whose pitch it is, or by the desk.")


async def upload(request: Request) -> Response:
    """Take a PDF as the body of the request; its name is in `X-File-Name`, percent-encoded."""
    try:
        stage, item = _allowed(request)
        projector: Projector = request.app.state.projector
        rendered = await projector.render(body(request))
        before = _deck(request, stage, item.id)
        command = Lay(item.id, rendered.deck, _name(request), rendered.pages, item.people)
        await _do(request, stage, command)
        if before is not None:
            projector.drop(before.id)
        sweep(projector, request.app.state.house)
    except Refused as refused:
        return _refusal(request, refused)
    except ClientDisconnect:
        return Response(status_code=HTTPStatus.BAD_REQUEST)
    return JSONResponse({"deck": rendered.deck, "pages": rendered.pages}, HTTPStatus.CREATED)


async def remove(request: Request) -> Response:
    """Take the deck of an item away, with its pictures."""
    try:
        stage, item = _allowed(request)
        deck = _deck(request, stage, item.id)
        await _do(request, stage, TakeAway(item.id))
        if deck is not None:
            request.app.state.projector.drop(deck.id)
    except Refused as refused:
        return _refusal(request, refused)
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def picture(request: Request) -> Response:
    """A page, large or small, or the words of all pages; for people of the gathering."""
    if request.state.signed is None:
        raise HTTPException(HTTPStatus.UNAUTHORIZED)
    try:
        folder = request.app.state.projector.folder(request.path_params["deck"])
    except ValueError:
        raise HTTPException(HTTPStatus.NOT_FOUND) from None
    path = folder / request.path_params["file"]
    if path.parent != folder or not path.is_file():
        raise HTTPException(HTTPStatus.NOT_FOUND)
    kind = "application/json" if path.suffix == ".json" else "image/webp"
    return FileResponse(path, media_type=kind, headers={"Cache-Control": FOR_EVER})


def _allowed(request: Request) -> tuple[str, Item]:
    """The stage and the item, if the reader may lay slides ready for it; raises `Refused`."""
    if request.state.signed is None:
        raise HTTPException(HTTPStatus.UNAUTHORIZED)
    found = find(gathering_of(request), request.path_params["item"])
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    if not may_lay(reader(request), found[1]):
        raise Refused(WHOSE)
    return found


class Own(Struct, frozen=True):
    """One of the reader's own items that may have slides."""

    title: str
    deck: Deck | None


def own(request: Request) -> tuple[Own, ...]:
    """The reader's own items, and the slides that lie ready for them."""
    return tuple(
        Own(item.title, _deck(request, stage.id, item.id))
        for stage in gathering_of(request).stages
        for item in stage.items
        if reader(request).id in item.people and item.kind not in SLIDELESS
    )


def find(gathering: Gathering, item_id: str) -> tuple[str, Item] | None:
    """An item of the programme and the id of its stage."""
    for stage in gathering.stages:
        for item in stage.items:
            if item.id == item_id:
                return stage.id, item
    return None


def may_lay(person: Person, item: Item) -> bool:
    """Whether this person may lay slides ready for the item, and remove them."""
    return person.role in DESK or person.id in item.people


async def body(request: Request) -> AsyncIterator[bytes]:
    """What arrives, as long as it goes on arriving."""
    chunks = request.stream()
    while True:
        try:
            async with asyncio.timeout(SILENT):
                chunk = await anext(chunks, None)
        except TimeoutError:
            raise ClientDisconnect from None
        if chunk is None:
            return
        yield chunk


def _name(request: Request) -> str:
    given = unquote(request.headers.get("x-file-name", ""))
    readable = "".join(each for each in given if each.isprintable()).strip()
    return readable[-LONGEST_NAME:] or "slides.pdf"


def _deck(request: Request, stage: str, item: str) -> Deck | None:
    state = request.app.state.house.state(STAGE + stage)
    return state.slides.decks.get(item) if isinstance(state, Pitch) else None


async def _do(request: Request, stage: str, command: Command) -> None:
    op = f"slides-{secrets.token_hex(12)}"
    await request.app.state.house.do(STAGE + stage, op, command, HOUSE)


def _refusal(request: Request, refused: Refused) -> Response:
    sentence = say(request.state.language, refused.sentence, **refused.values)
    return JSONResponse({"sentence": sentence}, HTTPStatus.UNPROCESSABLE_ENTITY)


def sweep(projector: Projector, house: Any) -> None:
    """Remove the decks of items that are in no programme any more, and what was cut off.

    Nothing is removed as long as one of the stages cannot be asked.
    """
    items = {item.id for stage in house.gathering.stages for item in stage.items}
    stages = [house.state(room) for room in house.rooms if room.startswith(STAGE)]
    if all(isinstance(state, Pitch) for state in stages):
        decks = [pair for state in stages for pair in state.slides.decks.items()]
        projector.sweep(frozenset(deck.id for item, deck in decks if item in items))
        projector.files.sweep()


routes: Final[list[BaseRoute]] = [
    Route("/slides/{item}", upload, methods=["POST"]),
    Route("/slides/{item}", remove, methods=["DELETE"]),
    Route("/slides/{deck}/{file}", picture),
]
