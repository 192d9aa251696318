"""What can stand behind a seat: a sound, and a picture in one or several qualities."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Final

from rooms.media.control import SourceMeasure, SourceState
from rooms.media.track import Track

SILENCE: Final = 3.0  # seconds without a picture after which it counts as frozen


class Source(ABC):
    """A sound and a picture that arrive here, wherever they come from."""

    def __init__(self, name: str, clock: Callable[[], float]) -> None:
        """`clock` gives monotonic seconds, as the event loop does."""
        self.name = name
        self.audio: Track | None = None
        self.layers: tuple[Track, ...] = ()
        "the picture in each quality, best first"
        self.state: SourceState | None = None
        "what was last told about it"
        self.began_at = clock()
        self._clock = clock

    @property
    def video(self) -> Track | None:
        """The picture at its best."""
        return self.layers[0] if self.layers else None

    @property
    def tracks(self) -> tuple[Track, ...]:
        """All of them, in every quality."""
        return (*((self.audio,) if self.audio else ()), *self.layers)

    @abstractmethod
    def ask_for_keyframe(self, track: Track) -> None:
        """Somebody needs a clean picture. Too many of these wishes become one."""

    @abstractmethod
    def mend(self, now: float) -> None:
        """Ask for what is missing. Called many times a second."""

    @abstractmethod
    def close(self) -> None:
        """Let it go: somebody else sends under this name, or nobody wants it any more."""

    def report(self, now: float) -> SourceMeasure:
        """How the last second was. Called every second."""
        del now
        bits = sum(track.tally() for track in self.tracks)
        lost = max((track.lost for track in self.tracks), default=0.0)
        return SourceMeasure(self.name, bits, round(lost, 4))

    def condition(self, now: float) -> SourceState | None:
        """Whether what was promised is coming; None while it is too early to say."""
        kind = "video" if self.layers else "audio"
        heard = [t.heard_at for t in self.tracks if t.kind == kind and t.heard_at is not None]
        if not self.layers and heard:
            return "live"  # silence may be meant
        if now - max(heard, default=self.began_at) >= SILENCE:
            return "frozen"
        return "live" if heard else None
