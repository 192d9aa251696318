"""One batch to many viewers: what arrives at each, and who is said to have missed something."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rooms.media import accelerator
from rooms.media.built import Choice
from rooms.media.peer import Path
from rooms.media.spread import Group, Spread
from rooms.media.srtp import AEAD_SALT, LABEL_KEY, LABEL_SALT, AeadSeal, Packet, derive

SSRC = 0xCAFE


class Screen:
    """A viewer with a socket of its own, who can open what it gets."""

    def __init__(self, number: int) -> None:
        self.key, self.salt = bytes([number]) * 16, bytes([number]) * 12
        self.seal = AeadSeal(self.key, self.salt)
        self.path: Path | None = None
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(2.0)

    def opened(self, count: int) -> list[bytes]:
        """The payloads of the next packets; fails if one does not open."""
        cipher = AESGCM(derive(self.key, self.salt, LABEL_KEY, 16))
        salt = int.from_bytes(derive(self.key, self.salt, LABEL_SALT, AEAD_SALT), "big")
        found: list[bytes] = []
        for _ in range(count):
            data = self.socket.recv(2000)
            (sequence,) = struct.unpack_from("!H", data, 2)
            nonce = (salt ^ SSRC << 48 ^ sequence).to_bytes(12, "big")
            found.append(cipher.decrypt(nonce, data[12:], data[:12]))
        return found


@dataclass(eq=False)
class Place:
    """A stream at a screen."""

    receiver: Screen
    base: int | None = 0


class Hall:
    """Some screens, and the socket all of them are served from."""

    def __init__(self, spread: Spread, screens: int) -> None:
        self.spread = spread
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.setblocking(False)
        self.places = [Place(Screen(number)) for number in range(screens)]
        self.group: Group[Place] = Group()
        for each in self.places:
            each.receiver.path = Path(self.socket, each.receiver.socket.getsockname())

    def send(self, *packets: Packet) -> list[Place]:
        return self.spread.send(SSRC, self.places, packets)

    def sent(self) -> int:
        """How many went out, once all have."""
        self.spread.close()
        return self.spread.sent

    def close(self) -> None:
        self.spread.close()
        for each in self.places:
            each.receiver.socket.close()
        self.socket.close()


def packet(number: int, payload: bytes) -> Packet:
    head = struct.pack("!BBHII", 0x80, 96, number & 0xFFFF, 0, SSRC)
    return Packet(number, head, payload)


@pytest.fixture(params=["plain", "accelerated"] if accelerator.BUILT else ["plain"])
def hall(request: pytest.FixtureRequest) -> Iterator[Hall]:
    choice: Choice = request.param
    made = Hall(accelerator.spread(choice), 3)
    yield made
    made.close()


def test_everybody_gets_everything_in_order_and_can_open_it(hall: Hall) -> None:
    payloads = [b"a" * 900, b"b" * 900, b"c" * 901, b"d" * 40]

    full = hall.send(*(packet(at, each) for at, each in enumerate(payloads)))

    assert full == []
    assert [each.receiver.opened(4) for each in hall.places] == [payloads] * 3
    assert (hall.sent(), hall.spread.dropped) == (12, 0)


def test_who_has_no_path_or_has_not_begun_gets_nothing(hall: Hall) -> None:
    hall.places[0].receiver.path = None
    hall.places[1].base = None

    assert hall.send(packet(5, b"a")) == []

    assert hall.places[2].receiver.opened(1) == [b"a"]
    assert hall.sent() == 1


def test_each_counts_rollovers_from_its_own_base(hall: Hall) -> None:
    for each in hall.places:
        each.base = 1 << 16

    hall.send(packet((1 << 16) + 7, b"a"))

    assert [each.receiver.opened(1) for each in hall.places] == [[b"a"]] * 3


def test_the_same_packet_again_is_the_same_to_the_last_byte(hall: Hall) -> None:
    hall.send(packet(1, b"a"))
    hall.send(packet(2, b"b"))
    hall.send(packet(1, b"a"))

    screen = hall.places[0].receiver.socket
    first, _, again = (screen.recv(2000) for _ in range(3))
    assert first == again


def test_a_group_may_change_between_two_batches(hall: Hall) -> None:
    first, second, third = hall.places
    for each in (first, second):
        hall.group.add(each)
    hall.spread.send(SSRC, hall.group, [packet(1, b"a")])

    hall.group.discard(first)
    hall.group.add(third)
    hall.spread.send(SSRC, hall.group, [packet(2, b"b")])

    assert second.receiver.opened(2) == [b"a", b"b"]
    assert (first.receiver.opened(1), third.receiver.opened(1)) == ([b"a"], [b"b"])
    assert hall.sent() == 4
