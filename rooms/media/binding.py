"""Connectivity checks (STUN binding, RFC 8489): reading requests, writing answers."""

from __future__ import annotations

import binascii
import hmac
import socket
import struct
from typing import Final, NamedTuple

from aioice import stun

HEADER: Final = 20  # bytes
COOKIE: Final = stun.COOKIE.to_bytes(4, "big")

REQUEST: Final = b"\x00\x01"  # a binding request
ANSWER: Final = 0x0101  # a binding success response
USERNAME: Final = 0x0006
USE_CANDIDATE: Final = 0x0025
XOR_MAPPED_ADDRESS: Final = 0x0020
MESSAGE_INTEGRITY: Final = 0x0008
FINGERPRINT: Final = 0x8028
INTEGRITY_SIZE: Final = 24  # bytes with its head, as `FINGERPRINT_SIZE`
FINGERPRINT_SIZE: Final = 8
FINGERPRINT_XOR: Final = 0x5354554E

_head: Final = struct.Struct("!HH")


class Request(NamedTuple):
    """A connectivity check, not yet believed."""

    transaction: bytes
    ufrag: str
    "the name of ours it was sent to"
    nominates: bool
    signed: bytes
    "what its signature covers, and"
    signature: bytes

    def knows(self, password: str) -> bool:
        """Whether whoever sent it knows the password (RFC 8489 §14.5)."""
        return hmac.compare_digest(
            hmac.digest(password.encode(), self.signed, "sha1"), self.signature
        )


def read(data: bytes) -> Request | None:
    """Read a binding request that is signed, or None for anything else.

    By hand: whoever floods us with checks must not cost us more than reading them.
    """
    size = len(data)
    if size < HEADER or data[:2] != REQUEST or data[4:8] != COOKIE:
        return None
    if size != HEADER + int.from_bytes(data[2:4], "big"):
        return None
    ufrag, nominates, at = "", False, HEADER
    while at + 4 <= size:
        kind, length = _head.unpack_from(data, at)
        value = data[at + 4 : at + 4 + length]
        if len(value) < length:
            return None
        if kind == MESSAGE_INTEGRITY:  # what follows is not covered by it
            covered = (at + 4 + length - HEADER).to_bytes(2, "big")
            signed = REQUEST + covered + data[4:at]
            return Request(data[8:HEADER], ufrag, nominates, signed, value)
        if kind == USERNAME:
            ufrag = value.partition(b":")[0].decode("ascii", "replace")
        elif kind == USE_CANDIDATE:
            nominates = True
        at += 4 + length + (-length & 3)
    return None


def is_answer(data: bytes) -> bool:
    """Whether this is what `answer` writes, as far as its first bytes tell."""
    return len(data) >= HEADER and data[:2] == ANSWER.to_bytes(2, "big") and data[4:8] == COOKIE


def answer(transaction: bytes, password: str, host: str, port: int) -> bytes:
    """Tell who asked from where it did (§14.2), signed (§14.5) and marked (§14.7).

    By hand: every viewer asks every few seconds, and aioice takes five times as long.
    """
    mapped = _mapped(transaction, host, port)
    body = _head.pack(XOR_MAPPED_ADDRESS, len(mapped)) + mapped
    signed = _begun(len(body) + INTEGRITY_SIZE, transaction) + body
    body += _head.pack(MESSAGE_INTEGRITY, INTEGRITY_SIZE - 4)
    body += hmac.digest(password.encode(), signed, "sha1")
    marked = _begun(len(body) + FINGERPRINT_SIZE, transaction) + body
    mark = binascii.crc32(marked) ^ FINGERPRINT_XOR
    return marked + _head.pack(FINGERPRINT, FINGERPRINT_SIZE - 4) + mark.to_bytes(4, "big")


def _begun(length: int, transaction: bytes) -> bytes:
    return _head.pack(ANSWER, length) + COOKIE + transaction


def _mapped(transaction: bytes, host: str, port: int) -> bytes:
    """The address, so disguised that no router rewrites it."""
    six = ":" in host
    address = socket.inet_pton(socket.AF_INET6 if six else socket.AF_INET, host.split("%")[0])
    mask = (COOKIE + transaction)[: len(address)]
    hidden = int.from_bytes(address, "big") ^ int.from_bytes(mask, "big")
    head = struct.pack("!xBH", 2 if six else 1, port ^ stun.COOKIE >> 16)
    return head + hidden.to_bytes(len(address), "big")
