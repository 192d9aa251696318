"""The cards one left at booths: where they lie, what they show, and taking all of them back."""

from __future__ import annotations

import secrets

from msgspec import Struct
from starlette.requests import Request

from rooms import fair, visits
from rooms.contacts import Field
from rooms.visits import TakeAllBack
from schedule.items import Booth
from server.premises import fair_of
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


async def take_all_back(request: Request) -> None:
    """The reader's card lies nowhere any more."""
    op = f"page-{secrets.token_hex(12)}"
    await request.app.state.house.do(fair.ROOM, op, TakeAllBack(), reader(request))
