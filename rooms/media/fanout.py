"""One lane to all its viewers: a frame at a time, beginning for each with a clean picture."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from rooms.media import feedback, wire
from rooms.media.keyframes import Descriptor
from rooms.media.lane import Lane
from rooms.media.peer import Path
from rooms.media.rtp import Rtp
from rooms.media.srtp import Packet, Seal
from rooms.media.wire import Wire

GATHER: Final = 0.004  # seconds a frame may wait for its last packet
BATCH: Final = 24  # packets after which it does not wait any longer
REPLAY: Final = 40  # packets; a newcomer gets the last keyframe if it is no further back
# Whose first packets straddled a rollover and were lost would count rollovers wrong for
# good; newcomers wait until it is over (RFC 3711 §3.3.1).
ROLLOVER: Final = 128  # packets
ROUND: Final = 1 << 16


class Receiver(Protocol):
    """Who looks at a lane."""

    @property
    def path(self) -> Path | None:
        """Where to send, if that is known."""

    @property
    def seal(self) -> Seal:
        """How to protect it."""

    def send_rtcp(self, data: bytes) -> None:
        """Protect and send a report."""


@dataclass(slots=True, eq=False)
class Outlet:
    """One lane at one viewer."""

    receiver: Receiver
    base: int | None = None
    "the number at which this viewer's rollover count is 0; None before the first packet"
    floor: int = 0
    "nothing before this is sent"
    flowing: bool = False
    "False until the next clean beginning"


class Fanout:
    """Sends what a seat's track brings to everybody who watches the seat."""

    def __init__(self, lane: Lane, seat: str, out: Wire, wish: Callable[[Fanout], None]) -> None:
        """`wish` is called when somebody needs a keyframe."""
        self.lane = lane
        self.seat = seat
        self._out = out
        self._wish = wish
        self._outlets: dict[Receiver, Outlet] = {}
        self._batch: list[Packet] = []
        self._timer: asyncio.TimerHandle | None = None
        self._report: tuple[int, int] | None = None

    def switch(self, report: tuple[int, int] | None) -> None:
        """Another track, or none, stands behind the seat from here on.

        `report` is that track's last sender report, if there was one.
        """
        self._flush()
        self.lane.restart()
        self._report = report
        if self._outlets:
            self._wish(self)

    def add(self, receiver: Receiver) -> None:
        """Somebody watches from now on."""
        self._flush()
        outlet = self._outlets[receiver] = Outlet(receiver)
        if self.lane.kind == "video" and not self._replay(outlet):
            self._wish(self)
        self._tell(outlet)

    def remove(self, receiver: Receiver) -> None:
        """Somebody has gone."""
        self._outlets.pop(receiver, None)

    def receive(self, number: int, packet: Rtp, known: Descriptor | None, now: float) -> None:
        """Take a packet of the present track."""
        begins = not self.lane.running
        highest = self.lane.highest
        kept = self.lane.accept(number, packet, known, now)
        if kept is None:
            return
        if begins:
            self._report_all()
        if kept.number < highest:
            self._send([kept])  # late or mended: its frame is gone, it goes on its own
            return
        if self._batch and self._batch[0].header[4:8] != kept.header[4:8]:
            self._flush()
        self._batch.append(kept)
        if self.lane.kind == "audio" or packet.marker or len(self._batch) >= BATCH:
            self._flush()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(GATHER, self._flush)

    def reported(self, stamp: int, timestamp: int) -> None:
        """The track told which moment its timestamp means."""
        self._report = (stamp, timestamp)
        if self.lane.running:
            self._report_all()

    def repeat(self, receiver: Receiver, sequences: list[int]) -> int:
        """Send again what a viewer misses; returns how many there were."""
        outlet = self._outlets.get(receiver)
        if outlet is None or not outlet.flowing:
            return 0
        found = [self.lane.again(each) for each in sequences]
        packets = [each for each in found if each is not None and each.number >= outlet.floor]
        for packet in packets:
            self._pass(outlet, [packet], wire.cut([packet]))
        return len(packets)

    def refresh(self, receiver: Receiver) -> None:
        """A viewer cannot show the picture: ask for a clean one."""
        if receiver in self._outlets:
            self._wish(self)

    def _flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        batch, self._batch = self._batch, []
        if batch:
            self._send(batch)

    def _send(self, packets: list[Packet]) -> None:
        runs = wire.cut(packets)
        hungry = False
        for outlet in self._outlets.values():
            ready = outlet.flowing or self._begin(outlet, packets[0].number)
            if ready and packets[0].number >= outlet.floor:
                self._pass(outlet, packets, runs)
            hungry = hungry or not outlet.flowing
        if hungry and self.lane.kind == "video":
            self._wish(self)

    def _begin(self, outlet: Outlet, number: int) -> bool:
        """Let an outlet flow if `number` is where it can begin."""
        if self.lane.kind == "video" and number != self.lane.keyframe:
            return False
        if outlet.base is None:
            if number % ROUND >= ROUND - ROLLOVER:
                return False
            outlet.base = number - number % ROUND
        outlet.flowing, outlet.floor = True, number
        return True

    def _replay(self, outlet: Outlet) -> bool:
        """Give a newcomer the last keyframe and what followed, if that is not much."""
        start = self.lane.keyframe
        if start is None or self.lane.highest - start >= REPLAY:
            return False
        packets = self.lane.since(start)
        if packets is None or not self._begin(outlet, start):
            return False
        self._pass(outlet, packets, wire.cut(packets))
        return outlet.flowing

    def _pass(self, outlet: Outlet, packets: list[Packet], runs: list[wire.Run]) -> None:
        path = outlet.receiver.path
        if path is None or outlet.base is None:
            return
        seal = outlet.receiver.seal
        buffers = seal.seal(self.lane.ssrc, packets, outlet.base)
        if not self._out.send(path, seal, buffers, runs) and self.lane.kind == "video":
            # The socket is full: what cannot be sent is dropped up to a clean picture.
            outlet.flowing = False

    def _report_all(self) -> None:
        for outlet in self._outlets.values():
            self._tell(outlet)

    def _tell(self, outlet: Outlet) -> None:
        if self._report is None or not self.lane.running:
            return
        stamp, timestamp = self._report
        lane = self.lane
        outlet.receiver.send_rtcp(
            feedback.sender_report(
                lane.ssrc, stamp, lane.stamp(timestamp), lane.packets, lane.octets, self.seat
            )
        )
