"""Changes bytes a little, as a careless sender or a careful attacker would."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Final

LONGEST: Final = 2048  # bytes; the most that is read of a datagram
STEPS: Final = 6  # changes made to one input at most

# Where lengths, counters and signs turn over.
EDGES: Final = (0, 1, 2, 3, 4, 8, 12, 15, 16, 20, 127, 128, 191, 192, 223, 224, 254, 255)
WIDE_EDGES: Final = (0, 1, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF)


def mutated(chance: Random, seeds: Sequence[bytes], longest: int = LONGEST) -> bytes:
    """One of the seeds, changed in a few places."""
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.randint(1, STEPS)):
        chance.choice(_CHANGES)(chance, data, seeds)
    return bytes(data[:longest])


def _flip(chance: Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _edge(chance: Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    if data:
        data[chance.randrange(len(data))] = chance.choice(EDGES)


def _wide_edge(chance: Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    if len(data) > 1:
        at = chance.randrange(len(data) - 1)
        data[at : at + 2] = chance.choice(WIDE_EDGES).to_bytes(2, "big")


def _cut(chance: Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    del data[chance.randint(0, len(data)) :]


def _drop(chance: Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    start = chance.randint(0, len(data))
    del data[start : start + chance.randint(1, 16)]


def _insert(chance: Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    at = chance.randint(0, len(data))
    data[at:at] = chance.randbytes(chance.randint(1, 16))


def _repeat(chance: Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    start = chance.randint(0, len(data))
    piece = data[start : start + chance.randint(1, 64)]
    data[start:start] = piece * chance.choice((1, 2, 40))


def _splice(chance: Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    other = chance.choice(seeds)
    data[chance.randint(0, len(data)) :] = other[chance.randint(0, len(other)) :]


_CHANGES: Final[tuple[Callable[[Random, bytearray, Sequence[bytes]], None], ...]] = (
    _flip,
    _edge,
    _wide_edge,
    _cut,
    _drop,
    _insert,
    _repeat,
    _splice,
)
