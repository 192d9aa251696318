"""Clips over HTTP: taken in, shown to those whose they are, removed."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from rooms import fair, gallery
from rooms.insurance import Clip, LayClip, TakeClipAway
from rooms.people import DESK, HOUSE
from rooms.pitch import Pitch
from schedule.items import Item
from schedule.machine import Command, Refused
from server import slides
from server.clipping import Clipping
from server.session import STAGE
from server.visit import gathering_of, reader
from web.words import later, say

KEPT: Final = "private, max-age=86400, immutable"
WHOSE: Final = later("A plan B is recorded by those whose item it is, or by the desk.")


async def upload(request: Request) -> Response:
    """Take a video as the body of the request; answers once it is ready to be played."""
    try:
        stage, item = _allowed(request)
        clipping: Clipping = request.app.state.clipping
        taken = await clipping.take(slides.body(request), item.seconds)
        before = _clip(request, stage, item.id)
        await _do(request, stage, LayClip(item.id, taken.clip, taken.seconds, item.people))
        if before is not None:
            clipping.drop(before.id)
    except Refused as refused:
        return _refusal(request, refused)
    except ClientDisconnect:
        return Response(status_code=HTTPStatus.BAD_REQUEST)
    return JSONResponse({"clip": taken.clip, "seconds": taken.seconds}, HTTPStatus.CREATED)


async def remove(request: Request) -> Response:
    """Take the clip of an item away, with its file."""
    try:
        stage, item = _allowed(request)
        clip = _clip(request, stage, item.id)
        if clip is not None and _plays(request, stage, clip):
            raise Refused("This plan B is on stage just now. Please stop it first.")
        await _do(request, stage, TakeClipAway(item.id))
        if clip is not None:
            request.app.state.clipping.drop(clip.id)
    except Refused as refused:
        return _refusal(request, refused)
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def video(request: Request) -> Response:
    """A clip, for those whose it is and for the desk, to see it before anybody else does."""
    if request.state.signed is None:
        raise HTTPException(HTTPStatus.UNAUTHORIZED)
    wanted, person = request.path_params["clip"], reader(request)
    for state in _stages(request.app.state.house):
        for clip in state.insurance.clips.values():
            mine = person.id in clip.people or person.role in DESK
            if clip.id == wanted and mine:
                path = request.app.state.clipping.path(clip.id)
                if path.is_file():
                    headers = {"Cache-Control": KEPT}
                    return FileResponse(path, media_type="video/webm", headers=headers)
    raise HTTPException(HTTPStatus.NOT_FOUND)


def sweep(clipping: Clipping, house: Any) -> None:
    """Remove what was left over, if all stages and the exhibition can be asked."""
    rooms = [room for room in house.rooms if room.startswith(STAGE)]
    stages, hall = _stages(house), house.state(fair.ROOM)
    if len(stages) == len(rooms) and isinstance(hall, fair.Fair):
        clips = (clip.id for state in stages for clip in state.insurance.clips.values())
        clipping.sweep(gallery.hangings(hall).union(clips))


def _allowed(request: Request) -> tuple[str, Item]:
    """The stage and the item, if the reader may insure it; raises `Refused`."""
    if request.state.signed is None:
        raise HTTPException(HTTPStatus.UNAUTHORIZED)
    found = slides.find(gathering_of(request), request.path_params["item"])
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    if not slides.may_lay(reader(request), found[1]):
        raise Refused(WHOSE)
    return found


def _clip(request: Request, stage: str, item: str) -> Clip | None:
    state = request.app.state.house.state(STAGE + stage)
    return state.insurance.clips.get(item) if isinstance(state, Pitch) else None


def _plays(request: Request, stage: str, clip: Clip) -> bool:
    state = request.app.state.house.state(STAGE + stage)
    playing = state.insurance.playing if isinstance(state, Pitch) else None
    return playing is not None and playing.clip == clip.id


def _stages(house: Any) -> list[Pitch]:
    states = (house.state(room) for room in house.rooms if room.startswith(STAGE))
    return [state for state in states if isinstance(state, Pitch)]


async def _do(request: Request, stage: str, command: Command) -> None:
    op = f"clips-{secrets.token_hex(12)}"
    await request.app.state.house.do(STAGE + stage, op, command, HOUSE)


def _refusal(request: Request, refused: Refused) -> Response:
    sentence = say(request.state.language, refused.sentence, **refused.values)
    return JSONResponse({"sentence": sentence}, HTTPStatus.UNPROCESSABLE_ENTITY)


routes: Final[list[BaseRoute]] = [
    Route("/clips/{item}", upload, methods=["POST"]),
    Route("/clips/{item}", remove, methods=["DELETE"]),
    Route("/clips/{clip}.webm", video),
]
