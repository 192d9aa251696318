"""One browser's connection: ICE-lite (RFC 8445 §2.5), DTLS, consent (RFC 7675)."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import pylibsrtp

from rooms.media.dtls import Certificate, Dtls, HandshakeError, Keys, Role

Address = tuple[str, int] | tuple[str, int, int, int]

CONSENT: Final = 30.0  # seconds; RFC 7675 §5.1
CONNECTING: Final = 30.0  # seconds a peer may take until its keys are there
ADDRESSES: Final = 8  # proven addresses remembered for one peer


class Path(NamedTuple):
    """Where a peer is: our socket and its address."""

    socket: socket.socket
    address: Address


class Peer:
    """A connection that costs nothing until its address has proved to know our password."""

    def __init__(self, name: str, certificate: Certificate, now: float) -> None:
        self.name = name
        self.ufrag = secrets.token_hex(4)
        self.password = secrets.token_hex(16)
        self.passwords = {self.ufrag: self.password}
        "by ufrag; those from before an ICE restart hold until the new ones have proved good"
        self.described = 1
        "how often"
        self.first_line = ("audio", "0")
        "kind and mid of the m-line whose transport all its others share"
        self.path: Path | None = None
        "where media goes; None until an address has proved itself"
        self.paths: list[Path] = []
        "all proven addresses, newest last"
        self.keys: Keys | None = None
        self.opened_at = now
        self.heard_at = now
        "when it last proved that it still wants to hear from us"
        self.on_rtp: Callable[[bytes], None] = _ignore
        self.on_rtcp: Callable[[bytes], None] = _ignore
        self._proven = asyncio.Event()
        self._dtls = Dtls(certificate, self.send)

    def prove(self, path: Path, nominated: bool, now: float) -> Path | None:
        """An authenticated check came from `path`. Returns an address to forget, if any.

        Media follows the browser's nomination; before the first, any proven address will do.
        """
        self.heard_at = now
        if self.path is None or nominated:
            self._move(path)
        if path not in self.paths:
            self.paths.append(path)
        self._proven.set()
        return self._oldest() if len(self.paths) > ADDRESSES else None

    def restart(self) -> list[str]:
        """Take new credentials beside the present ones (RFC 8445 §9); the keys stay.

        Returns what is older than both and holds no longer.
        """
        before = self.ufrag
        self.ufrag, self.password = secrets.token_hex(4), secrets.token_hex(16)
        self.passwords[self.ufrag] = self.password
        self.described += 1
        return self._keep(before, self.ufrag)

    def settle(self, ufrag: str) -> list[str]:
        """A path was nominated under `ufrag`; if that is the newest, the others hold no longer."""
        return self._keep(ufrag) if ufrag == self.ufrag else []

    def expired(self, now: float) -> bool:
        """Whether the peer has taken too long to connect, or lost interest without a word."""
        if self.keys is None:
            return now - self.opened_at > CONNECTING
        return now - self.heard_at > CONSENT

    async def connect(self, role: Role, fingerprints: Sequence[tuple[str, str]]) -> Keys:
        """Wait for the address, then shake hands; raises `HandshakeError`."""
        try:
            async with asyncio.timeout(CONNECTING):
                await self._proven.wait()
                self.keys = await self._dtls.handshake(role, fingerprints)
        except TimeoutError:
            raise HandshakeError("timed out") from None
        return self.keys

    async def closed(self) -> None:
        """Wait until the other side ends the association."""
        await self._dtls.closed.wait()

    async def stop(self) -> None:
        """Say goodbye. Nothing is sent afterwards."""
        await self._dtls.stop()
        self._move(None)

    def receive(self, data: bytes) -> None:
        """Take a datagram from a proven address, by its first byte (RFC 7983 §7)."""
        if 19 < data[0] < 64:
            self._dtls.feed(data)
        elif 127 < data[0] < 192 and self.keys is not None and len(data) > 1:
            self._open(data, self.keys.inbound)

    def send(self, data: bytes) -> None:
        """Send a datagram; what the network refuses is lost, as on any network."""
        if self.path is not None:
            with contextlib.suppress(OSError):
                self.path.socket.sendto(data, self.path.address)

    def send_rtcp(self, data: bytes) -> None:
        """Protect and send a compound RTCP packet."""
        if self.keys is not None:
            self.send(self.keys.outbound.protect_rtcp(data))

    def _move(self, path: Path | None) -> None:
        if path != self.path:
            self.path = path
            if self.keys is not None:
                self.keys.seal.moved(path)

    def _keep(self, *ufrags: str) -> list[str]:
        over = [each for each in self.passwords if each not in ufrags]
        for each in over:
            del self.passwords[each]
        return over

    def _open(self, data: bytes, inbound: pylibsrtp.Session) -> None:
        # What does not open costs this packet: a stranger's, a repetition, or too long.
        with contextlib.suppress(pylibsrtp.Error, ValueError):
            if 192 <= data[1] <= 223:  # RFC 5761 §4
                self.on_rtcp(inbound.unprotect_rtcp(data))
            else:
                self.on_rtp(inbound.unprotect(data))

    def _oldest(self) -> Path:
        oldest = next(path for path in self.paths if path != self.path)
        self.paths.remove(oldest)
        return oldest


def _ignore(data: bytes) -> None:
    del data
