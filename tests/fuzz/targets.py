"""What is fuzzed: for each parser that strangers or guests reach, what to begin with and where to
put it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

import msgspec
from aioice import stun

from rooms.media import control, feedback, keyframes, redundancy, rtp, sdp
from rooms.media.frames import Frames
from rooms.media.peer import Peer
from rooms.media.rtp import Rtp
from tests.benchmarks.media.end import Remote
from tests.fuzz import shapes
from tests.fuzz.house import House
from tests.fuzz.mutator import mutated
from tests.rooms.media.test_sdp import CHROMIUM
from tests.watcher import HERE

SEEDS: Final = 40  # of the made ones, to be mutated as well
ATTEMPTS: Final = 300  # records one handshake gets before the next one begins
PAYLOADS: Final = (96, 96, 96, 97, 111, 111, 63, 102, 103, 0, 127)
PORT: Final = 9  # of an address that has proved nothing
HARMLESS: Final = (
    control.OpenViewer
    | control.OpenPublisher
    | control.OpenPlayer
    | control.Accept
    | control.Describe
    | control.Show
    | control.Close
    | control.Stats
    | control.WantStills
)
"Requests that neither write files nor send to addresses they name."


@dataclass(frozen=True)
class Target:
    """`feed` may raise nothing, whatever bytes it gets."""

    name: str
    make: Callable[[Random], bytes]
    feed: Callable[[bytes], None]

    def inputs(self, chance: Random, kept: Sequence[bytes]) -> Callable[[], bytes]:
        """An endless source of inputs: made ones, and mutated ones."""
        seeds = [*kept, *(self.make(chance) for _ in range(SEEDS))]
        return lambda: self.make(chance) if chance.random() < 0.4 else mutated(chance, seeds)


def targets(house: House) -> list[Target]:
    """All within a media process."""
    checked = Peer("checked", house.certificate, 0.0)
    house.mux.add(checked)
    handshakes = Handshakes(house)
    described = Descriptions(house)
    return [
        Target("stranger", _anything, lambda data: house.mux.receive(data, house.stranger(PORT))),
        Target("stun", lambda c: shapes.check(c, checked.ufrag, checked.password), _stun(house)),
        Target("dtls", shapes.record, handshakes.feed),
        Target("proven", _anything, house.publishing),
        Target("rtp", _packet, lambda data: house.publishing(house.sealed(data))),
        Target(
            "rtcp of a publisher",
            lambda c: shapes.report(c, shapes.SSRCS),
            lambda data: house.publishing(house.sealed_report(data, viewing=False)),
        ),
        Target(
            "rtcp of a viewer",
            lambda c: shapes.report(c, house.lurker.ssrcs),
            lambda data: house.viewing(house.sealed_report(data, viewing=True)),
        ),
        Target("payload", _payload, Payloads().feed),
        Target("sdp", _description, described.feed),
        Target("control", _line, described.line),
    ]


def _anything(chance: Random) -> bytes:
    kinds: tuple[Callable[[], bytes], ...] = (
        lambda: b"",
        lambda: shapes.check(chance, "nobody", "nothing"),
        lambda: shapes.record(chance),
        lambda: _packet(chance),
        lambda: shapes.report(chance, (1, 2)),
        lambda: chance.randbytes(chance.randint(1, 60)),
    )
    return chance.choice(kinds)()


def _packet(chance: Random) -> bytes:
    return shapes.packet(chance, PAYLOADS)


def _payload(chance: Random) -> bytes:
    head = chance.choice((b"\x90\x80", b"\x10", b"\x80\xf0", b"\x78\0\4", b"\x7c\x85", b"\xef\0\1"))
    return head + chance.randbytes(chance.randint(0, 24))


def _stun(house: House) -> Callable[[bytes], None]:
    ports = iter(range(1 << 62))
    # From so many addresses that none is known for long.
    return lambda data: house.mux.receive(data, house.stranger(10_000 + next(ports) % 50_000))


def _description(chance: Random) -> bytes:
    if chance.random() < 0.5:
        return shapes.description(chance)
    lines = CHROMIUM.splitlines()
    extra = shapes.description(chance, 6).decode().splitlines()[4:]
    for line in extra:
        lines.insert(chance.randint(0, len(lines)), line)
    return "\r\n".join(lines).encode()


def _line(chance: Random) -> bytes:
    said = _description(chance).decode()
    requests: tuple[control.Request, ...] = (
        control.OpenViewer(1, "fuzzed", "fuzzed", preview=True),
        control.OpenPublisher(2, "fuzzed", "fuzzed/camera", said),
        control.OpenPlayer(3, "fuzzed", "main", "speaker", said),
        control.Accept(4, "fuzzed", said),
        control.Describe(5, "fuzzed", restart=True),
        control.Show("fuzzed", {"speaker": "tile"}),
        control.Close("fuzzed"),
        control.Stats(6),
        control.WantStills("main"),
    )
    return control.line(chance.choice(requests))


class Payloads:
    """Whatever reads what is inside of packets."""

    def __init__(self) -> None:
        self._frames = {codec: Frames(codec) for codec in ("vp8", "h264", "opus")}
        self._number = 0

    def feed(self, data: bytes) -> None:
        """Read it as each of them."""
        packet = Rtp(False, 96, self._number & 0xFFFF, self._number, 1, data, 0, 0, b"")
        for codec, describe in keyframes.DESCRIBE.items():
            with contextlib.suppress(ValueError):
                self._frames[codec].take(self._number, packet, describe(data))
        self._frames["opus"].take(self._number, packet, None)
        self._number += 1
        with contextlib.suppress(ValueError):
            redundancy.blocks(data)
        rtp.extensions(rtp.ONE_BYTE, data)
        rtp.extensions(rtp.TWO_BYTE << 4, data)
        for each in feedback.parse(data):
            feedback.promised(each)


class Descriptions:
    """Whatever reads descriptions, and lines of a server that quote them."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._request = msgspec.json.Decoder(HARMLESS)

    def feed(self, data: bytes) -> None:
        """Offer it, answer with it, and play by it."""
        said = data.decode(errors="replace")
        with contextlib.suppress(ValueError):
            sdp.parse(said)
        for request in (
            control.OpenPublisher(1, "described", "described/camera", said),
            control.OpenPlayer(2, "described", "main", "speaker", said),
            control.OpenViewer(3, "described", "main"),
            control.Accept(4, "described", said),
            control.Close("described"),
        ):
            self._house.ask(request)

    def line(self, data: bytes) -> None:
        """As if a server said it."""
        try:
            control.request(data)
            request = self._request.decode(data)
        except (msgspec.DecodeError, ValueError):
            return
        if getattr(request, "peer", "fuzzed") not in ("speaker", "viewer"):
            self._house.ask(request)


class Handshakes:
    """Handshakes that get nonsense in the middle."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._left = 0

    def feed(self, data: bytes) -> None:
        """Give it to a handshake that has begun."""
        if not self._left:
            self._begin()
        self._left -= 1
        self._house.mux.receive(data, self._house.stranger(PORT + 1))

    def _begin(self) -> None:
        self._left = ATTEMPTS
        answer = self._house.ask(control.OpenPublisher(1, "shaking", "shaking/camera", CHROMIUM))
        assert isinstance(answer, control.Answered)
        remote = Remote.read(answer.sdp)
        check = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
        check.attributes["USERNAME"] = f"{remote.ufrag}:{HERE}"
        check.add_message_integrity(remote.password.encode())
        self._house.mux.receive(bytes(check), self._house.stranger(PORT + 1))
