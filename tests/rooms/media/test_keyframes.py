"""VP8 payload descriptors, short and long."""

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
