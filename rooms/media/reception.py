"""What a viewer's reports say (RFC 3550 §6.4.1): how much got lost, how far away it is."""

from __future__ import annotations

from typing import Final, NamedTuple

from aiortc.rtp import RtcpReceiverInfo

COUNT: Final = 1 << 32
FARTHEST: Final = 30.0  # seconds; more is a clock that has been set, not a distance


class Heard(NamedTuple):
    """All reports since the last look, taken together."""

    lost: float
    "share of packets, 0 to 1"
    far: float | None
    "seconds to the viewer and back at best, if it could be told"


class Reception:
    """Adds up the reports about several streams."""

    def __init__(self) -> None:
        self._highest: dict[int, int] = {}
        self._expected = 0
        self._lost = 0.0
        self._far: float | None = None

    def take(self, report: RtcpReceiverInfo, stamp: int) -> None:
        """A report came, at `stamp` of our clock (NTP)."""
        before = self._highest.get(report.ssrc)
        self._highest[report.ssrc] = report.highest_sequence
        expected = 0 if before is None else (report.highest_sequence - before) % COUNT
        if 0 < expected < COUNT // 2:
            self._expected += expected
            self._lost += expected * report.fraction_lost / 256
        if report.lsr:
            far = ((stamp >> 16) - report.lsr - report.dlsr) % COUNT / 65_536
            if far < FARTHEST:
                self._far = far if self._far is None else min(far, self._far)

    def drain(self) -> Heard | None:
        """What was heard since the last time; None if nobody said anything."""
        if not self._expected:
            return None
        heard = Heard(self._lost / self._expected, self._far)
        self._expected, self._lost, self._far = 0, 0.0, None
        return heard
