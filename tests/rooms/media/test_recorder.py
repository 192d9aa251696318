"""A real media process records real clients; what it has written plays, even after kill -9."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import av
import pytest

from server.media import Media
from tests.rooms.media import test_h264 as h264
from tests.rooms.media.clients import Client, Ears, until

pytestmark = pytest.mark.asyncio(loop_scope="module")

Make = Callable[[], Client]


@pytest.fixture(scope="module")
def fanout() -> str:
    """Recording does not depend on what sends to viewers."""
    return "plain"


class Played(NamedTuple):
    """What a decoder makes of a file."""

    first: float
    "seconds, of its first picture after the one that stands from time 0 on"
    last: float
    pictures: int
    sounds: float
    "seconds of sound"
    brightness: int
    "of the last picture"


def play(path: Path) -> Played:
    """Decode every frame of a recording; raises if one of them cannot be."""
    times: list[float] = []
    samples = rate = brightness = 0
    with av.open(str(path)) as file:
        for frame in file.decode(*(stream for stream in file.streams if stream.type != "data")):
            if isinstance(frame, av.VideoFrame):
                times.append(float(frame.time or 0))
                brightness = bytes(frame.planes[0])[5000]
            elif isinstance(frame, av.AudioFrame):
                samples, rate = samples + frame.samples, frame.sample_rate
    assert times == sorted(times)
    assert times[0] == 0.0
    return Played(times[1], times[-1], len(times), samples / max(rate, 1), brightness)


def rolling(ears: Ears, take: str) -> bool:
    return ("recording", take, "rolling") in ears.heard


async def settled(path: Path, seconds: float = 5.0) -> Path:
    """Wait until nobody writes to the file any more."""
    sizes = [-1, -2]

    def still() -> bool:
        sizes.append(path.stat().st_size if path.exists() else -len(sizes))
        return len(set(sizes[-20:])) == 1 and len(sizes) > 20

    await until(still, seconds)
    return path


async def test_a_seat_is_written_with_picture_and_sound(
    media: Media, client: Make, ears: Ears, tmp_path: Path
) -> None:
    await media.route("main", "speaker", "elif/camera")
    await client().publish(media, "p1", "elif/camera", 200)
    zero = time.time() - 100

    assert await media.record("main", "speaker", "r1", "elif/camera", tmp_path / "r1", zero)
    await until(lambda: rolling(ears, "r1"))
    await asyncio.sleep(2.5)
    media.keep_takes("main", ())
    played = play(await settled(tmp_path / "r1.webm"))

    assert 100 <= played.first < 110
    assert played.last - played.first > 1.5
    assert played.pictures > 20
    assert played.sounds > 1.5
    assert abs(played.brightness - 200) < 12


async def test_files_of_one_item_are_in_step(
    media: Media, client: Make, ears: Ears, tmp_path: Path
) -> None:
    await media.route("main", "speaker", "elif/camera")
    await media.route("main", "screen", "elif/screen")
    zero = time.time()
    await client().publish(media, "p1", "elif/camera", 200)
    await media.record("main", "speaker", "r2", "elif/camera", tmp_path / "r2", zero)
    await media.record("main", "screen", "r3", "elif/screen", tmp_path / "r3", zero)
    await until(lambda: rolling(ears, "r2"))
    await asyncio.sleep(1.5)
    await client().publish(media, "p2", "elif/screen", 60)
    began = time.time() - zero
    await until(lambda: rolling(ears, "r3"))
    await asyncio.sleep(1.5)
    ended = time.time() - zero
    media.keep_takes("main", ())

    camera = play(await settled(tmp_path / "r2.webm"))
    screen = play(await settled(tmp_path / "r3.webm"))
    assert camera.first < began - 1.0
    assert began - 0.3 < screen.first < began + 3.0
    assert abs(camera.last - ended) < 0.8
    assert abs(screen.last - ended) < 0.8


async def test_nobody_else_is_recorded_on_the_same_seat(
    media: Media, client: Make, ears: Ears, tmp_path: Path
) -> None:
    await media.route("main", "speaker", "elif/camera")
    await client().publish(media, "p1", "elif/camera", 200)
    await client().publish(media, "p2", "bob/camera", 60)
    await media.record("main", "speaker", "r4", "elif/camera", tmp_path / "r4", time.time())
    await until(lambda: rolling(ears, "r4"))
    await asyncio.sleep(0.5)

    await media.route("main", "speaker", "bob/camera")
    await asyncio.sleep(1.5)
    media.keep_takes("main", ())

    played = play(await settled(tmp_path / "r4.webm"))
    assert abs(played.brightness - 200) < 12
    assert played.last - played.first < 1.5


async def test_who_comes_back_goes_on_in_the_same_file(
    media: Media, client: Make, ears: Ears, tmp_path: Path
) -> None:
    zero = time.time()
    await media.route("main", "speaker", "elif/camera")
    await client().publish(media, "p1", "elif/camera", 200)
    await media.record("main", "speaker", "r5", "elif/camera", tmp_path / "r5", zero)
    await until(lambda: rolling(ears, "r5"))
    await media.close("p1")
    await asyncio.sleep(1.0)

    await client().publish(media, "p1b", "elif/camera", 90)
    back = time.time() - zero
    await until(lambda: ("source", "elif/camera", "live", True, True) in ears.heard)
    await asyncio.sleep(2.5)
    media.keep_takes("main", ())

    played = play(await settled(tmp_path / "r5.webm"))
    assert abs(played.brightness - 90) < 12
    assert played.last > back + 1.0


async def test_an_h264_picture_becomes_an_mp4(
    media: Media, client: Make, ears: Ears, tmp_path: Path
) -> None:
    source = "whip/main/guest"
    await media.route("main", "guest", source)
    await h264.publish(client(), media, 120)
    zero = time.time()

    await media.record("main", "guest", "r9", source, tmp_path / "r9", zero)
    await until(lambda: rolling(ears, "r9"))
    await asyncio.sleep(2.5)
    media.keep_takes("main", ())

    played = play(await settled(tmp_path / "r9.mp4"))
    assert played.first < 3.0
    assert played.last > played.first + 1.5
    assert played.sounds > 1.5
    assert abs(played.brightness - 120) < 12


async def test_a_take_has_one_file_for_ever(media: Media, client: Make, tmp_path: Path) -> None:
    (tmp_path / "r6.webm").write_bytes(b"kept")

    again = await media.record("main", "speaker", "r6", "elif/camera", tmp_path / "r6", 0.0)

    assert not again
    assert (tmp_path / "r6.webm").read_bytes() == b"kept"


async def test_a_folder_that_cannot_be_written_ends_the_take_alone(
    media: Media, client: Make, ears: Ears, tmp_path: Path
) -> None:
    await media.route("main", "speaker", "elif/camera")
    await client().publish(media, "p1", "elif/camera", 200)

    await media.record("main", "speaker", "r7", "elif/camera", tmp_path / "no" / "r7", time.time())

    await until(lambda: ("recording", "r7", "broken") in ears.heard)
    viewer = await client().watch(media, "v1", "main")
    await until(lambda: "speaker-v" in viewer.brightness)


async def test_what_was_written_plays_after_kill_9(
    media: Media, client: Make, ears: Ears, tmp_path: Path
) -> None:
    await media.route("main", "speaker", "elif/camera")
    await client().publish(media, "p1", "elif/camera", 200)
    zero = time.time()
    await media.record("main", "speaker", "r8", "elif/camera", tmp_path / "r8", zero)
    await until(lambda: rolling(ears, "r8"))
    await asyncio.sleep(4.0)
    measured = media.health()[0].measured
    assert measured is not None

    os.kill(measured.pid, signal.SIGKILL)
    killed = time.time() - zero

    played = play(tmp_path / "r8.webm")
    assert played.last > killed - 2.0
    assert played.sounds > 1.5
    await until(lambda: ("back", 0) in ears.heard, 15.0)
    assert not await media.record("main", "speaker", "r8", "elif/camera", tmp_path / "r8", zero)
