"""The booths over HTTP: all of them, one as a visitor sees it, its desk, and its counter."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from rooms import fair, jobs, lounge, staffing, stands
from rooms.jobs import Job
from rooms.lounge import LoungeShown
from rooms.people import Person
from rooms.queues import Ticket
from rooms.staffing import Stall, Wait
from rooms.stands import Download, Logo
from schedule.items import Booth
from server import letters, visitors
from server import stands as setup
from server.premises import fair_of, lounge_of
from server.visit import foyer_shown, gathering_of, guarded, now, page, reader
from web import offers, render

HERE: Final = ("free", "talk")
"States of somebody who stands at the booth, or is about to be back from a talk there."
SHORT: Final = 90  # characters of what somebody says of themselves


class Stander(Struct, frozen=True):
    """Somebody of a company as a page shows them."""

    person: Person
    about: str
    state: str
    until: float | None
    "When that ends, Unix seconds; None if nobody knows."


class Seen(Struct, frozen=True):
    """A booth as a page prints it."""

    id: str
    organisation: str
    number: int
    sponsor: bool
    initials: str
    "What stands where there is no logo."
    about: str
    sentences: tuple[str, ...]
    logo: Logo | None
    downloads: tuple[Download, ...]
    links: tuple[tuple[str, str, str], ...]
    "Of each its title, its address, and whose page it is."
    jobs: tuple[Job, ...]
    staff: tuple[Stander, ...]
    waiting: int
    watching: int
    showing: tuple[Person, str] | None
    "Who shows something, and what."
    ticket: Ticket | None
    "The reader's own."
    wait: Wait | None
    "How long the reader waits with it."

    @property
    def here(self) -> tuple[Stander, ...]:
        """Who can be met, now or after the talk they are in."""
        return tuple(each for each in self.staff if each.state in HERE)

    @property
    def free(self) -> int:
        """How many have time right now."""
        return sum(each.state == "free" for each in self.staff)

    @property
    def back(self) -> float | None:
        """When the first of those who are away is expected, if anybody knows."""
        return min((each.until for each in self.staff if each.until is not None), default=None)


class Waiting(Struct, frozen=True):
    """Somebody in a booth's queue, as its desk prints it."""

    number: int
    person: Person
    topic: str


async def overview(request: Request) -> Response:
    """All booths: who is there, how many wait, how many jobs there are."""
    gathering, own = gathering_of(request), _own(request)
    return page(
        request,
        "booths.html",
        stalls=[_seen(request, each) for each in gathering.booths],
        own=own.id if own else None,
        works=len(gathering.exhibits),
        config=_config(request, "booths"),
    )


async def booth(request: Request) -> Response:
    """One booth as those see it who come by."""
    found = _booth(request)
    own = _own(request)
    await visitors.seen(request, found.id)
    return page(
        request,
        "booth.html",
        seen=_seen(request, found),
        letterbox=await letters.letterbox(request, found),
        kind=partial(offers.kind, str(request.state.language)),
        mine=own is not None and own.id == found.id,
        as_talent="as" in request.query_params,
        film=setup.film(request, found),
        contact=stands.stand_of(fair_of(request), found.id).contact,
        config=_config(request, "booth", found),
    )


async def desk(request: Request) -> Response:
    """Where a company's people see who waits, and call them."""
    found = _booth(request)
    own = _own(request)
    if own is None or own.id != found.id:
        raise HTTPException(
            HTTPStatus.FORBIDDEN,
            "This desk is for the people of this company. You are welcome at its booth.",
        )
    people, mine = foyer_shown(request).people, _shown(request).booths.desk
    queue = [
        Waiting(each.number, people[each.person], each.topic)
        for each in (mine.tickets.values() if mine is not None else ())
        if each.person in people
    ]
    return page(
        request,
        "booth-desk.html",
        seen=_seen(request, found),
        queue=queue,
        config=_config(request, "booth-desk", found),
    )


async def talk(request: Request) -> Response:
    """The talk at the counter."""
    found = _booth(request)
    return page(
        request,
        "booth-talk.html",
        seen=_seen(request, found),
        config=_config(request, "booth-talk", found),
    )


def _booth(request: Request) -> Booth:
    wanted = request.path_params["booth"]
    found = next((each for each in gathering_of(request).booths if each.id == wanted), None)
    if found is None:
        raise HTTPException(
            HTTPStatus.NOT_FOUND, "There is no booth here. Please choose one from the list."
        )
    return found


def _own(request: Request) -> Booth | None:
    return fair.booth_of(fair_of(request), reader(request))


def _seen(request: Request, found: Booth) -> Seen:
    shown, people = _shown(request), foyer_shown(request).people
    stall = shown.booths.booths.get(found.id, Stall())
    stand = stands.stand_of(fair_of(request), found.id)
    return Seen(
        id=found.id,
        organisation=found.organisation,
        number=found.number,
        sponsor=found.sponsor,
        initials=initials(found.organisation),
        about=" ".join(stand.sentences) or found.about,
        sentences=stand.sentences or ((found.about,) if found.about else ()),
        logo=stand.logo,
        downloads=stand.downloads,
        links=tuple((each.title, each.url, urlsplit(each.url).netloc) for each in stand.links),
        jobs=tuple(jobs.of_booth(fair_of(request), found.id)),
        staff=tuple(
            Stander(people[person], _about(shown, person), each.state, each.until)
            for person, each in stall.staff.items()
            if person in people
        ),
        waiting=stall.waiting,
        watching=stall.watching,
        showing=_showing(stall, people),
        ticket=shown.booths.tickets.get(found.id),
        wait=staffing.wait(lounge_of(request), found.id, reader(request).id, now(request)),
    )


def initials(name: str) -> str:
    """Two letters for a company without a logo, "AM" for Auwald Mikrotechnik."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalpha()]
    return "".join(word[0] for word in words[:2]).upper() or name[:1]


def _about(shown: LoungeShown, person: str) -> str:
    """What somebody says of themselves, in a line; booths/staff.js does the same."""
    profile = shown.wishes.profiles.get(person)
    if profile is None:
        return ""
    said = profile.about or profile.degree
    return said if said and len(said) <= SHORT else ", ".join(profile.offers[:3])


def _showing(stall: Stall, people: dict[str, Person]) -> tuple[Person, str] | None:
    shows = stall.showing
    if shows is None or shows.person not in people:
        return None
    return people[shows.person], shows.caption


def _shown(request: Request) -> LoungeShown:
    lounge_of(request)
    shown: LoungeShown = request.app.state.house.shown(lounge.ROOM, reader(request))
    return shown


def _config(request: Request, screen: str, found: Booth | None = None) -> dict[str, Any]:
    gathering, language = gathering_of(request), str(request.state.language)
    return {
        "screen": screen,
        "language": language,
        "timeZone": gathering.time_zone,
        "csrf": request.state.csrf,
        "booth": None if found is None else {"id": found.id, "organisation": found.organisation},
        "urls": {
            "live": "/live",
            "words": render.words_address(language),
            "icons": render.static("icons.svg"),
            "ice": "/ice.json",
        },
    }


routes: Final[list[BaseRoute]] = [
    Route("/booths", guarded(overview)),
    Route("/booths/{booth}", guarded(booth)),
    Route("/booths/{booth}/desk", guarded(desk)),
    Route("/booths/{booth}/talk", guarded(talk)),
]
