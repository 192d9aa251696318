"""One browser that watches a stage: what it gets, and what it says about it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Final

from aiortc.rtp import RTCP_RTPFB_NACK, RtcpPsfbPacket, RtcpRrPacket, RtcpRtpfbPacket

from rooms.media import feedback, sdp
from rooms.media.choice import Line, Picture, ladder
from rooms.media.control import Size
from rooms.media.feed import Feed
from rooms.media.peer import Path, Peer
from rooms.media.reception import Reception
from rooms.media.srtp import Renumbered, Seal

ECHOING: Final = 0.03  # share of lost packets above which sounds and repairs are sent twice,
STAYS_LOSSY: Final = 10.0  # and for how many seconds more
AGAIN: Final = 0.02  # seconds between a repair and its double
REPEATS: Final = 400.0  # packets a second one viewer may have sent again


class Viewer:
    """A peer that watches all seats of a stage."""

    def __init__(
        self,
        peer: Peer,
        feeds: Mapping[int, Feed],
        clock: Callable[[], float],
        numbers: Mapping[int, int] | None = None,
    ) -> None:
        """`feeds` are what it watches, by their SSRC; it joins them when it `begin`s.

        `numbers` are its own payload types by ours, if it dictates them.
        """
        self.peer = peer
        self._feeds = feeds
        self._clock = clock
        self._repeats = REPEATS
        self._counted_at = clock()
        self._numbers = numbers or {}
        self._seal: Seal | None = None
        self.codecs: frozenset[str] = frozenset(sdp.NUMBERS)
        "what it can decode; known once it has answered"
        self.thin = False
        "whether its line carries less than every picture it shows"
        self.on_thin: Callable[[bool], None] = _ignore
        self._sizes: Mapping[str, Size] = {}
        self._line = Line()
        self._reception = Reception()
        self._cost = 0.0
        self._lossy_until = clock()
        peer.on_rtcp = self.take_rtcp

    @property
    def path(self) -> Path | None:
        return self.peer.path

    @property
    def seal(self) -> Seal:
        if self._seal is None:
            keys = self.peer.keys
            if keys is None:  # it joins only after its handshake
                raise RuntimeError("a viewer without keys watches nothing")
            self._seal = Renumbered(keys.seal, self._numbers) if self._numbers else keys.seal
        return self._seal

    def send_rtcp(self, data: bytes) -> None:
        self.peer.send_rtcp(data)

    def begin(self) -> None:
        """The keys are there: let it flow."""
        for feed in self._feeds.values():
            feed.add(self)

    def end(self) -> None:
        """Send nothing more."""
        for feed in self._feeds.values():
            feed.remove(self)

    def show(self, sizes: Mapping[str, Size]) -> None:
        """It shows the seats so large from now on; those not named are large."""
        self._sizes = sizes
        self._attend(self._clock())

    def attend(self, now: float) -> None:
        """Fit what it gets to what it shows and to what it says of its line. Once a second."""
        heard = self._reception.drain()
        if heard is not None:
            self._line.reported(*heard, self._cost, now)
            self._echo(now)
        self._attend(now)

    def _attend(self, now: float) -> None:
        feeds = [each for each in self._feeds.values() if each.kind == "video"]
        pictures = [Picture(self._sizes.get(each.seat, "large"), each.rates) for each in feeds]
        rung = self._line.judge(ladder(pictures), now)
        self._cost = rung.cost
        for feed, quality in zip(feeds, rung.qualities, strict=True):
            feed.choose(self, quality)
        pairs = zip(pictures, rung.qualities, strict=True)
        thin = any(each.size != "hidden" and quality is None for each, quality in pairs)
        if thin != self.thin:
            self.thin = thin
            self.on_thin(thin)

    def _echo(self, now: float) -> None:
        """Where much gets lost, send sounds twice: there is no time to ask for them again."""
        if self._line.loss > ECHOING:
            self._lossy_until = now + STAYS_LOSSY
        for feed in self._feeds.values():
            if feed.kind == "audio":
                feed.echo(self, now < self._lossy_until)

    def take_rtcp(self, data: bytes) -> None:
        """Take a decrypted compound packet."""
        for packet in feedback.parse(data):
            if isinstance(packet, RtcpRtpfbPacket) and packet.fmt == RTCP_RTPFB_NACK:
                self._repeat(packet)
            elif isinstance(packet, RtcpRrPacket):
                self._note(packet)
            elif (bits := feedback.promised(packet)) is not None:
                self._line.promised(bits)
            elif isinstance(packet, RtcpPsfbPacket) and feedback.asks_for_keyframe(packet):
                for ssrc in feedback.wanted_ssrcs(packet):
                    if (feed := self._feeds.get(ssrc)) is not None:
                        feed.refresh(self)

    def _note(self, packet: RtcpRrPacket) -> None:
        stamp = feedback.ntp(time.time())
        for report in packet.reports:
            if report.ssrc in self._feeds:
                self._reception.take(report, stamp)

    def _repeat(self, packet: RtcpRtpfbPacket) -> None:
        now = self._clock()
        earned = (now - self._counted_at) * REPEATS
        self._repeats, self._counted_at = min(REPEATS, self._repeats + earned), now
        feed = self._feeds.get(packet.media_ssrc)
        if feed is not None:
            allowed = packet.lost[: int(self._repeats)]
            self._repeats -= feed.repeat(self, allowed)
            if now < self._lossy_until:
                # Chromium asks again only after 100 ms, however near it is.
                asyncio.get_running_loop().call_later(AGAIN, feed.repeat, self, allowed)


def _ignore(thin: bool) -> None:
    del thin
