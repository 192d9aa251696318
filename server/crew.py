"""Who stands at a booth: those on the organisers' list, and those whom the company asked."""

from __future__ import annotations

from msgspec import Struct
from starlette.requests import Request

from rooms import stands
from rooms.people import Person
from schedule.items import Booth
from server.premises import fair_of
from server.visit import accounts, foyer_shown, now


class Member(Struct, frozen=True):
    """Somebody of the booth as its own page lists them."""

    person: Person
    invited: bool
    "Whether the company asked them, and not the organisers."
    has_come: bool
    "Whether they have opened their link; asked of those alone who were invited."


async def members(request: Request, booth: Booth) -> list[Member]:
    """Everybody who takes one of the package's places."""
    here, people = fair_of(request), foyer_shown(request).people
    found = []
    for each in stands.expected(here, booth.id):
        if each in people:
            invited = each in here.stands.invited
            come = not invited or await has_come(request, each)
            found.append(Member(people[each], invited, come))
    return found


async def has_come(request: Request, person: str) -> bool:
    """Whether somebody is signed in on any device."""
    return bool(await accounts(request).devices(person, now(request)))
