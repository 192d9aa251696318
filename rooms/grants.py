"""Grants: what of a CV card its owner lets a company see, why, and until when.

They are lines of a ledger: one is added or ended, and never removed as long as the card hangs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct

from rooms.people import Person, PersonId, Role
from schedule.items import Booth

if TYPE_CHECKING:
    from rooms.fair import Fair

SPONSORS = "sponsors"
"In place of a booth's id: every booth of a sponsor."

GrantId = Annotated[str, Meta(max_length=12, pattern=r"^g[0-9]+$")]
CardId = Annotated[str, Meta(min_length=8, max_length=32, pattern=r"^k[0-9a-f]+$")]
"Tells nothing of whose card it is: ids of people are made of their names."
To = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[a-z0-9][a-z0-9-]*$")]
"A booth's id, or `SPONSORS`."
What = Literal["card", "contact", "pdf"]
"The card with the name on it; phone and mail; the CV itself."
Whats = Annotated[tuple[What, ...], Meta(max_length=3)]
Seen = Literal["face", "card", "contact", "pdf"]
"The same, and what everybody at the gathering sees of a card that hangs."


class Grant(Struct, frozen=True, rename="camel"):
    """One line of the ledger."""

    id: GrantId
    person: PersonId
    "Whose card it is."
    card: CardId
    to: To
    what: tuple[What, ...]
    "Always with the card itself."
    why: str
    "`switch`, `visit`, or `pin j3`."
    at: float
    until: float
    withdrawn_at: float | None = None
    expired: bool = False
    "Whether its end in time was told."


def standing(grant: Grant) -> bool:
    """Whether it was neither withdrawn nor has its end been told."""
    return grant.withdrawn_at is None and not grant.expired


def live(grant: Grant, now: float) -> bool:
    """Whether it holds at that instant."""
    return standing(grant) and grant.at <= now < grant.until


def booth_of(fair: Fair, person: Person) -> Booth | None:
    """The booth somebody represents, if any."""
    if person.role is not Role.REP:
        return None
    own = (each for each in fair.booths.values() if each.organisation == person.organisation)
    return next(own, None)


def applies(grant: Grant, booth: Booth, apart: Iterable[str]) -> bool:
    """Whether it is for this booth; one that the owner set apart is none of all sponsors."""
    if grant.to == SPONSORS:
        return booth.sponsor and booth.id not in apart
    return grant.to == booth.id


def staff(fair: Fair, to: To, apart: Iterable[str] = ()) -> tuple[PersonId, ...]:
    """The representatives a grant to this booth, or to all sponsors, is for."""
    booths = [each for each in fair.booths.values() if each.id == to]
    if to == SPONSORS:
        booths = [each for each in fair.booths.values() if each.sponsor and each.id not in apart]
    organisations = {each.organisation for each in booths}
    return tuple(
        person.id
        for person in fair.people.values()
        if person.role is Role.REP and person.organisation in organisations
    )
