"""A clip that stands behind a seat: its encoded packets are sent on when their time has come.

Nothing is encoded for anybody: whoever watches gets the same packets, in step. The clip's own
time is counted from when it began, so it neither drifts nor begins anew after a restart.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

import av
from av.error import FFmpegError

from rooms.media import control, feedback, sdp
from rooms.media.control import SourceMeasure
from rooms.media.rtp import Rtp
from rooms.media.source import Source
from rooms.media.track import Track

LARGEST: Final = 1100  # bytes of a picture in one packet: with all headers it fits every path
AHEAD: Final = 256  # frames read before their time; some four seconds
HEARD: Final = 90.0  # of 127: a clip counts as somebody who speaks
RUNNING: Final = 3.0  # seconds a clip that is cut off may still be reading

log = logging.getLogger(__name__)


class Sources(Protocol):
    """Where sources come and go."""

    def add_source(self, source: Source) -> None:
        """It is there from now on."""

    def drop_source(self, source: Source) -> None:
        """It is there no longer."""


class Players:
    """All clips that play in this process."""

    def __init__(
        self,
        sources: Sources,
        tell: Callable[[control.Tiding], None],
        clock: Callable[[], float],
    ) -> None:
        """`tell` hears when a clip is over; `clock` gives monotonic seconds."""
        self._sources = sources
        self._tell = tell
        self._clock = clock
        self._players: dict[str, Player] = {}

    def answer(self, request: control.Play | control.StopPlaying) -> None:
        """Play a clip, or stop it; either twice does no harm."""
        playing = self._players.get(request.source)
        if isinstance(request, control.StopPlaying):
            self._stop(request.source)
        elif playing is None or playing.at != request.at:
            self._play(request)

    def close(self) -> None:
        """Stop all of them."""
        for name in tuple(self._players):
            self._stop(name)

    def _play(self, asked: control.Play) -> None:
        player = Player(asked.source, Path(asked.path), asked.at, self._clock, self._ended)
        self._players[asked.source] = player
        self._sources.add_source(player)  # closes the one that had this name before

    def _stop(self, name: str) -> None:
        player = self._players.pop(name, None)
        if player is not None:
            player.close()
            self._sources.drop_source(player)

    def _ended(self, player: Player) -> None:
        # The player stays where it is until it is stopped: its last picture is to be seen until
        # another one stands on the seat.
        self._tell(control.Played(player.name))


class Piece(NamedTuple):
    """One picture or one sound of the clip."""

    kind: str
    at: float
    "seconds since the beginning of the clip"
    data: bytes


class Player(Source):
    """A source that plays a WebM file of VP8 and Opus, once."""

    def __init__(
        self,
        name: str,
        path: Path,
        at: float,
        clock: Callable[[], float],
        ended: Callable[[Player], None],
    ) -> None:
        """`at` is when it begins or began, in Unix seconds; `ended` is called once, when all of
        it was sent or the file cannot be read."""
        super().__init__(name, clock)
        self.at = at
        self._zero = clock() + (at - time.time())
        self._ended = ended
        self._lines = {kind: Line(kind) for kind in ("video", "audio")}
        self.layers = (self._lines["video"].track,)
        self.audio = self._lines["audio"].track
        self._pieces: queue.Queue[Piece | None] = queue.Queue(AHEAD)
        self._next: Piece | None = None
        self._stopped = threading.Event()
        self._over = False
        begin = max(0.0, clock() - self._zero)
        self._thread = threading.Thread(
            target=self._read, args=(path, begin), name=f"player {name}", daemon=True
        )
        self._thread.start()

    def ask_for_keyframe(self, track: Track) -> None:
        """A clip has a clean picture every two seconds; no wish brings one sooner."""

    def mend(self, now: float) -> None:
        """Send what is due. Called many times a second."""
        position = now - self._zero
        while (piece := self._due(position)) is not None:
            self._lines[piece.kind].send(piece, now)

    def report(self, now: float) -> SourceMeasure:
        """Say what the timestamps mean, so that lips match; and how the last second was."""
        self._tell_time(now)
        return super().report(now)

    def close(self) -> None:
        """Play no longer. Closing twice does no harm."""
        self._stopped.set()
        self._over = True
        with contextlib.suppress(queue.Empty):  # else the thread might wait for room for ever
            while True:
                self._pieces.get_nowait()

    def _due(self, position: float) -> Piece | None:
        if self._next is None and not self._over:
            with contextlib.suppress(queue.Empty):
                self._next = self._pieces.get_nowait()
                if self._next is None:
                    self._over = True
                    self._ended(self)
        piece = self._next
        if piece is None or piece.at > position:
            return None
        self._next = None
        if not any(line.sent for line in self._lines.values()):
            self._tell_time(self._zero + piece.at)
        return piece

    def _tell_time(self, now: float) -> None:
        for line in self._lines.values():
            line.report(self.at + (now - self._zero), now - self._zero, now)

    def _read(self, path: Path, begin: float) -> None:
        """The thread: reads ahead, and waits while there is enough."""
        try:
            for piece in pieces(path, begin):
                if not self._put(piece):
                    return
        except (FFmpegError, OSError, ValueError) as error:
            log.warning("%s cannot be played: %s", path.name, error)
        self._put(None)

    def _put(self, piece: Piece | None) -> bool:
        while not self._stopped.is_set():
            with contextlib.suppress(queue.Full):
                self._pieces.put(piece, timeout=RUNNING)
                return True
        return False


class Line:
    """The picture or the sound of a clip, as one RTP stream."""

    def __init__(self, kind: str) -> None:
        codec = sdp.CODECS[kind][0]
        self.track = Track(kind, sdp.NUMBERS[codec], codec)
        self.track.level = HEARD if kind == "audio" else 0.0
        self.sent = False
        self._kind = kind
        self._rate = sdp.CLOCK[kind]
        self._ssrc = secrets.randbelow((1 << 32) - 2) + 2
        self._sequence = secrets.randbelow(1 << 15)
        self._begins = secrets.randbelow(1 << 31)
        self._picture = secrets.randbelow(1 << 15)

    def send(self, piece: Piece, now: float) -> None:
        """Hand one frame to whoever follows."""
        self.sent = True
        payloads = list(self._payloads(piece.data))
        for number, payload in enumerate(payloads, 1):
            # RFC 7741 §4.1: the marker ends a picture. Opus has one packet a frame, no marker.
            marker = self._kind == "video" and number == len(payloads)
            self.track.receive(self._packet(payload, marker, self._timestamp(piece.at)), now)

    def report(self, wall: float, at: float, now: float) -> None:
        """Second `at` of the clip is `wall` in Unix seconds."""
        stamp = feedback.ntp(wall)
        self.track.note_report(stamp, self._timestamp(at), stamp, now)

    def _timestamp(self, at: float) -> int:
        return (self._begins + round(at * self._rate)) & 0xFFFFFFFF

    def _payloads(self, data: bytes) -> Iterator[bytes]:
        if self._kind == "audio":
            yield data
            return
        self._picture = (self._picture + 1) & 0x7FFF
        # RFC 7741 §4.2: extended, with a picture id of fifteen bits; S where a picture begins.
        tail = bytes((0x80, 0x80 | self._picture >> 8, self._picture & 0xFF))
        for at in range(0, len(data), LARGEST):
            yield (b"\x90" if at == 0 else b"\x80") + tail + data[at : at + LARGEST]

    def _packet(self, payload: bytes, marker: bool, timestamp: int) -> Rtp:
        self._sequence = (self._sequence + 1) & 0xFFFF
        return Rtp(
            marker=marker,
            payload_type=self.track.payload_type,
            sequence=self._sequence,
            timestamp=timestamp,
            ssrc=self._ssrc,
            payload=payload,
            padding=0,
            profile=0,
            extensions=b"",
        )


def pieces(path: Path, begin: float) -> Iterator[Piece]:
    """What the clip holds from second `begin` on, in order; the picture begins with a clean one.

    Raises `ValueError` or an error of FFmpeg if it is no clip of ours.
    """
    with av.open(str(path)) as file:
        video, audio = file.streams.video[0], file.streams.audio[0]
        if (video.codec_context.name, audio.codec_context.name) != ("vp8", "opus"):
            raise ValueError("not VP8 and Opus")
        if begin > 0:
            file.seek(round(begin * av.time_base), backward=True)
        clean = False
        for packet in file.demux(video, audio):
            piece = _piece(packet)
            if piece is None or piece.at < begin:
                continue
            clean = clean or (piece.kind == "video" and packet.is_keyframe)
            if piece.kind == "audio" or clean:
                yield piece


def _piece(packet: Any) -> Piece | None:
    if packet.pts is None or packet.size == 0:
        return None  # how FFmpeg says that a stream has ended
    return Piece(packet.stream.type, float(packet.pts * packet.time_base), bytes(packet))
