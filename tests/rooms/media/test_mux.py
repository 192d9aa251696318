"""The UDP port as a guard: who proves to know a password passes, nobody else does."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import AsyncIterator, Iterator
from types import SimpleNamespace

import pytest
from aioice import stun
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rooms.media import mux as mux_module
from rooms.media.dtls import Certificate
from rooms.media.mux import Mux
from rooms.media.peer import CONNECTING, CONSENT, Path, Peer
from rooms.media.srtp import AeadSeal

CERTIFICATE = Certificate.generateCertificate()


class Outside:
    """A socket somewhere on the network."""

    def __init__(self, family: socket.AddressFamily = socket.AF_INET) -> None:
        self.socket = socket.socket(family, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1" if family == socket.AF_INET else "::1", 0))
        self.socket.setblocking(False)

    @property
    def address(self) -> tuple[str, int]:
        return self.socket.getsockname()[:2]

    async def ask(self, mux: Mux, data: bytes) -> bytes | None:
        """Send a datagram; what comes back within a moment, if anything does."""
        loop = asyncio.get_running_loop()
        host = self.socket.getsockname()[0]
        before = mux.refused
        self.socket.sendto(data, (host, mux.port))
        try:
            async with asyncio.timeout(2):
                while True:
                    await asyncio.sleep(0.002)
                    if mux.refused > before:
                        return None
                    try:
                        return self.socket.recv(2000)
                    except BlockingIOError:
                        continue
        except TimeoutError:
            assert loop.is_running()
            return None


def check(ufrag: str, password: str, *, nominate: bool = False) -> bytes:
    message = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    message.attributes["USERNAME"] = f"{ufrag}:theirs"
    message.attributes["PRIORITY"] = 1
    if nominate:
        message.attributes["USE-CANDIDATE"] = None
    message.add_message_integrity(password.encode())
    return bytes(message)


@pytest.fixture
async def mux() -> AsyncIterator[Mux]:
    mux = Mux()
    await mux.open(["127.0.0.1", "::1"], 0)
    yield mux
    mux.close()


@pytest.fixture
def outside() -> Iterator[Outside]:
    outside = Outside()
    yield outside
    outside.socket.close()


@pytest.fixture
def elsewhere() -> Iterator[Outside]:
    outside = Outside()
    yield outside
    outside.socket.close()


def expected(mux: Mux) -> Peer:
    peer = Peer("v1", CERTIFICATE, 0.0)
    mux.add(peer)
    return peer


async def test_a_check_that_knows_the_password_is_answered(mux: Mux, outside: Outside) -> None:
    peer = expected(mux)

    answer = await outside.ask(mux, check(peer.ufrag, peer.password))

    assert answer is not None
    read = stun.parse_message(answer)
    assert read.message_class == stun.Class.RESPONSE
    assert read.attributes["XOR-MAPPED-ADDRESS"] == outside.address
    assert read.check_message_integrity(peer.password.encode())
    assert peer.path is not None
    assert peer.path.address == outside.address


async def test_over_ipv6_as_well(mux: Mux) -> None:
    peer, outside = expected(mux), Outside(socket.AF_INET6)

    answer = await outside.ask(mux, check(peer.ufrag, peer.password))
    outside.socket.close()

    assert answer is not None
    assert stun.parse_message(answer).attributes["XOR-MAPPED-ADDRESS"] == outside_address(peer)


def outside_address(peer: Peer) -> tuple[str, int]:
    assert peer.path is not None
    return (peer.path.address[0], peer.path.address[1])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"\x00\x01\x00\x00" + bytes(16),
        b"\x16\xfe\xfd" + bytes(40),
        b"\x80\x60" + bytes(40),
        b"\x80\xc8" + bytes(40),
        b"\xff" * 100,
        b"\x00\x01\x00\x50\x21\x12\xa4\x42" + bytes(12) + b"\x00\x06\xff\xff",
    ],
)
async def test_strangers_get_no_answer(mux: Mux, outside: Outside, data: bytes) -> None:
    peer = expected(mux)

    assert await outside.ask(mux, data) is None
    assert mux.refused == 1
    assert peer.path is None


async def test_a_wrong_password_gets_no_answer(mux: Mux, outside: Outside) -> None:
    peer = expected(mux)

    assert await outside.ask(mux, check(peer.ufrag, "guessed")) is None
    assert await outside.ask(mux, check("nobody", peer.password)) is None
    assert peer.path is None


async def test_a_check_that_somebody_overheard_moves_nothing(
    mux: Mux, outside: Outside, elsewhere: Outside
) -> None:
    peer = expected(mux)
    overheard = check(peer.ufrag, peer.password, nominate=True)
    await outside.ask(mux, overheard)

    assert await elsewhere.ask(mux, overheard) is None
    assert await outside.ask(mux, overheard) is not None  # sent twice, as browsers do
    assert peer.path is not None
    assert peer.path.address == outside.address


async def test_who_was_let_go_is_a_stranger(mux: Mux, outside: Outside) -> None:
    peer = expected(mux)
    await outside.ask(mux, check(peer.ufrag, peer.password))

    mux.remove(peer)

    assert await outside.ask(mux, check(peer.ufrag, peer.password)) is None
    assert await outside.ask(mux, b"\x16" * 40) is None


async def test_media_follows_a_nominated_address_only(
    mux: Mux, outside: Outside, elsewhere: Outside
) -> None:
    peer = expected(mux)
    await outside.ask(mux, check(peer.ufrag, peer.password, nominate=True))

    await elsewhere.ask(mux, check(peer.ufrag, peer.password))
    assert outside_address(peer) == outside.address
    await elsewhere.ask(mux, check(peer.ufrag, peer.password, nominate=True))

    assert outside_address(peer) == elsewhere.address


async def test_a_broken_packet_costs_that_packet_alone(mux: Mux, outside: Outside) -> None:
    peer = expected(mux)
    await outside.ask(mux, check(peer.ufrag, peer.password))

    for data in (b"\x16", b"\x80", b"\x80\xc8", b"\x15" + bytes(12), b"\x16\xfe\xfd" * 400):
        outside.socket.sendto(data, ("127.0.0.1", mux.port))

    assert await outside.ask(mux, check(peer.ufrag, peer.password)) is not None


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=100))
def test_no_bytes_whatsoever_stop_the_port(data: bytes) -> None:
    mux = Mux()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ours:
        mux.receive(data, Path(ours, ("127.0.0.1", 9)))
        mux.receive(b"\x00\x01\x00\x00\x21\x12\xa4\x42" + data, Path(ours, ("127.0.0.1", 9)))

    assert mux.refused == 2


def test_a_peer_remembers_few_addresses() -> None:
    peer = Peer("v1", CERTIFICATE, 0.0)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ours:
        paths = [Path(ours, ("192.0.2.1", port)) for port in range(1, 30)]

        forgotten = [peer.prove(path, True, 0.0) for path in paths]

    assert len(peer.paths) == 8
    assert peer.path == paths[-1]
    assert [each for each in forgotten if each] == paths[:21]


def test_consent_runs_out() -> None:
    peer = Peer("v1", CERTIFICATE, 0.0)
    assert not peer.expired(CONNECTING)
    assert peer.expired(CONNECTING + 1)

    peer.keys = SimpleNamespace(seal=AeadSeal(bytes(16), bytes(12)))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ours:
        peer.prove(Path(ours, ("192.0.2.1", 1)), True, 100.0)

    assert not peer.expired(100.0 + CONSENT)
    assert peer.expired(101.0 + CONSENT)


async def test_a_port_that_is_taken_is_an_error(mux: Mux, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rooms.media.mux.BINDING_LIMIT", 0.1)

    with pytest.raises(OSError, match="in use"):
        await Mux().open(["127.0.0.1"], mux.port)


async def test_after_a_restart_both_credentials_hold_until_the_new_ones_are_used(
    mux: Mux, outside: Outside
) -> None:
    peer = expected(mux)
    before = (peer.ufrag, peer.password)
    await outside.ask(mux, check(*before, nominate=True))

    mux.restart(peer)
    after = (peer.ufrag, peer.password)

    assert after != before
    assert await outside.ask(mux, check(*before)) is not None
    assert await outside.ask(mux, check(*after)) is not None
    assert await outside.ask(mux, check(*before)) is not None
    assert await outside.ask(mux, check(*after, nominate=True)) is not None
    assert await outside.ask(mux, check(*before)) is None
    assert outside_address(peer) == outside.address


async def test_a_restart_moves_the_media_to_where_it_is_asked_for(
    mux: Mux, outside: Outside, elsewhere: Outside
) -> None:
    peer = expected(mux)
    await outside.ask(mux, check(peer.ufrag, peer.password, nominate=True))

    mux.restart(peer)
    await elsewhere.ask(mux, check(peer.ufrag, peer.password, nominate=True))

    assert outside_address(peer) == elsewhere.address


async def test_of_many_restarts_the_last_two_hold(mux: Mux, outside: Outside) -> None:
    peer = expected(mux)
    known = [(peer.ufrag, peer.password)]
    for _ in range(3):
        mux.restart(peer)
        known.append((peer.ufrag, peer.password))

    held = [await outside.ask(mux, check(*each)) is not None for each in known]

    assert held == [False, False, True, True]


async def test_who_was_let_go_after_a_restart_is_a_stranger_by_any_name(
    mux: Mux, outside: Outside
) -> None:
    peer = expected(mux)
    before = (peer.ufrag, peer.password)
    mux.restart(peer)

    mux.remove(peer)

    assert await outside.ask(mux, check(*before)) is None
    assert await outside.ask(mux, check(peer.ufrag, peer.password)) is None


async def test_an_answer_to_a_check_carries_a_fingerprint(mux: Mux, outside: Outside) -> None:
    peer = expected(mux)

    answer = await outside.ask(mux, check(peer.ufrag, peer.password))

    assert answer is not None
    assert "FINGERPRINT" in stun.parse_message(answer).attributes


async def test_where_there_is_no_ipv6_the_port_opens_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(host: str, port: int) -> socket.socket:
        if ":" in host:
            raise OSError(errno.EADDRNOTAVAIL, "no such address")
        return bound(host, port)

    bound = mux_module._bound
    monkeypatch.setattr(mux_module, "_bound", refuse)
    mux = Mux()

    await mux.open(["127.0.0.1", "::"], 0)
    assert mux.port > 0
    mux.close()
    with pytest.raises(OSError, match="no such address"):
        await Mux().open(["::"], 0)
