"""Many datagrams of one socket in one system call, so that the load costs less than the server."""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from typing import Final

BATCH: Final = 64  # datagrams in one call
HEADER: Final = 12  # bytes of an RTP header, kept apart so that one `unpack` reads them all
BODY: Final = 1700  # bytes
DONT_WAIT: Final = 0x40  # MSG_DONTWAIT


class _Iovec(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


class _Message(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_void_p),
        ("name_length", ctypes.c_uint32),
        ("vectors", ctypes.POINTER(_Iovec)),
        ("vector_count", ctypes.c_size_t),
        ("control", ctypes.c_void_p),
        ("control_length", ctypes.c_size_t),
        ("flags", ctypes.c_int),
        ("padding", ctypes.c_int),
        ("length", ctypes.c_uint32),  # from here on the kernel's mmsghdr
    )


class Inbox:
    """Buffers for one call of recvmmsg(2), used for all sockets in turn."""

    def __init__(self) -> None:
        self._heads = ctypes.create_string_buffer(BATCH * HEADER)
        self._bodies = ctypes.create_string_buffer(BATCH * BODY)
        self._vectors = (_Iovec * (2 * BATCH))()
        self._messages = (_Message * BATCH)()
        for at in range(BATCH):
            head, body = self._vectors[2 * at], self._vectors[2 * at + 1]
            head.base, head.length = ctypes.addressof(self._heads) + at * HEADER, HEADER
            body.base, body.length = ctypes.addressof(self._bodies) + at * BODY, BODY
            self._messages[at].vectors = ctypes.pointer(head)
            self._messages[at].vector_count = 2
        self._receive = ctypes.CDLL(None).recvmmsg

    def read(self, descriptor: int) -> int:
        """Take in what has come, at most `BATCH`; 0 if there was nothing."""
        count: int = self._receive(descriptor, self._messages, BATCH, DONT_WAIT, None)
        return max(0, count)

    def headers(self, count: int) -> tuple[int, ...]:
        """Five numbers of each datagram: first byte, second byte, sequence, timestamp, SSRC."""
        return _layout(count).unpack_from(self._heads)

    def whole(self, at: int) -> bytes:
        """One datagram."""
        length = self._messages[at].length
        head = self._heads.raw[at * HEADER : at * HEADER + min(length, HEADER)]
        if length <= HEADER:
            return head
        start = ctypes.addressof(self._bodies) + at * BODY
        return head + ctypes.string_at(start, length - HEADER)


@cache
def _layout(count: int) -> struct.Struct:
    return struct.Struct("!" + "BBHII" * count)
