"""What lies in an exhibitor's inbox: letters, cards, applications and requests for a talk."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct
from starlette.requests import Request

from rooms import jobs, letters, pins, stands, visits
from rooms.booked import Booking
from rooms.contacts import Field
from rooms.letters import Letter
from rooms.people import PersonId
from rooms.pins import Pin
from schedule.items import Booth
from server import cardfaces
from server.cardfaces import Face
from server.cards import Note
from server.mailbox import Mailbox, Words
from server.premises import fair_of, hidden, lounge_of
from server.remarks import Remarks
from server.visit import now
from web import words

Kind = Literal["letter", "card", "pin", "booking"]
DONE: Final = frozenset({"answered", "closed", "invited", "declined"})


class Item(Struct, frozen=True, rename="camel"):
    """One thing in the inbox, as its page and its panel show it."""

    id: str
    kind: Kind
    at: float
    "When it came."
    state: str
    done: bool
    "Whether nobody waits for anything any more."
    late: bool = False
    person: PersonId | None = None
    "Unknown of a CV card without a name, until somebody opens it."
    name: str = ""
    organisation: str = ""
    owner: PersonId | None = None
    owner_name: str = ""
    text: str = ""
    answer: str = ""
    answered_by: str = ""
    since: float = 0.0
    job: str = ""
    job_title: str = ""
    card: str = ""
    "The CV card's id; it is opened on a page that writes the look down."
    fields: tuple[Field, ...] = ()
    "What a card that was left shows."
    until: float | None = None
    slots: tuple[float, ...] = ()
    note: Note = Note()


async def items(request: Request, booth: Booth) -> list[Item]:
    """Everything that lies there, what waits before what is done, the oldest first."""
    notes = await _remarks(request).all(booth.id)
    found = [
        *await _letters(request, booth, notes),
        *await _pins(request, booth),
        *_bookings(request, booth, notes),
    ]
    waiting = sorted((each for each in found if not each.done), key=lambda each: each.at)
    done = sorted((each for each in found if each.done), key=lambda each: -each.at)
    return [*waiting, *done]


def waiting(request: Request, booth: Booth) -> int:
    """How many things wait there for somebody."""
    room = fair_of(request)
    own = [each for each in letters.inbox(room, booth.id) if not hidden(request, each.by)]
    new = [pin for pin in pins.of_booth(room, booth.id, now(request)) if pin.state == "new"]
    asked = [each for each in _requests(request, booth) if each.stands == "asked"]
    return sum(each.state in ("new", "read") for each in own) + len(new) + len(asked)


def promise(request: Request, booth: Booth) -> str:
    """By when the exhibitor answers, in its words or in ours; for after “Answers”."""
    said = stands.stand_of(fair_of(request), booth.id).promise
    return said or words.say(str(request.state.language), "within a day")


async def _letters(request: Request, booth: Booth, notes: dict[PersonId, Note]) -> list[Item]:
    room = fair_of(request)
    found = [each for each in letters.inbox(room, booth.id) if not hidden(request, each.by)]
    mailbox: Mailbox = request.app.state.mailbox
    written = await mailbox.read([each.id for each in found if each.kind == "letter"])
    return [
        _letter(request, each, written.get(each.id, Words()), notes.get(each.by, Note()))
        for each in found
        if each.kind == "letter" or visits.left(room, booth.id, each.by, now(request))
    ]


def _letter(request: Request, letter: Letter, said: Words, note: Note) -> Item:
    room = fair_of(request)
    card = visits.left(room, letter.booth, letter.by, now(request))
    person = room.people[letter.by]
    return Item(
        id=letter.id,
        kind=letter.kind,
        at=letter.at,
        state=letter.state,
        done=letter.state in DONE,
        late=letter.late,
        person=person.id,
        name=person.name,
        organisation=person.organisation,
        owner=letter.owner,
        owner_name=_name(request, letter.owner),
        text=said.text,
        answer=said.answers.get(letter.answered_by or "", ""),
        answered_by=_name(request, letter.answered_by),
        since=letter.since,
        fields=card.fields if card else (),
        until=card.until if card else None,
        note=note,
    )


async def _pins(request: Request, booth: Booth) -> list[Item]:
    room = fair_of(request)
    held = pins.of_booth(room, booth.id, now(request))
    found = [each for each in held if not hidden(request, each.person)]
    return [_pin(request, each, await cardfaces.face(request, each.card)) for each in found]


def _pin(request: Request, pin: Pin, face: Face | None) -> Item:
    """With a name only if everybody may know it: to see another is a look, which is told."""
    says = (face.degree, face.field) if face else ()
    job = jobs.find(fair_of(request), pin.job)
    owner = fair_of(request).letters.pins.get(pin.id)
    return Item(
        id=pin.id,
        kind="pin",
        at=pin.at,
        state=pin.state,
        done=pin.state in DONE,
        name=face.name if face else "",
        organisation=", ".join(each for each in says if each),
        owner=owner,
        owner_name=_name(request, owner),
        answered_by=_name(request, pin.answered_by),
        since=pin.answered_at or pin.at,
        job=pin.job,
        job_title=job.title if job else "",
        card=pin.card,
        until=pin.until,
    )


def _bookings(request: Request, booth: Booth, notes: dict[PersonId, Note]) -> list[Item]:
    people = lounge_of(request).people
    return [
        Item(
            id=each.id,
            kind="booking",
            at=each.asked_at,
            state=each.stands,
            done=each.stands != "asked",
            person=each.asker,
            name=people[each.asker].name,
            organisation=people[each.asker].organisation,
            owner=each.owner,
            owner_name=_name(request, each.owner),
            text=each.word,
            since=each.since,
            slots=each.slots,
            note=notes.get(each.asker, Note()),
        )
        for each in _requests(request, booth)
    ]


def _requests(request: Request, booth: Booth) -> list[Booking]:
    """Talks that the organisation was asked for and that are ahead or wait."""
    return [
        each
        for each in lounge_of(request).bookings.all.values()
        if each.organisation == booth.organisation
        and each.stands in ("asked", "agreed")
        and not hidden(request, each.asker)
    ]


def _name(request: Request, person: PersonId | None) -> str:
    found = fair_of(request).people.get(person or "")
    return found.name if found else ""


def _remarks(request: Request) -> Remarks:
    found: Remarks = request.app.state.remarks
    return found
