"""A table with people at two server processes: whoever gets up keeps no picture, at neither."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.redis_server import RedisServer
from tests.running import Running, running, tonight
from tests.server.conftest import PROGRAMME
from tests.server.test_tables import english, entered, is_event, opened
from tests.server.visitor import do, hear, hear_that, say


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Running, Running]]:
    """Two servers on one data folder and one Redis."""
    kept, data = tmp_path / "redis", tmp_path / "data"
    kept.mkdir()
    data.mkdir()
    programme = tonight(PROGRAMME, tmp_path)
    with RedisServer(kept) as redis:
        shared = {"FOYER_REDIS_URL": redis.url}
        with running(data, programme, **shared) as one:
            two = Running(data, programme, **shared)
            two.start()
            try:
                yield one, two
            finally:
                two.stop()


@pytest.mark.redis
async def test_who_gets_up_at_either_process_loses_the_pictures(
    pair: tuple[Running, Running],
) -> None:
    one, two = pair
    async with english(one, "elif").live() as here, english(two, "jonas").live() as there:
        await entered(there)
        table = await opened(here, "Sensors in wine")
        await hear_that(there, lambda frame: is_event(frame, "tables.opened"))
        await do(there, "lounge", "tables.sit", table=table)
        for line in (here, there):
            await say(line, "media.watch", peer="peer-0001", room=f"table-{table}")
            await hear(line, "media.offer")

        for line in (here, there):
            command = {"type": "tables.get-up", "table": table}
            await say(line, "do", op="get-up-0001", room="lounge", command=command)
            gone = await hear(line, "media.gone")
            assert gone["peer"] == "peer-0001"
