"""The parts of the load generator that could lie: counting, comparing, reading in batches."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.media.inbox import Inbox
from tests.benchmarks.media.source import DESCRIPTOR, Pattern
from tests.benchmarks.media.tally import Tally


def test_a_run_without_a_gap_is_all_received() -> None:
    tally = Tally()
    tally.take(7)
    tally.take_run((8, 9, 10))
    assert (tally.received, tally.expected, tally.lost) == (4, 4, 0)


def test_a_gap_is_lost_until_it_comes() -> None:
    tally = Tally()
    tally.take_run((1, 2, 5))
    assert (tally.received, tally.expected, tally.lost) == (3, 5, 2)
    tally.take(4)
    assert (tally.received, tally.expected, tally.lost) == (4, 5, 1)


def test_what_comes_twice_counts_once() -> None:
    tally = Tally()
    tally.take_run((1, 2, 3))
    tally.take(2)
    assert (tally.received, tally.repeated, tally.lost) == (3, 1, 0)


def test_a_rollover_loses_nothing() -> None:
    tally = Tally()
    tally.take_run((65534, 65535, 0, 1))
    tally.take_run((2, 4))
    assert (tally.received, tally.expected, tally.lost) == (6, 7, 1)


def test_a_packet_of_an_earlier_window_is_not_counted_in_this_one() -> None:
    tally = Tally()
    tally.take_run((1, 2, 4))
    tally.begin()
    tally.take_run((3, 5))
    assert (tally.received, tally.expected, tally.repeated) == (1, 1, 0)


def test_a_missing_packet_is_asked_for_once() -> None:
    tally = Tally()
    tally.take_run((1, 4))
    assert tally.unasked(10) == [2, 3]
    assert tally.unasked(10) == []


@given(st.integers(0, 65535), st.lists(st.booleans(), min_size=2, max_size=200), st.data())
def test_what_is_received_and_what_is_lost_is_all_that_was_sent(
    start: int, comes: list[bool], data: st.DataObject
) -> None:
    comes[0] = comes[-1] = True
    sent = [(start + at) % 65536 for at in range(len(comes))]
    arriving = [each for each, here in zip(sent, comes, strict=True) if here]
    tally = Tally()
    while arriving:
        size = data.draw(st.integers(1, len(arriving)))
        tally.take_run(tuple(arriving[:size]))
        del arriving[:size]
    assert tally.received == sum(comes)
    assert tally.lost == len(comes) - sum(comes)
    assert tally.expected == len(comes)


def test_an_unchanged_packet_is_known_whatever_its_picture_id() -> None:
    source = Pattern()
    first, *_, last = source.picture(12, key=True)
    assert source.same(first) == 12
    assert source.same(last[:2] + b"\x81\x23" + last[DESCRIPTOR:]) == 12


@pytest.mark.parametrize("at", [DESCRIPTOR, 20, -1])
def test_one_changed_byte_is_found(at: int) -> None:
    source = Pattern()
    packet = bytearray(source.picture(0, key=False)[2])
    packet[at] ^= 1
    assert source.same(bytes(packet)) is None


def test_a_packet_cut_short_is_found() -> None:
    source = Pattern()
    packet = source.picture(0, key=False)[0]
    assert source.same(packet[:-1]) is None
    assert source.same(b"") is None


def test_pictures_are_cut_as_browsers_cut_them() -> None:
    source = Pattern()
    sizes = [len(each) for each in source.picture(1, key=False)]
    assert sum(sizes) == 4987
    assert sizes == [997, 997, 997, 998, 998]


def test_a_batch_is_read_as_it_was_sent() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as inn:
        inn.bind(("127.0.0.1", 0))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
            packets = [bytes([128, 96, 0, at, 0, 0, 0, 1, 0, 0, 0, 9]) + b"x" * at for at in (5, 9)]
            for packet in [*packets, b"\x01"]:
                out.sendto(packet, inn.getsockname())
            inbox = Inbox()
            assert inbox.read(inn.fileno()) == 3
            assert inbox.headers(2) == (128, 96, 5, 1, 9, 128, 96, 9, 1, 9)
            assert [inbox.whole(at) for at in range(3)] == [*packets, b"\x01"]
            assert inbox.read(inn.fileno()) == 0
