"""The files of a booth over HTTP: its logo, and the PDFs that visitors take along."""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable
from functools import wraps
from http import HTTPStatus
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import unquote

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from rooms import fair, stands
from rooms.fair import Fair
from rooms.people import HOUSE
from rooms.stands import Download, HangLogo, LayDownload, TakeDownload
from schedule.items import Booth
from schedule.machine import Refused
from server.crests import Crests
from server.papers import SANDBOX, Papers
from server.premises import booth_of, fair_of
from server.slides import body
from server.stands import Form, deed, do, own_or_desk
from server.visit import Handler, guarded, reader
from web.words import say

SUFFIX: Final = ".leaflet"  # what the name of a download's file ends with
MOST_PAGES: Final = 60  # a brochure has more than a CV
FOR_EVER: Final = "public, max-age=31536000, immutable"
ORPHANED: Final = 3600.0  # seconds after which a file that no stand knows is removed


# Taken in: the body of the request is the file


def upload(work: Callable[[Request, Booth], Awaitable[None]]) -> Handler:
    """Answer as the page's module expects: done, or one sentence that says what to do."""

    @wraps(work)
    async def taking(request: Request) -> Response:
        if request.state.signed is None:
            raise HTTPException(HTTPStatus.UNAUTHORIZED)
        try:
            await work(request, own_or_desk(request))
        except Refused as refused:
            sentence = say(request.state.language, refused.sentence, **refused.values)
            return JSONResponse({"sentence": sentence}, HTTPStatus.UNPROCESSABLE_ENTITY)
        except ClientDisconnect:
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        return JSONResponse({}, HTTPStatus.CREATED)

    return taking


@upload
async def hang_logo(request: Request, booth: Booth) -> None:
    """Hang a logo in the place of the one before."""
    crests: Crests = request.app.state.crests
    logo = await crests.take(body(request))
    before = stands.stand_of(fair_of(request), booth.id).logo
    try:
        await do(request, HangLogo(booth.id, logo), HOUSE)
    except BaseException:
        crests.drop(logo.id)
        raise
    if before is not None:
        crests.drop(before.id)


@upload
async def lay_download(request: Request, booth: Booth) -> None:
    """Lay a PDF ready; its name is in `X-File-Name`, percent-encoded."""
    papers: Papers = request.app.state.papers
    stands.check_room(booth, stands.stand_of(fair_of(request), booth.id))
    paper = await papers.take(
        body(request), reader(request).id, suffix=SUFFIX, most_pages=MOST_PAGES
    )
    name, title = _names(unquote(request.headers.get("x-file-name", "")))
    id_ = paper.name.removesuffix(SUFFIX)
    download = Download(id_, title, name, paper.bytes, paper.pages)
    try:
        await do(request, LayDownload(booth.id, download), HOUSE)
    except BaseException:
        papers.drop(paper.name)
        raise


def _names(given: str) -> tuple[str, str]:
    """The file's name, and what to call it: the name without its ending and its underscores."""
    readable = "".join(each for each in PurePath(given.replace("\\", "/")).name if _safe(each))
    name = readable.strip()[-120:] or "download.pdf"
    title = re.sub(r"[_\s]+", " ", name.removesuffix(".pdf").removesuffix(".PDF")).strip()
    return name, title[: stands.LONGEST_TITLE] or name


def _safe(sign: str) -> bool:
    return sign.isprintable() and sign not in '<>:"|?*/\\'


# Taken away


@deed("logo")
async def take_logo(request: Request, booth: Booth, _form: Form) -> None:
    """Take the logo down; the monogram hangs there again."""
    before = stands.stand_of(fair_of(request), booth.id).logo
    await do(request, HangLogo(booth.id), HOUSE)
    if before is not None:
        request.app.state.crests.drop(before.id)


@deed("downloads")
async def take_download(request: Request, booth: Booth, form: Form) -> None:
    """Take a PDF away, with its file."""
    found = _download(request, booth, form.get("download", ""))
    if found is not None:
        await do(request, TakeDownload(booth.id, found.id), HOUSE)
        request.app.state.files.drop(found.id + SUFFIX)


# Handed out


async def logo(request: Request) -> Response:
    """A booth's logo, for everybody: it stands on the pages of its jobs as well.

    Its address changes with it, so a browser keeps what it has.
    """
    hanging = stands.stand_of(fair_of(request), booth_of(request).id).logo
    path = request.app.state.crests.path(hanging.id) if hanging else None
    if hanging is None or path is None or not path.is_file():
        raise HTTPException(HTTPStatus.NOT_FOUND)
    newest = request.query_params.get("v", "") == hanging.id
    kept = FOR_EVER if newest else "no-cache"
    return FileResponse(path, media_type="image/webp", headers={"Cache-Control": kept})


async def download(request: Request) -> Response:
    """A PDF of the booth, to be saved and not to be run."""
    found = _download(request, booth_of(request), request.path_params["download"])
    path = request.app.state.files.path(found.id + SUFFIX) if found else None
    if found is None or path is None or not path.is_file():
        raise HTTPException(HTTPStatus.NOT_FOUND)
    headers = {"Cache-Control": "private, no-cache", "Content-Security-Policy": SANDBOX}
    return FileResponse(path, media_type="application/pdf", filename=found.name, headers=headers)


def _download(request: Request, booth: Booth, wanted: str) -> Download | None:
    ready = stands.stand_of(fair_of(request), booth.id).downloads
    return next((each for each in ready if each.id == wanted), None)


def sweep(crests: Crests, papers: Papers, house: Any) -> None:
    """Remove the files that no stand knows, if the fair can be asked."""
    here = house.state(fair.ROOM)
    if not isinstance(here, Fair):
        return
    all_ = here.stands.stands.values()
    crests.sweep(frozenset(each.logo.id for each in all_ if each.logo is not None))
    known = {download.id for each in all_ for download in each.downloads}
    before = time.time() - ORPHANED
    for path in papers.files.folder.glob("*" + SUFFIX):
        if path.stem not in known and path.stat().st_mtime < before:
            papers.drop(path.name)


routes: Final[list[BaseRoute]] = [
    Route("/stands/{booth}/logo", hang_logo, methods=["POST"]),
    Route("/stands/{booth}/downloads", lay_download, methods=["POST"]),
    Route("/booths/{booth}/setup/logo/remove", take_logo, methods=["POST"]),
    Route("/booths/{booth}/setup/downloads/remove", take_download, methods=["POST"]),
    Route("/booths/{booth}/logo.webp", logo),
    Route("/booths/{booth}/downloads/{download}", guarded(download)),
]
