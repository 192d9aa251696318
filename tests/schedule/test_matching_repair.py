"""Repairs: who did not come, who came late, and who must not notice."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from schedule.matching import Attendee, Case, CaseError, Meeting, Plan, plan, repair
from tests.schedule.cases import evening, faults, rep, talent, value

TWO = Case(
    2,
    (talent("t1"), talent("t2"), rep("r1"), rep("r2")),
    (("t1", "r1", 50), ("t2", "r2", 50), ("t1", "r2", 10), ("t2", "r1", 10)),
)
ANNOUNCED = Plan((("t1", "r1", 0), ("t2", "r2", 0), ("t1", "r2", 1), ("t2", "r1", 1)), 0, 0)


def test_those_who_wait_for_no_shows_meet_each_other() -> None:
    case = gone(TWO, {"t1": (), "r2": ()})
    known = Plan(ANNOUNCED.meetings[:2], 0, 0)
    assert repair(case, known, 0, (), 1.0).meetings == (("t2", "r1", 0),)


def test_people_on_their_way_are_left_alone() -> None:
    case = replace(TWO, mutual=(("t1", "r2"), ("t2", "r1")), rounds=2)
    both = ("t1", "t2", "r1", "r2")
    people = tuple(replace(person, present=(0,)) for person in case.people)
    case, known = replace(case, people=people), Plan(ANNOUNCED.meetings[:2], 0, 0)
    assert repair(case, known, 0, both, 1.0).meetings == known.meetings
    assert repair(case, known, 0, 1, 1.0).meetings == known.meetings
    assert (
        repair(case, known, 0, (("r1", "t1", 0), ("t2", "r2", 0)), 1.0).meetings == known.meetings
    )
    rescued = repair(case, known, 0, (), 1.0).meetings
    assert rescued == (("t1", "r2", 0), ("t2", "r1", 0))


def test_interest_alone_changes_nothing_that_was_announced() -> None:
    case = replace(TWO, interest=tuple((a, b, 100 if b == "r2" else 0) for a, b, _ in TWO.interest))
    known = Plan(ANNOUNCED.meetings[:2], 0, 0)
    assert set(known.meetings) <= set(repair(case, known, 0, (), 1.0).meetings)


def test_who_comes_late_gets_a_partner() -> None:
    people = (*TWO.people, talent("t3", absent=(0,)), rep("r3", absent=(0,)))
    case = replace(TWO, people=people, interest=(*TWO.interest, ("t3", "r3", 5)))
    assert repair(case, ANNOUNCED, 1, (), 1.0).meetings == (*ANNOUNCED.meetings, ("t3", "r3", 1))


def test_a_veto_parts_two_in_the_rounds_to_come_alone() -> None:
    case = replace(TWO, interest=tuple(each for each in TWO.interest if each[:2] != ("t1", "r2")))
    assert ("t1", "r2", 1) not in repair(case, ANNOUNCED, 1, (), 1.0).meetings
    assert ("t1", "r2", 1) in repair(case, ANNOUNCED, 2, (), 1.0).meetings


def test_a_new_booking_takes_its_place() -> None:
    case = replace(TWO, booked=(("t1", "r1", 1),))
    found = repair(case, ANNOUNCED, 0, (), 1.0)
    assert faults(case, found) == []
    assert ("t1", "r1", 1) in found.meetings


def test_a_booking_lapses_when_one_of_the_two_is_away() -> None:
    case = gone(replace(TWO, booked=(("t1", "r2", 1),)), {"r2": (0,)})
    assert repair(case, ANNOUNCED, 1, (), 1.0).meetings == (
        *ANNOUNCED.meetings[:2],
        ("t2", "r1", 1),
    )


def test_without_time_what_is_still_possible_comes_back() -> None:
    case = gone(TWO, {"t1": (), "r2": ()})
    assert repair(case, ANNOUNCED, 0, (), 0.0).meetings == (("t2", "r1", 1),)


def test_a_wrong_task_is_refused() -> None:
    with pytest.raises(CaseError, match="done: 3 rounds of 2 cannot be past"):
        repair(TWO, ANNOUNCED, 3, (), 1.0)
    stranger = Plan((("t9", "r1", 0),), 0, 0)
    with pytest.raises(CaseError, match=r"plan.meetings\[0\]: t9 is not among the people"):
        repair(TWO, stranger, 1, (), 1.0)
    assert repair(TWO, stranger, 0, (), 1.0).meetings != stranger.meetings


def test_a_strict_plan_stays_as_it_is_when_nothing_changed() -> None:
    case = evening(45, 2)
    strict = plan(case, strict=True)
    assert repair(case, strict, 3, (), 60.0).meetings == strict.meetings


@pytest.mark.parametrize("seed", range(3))
def test_after_no_shows_hardly_any_announced_meeting_changes(seed: int) -> None:
    before, after = no_shows(evening(150, seed), seed)
    known = plan(before)
    found = repair(after, known, 3, 3_000, 60.0)
    present = {person.id: person.present for person in after.people}
    still = {m for m in known.meetings if m[2] >= 3 and all(m[2] in present[p] for p in m[:2])}
    assert len(still - set(found.meetings)) <= max(2, len(still) // 100)
    assert past(found) == past(known)
    assert found.value == value(after, found.meetings) <= found.bound


def gone(case: Case, present: dict[str, tuple[int, ...]]) -> Case:
    """The case with some people present otherwise."""
    people = tuple(
        replace(person, present=present.get(person.id, person.present)) for person in case.people
    )
    return replace(case, people=people)


def no_shows(case: Case, seed: int, done: int = 3) -> tuple[Case, Case]:
    """Before and after round `done`: 5 % came later than that, 8 % left."""
    chance = random.Random(seed)
    names = [person.id for person in case.people]
    late, left = (
        set(chance.sample(names, len(names) // 20)),
        set(chance.sample(names, len(names) * 8 // 100)),
    )

    def now(person: Attendee) -> tuple[int, ...]:
        return tuple(
            n
            for n in person.present
            if (n >= done if person.id in late else n < done or person.id not in left)
        )

    before = replace(gone(case, dict.fromkeys(late, ())), booked=())
    after = gone(case, {person.id: now(person) for person in case.people})
    return before, replace(after, booked=())


def past(found: Plan) -> list[Meeting]:
    return [meeting for meeting in found.meetings if meeting[2] < 3]
