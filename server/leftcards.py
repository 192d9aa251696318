"""The cards one left at booths: where they lie, what they show, and taking all of them back."""

from __future__ import annotations

import secrets

from msgspec import Struct
from starlette.requests import Request

from rooms import fair, visits
from rooms.contacts import Field
from rooms.visits import TakeAllBack, TakeBack
from schedule.items import Booth
from schedule.machine import Command
from server.premises import fair_of, known
from server.remarks import Remarks
from server.visit import now, reader


class LeftCard(Struct, frozen=True):
    """Where one's card lies."""

    booth: Booth
    fields: tuple[Field, ...]
    until: float


def left_cards(request: Request) -> list[LeftCard]:
    """All booths at which the reader's card lies now."""
    room, me = fair_of(request), reader(request).id
    return [
        LeftCard(booth, card.fields, card.until)
        for booth in room.booths.values()
        if (card := visits.left(room, booth.id, me, now(request)))
    ]


async def take_back(request: Request, booth: Booth) -> None:
    """The reader's card lies at this booth no longer."""
    await _do(request, TakeBack(booth.id))
    await forget_unknown(request)


async def take_all_back(request: Request) -> None:
    """The reader's card lies nowhere any more."""
    await _do(request, TakeAllBack())
    await forget_unknown(request)


async def forget_unknown(request: Request) -> None:
    """Erase what companies noted on the reader that have no reason to know them any more."""
    remarks: Remarks = request.app.state.remarks
    for booth in fair_of(request).booths.values():
        if not known(request, booth, reader(request).id):
            await remarks.erase(booth.id, reader(request).id)


async def _do(request: Request, command: Command) -> None:
    op = f"page-{secrets.token_hex(12)}"
    await request.app.state.house.do(fair.ROOM, op, command, reader(request))
