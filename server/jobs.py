"""Offers over HTTP: each one's public page and its printed card, and the form that pins them."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from typing import Any, Final, cast, get_args
from zoneinfo import ZoneInfo

from msgspec import Struct
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from rooms import fair, jobs
from rooms.fair import Fair
from rooms.jobs import (
    LONGEST,
    LONGEST_LINK,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_TOPIC,
    MOST_TOPICS,
    BookmarkJob,
    EditJob,
    Job,
    Kind,
    Offer,
    PinJob,
    Remote,
    TakeJobDown,
)
from rooms.people import DESK, Person, Role
from schedule.items import Booth
from schedule.machine import Command, Refused
from server import visitors
from server.accounts import Signed
from server.postings import posting
from server.visit import gathering_of, guarded, local, now, page, reader, switching
from web import offers, pasted, qr, render, words

USUALLY: Final = 60  # days an offer hangs if nobody says otherwise
LIMITS: Final = {
    "title": LONGEST_TITLE,
    "line": LONGEST,
    "text": LONGEST_TEXT,
    "link": LONGEST_LINK,
    "pasted": pasted.READ,
}  # characters


class Written(Struct, frozen=True):
    """What stands in the form: before it is sent, or as it was sent."""

    title: str = ""
    kind: str = ""
    place: str = ""
    remote: str = "no"
    starts: str = ""
    degree: str = ""
    topics: str = ""
    contact: str = ""
    link: str = ""
    until: str = ""
    "A day as forms have it, `2027-03-31`."
    text: str = ""


# Pages


async def job(request: Request) -> Response:
    """One offer for everybody, signed in or not; gone for good once it is off the board."""
    room = fair_of(request)
    found = jobs.find(room, request.path_params["job"])
    if found is None:
        return _gone(request, room)
    signed: Signed | None = request.state.signed
    me = signed.person if signed else None
    booth = room.booths[found.booth]
    if me is not None:
        await visitors.seen(request, found.booth, found.id)
    mine = me is not None and jobs.represents(room, me, found.booth)
    address = address_of(request, found)
    return page(
        request,
        "job.html",
        job=found,
        booth=booth,
        kind=offers.kind(str(request.state.language), found.kind),
        where=offers.where(str(request.state.language), found.place, found.remote),
        paragraphs=[part.strip() for part in found.text.split("\n\n") if part.strip()],
        address=address,
        posting=posting(found, booth, gathering_of(request), address),
        marked=me is not None and found.id in room.jobs.bookmarks.get(me.id, ()),
        pinned=me is not None and _pinned(room, me, found),
        may_pin=me is not None and me.role is Role.TALENT,
        mine=mine,
        may_take_down=mine or (me is not None and me.role in DESK),
        count=room.pins.counts.get(found.id, 0),
        kept=request.query_params.get("kept", ""),
        config=config(request, "job") if me else None,
    )


def _gone(request: Request, room: Fair) -> Response:
    """Who keeps the address learns that the offer was there, and search engines forget it."""
    if not jobs.once_hung(room, request.path_params["job"]):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return page(request, "job-gone.html", status=HTTPStatus.GONE)


def _pinned(room: Fair, me: Person, job: Job) -> bool:
    own = (pin for pin in room.pins.all.values() if pin.person == me.id and pin.job == job.id)
    return any(pin.state != "withdrawn" for pin in own)


async def card(request: Request) -> Response:
    """The offer as a card of size A6 to print, with the way to its page as a code."""
    room = fair_of(request)
    found = jobs.find(room, request.path_params["job"])
    if found is None:
        return _gone(request, room)
    address, language = address_of(request, found), str(request.state.language)
    return page(
        request,
        "job-card.html",
        job=found,
        booth=room.booths[found.booth],
        kind=offers.kind(language, found.kind),
        where=offers.where(language, found.place, found.remote),
        address=address.partition("://")[2],
        qr=qr.code(address),
        config={"screen": "job-card"},
    )


async def new(request: Request) -> Response:
    """The empty form, and the place to paste a text that fills it."""
    return _form(request, _own_booth(request), Written(until=_usual_end(request)))


async def paste(request: Request) -> Response:
    """Fill the form from a pasted text, for review; nothing is pinned by this."""
    booth, form = _own_booth(request), await request.form()
    text = str(form.get("pasted", ""))
    if not text.strip():
        return _form(request, booth, Written(until=_usual_end(request)), wrong=NOTHING_PASTED)
    found = pasted.read(text, _known_topics(request))
    return _form(request, booth, _as_written(request, found), found=True)


NOTHING_PASTED: Final = Refused("There is no text yet. Please paste one, or fill in the form.")


def _as_written(request: Request, found: pasted.Found) -> Written:
    return Written(
        title=found.title,
        kind=found.kind or "",
        place=found.place,
        remote=found.remote or "no",
        starts=found.starts,
        degree=found.degree,
        topics=", ".join(found.topics),
        contact=found.contact or reader(request).name,
        link=found.link,
        until=found.until.isoformat() if found.until else _usual_end(request),
        text=found.text,
    )


def _known_topics(request: Request) -> set[str]:
    """Topics that offers here and people of the programme name."""
    named = {topic for job in jobs.hanging(fair_of(request)) for topic in job.topics}
    for person in gathering_of(request).people:
        named.update((*person.seeks, *person.offers))
    return named


async def pin(request: Request) -> Response:
    """Pin what the form says; whatever is wrong with it stands beside what was written."""
    booth, form = _own_booth(request), await request.form()
    written = _written(form)
    try:
        offer = _offer(request, written)
        before = fair_of(request).jobs.pinned
        await do(request, PinJob(booth.id, offer))
    except Refused as wrong:
        return _form(request, booth, written, wrong=wrong)
    return RedirectResponse(
        f"/jobs/{_newest(request, booth, before)}?kept=pinned", HTTPStatus.SEE_OTHER
    )


def _newest(request: Request, booth: Booth, before: int) -> str:
    """The id of what was just pinned."""
    own = (job.id for job in jobs.of_booth(fair_of(request), booth.id))
    return next(own, f"j{before + 1}")


async def rewrite(request: Request) -> Response:
    """The form with what the offer says, or what was sent if it cannot stand like that."""
    room = fair_of(request)
    found = jobs.find(room, request.path_params["job"])
    if found is None:
        return _gone(request, room)
    if not jobs.represents(room, reader(request), found.booth):
        raise HTTPException(HTTPStatus.FORBIDDEN)
    booth = room.booths[found.booth]
    if request.method == "GET":
        return _form(request, booth, _of_job(request, found), job=found)
    written = _written(await request.form())
    try:
        await do(request, EditJob(found.id, _offer(request, written)))
    except Refused as wrong:
        return _form(request, booth, written, job=found, wrong=wrong)
    return RedirectResponse(f"/jobs/{found.id}?kept=edited", HTTPStatus.SEE_OTHER)


def _form(
    request: Request,
    booth: Booth,
    written: Written,
    *,
    job: Job | None = None,
    found: bool = False,
    wrong: Refused | None = None,
) -> Response:
    language = str(request.state.language)
    room = fair_of(request)
    known = sorted(_known_topics(request), key=str.casefold)
    return page(
        request,
        "job-form.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        booth=booth,
        job=job,
        own=written,
        found=found,
        wrong=words.say(language, wrong.sentence, **wrong.values) if wrong else "",
        kinds={key: offers.kind(language, key) for key in offers.KINDS},
        remote={key: words.say(language, each) for key, each in offers.REMOTE.items()},
        limits=LIMITS,
        most_topics=MOST_TOPICS,
        known=known,
        today=_day(request, now(request)),
        left=booth.package.jobs - len(jobs.of_booth(room, booth.id)),
        config=config(request, "job-form"),
    )


# Deeds


async def take_down(request: Request) -> Response:
    """Off the board, for good."""
    await do(request, TakeJobDown(request.path_params["job"]))
    return RedirectResponse("/board", HTTPStatus.SEE_OTHER)


async def bookmark(request: Request) -> Response:
    """Remember an offer, or no longer."""
    form, job = await request.form(), request.path_params["job"]
    await do(request, BookmarkJob(job, on=form.get("on") != "off"))
    return RedirectResponse(local(str(form.get("back", f"/jobs/{job}"))), HTTPStatus.SEE_OTHER)


def _own_booth(request: Request) -> Booth:
    """The booth the reader stands at; others learn whose door this is."""
    booth = fair.booth_of(fair_of(request), reader(request))
    if booth is None:
        raise HTTPException(
            HTTPStatus.FORBIDDEN, "Offers are pinned by those who stand at a booth for a company."
        )
    return booth


# What the form says


def _written(form: FormData) -> Written:
    return Written(**{key: str(form.get(key, "")) for key in Written.__struct_fields__})


def _offer(request: Request, written: Written) -> Offer:
    """What is to hang; raises `Refused` with what to write otherwise."""
    if written.kind not in get_args(Kind):
        raise Refused("Please choose what kind of work it is.")
    topics = [each.strip() for each in written.topics.split(",") if each.strip()]
    if len(topics) > MOST_TOPICS:
        raise Refused(
            "Please name {most} topics at most, the most important ones.", most=MOST_TOPICS
        )
    too_long = next((each for each in topics if len(each) > LONGEST_TOPIC), "")
    if too_long:
        raise Refused("“{topic}” is too long for a topic. Please shorten it.", topic=too_long)
    lines = (written.place, written.starts, written.degree, written.contact)
    if len(written.title) > LONGEST_TITLE or max(map(len, lines)) > LONGEST:
        raise Refused("One of the lines is too long. Please keep to {most} letters.", most=LONGEST)
    if len(written.text) > LONGEST_TEXT or len(written.link) > LONGEST_LINK:
        raise Refused("The text is too long. Please keep to {most} letters.", most=LONGEST_TEXT)
    return Offer(
        title=written.title,
        kind=cast(Kind, written.kind),
        valid_until=_end_of(request, written.until),
        place=written.place,
        remote=cast(Remote, written.remote if written.remote in get_args(Remote) else "no"),
        starts=written.starts,
        degree=written.degree,
        topics=tuple(topics),
        contact=written.contact,
        text=written.text,
        link=written.link,
    )


def _end_of(request: Request, day: str) -> float:
    """The last second of a day where the gathering is; Unix seconds."""
    try:
        parsed = date.fromisoformat(day)
    except ValueError:
        raise Refused("Please choose until when the offer is to hang.") from None
    zone = ZoneInfo(gathering_of(request).time_zone)
    return datetime.combine(parsed, time(23, 59, 59), zone).timestamp()


def _of_job(request: Request, job: Job) -> Written:
    return Written(
        title=job.title,
        kind=job.kind,
        place=job.place,
        remote=job.remote,
        starts=job.starts,
        degree=job.degree,
        topics=", ".join(job.topics),
        contact=job.contact,
        link=job.link,
        until=_day(request, job.valid_until),
        text=job.text,
    )


def _usual_end(request: Request) -> str:
    return _day(request, now(request) + timedelta(days=USUALLY).total_seconds())


def _day(request: Request, at: float) -> str:
    zone = ZoneInfo(gathering_of(request).time_zone)
    return datetime.fromtimestamp(at, zone).date().isoformat()


# What the board's pages share


def fair_of(request: Request) -> Fair:
    """The fair as it is now; raises 503 while it is not open."""
    state = request.app.state.house.state(fair.ROOM)
    if not isinstance(state, Fair):
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE)
    return state


async def do(request: Request, command: Command) -> None:
    """Carry a command of the reader's out; raises `Refused`."""
    op = f"page-{secrets.token_hex(12)}"
    await request.app.state.house.do(fair.ROOM, op, command, reader(request))


def address_of(request: Request, job: Job) -> str:
    """The public page of an offer, from anywhere."""
    return f"{request.app.state.settings.origin}/jobs/{job.id}"


def config(request: Request, screen: str) -> dict[str, Any]:
    """What a page of the board knows before it has spoken with the house."""
    gathering, language = gathering_of(request), str(request.state.language)
    return {
        "screen": screen,
        "language": language,
        "timeZone": gathering.time_zone,
        "gathering": gathering.name,
        "me": reader(request),
        "csrf": request.state.csrf,
        "urls": {
            "live": "/live",
            "words": render.words_address(language),
            "icons": render.static("icons.svg"),
            "ice": "/ice.json",
        },
    }


routes: Final[list[BaseRoute]] = [
    Route("/board/new", guarded(new)),
    Route("/board/new", guarded(pin), methods=["POST"]),
    Route("/board/paste", guarded(paste), methods=["POST"]),
    Route("/jobs/{job}", switching(job)),
    Route("/jobs/{job}/card", switching(card)),
    Route("/jobs/{job}/edit", guarded(rewrite), methods=["GET", "POST"]),
    Route("/jobs/{job}/take-down", guarded(take_down), methods=["POST"]),
    Route("/jobs/{job}/bookmark", guarded(bookmark), methods=["POST"]),
]
