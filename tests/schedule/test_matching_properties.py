"""Plans of any case: the hard rules, the bound, and that nothing beats them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from schedule import matching
from schedule.matching import Attendee, Case, Meeting, Plan
from schedule.pairs.grid import fixing, grid
from schedule.pairs.sweep import sweep
from tests.schedule.cases import cases, faults, value

MANY = settings(max_examples=80, deadline=None)


@MANY
@given(cases())
def test_a_plan_keeps_the_hard_rules_and_counts_right(case: Case) -> None:
    plan = matching.plan(case)
    assert faults(case, plan) == []
    assert plan.value == value(case, plan.meetings) <= plan.bound
    assert matching.plan(case) == plan


@MANY
@given(cases(), st.booleans())
def test_a_strict_plan_keeps_the_hard_rules(case: Case, once_more: bool) -> None:
    plan = matching.plan(case, strict=True)
    assert faults(case, plan) == []
    assert plan.value == value(case, plan.meetings) <= plan.bound
    assert plan.cost is not None
    assert plan.cost >= 0


@settings(max_examples=60, deadline=None)
@given(cases(most=5, rounds=2))
def test_nothing_beats_the_plan_of_a_small_case(case: Case) -> None:
    best = max(value(case, meetings) for meetings in every_plan(case))
    plan = matching.plan(case)
    assert (plan.value, plan.bound) == (best, best)


@settings(max_examples=30, deadline=None)
@given(cases(most=6, rounds=2, anybody=False))
def test_nothing_beats_the_plan_of_two_sides(case: Case) -> None:
    best = max(value(case, meetings) for meetings in every_plan(case))
    assert matching.plan(case).value == best


@MANY
@given(cases(), st.integers(0, 5))
def test_a_sweep_never_lowers(case: Case, seed: int) -> None:
    whole = fixing(grid(case), case.booked)
    poor = sweep(whole, whole.empty(), on=iter([True, False]).__next__, seed=seed)
    better = sweep(whole, poor, seed=seed)
    assert 0 <= whole.worth(whole.empty()) <= whole.worth(poor) <= whole.worth(better)


@MANY
@given(cases(), st.integers(0, 4), st.sampled_from(((), 1)))
def test_a_repair_with_nothing_changed_is_the_identity(
    case: Case, done: int, keep: tuple[str, ...] | int
) -> None:
    plan = matching.plan(case)
    repaired = matching.repair(case, plan, min(done, case.rounds), keep, 60.0)
    assert repaired.meetings == plan.meetings
    assert repaired.value == plan.value <= repaired.bound


@MANY
@given(cases(), st.integers(0, 4), st.randoms(use_true_random=False))
def test_a_repair_keeps_the_hard_rules_and_the_past(
    case: Case, done: int, chance: random.Random
) -> None:
    done = min(done, case.rounds)
    plan = matching.plan(case)
    gone = tuple(person.id for person in case.people if chance.random() < 0.3)
    after = without(case, gone, done)
    repaired = matching.repair(after, plan, done, (), 60.0)
    assert faults(lapsed(after, plan, done), repaired, done) == []
    assert repaired.value == value(after, repaired.meetings) <= repaired.bound
    assert past(repaired, done) == past(plan, done)


@MANY
@given(cases(), st.randoms(use_true_random=False))
def test_other_names_in_another_order_keep_the_value(case: Case, chance: random.Random) -> None:
    names = [person.id for person in case.people]
    chance.shuffle(names)
    plan = matching.plan(case)
    other = matching.plan(renamed(case, dict(zip(sorted(names), names, strict=True))))
    assert (other.value, other.bound) == (plan.value, plan.bound)


@MANY
@given(cases(), cases())
def test_a_difference_leads_from_one_plan_to_the_other(one: Case, other: Case) -> None:
    old, new = matching.plan(one), matching.plan(other)
    changes = matching.diff(old, new)
    assert matching.diff(new, old) == tuple(
        replace(each, before=each.after, after=each.before) for each in changes
    )
    assert matching.diff(old, old) == ()


@MANY
@given(cases())
def test_every_round_of_everybody_has_a_reason(case: Case) -> None:
    plan = matching.plan(case)
    for person in case.people:
        reasons = matching.explain(case, plan, person.id)
        assert [each.round for each in reasons] == list(range(case.rounds))
        assert {each.why for each in reasons if each.partners} <= {"booked", "mutual", "interest"}
        held = {number for a, b, number in plan.meetings if person.id in (a, b)}
        assert {each.round for each in reasons if each.partners} == held


def test_the_pairs_of_an_odd_circle_are_chosen_whole() -> None:
    people = tuple(Attendee(name, "talent", None, (0,), ("de",)) for name in "abc")
    case = Case(1, people, (("a", "b", 10), ("b", "c", 10), ("a", "c", 10)))
    plan = matching.plan(case)
    assert (plan.value, plan.bound) == (2_010, 2_010)


def test_a_grid_counts_the_fixed_meetings() -> None:
    people = tuple(Attendee(name, "talent", None, (0, 1), ("de",)) for name in "ab")
    whole = fixing(grid(Case(2, people, (("a", "b", 10),))), [("a", "b", 1)])
    assert whole.worth(whole.empty()) == 4_010
    assert not np.any(whole.open)


def every_plan(case: Case) -> Iterator[tuple[Meeting, ...]]:
    """All plans that keep the hard rules, by trying."""
    names = [person.id for person in case.people]
    known = {frozenset((a, b)) for a, b, _ in case.interest}
    pairs = [pair for pair in combinations(names, 2) if frozenset(pair) in known]
    booked = {(frozenset((a, b)), number) for a, b, number in case.booked}
    could = [
        (a, b, number)
        for a, b in pairs
        for number in range(case.rounds)
        if (frozenset((a, b)), number) not in booked
    ]
    return _with_some(case, could, case.booked)


def _with_some(
    case: Case, could: list[Meeting], held: tuple[Meeting, ...]
) -> Iterator[tuple[Meeting, ...]]:
    if not could:
        yield held
        return
    yield from _with_some(case, could[1:], held)
    more = (*held, could[0])
    if not faults(case, Plan(more, 0, 0)) and _booked_alone(case, more):
        yield from _with_some(case, could[1:], more)


def _booked_alone(case: Case, meetings: tuple[Meeting, ...]) -> bool:
    """Whoever booked a meeting sits in it alone with the other, also at a table of three."""
    return all(
        not {a, b} & {c, d}
        for a, b, number in case.booked
        for c, d, other in meetings
        if number == other and {a, b} != {c, d}
    )


def without(case: Case, gone: tuple[str, ...], done: int) -> Case:
    """The case after these people left after so many rounds."""
    people = tuple(
        replace(
            person, present=tuple(n for n in person.present if n < done or person.id not in gone)
        )
        for person in case.people
    )
    return replace(case, people=people)


def lapsed(case: Case, plan: Plan, done: int) -> Case:
    """The case without the bookings whose people are not both there."""
    present = {person.id: person.present for person in case.people}
    booked = tuple(
        (a, b, n) for a, b, n in case.booked if n < done or (n in present[a] and n in present[b])
    )
    return replace(case, booked=booked)


def past(plan: Plan, done: int) -> list[Meeting]:
    return [meeting for meeting in plan.meetings if meeting[2] < done]


def renamed(case: Case, names: dict[str, str]) -> Case:
    """The same case with other names, everything listed backwards."""
    return replace(
        case,
        people=tuple(replace(person, id=names[person.id]) for person in reversed(case.people)),
        interest=tuple((names[b], names[a], points) for a, b, points in reversed(case.interest)),
        mutual=tuple((names[b], names[a]) for a, b in reversed(case.mutual)),
        booked=tuple((names[b], names[a], number) for a, b, number in reversed(case.booked)),
    )
