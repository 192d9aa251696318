"""Reading RTP, and refusing what is none."""

from __future__ import annotations

import contextlib

import pytest
from aiortc.rtp import RtpPacket
from hypothesis import given
from hypothesis import strategies as st

from rooms.media import rtp

PLAIN = bytes.fromhex("80e000010000000200000003") + b"payload"


def test_a_packet_is_read() -> None:
    packet = rtp.parse(PLAIN)

    assert (packet.marker, packet.payload_type, packet.sequence) == (True, 96, 1)
    assert (packet.timestamp, packet.ssrc, packet.payload) == (2, 3, b"payload")


def test_extensions_and_contributors_are_left_behind() -> None:
    contributor, extension = b"\0\0\0\7", b"\xbe\xde\0\1\x30abc"
    packet = rtp.parse(b"\x91" + PLAIN[1:12] + contributor + extension + b"payload")

    bare = rtp.header(packet, 111, 65_536 + 9, 2**32 + 4, 5) + packet.payload

    assert packet.payload == b"payload"
    assert bare == bytes.fromhex("80ef00090000000400000005") + b"payload"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x80",
        PLAIN[:11],
        b"\x40" + PLAIN[1:],
        b"\x8f" + PLAIN[1:],
        b"\x90" + PLAIN[1:12] + b"\xbe",
        b"\x90" + PLAIN[1:12] + b"\xbe\xde\xff\xff",
        b"\xa0" + PLAIN[1:12],
        b"\xa0" + PLAIN[1:12] + b"\x09",
        b"\xa0" + PLAIN[1:12] + b"\x00",
    ],
)
def test_what_is_cut_off_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        rtp.parse(data)


def test_extensions_of_one_and_two_bytes_are_read() -> None:
    assert rtp.extensions(0xBEDE, b"\x30a\x00\x41bc\x00\x00") == {3: b"a", 4: b"bc"}
    assert rtp.extensions(0x1000, b"\x03\x01a\x00\x10\x02bc\x05\x00") == {
        3: b"a",
        16: b"bc",
        5: b"",
    }
    assert rtp.extensions(0xBEDE, b"\x3f") == {}
    assert rtp.extensions(0, b"\x30a") == {}


@given(st.binary(max_size=60))
def test_nothing_but_a_value_error_comes_of_any_bytes(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        packet = rtp.parse(data)
        rtp.extensions(packet.profile, packet.extensions)
        assert data.endswith(packet.payload)


@given(st.integers(0, 65_535), st.integers(0, 2**32 - 1), st.binary(min_size=1, max_size=30))
def test_we_write_what_aiortc_reads(sequence: int, timestamp: int, payload: bytes) -> None:
    packet = rtp.Rtp(True, 120, 0, 0, 0, payload, 0, 0, b"")

    read = RtpPacket.parse(rtp.header(packet, 96, sequence, timestamp, 9) + payload)

    assert (read.sequence_number, read.timestamp, read.ssrc) == (sequence, timestamp, 9)
    assert (read.marker, read.payload_type, read.payload) == (1, 96, payload)


@given(st.binary(max_size=700), st.integers(0, 255))
def test_padding_changes_the_length_and_nothing_that_is_read(content: bytes, before: int) -> None:
    payload = content + bytes(before - 1) + bytes([before]) if before else content
    packet = rtp.Rtp(True, 96, 7, 7, 7, payload, before, 0, b"")

    padded = rtp.padded(packet)

    read = RtpPacket.parse(rtp.header(padded, 96, 7, 7, 7) + padded.payload)
    assert read.payload == content
    assert len(padded.payload) - len(payload) in range(8)
    assert padded == packet if len(payload) < 256 else True


def test_packets_of_one_picture_become_equally_long() -> None:
    sizes = [1003, 1003, 1004]

    padded = [rtp.padded(rtp.Rtp(True, 96, 7, 7, 7, bytes(n), 0, 0, b"")) for n in sizes]

    assert [len(each.payload) for each in padded] == [1008, 1008, 1008]
    assert [each.padding for each in padded] == [5, 5, 4]


@pytest.mark.parametrize(
    ("number", "highest", "full"),
    [
        (5, 4, 5),
        (0, 65_535, 65_536),
        (65_535, 65_536, 65_535),
        (65_530, 3, -6),
        (9, 131_070, 131_081),
    ],
)
def test_counting_goes_on_past_sixteen_bits(number: int, highest: int, full: int) -> None:
    assert rtp.nearest(number, highest) == full
