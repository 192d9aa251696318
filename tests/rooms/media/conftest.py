"""A media process of its own for each test, on the loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aioice.ice
import pytest

from server.media import Media
from tests.rooms.media.clients import Client, Ears


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """aioice leaves the loopback out on purpose; here it is all there is."""
    monkeypatch.setattr(aioice.ice, "get_host_addresses", lambda use_ipv4, use_ipv6: ["127.0.0.1"])


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
async def media(tmp_path: Path, ears: Ears) -> AsyncIterator[Media]:
    """One media process on the loopback, on any free port."""
    async with Media(tmp_path, ears, host="127.0.0.1", announce=["127.0.0.1"]) as media:
        assert await media.ready()
        yield media


@pytest.fixture
async def client() -> AsyncIterator[Callable[[], Client]]:
    """Makes clients and closes them all."""
    made: list[Client] = []

    def make() -> Client:
        made.append(Client())
        return made[-1]

    yield make
    for each in made:
        await each.close()
