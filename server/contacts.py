"""One's contacts over HTTP: what each shows, what was swapped, notes, and files to take away."""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any, Final, get_args

from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from rooms import acquaintance, contacts, lounge
from rooms.contacts import Field, Given, Offer, Withdraw, WithdrawAll
from rooms.lounge import Lounge
from rooms.people import Person, PersonId
from rooms.safety import Block, Report
from schedule.machine import Command, Refused
from server import leftcards
from server.accounts import LASTS
from server.cards import Card, Cards, Note
from server.visit import Handler, gathering_of, guarded, now, page, reader
from web import addressbook, render, words
from web.addressbook import Entry

FIELDS: Final[tuple[Field, ...]] = get_args(Field)
MAIL: Final = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\".]+")
PHONE: Final = re.compile(r"\+?[0-9 ()/.\-]{3,39}")
LONGEST: Final[dict[Field, int]] = {"mail": 200, "phone": 40, "card": 500}  # characters
LONGEST_NOTE: Final = 2000  # characters


class Contact(Struct, frozen=True):
    """Somebody on one's page of contacts."""

    person: Person
    mine: Given | None
    "What one shows them."
    theirs: Given | None
    "What they show, or would show."
    card: Card | None
    "What may be seen of them now: something only while both agree."
    note: Note


# The page


async def overview(request: Request) -> Response:
    """Whom one swapped contacts with, who would like to, and whom one keeps away."""
    shown, me = lounge_of(request), reader(request)
    found = [await _contact(request, each) for each in await _concerned(request)]
    swapped = [each for each in found if each.card is not None]
    others = [each for each in found if each.card is None]
    card = await _cards(request).card(me.id)
    blocked = shown.safety.blocks.get(me.id, frozenset())
    answer = page(
        request,
        "contacts.html",
        swapped=swapped,
        asking=[each for each in others if each.theirs is not None],
        others=[each for each in others if each.theirs is None],
        own=card,
        suggested=written_address(request),
        fields=FIELDS,
        longest=LONGEST,
        blocked=[known for each in sorted(blocked) if (known := shown.people.get(each))],
        cards=leftcards.left_cards(request),
        companies={booth.organisation for booth in shown.exhibitors.values()},
        until=gathering_of(request).ends_at + LASTS,
        config=_config(request),
    )
    # Nor does a step back in the browser show what was taken back meanwhile.
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def _concerned(request: Request) -> list[Person]:
    """All with whom one has talked, swapped or of whom one has a note; by name."""
    shown, me = lounge_of(request), reader(request)
    swaps = contacts.show(shown, me, now(request))
    noted = await _cards(request).notes(me.id)
    ids = {*swaps.mine, *swaps.theirs, *noted, *acquaintance.of(shown, me.id)}
    ids -= shown.safety.blocks.get(me.id, frozenset())
    people = [shown.people[each] for each in ids if each in shown.people]
    return sorted(people, key=lambda each: (each.name.casefold(), each.id))


async def _contact(request: Request, person: Person) -> Contact:
    shown, me = lounge_of(request), reader(request)
    swaps = contacts.show(shown, me, now(request))
    return Contact(
        person=person,
        mine=swaps.mine.get(person.id),
        theirs=swaps.theirs.get(person.id),
        card=await _seen(request, person.id),
        note=await _cards(request).note(me.id, person.id),
    )


async def _seen(request: Request, owner: PersonId) -> Card | None:
    """What the reader may see of this card; asked again for every answer."""
    given = contacts.seen(lounge_of(request), reader(request).id, owner)
    return None if given is None else (await _cards(request).card(owner)).only(given.fields)


# For the panel beside a talk


async def swap(request: Request) -> Response:
    """One's own card and note, and what the other shows: all the panel beside a talk needs."""
    person, me = _other(request), reader(request)
    return JSONResponse(
        {
            "mine": _as_json(await _cards(request).card(me.id)),
            "suggested": written_address(request),
            "theirs": _as_json(await _seen(request, person.id)),
            "note": _as_json(await _cards(request).note(me.id, person.id)),
        },
        headers={"Cache-Control": "no-store"},
    )


# Deeds: pages get the next page, modules (`Accept: application/json`) a sentence if it failed


def answering(deed: Handler) -> Handler:
    """Answer a module with JSON, also when something was refused."""

    @wraps(deed)
    async def done(request: Request) -> Response:
        if "application/json" not in request.headers.get("accept", ""):
            await deed(request)
            back = request.path_params.get("person", "")
            return RedirectResponse(f"/contacts#{back}".rstrip("#"), HTTPStatus.SEE_OTHER)
        try:
            return await deed(request)
        except Refused as refused:
            sentence = words.say(request.state.language, refused.sentence, **refused.values)
            return JSONResponse({"sentence": sentence}, HTTPStatus.UNPROCESSABLE_ENTITY)

    return done


async def keep_card(request: Request) -> Response:
    """Write on one's own card; fields that are not sent stay as they are."""
    form, cards = await request.form(), _cards(request)
    before = await cards.card(reader(request).id)
    await cards.keep(reader(request).id, written_card(form, before), now(request))
    return _nothing_more()


async def keep_note(request: Request) -> Response:
    """Note something about somebody, for oneself alone."""
    person, form = _other(request), await request.form()
    text = str(form.get("text", "")).replace("\r\n", "\n").strip()
    stars = str(form.get("stars", "0"))
    if len(text) > LONGEST_NOTE:
        raise Refused("Please shorten this to {most} characters.", most=LONGEST_NOTE)
    note = Note(text, int(stars) if stars in {"1", "2", "3", "4", "5"} else 0)
    await _cards(request).keep_note(reader(request).id, person.id, note, now(request))
    return _nothing_more()


async def offer(request: Request) -> Response:
    """Say yes to swapping, with the fields that are ticked."""
    form = await request.form()
    ticked = tuple(field for field in FIELDS if form.get(field))
    return await _do(request, Offer(_other(request).id, ticked))


async def withdraw(request: Request) -> Response:
    """Take back what one shows somebody."""
    return await _do(request, Withdraw(_other(request).id))


async def erase(request: Request) -> Response:
    """Take everything back from everybody, and erase one's card and notes from all files."""
    me = reader(request).id
    await _do(request, WithdrawAll())
    await leftcards.take_all_back(request)
    await _cards(request).erase(me)
    await _cards(request).erase_notes(me)
    return _nothing_more()


async def block(request: Request) -> Response:
    """Keep somebody away."""
    return await _do(request, Block(_other(request).id))


async def unblock(request: Request) -> Response:
    """Keep somebody away no longer."""
    return await _do(request, Block(request.path_params["person"], on=False))


async def report(request: Request) -> Response:
    """Tell the organisers about somebody, and keep them away."""
    return await _do(request, Report(_other(request).id, "people"))


def written_card(form: Mapping[str, Any], before: Card) -> Card:
    """A card with what a form says of it; raises `Refused` for what nobody could use."""
    given = {field: str(form.get(field, getattr(before, field))).strip() for field in FIELDS}
    for field, value in given.items():
        _check(field, value)
    return Card(**given)


def _check(field: Field, value: str) -> None:
    """Raises `Refused` for what nobody could use, or what would not stay on its line."""
    if len(value) > LONGEST[field]:
        raise Refused("Please shorten this to {most} characters.", most=LONGEST[field])
    if field == "mail" and value and not MAIL.fullmatch(value):
        raise Refused("Please check the e-mail address; it looks like name@example.org.")
    if field == "phone" and value and not PHONE.fullmatch(value):
        raise Refused("Please write the phone number with digits and spaces, like +49 761 123456.")


# Files to take away


async def vcard(request: Request) -> Response:
    """One contact as a vCard; gone as soon as one of the two took it back."""
    person = _other(request)
    card = await _seen(request, person.id)
    if card is None:
        _gone(request, person.id)
    return _file(addressbook.vcards([_entry(person, card)]), "text/vcard", f"{person.id}.vcf")


async def vcards(request: Request) -> Response:
    """All contacts as vCards in one file."""
    entries = [_entry(each.person, each.card) for each in await _swapped(request)]
    return _file(addressbook.vcards(entries), "text/vcard", "contacts.vcf")


async def table(request: Request) -> Response:
    """All contacts as a table, with one's own notes and stars."""
    language = str(request.state.language)
    heads = (
        words.say(language, "Name"),
        words.say(language, "Organisation"),
        words.say(language, "E-mail address"),
        words.say(language, "Phone number"),
        words.say(language, "Card"),
        words.say(language, "Own note"),
        words.say(language, "Stars"),
    )
    entries = [_entry(each.person, each.card, each.note) for each in await _swapped(request)]
    return _file(addressbook.table(entries, heads), "text/csv", "contacts.csv")


async def _swapped(request: Request) -> list[Contact]:
    found = [await _contact(request, each) for each in await _concerned(request)]
    return [each for each in found if each.card is not None]


def _entry(person: Person, card: Card | None, note: Note | None = None) -> Entry:
    card, note = card or Card(), note or Note()
    return Entry(
        name=person.name,
        organisation=person.organisation,
        mail=card.mail,
        phone=card.phone,
        card=card.card,
        note=note.text,
        stars=note.stars,
    )


def _file(text: str, kind: str, name: str) -> Response:
    disposition = f'attachment; filename="{name}"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(text, media_type=f"{kind}; charset=utf-8", headers=headers)


# Details


def lounge_of(request: Request) -> Lounge:
    """The lounge as it is now; raises 503 while it is not open."""
    state = request.app.state.house.state(lounge.ROOM)
    if not isinstance(state, Lounge):
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE)
    return state


def _other(request: Request) -> Person:
    """Whom the address names. A block makes no difference here, so nobody learns of one."""
    person = lounge_of(request).people.get(str(request.path_params["person"]))
    if person is None or person.id == reader(request).id:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return person


def _gone(request: Request, person: PersonId) -> None:
    once = contacts.seen_once(lounge_of(request), reader(request).id, person)
    raise HTTPException(
        HTTPStatus.GONE if once else HTTPStatus.NOT_FOUND,
        "These contacts are not shared, or no longer. What is shared stands under My contacts.",
    )


def written_address(request: Request) -> str:
    """What the organisers know already, to save typing; shown to nobody until it is kept."""
    me = reader(request).id
    people = gathering_of(request).people
    return next((person.email for person in people if person.id == me), "")


def _as_json(value: Struct | None) -> Any:
    return (
        None if value is None else {name: getattr(value, name) for name in value.__struct_fields__}
    )


def _cards(request: Request) -> Cards:
    cards: Cards = request.app.state.cards
    return cards


def _nothing_more() -> Response:
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def _do(request: Request, command: Command) -> Response:
    op = f"page-{secrets.token_hex(12)}"
    await request.app.state.house.do(lounge.ROOM, op, command, reader(request))
    return _nothing_more()


def _config(request: Request) -> dict[str, Any]:
    language = str(request.state.language)
    return {
        "screen": "contacts",
        "language": language,
        "timeZone": gathering_of(request).time_zone,
        "csrf": request.state.csrf,
        "urls": {
            "live": "/live",
            "words": render.words_address(language),
            "icons": render.static("icons.svg"),
        },
    }


def _deed(path: str, deed: Callable[[Request], Awaitable[Response]]) -> Route:
    return Route(path, guarded(answering(deed)), methods=["POST"])


routes: Final[list[BaseRoute]] = [
    Route("/contacts", guarded(overview)),
    Route("/contacts.vcf", guarded(vcards)),
    Route("/contacts.csv", guarded(table)),
    Route("/contacts/{person}.vcf", guarded(vcard)),
    Route("/contacts/{person}/swap.json", guarded(swap)),
    _deed("/contacts/card", keep_card),
    _deed("/contacts/erase", erase),
    _deed("/contacts/{person}/note", keep_note),
    _deed("/contacts/{person}/offer", offer),
    _deed("/contacts/{person}/withdraw", withdraw),
    _deed("/contacts/{person}/block", block),
    _deed("/contacts/{person}/unblock", unblock),
    _deed("/contacts/{person}/report", report),
]
