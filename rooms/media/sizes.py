"""How large a picture is, as its keyframe says: VP8 (RFC 6386 §9.1), H264 (§7.3.2.1)."""

from __future__ import annotations

import re
from typing import Final

from rooms.media.keyframes import RULES

VP8_BEGINS: Final = b"\x9d\x01\x2a"  # after the frame's tag of three bytes
LARGEST: Final = 16_384  # pixels; a picture that claims more is none
CHROMA: Final = frozenset({100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135})
"H264 profiles whose parameter set describes colours as well."


def size(codec: str, keyframe: bytes) -> tuple[int, int]:
    """Width and height of a whole keyframe (H264: annex B); raises `ValueError`."""
    try:
        width, height = _vp8(keyframe) if codec == "vp8" else _h264(keyframe)
    except IndexError:
        raise ValueError("the keyframe is cut off") from None
    if not (0 < width <= LARGEST and 0 < height <= LARGEST):
        raise ValueError("no picture has this size")
    return width, height


def _vp8(frame: bytes) -> tuple[int, int]:
    if frame[3:6] != VP8_BEGINS or len(frame) < 10:
        raise ValueError("not a VP8 keyframe")
    width, height = frame[6] | frame[7] << 8, frame[8] | frame[9] << 8
    return width & 0x3FFF, height & 0x3FFF  # the two highest bits are a scale for showing


def _h264(frame: bytes) -> tuple[int, int]:
    for unit in re.split(b"\0\0\0?\1", frame):
        if unit and unit[0] & 0x1F == RULES:
            return _size_in(_Bits(unit[1:].replace(b"\0\0\3", b"\0\0")))
    raise ValueError("no sequence parameter set")


def _size_in(bits: _Bits) -> tuple[int, int]:
    profile = bits.take(8)
    bits.take(16)  # constraints and level
    bits.golomb()  # id
    chroma = 1
    if profile in CHROMA:
        chroma = _colours(bits)
    bits.golomb()  # log2_max_frame_num
    _order(bits)
    bits.golomb()  # max_num_ref_frames
    bits.take(1)
    columns, rows = bits.golomb() + 1, bits.golomb() + 1
    fields = 2 - bits.take(1)
    if fields == 2:
        bits.take(1)
    bits.take(1)
    left = right = top = bottom = 0
    if bits.take(1):
        left, right, top, bottom = (bits.golomb() for _ in range(4))
    across, down = (1 if chroma in (0, 3) else 2), (2 if chroma == 1 else 1) * fields
    return columns * 16 - across * (left + right), rows * 16 * fields - down * (top + bottom)


def _colours(bits: _Bits) -> int:
    chroma = bits.golomb()
    if chroma == 3:
        bits.take(1)
    bits.golomb()
    bits.golomb()
    bits.take(1)
    if bits.take(1):
        raise ValueError("scaling lists are not for live pictures")
    return chroma


def _order(bits: _Bits) -> None:
    kind = bits.golomb()
    if kind == 0:
        bits.golomb()
    elif kind == 1:
        bits.take(1)
        bits.golomb()
        bits.golomb()
        for _ in range(min(bits.golomb(), 255)):
            bits.golomb()


class _Bits:
    """Reads numbers of some bits, and Exp-Golomb codes (§9.1)."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> int:
        value = 0
        for _ in range(count):
            byte = self._data[self._at >> 3]
            value = value << 1 | byte >> (7 - (self._at & 7)) & 1
            self._at += 1
        return value

    def golomb(self) -> int:
        zeros = 0
        while not self.take(1):
            zeros += 1
            if zeros > 31:
                raise ValueError("no Exp-Golomb code")
        return (1 << zeros) - 1 + self.take(zeros)
