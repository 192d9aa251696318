"""RTCP: what we say, and how often."""

from __future__ import annotations

import struct

from aiortc.rtp import RtcpPsfbPacket, RtcpRtpfbPacket, RtcpSdesPacket, RtcpSrPacket
from hypothesis import given
from hypothesis import strategies as st

from rooms.media import feedback
from rooms.media.feedback import Throttle


def test_a_keyframe_is_asked_for_at_most_twice_a_second() -> None:
    throttle = Throttle()

    asked = [throttle.ask(now / 10) for now in range(11)]

    assert asked == [True] + [False] * 4 + [True] + [False] * 4 + [True]


def test_a_request_that_came_too_early_is_not_forgotten() -> None:
    throttle = Throttle()
    throttle.ask(0.0)
    throttle.satisfied()

    assert not throttle.ask(0.2)
    assert not throttle.due(0.4)
    assert throttle.due(0.5)


def test_once_it_came_nobody_asks_again() -> None:
    throttle = Throttle()
    throttle.ask(0.0)
    throttle.satisfied()

    assert not throttle.due(9.0)


def test_a_sender_report_names_moment_and_seat() -> None:
    stamp = feedback.ntp(1_600_000_000.5)
    report, names = feedback.parse(feedback.sender_report(7, stamp, 90_000, 12, 3456, "speaker"))

    assert isinstance(report, RtcpSrPacket)
    assert isinstance(names, RtcpSdesPacket)
    assert feedback.unix(report.sender_info.ntp_timestamp) == 1_600_000_000.5
    assert (report.ssrc, report.sender_info.rtp_timestamp) == (7, 90_000)
    assert names.chunks[0].items == [(1, b"speaker")]


def test_missing_packets_are_named_past_the_rollover() -> None:
    (nack,) = feedback.parse(feedback.missing(9, [65_535, 65_536, 65_540, 65_600]))

    assert isinstance(nack, RtcpRtpfbPacket)
    assert [each & 0xFFFF for each in nack.lost] == [65_535, 0, 4, 64]


def test_a_full_intra_request_names_its_pictures_in_its_entries() -> None:
    request = RtcpPsfbPacket(
        fmt=4, ssrc=1, media_ssrc=0, fci=struct.pack("!IIII", 77, 1 << 24, 78, 0) + b"cut"
    )

    assert feedback.asks_for_keyframe(request)
    assert feedback.wanted_ssrcs(request) == [77, 78]


@given(st.binary(max_size=80))
def test_nothing_comes_of_any_bytes(data: bytes) -> None:
    feedback.parse(data)
    feedback.parse(b"\x81\xce\x00\x05" + data)
