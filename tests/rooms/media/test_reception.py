"""A viewer's reports, taken together."""

from __future__ import annotations

from aiortc.rtp import RtcpReceiverInfo

from rooms.media import feedback
from rooms.media.reception import Heard, Reception

NOW = feedback.ntp(1_000_000.0)


def report(ssrc: int, highest: int, lost: int, far: float | None = None) -> RtcpReceiverInfo:
    """`lost` in 256ths; the viewer answers after one second."""
    since = 0 if far is None else (feedback.ntp(1_000_000.0 - far - 1.0) >> 16) & 0xFFFFFFFF
    return RtcpReceiverInfo(ssrc, lost, 0, highest, 0, since, 65_536)


def test_loss_counts_by_what_each_stream_was_to_bring() -> None:
    reception = Reception()
    for ssrc in (1, 2):
        reception.take(report(ssrc, 1_000, 0), NOW)

    reception.take(report(1, 1_300, 64), NOW)
    reception.take(report(2, 1_100, 0), NOW)

    assert reception.drain() == Heard(0.1875, None)
    assert reception.drain() is None


def test_the_first_report_of_a_stream_says_nothing_yet() -> None:
    reception = Reception()

    reception.take(report(1, 1_000, 255), NOW)

    assert reception.drain() is None


def test_how_far_it_is_follows_from_its_answer() -> None:
    reception = Reception()
    reception.take(report(1, 1_000, 0), NOW)

    for highest, far in ((1_010, 0.25), (1_020, 0.125)):
        reception.take(report(1, highest, 0, far), NOW)

    heard = reception.drain()
    assert heard is not None
    assert heard.far is not None
    assert abs(heard.far - 0.125) < 0.001


def test_a_clock_that_was_set_is_no_distance() -> None:
    reception = Reception()
    reception.take(report(1, 1_000, 0), NOW)

    reception.take(report(1, 1_010, 0, far=-5.0), NOW)

    heard = reception.drain()
    assert heard == Heard(0.0, None)
