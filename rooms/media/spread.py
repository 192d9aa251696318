"""Sending a batch of packets to many viewers at once, sealed for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

from rooms.media import wire
from rooms.media.peer import Path
from rooms.media.srtp import AEAD_TAG, AeadSeal, Packet, Seal, Slot
from rooms.media.wire import Load, Run, Wire


class Receiver(Protocol):
    """Somebody to send to."""

    @property
    def path(self) -> Path | None:
        """Where to send, if that is known."""

    @property
    def seal(self) -> Seal:
        """How to protect it."""


class Outlet(Protocol):
    """One stream at one receiver."""

    @property
    def receiver(self) -> Receiver:
        """Who gets it."""

    @property
    def base(self) -> int | None:
        """The number at which the receiver's rollover count is 0; None: it gets nothing yet."""


AnyOutlet = TypeVar("AnyOutlet", bound=Outlet)


class Group(Generic[AnyOutlet]):
    """Outlets that get the same packets, in the order they came.

    A spread may remember in `ready` what it made of them. Hence, while an outlet is in a
    group, its base stays, and its receiver tells the seal when the path changes.
    """

    __slots__ = ("_members", "ready")

    def __init__(self) -> None:
        self._members: dict[AnyOutlet, None] = {}
        self.ready: object = None
        "forgotten as soon as somebody comes or goes"

    def __iter__(self) -> Iterator[AnyOutlet]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def add(self, one: AnyOutlet) -> None:
        """One more."""
        self._members[one] = None
        self.ready = None

    def discard(self, one: AnyOutlet) -> None:
        """One less, if it was there."""
        self._members.pop(one, None)
        self.ready = None


class Spread(Protocol):
    """The way out for all that viewers get."""

    @property
    def accelerated(self) -> bool:
        """Whether C does it."""

    @property
    def sent(self) -> int:
        """Datagrams that went out."""

    @property
    def dropped(self) -> int:
        """Datagrams that did not, because there was no room."""

    @property
    def segmented(self) -> bool:
        """Whether the kernel takes a frame in one call (UDP segmentation offload)."""

    def send(
        self, ssrc: int, outlets: Iterable[AnyOutlet], packets: Sequence[Packet]
    ) -> list[AnyOutlet]:
        """Seal `packets`, which bear `ssrc`, for each outlet, and send them.

        Returns the outlets for which there was no room: each missed some of these packets,
        or of those this lane sent shortly before. What one viewer gets keeps its order.
        """

    def close(self) -> None:
        """Nothing is sent any more."""


class PlainSpread:
    """One viewer after the other, in Python."""

    accelerated = False

    def __init__(self) -> None:
        self._wire = Wire()

    @property
    def sent(self) -> int:
        return self._wire.sent

    @property
    def dropped(self) -> int:
        return self._wire.dropped

    @property
    def segmented(self) -> bool:
        return self._wire.segmented

    def send(
        self, ssrc: int, outlets: Iterable[AnyOutlet], packets: Sequence[Packet]
    ) -> list[AnyOutlet]:
        runs = wire.cut(packets)
        sheet = _Sheet(packets, runs)
        full: list[AnyOutlet] = []
        for outlet in outlets:
            receiver, base = outlet.receiver, outlet.base
            path = receiver.path
            if path is None or base is None:
                continue
            seal = receiver.seal
            if isinstance(seal, AeadSeal):
                seal.seal_into(ssrc, sheet.slots, base)
                loads = sheet.loads
            else:
                loads = _joined(seal, seal.seal(ssrc, packets, base), runs)
            if not self._wire.send(path, loads):
                full.append(outlet)
        return full

    def close(self) -> None:
        """Nothing waits here."""


class _Sheet:
    """A batch as it goes out. The headers stand; the rest is written anew for each viewer."""

    def __init__(self, packets: Sequence[Packet], runs: Sequence[Run]) -> None:
        self.slots: list[Slot] = []
        self.loads: list[Load] = []
        for start, end, size in runs:
            some = packets[start:end]
            data = memoryview(
                bytearray(sum(len(each.header) + len(each.payload) + AEAD_TAG for each in some))
            )
            at = 0
            for number, header, payload in some:
                body = at + len(header)
                data[at:body] = header
                at = body + len(payload) + AEAD_TAG
                self.slots.append(Slot(number, header, payload, data[body:at]))
            self.loads.append(wire.load(data, size + AEAD_TAG, end - start))


def _joined(seal: Seal, buffers: list[bytes], runs: Sequence[Run]) -> list[Load]:
    """What a seal that writes buffers of its own gives."""
    parts = seal.parts
    return [
        wire.load(b"".join(buffers[start * parts : end * parts]), size + seal.overhead, end - start)
        for start, end, size in runs
    ]
