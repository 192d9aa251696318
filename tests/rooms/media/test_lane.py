"""A lane: without gap or step back, whatever stands behind it."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.media import keyframes, rtp
from rooms.media.lane import RING, Lane
from rooms.media.rtp import Rtp
from rooms.media.srtp import Packet


def payload(picture: int, *, key: bool = False, layer: int = 0, starts: bool = True) -> bytes:
    """VP8 with a picture id of fifteen bits and a TL0PICIDX."""
    frame = bytes([0x00 if key else 0x01]) + b"vp8"
    return (
        bytes([0x90 if starts else 0x80, 0xE0, 0x80 | picture >> 8, picture & 0xFF, layer, 0x20])
        + frame
    )


def incoming(sequence: int, timestamp: int, content: bytes, marker: bool = True) -> Rtp:
    return Rtp(marker, 120, sequence & 0xFFFF, timestamp, 77, content, 0, 0, b"")


class Source:
    """A camera that numbers as it likes."""

    def __init__(self, lane: Lane, number: int, timestamp: int, picture: int) -> None:
        self.lane, self.number, self.timestamp, self.picture = lane, number, timestamp, picture

    def frame(self, now: float, *, key: bool = False) -> Packet | None:
        content = payload(self.picture % 32768, key=key)
        kept = self.put(self.number, content, now)
        self.number += 1
        self.timestamp += 3000
        self.picture += 1
        return kept

    def put(self, number: int, content: bytes, now: float) -> Packet | None:
        packet = incoming(number, self.timestamp % 2**32, content)
        return self.lane.accept(number, packet, keyframes.describe(content), now)


def video(start: int = 100) -> Lane:
    return Lane("video", 0xABCD, 96, 90_000, start)


def read(packet: Packet | None) -> Rtp:
    assert packet is not None
    return rtp.parse(packet.header + packet.payload)


def picture_of(packet: Packet | None) -> int | None:
    return keyframes.describe(read(packet).payload).picture


def test_a_lane_begins_with_a_keyframe() -> None:
    lane = video()
    camera = Source(lane, 5000, 9000, 40)

    assert camera.frame(0.0) is None
    first = camera.frame(0.03, key=True)

    assert read(first).sequence == 100
    assert (read(first).payload_type, read(first).ssrc) == (96, 0xABCD)


def test_another_source_follows_without_a_gap() -> None:
    lane = video()
    old, new = Source(lane, 5000, 9000, 40), Source(lane, 60000, 4_000_000_000, 9)
    old.frame(10.0, key=True)
    last = old.frame(10.033)

    lane.restart()
    assert new.frame(10.1) is None
    first = new.frame(11.033, key=True)

    assert read(first).sequence == read(last).sequence + 1
    assert read(first).timestamp == read(last).timestamp + 90_000
    assert picture_of(first) == (picture_of(last) or 0) + 1


def test_nothing_of_the_old_source_comes_after_the_new_one() -> None:
    lane = video()
    old, new = Source(lane, 5000, 9000, 40), Source(lane, 5010, 9000, 9)
    old.frame(0.0, key=True)
    lane.restart()
    new.frame(1.0, key=True)

    late = old.put(5009, payload(45), 1.1)

    assert late is None


def test_a_late_packet_takes_its_own_place() -> None:
    lane = video()
    camera = Source(lane, 0, 0, 0)
    camera.frame(0.0, key=True)
    camera.number = 2
    ahead = camera.frame(0.1)

    late = camera.put(1, payload(1), 0.2)

    assert (read(late).sequence, read(ahead).sequence) == (101, 102)
    assert camera.put(1, payload(1), 0.3) is None


def test_what_went_out_can_go_out_again() -> None:
    lane = video(start=0)
    camera = Source(lane, 0, 0, 0)
    sent = [camera.frame(0.0, key=True)] + [camera.frame(0.0) for _ in range(10)]

    assert lane.again(3) == sent[3]
    assert lane.since(8) == sent[8:]
    assert lane.again(11) is None


def test_what_belongs_to_the_source_before_is_not_sent_again() -> None:
    lane = video(start=0)
    Source(lane, 0, 0, 0).frame(0.0, key=True)
    lane.restart()
    Source(lane, 900, 0, 0).frame(1.0, key=True)

    assert lane.again(0) is None
    assert lane.again(1) is not None


def test_a_long_hole_begins_anew_without_a_gap() -> None:
    lane = video(start=0)
    camera = Source(lane, 0, 0, 0)
    camera.frame(0.0, key=True)
    camera.number += 20_000

    assert camera.frame(0.1) is None
    first = camera.frame(0.2, key=True)

    assert read(first).sequence == 1


def test_sound_begins_at_once() -> None:
    lane = Lane("audio", 5, 111, 48_000, 7)

    first = lane.accept(900, incoming(900, 55, b"opus"), None, 0.0)

    assert read(first).sequence == 7
    assert read(first).payload == b"opus"


def test_padding_stays_with_its_mark() -> None:
    lane = Lane("audio", 5, 111, 48_000, 7)
    padded = Rtp(False, 120, 1, 0, 77, b"opus\0\0\3", 3, 0, b"")

    kept = lane.accept(1, padded, None, 0.0)

    assert read(kept).padding == 3


steps = st.one_of(
    st.tuples(st.just("next"), st.booleans()),
    st.tuples(st.just("jump"), st.integers(-70, 70)),
    st.tuples(st.just("leap"), st.integers(1000, 40_000)),
    st.tuples(st.just("late"), st.integers(1, 1200)),
    st.tuples(st.just("switch"), st.integers(0, 2)),
)


@settings(max_examples=150)
@given(st.lists(steps, max_size=120), st.integers(0, 32_767))
def test_no_number_is_ever_given_to_two_packets(script: list[tuple[str, int]], start: int) -> None:
    lane = video(start)
    sources = [
        Source(lane, 65_000, 1, 3),
        Source(lane, 30, 2**32 - 50, 32_760),
        Source(lane, 64_990, 7, 0),
    ]
    present, now = sources[0], 0.0
    sent: dict[int, bytes] = {}
    newest = start - 1
    for word, value in script:
        now += 0.02
        kept: Packet | None = None
        if word == "next":
            kept = present.frame(now, key=bool(value))
        elif word in ("jump", "leap"):
            present.number = max(0, present.number + value)
        elif word == "late":
            kept = present.put(max(0, present.number - value), payload(value), now)
        else:
            present = sources[value]
            lane.restart()
        if kept is not None:
            assert kept.number not in sent
            assert read(kept).sequence == kept.number & 0xFFFF
            assert kept.number <= newest + RING
            sent[kept.number] = kept.header + kept.payload
            newest = max(newest, kept.number)


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 9)), min_size=1, max_size=12))
def test_over_all_switches_numbers_pictures_and_time_only_go_on(
    turns: list[tuple[int, int]],
) -> None:
    lane = video(start=65)
    sources = [Source(lane, 9, 5, 3), Source(lane, 65_530, 2**31, 9), Source(lane, 0, 77, 32_766)]
    now, sent = 0.0, []
    for who, frames in turns:
        lane.restart()
        for at in range(frames):
            now += 1 / 30
            sent.append(sources[who].frame(now, key=at == 0))

    numbers = [packet.number for packet in sent if packet is not None]
    assert numbers == list(range(65, 65 + len(sent)))
    pictures = [picture_of(packet) or 0 for packet in sent]
    assert all((b - a) % 32_768 == 1 for a, b in itertools.pairwise(pictures))
    stamps = [read(packet).timestamp for packet in sent]
    assert all((b - a) % 2**32 == 3000 for a, b in itertools.pairwise(stamps))
