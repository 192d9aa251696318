"""The difference between two plans: exactly who must be told what."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from schedule.pairs.case import Meeting, Plan

Company = dict[tuple[int, str], tuple[str, ...]]
"(round, person) -> with whom, sorted."


class Change(Struct, frozen=True):
    """What one person must be told of one round."""

    person: str
    round: int
    before: tuple[str, ...]
    "With whom the person was to sit; nobody if sitting out."
    after: tuple[str, ...]


def diff(old: Plan, new: Plan) -> tuple[Change, ...]:
    """By round, then person; at a table of three also whoever gets another neighbour."""
    before, after = _company(old.meetings), _company(new.meetings)
    return tuple(
        Change(person, number, before.get((number, person), ()), after.get((number, person), ()))
        for number, person in sorted(before.keys() | after.keys())
        if before.get((number, person)) != after.get((number, person))
    )


def _company(meetings: Iterable[Meeting]) -> Company:
    tables = dict[tuple[int, str], set[str]]()
    for a, b, number in meetings:
        table = tables.get((number, a), {a}) | tables.get((number, b), {b})
        for person in table:
            tables[number, person] = table
    return {
        (number, person): tuple(sorted(table - {person}))
        for (number, person), table in tables.items()
    }
