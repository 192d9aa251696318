"""A stage as media sees it: seats that stay, and the sources behind them that change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rooms.media.control import PREVIEW, SEATS
from rooms.media.feed import Feed
from rooms.media.sdp import Sending
from rooms.media.source import Source
from rooms.media.spread import Spread
from rooms.media.track import Track

HEARD: Final = 77.0  # of 127: a level above -50 dBov counts as speaking
LOUDER: Final = 6.0  # dB another seat must be louder to be called the loudest


class Seat:
    """One place on a stage: its picture and its sound, and who is behind them."""

    def __init__(self, name: str, out: Spread) -> None:
        self.name = name
        self.routed: str | None = None
        "the name of what is to be seen here, whether it is there or not"
        self.source: Source | None = None
        self.video = Feed("video", name, out, self._ask)
        self.audio = Feed("audio", name, out, self._ask)

    def attach(self, source: Source | None) -> None:
        """Follow another source's tracks, or none. The same one again changes nothing."""
        if source is self.source:
            return
        self.source = source
        self.video.follow(source.layers if source else ())
        self.audio.follow((source.audio,) if source and source.audio else ())

    @property
    def level(self) -> float:
        """How loud it is here, 0 to 127."""
        sound = self.source.audio if self.source else None
        return sound.level if sound else 0.0

    def _ask(self, track: Track) -> None:
        if self.source is not None:
            self.source.ask_for_keyframe(track)


class Stage:
    """All seats of one stage or circle, the preview included."""

    def __init__(self, out: Spread, seats: Sequence[str] = SEATS) -> None:
        """`seats` are those that everybody sees."""
        self.seats = {name: Seat(name, out) for name in (*seats, PREVIEW)}
        self.loudest: str | None = None
        self.viewers = 0

    @property
    def idle(self) -> bool:
        """Whether nobody watches and nothing is to be seen."""
        return not self.viewers and not any(seat.routed for seat in self.seats.values())

    def watched(self, preview: bool) -> list[tuple[Sending, Feed]]:
        """What a viewer is offered, in the order of its m-lines."""
        shown = [seat for name, seat in self.seats.items() if preview or name != PREVIEW]
        return [
            (Sending(seat.name, feed.kind, feed.ssrc), feed)
            for seat in shown
            for feed in (seat.audio, seat.video)
        ]

    def look(self, now: float) -> None:
        """Notice which qualities of the pictures arrive. Call it several times a second."""
        for seat in self.seats.values():
            seat.video.look(now)

    def listen(self) -> bool:
        """Find out who is heard; True if that has changed."""
        levels = {name: seat.level for name, seat in self.seats.items() if name != PREVIEW}
        before = levels.get(self.loudest or "", 0.0)
        name, level = max(levels.items(), key=lambda each: each[1])
        if level < HEARD:
            found = None
        elif before >= HEARD and level < before + LOUDER:
            found = self.loudest
        else:
            found = name
        changed, self.loudest = found != self.loudest, found
        return changed
