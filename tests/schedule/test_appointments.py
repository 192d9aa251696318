"""Meetings in the personal calendar: one entry for good, whatever happens to it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import icalendar
from msgspec.structs import replace

from schedule.appointments import Appointment
from schedule.exchange import to_ical
from tests.schedule.shows import Evening, T, gathering, item

NINE = Appointment(
    id="m3",
    title="Carla Donati",
    about="Sellmoor Photonik",
    starts_at=T + 600,
    ends_at=T + 1200,
    revision=0,
    revised_at=T - 60,
    cancelled=False,
)


def calendar(*appointments: Appointment) -> dict[str, Any]:
    """The calendar of somebody who is on no stage, by UID."""
    state = Evening(gathering(main=(item("a", 0, 300, people=("x",)),))).wait(0).agenda
    data = to_ical(state.gathering, state, T, "y", "https://foyer.example", appointments)
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    return {str(event["UID"]): event for event in events}


def test_a_meeting_stands_in_the_calendar_of_its_person() -> None:
    event = calendar(NINE)["m3.evening@foyer"]

    assert event.start == datetime.fromtimestamp(T + 600, UTC)
    assert event.duration.total_seconds() == 600
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == (
        "Carla Donati",
        "Sellmoor Photonik",
    )
    assert str(event["URL"]) == "https://foyer.example/talks"
    assert (int(event["SEQUENCE"]), str(event["STATUS"])) == (0, "CONFIRMED")


def test_a_moved_meeting_is_the_same_entry_with_a_higher_sequence() -> None:
    moved = replace(NINE, starts_at=T + 900, ends_at=T + 1500, revision=1)

    event = calendar(moved)["m3.evening@foyer"]

    assert event.start == datetime.fromtimestamp(T + 900, UTC)
    assert int(event["SEQUENCE"]) == 1


def test_a_cancelled_meeting_stays_and_says_so() -> None:
    event = calendar(replace(NINE, revision=2, cancelled=True))["m3.evening@foyer"]

    assert (int(event["SEQUENCE"]), str(event["STATUS"])) == (2, "CANCELLED")


def test_everybody_elses_calendar_does_not_know_of_it() -> None:
    assert calendar() == {}
