"""One track on its way to another media process: each packet once, whole, and again if missed."""

from __future__ import annotations

import asyncio
import secrets
import time
from typing import Final

from rooms.media import feedback, rtp, sdp
from rooms.media.fanout import BATCH, GATHER
from rooms.media.keyframes import Descriptor
from rooms.media.link import Link
from rooms.media.rtp import Rtp
from rooms.media.spread import Group, Spread
from rooms.media.srtp import Packet
from rooms.media.track import Track

RING: Final = 1024  # packets kept to send again
LEAP: Final = 2048  # numbers; a sender who steps further has begun anew


class Carrier:
    """Follows a track and sends what comes, unchanged but for its numbers.

    The other end counts rollovers from 0, so each carrier begins below 2^15 with a number of
    its own, under an SSRC that no other carrier of this link has had. A track that begins
    anew gets a new SSRC: whoever follows at the other end begins anew as well.
    """

    base = 0

    def __init__(self, link: Link, track: Track, out: Spread) -> None:
        self.receiver = link
        self.track = track
        self.wanted_at = 0.0
        "when the other end last said that it wants this, in monotonic seconds"
        self.ssrc = 0
        self._out = out
        self._group: Group[Carrier] = Group()
        self._group.add(self)
        self._batch: list[Packet] = []
        self._timer: asyncio.TimerHandle | None = None
        self._packets = self._octets = 0
        self._begin()
        track.followers.append(self)
        if track.report is not None:
            self.reported(*track.report)

    def close(self) -> None:
        """Send nothing more."""
        self._flush()
        self.track.followers.remove(self)

    def receive(self, number: int, packet: Rtp, known: Descriptor | None, now: float) -> None:
        """Take a packet of the track."""
        del now
        out = self._number(number)
        if out is None:
            return
        packet = rtp.padded(packet) if known is not None else packet
        header = rtp.header(packet, sdp.NUMBERS[self.track.codec], out, packet.timestamp, self.ssrc)
        kept = self._ring[out] = Packet(out, header, packet.payload)
        self._packets += 1
        self._octets += len(packet.payload)
        if self._batch and self._batch[0].header[4:8] != header[4:8]:
            self._flush()
        self._batch.append(kept)
        if self.track.kind == "audio" or packet.marker or len(self._batch) >= BATCH:
            self._flush()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(GATHER, self._flush)

    def reported(self, stamp: int, timestamp: int) -> None:
        """Say what timestamps mean, as of now: the other end takes our clock from it."""
        now = time.time()
        ticks = round((now - feedback.unix(stamp)) * sdp.CLOCK[self.track.kind])
        said = (timestamp + ticks) & 0xFFFFFFFF
        self.receiver.send_rtcp(
            feedback.sender_report(
                self.ssrc, feedback.ntp(now), said, self._packets, self._octets, "foyer"
            )
        )

    def repeat(self, sequences: list[int]) -> None:
        """Send again what the other end misses, as it was."""
        for sequence in sequences:
            packet = self._ring.get(rtp.nearest(sequence, self._highest))
            if packet is not None:
                self._out.send(self.ssrc, self._group, [packet])

    def _begin(self) -> None:
        self.ssrc = secrets.randbelow((1 << 32) - 2) + 2
        self._highest = self._start = secrets.randbelow(1 << 14)
        self._shift: int | None = None
        self._ring: dict[int, Packet] = {}

    def _number(self, number: int) -> int | None:
        """The number under which a packet goes out. None steps far, and none is given twice."""
        if self._shift is not None and abs(number + self._shift - self._highest) > LEAP:
            self._flush()
            self._begin()
        if self._shift is None:
            self._shift = self._highest + 1 - number
        out = number + self._shift
        if out in self._ring or out <= max(self._start, self._highest - RING):
            return None
        for old in range(self._highest - RING + 1, out - RING + 1):
            self._ring.pop(old, None)
        self._highest = max(self._highest, out)
        return out

    def _flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        batch, self._batch = self._batch, []
        if batch:
            self._out.send(self.ssrc, self._group, batch)
