"""The proof: where a gap remains, every round of every pair that could close it, searched wholly.

The programme of `bound` knows what any plan loses that has a certain pair. Whoever would beat a
known plan can only have pairs that lose less than the gap, and those are few.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from schedule.pairs.bound import Bound, Floats
from schedule.pairs.grid import Flags, Grid, Ints

MOST = 6_000  # meetings to choose from; more would take longer than anybody waits
NODES = 200  # of the search; counted, not timed, so that the same case gives the same plan


def prove(grid: Grid, limit: Bound, best: Ints, gap: int) -> tuple[Ints, int]:
    """The best plan and the gap that remains; `best` and `gap` if the search is too long."""
    if gap <= 0:
        return best, 0
    meetings = _meetings(grid, (limit.loss <= gap - 1 + 1e-6))
    if not 0 < len(meetings) <= MOST:
        return best, gap if len(meetings) else 0
    talent, place = np.nonzero(
        np.arange(grid.steps.shape[1])[None] < grid.most[: grid.talents, None]
    )
    tables = _tables(grid)
    sizes = len(meetings), len(talent), len(tables)
    costs = -np.concatenate(
        [
            grid.score[meetings[:, 0], meetings[:, 1]],
            grid.steps[talent, place],
            np.zeros(len(tables), np.int64),
        ]
    )
    found = milp(
        costs.astype(float),
        integrality=np.repeat([1, 0, 1], sizes),
        bounds=Bounds(0, 1),
        constraints=_rules(grid, meetings, talent, tables),
        options={"node_limit": NODES, "mip_rel_gap": 0.0},
    )
    known, value = grid.worth(best), limit.value
    if found.x is not None:
        better = _partner(grid, meetings[found.x[: len(meetings)] > 0.5])
        best = max(best, better, key=grid.worth)
    if found.status == 2:  # nothing is allowed that is better
        return best, 0
    top = known + gap if found.mip_dual_bound is None else grid.base - found.mip_dual_bound
    top = min(float(known + gap), max(float(known), top), grid.base + value)
    return best, max(0, int(np.floor(top + 1e-3)) - grid.worth(best))


def _meetings(grid: Grid, near: Flags) -> Ints:
    """[n, 3]: one person, the other, and a round in which both have a seat."""
    could = np.triu(near & grid.open, 1)
    if grid.two_sided:
        could[grid.columns] = False
    one, other = np.nonzero(could)
    seated = grid.seats > 0
    pair, number = np.nonzero((seated[:, one] & seated[:, other]).T)
    return np.stack([one[pair], other[pair], number], axis=1)


def _tables(grid: Grid) -> Ints:
    """[n, 2]: round and representative of each table of three, to count desks by tables."""
    if grid.table == 1:
        return np.zeros((0, 2), np.int64)
    number, person = np.nonzero(grid.seats[:, grid.talents :])
    return np.stack([number, person + grid.talents], axis=1)


def _rules(grid: Grid, meetings: Ints, talent: Ints, tables: Ints) -> list[LinearConstraint]:
    """Seats in each round, whom one has met, desks, and as many steps as meetings."""
    people, orgs, size = len(grid.ids), grid.desks.shape[1], len(meetings)
    width = size + len(talent) + len(tables)
    index = np.tile(np.arange(size), 2)
    end, other = meetings[:, :2].T.ravel(), meetings[:, 1::-1].T.ravel()
    number = np.tile(meetings[:, 2], 2)
    talks, reps = end < grid.talents, end >= grid.talents
    whom = np.where(talks, grid.org[other], orgs + other)
    seats, ones = grid.seats.ravel().astype(float), np.ones(2 * size)
    rules = [
        _at_most(number * people + end, index, ones, seats, width),
        _at_most(
            end * (orgs + people) + whom, index, ones, np.ones(people * (orgs + people)), width
        ),
        _at_most(end, index, ones, grid.most.astype(float), width),
    ]
    if len(tables):
        place = np.arange(size + len(talent), width)
        rules.append(
            _at_most(
                np.concatenate(
                    [(number * people + end)[reps], tables[:, 0] * people + tables[:, 1]]
                ),
                np.concatenate([index[reps], place]),
                np.repeat([1.0, -float(grid.table)], [int(reps.sum()), len(tables)]),
                np.zeros(len(seats)),
                width,
            )
        )
        number, end, index = tables[:, 0], tables[:, 1], place
        reps = np.ones(len(tables), np.bool_)
    names = number[reps] * orgs + grid.org[end[reps]]
    desks = grid.desks.ravel().astype(float)
    rules.append(_at_most(names, index[reps], np.ones(len(names)), desks, width))
    return [*rules, _steps(grid, meetings, talent, width)]


def _at_most(
    names: Ints, index: Ints, factors: Floats, limits: Floats, width: int
) -> LinearConstraint:
    known, row = np.unique(names, return_inverse=True)
    matrix = csr_array((factors, (row, index)), shape=(len(known), width))
    return LinearConstraint(matrix, -np.inf, limits[known])


def _steps(grid: Grid, meetings: Ints, talent: Ints, width: int) -> LinearConstraint:
    end, index = meetings[:, :2].T.ravel(), np.tile(np.arange(len(meetings)), 2)
    talks = end < grid.talents
    matrix = csr_array(
        (
            np.repeat([1.0, -1.0], [int(talks.sum()), len(talent)]),
            (
                np.concatenate([end[talks], talent]),
                np.concatenate([index[talks], len(meetings) + np.arange(len(talent))]),
            ),
        ),
        shape=(grid.talents, width),
    )
    return LinearConstraint(matrix, 0, 0)


def _partner(grid: Grid, meetings: Ints) -> Ints:
    partner = grid.empty()
    one, other, number = meetings.T
    partner[number, one] = other
    if not grid.two_sided:
        partner[number, other] = one
    return partner
