"""What the publisher sends, and whether what arrives is still the same."""

from __future__ import annotations

import fractions
import random
from collections.abc import Sequence
from typing import Final, Protocol

from aiortc.codecs.vpx import Vp8Encoder
from av import VideoFrame

FRAMES: Final = 30  # pictures a second
SOUNDS: Final = 50  # packets of sound a second
PACKETS: Final = 5  # of a picture at the plain rate: 1.2 Mbit/s
BYTES: Final = 1000  # of a video packet, about
SOUND_BYTES: Final = 80  # 32 kbit/s
VIDEO_STEP: Final = 90_000 // FRAMES
SOUND_STEP: Final = 48_000 // SOUNDS

DESCRIPTOR: Final = 4  # bytes: X and S, I, a picture id of fifteen bits (RFC 7741)
FRAME_HEAD: Final = 10  # bytes of a VP8 frame header, on every packet to keep one layout
NUMBER: Final = 8  # bytes
KEPT: Final = 24_000  # packets remembered to compare with, three seconds at the highest rate
SILENCE: Final = b"\xf8\xff\xfe"  # one Opus packet of 20 ms without sound

_noise: Final = random.Random(5).randbytes(8192)
_key: Final = b"\x10\x00\x00\x9d\x01\x2a\x80\x02\x68\x01"
_delta: Final = b"\x11\x00\x00\x00\x00\x00\x00\x00\x00\x00"


class Source(Protocol):
    """Where pictures and sounds come from."""

    packets: int
    "of one picture; 5 is 1.2 Mbit/s"
    comparable: bool
    "whether what arrives must be what was sent"

    def picture(self, frame: int, key: bool) -> list[bytes]:
        """The payloads of one picture, a keyframe if `key`."""

    def smaller(self, frame: int, key: bool) -> list[list[bytes]]:
        """The same picture in lower qualities, best first; always as many."""

    def sound(self, number: int) -> bytes:
        """The payload of one packet of sound."""

    def same(self, payload: bytes) -> int | None:
        """Which frame a payload that arrived belongs to, if not a byte of it has changed."""


class Pattern:
    """Looks like VP8 to a server that forwards, and every byte of it is known.

    Sizes as Chromium cuts them: equal within a picture, the last ones longer by one byte.
    """

    comparable = True

    def __init__(self, packets: int = PACKETS) -> None:
        self.packets = packets
        self._sent: dict[int, tuple[int, bytes]] = {}
        self._number = 0

    def picture(self, frame: int, key: bool) -> list[bytes]:
        return self._cut(frame, key, self.packets)

    def smaller(self, frame: int, key: bool) -> list[list[bytes]]:
        return [self._cut(frame, key, max(1, self.packets // part)) for part in (2, 5)]

    def sound(self, number: int) -> bytes:
        at = number % 4096
        return number.to_bytes(NUMBER, "big") + _noise[at : at + SOUND_BYTES - NUMBER]

    def same(self, payload: bytes) -> int | None:
        # The descriptor is the one part a server may rewrite: the picture id is its business.
        body = payload[DESCRIPTOR:]
        number = int.from_bytes(body[FRAME_HEAD : FRAME_HEAD + NUMBER], "big")
        frame, sent = self._sent.get(number, (0, b""))
        return frame if sent and sent == body else None

    def _cut(self, frame: int, key: bool, packets: int) -> list[bytes]:
        size = packets * BYTES + frame * 37 % 101 - 50
        sizes = [size // packets] * packets
        for at in range(1, size % packets + 1):
            sizes[-at] += 1
        return [self._payload(frame, at, key, size) for at, size in enumerate(sizes)]

    def _payload(self, frame: int, at: int, key: bool, size: int) -> bytes:
        number = self._number
        self._number += 1
        start = number * 7 % 4096
        head = (_key if key else _delta) + number.to_bytes(NUMBER, "big")
        body = head + _noise[start : start + size - DESCRIPTOR - len(head)]
        self._sent[number] = (frame, body)
        self._sent.pop(number - KEPT, None)
        first = b"\x90\x80" if at == 0 else b"\x80\x80"
        return first + (0x8000 | frame % 0x8000).to_bytes(2, "big") + body


class Clip:
    """Real VP8 for a server that decodes: two seconds of a moving pattern, again and again."""

    comparable = False

    def __init__(self, pictures: Sequence[list[bytes]]) -> None:
        self.packets = PACKETS
        self._pictures = pictures

    @classmethod
    def encoded(cls) -> Clip:
        """Encode it, at about 1.2 Mbit/s. Takes a second."""
        encoder = Vp8Encoder()
        encoder.target_bitrate = 1_200_000
        return cls([encoder.encode(_drawn(at), force_keyframe=at == 0)[0] for at in range(60)])

    def picture(self, frame: int, key: bool) -> list[bytes]:
        del key  # it begins with one every two seconds
        return self._pictures[frame % len(self._pictures)]

    def smaller(self, frame: int, key: bool) -> list[list[bytes]]:
        return []  # one quality is all its server can use

    def sound(self, number: int) -> bytes:
        return SILENCE

    def same(self, payload: bytes) -> int | None:
        del payload  # what is encoded anew cannot be compared
        return None


def _drawn(at: int) -> VideoFrame:
    frame = VideoFrame(width=640, height=360, format="yuv420p")
    for plane in frame.planes:
        row = _noise[at * 16 : at * 16 + plane.line_size]
        plane.update((row * plane.height)[: plane.buffer_size])
    frame.pts, frame.time_base = at * VIDEO_STEP, fractions.Fraction(1, 90_000)
    return frame
