"""Encoded frames become files that any player opens: WebM for VP8, MP4 for H264."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import pytest
from av.video.codeccontext import VideoCodecContext
from hypothesis import given
from hypothesis import strategies as st

from rooms.media import feedback, sizes
from rooms.media.reel import Picture, Piece, Reel
from rooms.media.timeline import Timeline

ENCODERS = {"vp8": "libvpx", "h264": "libx264"}


def pictures(codec: str, seconds: int, width: int = 320, height: int = 240) -> Iterator[Piece]:
    """Grey pictures, 30 a second, encoded."""
    coder = cast(VideoCodecContext, av.CodecContext.create(ENCODERS[codec], "w"))
    coder.width, coder.height, coder.pix_fmt = width, height, "yuv420p"
    coder.time_base, coder.gop_size = Fraction(1, 30), 60
    if codec == "h264":
        coder.options = {"preset": "ultrafast", "tune": "zerolatency"}
    else:
        coder.options = {"lag-in-frames": "0", "deadline": "realtime"}
    for at in range(seconds * 30):
        frame = av.VideoFrame(width, height, "yuv420p")
        for number, plane in enumerate(frame.planes):
            plane.update(bytes([at % 200 if number == 0 else 128]) * plane.buffer_size)
        frame.pts = at
        for packet in coder.encode(frame):
            yield Piece("video", at / 30, packet.is_keyframe, bytes(packet))


def sounds(seconds: int) -> Iterator[Piece]:
    """Silence, 50 pieces a second, encoded."""
    coder = av.CodecContext.create("libopus", "w")
    coder.sample_rate, coder.layout, coder.format = 48_000, "stereo", "s16"
    for at in range(seconds * 50):
        frame = av.AudioFrame(format="s16", layout="stereo", samples=960)
        frame.planes[0].update(bytes(3840))
        frame.sample_rate, frame.pts = 48_000, at * 960
        for packet in coder.encode(frame):
            yield Piece("audio", at / 50, True, bytes(packet))


def decoded(path: Path) -> dict[str, list[float]]:
    """When each frame of a file is shown or heard."""
    times: dict[str, list[float]] = {"video": [], "audio": []}
    with av.open(str(path)) as file:
        for packet in file.demux():
            for frame in packet.decode():
                times[packet.stream.type].append(round(float(cast(av.VideoFrame, frame).time), 2))
    return times


def written(reel: Reel, pieces: list[Piece]) -> None:
    for piece in sorted(pieces, key=lambda piece: piece.at):
        assert reel.put(piece)
    reel.close()
    reel.join(20.0)
    assert reel.is_finished
    assert reel.trouble is None


@pytest.mark.parametrize(("codec", "suffix"), [("vp8", "webm"), ("h264", "mp4")])
def test_a_file_keeps_every_frame_and_its_time(tmp_path: Path, codec: str, suffix: str) -> None:
    taken = [*pictures(codec, 3), *sounds(3)]
    later = [piece._replace(at=piece.at + 300.0) for piece in taken]
    size = sizes.size(codec, next(piece.data for piece in taken if piece.kind == "video"))

    written(Reel(tmp_path / "r1", Picture(codec, *size), sound=True), later)

    times = decoded(tmp_path / f"r1.{suffix}")
    assert size == (320, 240)
    assert len(times["video"]) == 90
    assert times["video"][0] == 300.0
    assert times["video"][-1] == pytest.approx(302.97, abs=0.02)
    assert times["audio"][0] == pytest.approx(300.0, abs=0.02)
    assert times["audio"][-1] == pytest.approx(302.96, abs=0.03)


@pytest.mark.parametrize(("codec", "suffix"), [("vp8", "webm"), ("h264", "mp4")])
def test_a_gap_stays_as_long_as_it_was(tmp_path: Path, codec: str, suffix: str) -> None:
    taken = [piece for piece in pictures(codec, 4) if piece.at < 1.0 or piece.at >= 2.0]

    written(Reel(tmp_path / "r1", Picture(codec, 320, 240), sound=False), taken)

    times = decoded(tmp_path / f"r1.{suffix}")["video"]
    assert times[29:31] == [pytest.approx(0.97, abs=0.01), pytest.approx(2.0, abs=0.01)]


def test_sound_alone_is_a_file_as_well(tmp_path: Path) -> None:
    written(Reel(tmp_path / "r1", None, sound=True), list(sounds(2)))

    assert len(decoded(tmp_path / "r1.webm")["audio"]) >= 99


def test_times_that_go_back_cost_nothing_but_themselves(tmp_path: Path) -> None:
    pieces = [*pictures("vp8", 1)]
    pieces[10] = pieces[10]._replace(at=0.1)
    reel = Reel(tmp_path / "r1", Picture("vp8", 320, 240), sound=False)
    for piece in pieces:
        reel.put(piece)
    reel.close()
    reel.join(20.0)

    assert reel.trouble is None
    assert len(decoded(tmp_path / "r1.webm")["video"]) == 30


@pytest.mark.parametrize("codec", ["vp8", "h264"])
@pytest.mark.parametrize("size", [(160, 120), (640, 360), (1280, 720), (318, 178)])
def test_a_keyframe_says_how_large_it_is(codec: str, size: tuple[int, int]) -> None:
    first = next(pictures(codec, 1, *size))

    assert sizes.size(codec, first.data) == size


@given(st.sampled_from(["vp8", "h264"]), st.binary(max_size=200))
def test_whatever_a_keyframe_says_there_is_a_size_or_none(codec: str, data: bytes) -> None:
    for keyframe in (data, b"\0\0\0\1\x67" + data, b"\0\0\0\x9d\x01\x2a" + data):
        try:
            width, height = sizes.size(codec, keyframe)
        except ValueError:
            continue
        assert 0 < width <= sizes.LARGEST
        assert 0 < height <= sizes.LARGEST


def test_a_report_tells_picture_and_sound_in_one_clock() -> None:
    picture, sound = Timeline("video"), Timeline("audio")
    picture.reported(feedback.ntp(1000.0), 90_000)
    sound.reported(feedback.ntp(1000.5), 48_000)

    assert picture.at(1, 135_000, heard_at=1000.7) == pytest.approx(1000.5)
    assert sound.at(2, 48_000, heard_at=1000.9) == pytest.approx(1000.5)


def test_until_a_report_comes_the_first_packet_was_taken_when_it_came() -> None:
    timeline = Timeline("video")

    assert timeline.at(1, 0xFFFFFF00, heard_at=50.0) == 50.0
    assert timeline.at(1, 90_000 - 256, heard_at=51.3) == pytest.approx(51.0)


def test_a_clock_that_cannot_be_right_is_not_believed() -> None:
    timeline = Timeline("video")
    timeline.reported(feedback.ntp(90_000.0), 0)

    assert timeline.at(1, 0, heard_at=50.0) == 50.0
    assert timeline.at(1, 9_000, heard_at=50.2) == pytest.approx(50.1)


def test_another_sender_counts_anew() -> None:
    timeline = Timeline("video")
    timeline.at(1, 0, heard_at=50.0)

    assert timeline.at(2, 77_777_777, heard_at=60.0) == 60.0
