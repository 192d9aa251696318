"""A case as arrays: what is left to be planned once some of its meetings are fixed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from schedule.pairs.case import MUTUAL, STEP, Attendee, Case, Meeting

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

MANY = 10**6  # desks where an organisation named none


@dataclass(frozen=True)
class Grid:
    """People are numbered: talents first, so that a pair is (smaller, larger)."""

    ids: tuple[str, ...]
    two_sided: bool
    "Whether only talents meet companies."
    talents: int
    "How many of the people are talents."
    table: int
    score: Ints
    "[person, person]: interest and mutual wish, whether or not the two may still meet."
    open: Flags
    "[person, person]: whether the two may meet in what is left, by everything but time."
    seats: Ints
    "[round, person]: how many partners the person can have then."
    came: Flags
    "[round, person]: whether the person is present, free or not."
    org: Ints
    "[person]: whom a talent has met who met this person; a talent is met alone."
    desks: Ints
    "[round, org]: how many representatives can still sit in meetings then."
    steps: Ints
    "[person, k]: what the (k+1)-th meeting to come is worth by itself; falls with k."
    most: Ints
    "[person]: how many meetings to come a person may have at most."
    fixed: tuple[tuple[int, int, int], ...]
    "Meetings that stand."
    base: int
    "What the fixed meetings are worth."

    @property
    def rows(self) -> slice:
        """One side of every meeting."""
        return slice(0, self.talents) if self.two_sided else slice(0, len(self.ids))

    @property
    def columns(self) -> slice:
        """The other side."""
        return slice(self.talents if self.two_sided else 0, len(self.ids))

    @property
    def earlier(self) -> Ints:
        """[person]: how many fixed meetings."""
        ends = np.array([one for i, j, _ in self.fixed for one in (i, j)], np.int64)
        return np.bincount(ends, minlength=len(self.ids))

    def empty(self) -> Ints:
        """No meetings: [round, person] -> partner or -1; where two-sided, of talents alone."""
        return np.full(self.seats.shape, -1, np.int64)

    def worth(self, partner: Ints) -> int:
        """The value of the fixed meetings together with those in `partner`."""
        number, one = np.nonzero(partner >= 0)
        interest = int(self.score[one, partner[number, one]].sum())
        count = (partner >= 0).sum(0)[: self.talents]
        earlier = self.earlier[: self.talents]
        total = np.append(0, (STEP * np.arange(len(self.seats), 0, -1)).cumsum())
        rising = int((total[count + earlier] - total[earlier]).sum())
        return self.base + rising + (interest if self.two_sided else interest // 2)

    def meetings(self, partner: Ints) -> list[tuple[int, int, int]]:
        """All meetings as (smaller number, larger number, round), by round."""
        number, one = np.nonzero(partner >= 0)
        found = zip(one.tolist(), partner[number, one].tolist(), number.tolist(), strict=True)
        pairs = {(min(i, j), max(i, j), r) for i, j, r in found} | set(self.fixed)
        return sorted(pairs, key=lambda pair: (pair[2], pair[0], pair[1]))


def grid(case: Case, first: int = 0) -> Grid:
    """What there is to plan of `case` from round `first` on, when no meeting stands yet."""
    people = sorted(case.people, key=lambda person: person.side != "talent")
    talents = sum(person.side == "talent" for person in people)
    org, orgs = _orgs(people)
    score, open_ = _scores(case, people)
    came = _came(case, people)
    seats = np.where(came, np.where(np.arange(len(people)) < talents, 1, case.table), 0)
    seats[:first] = 0
    steps = np.zeros((len(people), case.rounds), np.int64)
    steps[:talents] = STEP * np.arange(case.rounds, 0, -1)
    return Grid(
        ids=tuple(person.id for person in people),
        two_sided=_two_sided(case, open_, talents),
        talents=talents,
        table=case.table,
        score=score,
        open=open_,
        seats=seats,
        came=came,
        org=org,
        desks=np.tile([case.desks.get(name, MANY) for name in orgs], (case.rounds, 1)),
        steps=steps,
        most=seats.sum(0),
        fixed=(),
        base=0,
    )


def fixing(grid: Grid, meetings: Iterable[Meeting]) -> Grid:
    """What is left to plan when these meetings stand as well.

    Whoever has a fixed meeting in a round has no other in it, also at a table of three.
    """
    number = {name: n for n, name in enumerate(grid.ids)}
    known = set[tuple[int, int, int]]()
    for a, b, r in meetings:
        known.add((min(number[a], number[b]), max(number[a], number[b]), r))
    known -= set(grid.fixed)
    open_, seats = grid.open.copy(), grid.seats.copy()
    desks, steps = grid.desks.copy(), grid.steps.copy()
    base = grid.base
    for i, j, r in sorted(known):
        seats[r, [i, j]] = 0
        base += int(grid.score[i, j])
        for one, other in ((i, j), (j, i)):
            _close(open_, one, other, grid.org, grid.talents)
            if one < grid.talents:
                base += int(steps[one, 0])
                steps[one, :-1] = steps[one, 1:]
                steps[one, -1] = 0
    for person, r in {(n, r) for i, j, r in known for n in (i, j) if n >= grid.talents}:
        desks[r, grid.org[person]] -= 1
    return replace(
        grid,
        open=open_,
        seats=seats,
        desks=np.maximum(desks, 0),
        steps=steps,
        most=np.minimum(grid.most, seats.sum(0)),
        fixed=tuple(sorted({*grid.fixed, *known})),
        base=base,
    )


def _two_sided(case: Case, open_: Flags, talents: int) -> bool:
    side = {person.id: person.side for person in case.people}
    alike = open_[:talents, :talents].any() or open_[talents:, talents:].any()
    return not alike and all(side[a] != side[b] for a, b, _ in case.booked)


def _orgs(people: list[Attendee]) -> tuple[Ints, list[str]]:
    places = dict[tuple[bool, str], int]()
    for person in people:
        places.setdefault(_whom(person), len(places))
    org = np.array([places[_whom(person)] for person in people], np.int64)
    return org, [name if is_org else "" for is_org, name in places]


def _whom(person: Attendee) -> tuple[bool, str]:
    speaks = person.side == "company" and person.org is not None
    return speaks, person.org if speaks and person.org is not None else person.id


def _scores(case: Case, people: list[Attendee]) -> tuple[Ints, Flags]:
    number = {person.id: n for n, person in enumerate(people)}
    score = np.zeros((len(people), len(people)), np.int64)
    allowed = np.zeros(score.shape, np.bool_)
    if case.interest:
        size = len(case.interest)
        one = np.fromiter((number[each[0]] for each in case.interest), np.int64, size)
        other = np.fromiter((number[each[1]] for each in case.interest), np.int64, size)
        points = np.fromiter((each[2] for each in case.interest), np.int64, size)
        for i, j in ((one, other), (other, one)):
            score[i, j] = points
            allowed[i, j] = True
    for a, b in {tuple(sorted((number[a], number[b]))) for a, b in case.mutual}:
        score[a, b] += MUTUAL
        score[b, a] += MUTUAL
    spoken = {name: n for n, name in enumerate({n: None for p in people for n in p.languages})}
    speaks = np.zeros((len(people), max(1, len(spoken))), np.float32)
    for n, person in enumerate(people):
        speaks[n, [spoken[name] for name in person.languages]] = 1
    return score, allowed & (speaks @ speaks.T > 0)


def _came(case: Case, people: list[Attendee]) -> Flags:
    came = np.zeros((case.rounds, len(people)), np.bool_)
    for n, person in enumerate(people):
        came[list(person.present), n] = True
    return came


def _close(open_: Flags, one: int, other: int, org: Ints, talents: int) -> None:
    """After the two met, `one` cannot meet `other` again, nor as a talent their organisation."""
    again = np.flatnonzero(org == org[other]) if one < talents else np.array([other])
    open_[one, again] = False
    open_[again, one] = False
