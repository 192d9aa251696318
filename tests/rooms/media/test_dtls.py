"""The contract with aiortc: the private names we use are there and mean what we think."""

from __future__ import annotations

import asyncio
import importlib.metadata

import pytest
from aiortc.rtcdtlstransport import SRTP_AES128_CM_SHA1_80, RTCDtlsTransport

from rooms.media import dtls
from rooms.media.dtls import Certificate, Dtls, HandshakeError, Keys
from rooms.media.srtp import AeadSeal, LibSeal, Packet

HEADER = bytes.fromhex("80e000010000000200000003")


class Pair:
    """Two ends of one association, back to back."""

    def __init__(self) -> None:
        self.certificates = [Certificate.generateCertificate() for _ in range(2)]
        self.server = Dtls(self.certificates[0], lambda data: self.client.feed(data))
        self.client = Dtls(self.certificates[1], lambda data: self.server.feed(data))

    async def shake(self, digests: tuple[str, str] | None = None) -> tuple[Keys, Keys]:
        theirs, ours = digests or (
            self.certificates[1].fingerprint,
            self.certificates[0].fingerprint,
        )
        async with asyncio.timeout(5):
            return await asyncio.gather(
                self.server.handshake("server", [("sha-256", theirs)]),
                self.client.handshake("client", [("sha-256", ours)]),
            )

    async def stop(self) -> None:
        await self.server.stop()
        await self.client.stop()


def test_aiortc_is_the_one_we_know() -> None:
    assert importlib.metadata.version("aiortc") == "1.16.0"


def test_the_private_names_are_there() -> None:
    transport = Dtls(Certificate.generateCertificate(), lambda data: None)._transport

    assert transport._ssl is None
    assert transport._rx_srtp is None
    assert transport._tx_srtp is None
    assert transport._srtp_profiles == dtls.PROFILES
    assert callable(RTCDtlsTransport._set_role)
    assert callable(Certificate.__mro__[1]._create_ssl_context)


async def test_both_ends_get_keys_that_fit() -> None:
    pair = Pair()
    server, client = await pair.shake()

    sealed = server.seal.seal(3, [Packet(1, HEADER, b"picture")], 0)

    assert isinstance(server.seal, AeadSeal)
    assert client.inbound.unprotect(b"".join(sealed)) == HEADER + b"picture"
    reverse = client.seal.seal(3, [Packet(1, HEADER, b"picture")], 0)
    assert server.inbound.unprotect(b"".join(reverse)) == HEADER + b"picture"
    await pair.stop()


async def test_who_cannot_do_aead_gets_the_older_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    pair = Pair()
    pair.client._transport._srtp_profiles = [SRTP_AES128_CM_SHA1_80]
    server, client = await pair.shake()

    sealed = server.seal.seal(3, [Packet(1, HEADER, b"picture")], 0)

    assert isinstance(server.seal, LibSeal)
    assert client.inbound.unprotect(sealed[0]) == HEADER + b"picture"
    await pair.stop()


async def test_another_certificate_than_announced_is_refused() -> None:
    pair = Pair()
    stranger = Certificate.generateCertificate().fingerprint

    with pytest.raises(HandshakeError):
        await pair.shake((stranger, pair.certificates[0].fingerprint))
    await pair.stop()


async def test_a_goodbye_is_heard() -> None:
    pair = Pair()
    await pair.shake()

    await pair.client.stop()

    async with asyncio.timeout(5):
        await pair.server.closed.wait()


def test_one_tls_context_serves_all_peers() -> None:
    certificate = Certificate.generateCertificate()

    first = certificate._create_ssl_context(dtls.PROFILES)

    assert certificate._create_ssl_context(dtls.PROFILES) is first
