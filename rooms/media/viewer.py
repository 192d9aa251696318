"""One browser that watches a stage: what it gets, and what it says about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from aiortc.rtp import RTCP_RTPFB_NACK, RtcpPsfbPacket, RtcpRtpfbPacket

from rooms.media import feedback, sdp
from rooms.media.feed import Feed
from rooms.media.peer import Path, Peer
from rooms.media.srtp import Renumbered, Seal

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

    def take_rtcp(self, data: bytes) -> None:
        """Take a decrypted compound packet."""
        for packet in feedback.parse(data):
            if isinstance(packet, RtcpRtpfbPacket) and packet.fmt == RTCP_RTPFB_NACK:
                self._repeat(packet)
            elif isinstance(packet, RtcpPsfbPacket) and feedback.asks_for_keyframe(packet):
                for ssrc in feedback.wanted_ssrcs(packet):
                    if (feed := self._feeds.get(ssrc)) is not None:
                        feed.refresh(self)

    def _repeat(self, packet: RtcpRtpfbPacket) -> None:
        now = self._clock()
        earned = (now - self._counted_at) * REPEATS
        self._repeats, self._counted_at = min(REPEATS, self._repeats + earned), now
        feed = self._feeds.get(packet.media_ssrc)
        if feed is not None:
            allowed = packet.lost[: int(self._repeats)]
            self._repeats -= feed.repeat(self, allowed)
