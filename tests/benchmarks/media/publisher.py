"""One camera and one microphone: sends a source at an even pace, as a browser would."""

from __future__ import annotations

import asyncio
import contextlib
import random
import struct
import time
from typing import Final

from aiortc.rtp import RTCP_RTPFB_NACK, RtcpRtpfbPacket

from rooms.media import feedback, rtp, sdp
from rooms.media.dtls import Certificate
from rooms.media.rtp import Rtp
from rooms.media.srtp import Packet
from tests.benchmarks.media.end import End, Remote
from tests.benchmarks.media.source import FRAMES, SOUND_STEP, SOUNDS, VIDEO_STEP, Source

KEYFRAMES: Final = 90  # pictures from one keyframe to the next, if nobody asks for one
KEPT: Final = 2048  # packets kept to send again
REMEMBERED: Final = 600  # pictures whose moment is remembered
QUALITIES: Final = ("f", "h", "q")  # full, half, a quarter
MID: Final = 9  # numbers of the header extensions that say which m-line
RID: Final = 10  # and which quality
EXTENDED: Final = 0x10  # of an RTP header's first byte


class Publisher:
    """Sends until cancelled. What it sent, and when, is what the audience is judged by."""

    def __init__(self, certificate: Certificate, source: Source, address: str) -> None:
        self.source = source
        self.end = End(certificate, address, controlling=True)
        self.end.on_media = self._take
        self.sent = 0
        "packets of video and sound"
        self.pictures = 0
        self.sent_at: dict[int, float] = {}
        "the moment each of the last pictures went out, by its number"
        self._key_wanted = True
        several = source.comparable  # whoever encodes anew has no use for several qualities
        self._lanes = {
            "video": _Lane("video", sdp.VP8, QUALITIES[0] if several else ""),
            "audio": _Lane("audio", sdp.OPUS),
        }
        self._smaller = [_Lane("video", sdp.VP8, rid) for rid in QUALITIES[1:] if several]

    def offer(self) -> str:
        """What a browser would offer: one sound, one picture in three qualities."""
        lines = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0 1"]
        lines.append("a=msid-semantic: WMS *")
        for mid, kind in enumerate(("audio", "video")):
            lane = self._lanes[kind]
            lines += [
                f"m={kind} 9 UDP/TLS/RTP/SAVPF {lane.payload_type}",
                *self.end.lines("actpass"),
                f"a=mid:{mid}",
                "a=sendonly",
                f"a=rtpmap:{lane.payload_type} {sdp.NAMES[sdp.CODECS[kind][0]]}",
                *(f"a=rtcp-fb:{sdp.VP8} {each}" for each in _WANTED if kind == "video"),
                f"a=msid:stage {kind}",
                *(_QUALITIES if lane.rid else [f"a=ssrc:{lane.ssrc} cname:stage"]),
            ]
        return "\r\n".join(lines) + "\r\n"

    async def connect(self, answer: str) -> None:
        """Take the server's answer; raises like `End.connect`."""
        reader = asyncio.get_running_loop()
        reader.add_reader(self.end.descriptor, self._read)
        remote = Remote.read(answer)
        await self.end.connect(remote, remote.role)

    async def run(self) -> None:
        """Send pictures and sounds at their moments, and a report and a check every second."""
        began = time.monotonic()
        pictures = sounds = reports = 0
        while True:
            now = time.monotonic() - began
            while pictures <= now * FRAMES:
                self._send_picture(pictures)
                pictures += 1
            while sounds <= now * SOUNDS:
                self._send("audio", [self.source.sound(sounds)], sounds * SOUND_STEP)
                sounds += 1
            while reports <= now:
                self._report(pictures * VIDEO_STEP, sounds * SOUND_STEP)
                self.end.check()
                reports += 1
            due = min(pictures / FRAMES, sounds / SOUNDS)
            await asyncio.sleep(max(0.0, began + due - time.monotonic()))

    def sent_lately(self) -> list[dict[int, bytes]]:
        """The datagrams of each stream that are kept to be sent again."""
        return [lane.kept for lane in self._lanes.values()]

    async def close(self) -> None:
        """Leave."""
        asyncio.get_running_loop().remove_reader(self.end.descriptor)
        await self.end.close()

    def _send_picture(self, number: int) -> None:
        key = self._key_wanted or number % KEYFRAMES == 0
        self._key_wanted = False
        self.sent_at[number] = time.monotonic()
        self.sent_at.pop(number - REMEMBERED, None)
        self.pictures = number
        timestamp = number * VIDEO_STEP
        self._send("video", self.source.picture(number, key), timestamp)
        for lane, payloads in zip(self._smaller, self.source.smaller(number, key), strict=False):
            self._pass(lane, payloads, timestamp)

    def _send(self, kind: str, payloads: list[bytes], timestamp: int) -> None:
        if self.end.keys is not None:
            self._pass(self._lanes[kind], payloads, timestamp)
            self.sent += len(payloads)

    def _pass(self, lane: _Lane, payloads: list[bytes], timestamp: int) -> None:
        keys = self.end.keys
        if keys is None:  # it sends only once it is connected
            return
        packets = lane.packets(payloads, timestamp)
        parts = keys.seal.parts
        sealed = keys.seal.seal(lane.ssrc, packets, 0)
        for at, packet in enumerate(packets):
            datagram = b"".join(sealed[at * parts : (at + 1) * parts])
            lane.keep(packet.number, datagram)
            self.end.send(datagram)

    def _report(self, video: int, audio: int) -> None:
        stamp = feedback.ntp(time.time())
        lanes = [*self._lanes.values(), *self._smaller]
        for lane, timestamp in zip(lanes, [video, audio, video, video], strict=False):
            self.end.send_rtcp(
                feedback.sender_report(
                    lane.ssrc, stamp, timestamp, lane.count, lane.octets, "stage"
                )
            )

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                self.end.receive(self.end.take())

    def _take(self, data: bytes) -> None:
        keys = self.end.keys
        if keys is None:
            return
        for packet in feedback.parse(keys.inbound.unprotect_rtcp(data)):
            if isinstance(packet, RtcpRtpfbPacket) and packet.fmt == RTCP_RTPFB_NACK:
                self._repeat(packet)
            elif feedback.asks_for_keyframe(packet):
                self._key_wanted = True

    def _repeat(self, packet: RtcpRtpfbPacket) -> None:
        for lane in (*self._lanes.values(), *self._smaller):
            for sequence in packet.lost if lane.ssrc == packet.media_ssrc else ():
                if (datagram := lane.kept.get(sequence)) is not None:
                    self.end.send(datagram)


class _Lane:
    """One SSRC."""

    def __init__(self, kind: str, payload_type: int, rid: str = "") -> None:
        self.payload_type = payload_type
        self.rid = rid
        "which quality; none of several if empty"
        self.ssrc = random.randrange(1, 1 << 31)
        self.count = 0
        self.octets = 0
        self.kept: dict[int, bytes] = {}
        self._is_video = kind == "video"
        self._next = random.randrange(1 << 15)

    def packets(self, payloads: list[bytes], timestamp: int) -> list[Packet]:
        found: list[Packet] = []
        for at, payload in enumerate(payloads):
            marker = self._is_video and at == len(payloads) - 1
            plain = Rtp(marker, 0, 0, 0, 0, payload, 0, 0, b"")
            head = rtp.header(plain, self.payload_type, self._next, timestamp, self.ssrc)
            if self.rid:
                head = bytes([head[0] | EXTENDED]) + head[1:] + _named(self.rid)
            found.append(Packet(self._next, head, payload))
            self._next += 1
            self.count += 1
            self.octets += len(payload)
        return found

    def keep(self, number: int, datagram: bytes) -> None:
        self.kept[number & 0xFFFF] = datagram
        self.kept.pop(number - KEPT & 0xFFFF, None)


def _named(rid: str) -> bytes:
    """The header extensions that say what this is: m-line 1 (RFC 9143), quality (RFC 8852)."""
    return struct.pack("!HHBcBc", rtp.ONE_BYTE, 1, MID << 4, b"1", RID << 4, rid.encode())


_QUALITIES: Final = [
    f"a=extmap:{MID} urn:ietf:params:rtp-hdrext:sdes:mid",
    f"a=extmap:{RID} urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
    *(f"a=rid:{rid} send" for rid in QUALITIES),
    f"a=simulcast:send {';'.join(QUALITIES)}",
]
_WANTED: Final = ("nack", "nack pli", "ccm fir", "goog-remb")
