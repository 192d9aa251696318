"""The only place that touches private names of aiortc: a DTLS handshake and the keys it gives.

aiortc is pinned exactly, and tests/rooms/media/test_dtls.py checks each name used here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from aiortc.rtcdtlstransport import (
    SRTP_AEAD_AES_128_GCM,
    SRTP_AES128_CM_SHA1_80,
    RTCCertificate,
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
    SRTPProtectionProfile,
)
from OpenSSL import SSL
from pylibsrtp import Session

from rooms.media.srtp import AeadSeal, LibSeal, Seal

WAITING: Final = 64  # datagrams a handshake may lag behind; a flight has about six

# As DTLS server our order decides.
PROFILES: Final = [SRTP_AEAD_AES_128_GCM, SRTP_AES128_CM_SHA1_80]

Role = Literal["server", "client"]


class HandshakeError(Exception):
    """The other side did not prove to be who its description says."""


class Certificate(RTCCertificate):
    """This process's certificate, with one TLS context for all its peers."""

    _context: SSL.Context | None = None

    @property
    def fingerprint(self) -> str:
        """The SHA-256 digest for `a=fingerprint`."""
        return next(f.value for f in self.getFingerprints() if f.algorithm == "sha-256")

    def _create_ssl_context(self, srtp_profiles: list[SRTPProtectionProfile]) -> SSL.Context:
        # A context of its own would cost every viewer half a millisecond and 40 KB.
        if self._context is None:
            self._context = super()._create_ssl_context(srtp_profiles)
            # After the handshake next to nothing is said: 6 KB less a viewer.
            self._context.set_mode(SSL.MODE_RELEASE_BUFFERS)
        return self._context


@dataclass(frozen=True)
class Keys:
    """What a finished handshake gives."""

    seal: Seal
    "for media that goes out"
    inbound: Session
    "opens RTP and RTCP that come in"
    outbound: Session
    "protects RTCP that goes out (and, inside a `LibSeal`, RTP)"


class Dtls:
    """One DTLS association over somebody else's socket."""

    def __init__(self, certificate: Certificate, send: Callable[[bytes], None]) -> None:
        """`send` gets datagrams to pass to the peer's proven address."""
        self._line = _Line(send)
        # RTCDtlsTransport wants an RTCIceTransport and uses of it what `_Line` has.
        self._transport = RTCDtlsTransport(self._line, [certificate])  # type: ignore[arg-type]
        self._transport._srtp_profiles = PROFILES
        self.closed = asyncio.Event()

    def feed(self, data: bytes) -> None:
        """Hand in a datagram whose first byte says DTLS (RFC 7983)."""
        self._line.feed(data)

    async def handshake(self, role: Role, fingerprints: Sequence[tuple[str, str]]) -> Keys:
        """Shake hands; raises `HandshakeError`. `closed` is set when the other side ends it."""
        transport = self._transport
        transport._set_role(role)
        transport.on("statechange", self._note_state)
        await transport.start(
            RTCDtlsParameters([RTCDtlsFingerprint(name, value) for name, value in fingerprints])
        )
        if transport.state != "connected":
            raise HandshakeError(transport.state)
        return self._keys(role)

    async def stop(self) -> None:
        """Say goodbye and end."""
        await self._transport.stop()

    def _note_state(self) -> None:
        if self._transport.state in ("closed", "failed"):
            self.closed.set()

    def _keys(self, role: Role) -> Keys:
        transport = self._transport
        return Keys(self._seal(role), transport._rx_srtp, transport._tx_srtp)

    def _seal(self, role: Role) -> Seal:
        connection = self._transport._ssl
        if connection is None:  # cannot be after a handshake
            raise HandshakeError("no connection")
        chosen = connection.get_selected_srtp_profile()
        if chosen != SRTP_AEAD_AES_128_GCM.openssl_profile:
            return LibSeal(self._transport._tx_srtp)
        key, salt = SRTP_AEAD_AES_128_GCM.key_length, SRTP_AEAD_AES_128_GCM.salt_length
        material = connection.export_keying_material(b"EXTRACTOR-dtls_srtp", 2 * (key + salt))
        # RFC 5764 §4.2: client key, server key, client salt, server salt.
        at = 1 if role == "server" else 0
        return AeadSeal(
            material[at * key : (at + 1) * key],
            material[2 * key + at * salt : 2 * key + (at + 1) * salt],
        )


class _Line:
    """The four names RTCDtlsTransport uses of an ICE transport."""

    role = "controlled"
    state = "completed"

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._out = send
        self._in: asyncio.Queue[bytes] = asyncio.Queue(WAITING)

    def feed(self, data: bytes) -> None:
        if not self._in.full():
            self._in.put_nowait(data)

    def _recv(self) -> Awaitable[bytes]:
        return self._in.get()

    async def _send(self, data: bytes) -> None:
        self._out(data)
