"""The words of letters to exhibitors and of their answers, sealed under a key for each letter.

Nothing here decides who may read what: `rooms/letters.py` does.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

import msgspec
from msgspec import Struct

from rooms.people import PersonId
from server.accounts import expiry
from server.clock import Clock
from server.sealed import Sealer

LOOK: Final = 600.0  # seconds between two looks for what was kept long enough
KEY: Final = "letter"

log = logging.getLogger(__name__)


class Words(Struct, frozen=True):
    """What was written, and what was answered."""

    text: str = ""
    answers: dict[PersonId, str] = {}
    "By who wrote it; which of them is the answer, the room knows."


class Database(Protocol):
    """What the mailbox needs of the store."""

    async def transact(self, statements: Sequence[tuple[str, Sequence[Any]]]) -> Any:
        """Carry all statements out in one transaction; returns after the commit."""

    async def fetch(self, sql: str, params: Sequence[Any] = ()) -> Sequence[Sequence[Any]]:
        """Return all rows."""


class Swept(Protocol):
    """What is kept no longer than the links of a gathering."""

    async def sweep(self, now: float, ends_at: float) -> None:
        """Erase what was kept long enough."""


class Mailbox:
    """Keeps letters sealed. Times are Unix seconds."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer

    async def keep(self, letter: str, booth: str, text: str, now: float) -> None:
        """Seal what somebody wrote."""
        sealed = self._sealer.seal(f"{letter}.{KEY}", f"{booth} text", msgspec.json.encode(text))
        statement = "INSERT INTO letter (id, booth, sealed, at) VALUES (?, ?, ?, ?)"
        await self._database.transact([(statement, (letter, booth, sealed, now))])

    async def keep_answer(self, letter: str, by: PersonId, text: str) -> None:
        """Seal what somebody answers."""
        sealed = self._sealer.seal(f"{letter}.{KEY}", f"{by} answer", msgspec.json.encode(text))
        statement = "INSERT OR REPLACE INTO answer (letter, author, sealed) VALUES (?, ?, ?)"
        await self._database.transact([(statement, (letter, by, sealed))])

    async def read(self, letters: Sequence[str]) -> dict[str, Words]:
        """The words of these letters; those that were erased are not among them."""
        if not letters:
            return {}
        wanted = ", ".join("?" * len(letters))
        rows = await self._database.fetch(
            f"SELECT id, booth, sealed FROM letter WHERE id IN ({wanted})",  # noqa: S608 - question marks only
            letters,
        )
        answers = await self._database.fetch(
            f"SELECT letter, author, sealed FROM answer WHERE letter IN ({wanted})",  # noqa: S608 - question marks only
            letters,
        )
        by_letter: dict[str, dict[PersonId, str]] = {}
        for letter, by, sealed in answers:
            text = self._open(letter, f"{by} answer", sealed)
            by_letter.setdefault(letter, {})[by] = text
        return {
            letter: Words(self._open(letter, f"{booth} text", sealed), by_letter.get(letter, {}))
            for letter, booth, sealed in rows
        }

    async def erase(self, letter: str) -> None:
        """Neither the letter nor its answer can be read any more, from whatever file."""
        self._sealer.forget(f"{letter}.{KEY}")
        await self._database.transact(
            [
                ("DELETE FROM letter WHERE id = ?", (letter,)),
                ("DELETE FROM answer WHERE letter = ?", (letter,)),
            ]
        )

    async def sweep(self, now: float, ends_at: float) -> None:
        """Erase what was kept as long as the links and sessions of a gathering ending then."""
        for letter, at in await self._database.fetch("SELECT id, at FROM letter"):
            if expiry(at, ends_at) <= now:
                await self.erase(letter)

    def _open(self, letter: str, about: str, sealed: bytes) -> str:
        words = self._sealer.read(f"{letter}.{KEY}", about, sealed)
        return "" if words is None else msgspec.json.decode(words, type=str)


async def keep_sweeping(clock: Clock, ends_at: Callable[[], float], *kept: Swept) -> None:
    """Sweep all of these again and again, until cancelled."""
    while True:
        for each in kept:
            try:
                await each.sweep(clock.now(), ends_at())
            except Exception as error:
                log.warning("what was kept long enough is not erased yet: %s", error)
        await asyncio.sleep(LOOK)
