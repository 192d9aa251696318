"""Who keeps whom away, and what is reported: to whom it is told, and to whom never."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms import lounge, rights, safety
from rooms.breakout import Closed, Enter
from rooms.lounge import Admit, Lounge
from rooms.people import HOUSE, Person
from rooms.safety import Block, Blocked, Report, Reported, ReportShown, Settle, Settled
from schedule.items import Meetings
from schedule.machine import Command, Event, Refused
from tests.rooms.scenes import EVERYBODY, GRETA, MIRA, OSKAR, RHEA, TESSA, TILDA, TOM, T
from tests.rooms.talks import ELIF, RUTH, Evening

PAIRS = [TILDA, TOM, TESSA, RHEA]


def full(people: tuple[Person, ...] = EVERYBODY) -> Lounge:
    return did(lounge.opening(), HOUSE, Admit({each.id: each for each in people}, Meetings()))[0]


def did(
    room: Lounge, by: Person, command: Command, now: float = T
) -> tuple[Lounge, tuple[Event, ...]]:
    rights.may(room, command, by)
    events = lounge.decide(room, command, by, now)
    for event in events:
        room = lounge.apply(room, event)
    return room, events


def refusal(room: Lounge, by: Person, command: Command, now: float = T) -> str:
    with pytest.raises(Refused) as refused:
        did(room, by, command, now)
    return str(refused.value)


def test_a_block_holds_in_both_directions() -> None:
    room, events = did(full(), TILDA, Block("rhea"))

    assert events == (Blocked("tilda", "rhea", on=True),)
    assert safety.blocked(room, "tilda", "rhea")
    assert safety.blocked(room, "rhea", "tilda")
    assert not safety.blocked(room, "tom", "rhea")
    assert safety.apart(room, "rhea") == {"tilda"}
    assert safety.apart(room, "tilda") == {"rhea"}


def test_only_the_one_who_blocks_learns_of_it() -> None:
    room, (blocked,) = did(full(), TILDA, Block("rhea"))

    hear = [person.id for person in (*EVERYBODY, HOUSE) if rights.hears(blocked, person)]
    assert hear == ["tilda"]
    assert safety.show(room, TILDA, T).blocked == ("rhea",)
    for person in (RHEA, MIRA, TOM):
        assert safety.show(room, person, T) == safety.SafetyShown((), ())


def test_a_block_is_taken_back_and_twice_is_once() -> None:
    room, _ = did(full(), TILDA, Block("rhea"))

    assert did(room, TILDA, Block("rhea"))[1] == ()
    room, events = did(room, TILDA, Block("rhea", on=False))
    assert events == (Blocked("tilda", "rhea", on=False),)
    assert not safety.blocked(room, "tilda", "rhea")
    assert did(room, TILDA, Block("rhea", on=False))[1] == ()


def test_the_desk_oneself_and_strangers_are_not_blocked() -> None:
    assert "runs the evening" in refusal(full(), TILDA, Block("mira"))
    assert "own name tag" in refusal(full(), TILDA, Block("tilda"))
    assert "not on the list" in refusal(full(), TILDA, Block("nobody"))


def test_nobody_blocks_without_end() -> None:
    crowd = tuple(Person(f"guest-{number}", "Guest", GRETA.role) for number in range(101))
    room = full((TILDA, *crowd))
    for each in crowd[:100]:
        room, _ = did(room, TILDA, Block(each.id))

    assert "blocked 100 people" in refusal(room, TILDA, Block("guest-100"))


def test_a_report_blocks_as_well_and_says_nothing_of_what_was_said() -> None:
    room, events = did(full(), TILDA, Report("rhea", "talk", "b7"), T + 5)

    assert events == (
        Blocked("tilda", "rhea", on=True),
        Reported("r1", "tilda", "rhea", "talk", "b7", T + 5),
    )
    assert safety.blocked(room, "tilda", "rhea")
    shown = ReportShown("r1", "tilda", "rhea", "talk", "b7", T + 5)
    assert safety.show(room, OSKAR, T).reports == (shown,)
    assert safety.show(room, TILDA, T).reports == (shown,)
    assert safety.show(room, RHEA, T).reports == ()


def test_reporter_and_desk_hear_of_a_report_and_nobody_else() -> None:
    _, (_, reported) = did(full(), TILDA, Report("rhea", "people"))

    hear = [person.id for person in EVERYBODY if rights.hears(reported, person)]
    assert hear == ["mira", "oskar", "tilda"]


def test_whoever_sits_at_the_desk_does_not_see_reports_about_themselves() -> None:
    room, (reported,) = did(full(), TILDA, Report("mira", "talk", "b7"))

    assert isinstance(reported, Reported)
    assert not rights.hears(reported, MIRA)
    assert rights.hears(reported, OSKAR)
    assert safety.show(room, MIRA, T).reports == ()
    assert "not there any more" in refusal(room, MIRA, Settle("r1"))
    assert not safety.blocked(room, "tilda", "mira")


def test_the_desk_settles_a_report_once() -> None:
    room, _ = did(full(), TILDA, Report("rhea", "talk", "b7"))
    room, events = did(room, OSKAR, Settle("r1"), T + 60)

    assert events == (Settled("r1", "tilda", "rhea", "oskar", T + 60),)
    assert did(room, MIRA, Settle("r1"), T + 70)[1] == ()
    assert safety.show(room, TILDA, T).reports[0].settled_at == T + 60


def test_a_second_tap_is_the_same_report_and_later_it_is_another() -> None:
    room, _ = did(full(), TILDA, Report("rhea", "talk", "b7"))

    assert did(room, TILDA, Report("rhea", "talk", "b7"), T + 599)[1] == ()
    assert len(did(room, TILDA, Report("rhea", "table", "t1"), T + 601)[1]) == 1


def test_the_sixth_report_within_an_hour_is_for_a_talk_with_the_organisers() -> None:
    room = full()
    for person in (TOM, TESSA, RHEA, GRETA, MIRA):
        room, _ = did(room, TILDA, Report(person.id, "people"))

    assert "5 reports within an hour" in refusal(room, TILDA, Report("jules", "people"))
    did(room, TILDA, Block("jules"))
    did(room, TILDA, Report("jules", "people"), T + 3601)


def in_talk() -> Evening:
    evening = Evening(("elif", "ruth"), ("jonas", "tim"))
    evening.begin()
    evening.do(Enter("b1"), ELIF)
    evening.do(Enter("b1"), RUTH)
    return evening


def test_a_talk_ends_at_once_for_both_and_without_a_reason() -> None:
    evening = in_talk()

    evening.do(Report("ruth", "talk", "b1"), ELIF)

    assert evening.talk().phase == "over"
    heard = [event for event in evening.happened[-3:] if rights.hears(event, RUTH)]
    assert [type(event) for event in heard] == [Closed]
    assert evening.talk("b2").phase == "open"
    with pytest.raises(Refused):
        evening.do(Enter("b1"), RUTH)


def test_those_who_keep_apart_are_not_brought_together_by_a_round() -> None:
    evening = Evening(("elif", "ruth"), ("jonas", "tim"))
    evening.do(Block("elif"), RUTH)

    evening.begin()

    assert [talk.people for talk in evening.room.breakouts.talks.values()] == [("jonas", "tim")]


taps = st.lists(
    st.tuples(st.sampled_from(PAIRS), st.sampled_from(PAIRS), st.booleans(), st.booleans()),
    max_size=12,
)


@given(taps)
def test_blocks_are_what_was_last_said_whatever_was_said(
    said: list[tuple[Person, Person, bool, bool]],
) -> None:
    room, expected = full(), set[tuple[str, str]]()
    for by, other, on, report in said:
        if by == other:
            continue
        command: Command = Report(other.id, "people") if report else Block(other.id, on=on)
        room, _ = did(room, by, command)
        (expected.add if report or on else expected.discard)((by.id, other.id))

    for one in PAIRS:
        for other in PAIRS:
            apart = {(one.id, other.id), (other.id, one.id)} & expected
            assert safety.blocked(room, one.id, other.id) == bool(apart)
            assert safety.blocked(room, one.id, other.id) == (
                other.id in safety.apart(room, one.id)
            )
        mine = tuple(sorted(other for by, other in expected if by == one.id))
        assert safety.show(room, one, T).blocked == mine
