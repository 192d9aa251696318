"""One lane to its viewers: newcomers, slow ones, those who lost something."""

from __future__ import annotations

import sys

from rooms.media import keyframes
from rooms.media.fanout import Fanout
from rooms.media.lane import Lane
from rooms.media.outlet import Outlet
from rooms.media.peer import Path
from rooms.media.rtp import Rtp
from rooms.media.spread import PlainSpread
from rooms.media.srtp import Packet

KEY, DELTA = b"\x10\x00vp8", b"\x10\x01vp8"


class Socket:
    """Takes datagrams, or is full."""

    def __init__(self) -> None:
        self.full = False
        self.datagrams: list[bytes] = []

    def sendmsg(
        self, buffers: list[bytes], option: list[tuple[int, int, bytes]], flags: int, to: object
    ) -> None:
        if self.full:
            raise BlockingIOError
        data = b"".join(buffers)
        size = int.from_bytes(option[0][2], sys.byteorder) if option else len(data)
        self.datagrams += [data[at : at + size] for at in range(0, len(data), size)]


class Plain:
    """Seals nothing, and notes where it is told to count from."""

    parts = 1
    overhead = 0

    def __init__(self) -> None:
        self.places: list[int] = []

    def seal(self, ssrc: int, packets: list[Packet], base: int) -> list[bytes]:
        self.places += [packet.number - base for packet in packets]
        return [packet.header + packet.payload for packet in packets]


class Watcher:
    """A viewer with a socket of its own."""

    def __init__(self) -> None:
        self.socket = Socket()
        self.path = Path(self.socket, ("127.0.0.1", 9))
        self.seal = Plain()
        self.codecs = frozenset({"vp8", "opus"})
        self.outlet = Outlet(self)
        self.reports: list[bytes] = []

    def send_rtcp(self, data: bytes) -> None:
        self.reports.append(data)

    @property
    def got(self) -> list[int]:
        return [int.from_bytes(data[2:4], "big") for data in self.socket.datagrams]


class Show:
    """A seat's picture, with a camera behind it; one packet is one frame."""

    def __init__(self, start: int = 0) -> None:
        self.wishes = 0
        lane = Lane("video", 5, 96, 90_000, start)
        self.fanout = Fanout(lane, "speaker", PlainSpread(), self._wish)
        self.number = 1000

    def _wish(self, fanout: Fanout) -> None:
        self.wishes += 1

    def frames(self, count: int, *, key: bool = False, marker: bool = True) -> None:
        for _ in range(count):
            content = KEY if key else DELTA
            packet = Rtp(marker, 96, self.number, self.number * 3000, 7, content, 0, 0, b"")
            self.fanout.receive(self.number, packet, keyframes.describe(content), 0.0)
            self.number += 1

    def newcomer(self) -> Watcher:
        watcher = Watcher()
        self.fanout.add(watcher.outlet)
        return watcher


async def test_everybody_gets_the_same_packets() -> None:
    show = Show()
    first, second = show.newcomer(), show.newcomer()

    show.frames(1, key=True)
    show.frames(2)

    assert first.got == second.got == [0, 1, 2]
    assert first.socket.datagrams == second.socket.datagrams


async def test_a_newcomer_gets_the_last_keyframe_if_it_is_near() -> None:
    show = Show()
    show.frames(5)
    show.frames(1, key=True)
    show.frames(3)

    newcomer = show.newcomer()
    show.frames(1)

    assert newcomer.got == [0, 1, 2, 3, 4]
    assert show.wishes == 0


async def test_else_it_waits_for_a_new_one() -> None:
    show = Show()
    show.frames(1, key=True)
    show.frames(60)

    newcomer = show.newcomer()
    show.frames(5)
    assert newcomer.got == []
    assert show.wishes >= 1
    show.frames(1, key=True)
    show.frames(1)

    assert newcomer.got == [66, 67]


async def test_a_newcomer_counts_rollovers_from_nought() -> None:
    show = Show(start=65_000)
    show.frames(1, key=True)
    show.frames(600)
    show.frames(1, key=True)

    newcomer = show.newcomer()

    assert newcomer.seal.places == [65_601 - 65_536]


async def test_no_newcomer_begins_just_before_a_rollover() -> None:
    show = Show(start=65_500)
    newcomer = show.newcomer()

    show.frames(1, key=True)
    show.frames(40)
    assert newcomer.got == []
    show.frames(1, key=True)

    assert newcomer.got == [5]


async def test_who_cannot_keep_up_misses_everything_up_to_a_keyframe() -> None:
    show = Show()
    slow, quick = show.newcomer(), show.newcomer()
    show.frames(1, key=True)

    slow.socket.full = True
    show.frames(1)
    slow.socket.full = False
    show.frames(2)
    assert show.wishes > 2
    show.frames(1, key=True)
    show.frames(1)

    assert slow.got == [0, 4, 5]
    assert quick.got == [0, 1, 2, 3, 4, 5]


async def test_a_lost_packet_is_sent_again_as_it_was() -> None:
    show = Show()
    viewer = show.newcomer()
    show.frames(1, key=True)
    show.frames(3)

    assert show.fanout.repeat(viewer.outlet, [2, 99]) == 1
    assert viewer.socket.datagrams[4] == viewer.socket.datagrams[2]


async def test_nobody_gets_again_what_was_never_for_them() -> None:
    show = Show()
    show.frames(1, key=True)
    show.frames(60)
    viewer = show.newcomer()
    show.frames(1, key=True)

    assert show.fanout.repeat(viewer.outlet, [5, 60]) == 0
    assert show.fanout.repeat(Watcher().outlet, [61]) == 0


async def test_a_frame_waits_for_its_last_packet_but_not_for_the_next_frame() -> None:
    show = Show()
    viewer = show.newcomer()

    show.frames(1, key=True, marker=False)
    assert viewer.got == []
    show.frames(1, marker=False)
    assert viewer.got == [0]
    show.frames(1)

    assert viewer.got == [0, 1, 2]


async def test_after_a_switch_nothing_goes_out_until_a_keyframe() -> None:
    show = Show()
    viewer = show.newcomer()
    show.frames(1, key=True, marker=False)
    wishes = show.wishes

    show.fanout.switch(None)
    show.frames(5)
    assert viewer.got == [0]
    assert show.wishes == wishes + 1
    show.frames(1, key=True)

    assert viewer.got == [0, 1]


async def test_sound_needs_no_keyframe() -> None:
    fanout = Fanout(Lane("audio", 5, 111, 48_000, 3), "speaker", PlainSpread(), lambda fanout: None)
    viewer = Watcher()
    fanout.add(viewer.outlet)

    fanout.receive(9, Rtp(False, 111, 9, 0, 7, b"opus", 0, 0, b""), None, 0.0)

    assert viewer.got == [3]


async def test_reports_of_the_source_reach_viewers_in_the_lane_s_time() -> None:
    show = Show()
    viewer = show.newcomer()
    show.fanout.reported(1, 2)
    assert viewer.reports == []

    show.frames(1, key=True)
    show.fanout.reported(1, 2)

    assert len(viewer.reports) == 2
    assert len(show.newcomer().reports) == 1


async def test_who_loses_many_sounds_gets_each_twice_and_the_same() -> None:
    fanout = Fanout(Lane("audio", 5, 111, 48_000, 3), "speaker", PlainSpread(), lambda fanout: None)
    lossy, fine = Watcher(), Watcher()
    for viewer in (lossy, fine):
        fanout.add(viewer.outlet)
    lossy.outlet.echoes = True

    for at in range(3):
        packet = Rtp(False, 111, at, at * 960, 7, b"opus", 0, 0, b"")
        fanout.receive(at, packet, None, 0.02 * at)

    assert fine.got == [3, 4, 5]
    assert lossy.got == [3, 4, 3, 5, 4]
    assert lossy.socket.datagrams[2] == lossy.socket.datagrams[0]
