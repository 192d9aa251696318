"""Cutting batches for segmentation offload, and sending them through a real socket."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.media import wire
from rooms.media.peer import Path
from rooms.media.srtp import AeadSeal, Packet
from rooms.media.wire import Run, Wire

SEAL = AeadSeal(bytes(16), bytes(12))


def packets(*sizes: int) -> list[Packet]:
    return [Packet(at, bytes(12), bytes(size - 12)) for at, size in enumerate(sizes)]


@pytest.fixture
def sockets() -> Iterator[tuple[Path, socket.socket]]:
    """A way out, and where it ends."""
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ours,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as theirs,
    ):
        for each in (ours, theirs):
            each.bind(("127.0.0.1", 0))
            each.setblocking(False)
        yield Path(ours, theirs.getsockname()), theirs


@pytest.mark.parametrize(
    ("sizes", "runs"),
    [
        ((), []),
        ((100,), [Run(0, 1, 100)]),
        ((100, 100, 60), [Run(0, 3, 100)]),
        ((100, 60, 60), [Run(0, 2, 100), Run(2, 3, 60)]),
        ((60, 100), [Run(0, 1, 60), Run(1, 2, 100)]),
        ((100,) * 10, [Run(0, 8, 100), Run(8, 10, 100)]),
        ((1450, 1450), [Run(0, 1, 1450), Run(1, 2, 1450)]),
    ],
)
def test_a_batch_is_cut_where_sizes_change(sizes: tuple[int, ...], runs: list[Run]) -> None:
    assert wire.cut(packets(*sizes)) == runs


@given(st.lists(st.integers(12, 1500), max_size=40))
def test_every_packet_is_in_one_run(sizes: list[int]) -> None:
    runs = wire.cut(packets(*sizes))

    assert [at for run in runs for at in range(run.start, run.end)] == list(range(len(sizes)))


@pytest.mark.parametrize("segmented", [True, False])
def test_every_packet_arrives_as_its_own_datagram(
    sockets: tuple[Path, socket.socket], segmented: bool
) -> None:
    path, theirs = sockets
    out = Wire()
    out.segmented = segmented
    batch = packets(100, 100, 100, 60, 80)
    buffers = SEAL.seal(0, batch, 0)

    assert out.send(path, SEAL, buffers, wire.cut(batch))

    arrived = [theirs.recv(2000) for _ in range(5)]
    assert arrived == [buffers[2 * at] + buffers[2 * at + 1] for at in range(5)]
    assert (out.sent, out.dropped) == (5, 0)


class Deaf:
    """A socket of a kernel that knows no segmentation, or is full."""

    def __init__(self, error: OSError, alone_too: bool) -> None:
        self.error, self.alone_too = error, alone_too
        self.sent = 0

    def sendmsg(self, buffers: list[bytes], option: object, flags: int, address: object) -> None:
        if option or self.alone_too:
            raise self.error
        self.sent += 1


def test_a_kernel_without_segmentation_gets_them_one_by_one() -> None:
    out, deaf = Wire(), Deaf(OSError(errno.EINVAL, "no"), alone_too=False)
    batch = packets(100, 100)

    sent = out.send(Path(deaf, ("127.0.0.1", 9)), SEAL, SEAL.seal(0, batch, 0), wire.cut(batch))

    assert sent
    assert deaf.sent == 2
    assert not out.segmented


def test_a_full_socket_is_said() -> None:
    out, full = Wire(), Deaf(BlockingIOError(), alone_too=True)
    batch = packets(100, 100)

    sent = out.send(Path(full, ("127.0.0.1", 9)), SEAL, SEAL.seal(0, batch, 0), wire.cut(batch))

    assert not sent
    assert (out.sent, out.dropped, out.segmented) == (0, 2, True)
