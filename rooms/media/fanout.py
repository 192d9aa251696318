"""One lane to all who get it: a frame at a time, beginning for each with a clean picture."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from rooms.media import feedback, outlet, rtp
from rooms.media.keyframes import Descriptor
from rooms.media.lane import RING, Lane
from rooms.media.outlet import STRAIGHT, Moment, Outlet, Past, Place, Shift
from rooms.media.rtp import Rtp
from rooms.media.spread import Group, Spread
from rooms.media.srtp import Packet

GATHER: Final = 0.004  # seconds a frame may wait for its last packet
BATCH: Final = 24  # packets after which it does not wait any longer
REPLAY: Final = 40  # packets; a newcomer gets the last keyframe if it is no further back
# Whose first packets straddled a rollover and were lost would count rollovers wrong for
# good; newcomers wait until it is over (RFC 3711 §3.3.1).
ROLLOVER: Final = 128  # packets
ROUND: Final = 1 << 16


class Fanout:
    """Sends what a track brings to every outlet that flows from its lane.

    Outlets with the same shift get the same packets, built once. Nearly everybody's is the
    same: who joins has none, and those who change lanes at the same picture share theirs.
    """

    def __init__(self, lane: Lane, seat: str, out: Spread, wish: Callable[[Fanout], None]) -> None:
        """`wish` is called when somebody needs a keyframe."""
        self.lane = lane
        self.seat = seat
        self._out = out
        self._wish = wish
        self._groups: dict[Shift, Group[Outlet]] = {}
        self._waiting: dict[Outlet, None] = {}
        self._batch: list[Packet] = []
        self._known: list[Descriptor | None] = []
        self._timer: asyncio.TimerHandle | None = None
        self._report: tuple[int, int] | None = None

    def switch(self, report: tuple[int, int] | None) -> None:
        """Another track, or none, stands behind the lane from here on.

        `report` is that track's last sender report, if there was one.
        """
        self.flush()
        self.lane.restart()
        self._report = report
        if self._groups or self._waiting:
            self._wish(self)

    def add(self, one: Outlet) -> None:
        """Let an outlet flow from here as soon as it can.

        Until then it flows from where it did; an outlet that flows from nowhere gets the last
        keyframe and what followed, if that is not much.
        """
        self.flush()
        self._waiting[one] = None
        if self.lane.kind == "video" and (one.flowing or not self._replay(one)):
            self._wish_for([one])

    def drop(self, one: Outlet) -> None:
        """Let an outlet flow from here no more, nor wait to."""
        self._waiting.pop(one, None)
        if one.flowing and one.fanout is self:
            self.flush()
            self._part(one)

    @property
    def is_watched(self) -> bool:
        """Whether somebody gets this, or waits for it."""
        return bool(self._groups or self._waiting)

    def awaits(self, one: Outlet) -> bool:
        """Whether an outlet waits here for its beginning."""
        return one in self._waiting

    def place(self, one: Outlet) -> Place:
        """Where the stream of an outlet that flows from here stands."""
        return self.lane.place(self._moment()).shifted(one.shift)

    def receive(self, number: int, packet: Rtp, known: Descriptor | None, now: float) -> None:
        """Take a packet of the present track."""
        begins = not self.lane.running
        highest = self.lane.highest
        if begins and known is not None and known.codec != self.lane.codec:
            self._stop_unable(known.codec)
        kept = self.lane.accept(number, packet, known, now)
        if kept is None:
            return
        if begins:
            self._report_all()
        if kept.number < highest:
            self._send_late(kept, known)  # its frame is gone, it goes on its own
            return
        if self._batch and self._batch[0].header[4:8] != kept.header[4:8]:
            self.flush()
        self._batch.append(kept)
        self._known.append(known)
        if self.lane.kind == "audio" or packet.marker or len(self._batch) >= BATCH:
            self.flush()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(GATHER, self.flush)

    def reported(self, stamp: int, timestamp: int) -> None:
        """The track told which moment its timestamp means."""
        self._report = (stamp, timestamp)
        if self.lane.running:
            self._report_all()

    def repeat(self, one: Outlet, sequences: list[int]) -> int:
        """Send again what a viewer misses; returns how many there were."""
        reached = self.lane.highest + one.shift.number
        # Who ceased to flow may come back with other numbers: nothing newer is promised.
        end = self.lane.highest if one.flowing else one.floor - 1
        sent = 0
        for sequence in sequences:
            number = rtp.nearest(sequence, reached)
            packet = self._again(number, one.shift, one.floor, end)
            if packet is None and one.past is not None:
                past = one.past
                packet = past.fanout._again(number, past.shift, past.floor, past.end)
            if packet is not None:
                self._pass([one], [packet])
                sent += 1
        return sent

    def refresh(self, one: Outlet) -> None:
        """A viewer cannot show the picture: ask for a clean one."""
        self._wish_for([one])

    def flush(self) -> None:
        """Send what is gathered."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        batch, self._batch = self._batch, []
        known, self._known = self._known, []
        if batch:
            self._send(batch, known)

    def _send(self, packets: list[Packet], known: list[Descriptor | None]) -> None:
        if self._waiting and self._is_beginning(packets[0].number):
            for one in list(self._waiting):
                self._begin(one, packets[0], known[0])
        for shift, outlets in list(self._groups.items()):
            self._pass(outlets, outlet.renumber(packets, known, shift))
        if self.lane.kind == "audio":
            self._echo(packets[0].number - 1)
        elif self._waiting:
            self._wish_for(self._waiting)

    def _echo(self, number: int) -> None:
        """Send a sound once more, one packet later, to those who lose too many."""
        for shift, outlets in list(self._groups.items()):
            some = [one for one in outlets if one.echoes and number >= one.floor]
            packet = self.lane.again(number) if some else None
            if packet is not None:
                self._pass(some, outlet.renumber([packet], [None], shift))

    def _send_late(self, packet: Packet, known: Descriptor | None) -> None:
        for shift, outlets in list(self._groups.items()):
            some = [one for one in outlets if packet.number >= one.floor]
            self._pass(some, outlet.renumber([packet], [known], shift))
        if self.lane.kind == "video" and packet.number == self.lane.keyframe:
            for one in [each for each in self._waiting if not each.flowing]:
                self._replay(one)

    def _is_beginning(self, number: int) -> bool:
        return self.lane.kind == "audio" or number == self.lane.keyframe

    def _begin(self, one: Outlet, first: Packet, known: Descriptor | None) -> bool:
        """Let an outlet flow from here, beginning with `first`; False if it cannot yet."""
        if not self._able(one):
            return False
        if one.flowing and one.fanout is not None:
            one.fanout.drop(one)
        if one.left is None:
            if first.number % ROUND >= ROUND - ROLLOVER:
                return False
            one.base = first.number - first.number % ROUND
            shift = STRAIGHT
        elif one.fanout is self and 0 < first.number + one.shift.number - one.left.number <= RING:
            shift = one.shift  # it missed a little, as on any network
        else:
            shift = outlet.follow(one.left, self._place_of(first, known), self.lane.clock_rate)
        one.fanout, one.shift, one.floor, one.flowing = self, shift, first.number, True
        self._waiting.pop(one, None)
        self._groups.setdefault(shift, Group()).add(one)
        self._tell(one)
        return True

    def _replay(self, one: Outlet) -> bool:
        """Give a newcomer the last keyframe and what followed, if that is not much."""
        start = self.lane.keyframe
        if start is None or self.lane.highest - start >= REPLAY:
            return False
        packets = self.lane.since(start)
        if packets is None:
            return False
        known = [self.lane.known(each.number) for each in packets]
        if not self._begin(one, packets[0], known[0]):
            return False
        self._pass([one], outlet.renumber(packets, known, one.shift))
        return one.flowing

    def _part(self, one: Outlet) -> None:
        one.left = self.place(one)
        one.past = Past(self, one.shift, one.floor, self.lane.highest)
        self._ungroup(one)
        one.fanout = None

    def _ungroup(self, one: Outlet) -> None:
        one.flowing = False
        group = self._groups.get(one.shift, Group())
        group.discard(one)
        if not group:
            self._groups.pop(one.shift, None)

    def _pass(self, outlets: Iterable[Outlet], packets: Sequence[Packet]) -> None:
        full = self._out.send(self.lane.ssrc, outlets, packets)
        if self.lane.kind == "audio":
            return
        for one in full:
            if one.flowing and one.fanout is self:
                # What cannot be sent is dropped up to a clean picture.
                one.left = self.place(one)
                self._ungroup(one)
                self._waiting[one] = None

    def _again(self, number: int, shift: Shift, floor: int, end: int) -> Packet | None:
        """The packet that went to a viewer under this number, if it went there from here."""
        at = number - shift.number
        packet = self.lane.again(at) if floor <= at <= end else None
        if packet is None:
            return None
        return outlet.renumber([packet], [self.lane.known(at)], shift)[0]

    def _able(self, one: Outlet) -> bool:
        return self.lane.codec in one.receiver.codecs

    def _stop_unable(self, codec: str) -> None:
        """What flows from now on is in a codec that not everybody need have."""
        for one in [each for group in self._groups.values() for each in group]:
            if codec not in one.receiver.codecs:
                self._part(one)
                self._waiting[one] = None

    def _wish_for(self, outlets: Iterable[Outlet]) -> None:
        if any(self._able(one) for one in outlets):
            self._wish(self)

    def _place_of(self, first: Packet, known: Descriptor | None) -> Place:
        picture, layer = outlet.ids(first.payload, known)
        timestamp = int.from_bytes(first.header[4:8], "big")
        newest = self.lane.place(self._moment())
        return newest._replace(
            number=first.number, timestamp=timestamp, picture=picture, layer=layer
        )

    def _moment(self) -> Moment | None:
        if self._report is None or not self.lane.running:
            return None
        stamp, timestamp = self._report
        return Moment(feedback.unix(stamp), self.lane.stamp(timestamp))

    def _report_all(self) -> None:
        for shift, outlets in self._groups.items():
            if (report := self._write_report(shift)) is not None:
                for one in outlets:
                    one.receiver.send_rtcp(report)

    def _tell(self, one: Outlet) -> None:
        report = self._write_report(one.shift)
        if report is not None:
            one.receiver.send_rtcp(report)

    def _write_report(self, shift: Shift) -> bytes | None:
        """Say which time the timestamps mean, as of now: the answer tells how far it is."""
        moment = self._moment()
        if moment is None:
            return None
        lane, now = self.lane, time.time()
        ticks = round((now - moment.stamp) * lane.clock_rate)
        timestamp = (moment.timestamp + shift.time + ticks) % outlet.TICKS
        return feedback.sender_report(
            lane.ssrc, feedback.ntp(now), timestamp, lane.packets, lane.octets, self.seat
        )
