"""One quality of a seat's picture, or its sound: one SSRC without gap or step back."""

from __future__ import annotations

from typing import Final

from rooms.media import keyframes, rtp, sdp
from rooms.media.keyframes import Descriptor
from rooms.media.outlet import LAYERS, PICTURES, TICKS, Moment, Place
from rooms.media.rtp import Rtp
from rooms.media.srtp import Packet

RING: Final = 1024  # packets kept to send again; about four seconds of video
FRAME: Final = {"video": 1 / 30, "audio": 0.02}  # seconds between two pictures or sounds


class Lane:
    """Rewrites whatever source stands behind a seat into one endless stream.

    A new source begins with its next keyframe (sound: with its next packet), right after the
    last packet sent; packets of the old one are gone from then on. No index is ever given to
    two packets: that is what keeps every viewer's cipher safe (see `srtp.Seal`).
    """

    def __init__(
        self, kind: str, ssrc: int, payload_type: int, clock_rate: int, start: int
    ) -> None:
        """`start` is the first sequence number, below 2^15 (RFC 3711 §3.3.1)."""
        self.kind = kind
        self.ssrc = ssrc
        self.clock_rate = clock_rate
        self.highest = start - 1
        "index of the newest packet"
        self.keyframe: int | None = None
        "index where the newest keyframe starts"
        self.packets = 0
        self.octets = 0
        self.codec = sdp.CODECS[kind][0]
        "of what went out last"
        self._payload_type = payload_type
        self._ring: dict[int, Packet] = {}
        self._marks: dict[int, Descriptor] = {}
        self._running = False
        self._floor = 0
        self._first = start
        self._index_shift = 0
        self._time_shift = 0
        self._picture_shift = 0
        self._layer_shift = 0
        self._timestamp = 0
        self._stamped_at: float | None = None
        self._picture = 0
        self._layer = 0

    @property
    def waits_for_keyframe(self) -> bool:
        """Whether nothing goes out until a keyframe comes."""
        return self.kind == "video" and not self._running

    @property
    def running(self) -> bool:
        """Whether packets of the present source went out."""
        return self._running

    def restart(self) -> None:
        """Another source, or none, stands behind the seat: let nothing of the old one pass."""
        self._running = False
        self.keyframe = None

    def accept(
        self, index: int, packet: Rtp, known: Descriptor | None, now: float
    ) -> Packet | None:
        """Rewrite a packet of the present source, or drop it.

        `index` is its sequence number counted past sixteen bits, `known` its VP8 descriptor.
        """
        if not self._running:
            if self.kind == "video" and (known is None or not known.starts_keyframe):
                return None
            self._begin(index, packet, known, now)
        out = index + self._index_shift
        if out > self.highest + RING:
            # The sender stepped so far that a viewer who missed a packet could lose count of
            # the rollovers for good. Begin anew without a gap instead.
            self.restart()
            return self.accept(index, packet, known, now)
        if index < self._floor or out in self._ring or out <= self.highest - RING:
            return None
        return self._keep(out, packet, known, now)

    def again(self, number: int) -> Packet | None:
        """The identical packet that went out under a number.

        Only of the present source: what came before its first packet is over.
        """
        return self._ring.get(number) if self._running and number >= self._first else None

    def since(self, index: int) -> list[Packet] | None:
        """All packets from `index` on, or None if one of them is missing."""
        found = [self._ring.get(each) for each in range(index, self.highest + 1)]
        whole = [each for each in found if each is not None]
        return whole if len(whole) == len(found) else None

    def known(self, number: int) -> Descriptor | None:
        """What is known of a packet that is still kept. Its ids are those of the source."""
        return self._marks.get(number)

    def place(self, moment: Moment | None) -> Place:
        """Where the lane stands. `moment` is what the last sender report said."""
        at = self._stamped_at or 0.0
        return Place(self.highest, self._timestamp, self._picture, self._layer, at, moment)

    def stamp(self, timestamp: int) -> int:
        """A timestamp of the present source, as viewers see it."""
        return (timestamp + self._time_shift) % TICKS

    def _begin(self, index: int, packet: Rtp, known: Descriptor | None, now: float) -> None:
        self._running = True
        if known is not None:
            self.codec = known.codec
            self._payload_type = sdp.NUMBERS[known.codec]
        self._floor = index
        self._first = self.highest + 1
        self._index_shift = self._first - index
        if self._stamped_at is None:
            self._time_shift = 0
        else:
            seconds = max(now - self._stamped_at, FRAME[self.kind])
            begins = self._timestamp + round(seconds * self.clock_rate)
            self._time_shift = begins - packet.timestamp
        if known is not None and known.picture is not None:
            self._picture_shift = self._picture + 1 - known.picture
        if known is not None and known.layer is not None:
            self._layer_shift = self._layer + 1 - known.layer

    def _keep(self, out: int, packet: Rtp, known: Descriptor | None, now: float) -> Packet:
        timestamp = self.stamp(packet.timestamp)
        if known is not None:
            packet = rtp.padded(packet)
        payload = packet.payload
        if known is not None:
            payload = self._renumber(out, payload, known)
            self._marks[out] = known
            if known.starts_keyframe:
                self.keyframe = max(out, self.keyframe or 0)
        kept = Packet(
            out, rtp.header(packet, self._payload_type, out, timestamp, self.ssrc), payload
        )
        if out > self.highest:
            self._advance(out)
            self._timestamp, self._stamped_at = timestamp, now
        self._ring[out] = kept
        self.packets += 1
        self.octets += len(payload)
        return kept

    def _advance(self, out: int) -> None:
        for old in range(self.highest - RING + 1, out - RING + 1):
            self._ring.pop(old, None)
            self._marks.pop(old, None)
        self.highest = out

    def _renumber(self, out: int, payload: bytes, known: Descriptor) -> bytes:
        picture = ((known.picture or 0) + self._picture_shift) % PICTURES
        layer = ((known.layer or 0) + self._layer_shift) % LAYERS
        if out > self.highest:
            if known.picture is not None:
                self._picture = picture
            if known.layer is not None:
                self._layer = layer
        return keyframes.rewrite(payload, known, picture, layer)
