"""VP8 payload descriptors, short and long, and the NAL units of H264."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.media import keyframes


@pytest.mark.parametrize(
    ("payload", "starts", "key", "picture", "layer"),
    [
        (b"\x10\x00vp8", True, True, None, None),
        (b"\x10\x01vp8", True, False, None, None),
        (b"\x00\x00vp8", False, False, None, None),
        (b"\x11\x00vp8", False, False, None, None),
        (b"\x90\x80\x05\x00vp8", True, True, 5, None),
        (b"\x90\x80\x81\x02\x00vp8", True, True, 258, None),
        (b"\x90\xe0\x81\x02\x09\x20\x01vp8", True, False, 258, 9),
    ],
)
def test_a_descriptor_is_read(
    payload: bytes, starts: bool, key: bool, picture: int | None, layer: int | None
) -> None:
    known = keyframes.describe(payload)

    assert known.starts_frame == starts
    assert known.starts_keyframe == key
    assert (known.picture, known.layer) == (picture, layer)


def test_ids_are_rewritten_in_their_width() -> None:
    long = b"\x90\xe0\x81\x02\x09\x20\x01vp8"
    short = b"\x90\x80\x05\x00vp8"
    bare = b"\x10\x00vp8"

    assert keyframes.rewrite(long, keyframes.describe(long), 32_767, 255) == (
        b"\x90\xe0\xff\xff\xff\x20\x01vp8"
    )
    assert keyframes.rewrite(short, keyframes.describe(short), 130, 0) == b"\x90\x80\x02\x00vp8"
    assert keyframes.rewrite(bare, keyframes.describe(bare), 9, 9) == bare


@given(st.binary(max_size=8))
def test_nothing_but_a_value_error_comes_of_any_bytes(payload: bytes) -> None:
    with contextlib.suppress(ValueError):
        known = keyframes.describe(payload)
        changed = keyframes.rewrite(payload, known, 77, 7)
        assert len(changed) == len(payload)


SPS, PPS = b"\x67\x42\xe0\x1f", b"\x68\xce\x3c\x80"
IDR, DELTA = b"\x65\x88\x84", b"\x41\x9a\x21"


def bundle(*units: bytes) -> bytes:
    return b"\x78" + b"".join(len(unit).to_bytes(2, "big") + unit for unit in units)


def pieces(unit: bytes) -> tuple[bytes, bytes]:
    """A unit in two FU-A packets."""
    indicator, kind, half = unit[0] & 0xE0 | 28, unit[0] & 0x1F, len(unit) // 2 + 1
    first = bytes([indicator, 0x80 | kind]) + unit[1:half]
    return first, bytes([indicator, 0x40 | kind]) + unit[half:]


@pytest.mark.parametrize(
    ("payload", "starts", "key"),
    [
        (SPS, True, True),
        (bundle(SPS, PPS), True, True),
        (bundle(SPS, PPS, IDR), True, True),
        (bundle(b"\x09\xf0", SPS, PPS), True, True),
        (PPS, False, False),
        (IDR, True, False),
        (DELTA, True, False),
        (b"\x41\x4a\x21", False, False),
        (b"\x06\x05\x01", False, False),
        (pieces(IDR)[0], True, False),
        (pieces(IDR)[1], False, False),
        (pieces(SPS)[0], True, True),
    ],
    ids=[
        "rules", "rules bundled", "all in one", "with a delimiter", "picture rules", "slice alone",
        "difference", "second slice", "message", "first piece", "last piece", "rules in pieces",
    ],
)  # fmt: skip
def test_h264_begins_cleanly_where_its_rules_stand(payload: bytes, starts: bool, key: bool) -> None:
    known = keyframes.describe_h264(payload)
    assert (known.starts_frame, known.starts_keyframe, known.codec) == (starts, key, "h264")
    assert keyframes.rewrite(payload, known, 7, 7) == payload


@pytest.mark.parametrize("payload", [b"", b"\x78\x00\x09\x67", b"\x78\x00\x00", b"\x7c"])
def test_units_that_are_cut_off_cannot_be_read(payload: bytes) -> None:
    with pytest.raises(ValueError, match=r"no NAL unit|cut off"):
        keyframes.describe_h264(payload)


@given(payload=st.binary(max_size=60))
def test_no_bytes_whatsoever_break_the_reading_of_h264(payload: bytes) -> None:
    with contextlib.suppress(ValueError):
        keyframes.describe_h264(payload)
