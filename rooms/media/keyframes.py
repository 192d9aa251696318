"""Where in a picture a packet stands: VP8 (RFC 7741 §4.2) and H264 (RFC 6184 §5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

# NAL unit types (H.264 table 7-1, RFC 6184 §5.2)
SLICE: Final = 1
CLEAN: Final = 5
"A slice of a picture that needs none before it."
RULES: Final = 7
"The sequence parameter set. Without it nobody can begin, so a clean beginning is where it stands."
BUNDLE: Final = 24
"STAP-A: several units in one packet."
PIECE: Final = 28
"FU-A: one unit in several packets."


class Descriptor(NamedTuple):
    """What one packet of a picture tells without being decoded."""

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
    codec: str = "vp8"
    length: int = 0
    "bytes before the picture itself (VP8)"


def describe(payload: bytes) -> Descriptor:
    """Read a VP8 descriptor; raises `ValueError` if the payload ends within it."""
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
    return Descriptor(
        starts_frame, starts_keyframe, picture, picture_at, wide, layer, layer_at, length=at
    )


def describe_h264(payload: bytes) -> Descriptor:
    """Read the NAL units of a packet; raises `ValueError` if there is none, or one is cut off."""
    kinds, first = set(), False
    for unit in units(payload):
        kind = unit[0] & 0x1F
        kinds.add(kind)
        # A slice whose first_mb_in_slice is 0, one bit in Exp-Golomb, begins a picture.
        first = first or (kind in (SLICE, CLEAN) and len(unit) > 1 and unit[1] >= 0x80)
    begins = RULES in kinds
    return Descriptor(begins or first, begins, None, 0, False, None, 0, "h264")


DESCRIBE: Final[dict[str, Callable[[bytes], Descriptor]]] = {
    "vp8": describe,
    "h264": describe_h264,
}
"By codec."


def units(payload: bytes) -> Iterator[bytes]:
    """The NAL units that begin in a packet, as far as they are in it."""
    if not payload:
        raise ValueError("no NAL unit")
    kind = payload[0] & 0x1F
    if kind == BUNDLE:
        yield from _bundled(payload)
    elif kind == PIECE:
        if len(payload) < 2:
            raise ValueError("FU-A is cut off")
        if payload[1] & 0x80:  # the first piece: its unit's header is split over two bytes
            yield bytes([payload[0] & 0xE0 | payload[1] & 0x1F]) + payload[2:4]
    else:
        yield payload


def _bundled(payload: bytes) -> Iterator[bytes]:
    at = 1
    while at < len(payload):
        size = int.from_bytes(payload[at : at + 2], "big")
        unit = payload[at + 2 : at + 2 + size]
        if not size or len(unit) != size:
            raise ValueError("STAP-A is cut off")
        yield unit
        at += 2 + size


def rewrite(payload: bytes, known: Descriptor, picture: int, layer: int) -> bytes:
    """The same payload with other ids. Widths stay; fields that are not there stay away."""
    if known.picture is None and known.layer is None:
        return payload
    changed = bytearray(payload)
    if known.picture is not None and known.wide:
        changed[known.picture_at] = 0x80 | picture >> 8 & 0x7F
        changed[known.picture_at + 1] = picture & 0xFF
    elif known.picture is not None:
        changed[known.picture_at] = picture & 0x7F
    if known.layer is not None:
        changed[known.layer_at] = layer & 0xFF
    return bytes(changed)
