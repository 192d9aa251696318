"""The way out for all viewers, in C and a thread of its own where that could be built."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal

from rooms.media import wire
from rooms.media.peer import Path
from rooms.media.spread import AnyOutlet, PlainSpread, Spread
from rooms.media.srtp import AeadSeal, Packet

try:
    from rooms.media.accelerated import Sender, Target
except ImportError:
    BUILT = False
else:
    BUILT = True

    class _Mark(Target):
        """A viewer as the thread knows it, and the path it was last told."""

        __slots__ = ("path",)
        path: Path


Choice = Literal["auto", "plain", "accelerated"]

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
        reached: list[AnyOutlet] = []
        targets: list[Target] = []
        bases: list[int] = []
        others: list[AnyOutlet] = []
        for outlet in outlets:
            receiver, base = outlet.receiver, outlet.base
            path = receiver.path
            if path is None or base is None:
                continue
            seal = receiver.seal
            if not isinstance(seal, AeadSeal):
                others.append(outlet)
                continue
            mark = seal.mark
            if not isinstance(mark, _Mark) or mark.path is not path:
                mark = _aim(seal, path)
            reached.append(outlet)
            targets.append(mark)
            bases.append(base)
        full: list[AnyOutlet] = []
        if reached:
            missed = self._sender.send(ssrc, targets, bases, packets, wire.cut(packets))
            full = [reached[at] for at in missed]
        if others:
            full += self._plain.send(ssrc, others, packets)
        return full

    def close(self) -> None:
        self._sender.close()


def _aim(seal: AeadSeal, path: Path) -> _Mark:
    mark = seal.mark
    if not isinstance(mark, _Mark):
        mark = seal.mark = _Mark(seal.key, seal.salt)
    elif mark.path == path:
        mark.path = path  # the same place, only said again
        return mark
    mark.aim(path.socket.fileno(), path.address)
    mark.path = path
    return mark
