"""The accelerator by itself: built without a word, safe when viewers come and go, and closed."""

from __future__ import annotations

import gc
import os
import random
import shlex
import shutil
import socket
import subprocess
import sysconfig
import weakref
from pathlib import Path

import pytest

from rooms.media import accelerator, built
from rooms.media import peer as peers
from rooms.media.accelerator import AcceleratedSpread
from rooms.media.spread import Group, PlainSpread
from rooms.media.srtp import AeadSeal, Packet, Seal
from tests.namespace import ADDRESS, apart

SOURCE = Path(accelerator.__file__).with_name("accelerated.c")
HEADERS = Path(sysconfig.get_path("include"))
CAN_BUILD = shutil.which("cc") is not None and (HEADERS / "Python.h").exists()
SSRC = 7


class Older:
    """A seal the accelerator does not know, as libsrtp's is."""

    parts = 1
    overhead = 0

    def seal(self, ssrc: int, packets: list[Packet], base: int) -> list[bytes]:
        return [packet.header + packet.payload for packet in packets]

    def moved(self, path: peers.Path | None) -> None:
        """It is looked up each time."""


class Viewer:
    """Somebody who gets packets, and has one stream."""

    base = 0

    def __init__(self, seal: Seal, path: peers.Path) -> None:
        self.seal = seal
        self.path: peers.Path | None = path
        self.receiver = self

    def move(self, path: peers.Path | None) -> None:
        self.path = path
        self.seal.moved(path)


def test_where_it_can_be_built_it_is() -> None:
    assert accelerator.BUILT == CAN_BUILD, "run make: it builds what is tested here"


def test_it_compiles_without_a_warning(tmp_path: Path) -> None:
    if not CAN_BUILD:
        return
    words = f"cc -std=c11 -O2 -Wall -Wextra -Werror -fPIC -shared -I{HEADERS} {SOURCE}"

    done = subprocess.run(
        [*shlex.split(words), "-o", str(tmp_path / "made.so"), "-ldl", "-lpthread"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")


def test_what_was_not_built_is_not_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accelerator, "BUILT", False)

    assert isinstance(accelerator.spread("auto"), PlainSpread)
    with pytest.raises(ImportError, match="is not built"):
        accelerator.spread("accelerated")


@pytest.mark.parametrize("choice", ["plain", "accelerated"] if accelerator.BUILT else ["plain"])
class TestBoth:
    """What both of them do."""

    def test_a_new_address_is_followed(self, choice: built.Choice) -> None:
        spread = accelerator.spread(choice)
        with udp() as ours, udp() as first, udp() as second:
            viewer = Viewer(AeadSeal(bytes(16), bytes(12)), to(ours, first))
            spread.send(SSRC, [viewer], [packet(1)])
            assert first.recv(2000)[:12] == packet(1).header

            viewer.move(to(ours, second))
            spread.send(SSRC, [viewer], [packet(2)])
            assert second.recv(2000)[:12] == packet(2).header

            viewer.move(None)
            assert spread.send(SSRC, [viewer], [packet(3)]) == []
            spread.close()

    def test_ipv6_is_an_address_as_well(self, choice: built.Choice) -> None:
        spread = accelerator.spread(choice)
        with udp("::1") as ours, udp("::1") as theirs:
            viewer = Viewer(AeadSeal(bytes(16), bytes(12)), to(ours, theirs))

            spread.send(SSRC, [viewer], [packet(1), packet(2)])

            assert [theirs.recv(2000)[:12] for _ in range(2)] == [
                packet(1).header, packet(2).header
            ]  # fmt: skip
            spread.close()

    def test_both_ciphers_may_watch_the_same(self, choice: built.Choice) -> None:
        spread = accelerator.spread(choice)
        with udp() as ours, udp() as first, udp() as second:
            older = Viewer(Older(), to(ours, first))
            newer = Viewer(AeadSeal(bytes(16), bytes(12)), to(ours, second))

            spread.send(SSRC, [older, newer], [packet(1)])

            assert len(first.recv(2000)) == 112
            assert len(second.recv(2000)) == 128
            spread.close()
        assert spread.sent == 2

    def test_a_path_without_segmentation_gets_them_one_by_one(self, choice: built.Choice) -> None:
        spread = accelerator.spread(choice)
        with udp() as ours, udp() as theirs:
            # Without checksums the kernel makes no segments, as on a device that cannot.
            ours.setsockopt(socket.SOL_SOCKET, 11, 1)  # SO_NO_CHECK
            viewer = Viewer(AeadSeal(bytes(16), bytes(12)), to(ours, theirs))

            for at in (0, 3):
                spread.send(SSRC, [viewer], [packet(at), packet(at + 1), packet(at + 2, 60)])

            assert [len(theirs.recv(2000)) for _ in range(6)] == [128, 128, 88] * 2
            spread.close()
        assert (spread.sent, spread.dropped) == (6, 0)

    def test_a_full_socket_is_said_and_what_it_dropped_is_counted(
        self, choice: built.Choice
    ) -> None:
        with apart(), udp(ADDRESS) as ours:
            ours.setblocking(False)
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)  # as small as can be
            # Nobody answers for that address, so the kernel keeps what it is to send.
            nobody = peers.Path(ours, (ADDRESS.rpartition(".")[0] + ".99", 9))
            viewer = Viewer(AeadSeal(bytes(16), bytes(12)), nobody)
            spread = accelerator.spread(choice)

            said: list[int] = []
            while 1 not in said:  # a thread may take its time to come so far
                said.append(len(spread.send(SSRC, [viewer], [packet(len(said), 1000)])))
            spread.close()

        assert said[0] == 0
        assert spread.dropped > 0
        assert spread.sent + spread.dropped == len(said)


@pytest.mark.parametrize("most", [0, 5] if accelerator.BUILT else [])
def test_what_does_not_fit_into_the_queue_is_dropped_and_said(most: int) -> None:
    spread = AcceleratedSpread(most)
    with udp() as ours, udp() as theirs:
        viewers = [Viewer(AeadSeal(bytes(16), bytes(12)), to(ours, theirs)) for _ in range(200)]
        batches = [[packet(3 * at), packet(3 * at + 1), packet(3 * at + 2)] for at in range(50)]

        # The first finds the queue empty and may always pass; it takes a while.
        full = [len(spread.send(SSRC, viewers, batch)) for batch in batches]
        spread.close()

    assert full[0] == 0
    assert set(full) == {0, 200}
    assert spread.dropped == 600 * full.count(200)
    assert spread.sent == 600 * full.count(0)


@pytest.mark.parametrize("times", [300] if accelerator.BUILT else [])
def test_viewers_come_and_go_while_it_sends(times: int) -> None:
    spread = AcceleratedSpread()
    chance = random.Random(3)
    with udp() as ours, udp() as theirs:
        viewers: Group[Viewer] = Group()
        seals: list[weakref.ref[AeadSeal]] = []
        for at in range(times):
            seal = AeadSeal(os.urandom(16), os.urandom(12))
            seals.append(weakref.ref(seal))
            viewers.add(Viewer(seal, to(ours, theirs)))
            while len(viewers) > chance.randrange(1, 40):
                viewers.discard(chance.choice(list(viewers)))
            for _ in range(2):
                spread.send(SSRC, viewers, [packet(2 * at), packet(2 * at + 1)])
        spread.close()
        del seal, viewers
    gc.collect()

    assert spread.dropped == 0
    assert [each for each in seals if each() is not None] == []


@pytest.mark.parametrize(
    ("packets", "runs", "base"),
    [
        ([(1, b"head", "text")], [(0, 1, 8)], 0),
        ([(1, b"head")], [(0, 1, 4)], 0),
        ([packet_ := (5, bytes(12), bytes(9))], [(0, 2, 21)], 0),
        ([packet_], [(-1, 1, 21)], 0),
        ([packet_], [(0, 1, 20)], 0),
        ([packet_], [(0, 1, 21)], 6),
        ([(1, b"", bytes(70_000))], [(0, 1, 70_000)], 0),
    ]
    if accelerator.BUILT
    else [],
)
def test_nonsense_is_refused_not_sent(packets: object, runs: object, base: int) -> None:
    from rooms.media.accelerated import Crowd, Sender, Target

    target = Target(bytes(16), bytes(12))
    target.aim(0, ("127.0.0.1", 9))
    sender = Sender(True, 1000)

    with pytest.raises((TypeError, ValueError)):
        sender.send(SSRC, Crowd([target], [base]), packets, runs)  # type: ignore[arg-type]

    sender.close()
    assert (sender.sent, sender.dropped) == (0, 0)


def packet(number: int, size: int = 100) -> Packet:
    return Packet(number, bytes([128, 96, number >> 8 & 255, number & 255, *[0] * 8]), bytes(size))


def udp(host: str = "127.0.0.1") -> socket.socket:
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
    made.bind((host, 0))
    made.settimeout(2.0)
    return made


def to(ours: socket.socket, theirs: socket.socket) -> peers.Path:
    return peers.Path(ours, theirs.getsockname())
