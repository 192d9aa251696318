"""RTCP in both directions (RFC 3550 §6, RFC 4585, RFC 5104): what we read and what we say."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aiortc.rtp import (
    RTCP_PSFB_APP,
    RTCP_PSFB_FIR,
    RTCP_PSFB_PLI,
    RTCP_RTPFB,
    RTCP_RTPFB_NACK,
    AnyRtcpPacket,
    RtcpPacket,
    RtcpPsfbPacket,
    RtcpReceiverInfo,
    RtcpRrPacket,
    RtcpSdesPacket,
    RtcpSenderInfo,
    RtcpSourceInfo,
    RtcpSrPacket,
    pack_remb_fci,
    unpack_remb_fci,
)

OUR_SSRC: Final = 1  # the one we use towards publishers; we send them no media
KEYFRAME_PAUSE: Final = 0.5  # seconds between two keyframe requests for one picture
CNAME: Final = 1  # RFC 3550 §6.5.1

NTP_EPOCH: Final = 2_208_988_800  # seconds from 1900 to 1970


def parse(data: bytes) -> list[AnyRtcpPacket]:
    """Read a decrypted compound packet; one that cannot be read is empty."""
    try:
        return RtcpPacket.parse(data)
    except (ValueError, struct.error, IndexError):
        return []


def ntp(wall: float) -> int:
    """Unix seconds as an NTP timestamp of 64 bits (RFC 3550 §4)."""
    return round((wall + NTP_EPOCH) * (1 << 32)) & 0xFFFF_FFFF_FFFF_FFFF


def unix(stamp: int) -> float:
    """An NTP timestamp as Unix seconds."""
    return stamp / (1 << 32) - NTP_EPOCH


def keyframe_request(ssrc: int) -> bytes:
    """Picture loss indication (RFC 4585 §6.3.1)."""
    return bytes(RtcpPsfbPacket(fmt=RTCP_PSFB_PLI, ssrc=OUR_SSRC, media_ssrc=ssrc))


def asks_for_keyframe(packet: AnyRtcpPacket) -> bool:
    """Whether a viewer says that it cannot show the picture."""
    return isinstance(packet, RtcpPsfbPacket) and packet.fmt in (RTCP_PSFB_PLI, RTCP_PSFB_FIR)


def wanted_ssrcs(packet: RtcpPsfbPacket) -> list[int]:
    """Which picture it means: in a FIR that stands in the entries (RFC 5104 §4.3.1)."""
    if packet.fmt == RTCP_PSFB_PLI:
        return [packet.media_ssrc]
    return [entry[0] for entry in struct.iter_unpack("!I4x", packet.fci[: len(packet.fci) & ~7])]


def missing(ssrc: int, numbers: Sequence[int]) -> bytes:
    """Generic NACK (RFC 4585 §6.2.1) for full sequence numbers, in rising order.

    Written by hand, because aiortc's cannot name packets on both sides of a rollover.
    """
    entries: list[tuple[int, int]] = []  # the first missing, and which of the 16 after it
    for number in numbers:
        if entries and number - entries[-1][0] <= 16:
            first, others = entries[-1]
            entries[-1] = (first, others | 1 << (number - first - 1))
        else:
            entries.append((number, 0))
    head = struct.pack(
        "!BBHII", 0x80 | RTCP_RTPFB_NACK, RTCP_RTPFB, 2 + len(entries), OUR_SSRC, ssrc
    )
    return head + b"".join(struct.pack("!HH", first & 0xFFFF, mask) for first, mask in entries)


def receiver_report(reports: list[RtcpReceiverInfo]) -> bytes:
    """What came in, for the publisher who sent it (RFC 3550 §6.4.2)."""
    return bytes(RtcpRrPacket(ssrc=OUR_SSRC, reports=reports))


def bandwidth(bits: int, ssrcs: list[int]) -> bytes:
    """How much a publisher may send, in bits per second (REMB)."""
    fci = pack_remb_fci(bits, ssrcs)
    return bytes(RtcpPsfbPacket(fmt=RTCP_PSFB_APP, ssrc=OUR_SSRC, media_ssrc=0, fci=fci))


def promised(packet: AnyRtcpPacket) -> int | None:
    """How many bits per second a viewer says it can receive (REMB), if it says so."""
    if not isinstance(packet, RtcpPsfbPacket) or packet.fmt != RTCP_PSFB_APP:
        return None
    try:
        return unpack_remb_fci(packet.fci)[0]
    except (ValueError, struct.error, IndexError):
        return None


def sender_report(
    ssrc: int, stamp: int, timestamp: int, packets: int, octets: int, name: str
) -> bytes:
    """Which moment a timestamp of ours means (RFC 3550 §6.4.1): this is what keeps lips in
    step with words. `stamp` is NTP; `name` is the same for picture and sound of a seat."""
    info = RtcpSenderInfo(
        ntp_timestamp=stamp,
        rtp_timestamp=timestamp,
        packet_count=packets & 0xFFFFFFFF,
        octet_count=octets & 0xFFFFFFFF,
    )
    named = RtcpSourceInfo(ssrc=ssrc, items=[(CNAME, name.encode())])
    return bytes(RtcpSrPacket(ssrc=ssrc, sender_info=info)) + bytes(RtcpSdesPacket([named]))


@dataclass
class Throttle:
    """Lets a keyframe request through, but never two within half a second.

    A request that comes too early is not lost: `due` says when its time has come.
    """

    wanted: bool = False
    asked_at: float = float("-inf")

    def ask(self, now: float) -> bool:
        """Somebody wants a keyframe; True if it should be asked for at once."""
        self.wanted = True
        return self.due(now)

    def due(self, now: float) -> bool:
        """Whether a keyframe is still wanted and may be asked for (again)."""
        if not self.wanted or now - self.asked_at < KEYFRAME_PAUSE:
            return False
        self.asked_at = now
        return True

    def satisfied(self) -> None:
        """A keyframe came."""
        self.wanted = False
