"""The way out for all viewers, in C and a thread of its own where that could be built."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic

from rooms.media import wire
from rooms.media.built import BUILT, Choice
from rooms.media.peer import Path
from rooms.media.spread import AnyOutlet, Group, PlainSpread, Receiver, Spread
from rooms.media.srtp import AeadSeal, Packet

if BUILT:
    from rooms.media.accelerated import Crowd, Sender, Target

MOST: Final = 1 << 15  # datagrams that may wait: a tenth of a second of what one core sends


def spread(choice: Choice) -> Spread:
    """What a setting asks for; raises `ImportError` if that was never built."""
    if choice == "plain" or (choice == "auto" and not BUILT):
        return PlainSpread()
    return AcceleratedSpread()


class AcceleratedSpread:
    """Seals and sends beside Python. Who misses something is known a batch later."""

    accelerated = True

    def __init__(self, most: int = MOST) -> None:
        if not BUILT:
            raise ImportError("rooms/media/accelerated.c is not built; .ci/accelerator does it")
        self.segmented = wire.segments()
        self._sender = Sender(self.segmented, most)
        self._plain = PlainSpread()

    @property
    def sent(self) -> int:
        return self._sender.sent + self._plain.sent

    @property
    def dropped(self) -> int:
        return self._sender.dropped + self._plain.dropped

    def send(
        self, ssrc: int, outlets: Iterable[AnyOutlet], packets: Sequence[Packet]
    ) -> list[AnyOutlet]:
        if isinstance(outlets, Group):
            if not isinstance(outlets.ready, _Ready):
                outlets.ready = _prepare(outlets)
            ready: _Ready[AnyOutlet] = outlets.ready
        else:
            ready = _prepare(outlets)
        full: list[AnyOutlet] = []
        if ready.reached:
            missed = self._sender.send(ssrc, ready.crowd, packets, wire.cut(packets))
            full = [ready.reached[at] for at in missed]
        if ready.others:
            full += self._plain.send(ssrc, ready.others, packets)
        return full

    def close(self) -> None:
        self._sender.close()


@dataclass(frozen=True, slots=True)
class _Ready(Generic[AnyOutlet]):
    """Some outlets as the thread knows them, and those it cannot serve."""

    crowd: Crowd
    reached: list[AnyOutlet]
    others: list[AnyOutlet]


def _prepare(outlets: Iterable[AnyOutlet]) -> _Ready[AnyOutlet]:
    reached: list[AnyOutlet] = []
    targets: list[Target] = []
    bases: list[int] = []
    others: list[AnyOutlet] = []
    for outlet in outlets:
        seal, base = outlet.receiver.seal, outlet.base
        if base is None:
            continue
        if isinstance(seal, AeadSeal):
            reached.append(outlet)
            targets.append(_mark(seal, outlet.receiver).target)
            bases.append(base)
        else:
            others.append(outlet)
    return _Ready(Crowd(targets, bases), reached, others)


class _Mark:
    """A viewer's target, which follows its path."""

    def __init__(self, target: Target) -> None:
        self.target = target

    def moved(self, path: Path | None) -> None:
        if path is None:
            self.target.aim()
        else:
            self.target.aim(path.socket.fileno(), path.address)


def _mark(seal: AeadSeal, receiver: Receiver) -> _Mark:
    mark = seal.mark
    if not isinstance(mark, _Mark):
        mark = seal.mark = _Mark(Target(seal.key, seal.salt))
        mark.moved(receiver.path)
    return mark
