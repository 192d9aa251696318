"""Works over HTTP: posters, pictures and clips are brought, handed out and taken down."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import unquote

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from rooms import fair, gallery
from rooms.fair import Fair
from rooms.gallery import MOST_PICTURES, Hang, Hanging, TakeDown, What
from rooms.people import HOUSE
from schedule.items import Exhibit
from schedule.machine import Command, Refused
from server import clipping, framing
from server.clipping import Clipping
from server.framing import Framing
from server.papers import SANDBOX
from server.premises import fair_of
from server.slides import body
from server.visit import reader
from web.words import later, say

LONGEST_CLIP: Final = 120.0  # seconds
LONGEST_NAME: Final = 120  # characters of a file's name
FOR_EVER: Final = "private, max-age=31536000, immutable"
KINDS: Final[tuple[What, ...]] = ("poster", "picture", "clip")
WHOSE: Final = later("Only those who made this work, and the desk, can hang something here.")
TOO_LONG: Final = later(
    "This video is longer than {minutes} minutes. Please choose the best part of it."
)


async def bring(request: Request) -> Response:
    """Take a file as the body of the request; its name is in `X-File-Name`, percent-encoded."""
    try:
        exhibit = _own(request)
        what = _what(request)
        _check_room(request, exhibit, what)
        hanging = await _taken(request, what)
        before = gallery.hanging(fair_of(request), exhibit.id, what)
        try:
            await _do(request, Hang(exhibit.id, hanging))
        except BaseException:
            _drop(request, hanging)
            raise
        for each in before if what != "picture" else ():
            _drop(request, each)
    except Refused as refused:
        return _refusal(request, refused)
    except ClientDisconnect:
        return Response(status_code=HTTPStatus.BAD_REQUEST)
    return JSONResponse({"hanging": hanging.id}, HTTPStatus.CREATED)


async def take_down(request: Request) -> Response:
    """Take something down, with its files."""
    try:
        exhibit, wanted = _own(request), request.path_params["hanging"]
        found = [each for each in _hung(request, exhibit) if each.id == wanted]
        for each in found:
            await _do(request, TakeDown(exhibit.id, each.id))
            _drop(request, each)
    except Refused as refused:
        return _refusal(request, refused)
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def picture(request: Request) -> Response:
    """A page or a picture, large or small; for people of the gathering."""
    return _file(request, _framing(request), request.path_params["file"], "image/webp")


async def clip(request: Request) -> Response:
    """A short clip."""
    _check_signed(request)
    id_ = request.path_params["clip"]
    path = _clipping(request).path(id_) if id_ in gallery.hangings(fair_of(request)) else None
    if path is None or not path.is_file():
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return FileResponse(path, media_type="video/webm", headers={"Cache-Control": FOR_EVER})


async def paper(request: Request) -> Response:
    """The poster as it was brought, to take away."""
    _check_signed(request)
    work = request.path_params["work"]
    for poster in gallery.hanging(fair_of(request), work, "poster"):
        path = _framing(request).folder(poster.id) / framing.PAPER
        if path.is_file():
            headers = {"Content-Security-Policy": SANDBOX, "Cache-Control": "no-store"}
            name = f"{work}.pdf"
            return FileResponse(path, media_type="application/pdf", filename=name, headers=headers)
    raise HTTPException(HTTPStatus.NOT_FOUND)


def sweep(hung: Framing, house: Any) -> None:
    """Remove what hangs nowhere, if the fair can be asked."""
    state = house.state(fair.ROOM)
    if isinstance(state, Fair):
        hung.sweep(gallery.hangings(state))


# Taking in


def _own(request: Request) -> Exhibit:
    """The work, if the reader may hang something there; raises `Refused`."""
    _check_signed(request)
    exhibit = fair_of(request).exhibits.get(request.path_params["work"])
    if exhibit is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    if not gallery.may_edit(exhibit, reader(request)):
        raise Refused(WHOSE)
    return exhibit


def _what(request: Request) -> What:
    for kind in KINDS:
        if kind == request.path_params["what"]:
            return kind
    raise HTTPException(HTTPStatus.NOT_FOUND)


def _check_room(request: Request, exhibit: Exhibit, what: What) -> None:
    """Before all of it is sent: whether there is room on the wall."""
    hung = gallery.hanging(fair_of(request), exhibit.id, "picture")
    if what == "picture" and len(hung) >= MOST_PICTURES:
        raise Refused(
            "There are {most} pictures already. Please take one down first.", most=MOST_PICTURES
        )


async def _taken(request: Request, what: What) -> Hanging:
    if what == "clip":
        try:
            cut = await _clipping(request).take(body(request), LONGEST_CLIP)
        except Refused as refused:
            if refused.sentence != clipping.SENTENCES["too long"]:
                raise
            raise Refused(TOO_LONG, minutes=round(LONGEST_CLIP / 60)) from None
        return Hanging(cut.clip, what, _name(request), seconds=cut.seconds)
    if what == "poster":
        framed = await _framing(request).poster(body(request), reader(request).id)
    else:
        framed = await _framing(request).picture(body(request))
    return Hanging(framed.id, what, _name(request), framed.sizes)


def _name(request: Request) -> str:
    given = unquote(request.headers.get("x-file-name", ""))
    return "".join(each for each in given if each.isprintable()).strip()[-LONGEST_NAME:]


def _drop(request: Request, hanging: Hanging) -> None:
    if hanging.what == "clip":
        _clipping(request).drop(hanging.id)
    else:
        _framing(request).drop(hanging.id)


# Details


def _file(request: Request, hung: Framing, name: str, kind: str) -> Response:
    _check_signed(request)
    try:
        folder = hung.folder(request.path_params["hanging"])
    except ValueError:
        raise HTTPException(HTTPStatus.NOT_FOUND) from None
    path = folder / f"{name}.webp"
    if path.parent != folder or not path.is_file():
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return FileResponse(path, media_type=kind, headers={"Cache-Control": FOR_EVER})


def _check_signed(request: Request) -> None:
    if request.state.signed is None:
        raise HTTPException(HTTPStatus.UNAUTHORIZED)


def _hung(request: Request, exhibit: Exhibit) -> tuple[Hanging, ...]:
    return gallery.work(fair_of(request), exhibit.id).hangings


def _framing(request: Request) -> Framing:
    found: Framing = request.app.state.framing
    return found


def _clipping(request: Request) -> Clipping:
    found: Clipping = request.app.state.clipping
    return found


async def _do(request: Request, command: Command) -> None:
    await request.app.state.house.do(fair.ROOM, f"works-{secrets.token_hex(12)}", command, HOUSE)


def _refusal(request: Request, refused: Refused) -> Response:
    sentence = say(request.state.language, refused.sentence, **refused.values)
    return JSONResponse({"sentence": sentence}, HTTPStatus.UNPROCESSABLE_ENTITY)


routes: Final[list[BaseRoute]] = [
    Route("/works/{clip}.webm", clip),
    Route("/works/{work}/{what}", bring, methods=["POST"]),
    Route("/works/{work}/{hanging}", take_down, methods=["DELETE"]),
    Route("/works/{hanging}/{file}.webp", picture),
    Route("/exhibition/{work}/poster.pdf", paper),
]
