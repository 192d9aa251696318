"""One end of a WebRTC connection: real ICE, DTLS and SRTP on a UDP socket of its own."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from aioice import stun

from rooms.media import sdp
from rooms.media.dtls import Certificate, Dtls, Keys, Role

BUFFER: Final = 4 << 20  # bytes a socket may hold while the load does something else
BUFFER_FORCED: Final = 33  # SO_RCVBUFFORCE
CHECK_PAUSE: Final = 0.1  # seconds between two connectivity checks until one is answered
RECHECK_PAUSE: Final = 0.5  # seconds between two from then until there are keys
PATIENCE: Final = 20.0  # seconds for a connection
PRIORITY: Final = 126 << 24 | 65_535 << 8 | 255


@dataclass(frozen=True)
class Remote:
    """What a server's description says about its end."""

    address: tuple[str, int]
    ufrag: str
    password: str
    fingerprints: tuple[tuple[str, str], ...]
    role: Role
    "ours in DTLS, if it is they who answer"

    @classmethod
    def read(cls, text: str) -> Remote:
        """Read offer or answer; raises `ValueError` if it names no address."""
        described = sdp.parse(text)
        found = re.findall(r"a=candidate:\S+ 1 udp \d+ ([\d.]+) (\d+) typ host", text, re.I)
        if not found:
            raise ValueError("the server named no address")
        host, port = found[0]
        return cls(
            (host, int(port)),
            _value(text, "ice-ufrag"),
            _value(text, "ice-pwd"),
            described.fingerprints,
            described.role,
        )


class End:
    """A socket, its credentials, and after `connect` its keys."""

    def __init__(self, certificate: Certificate, address: str, controlling: bool) -> None:
        """`controlling` is who made the offer, or who talks to an ICE-lite server."""
        self.address = address
        self.ufrag = secrets.token_hex(4)
        self.password = secrets.token_hex(12)
        self.keys: Keys | None = None
        self.on_media: Callable[[bytes], None] = _ignore
        "gets what is neither STUN nor DTLS"
        self._certificate = certificate
        self._controlling = controlling
        self._remote: Remote | None = None
        self._answered = asyncio.Event()
        self._dtls = Dtls(certificate, self.send)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, BUFFER_FORCED, BUFFER)
        except OSError:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        self._socket.bind((address, 0))
        self.port: int = self._socket.getsockname()[1]
        self.descriptor = self._socket.fileno()

    def lines(self, setup: str) -> list[str]:
        """What every m-line of ours says about this end."""
        return [
            f"c=IN IP4 {self.address}",
            f"a=ice-ufrag:{self.ufrag}",
            f"a=ice-pwd:{self.password}",
            f"a=fingerprint:sha-256 {self._certificate.fingerprint}",
            f"a=setup:{setup}",
            "a=rtcp-mux",
            f"a=candidate:1 1 udp {PRIORITY} {self.address} {self.port} typ host",
            "a=end-of-candidates",
        ]

    async def connect(self, remote: Remote, role: Role) -> None:
        """Prove the address, shake hands; raises `TimeoutError` or `HandshakeError`."""
        self._remote = remote
        checking = asyncio.create_task(self._keep_checking())
        try:
            async with asyncio.timeout(PATIENCE):
                await self._answered.wait()
                self.keys = await self._dtls.handshake(role, remote.fingerprints)
        finally:
            checking.cancel()

    def check(self) -> None:
        """Ask for the way, and say by it that we still want to hear (RFC 7675)."""
        if self._remote is None:
            return
        request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
        request.attributes["USERNAME"] = f"{self._remote.ufrag}:{self.ufrag}"
        request.attributes["PRIORITY"] = PRIORITY
        if self._controlling:
            request.attributes["ICE-CONTROLLING"] = 2
            request.attributes["USE-CANDIDATE"] = None
        else:
            request.attributes["ICE-CONTROLLED"] = 1
        request.add_message_integrity(self._remote.password.encode())
        self.send(bytes(request))

    def receive(self, data: bytes) -> None:
        """Take a datagram, by its first byte (RFC 7983)."""
        if data[:1] < b"\x04":
            self._take_stun(data)
        elif data[:1] < b"\x40":
            self._dtls.feed(data)
        else:
            self.on_media(data)

    def take(self) -> bytes:
        """The next datagram; raises `BlockingIOError` if there is none."""
        return self._socket.recv(2048)

    def send(self, data: bytes) -> None:
        """Send to the server; what does not fit is lost."""
        if self._remote is not None:
            with contextlib.suppress(OSError):
                self._socket.sendto(data, self._remote.address)

    def send_rtcp(self, data: bytes) -> None:
        """Protect and send a report."""
        if self.keys is not None:
            self.send(self.keys.outbound.protect_rtcp(data))

    async def close(self) -> None:
        """Say goodbye and end. Its reader must have gone before."""
        with contextlib.suppress(Exception):
            await self._dtls.stop()
        self._socket.close()

    async def _keep_checking(self) -> None:
        # Past the first answer as well: a server may have heard it before it knew of us.
        while True:
            self.check()
            await asyncio.sleep(RECHECK_PAUSE if self._answered.is_set() else CHECK_PAUSE)

    def _take_stun(self, data: bytes) -> None:
        try:
            message = stun.parse_message(data)
        except ValueError:
            return
        if message.message_class == stun.Class.RESPONSE:
            self._answered.set()
        elif message.message_class == stun.Class.REQUEST and self._remote is not None:
            answer = stun.Message(stun.Method.BINDING, stun.Class.RESPONSE, message.transaction_id)
            answer.attributes["XOR-MAPPED-ADDRESS"] = self._remote.address
            answer.add_message_integrity(self.password.encode())
            self.send(bytes(answer))


def _value(text: str, name: str) -> str:
    found = re.search(rf"a={name}:(\S+)", text)
    if found is None:
        raise ValueError(f"the server named no {name}")
    return found[1]


def _ignore(data: bytes) -> None:
    del data
