"""Sound with the sound before it: every piece once, whatever gets lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.media import redundancy
from rooms.media.redundancy import Block, Redundancy
from rooms.media.rtp import Rtp


def packed(primary: bytes, *earlier: tuple[int, bytes]) -> bytes:
    """As Chromium packs it: each earlier piece with its age in ticks."""
    heads = b"".join(
        bytes([0x80 | 111]) + (ticks << 10 | len(piece)).to_bytes(3, "big")
        for ticks, piece in earlier
    )
    return heads + bytes([111]) + b"".join(piece for _, piece in earlier) + primary


def sound(sequence: int, payload: bytes) -> Rtp:
    return Rtp(False, 63, sequence & 0xFFFF, sequence * 960 & 0xFFFFFFFF, 5, payload, 0, 0, b"")


def test_all_pieces_are_read() -> None:
    payload = packed(b"new", (960, b"old"))

    assert redundancy.blocks(payload) == [Block(111, 960, b"old"), Block(111, 0, b"new")]


def test_what_got_lost_is_found_in_the_next_packet() -> None:
    opened = Redundancy(111)
    opened.open(sound(65_534, packed(b"a")))

    found = opened.open(sound(65_536, packed(b"c", (960, b"b"))))

    assert [(each.sequence, each.payload, each.payload_type) for each in found] == [
        (65_535, b"b", 111),
        (0, b"c", 111),
    ]
    assert [each.timestamp for each in found] == [65_535 * 960, 65_536 * 960]


def test_nothing_is_handed_on_twice() -> None:
    opened = Redundancy(111)

    for sequence in range(3):
        found = opened.open(sound(sequence, packed(b"b", (960, b"a"))))

    assert [each.sequence for each in found] == [2]


@pytest.mark.parametrize("payload", [b"", b"\xef", b"\xef\0\0\x09\x6f12", b"\xef\0\0\0" * 9])
def test_what_is_cut_off_is_refused(payload: bytes) -> None:
    with pytest.raises(ValueError):
        redundancy.blocks(payload)


@given(st.binary(max_size=60))
def test_nothing_but_a_value_error_comes_of_any_bytes(payload: bytes) -> None:
    try:
        found = Redundancy(111).open(sound(7, payload))
    except ValueError:
        return
    assert len(found) <= redundancy.BLOCKS + 1
