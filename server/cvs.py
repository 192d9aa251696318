"""One's own CV card over HTTP: written, hung, granted and withdrawn, pinned, and erased."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time
from http import HTTPStatus
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import asdict, replace
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from rooms import cvs, grants, jobs
from rooms.cvs import GrantAccess, Hang, TakeDown, Withdraw
from rooms.fair import Fair
from rooms.grants import SPONSORS, What, live
from rooms.jobs import Job
from rooms.people import HOUSE, Person, Role
from rooms.pins import Pin, PutPin, WithdrawPin
from schedule.items import Booth
from schedule.machine import Refused
from schedule.terms import LONGEST_TOPIC
from server.cardfaces import Face, Opened, curricula, do, face, faces, fair_of, opened
from server.contacts import MAIL, PHONE
from server.curricula import Curriculum
from server.papers import MOST_PAGES, SANDBOX, Papers
from server.slides import body
from server.visit import Handler, gathering_of, guarded, now, page, reader
from web import render, words

__all__ = ["Face", "Opened", "aside", "face", "faces", "opened"]

LONGEST: Final = {
    "field": 120, "degree": 80, "available": 80, "seeks": 300, "mail": 200, "phone": 40
}  # characters  # fmt: skip
MOST_TOPICS: Final = 8
LAST_LOOKS: Final = 200  # that the page lists


class Company(Struct, frozen=True):
    """A company, or all sponsors, and what it may see of the reader's card now."""

    to: str
    name: str
    what: tuple[What, ...]
    until: float | None
    asks: bool
    through_all: bool
    "Whether it sees the card as one of all sponsors alone."


class Sight(Struct, frozen=True):
    """A look at the reader's card."""

    who: str
    company: str
    what: str
    at: float


# Pages


async def overview(request: Request) -> Response:
    """Write one's card, say who may see it, and learn who did."""
    room, me = fair_of(request), reader(request)
    if me.role is not Role.TALENT:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    card, written = cvs.of(room, me.id), await curricula(request).of(me.id)
    answer = page(
        request,
        "cv.html",
        card=card,
        own=written,
        longest=LONGEST,
        most_topics=MOST_TOPICS,
        most_pages=MOST_PAGES,
        companies=companies(room, me, now(request)) if card else (),
        sights=sights(room, me)[:LAST_LOOKS],
        pinned=pinned(room, me),
        latest=cvs.latest(room),
        latest_day=_day(request, cvs.latest(room)),
        kept=request.query_params.get("kept", ""),
        config=config(request, "cv"),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def own_json(request: Request) -> Response:
    """One's own card for the panel beside the board."""
    me = reader(request)
    written = await curricula(request).of(me.id)
    said = {key: value for key, value in asdict(written).items() if key != "file"}
    said["pdf"] = bool(written.file)
    return JSONResponse(said, headers={"Cache-Control": "no-store"})


async def own_pdf(request: Request) -> Response:
    """One's own CV back."""
    found = await curricula(request).pdf(reader(request).id)
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return pdf_response(found, reader(request).id)


async def pinning(request: Request) -> Response:
    """Ask before a card is pinned to a job: what its company will see, and until when."""
    room, me = fair_of(request), reader(request)
    job = jobs.find(room, request.path_params["job"])
    if job is None or me.role is not Role.TALENT:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    written = await curricula(request).of(me.id)
    return page(
        request,
        "pinning.html",
        job=job,
        company=room.booths[job.booth].organisation,
        card=cvs.of(room, me.id),
        own=written,
        pinned=any(pin.job == job.id and pin.state != "withdrawn" for pin, _ in pinned(room, me)),
        latest=cvs.latest(room),
        latest_day=_day(request, cvs.latest(room)),
        config=config(request, "card"),
    )


async def aside(request: Request) -> dict[str, Any] | None:
    """What `my-card.html` shows beside the board; None for whoever has no card to write."""
    room, me = fair_of(request), reader(request)
    if me.role is not Role.TALENT:
        return None
    card = cvs.of(room, me.id)
    return {
        "card": card,
        "own": await curricula(request).of(me.id),
        "companies": companies(room, me, now(request)) if card else (),
        "pinned": [each for each in pinned(room, me) if each[0].state != "withdrawn"],
    }


def companies(room: Fair, me: Person, at: float) -> list[Company]:
    """All companies with a booth, the whole of the sponsors last."""
    ledger = [each for each in room.cvs.ledger.get(me.id, ()) if live(each, at)]
    everybody = [each for each in ledger if each.to == SPONSORS]
    found = [_company(room, me, booth, ledger) for booth in room.booths.values()]
    whole = {kind for each in everybody for kind in each.what}
    until = max((each.until for each in everybody), default=None)
    return [*found, Company(SPONSORS, "", _sorted(whole), until, False, False)]


def _company(room: Fair, me: Person, booth: Booth, ledger: list[grants.Grant]) -> Company:
    apart = room.cvs.apart.get(me.id, frozenset())
    held = [each for each in ledger if grants.applies(each, booth, apart)]
    return Company(
        to=booth.id,
        name=booth.organisation,
        what=_sorted({kind for each in held for kind in each.what}),
        until=max((each.until for each in held), default=None),
        asks=booth.id in room.cvs.asks.get(me.id, {}),
        through_all=bool(held) and all(each.to == SPONSORS for each in held),
    )


def sights(room: Fair, me: Person) -> list[Sight]:
    """Who looked at one's card, the latest first."""
    found = []
    for look in reversed(room.cvs.looks.get(me.id, ())):
        person, booth = room.people.get(look.by), room.booths.get(look.booth)
        company = booth.organisation if booth else look.booth
        found.append(Sight(person.name if person else "", company, look.what, look.at))
    return found


def pinned(room: Fair, me: Person) -> list[tuple[Pin, Job | None]]:
    """One's own pins and their jobs, the latest first."""
    own = [pin for pin in room.pins.all.values() if pin.person == me.id]
    return [(pin, jobs.find(room, pin.job)) for pin in reversed(own)]


# Deeds


def answering(deed: Handler) -> Handler:
    """Answer a module with JSON, also when something was refused; a page with the next one."""

    async def done(request: Request) -> Response:
        if "application/json" not in request.headers.get("accept", ""):
            return await deed(request)
        try:
            await deed(request)
        except Refused as refused:
            return refusal(request, refused)
        return Response(status_code=HTTPStatus.NO_CONTENT)

    return done


async def write(request: Request) -> Response:
    """Write one's card and hang it."""
    me, form = _talent(request), await request.form()
    before = await curricula(request).of(me.id)
    card = _written(form, before)
    if not card.field and not card.file:
        raise Refused("Please name your field of study, or add your CV as a PDF.")
    await _hang(request, me, card)
    return _back("card")


async def upload(request: Request) -> Response:
    """Take a CV as the body of the request, and say what a Europass CV says of itself."""
    try:
        me = _talent(request)
        papers: Papers = request.app.state.papers
        paper = await papers.take(body(request), me.id, europass=True)
        try:
            path = papers.files.path(paper.name)
            await curricula(request).lay(me.id, path, paper.pages, now(request))
        finally:
            papers.drop(paper.name)
        if cvs.of(fair_of(request), me.id) is not None:
            await do(request, Hang(me.id, _new_id(), pdf=True), HOUSE)
    except Refused as refused:
        return refusal(request, refused)
    except ClientDisconnect:
        return Response(status_code=HTTPStatus.BAD_REQUEST)
    said = asdict(paper.europass) if paper.europass else None
    return JSONResponse({"pages": paper.pages, "europass": said}, HTTPStatus.CREATED)


async def remove_pdf(request: Request) -> Response:
    """Take the CV away; the card hangs on."""
    me = _talent(request)
    before = await curricula(request).of(me.id)
    if before.file:
        card = replace(before, file="", pages=0)
        await curricula(request).keep(me.id, card, now(request))
        if cvs.of(fair_of(request), me.id) is not None:
            await do(request, Hang(me.id, _new_id(), pdf=False), HOUSE)
    return _back("card")


async def grant(request: Request) -> Response:
    """Let a company see one's card."""
    form = await request.form()
    what: tuple[What, ...] = _what(form)
    command = GrantAccess(str(form.get("to", "")), _until(request, form), what)
    await do(request, command, _talent(request))
    return _back("who")


async def withdraw(request: Request) -> Response:
    """Let a company see one's card no longer."""
    form = await request.form()
    await do(request, Withdraw(str(form.get("to", ""))), _talent(request))
    return _back("who")


async def pin(request: Request) -> Response:
    """Pin one's card to a job."""
    job, form = request.path_params["job"], await request.form()
    await do(request, PutPin(job, _until(request, form), _what(form)), _talent(request))
    return RedirectResponse(f"/jobs/{job}", HTTPStatus.SEE_OTHER)


async def unpin(request: Request) -> Response:
    """Take one's card off a job again."""
    await do(request, WithdrawPin(request.path_params["job"]), _talent(request))
    return _back("pins")


async def erase(request: Request) -> Response:
    """Take one's card down and erase it, with the CV, from all files."""
    me = _talent(request)
    await do(request, TakeDown(), me)
    await curricula(request).erase(me.id)
    return _back("erased")


# Details


def refusal(request: Request, refused: Refused) -> Response:
    """A sentence for a module."""
    sentence = words.say(request.state.language, refused.sentence, **refused.values)
    return JSONResponse({"sentence": sentence}, HTTPStatus.UNPROCESSABLE_ENTITY)


def pdf_response(pdf: bytes, name: str) -> Response:
    """A CV as a file to save, never as something a browser shows beside our pages."""
    headers = {
        "Content-Disposition": f'attachment; filename="cv-{name}.pdf"',
        "Content-Security-Policy": SANDBOX,
        "Cache-Control": "no-store",
    }
    return Response(pdf, media_type="application/pdf", headers=headers)


def config(request: Request, screen: str, **more: Any) -> dict[str, Any]:
    """What the browser's modules are told."""
    language = str(request.state.language)
    return {
        "screen": screen,
        "language": language,
        "timeZone": gathering_of(request).time_zone,
        "csrf": request.state.csrf,
        "urls": {
            "live": "/live",
            "words": render.words_address(language),
            "icons": render.static("icons.svg"),
        },
        **more,
    }


def _talent(request: Request) -> Person:
    me = reader(request)
    cvs.for_talents(fair_of(request), TakeDown(), me)
    return me


async def _hang(request: Request, me: Person, card: Curriculum) -> None:
    await curricula(request).keep(me.id, card, now(request))
    await do(request, Hang(me.id, _new_id(), pdf=bool(card.file)), HOUSE)


def _new_id() -> str:
    return f"k{secrets.token_hex(8)}"


def _written(form: FormData, before: Curriculum) -> Curriculum:
    """What the form says; raises `Refused` for what nobody could use."""
    lines = {key: " ".join(str(form.get(key, "")).split()) for key in LONGEST}
    for key, most in LONGEST.items():
        if len(lines[key]) > most:
            raise Refused("Please shorten this to {most} characters.", most=most)
    if lines["mail"] and not MAIL.fullmatch(lines["mail"]):
        raise Refused("Please check the e-mail address; it looks like name@example.org.")
    if lines["phone"] and not PHONE.fullmatch(lines["phone"]):
        raise Refused("Please write the phone number with digits and spaces, like +49 761 123456.")
    said = (
        " ".join(each.split())[:LONGEST_TOPIC] for each in str(form.get("topics", "")).split(",")
    )
    topics = {each.casefold(): each for each in said if each}
    return replace(
        before,
        **lines,
        topics=tuple(topics.values())[:MOST_TOPICS],
        named=bool(form.get("named")),
        strip=bool(form.get("strip")),
    )


def _what(form: FormData) -> tuple[What, ...]:
    kinds: tuple[What, ...] = ("contact", "pdf")
    return tuple(kind for kind in kinds if form.get(kind))


def _sorted(kinds: set[What]) -> tuple[What, ...]:
    order: tuple[What, ...] = ("card", "contact", "pdf")
    return tuple(kind for kind in order if kind in kinds)


def _until(request: Request, form: FormData) -> float:
    """The end of the day that was chosen, at most the last one there is."""
    latest = cvs.latest(fair_of(request))
    try:
        chosen = date.fromisoformat(str(form.get("until", "")))
    except ValueError:
        return latest
    zone = ZoneInfo(gathering_of(request).time_zone)
    return min(latest, datetime.combine(chosen, time.max, zone).timestamp())


def _day(request: Request, at: float) -> str:
    zone = ZoneInfo(gathering_of(request).time_zone)
    return datetime.fromtimestamp(at, zone).date().isoformat()


def _back(kept: str) -> Response:
    return RedirectResponse(f"/me/cv?kept={kept}#{kept}", HTTPStatus.SEE_OTHER)


def _deed(path: str, deed: Handler) -> Route:
    return Route(path, guarded(answering(deed)), methods=["POST"])


routes: Final[list[BaseRoute]] = [
    Route("/me/cv", guarded(overview)),
    Route("/me/cv.json", guarded(own_json)),
    Route("/me/cv.pdf", guarded(own_pdf)),
    Route("/me/cv/pin/{job}", guarded(pinning)),
    Route("/me/cv/pdf", guarded(upload), methods=["POST"]),
    _deed("/me/cv", write),
    _deed("/me/cv/remove-pdf", remove_pdf),
    _deed("/me/cv/grant", grant),
    _deed("/me/cv/withdraw", withdraw),
    _deed("/me/cv/pin/{job}", pin),
    _deed("/me/cv/unpin/{job}", unpin),
    _deed("/me/cv/erase", erase),
]
