"""Several media processes: what arrives at one is seen at all, and nobody misses one that dies."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from server.media import Media
from tests.rooms.media.clients import Ears, until
from tests.rooms.media.test_forwarding import Make, shows

pytestmark = pytest.mark.asyncio(loop_scope="module")

HERE = "127.0.0.1"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pair(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Media, Ears]]:
    """Two processes that know each other."""
    ears = Ears()
    folder = tmp_path_factory.mktemp("media")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("server.media_process.PULSE", 0.2)
        async with Media(folder, ears, processes=2, host=HERE, announce=[HERE]) as two:
            assert await two.ready()
            await linked(two)
            yield two, ears


@pytest_asyncio.fixture(loop_scope="module")
async def media(pair: tuple[Media, Ears]) -> AsyncIterator[Media]:
    media, _ = pair
    await spread(media, viewers=0, publishers=0)
    yield media
    await media.route("main", "speaker", None)


@pytest.fixture
def ears(pair: tuple[Media, Ears]) -> Ears:
    _, ears = pair
    ears.heard.clear()
    return ears


async def linked(media: Media) -> None:
    await until(lambda: all((m := h.measured) and m.links == 1 for h in media.health()), 15.0)


async def spread(media: Media, viewers: int, publishers: int) -> None:
    """Wait until the two say that they have so many altogether."""

    def counted() -> bool:
        told = [each.measured for each in media.health()]
        return (viewers, publishers) == (
            sum(each.viewers for each in told if each),
            sum(each.publishers for each in told if each),
        )

    await until(counted)


def pid(media: Media, at: int) -> int:
    measured = media.health()[at].measured
    assert measured is not None
    return measured.pid


async def test_viewers_are_spread_and_all_see_the_same(media: Media, client: Make) -> None:
    await media.route("main", "speaker", "elif/camera")
    await client().publish(media, "p1", "elif/camera", 200)

    viewers = [await client().watch(media, f"v{at}", "main") for at in range(4)]

    await until(
        lambda: all(shows(v, "speaker-v", 200) and "speaker-a" in v.brightness for v in viewers)
    )
    await spread(media, viewers=4, publishers=1)
    assert {each.measured.viewers for each in media.health() if each.measured} <= {1, 2, 3}


async def test_a_source_is_told_of_once(media: Media, client: Make, ears: Ears) -> None:
    publisher = await client().publish(media, "p1", "elif/camera", 200)
    await media.route("main", "speaker", "elif/camera")
    viewers = [await client().watch(media, f"v{at}", "main") for at in range(2)]
    await until(lambda: all(shows(each, "speaker-v", 200) for each in viewers))
    await publisher.close()
    await until(lambda: ("source", "elif/camera", "gone", True, True) in ears.heard)
    await asyncio.sleep(0.3)

    told = [each[2] for each in ears.heard if each[:2] == ("source", "elif/camera")]
    assert told == ["live", "gone"]


async def test_a_publisher_who_comes_again_elsewhere_takes_over(
    media: Media, client: Make, ears: Ears
) -> None:
    await media.route("main", "speaker", "elif/camera")
    viewers = [await client().watch(media, f"v{at}", "main") for at in range(2)]
    await client().publish(media, "p1", "elif/camera", 200)
    await until(lambda: all(shows(each, "speaker-v", 200) for each in viewers))

    for at in range(2, 4):  # whichever process is the fuller one, one of these meets the other
        await client().publish(media, f"p{at}", "elif/camera", 60 * at)
        await until(lambda b=60 * at: all(shows(each, "speaker-v", b) for each in viewers))
        await until(lambda name=f"p{at - 1}": ("peer", name, "gone") in ears.heard)

    assert ("source", "elif/camera", "gone", True, True) not in ears.heard


async def test_switching_the_speaker_is_seen_by_all(media: Media, client: Make) -> None:
    await client().publish(media, "p1", "elif/camera", 200)
    await client().publish(media, "p2", "bob/camera", 60)
    viewers = [await client().watch(media, f"v{at}", "main") for at in range(2)]

    for source, brightness in (("elif/camera", 200), ("bob/camera", 60), ("elif/camera", 200)):
        await media.route("main", "speaker", source)
        await until(lambda b=brightness: all(shows(each, "speaker-v", b) for each in viewers), 3.0)


async def test_a_killed_process_costs_its_own_viewers_a_moment_and_the_others_nothing(
    media: Media, client: Make, ears: Ears
) -> None:
    await media.route("main", "speaker", "elif/camera")
    viewers = {f"v{at}": await client().watch(media, f"v{at}", "main") for at in range(2)}
    await client().publish(media, "p1", "elif/camera", 200)
    await until(lambda: all(shows(each, "speaker-v", 200) for each in viewers.values()))
    await spread(media, viewers=2, publishers=1)
    loads = [h.measured.publishers for h in media.health() if h.measured]
    empty = loads.index(0)  # the process that has a viewer, but not the publisher
    ears.heard.clear()

    os.kill(pid(media, empty), signal.SIGKILL)
    loop = asyncio.get_running_loop()
    began = loop.time()
    await until(lambda: any(("peer", name, "gone") in ears.heard for name in viewers))
    lost = next(name for name in viewers if ("peer", name, "gone") in ears.heard)
    other = next(each for name, each in viewers.items() if name != lost)
    again = await client().watch(media, "again", "main")
    await until(lambda: shows(again, "speaker-v", 200))

    assert loop.time() - began < 4.0
    other.brightness.clear()
    await until(lambda: shows(other, "speaker-v", 200), 1.0)
    assert ("changed",) in ears.heard
    assert not {("lost", empty), ("back", empty)} & set(ears.heard)
    await until(lambda: media.health()[empty].up)
    await linked(media)


async def test_a_publisher_whose_process_dies_goes_on_at_another(
    media: Media, client: Make, ears: Ears
) -> None:
    await media.route("main", "speaker", "elif/camera")
    viewers = [await client().watch(media, f"v{at}", "main") for at in range(2)]
    await client().publish(media, "p1", "elif/camera", 200)
    await until(lambda: all(shows(each, "speaker-v", 200) for each in viewers))
    await spread(media, viewers=2, publishers=1)
    full = [h.measured.publishers for h in media.health() if h.measured].index(1)

    os.kill(pid(media, full), signal.SIGKILL)
    await until(lambda: ("source", "elif/camera", "gone", True, True) in ears.heard)
    await client().publish(media, "p2", "elif/camera", 60)

    await until(lambda: any(shows(each, "speaker-v", 60) for each in viewers), 4.0)
    await until(lambda: media.health()[full].up)
    await linked(media)
