"""Cases for the rounds: small ones from hypothesis, and evenings of any size from a seed."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations

from hypothesis import strategies as st
from msgspec.structs import replace

from schedule.matching import Attendee, Case, CaseError, Meeting, Plan, check


def talent(
    name: str,
    rounds: int = 2,
    languages: tuple[str, ...] = ("de",),
    *,
    absent: tuple[int, ...] = (),
) -> Attendee:
    present = tuple(number for number in range(rounds) if number not in absent)
    return Attendee(name, "talent", None, present, languages)


def rep(
    name: str,
    org: str | None = None,
    rounds: int = 2,
    languages: tuple[str, ...] = ("de",),
    *,
    absent: tuple[int, ...] = (),
) -> Attendee:
    present = tuple(number for number in range(rounds) if number not in absent)
    return Attendee(name, "company", org, present, languages)


def evening(people: int, seed: int, *, whole: bool = False, rounds: int = 8) -> Case:
    """Two talents to one representative; unless `whole`, some are absent and some are booked."""
    chance = random.Random(seed)
    talents = [f"t{n}" for n in range(round(people * 2 / 3))]
    reps = [f"r{n}" for n in range(people - len(talents))]
    org = {name: f"o{chance.randrange(max(1, len(reps) // 2))}" for name in reps}
    field = {name: chance.randrange(8) for name in [*talents, *sorted(set(org.values()))]}

    def present(share: float) -> tuple[int, ...]:
        first = chance.randrange(rounds) if not whole and chance.random() < share else rounds
        gone = range(first, first + chance.randint(1, 3))
        return tuple(number for number in range(rounds) if number not in gone)

    def languages() -> tuple[str, ...]:
        return ("de", "en") if chance.random() < 0.5 else (chance.choice(("de", "de", "en")),)

    attendees = [Attendee(name, "talent", None, present(0.12), languages()) for name in talents]
    attendees += [Attendee(name, "company", org[name], present(0.2), languages()) for name in reps]
    interest = [
        (a, b, chance.randrange(1, 50) + 50 * (field[a] == field[org[b]]))
        for a in talents
        for b in reps
        if chance.random() > 0.005
    ]
    wished = dict.fromkeys(talents, 0)
    mutual = []
    for a, b, points in interest:
        if points > 85 and wished[a] < 2 and chance.random() < 0.2:
            wished[a] += 1
            mutual.append((a, b))
    size = Counter(org.values())
    desks = {name: size[name] - 1 for name in sorted(size) if size[name] > 2 and field[name] % 2}
    case = Case(rounds, tuple(attendees), tuple(interest), tuple(mutual), desks)
    return case if whole else _booked(case, chance, max(2, people // 40))


def _booked(case: Case, chance: random.Random, count: int) -> Case:
    for _ in range(count):
        a, b, _ = chance.choice(case.interest)
        meeting = (a, b, chance.randrange(case.rounds))
        case = _with_booking(case, meeting)
    return case


def _with_booking(case: Case, meeting: Meeting) -> Case:
    """The case with this meeting booked as well, if that can be."""
    booked = replace(case, booked=(*case.booked, meeting))
    try:
        check(booked)
    except CaseError:
        return case
    return booked


@st.composite
def cases(draw: st.DrawFn, most: int = 10, rounds: int = 4, anybody: bool | None = None) -> Case:
    """Any case with so many people and rounds at most, of any shape."""
    chance = draw(st.randoms(use_true_random=False))
    count = draw(st.integers(1, rounds))
    mixed = draw(st.booleans()) if anybody is None else anybody
    names = [f"t{n}" for n in range(draw(st.integers(1, most - 1)))]
    names += [f"r{n}" for n in range(draw(st.integers(1, most - len(names))))]
    chance.shuffle(names)
    people = tuple(
        Attendee(
            name,
            "talent" if name[0] == "t" else "company",
            chance.choice((None, "acme", "blue")) if name[0] == "r" else None,
            tuple(number for number in range(count) if chance.random() < 0.8),
            chance.choice((("de",), ("de", "en"), ("en",))),
        )
        for name in names
    )
    pairs = [(a, b) for a, b in combinations(names, 2) if mixed or a[0] != b[0]]
    dense = draw(st.sampled_from((0.3, 1.0)))
    interest = tuple((a, b, chance.randrange(101)) for a, b in pairs if chance.random() < dense)
    mutual = tuple((a, b) for a, b, _ in interest if chance.random() < 0.2)
    table = 1 if any(a[0] == b[0] for a, b in pairs) else draw(st.sampled_from((1, 2)))
    desks = {"acme": draw(st.integers(0, 2))} if draw(st.booleans()) else {}
    case = Case(count, people, interest, mutual, desks, (), table)
    for a, b in chance.sample(pairs, min(len(pairs), draw(st.integers(0, 2)))):
        case = _with_booking(case, (a, b, chance.randrange(count)))
    return case


def faults(case: Case, plan: Plan, done: int = 0) -> list[str]:
    """What is wrong with a plan, found without anything of the planner's own."""
    people = {person.id: person for person in case.people}
    allowed = {frozenset((a, b)) for a, b, _ in case.interest}
    booked = {(frozenset((a, b)), number) for a, b, number in case.booked}
    wrong = list[str]()
    load, met = Counter[tuple[str, int]](), set[tuple[str, str]]()
    seated = dict[tuple[str, int], set[str]]()
    for a, b, number in plan.meetings:
        one, other = people[a], people[b]
        if number >= done:
            if number not in one.present or number not in other.present:
                wrong.append(f"{a} and {b} are not both present in {number}")
            forbidden = frozenset((a, b)) not in allowed
            if (forbidden or not set(one.languages) & set(other.languages)) and (
                frozenset((a, b)),
                number,
            ) not in booked:
                wrong.append(f"{a} and {b} may not meet")
        for me, them in ((one, other), (other, one)):
            load[me.id, number] += 1
            talks = me.side == "talent" and them.side == "company" and them.org is not None
            key = (me.id, f"org {them.org}" if talks else them.id)
            if key in met:
                wrong.append(f"{key} met twice")
            met.add(key)
            if me.side == "company" and me.org is not None:
                seated.setdefault((me.org, number), set()).add(me.id)
    for (name, number), times in load.items():
        if times > (1 if people[name].side == "talent" else case.table) and number >= done:
            wrong.append(f"{name} has {times} meetings in {number}")
    for (org, number), names in seated.items():
        if len(names) > case.desks.get(org, len(people)) and number >= done:
            wrong.append(f"{org} has {len(names)} at desks in {number}")
    held = {(frozenset((a, b)), number) for a, b, number in plan.meetings}
    wrong += [
        f"booked {sorted(pair)} is missing" for pair, number in booked - held if number >= done
    ]
    return wrong


def value(case: Case, meetings: tuple[Meeting, ...]) -> int:
    """The value as the case's format defines it."""
    interest = {frozenset((a, b)): points for a, b, points in case.interest}
    mutual = {frozenset(pair) for pair in case.mutual}
    talents = {person.id for person in case.people if person.side == "talent"}
    total, had = 0, Counter[str]()
    for a, b, _ in meetings:
        total += interest.get(frozenset((a, b)), 0) + 100_000 * (frozenset((a, b)) in mutual)
        for name in {a, b} & talents:
            total += 1_000 * (case.rounds - had[name])
            had[name] += 1
    return total


def spread(case: Case, plan: Plan) -> int:
    """The greatest difference in sit-outs so far, after any round, of talents always there."""
    always = [p.id for p in case.people if p.side == "talent" and len(p.present) == case.rounds]
    busy = {(name, number) for a, b, number in plan.meetings for name in (a, b)}
    sat, worst = Counter[str](), 0
    for number in range(case.rounds):
        sat.update(name for name in always if (name, number) not in busy)
        counts = [sat[name] for name in always] or [0]
        worst = max(worst, max(counts) - min(counts))
    return worst
