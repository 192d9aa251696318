"""What an exhibitor's people noted on a visitor, for all of them together; sealed, and swept.

Nothing here decides on whom they may note something: `server/premises.py` does.
"""

from __future__ import annotations

from typing import Final

import msgspec

from rooms.people import PersonId
from schedule.machine import Refused
from server.accounts import expiry
from server.cards import Note
from server.mailbox import Database
from server.sealed import Sealer

MOST: Final = 1000  # per booth: more than anybody meets
KEY: Final = "remark"


class Remarks:
    """Keeps remarks sealed, each under a key of its own. Times are Unix seconds."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer

    async def all(self, booth: str) -> dict[PersonId, Note]:
        """All that was noted at this booth, by whom it is about."""
        rows = await self._database.fetch(
            "SELECT about, sealed FROM remark WHERE booth = ? ORDER BY about", (booth,)
        )
        found = {about: self._read(booth, about, sealed) for about, sealed in rows}
        return {about: note for about, note in found.items() if note != Note()}

    async def one(self, booth: str, about: PersonId) -> Note:
        """What was noted about somebody; empty if nothing."""
        rows = await self._database.fetch(
            "SELECT sealed FROM remark WHERE booth = ? AND about = ?", (booth, about)
        )
        return self._read(booth, about, rows[0][0]) if rows else Note()

    async def keep(self, booth: str, about: PersonId, note: Note, now: float) -> None:
        """Replace a remark by another; an empty one erases it. Raises `Refused` for too many."""
        if note == Note():
            await self.erase(booth, about)
            return
        others = "SELECT count(*) FROM remark WHERE booth = ? AND about != ?"
        if (await self._database.fetch(others, (booth, about)))[0][0] >= MOST:
            raise Refused(
                "You have notes on {most} people. Please remove one you no longer need.",
                most=MOST,
            )
        name, words = _name(booth, about), msgspec.json.encode(note)
        sealed = self._sealer.seal(name, f"{booth} {about}", words)
        await self._database.transact(
            [("INSERT OR REPLACE INTO remark (booth, about, sealed, at) VALUES (?, ?, ?, ?)",
              (booth, about, sealed, now))]
        )  # fmt: skip

    async def erase(self, booth: str, about: PersonId) -> None:
        """Nothing that was noted there about this person can be read any more."""
        self._sealer.forget(_name(booth, about))
        gone = "DELETE FROM remark WHERE booth = ? AND about = ?"
        await self._database.transact([(gone, (booth, about))])

    async def sweep(self, now: float, ends_at: float) -> None:
        """Erase what was kept as long as the links and sessions of a gathering ending then."""
        for booth, about, at in await self._database.fetch("SELECT booth, about, at FROM remark"):
            if expiry(at, ends_at) <= now:
                await self.erase(booth, about)

    def _read(self, booth: str, about: PersonId, sealed: bytes) -> Note:
        words = self._sealer.read(_name(booth, about), f"{booth} {about}", sealed)
        return Note() if words is None else msgspec.json.decode(words, type=Note)


def _name(booth: str, about: PersonId) -> str:
    return f"{booth}--{about}.{KEY}"
