"""How a personal link reaches its person."""

from __future__ import annotations

import time
from typing import Protocol, TextIO

from msgspec import Struct

from server.accounts import Accounts
from server.archive import newest_gathering, opened_store
from server.failure import Failure
from server.settings import Settings


class Letter(Struct, frozen=True):
    """A personal link on its way."""

    name: str
    role: str
    email: str
    "May be empty."
    link: str


class Post(Protocol):
    """Who carries letters. A mail server can be one; the organisers' printout is the first."""

    def send(self, letter: Letter) -> None:
        """Hand a letter over."""


class Printout:
    """One line for each letter, for the organisers to hand on."""

    def __init__(self, paper: TextIO) -> None:
        self._paper = paper

    def send(self, letter: Letter) -> None:
        """Write the line."""
        print(f"{letter.name:<32} {letter.role:<10} {letter.link}", file=self._paper)


async def letters(given: Settings, person: str | None = None) -> list[Letter]:
    """A new link for each person, or for one. Raises `Failure`."""
    async with opened_store(given) as archive:
        gathering = await newest_gathering(archive)
        people = [each for each in gathering.people if person in (None, each.id)]
        if not people:
            raise Failure(f"Nobody in this gathering has the id {person!r}.")
        secrets = await Accounts(archive).issue_links(
            [each.id for each in people], time.time(), gathering.ends_at
        )
        return [
            Letter(each.name, each.role, each.email, f"{given.origin}/sign-in/{secrets[each.id]}")
            for each in people
        ]
