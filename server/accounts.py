"""Personal links, and the sessions people open with them."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from typing import Any, Final, Protocol

from msgspec import Struct

from rooms.people import Person, PersonId
from server import handsets

LASTS: Final = 7 * 86_400.0  # seconds after the gathering's end that links and sessions hold
SECRET: Final = 32  # bytes of chance in every link and session
FEWEST: Final = 86_400.0  # seconds a link holds even if the gathering is long over


class Database(Protocol):
    """What accounts need of the store."""

    async def transact(self, statements: Sequence[tuple[str, Sequence[Any]]]) -> Any:
        """Carry all statements out in one transaction; returns after the commit."""

    async def fetch(self, sql: str, params: Sequence[Any] = ()) -> Sequence[Sequence[Any]]:
        """Return all rows."""


class Signed(Struct, frozen=True):
    """Who sends this request."""

    person: Person
    session: str
    "Its id; not the secret in the cookie."
    phone: str = ""
    "The stage, if this is a phone that may be the person's camera there, and nothing else."


class Device(Struct, frozen=True):
    """One open session, as its person sees it."""

    session: str
    name: str
    "Browser and system in a few words, such as `Firefox, Linux`; may be empty."
    since: float


class Accounts:
    """Issues links, opens sessions, recognises and revokes them.

    Secrets go out once and are stored hashed, so a copy of the data folder opens
    no door. Times are Unix seconds.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def issue_link(self, person: PersonId, now: float, ends_at: float) -> str:
        """Return a new secret for a personal link. Earlier links of the person stay good.

        It holds until a week after `ends_at`, the end of the gathering.
        """
        return (await self.issue_links((person,), now, ends_at))[person]

    async def issue_links(
        self, people: Sequence[PersonId], now: float, ends_at: float
    ) -> dict[PersonId, str]:
        """Return a new secret for each of several people."""
        made = {person: secrets.token_urlsafe(SECRET) for person in people}
        await self._database.transact(
            [
                (
                    "INSERT INTO link (hash, person, made_at, expires_at) VALUES (?, ?, ?, ?)",
                    (_hash(secret), person, now, expiry(now, ends_at)),
                )
                for person, secret in made.items()
            ]
        )
        return made

    async def read_link(self, secret: str, now: float) -> PersonId | None:
        """Whose link this is, or None if it does not hold (any more). Consumes nothing."""
        rows = await self._database.fetch(
            "SELECT person FROM link WHERE hash = ? AND expires_at > ?", (_hash(secret), now)
        )
        return str(rows[0][0]) if rows else None

    async def open_session(self, person: PersonId, device: str, now: float, ends_at: float) -> str:
        """Sign a person in on one more device. Returns the secret for the cookie."""
        secret = secrets.token_urlsafe(SECRET)
        await self._database.transact(
            [
                (
                    "INSERT INTO session (hash, person, device, made_at, expires_at)"
                    " VALUES (?, ?, ?, ?, ?)",
                    (_hash(secret), person, device, now, expiry(now, ends_at)),
                )
            ]
        )
        return secret

    async def recognise(self, secret: str, now: float) -> tuple[PersonId, str] | None:
        """The person and the session's id behind a cookie, or None."""
        rows = await self._database.fetch(
            "SELECT person FROM session WHERE hash = ? AND expires_at > ?", (_hash(secret), now)
        )
        return (str(rows[0][0]), _hash(secret).hex()) if rows else None

    async def devices(self, person: PersonId, now: float) -> tuple[Device, ...]:
        """Where a person is signed in, oldest first."""
        rows = await self._database.fetch(
            "SELECT hash, device, made_at FROM session WHERE person = ? AND expires_at > ?"
            " ORDER BY made_at, hash",
            (person, now),
        )
        return tuple(Device(session.hex(), name, since) for session, name, since in rows)

    async def end(self, session: str, person: PersonId) -> None:
        """Sign one device of a person out. Its sockets close within a second."""
        await self._database.transact(_revocation(person, bytes.fromhex(session)))

    async def revoke(self, person: PersonId) -> None:
        """Sign a person out everywhere and let none of their links hold any more."""
        no_links = ("DELETE FROM link WHERE person = ?", (person,))
        phones = handsets.revocation(person)
        await self._database.transact([*_revocation(person), no_links, *phones])

    async def revoked(self, after: int) -> tuple[int, tuple[str, ...]]:
        """Sessions revoked since number `after`, and the number to ask with next time."""
        rows = await self._database.fetch(
            "SELECT number, session FROM revocation WHERE number > ? ORDER BY number", (after,)
        )
        return (rows[-1][0] if rows else after), tuple(session.hex() for _, session in rows)

    async def newest_revocation(self) -> int:
        """The number to begin with when no socket is open yet."""
        rows = await self._database.fetch("SELECT coalesce(max(number), 0) FROM revocation")
        return int(rows[0][0])


def _revocation(person: PersonId, session: bytes | None = None) -> list[tuple[str, Sequence[Any]]]:
    """Note and delete one session of a person, or all."""
    return [
        (
            "INSERT INTO revocation (session)"
            " SELECT hash FROM session WHERE person = ? AND hash = coalesce(?, hash)",
            (person, session),
        ),
        ("DELETE FROM session WHERE person = ? AND hash = coalesce(?, hash)", (person, session)),
    ]


def expiry(now: float, ends_at: float) -> float:
    """When what is issued `now` ends, for a gathering that ends at `ends_at`."""
    return max(ends_at + LASTS, now + FEWEST)


def device_name(agent: str) -> str:
    """Say a User-Agent header in a few words: `Firefox, Android`."""
    browser = _first(agent, BROWSERS)
    system = _first(agent, SYSTEMS)
    return ", ".join(part for part in (browser, system) if part)


# The order matters: Edge calls itself Chrome as well, and Chrome calls itself Safari.
BROWSERS: Final = (
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Edge", r"Edg(A|iOS)?/"),
    ("Opera", r"OPR/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
)
SYSTEMS: Final = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("macOS", r"Macintosh|Mac OS X"),
    ("Linux", r"Linux|X11"),
)


def _first(agent: str, patterns: tuple[tuple[str, str], ...]) -> str:
    return next((name for name, pattern in patterns if re.search(pattern, agent)), "")


def _hash(secret: str) -> bytes:
    # The secrets are 256 bits of chance, so a plain hash is enough; no salt, no stretching.
    return hashlib.sha256(secret.encode(errors="replace")).digest()
