"""What goes over a link and what does not: wanted strands, lost packets, strangers, and twins."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.media import distant
from rooms.media.carrier import Carrier
from rooms.media.cascade import Cascade
from rooms.media.control import Neighbour
from rooms.media.distant import Distant
from rooms.media.fanout import Fanout
from rooms.media.keyframes import Descriptor
from rooms.media.lane import Lane
from rooms.media.link import Link
from rooms.media.mux import Mux
from rooms.media.rtp import Rtp
from rooms.media.source import Source
from rooms.media.spread import PlainSpread
from rooms.media.srtp import Packet
from rooms.media.track import Track
from tests.rooms.media.clients import until
from tests.rooms.media.test_lane import payload


class Camera(Source):
    """A sound and a picture in two qualities."""

    def __init__(self, name: str = "elif/camera", age: float = 0.0) -> None:
        super().__init__(name, asyncio.get_running_loop().time)
        self.began_at -= age
        self.audio = Track("audio", 111)
        self.layers = (Track("video", 96), Track("video", 96))
        self.asked: list[Track] = []
        self.closed = False
        self._number = 65_530

    def frame(self, *, key: bool = False) -> None:
        """One packet on each track."""
        self._number += 1
        now = self._clock()
        for at, track in enumerate((self.audio, *self.layers)):
            assert track is not None
            content = payload(self._number % 32_768, key=key) if at else b"sound"
            number, stamp = self._number % 65_536, self._number * 3_000
            track.receive(Rtp(True, 96, number, stamp, 70 + at, content, 0, 0, b""), now)
            track.rate = 1_000.0 * at

    def ask_for_keyframe(self, track: Track) -> None:
        self.asked.append(track)

    def mend(self, now: float) -> None:
        pass

    def close(self) -> None:
        self.closed = True


class Notes:
    """A follower that keeps what comes."""

    def __init__(self) -> None:
        self.came: list[tuple[int, bytes]] = []

    def receive(self, number: int, packet: Rtp, known: Descriptor | None, now: float) -> None:
        self.came.append((packet.timestamp, packet.payload))

    def reported(self, stamp: int, timestamp: int) -> None:
        pass


class Process:
    """A media process without viewers."""

    def __init__(self, mux: Mux) -> None:
        self.mux = mux
        self.sources: dict[str, Source] = {}
        self.out = PlainSpread()
        clock = asyncio.get_running_loop().time
        self.cascade = Cascade(self, self.sources, mux, ("127.0.0.1",), self.out, clock)
        self._work = asyncio.create_task(self._run())

    def add_source(self, source: Source) -> None:
        before = self.sources.get(source.name)
        self.sources[source.name] = source
        if before is not None:
            before.close()

    def drop_source(self, source: Source) -> None:
        if self.sources.get(source.name) is source:
            del self.sources[source.name]

    async def distant(self, name: str = "elif/camera") -> Distant:
        await until(lambda: isinstance(self.sources.get(name), Distant))
        found = self.sources[name]
        assert isinstance(found, Distant)
        return found

    async def stop(self) -> None:
        self._work.cancel()
        await asyncio.gather(self._work, return_exceptions=True)
        self.cascade.close()

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(0.005)
            for source in list(self.sources.values()):
                source.mend(loop.time())
            self.cascade.mend(loop.time())


@pytest.fixture
async def two() -> AsyncIterator[tuple[Process, Process]]:
    made: list[Process] = []
    for _ in range(2):
        mux = Mux()
        await mux.open(["127.0.0.1"], 0)
        made.append(Process(mux))
    one, other = made
    one.cascade.link(other.cascade.ours)
    other.cascade.link(one.cascade.ours)
    yield one, other
    for each in made:
        await each.stop()
        each.mux.close()


async def flowing(camera: Camera, notes: Notes) -> None:
    """Let frames come until one gets through."""
    for _ in range(200):
        if notes.came:
            return
        camera.frame(key=True)
        await asyncio.sleep(0.02)
    raise AssertionError("nothing came")


async def test_only_what_is_watched_is_carried(two: tuple[Process, Process]) -> None:
    here, there = two
    camera, notes = Camera(), Notes()
    here.add_source(camera)
    camera.frame()
    seen = await there.distant()
    assert seen.audio is not None

    seen.layers[1].followers.append(notes)
    await flowing(camera, notes)
    sent = here.out.sent
    camera.frame()
    await asyncio.sleep(0.3)

    assert here.out.sent == sent + 1
    assert (seen.audio.ssrc, seen.layers[0].ssrc) == (None, None)
    assert [each.rate for each in seen.layers] == [1_000.0, 2_000.0]
    assert seen.layers[0].heard_at is not None


async def test_what_nobody_watches_any_more_ceases(two: tuple[Process, Process]) -> None:
    here, there = two
    camera, notes = Camera(), Notes()
    here.add_source(camera)
    seen = await there.distant()
    seen.layers[0].followers.append(notes)
    await flowing(camera, notes)

    seen.layers[0].followers.remove(notes)

    await until(lambda: not camera.layers[0].followers)


async def test_a_lost_packet_comes_again(
    two: tuple[Process, Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = two
    camera, notes = Camera(), Notes()
    here.add_source(camera)
    seen = await there.distant()
    seen.layers[0].followers.append(notes)
    await flowing(camera, notes)
    take, lost = seen.link.receive, list[bytes]()

    def lose(data: bytes) -> None:
        if data[1] < 192 and len(lost) < 2 and data not in lost:
            lost.append(data)
        else:
            take(data)

    monkeypatch.setattr(seen.link, "receive", lose)
    before = len(notes.came)
    for _ in range(5):
        camera.frame()

    await until(lambda: len(notes.came) == before + 5)
    stamps = [stamp for stamp, _ in notes.came]
    assert stamps == sorted(set(stamps))


async def test_what_comes_after_a_pause_begins_with_a_clean_picture(
    two: tuple[Process, Process],
) -> None:
    here, there = two
    camera, notes = Camera(), Notes()
    here.add_source(camera)
    seen = await there.distant()
    lane = Lane("video", 7, 96, 90_000, 1)
    seen.layers[0].followers.append(Fanout(lane, "speaker", PlainSpread(), lambda _: None))
    seen.layers[0].followers.append(notes)
    await flowing(camera, notes)
    assert lane.running

    seen.layers[0].followers.remove(notes)

    await until(lambda: lane.waits_for_keyframe)


async def test_a_wish_for_a_keyframe_reaches_the_sender(two: tuple[Process, Process]) -> None:
    here, there = two
    camera = Camera()
    here.add_source(camera)
    seen = await there.distant()

    seen.ask_for_keyframe(seen.layers[1])

    await until(lambda: camera.asked == [camera.layers[1]])


async def test_how_loud_it_is_is_known_without_the_sound(two: tuple[Process, Process]) -> None:
    here, there = two
    camera = Camera()
    assert camera.audio is not None
    here.add_source(camera)
    seen = await there.distant()

    camera.audio.level = 99.0

    await until(lambda: seen.audio is not None and seen.audio.level == 99.0)


async def test_of_two_with_one_name_the_younger_counts(two: tuple[Process, Process]) -> None:
    here, there = two
    older, younger = Camera(age=60.0), Camera()
    here.add_source(older)
    await there.distant()

    there.add_source(younger)

    await here.distant()
    assert (older.closed, younger.closed) == (True, False)
    assert there.sources["elif/camera"] is younger


async def test_what_has_gone_there_is_gone_here(two: tuple[Process, Process]) -> None:
    here, there = two
    camera = Camera()
    here.add_source(camera)
    await there.distant()

    here.drop_source(camera)

    await until(lambda: not there.sources)


async def test_who_falls_silent_is_gone(
    two: tuple[Process, Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(distant, "FADES", 0.5)
    here, there = two
    here.add_source(Camera())
    await there.distant()

    await here.stop()

    await until(lambda: not there.sources)


async def test_what_is_forged_opens_no_link_and_no_packet(two: tuple[Process, Process]) -> None:
    here, there = two
    camera, notes = Camera(), Notes()
    here.add_source(camera)
    seen = await there.distant()
    seen.layers[0].followers.append(notes)
    await flowing(camera, notes)
    path, before = seen.link.path, len(notes.came)
    assert path is not None

    for second in (96, 200, 204, 205):
        there.mux.receive(bytes([0x80, second]) + bytes(60), path)
    await asyncio.sleep(0.05)

    assert len(notes.came) == before
    assert set(there.sources) == {"elif/camera"}


async def test_who_does_not_know_the_key_is_a_stranger(two: tuple[Process, Process]) -> None:
    here, there = two
    ours = here.cascade.ours
    false = Neighbour(ours.id, "guessed", ours.machine, ours.near, ours.addresses, here.mux.port)
    refused = there.mux.refused

    Link(false, there.cascade.ours, here.mux.sockets, 0.0).check(0.0)

    await until(lambda: there.mux.refused > refused)


def test_two_runs_never_share_a_key() -> None:
    other = Neighbour("b", "their secret", "m", "127.0.0.1", (), 1)
    runs = [Neighbour("a", secret, "m", "127.0.0.1", (), 2) for secret in ("one", "two")]

    links = [Link(run, other, (), 0.0) for run in runs]
    back = Link(other, runs[0], (), 0.0)

    keys = {each.seal.key for each in (*links, back)}
    assert len(keys) == 3


@pytest.mark.parametrize(
    ("machine", "reached"), [("m", ["127.0.0.1"]), ("n", ["192.0.2.7", "192.0.2.8"])]
)
async def test_on_one_machine_the_nearest_way_is_taken_and_else_every_announced_one(
    machine: str, reached: list[str], two: tuple[Process, Process]
) -> None:
    ours = Neighbour("a", "x", "m", "127.0.0.1", ("192.0.2.1",), 1)
    addresses = ("192.0.2.7", "2001:db8::7", "192.0.2.8")
    theirs = Neighbour("b", "y", machine, "127.0.0.1", addresses, 2)

    made = Link(ours, theirs, two[0].mux.sockets, 0.0)  # which listens on IPv4 alone

    assert [each.address for each in made.ways] == [(each, 2) for each in reached]


class Kept:
    """A way out that keeps what goes there."""

    accelerated = segmented = False
    sent = dropped = 0

    def __init__(self) -> None:
        self.packets: list[tuple[int, Packet]] = []

    def send(
        self, ssrc: int, outlets: Iterable[Carrier], packets: Sequence[Packet]
    ) -> list[Carrier]:
        self.packets += [(ssrc, each) for each in packets]
        return []

    def close(self) -> None:
        pass


@given(
    st.lists(
        st.one_of(st.integers(-3, 3), st.integers(-3_000, 3_000), st.integers(-(1 << 18), 1 << 18)),
        max_size=60,
    )
)
@settings(max_examples=100)
def test_no_number_is_ever_given_to_two_packets(steps: list[int]) -> None:
    out, track = Kept(), Track("audio", 111)
    way = Link(
        Neighbour("a", "x", "m", "127.0.0.1", (), 1),
        Neighbour("b", "y", "m", "127.0.0.1", (), 2),
        (),
        0.0,
    )
    carrier = Carrier(way, track, out)
    number = 1 << 20

    for at, step in enumerate(steps):
        number += step
        carrier.receive(number, Rtp(True, 111, 0, at, 7, b"%d" % at, 0, 0, b""), None, 0.0)

    given_to = [(ssrc, packet.number) for ssrc, packet in out.packets]
    assert len(given_to) == len(set(given_to))
    assert all(number > 0 for _, number in given_to)
