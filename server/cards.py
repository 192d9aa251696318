"""What people wrote on their cards, and their private notes on others; kept no longer than links.

Nothing here decides who may read what: `rooms/contacts.py` does.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final, Protocol, TypeVar

import msgspec
from msgspec import Meta, Struct

from rooms.contacts import Field
from rooms.people import PersonId
from schedule.machine import Refused
from server.accounts import expiry
from server.clock import Clock
from server.sealed import Sealer

LOOK: Final = 600.0  # seconds between two looks for what was kept long enough
MOST_NOTES: Final = 500  # per person
CARD: Final = "card"
NOTES: Final = "notes"

log = logging.getLogger(__name__)


class Card(Struct, frozen=True):
    """What somebody may show others; empty is what they did not write down."""

    mail: Annotated[str, Meta(max_length=200)] = ""
    phone: Annotated[str, Meta(max_length=40)] = ""
    card: Annotated[str, Meta(max_length=500)] = ""
    "A few words or an address: where one's CV or one's company is to be seen."

    def only(self, fields: Sequence[Field]) -> Card:
        """The same without what is not among these fields."""
        return Card(**{field: getattr(self, field) for field in fields})


class Note(Struct, frozen=True):
    """What somebody noted about somebody, for themselves alone."""

    text: Annotated[str, Meta(max_length=2000)] = ""
    stars: Annotated[int, Meta(ge=0, le=5)] = 0


_T = TypeVar("_T", Card, Note)


class Database(Protocol):
    """What cards need of the store."""

    async def transact(self, statements: Sequence[tuple[str, Sequence[Any]]]) -> Any:
        """Carry all statements out in one transaction; returns after the commit."""

    async def fetch(self, sql: str, params: Sequence[Any] = ()) -> Sequence[Sequence[Any]]:
        """Return all rows."""


class Cards:
    """Keeps cards and notes sealed. Times are Unix seconds."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer

    async def card(self, person: PersonId) -> Card:
        """What this person wrote down; an empty card if nothing, or if it is erased."""
        rows = await self._database.fetch("SELECT sealed FROM card WHERE person = ?", (person,))
        return self._read(person, CARD, rows[0][0], Card) if rows else Card()

    async def keep(self, person: PersonId, card: Card, now: float) -> None:
        """Replace the card by another; an empty one is the same as none."""
        if card == Card():
            await self.erase(person)
            return
        sealed = self._sealer.seal(f"{person}.{CARD}", person, msgspec.json.encode(card))
        await self._database.transact(
            [("INSERT OR REPLACE INTO card (person, sealed, at) VALUES (?, ?, ?)",
              (person, sealed, now))]
        )  # fmt: skip

    async def erase(self, person: PersonId) -> None:
        """Nothing that ever stood on this card can be read any more, from whatever file."""
        self._sealer.forget(f"{person}.{CARD}")
        await self._database.transact([("DELETE FROM card WHERE person = ?", (person,))])

    async def notes(self, person: PersonId) -> dict[PersonId, Note]:
        """All this person noted, by whom it is about."""
        rows = await self._database.fetch(
            "SELECT about, sealed FROM note WHERE person = ? ORDER BY about", (person,)
        )
        found = {about: self._read(person, NOTES, sealed, Note, about) for about, sealed in rows}
        return {about: note for about, note in found.items() if note != Note()}

    async def note(self, person: PersonId, about: PersonId) -> Note:
        """What this person noted about that one."""
        rows = await self._database.fetch(
            "SELECT sealed FROM note WHERE person = ? AND about = ?", (person, about)
        )
        return self._read(person, NOTES, rows[0][0], Note, about) if rows else Note()

    async def keep_note(self, person: PersonId, about: PersonId, note: Note, now: float) -> None:
        """Replace a note by another; an empty one removes it. Raises `Refused` for too many."""
        if note == Note():
            gone = "DELETE FROM note WHERE person = ? AND about = ?"
            await self._database.transact([(gone, (person, about))])
            return
        others = "SELECT count(*) FROM note WHERE person = ? AND about != ?"
        if (await self._database.fetch(others, (person, about)))[0][0] >= MOST_NOTES:
            raise Refused(
                "You have notes on {most} people. Please remove one you no longer need.",
                most=MOST_NOTES,
            )
        words = msgspec.json.encode(note)
        sealed = self._sealer.seal(f"{person}.{NOTES}", f"{person} {about}", words)
        await self._database.transact(
            [("INSERT OR REPLACE INTO note (person, about, sealed, at) VALUES (?, ?, ?, ?)",
              (person, about, sealed, now))]
        )  # fmt: skip

    async def erase_notes(self, person: PersonId) -> None:
        """Nothing this person ever noted can be read any more."""
        self._sealer.forget(f"{person}.{NOTES}")
        await self._database.transact([("DELETE FROM note WHERE person = ?", (person,))])

    async def sweep(self, now: float, ends_at: float) -> None:
        """Erase what was kept as long as the links and sessions of a gathering ending then."""
        cards = await self._database.fetch("SELECT person, at FROM card")
        for person, at in cards:
            if expiry(at, ends_at) <= now:
                await self.erase(person)
        notes = await self._database.fetch("SELECT person, max(at) FROM note GROUP BY person")
        for person, at in notes:
            if expiry(at, ends_at) <= now:
                await self.erase_notes(person)

    async def run(self, clock: Clock, ends_at: Callable[[], float]) -> None:
        """Sweep again and again, until cancelled."""
        while True:
            try:
                await self.sweep(clock.now(), ends_at())
            except Exception as error:
                log.warning("what was kept long enough is not erased yet: %s", error)
            await asyncio.sleep(LOOK)

    def _read(
        self, person: PersonId, what: str, sealed: bytes, kind: type[_T], about: PersonId = ""
    ) -> _T:
        bound = f"{person} {about}" if about else person
        words = self._sealer.read(f"{person}.{what}", bound, sealed)
        return kind() if words is None else msgspec.json.decode(words, type=kind)
