"""The board over HTTP: offers and CV cards side by side, the living wall, and the wall on paper."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from rooms import fair, jobs
from rooms.fair import Fair
from rooms.jobs import Job
from rooms.people import DESK, Person, Role
from server import cvs
from server.cvs import Face
from server.jobs import address_of, config, fair_of
from server.visit import gathering_of, guarded, now, page, reader
from web import offers, qr, wallprint, words
from web.wallprint import Leaf

LONGEST_SEARCH: Final = 60
MOST_FACES: Final = 60  # cards a browser asks for again at once
ON_WALL: Final = 8  # cards that are read from the back of a hall
PRESS: Final = asyncio.Semaphore(1)
"One wall is printed at a time."


class OnBoard(Struct, frozen=True):
    """An offer as the board prints it."""

    job: Job
    company: str
    kind: str
    where: str
    count: int
    marked: bool
    pinned: bool
    mine: bool

    @property
    def text(self) -> str:
        """All that may be searched, in small letters."""
        said = (self.job.title, self.company, self.kind, self.where, self.job.starts)
        return " ".join((*said, self.job.degree, *self.job.topics)).casefold()


class Wanted(Struct, frozen=True):
    """What of the board is to be shown; empty is anything."""

    q: str = ""
    kind: str = ""
    topic: str = ""
    place: str = ""
    remote: str = ""
    degree: str = ""
    marked: str = ""


class Choices(Struct, frozen=True):
    """What the filters offer."""

    topics: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    remote: dict[str, str]
    degrees: dict[str, str]


async def board(request: Request) -> Response:
    """Everything that hangs, narrowed down as one likes; and one's own card beside it."""
    cards, found = _offers(request), await cvs.faces(request)
    wanted, me = _wanted(request), reader(request)
    own = fair.booth_of(fair_of(request), me)
    return page(
        request,
        "board.html",
        wanted=wanted,
        choices=_choices(request, cards, found),
        jobs=len(cards),
        cards=len(found),
        hanging=_hanging(cards, found, wanted),
        marked=sum(each.marked for each in cards),
        own_booth=own,
        own_card=await cvs.aside(request),
        may_pin=me.role is Role.TALENT,
        config={**config(request, "board"), "faces": found},
    )


async def faces(request: Request) -> Response:
    """Some CV cards anew, as they hang for the reader; those that do not hang are not there."""
    asked = request.query_params.get("cards", "").split(",")[:MOST_FACES]
    found = [await cvs.face(request, each) for each in dict.fromkeys(asked) if each]
    return Response(
        msgspec.json.encode([each for each in found if each is not None]),
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


async def wall(request: Request) -> Response:
    """The board for a whole hall: large, calm, and new pins at once."""
    cards, found = _offers(request), await cvs.faces(request)
    wanted = Wanted(topic=_wanted(request).topic)
    hanging = _hanging(cards, found, wanted)
    address = f"{request.app.state.settings.origin}/board"
    return page(
        request,
        "wall.html",
        wanted=wanted,
        hanging=hanging[:ON_WALL],
        jobs=len(cards),
        cards=len(found),
        qr=qr.code(address),
        address=address.partition("://")[2],
        may_pin=False,
        config={**config(request, "wall"), "faces": found, "topic": wanted.topic},
    )


async def wall_pdf(request: Request) -> Response:
    """The board to print and to pin up in the hall, on A3 or, if asked for, on A4.

    What is on paper cannot be taken back: of CV cards only what tells nobody's name is printed,
    and a code leads to the card as it hangs then.
    """
    cards, found = _offers(request), await cvs.faces(request)
    gathering, language = gathering_of(request), str(request.state.language)
    leaves = [_leaf(request, each) for each in _hanging(cards, found, _wanted(request))]
    size: wallprint.Size = "A4" if request.query_params.get("size") == "A4" else "A3"
    # Some hundred cards take seconds to set; meanwhile others are served, but for other printers.
    async with PRESS:
        data = await asyncio.to_thread(
            wallprint.wall, gathering.name, language, now(request), leaves, size
        )
    name = words.say(language, "Board").lower()
    return Response(
        data,
        HTTPStatus.OK,
        media_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.pdf"',
            "Cache-Control": "no-store",
        },
    )


def _leaf(request: Request, pinned: OnBoard | Face) -> Leaf:
    language = str(request.state.language)
    if isinstance(pinned, OnBoard):
        job = pinned.job
        return Leaf(
            kind=pinned.kind,
            title=job.title,
            name=pinned.company,
            lines=tuple(each for each in (pinned.where, job.starts, job.degree) if each),
            topics=job.topics,
            foot=job.contact,
            code=address_of(request, job),
        )
    return Leaf(
        kind=words.say(language, "CV card"),
        title=pinned.field or pinned.degree,
        name=pinned.degree if pinned.field else "",
        lines=(pinned.available,) if pinned.available else (),
        topics=pinned.topics,
        foot="",
        code=f"{request.app.state.settings.origin}/board/cards/{pinned.card}",
        person=True,
    )


# What hangs, and what of it is wanted


def _offers(request: Request) -> list[OnBoard]:
    room, me, language = fair_of(request), reader(request), str(request.state.language)
    marked = room.jobs.bookmarks.get(me.id, frozenset())
    pins = room.pins.all.values()
    own = {pin.job for pin in pins if pin.person == me.id and pin.state != "withdrawn"}
    return [
        OnBoard(
            job=job,
            company=room.booths[job.booth].organisation,
            kind=offers.kind(language, job.kind),
            where=offers.where(language, job.place, job.remote),
            count=room.pins.counts.get(job.id, 0),
            marked=job.id in marked,
            pinned=job.id in own,
            mine=_may_change(room, me, job),
        )
        for job in jobs.hanging(room)
    ]


def _may_change(room: Fair, me: Person, job: Job) -> bool:
    return me.role in DESK or jobs.represents(room, me, job.booth)


def _hanging(cards: list[OnBoard], found: list[Face], wanted: Wanted) -> list[OnBoard | Face]:
    """Offers and CV cards that are wanted, side by side, of each kind the newest first."""
    offers = [(each.job.at, each) for each in cards if _wants_job(wanted, each)]
    faces = [(each.at, each) for each in found if _wants_face(wanted, each)]
    both: list[tuple[float, float, OnBoard | Face]] = [*_spread(offers), *_spread(faces)]
    return [each for *_, each in sorted(both, key=lambda place: place[:2])]


_Hung = TypeVar("_Hung", OnBoard, Face)


def _spread(hung: list[tuple[float, _Hung]]) -> list[tuple[float, float, _Hung]]:
    """Each with how far down the board it hangs, 0 to 1; the same sum as in board/hanging.js."""
    newest = sorted(hung, key=lambda pair: -pair[0])
    return [(rank / len(newest), -at, each) for rank, (at, each) in enumerate(newest)]


def _wants_job(wanted: Wanted, card: OnBoard) -> bool:
    """The same question as in web/static/js/board/wanted.js."""
    job, topics = card.job, [topic.casefold() for topic in card.job.topics]
    return (
        wanted.kind in ("", "jobs")
        and all(word in card.text for word in wanted.q.casefold().split())
        and (not wanted.topic or wanted.topic.casefold() in topics)
        and (not wanted.place or wanted.place.casefold() == job.place.casefold())
        and wanted.remote in ("", job.remote)
        and (not wanted.degree or wanted.degree in offers.levels(job.degree))
        and (not wanted.marked or card.marked)
    )


def _wants_face(wanted: Wanted, face: Face) -> bool:
    topics = [topic.casefold() for topic in face.topics]
    said = " ".join((face.degree, face.field, face.available, face.seeks, face.name)).casefold()
    return (
        wanted.kind in ("", "cards")
        and all(word in f"{said} {' '.join(topics)}" for word in wanted.q.casefold().split())
        and (not wanted.topic or wanted.topic.casefold() in topics)
        and not (wanted.place or wanted.remote or wanted.marked)
        and (not wanted.degree or wanted.degree in offers.levels(face.degree))
    )


def _wanted(request: Request) -> Wanted:
    asked = request.query_params
    return Wanted(
        *(asked.get(key, "").strip()[:LONGEST_SEARCH] for key in Wanted.__struct_fields__)
    )


def _choices(request: Request, cards: list[OnBoard], found: list[Face]) -> Choices:
    language = str(request.state.language)
    topics = [topic for each in cards for topic in each.job.topics]
    topics += [topic for each in found for topic in each.topics]
    said: dict[str, Any] = {key: offers.REMOTE[key] for key in ("partly", "yes")}
    return Choices(
        topics=_each_once(topics),
        places=_each_once([each.job.place for each in cards if each.job.place]),
        remote={key: words.say(language, sentence) for key, sentence in said.items()},
        degrees={key: words.say(language, each) for key, each in offers.LEVEL_WORDS.items()},
    )


def _each_once(named: list[str]) -> tuple[tuple[str, str], ...]:
    """Values and words of a choice, sorted; what is written in two ways is one of them."""
    found: dict[str, str] = {}
    for each in named:
        found.setdefault(each.casefold(), each)
    return tuple((found[key], found[key]) for key in sorted(found))


routes: Final[list[BaseRoute]] = [
    Route("/board", guarded(board)),
    Route("/board/faces.json", guarded(faces)),
    Route("/wall", guarded(wall)),
    Route("/wall.pdf", guarded(wall_pdf)),
]
