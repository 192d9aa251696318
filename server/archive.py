"""What a data folder holds of a gathering, for whoever opens it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator
from typing import Final

import msgspec

from schedule.items import Gathering
from server import store
from server.settings import Settings
from server.store import Store

DATABASE: Final = "foyer.db"


class NoGathering(Exception):
    """Nothing was imported yet."""


@contextlib.asynccontextmanager
async def opened_store(settings: Settings) -> AsyncIterator[Store]:
    """The store in the data folder; raises `OSError` or `sqlite3.Error`."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    async with store.opened(settings.data / DATABASE) as opened:
        yield opened


async def newest_gathering(archive: Store) -> Gathering:
    """What was imported last; raises `NoGathering`."""
    kept = await archive.gatherings()
    if not kept:
        raise NoGathering
    return msgspec.json.decode(kept[-1].body, type=Gathering)


async def keep(settings: Settings, gathering: Gathering) -> None:
    """Store a gathering; a server that runs takes it over within seconds."""
    async with opened_store(settings) as archive:
        await archive.keep_gathering(msgspec.json.encode(gathering), time.time())
