"""The darkroom, as a process: encoded frames in, still pictures out."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction

import av
import pytest
from PIL import Image

from rooms.media import darkroom
from rooms.media.darkroom import Exposure


def frames(colour: tuple[int, int, int], width: int, height: int, count: int) -> list[bytes]:
    """A picture of one colour, encoded as VP8; the first frame is a keyframe."""
    encoder = av.CodecContext.create("libvpx", "w")
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
    encoder.time_base = Fraction(1, 30)
    encoder.options = {"lag-in-frames": "0", "deadline": "realtime"}
    picture = av.VideoFrame.from_image(Image.new("RGB", (width, height), colour))
    out: list[bytes] = []
    for at in range(count):
        picture.pts = at
        out += [bytes(packet) for packet in encoder.encode(picture)]
    return out


@pytest.fixture
def room() -> Iterator[subprocess.Popen[bytes]]:
    """A darkroom of the test's own."""
    with subprocess.Popen(
        [sys.executable, "-m", "rooms.media.darkroom"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as started:
        yield started


def developed(room: subprocess.Popen[bytes], exposures: list[Exposure]) -> list[tuple[int, bytes]]:
    """All stills of these frames."""
    out, _ = room.communicate(b"".join(darkroom.put(each) for each in exposures), timeout=60)
    found: list[tuple[int, bytes]] = []
    while out:
        picture, length = darkroom.still_head(out[: darkroom.STILL_HEAD])
        found.append((picture, out[darkroom.STILL_HEAD : darkroom.STILL_HEAD + length]))
        out = out[darkroom.STILL_HEAD + length :]
    return found


def test_a_still_shows_what_the_frame_showed(room: subprocess.Popen[bytes]) -> None:
    (still,) = developed(
        room, [Exposure(7, "vp8", 640, data) for data in frames((200, 30, 40), 1280, 720, 3)]
    )

    picture, image = still
    shown = Image.open(io.BytesIO(image))
    red, green, blue = shown.convert("RGB").getpixel((320, 180))
    assert picture == 7
    assert shown.size == (640, 360)
    assert red > 150
    assert max(green, blue) < 90


def test_a_damaged_frame_costs_itself(room: subprocess.Popen[bytes]) -> None:
    good = frames((20, 200, 40), 320, 180, 1)[0]

    stills = developed(
        room,
        [
            Exposure(1, "vp8", 640, b"\x00" * 40),
            Exposure(1, "vp8", 640, good[:20]),
            Exposure(1, "vp8", 640, good),
            Exposure(2, "h264", 640, b"no picture at all"),
        ],
    )

    assert 1 in [picture for picture, _ in stills]
    assert room.returncode == 0
