"""The VP8 payload descriptor (RFC 7741 §4.2): where a keyframe starts, which picture it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, frozen=True)
class Descriptor:
    """What stands before the VP8 bits of one packet."""

    starts_frame: bool
    starts_keyframe: bool
    picture: int | None
    "the picture id, of seven or fifteen bits"
    picture_at: int
    "where it stands in the payload"
    wide: bool
    "whether it has fifteen bits"
    layer: int | None
    "TL0PICIDX"
    layer_at: int


def describe(payload: bytes) -> Descriptor:
    """Read the descriptor; raises `ValueError` if the payload ends within it."""
    try:
        return _describe(payload)
    except IndexError:
        raise ValueError("VP8 descriptor is cut off") from None


def _describe(payload: bytes) -> Descriptor:
    first = payload[0]
    picture: int | None = None
    layer: int | None = None
    picture_at = layer_at = 0
    wide = False
    at = 1
    if first & 0x80:  # X: extended control bits follow
        control = payload[1]
        at = 2
        if control & 0x80:  # I: picture id
            picture_at = at
            wide = payload[at] >= 0x80
            picture = payload[at] & 0x7F
            if wide:
                picture = picture << 8 | payload[at + 1]
            at += 2 if wide else 1
        if control & 0x40:  # L: TL0PICIDX
            layer_at = at
            layer = payload[at]
            at += 1
        if control & 0x30:  # T or K: temporal layer, keyframe index
            at += 1
    starts_frame = bool(first & 0x10) and first & 0x07 == 0  # S, first partition
    # The lowest bit of the VP8 frame header is 0 in a keyframe (RFC 6386 §9.1).
    starts_keyframe = starts_frame and payload[at] & 0x01 == 0
    return Descriptor(starts_frame, starts_keyframe, picture, picture_at, wide, layer, layer_at)


def rewrite(payload: bytes, known: Descriptor, picture: int, layer: int) -> bytes:
    """The same payload with other ids. Widths stay; fields that are not there stay away."""
    changed = bytearray(payload)
    if known.picture is not None and known.wide:
        changed[known.picture_at] = 0x80 | picture >> 8 & 0x7F
        changed[known.picture_at + 1] = picture & 0xFF
    elif known.picture is not None:
        changed[known.picture_at] = picture & 0x7F
    if known.layer is not None:
        changed[known.layer_at] = layer & 0xFF
    return bytes(changed)
