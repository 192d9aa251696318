"""Small videos as phones and browsers make them: one plain colour, and a tone."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av

COLOURS = {"red": (82, 90, 240), "green": (145, 54, 34), "blue": (41, 240, 110)}
"Y, Cb, Cr"


def write_video(
    path: Path,
    *,
    colour: str = "red",
    seconds: float = 2.0,
    size: tuple[int, int] = (320, 180),
    codecs: tuple[str | None, str | None] = ("libvpx", "libopus"),
) -> Path:
    """Write a video; its form follows the name, and either stream may be left out."""
    picture, sound = codecs
    with av.open(str(path), "w") as file:
        video: Any = file.add_stream(picture, rate=15) if picture else None
        audio: Any = file.add_stream(sound, rate=48_000, layout="mono") if sound else None
        if video:
            video.width, video.height = size
            video.pix_fmt = "yuv420p"
            for number in range(round(seconds * 15)):
                frame = plain(size, colour)
                frame.pts, frame.time_base = number, Fraction(1, 15)
                file.mux(video.encode(frame))
            file.mux(video.encode(None))
        if audio:
            for number in range(round(seconds * 50)):
                piece = av.AudioFrame(format="s16", layout="mono", samples=960)
                piece.planes[0].update(bytes((0, 16, 0, -16 & 0xFF)) * 480)
                piece.sample_rate, piece.pts = 48_000, number * 960
                piece.time_base = Fraction(1, 48_000)
                file.mux(audio.encode(piece))
            file.mux(audio.encode(None))
    return path


def plain(size: tuple[int, int], colour: str) -> av.VideoFrame:
    """A picture of one colour."""
    frame = av.VideoFrame(*size, "yuv420p")
    for plane, value in zip(frame.planes, COLOURS[colour], strict=True):
        plane.update(bytes([value]) * (plane.line_size * plane.height))
    return frame
