"""Tables in the media processes: up to six see each other, wherever each of them is connected."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from server.media import Media
from tests.rooms.media.clients import Ears, until
from tests.rooms.media.test_cascade import HERE, linked
from tests.rooms.media.test_forwarding import Make, shows

pytestmark = pytest.mark.asyncio(loop_scope="module")

TABLE = "circle/table-t1"
SITTERS = {"elif": 200, "jonas": 120, "ruth": 40}  # how bright each one's picture is


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def two(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Media]:
    """Two processes that know each other."""
    folder = tmp_path_factory.mktemp("media")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("server.media_process.PULSE", 0.2)
        async with Media(folder, Ears(), processes=2, host=HERE, announce=[HERE]) as media:
            assert await media.ready()
            await linked(media)
            yield media


async def test_three_at_a_table_see_each_other_across_processes(two: Media, client: Make) -> None:
    for seat, person in enumerate(SITTERS, 1):
        await two.route(TABLE, f"seat-{seat}", f"table-t1/{person}/camera")

    for person, brightness in SITTERS.items():
        source = f"table-t1/{person}/camera"
        await client().publish(two, f"p-{person}", source, brightness, TABLE)
    views = [await client().watch(two, f"v-{person}", TABLE) for person in SITTERS]

    await until(
        lambda: all(
            shows(view, f"seat-{seat}-v", brightness) and f"seat-{seat}-a" in view.brightness
            for view in views
            for seat, brightness in enumerate(SITTERS.values(), 1)
        )
    )


async def test_who_gets_up_is_seen_no_longer_and_a_screen_has_its_seat(
    two: Media, client: Make
) -> None:
    await two.route(TABLE, "seat-1", "table-t1/elif/camera")
    await two.route(TABLE, "screen", "table-t1/elif/screen")
    await client().publish(two, "p1", "table-t1/elif/camera", 200, TABLE)
    await client().publish(two, "p2", "table-t1/elif/screen", 90, TABLE)
    view = await client().watch(two, "v1", TABLE)
    await until(lambda: shows(view, "seat-1-v", 200) and shows(view, "screen-v", 90))

    await two.route(TABLE, "seat-1", "table-t1/jonas/camera")
    await client().publish(two, "p3", "table-t1/jonas/camera", 40, TABLE)

    await until(lambda: shows(view, "seat-1-v", 40), 3.0)
