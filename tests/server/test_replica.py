"""A replica gives everybody the whole room or exactly what they missed, and pictures of it."""

from __future__ import annotations

import asyncio

import msgspec
import pytest

from schedule.machine import Event
from server.batch import UNSTORED, Batch, Happening
from server.replica import KEPT, Replica
from tests.server.tally import (
    ANNA,
    BEN,
    RULES,
    Added,
    Ear,
    ReportedHere,
    Tally,
    Waved,
    Whispered,
)
from tests.virtual_time import VirtualClock, in_virtual_time


class Room:
    """A replica and the host it hears from."""

    def __init__(self) -> None:
        self.replica: Replica[Tally] = Replica("hall", RULES, VirtualClock())
        self.replica.open(7, 0, 0, Tally())
        self.state, self.seq, self.number = Tally(), 0, 0

    def batch(self, *events: Event) -> Batch:
        happened = []
        for event in events:
            self.state = RULES.apply(self.state, event)
            self.seq += event.stored
            place = self.seq if event.stored else UNSTORED
            happened.append(Happening(place, msgspec.Raw(msgspec.json.encode(event))))
        self.number += 1
        return Batch(7, self.number, self.seq, tuple(happened))

    def happen(self, *events: Event) -> None:
        self.replica.hear(self.batch(*events))


@in_virtual_time
async def test_a_newcomer_gets_a_snapshot_and_then_what_happens() -> None:
    room, anna = Room(), Ear(ANNA)
    room.happen(Added(5))
    room.replica.join(anna, 0, -1)
    room.happen(Added(7))
    assert anna.frames[0]["shown"] == {"sum": 5, "rang": False, "reader": "anna"}
    assert (anna.frames[0]["epoch"], anna.frames[0]["seq"]) == (7, 1)
    assert anna.told == [(2, "added")]


@in_virtual_time
async def test_who_returns_gets_what_was_missed_once_and_in_order() -> None:
    room, anna = Room(), Ear(ANNA)
    for number in range(1, 6):
        room.happen(Added(number))
    room.replica.join(anna, 7, 2)
    room.happen(Added(6))
    assert anna.kinds[0] == "resumed"
    assert anna.told == [(3, "added"), (4, "added"), (5, "added"), (6, "added")]


@in_virtual_time
async def test_who_returns_gets_the_current_pictures_too() -> None:
    room, anna = Room(), Ear(ANNA)
    room.happen(Added(5))
    room.replica.join(anna, 7, 1)
    assert anna.frames[-1] == {
        "type": "shown",
        "room": "hall",
        "view": {"type": "sum", "sum": 5, "here": []},
    }


@in_virtual_time
async def test_what_is_not_stored_is_repeated_rather_than_lost() -> None:
    room, anna = Room(), Ear(ANNA)
    room.happen(Added(1), Waved("ben"))
    room.happen(Added(2))
    room.replica.join(anna, 7, 1)
    assert anna.told == [(-1, "waved"), (2, "added")]


@in_virtual_time
async def test_who_comes_from_another_epoch_or_from_the_future_gets_a_snapshot() -> None:
    room = Room()
    room.happen(Added(1))
    for epoch, seq in ((6, 1), (8, 1), (7, 2), (7, -1), (0, -1)):
        anna = Ear(ANNA)
        room.replica.join(anna, epoch, seq)
        assert anna.kinds == ["snapshot"]


@in_virtual_time
async def test_who_was_away_for_too_long_gets_a_snapshot() -> None:
    room = Room()
    for _ in range(KEPT + 10):
        room.happen(Added(1))
    late, later = Ear(ANNA), Ear(ANNA)
    room.replica.join(late, 7, 10)
    room.replica.join(later, 7, 9)
    assert len(late.told) == KEPT
    assert later.kinds == ["snapshot"]


@in_virtual_time
async def test_what_is_long_is_not_kept_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.replica.WEIGHT", 1_000)
    room, early, late = Room(), Ear(ANNA), Ear(BEN)
    for _ in range(40):
        room.happen(Added(1))

    room.replica.join(early, 7, 2)
    room.replica.join(late, 7, 38)

    assert early.frames[0]["type"] == "snapshot"
    assert late.told == [(39, "added"), (40, "added")]


@in_virtual_time
async def test_only_those_who_may_hear_it_do_now_and_on_return() -> None:
    room, anna, ben = Room(), Ear(ANNA), Ear(BEN)
    room.replica.join(anna, 0, -1)
    room.replica.join(ben, 0, -1)
    room.happen(Whispered("ben"))
    assert (anna.told, ben.told) == ([], [(1, "whispered")])
    back = Ear(ANNA)
    room.replica.join(back, 7, 0)
    assert back.told == []


@in_virtual_time
async def test_the_first_change_is_shown_at_once_and_then_four_times_a_second_at_most() -> None:
    room, anna = Room(), Ear(ANNA)
    await asyncio.sleep(1.0)
    room.replica.join(anna, 0, -1)
    shown: list[tuple[float, int]] = []
    loop = asyncio.get_running_loop()
    began = loop.time()
    for _ in range(100):
        room.happen(Added(1))
        await asyncio.sleep(0.01)
        while anna.frames:
            frame = anna.frames.pop(0)
            if frame["type"] == "shown":
                shown.append((round(loop.time() - began, 2), frame["view"]["sum"]))
    await asyncio.sleep(0.3)
    shown += [(1.3, frame["view"]["sum"]) for frame in anna.frames if frame["type"] == "shown"]
    assert shown[0] == (0.01, 1)
    assert shown[-1][1] == 100
    assert len(shown) <= 6


@in_virtual_time
async def test_a_picture_that_looks_the_same_is_not_sent_again() -> None:
    room, anna = Room(), Ear(ANNA)
    room.replica.join(anna, 0, -1)
    for _ in range(5):
        room.happen(ReportedHere("here", ("anna",)))
        await asyncio.sleep(5.0)
    assert anna.kinds.count("shown") == 1


@in_virtual_time
async def test_who_left_hears_no_more() -> None:
    room, anna = Room(), Ear(ANNA)
    room.replica.join(anna, 0, -1)
    room.replica.leave(anna)
    room.happen(Added(1))
    assert anna.kinds == ["snapshot"]


@in_virtual_time
async def test_a_batch_heard_twice_counts_once() -> None:
    room, anna = Room(), Ear(ANNA)
    room.replica.join(anna, 0, -1)
    batch = room.batch(Added(1))
    room.replica.hear(batch)
    room.replica.hear(batch)
    assert anna.told == [(1, "added")]
    assert not room.replica.in_doubt.is_set()


@in_virtual_time
async def test_a_gap_raises_doubt_and_the_host_s_word_ends_it() -> None:
    room, anna = Room(), Ear(ANNA)
    room.replica.join(anna, 0, -1)
    room.happen(Added(1))
    room.batch(Added(2))  # lost on its way
    third = room.batch(Added(3))
    room.replica.hear(third)
    assert room.replica.in_doubt.is_set()
    assert anna.told == [(1, "added")]
    fourth = room.batch(Added(4))
    room.replica.hear(fourth)
    room.replica.open(7, 3, 3, Tally(sum=6))  # the host, before it wrote the fourth
    assert not room.replica.in_doubt.is_set()
    assert [frame["shown"]["sum"] for frame in anna.frames if frame["type"] == "snapshot"] == [0, 6]
    assert anna.told == [(1, "added"), (4, "added")]
    assert room.replica.state == room.state


@in_virtual_time
async def test_a_beat_tells_of_what_was_missed_when_nothing_else_happens() -> None:
    room = Room()
    room.replica.hear(Batch(7, 0, 0))
    assert not room.replica.in_doubt.is_set()
    room.replica.hear(Batch(7, 1, 1))
    assert room.replica.in_doubt.is_set()


@in_virtual_time
async def test_an_old_host_that_does_not_know_yet_is_not_believed() -> None:
    room, anna = Room(), Ear(ANNA)
    room.replica.join(anna, 0, -1)
    room.replica.hear(Batch(6, 9, 9, (Happening(9, msgspec.Raw(b'{"type":"added","number":9}')),)))
    assert not room.replica.in_doubt.is_set()
    assert anna.told == []
