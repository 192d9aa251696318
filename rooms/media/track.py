"""One picture or one sound in one quality: its packets counted, its holes known, its followers."""

from __future__ import annotations

from typing import Final, Protocol

from aiortc.rtp import RtcpReceiverInfo

from rooms.media import keyframes, rtp, sdp
from rooms.media.feedback import Throttle
from rooms.media.keyframes import Descriptor
from rooms.media.order import Order, Ready
from rooms.media.rtp import Rtp

GAP: Final = 100  # packets; a longer hole is not mended but begun anew
JUMP: Final = 20.0  # seconds no packet is under way: a timestamp that stepped
DRIFT: Final = 0.0005  # seconds by which two clocks may part in one
FADES: Final = 0.3  # share of a falling rate that each second takes away


class Follower(Protocol):
    """Who gets every packet of a track."""

    def receive(self, number: int, packet: Rtp, known: Descriptor | None, now: float) -> None:
        """A packet came. `number` is its sequence number counted past sixteen bits."""

    def reported(self, stamp: int, timestamp: int) -> None:
        """The track's `timestamp` means the NTP time `stamp` of this server."""


class Track:
    """One picture or one sound of a source, in one quality."""

    def __init__(self, kind: str, payload_type: int, codec: str = "") -> None:
        """`codec` is one of `sdp.NUMBERS`; of each kind the one every browser has, if not said."""
        self.kind = kind
        self.payload_type = payload_type
        self.codec = codec or sdp.CODECS[kind][0]
        self.ssrc: int | None = None
        self.highest: int | None = None
        self.heard_at: float | None = None
        self.bits = 0
        "received since the last report"
        self.rate = 0.0
        "bits a second, smoothed"
        self.level = 0.0
        "how loud it is, 0 (silent) to 127, smoothed"
        self.keyframes = Throttle()
        self.followers: list[Follower] = []
        self.report: tuple[int, int] | None = None
        "the last sender report: NTP in this server's time, timestamp"
        self._order = Order()
        self._first = 0
        self._keyframe = 0
        self._received = 0
        self._told = (0, 0)
        self._jitter = 0.0
        self._transit: float | None = None
        self._quickest: float | None = None
        self._quick: float | None = None
        self._sender_report = (0, 0.0)
        self.lost = 0.0
        "share of packets lost in the second last reported"

    def receive(self, packet: Rtp, now: float) -> None:
        """Take a packet and hand it on, as soon as what comes before it is there.

        Raises `ValueError` if its payload cannot be read; what was read before goes on.
        """
        known = self._describe(packet)
        if self.highest is None or self.ssrc != packet.ssrc:
            self._begin(packet)
        number = self._count(packet, now)
        self.heard_at = now
        self.bits += 8 * (rtp.HEADER + len(packet.payload))
        if known is not None and known.starts_keyframe:
            self.keyframes.satisfied()
            self._keyframe = max(number, self._keyframe)
        if self.kind == "video":
            self._hand_on(self._order.take((number, packet, known), now), now)
        else:
            self._hand_on([(number, packet, None)], now)

    def overdue(self, now: float) -> list[int]:
        """Sequence numbers to ask for now. Those asked for in vain are given up."""
        for number in self._order.give_up(now):
            self.keyframes.wanted |= number > self._keyframe
        self._hand_on(self._order.release(now), now)
        return self._order.overdue(now)

    def tally(self) -> int:
        """The bits since it was last asked, which is to be every second."""
        bits, self.bits = self.bits, 0
        self.rate = bits if bits > self.rate else self.rate + (bits - self.rate) * FADES
        return bits

    def queue(self) -> float:
        """How many seconds longer than at best the quickest packet was under way since this was
        last asked, which is to be every second: so long is the queue on a line that is full."""
        quick, self._quick = self._quick, None
        if quick is None:
            return 0.0
        best = quick if self._quickest is None else min(quick, self._quickest + DRIFT)
        self._quickest = best
        return quick - best

    def measure_anew(self) -> None:
        """The way here has become another one."""
        self._quickest = self._quick = None

    def note_report(self, stamp: int, timestamp: int, theirs: int, now: float) -> None:
        """A sender report came: `stamp` is its time on our clock, `theirs` on theirs (NTP)."""
        self.report = (stamp, timestamp)
        self._sender_report = (theirs >> 16 & 0xFFFFFFFF, now)
        for follower in self.followers:
            follower.reported(stamp, timestamp)

    def write_report(self, now: float) -> RtcpReceiverInfo | None:
        """What came in since the last report (RFC 3550 §6.4.1, appendix A.3)."""
        if self.ssrc is None or self.highest is None:
            return None
        expected = self.highest - self._first + 1
        told_expected, told_received = self._told
        self._told = (expected, self._received)
        fresh = expected - told_expected
        self.lost = max(0.0, 1 - (self._received - told_received) / fresh) if fresh > 0 else 0.0
        middle, at = self._sender_report
        return RtcpReceiverInfo(
            ssrc=self.ssrc,
            fraction_lost=min(255, int(256 * self.lost)),
            packets_lost=max(-(1 << 23), min((1 << 23) - 1, expected - self._received)),
            highest_sequence=(self._first & 0xFFFF) + expected - 1 & 0xFFFFFFFF,
            jitter=min(round(self._jitter), 0xFFFFFFFF),
            lsr=middle,
            dlsr=round((now - at) * 65536) & 0xFFFFFFFF if middle else 0,
        )

    def _count(self, packet: Rtp, now: float) -> int:
        highest = self.highest or 0
        number = rtp.nearest(packet.sequence, highest)
        self._received += 1
        if number > highest:
            self._note_jitter(packet, now)
            self._note_gap(highest + 1, number, now)
            self.highest = number
        return number

    def _begin(self, packet: Rtp) -> None:
        self.ssrc = packet.ssrc
        # Another SSRC under the same track counts on far from where the old one stood, so
        # that no follower can take its packets for late ones.
        self._first = packet.sequence + (1 << 17) * (1 + ((self.highest or 0) >> 17))
        self.highest = self._first - 1
        self._received, self._told, self._transit = 0, (0, 0), None
        self.measure_anew()
        self._order.skip()

    def _note_gap(self, start: int, end: int, now: float) -> None:
        if self.kind != "video":
            return  # Opus mends itself sooner than a question comes back
        if end - start > GAP or len(self._order.holes) > GAP:
            self._hand_on(self._order.skip(), now)
            self.keyframes.wanted = True
        else:
            self._order.miss(start, end, now)

    def _hand_on(self, ready: list[Ready], now: float) -> None:
        for number, packet, known in ready:
            for follower in self.followers:
                follower.receive(number, packet, known, now)

    def _note_jitter(self, packet: Rtp, now: float) -> None:
        transit = now * sdp.CLOCK[self.kind] - packet.timestamp
        self._note_transit(transit / sdp.CLOCK[self.kind])
        if self._transit is not None:
            step = abs(transit - self._transit)
            if step < 10 * sdp.CLOCK[self.kind]:  # a wrap of the timestamp is not jitter
                self._jitter += (step - self._jitter) / 16
        self._transit = transit

    def _note_transit(self, seconds: float) -> None:
        if self._quickest is not None and abs(seconds - self._quickest) > JUMP:
            self.measure_anew()  # the timestamps have stepped
        self._quick = seconds if self._quick is None else min(seconds, self._quick)

    def _describe(self, packet: Rtp) -> Descriptor | None:
        if self.kind != "video" or len(packet.payload) <= packet.padding:
            return None
        return keyframes.DESCRIBE[self.codec](packet.payload)
