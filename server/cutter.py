"""A recording of a speaker becomes a clip that can be played to everybody; the work of a
confined process.

Whatever phones and browsers make of pictures and sound, a clip is one thing: WebM, VP8 of at
most 540 lines with a clean picture every two seconds, Opus. This is the only place where
anything is encoded, and it is done once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, cast

import av
import msgspec
from av.audio.resampler import AudioResampler
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from av.video.frame import PictureType

from server.clipping import Cut, Outcome, Unfit

LINES: Final = 540  # of a picture, at most: a speaker, small beside slides or large for minutes
WIDEST: Final = 960  # pixels
FASTEST: Final = 30.0  # pictures a second, at most
CLEAN: Final = 2.0  # seconds between two pictures that need none before them
RATE: Final = 1_200_000  # bits a second of the picture
SOUND_RATE: Final = 64_000  # and of the sound
TICKS: Final = Fraction(1, 1000)
BESIDE: Final = 1.0  # seconds a clip may be longer than its item: nobody hits it exactly
TINY: Final = 0.5  # seconds; what is shorter is a slip of the finger
QUICK: Final = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}


def main(arguments: Sequence[str]) -> None:
    """Write the clip into the folder, and the `Outcome` as JSON to stdout."""
    path, target, seconds = arguments
    sys.stdout.buffer.write(msgspec.json.encode(cut(Path(path), Path(target), float(seconds))))


def cut(path: Path, target: Path, longest: float) -> Outcome:
    """Make a clip of at most `longest` seconds. Never raises for what is in the file."""
    try:
        with av.open(str(path)) as file:
            if not file.streams.video:
                return Unfit("no picture")
            if not file.streams.audio:
                return Unfit("no sound")
            with av.open(str(target), "w", format="webm") as clip:
                seconds = _Cut(file, clip, longest + BESIDE).run()
    except _TooLong:
        return Unfit("too long")
    except (FFmpegError, OSError, ValueError, IndexError):
        return Unfit("broken")
    return Cut(round(seconds, 3)) if seconds >= TINY else Unfit("broken")


class _TooLong(Exception):
    pass


class _Cut:
    """One file on its way into another."""

    def __init__(self, file: InputContainer, clip: OutputContainer, longest: float) -> None:
        self._file = file
        self._clip = clip
        self._longest = longest
        self._begins: float | None = None
        self._ends = 0.0
        self._pictured: float | None = None
        self._cleaned = -CLEAN
        picture = file.streams.video[0]
        picture.thread_type = "AUTO"
        self._turned = 0
        self._video: Any = None
        self._audio: Any = clip.add_stream("libopus", rate=48_000)
        self._audio.layout = "stereo"
        self._audio.bit_rate = SOUND_RATE
        self._resampler = AudioResampler(format="s16", layout="stereo", rate=48_000)
        self._samples = 0

    def run(self) -> float:
        """Encode all of it; returns how many seconds it is."""
        frames = self._file.decode(self._file.streams.video[0], self._file.streams.audio[0])
        waiting: list[Any] = []
        for frame in frames:
            if isinstance(frame, av.VideoFrame):
                if self._video is None:
                    self._open(frame)
                    for sound in waiting:
                        self._take_sound(sound)
                self._take_picture(frame)
            elif isinstance(frame, av.AudioFrame):
                # The file can only begin once its picture is known.
                if self._video is None:
                    waiting.append(frame)
                else:
                    self._take_sound(frame)
        if self._video is None or self._samples == 0:
            raise ValueError("picture or sound is empty")
        for stream in (self._video, self._audio):
            self._clip.mux(stream.encode(None))
        return self._ends

    def _open(self, frame: Any) -> None:
        self._turned = round(getattr(frame, "rotation", 0) or 0) % 360
        scale = min(1.0, WIDEST / frame.width, LINES / frame.height)
        if self._turned in (90, 270):
            scale = min(1.0, WIDEST / frame.height, LINES / frame.width)
        self._width, self._height = (
            max(2, round(side * scale) // 2 * 2) for side in (frame.width, frame.height)
        )
        self._video = self._clip.add_stream("libvpx", rate=round(FASTEST), options=QUICK)
        upright = self._turned in (0, 180)
        self._video.width = self._width if upright else self._height
        self._video.height = self._height if upright else self._width
        self._video.pix_fmt = "yuv420p"
        self._video.bit_rate = RATE
        self._video.codec_context.time_base = TICKS

    def _take_picture(self, frame: Any) -> None:
        at = self._at(frame)
        if self._pictured is not None and at < self._pictured + 0.9 / FASTEST:
            return
        self._pictured = at
        picture = _upright(
            frame.reformat(width=self._width, height=self._height, format="yuv420p"), self._turned
        )
        picture.pts = round(at / TICKS)
        picture.time_base = TICKS
        clean = at >= self._cleaned + CLEAN
        if clean:
            self._cleaned = at
        picture.pict_type = PictureType.I if clean else PictureType.NONE
        self._clip.mux(self._video.encode(picture))

    def _take_sound(self, frame: Any) -> None:
        at = self._at(frame)
        if self._samples == 0:
            self._samples = round(at * 48_000)
        for sound in self._resampler.resample(frame):
            sound.pts = self._samples
            sound.time_base = Fraction(1, 48_000)
            self._samples += sound.samples
            self._clip.mux(self._audio.encode(sound))

    def _at(self, frame: Any) -> float:
        """Seconds since the clip's beginning."""
        time = float(frame.time if frame.time is not None else self._ends)
        if self._begins is None:
            self._begins = time
        at = max(0.0, time - self._begins)
        self._ends = max(self._ends, at)
        if self._ends > self._longest:
            raise _TooLong
        return at


def _upright(picture: Any, turned: int) -> Any:
    """Phones turn the picture by a note in the file, which VP8 has no room for."""
    quarters = turned // 90
    if not quarters:
        return picture
    # Plane by plane: turning YUV as it is costs no conversion of colours.
    width, height = (picture.width, picture.height)
    if quarters % 2:
        width, height = height, width
    upright = av.VideoFrame(width, height, "yuv420p")
    for plane, into in zip(picture.planes, upright.planes, strict=True):
        rows = [
            bytes(plane)[row * plane.line_size : row * plane.line_size + plane.width]
            for row in range(plane.height)
        ]
        turned_rows = _turn(rows, quarters)
        into.update(b"".join(row.ljust(into.line_size, b"\0") for row in turned_rows))
    return cast(Any, upright)


def _turn(rows: list[bytes], quarters: int) -> list[bytes]:
    """Turn a picture counter-clockwise by so many quarters."""
    if quarters == 2:
        return [row[::-1] for row in reversed(rows)]
    columns = [bytes(column) for column in zip(*rows, strict=True)]
    return columns[::-1] if quarters == 1 else [column[::-1] for column in columns]
