"""RTP packets (RFC 3550): reading what came in, and counting past sixteen bits."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

HEADER: Final = 12  # bytes
ONE_BYTE: Final = 0xBEDE  # RFC 8285 §4.2
TWO_BYTE: Final = 0x100  # RFC 8285 §4.3, without the four application bits
GRAIN: Final = 8  # bytes; large payloads are padded to a multiple,
LARGE: Final = 256  # and this is large

_fixed: Final = struct.Struct("!BBHII")
_extension: Final = struct.Struct("!HH")


@dataclass(slots=True)
class Rtp:
    """One packet, read. `payload` still ends in its padding if `padding` is not 0."""

    marker: bool
    payload_type: int
    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes
    padding: int
    "how many bytes at the end of `payload` are padding"
    profile: int
    "of the header extensions, 0 if there are none"
    extensions: bytes


def parse(data: bytes) -> Rtp:
    """Read a decrypted packet; raises `ValueError` on everything that is not RTP."""
    if len(data) < HEADER:
        raise ValueError("shorter than an RTP header")
    first, second, sequence, timestamp, ssrc = _fixed.unpack_from(data)
    if first >> 6 != 2:
        raise ValueError("not RTP version 2")
    at = HEADER + 4 * (first & 0x0F)
    profile, extensions = 0, b""
    if first & 0x10:
        if len(data) < at + 4:
            raise ValueError("header extension is cut off")
        profile, words = _extension.unpack_from(data, at)
        extensions = data[at + 4 : at + 4 + 4 * words]
        at += 4 + 4 * words
    if len(data) < at:
        raise ValueError("header is cut off")
    payload = data[at:]
    padding = 0
    if first & 0x20:
        padding = payload[-1] if payload else 0
        if not 0 < padding <= len(payload):
            raise ValueError("padding is longer than the payload")
    return Rtp(
        marker=second >= 0x80,
        payload_type=second & 0x7F,
        sequence=sequence,
        timestamp=timestamp,
        ssrc=ssrc,
        payload=payload,
        padding=padding,
        profile=profile,
        extensions=extensions,
    )


def padded(packet: Rtp) -> Rtp:
    """The same packet, a few bytes longer by padding (RFC 3550 §5.1) if it is a large one.

    Browsers cut a picture into packets that differ by one byte. Only datagrams of one size
    go to the kernel in one call, and that saves far more than the padding costs.
    """
    lacking = -len(packet.payload) % GRAIN
    count = packet.padding + lacking
    if not lacking or len(packet.payload) < LARGE or count > 255:
        return packet
    return Rtp(
        marker=packet.marker,
        payload_type=packet.payload_type,
        sequence=packet.sequence,
        timestamp=packet.timestamp,
        ssrc=packet.ssrc,
        payload=packet.payload + bytes(lacking - 1) + bytes([count]),
        padding=count,
        profile=packet.profile,
        extensions=packet.extensions,
    )


def header(packet: Rtp, payload_type: int, sequence: int, timestamp: int, ssrc: int) -> bytes:
    """Build a bare header for the same payload: no extensions, no contributing sources."""
    return _fixed.pack(
        0xA0 if packet.padding else 0x80,
        (0x80 if packet.marker else 0) | payload_type,
        sequence & 0xFFFF,
        timestamp & 0xFFFFFFFF,
        ssrc,
    )


def extensions(profile: int, data: bytes) -> dict[int, bytes]:
    """Read header extensions (RFC 8285). What is cut off or unknown is left out."""
    if profile == ONE_BYTE:
        return _one_byte(data)
    if profile >> 4 == TWO_BYTE:
        return _two_byte(data)
    return {}


def _one_byte(data: bytes) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    at = 0
    while at < len(data):
        number, length = data[at] >> 4, (data[at] & 0x0F) + 1
        if number == 15:  # reserved: stop reading
            break
        if number == 0:  # padding
            at += 1
            continue
        value = data[at + 1 : at + 1 + length]
        if len(value) == length:
            found[number] = value
        at += 1 + length
    return found


def _two_byte(data: bytes) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    at = 0
    while at + 1 < len(data):
        number, length = data[at], data[at + 1]
        if number == 0:  # padding
            at += 1
            continue
        value = data[at + 2 : at + 2 + length]
        if len(value) == length:
            found[number] = value
        at += 2 + length
    return found


def nearest(number: int, highest: int, bits: int = 16) -> int:
    """The full count that ends in `number` and lies nearest to `highest`. May be negative."""
    size = 1 << bits
    step = (number - highest) % size
    return highest + (step if step < size // 2 else step - size)
