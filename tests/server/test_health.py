"""How the house sums itself up."""

from __future__ import annotations

import asyncio
import contextlib
import time

import pytest

from server import health
from server.health import Pulse
from server.media import Health

UP = Health(index=0, up=True, restarts=0)
DOWN = Health(index=1, up=False, restarts=3)


@pytest.mark.parametrize(
    ("media", "rooms_well", "begun", "status"),
    [
        ((UP,), True, False, "ok"),
        ((UP, UP), True, True, "ok"),
        ((UP, DOWN), True, True, "impaired"),
        ((UP, DOWN), True, False, "starting"),
        ((UP,), False, True, "impaired"),
        ((UP,), False, False, "starting"),
    ],
)
def test_a_house_is_well_when_all_its_parts_are(
    media: tuple[Health, ...], rooms_well: bool, begun: bool, status: str
) -> None:
    assert health.status(media, rooms_well, begun) == status


async def test_a_loop_that_is_held_up_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.health.EVERY", 0.01)
    pulse = Pulse()
    beating = asyncio.create_task(pulse.run())
    await asyncio.sleep(0)

    time.sleep(0.1)  # noqa: ASYNC251 - this is what is to be noticed
    await asyncio.sleep(0.02)
    beating.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await beating

    assert pulse.lag_ms >= 80


def test_the_version_is_that_of_the_project() -> None:
    assert health.version().count(".") == 2
