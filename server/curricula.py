"""What stands on CV cards, and the CVs themselves: sealed, and kept no longer than they hang.

Nothing here decides who may read what: `rooms/cvs.py` does.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from rooms import fair
from rooms.fair import Fair
from rooms.people import PersonId
from server.clock import Clock
from server.files import Files
from server.sealed import Sealer

LOOK: Final = 600.0  # seconds between two looks for what nobody needs any more
DRAFT: Final = 86_400.0  # seconds what was written is kept before it hangs
ORPHANED: Final = 3600.0  # seconds after which a file that no card names is removed
KEY: Final = "cv"
SUFFIX: Final = ".cv"

log = logging.getLogger(__name__)


class Curriculum(Struct, frozen=True):
    """What stands on a card. Without a grant others see field, degree, topics and from when."""

    field: str = ""
    degree: str = ""
    topics: tuple[str, ...] = ()
    available: str = ""
    seeks: str = ""
    mail: str = ""
    phone: str = ""
    named: bool = False
    "Whether name and what is sought stand on it for everybody."
    strip: bool = False
    "Whether everybody may tear mail and phone off."
    file: str = ""
    "The CV, among the files; empty if there is none."
    pages: int = 0


class Database(Protocol):
    """What curricula need of the store."""

    async def transact(self, statements: Sequence[tuple[str, Sequence[Any]]]) -> Any:
        """Carry all statements out in one transaction; returns after the commit."""

    async def fetch(self, sql: str, params: Sequence[Any] = ()) -> Sequence[Sequence[Any]]:
        """Return all rows."""


class Curricula:
    """Keeps cards and CVs sealed. Times are Unix seconds."""

    def __init__(self, database: Database, sealer: Sealer, files: Files) -> None:
        self._database = database
        self._sealer = sealer
        self._files = files
        self._hanging: frozenset[PersonId] | None = None
        self._fallen: set[PersonId] = set()
        self._stirred = asyncio.Event()

    async def of(self, person: PersonId) -> Curriculum:
        """What this person wrote; an empty one if nothing, or if it is erased."""
        sql = "SELECT sealed FROM curriculum WHERE person = ?"
        rows = await self._database.fetch(sql, (person,))
        return self._read(person, rows[0][0]) if rows else Curriculum()

    async def all(self, people: Iterable[PersonId]) -> dict[PersonId, Curriculum]:
        """Those of these people, of whom there are any."""
        wanted = frozenset(people)
        rows = await self._database.fetch("SELECT person, sealed FROM curriculum")
        return {person: self._read(person, sealed) for person, sealed in rows if person in wanted}

    async def keep(self, person: PersonId, card: Curriculum, now: float) -> None:
        """Replace what was written; a CV that is named no longer is removed."""
        before = await self.of(person)
        sealed = self._sealer.seal(_key(person), person, msgspec.json.encode(card))
        await self._database.transact(
            [("INSERT OR REPLACE INTO curriculum (person, sealed, file, at) VALUES (?, ?, ?, ?)",
              (person, sealed, card.file, now))]
        )  # fmt: skip
        if before.file and before.file != card.file:
            self._files.drop(before.file)

    async def lay(self, person: PersonId, paper: Path, pages: int, now: float) -> None:
        """Seal a CV that was looked through; the file it comes from is the caller's to drop."""
        name = await asyncio.to_thread(self._sealed_file, person, paper)
        card = await self.of(person)
        await self.keep(person, replace(card, file=name, pages=pages), now)

    def _sealed_file(self, person: PersonId, paper: Path) -> str:
        name = paper.name.partition(".")[0] + SUFFIX
        sealed = self._sealer.seal(_key(person), f"{person} {name}", paper.read_bytes())
        self._files.check_room()
        self._files.path(name).write_bytes(sealed)
        self._files.path(name).chmod(0o600)
        return name

    async def pdf(self, person: PersonId) -> bytes | None:
        """The CV itself, or None if there is none."""
        card = await self.of(person)
        return await asyncio.to_thread(self._opened_file, person, card.file) if card.file else None

    def _opened_file(self, person: PersonId, name: str) -> bytes | None:
        try:
            sealed = self._files.path(name).read_bytes()
        except FileNotFoundError:
            return None
        return self._sealer.read(_key(person), f"{person} {name}", sealed)

    async def erase(self, person: PersonId) -> None:
        """Nothing that ever stood on this card, and no CV, can be read any more."""
        self._sealer.forget(_key(person))
        sql = "SELECT file FROM curriculum WHERE person = ?"
        for (name,) in await self._database.fetch(sql, (person,)):
            if name:
                self._files.drop(name)
        await self._database.transact([("DELETE FROM curriculum WHERE person = ?", (person,))])

    def changed(self, room: str, state: Any) -> None:
        """A room hosted here is another one now: what fell from the board is erased."""
        if room != fair.ROOM or not isinstance(state, Fair):
            return
        hanging = frozenset(state.cvs.cards)
        if self._hanging is not None and (fallen := self._hanging - hanging):
            self._fallen |= fallen
            self._stirred.set()
        self._hanging = hanging

    async def sweep(self, now: float) -> None:
        """Erase what hangs nowhere and is no fresh draft, and files that no card names."""
        rows = await self._database.fetch("SELECT person, file, at FROM curriculum")
        if self._hanging is not None:
            for person, _, at in rows:
                if person not in self._hanging and at <= now - DRAFT:
                    await self.erase(person)
        named = {name for _, name, _ in rows}
        before = time.time() - ORPHANED
        for path in self._files.folder.glob("*" + SUFFIX):
            if path.name not in named and path.stat().st_mtime < before:
                self._files.drop(path.name)

    async def run(self, clock: Clock) -> None:
        """Erase what falls from the board at once, and sweep again and again, until cancelled."""
        while True:
            try:
                await self._erase_fallen()
                await self.sweep(clock.now())
            except Exception as error:
                log.warning("what hangs no more is not erased yet: %s", error)
            try:
                async with asyncio.timeout(LOOK):
                    await self._stirred.wait()
            except TimeoutError:
                pass
            self._stirred.clear()

    async def _erase_fallen(self) -> None:
        for person in tuple(self._fallen):
            if self._hanging is None or person not in self._hanging:
                await self.erase(person)
            self._fallen.discard(person)

    def _read(self, person: PersonId, sealed: bytes) -> Curriculum:
        words = self._sealer.read(_key(person), person, sealed)
        return Curriculum() if words is None else msgspec.json.decode(words, type=Curriculum)


def _key(person: PersonId) -> str:
    return f"{person}.{KEY}"
