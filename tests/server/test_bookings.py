"""Booked talks through a real server: free times, two at once, and the personal calendar."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.running import Running, running, tonight
from tests.server.visitor import Frame, Visitor, do, hear, hear_that, say

PROGRAMME = Path(__file__).parents[1] / "browser" / "evening.toml"
NO_LONGER_FREE = "Diese Zeit ist nicht mehr für Sie beide frei. Bitte wählen Sie eine andere."


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """A house of its own: every test books in an empty calendar."""
    with running(tmp_path, tonight(PROGRAMME, tmp_path)) as started:
        yield started


def free(visitor: Visitor, **query: str) -> list[float]:
    words = "&".join(f"{name}={value}" for name, value in query.items())
    answer = visitor.get(f"/bookings/slots?{words}")
    assert answer.headers["cache-control"] == "no-store"
    slots: list[float] = json.loads(answer.text)["slots"]
    return slots


def test_free_times_are_free_for_both_and_for_those_who_may_meet(server: Running) -> None:
    elif_ = Visitor(server).sign_in("elif")

    with_carla = free(elif_, to="carla")

    assert len(with_carla) > 5
    assert all(slot % 300 == 0 for slot in with_carla)
    assert free(elif_, organisation="Sellmoor%20Photonik") == with_carla
    assert free(elif_, to="jonas") == []  # talents meet companies
    assert free(elif_, to="nobody") == []
    assert Visitor(server).get("/bookings/slots?to=carla").status == 303


async def test_of_two_who_agree_in_the_same_millisecond_one_is_told(server: Running) -> None:
    # Given that Elif and Jonas each asked Carla for the same time
    talents = [Visitor(server).sign_in(person) for person in ("elif", "jonas")]
    carla = Visitor(server).sign_in("carla")
    common = set(free(talents[0], to="carla")) & set(free(talents[1], to="carla"))
    slot = max(common)
    for talent in talents:
        async with talent.live() as line:
            await hear(line, "welcome")
            asked = await do(line, "lounge", "booking.ask", to="carla", slots=[slot])
            assert asked["type"] == "done"

    # When she agrees to both at once, from two devices
    async with carla.live() as one, carla.live() as two:
        for line in (one, two):
            await hear(line, "welcome")
        answers = await asyncio.gather(
            do(one, "lounge", "booking.accept", booking="m1", slot=slot),
            do(two, "lounge", "booking.accept", booking="m2", slot=slot),
        )

    # Then one of them holds
    assert sorted(answer["type"] for answer in answers) == ["done", "refused"]
    (refused,) = (answer for answer in answers if answer["type"] == "refused")
    assert refused["sentence"] in (NO_LONGER_FREE, "This time is no longer free for both of you."
                                   " Please choose another.")  # fmt: skip
    assert slot not in free(talents[0], to="carla")


async def test_the_agenda_moves_the_talk_moves_and_the_calendar_follows(server: Running) -> None:
    # Given a talk of Elif's and Carla's
    elif_, carla = (Visitor(server).sign_in(person) for person in ("elif", "carla"))
    slot = free(elif_, to="carla")[0]
    await once(elif_, "booking.ask", to="carla", slots=[slot])
    await once(carla, "booking.accept", booking="m1", slot=slot)
    entry = own_entry(elif_)
    assert (entry["SEQUENCE"], str(entry["SUMMARY"])) == (0, "Carla Donati")

    # When an extension puts Elif's pitch over it
    await put_elif_on_stage_at(server, slot)

    # Then nothing is dropped, other times are proposed, and one step takes one of them
    conflict = await conflict_of(elif_)
    assert "elif" in conflict["people"]
    other = conflict["proposals"][0]
    await once(elif_, "booking.move", booking="m1", slot=other)
    moved = own_entry(elif_)
    assert (moved["UID"], moved["SEQUENCE"]) == (entry["UID"], 1)
    assert moved.start.timestamp() == other
    assert own_entry(carla)["SEQUENCE"] == 1


async def once(visitor: Visitor, type_: str, **fields: object) -> None:
    """Come in, have a command carried out, and go."""
    async with visitor.live() as line:
        await hear(line, "welcome")
        answer = await do(line, "lounge", type_, **fields)
        assert answer["type"] == "done", answer


async def conflict_of(visitor: Visitor) -> Frame:
    """What the house says about the first talk, as soon as the agenda is in its way."""
    async with visitor.live() as line:
        await hear(line, "welcome")
        await say(line, "join", room="lounge", epoch=0, seq=-1)
        shown = (await hear(line, "snapshot"))["shown"]
        booking = shown["bookings"]["mine"]["m1"]
        if booking["conflict"] is None:
            told = await hear_that(
                line, lambda frame: frame.get("event", {}).get("what") == "in-conflict"
            )
            booking = told["event"]["booking"]
        conflict: Frame = booking["conflict"]
        return conflict


def own_entry(visitor: Visitor) -> Calendar:
    """The talk in the personal calendar."""
    events = Calendar.from_ical(visitor.get("/agenda/mine.ics").text).walk("VEVENT")
    (entry,) = (event for event in events if str(event["UID"]).startswith("m1."))
    return entry


async def put_elif_on_stage_at(server: Running, slot: float) -> None:
    """Prolong what is on until Elif's pitch is expected when that slot begins."""
    miriam = Visitor(server).sign_in("miriam")
    async with miriam.live() as line:
        await hear(line, "welcome")
        await say(line, "join", room="foyer", epoch=0, seq=-1)
        shown = (await hear(line, "snapshot"))["shown"]["agenda"]
        item = next(key for key, each in shown["items"].items() if "elif" in each["people"])
        stage = next(each for each in shown["stages"] if item in each["waiting"])
        first = stage["waiting"][0]
        started = await do(line, "foyer", "agenda.start", stage=stage["id"], item=first, after=None)
        assert started["type"] == "done", started
        late = slot - shown["times"][item][0]
        prolonged = await do(
            line, "foyer", "agenda.extend", stage=stage["id"], item=first, seconds=late
        )
        assert prolonged["type"] == "done", prolonged
