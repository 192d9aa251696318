"""Whole frames out of packets that come late, twice or never."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rooms.media import keyframes
from rooms.media.frames import HOLD, Frame, Frames
from rooms.media.rtp import Rtp

Numbered = tuple[int, Rtp]


def packet(payload: bytes, timestamp: int = 0, *, last: bool = True, padding: int = 0) -> Rtp:
    """A packet of a frame; `last` carries the marker."""
    return Rtp(last, 96, 0, timestamp, 7, payload + bytes(padding), padding, 0, b"")


def vp8(timestamp: int, *parts: bytes, key: bool = False) -> list[Rtp]:
    """A VP8 frame in several packets. Its first byte says whether it is a keyframe."""
    first = (b"\x00" if key else b"\x01") + parts[0]
    heads = [b"\x10" + first, *(b"\x00" + part for part in parts[1:])]
    return [packet(head, timestamp, last=at == len(heads) - 1) for at, head in enumerate(heads)]


def taken(codec: str, numbered: list[Numbered]) -> list[Frame]:
    """All frames that come out."""
    frames = Frames(codec)
    found: list[Frame] = []
    for number, each in numbered:
        known = None if codec == "opus" else keyframes.DESCRIBE[codec](each.payload)
        found += frames.take(number, each, known)
    return found


def test_a_picture_in_three_packets_is_one_frame() -> None:
    packets = vp8(3000, b"ab", b"cd", b"ef", key=True)

    assert taken("vp8", list(enumerate(packets))) == [Frame(3000, True, b"\x00abcdef")]


def test_nothing_comes_out_before_the_first_keyframe() -> None:
    packets = [*vp8(0, b"a"), *vp8(1, b"b", key=True), *vp8(2, b"c")]

    assert [frame.data for frame in taken("vp8", list(enumerate(packets)))] == [
        b"\x00b",
        b"\x01c",
    ]


def test_a_gap_that_stays_costs_everything_up_to_the_next_keyframe() -> None:
    lost, late = 1, HOLD + 10
    pictures = [vp8(at, b"x", key=at in (0, late))[0] for at in range(late + 2)]

    found = taken("vp8", [(at, each) for at, each in enumerate(pictures) if at != lost])

    assert [frame.timestamp for frame in found] == [0, late, late + 1]


def test_h264_units_are_written_as_in_a_file() -> None:
    rules, slice_ = b"\x67rules", b"\x65" + b"\x80" + b"slice"
    bundle = b"\x78" + len(rules).to_bytes(2, "big") + rules
    pieces = [b"\x7c\x85" + slice_[1:4], b"\x7c\x45" + slice_[4:]]
    packets = [packet(bundle, 9, last=False), packet(pieces[0], 9, last=False)]
    packets.append(packet(pieces[1], 9))

    (frame,) = taken("h264", list(enumerate(packets)))

    assert frame == Frame(9, True, b"\0\0\0\1" + rules + b"\0\0\0\1" + slice_)


def test_padding_is_no_sound() -> None:
    packets = [packet(b"one", 0), packet(b"", 960, padding=8), packet(b"two", 1920, padding=4)]

    assert [frame.data for frame in taken("opus", list(enumerate(packets)))] == [b"one", b"two"]


@given(st.permutations(range(1, 20)), st.lists(st.integers(1, 19), max_size=8))
def test_order_and_repetition_do_not_matter(order: list[int], again: list[int]) -> None:
    packets = [each for at in range(10) for each in vp8(at, b"a", b"b", key=at == 0)]
    straight = taken("vp8", list(enumerate(packets)))

    found = taken("vp8", [(at, packets[at]) for at in [0, *order, *again]])

    assert found == straight


@given(st.lists(st.binary(min_size=1, max_size=40), max_size=30), st.sampled_from(["vp8", "h264"]))
def test_whatever_comes_nothing_breaks(payloads: list[bytes], codec: str) -> None:
    frames = Frames(codec)
    for number, payload in enumerate(payloads):
        try:
            known = keyframes.DESCRIBE[codec](payload)
        except ValueError:
            known = None
        frames.take(number, packet(payload, number), known)
