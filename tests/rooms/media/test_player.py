"""A clip behind a seat: real viewers see it in step, late ones too, and it ends by itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rooms.media.player import Piece, pieces
from server.cutter import cut
from server.media import Media
from tests.rooms.media.clients import Client, Ears, until
from tests.server.videos import write_video

pytestmark = pytest.mark.asyncio(loop_scope="module")

Make = Callable[[], Client]


@pytest.fixture(scope="module")
def fanout() -> str:
    """Playing does not depend on what sends to viewers."""
    return "plain"


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A green clip of seven seconds, as the house keeps it."""
    folder = tmp_path_factory.mktemp("clip")
    video = write_video(folder / "phone.webm", colour="green", seconds=7.0)
    cut(video, folder / "clip.webm", 10.0)
    return folder / "clip.webm"


def green(viewer: Client) -> bool:
    """Whether the picture of the clip is what stands on the seat."""
    return abs(viewer.brightness.get("speaker-v", 0) - 145) < 12


async def test_everybody_sees_a_clip_and_hears_that_it_is_over(
    media: Media, client: Make, ears: Ears, clip: Path
) -> None:
    early, late = client(), client()
    await early.watch(media, "v1", "main")
    await media.route("main", "speaker", "clip/a")
    media.play("main", "clip/a", clip, time.time())
    await until(lambda: green(early))
    assert ("source", "clip/a", "live", True, True) in ears.heard

    await late.watch(media, "v2", "main")
    await until(lambda: green(late), 6.0)
    await until(lambda: "speaker-a" in late.brightness)
    await until(lambda: ("over", "clip/a") in ears.heard, 10.0)
    media.stop_playing("main", "clip/a")
    await until(lambda: ("source", "clip/a", "gone", True, True) in ears.heard)


async def test_a_clip_goes_on_where_it_is_by_now(
    media: Media, client: Make, ears: Ears, clip: Path
) -> None:
    viewer = client()
    await viewer.watch(media, "v1", "main")
    await media.route("main", "speaker", "clip/b")
    began = asyncio.get_running_loop().time()
    media.play("main", "clip/b", clip, time.time() - 3.5)
    await until(lambda: green(viewer))
    await until(lambda: ("over", "clip/b") in ears.heard)
    assert asyncio.get_running_loop().time() - began < 4.5
    media.stop_playing("main", "clip/b")


async def test_played_twice_it_plays_once(media: Media, ears: Ears, clip: Path) -> None:
    at = time.time() - 5.0
    await media.route("main", "speaker", "clip/c")
    media.play("main", "clip/c", clip, at)
    media.play("main", "clip/c", clip, at)
    await until(lambda: ("over", "clip/c") in ears.heard)
    await asyncio.sleep(0.5)
    assert ears.heard.count(("over", "clip/c")) == 1
    media.stop_playing("main", "clip/c")
    media.stop_playing("main", "clip/c")


async def test_what_is_no_clip_is_over_at_once(media: Media, ears: Ears, tmp_path: Path) -> None:
    (tmp_path / "nothing.webm").write_bytes(b"nothing" * 100)
    media.play("main", "clip/d", tmp_path / "nothing.webm", time.time())
    await until(lambda: ("over", "clip/d") in ears.heard)
    media.stop_playing("main", "clip/d")


async def test_pieces_begin_with_a_clean_picture(clip: Path) -> None:
    whole, rest = list(pieces(clip, 0.0)), list(pieces(clip, 2.5))
    pictures = [piece for piece in rest if piece.kind == "video"]
    assert pictures[0].at == pytest.approx(4.0, abs=0.1)
    assert whole[0] == Piece("video", 0.0, whole[0].data)
    assert rest[0].at >= 2.5
    assert [piece.at for piece in whole] == sorted(piece.at for piece in whole)
