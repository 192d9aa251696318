"""Sound that carries the sound before it once more (RFC 2198), and so survives what gets lost."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import Final, NamedTuple

from rooms.media.rtp import Rtp

REMEMBERED: Final = 64  # packets; a copy comes one or two after its original
BLOCKS: Final = 4  # in one packet


class Block(NamedTuple):
    """One piece of sound in a packet."""

    payload_type: int
    earlier: int
    "by how many ticks it is older than the packet"
    payload: bytes


class Redundancy:
    """Takes the packets of one sound apart; hands every piece on once."""

    def __init__(self, payload_type: int) -> None:
        """`payload_type` is that of the pieces."""
        self._payload_type = payload_type
        self._seen: deque[int] = deque(maxlen=REMEMBERED)

    def open(self, packet: Rtp) -> list[Rtp]:
        """The pieces that did not come before, oldest first; raises `ValueError`."""
        payload = packet.payload[: len(packet.payload) - packet.padding]
        pieces = blocks(payload)
        found: list[Rtp] = []
        for back, block in zip(range(len(pieces) - 1, -1, -1), pieces, strict=True):
            sequence = (packet.sequence - back) & 0xFFFF
            wanted = block.payload and block.payload_type == self._payload_type
            if not wanted or sequence in self._seen:
                continue
            self._seen.append(sequence)
            found.append(
                replace(
                    packet,
                    payload_type=self._payload_type,
                    sequence=sequence,
                    timestamp=(packet.timestamp - block.earlier) & 0xFFFFFFFF,
                    marker=packet.marker and not back,
                    payload=block.payload,
                    padding=0,
                )
            )
        return found


def blocks(payload: bytes) -> list[Block]:
    """Read all pieces, oldest first; raises `ValueError` if the packet ends within one."""
    heads: list[tuple[int, int, int]] = []
    at = 0
    while at < len(payload) and payload[at] & 0x80:
        if len(payload) < at + 4 or len(heads) == BLOCKS:
            raise ValueError("redundant block is cut off, or one too many")
        rest = int.from_bytes(payload[at + 1 : at + 4], "big")
        heads.append((payload[at] & 0x7F, rest >> 10, rest & 0x3FF))
        at += 4
    if at >= len(payload):
        raise ValueError("redundant payload without a primary block")
    primary, at = payload[at], at + 1
    found: list[Block] = []
    for payload_type, earlier, size in heads:
        piece = payload[at : at + size]
        if len(piece) < size:
            raise ValueError("redundant block is cut off")
        found.append(Block(payload_type, earlier, piece))
        at += size
    return [*found, Block(primary, 0, payload[at:])]
