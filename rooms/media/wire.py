"""Sending a batch of datagrams to one viewer, in as few system calls as the kernel allows."""

from __future__ import annotations

import errno
import socket
import struct
import sys
from collections.abc import Sequence
from typing import Final, NamedTuple

from rooms.media.peer import Path
from rooms.media.srtp import Packet

SOL_UDP: Final = 17
UDP_SEGMENT: Final = 103  # linux/udp.h; Python has no name for it
SEGMENTS: Final = 8  # datagrams in one call; more gains nothing and waits longer
LARGEST: Final = 1400  # bytes; above, a segment might not fit the link and the call would fail
WHOLE: Final = 4096  # paths remembered to take no segments

# What a kernel says to segments it cannot make on this path: too long for its links, or a
# device that cannot check sums. Other paths may well take them.
NO_SEGMENTS: Final = frozenset({errno.EINVAL, errno.EIO, errno.ENOPROTOOPT})

_size: Final = struct.Struct("=H")


class Run(NamedTuple):
    """Packets that may go out in one call: equal in size, the last may be shorter."""

    start: int
    end: int
    size: int
    "of the first, before it is sealed"


def cut(packets: Sequence[Packet]) -> list[Run]:
    """Cut a batch into runs."""
    runs: list[Run] = []
    start = 0
    while start < len(packets):
        size = _length(packets[start])
        end = start + 1
        while end < len(packets) and end - start < SEGMENTS and size <= LARGEST:
            length = _length(packets[end])
            if length > size:
                break
            end += 1
            if length < size:
                break
        runs.append(Run(start, end, size))
        start = end
    return runs


def segments() -> bool:
    """Whether this kernel knows UDP segmentation offload: Linux since 4.18, and nobody else."""
    if sys.platform != "linux":
        return False
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.setsockopt(SOL_UDP, UDP_SEGMENT, LARGEST)
        except OSError:
            return False
    return True


class Load(NamedTuple):
    """Sealed packets that may go out in one call."""

    data: bytes | memoryview
    "one after the other"
    size: int
    "of each but the last, which may be shorter"
    packets: int
    option: list[tuple[int, int, bytes]]
    "says to the kernel where one ends"


def load(data: bytes | memoryview, size: int, count: int) -> Load:
    """Ready to be sent, to as many as get the same layout."""
    return Load(data, size, count, [(SOL_UDP, UDP_SEGMENT, _size.pack(size))] if count > 1 else [])


class Wire:
    """The way out. Counts what went and what did not."""

    def __init__(self) -> None:
        self.sent = 0
        self.dropped = 0
        self.segmented = segments()
        "whether the kernel takes several datagrams in one call"
        self._whole: set[Path] = set()

    def send(self, path: Path, loads: Sequence[Load]) -> bool:
        """Send sealed packets; False if the socket was full and some were lost."""
        for at, (data, size, count, option) in enumerate(loads):
            if count > 1 and (not self.segmented or path in self._whole):
                gone = self._one_by_one(path, data, size)
            else:
                gone = self._at_once(path, data, size, option)
            if not gone:
                self.dropped += sum(each.packets for each in loads[at:])
                return False
            self.sent += count
        return True

    def _at_once(
        self, path: Path, data: bytes | memoryview, size: int, option: list[tuple[int, int, bytes]]
    ) -> bool:
        try:
            path.socket.sendmsg((data,), option, 0, path.address)
        except BlockingIOError:
            return False
        except OSError as error:
            if not option or error.errno not in NO_SEGMENTS:
                return True  # the network says no to this address: lost, like any packet
            if len(self._whole) == WHOLE:
                self._whole.clear()  # who is still here is found out anew, by one call each
            self._whole.add(path)
            return self._one_by_one(path, data, size)
        return True

    def _one_by_one(self, path: Path, data: bytes | memoryview, size: int) -> bool:
        return all(
            self._at_once(path, data[at : at + size], size, []) for at in range(0, len(data), size)
        )


def _length(packet: Packet) -> int:
    return len(packet.header) + len(packet.payload)
