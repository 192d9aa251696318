"""When what a track carries was taken: RTP timestamps turned into this server's time."""

from __future__ import annotations

from typing import Final

from rooms.media import feedback, rtp, sdp

BELIEVED: Final = 10.0  # seconds a sender's clock may differ from when its packets came


class Timeline:
    """Unix seconds for one track's timestamps.

    A sender's reports tell both its tracks' timestamps in the same clock, so picture and
    sound stay in step; until the first one, a packet was taken when it came.
    """

    def __init__(self, kind: str) -> None:
        self._rate = sdp.CLOCK[kind]
        self._ssrc: int | None = None
        self._anchor: tuple[float, int] | None = None

    def reported(self, stamp: int, timestamp: int) -> None:
        """The track's `timestamp` means the NTP time `stamp` of this server."""
        self._anchor = feedback.unix(stamp), timestamp

    def at(self, ssrc: int, timestamp: int, heard_at: float) -> float:
        """When this was taken; `heard_at` is when it came, in Unix seconds."""
        if ssrc != self._ssrc and self._ssrc is not None:
            self._anchor = None  # another sender's timestamps mean something else
        self._ssrc = ssrc
        if self._anchor is not None:
            time, of = self._anchor
            taken_at = time + (rtp.nearest(timestamp, of, bits=32) - of) / self._rate
            if abs(taken_at - heard_at) < BELIEVED:
                return taken_at
        self._anchor = heard_at, timestamp
        return heard_at
