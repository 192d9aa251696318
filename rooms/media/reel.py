"""A file of a recording: whole encoded frames go in, WebM or MP4 is on the disk at once.

A thread of its own writes, so that a slow disk holds nobody's picture up. Every second
what was taken is complete in the file: a process that is killed loses that second alone.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import queue
import threading
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import av
from av.container import OutputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Stream

WAITING: Final = 1024  # frames on their way to the disk; some ten seconds
CLUSTER: Final = 1.0  # seconds of recording that are written together
BESIDE: Final = 0.5  # seconds picture and sound may wait for each other
TICKS: Final = {"video": Fraction(1, 90_000), "audio": Fraction(1, 48_000)}
OPTIONS: Final[dict[str, dict[str, str]]] = {
    "webm": {"cluster_time_limit": str(round(CLUSTER * 1000))},
    "mp4": {
        # The moov is delayed up to the first fragment: only then does time 0 stay time 0.
        "movflags": "+frag_keyframe+delay_moov+default_base_moof",
        "frag_duration": str(round(CLUSTER * 1_000_000)),
    },
}
AT_ONCE: Final = {
    "fflags": "+flush_packets",
    "max_interleave_delta": str(round(BESIDE * 1_000_000)),
}

Kind = Literal["video", "audio"]
Trouble = Literal["full", "broken"]

log = logging.getLogger(__name__)


class Picture(NamedTuple):
    """What the file says of its picture."""

    codec: str
    "vp8 or h264"
    width: int
    height: int


class Piece(NamedTuple):
    """One frame or one piece of sound."""

    kind: Kind
    at: float
    "seconds since time 0 of the recording"
    is_key: bool
    data: bytes


class Reel:
    """One file that grows."""

    def __init__(self, stem: Path, picture: Picture | None, sound: bool) -> None:
        """`stem` is the path without its suffix; the folder must be there."""
        self.picture = picture
        self.sound = sound
        self.suffix = "mp4" if picture is not None and picture.codec == "h264" else "webm"
        self.trouble: Trouble | None = None
        "Why nothing more is written."
        self._path = stem.with_name(f"{stem.name}.{self.suffix}")
        self._pieces: queue.Queue[Piece | None] = queue.Queue(WAITING)
        self._closed = False
        self._thread = threading.Thread(target=self._run, name=f"reel {stem.name}", daemon=True)
        self._thread.start()

    def put(self, piece: Piece) -> bool:
        """Have it written; False if the disk does not keep up, and it is dropped."""
        try:
            self._pieces.put_nowait(piece)
        except queue.Full:
            return False
        return True

    def close(self) -> None:
        """Take nothing more; the thread finishes the file. Closing twice does no harm."""
        self._closed = True
        with contextlib.suppress(queue.Full):  # else the thread sees it once it is through
            self._pieces.put_nowait(None)

    @property
    def is_finished(self) -> bool:
        """Whether the file is whole."""
        return not self._thread.is_alive()

    def join(self, seconds: float) -> None:
        """Wait until the file is finished, at most so long."""
        self._thread.join(seconds)

    def _run(self) -> None:
        try:
            self._write()
        except (OSError, FFmpegError, ValueError) as error:
            self.trouble = "full" if getattr(error, "errno", 0) == errno.ENOSPC else "broken"
            log.error("%s cannot be written: %s", self._path.name, error)

    def _write(self) -> None:
        options = {**OPTIONS[self.suffix], **AT_ONCE}
        with av.open(str(self._path), "w", format=self.suffix, options=options) as file:
            streams = self._streams(file)
            last = dict.fromkeys(streams, -1)
            while (piece := self._next()) is not None:
                stream = streams.get(piece.kind)
                if stream is None:
                    continue
                tick = max(round(piece.at / TICKS[piece.kind]), last[piece.kind] + 1)
                last[piece.kind] = tick
                file.mux_one(_packet(piece, stream, tick))

    def _next(self) -> Piece | None:
        while True:
            try:
                return self._pieces.get(timeout=CLUSTER)
            except queue.Empty:
                if self._closed:
                    return None

    def _streams(self, file: OutputContainer) -> dict[Kind, Stream]:
        streams: dict[Kind, Stream] = {}
        if self.picture is not None:
            codec, width, height = self.picture
            streams["video"] = file.add_mux_stream(
                codec, width=width, height=height, time_base=TICKS["video"]
            )
        if self.sound:
            # Never encodes anything; only it knows how to write Opus's header.
            header: Any = file.add_stream("libopus", rate=48_000)
            header.layout = "stereo"
            streams["audio"] = header
        return streams


def _packet(piece: Piece, stream: Stream, tick: int) -> Packet[Stream]:
    packet: Packet[Stream] = Packet(piece.data)
    packet.stream = stream
    packet.time_base = TICKS[piece.kind]
    packet.pts = packet.dts = tick
    packet.is_keyframe = piece.is_key
    return packet
