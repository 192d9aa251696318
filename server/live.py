"""The entrance to the live rooms: lets browsers in, and out again when their sign-in ends."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterator
from http import HTTPStatus
from typing import Final

from rooms.people import Person
from server import socket
from server.accounts import Accounts, Signed
from server.door import Closed
from server.session import Session, Surroundings
from server.socket import Head, Socket

POLL: Final = 0.4  # seconds between two looks at what was revoked, by whichever process

log = logging.getLogger(__name__)


class Sessions:
    """All browsers connected to this process, by the session's id."""

    def __init__(self) -> None:
        self._open: dict[str, Session] = {}
        self.empty = asyncio.Event()
        self.empty.set()

    def __iter__(self) -> Iterator[Session]:
        return iter(tuple(self._open.values()))

    def __len__(self) -> int:
        return len(self._open)

    def get(self, session: str) -> Session | None:
        """The one with this id, if it is here."""
        return self._open.get(session)

    def add(self, session: Session) -> None:
        """One more."""
        self._open[session.id] = session
        self.empty.clear()

    def remove(self, session: Session) -> None:
        """One less."""
        self._open.pop(session.id, None)
        if not self._open:
            self.empty.set()


class Live:
    """Answers requests for `/live`."""

    def __init__(
        self,
        origin: str,
        around: Surroundings,
        sessions: Sessions,
        recognise: Callable[[str, bool], Awaitable[Signed | None]],
        reading: Callable[[str, str], str],
        tasks: asyncio.TaskGroup,
    ) -> None:
        """`recognise` reads a Cookie header, of a phone or of anybody; `reading` says the language
        from it and from an Accept-Language header; each browser's work becomes one of `tasks`."""
        self.origin = origin
        self._around = around
        self._sessions = sessions
        self._recognise = recognise
        self._reading = reading
        self._tasks = tasks

    def admit(self, head: Head, line: Socket) -> None:
        """Let a visitor in, or not; the origin was looked at already."""
        if self._around.per_address.take("connect", head.address, time.monotonic()):
            self._tasks.create_task(self._receive(head, line))
        else:
            line.reject(HTTPStatus.TOO_MANY_REQUESTS, "Too many connections. Please wait a moment.")

    async def _receive(self, head: Head, line: Socket) -> None:
        """All of a browser's visit. Nothing that goes wrong in it concerns the others."""
        try:
            signed = await self._recognise(head.cookies, head.phone)
        except Closed:
            line.reject(HTTPStatus.SERVICE_UNAVAILABLE, "The house is not open yet.")
            return
        except Exception:
            log.exception("a visitor could not be looked up")
            line.reject(HTTPStatus.INTERNAL_SERVER_ERROR, "That failed on our side.")
            return
        try:
            if signed is None:
                # Accepted first: a browser's script can read a close code, but no status.
                line.open(_Stranger())
                line.close(socket.NOT_SIGNED_IN, "not signed in")
                return
            session = self._session(signed, head, line)
            if line.open(session):
                await self._visit(session)
        except Exception:
            log.exception("a visit ended badly")
            line.close(1011, "our fault")

    def _session(self, signed: Signed, head: Head, line: Socket) -> Session:
        return Session(
            self._around,
            line,
            signed.person,
            signed=signed.session,
            language=self._reading(head.cookies, head.accept_language),
            address=head.address,
            phone=signed.phone,
        )

    async def _visit(self, session: Session) -> None:
        if not self._around.per_person.take("connect", session.person.id, time.monotonic()):
            session.say_goodbye("busy")
            return
        self._sessions.add(session)
        try:
            await session.run()
        finally:
            self._sessions.remove(session)

    async def watch(self, accounts: Accounts, known: Callable[[str], Person | None]) -> None:
        """Close the sockets of whoever was signed out, on whichever process that happened.

        A role that changed with a new programme counts from then on as well.
        """
        number = await accounts.newest_revocation()
        while True:
            await asyncio.sleep(POLL)
            try:
                number, revoked = await accounts.revoked(number)
            except Exception:
                log.exception("cannot see who was signed out")
                continue
            for session in self._sessions:
                person = known(session.person.id)
                if person is None or session.signed in revoked:
                    session.say_goodbye("revoked")
                else:
                    session.person = person


class _Stranger:
    """Listens to nothing."""

    def stirred(self) -> bool:
        return False

    def heard(self, text: bytes) -> None:
        """Nobody is there to hear."""

    def closing_house(self) -> None:
        """Closing already."""

    def gone(self) -> None:
        """Nothing to let go of."""
