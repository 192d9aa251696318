"""Recordings over HTTP: one's consent, what is one's own to release, what all may see again."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any, Final

from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from rooms import recording
from rooms.consent import WORDING, Agree, Consent, Language, Withdraw
from rooms.people import Person
from rooms.pitch import Pitch
from rooms.recording import Delete, Layer, Release, Take
from schedule.machine import Command
from server.session import STAGE
from server.shelf import Shelf
from server.visit import do, foyer_shown, gathering_of, guarded, page, reader
from web import render

LAYERS: Final[tuple[Layer, ...]] = ("screen", "speaker", "moderator", "guest")
"As they are shown: what there is to read first."
KINDS: Final = {".webm": "video/webm", ".mp4": "video/mp4"}


class Film(Struct, frozen=True, rename="camel"):
    """One take as a page shows it."""

    layer: str
    name: str
    "of the person"
    src: str
    kind: str
    offset: float
    "seconds from the beginning of the item's recording"
    seconds: float


class Reel(Struct, frozen=True):
    """What was recorded in one item, as far as one reader may see it."""

    stage: str
    stage_name: str
    item: str
    title: str
    at: float
    "Unix seconds of its beginning."
    people: tuple[str, ...]
    films: tuple[Film, ...]
    mine: bool
    "Whether something of it is the reader's own."
    held: bool
    "Whether something of it is the reader's own and waits to be released."

    @property
    def address(self) -> str:
        """Where it is to be seen."""
        return f"/recordings/{self.stage}/{self.item}"

    @property
    def seconds(self) -> float:
        """How long all of it is."""
        return max(film.offset + film.seconds for film in self.films) - min(
            film.offset for film in self.films
        )


async def overview(request: Request) -> Response:
    """One's own recordings, and those released to all."""
    reels = list(_reels(request))
    return page(
        request,
        "recordings.html",
        own=[reel for reel in reels if reel.mine],
        released=[reel for reel in reels if not reel.mine],
        days=round(_shelf(request).seconds / 86_400),
        config=_config(request),
    )


async def watch(request: Request) -> Response:
    """One item, all its pictures side by side and in step."""
    stage, item = request.path_params["stage"], request.path_params["item"]
    found = next((each for each in _reels(request) if (each.stage, each.item) == (stage, item)), 0)
    if not isinstance(found, Reel):
        raise HTTPException(
            HTTPStatus.NOT_FOUND, "This recording is not there, or not released to you."
        )
    return page(request, "recording.html", reel=found, config=_config(request, films=found.films))


async def film(request: Request) -> Response:
    """The file of a take, whole or in part (RFC 9110 §14), for those who may see it."""
    stage, name = request.path_params["stage"], request.path_params["take"]
    take = _state(request, stage).recording.takes.get(name)
    if take is None or not recording.may_see(take, reader(request).id):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    path = _shelf(request).find(stage, take.id)
    if path is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    loaded = "download" in request.query_params
    return FileResponse(
        path,
        media_type=KINDS[path.suffix],
        filename=f"{take.item}-{take.layer}{path.suffix}",
        content_disposition_type="attachment" if loaded else "inline",
        headers={"Cache-Control": "private, no-store"},
    )


async def release(request: Request) -> Response:
    """Let all see what was recorded of the reader in an item."""
    item = request.path_params["item"]
    return await _done(request, Release(item), f"/recordings/{request.path_params['stage']}/{item}")


async def delete(request: Request) -> Response:
    """Delete what was recorded of the reader in an item."""
    command = Delete(request.path_params["item"], reader(request).id)
    return await _done(request, command, "/recordings")


async def agree(request: Request) -> Response:
    """Keep, or take back, the reader's consent to being recorded."""
    form = await request.form()
    if form.get("consent") == "give":
        language: Language = "de" if form.get("language") == "de" else "en"
        await do(request, Agree(language, str(form.get("wording", ""))), reader(request))
    else:
        await do(request, Withdraw(), reader(request))
    return RedirectResponse("/me#recording", HTTPStatus.SEE_OTHER)


def consent_of(request: Request) -> Consent | None:
    """What the reader agreed to, if they did."""
    return foyer_shown(request).consents.get(reader(request).id)


def wording(request: Request) -> tuple[Language, str]:
    """What one is asked to agree to, in the reader's language."""
    language: Language = "de" if str(request.state.language) == "de" else "en"
    return language, WORDING[language]


def again(request: Request) -> dict[str, str]:
    """Where each item can be seen again, by item: for the agenda, the stage, a booth."""
    return {
        reel.item: reel.address
        for reel in _reels(request)
        if any(take.item == reel.item for take in _released(request, reel.stage))
    }


def waiting(request: Request) -> tuple[Reel, ...]:
    """What the reader has not decided about yet."""
    return tuple(reel for reel in _reels(request) if reel.held)


def _reels(request: Request) -> Iterator[Reel]:
    me = reader(request).id
    for stage in gathering_of(request).stages:
        by_item: dict[str, list[Take]] = {}
        for take in _state(request, stage.id).recording.takes.values():
            if take.first_at is not None and recording.may_see(take, me):
                by_item.setdefault(take.item, []).append(take)
        for takes in by_item.values():
            films = tuple(_films(request, stage.id, takes))
            if films:
                yield _reel(request, stage.id, stage.name, takes, films)


def _reel(
    request: Request, stage: str, name: str, takes: list[Take], films: tuple[Film, ...]
) -> Reel:
    me, first = reader(request).id, takes[0]
    mine = [take for take in takes if take.person == me]
    return Reel(
        stage=stage,
        stage_name=name,
        item=first.item,
        title=first.title,
        at=first.zero,
        people=tuple(dict.fromkeys(film.name for film in films)),
        films=films,
        mine=bool(mine),
        held=any(take.released_at is None for take in mine),
    )


def _films(request: Request, stage: str, takes: Iterable[Take]) -> Iterator[Film]:
    people = foyer_shown(request).people
    ordered = sorted(takes, key=lambda take: (LAYERS.index(take.layer), take.began_at))
    for take in ordered:
        path = _shelf(request).find(stage, take.id)
        if path is None or take.first_at is None:
            continue
        person: Person | None = people.get(take.person)
        yield Film(
            layer=take.layer,
            name=person.name if person else "",
            src=f"/recordings/{stage}/files/{take.id}",
            kind=KINDS[path.suffix],
            offset=round(take.first_at - take.zero, 3),
            seconds=round(max(0.0, (take.ended_at or take.first_at) - take.first_at), 3),
        )


def _released(request: Request, stage: str) -> tuple[Take, ...]:
    found = recording.released(_state(request, stage).recording)
    return tuple(take for takes in found.values() for take in takes)


def _state(request: Request, stage: str) -> Pitch:
    state = request.app.state.house.state(STAGE + stage)
    if not isinstance(state, Pitch):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return state


def _shelf(request: Request) -> Shelf:
    shelf: Shelf = request.app.state.shelf
    return shelf


async def _done(request: Request, command: Command, back: str) -> Response:
    room = STAGE + request.path_params["stage"]
    op = f"page-{secrets.token_hex(12)}"
    await request.app.state.house.do(room, op, command, reader(request))
    return RedirectResponse(back, HTTPStatus.SEE_OTHER)


def _config(request: Request, films: tuple[Film, ...] = ()) -> dict[str, Any]:
    language = str(request.state.language)
    return {
        "screen": "recording" if films else "recordings",
        "language": language,
        "timeZone": gathering_of(request).time_zone,
        "films": films,
        "urls": {
            "live": "/live",
            "words": render.words_address(language),
            "icons": render.static("icons.svg"),
        },
    }


routes: Final[list[BaseRoute]] = [
    Route("/me/recording", guarded(agree), methods=["POST"]),
    Route("/recordings", guarded(overview)),
    Route("/recordings/{stage}/files/{take}", guarded(film)),
    Route("/recordings/{stage}/{item}", guarded(watch)),
    Route("/recordings/{stage}/{item}/release", guarded(release), methods=["POST"]),
    Route("/recordings/{stage}/{item}/delete", guarded(delete), methods=["POST"]),
]
