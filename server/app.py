"""The application: all parts of a server process, what holds them together, and its pages."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
import signal
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from rooms import rights
from schedule.items import Gathering
from server import (
    board,
    bookings,
    booths,
    cardviews,
    clips,
    contacts,
    cvs,
    door,
    exhibition,
    health,
    invitations,
    jobs,
    leads,
    leaflets,
    letters,
    pages,
    phone,
    recordings,
    report,
    slides,
    stands,
    tables,
    talks,
    ties,
    whip,
    wire,
    works,
)
from server.accounts import Accounts
from server.archive import newest_gathering, opened_store
from server.blueprint import FoyerBlueprint
from server.cards import Cards
from server.clipping import Clipping
from server.clock import WallClock
from server.crests import Crests
from server.curricula import Curricula
from server.door import Door
from server.files import Files
from server.framing import Framing
from server.handsets import Handsets
from server.health import Pulse, Report
from server.house import House
from server.limits import PER_ADDRESS, PER_PERSON, Limits
from server.live import Live, Sessions
from server.mailbox import Mailbox, keep_sweeping
from server.mailer import Mailer
from server.matchmaker import Matchmaker
from server.media import Media
from server.papers import Papers
from server.postman import Postman
from server.projector import Projector
from server.recordist import Recordist
from server.relay import ice_servers
from server.remarks import Remarks
from server.sealed import Sealer
from server.session import Surroundings
from server.settings import Settings
from server.shelf import Shelf
from server.stagehands import Stagehands
from server.understudy import Understudy
from web import words

STATIC: Final = Path(__file__).parents[1] / "web" / "static"
OPENING: Final = 5.0  # seconds start-up waits for the rooms; they may also open later
LEAVING: Final = 2.0  # seconds browsers have to go when the house closes
FOR_EVER: Final = "public, max-age=31536000, immutable"

log = logging.getLogger(__name__)


def build(settings: Settings) -> Door:
    """The whole application for uvicorn. Its lifespan opens the data folder, the bus, the live
    rooms and the media processes, and closes them in the opposite order."""
    rights.check_tables(wire.COMMANDS, wire.EVENTS, wire.VIEWS)
    inside = Starlette(
        routes=[
            Route("/healthz", _healthz),
            Route("/ice.json", _ice),
            Route("/locale/{language}.json", _words),
            Mount("/static", _Static(directory=STATIC)),
            *whip.routes,
            *slides.routes,
            *clips.routes,
            *phone.routes,
            *bookings.routes,
            *works.routes,
            *exhibition.routes,
            *recordings.routes,
            *contacts.routes,
            *cvs.routes,
            *cardviews.routes,
            *stands.routes,
            *invitations.routes,
            *leaflets.routes,
            *letters.routes,
            *leads.routes,
            *report.routes,
            *booths.routes,
            *tables.routes,
            *talks.routes,
            *board.routes,
            *jobs.routes,
            *pages.routes,
        ],
        exception_handlers=dict(pages.exception_handlers),
        lifespan=_lifespan,
    )
    inside.state.settings = settings
    inside.state.limits = Limits(PER_ADDRESS)
    return Door(inside, settings)


class Venue(House):
    """The house of one gathering."""

    written: Gathering
    "As it was imported when we started; stands in until the foyer is open."

    @property
    def is_open(self) -> bool:
        """Whether the foyer, which knows everybody, can be asked."""
        return self.state("foyer") is not None

    @property
    def gathering(self) -> Gathering:
        """The gathering as it is known now."""
        state = self.state("foyer")
        return self.written if state is None else state.agenda.gathering


@contextlib.asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[dict[str, Any]]:
    try:
        async with _opened(app) as live:
            yield {"live": live}
    except BaseExceptionGroup:
        # Half a house is worse than none: whoever supervises us starts a whole one.
        log.critical("A part of the house broke down", exc_info=True)
        os.kill(os.getpid(), signal.SIGTERM)
        raise


@contextlib.asynccontextmanager
async def _opened(app: Starlette) -> AsyncIterator[Live]:
    """Everything a server process consists of, as long as it is open."""
    settings: Settings = app.state.settings
    clock = WallClock()
    process = f"{os.getpid()}-{secrets.token_hex(4)}"
    async with (
        opened_store(settings) as archive,
        ties.tied(settings, process) as (bus, leases),
    ):
        house = Venue(archive, bus, leases, clock, FoyerBlueprint())
        house.written = await newest_gathering(archive)
        app.state.clock = clock
        app.state.archive = archive
        app.state.accounts = Accounts(archive)
        app.state.cards = Cards(archive, Sealer(settings.data))
        app.state.mailbox = Mailbox(archive, Sealer(settings.data))
        app.state.remarks = Remarks(archive, Sealer(settings.data))
        app.state.files = Files(settings.data)
        app.state.projector = Projector(app.state.files)
        app.state.curricula = Curricula(archive, Sealer(settings.data), app.state.files)
        app.state.crests = Crests(app.state.files)
        app.state.mailer = Mailer(settings.mail_url, settings.mail_from)
        app.state.papers = Papers(app.state.files)
        app.state.framing = Framing(app.state.files, app.state.papers)
        app.state.clipping = Clipping(app.state.files)
        app.state.handsets = Handsets(archive)
        app.state.house = house
        async with house:
            sessions = Sessions()
            hands = Stagehands(house, sessions, clock)
            hands.understudy = Understudy(app.state.clipping.path)
            house.hosted(hands.changed)
            shelf = Shelf(settings.data, settings.recording_gb, settings.recording_days)
            app.state.shelf = shelf
            app.state.recordist = hands.recordist = Recordist(house, clock, shelf)
            house.hosted(hands.recordist.changed)
            matchmaker = app.state.matchmaker = Matchmaker(house)
            house.hosted(matchmaker.changed)
            postman = app.state.postman = Postman(house)
            house.hosted(postman.changed)
            house.hosted(app.state.curricula.changed)
            with contextlib.suppress(TimeoutError):
                await house.opened(OPENING)
            app.state.papers.sweep()
            slides.sweep(app.state.projector, house)
            clips.sweep(app.state.clipping, house)
            works.sweep(app.state.framing, house)
            leaflets.sweep(app.state.crests, app.state.papers, house)
            async with (
                _media(settings, hands, house.written) as media,
                _work(app, sessions, hands, media) as live,
            ):
                yield live


def _media(settings: Settings, hands: Stagehands, gathering: Gathering) -> Media:
    return Media(
        settings.data,
        hands,
        processes=settings.media_processes,
        host=settings.media_host,
        port=settings.media_port,
        announce=settings.media_announce,
        fanout=settings.media_fanout,
        stages=[stage.id for stage in gathering.stages],
        far=[Path(each) for each in settings.media_far],
    )


@contextlib.asynccontextmanager
async def _work(
    app: Starlette, sessions: Sessions, hands: Stagehands, media: Media
) -> AsyncIterator[Live]:
    """Everything that runs while the house is open, in one group."""
    state = app.state
    state.media, state.sessions, state.pulse, state.begun = media, sessions, Pulse(), False
    around = Surroundings(
        state.house, media, state.clock, Limits(PER_PERSON), state.limits, hands.stills
    )
    async with asyncio.TaskGroup() as tasks:
        live = Live(
            state.settings.origin,
            around,
            sessions,
            lambda header, phone: (
                door.recognise_phone(app, header) if phone else door.recognise(app, header)
            ),
            lambda cookies, wish: door.reading(app, cookies, wish),
            tasks,
        )
        standing = [
            tasks.create_task(state.pulse.run(), name="pulse"),
            tasks.create_task(hands.run(media), name="stagehands"),
            tasks.create_task(hands.stills.run(media), name="stills"),
            tasks.create_task(state.recordist.run(media), name="recordist"),
            tasks.create_task(state.matchmaker.run(), name="matchmaker"),
            tasks.create_task(
                state.cards.run(state.clock, lambda: state.house.gathering.ends_at), name="cards"
            ),
            tasks.create_task(
                keep_sweeping(
                    state.clock,
                    lambda: state.house.gathering.ends_at,
                    state.mailbox,
                    state.remarks,
                ),
                name="mailbox",
            ),
            tasks.create_task(state.postman.run(), name="postman"),
            tasks.create_task(state.curricula.run(state.clock), name="curricula"),
            tasks.create_task(live.watch(state.accounts, state.house.person), name="watch"),
        ]
        try:
            yield live
        finally:
            await _see_out(sessions)
            for task in standing:
                task.cancel()


async def _see_out(sessions: Sessions) -> None:
    """Say goodbye to all, and wait until they are gone or had their time."""
    for session in sessions:
        session.closing_house()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LEAVING):
            await sessions.empty.wait()


class _Static(StaticFiles):
    """Files of the browser: those asked for with their fingerprint are kept for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        fingerprinted = b"v=" in scope.get("query_string", b"")
        if response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            response.headers["Cache-Control"] = FOR_EVER if fingerprinted else "no-cache"
        return response


async def _healthz(request: Request) -> Response:
    """How this process is, for whoever watches over it."""
    state = request.app.state
    media = state.media.health()
    house = await state.house.health()
    storing = not state.archive.full
    status = health.status(media, house.open and house.bus and storing, state.begun)
    state.begun = state.begun or status == "ok"
    report = Report(
        status=status,
        version=health.version(),
        rooms=state.house.rooms,
        sessions=len(state.sessions),
        media=media,
        lag_ms=state.pulse.lag_ms,
        storing=storing,
        house=house,
    )
    code = HTTPStatus.OK if status == "ok" else HTTPStatus.SERVICE_UNAVAILABLE
    return _json(report, code, "no-store")


async def _ice(request: Request) -> Response:
    """Which relays a signed-in browser may use."""
    cookie = request.headers.get("cookie", "")
    signed = request.state.signed or await door.recognise_phone(request.app, cookie)
    if signed is None:
        return _json({"iceServers": []}, HTTPStatus.UNAUTHORIZED, "no-store")
    state = request.app.state
    servers = ice_servers(state.settings, signed.person.id, state.clock.now())
    return _json({"iceServers": servers}, HTTPStatus.OK, "no-store")


async def _words(request: Request) -> Response:
    """All sentences in one language, for the browser's modules."""
    language = request.path_params["language"]
    if language not in words.languages():
        return pages.error(request, HTTPStatus.NOT_FOUND)
    kept = FOR_EVER if "v" in request.query_params else "no-cache"
    return _json(dict(words.catalogue(language)), HTTPStatus.OK, kept)


def _json(value: Any, status: int, kept: str) -> Response:
    return Response(
        msgspec.json.encode(value),
        status,
        media_type="application/json",
        headers={"Cache-Control": kept},
    )
