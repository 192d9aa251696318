"""The agenda for other programs, and theirs for us."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import icalendar
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from schedule import agenda
from schedule.agenda import Extend, Skip, Start
from schedule.exchange import from_frab, to_frab, to_ical
from schedule.programme import Gathering, Person, ProgrammeWrong, read
from tests.schedule.shows import Evening, T, Wish, gathering, gatherings, item, lived, wishes

EVENING = (Path(__file__).parent / "evening.toml").read_text()


def pitches() -> Evening:
    return Evening(
        gathering(
            main=(
                item("a", 0, 300, people=("x",)),
                item("b", 300, 300, people=("y",), starts=False),
                item("c", 600, 300, about="Mit Vorführung"),
            )
        )
    )


def events(evening: Evening, at: float, person: str | None = None) -> dict[str, Any]:
    state = evening.wait(at).agenda
    data = to_ical(state.gathering, state, T + at, person, "https://foyer.example/")
    return {str(e["SUMMARY"]): e for e in icalendar.Calendar.from_ical(data).walk("VEVENT")}


def sequences(evening: Evening, at: float) -> dict[str, int]:
    return {title: int(event["SEQUENCE"]) for title, event in events(evening, at).items()}


# iCalendar


def test_a_calendar_holds_every_item_with_its_predicted_time() -> None:
    evening = pitches().do(Extend("main", "a", 240), 10)
    event = events(evening, 10)["C"]
    assert str(event["UID"]) == "c.evening@foyer"
    assert event.start == datetime.fromtimestamp(T + 840, UTC).replace(second=0)
    assert event.duration.total_seconds() == 300
    assert str(event["LOCATION"]) == "Main"
    assert str(event["DESCRIPTION"]) == "Mit Vorführung"
    assert str(event["URL"]) == "https://foyer.example/"
    assert str(events(evening, 10)["A"]["DESCRIPTION"]) == "X"


def test_ones_own_calendar_holds_only_what_one_is_on_stage_for() -> None:
    assert list(events(pitches(), 0, "y")) == ["B"]


def test_what_is_over_keeps_the_time_it_had() -> None:
    evening = pitches().do(Start("main", "b", "a"), 120)
    assert events(evening, 130)["A"].duration.total_seconds() == 120


def test_what_was_skipped_is_cancelled() -> None:
    evening = pitches().do(Skip("main", "c"), 10)
    shown = events(evening, 10)
    assert {title: str(event["STATUS"]) for title, event in shown.items()} == {
        "A": "CONFIRMED",
        "B": "CONFIRMED",
        "C": "CANCELLED",
    }


def test_the_sequence_rises_when_somebody_changes_something_and_when_they_undo_it() -> None:
    evening = pitches()
    before = sequences(evening, 10)
    changed = sequences(evening.do(Extend("main", "a", 240), 10), 10)
    undone = sequences(evening.undo(20), 20)
    assert all(before[one] < changed[one] < undone[one] for one in "ABC")
    assert sequences(evening, 21) == undone


def test_the_sequence_rises_when_an_item_slips_because_nobody_starts_it() -> None:
    evening = pitches()
    assert sequences(evening, 500)["B"] > sequences(evening, 310)["B"]
    assert sequences(evening, 500)["C"] > sequences(evening, 310)["C"]
    assert sequences(evening, 500)["A"] == sequences(evening, 400)["A"]


@given(gatherings(), wishes(), st.lists(st.integers(0, 300), min_size=2, max_size=6))
def test_the_sequence_never_stays_when_a_time_changes(
    plan: Gathering, tries: list[Wish], waits: list[int]
) -> None:
    evening, at = lived(plan, tries)
    shown: dict[str, Any] = {}
    for wait in waits:
        at += wait
        now = events(evening, at)
        for title, event in now.items():
            before = shown.get(title, event)
            same = (event.start, event.end) == (before.start, before.end)
            assert event["SEQUENCE"] >= before["SEQUENCE"]
            assert same or event["SEQUENCE"] > before["SEQUENCE"]
        shown = now


def test_the_calendar_of_a_programme_that_has_not_begun() -> None:
    plan = read(EVENING)
    calendar = icalendar.Calendar.from_ical(to_ical(plan, None, 0.0))
    assert str(calendar["X-WR-CALNAME"]) == "Talente treffen Industrie"
    assert str(calendar["X-WR-TIMEZONE"]) == "Europe/Berlin"
    assert [str(e["UID"]) for e in calendar.walk("VEVENT")] == [
        "begruessung.talente-treffen-industrie@foyer",
        "eine-haut-fuer-roboterhaende.talente-treffen-industrie@foyer",
        "pause.talente-treffen-industrie@foyer",
        "zweiergespraeche.talente-treffen-industrie@foyer",
        "pause-2.talente-treffen-industrie@foyer",
        "rautenfeld-praezision.talente-treffen-industrie@foyer",
    ]
    assert calendar.walk("VEVENT")[0].start == datetime(2026, 9, 24, 16, 0, tzinfo=UTC)


# frab


def test_a_schedule_goes_out_and_comes_back() -> None:
    plan = read(EVENING)
    data = msgspec.json.decode(msgspec.json.encode(to_frab(plan, None, 0.0)))
    back = from_frab(data)
    assert back == replace(plan, people=tuple(replace(p, email="") for p in plan.people))


@given(gatherings())
def test_any_schedule_goes_out_and_comes_back(plan: Gathering) -> None:
    plan = replace(plan, starts_at=T, ends_at=T + 1000)
    if not any(stage.items for stage in plan.stages):
        return
    back = from_frab(msgspec.json.decode(msgspec.json.encode(to_frab(plan, None, T))))
    on_stage = {person for stage in plan.stages for item in stage.items for person in item.people}
    assert {person.id for person in back.people} == on_stage
    assert [stage.items for stage in back.stages] == [
        tuple(replace(i, title=i.title) for i in stage.items) for stage in plan.stages
    ]


def test_a_schedule_has_the_shape_others_read() -> None:
    evening = pitches().do(Extend("main", "a", 240), 10)
    data = to_frab(evening.agenda.gathering, evening.agenda, T + 10)
    conference = data["schedule"]["conference"]
    assert data["schedule"]["version"] == "1"
    assert conference["daysCount"] == 1
    day = conference["days"][0]
    assert (day["index"], day["date"]) == (1, "2026-09-21")
    event = day["rooms"]["Main"][1]
    assert (
        event["guid"]
        == to_frab(evening.agenda.gathering, None, 0)["schedule"]["conference"]["days"][0]["rooms"][
            "Main"
        ][1]["guid"]
    )
    assert {key: event[key] for key in ("id", "start", "duration", "date", "room", "title")} == {
        "id": "b",
        "start": "16:22",
        "duration": "00:05",
        "date": "2026-09-21T16:22:20+02:00",
        "room": "Main",
        "title": "B",
    }
    assert event["persons"][0]["public_name"] == "Y"


def test_addresses_never_leave_in_a_schedule() -> None:
    assert b"@example.org" not in msgspec.json.encode(to_frab(read(EVENING), None, 0.0))
    assert b"jonas" in msgspec.json.encode(to_frab(read(EVENING), None, 0.0))


def pretalx(**changes: object) -> dict[str, Any]:
    """A schedule as pretalx writes it, with one event."""
    event = {
        "id": 17,
        "guid": "0e2ed8f7-4a5d-5d1e-8f0c-5a5d1c2f3b4a",
        "date": "2026-09-24T18:00:00+02:00",
        "start": "18:00",
        "duration": "00:30",
        "room": "Aula",
        "slug": "conf-17-licht-und-glas",
        "title": "Licht und Glas",
        "type": "Podium",
        "language": "de",
        "abstract": "Ein Gespräch.",
        "persons": [{"id": 4, "code": "ABC", "public_name": "Rita Muster", "biography": "Optik"}],
    } | changes
    return {
        "schedule": {
            "version": "0.3",
            "conference": {
                "acronym": "conf",
                "title": "Die Konferenz",
                "time_zone_name": "Europe/Berlin",
                "rooms": [{"name": "Aula", "guid": "x"}, {"name": "Werkstatt"}],
                "days": [{"index": 1, "date": "2026-09-24", "rooms": {"Aula": [event]}}],
            },
        }
    }


def test_a_schedule_from_pretalx_is_read() -> None:
    plan = from_frab(pretalx())
    assert (plan.id, plan.name, plan.languages) == ("conf", "Die Konferenz", ("de",))
    assert plan.people == (Person("4", "Rita Muster", "talent", about="Optik"),)
    assert [(stage.id, stage.name, len(stage.items)) for stage in plan.stages] == [
        ("aula", "Aula", 1),
        ("werkstatt", "Werkstatt", 0),
    ]
    first = plan.stages[0].items[0]
    assert (first.id, first.kind, first.seconds, first.people) == (
        "conf-17-licht-und-glas",
        "panel",
        1800.0,
        ("4",),
    )
    assert first.starts_at == datetime(2026, 9, 24, 16, 0, tzinfo=UTC).timestamp()
    assert agenda.opening(plan, first.starts_at).number == 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "“schedule” is missing or not as it should be in schedule.json."),
        ({"schedule": {}}, "“conference” is missing or not as it should be in schedule."),
        (pretalx(duration="half an hour"), "“half an hour” in days[0].rooms.Aula[0] is not a dur"),
        (pretalx(date="tomorrow"), "“tomorrow” in days[0].rooms.Aula[0] is not a date"),
        (
            pretalx(title=None),
            "“title” is missing or not as it should be in days[0].rooms.Aula[0].",
        ),
        (pretalx(persons=[{}]), "Somebody in days[0].rooms.Aula[0] has no name."),
    ],
)
def test_a_schedule_that_cannot_be_read_says_why(data: object, said: str) -> None:
    with pytest.raises(ProgrammeWrong) as wrong:
        from_frab(data)
    assert str(wrong.value).startswith(said)


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["schedule", "conference", "days", "rooms", "title", "date", "duration"]
            )
            | st.sampled_from(["persons", "slug", "foyer", "time_zone_name", "Aula", "name"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


CONFERENCE = ["days", "rooms", "time_zone_name", "foyer", "title", "acronym"]
EVENT = ["persons", "foyer", "duration", "date", "title", "slug", "type", "abstract", "language"]


@given(json, st.sampled_from(CONFERENCE), st.sampled_from(EVENT))
def test_whatever_is_in_the_file_the_answer_is_a_gathering_or_a_reason(
    data: object, key: str, event_key: str
) -> None:
    whole, event = pretalx(), pretalx(**{event_key: data})
    whole["schedule"]["conference"][key] = data
    assert [_read_or_reason(one) for one in (data, whole, event)]


def _read_or_reason(data: object) -> str:
    try:
        return from_frab(data).id
    except ProgrammeWrong as wrong:
        return str(wrong)
