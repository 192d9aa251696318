"""What a publisher sends: sorted into tracks, missing packets asked for, reports written."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from aiortc.rtp import RtcpSrPacket

from rooms.media import feedback, rtp, sdp
from rooms.media.control import SourceMeasure
from rooms.media.peer import Peer
from rooms.media.redundancy import Redundancy
from rooms.media.rtp import Rtp
from rooms.media.source import Source
from rooms.media.track import Track
from rooms.media.uplink import Uplink

STREAMS: Final = 12  # SSRCs one publisher may use: three layers, repairs, sound, a restart
SILENT: Final = 127  # the lowest audio level, in -dBov (RFC 6464)
RISE: Final = 3  # packets until a word is heard, about,
FALL: Final = 75  # and until a pause is more than one between two words
OSN: Final = 2  # bytes before the payload of a packet that is sent again: its first number

# What our own pages call the qualities of a picture. Whoever calls them otherwise lists them
# by preference (RFC 8853 §5.2).
RANKS: Final = {"f": 0, "h": 1, "q": 2}


class Publisher(Source):
    """A source that a peer sends, its tracks by (mid, rid)."""

    def __init__(
        self,
        peer: Peer,
        name: str,
        offer: sdp.Description,
        clock: Callable[[], float],
        end: Callable[[], None],
    ) -> None:
        """`clock` gives monotonic seconds, as the event loop does; `end` lets the peer go."""
        super().__init__(name, clock)
        self.peer = peer
        self._end = end
        self._uplink = Uplink()
        self._ntp_shift: float | None = None
        self._tracks: dict[tuple[str, str], Track] = {}
        self._by_ssrc: dict[int, Track] = {}
        self._sections = [each for each in offer.sections if sdp.wanted(each)]
        self._extensions = {
            name: each.extensions[name]
            for each in self._sections
            for name in (sdp.MID, sdp.RID, sdp.REPAIRED, sdp.LEVEL)
            if name in each.extensions
        }
        self._redundancies = {
            each.redundant: Redundancy(each.payload_type)
            for each in self._sections
            if each.redundant is not None and each.payload_type is not None
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
        if track is None:
            return
        if track.kind == "audio":
            self._note_level(track, packet)
        now = self._clock()
        for each in self._unpacked(packet, track):
            track.receive(each, now)

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

    def close(self) -> None:
        self._end()

    def report(self, now: float) -> SourceMeasure:
        """Tell the publisher how its packets arrive. Call it every second."""
        reports = [each for track in self.tracks if (each := track.write_report(now))]
        measure = super().report(now)
        if reports:
            queue = max(track.queue() for track in self.tracks)
            if self._uplink.judge(measure.lost, queue, measure.bits):
                for track in self.tracks:
                    track.measure_anew()
            ssrcs = [t.ssrc for t in self.tracks if t.kind == "video" and t.ssrc is not None]
            said = feedback.receiver_report(reports)
            self.peer.send_rtcp(
                said + (feedback.bandwidth(self._uplink.allowed, ssrcs) if ssrcs else b"")
            )
        return measure

    def _offered(self, section: sdp.Section) -> None:
        rids = sorted(section.rids, key=_rank) or [""]
        tracks = tuple(Track(section.kind, section.payload_type or 0, section.codec) for _ in rids)
        self._tracks |= {(section.mid, rid): each for rid, each in zip(rids, tracks, strict=True)}
        if section.kind == "video" and not self.layers:
            self.layers = tracks
        elif section.kind == "audio" and self.audio is None:
            self.audio = tracks[0]

    def _place(self, packet: Rtp) -> Track | None:
        """Find out by its extensions, else by its payload type, where a new SSRC belongs."""
        if len(self._by_ssrc) >= STREAMS:
            return None
        carried = rtp.extensions(packet.profile, packet.extensions)
        mid, rid, repaired = (
            _text(carried.get(self._extensions.get(name, -1)))
            for name in (sdp.MID, sdp.RID, sdp.REPAIRED)
        )
        fitting = [
            each
            for each in self._sections
            if packet.payload_type in (each.payload_type, each.repair, each.redundant)
            and (not mid or each.mid == mid)
        ]
        if len(fitting) != 1:
            return None
        track = self._tracks.get((fitting[0].mid, rid or repaired))
        if track is not None:
            self._by_ssrc[packet.ssrc] = track
        return track

    def _unpacked(self, packet: Rtp, track: Track) -> Iterable[Rtp]:
        """The packets of the track itself that came in this one."""
        if packet.payload_type == track.payload_type:
            return (packet,)
        if (opened := self._redundancies.get(packet.payload_type)) is not None:
            return opened.open(packet)
        repaired = self._unwrap(packet, track)
        return () if repaired is None else (repaired,)

    def _unwrap(self, packet: Rtp, track: Track) -> Rtp | None:
        """The packet that is sent again in this one (RFC 4588 §4), if it is such a one."""
        repairs = (
            each.repair for each in self._sections if each.payload_type == track.payload_type
        )
        if track.ssrc is None or packet.payload_type not in repairs:
            return None
        if len(packet.payload) - packet.padding <= OSN:
            return None  # only there to try how much the line can carry
        return replace(
            packet,
            payload_type=track.payload_type,
            sequence=int.from_bytes(packet.payload[:OSN], "big"),
            ssrc=track.ssrc,
            payload=packet.payload[OSN:],
        )

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


def _rank(rid: str) -> int:
    return RANKS.get(rid, 0)


def _text(value: bytes | None) -> str:
    return (value or b"").decode("ascii", "replace")
