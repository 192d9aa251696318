"""Who is at the gathering: a person, and the role the person has in it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

from schedule import items

PersonId = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[a-z0-9][a-z0-9-]*$")]
Place = Literal["home", "hall"]


class Role(StrEnum):
    """What somebody is at the gathering; rights hang on it and on nothing else."""

    ORGANISER = "organiser"
    MODERATOR = "moderator"
    TALENT = "talent"
    REP = "rep"
    JUROR = "juror"
    GUEST = "guest"
    HOUSE = "house"
    "The server itself, when one room tells another what follows; no person has it."


DESK = frozenset({Role.ORGANISER, Role.MODERATOR})
"Those who sit at the desk."

PEOPLE = frozenset(set(Role) - {Role.HOUSE})
"Everybody of flesh and blood."


class Person(Struct, frozen=True, rename="camel"):
    """Somebody at the gathering, as everybody there may know them."""

    id: PersonId
    name: str
    role: Role
    organisation: str = ""
    place: Place = "home"
    languages: tuple[str, ...] = ("de",)


def listed(written: items.Person) -> Person:
    """Somebody on the organisers' list, without what is nobody else's business."""
    return Person(
        id=written.id,
        name=written.name,
        role=Role(written.role),
        organisation=written.organisation,
        place=written.place,
        languages=written.languages,
    )


HOUSE = Person(id="house", name="Foyer", role=Role.HOUSE)
