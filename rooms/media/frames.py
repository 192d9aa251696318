"""Whole frames out of a track's packets: VP8 (RFC 7741), H264 (RFC 6184) and Opus (RFC 7587)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from rooms.media import keyframes
from rooms.media.keyframes import Descriptor
from rooms.media.rtp import Rtp

HOLD: Final = 256  # packets that may wait for a missing one; about a second of video
LARGEST: Final = 4 << 20  # bytes of a frame
START: Final = b"\0\0\0\1"  # before every NAL unit, as in a file (H.264 annex B)


class Frame(NamedTuple):
    """One encoded picture, or one piece of sound."""

    timestamp: int
    "of the RTP packets it came in"
    is_key: bool
    "whether a decoder can begin here"
    data: bytes


class Frames:
    """Puts packets in order and frames together; gives out only what can be decoded.

    What is missing for longer than `HOLD` packets is given up, and nothing comes out until
    the next keyframe (sound: the next packet).
    """

    def __init__(self, codec: str) -> None:
        """`codec` is "vp8", "h264" or "opus"."""
        self._codec = codec
        self._unpack = _UNPACK[codec]
        self._held: dict[int, tuple[Rtp, Descriptor | None]] = {}
        self._next: int | None = None
        self._timestamp: int | None = None
        self._is_key = False
        self._parts: list[bytes] = []

    def take(self, number: int, packet: Rtp, known: Descriptor | None) -> list[Frame]:
        """Take a packet; returns the frames that are whole now, in order.

        `number` is its sequence number counted past sixteen bits.
        """
        if self._next is None:
            if not self._can_begin(known):
                return []
            self._next = number
        if number < self._next:
            return []
        self._held[number] = packet, known
        frames = self._drain()
        if len(self._held) > HOLD:
            self._begin_anew()
            frames += self._drain()
        return frames

    def _can_begin(self, known: Descriptor | None) -> bool:
        return self._codec == "opus" or (known is not None and known.starts_keyframe)

    def _drain(self) -> list[Frame]:
        frames: list[Frame] = []
        while self._next is not None and self._next in self._held:
            packet, known = self._held.pop(self._next)
            self._next += 1
            if (frame := self._add(packet, known)) is not None:
                frames.append(frame)
        return frames

    def _begin_anew(self) -> None:
        """Go on with the first clean beginning that is here; without one, wait for it."""
        self._parts.clear()
        self._timestamp = None
        starts = sorted(at for at, (_, known) in self._held.items() if self._can_begin(known))
        self._next = starts[0] if starts else None
        self._held = {at: each for at, each in self._held.items() if starts and at >= starts[0]}

    def _add(self, packet: Rtp, known: Descriptor | None) -> Frame | None:
        payload = packet.payload[: len(packet.payload) - packet.padding]
        if not payload:
            return None  # padding only, as a sender does to probe
        if self._codec == "opus":
            return Frame(packet.timestamp, True, payload)
        if packet.timestamp != self._timestamp:
            self._timestamp, self._is_key = packet.timestamp, False
            self._parts.clear()
        self._is_key = self._is_key or (known is not None and known.starts_keyframe)
        try:
            self._parts.append(self._unpack(payload))
        except ValueError:
            self._parts.clear()
            return None
        if not packet.marker or sum(map(len, self._parts)) > LARGEST:
            return None
        frame = Frame(packet.timestamp, self._is_key, b"".join(self._parts))
        self._parts.clear()
        return frame if frame.data else None


def _vp8(payload: bytes) -> bytes:
    return payload[keyframes.describe(payload).length :]


def _h264(payload: bytes) -> bytes:
    kind = payload[0] & 0x1F
    if kind == keyframes.PIECE:
        if len(payload) < 2:
            raise ValueError("FU-A is cut off")
        begins = payload[1] & 0x80
        head = START + bytes([payload[0] & 0xE0 | payload[1] & 0x1F]) if begins else b""
        return head + payload[2:]
    return b"".join(START + unit for unit in keyframes.units(payload))


_UNPACK: Final[dict[str, Callable[[bytes], bytes]]] = {
    "vp8": _vp8,
    "h264": _h264,
    "opus": lambda payload: payload,
}
