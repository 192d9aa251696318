"""A media process of its own for each test, on the loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aioice.ice
import pytest
import pytest_asyncio

from rooms.media import accelerator
from server.media import SEATS, Media
from tests.rooms.media.clients import Client, Ears


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """aioice leaves the loopback out on purpose; here it is all there is."""
    monkeypatch.setattr(aioice.ice, "get_host_addresses", lambda use_ipv4, use_ipv6: ["127.0.0.1"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the shared process has its socket."""
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module", params=["plain", "accelerated"] if accelerator.BUILT else ["plain"])
def fanout(request: pytest.FixtureRequest) -> str:
    """What seals and sends: all there is."""
    return str(request.param)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(folder: Path, fanout: str) -> AsyncIterator[tuple[Media, Ears]]:
    """One media process on the loopback for a whole module: starting one takes a second."""
    ears = Ears()
    here = "127.0.0.1"
    async with Media(folder, ears, host=here, announce=[here], fanout=fanout) as media:
        assert await media.ready()
        yield media, ears


@pytest_asyncio.fixture(loop_scope="module")
async def media(shared: tuple[Media, Ears]) -> AsyncIterator[Media]:
    """That process, with empty seats."""
    media, _ = shared
    yield media
    for seat in SEATS:
        await media.route("main", seat, None)


@pytest.fixture
def ears(shared: tuple[Media, Ears]) -> Ears:
    """What is heard of it from now on."""
    _, ears = shared
    ears.heard.clear()
    return ears


@pytest_asyncio.fixture(loop_scope="module")
async def client() -> AsyncIterator[Callable[[], Client]]:
    """Makes clients and closes them all."""
    made: list[Client] = []

    def make() -> Client:
        made.append(Client())
        return made[-1]

    yield make
    for each in made:
        await each.close()
