"""Hundreds of viewers in one process: they count, compare samples, and say what they miss."""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import pylibsrtp
from aiortc.rtp import RtcpReceiverInfo

from rooms.media import feedback, rtp, sdp
from rooms.media.dtls import Certificate
from tests.benchmarks.media.end import End, Remote
from tests.benchmarks.media.inbox import BATCH, Inbox
from tests.benchmarks.media.publisher import Publisher
from tests.benchmarks.media.source import VIDEO_STEP
from tests.benchmarks.media.tally import ROUND, Tally

SWEEP: Final = 0.005  # seconds between two looks at all sockets
SLICES: Final = 20  # each second is cut in as many, and in each a share of the viewers reports
CONSENT: Final = 5  # seconds between two consent checks of one viewer (RFC 7675 §5.1)
ASKED: Final = 64  # missing packets one viewer asks for in one slice
ROOMY: Final = 50_000_000  # bit/s every viewer says it can take
STUCK: Final = 30  # seconds between two keyframes one viewer asks for
LATELY: Final = 3  # packets; as far back is what a viewer pretends to miss, one each second
RTCP: Final = range(192, 224)  # second byte (RFC 5761 §4)


class Delay(NamedTuple):
    """How old a picture was when a viewer saw it."""

    at: float
    seconds: float


@dataclass
class Heard:
    """What all viewers together heard in one window."""

    received: int
    expected: int
    repeated: int
    pictures: float
    "a second and viewer"
    compared: int
    "decrypted packets that were the source's, byte for byte"
    opened: int
    "decrypted packets"
    differing: int
    "decrypted packets that should have been the source's and were not"
    delays: list[Delay] = field(repr=False)

    @property
    def loss(self) -> float:
        """Share of packets that did not come, 0 to 1."""
        return 1 - self.received / self.expected if self.expected else 1.0

    def delay(self, since: float, until: float) -> float:
        """The median delay between two moments of `time.monotonic`; infinite if nothing came."""
        found = [each.seconds for each in self.delays if since <= each.at < until]
        return statistics.median(found) if found else float("inf")


class Viewer:
    """One viewer: sees one picture and one sound, by their payload types."""

    def __init__(self, certificate: Certificate, address: str, number: int, offer: str) -> None:
        self.number = number
        self.remote = Remote.read(offer)
        self.end = End(certificate, address, controlling="a=ice-lite" in offer)
        self.answer = _answer(offer, self.end)
        self.kinds = {
            each.payload_type: each.kind
            for each in sdp.parse(offer).sections
            if each.payload_type is not None
        }
        self.video = Tally()
        self.audio = Tally()
        self.ssrcs: dict[str, int] = {}
        self.shift: int | None = None
        "what the server added to the source's timestamps"
        self.pictures = 0
        self.last_timestamp = -1
        self.sample_due = True
        self.sampled = -1
        "the newest packet that was opened"
        self.seen = asyncio.Event()
        "set by the first packet of video"


class Audience:
    """All viewers, read in turn by one sweep."""

    def __init__(self, publisher: Publisher, certificate: Certificate) -> None:
        self.viewers: list[Viewer] = []
        self._publisher = publisher
        self._certificate = certificate
        self._inbox = Inbox()
        self._delays: list[Delay] = []
        self._compared = self._opened = self._differing = 0
        self._began = time.monotonic()

    @property
    def ports(self) -> set[int]:
        """Their UDP ports."""
        return {each.end.port for each in self.viewers}

    def admit(self, number: int, offer: str) -> Viewer:
        """A viewer who has got an offer; its `answer` is for the server."""
        return Viewer(self._certificate, self._publisher.end.address, number, offer)

    async def connect(self, viewer: Viewer) -> None:
        """Connect, and watch from then on; raises like `End.connect`."""
        loop = asyncio.get_running_loop()
        loop.add_reader(viewer.end.descriptor, self._drain, viewer)
        try:
            await viewer.end.connect(viewer.remote, "client")
        finally:
            loop.remove_reader(viewer.end.descriptor)
        self.viewers.append(viewer)

    async def leave(self, viewer: Viewer) -> None:
        """One goes."""
        self.viewers.remove(viewer)
        await viewer.end.close()

    async def run(self) -> None:
        """Read, report and renew consent until cancelled."""
        slices = 0
        began = time.monotonic()
        while True:
            for viewer in self.viewers:
                self._drain(viewer)
            while slices < (time.monotonic() - began) * SLICES:
                self._speak(slices)
                slices += 1
            await asyncio.sleep(SWEEP)

    def begin(self) -> None:
        """A window begins."""
        for viewer in self.viewers:
            self._drain(viewer)
            viewer.video.begin()
            viewer.audio.begin()
            viewer.pictures = 0
            viewer.sample_due = True
        self._delays = []
        self._compared = self._opened = self._differing = 0
        self._began = time.monotonic()

    def heard(self) -> Heard:
        """What was heard since `begin`."""
        for viewer in self.viewers:
            self._drain(viewer)
        seconds = time.monotonic() - self._began
        tallies = [tally for each in self.viewers for tally in (each.video, each.audio)]
        pictures = sum(each.pictures for each in self.viewers)
        return Heard(
            received=sum(each.received for each in tallies),
            expected=sum(each.expected for each in tallies),
            repeated=sum(each.repeated for each in tallies),
            pictures=pictures / seconds / max(1, len(self.viewers)),
            compared=self._compared,
            opened=self._opened,
            differing=self._differing,
            delays=self._delays,
        )

    def _drain(self, viewer: Viewer) -> None:
        count = BATCH
        while count == BATCH:
            count = self._inbox.read(viewer.end.descriptor)
            if count:
                self._take(viewer, self._inbox.headers(count), count)

    def _take(self, viewer: Viewer, fields: tuple[int, ...], count: int) -> None:
        if fields[4::5].count(viewer.ssrcs.get("video", -1)) < count:
            newest = self._sort(viewer, fields, count)
        else:
            newest = count - 1
            viewer.video.take_run(fields[2::5])
        if newest >= 0:
            self._look(viewer, fields[5 * newest + 2], fields[5 * newest + 3], newest)

    def _sort(self, viewer: Viewer, fields: tuple[int, ...], count: int) -> int:
        """Take packets of several kinds one by one; returns where the last video is, or -1."""
        newest = -1
        for at in range(count):
            first, second, sequence, _, ssrc = fields[5 * at : 5 * at + 5]
            kind = viewer.kinds.get(second & 0x7F)
            if first < 128:
                viewer.end.receive(self._inbox.whole(at))
            elif second in RTCP or kind is None or viewer.ssrcs.setdefault(kind, ssrc) != ssrc:
                continue
            elif kind == "video":
                viewer.video.take(sequence)
                newest = at
            else:
                viewer.audio.take(sequence)
        return newest

    def _look(self, viewer: Viewer, sequence: int, timestamp: int, at: int) -> None:
        """The newest packet of video in a batch: how old is it, and is it the source's?"""
        viewer.seen.set()
        if timestamp != viewer.last_timestamp:
            viewer.pictures += 1
            viewer.last_timestamp = timestamp
        highest = viewer.video.highest
        # What came twice would not open twice: only what is new is opened.
        if viewer.sample_due and highest > viewer.sampled and highest % ROUND == sequence:
            viewer.sampled = highest
            self._sample(viewer, self._inbox.whole(at), timestamp)
        if viewer.shift is not None:
            picture = (timestamp - viewer.shift) % (1 << 32) // VIDEO_STEP
            sent_at = self._publisher.sent_at.get(picture)
            now = time.monotonic()
            if sent_at is not None:
                self._delays.append(Delay(now, now - sent_at))

    def _sample(self, viewer: Viewer, data: bytes, timestamp: int) -> None:
        viewer.sample_due = False
        if viewer.end.keys is None:
            return
        try:
            packet = rtp.parse(viewer.end.keys.inbound.unprotect(data))
        except (pylibsrtp.Error, ValueError):
            self._differing += 1
            return
        self._opened += 1
        payload = packet.payload
        picture = self._publisher.source.same(payload[: len(payload) - packet.padding])
        if picture is not None:
            self._compared += 1
            viewer.shift = timestamp - picture * VIDEO_STEP
        elif self._publisher.source.comparable:
            self._differing += 1

    def _speak(self, turn: int) -> None:
        """What browsers say: what they miss at once, a report every second."""
        for viewer in self.viewers:
            if viewer.video.missing:
                self._complain(viewer)
        for viewer in self.viewers[turn % SLICES :: SLICES]:
            viewer.sample_due = True
            if viewer.ssrcs:
                viewer.end.send_rtcp(_said(viewer, turn // SLICES))
            if turn // SLICES % CONSENT == viewer.number % CONSENT:
                viewer.end.check()

    def _complain(self, viewer: Viewer) -> None:
        fresh = viewer.video.unasked(ASKED)
        if fresh:
            viewer.end.send_rtcp(feedback.missing(viewer.ssrcs["video"], fresh))


def _said(viewer: Viewer, second: int) -> bytes:
    """A second of feedback: the report, the estimate, a lost packet, now and then a keyframe.

    One packet of two hundred gets lost on the way to a home. Here none does, so each viewer
    asks for one that came.
    """
    said = feedback.receiver_report(_reports(viewer))
    if (ssrc := viewer.ssrcs.get("video")) is None:
        return said
    said += feedback.bandwidth(ROOMY, [ssrc])
    if viewer.video.highest > LATELY:
        said += feedback.missing(ssrc, [viewer.video.highest - LATELY])
    if second % STUCK == viewer.number % STUCK:
        said += feedback.keyframe_request(ssrc)
    return said


def _reports(viewer: Viewer) -> list[RtcpReceiverInfo]:
    return [
        RtcpReceiverInfo(
            ssrc=viewer.ssrcs[kind],
            fraction_lost=min(255, 256 * tally.lost // max(1, tally.expected)),
            packets_lost=tally.lost,
            highest_sequence=max(0, tally.highest) & 0xFFFFFFFF,
            jitter=0,
            lsr=0,
            dlsr=0,
        )
        for kind, tally in (("video", viewer.video), ("audio", viewer.audio))
        if kind in viewer.ssrcs
    ]


def _answer(offer: str, end: End) -> str:
    """Take everything a server offers."""
    sections = sdp.parse(offer).sections
    bundled = " ".join(each.mid for each in sections)
    lines = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", f"a=group:BUNDLE {bundled}"]
    for section in sections:
        number = section.payload_type
        lines += [
            f"m={section.kind} 9 UDP/TLS/RTP/SAVPF {number}",
            *end.lines("active"),
            f"a=mid:{section.mid}",
            "a=recvonly",
            f"a=rtpmap:{number} {sdp.NAMES[section.codec]}",
        ]
        if section.kind == "video":
            lines += [f"a=rtcp-fb:{number} {each}" for each in ("nack", "nack pli", "ccm fir")]
    return "\r\n".join(lines) + "\r\n"
