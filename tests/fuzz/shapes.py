"""Makes what has the structure of each protocol, and anything at all in its fields."""

from __future__ import annotations

import struct
from random import Random
from typing import Final

from aioice import stun
from aiortc.rtp import RtcpReceiverInfo

from rooms.media import feedback, sdp

ATTRIBUTES: Final = (1, 6, 8, 9, 0x14, 0x15, 0x20, 0x24, 0x25, 0x8022, 0x8028, 0x8029, 0x802A)
WORDS: Final = ("audio", "video", "application", "sendonly", "recvonly", "inactive", "x" * 300, "")
LINES: Final = (
    "m={word} 9 UDP/TLS/RTP/SAVPF {few}",
    "m={word} {number} RTP/AVP {few}",
    "a=mid:{small}",
    "a=rtpmap:{number} VP8/90000",
    "a=rtpmap:{number} H264/90000",
    "a=rtpmap:{number} opus/48000/2",
    "a=rtpmap:{number} red/48000/2",
    "a=rtpmap:{number} rtx/90000",
    "a=fmtp:{number} apt={number}",
    "a=fmtp:{number} {number}/{number}",
    "a=fmtp:{number} packetization-mode=1;profile-level-id=42e01f;{word}",
    "a=extmap:{number} urn:ietf:params:rtp-hdrext:sdes:mid",
    "a=extmap:{small}/{word} urn:ietf:params:rtp-hdrext:ssrc-audio-level",
    "a=rid:{word} send",
    "a=rid:{small} recv pt={few}",
    "a=simulcast:send {word};~{small},{number}",
    "a=fingerprint:sha-256 {word}",
    "a=fingerprint:sha-256 AA:BB",
    "a=setup:{word}",
    "a=setup:active",
    "a=ice-ufrag:{word}",
    "a=candidate:1 1 udp {number} 10.0.0.{small} {number} typ host",
    "a=candidate:{word}",
    "a=group:BUNDLE {few}",
    "a={word}",
    "{word}",
    "a=end-of-candidates",
)


def check(chance: Random, ufrag: str, password: str) -> bytes:
    """A connectivity check with any attributes; half of them know the password."""
    message = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    message.attributes["USERNAME"] = f"{ufrag}:{chance.choice(WORDS)}"
    if chance.random() < 0.5:
        message.attributes["PRIORITY"] = chance.getrandbits(32)
    if chance.random() < 0.5:
        message.attributes["USE-CANDIDATE"] = None
    if chance.random() < 0.5:
        message.add_message_integrity(password.encode())
    data = bytearray(bytes(message))
    for _ in range(chance.randint(0, 6)):
        value = chance.randbytes(chance.choice((0, 1, 2, 4, 5, 8, 20, 200)))
        said = chance.choice((len(value), len(value), chance.getrandbits(16)))
        data += struct.pack("!HH", chance.choice(ATTRIBUTES), said) + value
        data += bytes(-len(value) % 4) if chance.random() < 0.9 else b""
    if chance.random() < 0.8:
        struct.pack_into("!H", data, 2, len(data) - 20)
    return bytes(data)


def record(chance: Random) -> bytes:
    """Some DTLS records (RFC 6347 §4.1), mostly of a handshake."""
    found = b""
    for _ in range(chance.randint(1, 4)):
        body = _handshake(chance) if chance.random() < 0.7 else chance.randbytes(40)
        kind = chance.choice((20, 21, 22, 22, 22, 23, 24, 25, 63))
        version = chance.choice((0xFEFD, 0xFEFF, 0xFEFC, 0x0303, 0))
        length = chance.choice((len(body), len(body), len(body), chance.getrandbits(16)))
        epoch, number = chance.choice((0, 0, 1, 0xFFFF)), chance.getrandbits(48)
        head = struct.pack("!BHH", kind, version, epoch) + number.to_bytes(6, "big")
        found += head + struct.pack("!H", length) + body
    return found


def _handshake(chance: Random) -> bytes:
    body = _hello(chance) if chance.random() < 0.6 else chance.randbytes(chance.randint(0, 80))
    start, size = chance.choice(((0, len(body)), (0, 1), (chance.getrandbits(24), len(body))))
    total = chance.choice((len(body), len(body), chance.getrandbits(24), 0xFFFFFF))
    head = bytes([chance.choice((0, 1, 1, 1, 2, 3, 4, 11, 12, 13, 14, 15, 16, 20, 255))])
    head += total.to_bytes(3, "big") + chance.choice((b"\0\0", b"\0\1", b"\xff\xff"))
    return head + start.to_bytes(3, "big") + size.to_bytes(3, "big") + body


def _hello(chance: Random) -> bytes:
    ciphers = bytes.fromhex("c02bc02fc00ac014") * chance.choice((0, 1, 60))
    body = b"\xfe\xfd" + chance.randbytes(32) + b"\0" + b"\0"
    body += struct.pack("!H", len(ciphers)) + ciphers + b"\1\0"
    extensions = b""
    for _ in range(chance.randint(0, 6)):
        value = chance.randbytes(chance.randint(0, 12))
        extensions += struct.pack("!HH", chance.choice((10, 11, 13, 14, 22, 23, 35)), len(value))
        extensions += value
    return body + struct.pack("!H", len(extensions)) + extensions


def packet(chance: Random, payload_types: tuple[int, ...]) -> bytes:
    """An RTP packet with header extensions, padding and payload of any kind."""
    extended, padded = chance.random() < 0.5, chance.random() < 0.2
    sources = chance.choice((0, 0, 0, 1, 15))
    first = 0x80 | padded << 5 | extended << 4 | sources
    second = chance.getrandbits(1) << 7 | chance.choice(payload_types)
    data = struct.pack(
        "!BBHII",
        *(first, second, chance.getrandbits(16), chance.getrandbits(32), chance.choice(SSRCS)),
    )
    data += chance.randbytes(4 * sources)
    if extended:
        words = chance.randint(0, 4)
        profile = chance.choice((0xBEDE, 0xBEDE, 0x1000, 0x1005, 0xABCD))
        data += struct.pack("!HH", profile, words) + _elements(chance, 4 * words)
    data += chance.randbytes(chance.choice((0, 1, 2, 3, 5, 20, 300, 1200)))
    return data + bytes([chance.choice((0, 1, 4, 255))]) * padded


SSRCS: Final = (0, 1, 2, 3, 4, 0x7FFFFFFF, 0xFFFFFFFF)


def _elements(chance: Random, size: int) -> bytes:
    """Header extensions in the one-byte form (RFC 8285 §4.2), of which some may be cut."""
    data = b""
    while len(data) < size:
        value = chance.choice((b"0", b"1", b"f", b"q", b"\xff", chance.randbytes(5)))
        number = chance.choice((1, 4, 10, 11, chance.randrange(16)))
        data += bytes([number << 4 | len(value) - 1]) + value
    return data[:size]


def report(chance: Random, ssrcs: tuple[int, ...]) -> bytes:
    """A compound of RTCP packets, whose counts and lengths may be wrong."""
    found = b""
    for _ in range(chance.randint(1, 3)):
        ssrc = chance.choice((*ssrcs, chance.getrandbits(32)))
        if chance.random() < 0.7:
            found += _said(chance, ssrc)
            continue
        body = struct.pack("!II", 1, ssrc) + chance.randbytes(4 * chance.randint(0, 9))
        words = chance.choice((*(len(body) // 4,) * 6, chance.getrandbits(16)))
        first = 0x80 | chance.choice((0, 0, 0, 0x20)) | chance.choice((0, 1, 1, 2, 15, 31))
        found += struct.pack("!BBH", first, chance.randint(192, 223), words) + body
    return found


def _said(chance: Random, ssrc: int) -> bytes:
    """What a viewer says in earnest, about anything."""
    numbers = sorted({chance.getrandbits(16) for _ in range(chance.choice((1, 2, 300)))})
    lost, number = chance.randint(-1 << 23, (1 << 23) - 1), chance.getrandbits(32)
    share, stamp = chance.getrandbits(8), chance.getrandbits(64)
    return chance.choice(
        (
            feedback.keyframe_request(ssrc),
            feedback.missing(ssrc, numbers),
            feedback.bandwidth(max(1, chance.getrandbits(40)), [ssrc]),
            feedback.sender_report(ssrc, stamp, number, 1, 1, "x"),
            feedback.receiver_report(
                [RtcpReceiverInfo(ssrc, share, lost, number, number, number, number)]
            ),
        )
    )


def description(chance: Random, lines: int = 60) -> bytes:
    """An SDP in which every line is one that is known somewhere."""
    found = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=fingerprint:sha-256 AA:BB"]
    for _ in range(chance.randint(1, lines)):
        few = " ".join(str(chance.choice(_NUMBERS)) for _ in range(chance.randint(0, 4)))
        number, small = chance.choice(_NUMBERS), chance.choice(_NUMBERS) % 16
        line = chance.choice(LINES)
        found.append(line.format(word=chance.choice(WORDS), few=few, number=number, small=small))
    return ("\r\n".join(found) + "\r\n").encode()


_NUMBERS: Final = (*sdp.NUMBERS.values(), 0, 1, 63, 97, 127, 128, 65_535, 10**12, -1)
