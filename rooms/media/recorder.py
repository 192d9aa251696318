"""Records what a seat shows: encoded packets become whole frames, and these go into a file.

One recorder makes one take: one source on one seat, in one file. It follows the best
quality that arrives, as a viewer would, and never decodes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Container
from pathlib import Path
from typing import Final, cast

from rooms.media import control, sizes
from rooms.media.control import Answer, RecordingState
from rooms.media.frames import Frame, Frames
from rooms.media.keyframes import Descriptor
from rooms.media.reel import Kind, Picture, Piece, Reel
from rooms.media.rtp import Rtp
from rooms.media.source import Source
from rooms.media.timeline import Timeline
from rooms.media.track import Track

PATIENCE: Final = 3.0  # seconds picture and sound wait for each other before the file begins
STARVED: Final = 1.5  # seconds without a frame after which a worse quality will do
AGAIN: Final = 2.0  # seconds between two wishes for a keyframe
FAREWELL: Final = 3.0  # seconds the last files may take when the process ends

SILENCE: Final = b"\xf8\xff\xfe"  # 20 ms of it in Opus (RFC 6716)

Tell = Callable[[RecordingState, float, str], None]
"""Hears what became of a take, since when (Unix seconds), and the file's suffix."""


class Recorders:
    """All takes of this process."""

    def __init__(self, tell: Callable[[control.Tiding], None]) -> None:
        self._tell = tell
        self._recorders: dict[tuple[str, str], Recorder] = {}
        self._ending: list[Recorder] = []

    def greet(self) -> tuple[control.Tiding, ...]:
        """What is being written, for a server that has just come."""
        return tuple(
            control.RecordingChanged(stage, take, "rolling", *recorder.rolling)
            for (stage, take), recorder in self._recorders.items()
            if recorder.rolling is not None
        )

    def record(self, asked: control.Record) -> Answer:
        """Begin a take, or go on with it; a take that is over cannot go on."""
        known = self._recorders.get((asked.stage, asked.take))
        if known is None:
            stem = Path(asked.stem)
            if any(stem.parent.glob(f"{stem.name}.*")):
                return control.Over(asked.id)
            known = Recorder(asked, self._teller(asked.stage, asked.take))
            self._recorders[asked.stage, asked.take] = known
        elif known.is_over:
            return control.Over(asked.id)
        known.wanted = asked.source
        return control.Done(asked.id)

    def keep(self, stage: str, takes: Container[str]) -> None:
        """End all other takes of a stage; their files are finished in the background."""
        for key, recorder in tuple(self._recorders.items()):
            if key[0] == stage and key[1] not in takes:
                del self._recorders[key]
                recorder.close()
                self._ending = [each for each in self._ending if not each.is_finished]
                self._ending.append(recorder)

    def look(self, seen: Callable[[str, str], Source | None], now: float) -> None:
        """Follow what the seats show. Call it many times a second."""
        for recorder in self._recorders.values():
            recorder.look(seen(recorder.stage, recorder.seat), now)

    def close(self) -> None:
        """Finish all files."""
        for stage, _ in tuple(self._recorders):
            self.keep(stage, ())
        for recorder in self._ending:
            recorder.join(FAREWELL)

    def _teller(self, stage: str, take: str) -> Tell:
        def tell(state: RecordingState, at: float, suffix: str) -> None:
            self._tell(control.RecordingChanged(stage, take, state, at, suffix))

        return tell


class Recorder:
    """One take."""

    def __init__(self, asked: control.Record, tell: Tell) -> None:
        self.stage = asked.stage
        self.seat = asked.seat
        self.wanted = asked.source
        "The only source it may follow, whatever else the seat shows."
        self.is_over = False
        self.rolling: tuple[float, str] | None = None
        "Since when there is a file, and its suffix."
        self._stem = Path(asked.stem)
        self._zero = asked.zero
        self._tell = tell
        self._source: Source | None = None
        self._strands: tuple[Strand, ...] = ()
        self._shown: Strand | None = None
        self._waiting: list[Piece] = []
        self._waiting_since = 0.0
        self._asked_at = 0.0
        self._reel: Reel | None = None
        self._outcome: RecordingState | None = None
        "Why it has to end; done at the next look, not in the middle of a packet."

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to write."""
        return self._reel is None or self._reel.is_finished

    def look(self, seen: Source | None, now: float) -> None:
        """The seat shows this now."""
        source = seen if seen is not None and seen.name == self.wanted else None
        if self.is_over:
            return
        if source is not self._source or _tracks(source) != self._tracks():
            self._follow(source)
        if self._waiting and self._reel is None:
            self._begin(now)
        if self._reel is not None and self._reel.trouble is not None:
            self._outcome = self._reel.trouble
        if self._outcome is not None:
            self.close()
            self._tell(self._outcome, 0.0, "")
        self._wish(now)

    def close(self) -> None:
        """Follow nothing any more, and finish the file. Closing twice does no harm."""
        self._follow(None)
        self.is_over = True
        if self._reel is None and self._waiting:
            self._begin(float("inf"))
        if self._reel is not None:
            self._reel.close()

    def join(self, seconds: float) -> None:
        """Wait for the file to be finished, at most so long."""
        if self._reel is not None:
            self._reel.join(seconds)

    def take(self, strand: Strand, frame: Frame, at: float, now: float) -> None:
        """A strand has a whole frame, taken `at` (Unix seconds)."""
        kind = cast(Kind, strand.track.kind)
        if self._outcome is not None or at < self._zero:
            return
        if kind == "video" and not self._shows(strand, frame.is_key, now):
            return
        piece = Piece(kind, at - self._zero, frame.is_key, frame.data)
        if self._reel is not None:
            self._put(self._reel, piece, strand.track.codec)
            return
        if not self._waiting:
            self._waiting_since = now
        self._waiting.append(piece)
        self._begin(now)

    def _tracks(self) -> tuple[Track, ...]:
        return tuple(strand.track for strand in self._strands)

    def _follow(self, source: Source | None) -> None:
        for strand in self._strands:
            strand.close()
        self._source, self._shown = source, None
        self._strands = tuple(Strand(track, self.take) for track in _tracks(source))

    def _shows(self, strand: Strand, is_key: bool, now: float) -> bool:
        """Whether this quality goes into the file; another one begins with a keyframe."""
        shown = self._shown
        if strand is not shown and is_key and self._is_better(strand, shown, now):
            self._shown = shown = strand
        return strand is shown

    def _is_better(self, strand: Strand, shown: Strand | None, now: float) -> bool:
        if shown is None or self._source is None:
            return True
        if now - shown.heard_at > STARVED:
            return True
        layers = self._source.layers
        return strand.track in layers[: layers.index(shown.track)]

    def _wish(self, now: float) -> None:
        """Ask for a keyframe of the best quality that arrives, if it is not shown."""
        if self._source is None or now - self._asked_at < AGAIN:
            return
        for strand in self._strands:
            came_at = strand.track.heard_at
            if strand.track.kind == "audio" or came_at is None or now - came_at > STARVED:
                continue
            if strand is not self._shown or now - strand.heard_at > STARVED:
                self._asked_at = now
                self._source.ask_for_keyframe(strand.track)
            return

    def _begin(self, now: float) -> None:
        """Begin the file as soon as it is known what it will hold."""
        first = next((each for each in self._waiting if each.kind == "video"), None)
        sound = any(each.kind == "audio" for each in self._waiting)
        source = self._source
        whole = source is not None and (
            (first is not None or not source.layers) and (sound or source.audio is None)
        )
        if not whole and now - self._waiting_since < PATIENCE:
            return
        try:
            picture = self._picture(first)
        except ValueError:
            self._waiting, self._shown = [], None  # the next keyframe may say what it is
            return
        self._reel = Reel(self._stem, picture, sound)
        waiting, self._waiting = self._waiting, []
        began_at = min(each.at for each in waiting)
        for piece in (*_lead_in(waiting), *waiting):
            self._reel.put(piece)
        self.rolling = self._zero + began_at, self._reel.suffix
        self._tell("rolling", *self.rolling)

    def _picture(self, first: Piece | None) -> Picture | None:
        if first is None:
            return None
        codec = self._shown.track.codec if self._shown is not None else "vp8"
        return Picture(codec, *sizes.size(codec, first.data))

    def _put(self, reel: Reel, piece: Piece, codec: str) -> None:
        fits = reel.sound if piece.kind == "audio" else reel.picture is not None
        if piece.kind == "video" and reel.picture is not None:
            fits = reel.picture.codec == codec
        if not fits:
            self._outcome = "changed"
        elif not reel.put(piece) and piece.kind == "video":
            self._shown = None  # what follows needs what was dropped, up to the next keyframe


class Strand:
    """A track of the source that is being recorded."""

    def __init__(self, track: Track, give: Callable[[Strand, Frame, float, float], None]) -> None:
        self.track = track
        self.heard_at = float("-inf")
        "when the last whole frame came; the event loop's seconds"
        self._give = give
        self._frames = Frames(track.codec)
        self._timeline = Timeline(track.kind)
        self._ssrc: int | None = None
        self._number = -1
        if track.report is not None:
            self._timeline.reported(*track.report)
        track.followers.append(self)

    def close(self) -> None:
        """Follow no longer."""
        self.track.followers.remove(self)

    def receive(self, number: int, packet: Rtp, known: Descriptor | None, now: float) -> None:
        """A packet came."""
        if packet.ssrc != self._ssrc:
            self._ssrc = packet.ssrc
            self._frames = Frames(self.track.codec)
        for frame in self._whole(number, packet, known):
            self.heard_at = now
            at = self._timeline.at(packet.ssrc, frame.timestamp, time.time())
            self._give(self, frame, at, now)

    def reported(self, stamp: int, timestamp: int) -> None:
        """The track's `timestamp` means the NTP time `stamp` of this server."""
        self._timeline.reported(stamp, timestamp)

    def _whole(self, number: int, packet: Rtp, known: Descriptor | None) -> list[Frame]:
        if self.track.kind == "video":
            return self._frames.take(number, packet, known)
        # Each packet of sound is whole in itself; one that comes late is not waited for.
        late, self._number = number <= self._number, max(number, self._number)
        payload = packet.payload[: len(packet.payload) - packet.padding]
        return [] if late or not payload else [Frame(packet.timestamp, True, payload)]


def _lead_in(pieces: list[Piece]) -> list[Piece]:
    """The first picture, and silence, at time 0.

    Every file of an item begins at the same instant then, in every player, and holds its
    first picture until it really came. A file that began later would be shifted by some.
    """
    picture = [each._replace(at=0.0) for each in pieces if each.kind == "video"][:1]
    sound = [each._replace(at=0.0, data=SILENCE) for each in pieces if each.kind == "audio"][:1]
    return [*picture, *sound]


def _tracks(source: Source | None) -> tuple[Track, ...]:
    """What of a source is recorded: its sound, and its picture in all qualities, best first."""
    if source is None:
        return ()
    return (*((source.audio,) if source.audio is not None else ()), *source.layers)
