"""Leads: the people a company may write to, each with why, since when and until when.

Nothing is collected here. Each page and each file asks anew what the people agreed to, so what
somebody took back is gone from the next one.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from rooms import contacts, fair, jobs, pins, visits
from rooms.people import PersonId
from schedule.items import Booth
from server import cardfaces, premises
from server.accounts import LASTS
from server.cards import Card, Cards, Note
from server.premises import fair_of, hidden, lounge_of
from server.remarks import Remarks
from server.visit import gathering_of, guarded, now, page, reader
from web import addressbook, leadsheet, render, words
from web.addressbook import Entry
from web.leadsheet import Cell

Basis = Literal["card", "swap", "pin"]
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Lead(Struct, frozen=True):
    """Somebody a company may write to, by one thing they agreed to."""

    basis: Basis
    why: str
    "The basis in words."
    name: str
    organisation: str
    shown: Card
    since: float
    until: float
    person: PersonId
    rep: PersonId = ""
    "With whom they swapped."
    pin: str = ""
    card: str = ""
    "The CV card, if it was pinned."
    note: Note = Note()


async def leads(request: Request, booth: Booth) -> list[Lead]:
    """All who agreed and did not take it back; by name, then by when they agreed."""
    notes = await _remarks(request).all(booth.id)
    found = [
        *await _left(request, booth, notes),
        *await _swapped(request, booth, notes),
        *await _pinned(request, booth, notes),
    ]
    return sorted(found, key=lambda each: (each.name.casefold(), each.person, each.since))


# What people agreed to


async def _left(request: Request, booth: Booth, notes: dict[PersonId, Note]) -> list[Lead]:
    """Cards that lie at the booth."""
    room, at = fair_of(request), now(request)
    why = words.say(str(request.state.language), "Left the card at the booth")
    found = []
    for person in room.visits.cards.get(booth.id, {}):
        card = visits.left(room, booth.id, person, at)
        if card is None or hidden(request, person):
            continue
        shown = (await _cards(request).card(person)).only(card.fields)
        found.append(_lead(request, "card", why, person, shown, (card.at, card.until), notes))
    return found


async def _swapped(request: Request, booth: Booth, notes: dict[PersonId, Note]) -> list[Lead]:
    """Contacts that somebody swapped with one of the company's people."""
    lounge, room = lounge_of(request), fair_of(request)
    staff = fair.staff(room, booth.id)
    until = gathering_of(request).ends_at + LASTS
    found = []
    for rep in staff:
        why = words.say(
            str(request.state.language), "Swapped contacts with {name}", name=room.people[rep].name
        )
        for person in lounge.contacts.offers.get(rep, {}):
            given = contacts.seen(lounge, rep, person)
            if given is None or person in staff or hidden(request, person):
                continue
            shown = (await _cards(request).card(person)).only(given.fields)
            # It stands since the later of the two said yes.
            since = max(given.at, lounge.contacts.offers[rep][person].at)
            lead = _lead(request, "swap", why, person, shown, (since, until), notes)
            found.append(replace(lead, rep=rep))
    return found


async def _pinned(request: Request, booth: Booth, notes: dict[PersonId, Note]) -> list[Lead]:
    """CV cards that hang at one of the company's offers."""
    room, language = fair_of(request), str(request.state.language)
    found = []
    for pin in pins.of_booth(room, booth.id, now(request)):
        # To see a name on a card is a look, and is told to its owner; so it is here.
        card = await cardfaces.opened(request, pin.card)
        if card is None or not card.person or hidden(request, pin.person):
            continue
        job = jobs.find(room, pin.job)
        title = job.title if job else pin.job
        why = words.say(language, "Pinned the CV card to “{job}”", job=title)
        lead = _lead(
            request, "pin", why, pin.person, Card(card.mail, card.phone), (pin.at, pin.until), notes
        )
        found.append(replace(lead, pin=pin.id, card=pin.card))
    return found


def _lead(
    request: Request,
    basis: Basis,
    why: str,
    person: PersonId,
    shown: Card,
    span: tuple[float, float],
    notes: dict[PersonId, Note],
) -> Lead:
    known = fair_of(request).people[person]
    return Lead(
        basis=basis,
        why=why,
        name=known.name,
        organisation=known.organisation,
        shown=shown,
        since=span[0],
        until=span[1],
        person=person,
        note=notes.get(person, Note()),
    )


# The page and the files


async def overview(request: Request) -> Response:
    """All leads, on a page."""
    booth = premises.own(request)
    found = await leads(request, booth)
    language = str(request.state.language)
    config = {
        "screen": "leads",
        "language": language,
        "timeZone": gathering_of(request).time_zone,
        "me": reader(request),
        "csrf": request.state.csrf,
        "booth": {"id": booth.id, "organisation": booth.organisation},
        "urls": {
            "live": "/live",
            "words": render.words_address(language),
            "icons": render.static("icons.svg"),
        },
    }
    answer = page(
        request,
        "leads.html",
        booth=booth,
        leads=found,
        erased_at=gathering_of(request).ends_at + LASTS,
        config=config,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def as_csv(request: Request) -> Response:
    """All leads as a table of text."""
    booth = premises.own(request)
    heads, rows = await _table(request, booth)
    body = leadsheet.as_csv(heads, rows).encode()
    return _file(body, "text/csv; charset=utf-8", f"leads-{_plain(booth)}.csv")


async def as_xlsx(request: Request) -> Response:
    """All leads as a workbook."""
    booth = premises.own(request)
    heads, rows = await _table(request, booth)
    title = words.say(str(request.state.language), "Leads")
    body = leadsheet.as_xlsx(title, heads, rows)
    return _file(body, XLSX, f"leads-{_plain(booth)}.xlsx")


async def as_vcards(request: Request) -> Response:
    """All leads as cards for an address book, each person once."""
    booth = premises.own(request)
    merged: dict[PersonId, Entry] = {}
    for each in await leads(request, booth):
        before = merged.get(each.person, Entry(each.name, each.organisation))
        merged[each.person] = Entry(
            name=each.name,
            organisation=each.organisation,
            mail=each.shown.mail or before.mail,
            phone=each.shown.phone or before.phone,
            card=each.shown.card or before.card,
        )
    body = addressbook.vcards(merged.values()).encode()
    return _file(body, "text/vcard; charset=utf-8", f"leads-{_plain(booth)}.vcf")


async def _table(request: Request, booth: Booth) -> tuple[list[str], list[list[Cell]]]:
    language, zone = str(request.state.language), ZoneInfo(gathering_of(request).time_zone)
    heads = [
        words.say(language, "Name"),
        words.say(language, "Organisation"),
        words.say(language, "E-mail address"),
        words.say(language, "Phone number"),
        words.say(language, "Card"),
        words.say(language, "Basis"),
        words.say(language, "Agreed on"),
        words.say(language, "May be used until"),
        words.say(language, "Stars"),
        words.say(language, "Own note"),
    ]
    rows: list[list[Cell]] = [
        [
            each.name,
            each.organisation,
            each.shown.mail,
            each.shown.phone,
            each.shown.card,
            each.why,
            datetime.fromtimestamp(each.since, zone).date(),
            datetime.fromtimestamp(each.until, zone).date(),
            each.note.stars or None,
            each.note.text,
        ]
        for each in await leads(request, booth)
    ]
    return heads, rows


def _file(body: bytes, kind: str, name: str) -> Response:
    disposition = f'attachment; filename="{name}"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(body, media_type=kind, headers=headers)


def _plain(booth: Booth) -> str:
    return re.sub(r"[^a-z0-9-]", "-", booth.id)


def _cards(request: Request) -> Cards:
    found: Cards = request.app.state.cards
    return found


def _remarks(request: Request) -> Remarks:
    found: Remarks = request.app.state.remarks
    return found


routes: Final[list[BaseRoute]] = [
    Route("/booths/{booth}/leads", guarded(overview)),
    Route("/booths/{booth}/leads.csv", guarded(as_csv)),
    Route("/booths/{booth}/leads.xlsx", guarded(as_xlsx)),
    Route("/booths/{booth}/leads.vcf", guarded(as_vcards)),
]
