"""`python -m rooms.media.darkroom`: makes still pictures of encoded ones, in a process of its own.

A decoder is the largest piece of code that strangers' bytes can reach. It runs here, where it
holds nothing, opens nothing, and takes nothing with it when it falls over.
"""

from __future__ import annotations

import io
import resource
import struct
import sys
import time
from typing import BinaryIO, Final, NamedTuple, cast

import av
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

CODECS: Final = ("vp8", "h264")
PAUSE: Final = 0.9  # seconds between two stills of one picture
LARGEST: Final = 4 << 20  # bytes of an encoded frame
MEMORY: Final = 1 << 30  # bytes this process may use
FILES: Final = 32  # open at once
QUALITY: Final = 70  # of 95

_exposure: Final = struct.Struct("!HBHI")  # which picture, codec, greatest width, bytes
_still: Final = struct.Struct("!HI")  # which picture, bytes


class Exposure(NamedTuple):
    """One encoded frame on its way into the darkroom."""

    picture: int
    codec: str
    width: int
    "the still is no wider than this"
    data: bytes


class Still(NamedTuple):
    """One JPEG on its way out."""

    picture: int
    image: bytes


def put(exposure: Exposure) -> bytes:
    """Encode what goes in."""
    codec = CODECS.index(exposure.codec)
    head = _exposure.pack(exposure.picture, codec, exposure.width, len(exposure.data))
    return head + exposure.data


STILL_HEAD: Final = _still.size


def still_head(head: bytes) -> tuple[int, int]:
    """Which picture comes out next, and how many bytes it has."""
    picture, length = _still.unpack(head)
    return picture, length


def main() -> int:
    """Develop until standard input ends."""
    _confine()
    source, out = sys.stdin.buffer, sys.stdout.buffer
    trays: dict[int, Tray] = {}
    while (exposure := _take(source)) is not None:
        tray = trays.get(exposure.picture)
        if tray is None or tray.codec != exposure.codec:
            tray = trays[exposure.picture] = Tray(exposure.codec)
        image = tray.develop(exposure, time.monotonic())
        if image is not None:
            out.write(_still.pack(exposure.picture, len(image)) + image)
            out.flush()
    return 0


class Tray:
    """One picture being watched: every frame goes through, a still comes out now and then."""

    def __init__(self, codec: str) -> None:
        self.codec = codec
        self._decoder = cast(VideoCodecContext, av.CodecContext.create(codec, "r"))
        self._decoder.thread_count = 1
        self._ready_at = float("-inf")

    def develop(self, exposure: Exposure, now: float) -> bytes | None:
        """Take one frame; returns a JPEG if it is time for one."""
        try:
            frames = self._decoder.decode(av.Packet(exposure.data))
        except FFmpegError:
            return None  # a damaged frame; the next keyframe mends it
        if not frames or now < self._ready_at:
            return None
        self._ready_at = now + PAUSE
        return _jpeg(frames[-1], exposure.width)


def _jpeg(frame: VideoFrame, most: int) -> bytes:
    if frame.width > most:
        height = max(2, round(frame.height * most / frame.width))
        frame = frame.reformat(width=most, height=height)
    out = io.BytesIO()
    frame.to_image().save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _take(source: BinaryIO) -> Exposure | None:
    head = source.read(_exposure.size)
    if len(head) < _exposure.size:
        return None
    picture, codec, width, length = _exposure.unpack(head)
    if codec >= len(CODECS) or length > LARGEST:
        return None
    data = source.read(length)
    return Exposure(picture, CODECS[codec], width, data) if len(data) == length else None


def _confine() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
