"""What stagehands do when a room changes: real rooms, and a house that only takes notes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from rooms import fair, foyer, lounge, pitch, wishes
from rooms.floor import Cue, Cued, Seated, Slot, SourceLight, SourceLit
from rooms.foyer import Foyer
from rooms.people import HOUSE, Person
from rooms.pitch import Pitch
from schedule import programme
from server.live import Sessions
from server.stagehands import Stagehands
from tests.server.conftest import PROGRAMME

NOW = 1_600_963_200.0

ELIF = Slot(item="blood", title="Blutwerte", kind="pitch.talent", people=("elif",))
ON_NOW = (
    Cued(live=ELIF, upcoming=(), at=NOW),
    Seated(seat="speaker", person="elif", at=NOW),
)


class StillClock:
    """Always the same instant."""

    def now(self) -> float:
        return NOW


class Notes:
    """A house and its media, as far as stagehands use them."""

    def __init__(self) -> None:
        self.said: list[tuple[str, Any]] = []
        self.routed: list[tuple[str, str, str | None]] = []
        self.hosted = {"foyer", "stage-gross", "stage-werkstatt"}
        self.failures = 0

    def hosts(self, room: str) -> bool:
        return room in self.hosted

    async def do(self, room: str, op: str, command: Any, by: Person) -> int:
        assert by == HOUSE
        assert len(op) >= 8
        if self.failures:
            self.failures -= 1
            raise RuntimeError("not now")
        self.said.append((room, command))
        return 1

    async def route(self, stage: str, seat: str, source: str | None) -> None:
        self.routed.append((stage, seat, source))


@asynccontextmanager
async def at_work(notes: Notes) -> AsyncIterator[Stagehands]:
    hands = Stagehands(notes, Sessions(), StillClock())
    work = asyncio.create_task(hands.run(notes))
    yield hands
    work.cancel()
    await asyncio.wait([work])


async def settled() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


@pytest.fixture
def notes() -> Notes:
    return Notes()


def opened_foyer() -> Foyer:
    return foyer.opening(programme.read(PROGRAMME.read_text()), NOW)


def stage(*events: Any) -> Pitch:
    state = pitch.opening("gross")
    for event in events:
        state = pitch.apply(state, event)
    return state


async def test_every_stage_hears_what_is_on_and_comes_next(notes: Notes) -> None:
    async with at_work(notes) as hands:
        hands.changed("foyer", opened_foyer())
        await settled()

    (gross, first), (werkstatt, second), *_ = notes.said
    assert (gross, werkstatt) == ("stage-gross", "stage-werkstatt")
    assert isinstance(first, Cue)
    assert first.live is None
    assert first.upcoming[0].item == "welcome"
    assert first.upcoming[0].people == ("miriam",)
    assert isinstance(second, Cue)


async def test_lounge_and_fair_hear_who_is_there_and_when_they_are_busy(notes: Notes) -> None:
    async with at_work(notes) as hands:
        hands.changed("foyer", opened_foyer())
        await settled()

    (one, admit), (two, opens), (three, write), (four, cue) = notes.said[2:]
    assert (one, two, three, four) == ("lounge", "fair", "lounge", "lounge")
    assert isinstance(opens, fair.Admit)
    assert "elif" in opens.people
    assert isinstance(admit, lounge.Admit)
    assert "elif" in admit.people
    assert isinstance(write, wishes.Write)
    assert "elif" in write.profiles
    assert isinstance(cue, lounge.Cue)
    assert "miriam" in cue.busy


async def test_what_has_not_changed_is_not_said_again(notes: Notes) -> None:
    async with at_work(notes) as hands:
        hands.changed("foyer", opened_foyer())
        await settled()
        hands.changed("foyer", opened_foyer())
        await settled()

    assert len(notes.said) == 6


async def test_what_failed_is_said_again(notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.stagehands.AGAIN", 0.0)
    notes.failures = 1

    async with at_work(notes) as hands:
        hands.changed("foyer", opened_foyer())
        await settled()

    assert [room for room, _ in notes.said] == [
        "stage-gross",
        "stage-werkstatt",
        "lounge",
        "fair",
        "lounge",
        "lounge",
    ]


async def test_whoever_sits_on_a_seat_is_seen_there(notes: Notes) -> None:
    async with at_work(notes) as hands:
        hands.changed("stage-gross", stage(*ON_NOW))
        await settled()

    assert ("gross", "speaker", "elif/camera") in notes.routed
    assert {seat for _, seat, source in notes.routed if source is None} >= {"guest", "screen"}


async def test_an_empty_seat_is_said_once(notes: Notes) -> None:
    async with at_work(notes) as hands:
        hands.changed("stage-gross", stage(*ON_NOW))
        await settled()
        notes.routed.clear()
        hands.changed("stage-gross", stage(*ON_NOW))
        await settled()
        unchanged = list(notes.routed)
        hands.changed("stage-gross", stage(ON_NOW[0]))
        await settled()

    assert unchanged == []
    assert notes.routed == [("gross", "speaker", None)]


async def test_all_seats_are_said_again_to_a_media_process_that_came_back(notes: Notes) -> None:
    async with at_work(notes) as hands:
        hands.changed("stage-gross", stage(*ON_NOW))
        await settled()
        before = set(notes.routed)
        notes.routed.clear()
        hands.media_back(0)
        await settled()

    assert set(notes.routed) == before


async def test_a_source_that_arrives_lights_up_where_its_person_is_expected(notes: Notes) -> None:
    async with at_work(notes) as hands:
        hands.changed("stage-gross", stage(*ON_NOW))
        hands.source_changed("elif/camera", "live", True, True)
        hands.source_changed("hanna/camera", "live", True, True)
        hands.source_changed("probe/0123.abc", "live", True, True)
        await settled()

    light = SourceLight(person="elif", what="camera", state="live")
    assert notes.said == [("stage-gross", light)]


async def test_a_light_goes_out_when_the_source_is_gone(notes: Notes) -> None:
    lit = stage(*ON_NOW, SourceLit(person="elif", what="screen", state="live"))

    async with at_work(notes) as hands:
        hands.source_changed("elif/screen", "live", False, True)
        hands.changed("stage-gross", lit)
        await settled()
        hands.source_changed("elif/screen", "gone", False, True)
        await settled()

    light = SourceLight(person="elif", what="screen", state="gone")
    assert notes.said == [("stage-gross", light)]


async def test_a_stage_taken_over_gets_the_lights_it_lacks(notes: Notes) -> None:
    async with at_work(notes) as hands:
        hands.source_changed("elif/camera", "frozen", True, True)
        await settled()
        hands.changed("stage-gross", stage(*ON_NOW))
        await settled()

    light = SourceLight(person="elif", what="camera", state="frozen")
    assert notes.said == [("stage-gross", light)]


async def test_a_room_hosted_elsewhere_is_left_alone(notes: Notes) -> None:
    async with at_work(notes) as hands:
        hands.changed("stage-gross", stage(*ON_NOW))
        await settled()
        notes.routed.clear()
        notes.hosted.discard("stage-gross")
        hands.source_changed("elif/camera", "live", True, True)
        hands.media_back(0)
        await settled()

    assert notes.said == []
    assert notes.routed == []
