"""Plan B over HTTP: what becomes a clip, whose it is, and what is said about what does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import pytest

from rooms.media.player import pieces
from server.clipping import Cut, Unfit
from server.cutter import cut
from tests.running import Running
from tests.server.test_slides import send
from tests.server.videos import write_video
from tests.server.visitor import Visitor, hear, say


def bring(visitor: Visitor, item: str, video: Path) -> tuple[int, dict[str, Any]]:
    return send(visitor, "POST", f"/clips/{item}", video.read_bytes(), content_type="video/webm")


async def clips(visitor: Visitor) -> dict[str, Any]:
    """The clips of the large stage as this visitor may see them."""
    async with visitor.live() as line:
        await say(line, "join", room="stage-gross")
        snapshot = await hear(line, "snapshot")
    found: dict[str, Any] = snapshot["shown"]["insurance"]["clips"]
    return found


async def test_a_plan_b_is_its_speakers_and_the_desks(server: Running, tmp_path: Path) -> None:
    elif_, konrad = (Visitor(server).sign_in(each) for each in ("elif", "konrad"))
    status, answer = bring(elif_, "blood", write_video(tmp_path / "a.webm", seconds=2.0))

    assert status == 201, answer
    assert answer["seconds"] == pytest.approx(2.0, abs=0.1)
    mine = await clips(elif_)
    assert mine["blood"]["id"] == answer["clip"]
    assert await clips(konrad) == {}
    address = f"/clips/{answer['clip']}.webm"
    assert send(elif_, "GET", address)[0] == 200
    assert send(konrad, "GET", address)[0] == 404
    assert Visitor(server).get(address).status == 401


async def test_a_newer_one_replaces_it_and_it_can_be_removed(
    server: Running, tmp_path: Path
) -> None:
    elif_ = Visitor(server).sign_in("elif")
    _, first = bring(elif_, "blood", write_video(tmp_path / "a.webm"))
    _, second = bring(elif_, "blood", write_video(tmp_path / "b.webm"))

    assert send(elif_, "GET", f"/clips/{first['clip']}.webm")[0] == 404
    assert send(elif_, "GET", f"/clips/{second['clip']}.webm")[0] == 200
    assert send(elif_, "DELETE", "/clips/blood")[0] == 204
    assert send(elif_, "GET", f"/clips/{second['clip']}.webm")[0] == 404
    assert await clips(elif_) == {}
    assert list((server.data / "files").glob("*")) == []


async def test_others_bring_none(server: Running, tmp_path: Path) -> None:
    konrad = Visitor(server).sign_in("konrad")
    status, answer = bring(konrad, "blood", write_video(tmp_path / "a.webm", seconds=0.6))
    assert status == 422
    assert answer["sentence"] == "A plan B is recorded by those whose item it is, or by the desk."


async def test_what_cannot_be_played_is_refused_in_words(server: Running, tmp_path: Path) -> None:
    silent = write_video(tmp_path / "a.webm", codecs=("libvpx", None))
    status, answer = bring(Visitor(server).sign_in("elif"), "blood", silent)
    assert status == 422
    assert answer["sentence"].startswith("There is no sound in this file.")
    assert list((server.data / "files").glob("*")) == []


@pytest.mark.parametrize(
    ("name", "codecs"),
    [
        ("a.webm", ("libvpx", "libopus")),
        ("b.mp4", ("libx264", "aac")),
        ("c.mov", ("libx264", "aac")),
    ],
)
def test_whatever_phones_make_becomes_one_thing(
    tmp_path: Path, name: str, codecs: tuple[str, str]
) -> None:
    video = write_video(tmp_path / name, seconds=4.5, codecs=codecs)

    outcome = cut(video, tmp_path / "clip.webm", 10.0)

    assert isinstance(outcome, Cut)
    assert outcome.seconds == pytest.approx(4.5, abs=0.15)
    found = list(pieces(tmp_path / "clip.webm", 0.0))
    assert {piece.kind for piece in found} == {"video", "audio"}
    with av.open(str(tmp_path / "clip.webm")) as file:
        packets = [p for p in file.demux(video=0) if p.pts is not None and p.is_keyframe]
        clean = [float(p.pts * p.time_base) for p in packets if p.pts is not None]
    assert clean == pytest.approx([0.0, 2.0, 4.0], abs=0.1)


def test_a_large_picture_becomes_smaller(tmp_path: Path) -> None:
    video = write_video(tmp_path / "a.webm", seconds=0.8, size=(1920, 1080))
    assert isinstance(cut(video, tmp_path / "clip.webm", 10.0), Cut)
    with av.open(str(tmp_path / "clip.webm")) as file:
        stream = file.streams.video[0]
        assert (stream.codec_context.width, stream.codec_context.height) == (960, 540)


@pytest.mark.parametrize(
    ("codecs", "longest", "why"),
    [
        (("libvpx", None), 10.0, "no sound"),
        ((None, "libopus"), 10.0, "no picture"),
        (("libvpx", "libopus"), 0.5, "too long"),
    ],
)
def test_what_is_no_clip(
    tmp_path: Path, codecs: tuple[str | None, str | None], longest: float, why: str
) -> None:
    video = write_video(tmp_path / "a.webm", codecs=codecs)
    assert cut(video, tmp_path / "clip.webm", longest) == Unfit(why)


def test_what_is_no_video_at_all(tmp_path: Path) -> None:
    (tmp_path / "a.webm").write_bytes(b"nothing" * 500)
    assert cut(tmp_path / "a.webm", tmp_path / "clip.webm", 10.0) == Unfit("broken")
