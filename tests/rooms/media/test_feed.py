"""From quality to quality: what one viewer sees of it, and what no viewer ever must."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.media import feedback, keyframes, rtp
from rooms.media.feed import Feed
from rooms.media.rtp import Rtp
from rooms.media.spread import PlainSpread
from rooms.media.track import Track
from tests.rooms.media.test_fanout import Watcher
from tests.rooms.media.test_lane import payload

CLOCK = 90_000


class Layer:
    """One quality of a camera, which numbers as it likes."""

    def __init__(self, number: int, timestamp: int, picture: int) -> None:
        self.track = Track("video", 96)
        self.number, self.timestamp, self.picture = number, timestamp, picture

    def frame(self, now: float, *, key: bool = False) -> None:
        self.put(self.number, payload(self.picture % 32_768, key=key), now)
        self.number += 1
        self.picture += 1

    def put(self, number: int, content: bytes, now: float) -> None:
        timestamp = (self.timestamp + round(now * CLOCK)) % 2**32
        packet = Rtp(True, 96, number & 0xFFFF, timestamp, 70, content, 0, 0, b"")
        self.track.receive(packet, now)
        self.track.overdue(now)

    def report(self, now: float) -> None:
        stamp = feedback.ntp(1_000_000 + now)
        timestamp = (self.timestamp + round(now * CLOCK)) % 2**32
        self.track.note_report(stamp, timestamp, stamp, now)


class Show:
    """A seat's picture in three qualities."""

    def __init__(self) -> None:
        self.asked: list[Track] = []
        self.feed = Feed("video", "speaker", PlainSpread(), self.asked.append)
        self.layers = [Layer(60_000, 7, 3), Layer(30, 2**32 - 50, 32_760), Layer(9_000, 5, 0)]
        self.feed.follow([layer.track for layer in self.layers])
        self.now = 10.0

    def frames(self, count: int = 1, *, key: int | None = None) -> None:
        """`key` is the quality that begins with a keyframe."""
        for at in range(count):
            self.now += 1 / 30
            for quality, layer in enumerate(self.layers):
                layer.frame(self.now, key=quality == key and at == 0)
        self.feed.look(self.now)

    def viewer(self, wanted: int | None = 0) -> Watcher:
        watcher = Watcher()
        self.feed.add(watcher, wanted)
        return watcher


def read(watcher: Watcher) -> list[Rtp]:
    return [rtp.parse(data) for data in watcher.socket.datagrams]


def goes_on(packets: list[Rtp]) -> None:
    """Sequence numbers, time and pictures only go on, without a gap in what must have none."""
    for before, after in pairwise(packets):
        assert (after.sequence - before.sequence) % 65_536 == 1
        assert 0 < (after.timestamp - before.timestamp) % 2**32 < 2**31
        one, two = (keyframes.describe(each.payload).picture or 0 for each in (before, after))
        assert (two - one) % 32_768 == 1


async def test_the_old_quality_flows_until_the_new_one_has_a_clean_beginning() -> None:
    show = Show()
    viewer = show.viewer()
    show.frames(3, key=0)

    show.feed.choose(viewer, 2)
    show.frames(4)
    assert len(viewer.socket.datagrams) == 7
    assert show.asked[-1] is show.layers[2].track
    show.frames(3, key=2)

    packets = read(viewer)
    assert len(packets) == 11
    goes_on(packets)
    assert keyframes.describe(packets[8].payload).starts_keyframe


async def test_back_and_forth_nobody_sees_a_seam() -> None:
    show = Show()
    viewer = show.viewer()
    show.frames(2, key=0)

    for quality in (1, 2, 0, 2, 1, 0):
        show.feed.choose(viewer, quality)
        show.frames(3)
        show.frames(3, key=quality)

    packets = read(viewer)
    assert len(packets) == 41
    goes_on(packets)
    assert {packet.ssrc for packet in packets} == {show.feed.ssrc}


async def test_time_goes_on_as_the_sender_s_reports_say() -> None:
    show = Show()
    viewer = show.viewer()
    for layer in show.layers:
        layer.report(show.now)
    show.frames(3, key=0)

    show.feed.choose(viewer, 2)
    # The small one lags behind on its way by 20 ms, which its timestamps do not.
    show.layers[2].timestamp -= round(0.02 * CLOCK)
    show.now += 0.02
    show.layers[2].frame(show.now + 1 / 30, key=True)

    last, first = read(viewer)[-2:]
    assert abs((first.timestamp - last.timestamp) - CLOCK / 30) <= 2


async def test_reports_tell_each_viewer_its_own_time() -> None:
    show = Show()
    stays, changes = show.viewer(), show.viewer()
    for layer in show.layers:
        layer.report(show.now)
    show.frames(3, key=0)
    show.feed.choose(changes, 2)
    show.frames(3, key=2)
    stays.reports.clear()
    changes.reports.clear()

    for layer in show.layers:
        layer.report(show.now)

    for watcher in (stays, changes):
        told = feedback.parse(watcher.reports[-1])[0].sender_info
        ticks = told.rtp_timestamp - round(feedback.unix(told.ntp_timestamp) * CLOCK)
        last = read(watcher)[-1]
        assert abs((last.timestamp - ticks - (1_000_000 + show.now) * CLOCK) % 2**32) < CLOCK / 25


async def test_those_who_change_together_share_their_packets() -> None:
    show = Show()
    viewers = [show.viewer() for _ in range(3)]
    show.frames(3, key=0)

    for each in viewers:
        show.feed.choose(each, 2)
    show.frames(3, key=2)

    assert len({shift for fanout in show.feed._fanouts for shift in fanout._groups}) == 1
    assert viewers[0].socket.datagrams == viewers[2].socket.datagrams


async def test_who_wants_no_picture_gets_none_and_goes_on_without_a_gap() -> None:
    show = Show()
    viewer = show.viewer()
    show.frames(3, key=0)

    show.feed.choose(viewer, None)
    show.frames(2_000)
    assert len(viewer.socket.datagrams) == 3
    show.feed.choose(viewer, 0)
    show.frames(3, key=0)

    goes_on(read(viewer))
    assert len(viewer.socket.datagrams) == 6


async def test_a_quality_that_fades_is_left_for_the_next_and_taken_again() -> None:
    show = Show()
    viewer = show.viewer()
    show.frames(30, key=0)
    best = show.layers.pop(0)

    show.frames(30)
    assert show.asked[-1] is show.layers[0].track
    show.frames(3, key=0)
    assert len(viewer.socket.datagrams) == 33
    show.layers.insert(0, best)
    show.frames(3)
    assert show.asked[-1] is show.layers[1].track
    for _ in range(70):
        show.frames()
    show.frames(3, key=0)

    assert show.asked[-1] is best.track
    packets = read(viewer)
    assert len(packets) == 109
    goes_on(packets)


async def test_another_source_with_fewer_qualities_reaches_everybody() -> None:
    show = Show()
    large, small = show.viewer(0), show.viewer(2)
    show.frames(3)
    show.frames(3, key=0)
    show.frames(3, key=2)

    show.layers = [Layer(5, 5, 5)]
    show.feed.follow([show.layers[0].track])
    show.frames(3)
    show.frames(3, key=0)

    for viewer in (large, small):
        goes_on(read(viewer))
        assert keyframes.describe(read(viewer)[-3].payload).starts_keyframe


async def test_what_got_lost_before_a_change_is_still_sent_again() -> None:
    show = Show()
    viewer = show.viewer()
    show.frames(3, key=0)
    show.feed.choose(viewer, 2)
    show.frames(3, key=2)
    sent = list(viewer.socket.datagrams)

    lost = [rtp.parse(sent[2]).sequence, rtp.parse(sent[4]).sequence]
    assert show.feed.repeat(viewer, lost) == 2
    assert viewer.socket.datagrams[-2:] == [sent[2], sent[4]]


async def test_who_cannot_decode_a_codec_gets_nothing_of_it_and_asks_for_nothing() -> None:
    show = Show()
    viewer = show.viewer()
    show.frames(3, key=0)
    film = Layer(5, 5, 5)
    film.track = Track("video", 102, "h264")
    show.feed.follow([film.track])
    show.asked.clear()

    for at in range(5):
        show.now += 1 / 30
        film.put(at, b"\x67" if at == 0 else b"\x41\x9a", show.now)
    assert len(viewer.socket.datagrams) == 3
    assert show.asked == []
    show.feed.follow([layer.track for layer in show.layers])
    show.frames(3, key=0)

    goes_on(read(viewer))
    assert len(viewer.socket.datagrams) == 6


deeds = st.one_of(
    st.tuples(st.just("frames"), st.sampled_from([None, 0, 1, 2])),
    st.tuples(st.just("choose"), st.sampled_from([None, 0, 1, 2])),
    st.tuples(st.just("repeat"), st.integers(0, 40)),
    st.tuples(st.just("full"), st.booleans()),
    st.tuples(st.just("lose"), st.integers(0, 2)),
    st.tuples(st.just("late"), st.integers(0, 2)),
    st.tuples(st.just("leap"), st.sampled_from([3, 90, 200, 30_000])),
    st.tuples(st.just("switch"), st.integers(0, 2)),
    st.tuples(st.just("report"), st.just(0)),
)


@settings(max_examples=150)
@given(st.lists(deeds, max_size=120))
async def test_no_number_ever_bears_two_contents_at_one_viewer(
    script: list[tuple[str, int]],
) -> None:
    show = Show()
    viewer = show.viewer()
    places: list[tuple[int, bytes]] = []
    seal = viewer.seal.seal

    def note(ssrc: int, packets: list, base: int) -> list[bytes]:
        places.extend((each.number - base, each.header + each.payload) for each in packets)
        return seal(ssrc, packets, base)

    viewer.seal.seal = note
    lost: list[tuple[int, int]] = []
    for word, value in script:
        if word == "frames":
            show.frames(2, key=value)
        elif word == "choose":
            show.feed.choose(viewer, value)
        elif word == "repeat" and places:
            newest = places[-1][0]
            show.feed.repeat(viewer, [newest - at & 0xFFFF for at in range(-3, value)])
        elif word == "full":
            viewer.socket.full = bool(value)
        elif word == "lose":
            lost.append((value, show.layers[value].number))
            show.layers[value].number += 1
        elif word == "late" and lost:
            quality, number = lost.pop()
            show.layers[quality].put(number, payload(value, key=value == 1), show.now)
        elif word == "leap":
            show.layers[value % 3].number += value
        elif word == "switch":
            show.layers.append(show.layers.pop(value))
            show.feed.follow([layer.track for layer in show.layers])
        elif word == "report":
            for layer in show.layers:
                layer.report(show.now)

    contents: dict[int, bytes] = {}
    for place, content in places:
        assert 0 <= place < 2**48
        assert int.from_bytes(content[2:4], "big") == place & 0xFFFF
        assert contents.setdefault(place, content) == content
    newest = -1
    for place, _ in places:
        assert newest == -1 or place <= newest + 1_100  # nobody loses count of rollovers
        newest = max(newest, place)
