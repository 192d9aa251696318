"""The relay's passwords, checked by a real coturn."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from aioice import stun, turn

from server.relay import LASTS, ice_servers
from server.settings import Settings
from tests.turn_server import SECRET, TurnServer


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[TurnServer]:
    """A coturn of the test's own."""
    with TurnServer(tmp_path) as started:
        yield started


class Relayed(asyncio.DatagramProtocol):
    """What waits at a relayed address until the relay has let it go."""

    def __init__(self) -> None:
        self.lost = asyncio.Event()

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost.set()


async def allocate(
    relay: TurnServer, secret: str, now: float, tls: ssl.SSLContext | None = None
) -> str:
    """Ask for a relayed address as `elif` with a password given at `now`; its host."""
    settings = Settings(turn_urls=(relay.urls("udp"),), turn_secret=secret)
    (entry,) = ice_servers(settings, "elif", now)
    transport, relayed = await turn.create_turn_endpoint(
        Relayed,
        server_addr=("127.0.0.1", relay.tls_port if tls else relay.port),
        username=entry["username"],
        password=entry["credential"],
        ssl=tls,
        transport="tcp" if tls else "udp",
    )
    host: str = transport.get_extra_info("sockname")[0]
    transport.close()
    await relayed.lost.wait()
    return host


async def test_a_fresh_password_gets_a_relayed_address(relay: TurnServer) -> None:
    assert await allocate(relay, SECRET, time.time()) == "127.0.0.2"


async def test_the_relay_is_reached_by_tls_where_only_that_gets_out(relay: TurnServer) -> None:
    trusting = ssl.create_default_context(cafile=str(relay.certificate))

    assert await allocate(relay, SECRET, time.time(), trusting) == "127.0.0.2"


async def test_an_old_password_gets_nothing(relay: TurnServer) -> None:
    with pytest.raises(stun.TransactionFailed, match="401"):
        await allocate(relay, SECRET, time.time() - LASTS - 60)


async def test_a_password_made_with_another_secret_gets_nothing(relay: TurnServer) -> None:
    with pytest.raises(stun.TransactionFailed, match="401"):
        await allocate(relay, "south", time.time())
