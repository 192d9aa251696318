"""Letters to exhibitors over HTTP: writing, leaving a card, the inbox, and what was answered."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

import msgspec
from markupsafe import Markup
from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from rooms import fair, letters, pins, visits
from rooms.letters import Answer, Close, Hand, Letter, Post, Read, Recall
from rooms.people import HOUSE, Person
from rooms.pins import AnswerPin
from rooms.visits import Left, Share
from schedule.items import Booth
from schedule.machine import Command, Refused
from server import inbox, leftcards, premises
from server.accounts import LASTS
from server.cards import Card, Cards, Note
from server.contacts import FIELDS, written_address, written_card
from server.mailbox import Mailbox, Words
from server.premises import booth_of, fair_of
from server.remarks import Remarks
from server.visit import Handler, gathering_of, guarded, local, now, page, reader
from web import render, words

LONGEST: Final = 2000  # characters of a letter, an answer or a note
AFTER: Final = (86_400.0, 3 * 86_400.0, LASTS)  # seconds after the gathering's end
"Until when a card may be used, at one's choice."


class OwnLetter(Struct, frozen=True, rename="camel"):
    """A letter as the one who wrote it sees it."""

    id: str
    booth: str
    organisation: str
    at: float
    state: str
    late: bool
    since: float
    owner_name: str
    answered_by: str
    promise: str
    text: str
    answer: str


class Choice(Struct, frozen=True):
    """A day until which a card may be used."""

    until: float
    chosen: bool


class Slip(Struct, frozen=True, rename="camel"):
    """What the letterbox of a booth needs to know of its reader."""

    mine: Card
    "One's own card."
    suggested: str
    card: Left | None
    "What of it lies here."
    choices: tuple[Choice, ...]
    promise: str
    owner_name: str
    letters: tuple[OwnLetter, ...]
    "Those one wrote to this booth, the newest first."


# Pages


async def own_letters(request: Request) -> Response:
    """All one wrote to exhibitors, what became of it, and where one's card lies."""
    found = await _own(request)
    config = _config(request, "letters")
    cards = leftcards.left_cards(request)
    return _unkept(page(request, "letters.html", letters=found, cards=cards, config=config))


async def desk(request: Request) -> Response:
    """An exhibitor's inbox on a page of its own."""
    booth = premises.own(request)
    answer = page(
        request,
        "inbox.html",
        booth=booth,
        items=await inbox.items(request, booth),
        staff=premises.colleagues(request, booth),
        promise=inbox.promise(request, booth),
        config=_config(request, "inbox", booth),
    )
    return _unkept(answer)


async def slip(request: Request) -> Slip:
    """What a booth's page shows beside its letterbox; also for a page without modules."""
    booth, me, room = booth_of(request), reader(request).id, fair_of(request)
    owner = letters.usual_owner(room, booth.id)
    return Slip(
        mine=await _cards(request).card(me),
        suggested=written_address(request),
        card=visits.left(room, booth.id, me, now(request)),
        choices=_choices(request, visits.left(room, booth.id, me, now(request))),
        promise=inbox.promise(request, booth),
        owner_name=room.people[owner].name if owner else "",
        letters=tuple(each for each in await _own(request) if each.booth == booth.id),
    )


async def letterbox(request: Request, booth: Booth) -> Markup:
    """The letterbox of a booth, for its page, as it reads without modules."""
    found = render.page(
        "letterbox.html",
        str(request.state.language),
        booth=booth,
        slip=await slip(request),
        me=reader(request),
        csrf=request.state.csrf,
        zone=gathering_of(request).time_zone,
    )
    return Markup(found)  # noqa: S704 - rendered with everything escaped


# For the modules


async def own_json(request: Request) -> Response:
    """One's own letters."""
    return _json(await _own(request))


async def slip_json(request: Request) -> Response:
    """What the letterbox needs."""
    return _json(await slip(request))


async def inbox_json(request: Request) -> Response:
    """What lies in the own inbox."""
    return _json(await inbox.items(request, premises.own(request)))


async def remark_json(request: Request) -> Response:
    """What the reader's company noted on somebody, and whether it may."""
    booth, person = premises.own(request), _visitor(request)
    may = premises.known(request, booth, person.id)
    note = await _remarks(request).one(booth.id, person.id) if may else Note()
    return _json({"may": may, "note": note})


# Deeds of whoever comes by


def answering(deed: Handler) -> Handler:
    """Answer a module with JSON, also when something was refused; a page with the way back."""

    @wraps(deed)
    async def done(request: Request) -> Response:
        if "application/json" not in request.headers.get("accept", ""):
            await deed(request)
            form = await request.form()
            return RedirectResponse(local(str(form.get("back", "/letters"))), HTTPStatus.SEE_OTHER)
        try:
            return await deed(request)
        except Refused as refused:
            sentence = words.say(request.state.language, refused.sentence, **refused.values)
            return _json({"sentence": sentence}, HTTPStatus.UNPROCESSABLE_ENTITY)

    return done


async def write(request: Request) -> Response:
    """Write to an exhibitor, leave one's card there, or both."""
    booth, form = booth_of(request), await request.form()
    text, leave = _text(form.get("text", "")), bool(form.get("leave"))
    if not text and not leave:
        raise Refused("Please write something, or leave your card.")
    if text:
        await _post(request, booth, text)
    if leave:
        await share(request)
    return _nothing_more()


async def share(request: Request) -> Response:
    """Leave one's card at a booth with the fields that are ticked; what is new on it is kept."""
    booth, form = booth_of(request), await request.form()
    until = _until(request, str(form.get("until", "")))
    before = await _cards(request).card(reader(request).id)
    card = written_card(form, before)
    if card != before:
        await _cards(request).keep(reader(request).id, card, now(request))
    fields = tuple(each for each in FIELDS if form.get(f"show-{each}") and getattr(card, each))
    return await _do(request, Share(booth.id, until, fields))


async def take_back(request: Request) -> Response:
    """Leave one's card there no longer, with effect at once."""
    await leftcards.take_back(request, booth_of(request))
    return _nothing_more()


async def recall(request: Request) -> Response:
    """Take a letter back: it is erased with its answer, for both sides."""
    letter = str(request.path_params["letter"])
    await _do_as_house(request, Recall(letter, reader(request).id))
    await _mailbox(request).erase(letter)
    await leftcards.forget_unknown(request)
    return _nothing_more()


async def _post(request: Request, booth: Booth, text: str) -> None:
    """First sealed, then laid into the inbox; what is not taken is erased."""
    letter = f"l{secrets.token_hex(8)}"
    await _mailbox(request).keep(letter, booth.id, text, now(request))
    try:
        await _do_as_house(request, Post(letter, booth.id, reader(request).id))
    except BaseException:
        await _mailbox(request).erase(letter)
        raise


# Deeds of an exhibitor's people


async def answer(request: Request) -> Response:
    """Answer a letter; whoever wrote it is told."""
    letter, form, me = _lying(request), await request.form(), reader(request).id
    text = _text(form.get("text", ""))
    if not text:
        raise Refused("Please write an answer first.")
    if letter.state != "answered":  # what was answered does not change any more
        await _mailbox(request).keep_answer(letter.id, me, text)
    await _do_as_house(request, Answer(letter.id, me))
    return _nothing_more()


async def hand(request: Request) -> Response:
    """Take something in the inbox over, or hand it to a colleague."""
    premises.own(request)
    form = await request.form()
    return await _do(request, Hand(str(request.path_params["entry"]), str(form.get("to", ""))))


async def close(request: Request) -> Response:
    """Nothing more is to be done about a letter or a card."""
    return await _do(request, Close(_lying(request).id))


async def read(request: Request) -> Response:
    """Note that a letter was read."""
    return await _do(request, Read(_lying(request).id))


async def answer_pin(request: Request) -> Response:
    """Answer an application."""
    booth, form = premises.own(request), await request.form()
    pin = fair_of(request).pins.all.get(str(request.path_params["entry"]))
    state = str(form.get("state", ""))
    if pin is None or pin.booth != booth.id or not pins.holds(fair_of(request), pin, now(request)):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    try:
        command = msgspec.convert({"type": "pin.answer", "pin": pin.id, "state": state}, AnswerPin)
    except msgspec.ValidationError:
        raise HTTPException(HTTPStatus.BAD_REQUEST) from None
    return await _do(request, command)


async def remark(request: Request) -> Response:
    """Note something about a visitor, for the own company alone."""
    booth, person, form = premises.own(request), _visitor(request), await request.form()
    stars = str(form.get("stars", "0"))
    note = Note(_text(form.get("text", "")), int(stars) if stars in {*"12345"} else 0)
    if note != Note() and not premises.known(request, booth, person.id):
        raise Refused("You can note something on people who talked, wrote or left a card here.")
    await _remarks(request).keep(booth.id, person.id, note, now(request))
    return _nothing_more()


# What is read of a request


def _lying(request: Request) -> Letter:
    booth = premises.own(request)
    letter = fair_of(request).letters.all.get(str(request.path_params["entry"]))
    if letter is None or letter.booth != booth.id:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return letter


def _visitor(request: Request) -> Person:
    found = fair_of(request).people.get(str(request.path_params["person"]))
    if found is None or premises.hidden(request, found.id):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return found


def _text(given: Any) -> str:
    text = str(given).replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise Refused("Please shorten this to {most} characters.", most=LONGEST)
    return text


def _until(request: Request, given: str) -> float:
    try:
        return float(given or gathering_of(request).ends_at + AFTER[-1])
    except ValueError:
        raise HTTPException(HTTPStatus.BAD_REQUEST) from None


def _choices(request: Request, card: Left | None) -> tuple[Choice, ...]:
    """The days one may choose of; that of a card which lies here already is one of them."""
    ends_at = gathering_of(request).ends_at
    days = {ends_at + each for each in AFTER} | ({card.until} if card else set())
    chosen = card.until if card else ends_at + AFTER[-1]
    return tuple(Choice(day, day == chosen) for day in sorted(days) if day > now(request))


# What is shown


async def _own(request: Request) -> list[OwnLetter]:
    room, me = fair_of(request), reader(request).id
    found = [each for each in room.letters.all.values() if each.by == me and each.kind == "letter"]
    written = await _mailbox(request).read([each.id for each in found])
    known = [each for each in found if each.booth in room.booths]
    return [_own_letter(request, each, written.get(each.id, Words())) for each in known][::-1]


def _own_letter(request: Request, letter: Letter, said: Words) -> OwnLetter:
    room = fair_of(request)
    booth = room.booths[letter.booth]
    owner, answerer = (room.people.get(each or "") for each in (letter.owner, letter.answered_by))
    return OwnLetter(
        id=letter.id,
        booth=booth.id,
        organisation=booth.organisation,
        at=letter.at,
        state=letter.state,
        late=letter.late,
        since=letter.since,
        owner_name=owner.name if owner else "",
        answered_by=answerer.name if answerer else "",
        promise=inbox.promise(request, booth),
        text=said.text,
        answer=said.answers.get(letter.answered_by or "", ""),
    )


# Details


def _config(request: Request, screen: str, booth: Booth | None = None) -> dict[str, Any]:
    language = str(request.state.language)
    return {
        "screen": screen,
        "language": language,
        "timeZone": gathering_of(request).time_zone,
        "me": reader(request),
        "csrf": request.state.csrf,
        "booth": booth and {"id": booth.id, "organisation": booth.organisation},
        "urls": {
            "live": "/live",
            "words": render.words_address(language),
            "icons": render.static("icons.svg"),
        },
    }


def _json(value: Any, status: int = HTTPStatus.OK) -> Response:
    headers = {"Cache-Control": "no-store"}
    body = msgspec.json.encode(value)
    return Response(body, status, media_type="application/json", headers=headers)


def _unkept(answer: Response) -> Response:
    """Nor does a step back in the browser show what was taken back meanwhile."""
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _nothing_more() -> Response:
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _cards(request: Request) -> Cards:
    found: Cards = request.app.state.cards
    return found


def _mailbox(request: Request) -> Mailbox:
    found: Mailbox = request.app.state.mailbox
    return found


def _remarks(request: Request) -> Remarks:
    found: Remarks = request.app.state.remarks
    return found


async def _do(request: Request, command: Command, by: Person | None = None) -> Response:
    op = f"page-{secrets.token_hex(12)}"
    await request.app.state.house.do(fair.ROOM, op, command, by or reader(request))
    return _nothing_more()


async def _do_as_house(request: Request, command: Command) -> None:
    await _do(request, command, HOUSE)


def _deed(path: str, deed: Callable[[Request], Awaitable[Response]]) -> Route:
    return Route(path, guarded(answering(deed)), methods=["POST"])


routes: Final[list[BaseRoute]] = [
    Route("/letters", guarded(own_letters)),
    Route("/letters.json", guarded(own_json)),
    _deed("/letters/{letter}/recall", recall),
    Route("/booths/{booth}/slip.json", guarded(slip_json)),
    _deed("/booths/{booth}/letters", write),
    _deed("/booths/{booth}/card", share),
    _deed("/booths/{booth}/card/take-back", take_back),
    Route("/booths/{booth}/inbox", guarded(desk)),
    Route("/booths/{booth}/inbox.json", guarded(inbox_json)),
    _deed("/booths/{booth}/inbox/{entry}/answer", answer),
    _deed("/booths/{booth}/inbox/{entry}/hand", hand),
    _deed("/booths/{booth}/inbox/{entry}/close", close),
    _deed("/booths/{booth}/inbox/{entry}/read", read),
    _deed("/booths/{booth}/inbox/{entry}/pin", answer_pin),
    Route("/booths/{booth}/visitors/{person}.json", guarded(remark_json)),
    _deed("/booths/{booth}/visitors/{person}/note", remark),
]
