"""A publisher's packets: where they belong, what is missing, what it is told."""

from __future__ import annotations

import struct

from aiortc.rtp import (
    RTCP_PSFB_APP,
    RtcpPacket,
    RtcpPsfbPacket,
    RtcpReceiverInfo,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSenderInfo,
    RtcpSrPacket,
)

from rooms.media import feedback, sdp
from rooms.media.ingest import Publisher
from rooms.media.keyframes import Descriptor
from rooms.media.rtp import Rtp
from rooms.media.track import Track

OFFER = """a=fingerprint:sha-256 AA
m=audio 9 UDP/TLS/RTP/SAVPF 111
a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=rtpmap:111 opus/48000/2
m=video 9 UDP/TLS/RTP/SAVPF 96
a=mid:1
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id
a=rtpmap:96 VP8/90000
"""
LAYERED = (
    OFFER
    + """a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
a=rid:q send
a=rid:h send
a=rid:f send
a=simulcast:send q;h;f
"""
)
KEY, DELTA = b"\x10\x00vp8", b"\x10\x01vp8"


class Line:
    """A peer that only notes what is said to it."""

    def __init__(self) -> None:
        self.said: list[object] = []

    def send_rtcp(self, data: bytes) -> None:
        self.said += RtcpPacket.parse(data)


class Camera:
    """A publisher, its line and a clock that stands still."""

    def __init__(self, offer: str = OFFER) -> None:
        self.now = 100.0
        self.line = Line()
        self.publisher = Publisher(
            self.line, "elif/camera", sdp.parse(offer), lambda: self.now, lambda: None
        )

    def video(
        self, sequence: int, payload: bytes = DELTA, ssrc: int = 7, more: bytes = b""
    ) -> None:
        first = 0x90 if more else 0x80
        self.publisher.take_rtp(
            struct.pack("!BBHII", first, 96, sequence, 0, ssrc) + more + payload
        )

    def repair(
        self, sequence: int, again: int | None, payload: bytes, ssrc: int, more: bytes = b""
    ) -> None:
        first = 0x90 if more else 0x80
        content = b"" if again is None else again.to_bytes(2, "big") + payload
        self.publisher.take_rtp(
            struct.pack("!BBHII", first, 97, sequence, 0, ssrc) + more + content
        )

    def said(self, kind: type) -> list[object]:
        found = [each for each in self.line.said if isinstance(each, kind)]
        self.line.said.clear()
        return found


class Notes:
    """A follower that writes everything down."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.reports: list[tuple[int, int]] = []

    def receive(self, number: int, packet: Rtp, known: Descriptor | None, now: float) -> None:
        self.numbers.append(number)

    def reported(self, stamp: int, timestamp: int) -> None:
        self.reports.append((stamp, timestamp))


def rid(name: bytes, number: int = 10) -> bytes:
    """Header extensions that say "of m-line 1, in this quality"."""
    return b"\xbe\xde\x00\x01\x401" + bytes([number << 4]) + name


def followed(track: Track | None) -> Notes:
    assert track is not None
    notes = Notes()
    track.followers.append(notes)
    return notes


def test_packets_are_counted_past_the_rollover() -> None:
    camera = Camera()
    notes = followed(camera.publisher.video)

    for sequence in (65_534, 65_535, 0, 1):
        camera.video(sequence)

    first = notes.numbers[0]
    assert notes.numbers == [first, first + 1, first + 2, first + 3]


def test_a_missing_packet_is_asked_for_once_it_is_late() -> None:
    camera = Camera()
    camera.video(1)
    camera.video(4)

    camera.publisher.mend(camera.now + 0.005)
    assert camera.said(RtcpRtpfbPacket) == []
    camera.video(3)
    camera.publisher.mend(camera.now + 0.02)

    assert camera.said(RtcpRtpfbPacket) == [RtcpRtpfbPacket(1, feedback.OUR_SSRC, 7, [2])]


def test_after_many_questions_a_keyframe_must_do() -> None:
    camera = Camera()
    camera.video(1)
    camera.video(3)

    for _ in range(30):
        camera.now += 0.1
        camera.publisher.mend(camera.now)

    kinds = [type(each) for each in camera.line.said]
    assert 5 < kinds.count(RtcpRtpfbPacket) < 13
    assert kinds[-1] is RtcpPsfbPacket
    assert kinds.count(RtcpPsfbPacket) > 1


def test_what_was_missing_before_a_keyframe_needs_no_other() -> None:
    camera = Camera()
    camera.video(1)
    camera.video(3, KEY)

    for _ in range(30):
        camera.now += 0.1
        camera.publisher.mend(camera.now)

    assert {type(each) for each in camera.line.said} == {RtcpRtpfbPacket}


def test_who_answers_quickly_is_asked_again_sooner() -> None:
    near, far = Camera(), Camera()
    for camera, seconds in ((near, 0.002), (far, 0.2)):
        for sequence in range(0, 400, 2):
            camera.video(sequence)
            camera.publisher.mend(camera.now + 0.01)
            camera.now += 0.01 + seconds
            camera.video(sequence - 1 & 0xFFFF)
        camera.video(401)
        camera.said(RtcpRtpfbPacket)
        for _ in range(10):
            camera.now += 0.01
            camera.publisher.mend(camera.now)

    assert len(near.said(RtcpRtpfbPacket)) >= 3
    assert len(far.said(RtcpRtpfbPacket)) == 1


def test_what_overtook_a_packet_waits_for_it() -> None:
    camera = Camera()
    notes = followed(camera.publisher.video)
    camera.video(1)
    camera.video(3)
    camera.video(4)
    assert len(notes.numbers) == 1

    camera.video(2)

    assert [number - notes.numbers[0] for number in notes.numbers] == [0, 1, 2, 3]


def test_but_not_for_long() -> None:
    camera = Camera()
    notes = followed(camera.publisher.video)
    camera.video(1)
    camera.video(3)

    camera.publisher.mend(camera.now + 0.1)
    assert len(notes.numbers) == 1
    camera.publisher.mend(camera.now + 0.2)
    camera.video(2)

    assert [number - notes.numbers[0] for number in notes.numbers] == [0, 2, 1]


def test_a_packet_sent_again_in_another_takes_its_place() -> None:
    camera = Camera(LAYERED)
    notes = followed(camera.publisher.layers[2])
    camera.video(1, ssrc=71, more=rid(b"q"))
    camera.video(3, ssrc=71, more=rid(b"q"))

    camera.repair(5, 2, DELTA, ssrc=171, more=rid(b"q", number=11))
    camera.repair(6, None, b"", ssrc=171)

    assert [number - notes.numbers[0] for number in notes.numbers] == [0, 1, 2]


def test_a_great_hole_is_not_mended_but_begun_anew() -> None:
    camera = Camera()
    camera.video(1)
    camera.video(5000)

    camera.publisher.mend(camera.now + 1)

    assert camera.said(RtcpPsfbPacket) == [RtcpPsfbPacket(1, feedback.OUR_SSRC, 7)]


def test_layers_are_told_apart_by_their_rid_and_stand_best_first() -> None:
    camera = Camera(LAYERED)

    camera.video(1, ssrc=71, more=rid(b"q"))
    camera.video(1, ssrc=70, more=rid(b"f"))
    camera.video(1, ssrc=72, more=rid(b"x"))

    assert [track.ssrc for track in camera.publisher.layers] == [70, None, 71]


def test_strangers_list_their_layers_by_preference() -> None:
    offer = LAYERED.replace("send q;h;f", "send 0;1").replace("rid:q", "rid:0")

    camera = Camera(offer.replace("rid:h", "rid:1"))

    assert list(camera.publisher._tracks) == [("0", ""), ("1", "0"), ("1", "1")]


def test_no_publisher_can_make_streams_without_end() -> None:
    camera = Camera()

    for ssrc in range(100):
        camera.video(1, ssrc=ssrc)

    assert len(camera.publisher._by_ssrc) == 12


def test_another_ssrc_never_looks_late() -> None:
    camera = Camera()
    notes = followed(camera.publisher.video)
    camera.video(60_000, ssrc=70)

    camera.video(5, ssrc=71)

    assert notes.numbers[1] - notes.numbers[0] > 65_536


def test_the_publisher_hears_how_its_packets_arrive() -> None:
    camera = Camera()
    for sequence in (65_534, 65_535, 1, 2):
        camera.video(sequence)

    measure = camera.publisher.report(camera.now)

    said = camera.line.said
    assert isinstance(said[0], RtcpRrPacket)
    assert isinstance(said[0].reports[0], RtcpReceiverInfo)
    report = said[0].reports[0]
    assert (report.ssrc, report.fraction_lost, report.packets_lost) == (7, 51, 1)
    assert report.highest_sequence == 65_538
    assert isinstance(said[1], RtcpPsfbPacket)
    assert said[1].fmt == RTCP_PSFB_APP
    assert measure.lost == 0.2


def test_a_queue_on_the_way_here_is_noticed_before_anything_gets_lost() -> None:
    track, now, sequence = Track("video", 96), 100.0, 0

    def second(late: float) -> float:
        nonlocal now, sequence
        for _ in range(30):
            now += 1 / 30
            sequence += 1
            stamp = round((now - late) * 90_000) & 0xFFFFFFFF
            track.receive(Rtp(True, 96, sequence, stamp, 7, DELTA, 0, 0, b""), now)
        return round(track.queue(), 2)

    assert [second(late) for late in (0.03, 0.04, 0.33, 0.03)] == [0.0, 0.01, 0.3, 0.0]
    track.measure_anew()
    assert second(0.33) == 0.0


def test_picture_and_sound_are_put_on_our_clock_by_one_shift() -> None:
    camera = Camera()
    notes = followed(camera.publisher.video)
    camera.video(1)
    for seconds, timestamp in ((1_000_000.0, 90_000), (1_000_001.0, 180_000)):
        info = RtcpSenderInfo(feedback.ntp(seconds), timestamp, 1, 1)
        camera.publisher.take_rtcp(bytes(RtcpSrPacket(ssrc=7, sender_info=info)))

    (first, _), (second, timestamp) = notes.reports

    assert round(feedback.unix(second) - feedback.unix(first), 6) == 1.0
    assert timestamp == 180_000


def test_a_picture_that_stays_away_is_frozen() -> None:
    camera = Camera()

    assert camera.publisher.condition(102.9) is None
    assert camera.publisher.condition(103.0) == "frozen"
    camera.video(1)
    assert camera.publisher.condition(102.9) == "live"
    assert camera.publisher.condition(103.0) == "frozen"


def test_sound_alone_may_be_silent() -> None:
    camera = Camera(OFFER.split("m=video")[0])

    camera.publisher.take_rtp(struct.pack("!BBHII", 0x80, 111, 1, 0, 5) + b"opus")

    assert camera.publisher.condition(camera.now + 60) == "live"


def test_loud_speech_is_heard_as_such() -> None:
    camera = Camera()
    loud = b"\xbe\xde\x00\x01\x10\x85\x00\x00"

    for sequence in range(50):
        camera.publisher.take_rtp(struct.pack("!BBHII", 0x90, 111, sequence, 0, 5) + loud + b"opus")

    assert camera.publisher.audio is not None
    assert camera.publisher.audio.level > 110
