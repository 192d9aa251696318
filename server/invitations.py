"""Representatives by e-mail address: a company asks people to its booth, and takes it back."""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from http import HTTPStatus
from typing import Final

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from rooms import stands
from rooms.foyer import ComeIn, SeeOff
from rooms.people import HOUSE, Person, Role
from rooms.stands import Dismiss, Invite
from schedule.items import Booth
from schedule.machine import Refused
from server import crew
from server import stands as pages
from server.mailer import Mail, Mailer, NotSent
from server.premises import fair_of
from server.stands import Form, deed
from server.visit import accounts, do, foyer_shown, gathering_of, now, reader
from web.words import say

ADDRESS: Final = re.compile(
    r"[^\s@,;:<>\"()\[\]\\]+@[^\s@,;:<>\"()\[\]\\]+\.[^\s@,;:<>\"()\[\]\\.]+"
)
LONGEST_ADDRESS: Final = 200  # characters
LONGEST_NAME: Final = 60  # characters


class Handed(Struct, frozen=True):
    """An invitation that no mail server carries: whoever invites hands the link on."""

    name: str
    link: str
    failed: bool
    "Whether there is a mail server, and it did not take the mail."


@deed("people")
async def invite(request: Request, booth: Booth, form: Form) -> Response | None:
    """Ask somebody to the booth, and send the personal link.

    The address is used for the mail and then forgotten: what is not kept need not be erased.
    """
    address, name = _address(form), _name(form)
    _count(request)
    known = _known(request, booth, address)
    person = known or Person(
        id=_id(request, booth, address),
        name=name,
        role=Role.REP,
        organisation=booth.organisation,
        languages=(str(request.state.language),),
    )
    if known is None:
        await pages.do(request, Invite(booth.id, person.id, reader(request).id), HOUSE)
        await do(request, ComeIn(person), HOUSE)
    return await _send(request, booth, person, address)


@deed("people")
async def take_back(request: Request, booth: Booth, form: Form) -> None:
    """Take an invitation back, as long as nobody came with it."""
    person = form.get("person", "")
    if person in fair_of(request).stands.invited and await crew.has_come(request, person):
        raise Refused("This person has been here already. The organisers can take them off.")
    await pages.do(request, Dismiss(booth.id, person), HOUSE)
    await accounts(request).revoke(person)
    await do(request, SeeOff(person), HOUSE)


def _address(form: Form) -> str:
    address = form.get("email", "").strip()
    if len(address) > LONGEST_ADDRESS or not ADDRESS.fullmatch(address):
        raise Refused("Please check the e-mail address; it looks like name@example.org.")
    return address


def _name(form: Form) -> str:
    """As it was written, or else as the address has it."""
    given = " ".join("".join(c if c.isprintable() else " " for c in form.get("name", "")).split())
    if len(given) > LONGEST_NAME:
        raise Refused("Please write the name in at most {most} characters.", most=LONGEST_NAME)
    if given:
        return given
    local = _address(form).split("@")[0]
    parts = re.split(r"[._+\-\d]+", local)
    return (" ".join(part.capitalize() for part in parts if part) or local)[:LONGEST_NAME]


def _known(request: Request, booth: Booth, address: str) -> Person | None:
    """Who has this address already. Raises `Refused` if it is nobody of this company."""
    people = foyer_shown(request).people
    invited = people.get(_id(request, booth, address))
    if invited is not None:
        return invited
    for each in gathering_of(request).people:
        if each.email.casefold() == address.casefold():
            person = people.get(each.id)
            if person is None or not stands.represents(fair_of(request), person, booth.id):
                # It says no more than it must: who else is here is nobody's business yet.
                raise Refused("This address cannot be invited here. Please ask the organisers.")
            return person
    return None


def _id(request: Request, booth: Booth, address: str) -> str:
    """The same for the same address, and without the house's secret nothing can be told of it."""
    secret = request.app.state.settings.secret.encode()
    said = f"invited {booth.id} {address.casefold()}".encode()
    return f"rep-{hmac.new(secret, said, hashlib.sha256).hexdigest()[:16]}"


def _count(request: Request) -> None:
    """Whoever may invite must not make us send mails to the whole world."""
    limits, person = request.app.state.limits, reader(request).id
    if not limits.take("invitation", person, time.monotonic()):
        raise Refused("These were many invitations at once. Please go on in a few minutes.")


async def _send(request: Request, booth: Booth, person: Person, address: str) -> Response:
    gathering, mailer = gathering_of(request), request.app.state.mailer
    secret = await accounts(request).issue_link(person.id, now(request), gathering.ends_at)
    link = f"{request.app.state.settings.origin}/sign-in/{secret}"
    try:
        await _mail(request, mailer, booth, Mail(address, gathering.name, link), person)
    except NotSent:
        # Whoever is here already is nobody one may come in as; their link is theirs alone.
        invited = person.id in fair_of(request).stands.invited
        if not invited or await crew.has_come(request, person.id):
            raise Refused(
                "{name} is here already. The organisers can send a new link.", name=person.name
            ) from None
        handed = Handed(person.name, link, failed=mailer.ready)
        return await pages.shown(request, booth, part="people", handed=handed)
    ahead = f"/booths/{booth.id}/setup?kept=mailed#people"
    return RedirectResponse(ahead, HTTPStatus.SEE_OTHER)


async def _mail(request: Request, mailer: Mailer, booth: Booth, bare: Mail, to: Person) -> None:
    language, host = str(request.state.language), reader(request)
    subject = say(language, "Your way in: {gathering}", gathering=bare.subject)
    text = say(
        language,
        "Good day {name},\n\n{host} asks you to represent {organisation} at “{gathering}”."
        " This is your personal way in:\n\n{link}\n\nIt works on several devices and is for you"
        " alone: whoever has it comes in under your name.\n",
        name=to.name,
        host=host.name,
        organisation=booth.organisation,
        gathering=bare.subject,
        link=bare.text,
    )
    await mailer.send(Mail(bare.to, subject, text))


routes: Final[list[BaseRoute]] = [
    Route("/booths/{booth}/setup/people", invite, methods=["POST"]),
    Route("/booths/{booth}/setup/people/remove", take_back, methods=["POST"]),
]
