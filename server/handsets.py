"""Phones that are somebody's camera: their tokens, and the sessions these open.

Such a session is none of `server.accounts`: whatever asks who is signed in does not know it.
Only the phone's own page, the live connection and the list of relays look here.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from typing import Any, Final, Protocol

from msgspec import Struct

from rooms import insurance
from rooms.people import PersonId
from server import wire

TOKEN_LASTS: Final = 300.0  # seconds a QR code holds; the page that shows it renews it sooner
LASTS: Final = 12 * 3600.0  # seconds a phone stays a camera: one evening
SECRET: Final = 24  # bytes of chance

ALLOWED: Final = (wire.Join, wire.Leave, wire.Ping, wire.Publish, wire.HangUp)
"What a phone may send beside its one command."


class Database(Protocol):
    """What handsets need of the store."""

    async def transact(self, statements: Sequence[tuple[str, Sequence[Any]]]) -> Any:
        """Carry all statements out in one transaction; returns after the commit."""

    async def fetch(self, sql: str, params: Sequence[Any] = ()) -> Sequence[Sequence[Any]]:
        """Return all rows."""


class Handset(Struct, frozen=True):
    """Whose camera a phone is, and on which stage."""

    person: PersonId
    stage: str
    session: str = ""
    "Its id; not the secret in the cookie."


class Handsets:
    """Issues tokens and opens sessions for phones. Times are Unix seconds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def issue(self, person: PersonId, stage: str, now: float) -> str:
        """Return a new token; what has expired meanwhile is forgotten."""
        token = secrets.token_urlsafe(SECRET)
        await self._database.transact(
            [
                ("DELETE FROM phone_token WHERE expires_at <= ?", (now,)),
                (
                    "INSERT INTO phone_token (hash, person, stage, expires_at) VALUES (?, ?, ?, ?)",
                    (_hash(token), person, stage, now + TOKEN_LASTS),
                ),
            ]
        )
        return token

    async def read(self, token: str, now: float) -> Handset | None:
        """Whose camera this would be, or None if the token does not hold. Consumes nothing."""
        rows = await self._database.fetch(
            "SELECT person, stage FROM phone_token WHERE hash = ? AND expires_at > ?",
            (_hash(token), now),
        )
        return Handset(str(rows[0][0]), str(rows[0][1])) if rows else None

    async def open(self, token: str, now: float) -> str | None:
        """Exchange a token for the secret of a session; a token opens one."""
        found = await self.read(token, now)
        if found is None:
            return None
        secret = secrets.token_urlsafe(SECRET)
        await self._database.transact(
            [
                ("DELETE FROM phone_token WHERE hash = ?", (_hash(token),)),
                ("DELETE FROM phone_session WHERE expires_at <= ?", (now,)),
                (
                    "INSERT INTO phone_session (hash, person, stage, expires_at)"
                    " VALUES (?, ?, ?, ?)",
                    (_hash(secret), found.person, found.stage, now + LASTS),
                ),
            ]
        )
        return secret

    async def recognise(self, secret: str, now: float) -> Handset | None:
        """The phone behind a cookie, or None."""
        rows = await self._database.fetch(
            "SELECT person, stage FROM phone_session WHERE hash = ? AND expires_at > ?",
            (_hash(secret), now),
        )
        if not rows:
            return None
        return Handset(str(rows[0][0]), str(rows[0][1]), _hash(secret).hex())

    async def revoke(self, person: PersonId) -> None:
        """No phone is this person's camera any more; open connections close within a second."""
        await self._database.transact(revocation(person))


def revocation(person: PersonId) -> list[tuple[str, Sequence[Any]]]:
    """The statements that take all phones of a person their rights."""
    return [
        (
            "INSERT INTO revocation (session) SELECT hash FROM phone_session WHERE person = ?",
            (person,),
        ),
        ("DELETE FROM phone_session WHERE person = ?", (person,)),
        ("DELETE FROM phone_token WHERE person = ?", (person,)),
    ]


def allows(frame: wire.ToServer, stage_room: str) -> bool:
    """Whether a phone may send this: its picture and sound to one stage, and nothing more."""
    if isinstance(frame, wire.Do):
        return frame.room == stage_room and isinstance(frame.command, insurance.UsePhone)
    if isinstance(frame, wire.Publish):
        return frame.room == stage_room and frame.what == "camera"
    if isinstance(frame, wire.Join | wire.Leave):
        return frame.room == stage_room
    return isinstance(frame, ALLOWED)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode(errors="replace")).digest()
