"""A stage as media sees it: seats that stay, and the sources behind them that change."""

from __future__ import annotations

import secrets
from typing import Final

from rooms.media import sdp
from rooms.media.control import PREVIEW, SEATS
from rooms.media.fanout import Fanout
from rooms.media.lane import Lane
from rooms.media.sdp import Sending
from rooms.media.source import Source
from rooms.media.track import Track
from rooms.media.wire import Wire

HEARD: Final = 77.0  # of 127: a level above -50 dBov counts as speaking
LOUDER: Final = 6.0  # dB another seat must be louder to be called the loudest


class Seat:
    """One place on a stage: a lane for picture and one for sound, and who is behind them."""

    def __init__(self, name: str, out: Wire) -> None:
        self.name = name
        self.routed: str | None = None
        "the name of what is to be seen here, whether it is there or not"
        self.source: Source | None = None
        self.video = Fanout(_lane("video", sdp.VP8), name, out, self._wish)
        self.audio = Fanout(_lane("audio", sdp.OPUS), name, out, self._wish)

    def attach(self, source: Source | None) -> None:
        """Follow another source's tracks, or none. The same one again changes nothing."""
        if source is self.source:
            return
        old, self.source = self.source, source
        _change(self.video, old.video if old else None, source.video if source else None)
        _change(self.audio, old.audio if old else None, source.audio if source else None)

    @property
    def level(self) -> float:
        """How loud it is here, 0 to 127."""
        sound = self.source.audio if self.source else None
        return sound.level if sound else 0.0

    def _wish(self, fanout: Fanout) -> None:
        track = self.source.video if self.source else None
        if self.source is not None and track is not None and fanout is self.video:
            self.source.ask_for_keyframe(track)


class Stage:
    """All seats of one stage, the preview included."""

    def __init__(self, out: Wire) -> None:
        self.seats = {name: Seat(name, out) for name in (*SEATS, PREVIEW)}
        self.loudest: str | None = None
        self.viewers = 0

    @property
    def idle(self) -> bool:
        """Whether nobody watches and nothing is to be seen."""
        return not self.viewers and not any(seat.routed for seat in self.seats.values())

    def watched(self, preview: bool) -> list[tuple[Sending, Fanout]]:
        """What a viewer is offered, in the order of its m-lines."""
        shown = [seat for name, seat in self.seats.items() if preview or name != PREVIEW]
        return [
            (Sending(seat.name, fanout.lane.kind, fanout.lane.ssrc), fanout)
            for seat in shown
            for fanout in (seat.audio, seat.video)
        ]

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


def _lane(kind: str, payload_type: int) -> Lane:
    ssrc = secrets.randbelow((1 << 32) - 2) + 2  # 0 and 1 mean something else
    return Lane(kind, ssrc, payload_type, sdp.CLOCK[kind], secrets.randbelow(1 << 15))


def _change(fanout: Fanout, old: Track | None, new: Track | None) -> None:
    if old is not None:
        old.followers.remove(fanout)
    if new is not None:
        new.followers.append(fanout)
    fanout.switch(new.report if new else None)
