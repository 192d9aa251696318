"""What a publisher sends: sorted into tracks, missing packets asked for, reports written."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, Protocol

from aiortc.rtp import (
    RtcpReceiverInfo,
    RtcpSrPacket,
)

from rooms.media import feedback, keyframes, rtp, sdp
from rooms.media.control import SourceMeasure, SourceState
from rooms.media.feedback import Throttle
from rooms.media.keyframes import Descriptor
from rooms.media.peer import Peer
from rooms.media.rtp import Rtp

STREAMS: Final = 12  # SSRCs one publisher may use: three layers, repairs, sound, a restart
GAP: Final = 100  # packets; a longer hole is not mended but begun anew
TRIES: Final = 6  # times a missing packet is asked for
RETRY: Final = 0.08  # seconds between them
REORDERED: Final = 0.015  # seconds a packet may be late before it counts as missing
SILENCE: Final = 3.0  # seconds without a picture after which it counts as frozen
SILENT: Final = 127  # the lowest audio level, in -dBov (RFC 6464)
RISE: Final = 3  # packets until a word is heard, about,
FALL: Final = 75  # and until a pause is more than one between two words


class Follower(Protocol):
    """Who gets every packet of a track."""

    def receive(self, number: int, packet: Rtp, known: Descriptor | None, now: float) -> None:
        """A packet came. `number` is its sequence number counted past sixteen bits."""

    def reported(self, stamp: int, timestamp: int) -> None:
        """The track's `timestamp` means the NTP time `stamp` of this server."""


class Track:
    """One picture or one sound of a publisher, in one quality."""

    def __init__(self, kind: str, payload_type: int) -> None:
        self.kind = kind
        self.payload_type = payload_type
        self.ssrc: int | None = None
        self.highest: int | None = None
        self.heard_at: float | None = None
        self.bits = 0
        "received since the last report"
        self.level = 0.0
        "how loud it is, 0 (silent) to 127, smoothed"
        self.keyframes = Throttle()
        self.followers: list[Follower] = []
        self.report: tuple[int, int] | None = None
        "the last sender report: NTP in this server's time, timestamp"
        self._missing: dict[int, tuple[int, float]] = {}
        self._first = 0
        self._keyframe = 0
        self._received = 0
        self._told = (0, 0)
        self._jitter = 0.0
        self._transit: float | None = None
        self._sender_report = (0, 0.0)
        self.lost = 0.0
        "share of packets lost in the second last reported"

    def receive(self, packet: Rtp, now: float) -> None:
        """Take a packet and hand it on."""
        number = self._count(packet, now)
        self.heard_at = now
        self.bits += 8 * (rtp.HEADER + len(packet.payload))
        known = self._describe(packet)
        if known is not None and known.starts_keyframe:
            self.keyframes.satisfied()
            self._keyframe = number
        for follower in self.followers:
            follower.receive(number, packet, known, now)

    def overdue(self, now: float) -> list[int]:
        """Sequence numbers to ask for now. Those asked for too often are given up."""
        asked: list[int] = []
        for number, (tries, at) in list(self._missing.items()):
            if at > now:
                continue
            if tries == TRIES:
                del self._missing[number]
                self.keyframes.wanted |= number > self._keyframe
            else:
                self._missing[number] = (tries + 1, now + RETRY)
                asked.append(number)
        return asked

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
        highest = self.highest
        if highest is None or self.ssrc != packet.ssrc:
            highest = self._begin(packet)
        number = rtp.nearest(packet.sequence, highest)
        self._received += 1
        self._note_jitter(packet, now)
        if number > highest:
            self._note_gap(highest + 1, number, now)
            self.highest = number
        else:
            self._missing.pop(number, None)
        return number

    def _begin(self, packet: Rtp) -> int:
        self.ssrc = packet.ssrc
        # Another SSRC under the same track counts on far from where the old one stood, so
        # that no follower can take its packets for late ones.
        self._first = packet.sequence + (1 << 17) * (1 + ((self.highest or 0) >> 17))
        self._received, self._told, self._transit = 0, (0, 0), None
        self._missing.clear()
        return self._first - 1

    def _note_gap(self, start: int, end: int, now: float) -> None:
        if self.kind != "video":
            return  # Opus mends itself sooner than a question comes back
        if end - start > GAP:
            self._missing.clear()
            self.keyframes.wanted = True
            return
        for number in range(start, end):
            self._missing[number] = (0, now + REORDERED)
        while len(self._missing) > GAP:
            del self._missing[next(iter(self._missing))]

    def _note_jitter(self, packet: Rtp, now: float) -> None:
        transit = now * sdp.CLOCK[self.kind] - packet.timestamp
        if self._transit is not None:
            step = abs(transit - self._transit)
            if step < 10 * sdp.CLOCK[self.kind]:  # a wrap of the timestamp is not jitter
                self._jitter += (step - self._jitter) / 16
        self._transit = transit

    def _describe(self, packet: Rtp) -> Descriptor | None:
        if self.kind != "video" or len(packet.payload) <= packet.padding:
            return None
        return keyframes.describe(packet.payload)


class Publisher:
    """One source: what a peer sends, its tracks by (mid, rid)."""

    def __init__(
        self, peer: Peer, source: str, offer: sdp.Description, clock: Callable[[], float]
    ) -> None:
        """`clock` gives monotonic seconds, as the event loop does."""
        self.peer = peer
        self.source = source
        self.audio: Track | None = None
        self.video: Track | None = None
        self.state: SourceState | None = None
        "what was last told about it"
        self.began_at = clock()
        self._clock = clock
        self._allowed = feedback.REMB_START
        self._ntp_shift: float | None = None
        self._tracks: dict[tuple[str, str], Track] = {}
        self._by_ssrc: dict[int, Track] = {}
        self._sections = [each for each in offer.sections if sdp.wanted(each)]
        self._extensions = {
            name: each.extensions[name]
            for each in self._sections
            for name in (sdp.MID, sdp.RID, sdp.LEVEL)
            if name in each.extensions
        }
        for section in self._sections:
            self._offered(section)
        peer.on_rtp, peer.on_rtcp = self.take_rtp, self.take_rtcp

    @property
    def tracks(self) -> tuple[Track, ...]:
        """All of them, in every quality."""
        return tuple(self._tracks.values())

    def take_rtp(self, data: bytes) -> None:
        """Take a decrypted packet; raises `ValueError` if it cannot be read."""
        packet = rtp.parse(data)
        track = self._by_ssrc.get(packet.ssrc)
        if track is None:
            track = self._place(packet)
        if track is None or packet.payload_type != track.payload_type:
            return
        if track.kind == "audio":
            self._note_level(track, packet)
        track.receive(packet, self._clock())

    def take_rtcp(self, data: bytes) -> None:
        """Take a decrypted compound packet."""
        for packet in feedback.parse(data):
            if isinstance(packet, RtcpSrPacket):
                self._note_report(packet)

    def ask_for_keyframe(self, track: Track) -> None:
        """Ask at once, or as soon as it is decent; before its first packet there is no need."""
        if track.ssrc is None:
            track.keyframes.wanted = True
        elif track.keyframes.ask(self._clock()):
            self._send_keyframe_request(track)

    def mend(self, now: float) -> None:
        """Ask for what is missing. Call it many times a second."""
        for track in self._tracks.values():
            if (lost := track.overdue(now)) and track.ssrc is not None:
                self.peer.send_rtcp(feedback.missing(track.ssrc, lost))
            if track.ssrc is not None and track.keyframes.due(now):
                self._send_keyframe_request(track)

    def report(self, now: float) -> SourceMeasure:
        """Tell the publisher how its packets arrive. Call it every second."""
        reports = [each for track in self.tracks if (each := track.write_report(now))]
        lost = max((track.lost for track in self.tracks), default=0.0)
        bits = sum(track.bits for track in self.tracks)
        for track in self.tracks:
            track.bits = 0
        if reports:
            self._allowed = feedback.allowance(self._allowed, lost)
            ssrcs = [t.ssrc for t in self.tracks if t.kind == "video" and t.ssrc is not None]
            said = feedback.receiver_report(reports)
            self.peer.send_rtcp(said + (feedback.bandwidth(self._allowed, ssrcs) if ssrcs else b""))
        return SourceMeasure(self.source, bits, round(lost, 4))

    def condition(self, now: float) -> SourceState | None:
        """Whether what was promised is coming; None while it is too early to say."""
        kind = "audio" if self.video is None else "video"
        heard = [t.heard_at for t in self.tracks if t.kind == kind and t.heard_at is not None]
        if self.video is None and heard:
            return "live"  # silence may be meant
        if now - max(heard, default=self.began_at) >= SILENCE:
            return "frozen"
        return "live" if heard else None

    def _offered(self, section: sdp.Section) -> None:
        track = Track(section.kind, section.payload_type or 0)
        self._tracks[section.mid, ""] = track
        if section.kind == "video" and self.video is None:
            self.video = track
        elif section.kind == "audio" and self.audio is None:
            self.audio = track

    def _place(self, packet: Rtp) -> Track | None:
        """Find out by its extensions, else by its payload type, where a new SSRC belongs."""
        if len(self._by_ssrc) >= STREAMS:
            return None
        carried = rtp.extensions(packet.profile, packet.extensions)
        mid = _text(carried.get(self._extensions.get(sdp.MID, -1)))
        rid = _text(carried.get(self._extensions.get(sdp.RID, -1)))
        fitting = [
            each
            for each in self._sections
            if each.payload_type == packet.payload_type and (not mid or each.mid == mid)
        ]
        if len(fitting) != 1:
            return None
        section = fitting[0]
        track = self._tracks.get((section.mid, rid))
        if track is None:
            track = self._tracks[section.mid, rid] = Track(section.kind, packet.payload_type)
        self._by_ssrc[packet.ssrc] = track
        return track

    def _note_level(self, track: Track, packet: Rtp) -> None:
        carried = rtp.extensions(packet.profile, packet.extensions)
        level = carried.get(self._extensions.get(sdp.LEVEL, -1))
        if level:
            step = SILENT - (level[0] & 0x7F) - track.level
            track.level += step / (RISE if step > 0 else FALL)

    def _note_report(self, packet: RtcpSrPacket) -> None:
        track = self._by_ssrc.get(packet.ssrc)
        if track is None:
            return
        theirs = packet.sender_info.ntp_timestamp
        if self._ntp_shift is None:
            # One shift for picture and sound of a source: they stay in step with each other.
            self._ntp_shift = time.time() - feedback.unix(theirs)
        stamp = feedback.ntp(feedback.unix(theirs) + self._ntp_shift)
        track.note_report(stamp, packet.sender_info.rtp_timestamp, theirs, self._clock())

    def _send_keyframe_request(self, track: Track) -> None:
        if track.ssrc is not None:
            self.peer.send_rtcp(feedback.keyframe_request(track.ssrc))


def _text(value: bytes | None) -> str:
    return (value or b"").decode("ascii", "replace")
