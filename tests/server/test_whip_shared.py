"""A camera at two server processes: begun at the one, it is changed and ended at the other."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.visiting import eventually
from tests.redis_server import RedisServer
from tests.running import Running, running, tonight
from tests.server.test_whip import FRAGMENT, PROGRAMME, RESTART, TRICKLE, Device, admit


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
async def test_any_process_answers_for_a_camera(pair: tuple[Running, Running]) -> None:
    await admit(pair[1])
    here, there = (Device(each) for each in pair)

    for each in (here, there):  # a moment may pass until both have heard of it
        await asyncio.to_thread(eventually, lambda each=each: each.begin().status == 201, "let in")
    begun = here.begin()
    path, tag = begun.headers["location"], begun.headers["etag"]

    assert begun.status == 201
    assert there.ask("PATCH", path, TRICKLE, FRAGMENT, If_Match=tag).status == 204
    restarted = there.ask("PATCH", path, RESTART, FRAGMENT, If_Match="*")
    assert restarted.status == 200
    assert here.ask("PATCH", path, TRICKLE, FRAGMENT, If_Match=tag).status == 412
    assert there.ask("DELETE", path).status == 200
    assert here.ask("DELETE", path).status == 404
