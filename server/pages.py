"""The pages of the house, and what each is filled with."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from rooms import foyer as foyer_room
from rooms.foyer import FoyerShown, SitDown
from rooms.people import DESK, Person
from schedule import exchange
from schedule.agenda import Agenda
from server import bookings, directory, entrance, profiles, recordings, slides
from server.directory import by_name
from server.mishaps import error, exception_handlers
from server.visit import (
    THEMES,
    YEAR,
    accounts,
    do,
    foyer_shown,
    gathering_of,
    guarded,
    keep,
    local,
    now,
    page,
    reader,
    stands,
)
from web import qr, render, times

__all__ = ["error", "exception_handlers", "routes"]

AT_THE_DOOR: Final = 5  # people listed in the foyer; the rest are one click away


class Present(Struct, frozen=True):
    """How full the house is, and a few of those who are in it."""

    hall: int
    home: int
    all: int
    "Everybody invited, here or not."
    some: tuple[Person, ...]


# Pages to read


async def foyer(request: Request) -> Response:
    """What is on, what is one's own, who is here."""
    shown, person = foyer_shown(request), reader(request)
    return page(
        request,
        "foyer.html",
        evening=stands(request, shown),
        hour=times.hour(now(request), gathering_of(request).time_zone),
        house=_present(shown, person),
        checked=_checked(shown, person),
        waiting=recordings.waiting(request),
        again=recordings.again(request),
        me=_as_seated(shown, person),
        config=_config(request, "foyer"),
    )


def _present(shown: FoyerShown, person: Person) -> Present:
    here = [shown.people[each] for each in _here(shown, person) if each in shown.people]
    others = sorted((each for each in here if each.id != person.id), key=by_name)
    hall = sum(each.place == "hall" for each in here)
    return Present(hall, len(here) - hall, len(shown.people), tuple(others[:AT_THE_DOOR]))


async def agenda(request: Request) -> Response:
    """The whole running order, with the times that are expected now."""
    evening = stands(request, foyer_shown(request))
    again = recordings.again(request)
    config = {**_config(request, "agenda"), "again": again}
    talks = bookings.ahead(request)
    return page(request, "agenda.html", evening=evening, again=again, talks=talks, config=config)


async def own(request: Request) -> Response:
    """One's place, devices, language and light."""
    shown, person = foyer_shown(request), reader(request)
    return page(
        request,
        "me.html",
        me=_as_seated(shown, person),
        checked=_checked(shown, person),
        pitches=slides.own(request),
        devices=await accounts(request).devices(person.id, now(request)),
        session=request.state.signed.session,
        consent=recordings.consent_of(request),
        wording=recordings.wording(request),
        profile=profiles.form_of(request),
        kept=request.query_params.get("kept", ""),
        config=_config(request, "me"),
    )


async def sit_down(request: Request) -> Response:
    """In the hall, or at home."""
    form = await request.form()
    place = SitDown("hall" if form.get("place") == "hall" else "home")
    await do(request, place, reader(request))
    return RedirectResponse(local(str(form.get("back", "/me"))), HTTPStatus.SEE_OTHER)


async def light(request: Request) -> Response:
    """Light, dark, or as the device has it."""
    chosen = str((await request.form()).get("theme", ""))
    response = RedirectResponse("/me", HTTPStatus.SEE_OTHER)
    keep(request, response, "theme", chosen if chosen in THEMES else "")
    return response


# Pages that come to life


async def stage(request: Request) -> Response:
    """A stage as its audience sees it."""
    return _screen(request, "stage")


async def green_room(request: Request) -> Response:
    """Behind a stage, for those who are about to go on."""
    return _screen(request, "green-room")


async def desk(request: Request) -> Response:
    """Where a stage is run from."""
    if reader(request).role not in DESK:
        raise HTTPException(
            HTTPStatus.FORBIDDEN, "The desk is for the moderators. Your place is in the foyer."
        )
    return _screen(request, "desk")


async def beamer(request: Request) -> Response:
    """What the hall sees on its wall."""
    address = f"{request.app.state.settings.origin}/join/{request.path_params['stage']}"
    spoken = address.partition("://")[2]
    return _screen(request, "beamer", qr=qr.code(address), join_address=spoken)


async def check(request: Request) -> Response:
    """A try of camera, microphone, speaker and line."""
    return page(request, "check.html", config=_config(request, "check"))


def _screen(request: Request, screen: str, **context: Any) -> Response:
    wanted = request.path_params["stage"]
    evening = stands(request, foyer_shown(request))
    scene = next((each for each in evening.scenes if each.id == wanted), None)
    if scene is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return page(
        request,
        f"{screen}.html",
        scene=scene,
        evening=evening,
        config=_config(request, screen, wanted),
        **context,
    )


def _config(request: Request, screen: str, stage: str | None = None) -> dict[str, Any]:
    """What the page's modules need to know before they have spoken with the house."""
    gathering, language = gathering_of(request), str(request.state.language)
    return {
        "screen": screen,
        "language": language,
        "timeZone": gathering.time_zone,
        "gathering": gathering.name,
        "host": gathering.host,
        "city": gathering.city,
        "doors": gathering.doors,
        "me": reader(request),
        "csrf": request.state.csrf,
        "stage": stage,
        "room": f"stage-{stage}" if stage else None,
        "players": request.app.state.settings.whep,
        "consent": recordings.wording(request),
        "stages": [{"id": each.id, "name": each.name} for each in gathering.stages],
        "urls": {
            "live": "/live",
            "words": render.words_address(language),
            "icons": render.static("icons.svg"),
            "ice": "/ice.json",
        },
    }


# Files to take away


async def calendar(request: Request) -> Response:
    """The whole running order for a calendar."""
    return _calendar(request, None, "agenda.ics")


async def own_calendar(request: Request) -> Response:
    """One's own items for a calendar."""
    return _calendar(request, reader(request).id, "mine.ics")


def _calendar(request: Request, person: str | None, name: str) -> Response:
    lived, origin = _lived(request), request.app.state.settings.origin
    own = bookings.appointments(request) if person else ()
    return Response(
        exchange.to_ical(lived.gathering, lived, now(request), person, origin, own),
        media_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def schedule_json(request: Request) -> Response:
    """The running order in the form other conference tools read (frab, pretalx)."""
    lived, origin = _lived(request), request.app.state.settings.origin
    return JSONResponse(exchange.to_frab(lived.gathering, lived, now(request), url=origin))


def _lived(request: Request) -> Agenda:
    agenda: Agenda = request.app.state.house.state(foyer_room.ROOM).agenda
    return agenda


async def sheet(_: Request) -> Response:
    """The style sheet of the whole house, in one piece."""
    text, fingerprint = render.sheet()
    # Its address changes with it, so whoever has it need never ask again.
    kept = {"Cache-Control": f"public, max-age={YEAR}, immutable", "ETag": f'"{fingerprint}"'}
    return Response(text, media_type="text/css; charset=utf-8", headers=kept)


# What is known of the reader and the others


def _as_seated(shown: FoyerShown, person: Person) -> Person:
    """The reader as the room knows them: the place may have changed since signing in."""
    return shown.people.get(person.id, person)


def _here(shown: FoyerShown, person: Person) -> frozenset[str]:
    """Who is in the house; whoever reads this is, though their line may not stand yet."""
    return frozenset(shown.presence.here) | {person.id}


def _checked(shown: FoyerShown, person: Person) -> float | None:
    """When the reader's devices were last checked."""
    found = shown.checks.get(person.id)
    return found.at if found else None


routes: Final[list[BaseRoute]] = [
    Route("/", guarded(foyer)),
    Route("/agenda", guarded(agenda)),
    Route("/agenda.ics", guarded(calendar)),
    Route("/agenda/mine.ics", guarded(own_calendar)),
    Route("/schedule.json", guarded(schedule_json)),
    Route("/me", guarded(own)),
    Route("/me/place", guarded(sit_down), methods=["POST"]),
    Route("/me/light", guarded(light), methods=["POST"]),
    Route("/check", guarded(check)),
    Route("/stage/{stage}", guarded(stage)),
    Route("/stage/{stage}/green-room", guarded(green_room)),
    Route("/stage/{stage}/desk", guarded(desk)),
    Route("/beamer/{stage}", guarded(beamer)),
    Route("/foyer.css", sheet),
    *directory.routes,
    *profiles.routes,
    *entrance.routes,
]
