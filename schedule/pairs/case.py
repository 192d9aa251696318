"""A case: everything that decides who may meet whom in which round, as it is read and written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal, TypeVar

import msgspec
import numpy as np
from msgspec import Struct

Meeting = tuple[str, str, int]
"Two people (a talent first) and the number of the round, from 0."
Pair = tuple[str, str]
Read = TypeVar("Read")

MOST_ROUNDS = 64
MUTUAL = 100_000  # what a wish of both is worth; no sum of the tiers below comes near it
STEP = 1_000  # what a talent's meeting is worth for each round that is not yet filled


class CaseError(ValueError):
    """A case or a plan is wrong; `place` says where and `reason` why."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}" if place else reason)
        self.place, self.reason = place, reason


class Attendee(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who takes part in the rounds."""

    id: str
    side: Literal["talent", "company"]
    org: str | None
    "The organisation a representative speaks for; null stands for that person alone."
    present: tuple[int, ...]
    "The rounds this person could come to; who is on a stage then is not present."
    languages: tuple[str, ...]


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """People, rounds, and what is known of who would like to meet whom."""

    rounds: int
    people: tuple[Attendee, ...]
    interest: tuple[tuple[str, str, int], ...]
    "Pairs that may meet, with 0 to 100; a pair that is not here is forbidden."
    mutual: tuple[Pair, ...] = ()
    "Pairs in which each listed the other."
    desks: dict[str, int] = {}
    "How many of an organisation's representatives can sit in meetings at once."
    booked: tuple[Meeting, ...] = ()
    "Meetings that stand whatever is planned; they need no interest and are worth none then."
    table: int = 1
    "How many talents sit with one representative: 1, or 2 at tables of three."
    strict: bool = False
    "Whether sitting out must not differ by more than one, whatever that costs."


class Plan(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who meets whom, what that is worth, and what no plan can exceed."""

    meetings: tuple[Meeting, ...]
    "By round, then in the order of the case's people."
    value: int
    bound: int
    cost: int | None = None
    "What spreading strictly costs in value; only of a plan that was made strictly."


def read(text: bytes | str, kind: type[Read]) -> Read:
    """`text` as JSON of that kind; raises CaseError with the place in it."""
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at `")
        raise CaseError(place.rstrip("`").removeprefix("$").lstrip("."), reason) from None
    except msgspec.DecodeError as error:
        raise CaseError("", f"this is not JSON: {error}") from None


def check(case: Case) -> None:
    """Raise CaseError at the first thing in `case` that cannot be meant."""
    for place, reason in _faults(case):
        raise CaseError(place, reason)


def _faults(case: Case) -> Iterator[tuple[str, str]]:
    if not 1 <= case.rounds <= MOST_ROUNDS:
        yield "rounds", f"there can be 1 to {MOST_ROUNDS}"
    if case.table not in (1, 2):
        yield "table", "1 or 2 talents can sit with one representative"
    yield from _people_faults(case)
    people = {person.id: person for person in case.people}
    if not _plain(case):
        yield from _interest_faults(case, people)
    for n, (a, b) in enumerate(case.mutual):
        yield from _strangers(f"mutual[{n}]", a, b, people)
    yield from ((f"desks.{org}", "below 0") for org, desks in case.desks.items() if desks < 0)
    yield from _booking_faults(case, people)
    side = {person.id: person.side for person in case.people}
    if case.table == 2 and any(side[a] == side[b] for a, b, _ in (*case.interest, *case.booked)):
        yield "table", "tables of three need talents on one side and companies on the other"


def _people_faults(case: Case) -> Iterator[tuple[str, str]]:
    seen = set[str]()
    for n, person in enumerate(case.people):
        if person.id in seen:
            yield f"people[{n}].id", f"{person.id} stands here a second time"
        seen.add(person.id)
        for number in person.present:
            if not 0 <= number < case.rounds:
                yield f"people[{n}].present", f"round {number} does not exist"


def _plain(case: Case) -> bool:
    """Whether nothing at all can be wrong with the interest: tens of thousands of pairs at once."""
    if not case.interest:
        return True
    number = {person.id: n for n, person in enumerate(case.people)}
    size = len(case.interest)
    one = np.fromiter((number.get(each[0], -1) for each in case.interest), np.int64, size)
    other = np.fromiter((number.get(each[1], -1) for each in case.interest), np.int64, size)
    points = np.array([min(max(each[2], -1), 101) for each in case.interest])
    pairs = np.sort(np.minimum(one, other) * len(number) + np.maximum(one, other))
    known = min(one.min(), other.min()) >= 0 and not (one == other).any()
    return bool(known and points.min() >= 0 and points.max() <= 100 and (np.diff(pairs) > 0).all())


def _interest_faults(case: Case, people: dict[str, Attendee]) -> Iterator[tuple[str, str]]:
    known = dict[frozenset[str], int]()
    for n, (a, b, interest) in enumerate(case.interest):
        yield from _strangers(f"interest[{n}]", a, b, people)
        if not 0 <= interest <= 100:
            yield f"interest[{n}]", f"{interest} is not between 0 and 100"
        if known.setdefault(frozenset((a, b)), interest) != interest:
            yield f"interest[{n}]", f"{a} and {b} stand here a second time with another figure"


def _strangers(
    place: str, a: str, b: str, people: dict[str, Attendee]
) -> Iterator[tuple[str, str]]:
    for each in (a, b):
        if each not in people:
            yield place, f"{each} is not among the people"
    if a == b:
        yield place, f"{a} cannot meet {a}"


def _booking_faults(case: Case, people: dict[str, Attendee]) -> Iterator[tuple[str, str]]:
    busy, met, desks = set[tuple[str, int]](), set[tuple[str, str]](), Counter[tuple[str, int]]()
    for n, (a, b, number) in enumerate(case.booked):
        place = f"booked[{n}]"
        yield from _strangers(place, a, b, people)
        if not 0 <= number < case.rounds:
            yield place, f"round {number} does not exist"
        for one, other in ((a, b), (b, a)):
            if number not in people[one].present:
                yield place, f"{one} is not present in round {number}"
            if (one, number) in busy:
                yield place, f"{one} is booked twice in round {number}"
            busy.add((one, number))
            if (one, whom(people[one], people[other])) in met:
                yield place, f"{one} is booked with {other} or their organisation a second time"
            met.add((one, whom(people[one], people[other])))
            org = people[one].org if people[one].side == "company" else None
            if org is not None:
                desks[org, number] += 1
                if desks[org, number] > case.desks.get(org, len(people)):
                    yield place, f"{org} has not so many desks in round {number}"


def whom(one: Attendee, other: Attendee) -> str:
    """Whom `one` has met after a meeting with `other`: a talent has met the whole organisation."""
    if one.side == "talent" and other.side == "company" and other.org is not None:
        return f"organisation {other.org}"
    return f"person {other.id}"
