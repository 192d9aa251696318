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
from rooms.media.srtp import Packet
from rooms.media.wire import Load, Run, Wire

SO_NO_CHECK = 11


def packets(*sizes: int) -> list[Packet]:
    return [Packet(at, b"", bytes([at]) * size) for at, size in enumerate(sizes)]


def loads(batch: list[Packet]) -> list[Load]:
    return [
        wire.load(b"".join(each.payload for each in batch[start:end]), size, end - start)
        for start, end, size in wire.cut(batch)
    ]


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

    assert out.send(path, loads(batch))

    assert [theirs.recv(2000) for _ in range(5)] == [each.payload for each in batch]
    assert (out.sent, out.dropped) == (5, 0)


def test_a_path_without_segmentation_gets_them_one_by_one(
    sockets: tuple[Path, socket.socket],
) -> None:
    path, theirs = sockets
    # Without checksums the kernel makes no segments, just as on a device that cannot.
    path.socket.setsockopt(socket.SOL_SOCKET, SO_NO_CHECK, 1)
    out, batch = Wire(), packets(100, 100, 60)

    for _ in range(2):
        assert out.send(path, loads(batch))

    assert [len(theirs.recv(2000)) for _ in range(6)] == [100, 100, 60] * 2
    assert (out.sent, out.dropped) == (6, 0)


def test_other_paths_keep_their_segmentation() -> None:
    out, batch = Wire(), packets(100, 100)
    deaf, able = Narrow(100), Narrow(1000)

    for each in (deaf, able, deaf, able):
        out.send(Path(each, ("127.0.0.1", 9)), loads(batch))

    assert deaf.calls == [200, 100, 100, 100, 100]
    assert able.calls == [200, 200]


class Narrow:
    """A socket whose path takes so many bytes in one call."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.calls: list[int] = []

    def sendmsg(self, buffers: list[bytes], option: object, flags: int, address: object) -> None:
        self.calls.append(sum(map(len, buffers)))
        if option and self.calls[-1] > self.most:
            raise OSError(errno.EINVAL, "no")


class Full:
    """A socket with no room."""

    def sendmsg(self, buffers: list[bytes], option: object, flags: int, address: object) -> None:
        raise BlockingIOError


def test_a_full_socket_is_said() -> None:
    out, full = Wire(), Full()
    batch = packets(100, 100)

    sent = out.send(Path(full, ("127.0.0.1", 9)), loads(batch))

    assert not sent
    assert (out.sent, out.dropped) == (0, 2)
