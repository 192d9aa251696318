"""The page where a company sets its booth up, and what is shown there of its pitch."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from rooms import fair, jobs, recording, stands
from rooms.people import DESK, Person
from rooms.pitch import Pitch
from rooms.stands import AddLink, Describe, NameOwner, RemoveLink, ShowPitch, Stand
from schedule.items import Booth, Item
from schedule.machine import Command, Refused
from server import crew
from server.premises import booth_of, fair_of
from server.session import STAGE
from server.visit import Handler, gathering_of, guarded, page, reader
from web import render
from web.words import say

Form = dict[str, str]
Deed = Callable[[Request, Booth, Form], Awaitable[Response | None]]

LIMITS: Final = {
    "sentence": stands.LONGEST_SENTENCE,
    "contact": stands.LONGEST_CONTACT,
    "promise": stands.LONGEST_PROMISE,
    "title": stands.LONGEST_TITLE,
    "address": stands.LONGEST_ADDRESS,
    "links": stands.MOST_LINKS,
}
CLOSED: Final = "A booth is set up by those who represent its company, or by the desk."


class Films(Struct, frozen=True):
    """What there is to show of a company's pitch."""

    title: str
    "The pitch's; empty if there is none in the programme."
    recording: str = ""
    "Where it can be seen again; empty while it is not released."
    clip: str = ""
    "The file of its plan B; empty if none lies ready."


class Film(Struct, frozen=True):
    """What is shown at the booth."""

    kind: str
    "`recording` or `clip`"
    href: str
    title: str


# The page


async def setup(request: Request) -> Response:
    """Everything about one's booth on one page."""
    return await shown(request, own_or_desk(request))


async def shown(
    request: Request,
    booth: Booth,
    status: int = HTTPStatus.OK,
    **more: Any,
) -> Response:
    """The page; `more` may hold `part`, `wrong` and `given` after a refusal, or `handed`."""
    here, stand = fair_of(request), stands.stand_of(fair_of(request), booth.id)
    team = await crew.members(request, booth)
    hanging = jobs.of_booth(here, booth.id)
    films = films_of(request, booth)
    context = {
        "booth": booth,
        "stand": stand,
        "limits": LIMITS,
        "team": team,
        "films": films,
        "jobs": hanging,
        "steps": _steps(stand, len(team), len(hanging), booth),
        "kept": request.query_params.get("kept", ""),
        "part": "",
        "wrong": "",
        "given": {},
        "handed": None,
        "config": _config(request, booth),
    }
    answer = page(request, "booth-setup.html", status, **(context | more))
    answer.headers["Cache-Control"] = "no-store"  # a personal link may stand on it
    return answer


def _steps(stand: Stand, team: int, hanging: int, booth: Booth) -> dict[str, bool]:
    """The parts of the page by their anchor, and which are done."""
    package = booth.package
    steps = {
        "logo": stand.logo is not None,
        "words": bool(stand.sentences),
        "links": bool(stand.links),
        "downloads": bool(stand.downloads),
        "jobs": hanging > 0,
        "people": team > 1 or package.representatives == 1,
        "letters": bool(stand.promise),
    }
    bought = {"downloads": package.downloads, "jobs": package.jobs}
    return {name: done for name, done in steps.items() if bought.get(name, 1)}


def own_or_desk(request: Request) -> Booth:
    """The booth of the address, if the reader may set it up; raises 403 for everybody else."""
    booth, person = booth_of(request), reader(request)
    if person.role not in DESK and not stands.represents(fair_of(request), person, booth.id):
        raise HTTPException(HTTPStatus.FORBIDDEN, CLOSED)
    return booth


async def do(request: Request, command: Command, by: Person) -> None:
    """Carry a command out at the fair; raises `Refused`."""
    await request.app.state.house.do(fair.ROOM, f"stand-{secrets.token_hex(12)}", command, by)


def _config(request: Request, booth: Booth) -> dict[str, Any]:
    gathering = gathering_of(request)
    return {
        "screen": "booth-setup",
        "me": reader(request),
        "language": str(request.state.language),
        "timeZone": gathering.time_zone,
        "csrf": request.state.csrf,
        "booth": {"id": booth.id, "organisation": booth.organisation},
        "urls": {
            "icons": render.static("icons.svg"),
            "words": render.words_address(str(request.state.language)),
        },
    }


# What is said there


def deed(part: str) -> Callable[[Deed], Handler]:
    """A form of the page: back to its part if it is done, and if not, why, with what was given."""

    def around(work: Deed) -> Handler:
        @wraps(work)
        async def doing(request: Request) -> Response:
            booth = own_or_desk(request)
            form = {name: str(value) for name, value in (await request.form()).items()}
            alone = "application/json" in request.headers.get("accept", "")
            try:
                answer = await work(request, booth, form)
            except Refused as refused:
                wrong = say(request.state.language, refused.sentence, **refused.values)
                status = HTTPStatus.UNPROCESSABLE_ENTITY
                if alone:
                    return JSONResponse({"sentence": wrong}, status)
                return await shown(request, booth, status, part=part, wrong=wrong, given=form)
            if alone:
                return JSONResponse({"kept": part})
            ahead = f"/booths/{booth.id}/setup?kept={part}#{part}"
            return answer or RedirectResponse(ahead, HTTPStatus.SEE_OTHER)

        return guarded(doing)

    return around


@deed("words")
async def describe(request: Request, booth: Booth, form: Form) -> None:
    """Keep the two sentences and the contact."""
    sentences = (_short(form, "first", "sentence"), _short(form, "second", "sentence"))
    contact = _short(form, "contact", "contact")
    command = Describe(booth.id, sentences=sentences, contact=contact)
    await do(request, command, reader(request))


@deed("letters")
async def answer_letters(request: Request, booth: Booth, form: Form) -> None:
    """Keep who answers letters, and by when."""
    promise = _short(form, "promise", "promise")
    await do(request, NameOwner(booth.id, form.get("owner") or None), reader(request))
    await do(request, Describe(booth.id, promise=promise), reader(request))


@deed("links")
async def add_link(request: Request, booth: Booth, form: Form) -> None:
    """Show one more link."""
    title, url = _short(form, "title", "title"), _short(form, "url", "address")
    await do(request, AddLink(booth.id, title, url), reader(request))


@deed("links")
async def remove_link(request: Request, booth: Booth, form: Form) -> None:
    """Show a link no longer."""
    await do(request, RemoveLink(booth.id, _short(form, "url", "address")), reader(request))


@deed("pitch")
async def show_pitch(request: Request, booth: Booth, form: Form) -> None:
    """Choose what is shown of the pitch."""
    match form.get("what", ""):
        case "recording" | "clip" | "none" as what:
            await do(request, ShowPitch(booth.id, what), reader(request))
        case _:
            raise Refused("Please choose what is shown of your pitch.")


def _short(form: Form, name: str, limit: str) -> str:
    text = form.get(name, "").strip()
    if len(text) > LIMITS[limit]:
        raise Refused(
            "This is longer than {most} characters. Please shorten it.", most=LIMITS[limit]
        )
    return text


# Its pitch


def films_of(request: Request, booth: Booth) -> Films:
    """What there is to show of this company's pitch, released or laid ready."""
    found = _pitch(request, booth) if booth.package.pitch else None
    if found is None:
        return Films("")
    stage, item = found
    state = request.app.state.house.state(STAGE + stage)
    if not isinstance(state, Pitch):
        return Films(item.title)
    released = item.id in recording.released(state.recording)
    ready = item.id in state.insurance.clips
    return Films(
        item.title,
        f"/recordings/{stage}/{item.id}" if released else "",
        f"/booths/{booth.id}/pitch.webm" if ready else "",
    )


def film(request: Request, booth: Booth) -> Film | None:
    """What the booth shows of its pitch just now; a recording may be taken back any time."""
    what, films = stands.stand_of(fair_of(request), booth.id).pitch, films_of(request, booth)
    href = {"recording": films.recording, "clip": films.clip}.get(what, "")
    return Film(what, href, films.title) if href else None


async def clip(request: Request) -> Response:
    """The company's plan B, if it shows that at its booth."""
    booth = booth_of(request)
    chosen, found = film(request, booth), _pitch(request, booth)
    if chosen is None or chosen.kind != "clip" or found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    stage, item = found
    path = request.app.state.clipping.path(
        request.app.state.house.state(STAGE + stage).insurance.clips[item.id].id
    )
    if not path.is_file():
        raise HTTPException(HTTPStatus.NOT_FOUND)
    headers = {"Cache-Control": "private, no-cache"}
    return FileResponse(path, media_type="video/webm", headers=headers)


def _pitch(request: Request, booth: Booth) -> tuple[str, Item] | None:
    """The first pitch one of the company's people gives, and the stage's id."""
    staff = set(fair.staff(fair_of(request), booth.id))
    for stage in gathering_of(request).stages:
        for item in stage.items:
            if item.kind.startswith("pitch") and staff & set(item.people):
                return stage.id, item
    return None


routes: Final[list[BaseRoute]] = [
    Route("/booths/{booth}/setup", guarded(setup)),
    Route("/booths/{booth}/setup/words", describe, methods=["POST"]),
    Route("/booths/{booth}/setup/letters", answer_letters, methods=["POST"]),
    Route("/booths/{booth}/setup/links", add_link, methods=["POST"]),
    Route("/booths/{booth}/setup/links/remove", remove_link, methods=["POST"]),
    Route("/booths/{booth}/setup/pitch", show_pitch, methods=["POST"]),
    Route("/booths/{booth}/pitch.webm", guarded(clip)),
]
